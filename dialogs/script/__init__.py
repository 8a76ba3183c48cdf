"""A call script: what is asked, in which words, and what each answer leads to. Frozen values.

``dialogs.loading`` reads one from YAML, ``dialogs.checks`` says what may be wrong with it, and
``dialogs.machine`` walks through it. The ``model`` is all of it but the ``voice_choice``.
"""

from __future__ import annotations

from dialogs.script.model import (
    ANSWERS,
    FIELDS,
    SURE,
    TIME,
    Closing,
    Condition,
    GradeRule,
    Intent,
    Limits,
    Outcome,
    Prompt,
    Script,
    Slot,
    SlotType,
    State,
    Tense,
    Transition,
    Variant,
    Wording,
    with_pieces,
)

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
