"""Telephone numbers of mainland China: out of a messy cell, into digits; and in front of a trunk, into a
dial string.

Rules of the numbering plan (YD/T 1190, and metadata of ``phonenumbers``): mobile ``1[3-9]`` and nine digits;
landline ``0``, area code of two or three digits, seven or eight digits; 400/800/95/96/1xx are services.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import phonenumbers

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10[2-9]\d{7}|2\d[2-9]\d{7}|[3-9]\d\d[2-9]\d{6,7})")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_SERVICE = re.compile(r"(?:0?[48]00\d{7}|9[56]\d{3,6}|1[0-2]\d{1,3}|100\d\d)")
_ID_NUMBER = re.compile(r"\d{17}[\dX]|[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}", re.IGNORECASE)
_FOREIGN = re.compile(r"(?:\+|00)(?!86)[1-9]\d{5,}")
_BEFORE = re.compile(r"(?:\+86|0086|86|17951|17911|12593|17909)(?=\d{10})")
_RUN_OF_MOBILES = re.compile(r"(?:1[3-9]\d{9}){2,}")

_EXTENSION = re.compile(r"\s*(?:转|分机号?|ext|#)\s*[:-]?\s*(\d{1,6})", re.IGNORECASE)
_HIDDEN = re.compile(r"(?<=\d)[xX×]{2,}")
_DASH_EXTENSION = re.compile(r"(.*\d{7,})-(\d{1,5})")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－~～·.‧•_"), "-")
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
_BETWEEN_NUMBERS = re.compile(r"[^0-9+\-()#*\s]+|[\r\n]+")
_SCIENTIFIC = re.compile(r"\d(?:\.(\d+))?[eE]\+?(\d\d)")
_FLOAT_TAIL = re.compile(r"(?<=\d{7})\.0+(?!\d)")
_MOST_DIGITS_SHOWN = 6
"""A spreadsheet that shows a number as 1.38001E+10 keeps so many digits; programs write all of them."""


@dataclass(frozen=True)
class RefusedNumber:
    """Digits in a cell that are no resident's number."""

    text: str
    kind: str
    """bad_phone, extension or service_number."""
    reason: str


@dataclass(frozen=True)
class ParsedPhones:
    """What one cell holds."""

    numbers: tuple[str, ...]
    """Digits, in the order of the cell, each once."""
    refused: tuple[RefusedNumber, ...]


def parse_phones(cell: str, area_code: str = "") -> ParsedPhones:
    """The numbers of one cell.

    Args:
        cell: Text as it stands in the sheet; notes, prefixes, full-width digits and several numbers are fine.
        area_code: For landlines written without one, such as ``010``; empty: they are refused.
    """
    numbers: dict[str, None] = {}
    refused: list[RefusedNumber] = []
    for found in _numbers_of(cell, area_code):
        if isinstance(found, str):
            numbers[found] = None
        else:
            refused.append(found)
    return ParsedPhones(tuple(numbers), tuple(refused))


def _numbers_of(cell: str, area_code: str) -> Iterator[str | RefusedNumber]:
    text = unicodedata.normalize("NFKC", cell).translate(_INVISIBLE).strip()
    if scientific := _SCIENTIFIC.fullmatch(text):
        yield from _from_scientific(text, scientific, area_code)
        return
    text = _FLOAT_TAIL.sub("", text).translate(_DASHES)
    text = _HIDDEN.sub("**", text)
    text = _EXTENSION.sub(lambda match: f"#{match[1]} ", text)
    for chunk in _BETWEEN_NUMBERS.split(text):
        if any(c.isdigit() for c in chunk):
            yield from _numbers_of_chunk(chunk.strip(), area_code)


