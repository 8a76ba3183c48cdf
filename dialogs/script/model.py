"""A whole script: its questions, closings, and what is understood at any time. Frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from campaign.records import Grade, Remark, SlotValue
from dialogs.entities.appointments import spoken_times
from dialogs.script.condition import GradeRule, Transition
from dialogs.script.prompt import Prompt, Variant, Wording
from dialogs.script.slot import Slot, SlotType, Tense
from dialogs.script.voice_choice import VoiceChoice


class Outcome(StrEnum):
    """How a dialog ended."""

    COMPLETED = "completed"
    WRONG_NUMBER = "wrong_number"
    OPTED_OUT = "opted_out"
    CALL_LATER = "call_later"
    WANTS_PERSON = "wants_person"
    GAVE_UP = "gave_up"
    DECEASED = "deceased"
    EMERGENCY = "emergency"


@dataclass(frozen=True)
class State:
    """One question."""

    name: str
    slot: str
    prompts: Mapping[Variant, Prompt]
    next: tuple[Transition, ...]
    to_family: Mapping[Variant, Prompt] = field(default_factory=dict)
    """What is said instead to somebody of the resident's family: 他 for 您."""
    also: tuple[str, ...] = ()
    """Slots that the answer may fill besides."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Telephone key to value, as written in the script."""
    phrases: tuple[str, ...] = ()
    """Whole answers to be expected; {place} {temperature} {date} {count} {symptom} {need} expand."""
    confirms: Mapping[str, Wording] = field(default_factory=dict)
    """Slots that the question says back, with how; its own slot is then a yes or no that is not kept."""

    def target(self, slots: Mapping[str, SlotValue]) -> str:
        """Where the call goes on from here; the first transition that holds."""
        return next(t.go for t in self.next if t.when is None or t.when.holds(slots))


@dataclass(frozen=True)
class Closing:
    """What is said before the robot hangs up."""

    name: str
    outcome: Outcome
    prompt: Prompt
    appointment: Prompt | None = None
    """Of CALL_LATER: said instead where the resident named a time; {time} is where it is said back."""
    transfer: Prompt | None = None
    """Of WANTS_PERSON: said before the call is handed to a person, where there is a number for that."""
    untaken: Prompt | None = None
    """Of WANTS_PERSON: said when nobody took the call; ``prompt`` where there is none."""

    def prompts(self) -> Iterator[Prompt]:
        """Every recording that the closing is made of, apart from the times."""
        yield self.prompt
        if self.appointment is not None:
            yield from self.appointment.parts()
        yield from (prompt for prompt in (self.transfer, self.untaken) if prompt is not None)


@dataclass(frozen=True)
class Intent:
    """Something that is understood at any time; exactly one of ``go``, ``say``, ``is_repeat`` and
    ``is_slower`` is set."""

    name: str
    words: tuple[str, ...]
    keys: tuple[str, ...] = ()
    go: str = ""
    """Closing."""
    say: Prompt | None = None
    """Said before the question is asked again."""
    is_repeat: bool = False
    is_slower: bool = False
    """The question is asked again, slower, and so is all that follows."""
    wait_seconds: int = 0
    """Where it asks us to wait: how long to listen after ``say``, without asking again."""
    is_handover: bool = False
    """Whether somebody else answers then, who is told who is calling and asked who he is."""
    keep: str = ""
    """Text slot to which a remark is added, for people to see to."""
    remark: Remark = Remark.QUESTION
    """Which, of an intent that keeps any."""


@dataclass(frozen=True)
class Limits:
    reprompts: int = 1
    """How often one question is asked again in other words, before the keys are offered."""
    reprompts_in_call: int = 8
    """How often anything is asked again or repeated in a whole call; after that each question comes once."""
    silences_in_a_row: int = 3
    """Silent answers, one after the other, after which the robot gives up."""
    no_input_seconds: float = 5.0
    """Silence after a question that counts as no answer."""
    call_seconds: int = 120
    """How long a whole call may take; ``wenhou script check`` warns of a script that takes longer."""


