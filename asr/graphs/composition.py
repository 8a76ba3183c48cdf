"""Joins the sounds of a model with a model of which word follows which, as far as it is ever needed.

A composition of transducers (Mohri, Pereira and Riley, 2002) that looks ahead: a state is made only where a
word that may come next can still be reached from it. What remains is small enough to be laid out whole. Whole
layers of new states are made at a time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from asr.graphs.openfst import EPSILON, Costs, Graph, Labels, Numbers, Reach
from asr.graphs.word_pairs import WordModel

_Exact = NDArray[np.float64]


class _Arcs(NamedTuple):
    """Sources and targets are pairs of states until all are known."""

    sources: Numbers
    inputs: Labels
    outputs: Labels
    costs: Costs
    targets: Numbers


def compose(sounds: Graph, reach: Reach, words: WordModel) -> Graph:
    """The graph of all that the words allow, with its costs where a decoder that prunes wants them: as early
    as they are certain.

    Args:
        sounds: What a model hears, and the words it makes.
        reach: The words that its states lead to.
        words: What may be said. Its labels are those of the words in ``sounds``.

    Raises:
        ValueError: Nothing of it can be said.
    """
    product = _Product(sounds, reach, words)
    start, layer = product.begin()
    while len(layer):
        layer = product.follow(layer)
    return _with_early_costs(product.arcs(), start, product.pairs, product.finals())


class _Product:
    """The states met so far: pairs, numbered ``words' state * count of sounds' states + sounds' state``."""

    def __init__(self, sounds: Graph, reach: Reach, words: WordModel) -> None:
        self._sounds, self._reach, self._words = sounds, reach, words
        self._size = len(sounds.finals)
        self._width = int(max(reach.ends.max(), reach.end_label, words.labels.max(initial=0))) + 1
        self._taken = words.sources * self._width + words.labels
        """The words' arcs as numbers, in order."""
        ends = np.flatnonzero(np.isfinite(words.finals)) * self._width + reach.end_label
        self._may_come = np.sort(np.concatenate((self._taken, ends)))
        """What may come next after each of the words' states, the end included."""
        self._first_skip = np.searchsorted(words.skip_sources, np.arange(len(words.finals) + 1))
        self.pairs = np.zeros(0, np.int64)
        """Those met, in order."""
        self._skipped = np.zeros(0, np.int64)
        """Those of them that may go on without a word, in order."""
        self._arcs: list[_Arcs] = []

    def begin(self) -> tuple[int, Numbers]:
        """The first state and layer."""
        start = np.array([self._words.start * self._size + self._sounds.start])
        return int(start[0]), self._met(start, self._skip(start))

    def follow(self, layer: Numbers) -> Numbers:
        """Make all arcs that leave a layer; returns the next one, of states that were not met before."""
        words_at, sounds_at = np.divmod(layer, self._size)
        rows, arcs = _spread(self._sounds.first, sounds_at)
        outputs = self._sounds.outputs[arcs]
        is_silent = outputs == EPSILON
        onward = self._silent(layer, words_at, rows[is_silent], arcs[is_silent])
        arrived = self._said(layer, words_at, rows[~is_silent], arcs[~is_silent], outputs[~is_silent])
        return self._met(onward, arrived, self._skip(arrived))

    def _silent(self, layer: Numbers, words_at: Numbers, rows: Numbers, arcs: Numbers) -> Numbers:
        """Arcs within a word, as long as they lead to one that may come; returns their targets."""
        targets = self._sounds.targets[arcs]
        leads_on = self._leads_on(words_at[rows], targets)
        rows, arcs, targets = rows[leads_on], arcs[leads_on], targets[leads_on]
        onward = words_at[rows] * self._size + targets
        silence = np.full(len(arcs), EPSILON, np.int32)
        self._arcs.append(
            _Arcs(layer[rows], self._sounds.inputs[arcs], silence, self._sounds.costs[arcs], onward)
        )
        return onward

    def _said(
        self, layer: Numbers, words_at: Numbers, rows: Numbers, arcs: Numbers, outputs: Labels
    ) -> Numbers:
        """Arcs that tell which word it is; returns their targets."""
        wanted = words_at[rows] * self._width + outputs
        places = np.searchsorted(self._taken, wanted)
        may_come = self._taken[np.minimum(places, len(self._taken) - 1)] == wanted
        rows, arcs, places, outputs = rows[may_come], arcs[may_come], places[may_come], outputs[may_come]
        arrived: Numbers = self._words.targets[places] * self._size + self._sounds.targets[arcs]
        costs = self._sounds.costs[arcs] + self._words.costs[places]
        self._arcs.append(_Arcs(layer[rows], self._sounds.inputs[arcs], outputs, costs, arrived))
        return arrived

    def _skip(self, arrived: Numbers) -> Numbers:
        """Go on without a word from where one was told, as often as that can be done; returns the targets."""
        reached = [np.zeros(0, np.int64)]
        self._skipped, new = _joined(self._skipped, arrived)
        while len(new):
            words_at, sounds_at = np.divmod(new, self._size)
            rows, skips = _spread(self._first_skip, words_at)
            targets = self._words.skip_targets[skips] * self._size + sounds_at[rows]
            nothing = np.full(len(skips), EPSILON, np.int32)
            self._arcs.append(_Arcs(new[rows], nothing, nothing, self._words.skip_costs[skips], targets))
            reached.append(targets)
            self._skipped, new = _joined(self._skipped, targets)
        return np.concatenate(reached)

    def _leads_on(self, words_at: Numbers, sounds_at: Numbers) -> NDArray[np.bool_]:
        """Whether a word that may come can be reached from each pair."""
        rows, intervals = _spread(self._reach.first, sounds_at)
        at = words_at[rows] * self._width
        begins = np.searchsorted(self._may_come, at + self._reach.begins[intervals])
        ends = np.searchsorted(self._may_come, at + self._reach.ends[intervals])
        return np.bincount(rows, weights=ends > begins, minlength=len(words_at)) > 0

    def _met(self, *pairs: Numbers) -> Numbers:
        """Remember these states; returns the new ones."""
        self.pairs, new = _joined(self.pairs, np.concatenate(pairs))
        return new

    def arcs(self) -> _Arcs:
        return _Arcs(*map(np.concatenate, zip(*self._arcs, strict=True)))

    def finals(self) -> Costs:
        """What it costs to end in each of ``pairs``."""
        words_at, sounds_at = np.divmod(self.pairs, self._size)
        costs: Costs = self._words.finals[words_at] + self._sounds.finals[sounds_at]
        return costs


