"""What a call script is made of: slots, questions, transitions, closings, intents, grades. Frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from campaign.records import Grade, SlotValue
from dialogs.entities.appointments import spoken_times
from dialogs.script.voice_choice import VoiceChoice

FIELDS = ("name", "community")
"""What a prompt may insert: the resident's name, the community's name."""
ANSWERS = "{answers}"
"""Where a prompt of a confirming state says the answers back."""
TIME = "{time}"
"""Where the closing of a call to be made later says when."""
SURE = 0.6
"""Confidence from which an answer is taken without asking again, where the slot does not say otherwise."""


class SlotType(StrEnum):
    """Kind of answer; decides how words become a value."""

    IDENTITY = "identity"  # "self", "family", "wrong_number"
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # str, a key of Slot.values
    MULTI_CHOICE = "multi_choice"  # list of str, keys of Slot.values; empty = none
    SYMPTOMS = "symptoms"  # a multi_choice of troubles: 挺好的 means none
    TEMPERATURE = "temperature"  # float, degrees Celsius, one decimal
    PLACE = "place"  # str
    DATE = "date"  # str, YYYY-MM-DD
    COUNT = "count"  # int
    NUMBER = "number"  # int, or float with a fraction: years, floors, kilograms, yuan
    PHONE = "phone"  # str, digits, and 转 with the extension
    TEXT = "text"  # str; empty = none


class Tense(StrEnum):
    """Which days a question is about."""

    PAST = "past"
    FUTURE = "future"
    EITHER = "either"


class Outcome(StrEnum):
    """How a dialog ended."""

    COMPLETED = "completed"
    WRONG_NUMBER = "wrong_number"
    OPTED_OUT = "opted_out"
    CALL_LATER = "call_later"
    WANTS_PERSON = "wants_person"
    GAVE_UP = "gave_up"


class Variant(StrEnum):
    """Wording of a question."""

    FIRST = "first"
    NO_INPUT = "no_input"
    NO_MATCH = "no_match"
    KEYS = "keys"  # the last try: which telephone keys answer
    SHORT = "short"
    DENIED = "denied"  # of a confirming state: before what was denied is asked once more


@dataclass(frozen=True)
class Prompt:
    id: str
    """``state.variant``, ``opening``, ``closing.name`` or ``intent.name``."""
    text: str
    """May hold {name} and {community}."""
    plain: str
    """The same without any field; equal to ``text`` where that holds none."""
    barge_in: bool = True
    """Whether the resident may talk over it."""

    def fill(self, fields: Mapping[str, str]) -> str:
        """The words to say; the plain ones where a field is unknown or empty."""
        text = self.text
        for name in FIELDS:
            if "{" + name + "}" in text:
                if not fields.get(name):
                    return self.plain
                text = text.replace("{" + name + "}", fields[name])
        return text

    def parts(self) -> tuple[Prompt, ...]:
        """What is recorded on its own: the prompt, or what stands before and after the answers or the time
        in it."""
        gap = next((gap for gap in (ANSWERS, TIME) if gap in self.text), "")
        if not gap:
            return (self,)
        texts = [text.strip() for text in self.text.split(gap)]
        return tuple(
            Prompt(f"{self.id}.{number}", text, text, self.barge_in)
            for number, text in enumerate(texts, start=1)
            if text
        )


def with_pieces(prompt: Prompt, gap: str, said: Sequence[Prompt]) -> tuple[Prompt, ...]:
    """The prompt as the recordings that make it up, with ``said`` where the gap is."""
    before, here, after = prompt.text.partition(gap)
    if not here:
        return (prompt,)
    around = iter(prompt.parts())
    first = [next(around)] if before.strip() else []
    last = [next(around)] if after.strip() else []
    return (*first, *said, *last)


@dataclass(frozen=True)
class Slot:
    name: str
    label: str
    """Column heading."""
    type: SlotType
    is_required: bool = False
    """A missing or uncertain value goes to follow-up."""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Value to the words that residents use for it (``yes``/``no`` for yes_no)."""
    unprompted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Like ``values``: words that answer this slot even when something else was asked."""
    vague: tuple[str, ...] = ()
    """Values, or single words of theirs, that are asked about once more when nothing else was said."""
    none_words: tuple[str, ...] = ()
    """Whole answers to a text slot that mean: nothing."""
    words: tuple[str, ...] = ()
    """Words to be expected in a text answer."""
    minimum: float | None = None
    maximum: float | None = None
    place: str = ""
    """For yes_no: this place means yes, any other place no."""
    unknown: tuple[str, ...] = ()
    """Answers after which asking again is of no use: 没量, 记不清."""
    cue: tuple[str, ...] = ()
    """Words beside which a value counts even when something else was asked: 回来 for a date of return."""
    within_days: int | None = None
    """For yes_no: what lies further back does not count: 去年去过 is a no."""
    of_others: tuple[str, ...] = ()
    """For yes_no: words that mean yes even when said of somebody else: 邻居确诊了."""
    part_of: str = ""
    """Yes/no slot that is answered with yes when this one is answered."""
    tense: Tense | None = None
    """For date: which days count; None where neither the script nor its question tells, as for EITHER."""
    units: Mapping[str, float] = field(default_factory=dict)
    """For number: words behind it to what one of them is in the unit of the value: 斤 to 0.5."""
    question: str = field(default="", compare=False)
    """The first wording of the question that asks for it, without names; empty where nothing does."""
    sure: float = SURE
    """Confidence (0..1) from which an answer is taken without asking again."""


@dataclass(frozen=True)
class Condition:
    """One test over the slots; every part that is given must hold."""

    slot: str = ""
    equals: str | bool | int | float | None = None
    at_least: float | None = None
    at_most: float | None = None
    includes: str | None = None
    is_empty: bool | None = None
    missing: tuple[str, ...] = ()
    """Holds when one of these slots has no certain value."""

    def holds(self, slots: Mapping[str, SlotValue]) -> bool:
        if self.missing:
            return any(not _is_known(slots.get(name)) for name in self.missing)
        answer = slots.get(self.slot)
        if answer is None or answer.value is None:
            return False
        return self._suits(answer.value)

    def _suits(self, value: object) -> bool:
        tests = (
            self.equals is None or value == self.equals,
            self.at_least is None or (isinstance(value, int | float) and value >= self.at_least),
            self.at_most is None or (isinstance(value, int | float) and value <= self.at_most),
            self.includes is None or (isinstance(value, list) and self.includes in value),
            self.is_empty is None or self.is_empty == (value in ("", [])),
        )
        return all(tests)

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots that the condition looks at."""
        return self.missing or (self.slot,)


