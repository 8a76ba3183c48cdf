"""A body temperature in degrees Celsius."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.numerals import Temperature, temperatures
from dialogs.slots.answer import Answer, Finding, careful, is_inside
from dialogs.slots.negation import corrected

FEVER = 37.3
"""Degrees Celsius from which it is one."""
_EARLIER = re.compile("昨[天儿晚夜日]|前[天儿晚]|上[周午]|之前|以前|前几天|头天")
_NOW = re.compile("今[天儿早晚日]|现在|刚|这会|目前|降了|退了|降到|退到")
_DENIED = re.compile(r"(?:不是|没到|不到|没有|没超过|不超过|没过)$")


def find_temperature(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_temperature)


def _plain_temperature(answer: Answer) -> Finding | None:
    said = [t for t in temperatures(answer.text) if answer.is_asked or t.confidence == 1.0]
    inside = _of_today(answer.text, [t for t in said if is_inside(t.value, answer.slot)])
    if not inside:
        return None
    # Of several, the highest: 早上三十六度五，下午三十七度六.
    chosen = max(inside, key=lambda t: t.value)
    confidence = min(chosen.confidence, answer.confidence_of(chosen.start, chosen.end))
    several = 0.8 if len({t.value for t in inside}) > 1 else 1.0
    if chosen.value < FEVER and _may_be_a_particle(answer, chosen):
        confidence = min(confidence, 0.5)
    return Finding(round(chosen.value, 1), _careful_below_fever(answer, chosen.value, confidence * several))


def _careful_below_fever(answer: Answer, value: float, confidence: float) -> float:
    return careful(answer, confidence) if value < FEVER else confidence


def _of_today(text: str, said: Sequence[Temperature]) -> Sequence[Temperature]:
    """昨天三十七度五，今天三十六度八: today's; and none that is denied: 不到三十七度三."""
    stated = [t for t in said if not _DENIED.search(text[: t.start])] or said
    since = 0
    today: list[Temperature] = []
    earlier: list[Temperature] = []
    for one in stated:
        before = text[since : one.start]
        (earlier if _EARLIER.search(before) and not _NOW.search(before) else today).append(one)
        since = one.end
    return today or earlier


def _may_be_a_particle(answer: Answer, chosen: Temperature) -> bool:
    """36度吧 may be 三十六度八, 三十六度半 or 三十六度 with a particle: nothing to call healthy on."""
    last = next((t for t in answer.tokens if t.start < chosen.end <= t.end), None)
    return last is not None and last.said.endswith(("吧", "巴", "把", "爸", "罢"))
