"""How the answers of a call are shown in a cell: one ``SlotColumn`` for each slot of the script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from campaign.records import BETWEEN_ANSWERS, Remark, SlotValue

CellValue = str | int | float | dt.date | dt.datetime | None

TO_CHECK = "待核实"
TO_SEE_TO: Mapping[Remark, str] = {Remark.HOUSEHOLD: "待了解", Remark.QUESTION: "待答复"}
"""What is left to do of a completed call in which nothing but such remarks is to be seen to."""
CONFIRMED = "已确认"
BY_STAFF = "人工"
UNKNOWN = "未答"
NONE = "无"


def plain(value: Any) -> CellValue:
    """Any slot value in the form in which people read it: 是/否, 无, lists joined with 、."""
    match value:
        case None:
            return UNKNOWN
        case bool():
            return "是" if value else "否"
        case int() | float():
            return value
        case list() | tuple():
            return "、".join(map(str, value)) or NONE
    return str(value) or NONE


def labelled(labels: Mapping[str, str]) -> Callable[[Any], CellValue]:
    """Values by their labels (``self`` -> 本人); others as they are."""

    def show(value: Any) -> CellValue:
        return labels[value] if isinstance(value, str) and value in labels else plain(value)

    return show


def date(value: Any) -> CellValue:
    """An ISO date as a real date; anything else as text."""
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return plain(value)


IDENTITY_LABELS = {"self": "本人", "family": "家人", "wrong_number": "打错了"}


@dataclass(frozen=True)
class SlotColumn:
    """A column of answers."""

    name: str
    """Of the slot."""
    title: str
    format: Callable[[Any], CellValue] = plain
    number_format: str = ""
    """Of the spreadsheet, for numbers: ``0.0``."""
    choices: tuple[str, ...] = ()
    """What people choose from when they put the answer right; empty: they write it."""
    is_strict: bool = False
    """Whether nothing but one of ``choices`` can be right."""
    prompt: str = ""
    """What may be written, for people."""


def words_of(slot: SlotValue) -> str:
    """What the resident said, and what it was taken for where that differs."""
    if not slot.raw:
        return "没有听到能用的回答"
    return f"原话：{slot.raw}" + (f"，理解为：{slot.understood}" if _is_repaired(slot) else "")


def origin_note(slot: SlotValue) -> str:
    """Where a value comes from, a line for each thing to know, for a comment at its cell."""
    if slot.entered_by:
        by_robot = [f"机器人听到：{slot.raw}"] if slot.raw else []
        return "\n".join([f"{BY_STAFF}填写：{slot.entered_by}", *by_robot])
    heard = f"原话：{slot.raw}" if slot.raw else "没有听到能用的回答"
    repaired = [f"理解为：{slot.understood}"] if _is_repaired(slot) else []
    sure = [f"把握：{slot.confidence:.0%}"] if slot.raw else []
    agreed = ["已跟居民核对确认"] if slot.is_confirmed else []
    return "\n".join([*agreed, heard, *repaired, *sure])


def _is_repaired(slot: SlotValue) -> bool:
    return bool(slot.understood) and slot.understood not in slot.raw.split(BETWEEN_ANSWERS)


def slot_column(name: str, title: str, slot_type: str) -> SlotColumn:
    """The column for a slot, by the type that the script gives it (``dialogs.script.SlotType``)."""
    match slot_type:
        case "identity":
            return SlotColumn(name, title, labelled(IDENTITY_LABELS))
        case "date":
            return SlotColumn(name, title, date)
        case "temperature":
            return SlotColumn(name, title, number_format="0.0")
        case "count":
            return SlotColumn(name, title, number_format="0")
        case "number":
            return SlotColumn(name, title, number_format="General")
    return SlotColumn(name, title)
