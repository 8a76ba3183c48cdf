"""The hours of the day and the days on which residents may be called. Pure: the time is an argument.

Outside of the windows the answer is no. Weekends have the windows of workdays unless others are given;
statutory holidays have none unless some are given; days that the administrator names outrank the calendar.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from campaign.holidays import DayKind, day_kind

_DAY = dt.timedelta(days=1)

PARTS_OF_DAY = (
    (dt.timedelta(hours=0), "上午"),
    (dt.timedelta(hours=12), "下午"),
    (dt.timedelta(hours=17), "傍晚"),
)
"""Start of each part of the day: who is out in one may be at home in another."""
_PART_DAYS = 15
"""A part of the day that does not open for so long is taken for one that never does (Spring Festival: 9)."""


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


Windows = tuple[CallingWindow, ...]
DEFAULT_WINDOWS = (
    CallingWindow(dt.timedelta(hours=9), dt.timedelta(hours=12)),
    CallingWindow(dt.timedelta(hours=14), dt.timedelta(hours=20)),
)
_AROUND_THE_CLOCK = (CallingWindow(dt.timedelta(0), _DAY),)


@dataclass(frozen=True)
class CallingHours:
    """When residents may be called.

    Raises:
        ValueError: There is no window for workdays, or windows overlap or are out of order.
    """

    windows: Windows = DEFAULT_WINDOWS
    """Of workdays."""
    timezone: str = "Asia/Shanghai"
    weekend_windows: Windows | None = None
    """None: those of workdays."""
    holiday_windows: Windows | None = ()
    """None: those of workdays. Whoever calls around the clock on workdays does so on every day."""
    extra_holidays: frozenset[dt.date] = frozenset()
    """Days that count as holidays whatever the calendar says."""
    extra_workdays: frozenset[dt.date] = frozenset()

    def __post_init__(self) -> None:
        if not self.windows:
            raise ValueError("no calling window at all")
        for windows in (self.windows, self.weekend_windows or (), self.holiday_windows or ()):
            pairs = itertools.pairwise(windows)
            if any(later.start < earlier.end for earlier, later in pairs):
                raise ValueError("calling windows overlap or are out of order")

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def windows_on(self, day: dt.date) -> Windows:
        """The windows of a day; empty when nobody is called on it."""
        if self.windows == _AROUND_THE_CLOCK and day not in self.extra_holidays:
            return self.windows
        match self.kind_of(day):
            case DayKind.HOLIDAY:
                windows = self.holiday_windows
            case DayKind.WEEKEND:
                windows = self.weekend_windows
            case _:
                windows = self.windows
        return self.windows if windows is None else windows

    def kind_of(self, day: dt.date) -> DayKind:
        """What a day is; of a day that is named both ways the stricter counts."""
        if day in self.extra_holidays:
            return DayKind.HOLIDAY
        return DayKind.WORKDAY if day in self.extra_workdays else day_kind(day)

    def local(self, at: dt.datetime) -> dt.datetime:
        if at.tzinfo is None:
            raise ValueError("a time without time zone cannot be held against calling hours")
        return at.astimezone(self.zone)

    def day_of(self, at: dt.datetime) -> dt.date:
        """The day of the community's calendar."""
        return self.local(at).date()

    def instant(self, day: dt.date, time: dt.timedelta) -> dt.datetime:
        """A time of day as UTC."""
        wall = dt.datetime.combine(day, dt.time(), self.zone) + time
        return wall.astimezone(dt.UTC)


def may_call(now: dt.datetime, hours: CallingHours) -> bool:
    """Whether calls may be placed at this instant."""
    time = _time_of_day(now, hours)
    return any(window.start <= time < window.end for window in hours.windows_on(hours.day_of(now)))


def next_opening(now: dt.datetime, hours: CallingHours) -> dt.datetime:
    """The earliest instant, ``now`` included, at which calls may be placed. UTC."""
    if may_call(now, hours):
        return now.astimezone(dt.UTC)
    return next(opening for _, opening in openings(now, hours))


def openings(not_before: dt.datetime, hours: CallingHours) -> Iterator[tuple[dt.date, dt.datetime]]:
    """Days with the instants from which calls may be placed on them, window by window. Never ends: weeks have
    workdays, and only so many of them can be named holidays."""
    for day in _days(not_before, hours):
        for window in hours.windows_on(day):
            opening = _within(window.start, window.end, day, not_before, hours)
            if opening is not None:
                yield day, opening


def openings_in_part(
    part: str, not_before: dt.datetime, hours: CallingHours
) -> Iterator[tuple[dt.date, dt.datetime]]:
    """Like ``openings``, in one part of the day; ends after two weeks."""
    starts, ends = _bounds(part)
    for day in itertools.islice(_days(not_before, hours), _PART_DAYS):
        for window in hours.windows_on(day):
            start, end = max(window.start, starts), min(window.end, ends)
            opening = _within(start, end, day, not_before, hours) if start < end else None
            if opening is not None:
                yield day, opening


def part_of_day(at: dt.datetime, hours: CallingHours) -> str:
    """上午, 下午 or 傍晚."""
    time = _time_of_day(at, hours)
    return next(name for start, name in reversed(PARTS_OF_DAY) if time >= start)


def open_parts(hours: CallingHours) -> Sequence[str]:
    """The parts of the day in which there are windows on workdays."""
    return [
        name
        for _, name in PARTS_OF_DAY
        if any(window.start < _bounds(name)[1] and window.end > _bounds(name)[0] for window in hours.windows)
    ]


def _days(not_before: dt.datetime, hours: CallingHours) -> Iterator[dt.date]:
    today = hours.day_of(not_before)
    return (today + dt.timedelta(days=days) for days in itertools.count())


def _within(
    start: dt.timedelta, end: dt.timedelta, day: dt.date, not_before: dt.datetime, hours: CallingHours
) -> dt.datetime | None:
    """The first instant of a span of a day that is not before; None when the span is over by then."""
    if hours.instant(day, end) <= not_before:
        return None
    return max(hours.instant(day, start), not_before.astimezone(dt.UTC))


def _bounds(part: str) -> tuple[dt.timedelta, dt.timedelta]:
    starts = [start for start, _ in PARTS_OF_DAY]
    index = [name for _, name in PARTS_OF_DAY].index(part)
    return starts[index], [*starts, _DAY][index + 1]


def _time_of_day(at: dt.datetime, hours: CallingHours) -> dt.timedelta:
    local = hours.local(at)
    return dt.timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
