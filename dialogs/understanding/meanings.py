"""Which of a question's values an answer means, though none of their words may be said: to 您睡得好吗
一宿一宿瞪着眼 is 不好.

For questions that nobody taught. Answers and the words of every value become vectors (``dialogs.encoder``);
a value is as likely as its nearest words are near, corrected by a small network that sees both. That none is
meant competes with them. What was taught (``teaching.meanings``) are answers to hundreds of questions of
communities, none of which need be the script's.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dialogs.encoder.files import Files
from dialogs.script import Script, Slot, SlotType, State
from dialogs.understanding.lexicons import LISTS

Floats = NDArray[np.float32]

_CHOSEN_FROM = (SlotType.YES_NO, SlotType.CHOICE, SlotType.MULTI_CHOICE)
_NAMELESS = ("yes", "no", "none")
"""Values whose names are no words of the language."""
_FEW = 8
"""Words that stand for a value of a question that was taught; hundreds are listed."""
_NONE = ("没有", "都没有", "都不是")
"""What is said for a list of which nothing holds, where the script has no words for it."""

_log = logging.getLogger(__name__)


class Vectors(Protocol):
    """The taught encoder with its model."""

    def of_answer(self, question: str, text: str) -> Floats: ...

    def of_phrase(self, words: str) -> Floats: ...


def named_words(value: str) -> Sequence[str]:
    """The name of a value, where it is a word of the language."""
    return () if value in _NAMELESS else (value,)


def asks_by_meaning(script: Script, state: State) -> bool:
    """Whether answers to a question are told apart by what the values of its slot mean."""
    slot = script.slots[state.slot]
    is_chosen_from = slot.type in _CHOSEN_FROM and len(slot.values) > 1
    return is_chosen_from and not slot.like and bool(slot.question) and not state.confirms


class Meanings:
    """Weighs the values of questions."""

    def __init__(self, vectors: Vectors, weights: Mapping[str, NDArray[Any]]) -> None:
        """Raises KeyError where ``weights`` are of something else."""
        self._vectors = vectors
        self._scale, self._sharp, self._base = (
            float(weights[name][0]) for name in ("scale", "sharp", "base")
        )
        self._pair, self._pair_score, self._none, self._none_score = (
            (weights[f"{name}/weight"].astype(np.float32), weights[f"{name}/bias"].astype(np.float32))
            for name in ("pair", "pair_score", "none", "none_score")
        )
        self._values: dict[str, Sequence[tuple[str, Floats]]] = {}

    def prepare(self, slot: Slot) -> None:
        """Work out what does not depend on the answer; some milliseconds a word."""
        if slot.name not in self._values:
            self._values[slot.name] = [
                (value, np.stack([self._vectors.of_phrase(word) for word in words]))
                for value, words in _words_of(slot).items()
            ]

    def shares(self, slot: Slot, text: str) -> Mapping[str, float]:
        """The probability of every value; of a list each by itself, of others all together with that none is
        meant, which is called ``""``."""
        self.prepare(slot)
        values = self._values[slot.name]
        answer = self._vectors.of_answer(slot.question, text)
        scores = np.array([self._score(answer, phrases) for _, phrases in values])
        none = self._base + _layers(answer, self._none, self._none_score)
        if slot.type in LISTS:
            return {value: _sigmoid(score - none) for (value, _), score in zip(values, scores, strict=True)}
        exponents = np.exp(np.array([none, *scores]) - max(none, *scores))
        every = ("", *(value for value, _ in values))
        return dict(zip(every, (exponents / exponents.sum()).tolist(), strict=True))

    def _score(self, answer: Floats, phrases: Floats) -> float:
        near = phrases @ answer / (np.linalg.norm(phrases, axis=1) * np.linalg.norm(answer))
        shares = np.exp(self._sharp * (near - near.max()))
        shares /= shares.sum()
        value = shares @ phrases
        pair = np.concatenate((answer * value, np.abs(answer - value), answer))
        return self._scale * float(shares @ near) + _layers(pair, self._pair, self._pair_score)


def _words_of(slot: Slot) -> Mapping[str, Sequence[str]]:
    words = {value: [*said, *named_words(value)] for value, said in slot.values.items()}
    for value, said in slot.unprompted.items():
        words[value] = [*words.get(value, ()), *said]
    if slot.type in LISTS:
        words.setdefault("none", list(_NONE))
    most = _FEW if slot.like else None
    return {value: tuple(dict.fromkeys(said))[:most] for value, said in words.items() if said}


_Layer = tuple[Floats, Floats]


def _layers(x: Floats, first: _Layer, second: _Layer) -> float:
    hidden = np.maximum(first[0] @ x + first[1], 0.0)
    return float(second[0][0] @ hidden + second[1][0])


def _sigmoid(x: float) -> float:
    return float(1.0 / (1.0 + np.exp(-x)))


def installed_meanings() -> Meanings | None:
    """What was taught, with the encoder; None where that is not on this machine."""
    files = Files.for_meanings()
    if not files.weights.is_file():
        return None
    try:
        from dialogs.encoder.model import make, state_of  # a tenth of a second
        from dialogs.encoder.vectors import vectors_in

        make(files)
        with np.load(files.learnt) as weights:
            return Meanings(vectors_in(files.model, state_of(files.model)), weights)
    except (OSError, ValueError, KeyError) as error:
        _log.warning("the model of meanings can't be used: %s", error)
        return None
