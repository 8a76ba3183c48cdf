"""Answers to the bundled survey, read outside a call: what is understood, and what is believed of it."""

from __future__ import annotations

from datetime import date
from functools import cache

from dialogs.loading import load_script
from dialogs.understanding.single_answer import ReadAnswer, read_answer

SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)
"""A Sunday."""


@cache
def read(question: str, said: str) -> ReadAnswer:
    """An answer of 张三."""
    return read_answer(SCRIPT, question, said, TODAY, "张三")


def value(question: str, said: str) -> object:
    """What is believed without asking again."""
    answer = read(question, said)
    sure = answer.confidence.get(question, 0.0) >= SCRIPT.slots[question].sure
    return answer.values.get(question) if sure else None
