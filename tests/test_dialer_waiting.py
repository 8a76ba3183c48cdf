"""What a run says while it dials nobody."""

from __future__ import annotations

import datetime as dt

import pytest

from campaign.policy import CallingRules
from campaign.store import Progress
from dialer.run.waiting import outlook, when

RULES = CallingRules()
"""09:00-12:00 and 14:00-20:00."""


def at(text: str) -> dt.datetime:
    """A time of Shanghai."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=RULES.zone).astimezone(dt.UTC)


def left(pending: int = 0, waiting: int = 0, due: str = "") -> Progress:
    return Progress(20, pending, 0, waiting, 0, 20 - pending - waiting, at(due) if due else None)


FRIDAY_NOON = at("2026-11-27 12:30")


def test_outside_the_hours_it_waits_for_the_next_opening() -> None:
    coming = outlook(FRIDAY_NOON, RULES, left(pending=12, waiting=3, due="2026-11-27 11:50"))
    assert coming.until == at("2026-11-27 14:00")
    assert coming.told == "现在不在拨打时段，今天 14:00 开始拨打（未拨打 12 户，待重拨 3 户）"


def test_in_the_night_it_waits_for_the_morning_or_for_the_first_retry_after_it() -> None:
    night = at("2026-11-26 22:00")
    assert outlook(night, RULES, left(pending=1)).told == (
        "现在不在拨打时段，明天 09:00 开始拨打（未拨打 1 户）"
    )
    assert outlook(night, RULES, left(waiting=2, due="2026-11-27 15:20")).told == (
        "这会儿没有到时间的，明天 15:20 重拨（待重拨 2 户）"
    )


def test_inside_the_hours_it_waits_for_the_earliest_retry() -> None:
    coming = outlook(at("2026-11-27 10:00"), RULES, left(waiting=2, due="2026-11-27 10:15"))
    assert coming.until == at("2026-11-27 10:15")
    assert coming.told == "这会儿没有到时间的，今天 10:15 重拨（待重拨 2 户）"


def test_an_appointment_is_called_one() -> None:
    due = "2026-11-27 15:30"
    coming = outlook(FRIDAY_NOON, RULES, left(waiting=1, due=due), appointment_at=at(due))
    assert coming.told == "今天 15:30 有约好的电话（待重拨 1 户）"


def test_a_daily_campaign_that_is_done_waits_for_its_next_round() -> None:
    coming = outlook(FRIDAY_NOON, RULES, left(), next_round_at=at("2026-11-28 09:00"))
    assert coming.until == at("2026-11-28 09:00")
    assert coming.told == "这一轮打完了，明天 09:00 开始新的一轮"


def test_what_comes_before_the_next_round_is_waited_for_first() -> None:
    coming = outlook(
        FRIDAY_NOON, RULES, left(waiting=1, due="2026-11-27 15:30"), next_round_at=at("2026-11-28 09:00")
    )
    assert coming.until == at("2026-11-27 15:30")


def test_without_anything_to_come_calls_that_are_up_are_waited_for() -> None:
    assert outlook(at("2026-11-27 10:00"), RULES, left()).until is None


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-27 14:00", "今天 14:00"),
        ("2026-11-27 14:00:07", "今天 14:00:07"),
        ("2026-11-29 09:00", "后天 09:00"),
        ("2026-11-30 09:00", "周一（11-30）09:00"),
    ],
)
def test_times_are_told_as_people_say_them(moment: str, told: str) -> None:
    assert when(FRIDAY_NOON, at(moment), RULES) == told
