"""How sure an answer is, and what a call has not found out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from campaign.records import SlotValue
from dialogs.script import Script, Slot
from dialogs.slots import Finding

SURE_IN_PASSING = 0.75
"""Confidence from which an answer to a question that was not asked is taken."""
_NEARLY_CLEAR = 0.5
"""More than this is not only doubtful."""


def trust(confidence: float) -> float:
    """How far the recogniser's own confidence lowers ours: not at all from 0.5 up, by more than half at 0."""
    return min(1.0, 0.4 + 1.2 * confidence)


def answer_to(slot: Slot, finding: Finding, *, heard: str, understood: str, confidence: float) -> SlotValue:
    """What was found in an answer as a value of the slot.

    Args:
        slot: What it answers.
        finding: What the words mean.
        heard: The words as they were recognised.
        understood: The words after repair.
        confidence: The recogniser's, 0..1.
    """
    certainty = finding.confidence * trust(confidence)
    return SlotValue(
        name=slot.name,
        value=finding.value,
        raw=heard,
        understood=understood,
        confidence=round(certainty, 3),
        is_certain=finding.value is not None and certainty >= slot.sure,
    )


def is_sure_in_passing(slot: Slot, value: SlotValue) -> bool:
    """Whether an answer that was not asked for is taken."""
    return value.value is not None and value.confidence >= max(SURE_IN_PASSING, slot.sure)


def is_told_unknown(value: SlotValue) -> bool:
    """Whether it was plainly told, unasked, that the answer is not known."""
    return value.value is None and value.confidence >= SURE_IN_PASSING


def said_twice(answer: SlotValue, before: SlotValue, sure: float) -> SlotValue:
    """Said twice alike, each time unclearly."""
    confidence = 1.0 - (1.0 - answer.confidence) * (1.0 - before.confidence)
    return replace(answer, confidence=round(confidence, 3), is_certain=confidence >= sure)


def said_otherwise(answer: SlotValue, before: SlotValue) -> SlotValue:
    """A clear answer after an unclear one of another meaning: certain unless that one was nearly clear."""
    return replace(answer, is_certain=before.confidence <= _NEARLY_CLEAR)


def unanswered(script: Script, slots: Mapping[str, SlotValue]) -> Iterator[Slot]:
    """The required slots that have no value, in the order of the script."""
    for slot in script.kept_slots:
        if slot.is_required and not _has_value(slots, slot.name) and not _is_moot(slots, slot.part_of):
            yield slot


def is_not_known(slots: Mapping[str, SlotValue], name: str) -> bool:
    """Whether a slot was asked for and the resident told that there is no answer: 没量, 不知道."""
    return name in slots and slots[name].value is None and slots[name].confidence > 0.0


def _has_value(slots: Mapping[str, SlotValue], name: str) -> bool:
    return name in slots and slots[name].value is not None


def _is_moot(slots: Mapping[str, SlotValue], whole: str) -> bool:
    """Where nobody went there is no place to be told."""
    return _has_value(slots, whole) and slots[whole].value is False