def _is_known(answer: SlotValue | None) -> bool:
    return answer is not None and answer.value is not None and answer.is_certain


@dataclass(frozen=True)
class Transition:
    go: str
    """State or closing."""
    when: Condition | None = None


@dataclass(frozen=True)
class Wording:
    """How the answers of one slot are said back to the resident."""

    texts: Mapping[str, Prompt]
    """By value as a script writes it: ``yes``, 发热, ``37.8``; what is not listed is not said back."""
    other: Prompt | None = None
    """For numbers that are not listed."""

    def said(self, value: object) -> tuple[Prompt, ...]:
        """The pieces that say the value; empty where there is nothing to be said back."""
        match value:
            case None:
                return ()
            case bool():
                keys = ["yes" if value else "no"]
            case list() | tuple():
                keys = [str(item) for item in value]
            case float():
                keys = [f"{value:.1f}"]
            case _:
                keys = [str(value)]
        pieces = (self.texts.get(key, self.other) for key in keys)
        return tuple(piece for piece in pieces if piece is not None)

    def prompts(self) -> Iterator[Prompt]:
        yield from self.texts.values()
        if self.other is not None:
            yield self.other


@dataclass(frozen=True)
class State:
    """One question."""

    name: str
    slot: str
    prompts: Mapping[Variant, Prompt]
    next: tuple[Transition, ...]
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


@dataclass(frozen=True)
class GradeRule:
    grade: Grade
    any: tuple[Condition, ...] = ()
    """One of them must hold; none given: always holds."""

    def holds(self, slots: Mapping[str, SlotValue]) -> bool:
        return not self.any or any(condition.holds(slots) for condition in self.any)


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

    @property
    def required(self) -> tuple[str, ...]:
        """Slots without which a result is not complete."""
        return tuple(slot.name for slot in self.slots.values() if slot.is_required)

    def closing_with(self, outcome: Outcome) -> Closing | None:
        """The first closing of that outcome: the one that is said without being told to."""
        return next((closing for closing in self.closings.values() if closing.outcome is outcome), None)

    def intent_words(self) -> tuple[str, ...]:
        """What is understood at any time must be heard at any time, also by an engine with a grammar."""
        return tuple(word for intent in self.intents.values() for word in intent.words)

    def prompts(self) -> Iterator[Prompt]:
        """Every prompt, in the order in which a call meets them."""
        yield self.opening
        for state in self.states.values():
            for prompt in state.prompts.values():
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
