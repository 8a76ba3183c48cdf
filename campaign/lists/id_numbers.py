"""Identity numbers of citizens (GB 11643-1999): checked, and kept only with their middle hidden."""

from __future__ import annotations

import datetime as dt
import operator
import re
import unicodedata

from campaign.patterns import compiled

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_DIGITS_TOLD = compiled(r"[0-9]{14,20}X?|[0-9.]+E\+?[0-9]+")
_MASKED = compiled(r"[0-9]{6}\*{8}[0-9]{3}[0-9X]")
"""As ``mask_id_number`` leaves it."""
_EIGHTEEN = compiled(r"[0-9]{17}[0-9X]")
_WHOLE = compiled(
    r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"
)
_OLD = compiled(r"[1-9][0-9]{5}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}")
_IN_TEXT = compiled(r"(?<![0-9])([0-9]{6})[0-9]{8}([0-9]{3}[0-9Xx])(?![0-9Xx])")
_OLD_IN_TEXT = compiled(
    r"(?<![0-9])([1-9][0-9])[0-9]{4}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]([0-9]{2})(?![0-9])"
)


def mask_id_number(text: str) -> str:
    """An identity number with its middle hidden: 110101********1234. The sheet needs no more of it."""
    if not text:
        return ""
    plain = text.upper() if text.isascii() and text.isalnum() else _plain(text)
    if _MASKED.fullmatch(plain):
        return plain
    if _EIGHTEEN.fullmatch(plain):
        return f"{plain[:6]}********{plain[-4:]}"
    return plain[:2] + "*" * (len(plain) - 4) + plain[-2:] if len(plain) > 8 else "*" * len(plain)


def mask_in_text(text: str) -> str:
    """Free text with identity numbers masked wherever they stand."""
    if len(text) < 15:
        return text
    masked = _IN_TEXT.sub(lambda match: f"{match[1]}********{match[2]}", text)
    return _OLD_IN_TEXT.sub(lambda match: f"{match[1]}***********{match[2]}", masked)


def id_number_fault(text: str) -> str:
    """What is wrong with an identity number, in Chinese; empty for good ones, for masked ones, and for the
    numbers of other documents."""
    if not text:
        return ""
    plain = text.upper() if text.isascii() and text.isalnum() else _plain(text)
    if not _DIGITS_TOLD.fullmatch(plain):
        return ""
    if "E" in plain:
        return "身份证号被表格软件改成了科学计数法，后几位已经丢失"
    if len(plain) == 15:
        return "" if _OLD.fullmatch(plain) else "身份证号里的出生日期不对"
    if len(plain) != 18:
        return f"身份证号应为 18 位，这里是 {len(plain)} 位"
    if not _WHOLE.fullmatch(plain) or not _is_day(plain[6:14]):
        return "身份证号里的出生日期不对"
    return "" if check_character(plain[:17]) == plain[17] else "身份证号的最后一位对不上，可能抄错了"


def check_character(digits: str) -> str:
    """The eighteenth character for the first seventeen (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(map(operator.mul, map(int, digits), _WEIGHTS)) % 11]


def is_id_number(text: str) -> bool:
    """Whether a text has the form of an identity number, sound or not."""
    plain = _plain(text)
    return bool(
        _WHOLE.fullmatch(plain)
        or _OLD.fullmatch(plain)
        or re.fullmatch(r"[0-9]{6}\*{6,8}[0-9]{3}[0-9X]", plain)
    )


def _plain(text: str) -> str:
    return re.sub(r"[\s'‘’]", "", unicodedata.normalize("NFKC", text)).upper()


def _is_day(digits: str) -> bool:
    try:
        dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
