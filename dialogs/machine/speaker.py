"""Who speaks: the resident, somebody of the family, or whoever the telephone was handed to. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from campaign.records import SlotValue
from dialogs.script import Prompt, Script, State, Variant
from dialogs.understanding.intents import introducing

AT_HOME = ("self", "family")
"""Who may come to the telephone in the place of somebody else."""


def is_family(script: Script, slots: Mapping[str, SlotValue]) -> bool:
    """Whether somebody of the resident's family speaks, as far as is known."""
    return any(name in slots and slots[name].value == "family" for name in script.speaker_slots)


def prompts_of(state: State, *, is_to_family: bool) -> Mapping[Variant, Prompt]:
    """What a question may be asked by: 您有没有发热, of somebody of the family 他有没有发热."""
    return {**state.prompts, **state.to_family} if is_to_family else state.prompts


def asking_who(script: Script) -> State | None:
    """The question who speaks; None where a script asks for nothing of the kind."""
    return next((state for state in script.states.values() if state.slot in script.speaker_slots), None)


def introduction(script: Script) -> Prompt | None:
    """What somebody is told who was not there when the call began: who is calling, and why."""
    intent = script.intents.get(introducing(script))
    return intent.say if intent else None
