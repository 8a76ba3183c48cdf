"""What nobody says who answers: a television, talk with others in the room, somebody's other telephone. Pure.

Residents have answered each question of the survey in thousands of wordings (``dialogs.language.wording``).
Of answers that nobody knew, one in a hundred is less likely than ``_LIKELY`` a character, of what is
overheard nine in ten are (docs/decisions/0031). The readers were taught nothing but answers, and find some
value in anything: 祥子拉着车，一路小跑 was not at home, 显卡发烫 a fever. So of unlikely words counts only

- what they also mean (``meanings``), where it was asked for a value whose words are listed;
- a number, day or place that was asked for;
- a complaint that the script's own words tell (see ``reader``);
- free text, to be asked again.

Nothing else that they might tell does, nor that it is the wrong number or a person is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dialogs.script import Outcome, Script, Slot, SlotType
from dialogs.slots import Finding
from dialogs.slots.answer import DOUBTFUL
from dialogs.understanding.context import Reading

_DOUBTFUL, _UNLIKELY, _UNLIKELY_TEXT = -4.0, -5.0, -5.5
"""Natural logarithms of the probability of an answer, for each of its characters; the last of free text."""
_SHORTEST = 7
"""Characters of what may be overheard: 行 and 没 are answers, however seldom they are given."""
_STRANGE = 0.2
"""Share of its characters that make no known words, from which something may be overheard: 有点皮疹 is a rare
complaint, 显卡发烫，风扇跟拖拉机似的 none."""
_MEANT = {SlotType.YES_NO: 0.8, SlotType.SYMPTOMS: 0.8, SlotType.IDENTITY: 0.5}
"""How probable values must be by their meaning."""
_MEANS_NOTHING, _MEANS_LITTLE = 0.8, 0.5
"""How probable it must be that none of the values is meant; of a list, how improbable each of them."""
_NONE = "none"
_NOT_HEEDED = (Outcome.WRONG_NUMBER, Outcome.WANTS_PERSON)


def may_be_meant(slot: Slot) -> bool:
    """Whether it can be told what an answer means."""
    return bool(slot.like) and bool(slot.question) and slot.type in _MEANT


def may_be_overheard(slot: Slot, reading: Reading) -> bool:
    """Whether something was found in words of which that can be doubted."""
    is_told = bool(reading.findings) or bool(reading.intent)
    is_strange = reading.strange >= _STRANGE and sum(map(str.isalnum, reading.text)) >= _SHORTEST
    return bool(slot.like) and is_told and is_strange


def as_overheard(
    script: Script,
    slot: Slot,
    reading: Reading,
    likely: float,
    shares: Callable[[str], Mapping[str, float]] | None,
) -> Reading:
    """What counts of a reading.

    Args:
        script: Whose.
        slot: What was asked.
        reading: As if the words were an answer.
        likely: Natural logarithm of the probability of the likeliest wording, or clause, that may have been
            said, for each of its characters (``Wording.likeliest``).
        shares: How probable the values of the slot are, by words (``Meanings.shares``); None where that is
            not known, and whatever was found counts.
    """
    if likely >= _DOUBTFUL:
        return reading
    found = reading.findings.get(slot.name)
    is_told = found is not None and found.value is not None
    if found is not None and is_told and slot.type is SlotType.TEXT:
        if likely >= _UNLIKELY_TEXT:
            return reading
        asked_again = replace(found, confidence=min(found.confidence, DOUBTFUL))
        return replace(reading, findings={slot.name: asked_again}, intent=_heeded(script, reading.intent))
    meant = shares(reading.text) if shares is not None and is_told and slot.type in _MEANT else None
    if _counts(slot, found, likely, meant):
        return reading
    unknown = {slot.name: found} if found is not None and not is_told else {}  # 那支表信不得
    return replace(reading, findings=unknown, intent=_heeded(script, reading.intent))


def _counts(slot: Slot, found: Finding | None, likely: float, meant: Mapping[str, float] | None) -> bool:
    """Whether what was found of the slot that was asked for stands, and all else with it."""
    if found is None or found.value is None:
        return likely >= _UNLIKELY
    if meant is None:
        return True
    return not _means_nothing(slot, meant) if likely >= _UNLIKELY else is_meant(slot, found.value, meant)


def _means_nothing(slot: Slot, shares: Mapping[str, float]) -> bool:
    if slot.type is SlotType.SYMPTOMS:
        return max(shares.values()) < _MEANS_LITTLE
    return shares.get("", 0.0) >= _MEANS_NOTHING


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