def _from_scientific(text: str, match: re.Match[str], area_code: str) -> Iterator[str | RefusedNumber]:
    shown = 1 + len((match[1] or "").rstrip("0"))
    if shown <= _MOST_DIGITS_SHOWN:
        reason = "号码被表格软件改成了科学计数法，后几位已经丢失，请把这一列设为“文本”后重新填写"
        yield RefusedNumber(text, "bad_phone", reason)
    else:
        yield from _numbers_of_chunk(str(int(float(text))), area_code)


def _numbers_of_chunk(chunk: str, area_code: str) -> Iterator[str | RefusedNumber]:
    """A chunk is one number with blanks and dashes in it, or several with only blanks between them."""
    whole = _one_number(chunk, area_code)
    if isinstance(whole, str):
        yield whole
        return
    digits = _digits(chunk)
    if _RUN_OF_MOBILES.fullmatch(digits):
        yield from (match[0] for match in _MOBILE.finditer(digits))
        return
    parts = [_one_number(part, area_code) for part in chunk.split()]
    if any(isinstance(part, str) for part in parts):
        yield from parts
    else:
        yield whole


def _one_number(text: str, area_code: str) -> str | RefusedNumber:
    if "*" in text:
        return RefusedNumber(text, "bad_phone", "号码中间打了星号，看不到完整号码")
    if extension := _with_extension(text, area_code):
        return extension
    digits = _digits(text)
    if _FOREIGN.fullmatch(digits):
        return RefusedNumber(text, "bad_phone", "是境外号码，不能拨打")
    digits = _BEFORE.sub("", digits, count=1).lstrip("+")
    if _SERVICE.fullmatch(digits):
        return RefusedNumber(text, "service_number", f"{digits} 是服务号码，不是居民电话")
    number = _mobile(digits) or _landline(digits, area_code)
    return number or RefusedNumber(text, "bad_phone", _refusal(digits))


def _digits(text: str) -> str:
    plus = "+" if text.lstrip(" (").startswith("+") else ""
    return plus + re.sub(r"\D", "", text)


def _with_extension(text: str, area_code: str) -> RefusedNumber | None:
    main, mark, extension = text.partition("#")
    if not mark:
        match = _DASH_EXTENSION.fullmatch(text)
        if match is None:
            return None
        main, extension = match[1], match[2]
    if not isinstance(_one_number(main, area_code), str):
        return None
    reason = f"有分机号 {extension.strip()}，机器不能转分机，请人工拨打"
    return RefusedNumber(text, "extension", reason)


def _mobile(digits: str) -> str | None:
    match = re.fullmatch(rf"0?({_MOBILE.pattern})", digits)
    return match[1] if match else None


def _landline(digits: str, area_code: str) -> str | None:
    if _LANDLINE.fullmatch(digits):
        return digits
    if area_code and _LOCAL.fullmatch(digits) and _LANDLINE.fullmatch(area_code + digits):
        return area_code + digits
    return _with_lost_zero(digits)


def _with_lost_zero(digits: str) -> str | None:
    """Spreadsheets drop the zero of 010-62345678; only a number of a real area code gets it back."""
    candidate = "0" + digits
    if digits.startswith("0") or not _LANDLINE.fullmatch(candidate):
        return None
    is_real = phonenumbers.is_valid_number(phonenumbers.parse(candidate, "CN"))
    return candidate if is_real else None


def _refusal(digits: str) -> str:
    """Why digits are no resident's number."""
    if _ID_NUMBER.fullmatch(digits):
        return "像是身份证号，不是电话号码"
    if _LOCAL.fullmatch(digits):
        return "固定电话缺少区号，请在前面加上区号（如 010-）"
    if digits.startswith("1"):
        return _mobile_refusal(digits)
    if digits.startswith("0"):
        return "固定电话的区号或位数不对（应为区号加 7 到 8 位号码）"
    return "不是完整的电话号码"


def _mobile_refusal(digits: str) -> str:
    if len(digits) != 11:
        return f"手机号应为 11 位，这里是 {len(digits)} 位"
    return f"没有 {digits[:2]} 开头的手机号"


# --- dialling -----------------------------------------------------------------------------------------

