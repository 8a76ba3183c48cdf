"""How residents word their answers: the probability of a text as an answer, and where its clauses end.

A recogniser that hesitates between wordings that sound alike (八口子, 八口字) can be told which of them
people say. The model counts characters in a row in the answers that were invented for a script
(``teaching/answers``): n-grams with interpolated Kneser-Ney smoothing (Chen & Goodman, 1999), one model of
all answers and one of the answers to each question, mixed. It ships beside the script
(``scripts/NAME/wording.npz``, made by ``teaching.wording``) as sorted hashes, so that a call looks up all
wordings of an answer in a fraction of a millisecond and a process holds a few megabytes.

Recognisers write no punctuation, and without it 没有我昨天刚从天津回来 is hard to read. A third model counts
the same answers with their commas; it tells where a comma makes what follows more probable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dialogs.language.kept import kept

Likelihood = Callable[[Sequence[str]], list[float]]
"""Texts to the natural logarithms of their probabilities."""

BEGINNING, END = "\x02", "\x03"
"""What stands before the first character of an answer, and after the last."""
ANYWHERE, WITH_BREAKS = 0, 2**16
"""Numbers of the models of all answers, and of all answers with commas; between them those of questions."""
BREAK = ","
_WINDOW = 3
"""Characters after a break whose probability tells whether it belongs there."""
_FEWEST = 7
"""Characters from which an answer may hold more than one clause: 没流鼻涕 is one."""
_LEAST_GAIN = 1.0
"""Natural logarithm of how much likelier a break must make it."""
_DENYING = ("没有", "没", "不", "未", "有")
_BEGINNING_ANEW = frozenset("我俺咱就都一今昨前这")
_OWN_SHARE = 0.6
"""How much the answers to the same question count; the rest is what is said anywhere."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""2^64 by the golden ratio: multiplied by it, neighbouring numbers end up far apart (Knuth, 6.4)."""
_FORM = "wording-1"
_DROPPED_BITS = np.uint64(32)

_Number = TypeVar("_Number", bound=np.generic)

Keys = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Grams:
    """All n-grams of one length, in the order of their keys."""

    keys: Keys
    """``key`` of each n-gram, ascending."""
    probabilities: NDArray[np.float16]
    """Natural logarithm of the last character's probability after the others."""
    left: NDArray[np.float16]
    """Natural logarithm of what is left, after these characters, for what was never seen after them."""

    def find(self, wanted: Keys) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """The places of keys, and which of them are there at all."""
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return places, self.keys[places] == wanted


