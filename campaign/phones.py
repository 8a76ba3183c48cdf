"""Telephone numbers of mainland China: digits into a number, and a number into a dial string.

Rules of the numbering plan (YD/T 1190, and metadata of ``phonenumbers``): mobile ``1[3-9]`` and nine digits;
landline ``0``, area code of two or three digits, seven or eight digits; 400/800/95/96/1xx are services.
A number with an extension is written as ``01062345678,801``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import phonenumbers

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0(?:10[2-9][0-9]{7}|2[0-9][2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7})")
LACKS_AREA_CODE = "固定电话缺少区号"
_LOCAL = re.compile(r"[2-9][0-9]{6,7}")
_SERVICE = re.compile(r"(?:0?[48]00[0-9]{7}|9[56][0-9]{3,6}|1[0-2][0-9]{1,3}|100[0-9]{2})")
_ID_NUMBER = re.compile(
    r"[0-9]{17}[0-9X]|[1-9][0-9]{5}[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2}[0-9]{3}", re.IGNORECASE
)
_FOREIGN = re.compile(r"(?:\+|00)(?!86)[1-9][0-9]{5,}")
_BEFORE = re.compile(r"(?:\+86|0086|86|17951|17911|12593|17909)(?=[0-9]{10})")
_RUN_OF_MOBILES = re.compile(r"(?:1[3-9][0-9]{9}){2,}")
_DASH_EXTENSION = re.compile(r"(.*[0-9]{7,})-([0-9]{1,5})")
_MOST_PARTS = 12
"""Parts between blanks in one stretch of digits; more is no list of numbers."""
EXTENSION_MARK = ","


@dataclass(frozen=True)
class RefusedNumber:
    """Digits in a cell that are no resident's number."""

    text: str
    kind: str
    """bad_phone, service_number, not_residents or disused."""
    reason: str
    number: str = ""
    """The number, where it is a sound one that is refused for its owner or its age."""


def read_numbers(text: str, area_code: str = "") -> Iterator[str | RefusedNumber]:
    """The numbers in a stretch of digits, blanks and dashes: one, or several with only blanks between them.

    Args:
        text: May hold ``+``, brackets about an area code, ``*`` for hidden digits, ``#`` and an extension.
        area_code: For landlines written without one; empty: they are refused.
    """
    whole = read_number(text, area_code)
    if isinstance(whole, str):
        yield whole
        return
    digits = _digits(text)
    if _RUN_OF_MOBILES.fullmatch(digits):
        yield from (match[0] for match in _MOBILE.finditer(digits))
        return
    parts = text.split()
    if 1 < len(parts) <= _MOST_PARTS:
        yield from _numbers_of_parts(parts, area_code) or [whole]
    else:
        yield from _numbers_of_parts(text.split("-"), area_code, is_strict=True) or [whole]


def _numbers_of_parts(
    parts: Sequence[str], area_code: str, *, is_strict: bool = False
) -> list[str | RefusedNumber]:
    """Parts put together so that they make numbers; what is left over is refused. Empty where they make none,
    or, when strict, where anything is left over."""
    found: list[str | RefusedNumber] = []
    left: list[str] = []
    start = 0
    while start < len(parts):
        end = next((end for end in range(len(parts), start, -1) if _is_whole(parts[start:end], area_code)), 0)
        if not end:
            left.append(parts[start])
            start += 1
            continue
        found += _left_over(left, area_code)
        left = []
        found.append(read_number(" ".join(parts[start:end]), area_code))
        start = end
    found += _left_over(left, area_code)
    sound = [one for one in found if isinstance(one, str)]
    return found if sound and (not is_strict or len(sound) == len(found)) else []


def _is_whole(parts: Sequence[str], area_code: str) -> bool:
    return isinstance(read_number(" ".join(parts), area_code), str)


def _left_over(parts: Sequence[str], area_code: str) -> list[RefusedNumber]:
    one = read_number(" ".join(parts), area_code) if parts else None
    return [one] if isinstance(one, RefusedNumber) else []


def read_number(text: str, area_code: str = "") -> str | RefusedNumber:
    """One number as digits, or why there is none."""
    if "*" in text:
        return RefusedNumber(text, "bad_phone", "号码中间打了星号，看不到完整号码")
    main, mark, extension = text.partition("#")
    if mark:
        return _with_extension(text, main, extension, area_code)
    if (dashed := _DASH_EXTENSION.fullmatch(text)) and _is_landline(dashed[1], area_code):
        return _with_extension(text, dashed[1], dashed[2], area_code)
    digits = _digits(text)
    if _FOREIGN.fullmatch(digits):
        return RefusedNumber(text, "bad_phone", "是境外号码，不能拨打")
    digits = _BEFORE.sub("", digits, count=1).lstrip("+")
    if _SERVICE.fullmatch(digits):
        return RefusedNumber(text, "service_number", "是服务号码，不是居民电话")
    number = _mobile(digits) or _landline(digits, area_code)
    return number or RefusedNumber(text, "bad_phone", _refusal(digits))


def _with_extension(text: str, main: str, extension: str, area_code: str) -> str | RefusedNumber:
    number = read_number(main, area_code)
    if isinstance(number, RefusedNumber):
        return number
    if _is_mobile(number):
        return RefusedNumber(text, "bad_phone", "手机号后面多了几位，不知道哪个对")
    return f"{number}{EXTENSION_MARK}{extension.strip()}"


def _is_landline(text: str, area_code: str) -> bool:
    number = read_number(text, area_code)
    return isinstance(number, str) and not _is_mobile(number) and EXTENSION_MARK not in number


def has_extension(number: str) -> bool:
    """Whether somebody must put a call through behind the number; the robot can't ask for that."""
    return EXTENSION_MARK in number


def _digits(text: str) -> str:
    plus = "+" if text.lstrip(" (").startswith("+") else ""
    return plus + re.sub(r"[^0-9]", "", text)


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
        return f"{LACKS_AREA_CODE}，请在前面加上区号（如 010-）"
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
