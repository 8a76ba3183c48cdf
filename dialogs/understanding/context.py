"""What is understood of an answer, and what it is read against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dialogs.script import State
from dialogs.slots import Finding

Wordings = Sequence[tuple[str, float]]
"""What else may have been said, each with its share of all that may, 0..1."""
CLEAR = 0.8
"""A finding that needs no second opinion."""
DOUBTFUL = 0.5
"""Confidence of what is not believed; below every slot's threshold."""


class Completeness(StrEnum):
    """Whether a resident who pauses here has said it all."""

    COMPLETE = "complete"
    OPEN = "open"  # something is bound to follow: 上个月…
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reading:
    """What was understood of one answer."""

    text: str
    """The words after repair."""
    findings: Mapping[str, Finding] = field(default_factory=dict)
    """By slot; the asked one and any other that was answered in passing."""
    intent: str = ""
    strange: float = 0.0
    """Share of the words that the lexicon does not know, 0..1; see ``dialogs.slots.Answer.unexplained``."""
    is_garbled: bool = False
    """Whether characters stand in a row that are no word: ``dialogs.slots.Answer.has_unknown_word``."""


@dataclass(frozen=True)
class Context:
    """What an answer is read against besides the script."""

    state: State
    today: date
    name: str = ""
    """The resident's."""
    is_by_family: bool = False
    """Whether somebody of the family speaks, so that 他 is the resident."""