def _joined(known: Numbers, met: Numbers) -> tuple[Numbers, Numbers]:
    """What is known then, and what of it is new; in order, each once, as ``known`` has to be."""
    met = np.sort(met)
    met = met[np.append(True, met[1:] != met[:-1])[: len(met)]]
    places = np.searchsorted(known, met)
    is_new = np.append(known, -1)[places] != met
    return np.insert(known, places[is_new], met[is_new]), met[is_new]


def _spread(first: Numbers, states: Numbers) -> tuple[Numbers, Numbers]:
    """What lies from ``first[state]`` up to ``first[state + 1]``, of all states one after the other, each
    with the place of its state among them."""
    counts = first[states + 1] - first[states]
    rows = np.repeat(np.arange(len(states)), counts)
    return rows, np.arange(len(rows)) + np.repeat(first[states] - counts.cumsum() + counts, counts)


def _with_early_costs(arcs: _Arcs, start: int, pairs: Numbers, finals: Costs) -> Graph:
    """The graph with what the cheapest way to an end costs taken from later arcs and put on earlier ones, and
    without states from which there is none. Its first state only leads to the true one, for what all cost."""
    order = np.argsort(arcs.sources, kind="stable")
    sources, targets = (np.searchsorted(pairs, ends[order]) for ends in (arcs.sources, arcs.targets))
    costs = arcs.costs[order].astype(np.float64)
    left = _cost_to_an_end(sources, costs, targets, finals)
    number = np.cumsum(np.isfinite(left))  # 0 is the first state
    lives = np.isfinite(left[sources]) & np.isfinite(left[targets])
    begin = np.searchsorted(pairs, start)
    if not np.isfinite(left[begin]):
        raise ValueError("none of the words can be said with these sounds")
    sources, targets, costs, order = sources[lives], targets[lives], costs[lives], order[lives]
    costs += left[targets] - left[sources]
    states = int(number[-1]) + 1
    first = np.searchsorted(number[sources], np.arange(1, states + 1)) + 1
    return Graph(
        start=0,
        first=np.concatenate(([0], first)),
        inputs=np.concatenate((np.array([EPSILON], np.int32), arcs.inputs[order])),
        outputs=np.concatenate((np.array([EPSILON], np.int32), arcs.outputs[order])),
        costs=np.concatenate(([left[begin]], costs)).astype(np.float32),
        targets=np.concatenate(([number[begin]], number[targets])),
        finals=np.concatenate(([np.inf], (finals - left)[np.isfinite(left)])).astype(np.float32),
    )


def _cost_to_an_end(sources: Numbers, costs: _Exact, targets: Numbers, finals: Costs) -> _Exact:
    """Of the cheapest way from each state; infinite where there is none (Bellman, 1958; Ford, 1956)."""
    begins = np.flatnonzero(np.append(True, sources[1:] != sources[:-1]))[: len(sources)]
    leaves = sources[begins]
    left = finals.astype(np.float64)
    while True:
        better = left.copy()
        better[leaves] = np.minimum(left[leaves], np.minimum.reduceat(costs + left[targets], begins))
        if np.array_equal(better, left):
            return left
        left = better
