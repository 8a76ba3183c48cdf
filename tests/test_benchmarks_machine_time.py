"""The dialog machine decides and does nothing else, and how long it takes is told by the benchmark."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from benchmarks.machine_time import RESIDENT, Recorded, held, milliseconds
from dialogs.loading import load_script
from dialogs.understanding import understanding_of

DIALOGS = Path(__file__).parents[1] / "dialogs"
PURE = (
    "machine/dialog",
    "machine/patience",
    "machine/confirmation",
    "machine/certainty",
    "actions",
    "entities/appointments",
)
_OUTSIDE = {
    "os",
    "io",
    "time",
    "random",
    "socket",
    "logging",
    "subprocess",
    "threading",
    "asyncio",
    "pathlib",
}
_DOING = {"open", "print", "input", "now", "today", "utcnow", "sleep"}


def test_the_benchmark_holds_a_whole_dialogue_of_ten_turns() -> None:
    script = load_script("health_survey")
    said: list[Any] = []
    dialog, turns = held(script, Recorded(understanding_of(script), said))
    assert (turns, len(RESIDENT)) == (10, 10)
    assert len(dialog.slots) >= 6
    assert milliseconds(script, said) > 0


@pytest.mark.parametrize("name", PURE)
def test_deciding_parts_read_no_clock_and_touch_nothing_outside(name: str) -> None:
    tree = ast.parse((DIALOGS / f"{name}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not {alias.name.partition(".")[0] for alias in node.names} & _OUTSIDE
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] not in _OUTSIDE
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert called not in _DOING, ast.unparse(node)
