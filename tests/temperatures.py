"""Temperatures as the rules of the bundled survey read them."""

from __future__ import annotations

from datetime import date

from dialogs.loading import load_script
from dialogs.slots import Finding
from dialogs.understanding import Context, Understanding
from dialogs.understanding.single_answer import question_of

_SCRIPT = load_script("health_survey")
_BY_RULES = Understanding(_SCRIPT, None)


def found(words: str) -> Finding | None:
    """What the words tell when a temperature was asked for on 2026-11-22."""
    context = Context(question_of(_SCRIPT, "temperature"), date(2026, 11, 22))
    return _BY_RULES.read(words, context).findings.get("temperature")


def reading(words: str) -> float | None:
    """The same in degrees Celsius; None where there is none or it is in doubt."""
    finding = found(words)
    is_sure = finding is not None and finding.confidence >= _SCRIPT.slots["temperature"].sure
    return finding.value if is_sure and finding is not None else None
