"""Spoken numbers: Arabic digits to Chinese words, Chinese words to values.

Whole numbers are read as cn2an reads them, which the tests hold this against; loading it would take a sixth
of a second and reading one number with it a quarter of a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from campaign.patterns import compiled
from dialogs.language.temperature_parts import told_in_parts

_DIGITS = "零一二三四五六七八九"
_NUMBER = compiled(r"(?<![A-Za-z\d])(\d+)(?:[.．](\d+))?")
"""Not the 95 of N95, which is a name."""
NUMBER_CHARACTERS = "零一二两三四五六七八九十点度半"
_NUMERALS = frozenset("零一二两三四五六七八九十")
OF_TEMPERATURES = frozenset("一二三四五六七八九十卅")
"""One of these at least is in every temperature."""
_UNITS = {"十": 10, "百": 100, "千": 1000}
_WHOLE = compiled(r"[零〇一二两三四五六七八九十百千]+")


@lru_cache(maxsize=1_000)
def spell(number: int) -> str:
    """36 -> 三十六; the words a person would say, from 0 to 9999."""
    if number < 10:
        return _DIGITS[number]
    words = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += _DIGITS[digit] + name
        elif words and not words.endswith("零"):
            words += "零"
    words = words.rstrip("零")
    return words.removeprefix("一") if 9 < number < 20 else words


def spell_digits(text: str) -> str:
    """Every Arabic number as Chinese words: 36.5度 -> 三十六点五度, 365 -> 三六五, 14天 -> 十四天."""
    return _NUMBER.sub(_spelt, text)


def _spelt(match: re.Match[str]) -> str:
    whole, decimals = match.group(1), match.group(2)
    tail = "点" + _one_by_one(decimals) if decimals else ""
    return (_one_by_one(whole) if _is_string_of_digits(whole) else spell(int(whole))) + tail


def _is_string_of_digits(whole: str) -> bool:
    # 365 is how recognisers write 三六五 (a temperature); years and codes are read digit by digit as well.
    return len(whole) > 2 or (len(whole) > 1 and whole.startswith("0"))


def _one_by_one(digits: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in digits)


@lru_cache(maxsize=2_000)
def whole_number(words: str) -> int | None:
    """三十六 -> 36, 俩 -> 2, 三百五 -> 350, 一二 -> 12; None when it is no number below ten thousand."""
    words = words.replace("俩", "二").replace("仨", "三").replace("两", "二").replace("〇", "零")
    if not _WHOLE.fullmatch(words):
        return None
    if not _UNITS.keys() & set(words):
        return int("".join(str(_DIGITS.index(character)) for character in words))
    words = _in_full(words)
    if _WRITTEN.fullmatch(words):
        return _value(words)
    short = _CUT_SHORT.fullmatch(words)
    return _value(words + _NEXT_UNIT[short["unit"]]) if short else None


def _in_full(words: str) -> str:
    """百十五 and 千五十 with what is left out: 百一十五, 千零五十."""
    words = words.replace("零十", "零一十").replace("零百", "零一百")
    words = _LACKS_ZERO.sub("千零", words).replace("百十", "百一十")
    return words.replace("零十", "零一十")


_LACKS_ZERO = compiled("千(?=[零一二三四五六七八九]?十)")
_ONES = "[一二三四五六七八九]"
_HUNDREDS = f"{_ONES}百(?:零{_ONES}|{_ONES}十{_ONES}?)?"
_TENS = f"{_ONES}?十{_ONES}?"
_WRITTEN = compiled(f"{_TENS}|{_HUNDREDS}|{_ONES}千(?:零(?:{_TENS}|{_ONES})|{_HUNDREDS})?")
_CUT_SHORT = compiled(
    "(?=...)(?:[零一二三四五六七八九]{0,2}[十百千])*[零一二三四五六七八九]{0,2}(?P<unit>[百千])[零一二三四五六七八九]"
)
_NEXT_UNIT = {"千": "百", "百": "十"}
"""三千五 is 三千五百."""


def _value(words: str) -> int:
    total, unit = 0, 1
    for character in reversed(words):
        if character in _UNITS:
            unit = _UNITS[character]
        else:
            total += _DIGITS.index(character) * unit
    return total + _UNITS.get(words[0], 0)


def keeps_numerals(written: str, repaired: str) -> bool:
    """Whether a repair leaves every numeral that was written as it is: a 三 that was heard is no 四."""
    if _NUMERALS.isdisjoint(written):
        return True
    rest = iter(character for character in repaired if character in _NUMERALS)
    return all(character in rest for character in written if character in _NUMERALS)


ROUGHLY = 0.85
"""Clearness of 三十六度五左右."""


class Temperature(NamedTuple):
    value: float
    """Degrees Celsius, one decimal; not checked against any range."""
    start: int
    end: int
    """Where in the text."""
    confidence: float
    """How clearly the words say so: 1 for 三十六度五, less for 三十六 alone, 六度五 or 三十七度多."""


_DIGIT = "[零〇一幺二三四五六七八九]"
_NO_DEGREES = (
    "(?:[室号房栋层块元岁斤秒码寸%]|楼(?![上下里])|路(?!上)|年(?![纪年轻龄老])|月(?!月)|平(?![时常日素稳平安])|米(?!饭)"
    "|天(?![刚还蒙生儿气亮冷热凉黑寒干天])|个(?!子)|口(?![干渴罩苦])|人(?=口|都|$|,)|位(?!置)|家(?![里人中属长]))"
)
"""After a number: it counts something else, 四零二室; 五 of 三十六度五天生的 counts nothing."""
_TEN = "十(?![一二]?点|[四几来]天)"
"""The ten of a number that goes on, 三百五十; of no hour and no days: 三十八十一点又量, 三十六度一十四天."""
_OF_A_WORD = (
    f"一(?:切|直|家|块|般|共|向|起|定|律|样|个人|点儿?(?:都|也|不|没|事))|{_DIGIT}(?:口(?![干渴罩苦])|个人)"
)
"""After 度 such a digit is no decimal: 三十六度一切正常, 三十八度六口人."""
_PAUSE = (
    "(?:,点儿?,点|,点儿?,?|点儿,?|点,|,(?:[嗯啊呃额哦],)?点?儿?"
    "(?:(?:后[头面边]|末尾|最后)(?:[那的]?一?[个位])?+(?:小数|数字?|码)?|零头|尾数|小数点?后?面?|尾巴上?)[还就又]*"
    "(?:跟着|带着|带|是|有|加)*(?:一?个)?小?|[还又]?带着?个小?)"
)
"""Between the degrees and their decimal: 三十六，点，七; 三十六，后头一个九."""
_TENTHS = f"(?:(?:{_DIGIT}|两)(?:分(?![钟之])|个?小?格)|零?点{_DIGIT}(?!十)度?|半度(?!的))"
_BY = {"半": 0.5, "两": 0.2}
_TEMPERATURE = compiled(
    rf"""(?P<lacks>[差缺欠]{_TENTHS}(?:就?到|就)?(?=[三四]十))?(?>(?:
      (?P<slow>[三四],?十?,{_DIGIT},(?:点|度),?{_DIGIT}(?!十))     # 三、六、点、四
      | (?P<paused>[三四]十(?P<one>{_DIGIT})?)度?(?:    # 三十六，点，七; 三十六，七
          [又零加,]+十分之(?P<tenths>{_DIGIT})度?
        |
          {_PAUSE}(?P<last>{_DIGIT})(?![度点十个]|{_DIGIT})
        | ,?(?P=one)[度点](?P<again>{_DIGIT})(?=[度,]|$)   # 三十六度，六度八
        | ,(?:[嗯啊呃额哦],?)?(?P<alone>{_DIGIT}|半)(?=,|$|刚))
      | (?P<tens>(?<![百千])(?:[一二三四五六七八九]?十|卅))(?P<ones>(?!幺){_DIGIT}(?!{_TEN}))?  # 三十六, 四十
      | (?P<heard>三一|四一)(?P<heard_ones>{_DIGIT})(?=[度点]*{_DIGIT})   # 三一六度八: 十 heard as 一
      | (?P<two>(?<!{_DIGIT})[三四]{_DIGIT})(?=[度点整]|{_DIGIT}|半)         # 三六度五, 三六五, 三六整
      | (?P<short>(?<!{_DIGIT})(?<!十)[五六七八九])(?=[度点])   # 六度五: the thirty left out
    )
    (?P<unit>摄氏度|度点|点点?|度)?
    (?P<decimal>(?!{_OF_A_WORD})(?:{_DIGIT}(?={_DIGIT}[遍趟])|{_DIGIT}{{1,2}}+)(?!{_TEN}|百)|半)?
    (?P<exact>整|零|(?<=度)平(?=$|,))?
    (?:度(?!{_DIGIT}))?
    (?P<change>(?:(?(decimal)|,?)还?[差缺欠少短]|,?(?:再[加添多]|又)|[加添多过超])了?个?{_TENTHS}(?!度?[就才便](?:到|是|够)?[三四]十)|(?(decimal)|,?)还?[差缺欠少][一二两三四五](?=,|$|就是|[三四]十))?
    (?P<about>多|左右|上下|几)?)(?!{_NO_DEGREES})""",
    re.VERBOSE,
)


@lru_cache(maxsize=256)
def temperatures(text: str) -> tuple[Temperature, ...]:
    """Every temperature that the words may mean, in the order in which they are said; asked several times a
    sentence."""
    parts = told_in_parts(text)
    if not parts:
        return tuple(_connected(text))
    whole = (t for t in _connected(text) if all(t.start >= p.end or t.end <= p.start for p in parts))
    return tuple(sorted([*whole, *(Temperature(*one, 1.0) for one in parts)], key=lambda t: t.start))


def _connected(text: str) -> Iterator[Temperature]:
    """Those that are said in one go, or with a pause."""
    for match in _TEMPERATURE.finditer(text):
        yield Temperature(round(_degrees(match), 2), match.start(), match.end(), _clearness(match))


def _degrees(match: re.Match[str]) -> float:
    """The reading, with what it is said to lack or to have beside: 差一分三十七, 三十九，再加半度."""
    change = match["change"] or ""
    is_more = any(word in change for word in "加添多过超又")
    return _read(match) - _tenths(match["lacks"]) + _tenths(change) * (1 if is_more else -1)


def _tenths(words: str | None) -> float:
    """两分 -> 0.2, 半度 -> 0.5."""
    amount = _AMOUNT.search((words or "").replace("零点", ""))
    if amount is None:
        return 0.0
    return _BY.get(amount[0]) or _digit(amount[0]) / 10


_AMOUNT = compiled(f"{_DIGIT}|[半两]")


def _read(match: re.Match[str]) -> float:
    if match["slow"]:
        return temperatures(match["slow"].replace(",", ""))[0].value
    if match["paused"]:
        tenths = match["tenths"] or match["last"] or match["again"] or match["alone"]
        return (whole_number(match["paused"]) or 0) + _fraction(tenths)
    if match["tens"]:
        whole = (whole_number(match["tens"].replace("卅", "三十")) or 0) + (
            _DIGITS.find(match["ones"]) if match["ones"] else 0
        )
    elif match["heard"]:
        whole = 10 * _digit(match["heard"][0]) + _digit(match["heard_ones"])
    elif match["two"]:
        whole = int("".join(str(_digit(character)) for character in match["two"]))
    else:
        whole = 30 + _digit(match["short"])
    return whole + _fraction(match["decimal"])


def _digit(character: str) -> int:
    return _DIGITS.index(character.replace("〇", "零").replace("幺", "一"))


def _is_between(decimal: str) -> bool:
    return len(decimal) == 2 and _digit(decimal[1]) == _digit(decimal[0]) + 1


def _fraction(decimal: str | None) -> float:
    if not decimal:
        return 0.0
    # Two decimals are cut, not rounded: 三十七度二五 is below 37.3.
    return 0.5 if decimal == "半" else _digit(decimal[0]) / 10


def _clearness(match: re.Match[str]) -> float:
    if any(match[part] for part in ("slow", "paused", "exact", "lacks", "change")):
        return 1.0  # 三十六度整 has no decimal to lose
    if match["decimal"] and _is_between(match["decimal"]) and match["unit"] not in ("点", "点点"):
        return 0.5  # 三十七度二三: somewhere between
    if (
        match["short"]
        or _lacks_its_decimal(match)
        or (match["about"] and (not match["decimal"] or match["about"] in "多几"))
    ):
        return 0.5
    if match["decimal"] is None and _degrees(match) < 37.5:
        return 0.55  # 三十七度… may have lost its decimal; a fever stays a fever
    if match["about"]:
        return ROUGHLY
    return 1.0 if not match["heard"] and (match["unit"] or match["decimal"]) else 0.7


def _lacks_its_decimal(match: re.Match[str]) -> bool:
    """三十八点 before digits that are none of it: 三十八点二二百五的二."""
    unit, after = match["unit"] or "", match.string[match.end() : match.end() + 1]
    return unit.endswith("点") and not match["decimal"] and bool(after) and after in _NUMERALS
