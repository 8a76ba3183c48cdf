"""Which word follows which, counted from answers.

A bigram model that interpolates and discounts by a constant (Ney, Essen and Kneser, 1994): after each word
the words that came after it, and at a price any other, also one that comes up in answers to other questions
only. A name stands for those of all residents, each as likely.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from asr.graphs.openfst import NOT_FINAL, Costs, Labels, Numbers

NAME = "<name>"
"""Stands in a line for any of the names."""

_DISCOUNT = 0.7
"""Taken from each count, for the pairs that were never seen."""
_ELSEWHERE = 0.03
"""The share of words from elsewhere. These two: docs/decisions/0022-graphs-laid-out.md."""
_BEGIN, _END = "<s>", "</s>"
_ANY = 0
"""The state in which any word may come next."""


class WordModel(NamedTuple):
    """An acceptor of words. Costs are negative natural logarithms of probabilities."""

    start: int
    sources: Numbers
    labels: Labels
    costs: Costs
    targets: Numbers
    """Arcs that take a word, in the order of their sources and labels; these four."""
    finals: Costs
    """What it costs to end in a state."""
    skip_sources: Numbers
    skip_costs: Costs
    skip_targets: Numbers
    """Arcs without a word, in the order of their sources; these three. They never lead in a circle."""


def count_pairs(
    lines: Iterable[Sequence[str]],
    number_of: Mapping[str, int],
    unknown: str = "",
    names: Iterable[Sequence[str]] = (),
    elsewhere: Mapping[str, int] | None = None,
) -> WordModel:
    """The model of lines of words.

    Args:
        lines: Each a whole answer; ``NAME`` in them is any of ``names``.
        number_of: The label of each word.
        unknown: A word that may come anywhere though no line has it.
        names: What may stand in the place of ``NAME``, each in words.
        elsewhere: How often words come up in answers to other questions.
    """
    alone, after = _counts(lines, unknown)
    share = _shares(alone, elsewhere or {})
    state_of = {word: number for number, word in enumerate(after, start=_ANY + 1)}
    arcs: list[tuple[int, str, float, int]] = []
    skips: list[tuple[int, float, int]] = []
    finals: dict[int, float] = {}
    among_names = len(state_of) + 1

    def add(state: int, shares: Mapping[str, float]) -> None:
        for word, probability in shares.items():
            if word == _END:
                finals[state] = probability
            elif word == NAME:
                skips.append((state, probability, among_names))
            else:
                arcs.append((state, word, probability, state_of.get(word, _ANY)))

    add(_ANY, share)
    for word, state in state_of.items():
        following = after[word]
        rest = _DISCOUNT * len(following) / following.total()
        discounted = {
            next_word: (count - _DISCOUNT) / following.total() + rest * share[next_word]
            for next_word, count in following.items()
        }
        add(state, discounted)
        skips.append((state, rest, _ANY))
    states = among_names + 1
    if NAME in state_of:
        states = _add_names(list(names), among_names, state_of[NAME], arcs, skips)
    return _model(state_of[_BEGIN], states, arcs, skips, finals, number_of)


def _counts(lines: Iterable[Sequence[str]], unknown: str) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """How often each word, and each after another."""
    after: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        for word, following in zip((_BEGIN, *line), (*line, _END), strict=True):
            after[word][following] += 1
    alone: Counter[str] = Counter()
    for counts in after.values():
        alone.update(counts)
    if unknown:
        alone[unknown] += 1
    return alone, after


def _shares(alone: Counter[str], elsewhere: Mapping[str, int]) -> dict[str, float]:
    """How likely each word is wherever it may come."""
    share = {word: count / alone.total() for word, count in alone.items()}
    if elsewhere:
        share = {word: (1 - _ELSEWHERE) * known for word, known in share.items()}
        total = sum(elsewhere.values())
        for word, count in elsewhere.items():
            share[word] = share.get(word, 0.0) + _ELSEWHERE * count / total
    return share


def _add_names(
    names: Sequence[Sequence[str]],
    begin: int,
    end: int,
    arcs: list[tuple[int, str, float, int]],
    skips: list[tuple[int, float, int]],
) -> int:
    """Ways through the words of each name, which part where the names differ; returns how many states there
    are with them."""
    whole = Counter(map(tuple, names))
    begun = Counter(name[:length] for name in whole.elements() for length in range(len(name) + 1))
    state_of: dict[tuple[str, ...], int] = {(): begin}
    for words in sorted(begun, key=len)[1:]:
        goes_on = begun[words] > whole[words]
        state_of[words] = begin + len(state_of) if goes_on else end
        before = words[:-1]
        arcs.append((state_of[before], words[-1], begun[words] / begun[before], state_of[words]))
        if goes_on and whole[words]:  # 王林, where there is a 王林生, too
            skips.append((state_of[words], whole[words] / begun[words], end))
    return begin + len(state_of)


def _model(
    start: int,
    states: int,
    arcs: Sequence[tuple[int, str, float, int]],
    skips: Sequence[tuple[int, float, int]],
    finals: Mapping[int, float],
    number_of: Mapping[str, int],
) -> WordModel:
    sources, words, shares, targets = zip(*arcs, strict=True)
    from_, skip_shares, to = zip(*skips, strict=True)
    labels = np.array([number_of[word] for word in words], np.int32)
    order = np.lexsort((labels, sources))
    skip_order = np.argsort(from_, kind="stable")
    ends = np.full(states, NOT_FINAL, np.float32)
    ends[list(finals)] = -np.log(list(finals.values()))
    return WordModel(
        start,
        np.array(sources, np.int64)[order],
        labels[order],
        -np.log(np.array(shares, np.float32))[order],
        np.array(targets, np.int64)[order],
        ends,
        np.array(from_, np.int64)[skip_order],
        -np.log(np.array(skip_shares, np.float32))[skip_order],
        np.array(to, np.int64)[skip_order],
    )
