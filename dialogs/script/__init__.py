"""A call script: what is asked, in which words, and what each answer leads to. Frozen values.

``dialogs.loading`` reads one from YAML, ``dialogs.checks`` says what may be wrong with it, and
``dialogs.machine`` walks through it. Its parts are in ``slot``, ``prompt`` and ``condition``, all of it in
``model``; ``voice_choice`` is who says what has no recording.
"""

from __future__ import annotations

from dialogs.script.condition import Condition, GradeRule, Transition
from dialogs.script.model import Closing, Intent, Limits, Outcome, Script, State
from dialogs.script.prompt import ANSWERS, FIELDS, TIME, Prompt, Variant, Wording, with_pieces
from dialogs.script.slot import SURE, Slot, SlotType, Tense

__all__ = [
    "ANSWERS",
    "FIELDS",
    "SURE",
    "TIME",
    "Closing",
    "Condition",
    "GradeRule",
    "Intent",
    "Limits",
    "Outcome",
    "Prompt",
    "Script",
    "Slot",
    "SlotType",
    "State",
    "Tense",
    "Transition",
    "Variant",
    "Wording",
    "with_pieces",
]
