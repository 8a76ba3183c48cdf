"""Dates as people say them, relative to today. Pure: today is an argument."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from campaign.patterns import compiled
from dialogs.entities.day_words import (
    FESTIVALS,
    FESTIVE_DAYS,
    HOLIDAYS,
    RELATIVE,
    RELATIVE_DAY,
    SATURDAY,
    WEEKDAYS,
)
from dialogs.entities.days_beside import about_days_ago, beside_last, compared, moved
from dialogs.entities.lunar_days import LUNAR_DAY, last_lunar_day
from dialogs.entities.solar_terms import SOLAR_TERM, last_solar_term
from dialogs.language.numerals import whole_number

_N = "[零〇一幺二两俩三仨四五六七八九十廿卅]+"
_START = "(?<![零〇一幺二两俩三仨四五六七八九十廿卅])"
"""Before a number: not in the middle of one, 十五六号."""
_WEEK = "(?:周|星期|礼拜)"


class DateMention(NamedTuple):
    day: date
    start: int
    end: int
    """Where in the text."""
    confidence: float


def dates(text: str, today: date, *, is_asked: bool = False) -> Iterator[DateMention]:
    """Every day that is named, in the order in which they are said; the future is never meant.

    ``is_asked``: a day was asked for, so that a bare number may be one (我二十回的).
    """
    yield from _dates(text, today, is_asked)


@lru_cache(maxsize=256)
def _dates(text: str, today: date, is_asked: bool) -> tuple[DateMention, ...]:
    """The same; asked several times a sentence."""
    found: list[DateMention] = []
    bare = {one.start: one for one in _bare_days(text, today)} if is_asked else {}
    position = 0
    while (begin := _BEGIN.search(text, position)) is not None:
        position = begin.start()
        nothing = _NO_DAY.match(text, position)
        mention = None if nothing else _at(text, position, today, found) or bare.get(position)
        if mention is not None and not _explains(mention, found, text):
            found.append(mention)
        position = nothing.end() if nothing else mention.end if mention else position + 1
    return tuple(_weekday_of_a_date(mention, found, text) for mention in found)


def _explains(mention: DateMention, found: Sequence[DateMention], text: str) -> bool:
    """Whether a weekend only tells when the day right before it was: 十月三十一周末."""
    if not found or text[mention.end - 1] != "末" or found[-1].end != mention.start:
        return False
    return found[-1].day.weekday() >= SATURDAY and not _is_weekday_alone(found[-1], text)


_FESTIVE = "".join(sorted({name[0] for name in (*FESTIVALS, *FESTIVE_DAYS)}))
_BEGIN = compiled(
    f"[{_FESTIVE}今昨去前夜大刚后明下每黑零〇一幺二两俩三仨四五六七八九十半廿卅上这本当周星礼拜第次转头同回到过满隔进拢离距"
    "立雨惊春清谷芒夏小处白秋寒霜冬初正腊农阴旧除年]"
)
"""Characters that a day may begin with."""
_NO_DAY = compiled(
    rf"大?后天|明[天儿日]|[下每]+一?个?{_WEEK}[一二三四五六日天末]?|下个?月(?:{_N}[号日])?|黑色星期五|"
    rf"(?<=以)前天天|{_N}[号日](?=[楼线门院房棚店桌车机位床码病子])|{_N}周{_N}(?=[次趟回])|周[一二三四五六日](?=[次趟])|前日子|半夜来|"
    rf"(?<=哪)一[日号]|(?<=[赶碰遇撞])上(?=上)|{_N}[号日](?:以后|之后|以前|之前)的事|昨[天晚]吃(?:啥|什么|的)|一号人(?=物|[都也]?[没不])|今[晚夜][才再就]?(?:回|到家?)(?=$|,)|刚刚(?=好)"
    "|(?<=[月周拜期天阵子日号])刚刚"
)
"""The future, and what only looks like a day: 十号线."""


def _at(text: str, position: int, today: date, before: Sequence[DateMention]) -> DateMention | None:
    """The day that is named there; ``before`` are those named earlier."""
    last = before[-1] if before else None
    beside = _beside(text, position, last)
    if beside is not None:
        return beside
    if _ANY_RULE.match(text, position) is None:  # as mostly, and asked at once
        return None
    mention = next(filter(None, (_mention(text, position, today, rule) for rule in _RULES)), None)
    if mention is None:
        return None
    if last is not None and _is_weekday_alone(mention, text):
        between = text[last.end : mention.start]
        if _is_weekend(last, text) and _BREAKS.fullmatch(between):
            mention = _in_week_of(last.day, mention)
        elif _LEADS_ON.fullmatch(between):
            mention = _in_same_week(last, mention)
    elif _is_weekday_alone(mention, text):
        mention = _in_week_after(text, _in_week_named(text[: mention.start], mention, today), today)
    if mention.day == today and _is_weekday_alone(mention, text):
        mention = mention._replace(confidence=0.5)  # 礼拜天, said on a Sunday: who means today says so
    mention = mention._replace(confidence=0.5) if _THEREAFTER.match(text, mention.end) else mention
    beyond = _first_weekday_after(text, mention) or _moved(text, mention)
    return mention if beyond.day > today + timedelta(days=1) else beyond


_THEREAFTER = compiled(
    "(?:过后|以后|之后)(?!的?(?:第|当|[一二两三四五六七八九十隔转次头]+天)|的?(?:一天|那天)|没几|就?没)"
)
"""立冬过后回的: some day after it."""
_LEADS_ON = compiled(r"(?:一直|待|住|玩|呆)?[到至]|(?:那天)?(?:去|走|出发|动身)的?[,;]?")
_BREAKS = compiled("[,;]?(?:就|就是|是)?")


def _is_weekend(mention: DateMention, text: str) -> bool:
    return text[mention.end - 1] == "末"


def _is_weekday_alone(mention: DateMention, text: str) -> bool:
    return bool(_WEEKDAY_ALONE.fullmatch(text, mention.start, mention.end))


_WEEKDAY_ALONE = compiled(f"(?:{_WEEK}|拜).")


def _in_same_week(first: DateMention, mention: DateMention) -> DateMention:
    """The second weekday of 上周三到周五 is the next after the first, unless that is to come; so is 周二 of
    十号走的周二回来的, where the 10th was a Tuesday."""
    days = (mention.day.weekday() - first.day.weekday()) % 7 or 7
    day = first.day + timedelta(days=days)
    return mention._replace(day=day) if day <= mention.day else mention


def _in_week_named(before: str, mention: DateMention, today: date) -> DateMention:
    """上个礼拜去的，礼拜五回的: the Friday of that week."""
    week = _WEEK_ALONE.search(before)
    if week is None:
        return mention
    return _in_week_of(today - timedelta(weeks=week["back"].count("上")), mention)


def _in_week_after(text: str, mention: DateMention, today: date) -> DateMention:
    """礼拜天，上礼拜那个: the Sunday of that week."""
    week = _WEEK_AFTER.match(text, mention.end)
    if week is None:
        return mention
    return _in_week_of(today - timedelta(weeks=week["back"].count("上")), mention)


def _in_week_of(day: date, mention: DateMention) -> DateMention:
    """上周末，星期六那天: the Saturday of that week."""
    return mention._replace(day=day + timedelta(days=mention.day.weekday() - day.weekday()))


_WEEK_AFTER = compiled(rf"[,;]?(?P<back>上+)个?{_WEEK}(?:那个|那天|的)")
_WEEK_ALONE = compiled(rf"(?P<back>上+)个?{_WEEK}(?![一二三四五六日天])")


def _weekday_of_a_date(mention: DateMention, found: Sequence[DateMention], text: str) -> DateMention:
    """十一号，周三那天 means the Wednesday that was the 11th."""
    if not _is_weekday_alone(mention, text):
        return mention
    same = (
        other.day
        for other in found
        if other.day.weekday() == mention.day.weekday()
        and not _is_weekday_alone(other, text)
        and (
            text.endswith(("那天", "那天是"), other.end, mention.start)
            or _MEANS_SAME.fullmatch(text[min(other.end, mention.end) : max(other.start, mention.start)])
        )
    )
    return mention._replace(day=next(same, mention.day))


_MEANS_SAME = compiled("(?!(?:那天)?[去走]的?[,;]?$)[^我他她]{0,6}|[,;]?我记得是?")
"""What may stand between two names of one day."""


# --- a day beside another -------------------------------------------------------------------------------


def _beside(text: str, position: int, last: DateMention | None) -> DateMention | None:
    """十号走的，第二天就回来了: the 11th."""
    shift = None if last is None else beside_last(text, position, text[last.start : last.end])
    if last is None or shift is None:
        return None
    return DateMention(last.day + timedelta(days=shift.days), position, shift.end, last.confidence)


def _moved(text: str, mention: DateMention) -> DateMention:
    """双十一第二天, 昨天的前一天 name one day."""
    shift = moved(text, mention.end) or compared(text, mention.start, mention.end)
    if shift is None:
        return mention
    return mention._replace(day=mention.day + timedelta(days=shift.days), end=shift.end)


def _first_weekday_after(text: str, mention: DateMention) -> DateMention | None:
    """立冬后头一个礼拜四."""
    first = _FIRST_WEEKDAY.match(text, mention.end)
    if first is None:
        return None
    days = (WEEKDAYS[first["day"]] - mention.day.weekday() - 1) % 7 + 1
    return mention._replace(day=mention.day + timedelta(days=days), end=first.end())


_FIRST_WEEKDAY = compiled(f"(?:[之以过]?后|过完|过了)的?[头第]一?个?{_WEEK}(?P<day>[一二三四五六日天])")


# --- days of the month without 号 ------------------------------------------------------------------------

_BARE = compiled(
    r"(?:(?<=[,;?是我就到了他她的])|(?<=时候)|(?<=所以)|(?<=[阳公新]历)|(?<=[去走])|(?<=算一下)|^)(?P<month>)(?P<d>(?:[二三]?十|廿|卅)[一二三四五六七八九]|[二三]?十|[一二三四五六七八九](?=那天|回的))"
    r"(?=那天|[就才]?回|到的|到(?=$|,|家)|去的?|走的?|出发|动身|还是|[阴农阳]历|当[天晚]|(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])|不带零|我(?:提[早前]|比)|$|[,;?吧呢嘛呗噻哦咯喽啦啊呀哈嘞哩唦哟])"
)


def _bare_days(text: str, today: date) -> Iterator[DateMention]:
    """我二十回的, 十七，这个月的: numbers that are days of the month where a day was asked for."""
    for match in _BARE.finditer(text):
        day = _day_of_month(match, today)
        if day is not None and day.weekday() == WEEKDAYS.get(match["weekday"], day.weekday()):
            yield DateMention(day, match.start(), match.end(), 0.7)  # 十三礼拜五 only where it was one


def long_ago(text: str, today: date, first: date) -> bool:
    """Whether the words speak of a time before ``first``: 去年, 上个月 (once that is over), 国庆的时候."""
    if re.search("去年|前年|大前年|上半年|年初|年前|几年|好久|很久|半年|上辈子|几个月|八百年", text):
        return True
    if "上个月" in text or "上月" in text:
        return not list(_DAY_IN_MONTH.finditer(text)) and today.replace(day=1) <= first
    ago = about_days_ago(text)
    if ago is not None:
        return today - timedelta(days=ago) < first
    named = (
        _not_after(_safe_date(today.year, *day), today) for name, day in HOLIDAYS.items() if name in text
    )
    return any(day is not None and day < first for day in named)


_DAY_IN_MONTH = compiled(rf"{_N}[号日]")


_NAMED = compiled(r"\(\?P<\w+>")
"""Begins a group that has a name; of a pattern that joins several no two may have the same."""
_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None], float]


def _mention(text: str, position: int, today: date, rule: _Rule) -> DateMention | None:
    pattern, meaning, confidence = rule
    match = pattern.match(text, position)
    if match is None:
        return None
    day = meaning(match, today)
    return None if day is None else DateMention(day, match.start(), match.end(), confidence)


def _relative(match: re.Match[str], today: date) -> date:
    return today - timedelta(days=RELATIVE[match[0]])


def _days_ago(match: re.Match[str], today: date) -> date | None:
    words = match["n"][0] if re.fullmatch(_APART, match["n"]) else match["n"]
    number = 0.5 if words.startswith("半") else whole_number(words)
    if number is None:
        return None
    said = match.groupdict()
    number += 0.5 if said.get("half") else 0
    more = whole_number(said.get("more") or "") or 0
    days = int(number * DAYS_OF[match["unit"]]) + more
    return today - timedelta(days=days) if days < _LONGEST_AGO else None


_LONGEST_AGO = 10_000  # days
DAYS_OF = {"天": 1, "日": 1, "晚": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30}
"""Days in one of each unit, as people count them."""


def _weeks_ago(match: re.Match[str], today: date) -> date:
    days = RELATIVE.get(match["day"], 0)
    return today - timedelta(weeks=match["back"].count("上"), days=days)


_YEARS_BACK = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3}
_YEAR = f"(?:{'|'.join(_YEARS_BACK)}|(?:二[零〇])?[零〇一二][零〇一二三四五六七八九]年)"
"""去年; 二零二三年, 二三年."""
_YEAR_BESIDE = compiled(
    f"(?:吧|的|那天|来着)?[,;]?(?:是|应该是)?(?P<year>{_YEAR})(?:的|打的|那会儿)?(?=$|[,;吧了呢啊])"
)
"""十二月一号吧，去年的."""


def _year_of(words: str, today: date) -> int:
    if words in _YEARS_BACK:
        return today.year - _YEARS_BACK[words]
    return 2000 + 10 * _DIGITS[words[-3]] + _DIGITS[words[-2]]


_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}


def _year_told(match: re.Match[str], today: date) -> int | None:
    """The year that is told with a day, before or after it."""
    after = None if match["year"] else _YEAR_BESIDE.match(match.string, match.end())
    words = match["year"] or (after["year"] if after else "")
    return _year_of(words, today) if words else None


def _festival(match: re.Match[str], today: date) -> date | None:
    month_and_day = FESTIVALS.get(match["festival"]) or FESTIVE_DAYS[match["festival"]]
    if (year := _year_told(match, today)) is not None:
        return _not_after(_safe_date(year, *month_and_day), today)
    this_year = _not_after(_safe_date(today.year, *month_and_day), today)
    return this_year or _safe_date(today.year - 1, *month_and_day)


def _nth_day(match: re.Match[str], today: date) -> date | None:
    """The day of the return is the first."""
    number = whole_number(match["n"] or match["nth"])
    return None if not number else today - timedelta(days=number - 1)


def _solar_term(match: re.Match[str], today: date) -> date:
    return last_solar_term(match[0], today)


def _weekday(match: re.Match[str], today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=WEEKDAYS[match["day"]])
    weeks_back = match["back"].replace("前", "上").count("上")
    if weeks_back:
        return day - timedelta(weeks=weeks_back)
    return day if day <= today else day - timedelta(weeks=1)


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    number = _number(match["d"])
    if number is None:
        return None
    if match["month"] == "上":
        return _safe_date(*month_before(today.year, today.month), number)
    if match["month"]:
        return _not_after(_safe_date(today.year, today.month, number), today)
    this_month = _not_after(_safe_date(today.year, today.month, number), today)
    return this_month or _safe_date(*month_before(today.year, today.month), number)


def _number(words: str) -> int | None:
    """二十三, 廿三."""
    return whole_number(words.replace("廿", "二十").replace("卅", "三十").replace("幺", "一"))


def _month_and_day(match: re.Match[str], today: date) -> date | None:
    month, number = whole_number(match["m"]), _number(match["d"])
    if month is None or number is None:
        return None
    if (year := _year_told(match, today)) is not None:
        return _not_after(_safe_date(year, month, number), today)
    this_year = _not_after(_safe_date(today.year, month, number), today)
    return this_year or _safe_date(today.year - 1, month, number)


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 二月三十号 or 十三月: no such day was said
        return None


def _not_after(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None


def month_before(year: int, month: int) -> tuple[int, int]:
    return (year - 1, 12) if month == 1 else (year, month - 1)


_UNIT = "(?P<unit>天|日|晚|周|星期|礼拜|月)"
_APART = "(?:一二|二三|两三|三四|四五|五六|六七|七八|八九|三五)"  # 三四天 is neither three nor four
_AGO = "(?:以前|之前|前(?![儿天日个]))(?:的?(?:今天|这天|那天))?"
_SINCE = (
    "(?:回来|到家|回京|返京|(?:到|离|距离?)(?:今天|今儿个?|今日|今|现在|这会)|过了|满打满算|一晃)"
    "[都也已经就只得有快整正好刚才满打算大概差不多了,]{0,6}"
)
"""What counts the days up to today: 到今天正好十天, 离今天才一天, 回来整一个礼拜了; not 住了十天."""

_TODAY_SINCE = "(?:今[天儿日]个?|今儿个)(?:也|都|就|已经|刚刚好|刚好|正好|恰好|整整|整|满|足足|是|有|得)*"
"""今儿刚好一礼拜, 今天五天了."""

_HOME_SINCE = "(?:回到?家|[回到]北京|进家门|拢屋)[都也已经得有快整正好刚大概差不多了,]{0,6}"
"""回家三天了; 回家三天 without 了 may tell how long somebody stayed at another home."""

_NTH_SINCE = (
    rf"(?:(?:回来|到家|回京|返京|回到?北京|到今[天儿])(?:的|已经|都|是|就|有)*第(?P<n>(?![一二]天){_N})天(?=了|$)"
    rf"|今[天儿日]个?(?:已经|都|就)?是?,?我?(?:回来|到家|回京|返京|回到?北京)(?:的|以后|之后|,)*第(?P<nth>{_N})天)"
)
"""回来第五天了, 今天是到家的第三天; not 回来第二天就上班了."""

_RULES: tuple[_Rule, ...] = (
    (compiled(_NTH_SINCE), _nth_day, 0.8),
    (
        compiled(rf"{_TODAY_SINCE}(?!一[天日])(?P<n>{_N}|半拉?)个?(?P<half>半)?{_UNIT}(?=[了整,吧呢啦]|$)"),
        _days_ago,
        0.8,
    ),
    (RELATIVE_DAY, _relative, 1.0),
    (LUNAR_DAY, last_lunar_day, 0.9),
    (SOLAR_TERM, _solar_term, 0.9),
    (compiled(rf"(?:(?P<year>{_YEAR})的?)?(?P<festival>{'|'.join(FESTIVALS)})"), _festival, 0.9),
    (
        compiled(
            rf"(?:(?P<year>{_YEAR})的?)?(?P<festival>{'|'.join(FESTIVE_DAYS)})节?(?=[那当]天|的?(?:前|头)一?天|的?第二天)"
        ),
        _festival,
        0.9,
    ),
    (
        compiled(
            rf"{_SINCE}(?P<n>{_N}|半拉?)个?(?P<half>半)?{_UNIT}(?:[又零](?P<more>{_N})天)?(?=[了,吧呢啦整]|头上|屁股|凳子|板凳|$)"
        ),
        _days_ago,
        0.8,
    ),
    (compiled(rf"{_HOME_SINCE}(?P<n>{_N}|半拉?)个?(?P<half>半)?{_UNIT}(?=了)"), _days_ago, 0.8),
    (compiled(rf"{_START}(?P<n>{_APART})个?{_UNIT}{_AGO}"), _days_ago, 0.3),
    (compiled(rf"{_START}(?P<n>{_N})[来多几]个?{_UNIT}{_AGO}"), _days_ago, 0.4),
    (
        compiled(rf"{_START}(?P<n>{_N}|半拉?)个?(?P<half>半)?{_UNIT}(?:[又零](?P<more>{_N})天)?{_AGO}"),
        _days_ago,
        1.0,
    ),
    (compiled(rf"(?P<back>上+)一?个?{_WEEK}的?(?P<day>今天|这天|昨天|前天)"), _weeks_ago, 1.0),
    (compiled(rf"(?P<back>上+一?|这|本|)个?(?:{_WEEK}的?)?{_WEEK}(?P<day>末)"), _weekday, 0.5),
    (compiled(rf"(?P<back>上+一?|这|本)个?{_WEEK}的?(?P<day>[头第]一天|最[末后]一天)"), _weekday, 0.9),
    (
        compiled(
            rf"(?P<back>上+一?|前一?(?=个)|前头(?=那?个)|这|本|)那?个?(?:{_WEEK}的?)?{_WEEK}(?P<day>[一二三四五六日天])"
        ),
        _weekday,
        1.0,
    ),
    (compiled(r"(?:(?<=^)|(?<=[,;是]))(?P<back>)拜(?P<day>[一二三四五六])"), _weekday, 0.8),
    (
        compiled(
            rf"(?:(?P<year>{_YEAR})的?)?{_START}(?P<m>{_N})月(?:份的?|的)?(?P<d>[二三]?十)[几来多][号日]"
        ),
        _month_and_day,
        0.3,
    ),
    (
        compiled(rf"(?:(?P<year>{_YEAR})的?)?{_START}(?P<m>{_N})月(?:份的?|的)?(?P<d>{_N})[号日]?"),
        _month_and_day,
        1.0,
    ),
    (
        compiled(rf"(?:(?P<month>上|这|本|当)个?月份?的?)?{_START}(?P<d>[二三]?十)[几来多][号日]"),
        _day_of_month,
        0.3,
    ),
    (compiled(rf"(?:(?P<month>上|这|本|当)个?月份?的?)?{_START}(?P<d>{_N})[号日]"), _day_of_month, 1.0),
    (compiled(rf"(?P<month>上|这|本|当)个?月的?(?P<d>{_N})(?!天|个)"), _day_of_month, 0.7),
    (compiled(rf"(?P<year>){_START}(?P<m>{_N})月份?的?第(?P<d>{_N})天"), _month_and_day, 1.0),
)

_ANY_RULE = compiled("|".join(f"(?:{_NAMED.sub('(?:', pattern.pattern)})" for pattern, _, _ in _RULES))
