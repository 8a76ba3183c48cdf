"""On which days and at what times residents are called."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.calling_hours import CallingHours, CallingWindow, may_call, next_opening
from campaign.holidays import DayKind, day_kind, is_announced

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = CallingHours()
MORNING = (CallingWindow(dt.timedelta(hours=10), dt.timedelta(hours=12)),)
ALL_DAY = (CallingWindow(dt.timedelta(0), dt.timedelta(hours=24)),)


def at(day: str, time: str = "10:30") -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time.fromisoformat(time), SHANGHAI)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-11-26", DayKind.WORKDAY),
        ("2026-11-28", DayKind.WEEKEND),
        ("2026-10-01", DayKind.HOLIDAY),
        ("2026-10-05", DayKind.HOLIDAY),  # shifted, off all the same
        ("2026-10-10", DayKind.WORKDAY),  # a Saturday that is worked for it
        ("2026-02-17", DayKind.HOLIDAY),  # Spring Festival
    ],
)
def test_announced_days_are_as_the_state_council_has_them(day: str, kind: DayKind) -> None:
    assert day_kind(dt.date.fromisoformat(day)) is kind


@pytest.mark.parametrize(
    "day",
    [
        "2031-01-01", "2031-05-01", "2031-05-02", "2031-10-03",
        "2031-01-22", "2031-01-23", "2031-01-25",  # last day of the year, Spring Festival
        "2031-04-05", "2031-06-24", "2031-10-01",  # 清明, 端午, 中秋 with the National Day
    ],
)  # fmt: skip
def test_years_that_nobody_has_announced_have_the_holidays_of_the_law(day: str) -> None:
    assert not is_announced(2031)
    assert is_announced(2026)
    assert day_kind(dt.date.fromisoformat(day)) is DayKind.HOLIDAY


def test_years_that_nobody_has_announced_have_weekends_and_workdays() -> None:
    assert day_kind(dt.date(2031, 3, 8)) is DayKind.WEEKEND
    assert day_kind(dt.date(2031, 3, 10)) is DayKind.WORKDAY


def test_nobody_is_called_on_a_statutory_holiday() -> None:
    assert not may_call(at("2026-10-01"), HOURS)
    assert next_opening(at("2026-09-30", "20:00"), HOURS) == at("2026-10-08", "09:00")


def test_residents_are_called_on_weekends_as_on_workdays() -> None:
    assert may_call(at("2026-11-28"), HOURS)


def test_weekends_and_holidays_can_have_hours_of_their_own() -> None:
    hours = CallingHours(weekend_windows=(), holiday_windows=MORNING)
    assert not may_call(at("2026-11-28"), hours)
    assert may_call(at("2026-10-01"), hours)
    assert not may_call(at("2026-10-01", "09:30"), hours)
    assert may_call(at("2026-10-10", "09:30"), hours), "a worked Saturday is no weekend"
    assert may_call(at("2026-10-01", "09:30"), CallingHours(holiday_windows=None)), "as on workdays"


def test_days_of_the_administrator_outrank_the_calendar() -> None:
    hours = CallingHours(
        extra_holidays=frozenset({dt.date(2026, 11, 26)}),
        extra_workdays=frozenset({dt.date(2026, 10, 1), dt.date(2026, 11, 26)}),
    )
    assert may_call(at("2026-10-01"), hours)
    assert not may_call(at("2026-11-26"), hours), "named both ways: the stricter counts"


def test_around_the_clock_means_every_day_but_those_that_are_named() -> None:
    hours = CallingHours(windows=ALL_DAY, extra_holidays=frozenset({dt.date(2026, 10, 2)}))
    assert may_call(at("2026-10-01", "03:00"), hours)
    assert not may_call(at("2026-10-02", "03:00"), hours)


def test_windows_of_weekends_are_checked_as_well() -> None:
    overlapping = (MORNING[0], CallingWindow(dt.timedelta(hours=11), dt.timedelta(hours=13)))
    with pytest.raises(ValueError, match="overlap"):
        CallingHours(weekend_windows=overlapping)


windows = st.lists(st.integers(0, 24 * 12), min_size=2, max_size=6, unique=True).map(
    lambda marks: tuple(
        CallingWindow(dt.timedelta(minutes=5 * a), dt.timedelta(minutes=5 * b))
        for a, b in zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False)
    )
)


@settings(max_examples=200)
@given(
    windows=windows,
    weekend=st.none() | st.just(()) | windows,
    holiday=st.none() | st.just(()) | windows,
    off=st.frozensets(st.dates(dt.date(2026, 9, 20), dt.date(2026, 10, 20)), max_size=12),
    now=st.datetimes(dt.datetime(2026, 9, 1), dt.datetime(2027, 3, 1), timezones=st.just(SHANGHAI)),
)
def test_the_next_opening_is_open_and_nothing_before_it_is(
    windows: tuple[CallingWindow, ...],
    weekend: tuple[CallingWindow, ...] | None,
    holiday: tuple[CallingWindow, ...] | None,
    off: frozenset[dt.date],
    now: dt.datetime,
) -> None:
    hours = CallingHours(windows, weekend_windows=weekend, holiday_windows=holiday, extra_holidays=off)
    opening = next_opening(now, hours)
    assert opening >= now
    assert may_call(opening, hours)
    closed = (opening - now).total_seconds()
    assert not any(may_call(now + dt.timedelta(seconds=closed * n / 7), hours) for n in range(7) if closed)
