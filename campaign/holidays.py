"""Workdays, holidays and lunar days of China; the only file that knows the calendar libraries.

``chinesecalendar`` holds what the State Council announces, a year ahead at most. Beyond its last year the
holidays are those of the law (全国年节及纪念日放假办法, as amended in 2024), without the shifted workdays,
which nobody can know yet.
"""

from __future__ import annotations

import datetime as dt
import functools
from enum import Enum, auto
from typing import NamedTuple

import chinese_calendar
from lunar_python import Lunar, Solar


class DayKind(Enum):
    """What a day is, for calling hours."""

    WORKDAY = auto()  # a Saturday or Sunday that is worked for a holiday is one as well
    WEEKEND = auto()
    HOLIDAY = auto()


_FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
_LUNAR = frozenset({(1, 1), (1, 2), (1, 3), (5, 5), (8, 15)})
"""Spring Festival, 端午, 中秋; the last day of the lunar year is found by the day after it."""


@functools.lru_cache(maxsize=4096)
def day_kind(day: dt.date) -> DayKind:
    """What ``day`` is by the announced calendar, or by law where nothing has been announced."""
    try:
        is_off, holiday = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:  # a year whose holidays are not announced yet
        return _by_law(day)
    if is_off and holiday:
        return DayKind.HOLIDAY
    return DayKind.WEEKEND if is_off else DayKind.WORKDAY


def is_announced(year: int) -> bool:
    """Whether the holidays of a year are those announced, shifted workdays included."""
    try:
        chinese_calendar.get_holiday_detail(dt.date(year, 1, 1))
    except NotImplementedError:  # a year whose holidays are not announced yet
        return False
    return True


class LunarDay(NamedTuple):
    """A day of the lunar calendar."""

    year: int
    month: int
    """1 to 12; a leap month has the number of the one before it, with a minus."""
    day: int


def lunar_day(day: dt.date) -> LunarDay:
    """What a day is called in the lunar calendar.

    >>> lunar_day(dt.date(2026, 2, 17))
    LunarDay(year=2026, month=1, day=1)
    """
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return LunarDay(lunar.getYear(), lunar.getMonth(), lunar.getDay())


def solar_day(lunar: LunarDay) -> dt.date | None:
    """The day of a lunar date; None where its year has no such month, or the month no such day."""
    try:
        solar = Lunar.fromYmd(*lunar).getSolar()
    except Exception:
        return None
    return dt.date(solar.getYear(), solar.getMonth(), solar.getDay())


def _by_law(day: dt.date) -> DayKind:
    if (day.month, day.day) in _FIXED or _is_lunar_holiday(day):
        return DayKind.HOLIDAY
    return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY


def _is_lunar_holiday(day: dt.date) -> bool:
    today = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    tomorrow = today.next(1)
    is_new_years_eve = (tomorrow.getMonth(), tomorrow.getDay()) == (1, 1)
    return is_new_years_eve or (today.getMonth(), today.getDay()) in _LUNAR or today.getJieQi() == "清明"
