"""One answer as the finders of ``dialogs.slots`` see it, and what they return.

``Answer`` holds the words, already cut and repaired; ``Finding`` is a value, how clearly it is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dialogs.language import grammar
from dialogs.language.words import Token
from dialogs.script import Slot

DOUBTFUL = 0.4
"""Confidence of what contradicts itself."""
STRANGE = 0.8
"""How much of the confidence an answer of nothing but strange words loses."""
STRANGE_ALL_CLEAR = 1.3
"""The same for an all-clear: 割作没有发烧 may be 咳嗽，没有发烧."""
_KNOWN_WORD = 0.5


@dataclass(frozen=True)
class Finding:
    value: Any
    """As in SlotValue; None where the resident said that there is no answer (没量, 不知道)."""
    confidence: float
    is_told: bool = False
    """Whether a whole short answer tells it beyond doubt, whatever networks believe: 上周回来的."""


@dataclass(frozen=True)
class Answer:
    """The words of one answer, seen from one slot."""

    tokens: tuple[Token, ...]
    slot: Slot
    is_asked: bool
    """Whether the question was about this slot; otherwise only explicit words count."""
    today: date
    homes: frozenset[str] = frozenset()
    """Places that are no journey."""
    name: str = ""
    """The resident's name, so that 我是张三 can be understood."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where numbers, days and places stand in ``text``, whatever slot they belong to."""

    def seen_from(self, slot: Slot, *, is_asked: bool) -> Answer:
        """The same words for another slot; what is known of them is worked out once for all slots."""
        if _OF_ALL_SLOTS[-1] not in self.__dict__:
            for known in _OF_ALL_SLOTS:
                getattr(self, known)
        other = object.__new__(Answer)
        other.__dict__.update(self.__dict__, slot=slot, is_asked=is_asked)
        return other

    # Cached properties may depend on the words alone, not on the slot.

    @cached_property
    def text(self) -> str:
        return "".join(token.word for token in self.tokens)

    @cached_property
    def said(self) -> str:
        """The words before any repair by sound."""
        return "".join(token.said for token in self.tokens)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(token.word for token in self.tokens)

    @cached_property
    def owners(self) -> frozenset[str]:
        """Of all meanings of all words."""
        return frozenset().union(*(token.owners for token in self.tokens))

    def confidence_of(self, start: int, end: int) -> float:
        """The least confidence of the words between two positions of ``text``."""
        return min((t.confidence for t in self.tokens if t.start < end and t.end > start), default=1.0)

    def clause_of(self, token: Token) -> str:
        """The words between the breaks around a token."""
        start = max((t.end for t in self.tokens if t.is_break and t.end <= token.start), default=0)
        breaks = (t.start for t in self.tokens if t.is_break and t.start >= token.end)
        return self.text[start : min(breaks, default=None)]

    def unexplained(self) -> float:
        """Share of the characters that neither the lexicon nor a number or day accounts for; a word that
        jieba knows counts half, because it is more likely to be small talk than something misheard."""
        return self._unexplained

    def has_unknown_word(self) -> bool:
        """Whether characters stand in a row that are no known word, numbers and days aside: 割作."""
        before = None
        for token in self.tokens:
            is_unknown = len(token.word) == 1 and self._is_unexplained(token)
            if is_unknown and before is not None:
                return True
            before = token if is_unknown else None
        return False

    def _is_unexplained(self, token: Token) -> bool:
        if token.tags or token.is_break:
            return False
        return not any(start < token.end and end > token.start for start, end in self.spans)

    @cached_property
    def _unexplained(self) -> float:
        total = sum(len(t.word) for t in self.tokens if not t.is_break)
        strange = sum(
            len(t.word) * (_KNOWN_WORD if len(t.word) > 1 else 1.0)
            for t in self.tokens
            if self._is_unexplained(t)
        )
        return strange / total if total else 0.0


_OF_ALL_SLOTS = ("text", "words", "owners", "_unexplained")


def is_grammar(token: Token) -> bool:
    return not token.owners.isdisjoint(_GRAMMAR)


_GRAMMAR = frozenset(grammar.WORDS)


def careful(answer: Answer, confidence: float) -> float:
    """The confidence of an all-clear: less the more of the answer is not understood."""
    return confidence * max(0.0, 1.0 - STRANGE_ALL_CLEAR * answer.unexplained())


def is_inside(value: float, slot: Slot) -> bool:
    above = slot.minimum is None or value >= slot.minimum
    return above and (slot.maximum is None or value <= slot.maximum)


def in_range(answer: Answer, number: int, confidence: float) -> Finding | None:
    return Finding(number, confidence) if is_inside(number, answer.slot) else None


def ends_like_garbled(after: Sequence[Token]) -> bool:
    """Whether the words before the next break begin with characters that make no word."""
    first = next((t for t in after if not t.has(grammar.FILLER)), None)
    return first is not None and not first.is_break and not first.tags and len(first.word) == 1
