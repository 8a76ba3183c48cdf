"""When a resident may be called, and what follows an attempt. Pure: the time is an argument.

The law:

* Calls are placed inside the calling windows only; outside, the answer is no.
* At most ``max_attempts`` dials in all and ``max_attempts_per_day`` a day. Dials count, whatever came of
  them: the budgets of different reasons do not stack.
* A retry falls inside a window, after the pause of its reason, and on a day that has dials left.
* What no retry can mend, and what the retries did not mend, goes to people.

``RULES`` is the whole table of what follows which disposition.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from zoneinfo import ZoneInfo

from campaign.records import CallResult, Disposition, SlotValue

_DAY = dt.timedelta(days=1)
_ANY_WINDOW_DAYS = 3
"""A day has at least one window, so the next opening is never further away (a clock change included)."""

PARTS_OF_DAY = (
    (dt.timedelta(hours=0), "上午"),
    (dt.timedelta(hours=12), "下午"),
    (dt.timedelta(hours=17), "傍晚"),
)
"""Start of each part of the day: who is out in one may be at home in another."""


@dataclass(frozen=True)
class CallingWindow:
    """A time of day in which residents may be called; half open."""

    start: dt.timedelta
    """Since local midnight."""
    end: dt.timedelta
    """Since local midnight; 24 h at most."""

    def __post_init__(self) -> None:
        if not dt.timedelta(0) <= self.start < self.end <= _DAY:
            raise ValueError(f"no calling window: {self}")

    def __str__(self) -> str:
        return f"{_clock_text(self.start)}-{_clock_text(self.end)}"


def _clock_text(time: dt.timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


DEFAULT_WINDOWS = (
    CallingWindow(dt.timedelta(hours=9), dt.timedelta(hours=12)),
    CallingWindow(dt.timedelta(hours=14), dt.timedelta(hours=20)),
)

DEFAULT_PAUSES: Mapping[Disposition, float] = {
    Disposition.BUSY: 15 * 60.0,
    Disposition.NO_ANSWER: 2 * 3600.0,
    Disposition.DECLINED: 4 * 3600.0,
    Disposition.POWERED_OFF: 2 * 3600.0,
    Disposition.UNREACHABLE: 3600.0,
    Disposition.CALL_ASSISTANT: 3600.0,
    Disposition.NETWORK_BUSY: 5 * 60.0,
    Disposition.FAILED: 5 * 60.0,
}
"""Seconds from the end of an attempt to the earliest retry."""


@dataclass(frozen=True)
class CallingRules:
    """What the administrator allows."""

    windows: tuple[CallingWindow, ...] = DEFAULT_WINDOWS
    """Sorted, not overlapping."""
    timezone: str = "Asia/Shanghai"
    max_attempts: int = 3
    max_attempts_per_day: int = 2
    pauses: Mapping[Disposition, float] = field(default_factory=lambda: dict(DEFAULT_PAUSES))
    """Seconds; a disposition that is missing has its default."""
    no_answer_other_part: bool = True
    """Whether an unanswered number is tried again in another part of the day."""

    def __post_init__(self) -> None:
        if not self.windows:
            raise ValueError("no calling window at all")
        pairs = itertools.pairwise(self.windows)
        if any(later.start < earlier.end for earlier, later in pairs):
            raise ValueError("calling windows overlap or are out of order")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def pause(self, disposition: Disposition) -> dt.timedelta:
        """Time between the end of an attempt and its earliest retry."""
        return dt.timedelta(seconds=self.pauses.get(disposition, DEFAULT_PAUSES.get(disposition, 0.0)))


# --- what follows an attempt --------------------------------------------------------------------------


@dataclass(frozen=True)
class PastAttempt:
    """An earlier dial, as far as the policy cares."""

    dialled_at: dt.datetime
    disposition: Disposition | None
    """None: the dial was broken off before anything was known of it."""
    number: str = ""


@dataclass(frozen=True)
class Retry:
    """Dial again, not before ``at``."""

    at: dt.datetime


@dataclass(frozen=True)
class ToFollowUp:
    """Hand the resident to people."""

    reason: str


@dataclass(frozen=True)
class Done:
    """Nothing more to do."""


@dataclass(frozen=True)
class DoNotCall:
    """Never dial this number again; people decide how to reach the resident."""

    reason: str = "居民要求不再来电"


NextStep = Retry | ToFollowUp | Done | DoNotCall


class _Then(Enum):
    FINISH = auto()
    RETRY = auto()
    OTHER_NUMBER = auto()  # this number is of no use; another one of the resident may be
    PEOPLE = auto()
    NEVER_AGAIN = auto()


@dataclass(frozen=True)
class Rule:
    """What follows one disposition."""

    then: _Then
    most: int | None = None
    """So many attempts may end this way before people take over; None: only the common budget counts."""
    reason: str = ""
    """For people, when they take over at once."""


RULES: Mapping[Disposition, Rule] = {
    Disposition.COMPLETED: Rule(_Then.FINISH),
    Disposition.PARTIAL: Rule(_Then.PEOPLE, reason="通话中断，只答了一部分"),
    Disposition.BUSY: Rule(_Then.RETRY),
    Disposition.NO_ANSWER: Rule(_Then.RETRY),
    Disposition.DECLINED: Rule(_Then.RETRY, most=2),
    Disposition.POWERED_OFF: Rule(_Then.RETRY),
    Disposition.OUT_OF_SERVICE: Rule(_Then.OTHER_NUMBER, reason="号码已停机"),
    Disposition.INVALID_NUMBER: Rule(_Then.OTHER_NUMBER, reason="提示空号，号码待核对"),
    Disposition.UNREACHABLE: Rule(_Then.RETRY),
    Disposition.BARRED: Rule(_Then.OTHER_NUMBER, reason="号码设置了呼入限制"),
    Disposition.CALL_ASSISTANT: Rule(_Then.RETRY),
    Disposition.WRONG_NUMBER: Rule(_Then.OTHER_NUMBER, reason="接听人说打错了，号码待核对"),
    Disposition.OPTED_OUT: Rule(_Then.NEVER_AGAIN),
    Disposition.NETWORK_BUSY: Rule(_Then.RETRY),
    Disposition.FAILED: Rule(_Then.RETRY),
}


def after_attempt(
    result: CallResult,
    history: Sequence[PastAttempt],
    now: dt.datetime,
    rules: CallingRules,
    *,
    follow_up_reason: str = "",
    has_other_number: bool = False,
) -> NextStep:
    """What follows an attempt that is over.

    Args:
        result: What the attempt came to.
        history: The earlier dials of this resident in this campaign, without the one that has just ended.
        now: When it ended; that day's dial counts as today's.
        follow_up_reason: What the call itself wants people to know (Chinese); with it a call that reached a
            person goes to follow-up even when it was completed.
        has_other_number: Whether the resident has a number that was never dialled.
    """
    rule = RULES[result.disposition]
    match rule.then:
        case _Then.FINISH:
            return _after_completion(result.slots, follow_up_reason)
        case _Then.NEVER_AGAIN:
            return DoNotCall()
        case _Then.PEOPLE:
            return ToFollowUp(follow_up_reason or rule.reason)
        case _Then.OTHER_NUMBER if not has_other_number:
            return ToFollowUp(follow_up_reason or rule.reason)
    return _retry(result.disposition, rule, history, now, rules)


def _after_completion(slots: Sequence[SlotValue], follow_up_reason: str) -> NextStep:
    if follow_up_reason:
        return ToFollowUp(follow_up_reason)
    doubtful = sum(not slot.is_certain for slot in slots)
    return ToFollowUp(f"有 {doubtful} 项回答待核实") if doubtful else Done()


def _retry(
    disposition: Disposition,
    rule: Rule,
    history: Sequence[PastAttempt],
    now: dt.datetime,
    rules: CallingRules,
) -> NextStep:
    endings = Counter([*(past.disposition for past in history), disposition])
    if rule.most is not None and endings[disposition] >= rule.most:
        return ToFollowUp(attempts_sentence(endings))
    dials = [*(past.dialled_at for past in history), now]
    at = earliest_dial(dials, now + rules.pause(disposition), rules)
    if at is not None and disposition is Disposition.NO_ANSWER and rules.no_answer_other_part:
        at = earliest_dial(dials, _other_part(now, at, rules), rules)
    return ToFollowUp(attempts_sentence(endings)) if at is None else Retry(at)


def attempts_sentence(endings: Mapping[Disposition | None, int]) -> str:
    """What the attempts came to, for people: 占线 2 次、无人接听 1 次."""
    return "、".join(f"{_ending_label(ending)} {count} 次" for ending, count in endings.items())


def _ending_label(ending: Disposition | None) -> str:
    return "拨号中断" if ending is None else ending.label


# --- when ---------------------------------------------------------------------------------------------


def may_call(now: dt.datetime, rules: CallingRules) -> bool:
    """Whether calls may be placed at this instant."""
    time = _time_of_day(now, rules)
    return any(window.start <= time < window.end for window in rules.windows)


def next_opening(now: dt.datetime, rules: CallingRules) -> dt.datetime:
    """The earliest instant, ``now`` included, at which calls may be placed. UTC."""
    if may_call(now, rules):
        return now.astimezone(dt.UTC)
    today = _local(now, rules).date()
    return next(
        opening
        for days in range(_ANY_WINDOW_DAYS + 1)
        for window in rules.windows
        if (opening := _instant(today + dt.timedelta(days=days), window.start, rules)) > now
    )


def earliest_dial(
    dials: Sequence[dt.datetime], not_before: dt.datetime, rules: CallingRules
) -> dt.datetime | None:
    """When a number that was dialled at ``dials`` may be dialled again: inside a window, on a day with dials
    left; None when its dials are used up."""
    if len(dials) >= rules.max_attempts or rules.max_attempts_per_day < 1:
        return None
    per_day = Counter(_local(dial, rules).date() for dial in dials)
    at = next_opening(not_before, rules)
    while per_day[_local(at, rules).date()] >= rules.max_attempts_per_day:
        at = next_opening(_next_midnight(at, rules), rules)
    return at


def part_of_day(at: dt.datetime, rules: CallingRules) -> str:
    """上午, 下午 or 傍晚."""
    time = _time_of_day(at, rules)
    return next(name for start, name in reversed(PARTS_OF_DAY) if time >= start)


def _other_part(dialled: dt.datetime, earliest: dt.datetime, rules: CallingRules) -> dt.datetime:
    """First opening from ``earliest`` on in a part of the day other than that of ``dialled``."""
    tried = part_of_day(dialled, rules)
    at = next_opening(earliest, rules)
    for _ in range(_ANY_WINDOW_DAYS * len(PARTS_OF_DAY)):
        if part_of_day(at, rules) != tried:
            return at
        at = next_opening(_next_part_start(at, rules), rules)
    return next_opening(earliest, rules)  # all windows lie in one part of the day: only the pause counts


def _next_part_start(at: dt.datetime, rules: CallingRules) -> dt.datetime:
    today = _local(at, rules).date()
    starts = (_instant(today, start, rules) for start, _ in PARTS_OF_DAY)
    return next((start for start in starts if start > at), _next_midnight(at, rules))


def _next_midnight(at: dt.datetime, rules: CallingRules) -> dt.datetime:
    return _instant(_local(at, rules).date() + dt.timedelta(days=1), dt.timedelta(0), rules)


def _time_of_day(at: dt.datetime, rules: CallingRules) -> dt.timedelta:
    local = _local(at, rules)
    return dt.timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)


def _instant(day: dt.date, time: dt.timedelta, rules: CallingRules) -> dt.datetime:
    wall = dt.datetime.combine(day, dt.time(), rules.zone) + time
    return wall.astimezone(dt.UTC)


def _local(at: dt.datetime, rules: CallingRules) -> dt.datetime:
    if at.tzinfo is None:
        raise ValueError("a time without time zone cannot be held against calling hours")
    return at.astimezone(rules.zone)
