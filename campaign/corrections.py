"""What staff put right in a sheet that was handed out, and what they heard when they listened to calls. Pure.

A correction never replaces anything without a trace: each one keeps what stood there before, what stands
there now, who said so, when, and the cell it came from.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from campaign.records import Grade

GRADE = "grade"
REMARK = "remark"
_SLOT = "slot:"


def slot_field(name: str) -> str:
    """The name under which corrections of a slot are kept."""
    return _SLOT + name


def slot_of_field(field: str) -> str:
    """The slot that a correction is about; empty for grade and remark."""
    return field.removeprefix(_SLOT) if field.startswith(_SLOT) else ""


@dataclass(frozen=True)
class Known:
    """What is known of one answer: its value, and whether it needs checking."""

    value: Any
    """JSON-compatible, as ``SlotValue.value``."""
    is_certain: bool = True


@dataclass(frozen=True)
class Correction:
    """One value that somebody put right."""

    resident_id: int
    field: str
    """``slot:temperature``, ``grade`` or ``remark``."""
    old: Known | None
    """None: nothing was known."""
    new: Known
    by: str
    at: dt.datetime
    origin: str = ""
    """File and cell: 结果.xlsx!H12. A grade that follows from a corrected answer says 按新答案重算."""

    @property
    def is_computed(self) -> bool:
        """Whether it follows from another correction; nobody typed it."""
        return self.origin.endswith(COMPUTED)


COMPUTED = "按新答案重算"


@dataclass(frozen=True)
class Review:
    """All corrections of one resident from one sheet, written together or not at all."""

    resident_id: int
    corrections: tuple[Correction, ...]
    grade: Grade | None = None
    """The grade from now on; None leaves what it was."""
    state: str = ""
    """``Corrections.states`` of the resident when the corrections were judged; where it is another one when
    they are written, somebody was faster and nothing is written."""


@dataclass(frozen=True)
class Listening:
    """One answer of one call: what the robot had made of it, and what somebody heard who listened to it."""

    attempt_id: int
    name: str
    """Of the slot."""
    robot: Any
    reviewer: Any
    weight: float
    """How many calls of the campaign the sampled one stands for."""
    by: str
    at: dt.datetime
