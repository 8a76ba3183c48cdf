"""A temperature read from an American thermometer: 华氏九十八度六. Pure."""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.language.numerals import temperatures, whole_number

_READING = compiled(
    "(?P<whole>九十[四五六七八九]|一百(?:零[一二三四五六七八]|一十)?)(?:度|点)*(?P<tenths>[一二三四五六七八九])?(?!十)"
)
_CELSIUS = range(34, 44)


def told_in_fahrenheit(text: str) -> float | None:
    """The reading in degrees Celsius; None without one, or where another reading contradicts it."""
    if "华氏" not in text:
        return None
    read = {_celsius(match) for match in _READING.finditer(text)}
    read |= {told.value for told in temperatures(text) if int(told.value) in _CELSIUS}
    return read.pop() if len(read) == 1 else None


def _celsius(match: re.Match[str]) -> float:
    degrees = (whole_number(match["whole"]) or 0) + (whole_number(match["tenths"] or "") or 0) / 10
    return round((degrees - 32) / 1.8, 1)
