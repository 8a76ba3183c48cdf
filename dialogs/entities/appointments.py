"""When a resident wants to be called again: 下午三点再打, 过半个小时, 明天上午十点. Pure: now is an argument.

The law:

1. A span (过半个小时) counts from now. A day, a part of the day and an hour count together: 明天, 上午, 十点.
2. An hour that may be morning or evening is the first one to come at which one would call: 三点 is 15:00.
3. Without an hour a part of the day has a usual one, and so has a day. 一会儿 and 改天 name no time.
4. Of several times the one counts beside which calling is spoken of, else the last. 上午不行 names none.
5. What is past, or more than a month off, is no appointment.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from campaign.patterns import any_of, compiled
from dialogs.language.numerals import spell, spell_digits, whole_number

_MOST_DAYS = 31
_FIRST_HOUR, _LAST_HOUR = 8, 20
"""Hours at which one would call somebody, both included."""
_USUAL_HOUR = 10
"""Of a day that is named without an hour."""


class Appointment(NamedTuple):
    at: dt.datetime
    """In the time zone of ``now``, whole minutes."""
    said: tuple[str, ...]
    """The pieces that say it back, each one of ``spoken_times``; empty where it can't be said with them."""


class _Part(NamedTuple):
    """A part of the day, hours since midnight."""

    name: str
    usual: int
    """Hour to call at where none is named."""
    end: int
    is_afternoon: bool


_MORNING = _Part("上午", 10, 12, False)
_NOON = _Part("中午", 12, 14, False)
_AFTERNOON = _Part("下午", 15, 18, True)
_EVENING = _Part("晚上", 19, 21, True)
_PARTS = {
    **dict.fromkeys(("早上", "早晨", "清早", "清晨", "一早", "早", "上午", "头晌"), _MORNING),
    **dict.fromkeys(("中午", "晌午"), _NOON),
    **dict.fromkeys(("下午", "后晌", "午后", "傍晚"), _AFTERNOON),
    **dict.fromkeys(("晚上", "晚间", "夜里", "夜晚", "黑家", "晚"), _EVENING),
}
_DAYS = {
    **dict.fromkeys(("今天", "今儿个", "今儿", "今日", "今"), 0),
    **dict.fromkeys(("明天", "明儿个", "明儿", "明日", "明"), 1),
    **dict.fromkeys(("大后天", "大后儿"), 3),
    **dict.fromkeys(("后天", "后儿个", "后儿", "后日"), 2),
}
_WEEKDAYS = "一二三四五六日"
_N = "[零一二两俩三四五六七八九十]+"


def _one_of(words: Iterator[str] | dict[str, object]) -> str:
    return any_of(words)


_WEEK = "(?:周|星期|礼拜)"
_DAY = (
    rf"(?P<day>{_one_of(dict(_DAYS))})"
    rf"|(?P<next>下下?个?|这个?|本)?{_WEEK}(?P<weekday>[一二三四五六日天末])"
    rf"|(?P<weeks>下下?)个?{_WEEK}(?!{_N})"
    rf"|(?:(?P<month>{_N})月)?(?P<date>{_N})[号日]"
    rf"|(?:过|再过|隔)(?P<days>{_N})天|(?P<days_on>{_N})天(?:以后|之后|后)"
)
_CLOCK = (
    rf"(?P<hour>(?<![早晚有快慢差])一(?=点(?![都也儿]))|(?!一点){_N})点(?!半?个|[一二三四五六七八九十]?个)(?:(?P<half>半)|(?P<quarters>[一三])刻"
    rf"|(?P<minutes>[零一二三四五]?十?[一二三四五六七八九十])分?(?!{_N}))?(?:钟|整|多|来钟)?"
)
_POINT = compiled(
    rf"(?:{_DAY})?的?(?P<part>{_one_of(dict(_PARTS))})?(?:的|大概|大约|差不多|等到|到)?(?:{_CLOCK})?"
    r"(?:左右|前后|的?时候)?(?P<before>以前|之前|前)?(?:以后|之后|过后|后)?"
)
_SPAN = compiled(
    rf"(?P<lead>过|再过|等|隔|再等|再隔)?(?:上|个)?(?:"
    rf"(?P<half_hour>半)个?(?:多)?(?:小时|钟头|点钟)"
    rf"|(?P<hours>{_N})个?(?P<and_half>半)?(?:多)?(?:小时|钟头)(?P<half_more>半)?"
    rf"|(?P<minutes>{_N})分钟|(?P<quarters>[一三])刻钟)"
    r"(?P<trail>以后|之后|过后|后|再|左右(?:以后|之后|后|再))?"
)
_OFF_WORK = compiled("下[了]?班(?:以后|之后|后|了|再)?")
_OFF_WORK_AT = dt.time(18, 30)
_UNSUITABLE = compiled(
    "(?:我|都|也|就|又|还|可能|那会)*(?:不行|不在|不方便|不成|没空|没时间|没工夫|有事|要开会|开会|忙)"
)
_CALLING = compiled(
    "(?:再|来|回|重新|又|重)打|打(?:来|过来|给我|[我他她]|电话|一个|个|吧|啊|呀|嘛|好|行|可以|$|[,;?!])"
    "|来电|(?:再|跟我|和我|给我)(?:联系|来|说|聊|讲|问)|联系(?:我|吧|$|[,;?!])"
)
_REACH = 9
"""Characters between a time and the calling that is to be done then."""
_COLON = compiled(r"(\d{1,2})[:：](\d{2})")
_SMALL_GAP = compiled("[ \t]+")


