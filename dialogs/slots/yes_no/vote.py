"""A vote for yes or no."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.language.words import Token
from dialogs.slots.answer import Answer
from dialogs.slots.journeys.told import written
from dialogs.slots.whereabouts.clauses import is_aside


@dataclass(frozen=True)
class Vote:
    value: bool
    confidence: float
    is_certain: bool = True
    """False: about somebody else, or a guess from a place alone."""
    is_about_place: bool = False
    start: int = 0
    """Where the word stands; 0 where that does not matter."""


def is_said_aside(answer: Answer, token: Token) -> bool:
    """Whether what is told of whereabouts is not of oneself and now: 我老公去了杭州; 后天才飞."""
    return bool(answer.slot.place) and answer.is_asked and is_aside(written(answer), token.start)
