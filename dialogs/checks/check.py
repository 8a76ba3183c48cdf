"""What a script must satisfy beyond its form: names that exist, ways that end, prompts that can be said.

Quick, for it runs whenever a script is loaded; ``dialogs.authoring.advice`` takes its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from dialogs.checks.conditions import conditions
from dialogs.checks.confirmations import confirmations
from dialogs.checks.grading import grading
from dialogs.checks.intents import intents
from dialogs.checks.problem import Problem
from dialogs.checks.slots import slots
from dialogs.checks.states import states
from dialogs.checks.texts import texts
from dialogs.checks.ways import ways
from dialogs.script import Script

__all__ = ["Problem", "check", "independent"]


def check(script: Script) -> list[Problem]:
    """Every error of a script, and the warnings that can be told at once."""
    parts = (slots, states, confirmations, texts, conditions, ways, intents, grading)
    return [problem for part in parts for problem in part(script)]


_WHOLE_SECTIONS = ("start", "states", "closings")
"""A mistake of form in one of these says nothing certain about the ways through the script."""

_REFERRED_TO = ("slots", "states", "closings")


def independent(
    found: Iterable[Problem], form: Iterable[Problem], lines: Mapping[str, int]
) -> Iterator[Problem]:
    """The problems that do not merely follow from a mistake in the form.

    Args:
        found: Problems of a script whose holes were filled with defaults.
        form: What is wrong with its form.
        lines: Line of every path that is written in the script.
    """
    spoilt = {_entry(problem.path) for problem in form}
    sections = {section for section, _ in spoilt}
    names = {name for _, name in spoilt if name}
    if spoilt and not all(f"/{section}" in lines for section in _REFERRED_TO):
        return
    for problem in found:
        section, name = _entry(problem.path)
        if spoilt and f"/{section}" not in lines:
            continue  # a section that is missing altogether
        if (section, name) in spoilt or (section, "") in spoilt or _names_one(problem, names):
            continue
        if problem.is_of_ways and sections & set(_WHOLE_SECTIONS):
            continue
        yield problem


def _entry(path: str) -> tuple[str, str]:
    """Section and name: /states/ask_date/next/0 -> states, ask_date."""
    parts = path.split("/")
    section = parts[1] if len(parts) > 1 else ""
    return section, parts[2] if len(parts) > 2 and section != "grading" else ""


def _names_one(problem: Problem, names: Iterable[str]) -> bool:
    """Whether the sentence is about one of the names; ask is not in ask_date."""
    return any(
        re.search(rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])", problem.text) for name in names
    )
