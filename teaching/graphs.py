"""Writes what a taught network computes as a graph in the ONNX format; needs onnx.

Weights are held as half floats, which ONNX Runtime turns into single ones when it loads them, and what the
questions, rows and classes stand for (``dialogs.understanding.network.Alphabet``) as metadata.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from dialogs.encoder.e5_file import E5File
from dialogs.encoder.model import EVENED, PIECES, WEIGHTS, joined, layers_of
from dialogs.encoder.vectors import KINDS, MEANT, VECTOR
from dialogs.understanding.network import ALPHABET, HEADS, HINTS, QUESTION, ROWS, SCORES, TABLES, Alphabet

_OPSET, _IR_VERSION = 20, 9
_ONNX_RUNTIME = "com.microsoft"
"""Domain of the operators that ONNX Runtime has beside those of the standard."""

Weights = Mapping[str, NDArray[Any]]


class Graph:
    """A graph that grows by its nodes; what adds some returns the name of what comes out.

    Args:
        weights: What is held in the graph, by name.
        epsilon: Of the normalisations.
    """

    def __init__(self, weights: Weights, epsilon: float) -> None:
        self._weights = weights
        self._epsilon = epsilon
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def node(self, kind: str, *inputs: str, **attributes: object) -> str:
        return self.parts(kind, 1, *inputs, **attributes)[0]

    def parts(self, kind: str, count: int, *inputs: str, **attributes: object) -> list[str]:
        """Of a node with so many outputs."""
        outputs = [f"{kind} {len(self._nodes)}.{number}" for number in range(count)]
        self._nodes.append(helper.make_node(kind, inputs, outputs, **attributes))
        return outputs

    def constant(self, value: Sequence[int] | int | float) -> str:
        array = np.array(value, np.float32 if isinstance(value, float) else np.int64)
        name = f"constant {array.tolist()}"
        self._constants[name] = numpy_helper.from_array(array, name)
        return name

    def weight(self, name: str) -> str:
        self._constants[name] = numpy_helper.from_array(self._weights[name].astype(np.float16), name)
        return self.node("Cast", name, to=TensorProto.FLOAT)

    def beside(self, arrays: Iterable[tuple[str, NDArray[Any]]]) -> None:
        """Constants of these names lie one after the other in the file ``WEIGHTS`` beside the graph's."""
        place = 0
        for name, array in arrays:
            kind = helper.np_dtype_to_tensor_dtype(array.dtype)
            tensor = TensorProto(name=name, data_type=kind, dims=array.shape)
            tensor.data_location = TensorProto.EXTERNAL
            for key, value in (("location", WEIGHTS), ("offset", place), ("length", array.nbytes)):
                tensor.external_data.add(key=key, value=str(value))
            self._constants[name] = tensor
            place += array.nbytes

    def linear(self, x: str, name: str) -> str:
        return self.node("Gemm", x, self.weight(f"{name}/weight"), self.weight(f"{name}/bias"), transB=1)

    def normal(self, x: str, name: str) -> str:
        weight, bias = self.weight(f"{name}/weight"), self.weight(f"{name}/bias")
        return self.node("LayerNormalization", x, weight, bias, axis=-1, epsilon=self._epsilon)

    def flat(self, x: str, size: int) -> str:
        """As rows of ``size``."""
        return self.node("Reshape", x, self.constant([-1, size]))

    def answer(self, rows: str, places: str) -> str:
        """The vector of the question, those of the rows, and to each of them the vector of its place."""
        x = self.node("Concat", self.node("Gather", self.weight("questions"), QUESTION), rows, axis=0)
        length, zero = self.node("Shape", x, start=0, end=1), self.constant([0])
        return self.node("Add", x, self.node("Slice", places, zero, length, zero))

    def attention(self, qkv: str, size: int, heads: int) -> str:
        """What every row takes from all of them."""
        shape = self.constant([-1, 3, heads, size // heads])
        by_head = self.node("Transpose", self.node("Reshape", qkv, shape), perm=[1, 2, 0, 3])
        q, k, v = self.parts("Split", 3, by_head, axis=0, num_outputs=3)
        products = self.node("MatMul", q, self.node("Transpose", k, perm=[0, 1, 3, 2]))
        products = self.node("Mul", products, self.constant(1 / math.sqrt(size // heads)))
        mixed = self.node("MatMul", self.node("Softmax", products, axis=-1), v)
        return self.flat(self.node("Transpose", mixed, perm=[0, 2, 1, 3]), size)

    def decided(self, x: str) -> str:
        """Scores of every class, from the first row, the greatest values of all rows, and the hints."""
        first = self.node("Gather", x, self.constant([0]), axis=0)
        highest = self.node("ReduceMax", x, self.constant([0]), keepdims=1)
        pooled = self.node("Concat", first, highest, HINTS, axis=1)
        return self.linear(self.node("Relu", self.linear(pooled, "joined")), "scores")

    def model(self, rows: Sequence[int | str], scores: str, alphabet: Alphabet) -> bytes:
        """The whole, written out; ``rows`` is the shape of what tells the answer."""
        self._nodes.append(helper.make_node("Identity", [scores], [SCORES]))
        described = helper.make_tensor_value_info
        hinted = self._weights["joined/weight"].shape[1] - 2 * self._weights["questions"].shape[1]
        scored = self._weights["scores/weight"].shape[0]
        inputs = [
            described(QUESTION, TensorProto.INT64, [1]),
            described(ROWS, TensorProto.INT64, rows),
            described(HINTS, TensorProto.FLOAT, [1, hinted]),
        ]
        outputs = [described(SCORES, TensorProto.FLOAT, [1, scored])]
        model = self._made(inputs, outputs)
        model.metadata_props.add(key=ALPHABET, value=alphabet.as_json())
        written: bytes = model.SerializeToString()
        return written

    def vector(self, vector: str, size: int) -> bytes:
        """The whole, written out, where one vector comes out."""
        self._nodes.append(helper.make_node("Identity", [vector], [VECTOR]))
        described = helper.make_tensor_value_info
        rows = [described(name, TensorProto.INT64, ["rows"]) for name in (ROWS, KINDS)]
        inputs = [*rows, described(MEANT, TensorProto.INT64, [1])]
        written: bytes = self._made(
            inputs, [described(VECTOR, TensorProto.FLOAT, [size])]
        ).SerializeToString()
        return written

    def _made(
        self, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        graph = helper.make_graph(self._nodes, "answers", inputs, outputs, [*self._constants.values()])
        operators = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_ONNX_RUNTIME, 1)]
        return helper.make_model(graph, opset_imports=operators, ir_version=_IR_VERSION)


def answers_graph(alphabet: Alphabet, weights: Weights) -> bytes:
    """The network that reads answers as a whole, with what ``teaching.reader`` taught."""
    graph = Graph(weights, epsilon=1e-5)
    size = weights["questions"].shape[1]
    rows = graph.parts("Split", len(TABLES), ROWS, axis=0, num_outputs=len(TABLES))
    tables = [graph.node("Gather", graph.weight(name), row) for name, row in zip(TABLES, rows, strict=True)]
    x = graph.answer(graph.flat(graph.node("Sum", *tables), size), graph.weight("places"))
    for number in range(sum(name.endswith("/qkv/weight") for name in weights)):
        layer = f"layer{number}"
        mixed = graph.attention(graph.linear(graph.normal(x, f"{layer}/norm1"), f"{layer}/qkv"), size, HEADS)
        x = graph.node("Add", x, graph.linear(mixed, f"{layer}/out"))
        wide = graph.node("Relu", graph.linear(graph.normal(x, f"{layer}/norm2"), f"{layer}/wide"))
        x = graph.node("Add", x, graph.linear(wide, f"{layer}/narrow"))
    scores = graph.decided(graph.normal(x, "norm"))
    return graph.model([len(TABLES), "characters"], scores, alphabet)


def encoder_graph(
    alphabet: Alphabet, learnt: Weights, beside: Iterable[tuple[str, NDArray[Any]]], heads: int
) -> bytes:
    """The second reader, with what ``teaching.encoder`` taught; other weights lie beside it.

    Args:
        alphabet: Its questions and classes.
        learnt: Beside the weights.
        beside: What lies beside it; see ``dialogs.encoder.model.joined``.
        heads: Of the attention.
    """
    graph = Graph(learnt, epsilon=1e-12)
    graph.beside(beside)
    said = graph.node("Cast", graph.node("Gather", PIECES, ROWS), to=TensorProto.FLOAT)
    places = graph.node("Cast", "places", to=TensorProto.FLOAT)
    x = _encoded(graph, graph.answer(said, places), learnt, heads)
    return graph.model(["rows"], graph.decided(x), alphabet)


def vectors_graph(learnt: Weights, beside: Iterable[tuple[str, NDArray[Any]]], heads: int) -> bytes:
    """What ``dialogs.encoder.vectors`` computes, with what ``teaching.meanings`` taught."""
    graph = Graph(learnt, epsilon=1e-12)
    graph.beside(beside)
    zero = graph.constant([0])
    said = graph.node("Cast", graph.node("Gather", PIECES, ROWS), to=TensorProto.FLOAT)
    places = graph.node("Cast", "places", to=TensorProto.FLOAT)
    places = graph.node("Slice", places, zero, graph.node("Shape", said, start=0, end=1), zero)
    kinds = graph.node("Gather", graph.weight("kinds"), KINDS)
    x = _encoded(graph, graph.node("Add", graph.node("Add", said, places), kinds), learnt, heads)
    meant = graph.node("Slice", x, zero, MEANT, zero)
    return graph.vector(graph.node("ReduceMean", meant, zero, keepdims=0), learnt["kinds"].shape[1])


def _encoded(graph: Graph, x: str, learnt: Weights, heads: int) -> str:
    """Rows after all layers that were taught."""
    size = learnt["norm/weight"].shape[0]

    def linear(x: str, name: str) -> str:
        if name.endswith(EVENED):
            x = graph.node("Mul", x, f"{name}/factors")
        weight = (f"{name}/codes", f"{name}/steps", "", graph.weight(f"{name}/bias"))
        return graph.node("DynamicQuantizeMatMul", x, *weight, domain=_ONNX_RUNTIME)

    x = graph.normal(x, "norm")
    for number in range(layers_of(learnt)):
        layer = f"layer{number}"
        mixed = graph.attention(linear(x, f"{layer}/qkv"), size, heads)
        x = graph.normal(graph.node("Add", x, linear(mixed, f"{layer}/out")), f"{layer}/norm1")
        wide = graph.node("Gelu", linear(x, f"{layer}/wide"))
        x = graph.normal(graph.node("Add", x, linear(wide, f"{layer}/narrow")), f"{layer}/norm2")
    return x


def write_encoder(out: Path, source: E5File, alphabet: Alphabet, learnt: Weights) -> None:
    """What ``dialogs.encoder.model`` joins, as two files: the graph beside ``out``, which has the rest."""
    graph = encoder_graph(alphabet, learnt, joined(source, learnt), source.heads)
    out.with_suffix(".onnx").write_bytes(graph)
    joined_ones = (PIECES, "/up", "/down", "/reach")
    joins = {name: array for name, array in learnt.items() if name.endswith(joined_ones)}
    np.savez_compressed(out, **joins)


def write_vectors(out: Path, source: E5File, learnt: Weights) -> None:
    """The same for ``dialogs.encoder.vectors``, and what weighs values with them."""
    graph = vectors_graph(learnt, joined(source, learnt), source.heads)
    out.with_suffix(".onnx").write_bytes(graph)
    held = weights_of(graph)
    np.savez_compressed(out, **{name: array for name, array in learnt.items() if name not in held})


def read_vectors(out: Path) -> Weights:
    """What such files hold."""
    with np.load(out) as arrays:
        return {**weights_of(out.with_suffix(".onnx").read_bytes()), **arrays}


def read_encoder(out: Path) -> tuple[Alphabet, Weights]:
    """What such files hold: the questions and classes, and all that was learnt."""
    graph = out.with_suffix(".onnx").read_bytes()
    (known_by,) = (each.value for each in onnx.load_from_string(graph).metadata_props if each.key == ALPHABET)
    with np.load(out) as arrays:
        return Alphabet.from_json(known_by), {**weights_of(graph), **arrays}


def weights_of(written: bytes) -> Weights:
    """The weights that a graph holds, to go on teaching with."""
    tensors = onnx.load_from_string(written).graph.initializer
    held = (each for each in tensors if each.data_type == TensorProto.FLOAT16 and not each.external_data)
    return {each.name: numpy_helper.to_array(each) for each in held}
