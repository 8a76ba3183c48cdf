"""What is said beside the answer to another question. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from campaign.patterns import compiled
from campaign.records import SlotValue
from dialogs.machine.confirmation import both
from dialogs.machine.speaker import AT_HOME
from dialogs.script import Script, Slot, SlotType
from dialogs.slots import Finding

PUT_RIGHT = (SlotType.TEMPERATURE, SlotType.COUNT, SlotType.NUMBER, SlotType.DATE, SlotType.PLACE)
"""Kinds of slots that are put right in passing."""
_CORRECTS = compiled("[说看记弄搞讲报]错|不对(?!劲)|更正|纠正")


def kept(slot: Slot, known: SlotValue, value: SlotValue, words: str) -> SlotValue | None:
    """What becomes of a certain answer; None where it stays as it is.

    A number, day or place is put right (哎不对，刚才看错了，是三十六度六), what was denied is owned up to
    (哦对了，二十二号我回了趟保定), to a list something is added (三十七度八，嗓子也疼), or somebody else
    speaks.

    Args:
        slot: Of both values.
        known: What is certain.
        value: What is said now.
        words: In which.
    """
    raw = both(known.raw, value.raw)
    if isinstance(known.value, list) and known.value and isinstance(value.value, list):
        more = [*dict.fromkeys((*known.value, *value.value))]
        return replace(known, value=more, raw=raw) if len(more) > len(known.value) else None
    return replace(value, raw=raw) if _may_replace(slot, known, value, words) else None


def _may_replace(slot: Slot, known: SlotValue, value: SlotValue, words: str) -> bool:
    if slot.type is SlotType.IDENTITY:
        return value.value in AT_HOME
    if slot.type in PUT_RIGHT:
        return value.value is not None and puts_right(words)
    return not slot.place and known.value in (False, []) and bool(value.value)


def puts_right(words: str) -> bool:
    """Whether something that was said before is said to be wrong: 刚才看错了."""
    return _CORRECTS.search(words) is not None


def with_volunteered(before: SlotValue, answer: SlotValue) -> SlotValue:
    """An answer by a list that was begun before it was asked for: 没别的 takes nothing of it back."""
    raw = both(before.raw, answer.raw)
    if not answer.value:
        return replace(before, raw=raw)
    more = [*dict.fromkeys((*before.value, *answer.value))]
    return replace(answer, value=more, raw=raw)


def told_by_parts(
    script: Script, asked: str, findings: Mapping[str, Finding], *, is_away: bool
) -> Finding | None:
    """What was understood of the slot that was asked for, which its parts may tell more surely: 我就在周口
    待着哩 of somebody who is away is a journey, 你们给找个人接两桶 a yes to whether help is needed.

    Args:
        script: Whose slots they are.
        asked: The slot.
        findings: All that was understood.
        is_away: Whether the resident is not at home.
    """
    finding, slot = findings.get(asked), script.slots[asked]
    parts = [part for part in script.slots.values() if part.part_of == asked and part.name in findings]
    told = [
        findings[part.name].confidence
        for part in parts
        if findings[part.name].value and (part.type is SlotType.TEXT or is_away)
    ]
    is_open = finding is None or finding.value is True or finding.confidence < slot.sure
    if not told or not is_open or (finding is None and is_away):
        return finding
    return Finding(True, max(told if finding is None else [finding.confidence, *told]))