class _Mention(NamedTuple):
    match: re.Match[str]
    is_span: bool

    @property
    def end(self) -> int:
        return self.match.end()


# --- what was said ------------------------------------------------------------------------------------


def appointment(text: str, now: dt.datetime) -> Appointment | None:
    """The time that the words name for a call; None where they name none that is to come."""
    written = _written(text)
    mentions = list(_mentions(written))
    beside = [mention for mention in mentions if _CALLING.search(written, mention.end, mention.end + _REACH)]
    by_the_clock = [mention for mention in beside if mention.match.re is not _OFF_WORK]
    for mention in (*reversed(by_the_clock), *reversed(beside), *reversed(mentions)):
        found = _span(mention.match, now) if mention.is_span else _point(mention.match, now)
        if found is not None and now < found.at <= now + dt.timedelta(days=_MOST_DAYS):
            return found
    return None


def asks_for_another_time(text: str) -> bool:
    """Whether the words want a call at a time that they name: 明天上午十点你再打过来, 过半个小时吧."""
    written = _written(text)
    return any(
        _CALLING.search(written, mention.end, mention.end + _REACH) or _is_all(mention, written)
        for mention in _mentions(written)
    )


def _is_all(mention: _Mention, text: str) -> bool:
    """Nothing but a span: no question is answered with half an hour."""
    rest = text[: mention.match.start()] + text[mention.end :]
    return mention.is_span and not rest.strip(_PARTICLES)


_PARTICLES = "嗯啊哦呃那就吧呢啦嘛呀好行等你再我,;?!"


def _written(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _SMALL_GAP.sub("", text)).translate(_MARKS)
    return spell_digits(_COLON.sub(r"\1点\2分", plain)).replace("点零零分", "点")


_MARKS = str.maketrans("，。；、", ",,;,")


def _mentions(text: str) -> Iterator[_Mention]:
    position = 0
    while position < len(text):
        mention = _mention_at(text, position)
        if mention is None:
            position += 1
            continue
        if not _UNSUITABLE.match(text, mention.end):
            yield mention
        position = mention.end


def _mention_at(text: str, position: int) -> _Mention | None:
    span = _SPAN.match(text, position)
    if span and (span["lead"] or span["trail"]):
        return _Mention(span, True)
    off_work = _OFF_WORK.match(text, position)
    if off_work:
        return _Mention(off_work, False)
    point = _POINT.match(text, position)
    if point is None or _is_past(text, position) or not _names_something(point):
        return None
    return _Mention(point, False)


def _names_something(point: re.Match[str]) -> bool:
    """今天 alone is no time, and neither is 早 or 晚 without a day."""
    told = {name for name, said in point.groupdict().items() if said and name not in ("before", "next")}
    if told == {"day"}:
        return bool(_DAYS[point["day"]]) and len(point["day"]) > 1
    if not point["day"] and not point["weekday"] and point["part"] in ("早", "晚"):
        return False  # 晚一点, 早点
    return bool(told)


