"""Answers as people type them, in the terminal or in a cell, to the values of slots.

What people read (是, 本人, 36.5, 发热、咳嗽) is what they may type; the script's own words for a value are
taken too. Whatever else is refused with a sentence that says what is expected.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from campaign.phones import EXTENSION_MARK, read_number
from dialogs.script import Slot, SlotType
from exports.workbook.columns import IDENTITY_LABELS, NONE, TO_CHECK, UNKNOWN

_YES = frozenset({"是", "有", "对", "yes", "y", "1", "在", "去过", "接触过"})
_NO = frozenset({"否", "没有", "无", "没", "不是", "no", "n", "0", "不在", "没去过", "没接触过"})
_EMPTY = frozenset({NONE, "没有", "没", "none"})
_DATE = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
_TEMPERATURE_BOUNDS = (34.0, 43.0)
_COUNT_BOUNDS = (0.0, 1000.0)


class EntryRefused(ValueError):
    """Text that is no answer to the slot; the message says what is expected, in Chinese."""


def read_answer(slot: Slot, text: str, today: dt.date) -> Any:
    """The value of a slot that somebody typed; None for 未答.

    Raises:
        EntryRefused: It cannot be a value of this slot.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = plain.removesuffix(f"({TO_CHECK})").strip()
    if plain in (UNKNOWN, TO_CHECK, ""):
        return None
    read = _READERS.get(str(slot.type))
    if read:
        return read(slot, plain, today)
    return "" if plain in _EMPTY else text.strip().removesuffix(f"（{TO_CHECK}）").strip()


def expected(slot: Slot) -> str:
    """What may be typed, for people."""
    match slot.type:
        case SlotType.IDENTITY:
            return "、".join(IDENTITY_LABELS.values())
        case SlotType.YES_NO:
            return "是、否"
        case SlotType.CHOICE:
            return "、".join(slot.values)
        case SlotType.MULTI_CHOICE | SlotType.SYMPTOMS:
            return "、".join(slot.values) + "，几个用、隔开；没有写“无”"
        case SlotType.TEMPERATURE:
            return "体温，如 36.5"
        case SlotType.DATE:
            return "日期，如 2026-11-22 或 11月22日"
        case SlotType.COUNT:
            return "数，如 3"
    return "文字；没有写“无”"


def choices(slot: Slot) -> tuple[str, ...]:
    """What people choose from in a sheet; empty where they write."""
    match slot.type:
        case SlotType.IDENTITY:
            return (*IDENTITY_LABELS.values(), UNKNOWN)
        case SlotType.YES_NO:
            return ("是", "否", UNKNOWN)
        case SlotType.CHOICE:
            return (*slot.values, UNKNOWN)
        case SlotType.MULTI_CHOICE | SlotType.SYMPTOMS:
            return (NONE, *slot.values, UNKNOWN)
    return ()


def is_one_of_choices(slot: Slot) -> bool:
    """Whether an answer is one of ``choices``, never several."""
    return slot.type in (SlotType.IDENTITY, SlotType.YES_NO, SlotType.CHOICE)


def _refuse(slot: Slot, text: str) -> EntryRefused:
    return EntryRefused(f"“{slot.label}”不能是“{text}”，应写 {expected(slot)}")


def _identity(slot: Slot, text: str, today: dt.date) -> str:
    for value, label in IDENTITY_LABELS.items():
        if text in (value, label, label.removesuffix("了")):
            return value
    raise _refuse(slot, text)


def _yes_no(slot: Slot, text: str, today: dt.date) -> bool:
    if text.lower() in _YES or text in slot.values.get("yes", ()):
        return True
    if text.lower() in _NO or text in slot.values.get("no", ()):
        return False
    raise _refuse(slot, text)


def _choice(slot: Slot, text: str, today: dt.date) -> str:
    found = _value_named(slot, text)
    if found is None:
        raise _refuse(slot, text)
    return found


def _several(slot: Slot, text: str, today: dt.date) -> list[str]:
    if text in _EMPTY:
        return []
    values = []
    for part in filter(None, re.split(r"[、,;/\s]+", text)):
        found = _value_named(slot, part)
        if found is None:
            raise EntryRefused(f"“{slot.label}”里没有“{part}”，可以写 {expected(slot)}")
        values.append(found)
    return list(dict.fromkeys(values))


def _value_named(slot: Slot, text: str) -> str | None:
    if text in slot.values:
        return text
    return next((value for value, words in slot.values.items() if text in words), None)


def _temperature(slot: Slot, text: str, today: dt.date) -> float:
    return round(_number(slot, text.rstrip("°℃C度"), _TEMPERATURE_BOUNDS), 1)


def _count(slot: Slot, text: str, today: dt.date) -> int:
    number = _number(slot, text.rstrip("人口个"), _COUNT_BOUNDS)
    if number != int(number):
        raise _refuse(slot, text)
    return int(number)


def _number(slot: Slot, text: str, bounds: tuple[float, float]) -> float:
    lowest = bounds[0] if slot.minimum is None else slot.minimum
    highest = bounds[1] if slot.maximum is None else slot.maximum
    try:
        number = float(text)
    except ValueError:
        raise _refuse(slot, text) from None
    if not lowest <= number <= highest:
        raise EntryRefused(f"“{slot.label}”应在 {lowest:g} 到 {highest:g} 之间，不能是 {number:g}")
    return number


def _date(slot: Slot, text: str, today: dt.date) -> str:
    found = _DATE.fullmatch(text.partition(" ")[0])
    if not found:
        raise _refuse(slot, text)
    month, day = int(found[2]), int(found[3])
    try:
        date = dt.date(int(found[1]) if found[1] else today.year, month, day)
        if not found[1] and (date - today).days > 31:  # 12月30日, written in January
            date = dt.date(today.year - 1, month, day)
    except ValueError:
        raise _refuse(slot, text) from None
    return date.isoformat()


def _any_number(slot: Slot, text: str, today: dt.date) -> int | float:
    number = _number(slot, text, (-1e9, 1e9))
    return int(number) if number == int(number) else number


def _phone(slot: Slot, text: str, today: dt.date) -> str:
    number = read_number(text)
    if not isinstance(number, str):
        raise EntryRefused(f"“{slot.label}”不能是“{text}”：{number.reason.rstrip('。')}")
    return number.replace(EXTENSION_MARK, "转")


_READERS: Mapping[str, Callable[[Slot, str, dt.date], Any]] = {
    SlotType.IDENTITY: _identity,
    SlotType.YES_NO: _yes_no,
    SlotType.CHOICE: _choice,
    SlotType.MULTI_CHOICE: _several,
    SlotType.SYMPTOMS: _several,
    SlotType.TEMPERATURE: _temperature,
    SlotType.DATE: _date,
    SlotType.COUNT: _count,
    "number": _any_number,
    "phone": _phone,
}
