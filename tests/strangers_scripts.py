"""Scripts that administrators wrote from the manual alone, read by rules: no model of meanings is needed."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dialogs.loading import load_script
from dialogs.script import Script
from dialogs.understanding.reader import Understanding
from dialogs.understanding.single_answer import read_answer

FOLDER = Path(__file__).parent.parent / "benchmarks" / "strangers"
TODAY = date(2026, 11, 30)  # a Monday
ASK_AGAIN = "?"


@cache
def script(name: str) -> Script:
    return load_script(FOLDER / f"{name}.yaml")


@cache
def rules(name: str) -> Understanding:
    return Understanding(script(name), learnt=None)


def taken(name: str, question: str, words: str, slot: str = "") -> Any:
    """The value that is kept without asking again; ASK_AGAIN where none is."""
    slot = slot or question
    read = read_answer(script(name), question, words, TODAY, understanding=rules(name))
    is_sure = read.confidence.get(slot, 0.0) >= script(name).slots[slot].sure
    return read.values[slot] if is_sure and slot in read.values else ASK_AGAIN
