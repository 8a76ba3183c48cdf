"""What to listen for after a question."""

from __future__ import annotations

from datetime import date

from dialogs.actions import Listen
from dialogs.script import Script, SlotType, State
from dialogs.understanding import understanding_of


def listen_for(script: Script, state: State, today: date) -> Listen:
    """What the answer to a state's question, on a day, lets one expect."""
    understanding = understanding_of(script)
    return Listen(
        phrases=(*understanding.phrases(state, today), *script.intent_words()),
        is_open=script.slots[state.slot].type in (SlotType.TEXT, SlotType.PLACE),
        no_input_seconds=script.limits.no_input_seconds,
        likelihood=understanding.likelihood(state),
        answers=understanding.answers(state),
    )
