"""The whole answers that a question lets one expect, written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from dialogs.entities.coming_days import coming_phrases
from dialogs.entities.date_phrases import date_phrases
from dialogs.entities.places import PHRASE_PLACES
from dialogs.language.numerals import spell
from dialogs.script import Script, Slot, SlotType, State, Tense

_DIGITS = "一二三四五六七八九"


def phrases_for(script: Script, state: State, today: date) -> tuple[str, ...]:
    """Every expected answer of the state, each once, the common ones first."""
    fillings = {
        "place": PHRASE_PLACES,
        "temperature": temperature_phrases(),
        "date": _date_phrases(script.slots[state.slot], today),
        "count": count_phrases(),
        "symptom": _main_words(script, SlotType.SYMPTOMS),
        "need": _need_words(script),
    }
    return tuple(dict.fromkeys(p for pattern in state.phrases for p in _filled(pattern, fillings)))


def _date_phrases(slot: Slot, today: date) -> tuple[str, ...]:
    """Days gone by, to come, or both, as the question asks."""
    gone = () if slot.tense is Tense.FUTURE else date_phrases(today)
    return (*gone, *(() if slot.tense is Tense.PAST else coming_phrases(today)))


def _filled(pattern: str, fillings: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for name, words in fillings.items():
        placeholder = "{" + name + "}"
        if placeholder in pattern:
            yield from (pattern.replace(placeholder, word) for word in words)
            return
    yield pattern


@cache
def temperature_phrases() -> tuple[str, ...]:
    """三十六度五, 三十六点五, 三六五, 三十六度 for all that a thermometer may show."""
    wholes = (35, 36, 37, 38, 39)
    return (
        *(f"{spell(whole)}度{digit}" for whole in wholes for digit in _DIGITS),
        *(f"{spell(whole)}点{digit}" for whole in wholes for digit in _DIGITS),
        *(f"{spell(whole)}{digit}" for whole in wholes for digit in _DIGITS),
        *(f"三{_DIGITS[whole % 10 - 1]}{digit}" for whole in (36, 37) for digit in _DIGITS),
        *(f"{spell(whole)}度" for whole in (*wholes, 40)),
        *("三十六度半", "三十七度半"),
    )


def count_phrases() -> tuple[str, ...]:
    """一 to 十, 两 for two as before a classifier."""
    return tuple("两" if number == 2 else spell(number) for number in range(1, 11))


def _main_words(script: Script, kind: SlotType) -> tuple[str, ...]:
    """The three commonest words of every value."""
    slots = (slot for slot in script.slots.values() if slot.type is kind)
    return tuple(
        dict.fromkeys(word for slot in slots for words in slot.values.values() for word in words[:3])
    )


def _need_words(script: Script) -> tuple[str, ...]:
    slots: Iterator[Slot] = (slot for slot in script.slots.values() if slot.type is SlotType.TEXT)
    return tuple(dict.fromkeys(word for slot in slots for word in slot.words))
