"""Which characters follow which: n-grams of several models in sorted tables of hashes.

``teaching.wording`` counts them, with interpolated Kneser-Ney smoothing (Chen & Goodman, 1999); here they are
looked up, thousands at a time. A hash of 32 bits stands for the characters: of 700,000 n-grams of a length a
process holds six megabytes, and one unknown one in 6,000 is taken for known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from campaign.kept import kept

BEGINNING, END = "\x02", "\x03"
"""What stands before the first character of a text, and after the last."""
_FORM = "wording-1"
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2^64 by the golden ratio: multiplied by it, neighbouring numbers end up far apart (Knuth, 6.4)."""
_DROPPED_BITS = np.uint64(32)
_FIRST_CHARACTER, _LAST_CHARACTER = 0x4E00, 0x9FFF
"""Where Unicode has the characters in common use."""

Codes = NDArray[np.uint64]
"""Characters, as their Unicode numbers."""
Hashes = NDArray[np.uint64]
Keys = NDArray[np.uint32]
Floats = NDArray[np.float64]
Places = NDArray[np.intp]

_Number = TypeVar("_Number", bound=np.generic)


@dataclass(frozen=True)
class Grams:
    """All n-grams of one length, in the order of their keys."""

    keys: Keys
    """``key`` of each n-gram, ascending."""
    probabilities: NDArray[np.float16]
    """Natural logarithm of the last character's probability after the others."""
    left: NDArray[np.float16]
    """Natural logarithm of what is left, after these characters, for what was never seen after them."""

    def find(self, hashes: Hashes) -> tuple[Places, NDArray[np.bool_]]:
        """The places of n-grams, and which of them are there at all."""
        wanted = keys(hashes)
        # In order they are found three times as fast: neighbours lie in memory that was just read.
        order = np.argsort(wanted)
        places = np.empty(len(wanted), np.intp)
        places[order] = np.searchsorted(self.keys, wanted[order])
        places = np.minimum(places, len(self.keys) - 1)
        return places, self.keys[places] == wanted


class Ngrams:
    """Models of what follows what.

    Args:
        names: Of what is modelled apart, in the order of their numbers, from 1 on.
        grams: By length, from no character up; that of no character says what is left for unseen ones.
    """

    def __init__(self, names: Sequence[str], grams: Sequence[Grams]) -> None:
        self.numbers = {name: number for number, name in enumerate(names, start=1)}
        self._grams = tuple(grams)
        self.reach = len(self._grams) - 2
        """How many characters before one it may depend on."""

    @staticmethod
    def load(path: Path) -> Ngrams:
        """Raises OSError, ValueError or KeyError where the file is none that ``save`` wrote."""
        return Ngrams._made(*_unpacked(path))

    @staticmethod
    def kept(path: Path) -> Ngrams:
        """The same, unpacked once on each machine."""
        return Ngrams._made(*kept(_FORM, path, lambda: _unpacked(path)))

    @staticmethod
    def _made(names: Sequence[str], tables: Sequence[tuple[bytes, bytes, bytes]]) -> Ngrams:
        kinds = (np.uint32, np.float16, np.float16)
        return Ngrams(names, tuple(Grams(*map(np.frombuffer, table, kinds)) for table in tables))

    def save(self, path: Path) -> None:
        """Of the keys the distances to the one before are kept: they take half of the room."""
        tables: dict[str, NDArray[np.generic]] = {}
        for n, grams in enumerate(self._grams):
            tables[f"gaps{n}"] = np.diff(grams.keys, prepend=np.uint32(0))
            tables[f"probabilities{n}"] = grams.probabilities
            tables[f"left{n}"] = grams.left
        tables["questions"] = np.array(list(self.numbers))
        np.savez_compressed(path, allow_pickle=False, **tables)

    def given_before(self, codes: Codes, model: int) -> Floats:
        """Natural logarithm of each character's probability given those before it, in a row of characters.

        Of the longest known n-gram that ends with it; each longer one that is not known costs what its
        beginning has left for what never followed it.
        """
        hashes = np.full(len(codes), beginning(model))
        found, left = np.zeros(len(codes)), np.zeros(len(codes))
        for length, grams in enumerate(self._grams):
            if length:
                hashes = grown(hashes, _later(codes, length - 1))
            place, is_known = grams.find(hashes)
            found = np.where(is_known, grams.probabilities[place], found + left)
            left = _later(np.where(is_known, grams.left[place], 0.0), 1)
        return found

    def after(self, contexts: Codes, which: Places, characters: Codes, model: int) -> Floats:
        """The same for many characters, each after one of several contexts.

        Args:
            contexts: What stands before, shape (contexts, ``reach``).
            which: Of each character, its context.
            characters: Shape (characters,).
            model: Number of the model.
        """
        left = self._left(contexts, model)
        hashes = np.full(len(characters), beginning(model))
        found = np.zeros(len(characters))
        known = np.arange(len(characters))
        for length, grams in enumerate(self._grams):
            if length:
                found += left[length - 1][which]
                hashes = grown(hashes, (characters if length == 1 else contexts[which, 1 - length])[known])
            place, is_known = grams.find(hashes)
            # An n-gram was only ever seen where its end was: the others need not be looked for.
            known, hashes = known[is_known], hashes[is_known]
            found[known] = grams.probabilities[place[is_known]]
        return found

    def _left(self, contexts: Codes, model: int) -> list[Floats]:
        """By length, what the ends of the contexts have left for what never followed them."""
        hashes = np.full(len(contexts), beginning(model))
        left: list[Floats] = []
        for length, grams in enumerate(self._grams[:-1]):
            if length:
                hashes = grown(hashes, contexts[:, -length])
            place, is_known = grams.find(hashes)
            left.append(np.where(is_known, grams.left[place], 0.0))
        return left

    def characters(self, model: int) -> str:
        """All Chinese characters that occur."""
        codes = np.arange(_FIRST_CHARACTER, _LAST_CHARACTER + 1, dtype=np.uint64)
        _, is_known = self._grams[1].find(grown(np.full(len(codes), beginning(model)), codes))
        return "".join(map(chr, codes[is_known].tolist()))


def _unpacked(path: Path) -> tuple[list[str], list[tuple[bytes, bytes, bytes]]]:
    """Names, and by length the tables of the n-grams as they lie in memory."""
    with np.load(path) as file:
        lengths = sum(name.startswith("gaps") for name in file.files)
        tables = [
            (
                np.cumsum(file[f"gaps{n}"], dtype=np.uint32).tobytes(),
                file[f"probabilities{n}"].astype(np.float16).tobytes(),
                file[f"left{n}"].astype(np.float16).tobytes(),
            )
            for n in range(lengths)
        ]
        return [str(name) for name in file["questions"]], tables


def codes_of(text: str) -> Codes:
    return np.array([ord(character) for character in text], np.uint64)


def beginning(model: int) -> np.uint64:
    """Hash of no characters in a model."""
    return np.uint64(model) << np.uint64(40)


def grown(hashes: Hashes, characters: Codes) -> Hashes:
    """Hashes of n-grams that have one more character in front."""
    mixed: Hashes = (hashes ^ characters) * _FACTOR
    return mixed ^ (mixed >> np.uint64(29))


def keys(hashes: Hashes) -> Keys:
    """Of hashes, what is kept."""
    return (hashes * _FACTOR >> _DROPPED_BITS).astype(np.uint32)


def _later(array: NDArray[_Number], places: int) -> NDArray[_Number]:
    """Moved towards the end, zeros in front."""
    moved = np.zeros_like(array)
    moved[places:] = array[: len(array) - places]
    return moved