KINDS = {
    "any": "所有号码",
    "mobile": "手机",
    "nonlocal_mobile": "外地手机",
    "landline": "固话",
    "local_landline": "本地固话",
    "nonlocal_landline": "外地固话",
}
"""Kinds of numbers that a prefix rule can name."""

_RULE = re.compile(r"([a-z_]+|\d+)\s*(?:-\s*(\d+))?\s*(?:\+\s*(\d+))?")


@dataclass(frozen=True)
class PrefixRule:
    """How a number of the list becomes the digits that the trunk wants."""

    matches: str
    """A key of ``KINDS``, or the digits that the number begins with."""
    remove: str = ""
    """Leading digits to take away."""
    add: str = ""
    """Digits to put in front."""

    @classmethod
    def parse(cls, text: str) -> PrefixRule:
        """``nonlocal_mobile+0``, ``local_landline-010``, ``0-0+9``.

        Raises:
            ValueError: With a Chinese sentence.
        """
        rule = _RULE.fullmatch(text.strip())
        if rule is None or not (rule[2] or rule[3]):
            raise ValueError(
                f"“{text}”应是换号规则，如 mobile+0（手机前加 0）、010-010（去掉 010）、any+9（先拨 9）"
            )
        if not rule[1].isdecimal() and rule[1] not in KINDS:
            raise ValueError(f"没有 {rule[1]} 这种号码，可写 {'、'.join(KINDS)} 或号码开头的数字")
        return cls(rule[1], rule[2] or "", rule[3] or "")

    @property
    def needs_area_code(self) -> bool:
        """Whether it tells our area from others."""
        return "local" in self.matches

    def applies_to(self, number: str, area_code: str = "") -> bool:
        """Whether this rule is for a number; ``area_code`` is our own."""
        if self.matches.isdecimal():
            return number.startswith(self.matches)
        return self.matches in _kinds_of(number, area_code if self.needs_area_code else "")

    def apply(self, number: str) -> str:
        return self.add + number.removeprefix(self.remove)


def _kinds_of(number: str, area_code: str) -> set[str]:
    kinds = {"any", "mobile" if _is_mobile(number) else "landline"}
    if area_code and _is_mobile(number):
        kinds |= set() if is_local_mobile(number, area_code) else {"nonlocal_mobile"}
    elif area_code:
        kinds |= {"local_landline" if number.startswith(area_code) else "nonlocal_landline"}
    return kinds


def dial_string(number: str, rules: Sequence[PrefixRule], area_code: str = "") -> str:
    """What to dial for a number: the first rule that applies is followed, and no other."""
    rule = next((rule for rule in rules if rule.applies_to(number, area_code)), None)
    return rule.apply(number) if rule else number


def is_local_mobile(number: str, area_code: str) -> bool:
    """Whether a mobile number was issued in the area of ``area_code``; so is taken one of unknown origin,
    since most residents have numbers from where they live."""
    issued = _place_of(number)
    cities = _cities_of(area_code)
    return issued in ("", "中国") or any(issued.endswith(city) for city in cities)


@functools.cache
def _cities_of(area_code: str) -> tuple[str, ...]:
    """Cities of an area code without their province, which is not always written alike."""
    places = (_place_of(area_code + "8" * length) for length in (8, 7))
    place = next((place for place in places if place), "")
    return tuple(re.split(r"省|自治区", city)[-1] for city in place.split("、") if city)


def _place_of(number: str) -> str:
    from phonenumbers import geocoder  # half a second to load: only for those who have such a rule

    return str(geocoder.description_for_number(phonenumbers.parse(number, "CN"), "zh"))


def _is_mobile(number: str) -> bool:
    return _MOBILE.fullmatch(number) is not None


def is_area_code(text: str) -> bool:
    """Whether this is an area code with its zero: 010, 027, 0755."""
    return re.fullmatch(r"0(?:10|2\d|[3-9]\d\d)", text) is not None
