"""What follows an attempt, and which number is dialled when. Pure: the time is an argument.

The law:

* Calls are placed inside the calling hours only (``campaign.calling_hours``).
* At most ``max_attempts`` dials in all and ``max_attempts_per_day`` a day. Dials count, whatever came of
  them: the budgets of different reasons do not stack.
* A retry falls inside the hours, after the pause of its reason, and on a day that has dials left. A reason
  may have fewer retries of its own.
* An unanswered number is tried in the part of the day in which it was tried least, the evening first.
* An appointment comes before the parts of the day, but not before the hours and the budgets.
* What no retry can mend, and what the retries did not mend, goes to people.

``RULES`` is the whole table of what follows which disposition.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from campaign.calling_hours import (
    DEFAULT_WINDOWS,
    PARTS_OF_DAY,
    CallingHours,
    CallingWindow,
    may_call,
    next_opening,
    open_parts,
    openings,
    openings_in_part,
    part_of_day,
)
from campaign.records import CallResult, Disposition, Remark, SlotValue

__all__ = [
    "DEFAULT_PAUSES",
    "DEFAULT_RETRIES",
    "DEFAULT_WINDOWS",
    "PARTS_OF_DAY",
    "RULES",
    "CallingHours",
    "CallingRules",
    "CallingWindow",
    "DoNotCall",
    "Done",
    "NextStep",
    "PastAttempt",
    "Retry",
    "Rule",
    "ToFollowUp",
    "after_attempt",
    "attempts_sentence",
    "earliest_dial",
    "may_call",
    "next_numbers",
    "next_opening",
    "part_of_day",
]  # fmt: skip

Pauses = float | tuple[float, ...]
"""Seconds before each retry of one reason; the last holds for those after it."""

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


DEFAULT_RETRIES: Mapping[Disposition, int] = {Disposition.DECLINED: 1}
"""So many retries for one reason; others are bounded by the common budget alone."""


@dataclass(frozen=True)
class CallingRules(CallingHours):
    """When, how often and after how long residents are called."""

    max_attempts: int = 3
    max_attempts_per_day: int = 2
    pauses: Mapping[Disposition, Pauses] = field(default_factory=lambda: dict(DEFAULT_PAUSES))
    """A disposition that is missing has its default."""
    retries: Mapping[Disposition, int] = field(default_factory=lambda: dict(DEFAULT_RETRIES))
    """So many retries for one reason at most; a disposition that is missing has no bound of its own."""
    no_answer_other_part: bool = True
    """Whether an unanswered number is tried again in another part of the day."""

    def pause(self, disposition: Disposition, retry: int = 1) -> dt.timedelta:
        """Time between the end of an attempt and its earliest retry, the first retry being 1."""
        pauses = self.pauses.get(disposition, DEFAULT_PAUSES.get(disposition, 0.0))
        if isinstance(pauses, tuple):
            pauses = pauses[min(retry, len(pauses)) - 1]
        return dt.timedelta(seconds=pauses)


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
    is_appointment: bool = False
    """The resident asked for this time."""


@dataclass(frozen=True)
class ToFollowUp:
    """Hand the resident to people."""

    reason: str
    is_pressing: bool = False
    """People should see to it before others of its class."""


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
    reason: str = ""
    """For people, when they take over at once."""


RULES: Mapping[Disposition, Rule] = {
    Disposition.COMPLETED: Rule(_Then.FINISH),
    Disposition.PARTIAL: Rule(_Then.PEOPLE, reason="通话中断，只答了一部分"),
    Disposition.BUSY: Rule(_Then.RETRY),
    Disposition.NO_ANSWER: Rule(_Then.RETRY),
    Disposition.DECLINED: Rule(_Then.RETRY),
    Disposition.POWERED_OFF: Rule(_Then.RETRY),
    Disposition.OUT_OF_SERVICE: Rule(_Then.OTHER_NUMBER, reason="号码已停机"),
    Disposition.INVALID_NUMBER: Rule(_Then.OTHER_NUMBER, reason="提示空号，号码待核对"),
    Disposition.UNREACHABLE: Rule(_Then.RETRY),
    Disposition.BARRED: Rule(_Then.OTHER_NUMBER, reason="号码设置了呼入限制"),
    Disposition.CALL_ASSISTANT: Rule(_Then.RETRY),
    Disposition.WRONG_NUMBER: Rule(_Then.OTHER_NUMBER, reason="接听人说打错了，号码待核对"),
    Disposition.OPTED_OUT: Rule(_Then.NEVER_AGAIN),
    Disposition.NETWORK_BUSY: Rule(_Then.RETRY),
    Disposition.TRANSFERRED: Rule(_Then.PEOPLE, reason="已转接工作人员，请登记结果"),
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
        has_other_number: Whether the resident has another number that may still be of use.
    """
    rule = RULES[result.disposition]
    if rule.then is _Then.FINISH:
        return _after_completion(result.slots, follow_up_reason, result.is_pressing)
    if rule.then is _Then.NEVER_AGAIN:
        return DoNotCall()
    if result.appointment is not None and rule.then is not _Then.OTHER_NUMBER:
        return _keep_appointment(result.appointment, history, now, rules)
    if rule.then is _Then.PEOPLE or (rule.then is _Then.OTHER_NUMBER and not has_other_number):
        return ToFollowUp(follow_up_reason or rule.reason, result.is_pressing)
    return _retry(result.disposition, history, now, rules)


