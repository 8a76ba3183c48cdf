"""What is told by one answer, and known after a call, of the bundled scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dialogs.actions import Heard
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.script import Script
from dialogs.understanding.single_answer import ReadAnswer, read_answer

SURVEY, OBSERVATION, NOTICE = map(load_script, ("health_survey", "home_observation", "notice"))
TODAY = date(2026, 11, 30)  # a Monday


def read(script: Script, question: str, said: str, name: str = "张三") -> ReadAnswer:
    return read_answer(script, question, said, TODAY, name)


def told(script: Script, question: str, said: str, name: str = "张三") -> Mapping[str, Any]:
    """The values, sure or not."""
    return read(script, question, said, name).values


def after(script: Script, answers: Sequence[str]) -> Mapping[str, Any]:
    """What is known after a call in which these were the answers."""
    dialog = Dialog(script, {"name": "张三"}, TODAY)
    dialog.start()
    for answer in answers:
        dialog.hear(Heard(answer, 1.0))
    return {name: value.value for name, value in dialog.slots.items()}
