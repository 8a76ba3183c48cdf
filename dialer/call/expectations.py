"""What the dialogue listens for, as a recogniser expects it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from asr.recognizer import Expectation
from dialogs.actions import Listen
from dialogs.machine.listening import listen_for
from dialogs.script import Script


def expected_answer(listen: Listen) -> Expectation:
    """What an action of the dialogue lets one expect."""
    return Expectation(
        listen.phrases, listen.is_open, listen.likelihood,
        listen.answers, listen.elsewhere, listen.called, listen.name, listen.sense,
    )  # fmt: skip


def expectations(script: Script, today: date) -> Iterator[Expectation]:
    """Those of all of a script's questions."""
    for state in script.states.values():
        yield expected_answer(listen_for(script, state, today))
