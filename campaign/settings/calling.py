"""When and how often residents are called, and how their follow-up is shared out: sections of sip.conf."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from campaign.policy import DEFAULT_PAUSES, DEFAULT_RETRIES, DEFAULT_WINDOWS, CallingRules, CallingWindow
from campaign.records import Disposition
from campaign.settings.keys import key
from campaign.settings.values import (
    duration,
    durations,
    parts_of,
    read_days,
    read_other_windows,
    read_windows,
    read_yes_no,
    read_zone,
    whole,
)

_LONGEST_PAUSE = 7 * 86400


def _pauses(disposition: Disposition) -> Any:
    return key(durations(0, _LONGEST_PAUSE), (DEFAULT_PAUSES[disposition],))


def _retries(disposition: Disposition) -> Any:
    return key(whole(0, 20), DEFAULT_RETRIES.get(disposition))


@dataclass(frozen=True)
class CallingSettings:
    """When and how often a resident may be called."""

    hours: tuple[CallingWindow, ...] = key(read_windows, DEFAULT_WINDOWS)
    weekend_hours: tuple[CallingWindow, ...] | None = key(read_other_windows, None)
    """None: as on workdays."""
    holiday_hours: tuple[CallingWindow, ...] | None = key(read_other_windows, ())
    """On statutory holidays; None: as on workdays."""
    holidays: frozenset[dt.date] = key(read_days, frozenset())
    """Days that count as holidays besides those of the calendar."""
    workdays: frozenset[dt.date] = key(read_days, frozenset())
    """Days that count as workdays whatever the calendar says."""
    timezone: str = key(read_zone, "Asia/Shanghai")
    max_attempts: int = key(whole(1, 20), 3)
    max_attempts_per_day: int = key(whole(1, 20), 2)
    busy_retry: tuple[float, ...] = _pauses(Disposition.BUSY)
    """Seconds before each retry; the last holds for those after it. So are the other ``_retry``."""
    busy_retries: int | None = _retries(Disposition.BUSY)
    """So many retries for this reason; None: only ``max_attempts`` counts. So are the other ``_retries``."""
    no_answer_retry: tuple[float, ...] = _pauses(Disposition.NO_ANSWER)
    no_answer_retries: int | None = _retries(Disposition.NO_ANSWER)
    no_answer_other_part: bool = key(read_yes_no, True)
    """Whether an unanswered number is tried again in another part of the day."""
    declined_retry: tuple[float, ...] = _pauses(Disposition.DECLINED)
    declined_retries: int | None = _retries(Disposition.DECLINED)
    powered_off_retry: tuple[float, ...] = _pauses(Disposition.POWERED_OFF)
    powered_off_retries: int | None = _retries(Disposition.POWERED_OFF)
    unreachable_retry: tuple[float, ...] = _pauses(Disposition.UNREACHABLE)
    unreachable_retries: int | None = _retries(Disposition.UNREACHABLE)
    call_assistant_retry: tuple[float, ...] = _pauses(Disposition.CALL_ASSISTANT)
    call_assistant_retries: int | None = _retries(Disposition.CALL_ASSISTANT)
    network_retry: tuple[float, ...] = _pauses(Disposition.NETWORK_BUSY)
    network_retries: int | None = _retries(Disposition.NETWORK_BUSY)
    failed_retry: tuple[float, ...] = _pauses(Disposition.FAILED)
    failed_retries: int | None = _retries(Disposition.FAILED)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def rules(self) -> CallingRules:
        """What the calling policy goes by."""
        retries = {kind: getattr(self, f"{name}_retries") for kind, name in _NAMES.items()}
        return CallingRules(
            windows=self.hours,
            timezone=self.timezone,
            weekend_windows=self.weekend_hours,
            holiday_windows=self.holiday_hours,
            extra_holidays=self.holidays,
            extra_workdays=self.workdays,
            max_attempts=self.max_attempts,
            max_attempts_per_day=self.max_attempts_per_day,
            pauses={kind: getattr(self, f"{name}_retry") for kind, name in _NAMES.items()},
            retries={kind: most for kind, most in retries.items() if most is not None},
            no_answer_other_part=self.no_answer_other_part,
        )


_NAMES = {
    Disposition.BUSY: "busy",
    Disposition.NO_ANSWER: "no_answer",
    Disposition.DECLINED: "declined",
    Disposition.POWERED_OFF: "powered_off",
    Disposition.UNREACHABLE: "unreachable",
    Disposition.CALL_ASSISTANT: "call_assistant",
    Disposition.NETWORK_BUSY: "network",
    Disposition.FAILED: "failed",
}
"""What the keys of a disposition begin with."""


@dataclass(frozen=True)
class FollowUpSettings:
    """How people share the queue."""

    staff: tuple[str, ...] = key(parts_of, ())
    """Names of those who work through it."""
    marks: tuple[str, ...] = key(parts_of, ("独居", "高龄", "孤寡", "空巢", "残疾", "重点", "孕妇", "失能"))
    """Words of the list that put a resident before others."""
    claim_timeout: float = key(duration(60, 7 * 86400), 4 * 3600.0)
    """Seconds after which what somebody claimed and did not finish may be taken over."""
