"""Graphs in the ONNX format, computed by ONNX Runtime on the thread that asks."""

from __future__ import annotations

from pathlib import Path

import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf, NoSuchFile

DAMAGED = (Fail, InvalidGraph, InvalidProtobuf, NoSuchFile)
"""What ONNX Runtime raises where a graph or its weights can't be read."""


def session_of(graph: Path | bytes) -> onnxruntime.InferenceSession:
    """A graph that is ready to be computed. It starts no threads, so it may be made before a fork.

    Raises:
        ValueError: It is damaged, or there is none.
    """
    options = onnxruntime.SessionOptions()
    # Shared out among threads, products as small as these take longer.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    content = graph if isinstance(graph, bytes) else str(graph)
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except DAMAGED as error:
        raise ValueError(f"the graph can't be read: {error}") from error
