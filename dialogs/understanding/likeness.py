"""What was taught about the questions of the survey, for any script's: slots tell what they are ``like``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogs.script import Script, Slot
from dialogs.understanding.classes import INTENT, UNKNOWN, choices_of
from dialogs.understanding.network import Alphabet, Choice
from dialogs.understanding.second_reader import Doubts

_NOT_HERE = "~"
"""Before the name of what a script does not ask, whose own slot of that name may be about something else."""


@dataclass(frozen=True)
class Question:
    """One question of a script."""

    like: str
    """The question that was taught."""
    choices: tuple[Choice, ...]
    """All that the networks decide, named by the script's slots where they are known, in their order."""
    known: frozenset[str]
    """Slots whose values the networks know, whatever they do of others."""
    doubts: Doubts


def questions_of(script: Script, taught: Alphabet) -> Mapping[str, Question]:
    """By its slot every question of a script that is like one that was taught.

    Of several slots that are like the same one (two readings of a temperature) only the one that was asked is
    known while it is asked for; of the others nobody can tell which is meant.
    """
    alike = {name: slot for name, slot in script.slots.items() if is_known(slot, taught)}
    shared = Counter(slot.like for slot in alike.values())
    return {
        asked: _question(
            slot.like,
            {s.like: name for name, s in alike.items() if name == asked or shared[s.like] == 1},
            taught,
        )
        for asked, slot in alike.items()
        if slot.like in taught.questions
    }


def is_known(slot: Slot, taught: Alphabet) -> bool:
    """Whether a slot is like one that was taught, of its kind. A list may have values that were not taught:
    these are left to the rules."""
    if not slot.like:
        return False
    main, *_ = choices_of(replace(slot, name=slot.like))
    return main in taught.choices


def _question(like: str, slots: Mapping[str, str], taught: Alphabet) -> Question:
    choices = tuple(_renamed(choice, slots) for choice in taught.choices)
    sizes = [len(choice.classes) for choice in choices]
    is_asked = [choice.name.partition("/")[0] == slots[like] for choice in choices]
    return Question(like, choices, frozenset(slots.values()), Doubts(sizes, is_asked))


def _renamed(choice: Choice, slots: Mapping[str, str]) -> Choice:
    slot, dash, value = choice.name.partition("/")
    if slot in (INTENT, UNKNOWN):
        return choice
    return Choice(f"{slots.get(slot, _NOT_HERE + slot)}{dash}{value}", choice.classes)
