"""Which words Mandarin has and how common they are: jieba's dictionary, with a script's own words.

Only the dictionary is jieba's. Its code takes a tenth of a second to load, and keeps one dictionary for all
scripts of a process; the cut that is needed here, the most probable one without names of people guessed, is
as short as what it would take to keep the words of several scripts apart.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import log
from pathlib import Path
from typing import NamedTuple

from campaign.kept import folder_of, kept
from campaign.patterns import compiled

COMMON = 5
"""Occurrences in jieba's corpus from which a word is one that people say; rarer ones are often misheard."""
_FORM, _FORM_OF_OWN = "words-3", "own_words-1"
_WRITTEN_ONLY = frozenset(["前去"])
"""三个月前去过 is no 前去."""
_RUN = compiled(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+")
"""What words are made of; a text is cut between such runs whatever the dictionary holds."""
_LETTER = compiled("[a-zA-Z0-9]")


class _Words(dict[str, Mapping[str, int]]):
    """By first character its words with their occurrences; beginnings that are no words themselves have 0.

    Of the six thousand first characters people say a few hundred; the words of the others are never unpacked.
    """

    def __init__(self, packed: Mapping[str, tuple[str, bytes]]) -> None:
        self._packed = packed

    def __missing__(self, first: str) -> Mapping[str, int]:
        words, times = self._packed.get(first, ("", b""))
        self[first] = dict(zip(words.split(), array("I", times), strict=True))
        return self[first]


class _Dictionary(NamedTuple):
    words: _Words
    total: int
    """Occurrences of all words."""
    places: str
    """Words for places (counties, districts, foreign countries), each between two line ends."""


@cache
def _dictionary() -> _Dictionary:
    """The common words, two fifths of all; loaded once a process."""
    packed, total, places = kept(_FORM, _source(), lambda: _made(_source()))
    return _Dictionary(_Words(packed), total, places)


def _source() -> Path:
    return folder_of("jieba") / "dict.txt"


def _made(source: Path) -> tuple[dict[str, tuple[str, bytes]], int, str]:
    """Common words by first character, what they occur in all, and words for places whether common or not."""
    common: dict[str, dict[str, int]] = defaultdict(dict)
    places = []
    for word, times, tag in _entries(source):
        if tag == "ns":
            places.append(word)
        if times >= COMMON and word not in _WRITTEN_ONLY:
            common[word[0]][word] = times
            for end in range(1, len(word)):
                common[word[0]].setdefault(word[:end], 0)
    packed = {
        first: (" ".join(words), array("I", words.values()).tobytes()) for first, words in common.items()
    }
    total = sum(times for words in common.values() for times in words.values())
    return packed, total, "\n".join(("", *places, ""))


def _entries(source: Path) -> Iterator[tuple[str, int, str]]:
    """Word, occurrences and part of speech of everything in jieba's dictionary."""
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            word, times, *tag = line.split()
            yield word, int(times), tag[0] if tag else ""


def is_place_name(word: str) -> bool:
    """Whether jieba's dictionary lists the word as a place (county, district, foreign country)."""
    return f"\n{word}\n" in _dictionary().places


class Vocabulary:
    """jieba's words and those of a script, each of which stays in one piece."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._common, self._total, _ = _dictionary()
        self._own: dict[str, int] = {}
        joined = "\n".join(word for word in words if len(word) > 1)
        if joined:
            self._own, self._total = kept(_FORM_OF_OWN, _source(), lambda: self._with(joined), joined)

    def _with(self, joined: str) -> tuple[dict[str, int], int]:
        """Occurrences of the words and of their beginnings, and of all words; ``joined`` by line ends."""
        for word in joined.split("\n"):
            self._add(word)
        return self._own, self._total

    def _add(self, word: str) -> None:
        """Make the word at least as probable as its parts one after the other."""
        share = 1.0
        for start, end in self.cut(word):
            times = self._times_of(word[start:end])
            share *= (1 if times is None else times) / self._total
        known = self._times_of(word)
        times = max(int(share * self._total) + 1, 1 if known is None else known)
        self._own[word] = times
        self._total += times
        for end in range(1, len(word)):
            if self._times_of(word[:end]) is None:
                self._own[word[:end]] = 0

    def _times_of(self, word: str) -> int | None:
        times = self._own.get(word)
        return self._common[word[0]].get(word) if times is None else times

    def knows(self, word: str) -> bool:
        """However rare it is."""
        return bool(self._times_of(word))

    def around(self, text: str) -> Mapping[int, int]:
        """Position of every character that belongs to a common word of several, to where that begins."""
        return {
            position: start
            for start, end in self.cut(text)
            if end - start > 1 and (self._times_of(text[start:end]) or 0) >= COMMON
            for position in range(start, end)
        }

    def cut(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the words of a text begin and end, by the most probable cut."""
        if _RUN.fullmatch(text):
            return self._words(text)
        return self._words_of_runs(text)

    def _words_of_runs(self, text: str) -> Iterator[tuple[int, int]]:
        position = 0
        for run in _RUN.finditer(text):
            yield from ((at, at + 1) for at in range(position, run.start()))
            yield from ((run.start() + start, run.start() + end) for start, end in self._words(run[0]))
            position = run.end()
        yield from ((at, at + 1) for at in range(position, len(text)))

    def _words(self, run: str) -> Iterator[tuple[int, int]]:
        ends = self._ends(run)
        start = letters = 0
        while start < len(run):
            end = ends[start]
            if end - start > 1 or not _LETTER.match(run, start):
                if letters < start:
                    yield letters, start  # letters and digits in a row are one word
                yield start, end
                letters = end
            start = end
        if letters < start:
            yield letters, start

    def _ends(self, run: str) -> list[int]:
        """For every position, where the word that begins there ends, if one does."""
        own, length = self._own, len(run)
        all_times = log(self._total)
        ends = [0] * length
        best = [0.0] * (length + 1)
        for start in range(length - 1, -1, -1):
            times = self._common[run[start]]
            chosen, probability = start + 1, float("-inf")
            for end in range(start + 1, length + 1):
                word = run[start:end]
                said = own.get(word)
                if said is None:
                    said = times.get(word)
                if said is None:
                    break
                if said and (candidate := log(said) - all_times + best[end]) >= probability:
                    chosen, probability = end, candidate
            ends[start] = chosen
            best[start] = -all_times + best[start + 1] if probability == float("-inf") else probability
        return ends
