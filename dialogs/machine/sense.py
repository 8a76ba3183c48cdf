"""What an answer is taken for, so that one that would be asked again can be heard once more first.

An engine that hears the same sound a little faster and a little slower makes other mistakes each time. What
two of three hearings have in common is what was said (docs/decisions/0032).
"""

from __future__ import annotations

from dialogs.actions import Sense, Sensed
from dialogs.machine.certainty import answer_to, is_told_unknown
from dialogs.script import Script
from dialogs.understanding import Context, Understanding
from dialogs.understanding.all_clear import is_all_clear
from dialogs.understanding.context import Wordings


def sense_of(script: Script, understanding: Understanding, context: Context) -> Sense | None:
    """Tells the sense of answers to a question; None where it says answers back, as a mishearing of a yes is
    worth another question."""
    if context.state.confirms:
        return None
    slot = script.slots[context.state.slot]

    def sense(heard: str, confidence: float, wordings: Wordings) -> Sensed:
        reading = understanding.read(heard, context, wordings)
        finding = reading.findings.get(slot.name)
        if reading.intent:
            return Sensed(reading.intent, is_sure=True)
        if finding is None:
            return Sensed()
        told = answer_to(slot, finding, heard=heard, understood=reading.text, confidence=confidence)
        if told.value is None:
            return Sensed("unknown", is_told_unknown(told), is_all_clear=True)
        return Sensed(repr(told.value), told.is_certain, is_all_clear(slot, told.value))

    return sense
