"""The days of the solar terms, by which older people tell a date: 立冬, 霜降. Pure.

A term falls on the day that the usual formula gives for the years from 2000 to 2099: the year in its century
times the excess of the solar year, plus a constant of the term, less the leap days. Of 24 terms the few whose
name means something else most of the time (大雪, 小满) count only where no weather or person is meant.
"""

from __future__ import annotations

from datetime import date

from campaign.patterns import compiled

_EXCESS = 0.2422
"""Days by which a solar year is longer than 365."""
_TERMS = {
    "立春": (2, 3.87), "雨水": (2, 18.73), "惊蛰": (3, 5.63), "春分": (3, 20.646), "清明": (4, 4.81),
    "谷雨": (4, 20.1), "立夏": (5, 5.52), "小满": (5, 21.04), "芒种": (6, 5.678), "夏至": (6, 21.37),
    "小暑": (7, 7.108), "大暑": (7, 22.83), "立秋": (8, 7.5), "处暑": (8, 23.13), "白露": (9, 7.646),
    "秋分": (9, 23.042), "寒露": (10, 8.318), "霜降": (10, 23.438), "立冬": (11, 7.438), "小雪": (11, 22.36),
    "大雪": (12, 7.18), "冬至": (12, 21.94), "小寒": (1, 5.4055), "大寒": (1, 20.12),
}  # fmt: skip
"""Each with its month and its constant."""
_WEATHER = "(?<![下场着了刮的跟和叫])(?=[大小]雪(?:前|后|那|当|头|第|过|节|$|[,;]))"
SOLAR_TERM = compiled(
    rf"{_WEATHER}[大小]雪|{'|'.join(name for name in _TERMS if name not in ('大雪', '小雪', '小满'))}"
)
_OFF = {("雨水", 2026): -1, ("春分", 2084): 1, ("霜降", 2089): 1, ("立冬", 2089): 1, ("大寒", 2082): 1}
"""Days by which the formula fails in a year."""
_FEBRUARY = 2
"""Up to it the leap day of the year is still to come."""


def last_solar_term(name: str, today: date) -> date:
    """The day of the term that is past or today: 立冬 on 2026-11-22 is 2026-11-07.

    >>> last_solar_term("立冬", date(2026, 11, 22))
    datetime.date(2026, 11, 7)
    """
    day = _day_in(today.year, name)
    return day if day <= today else _day_in(today.year - 1, name)


def _day_in(year: int, name: str) -> date:
    month, constant = _TERMS[name]
    in_century = year % 100
    leaps = (in_century - 1 if month <= _FEBRUARY else in_century) // 4
    day = int(in_century * _EXCESS + constant) - leaps + _OFF.get((name, year), 0)
    return date(year, month, day)
