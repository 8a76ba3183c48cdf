"""Dates as people say them, relative to today. Pure: today is an argument."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from dialogs.numerals import spell, whole_number

_N = "[零〇一二两三四五六七八九十]+"
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 6}
_RELATIVE = {
    "大前天": 3,
    "前天": 2,
    "昨天": 1,
    "昨晚": 1,
    "昨儿": 1,
    "今天": 0,
    "今早": 0,
    "今儿": 0,
    "刚刚": 0,
    "前儿": 2,
}


class DateMention(NamedTuple):
    day: date
    start: int
    end: int
    """Where in the text."""
    confidence: float


def dates(text: str, today: date) -> Iterator[DateMention]:
    """Every day that is named, in the order in which they are said; the future is never meant."""
    position = 0
    while position < len(text):
        mention = next(filter(None, (_mention(text, position, today, rule) for rule in _RULES)), None)
        if mention is None:
            position += 1
        else:
            yield mention
            position = mention.end


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None], float]


def _mention(text: str, position: int, today: date, rule: _Rule) -> DateMention | None:
    pattern, meaning, confidence = rule
    match = pattern.match(text, position)
    if match is None:
        return None
    day = meaning(match, today)
    return None if day is None else DateMention(day, match.start(), match.end(), confidence)


def _relative(match: re.Match[str], today: date) -> date:
    return today - timedelta(days=_RELATIVE[match[0]])


def _days_ago(match: re.Match[str], today: date) -> date | None:
    number = whole_number(match["n"])
    if number is None:
        return None
    return today - timedelta(days=number * (7 if match["unit"] in ("周", "星期", "礼拜") else 1))


def _weekday(match: re.Match[str], today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=_WEEKDAYS[match["day"]])
    weeks_back = match["back"].count("上")
    if weeks_back:
        return day - timedelta(weeks=weeks_back)
    return day if day <= today else day - timedelta(weeks=1)


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    number = whole_number(match["d"])
    if number is None:
        return None
    if match["month"] == "上":
        return _safe_date(*_month_before(today.year, today.month), number)
    if match["month"]:
        return _not_after(_safe_date(today.year, today.month, number), today)
    this_month = _not_after(_safe_date(today.year, today.month, number), today)
    return this_month or _safe_date(*_month_before(today.year, today.month), number)


def _month_and_day(match: re.Match[str], today: date) -> date | None:
    month, number = whole_number(match["m"]), whole_number(match["d"])
    if month is None or number is None:
        return None
    this_year = _not_after(_safe_date(today.year, month, number), today)
    return this_year or _safe_date(today.year - 1, month, number)


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 二月三十号 or 十三月: no such day was said
        return None


def _not_after(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None


def _month_before(year: int, month: int) -> tuple[int, int]:
    return (year - 1, 12) if month == 1 else (year, month - 1)


_RULES: tuple[_Rule, ...] = (
    (re.compile("|".join(sorted(_RELATIVE, key=len, reverse=True))), _relative, 1.0),
    (re.compile(rf"(?P<n>{_N})个?(?P<unit>天|周|星期|礼拜)(?:以前|之前|前)"), _days_ago, 1.0),
    (re.compile(r"(?P<back>上+|这|本|)个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])"), _weekday, 1.0),
    (re.compile(rf"(?P<m>{_N})月(?:份的?)?(?P<d>{_N})[号日]?"), _month_and_day, 1.0),
    (re.compile(rf"(?:(?P<month>上|这|本)个?月的?)?(?P<d>{_N})[号日]"), _day_of_month, 1.0),
)


def date_phrases(today: date) -> tuple[str, ...]:
    """Short answers that name a day of the last weeks, for recognisers to expect."""
    days = [f"{spell(number)}号" for number in range(1, 32)]
    last_month = _month_before(today.year, today.month)[1]
    recent = [today - timedelta(days=back) for back in range(46)]
    return (
        *("今天", "昨天", "前天", "大前天"),
        *(f"{week}{unit}{day}" for week in ("", "上") for unit in ("周", "星期") for day in "一二三四五六日"),
        *days,
        *(f"上个月{day}" for day in days),
        *(
            f"{spell(day.month)}月{spell(day.day)}号"
            for day in recent
            if day.month in (today.month, last_month)
        ),
        *(f"{spell(number)}天前" for number in range(2, 15)),
    )
