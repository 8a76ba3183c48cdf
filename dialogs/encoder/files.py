"""Where the encoder and what was learnt with it lie."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import NamedTuple

from campaign.folders import models_folder

ENCODER = "multilingual-e5-small"
"""Folder of the encoder among the models of this machine."""
WEIGHTS = "e5-small-q4.bin"
LONGEST = 60
"""Pieces of words that are read; what comes after them is not."""


class Files(NamedTuple):
    """Where a script's second reader lies, or would lie."""

    learnt: Path
    """What was learnt beside the weights; ships with the script."""
    graph: Path
    """What is computed with both; ships with the script."""
    weights: Path
    """The encoder as it was published; shared by all scripts."""
    model: Path
    """Folder of both joined."""

    @staticmethod
    def of(script: str) -> Files:
        shipped = Path(str(resources.files("dialogs").joinpath("scripts", script, "encoder.npz")))
        folder = models_folder() / ENCODER
        return Files(shipped, shipped.with_suffix(".onnx"), folder / WEIGHTS, folder / script)
