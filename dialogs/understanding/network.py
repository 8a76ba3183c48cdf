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
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from dialogs.language.sounds import syllables

HEADS = 4
LONGEST = 63
"""Characters that are read; what comes after them is not."""
_EPSILON = 1e-5
"""Of the normalisations."""
_ROWS = 4
"""OpenBLAS multiplies so many rows at a time; for 11 it takes half as long again as for 12."""
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
    """A network with its weights; ``probabilities`` takes about a third of a millisecond.

    What is the same for every answer is worked into the weights beforehand. Every vector is kept at mean 0,
    which no layer can tell, as each begins with a normalisation; so to normalise is to divide by a length.
    The scales (with sqrt(size)) and offsets of the normalisations, the 1/sqrt(size) of the attention and the
    offsets of its values become part of the layers that follow; the offsets of its keys change nothing.
    """

    def __init__(self, alphabet: Alphabet, weights: Mapping[str, Floats]) -> None:
        # Shared out among threads, products as small as these take ten times as long.
        threadpool_limits(limits=1, user_api="blas")
        self.alphabet = alphabet
        self._tables = tuple(_centred(weights[name]) for name in ("characters", "initials", "finals"))
        self._questions, self._places = _centred(weights["questions"]), _centred(weights["places"])
        layers = sum(name.endswith("/qkv/weight") for name in weights)
        self._layers = [_layer(weights, f"layer{number}") for number in range(layers)]
        self._scale, self._offset = _scale(weights["norm/weight"]), _single(weights["norm/bias"])
        self._joined, self._scores = (Linear.of(weights, name) for name in ("joined", "scores"))
        self._shares = Shares(alphabet.choices)

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
            hints: Shape (hints,); see ``dialogs.understanding.classes.hints``.
        """
        x, length = self._embedded(question, text)
        for layer in self._layers:
            x += layer.attention(x, length)
            x += layer.wide(x)
        x = _of_length_one(x[:length])
        x *= self._scale
        x += self._offset
        pooled = np.concatenate((x[0], np.maximum.reduce(x), hints))
        return self._shares.of(self._scores(np.maximum(0.0, self._joined(pooled))))

    def _embedded(self, question: str, text: str) -> tuple[Floats, int]:
        """A vector for the question and one for each character, and how many they are; what comes after them
        is empty, and only there because matrices of so many rows are multiplied faster."""
        characters, initials, finals = np.array(self.alphabet.rows(text), np.intp)
        length = len(characters) + 1
        x: Floats = np.zeros((-(-length // _ROWS) * _ROWS, self._places.shape[1]), np.float32)
        x[:length] = self._places[:length]
        x[0] += self._questions[self.alphabet.questions.index(question)]
        said = x[1:length]
        for table, rows in zip(self._tables, (characters, initials, finals), strict=True):
            said += table.take(rows, axis=0)
        return x, length


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


class Linear(NamedTuple):
    """A layer: ``x @ weight + bias``."""

    weight: Floats
    """Shape (inputs, outputs), as it is multiplied."""
    bias: Floats

    @staticmethod
    def of(weights: Mapping[str, Floats], name: str) -> Linear:
        return Linear(
            np.ascontiguousarray(_single(weights[f"{name}/weight"].T)), _single(weights[f"{name}/bias"])
        )

    def after_normalisation(self, scale: Floats, offset: Floats) -> Linear:
        """With the scale and offset of what comes in."""
        return Linear(scale[:, None] * self.weight, self.bias + offset @ self.weight)

    def centred(self) -> Linear:
        """What comes out has the mean 0."""
        return Linear(_centred(self.weight), _centred(self.bias))

    def __call__(self, x: Floats) -> Floats:
        product: Floats = x @ self.weight
        product += self.bias
        return product


class _Layer(NamedTuple):
    qkv: Linear
    out: Linear
    widened: Linear
    narrowed: Linear

    def attention(self, x: Floats, length: int) -> Floats:
        """What every row takes from the first ``length``."""
        rows, size = x.shape
        parts = self.qkv(_of_length_one(x)).reshape(rows, 3, HEADS, size // HEADS)
        q, k, v = parts.transpose(1, 2, 0, 3)
        shares = _softmax(q @ k[:, :length].transpose(0, 2, 1))
        return self.out((shares @ v[:, :length]).transpose(1, 0, 2).reshape(rows, size))

    def wide(self, x: Floats) -> Floats:
        hidden = self.widened(_of_length_one(x))
        np.maximum(hidden, 0.0, out=hidden)
        return self.narrowed(hidden)


def _layer(weights: Mapping[str, Floats], name: str) -> _Layer:
    norms = [
        (_scale(weights[f"{name}/norm{n}/weight"]), _single(weights[f"{name}/norm{n}/bias"])) for n in (1, 2)
    ]
    qkv, out, wide, narrow = (
        Linear.of(weights, f"{name}/{part}") for part in ("qkv", "out", "wide", "narrow")
    )
    weight, bias = qkv.after_normalisation(*norms[0])
    size = len(weight)
    scale = np.float32(1.0 / np.sqrt(size // HEADS))
    weight[:, :size] *= scale
    bias[:size] *= scale
    of_values = bias[2 * size :].copy()
    bias[size:] = 0.0
    return _Layer(
        Linear(weight, bias),
        Linear(out.weight, out.bias + of_values @ out.weight).centred(),
        wide.after_normalisation(*norms[1]),
        narrow.centred(),
    )


def _single(array: Floats) -> Floats:
    return array.astype(np.float32)


def _scale(weight: Floats) -> Floats:
    """Of a normalisation, for rows of length one instead of a mean square of 1."""
    return _single(weight * np.sqrt(len(weight)))


def _centred(array: Floats) -> Floats:
    return _single(array - array.mean(axis=-1, keepdims=True))


def _of_length_one(x: Floats) -> Floats:
    """Rows of mean 0 divided by their lengths."""
    lengths: Floats = np.add.reduce(x * x, axis=-1)
    lengths += _EPSILON * x.shape[-1]
    np.sqrt(lengths, out=lengths)
    return x / lengths[:, None]


def _softmax(scores: Floats) -> Floats:
    scores -= np.maximum.reduce(scores, axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    total: Floats = np.add.reduce(scores, axis=-1, keepdims=True)
    scores /= total
    return scores
