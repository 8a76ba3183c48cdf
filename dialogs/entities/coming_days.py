"""Days to come as people say them, relative to today: 下周三, 月底, 大后天, 元旦, 国庆以后. Pure.

``dates`` knows the days that were. A bare 周三 or 五号 is the next one; a week begins on Monday.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from campaign.patterns import compiled
from dialogs.entities.dates import DAYS_OF, DateMention
from dialogs.entities.lunar_days import LUNAR_DAY, names_month, next_lunar_day
from dialogs.language.numerals import spell, whole_number

_N = "[零〇一二两俩三仨四五六七八九十廿]+"
_START = "(?<![零〇一二两俩三仨四五六七八九十廿])"
_WEEK = "(?:周|星期|礼拜)"
_WEEKDAYS = {day: number for number, day in enumerate("一二三四五六日")} | {"天": 6}
_SURE, _NEAR, _VAGUE, _HARDLY = 1.0, 0.7, 0.5, 0.3
_LUNAR = 0.8
"""Confidence of 下周三; of 月底, which is about then; of 周末, one of two days; of 两三天以后."""

_AHEAD = {"今": 0, "明": 1, "后": 2, "大后": 3, "大大后": 4}
_PART = "(?:天|儿个|儿|个儿|个|日|晚|早|晨|朝|夜)"
_FESTIVALS = {
    "元旦": ((1, 1), (1, 1)), "阳历年": ((1, 1), (1, 1)), "三八(?=节|妇女节)": ((3, 8), (3, 8)),
    "五一": ((5, 1), (5, 5)), "劳动节": ((5, 1), (5, 5)), "六一": ((6, 1), (6, 1)),
    "儿童节": ((6, 1), (6, 1)), "国庆": ((10, 1), (10, 7)), "十一(?!号|日|点|月|个)": ((10, 1), (10, 7)),
    "双十一": ((11, 11), (11, 11)), "双十二": ((12, 12), (12, 12)), "平安夜": ((12, 24), (12, 24)),
    "圣诞": ((12, 25), (12, 25)),
}  # fmt: skip
"""Festivals with a fixed date to their first day and the last day of their leave."""
_AFTER = "(?:节|长假|假期|放假)?(?:那天|当天)?(?:以后|之后|过后|过完|过了|完了|后(?!天))"
_THERE = compiled("今[天日儿晚早]")


def coming_days(text: str, today: date) -> Iterator[DateMention]:
    """Every day from today on that is named, in the order in which they are said."""
    yield from _coming_days(text, today)


@lru_cache(maxsize=256)
def _coming_days(text: str, today: date) -> tuple[DateMention, ...]:
    found: list[DateMention] = []
    position = 0
    while (begin := _BEGIN.search(text, position)) is not None:
        position = begin.start()
        nothing = _NO_DAY.match(text, position)
        mention, end = (None, nothing.end()) if nothing else _at(text, position, today)
        if mention is not None:
            found.append(_not_before(found[-1], mention, text) if found else mention)
        position = end
    return tuple(found)


_BARE = compiled(rf"{_N}[号日]")


def _not_before(last: DateMention, mention: DateMention, text: str) -> DateMention:
    """二月三号走，十二号回来: the 12th of February."""
    number = _number(text[mention.start : mention.end].rstrip("号日"))
    if mention.day >= last.day or not _BARE.fullmatch(text, mention.start, mention.end):
        return mention
    same_month = _safe(last.day.year, last.day.month, number)
    if same_month is None or same_month < last.day:
        same_month = _next_with_day(last.day, number)
    return mention if same_month is None else mention._replace(day=same_month)


_BEGIN = compiled(
    "[上每腊正冬初除农阴旧小端中八今明后大下这本当周星礼半零〇一二两俩三仨四五六七八九十廿过再隔等月年元阳劳儿国双平圣]"
)
_NO_DAY = compiled(
    rf"上+个?(?:{_WEEK}|月)[一二三四五六日天底末初]?(?:{_N}[号日])?|"
    rf"{_N}[号日](?=[楼线门院房棚店桌车机位床码病子])|"
    rf"{_N}周{_N}(?=[次趟回])|周[一二三四五六日](?=[次趟])|{_N}[天周]前|周[围边岁到]|每个?{_WEEK}."
)
"""What was, and what only looks like a day."""


def _at(text: str, position: int, today: date) -> tuple[DateMention | None, int]:
    """The day that is named there, and where what names it ends; 这周一 names none on a Wednesday."""
    for pattern, meaning, confidence in _RULES:
        match = pattern.match(text, position)
        if match is None:
            continue
        day = meaning(match, today)
        if day is None:
            return None, match.end()
        if meaning is next_lunar_day and not names_month(match):
            confidence = _VAGUE  # 初六, of this month or of the New Year
        mention = _shifted(text, DateMention(day, match.start(), match.end(), confidence), match)
        return mention, mention.end
    return None, position + 1


_SHIFT = compiled("(?:的)?(?:以后|之后|过后|过了|后(?!天))|(?P<next>的?(?:第二天|转天|次日|后一天))")
_BEFORE = compiled("(?:的)?(?:以前|之前|前(?!天|后))")
_AROUND = compiled("左右|前后|上下|那几天")


def _shifted(text: str, mention: DateMention, match: re.Match[str]) -> DateMention:
    """二十七号以后 is from the 28th on; 月底之前 and 十号左右 name no single day."""
    if match.groupdict().get("counted"):
        return mention
    if shift := _SHIFT.match(text, mention.end):
        confidence = mention.confidence if shift["next"] else min(mention.confidence, _NEAR)
        return mention._replace(day=mention.day + timedelta(days=1), end=shift.end(), confidence=confidence)
    if other := _BEFORE.match(text, mention.end) or _AROUND.match(text, mention.end):
        return mention._replace(end=other.end(), confidence=min(mention.confidence, _VAGUE))
    return mention


# --- rules ----------------------------------------------------------------------------------------------


def _relative(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=_AHEAD[match["ahead"]])


def _counted(match: re.Match[str], today: date) -> date | None:
    words = match["n"]
    number = 0.5 if words.startswith("半") else whole_number(words)
    if number is None:
        return None
    if match["unit"] == "月" and number >= 1:
        return _months_on(today, int(number))
    return today + timedelta(days=int(number * DAYS_OF[match["unit"]]))


def _between(match: re.Match[str], today: date) -> date | None:
    number = whole_number(match["n"][0])
    return None if number is None else today + timedelta(days=number * DAYS_OF[match["unit"]])


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _weekday(match: re.Match[str], today: date) -> date | None:
    weeks = match["ahead"].count("下")
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=_WEEKDAYS[match["day"]], weeks=weeks)
    if weeks or day >= today:
        return day
    return None if match["ahead"] else day + timedelta(weeks=1)


def _weekend(match: re.Match[str], today: date) -> date:
    saturday = today + timedelta(days=5 - today.weekday(), weeks=match["ahead"].count("下"))
    return max(saturday, today)


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    number = _number(match["d"])
    months = match["ahead"].count("下")
    if months:
        first = _months_on(today.replace(day=1), months)
        return _safe(first.year, first.month, number)
    this_month = _safe(today.year, today.month, number)
    if this_month is not None and this_month >= today:
        return this_month
    return None if match["ahead"] else _next_with_day(today, number)


def _next_with_day(today: date, number: int | None) -> date | None:
    """The 31st after the 30th of April is that of May."""
    firsts = (_months_on(today.replace(day=1), months) for months in (1, 2))
    return next((day for first in firsts if (day := _safe(first.year, first.month, number))), None)


def _month_and_day(match: re.Match[str], today: date) -> date | None:
    month, number = whole_number(match["m"]), _number(match["d"])
    year = _year_of(match["year"], today)
    day = _safe(year, month or 0, number)
    if day is None or day >= today or match["year"]:
        return day
    return _safe(year + 1, month or 0, number)


_YEARS = {"今年": 0, "明年": 1, "后年": 2, "大后年": 3}
_YEAR = f"(?:{'|'.join(_YEARS)}|(?:二零|二〇){_N[:-1]}{{2}}年?)"


def _year_of(words: str | None, today: date) -> int:
    """后年, 二零二八年."""
    if not words or words in _YEARS:
        return today.year + _YEARS.get(words or "", 0)
    digits = [str("零一二三四五六七八九".index(digit.replace("〇", "零"))) for digit in words[:4]]
    return int("".join(digits))


def _festival(match: re.Match[str], today: date) -> date | None:
    rest = match.string[match.start("named") :]
    first, last = next(days for name, days in _FESTIVALS.items() if re.match(name, rest))
    if not match["after"]:
        return _next(today, *first, match["year"])
    end = _next(today, *last, match["year"])
    return None if end is None else end + timedelta(days=1)


def _next(today: date, month: int, number: int, year: str | None) -> date | None:
    this_year = _safe(today.year, month, number)
    if this_year is not None and this_year >= today and year != "明年":
        return this_year
    return _safe(today.year + 1, month, number)


def _part_of_month(match: re.Match[str], today: date) -> date | None:
    """月底, 下个月初; 十二月底."""
    named = match.groupdict().get("m")
    if named and not 1 <= (whole_number(named) or 0) <= 12:
        return None
    first = _months_on(today.replace(day=1), match.groupdict().get("ahead", "").count("下"))
    if named:
        first = _months_on(first, ((whole_number(named) or 0) - first.month) % 12)
    day = {
        "初": first,
        "头": first,
        "中": first.replace(day=15),
        "底": first.replace(day=calendar.monthrange(first.year, first.month)[1]),
        "末": first.replace(day=calendar.monthrange(first.year, first.month)[1]),
    }[match["part"]]
    if day >= today:
        return day
    return None if named or match["ahead"] else _months_on(day, 1)


_LUNAR_FESTIVALS = {
    "小年": "腊月二十三",
    "元宵": "正月十五",
    "正月十五": "正月十五",
    "端午": "五月初五",
    "中秋": "八月十五",
}


def _lunar_festival(match: re.Match[str], today: date) -> date | None:
    day = LUNAR_DAY.match("农历" + _LUNAR_FESTIVALS[match[0].removesuffix("节")])
    return next_lunar_day(day, today) if day is not None else None


def _end_of_year(match: re.Match[str], today: date) -> date:
    return date(today.year, 12, 31)


def _number(words: str) -> int | None:
    return whole_number(words.replace("廿", "二十"))


def _safe(year: int, month: int, number: int | None) -> date | None:
    try:
        return date(year, month, number or 0)
    except ValueError:  # 二月三十号: no such day was said
        return None


_LATER = "(?P<counted>以后|之后|过后|后(?!天))"
_UNIT = "个?(?P<unit>天|日|周|星期|礼拜|月)"
_APART = "(?:一二|二三|两三|三四|四五|五六|六七|七八|八九|三五)"
_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None], float]
_RULES: tuple[_Rule, ...] = (
    (LUNAR_DAY, next_lunar_day, _LUNAR),
    (compiled("小年|元宵节?|正月十五|端午节?|中秋节?"), _lunar_festival, _LUNAR),
    (
        compiled(rf"(?P<after>过[了完])(?P<year>明年|今年)?(?P<named>{'|'.join(_FESTIVALS)})节?"),
        _festival,
        _NEAR,
    ),
    (compiled("(?P<ahead>今|明)[明后](?:两|这两)?[天日]"), _relative, _HARDLY),
    (
        compiled(rf"(?P<ahead>下+|这|本|)一?个?{_WEEK}(?P<day>[一二三四五六])[二三四五六日天](?![号月点])"),
        _weekday,
        _HARDLY,
    ),
    (compiled(rf"(?P<ahead>大大后|大后|后|明|今){_PART}"), _relative, _SURE),
    (compiled(rf"{_START}(?:再?过|隔|再等|等)?(?P<n>{_APART}|[几多]){_UNIT}{_LATER}?"), _between, _HARDLY),
    (compiled(rf"{_START}(?:再?过|隔|再等|等)?(?P<n>{_N}|半){_UNIT}{_LATER}"), _counted, _SURE),
    (compiled(rf"(?:再?过|隔|再等)(?P<counted>)(?P<n>两){_UNIT}"), _counted, _HARDLY),
    (
        compiled(rf"(?:再过|过|再等)(?P<n>{_N}|半)(?P<counted>个?)(?P<unit>天|日|周|星期|礼拜|月)"),
        _counted,
        _SURE,
    ),
    (compiled(rf"(?P<ahead>下+|这|本|)一?个?{_WEEK}(?:的)?末"), _weekend, _VAGUE),
    (
        compiled(rf"(?P<ahead>下+|这|本|)一?个?(?:{_WEEK}的?)?{_WEEK}(?P<day>[一二三四五六日天])"),
        _weekday,
        _SURE,
    ),
    (
        compiled(rf"(?P<year>明年|今年)?{_START}(?P<m>{_N})月(?:份的?|的)?(?P<d>[二三]?十)[几来多][号日]"),
        _month_and_day,
        _HARDLY,
    ),
    (
        compiled(rf"(?:(?P<year>{_YEAR})的?)?{_START}(?P<m>{_N})月(?:份的?|的)?(?P<d>{_N})[号日]?"),
        _month_and_day,
        _SURE,
    ),
    (
        compiled(
            rf"(?P<year>明年|今年)?{_START}(?P<named>{'|'.join(_FESTIVALS)})(?:妇女)?(?:节)?(?P<after>{_AFTER})"
        ),
        _festival,
        _NEAR,
    ),
    (
        compiled(
            rf"(?P<year>明年|今年)?{_START}(?P<named>{'|'.join(_FESTIVALS)})(?:妇女)?(?:节)?(?P<after>)"
        ),
        _festival,
        0.9,
    ),
    (
        compiled(rf"(?:(?P<ahead>下+|这|本|当)一?个?月份?的?){_START}(?P<d>{_N})[号日]?(?!天|个)"),
        _day_of_month,
        _SURE,
    ),
    (compiled(rf"(?P<ahead>){_START}(?P<d>{_N})[号日]"), _day_of_month, _SURE),
    (compiled(rf"(?P<ahead>){_START}(?P<d>[二三]?十)[几来多][号日]"), _day_of_month, _HARDLY),
    (
        compiled(rf"{_START}(?P<m>{_N})月份?的?(?P<part>[初头中底末])(?![一二三四五六七八九十])"),
        _part_of_month,
        _NEAR,
    ),
    (
        compiled(r"(?P<ahead>下+|这|本|)一?个?月份?的?(?P<part>[初头中底末])(?![一二三四五六七八九十])"),
        _part_of_month,
        _NEAR,
    ),
    (compiled("年[底末]"), _end_of_year, _VAGUE),
)


def coming_phrases(today: date) -> tuple[str, ...]:
    """Short answers that name a day of the next weeks, for recognisers to expect."""
    days = [f"{spell(number)}号" for number in range(1, 32)]
    coming = [today + timedelta(days=ahead) for ahead in range(46)]
    return (
        *("今天", "明天", "后天", "大后天", "月底", "下个月", "元旦以后", "国庆以后"),
        *(
            f"{week}{unit}{day}"
            for week in ("", "下", "这")
            for unit in ("周", "星期")
            for day in "一二三四五六日"
        ),
        *days,
        *(f"下个月{day}" for day in days),
        *(f"{spell(day.month)}月{spell(day.day)}号" for day in coming),
        *(f"{spell(number)}天以后" for number in range(2, 15)),
    )
