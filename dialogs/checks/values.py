"""The values that each kind of slot can have, as a script writes them."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.script import Slot

NONE = "none"
LISTS = ("symptoms", "multi_choice")
NUMBERS = ("temperature", "count", "number")
CAN_BE_EMPTY = (*LISTS, "text")
NOT_COMPARABLE = ("identity", "yes_no", "choice", "place", "date", "phone", "text", *LISTS)
"""Kinds that are neither more nor less than anything."""
_FIXED: Mapping[str, tuple[str, ...]] = {
    "yes_no": ("yes", "no"),
    "identity": ("self", "family", "wrong_number"),
}


def known_values(slot: Slot) -> tuple[str, ...] | None:
    """Every value that the slot can have (of a list: every item); None where they can't be listed."""
    if slot.type in _FIXED:
        return _FIXED[slot.type]
    return tuple(slot.values) if slot.type == "choice" or slot.type in LISTS else None


def range_fault(slot: Slot, number: float) -> str:
    """Chinese clause where the number is none that the slot takes; empty where it does."""
    if slot.minimum is not None and number < slot.minimum:
        return f"{number:g} 比 {slot.name} 的 minimum {slot.minimum:g} 还小"
    if slot.maximum is not None and number > slot.maximum:
        return f"{number:g} 比 {slot.name} 的 maximum {slot.maximum:g} 还大"
    return ""


def value_fault(slot: Slot, value: str) -> str:
    """Chinese clause where a telephone key or a list of words can't stand for that value."""
    known = known_values(slot)
    if known is not None:
        is_none = value == NONE and slot.type in LISTS
        return "" if value in known or is_none else f"{slot.name} 没有 {value} 这个值"
    if slot.type == "count":
        return range_fault(slot, int(value)) if value.isdecimal() else f"{value} 不是整数"
    if slot.type == "number":
        is_number = value.replace(".", "", 1).isdecimal()
        return range_fault(slot, float(value)) if is_number else f"{value} 不是数字"
    return ""
