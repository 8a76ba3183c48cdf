"""Tests of a call script: conversations that its administrator writes down beside it. Frozen values.

``dialogues_load`` reads them from YAML; ``dialogues_run`` holds the conversations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

UNKNOWN = "不知道"
"""The value of a slot to which there is no answer: 没量, or asked often enough."""
NONE = "none"


class Act(StrEnum):
    """What a resident does when it is his turn."""

    SAY = "说"
    PRESS = "按键"
    BE_SILENT = "沉默"


@dataclass(frozen=True)
class Expected:
    """What must hold after a turn; whatever is empty is not looked at."""

    slots: Mapping[str, str] = field(default_factory=dict)
    """As ``written`` writes values."""
    uncertain: tuple[str, ...] = ()
    """Slots that are 待核实."""
    goal: str = ""
    """The state or closing that was reached."""
    variant: str = ""


@dataclass(frozen=True)
class Turn:
    act: Act
    text: str
    """The words (empty: noise) or the key."""
    line: int
    expected: Expected = Expected()


@dataclass(frozen=True)
class Ending:
    """What must hold when all has been said; whatever is empty is not looked at."""

    closing: str = ""
    outcome: str = ""
    grade: str = ""


@dataclass(frozen=True)
class ScriptTest:
    """One conversation."""

    name: str
    line: int
    turns: tuple[Turn, ...]
    ending: Ending = Ending()
    fields: Mapping[str, str] = field(default_factory=dict)
    """The resident's, as ``dialogs.machine.Dialog`` takes them."""
    today: dt.date | None = None


@dataclass(frozen=True)
class TestFile:
    __test__ = False  # not one of pytest's

    name: str
    tests: tuple[ScriptTest, ...]


def written(value: object) -> str:
    """A value as a script or a test writes it; lists in one order."""
    match value:
        case None:
            return UNKNOWN
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{float(value):.10g}"
        case dt.date():
            return value.isoformat()
        case Mapping():
            return "、".join(f"{key} {written(part)}" for key, part in value.items())
        case list() | tuple():
            return "、".join(sorted(written(item) for item in value)) or NONE
        case _:
            return str(value).strip() or NONE
