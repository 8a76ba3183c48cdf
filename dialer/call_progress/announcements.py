"""What carriers and answering machines say, and what it means. Pure.

The words come from a recogniser over a bad line (已关级 for 已关机), so phrases are compared by sound. A
phrase alone is no announcement, people say 关机 too: with a frame that only a network uses (您拨打的用户,
请稍后再拨) it is certain. The particular stands before the general, because a general one (暂时无法接通) may
go on with a particular one (来电信息将以短信通知对方): a general one is certain when the sentence is over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from campaign.records import Disposition
from dialer.call_progress.announcement_phrases import (
    CLOSINGS,
    ENGLISH_FRAME,
    FRAMES,
    JOINTS,
    MEANINGS,
    NEUTRAL,
    Meaning,
)
from dialogs.language.sounds import Repertoire, Syllable, syllables

CERTAIN = 0.8
"""Confidence from which a call is given up for what an announcement says."""
_WITH_FRAME, _ALONE, _UNFINISHED = 0.95, 0.5, 0.7
_FARTHEST = 0.16
"""Mean distance of the syllables within which two phrases are the same; 已关机 and 已停机 are 0.3 apart."""
_NEAR = 0.05
"""The same for a phrase that is believed all by itself."""
_LIKELIER = 3.0
"""How much likelier words are that an announcement may say, natural logarithm."""
_CLEARLY_NEARER = 0.02
"""无法接听 and 无法接通 are both within reach: the nearer one was said."""


@dataclass(frozen=True)
class Announcement:
    """What was made out of an announcement."""

    disposition: Disposition
    phrase: str
    """Of the table; English as it was heard."""
    confidence: float
    """0..1; from ``CERTAIN`` on nothing that follows changes it."""


def announcement_in(words: str, *, is_over: bool = False) -> Announcement | None:
    """What the words of an announcement mean so far, or None for anything else.

    Args:
        words: As a recogniser has them.
        is_over: Nothing follows: the voice has been silent for a while.
    """
    heard = _Heard(words)
    found = heard.first_meaning()
    if found is None:
        return None
    meaning, phrase, is_clear = found
    return Announcement(meaning.disposition, phrase, _confidence(heard, meaning, is_clear, is_over))


def as_announcements(wordings: Sequence[str]) -> Sequence[tuple[str, float]]:
    """What a recogniser may have heard before a call is answered, with how likely it is (a ``Likelihood``):
    of wordings that fit the sound nearly as well one that an announcement says (已停机 for 以情绪)."""
    return [(wording, _LIKELIER if _is_certain(wording) else 0.0) for wording in wordings]


def _is_certain(words: str) -> bool:
    announcement = announcement_in(words, is_over=True)
    return announcement is not None and announcement.confidence >= CERTAIN


def grammar_phrases() -> tuple[str, ...]:
    """Every phrase and what joins them, for recognisers that can be told what to expect."""
    return (*JOINTS, *_all_phrases())


def _confidence(heard: _Heard, meaning: Meaning, is_clear: bool, is_over: bool) -> float:
    if not (meaning.is_whole and is_clear) and not heard.has_frame:
        return _ALONE
    if meaning.is_general and not is_over and not heard.is_closing:
        return _UNFINISHED
    return _WITH_FRAME


@dataclass(frozen=True)
class _Match:
    """A phrase of the table at some place of what was heard."""

    meaning: int
    phrase: str
    start: int
    end: int
    """Syllables."""
    distance: float
    """Mean of the syllables."""

    def overlaps(self, other: _Match) -> bool:
        return self.start < other.end and other.start < self.end


class _Heard:
    """Words, and what sounds like them."""

    def __init__(self, words: str) -> None:
        self._words = "".join(words.lower().split())
        chinese = "".join(character for character in words if "\u4e00" <= character <= "\u9fff")
        self._distances = _repertoire().distances(syllables(chinese))
        for neutral in NEUTRAL:
            for start, end, _ in self._places(neutral):
                self._distances[start:end] = 1.0

    def _places(self, phrase: str, farthest: float = _FARTHEST) -> Iterator[tuple[int, int, float]]:
        """Where the phrase was heard: syllables from and to, and how far it is from what was heard."""
        first, length = _columns()[phrase], len(phrase)
        starts = len(self._distances) - length + 1
        if starts <= 0:
            return
        costs = np.zeros(starts)
        for place in range(length):
            costs += self._distances[place : place + starts, first + place]
        for start in np.flatnonzero(costs <= farthest * length):
            yield int(start), int(start) + length, float(costs[start]) / length

    def _has(self, phrases: Sequence[str]) -> bool:
        return any(True for phrase in phrases for _ in self._places(phrase))

    def first_meaning(self) -> tuple[Meaning, str, bool] | None:
        """The most particular one, the phrase that has it, and whether that stands by itself."""
        matches = self._matches()
        for number, meaning in enumerate(MEANINGS):
            own = [match for match in matches if match.meaning == number]
            if own:
                best = min(own, key=lambda match: match.distance)
                is_twice = any(not best.overlaps(other) for other in own)
                return meaning, best.phrase, best.distance <= _NEAR or is_twice
            english = re.search(meaning.english, self._words) if meaning.english else None
            if english:
                return meaning, english[0], True
        return None

    def _matches(self) -> list[_Match]:
        """Those for which nothing else that was heard in their place is clearly nearer."""
        found = [
            _Match(number, phrase, *place)
            for number, meaning in enumerate(MEANINGS)
            for phrase in meaning.phrases
            for place in self._places(phrase)
        ]
        return [match for match in found if not any(_is_better(other, match) for other in found)]

    @property
    def has_frame(self) -> bool:
        return self._has(FRAMES) or re.search(ENGLISH_FRAME, self._words) is not None

    @property
    def is_closing(self) -> bool:
        return self._has(CLOSINGS)


def _is_better(other: _Match, match: _Match) -> bool:
    is_rival = other.meaning != match.meaning and other.overlaps(match)
    return is_rival and other.distance < match.distance - _CLEARLY_NEARER


@cache
def _all_phrases() -> tuple[str, ...]:
    meant = (phrase for meaning in MEANINGS for phrase in meaning.phrases)
    return tuple(dict.fromkeys((*meant, *FRAMES, *CLOSINGS, *NEUTRAL)))


@cache
def _repertoire() -> Repertoire:
    sounds: list[Syllable] = [sound for phrase in _all_phrases() for sound in syllables(phrase)]
    return Repertoire(sounds)


@cache
def _columns() -> dict[str, int]:
    """Where each phrase begins among the syllables of the repertoire."""
    columns, at = {}, 0
    for phrase in _all_phrases():
        columns[phrase] = at
        at += len(phrase)
    return columns
