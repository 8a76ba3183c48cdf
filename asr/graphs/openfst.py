"""Files of OpenFst: the graph of a small Vosk model read, a graph of our own written.

The format is that of OpenFst 1.8 (``fst/fst.h``, ``const-fst.h``, ``add-on.h``, ``label-reachable.h``) on a
machine with little-endian numbers.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Labels = NDArray[np.int32]
Costs = NDArray[np.float32]

EPSILON = 0
"""The label of an arc that takes no sound, or stands for no word."""
NOT_FINAL = np.float32(np.inf)

_MAGIC, _ADD_ON_MAGIC = 2125659606, 446681434
_CONST, _LOOKAHEAD, _ARC = "const", "olabel_lookahead", "standard"
_UNALIGNED = 2
"""Version of a constant graph without gaps between its parts."""
_EXPANDED = 1
"""Property: all states are there."""
_STATE = np.dtype(
    [("final", "<f4"), ("first", "<u4"), ("arcs", "<u4"), ("inputs", "<u4"), ("outputs", "<u4")]
)
"""With how many of its arcs have the label zero."""
_ARC_FORM = np.dtype([("input", "<i4"), ("output", "<i4"), ("cost", "<f4"), ("target", "<i4")])
_OF_OUTPUTS = (True, False, True, False, False)
"""There is an add-on; none for inputs, one for outputs; it is not of inputs and has no labels of its own."""
_HEADER = struct.Struct("<iiQqqq")
_LONG = struct.Struct("<q")


class Graph(NamedTuple):
    """A weighted transducer; costs are negative natural logarithms of probabilities.

    The arcs of state s are those from ``first[s]`` up to ``first[s + 1]``.
    """

    start: int
    first: Numbers
    """Shape (states + 1,)."""
    inputs: Labels
    outputs: Labels
    costs: Costs
    targets: Numbers
    """Shape (arcs,), these four."""
    finals: Costs
    """What it costs to end in a state; shape (states,)."""


class Reach(NamedTuple):
    """The words that can come next after each state: intervals of labels, from ``begins`` up to ``ends``, the
    n-th state's from ``first[n]`` up to ``first[n + 1]``."""

    first: Numbers
    begins: Numbers
    ends: Numbers
    end_label: int
    """Stands for the end of all words."""


class _Reader:
    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        self._position = 0

    def take(self, form: struct.Struct) -> tuple[int, ...]:
        taken = form.unpack_from(self._bytes, self._position)
        self._position += form.size
        return taken

    def text(self) -> str:
        (length,) = self.take(struct.Struct("<i"))
        text = self._bytes[self._position : self._position + length].decode("ascii")
        self._position += length
        return text

    def array(self, form: np.dtype[np.void], count: int) -> NDArray[np.void]:
        taken = np.frombuffer(self._bytes, form, count, self._position)
        self._position += taken.nbytes
        return taken

    def rest(self) -> Labels:
        """Whole numbers of four bytes to the end."""
        count = (len(self._bytes) - self._position) // 4
        return np.frombuffer(self._bytes, "<i4", count, self._position)

    def header(self, kind: str) -> tuple[int, int, int]:
        """Start, states and arcs."""
        (magic,) = self.take(struct.Struct("<i"))
        if magic != _MAGIC or (self.text(), self.text()) != (kind, _ARC):
            raise ValueError(f"not a graph of the kind {kind}")
        version, flags, _, start, states, arcs = self.take(_HEADER)
        if kind == _CONST and (version != _UNALIGNED or flags):
            raise ValueError(f"a constant graph of version {version} with flags {flags}")
        return start, states, arcs


def read_lookahead(path: Path) -> tuple[Graph, Reach]:
    """A small model's ``HCLr.fst``: its sounds, and the words that each state leads to.

    Raises:
        ValueError: It is something else, or of another version.
        OSError: It cannot be read.
    """
    reader = _Reader(path)
    try:
        reader.header(_LOOKAHEAD)
        if reader.take(struct.Struct("<i")) != (_ADD_ON_MAGIC,):
            raise ValueError("a graph without the words that its states lead to")
        graph = _read_const(reader)
        return graph, _read_reach(reader, len(graph.finals))
    except (struct.error, UnicodeDecodeError) as error:
        raise ValueError(f"a damaged graph ({error})") from error


def _read_const(reader: _Reader) -> Graph:
    start, states, arcs = reader.header(_CONST)
    of_states, of_arcs = reader.array(_STATE, states), reader.array(_ARC_FORM, arcs)
    return Graph(
        start,
        np.append(of_states["first"].astype(np.int64), arcs),
        of_arcs["input"].copy(),
        of_arcs["output"].copy(),
        of_arcs["cost"].copy(),
        of_arcs["target"].astype(np.int64),
        of_states["final"].copy(),
    )


def _read_reach(reader: _Reader, states: int) -> Reach:
    if reader.take(struct.Struct("<5B")) != _OF_OUTPUTS:
        raise ValueError("a graph that looks ahead otherwise")
    (end_label,) = reader.take(struct.Struct("<i"))
    if reader.take(_LONG) != (states,):
        raise ValueError("words that states lead to, of another graph")
    numbers = reader.rest()
    counted = numbers.tolist()  # a list is faster to walk through
    starts, counts, place = [], [], 0
    for _ in range(states):  # how many intervals, in eight bytes; these; how many words are in them
        if place + 2 > len(counted):
            raise ValueError("a graph that ends too soon")
        count = counted[place]
        starts.append(place + 2)
        counts.append(count)
        place += 3 + 2 * count
    first = np.append(0, np.cumsum(counts))
    places = np.repeat(np.array(starts) - 2 * first[:-1], counts) + 2 * np.arange(first[-1])
    if place > len(counted):
        raise ValueError("a graph that ends too soon")
    return Reach(first, numbers[places].astype(np.int64), numbers[places + 1].astype(np.int64), end_label)


def write(graph: Graph, path: Path) -> None:
    """Write a graph that Kaldi reads in one go. Raises OSError where it can't be written."""
    states = np.zeros(len(graph.finals), _STATE)
    states["final"], states["first"], states["arcs"] = graph.finals, graph.first[:-1], np.diff(graph.first)
    for count, labels in (("inputs", graph.inputs), ("outputs", graph.outputs)):
        before = np.append(0, np.cumsum(labels == EPSILON))
        states[count] = np.diff(before[graph.first])
    arcs = np.zeros(len(graph.inputs), _ARC_FORM)
    arcs["input"], arcs["output"], arcs["cost"], arcs["target"] = graph[2:6]
    kinds = b"".join(struct.pack("<i", len(kind)) + kind.encode("ascii") for kind in (_CONST, _ARC))
    sizes = _HEADER.pack(_UNALIGNED, 0, _EXPANDED, graph.start, len(states), len(arcs))
    with path.open("wb") as file:
        file.write(struct.pack("<i", _MAGIC) + kinds + sizes)
        file.write(states.tobytes())
        file.write(arcs.tobytes())
