"""Days of the lunar calendar, by which older people and, around the Spring Festival, everybody tells a date:
初六, 腊月二十, 正月十五, 大年三十. Pure: today is an argument.

What tells them is 初, the name of the month, or of the calendar: 十月初八, 腊月二十 and 农历十月十八 are
some, 十月八号 and 月初八号 none. Who only says 初六 means the last one.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from campaign.holidays import LunarDay, lunar_day, solar_day
from campaign.patterns import compiled
from dialogs.language.numerals import whole_number

_DIGIT = "[一二三四五六七八九]"
_DAY = f"(?:初(?:{_DIGIT}|十)|[二廿]?十{_DIGIT}|廿{_DIGIT}|[二三]?十)"
_MONTH = f"(?:[正冬腊]|十[一二]|{_DIGIT}|十)"
_CALENDAR = "(?:农历|阴历|旧历)(?:的|是)?"
_END = f"(?![号日]|{_DIGIT}|十|饺子)"
LUNAR_DAY = compiled(
    "(?P<eve>大年三十|年三十|除夕)(?!晚会)"
    f"|{_CALENDAR}(?:(?P<month_of_it>{_MONTH})月(?:份|里)?的?)?(?P<day_of_it>{_DAY}){_END}"
    f"|(?P<month_by_name>[正冬腊])月(?:里|的)?(?P<day>{_DAY}){_END}"
    f"|(?P<month>{_MONTH})月(?P<in_month>初(?:{_DIGIT}|十)){_END}"
    f"|(?<![月上读念考升])(?P<new_year>大年)?(?P<early>初(?:{_DIGIT}|十)){_END}"
)
"""A day as it is said; what comes before 初 tells its month."""
_MONTHS = {"正": 1, "冬": 11, "腊": 12}


def last_lunar_day(match: re.Match[str], today: date) -> date | None:
    """The last such day that is past or today; None where there was none within a year.

    >>> last_lunar_day(LUNAR_DAY.match("腊月二十"), date(2026, 11, 22))
    datetime.date(2026, 2, 7)
    """
    said = match.groupdict()
    now = lunar_day(today)
    if said["eve"]:
        tomorrow = today + timedelta(days=1)
        begun = solar_day(LunarDay(lunar_day(tomorrow).year, 1, 1))
        return begun - timedelta(days=1) if begun else None
    day = next(said[name] for name in ("day_of_it", "day", "in_month", "early") if said[name])
    number = _number(day.removeprefix("初"))
    month = said["month_of_it"] or said["month_by_name"] or said["month"]
    if not (month or said["new_year"]):
        return _last_in_any_month(number, today, now)
    month = month or "正"
    days = (LunarDay(year, _MONTHS.get(month) or _number(month), number) for year in (now.year, now.year - 1))
    return next((day for day in map(solar_day, days) if day is not None and day <= today), None)


def names_month(match: re.Match[str]) -> bool:
    """Whether a day tells its month, or needs none: not 初六."""
    return any(match[name] for name in ("eve", "month_of_it", "month_by_name", "month", "new_year"))


def next_lunar_day(match: re.Match[str], today: date) -> date | None:
    """The next such day from today on; None where there is none within two years.

    >>> next_lunar_day(LUNAR_DAY.match("腊月二十六"), date(2026, 11, 30))
    datetime.date(2027, 2, 2)
    """
    said = match.groupdict()
    now = lunar_day(today)
    if said["eve"]:
        begins = (solar_day(LunarDay(year, 1, 1)) for year in (now.year, now.year + 1))
        eves = (begun - timedelta(days=1) for begun in begins if begun is not None)
        return next((eve for eve in eves if eve >= today), None)
    day = next(said[name] for name in ("day_of_it", "day", "in_month", "early") if said[name])
    number = _number(day.removeprefix("初"))
    month = (
        said["month_of_it"] or said["month_by_name"] or said["month"] or ("正" if said["new_year"] else "")
    )
    if not month:
        months = ((now.year, now.month), (now.year + now.month // 12, now.month % 12 + 1))
        days = (LunarDay(year, in_year, number) for year, in_year in months)
    else:
        days = (
            LunarDay(year, _MONTHS.get(month) or _number(month), number) for year in (now.year, now.year + 1)
        )
    return next((day for day in map(solar_day, days) if day is not None and day >= today), None)


def _last_in_any_month(number: int, today: date, now: LunarDay) -> date:
    """初六: this month's where it is past, last month's otherwise."""
    if number <= now.day:
        return today - timedelta(days=now.day - number)
    last_of_month = today - timedelta(days=now.day)
    return last_of_month - timedelta(days=lunar_day(last_of_month).day - number)


def _number(words: str) -> int:
    return whole_number(words.replace("廿十", "廿").replace("廿", "二十")) or 0
