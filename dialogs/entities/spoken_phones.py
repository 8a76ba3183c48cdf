"""Telephone numbers as people say them: 幺三八，零零幺三，八零零零; 三个八; 零幺零…转八零二. Pure.

The digits of a number may come in groups with pauses and small words between them. What a whole number is,
``campaign.lists.phone_cells`` knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.lists.phone_cells import parse_phones
from campaign.patterns import compiled
from dialogs.language.numerals import whole_number

_VALUES = {
    **{character: str(value) for value, character in enumerate("零一二三四五六七八九")},
    **dict(zip("〇洞两拐勾", "00279", strict=True)),
    **dict.fromkeys("幺妖夭腰邀", "1"),
}
"""Characters to digits, with what recognisers write for 幺."""
_D = f"[{''.join(_VALUES)}]"
_PLAIN = "[零〇一二三四五六七八九幺]"
_ELEMENT = compiled(
    rf"""(?P<times>[两二三四五六七八九])个(?P<repeated>{_PLAIN})      # 四个八
    | (?P<tens>[二三四五六七八九]?十[一二三四五六七八九]?)(?=,|{_PLAIN}|$)  # 十二 in a group of its own
    | (?P<digit>{_D}|要(?=[三四五六七八九]{_PLAIN}))
    | (?P<extension>转(?:分机)?号?是?|分机号?是?)
    | (?P<between>(?:[,;]|(?:再)?然后|接着|接下来|后[面头边]是?|区号是?|中间是?|前面是?
        |电话号?码?是?|座机号?码?是?|[嗯啊呃额哦]|那个
        |减|杠|横杠|横线|号码?是|是(?={_D}))+)""",
    re.VERBOSE,
)
_COUNTRY = compiled("^(?:0086|86)(?=1[3-9])")
_LONGEST_EXTENSION = 6
_AREA_CODE = "010"
"""Of any place: to see whether digits are a local number."""


@dataclass(frozen=True)
class PhoneDigits:
    """Digits that were said one after the other."""

    digits: str
    extension: str
    start: int
    end: int
    """Where in the text."""

    @property
    def number(self) -> str:
        """The whole number, with 转 and its extension; empty where the digits are none."""
        digits = _COUNTRY.sub("", self.digits)
        if self.is_local or _is_whole(digits):
            return f"{digits}转{self.extension}" if self.extension else digits
        return ""

    @property
    def is_local(self) -> bool:
        """Whether the area code is missing."""
        return not _is_whole(self.digits) and parse_phones(self.digits, _AREA_CODE).numbers == (
            _AREA_CODE + self.digits,
        )


def _is_whole(digits: str) -> bool:
    return parse_phones(digits).numbers == (digits,)


def phone_digits(text: str) -> Iterator[PhoneDigits]:
    """Every run of digits, in the order in which they are said."""
    position = 0
    while position < len(text):
        run = _run(text, position)
        if run is not None and run.digits:
            yield from _halved(run)
        position = max(run.end if run is not None else 0, position + 1)


def _run(text: str, start: int) -> PhoneDigits | None:
    """The digits from there on, up to a word that is none of them."""
    digits, extension, is_extension, position = "", "", False, start
    while match := _ELEMENT.match(text, position):
        if match["extension"]:
            if not digits:
                return None
            is_extension = True
        elif match["between"]:
            if position == start:
                return None
        elif is_extension:
            extension += _said(match)
        else:
            digits += _said(match)
        position = match.end()
    if not digits:
        return None
    return PhoneDigits(digits, extension[:_LONGEST_EXTENSION], start, position)


def _said(match: re.Match[str]) -> str:
    if match["times"]:
        return _VALUES[match["repeated"]] * (whole_number(match["times"]) or 0)
    if match["tens"]:
        return str(whole_number(match["tens"]))
    return _VALUES.get(match["digit"], "1")


def _halved(run: PhoneDigits) -> Iterator[PhoneDigits]:
    """Once where a number is said twice without a word between."""
    half, rest = divmod(len(run.digits), 2)
    if not rest and half >= len("62345678") and run.digits[:half] == run.digits[half:]:
        yield PhoneDigits(run.digits[:half], run.extension, run.start, run.end)
    yield run
