"""What nobody says who answers: a television, talk with others in the room, somebody's other telephone. Pure.

Residents have answered each question of the survey in thousands of wordings (``dialogs.language.wording``).
Of answers that nobody knew, one in a hundred is less likely than ``_LIKELY`` a character, of what is
overheard nine in ten are (docs/decisions/0031). The readers were taught nothing but answers, and find some
value in anything: 祥子拉着车，一路小跑 was not at home, 显卡发烫 a fever. So of unlikely words counts only

- what they also mean (``meanings``), where it was asked for a value whose words are listed;
- a number, day or place that was asked for;
- free text, to be asked again.

Nothing else that they might tell does, nor that it is the wrong number or a person is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dialogs.script import Outcome, Script, Slot, SlotType
from dialogs.slots.answer import DOUBTFUL
from dialogs.understanding.context import Reading

_LIKELY, _LIKELY_TEXT = -5.0, -5.5
"""Natural logarithms of the mean probability of a character of answers; the latter of free text."""
SHORTEST_OVERHEARD = 7
"""Characters of what may be overheard: 行 and 没 are answers, however seldom they are given."""
STRANGE = 0.2
"""Share of its characters that make no known words, from which something may be overheard: 有点皮疹 is a rare
complaint, 显卡发烫，风扇跟拖拉机似的 none."""
_MEANT = {SlotType.YES_NO: 0.8, SlotType.SYMPTOMS: 0.8, SlotType.IDENTITY: 0.5}
"""How probable values must be by their meaning."""
_NONE = "none"
_NOT_HEEDED = (Outcome.WRONG_NUMBER, Outcome.WANTS_PERSON)


def may_be_meant(slot: Slot) -> bool:
    """Whether it can be told what an answer means."""
    return bool(slot.like) and bool(slot.question) and slot.type in _MEANT


def is_unlikely(slot: Slot, log_probability: float, length: int) -> bool:
    """Whether a wording is hardly one of an answer.

    Args:
        slot: What was asked.
        log_probability: Natural logarithm of the probability of the whole wording as an answer.
        length: In characters, without punctuation.
    """
    least = _LIKELY_TEXT if slot.type is SlotType.TEXT else _LIKELY
    return log_probability < least * length


def as_overheard(
    script: Script, slot: Slot, reading: Reading, shares: Callable[[str], Mapping[str, float]] | None
) -> Reading:
    """What counts of the reading of unlikely words.

    Args:
        script: Whose.
        slot: What was asked.
        reading: As if they were an answer.
        shares: How probable the values of the slot are, by words (``Meanings.shares``); None where that is
            not known, and whatever was found counts.
    """
    found = reading.findings.get(slot.name)
    if found is not None and found.value is not None:
        if slot.type is SlotType.TEXT:
            doubtful = replace(found, confidence=min(found.confidence, DOUBTFUL))
            return replace(reading, findings={slot.name: doubtful}, intent=_heeded(script, reading.intent))
        if slot.type not in _MEANT or shares is None or is_meant(slot, found.value, shares(reading.text)):
            return reading
    unknown = {slot.name: found} if found is not None and found.value is None else {}  # 那支表信不得
    return replace(reading, findings=unknown, intent=_heeded(script, reading.intent))


def is_meant(slot: Slot, value: Any, shares: Mapping[str, float]) -> bool:
    """Whether a value is what the words mean, though hardly anybody words it so."""
    if slot.type is SlotType.SYMPTOMS:
        values = value or [_NONE]
    else:
        values = [("yes" if value else "no") if slot.type is SlotType.YES_NO else value]
    return all(shares.get(one, 0.0) >= _MEANT[slot.type] for one in values)


def _heeded(script: Script, intent: str) -> str:
    """An intent, unless it would end the call as a wrong number or for a person, or keep a remark."""
    if not intent:
        return ""
    told = script.intents[intent]
    is_end = bool(told.go) and script.closings[told.go].outcome in _NOT_HEEDED
    return "" if is_end or told.keep else intent
