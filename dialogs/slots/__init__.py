"""From the words of an answer to the value of a slot: one file or folder per kind of slot. Pure.

Every finder gets the words already cut and repaired and returns a ``Finding`` or None. A finding's
confidence says how clearly the words mean the value; below ``dialogs.machine.SURE`` the robot asks again.
A wrong "healthy" is the worst mistake, so words that nobody expected lower the confidence of every
answer that says "no".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from campaign.patterns import compiled
from dialogs.entities.dates import dates
from dialogs.language import grammar
from dialogs.language.numerals import OF_TEMPERATURES, temperatures
from dialogs.people import totals
from dialogs.script import Slot, SlotType, Tense
from dialogs.slots.answer import Answer, Finding, is_grammar
from dialogs.slots.by_position import placed_spans
from dialogs.slots.choice import find_choice
from dialogs.slots.count import find_count, may_tell_household
from dialogs.slots.day.coming import asks_by_verb, find_coming_day
from dialogs.slots.day.of_return import find_past_day
from dialogs.slots.health.wellbeing import may_tell_unasked
from dialogs.slots.identity.finder import find_identity
from dialogs.slots.multi_choice import find_multi_choice, find_symptoms
from dialogs.slots.number.finder import find_number
from dialogs.slots.phone import find_phone
from dialogs.slots.place.finder import find_place
from dialogs.slots.temperature.finder import find_temperature
from dialogs.slots.text import find_text
from dialogs.slots.yes_no.finder import find_reply_beside_unknown, find_yes_no

__all__ = ["Answer", "Finding", "find", "number_spans", "value_of_key"]


def number_spans(text: str, today: date) -> tuple[tuple[int, int], ...]:
    """Where temperatures, days, numbers of people and places in a list stand in a text."""
    return (
        *((said.start, said.end) for said in temperatures(text)),
        *((said.start, said.end) for said in dates(text, today)),
        *(match.span() for match in totals(text)),
        *placed_spans(text),
    )


def find(answer: Answer, slot: Slot, *, is_asked: bool) -> Finding | None:
    """The value that the words of an answer give a slot, if any.

    ``is_asked``: whether the question was about the slot.
    """
    if not is_asked and _is_silent(slot, answer):
        return None
    answer = answer.seen_from(slot, is_asked=is_asked)
    if answer.is_asked and _is_unknown(answer):
        is_reply = answer.slot.type is SlotType.YES_NO
        return (find_reply_beside_unknown(answer) if is_reply else None) or Finding(None, 1.0)
    finding = _FINDERS[answer.slot.type](answer)
    if finding is None and answer.is_asked and _is_forgotten(answer):
        return Finding(None, _FORGOTTEN_SURE)
    if finding is None or answer.is_asked or not answer.slot.cue or answer.slot.type is SlotType.TEXT:
        return finding
    return finding if any(word in answer.text for word in answer.slot.cue) else None


def _is_silent(slot: Slot, answer: Answer) -> bool:
    """Whether an answer certainly tells nothing of a slot that was not asked for: most do, and that is cheap
    to see."""
    match slot.type:
        case SlotType.IDENTITY:
            return True
        case SlotType.YES_NO:
            return f"unprompted:{slot.name}" not in answer.owners
        case SlotType.SYMPTOMS:
            is_named = not answer.owners.isdisjoint((slot.name, f"unprompted:{slot.name}"))
            return not is_named and not may_tell_unasked(answer.said)
        case SlotType.COUNT:
            return not may_tell_household(answer, slot)
        case SlotType.TEMPERATURE:
            return OF_TEMPERATURES.isdisjoint(answer.text) and OF_TEMPERATURES.isdisjoint(answer.said)
        case SlotType.DATE if slot.tense is Tense.PAST:
            return not any(dates(text, answer.today) for text in {answer.text, answer.said})
        case _:
            return not slot.cue and _needs_cue(slot) and not asks_by_verb(slot)


def _needs_cue(slot: Slot) -> bool:
    """A number, a telephone number or a day to come says by itself nothing of what it is about."""
    is_to_come = slot.type is SlotType.DATE and slot.tense is not Tense.PAST
    return is_to_come or slot.type in (SlotType.NUMBER, SlotType.PHONE)


_OF_ONE_VALUE = (SlotType.DATE, SlotType.NUMBER)
_FORGOTTEN = compiled("记不[清得住起]|不记得|想不起|忘了?(?![带拿])")
_FORGOTTEN_SURE = 0.9


def _is_forgotten(answer: Answer) -> bool:
    """打是打过，几针记不得了: what was asked for is not known, whatever is told besides."""
    is_alone = answer.slot.type in _OF_ONE_VALUE and not answer.slot.like
    return is_alone and _FORGOTTEN.search(answer.text) is not None


_WHETHER = compiled(
    "[^,]{0,4}(?:忘了?|忘记了?|记不[清得]了?|不记得|想不起来?)(?P<verb>.)[没不](?P=verb)[^,]{0,3}"
)


def _is_unknown(answer: Answer) -> bool:
    if answer.slot.type is SlotType.YES_NO and _WHETHER.fullmatch(answer.text):
        return True  # 忘了打没打
    if answer.slot.type is SlotType.TEMPERATURE and temperatures(answer.text):
        return False  # 刚起来量的三十六度五
    spoken = [t for t in answer.tokens if not t.is_break]
    unknown = [t for t in spoken if t.has(grammar.UNKNOWN) or t.has("unknown:" + answer.slot.name)]
    others = [t for t in spoken if t not in unknown and not t.has(grammar.FILLER) and not is_grammar(t)]
    return bool(unknown) and not others


def _find_date(answer: Answer) -> Finding | None:
    """A day of the kind that the question is about."""
    return find_past_day(answer) if answer.slot.tense is Tense.PAST else find_coming_day(answer)


_FINDERS: Mapping[SlotType, Callable[[Answer], Finding | None]] = {
    SlotType.IDENTITY: find_identity,
    SlotType.YES_NO: find_yes_no,
    SlotType.CHOICE: find_choice,
    SlotType.SYMPTOMS: find_symptoms,
    SlotType.MULTI_CHOICE: find_multi_choice,
    SlotType.TEMPERATURE: find_temperature,
    SlotType.PLACE: find_place,
    SlotType.DATE: _find_date,
    SlotType.COUNT: find_count,
    SlotType.NUMBER: find_number,
    SlotType.PHONE: find_phone,
    SlotType.TEXT: find_text,
}


def value_of_key(slot: Slot, written: str) -> Any:
    """The value that a script gives a telephone key, in the slot's own type."""
    match slot.type:
        case SlotType.YES_NO:
            return written == "yes"
        case SlotType.SYMPTOMS | SlotType.MULTI_CHOICE:
            return [] if written == "none" else [written]
        case SlotType.COUNT:
            return int(written)
        case SlotType.NUMBER:
            return float(written) if "." in written else int(written)
        case SlotType.TEXT:
            return "" if written == "none" else written
        case _:
            return written
