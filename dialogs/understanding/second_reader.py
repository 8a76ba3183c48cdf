"""A second, larger network that is asked where the first is in doubt: a pretrained encoder, taught on.

It knows more of the language than answers to ten questions can teach, and needs four times as long. The
first network knows when it is in doubt: asked about one answer in ten, the second puts right nearly all
that it would put right if it were asked about every one (docs/decisions/0013-second-reader.md). Where its
model is not installed, the first network decides alone.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from dialogs.encoder.files import Files
from dialogs.understanding.network import Alphabet, Floats, Shares

_IN_DOUBT, _IN_DOUBT_OF_RULES = 0.97, 0.99
"""Probability below which the first network is in doubt; the latter of what was asked, where it makes
something else of it than the rules do. It was taught never to be surer than 0.99, so that is hardly ever."""
_FIRST, _SECOND = 0.6, 2.4
"""How much the logarithms of their probabilities count: that of the second more, as it is asked where the
first knows little. Together they are surer than each, as they err in different ways."""

_log = logging.getLogger(__name__)


class Encoder(Protocol):
    """The taught encoder with its model."""

    @property
    def known_by(self) -> str:
        """What its questions and classes are: an ``Alphabet`` as JSON."""

    def scores(self, question: int, text: str, hints: Floats) -> Floats:
        """Scores of every class, shape (classes,)."""


class SecondReader:
    """Reads with the encoder as the network reads."""

    def __init__(self, encoder: Encoder) -> None:
        """Raises ValueError or KeyError where the encoder was taught something else."""
        self._alphabet = Alphabet.from_json(encoder.known_by)
        self._shares = Shares(self._alphabet.choices)
        self._encoder = encoder

    def probabilities(self, question: str, text: str, hints: Floats) -> list[Floats]:
        """As ``Network.probabilities``; takes some milliseconds."""
        return self._shares.of(self._encoder.scores(self._alphabet.questions.index(question), text, hints))


class Doubts:
    """Tells where the first network is in doubt.

    Args:
        sizes: How many classes each of its choices has.
        is_asked: Which of the choices are about what was asked.
    """

    def __init__(self, sizes: Sequence[int], is_asked: Sequence[bool]) -> None:
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._least = np.where(is_asked, _IN_DOUBT_OF_RULES, _IN_DOUBT)

    def are_in(self, shares: Sequence[Floats], *, is_agreed: bool) -> bool:
        """Whether the likeliest class of any choice is not likely enough.

        Args:
            shares: For every choice the probability of each of its classes.
            is_agreed: Whether the rules found the same in what was asked.
        """
        surest = np.maximum.reduceat(np.concatenate(shares), self._starts)
        return bool((surest < (_IN_DOUBT if is_agreed else self._least)).any())


def together(first: Sequence[Floats], second: Sequence[Floats]) -> list[Floats]:
    """What both believe: the product of their powers (Hinton, Products of experts, 1999)."""
    return [_normalised(ours**_FIRST * theirs**_SECOND) for ours, theirs in zip(first, second, strict=True)]


def _normalised(shares: Floats) -> Floats:
    total: Floats = shares / shares.sum()
    return total


def installed_second_reader() -> SecondReader | None:
    """The second reader; None where its model is not on this machine."""
    files = Files.of_this_machine()
    if not files.weights.is_file():
        return None
    try:
        from dialogs.encoder.model import encoder_in, make, state_of  # a tenth of a second

        make(files)
        return SecondReader(encoder_in(files.model, state_of(files.model)))
    except (OSError, ValueError, KeyError) as error:
        _log.warning("the second reader can't be used: %s", error)
        return None