def _after_completion(slots: Sequence[SlotValue], follow_up_reason: str, is_pressing: bool) -> NextStep:
    is_beside_answers = follow_up_reason.startswith(tuple(remark.heading for remark in Remark))
    if follow_up_reason and not is_beside_answers:
        return ToFollowUp(follow_up_reason, is_pressing)
    number = sum(not slot.is_certain for slot in slots)
    doubtful = f"有 {number} 项回答待核实" if number else ""
    reason = "；".join(filter(None, (doubtful, follow_up_reason)))
    return ToFollowUp(reason, is_pressing) if reason else Done()


def _keep_appointment(
    appointment: dt.datetime, history: Sequence[PastAttempt], now: dt.datetime, rules: CallingRules
) -> NextStep:
    """Call at the wished time, or as soon after it as the hours allow. Where the budgets do not allow it, or
    the wish lies too far ahead, people keep the promise."""
    wished = next_opening(max(appointment, now + _SOONEST_APPOINTMENT), rules)
    at = earliest_dial([*(past.dialled_at for past in history), now], wished, rules)
    if at == wished and appointment - now <= _FURTHEST_APPOINTMENT:
        return Retry(at, is_appointment=True)
    why = "" if at == wished else "，机器人的拨打次数已用完"
    return ToFollowUp(f"本人约 {rules.local(appointment):%m-%d %H:%M} 再打{why}", is_pressing=True)


_SOONEST_APPOINTMENT = dt.timedelta(minutes=1)
"""Nobody is rung up in the moment in which they hang up, whatever time was understood."""
_FURTHEST_APPOINTMENT = dt.timedelta(days=14)


def _retry(
    disposition: Disposition, history: Sequence[PastAttempt], now: dt.datetime, rules: CallingRules
) -> NextStep:
    endings = Counter([*(past.disposition for past in history), disposition])
    retry = endings[disposition]
    if retry > rules.retries.get(disposition, rules.max_attempts):
        return ToFollowUp(attempts_sentence(endings))
    dials = [*(past.dialled_at for past in history), now]
    not_before = now + rules.pause(disposition, retry)
    at = earliest_dial(dials, not_before, rules)
    if at is not None and disposition is Disposition.NO_ANSWER and rules.no_answer_other_part:
        at = _in_another_part(history, now, not_before, rules) or at
    return ToFollowUp(attempts_sentence(endings)) if at is None else Retry(at)


def attempts_sentence(endings: Mapping[Disposition | None, int]) -> str:
    """What the attempts came to, for people: 占线 2 次、无人接听 1 次."""
    return "、".join(f"{_ending_label(ending)} {count} 次" for ending, count in endings.items())


def _ending_label(ending: Disposition | None) -> str:
    return "拨号中断" if ending is None else ending.label


# --- when ---------------------------------------------------------------------------------------------


def earliest_dial(
    dials: Sequence[dt.datetime],
    not_before: dt.datetime,
    rules: CallingRules,
    *,
    elsewhere: Iterable[dt.datetime] = (),
) -> dt.datetime | None:
    """When a number that was dialled at ``dials`` may be dialled again: inside the hours, on a day with dials
    left; None when its dials are used up. Dials of other campaigns (``elsewhere``) count for the day only."""
    if len(dials) >= rules.max_attempts or rules.max_attempts_per_day < 1:
        return None
    return _first_with_dials_left(openings(not_before, rules), [*dials, *elsewhere], rules)


def _first_with_dials_left(
    candidates: Iterator[tuple[dt.date, dt.datetime]], dials: Sequence[dt.datetime], rules: CallingRules
) -> dt.datetime | None:
    per_day = Counter(rules.day_of(dial) for dial in dials)
    return next((at for day, at in candidates if per_day[day] < rules.max_attempts_per_day), None)


_PARTS_AFTER: Mapping[str, tuple[str, str, str]] = {
    "上午": ("傍晚", "下午", "上午"),
    "下午": ("傍晚", "上午", "下午"),
    "傍晚": ("上午", "下午", "傍晚"),
}
"""Where to try next: who is out in the working day is at home in the evening."""


def _in_another_part(
    history: Sequence[PastAttempt], now: dt.datetime, not_before: dt.datetime, rules: CallingRules
) -> dt.datetime | None:
    """The first dial in the part of the day that was tried least; None when no other part ever opens."""
    unanswered = [past.dialled_at for past in history if past.disposition is Disposition.NO_ANSWER]
    tried = Counter(part_of_day(at, rules) for at in [*unanswered, now])
    dials = [*(past.dialled_at for past in history), now]
    for part in sorted(_PARTS_AFTER[part_of_day(now, rules)], key=lambda part: tried[part]):
        if part in open_parts(rules):
            at = _first_with_dials_left(openings_in_part(part, not_before, rules), dials, rules)
            if at is not None:
                return at
    return None


# --- whom ---------------------------------------------------------------------------------------------

_DEAD = frozenset(kind for kind, rule in RULES.items() if rule.then is _Then.OTHER_NUMBER)


def next_numbers(phones: Sequence[str], history: Sequence[PastAttempt]) -> list[str]:
    """The resident's numbers that may still be of use, the one to be dialled next first.

    The number on which somebody was talked with comes first, then those that were dialled least, in the order
    of the list. Numbers that turned out to be nobody's or somebody else's are left out.
    """
    dead = {past.number for past in history if past.disposition in _DEAD}
    talked = history[-1].number if history and history[-1].disposition is Disposition.PARTIAL else ""
    dialled = Counter(past.number for past in history)
    usable = [number for number in phones if number not in dead]
    return sorted(usable, key=lambda number: (number != talked, dialled[number]))
