"""What staff do about a resident of the queue, and what each result means. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from campaign.records import Disposition, Grade


@dataclass(frozen=True)
class StaffResult:
    """What somebody of the staff came to with a resident."""

    label: str
    """Chinese, as it is typed and as it stands in sheets."""
    disposition: Disposition | None
    """What it says of the resident; None: what was known stays."""
    is_call: bool
    """Whether a call was made; it counts as an attempt of staff."""
    closes: bool
    """Whether the resident leaves the queue."""


def _call(disposition: Disposition, *, closes: bool = False) -> StaffResult:
    return StaffResult(disposition.label, disposition, is_call=True, closes=closes)


STAFF_RESULTS: tuple[StaffResult, ...] = (
    _call(Disposition.COMPLETED, closes=True),
    _call(Disposition.PARTIAL),
    _call(Disposition.NO_ANSWER),
    _call(Disposition.BUSY),
    _call(Disposition.POWERED_OFF),
    _call(Disposition.DECLINED),
    _call(Disposition.UNREACHABLE),
    _call(Disposition.OUT_OF_SERVICE),
    _call(Disposition.INVALID_NUMBER),
    _call(Disposition.WRONG_NUMBER),
    _call(Disposition.OPTED_OUT, closes=True),
    StaffResult("上门完成", Disposition.COMPLETED, is_call=False, closes=True),
    StaffResult("核对完成", None, is_call=False, closes=True),
    StaffResult("无需处理", None, is_call=False, closes=True),
)
"""核对完成: the doubtful answers were checked, by the recording or otherwise, and hold as they stand."""

CHECKED = "核对完成"


def staff_result(text: str) -> StaffResult | None:
    """The result by its Chinese word or its key (``no_answer``); None for anything else."""
    wanted = "".join(text.split())
    return next((r for r in STAFF_RESULTS if wanted in (r.label, str(r.disposition or ""))), None)


@dataclass(frozen=True)
class StaffWork:
    """One thing that staff did about an entry of the queue."""

    by: str
    at: dt.datetime
    result: StaffResult
    number: str = ""
    """Called, where it was a call."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    """Slot name to value, in the forms of ``SlotValue.value``."""
    grade: Grade | None = None
    """Of all answers that are known now; None leaves what it was."""
    note: str = ""

    @property
    def told(self) -> str:
        """Chinese, one line for the record of the entry."""
        return f"{self.result.label}：{self.note}" if self.note else self.result.label
