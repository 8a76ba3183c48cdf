"""What to listen for after a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogs.actions import Listen
from dialogs.language.corpus import CALLED
from dialogs.language.respelling import Likely
from dialogs.language.wording import Likelihood
from dialogs.machine.sense import sense_of
from dialogs.script import Script, SlotType, State
from dialogs.understanding import Context, understanding_of


def listen_for(
    script: Script, state: State, today: date, name: str = "", *, is_by_family: bool = False
) -> Listen:
    """What the answer to a state's question, on a day, lets one expect of the resident of that name, or of
    who answers for them."""
    understanding, slot = understanding_of(script), script.slots[state.slot]
    likelihood, answers = understanding.likelihood(state), understanding.answers(state)
    is_name_told = slot.type is SlotType.IDENTITY and answers is not None
    if name and slot.type is SlotType.IDENTITY and likelihood is not None:
        likelihood = _as_if_called(likelihood, name)
    return Listen(
        phrases=(*understanding.phrases(state, today), *script.intent_words),
        is_open=slot.type in (SlotType.TEXT, SlotType.PLACE),
        no_input_seconds=script.limits.no_input_seconds,
        likelihood=likelihood,
        answers=answers,
        elsewhere=understanding.some_answers(),
        called=CALLED if is_name_told else "",
        name=name if is_name_told else "",
        sense=sense_of(script, understanding, Context(state, today, name, is_by_family)),
    )


def _as_if_called(likelihood: Likelihood, name: str) -> Likelihood:
    """What residents say, to whom the name is as familiar as their own was to those who were asked before."""

    def likely(texts: Sequence[str]) -> list[Likely]:
        known = likelihood([text.replace(name, CALLED) for text in texts])
        return [Likely(said.replace(CALLED, name), merit) for said, merit in known]

    return likely
