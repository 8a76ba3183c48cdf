"""The network that reads answers as a whole: characters and their sounds in, probabilities out.

A question, the characters of an answer and what the rules found in it (``hints``) go through a small
transformer encoder (Vaswani et al., 2017; pre-norm, four heads). Every character is the sum of three vectors:
the character's own, those of its pinyin's initial and final. So a misheard character that sounds right still
says most of what it should, and one that was never seen says something.

How it is taught: ``teaching.reader``. What it computes is written as a graph (``teaching.graphs``) that
ONNX Runtime computes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dialogs import taught
from dialogs.encoder.session import session_of
from dialogs.language.sounds import syllables

HEADS = 4
LONGEST = 63
"""Characters that are read; what comes after them is not."""
_UNKNOWN = 1
"""Row of what was never seen; row 0 stays empty."""

ALPHABET = "alphabet"
"""Metadata of a graph: what its rows stand for, as JSON."""
QUESTION, ROWS, HINTS, SCORES = "question", "rows", "hints", "scores"
"""What goes in, shapes (1,), (3, characters) and (1, hints); and what comes out, (1, classes)."""
TABLES = ("characters", "initials", "finals")
"""What the three lines of ``ROWS`` are rows of."""

Floats = NDArray[np.float32]


class Choice(NamedTuple):
    """One thing that the network decides: one of several classes, the first of which is "nothing said"."""

    name: str
    """Slot, "slot/value" for one value of a list, "unknown" or "intent"."""
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Alphabet:
    """What the network knows the rows of its tables by."""

    questions: tuple[str, ...]
    characters: str
    initials: tuple[str, ...]
    finals: tuple[str, ...]
    choices: tuple[Choice, ...]

    def rows(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """Rows of the characters, initials and finals of a text."""
        text = text[:LONGEST]
        sounds = syllables(text)
        characters, initials, finals = self._rows
        return (
            [characters.get(character, _UNKNOWN) for character in text],
            [initials.get(sound.initial, _UNKNOWN) for sound in sounds],
            [finals.get(sound.final, _UNKNOWN) for sound in sounds],
        )

    @cached_property
    def _rows(self) -> tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]:
        return _numbered(self.characters), _numbered(self.initials), _numbered(self.finals)

    def as_json(self) -> str:
        return json.dumps(
            {
                "questions": self.questions,
                "characters": self.characters,
                "initials": self.initials,
                "finals": self.finals,
                "choices": self.choices,
            },
            ensure_ascii=False,
        )

    @staticmethod
    def from_json(written: str) -> Alphabet:
        read = json.loads(written)
        choices = tuple(Choice(name, tuple(classes)) for name, classes in read["choices"])
        return Alphabet(
            tuple(read["questions"]),
            read["characters"],
            tuple(read["initials"]),
            tuple(read["finals"]),
            choices,
        )


def _numbered(known: Sequence[str]) -> Mapping[str, int]:
    """The row of each of them; of what is there twice, the first."""
    return {name: row for row, name in reversed([*enumerate(known, start=_UNKNOWN + 1)])}


class Network:
    """A network with its weights; ``probabilities`` takes about a third of a millisecond."""

    def __init__(self, graph: Path | bytes) -> None:
        """Load what ``teaching.graphs`` wrote. Raises ValueError or KeyError where it is something else."""
        self._session = session_of(graph)
        self.alphabet = Alphabet.from_json(self._session.get_modelmeta().custom_metadata_map[ALPHABET])
        self._shares = Shares(self.alphabet.choices)

    def probabilities(self, question: str, text: str, hints: Floats) -> list[Floats]:
        """For every choice the probability of each of its classes.

        Args:
            question: Slot that was asked; one of ``alphabet.questions``.
            text: Normalised words.
            hints: Shape (hints,); see ``dialogs.understanding.classes.hints``.
        """
        told = {
            QUESTION: np.array([self.alphabet.questions.index(question)]),
            ROWS: np.array(self.alphabet.rows(text), np.int64),
            HINTS: hints[None],
        }
        (scores,) = self._session.run([SCORES], told)
        return self._shares.of(scores[0])


@cache
def taught_network() -> Network:
    """What ships with Wenhou, loaded once a process."""
    return Network(taught.ANSWERS)


class Shares:
    """Scores of all classes of all choices, one after the other, to probabilities."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        sizes = [len(choice.classes) for choice in choices]
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._choice_of = np.repeat(np.arange(len(sizes)), sizes)
        ends = np.cumsum(sizes).tolist()
        self._spans = [slice(start, end) for start, end in zip(self._starts.tolist(), ends, strict=True)]

    def of(self, scores: Floats) -> list[Floats]:
        """For every choice the probability of each of its classes."""
        highest = np.maximum.reduceat(scores, self._starts)
        powers: Floats = np.exp(scores - highest[self._choice_of])
        totals: Floats = np.add.reduceat(powers, self._starts)
        powers /= totals[self._choice_of]
        return [powers[span] for span in self._spans]