class Wording:
    """How answers to a script's questions are worded.

    Args:
        questions: Slots whose answers are known, in the order of their numbers.
        grams: By length, from no character up; that of no character says what is left for unseen ones.
    """

    def __init__(self, questions: Sequence[str], grams: Sequence[Grams]) -> None:
        self._numbers = {question: number for number, question in enumerate(questions, start=1)}
        self._grams = tuple(grams)

    @staticmethod
    def of(script_name: str) -> Wording | None:
        """What ships with the script of that name; None where nothing was counted."""
        file = Path(str(resources.files("dialogs").joinpath("scripts", script_name, "wording.npz")))
        return Wording._made(*kept(_FORM, file, lambda: _unpacked(file))) if file.is_file() else None

    @staticmethod
    def load(path: Path) -> Wording:
        """Raises OSError, ValueError or KeyError where the file is none that ``teaching.wording`` wrote."""
        return Wording._made(*_unpacked(path))

    @staticmethod
    def _made(questions: Sequence[str], tables: Sequence[tuple[bytes, bytes, bytes]]) -> Wording:
        kinds = (np.uint32, np.float16, np.float16)
        grams = (Grams(*map(np.frombuffer, table, kinds)) for table in tables)
        return Wording(questions, tuple(grams))

    def save(self, path: Path) -> None:
        """Of the keys the distances to the one before are kept: they take half of the room."""
        tables: dict[str, NDArray[np.generic]] = {}
        for n, grams in enumerate(self._grams):
            tables[f"gaps{n}"] = np.diff(grams.keys, prepend=np.uint32(0))
            tables[f"probabilities{n}"] = grams.probabilities
            tables[f"left{n}"] = grams.left
        tables["questions"] = np.array(list(self._numbers))
        np.savez_compressed(path, allow_pickle=False, **tables)

    def likelihood(self, question: str) -> Likelihood | None:
        """The probabilities of answers to one question; None where none of its answers are known."""
        return partial(self.log_probabilities, question) if question in self._numbers else None

    def log_probabilities(self, question: str, texts: Sequence[str]) -> list[float]:
        """Natural logarithm of the probability of each text as the whole answer to ``question``.

        Anything but letters, characters and digits is left out.
        """
        before = len(self._grams) - 2
        marked = [BEGINNING * before + plain(text) + END for text in texts]
        codes = _codes("".join(marked))
        anywhere = np.exp(self._given_before(codes, ANYWHERE))
        here = np.exp(self._given_before(codes, self._numbers[question]))
        each = np.log(_OWN_SHARE * here + (1.0 - _OWN_SHARE) * anywhere)
        parts = np.split(each, np.cumsum([len(text) for text in marked])[:-1])
        return [float(part[before:].sum()) for part in parts]

    def with_breaks(self, text: str) -> str:
        """The text with commas where clauses end; one that has some already stays as it is."""
        if len(text) < _FEWEST or not text.isalnum():
            return text
        before = len(self._grams) - 2
        codes = _codes(BEGINNING * before + text + END + BEGINNING)
        gaps = np.arange(before + 1, before + len(text))
        # Around every gap: what stands before it, a comma, what comes after. The last gap sees the end.
        around = gaps[:, None] + np.arange(-before, _WINDOW)[None, :]
        windows = np.insert(codes[around], before, ord(BREAK), axis=1)
        is_said = np.ones((len(gaps), _WINDOW + 1), bool)
        is_said[-1, -1] = False
        given = self._given_before(np.concatenate((windows.ravel(), codes)), WITH_BREAKS)
        broken = given[: windows.size].reshape(windows.shape)[:, before:]
        unbroken = given[windows.size :][gaps[:, None] + np.arange(_WINDOW)[None, :]]
        gains = (broken * is_said).sum(1) - (unbroken * is_said[:, 1:]).sum(1)
        places = (int(gap) - before for gap in gaps[gains > _LEAST_GAIN])
        breaks = {place for place in places if not _may_deny_what_follows(text, place)}
        return "".join(BREAK + c if place in breaks else c for place, c in enumerate(text))

    def _given_before(self, codes: Hashes, question: int) -> Floats:
        """Log probability of each character given those before it.

        Of the longest known n-gram that ends with it; each longer one that is not known costs what its
        beginning has left for what never followed it.
        """
        hashes = np.full(len(codes), beginning(question))
        found, left = np.zeros(len(codes)), np.zeros(len(codes))
        for length, grams in enumerate(self._grams):
            if length:
                hashes = grown(hashes, _later(codes, length - 1))
            place, is_known = grams.find(keys(hashes))
            found = np.where(is_known, grams.probabilities[place], found + left)
            left = _later(np.where(is_known, grams.left[place], 0.0), 1)
        return found


def _unpacked(path: Path) -> tuple[list[str], list[tuple[bytes, bytes, bytes]]]:
    """Questions, and by length the tables of the n-grams as they lie in memory."""
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


def _may_deny_what_follows(text: str, place: int) -> bool:
    """没有流鼻涕 is no 没有，流鼻涕; 没有我昨天刚回来 is 没有，我昨天刚回来."""
    return text[:place].endswith(_DENYING) and text[place] not in _BEGINNING_ANEW


def _codes(text: str) -> Hashes:
    return np.array([ord(character) for character in text], np.uint64)


def plain(text: str) -> str:
    """What is counted of a text."""
    return "".join(filter(str.isalnum, text))


def beginning(question: int) -> np.uint64:
    """Hash of no characters, in the model of the answers to a question or of all."""
    return np.uint64(question) << np.uint64(40)


def grown(hashes: Hashes, characters: Hashes) -> Hashes:
    """Hashes of n-grams that have one more character in front."""
    mixed: Hashes = (hashes ^ characters) * _FACTOR
    return mixed ^ (mixed >> np.uint64(29))


def keys(hashes: Hashes) -> Keys:
    """Of hashes, what is kept: with 300,000 n-grams one unknown one in 14,000 is taken for known."""
    return (hashes * _FACTOR >> _DROPPED_BITS).astype(np.uint32)


def _later(array: NDArray[_Number], places: int) -> NDArray[_Number]:
    """Moved towards the end, zeros in front."""
    moved = np.zeros_like(array)
    moved[places:] = array[: len(array) - places]
    return moved
