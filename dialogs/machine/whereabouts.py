"""Who is not at home and says where, is on a journey there: 不在，我在上海出差. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from campaign.records import SlotValue
from dialogs.machine.certainty import SURE_IN_PASSING
from dialogs.script import Script, SlotType, State, Tense
from dialogs.slots import Finding


def told_whereabouts(
    script: Script,
    findings: Mapping[str, Finding],
    known: Mapping[str, SlotValue],
    as_if_asked: Callable[[State], Mapping[str, Finding]],
) -> Mapping[str, Finding]:
    """By slot, a journey and its place that the answer tells of besides; empty where it tells of none.

    Args:
        script: Whose slots they are.
        findings: What was understood, by slot, whatever was asked for: 我是张三，不过我人在上海.
        known: The values so far; a journey that is known is left alone.
        as_if_asked: What the answer would tell if a state's question had been asked.
    """
    places = ((script.slots[name], found) for name, found in findings.items() if script.slots[name].place)
    if not any(found.value is False and found.confidence >= slot.sure for slot, found in places):
        return {}
    told: dict[str, Finding] = {}
    for state in script.states.values():
        place = script.slots[state.slot]
        if place.type is not SlotType.PLACE or not place.part_of or place.part_of in known:
            continue
        found = as_if_asked(state).get(place.name)
        if found is not None and found.value and found.confidence >= SURE_IN_PASSING:
            told |= {place.name: found, place.part_of: replace(found, value=True)}
    return told


def not_yet_returned(script: Script, asked: str, findings: Mapping[str, Finding]) -> Finding | None:
    """That no day of return is known, where the answer is that the resident is still away: 我人还在廊坊."""
    if script.slots[asked].tense is not Tense.PAST or asked in findings:
        return None
    places = ((script.slots[name], found) for name, found in findings.items() if script.slots[name].place)
    is_away = any(found.value is False and found.confidence >= slot.sure for slot, found in places)
    return Finding(None, 1.0) if is_away else None
