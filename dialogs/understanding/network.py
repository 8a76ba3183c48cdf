"""The network that reads answers as a whole: characters and their sounds in, probabilities out. Pure numpy.

A question, the characters of an answer and what the rules found in it (``hints``) go through a small
transformer encoder (Vaswani et al., 2017; pre-norm, four heads). Every character is the sum of three vectors:
the character's own, those of its pinyin's initial and final. So a misheard character that sounds right still
says most of what it should, and one that was never seen says something.

How it is taught: ``teaching.reader``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from dialogs.sounds import syllables

HEADS = 4
LONGEST = 63
"""Characters that are read; what comes after them is not."""
_UNKNOWN = 1
"""Row of what was never seen; row 0 stays empty."""

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
        return (
            [self.characters.find(character) + 2 or _UNKNOWN for character in text],
            [_row(self.initials, sound.initial) for sound in sounds],
            [_row(self.finals, sound.final) for sound in sounds],
        )

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


def _row(known: Sequence[str], sound: str) -> int:
    return known.index(sound) + 2 if sound in known else _UNKNOWN


class Network:
    """A network with its weights; ``probabilities`` takes about a millisecond."""

    def __init__(self, alphabet: Alphabet, weights: Mapping[str, Floats]) -> None:
        # Shared out among threads, products as small as these take ten times as long.
        threadpool_limits(limits=1, user_api="blas")
        self.alphabet = alphabet
        self._weights = {name: np.ascontiguousarray(_turned(name, array)) for name, array in weights.items()}
        self._layers = sum(name.endswith("/qkv/weight") for name in weights)
        sizes = [len(choice.classes) for choice in alphabet.choices]
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._choice_of = np.repeat(np.arange(len(sizes)), sizes)

    @staticmethod
    def load(path: Path) -> Network:
        """Raises OSError, ValueError or KeyError where the file is none that ``teaching.reader`` wrote."""
        with np.load(path) as file:
            alphabet = Alphabet.from_json(str(file["alphabet"]))
            weights = {name: file[name].astype(np.float32) for name in file.files if name != "alphabet"}
        return Network(alphabet, weights)

    def probabilities(self, question: str, text: str, hints: Floats) -> list[Floats]:
        """For every choice the probability of each of its classes.

        Args:
            question: Slot that was asked; one of ``alphabet.questions``.
            text: Normalised words.
            hints: Shape (hints,); see ``dialogs.understanding.learnt.hints``.
        """
        x = self._embedded(question, text)
        for number in range(self._layers):
            x = x + self._attention(f"layer{number}", x)
            x = x + self._wide(f"layer{number}", x)
        x = self._normal("norm", x)
        pooled = np.concatenate((x[0], x.max(axis=0), hints))
        scores = self._linear("scores", np.maximum(0.0, self._linear("joined", pooled)))
        highest = np.maximum.reduceat(scores, self._starts)
        powers: Floats = np.exp(scores - highest[self._choice_of])
        totals: Floats = np.add.reduceat(powers, self._starts)
        shares = powers / totals[self._choice_of]
        ends = [*self._starts[1:].tolist(), len(shares)]
        return [shares[start:end] for start, end in zip(self._starts.tolist(), ends, strict=True)]

    def _embedded(self, question: str, text: str) -> Floats:
        rows = self.alphabet.rows(text)
        tables = [self._weights[name] for name in ("characters", "initials", "finals")]
        said = sum(table[row] for table, row in zip(tables, rows, strict=True))
        asked = self._weights["questions"][self.alphabet.questions.index(question)][None]
        x: Floats = np.concatenate((asked, said)) if text else asked
        return x + self._weights["places"][: len(x)]

    def _attention(self, layer: str, x: Floats) -> Floats:
        length, size = x.shape
        qkv = self._linear(f"{layer}/qkv", self._normal(f"{layer}/norm1", x))
        q, k, v = qkv.reshape(length, 3, HEADS, size // HEADS).transpose(1, 2, 0, 3)
        scores = q @ k.transpose(0, 2, 1) / np.float32(np.sqrt(size // HEADS))
        mixed = (_softmax(scores) @ v).transpose(1, 0, 2).reshape(length, size)
        return self._linear(f"{layer}/out", mixed)

    def _wide(self, layer: str, x: Floats) -> Floats:
        hidden = np.maximum(0.0, self._linear(f"{layer}/wide", self._normal(f"{layer}/norm2", x)))
        return self._linear(f"{layer}/narrow", hidden)

    def _linear(self, name: str, x: Floats) -> Floats:
        product: Floats = x @ self._weights[name + "/weight"]
        product += self._weights[name + "/bias"]
        return product

    def _normal(self, name: str, x: Floats) -> Floats:
        share = np.float32(1.0 / x.shape[-1])
        total: Floats = np.add.reduce(x, axis=-1, keepdims=True)
        centred = x - total * share
        variance: Floats = np.einsum("ij,ij->i", centred, centred)[:, None] * share
        centred *= self._weights[name + "/weight"] / np.sqrt(variance + np.float32(1e-5))
        centred += self._weights[name + "/bias"]
        return centred


def _turned(name: str, array: Floats) -> Floats:
    """The weights of a linear layer as rows of inputs, as they are multiplied."""
    return array.T if name.endswith("/weight") and array.ndim == 2 else array


def _softmax(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - np.maximum.reduce(scores, axis=-1, keepdims=True))
    powers /= np.add.reduce(powers, axis=-1, keepdims=True)
    return powers