def _is_past(text: str, position: int) -> bool:
    """昨天下午, 上周三, 去年十月."""
    return text[:position].endswith(("昨天", "昨儿", "前天", "昨", "上", "上个", "去年", "上上"))


# --- when that is -------------------------------------------------------------------------------------


def _span(match: re.Match[str], now: dt.datetime) -> Appointment | None:
    minutes = _minutes(match)
    if not minutes:
        return None
    at = (now + dt.timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    return Appointment(at, (_SPANS[minutes],) if minutes in _SPANS else ())


def _minutes(match: re.Match[str]) -> int:
    if match["half_hour"]:
        return 30
    if match["quarters"]:
        return 15 * (whole_number(match["quarters"]) or 0)
    if match["minutes"]:
        return whole_number(match["minutes"]) or 0
    has_half = bool(match["and_half"] or match["half_more"])
    return 60 * (whole_number(match["hours"]) or 0) + 30 * has_half


def _point(match: re.Match[str], now: dt.datetime) -> Appointment | None:
    if match.re is _OFF_WORK:
        return _at(now.date(), _OFF_WORK_AT, now, is_named=False)
    is_named, day = _day(match, now.date())
    if day is None:
        return None
    found = _on_day(match, day, now, is_named=is_named)
    is_next_week = match["weekday"] and not match["next"] and day == now.date()
    if is_next_week and (found is None or found.at <= now):
        return _on_day(match, day + dt.timedelta(weeks=1), now, is_named=True)
    return found


def _on_day(match: re.Match[str], day: dt.date, now: dt.datetime, *, is_named: bool) -> Appointment | None:
    part = _PARTS.get(match["part"] or "")
    if match["hour"]:
        return _at_hour(match, day, part, now, is_named=is_named)
    if part is not None:
        return _in_part(part, day, now, is_named=is_named)
    return Appointment(_moment(day, dt.time(_USUAL_HOUR), now), _said_day(day, now))


def _day(match: re.Match[str], today: dt.date) -> tuple[bool, dt.date | None]:
    """Whether a day is named, and which; None for one that can't be."""
    if match["day"]:
        return True, today + dt.timedelta(days=_DAYS[match["day"]])
    if match["weekday"]:
        return True, _weekday(match["weekday"], match["next"] or "", today)
    if match["weeks"]:
        monday = today - dt.timedelta(days=today.weekday())
        return True, monday + dt.timedelta(weeks=match["weeks"].count("下"))
    if match["days"] or match["days_on"]:
        return True, today + dt.timedelta(days=whole_number(match["days"] or match["days_on"]) or 0)
    if match["date"]:
        month = whole_number(match["month"]) if match["month"] else None
        return True, _date(month, whole_number(match["date"]) or 0, today)
    return False, today


def _weekday(name: str, which: str, today: dt.date) -> dt.date | None:
    weekday = 5 if name == "末" else 6 if name == "天" else _WEEKDAYS.index(name)
    ahead = weekday - today.weekday()
    if "下" in which:
        return today + dt.timedelta(days=ahead, weeks=which.count("下"))
    if which:
        return today + dt.timedelta(days=ahead) if ahead >= 0 else None
    return today + dt.timedelta(days=ahead % 7)


def _date(month: int | None, day: int, today: dt.date) -> dt.date | None:
    """The next day of that number."""
    for ahead in range(_MOST_DAYS + 1):
        candidate = today + dt.timedelta(days=ahead)
        if candidate.day == day and month in (None, candidate.month):
            return candidate
    return None


def _at_hour(
    match: re.Match[str], day: dt.date, part: _Part | None, now: dt.datetime, *, is_named: bool
) -> Appointment | None:
    hour, more = _hour(match["hour"])
    if hour is None:
        return None
    minute = _minute(match) or more
    times = [dt.time(hour, minute) for hour in _hours(hour, part)]
    if match["before"]:
        times = [dt.time(time.hour - 1, time.minute) for time in times if time.hour]
    for time in times:
        if _moment(day, time, now) > now:
            return _at(day, time, now, is_named=True)
    return _at(day, times[0], now, is_named=is_named) if times else None


def _hour(words: str) -> tuple[int | None, int]:
    """The hour, and the minutes that 三四点 adds to it."""
    if len(words) == 2 and words[0] != "十" and words[1] != "十":
        first, second = (whole_number(word) for word in words)
        return (first, 30) if first is not None and second == first + 1 else (None, 0)
    hour = whole_number(words)
    return (hour if hour is not None and hour < 24 else None), 0


def _minute(match: re.Match[str]) -> int:
    if match["half"]:
        return 30
    if match["quarters"]:
        return 15 * (whole_number(match["quarters"]) or 0)
    return whole_number((match["minutes"] or "零").lstrip("零") or "零") or 0


def _hours(hour: int, part: _Part | None) -> list[int]:
    """The hours of the day that may be meant, the earlier one first."""
    if hour > 12:
        return [hour]
    if part is None:
        return [h for h in (hour, hour + 12) if _FIRST_HOUR <= h <= _LAST_HOUR]
    if part is _NOON:
        return [hour + 12 if hour < 6 else hour]
    if part.is_afternoon:
        return [hour + 12] if hour < 12 else [12] if part is _AFTERNOON else []
    return [hour]


def _in_part(part: _Part, day: dt.date, now: dt.datetime, *, is_named: bool) -> Appointment | None:
    """A part of the day without an hour; of one that has begun, an hour from now."""
    usual = _moment(day, dt.time(part.usual), now)
    if usual <= now:
        usual = (now + dt.timedelta(hours=1)).replace(second=0, microsecond=0)
        if usual.date() != day or usual.hour >= part.end:
            return None if is_named else _in_part(part, day + dt.timedelta(days=1), now, is_named=True)
    return Appointment(usual, (*_said_day(usual.date(), now), part.name))


def _at(day: dt.date, time: dt.time, now: dt.datetime, *, is_named: bool) -> Appointment | None:
    """The time on that day; on the next where it is past and no day was named."""
    at = _moment(day, time, now)
    if at <= now:
        if is_named:
            return None
        at = _moment(day + dt.timedelta(days=1), time, now)
    days, clock = _said_day(at.date(), now), _CLOCKS.get(time)
    return Appointment(at, (*days, clock) if days and clock else ())


def _moment(day: dt.date, time: dt.time, now: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(day, time, now.tzinfo)


# --- saying it back -----------------------------------------------------------------------------------


def spoken_times() -> tuple[str, ...]:
    """Every piece with which an appointment is said back; each has a recording of its own."""
    weeks = (f"{week}{day}" for week in ("周", "下周") for day in _WEEKDAYS)
    parts = (part.name for part in (_MORNING, _NOON, _AFTERNOON, _EVENING))
    return (*_NEAR_DAYS, *weeks, *parts, *_CLOCKS.values(), *_SPANS.values())


_NEAR_DAYS = ("今天", "明天", "后天")
_SPANS = {
    **{minutes: f"{spell(minutes)}分钟以后" for minutes in (5, 10, 15, 20, 40)},
    30: "半个小时以后",
    60: "一个小时以后",
    90: "一个半小时以后",
    120: "两个小时以后",
    180: "三个小时以后",
}
"""Minutes to the words for them."""


def _clock_words() -> Iterator[tuple[dt.time, str]]:
    for hour in range(_FIRST_HOUR, _LAST_HOUR + 1):
        part = next(p for p in (_MORNING, _NOON, _AFTERNOON, _EVENING) if hour < p.end + (p is _NOON) * -1)
        words = "两" if hour == 14 else spell(hour - 12 if hour > 12 else hour)
        for minute, rest in ((0, ""), (30, "半")):
            yield dt.time(hour, minute), f"{part.name}{words}点{rest}"


_CLOCKS = dict(_clock_words())


def _said_day(day: dt.date, now: dt.datetime) -> tuple[str, ...]:
    """今天, 周六, 下周六; nothing for what is further off."""
    ahead = (day - now.date()).days
    if ahead < len(_NEAR_DAYS):
        return (_NEAR_DAYS[ahead],)
    weeks = (ahead + now.weekday()) // 7
    return ((("周", "下周")[weeks] + _WEEKDAYS[day.weekday()]),) if weeks < 2 else ()
