"""What the dialog machine itself takes of a conversation: ten turns, without reading their words.

    python -m benchmarks.machine_time [SCRIPT]

The conversation is held once with the understanding of the script, whose answers are written down, and then
again and again with these: what is timed is all that ``dialogs.machine`` does from the first word to the
last. Processor time, so that other work on the machine counts less.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from datetime import date
from typing import Any
from unittest import mock

import numpy as np

from dialogs.loading import load_script
from dialogs.machine import Dialog, Heard
from dialogs.script import Script
from dialogs.understanding import understanding_of

TODAY = date(2026, 11, 22)
FIELDS = {"name": "张三", "community": "幸福"}
RESIDENT: tuple[str | None, ...] = (
    "是我", "啊啊啊", "在北京呢", "你谁啊", "有点发烧", "三十八度二", None, "没有出去过", "没接触过",
    "两口人",
)  # fmt: skip
"""What is said turn by turn; None: nothing."""
ALLOWED_MILLISECONDS = 1.0
_WARM_UP, _TIMES = 200, 2000


class Replayed:
    """Says again, call by call, what an understanding said."""

    def __init__(self, said: list[Any]) -> None:
        self._said = deque(said)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *_: self._said.popleft()


class Recorded:
    """An understanding whose words are written down."""

    def __init__(self, understanding: Any, said: list[Any]) -> None:
        self._understanding, self._said = understanding, said

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def asked(*arguments: Any) -> Any:
            answer = getattr(self._understanding, name)(*arguments)
            self._said.append(answer)
            return answer

        return asked


def held(script: Script, understanding: object) -> tuple[Dialog, int]:
    """The conversation, and how many turns it had."""
    with mock.patch("dialogs.machine.dialog.understanding_of", return_value=understanding):
        dialog = Dialog(script, FIELDS, TODAY)
    dialog.start()
    turns = 0
    for words in RESIDENT:
        if dialog.is_over:
            break
        dialog.no_input() if words is None else dialog.hear(Heard(words, 0.9))
        turns += 1
    return dialog, turns


def milliseconds(script: Script, said: list[Any]) -> float:
    """Of one conversation; the patch around the making of the dialog is not counted."""
    replayed = Replayed(said)
    with mock.patch("dialogs.machine.dialog.understanding_of", return_value=replayed):
        started = time.process_time_ns()
        dialog = Dialog(script, FIELDS, TODAY)
        dialog.start()
        for words in RESIDENT:
            dialog.no_input() if words is None else dialog.hear(Heard(words, 0.9))
        ended = time.process_time_ns()
    return (ended - started) / 1e6


def main(name: str = "health_survey") -> int:
    """Prints the figures; 1 where the conversation is shorter or takes longer than it may."""
    script = load_script(name)
    said: list[Any] = []
    dialog, turns = held(script, Recorded(understanding_of(script), said))
    spent = np.array([milliseconds(script, said) for _ in range(_WARM_UP + _TIMES)][_WARM_UP:])
    middle, late = np.percentile(spent, (50, 95))
    print(
        f"{script.name}: {turns} turns, {len(dialog.slots)} slots, {len(said)} questions to the understanding"
    )
    print(f"machine alone: p50 {middle:.3f} ms, p95 {late:.3f} ms, mean {spent.mean():.3f} ms a conversation")
    return 0 if turns == len(RESIDENT) and middle < ALLOWED_MILLISECONDS else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
