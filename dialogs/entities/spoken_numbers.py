"""Numbers with what they count, as people say them: 八十三了, 一千二, 六十五公斤半, 三块五. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from campaign.patterns import any_of, compiled
from dialogs.language.numerals import whole_number

_DIGITS = "零一二三四五六七八九"
_DIGIT = "[零〇一二三四五六七八九]"
_ABOUT = 0.7
"""Confidence of 一百三十来斤, which is near enough for most purposes."""
_ONLY_ABOUT = 0.5
"""Of 七十多 and 快九十: the number itself was not said."""


_BETWEEN = 0.3
"""Of 三五盆."""


class Number(NamedTuple):
    value: float
    """As said, in the unit that was said."""
    unit: str
    """One of the units looked for; another word that a number stands before (岁, 单元); or empty."""
    start: int
    end: int
    """Where in the text, the unit included."""
    confidence: float


_OTHER_UNITS = (
    "公斤|千克|公里|厘米|毫米|平方米|平方|平米|小时|分钟|单元|号楼|栋楼|座楼|"
    "号线|块钱|块|元|毛|分钱|斤|两(?=[,;]|$)|"
    "岁|周岁|楼|层|栋|号|室|门|米|里地|天|日|周|星期|礼拜|个月|月|年|点钟|点(?!"
    + _DIGIT
    + ")|分(?!之)|度|口人|口|"
    "个人|人|位|名|户|个|只|条|头|辆|台|张|间|套|件|次|回|趟|遍|盒|瓶|袋|桶|"
    "片|粒|包|杯|碗|顿|克|升|毫升|千瓦|百分之"
)
_NUMBERED = "层|楼|年级|单元|栋|排|组|期"
"""What 第 only counts through: 第五层 is five, 第二天 is not two."""
_WHOLE = compiled("年级|楼|层|岁|周岁|天|日|周|星期|礼拜|月|年|次|回|遍|趟|顿|号|栋|单元|室|户|个人|人|位|名")
"""Units after which digits tell of something else: 五年级三班."""
_SHORT_OF = compiled("(?:快|将近|接近|不到|没到|不足|(?<!不)超过|快到|奔|小)$")
_ROUGHLY = compiled("左右|上下|差不多|吧$")


def numbers(text: str, units: Iterable[str] = ()) -> Iterator[Number]:
    """Every number in the order in which they are said; ``units`` are the words that count what is meant."""
    for match in _pattern(tuple(units)).finditer(text):
        value = _value(match)
        if value is not None:
            yield Number(value, match["unit"] or "", match.start(), match.end(), _clearness(match))


def _pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    own = any_of(units)
    unit = f"{own}|{_OTHER_UNITS}" if own else _OTHER_UNITS
    return compiled(
        rf"""(?<![几零〇一二两三四五六七八九十百千万点])(?:(?<!第)|(?=[一二三四五六七八九十]+(?:{_NUMBERED})))
        (?P<minus>负|零下)?(?:(?P<n>(?:[零〇一二两俩仨三四五六七八九十百千万]|(?<=十)有(?=[一二三四五六七八九]))+)(?:点(?P<decimals>{_DIGIT}+))?|(?P<only_half>半))
        (?P<about>几|多|来|好几)?(?:个(?=小时|钟头|星期|礼拜))?(?P<and_half>个半(?=小时|钟头|月|礼拜|星期))?(?P<unit>{unit})?
        (?P<more>多(?!少)|出头|挂零)?
        (?:(?P<half>半(?!个|天|年))|(?P<rest>{_DIGIT}{{1,2}})(?P<coin>毛|角)?(?!{_DIGIT}|[两十百千万]|{unit}))?""",
        re.VERBOSE,
    )


def _value(match: re.Match[str]) -> float | None:
    if match["only_half"]:
        return 0.5 if match["unit"] else None
    whole = _whole(match["n"].replace("有", ""))  # 七十有三
    if whole is None:
        return None
    if match["minus"]:
        return -float(whole)
    is_split = match["unit"] and not _WHOLE.fullmatch(match["unit"])
    decimals = match["decimals"] or (match["rest"] if is_split else "") or ""
    if (match["half"] or match["and_half"]) and match["unit"]:
        return whole + 0.5  # 两斤半, 一个半小时
    digits = "".join(str(_DIGITS.index(digit.replace("〇", "零"))) for digit in decimals)
    return float(f"{whole}.{digits}") if digits else float(whole)


def _whole(words: str) -> int | None:
    """八十三, 一千二, 一万二, and 五零二 read digit by digit, as recognisers write 502."""
    if "万" not in words:
        return _below_ten_thousand(words)
    high, low = words.split("万", 1)
    ten_thousands = whole_number(high)
    rest = _below_ten_thousand(low.lstrip("零〇")) if low else 0
    if ten_thousands is None or rest is None:
        return None
    return ten_thousands * 10_000 + rest * (1_000 if len(low) == 1 else 1)


def _below_ten_thousand(words: str) -> int | None:
    if re.search("[十百千]", words):
        return whole_number(words)
    digits = words.replace("俩", "二").replace("仨", "三").replace("两", "二").replace("〇", "零")
    if not digits or "万" in digits:
        return None
    return int("".join(str(_DIGITS.index(digit)) for digit in digits))


def _is_between(words: str) -> bool:
    """三五 and 两三: neither the one nor the other."""
    words = words.rstrip("十百千万")
    return len(words) == 2 and (words == "三五" or words.replace("两", "二") in "一二三四五六七八九")


def _clearness(match: re.Match[str]) -> float:
    before = match.string[: match.start()]
    if _is_between(match["n"] or ""):
        return _BETWEEN
    if match["about"] in ("多", "几", "好几") or match["more"] or _SHORT_OF.search(before):
        return _ONLY_ABOUT
    return _ABOUT if match["about"] else 1.0
