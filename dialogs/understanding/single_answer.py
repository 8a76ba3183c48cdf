"""One answer read outside a call: what the commands and the benchmarks use to see what words mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from campaign.errors import ScriptError
from dialogs.script import Script, State
from dialogs.understanding import Context, Understanding, understanding_of


@dataclass(frozen=True)
class ReadAnswer:
    """What one answer means to a script."""

    text: str
    """The words after repair; empty where nothing was said that is speech."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Slot to value, as in SlotValue, the unsure ones included; None: the resident has no answer (没量)."""
    confidence: Mapping[str, float] = field(default_factory=dict)
    """Slot to confidence, 0 to 1; ``dialogs.machine.SURE`` and more is believed without asking again."""
    intent: str = ""
    """Name of the script's intent (打错了, 再说一遍 …), or empty."""


def read_answer(
    script: Script,
    question: str,
    text: str,
    today: date,
    name: str = "",
    wordings: Sequence[tuple[str, float]] = (),
    understanding: Understanding | None = None,
) -> ReadAnswer:
    """What ``text`` means as an answer to ``question``, the name of a slot or of a state.

    ``name`` is the resident's; ``wordings`` are as in ``Understanding.read``; ``understanding`` is the
    script's own unless given. Raises ScriptError (``question_unknown``) where the script asks no such
    question.
    """
    context = Context(question_of(script, question), today, name)
    reading = (understanding or understanding_of(script)).read(text, context, wordings)
    return ReadAnswer(
        text=reading.text,
        values={slot: finding.value for slot, finding in reading.findings.items()},
        confidence={slot: round(finding.confidence, 3) for slot, finding in reading.findings.items()},
        intent=reading.intent,
    )


def question_of(script: Script, question: str) -> State:
    """The state of that name, or the first that asks for the slot of that name."""
    if question in script.states:
        return script.states[question]
    asking = next((state for state in script.states.values() if state.slot == question), None)
    if asking is None:
        known = "、".join(dict.fromkeys(state.slot for state in script.states.values()))
        raise ScriptError("question_unknown", f"脚本 {script.name} 没有问 {question}。可以是：{known}。")
    return asking
