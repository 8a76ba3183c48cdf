"""Years as people say them: 九八年, 零九年, 二零一五年, 三年前, 大前年. Pure: today is an argument."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from campaign.patterns import compiled
from dialogs.language.numerals import whole_number

_DIGITS = "零一二三四五六七八九"
_DIGIT = f"[{_DIGITS}〇]"
_BACK = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3}
_YEAR = compiled(
    f"(?P<full>(?:一九|二零|二〇){_DIGIT}{{2}})年?|(?<!{_DIGIT})(?P<short>{_DIGIT}{{2}})年(?![前了来多半级]|以前|之前)"
    "|(?P<ago>[一二两三四五六七八九十]{1,3})年(?:多)?(?:以前|之前|前)|(?P<back>大前年|前年|去年|今年)"
)
_CENTURY_BEGINS = 40
"""Two digits from which a year is of the last century."""


class Year(NamedTuple):
    year: int
    start: int
    end: int
    """Where in the text."""


def years(text: str, today: date) -> Iterator[Year]:
    """Every year that is named, in the order in which they are said.

    >>> [one.year for one in years("九八年上的班,零九年退的", date(2026, 11, 30))]
    [1998, 2009]
    """
    for match in _YEAR.finditer(text):
        year = _year(match["full"], match["short"], match["ago"], match["back"], today)
        if year is not None:
            yield Year(year, match.start(), match.end())


def _year(full: str | None, short: str | None, ago: str | None, back: str | None, today: date) -> int | None:
    if full:
        return _digits(full)
    if short:
        number = _digits(short)
        return number + (1900 if number >= _CENTURY_BEGINS else 2000)
    if ago:
        number_of_years = whole_number(ago)
        return None if number_of_years is None else today.year - number_of_years
    return today.year - _BACK[back or "今年"]


def _digits(words: str) -> int:
    return int("".join(str(_DIGITS.index(digit)) for digit in words.replace("〇", "零")))
