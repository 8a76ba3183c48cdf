"""The peer of Wenhou's understanding: values read by exact words only, as a quick script would.

No repair by sound, no scope of a negation, no corrections, no doubt: whatever word of the script's lists
stands in the text decides. It shows what the rest is worth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from cn2an import cn2an

from dialogs.entities.places import PLACES
from dialogs.script import Script, Slot, SlotType

_NO = re.compile(r"没|不|无")
_YES = re.compile(r"是|对|有|嗯|在")
_NONE = re.compile(r"没|不|挺好|正常|都好|无")
_NUMBER = "[0-9一二两三四五六七八九十]+"
_DEGREES = re.compile(rf"({_NUMBER})(?:度|点|\.)({_NUMBER})?")
_PEOPLE = re.compile(rf"({_NUMBER})(?:口|个|人)")
_DAY = re.compile(rf"(?:({_NUMBER})月)?({_NUMBER})[号日]")
_DAYS_AGO = {"今天": 0, "昨天": 1, "前天": 2, "大前天": 3}


def read_exactly(script: Script, slot: Slot, text: str, today: date) -> tuple[dict[str, Any], str]:
    """Values as ``wenhou hear`` writes them, and the intent's own name in the script (or "")."""
    for intent in script.intents.values():
        if text in intent.words or any(len(word) > 3 and word in text for word in intent.words):
            return {}, intent.name
    value = _READERS[slot.type](slot, text, today) if slot.type in _READERS else None
    return ({} if value is None else {slot.name: value}), ""


def _by_words(slot: Slot, text: str) -> str | None:
    """The value whose longest word stands in the text."""
    found = [(len(word), value) for value, words in slot.values.items() for word in words if word in text]
    return max(found)[1] if found else None


def _yes_no(slot: Slot, text: str, today: date) -> str | None:
    said = _by_words(slot, text)
    if said is None and _NO.search(text):
        return "no"
    return said or ("yes" if _YES.search(text) else None)


def _identity(slot: Slot, text: str, today: date) -> str | None:
    said = _by_words(slot, text)
    if said is None and _NO.search(text):
        return "wrong_number"
    return said or ("self" if _YES.search(text) else None)


def _choice(slot: Slot, text: str, today: date) -> str | None:
    return _by_words(slot, text)


def _list(slot: Slot, text: str, today: date) -> list[str] | None:
    said = [value for value, words in slot.values.items() if any(word in text for word in words)]
    return said or ([] if _NONE.search(text) else None)


def _temperature(slot: Slot, text: str, today: date) -> float | None:
    match = _DEGREES.search(text)
    if match is None:
        return None
    tenths = match[2] or "0"
    value = _number(match[1]) + (_number(tenths[0]) if tenths[0] != "十" else 0) / 10.0
    is_inside = (slot.minimum or 0.0) <= value <= (slot.maximum or 100.0)
    return round(value, 1) if is_inside else None


def _count(slot: Slot, text: str, today: date) -> int | None:
    match = _PEOPLE.search(text)
    return _number(match[1]) if match else None


def _date(slot: Slot, text: str, today: date) -> str | None:
    for word in sorted(_DAYS_AGO, key=len, reverse=True):
        if word in text:
            return (today - timedelta(days=_DAYS_AGO[word])).isoformat()
    match = _DAY.search(text)
    if match is None:
        return None
    try:
        return date(today.year, _number(match[1]) if match[1] else today.month, _number(match[2])).isoformat()
    except ValueError:  # the 31st of a month that has none
        return None


def _place(slot: Slot, text: str, today: date) -> str | None:
    return "".join(place for place in PLACES if place in text) or None


def _text(slot: Slot, text: str, today: date) -> str | None:
    if any(word in text for word in slot.words):
        return text
    return "" if text in slot.none_words or _NO.search(text) else None


def _number(written: str) -> int:
    try:
        return int(cn2an(written, "smart"))
    except (ValueError, KeyError):  # 二十十, as recognisers write it at times
        return 0


_READERS: Mapping[SlotType, Callable[[Slot, str, date], Any]] = {
    SlotType.IDENTITY: _identity,
    SlotType.YES_NO: _yes_no,
    SlotType.CHOICE: _choice,
    SlotType.SYMPTOMS: _list,
    SlotType.TEMPERATURE: _temperature,
    SlotType.COUNT: _count,
    SlotType.DATE: _date,
    SlotType.PLACE: _place,
    SlotType.TEXT: _text,
}
