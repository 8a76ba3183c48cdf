"""What a run may do, who looks on, and how it can end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from campaign.pacing import BreakerRules
from campaign.records import CallAttempt, CallResult, Campaign, Resident
from dialer.workers.pool import Report

MOST_LINES = 200
"""Calls at once that a run may have, however many lines it begins with."""


class RunEnd(Enum):
    """Why a run came to its end."""

    FINISHED = auto()  # nobody is left to be dialled
    STOPPED = auto()  # asked to stop
    OUTSIDE_HOURS = auto()  # calling hours are over and waiting was not wanted
    WAITING_LONG = auto()  # whoever is left is due later than the run was to wait


class RunObserver(Protocol):
    """Who looks on: the screen, the workbook, a log. Never raises."""

    def line_taken(self, attempt: CallAttempt, resident: Resident, line: int, at: dt.datetime) -> None: ...

    def call_reported(self, report: Report) -> None: ...

    def call_ended(self, attempt: CallAttempt, result: CallResult) -> None: ...

    def held_back(self, told: str) -> None: ...

    def round_began(self, campaign: Campaign) -> None: ...


@dataclass(frozen=True)
class RunOptions:
    """What one run may do."""

    calls_per_second: float = 2.0
    waits_for_retries: bool = True
    """False: end when nobody is due now, and leave retries to a later run."""
    longest_wait_seconds: float | None = None
    """End when nobody is due for so long; None: wait as long as it takes."""
    breaker: BreakerRules = BreakerRules()  # noqa: RUF009 - frozen
    """When dialling pauses because the trunk lets nothing through."""
    trusts_clock: bool = False
    """Dial although the last dial on record lies ahead of the clock."""
    keeps_recordings: bool = True
