"""What is written in a prompt, in the words that a person would say: 14:30 -> 下午两点半.

Text normalisation by WeTextProcessing's grammars, after the rules of this field:
on a telephone a 一 is easily taken for a 七, so that numbers which name something (telephones, rooms, houses
from 100 on) are said digit by digit with 幺; temperatures as in the surgery (三十七度三); times by the part
of the day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from campaign.patterns import compiled
from dialogs.language.numerals import spell
from dialogs.speech.grammars import normalised

EDITION = 1
"""Raised when the same text has begun to be read differently: what was synthesised is then made anew."""

_DIGITS = "零幺二三四五六七八九"
_TO_PLAIN = str.maketrans("０１２３４５６７８９．％－＋／〇", "0123456789.%-+/零")
_COLON = compiled(r"(?<=[0-9])：(?=[0-9])")
_NEEDS_READING = compiled(r"[0-9A-Za-z℃°％%￥¥〇０-９]")
_IS_LEFT = compiled("[0-9%￥¥]")
_IN_BRACES = compiled(r"(\{[^{}]*\})")
_CLAUSES = compiled(r"[^，。！？；、…]+|[，。！？；、…]+")
_RANGE = r"\s*(?:-|~|～|—+|–|－|至|到)\s*"

_Match = re.Match[str]
_Rule = tuple[re.Pattern[str], Callable[[_Match], str]]


@cache
def spoken_form(text: str) -> str:
    """The text in Chinese words only, punctuation kept; what is in words already stays as it is.

    Letters are said by their names where they stand alone or as an abbreviation (A座, CT); longer foreign
    words stay, and so does what is in braces.
    """
    if not _NEEDS_READING.search(text):
        return text
    return "".join(
        part if _IN_BRACES.fullmatch(part) else _said(part) for part in _IN_BRACES.split(text) if part
    )


def _said(text: str) -> str:
    text = _COLON.sub(":", text.translate(_TO_PLAIN))
    for pattern, say in _RULES:
        text = pattern.sub(say, text)
    return "".join(
        normalised(clause) if _IS_LEFT.search(clause) else clause for clause in _CLAUSES.findall(text)
    )


def by_digits(digits: str) -> str:
    """110 -> 幺幺零; what is no digit is left out."""
    return "".join(_DIGITS[int(digit)] for digit in digits if digit.isdigit())


def _grouped(digits: str, *sizes: int) -> str:
    """With a pause between the groups, as one dictates a number."""
    starts = [sum(sizes[:index]) for index in range(len(sizes) + 1)]
    groups = [digits[start:end] for start, end in zip(starts, [*starts[1:], len(digits)], strict=True)]
    return "，".join(by_digits(group) for group in groups if group)


def _decimal(written: str) -> str:
    whole, _, rest = written.partition(".")
    rest = rest.rstrip("0")
    return spell(int(whole)) + ("点" + "".join("零一二三四五六七八九"[int(d)] for d in rest) if rest else "")


# --- telephone numbers ----------------------------------------------------------------------------------


def _mobile(match: _Match) -> str:
    return _grouped(re.sub(r"\D", "", match["mobile"]), 3, 4)


def _landline(match: _Match) -> str:
    number = re.sub(r"\D", "", match["number"])
    extension = f"，转{by_digits(match['ext'])}" if match["ext"] else ""
    return f"{by_digits(match['area'])}，{_grouped(number, len(number) - 4)}{extension}"


def _service(match: _Match) -> str:
    digits = re.sub(r"\D", "", match[0])
    return _grouped(digits, 3, 3)


def _named(match: _Match) -> str:
    digits = match["digits"]
    return match["name"] + (_grouped(digits, len(digits) - 4) if 7 <= len(digits) <= 8 else by_digits(digits))


# --- addresses ------------------------------------------------------------------------------------------


def _house(number: str) -> str:
    """A number that names a house: 2 -> 二, 12 -> 十二, 118 -> 幺幺八, 300 -> 三百."""
    is_counted = len(number) < 3 or (number.endswith("00") and not number.startswith("0"))
    return spell(int(number)) if is_counted else by_digits(number)


def _door(match: _Match) -> str:
    """3-2-501 -> 三号楼二单元五零幺."""
    return f"{_house(match['house'])}号楼{_house(match['unit'])}单元{by_digits(match['room'])}"


def _numbered(match: _Match) -> str:
    return _house(match["number"]) + match["kind"]


def _room(match: _Match) -> str:
    return by_digits(match["room"])


# --- time, temperature, money ---------------------------------------------------------------------------


def _part_of_day(hour: int) -> str:
    if hour % 24 == 0:
        return "夜里"
    if hour < 12:
        return "上午" if hour >= 6 else "凌晨"
    return "中午" if hour == 12 else "下午" if hour < 18 else "晚上"


def _minutes(minute: int) -> str:
    if minute in (0, 30):
        return "半" if minute else ""
    return f"{'零' if minute < 10 else ''}{spell(minute)}分"


def _clock(hour: int, minute: int, written_part: str = "", before: str = "") -> str:
    """Hours by the part of the day, which is said once: ``before`` is what was said a moment ago."""
    if written_part or (hour <= 12 and not before):
        said = hour - 12 if 12 < hour <= 24 else hour
        return f"{written_part}{_hour(said)}点{_minutes(minute)}"
    part = _part_of_day(hour)
    told = "" if part == before else part
    return f"{told}{_hour(hour - 12 if hour > 12 else hour)}点{_minutes(minute)}"


def _hour(hour: int) -> str:
    return "两" if hour == 2 else spell(hour)


def _time(match: _Match) -> str:
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour > 24 or minute > 59:
        return match[0]
    return _clock(hour, minute, match["part"] or "", "" if hour <= 12 else "-")


def _times(match: _Match) -> str:
    """9:00-17:00 -> 上午九点到下午五点; 9:00-11:30 -> 九点到十一点半."""
    first, last = int(match["h1"]), int(match["h2"])
    minutes = int(match["m1"]), int(match["m2"])
    if max(first, last) > 24 or max(minutes) > 59:
        return match[0]
    written, written_last = match["part"] or "", match["part2"] or ""
    if written or written_last:
        return f"{_clock(first, minutes[0], written)}到{_clock(last, minutes[1], written_last or written)}"
    if first <= 12 and last <= 12:
        return f"{_clock(first, minutes[0])}到{_clock(last, minutes[1])}"
    part = _part_of_day(first)
    return f"{_clock(first, minutes[0], before='-')}到{_clock(last, minutes[1], before=part)}"


def _oclock(match: _Match) -> str:
    hour = int(match["hour"])
    if hour > 24:
        return match[0]
    return _clock(hour, 0, match["part"] or "", "-" if 12 < hour <= 24 else "")


def _degrees(written: str) -> str:
    """-5 -> 零下五度, 37.3 -> 三十七度三, 36.55 -> 三十六点五五度."""
    below = "零下" if written.startswith("-") else ""
    whole, _, rest = written.lstrip("-").partition(".")
    if len(rest) > 1:
        return f"{below}{_decimal(written.lstrip('-'))}度"
    return f"{below}{spell(int(whole))}度{spell(int(rest)) if rest.strip('0') else ''}"


def _temperature(match: _Match) -> str:
    return _degrees(match["degrees"])


def _temperatures(match: _Match) -> str:
    return f"{_degrees(match['from'])}到{_degrees(match['to'])}"


def _month_and_day(match: _Match) -> str:
    return f"{spell(int(match['month']))}月{spell(int(match['day']))}{match['kind'] or '日'}"


def _money(match: _Match) -> str:
    return f"{_decimal(match['sum'].replace(',', ''))}元"


# --- letters --------------------------------------------------------------------------------------------

_NAMES_OF_LETTERS = (
    "A诶 B必 C西 D弟 E衣 F艾福 G鸡 H艾尺 I爱 J街 K开 L艾勒 M艾姆 N恩 O欧 P批 Q秋 R阿 S艾丝 T踢 U优 V维 "
    "W达不溜 X艾克斯 Y歪 Z贼"
)
_LETTERS = {name[0]: name[1:] for name in _NAMES_OF_LETTERS.split()}


def _letters(match: _Match) -> str:
    return "".join(_LETTERS[letter] for letter in match[0].upper())


# --- the table ------------------------------------------------------------------------------------------

_NO_DIGIT = r"(?![0-9])"
_PART = "(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里)?"
_CLOCK = r"(?<![0-9:])(?P<h1>[0-9]{1,2}):(?P<m1>[0-9]{2})"
_CLOCK_AFTER = _PART.replace("part", "part2") + "(?P<h2>[0-9]{1,2}):(?P<m2>[0-9]{2})分?"
_ANY_DEGREES = r"-?[0-9]{1,2}(?:\.[0-9]+)?"
_OF_A_BODY = r"(?:3[4-9]|4[0-3])\.[0-9]"
_CELSIUS = "(?:℃|°C|摄氏度)"
_PLACES = "号楼|号院|单元|楼层|栋|幢|座|弄|楼|层|路"
_BEFORE_DIGITS = "拨打|拨|致电|打|电话|热线|座机|号码|尾号|后四位|验证码|编号|工号|邮编|分机|按键|短号"


def _rule(pattern: str, say: Callable[[_Match], str] | str) -> _Rule:
    return compiled(pattern), say if callable(say) else lambda match: say


_RULES: Sequence[_Rule] = [
    # What is dictated: mobile, landline with area code, 400 numbers, and what a word names as a number.
    _rule(r"(?<![0-9])(?:\+?86[- ]?)?(?P<mobile>1[3-9][0-9]([- ]?)[0-9]{4}\2[0-9]{4})" + _NO_DIGIT, _mobile),
    _rule(
        r"(?<![0-9])\(?(?P<area>0(?:10|2[0-9]|[3-9][0-9]{2}))\)?[- ]?"
        r"(?P<number>[2-8][0-9]{2,3}[- ]?[0-9]{4})(?:(?:[-转#]|分机)(?P<ext>[0-9]{1,6}))?" + _NO_DIGIT,
        _landline,
    ),
    _rule("(?<![0-9])[48]00-?[0-9]{3}-?[0-9]{4}" + _NO_DIGIT, _service),
    _rule(
        f"(?P<name>(?:{_BEFORE_DIGITS})(?:号码)?[是为：: ]*)"
        "(?P<digits>[0-9]{3,8})(?![0-9.:]|[个次元人户天年]|号楼)",
        _named,
    ),
    _rule(
        "(?<![0-9])(?P<name>)(?P<digits>1[0-9]{2,4}|9[0-9]{4,5})(?=(?:服务)?(?:热线|急救|报警|电话))", _named
    ),
    # Days.
    _rule(
        r"(?<![0-9./])(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2[0-9]|3[01])(?P<kind>)(?![0-9/])",
        _month_and_day,
    ),
    _rule(
        "(?<![0-9.])(?P<month>0?[1-9]|1[0-2])月(?P<day>[0-3]?[0-9])(?P<kind>日|号(?!楼|院))", _month_and_day
    ),
    # Times.
    _rule(_PART + _CLOCK + _RANGE + _CLOCK_AFTER + _NO_DIGIT, _times),
    _rule(_PART + "(?<![0-9:.])(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::[0-9]{2})?分?(?![0-9:])", _time),
    _rule(_PART + "(?<![0-9.])(?P<hour>[0-9]{1,2})点(?![0-9])", _oclock),
    # Temperatures.
    _rule(
        f"(?<![0-9.])(?P<from>{_ANY_DEGREES})(?:{_CELSIUS}|度)?{_RANGE}(?P<to>{_ANY_DEGREES}){_CELSIUS}",
        _temperatures,
    ),
    _rule(f"(?<![0-9.])(?P<degrees>{_ANY_DEGREES}){_CELSIUS}", _temperature),
    _rule(f"(?<![0-9.])(?P<from>{_OF_A_BODY})度?{_RANGE}(?P<to>{_OF_A_BODY})度", _temperatures),
    _rule(f"(?<![0-9.])(?P<degrees>{_OF_A_BODY})度", _temperature),
    # Addresses.
    _rule(
        "(?<![0-9-])(?P<house>[0-9]{1,3})(?:号楼|栋|幢|#)?-(?P<unit>[0-9]{1,2})(?:单元)?-"
        "(?P<room>[0-9]{3,4})(?![0-9-])",
        _door,
    ),
    _rule("(?P<number>[0-9]{1,3})#楼?(?P<kind>)", lambda match: f"{_house(match['number'])}号楼"),
    _rule("(?<=单元|号楼)-?(?P<room>[0-9]{3,4})(?![0-9.])", _room),
    _rule("(?<=[栋幢座楼])-?(?P<room>[0-9]{3,4})(?![0-9.])", _room),
    _rule("(?<![0-9.])(?P<room>[0-9]{3,4})(?=室|房间|号房|房)", _room),
    _rule(f"(?<![0-9.第])(?P<number>[0-9]{{1,4}})(?P<kind>{_PLACES})", _numbered),
    _rule("(?<=[路街弄巷道里村])(?P<number>[0-9]{1,4})(?P<kind>号)", _numbered),
    _rule("第(?P<number>[0-9]{1,4})(?![0-9.])", lambda match: f"第{spell(int(match['number']))}"),
    # Quantities that the grammars miss.
    _rule(r"(?<=[%日号元度])\s*(?:-|~|～|—+|–|－)\s*(?=[0-9])", "到"),
    _rule(r"(?<=[0-9])\s*(?:～|—+|–)\s*(?=[0-9])", "到"),
    _rule("(?<=[0-9])[×xX*](?=[0-9])", "乘"),
    _rule(r"[￥¥](?P<sum>[0-9][0-9,]{0,4}(?:\.[0-9]+)?)元?(?![0-9])", _money),
    _rule(r"(?<![0-9.,])(?P<sum>[0-9]{1,4}\.[0-9]+)元", _money),
    _rule("(?<=N)95(?![0-9])", "九五"),
    # Letters that stand for themselves.
    _rule(r"(?<![A-Za-z])(?:[A-Z]{1,5}|[a-z])(?![A-Za-z])(?!\s*[0-9]*(?:kg|ml|km|cm|mm))", _letters),
]
"""Pattern and what is said for it, applied from top to bottom; what they leave is wetext's."""