@dataclass(frozen=True, eq=False)
class Script:
    """One script; compared by identity, so that what is derived from it can be kept beside it."""

    name: str
    title: str
    version: str
    """The author's version and a short hash of the file: 1-3f2a9c01."""
    start: str
    opening: Prompt
    slots: Mapping[str, Slot]
    states: Mapping[str, State]
    closings: Mapping[str, Closing]
    intents: Mapping[str, Intent]
    grading: tuple[GradeRule, ...]
    limits: Limits = Limits()
    voice: VoiceChoice | None = None
    """Says what has no recording; None: the voice of sip.conf."""

    @property
    def kept_slots(self) -> tuple[Slot, ...]:
        """Slots that make up a result: all but the yes or no of a confirmation."""
        passing = {state.slot for state in self.states.values() if state.confirms}
        return tuple(slot for slot in self.slots.values() if slot.name not in passing)

    @cached_property
    def noting(self) -> tuple[Intent, ...]:
        """Intents that keep remarks."""
        return tuple(intent for intent in self.intents.values() if intent.keep)

    @cached_property
    def remark_slots(self) -> frozenset[str]:
        """Slots that hold what residents tell besides their answers."""
        return frozenset(intent.keep for intent in self.noting)

    @property
    def required(self) -> tuple[str, ...]:
        """Slots without which a result is not complete."""
        return tuple(slot.name for slot in self.slots.values() if slot.is_required)

    @cached_property
    def speaker_slots(self) -> tuple[str, ...]:
        """Slots that tell who speaks."""
        return tuple(name for name, slot in self.slots.items() if slot.type is SlotType.IDENTITY)

    def journey_of(self, name: str) -> str:
        """The slot of which another tells the place or the day: travel of 去的是哪里 and of 哪天回来的; empty
        for others."""
        slot = self.slots[name]
        if slot.part_of or slot.tense is not Tense.PAST:
            return slot.part_of
        return next((name for name, other in self.slots.items() if other.is_journey), "")

    def closing_with(self, outcome: Outcome) -> Closing | None:
        """The first closing of that outcome: the one that is said without being told to."""
        return next((closing for closing in self.closings.values() if closing.outcome is outcome), None)

    @cached_property
    def intent_words(self) -> tuple[str, ...]:
        """What is understood at any time must be heard at any time, also by an engine with a grammar."""
        return tuple(word for intent in self.intents.values() for word in intent.words)

    def prompts(self) -> Iterator[Prompt]:
        """Every prompt, in the order in which a call meets them."""
        yield self.opening
        for state in self.states.values():
            for prompt in (*state.prompts.values(), *state.to_family.values()):
                yield from prompt.parts()
            for wording in state.confirms.values():
                yield from wording.prompts()
        for intent in self.intents.values():
            if intent.say is not None:
                yield intent.say
        for closing in self.closings.values():
            yield from closing.prompts()
        if any(closing.appointment is not None for closing in self.closings.values()):
            yield from (Prompt(f"time.{n}", said, said) for n, said in enumerate(spoken_times(), start=1))

    def texts(self, fields: Mapping[str, str]) -> tuple[str, ...]:
        """Every text that a call with these fields may have to say, each once."""
        return tuple(dict.fromkeys(prompt.fill(fields) for prompt in self.prompts()))

    def grade(self, slots: Mapping[str, SlotValue]) -> Grade | None:
        """排查分级 by the table; None while no answer that the table looks at is known."""
        looked_at = {name for rule in self.grading for condition in rule.any for name in condition.slots}
        if all(name not in slots or slots[name].value is None for name in looked_at):
            return None
        return next((rule.grade for rule in self.grading if rule.holds(slots)), None)

    def alarming(self, slots: Mapping[str, SlotValue]) -> frozenset[str]:
        """Slots whose value makes the grade worse than green."""
        conditions = (c for rule in self.grading if rule.grade is not Grade.GREEN for c in rule.any)
        return frozenset(c.slot for c in conditions if c.slot and c.holds(slots))
