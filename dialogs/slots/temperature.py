"""A body temperature in degrees Celsius."""

from __future__ import annotations

from dialogs.numerals import temperatures
from dialogs.slots.answer import Answer, Finding, careful, is_inside
from dialogs.slots.negation import corrected


def find_temperature(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_temperature)


def _plain_temperature(answer: Answer) -> Finding | None:
    said = [t for t in temperatures(answer.text) if answer.is_asked or t.confidence == 1.0]
    inside = [t for t in said if is_inside(t.value, answer.slot)]
    if not inside:
        return None
    # Of several, the highest: 早上三十六度五，下午三十七度六.
    chosen = max(inside, key=lambda t: t.value)
    confidence = min(chosen.confidence, answer.confidence_of(chosen.start, chosen.end))
    several = 0.8 if len({t.value for t in inside}) > 1 else 1.0
    return Finding(round(chosen.value, 1), careful(answer, confidence * several))
