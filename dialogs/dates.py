"""Dates as people say them, relative to today. Pure: today is an argument."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from dialogs.numerals import spell, whole_number

_N = "[零〇一二两三四五六七八九十]+"
_WEEK = "(?:周|星期|礼拜)"
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 6}
_RELATIVE = {
    **dict.fromkeys(("今天", "今早", "今儿个", "今儿", "今晚", "今日", "刚刚"), 0),
    **dict.fromkeys(("昨天", "昨晚", "昨儿个", "昨儿", "昨夜", "昨日"), 1),
    **dict.fromkeys(("前天", "前儿个", "前儿", "前晚", "前日"), 2),
    **dict.fromkeys(("大前天", "大前儿个", "大前儿"), 3),
    **dict.fromkeys(("大大前天",), 4),
}
_FESTIVALS = {"双十一": (11, 11), "双十二": (12, 12), "元旦": (1, 1), "平安夜": (12, 24), "圣诞": (12, 25)}
_HOLIDAYS = {"国庆": (10, 8), "劳动节": (5, 5), "春节": (2, 20), "过年": (2, 20), "元旦": (1, 3),
             "清明": (4, 6), "端午": (6, 20), "中秋": (10, 3), "暑假": (8, 31), "夏天": (8, 31)}  # fmt: skip
"""Times of leave, to about the last day that they can fall on."""


class DateMention(NamedTuple):
    day: date
    start: int
    end: int
    """Where in the text."""
    confidence: float


def dates(text: str, today: date) -> Iterator[DateMention]:
    """Every day that is named, in the order in which they are said; the future is never meant."""
    position = 0
    last: DateMention | None = None
    while position < len(text):
        mention = next(filter(None, (_mention(text, position, today, rule) for rule in _RULES)), None)
        if mention is None:
            position += 1
            continue
        if last is not None and _UNTIL.fullmatch(text[last.end : mention.start]):
            mention = _in_same_week(last, mention, text)
        yield mention
        last, position = mention, mention.end


_UNTIL = re.compile(r"(?:一直|待|住|玩|呆)?[到至]")


def _in_same_week(first: DateMention, mention: DateMention, text: str) -> DateMention:
    """The second weekday of 上周三到周五 belongs to the week of the first."""
    if not re.fullmatch(f"{_WEEK}.", text[mention.start : mention.end]):
        return mention
    days = (mention.day.weekday() - first.day.weekday()) % 7
    return mention._replace(day=first.day + timedelta(days=days))


def long_ago(text: str, today: date, first: date) -> bool:
    """Whether the words speak of a time before ``first``: 去年, 上个月 (once that is over), 国庆的时候."""
    if re.search("去年|前年|大前年|上半年|年初|年前|几年|好久|很久|半年|上辈子|几个月|八百年", text):
        return True
    if "上个月" in text or "上月" in text:
        return not list(_DAY_IN_MONTH.finditer(text)) and today.replace(day=1) <= first
    months = re.search(rf"(?P<n>{_N})个多?月(?:以前|之前|前|没)", text)
    if months is not None:
        return today - timedelta(days=30 * (whole_number(months["n"]) or 0)) < first
    named = (
        _not_after(_safe_date(today.year, *day), today) for name, day in _HOLIDAYS.items() if name in text
    )
    return any(day is not None and day < first for day in named)


_DAY_IN_MONTH = re.compile(rf"{_N}[号日]")


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
    number = 0.5 if match["n"] == "半" else whole_number(match["n"])
    if number is None:
        return None
    return today - timedelta(days=int(number * DAYS_OF[match["unit"]]))


DAYS_OF = {"天": 1, "日": 1, "晚": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30}
"""Days in one of each unit, as people count them."""


def _weeks_ago(match: re.Match[str], today: date) -> date:
    return today - timedelta(weeks=match["back"].count("上"))


def _festival(match: re.Match[str], today: date) -> date | None:
    month_and_day = _FESTIVALS[match[0]]
    this_year = _not_after(_safe_date(today.year, *month_and_day), today)
    return this_year or _safe_date(today.year - 1, *month_and_day)


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


_UNIT = "(?P<unit>天|日|周|星期|礼拜|月)"
_APART = "(?:一二|二三|两三|三四|四五|五六|六七|七八|八九|三五)"  # 三四天 is neither three nor four

_RULES: tuple[_Rule, ...] = (
    (re.compile("|".join(sorted(_RELATIVE, key=len, reverse=True))), _relative, 1.0),
    (re.compile("|".join(_FESTIVALS)), _festival, 0.9),
    (re.compile(rf"(?P<n>{_APART})个?{_UNIT}(?:以前|之前|前)"), _days_ago, 0.3),
    (re.compile(rf"(?P<n>{_N})[来多几]个?{_UNIT}(?:以前|之前|前)"), _days_ago, 0.4),
    (re.compile(rf"(?P<n>{_N}|半)个?{_UNIT}(?:以前|之前|前)"), _days_ago, 1.0),
    (re.compile(rf"(?<=回来)[都已经有快]*(?P<n>{_N}|半)个?{_UNIT}(?:了|$)"), _days_ago, 0.8),
    (re.compile(rf"(?P<back>上+)个?{_WEEK}的?(?:今天|这天)"), _weeks_ago, 1.0),
    (re.compile(rf"(?P<back>上+|这|本|)个?{_WEEK}(?P<day>末)"), _weekday, 0.5),
    (re.compile(rf"(?P<back>上+|这|本|)个?{_WEEK}(?P<day>[一二三四五六日天])"), _weekday, 1.0),
    (re.compile(rf"(?P<m>{_N})月(?:份的?)?(?P<d>{_N})[号日]?"), _month_and_day, 1.0),
    (re.compile(rf"(?:(?P<month>上|这|本|当)个?月的?)?(?P<d>{_N})[号日]"), _day_of_month, 1.0),
    (re.compile(rf"(?P<month>上|这|本|当)个?月的?(?P<d>{_N})"), _day_of_month, 0.5),
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
