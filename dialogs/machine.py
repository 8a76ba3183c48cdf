"""The dialog of one call: what was heard goes in, what to say next comes out. Pure.

Every call of ``start``, ``hear``, ``no_input`` and ``key`` returns what to play, followed by either
``Listen`` or ``Hangup``. No clock, no sound, no I/O: a whole conversation runs in milliseconds.

The law of one question, in order:

1. An intent (打错了, 别再打了, 再说一遍 …) is followed before anything else.
2. A clear answer is kept and the call goes on; slots answered in passing are not asked again.
3. An unclear answer is asked again in other words, then with the telephone keys that answer it where it has
   any; said twice alike it is certain.
4. What stays unclear is kept as uncertain (or as None), and the call goes on.
5. ``Limits.reprompts_in_call`` bounds how often anything is asked again in a call. When that is used up, each
   question comes once: a call always ends, and soon.

A question that confirms (``State.confirms``) says answers back; it comes once a call, and only when there is
something to be said back (``dialogs.confirmation``). Silence does not end it with GAVE_UP: the survey is
complete, and what was said back stays uncertain.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from campaign.records import Grade, SlotValue, Source
from dialogs import confirmation
from dialogs.script import (
    SURE,
    Closing,
    Intent,
    Outcome,
    Prompt,
    Script,
    SlotType,
    State,
    Variant,
)
from dialogs.slots import Finding, value_of_key
from dialogs.understanding import Completeness, Context, Reading, understanding_of
from dialogs.wording import Likelihood

__all__ = [
    "SURE",
    "Action",
    "Completeness",
    "Dialog",
    "Hangup",
    "Heard",
    "Listen",
    "Outcome",
    "Part",
    "Play",
]

SURE_IN_PASSING = 0.75
"""Confidence from which an answer to a question that was not asked is taken."""


@dataclass(frozen=True)
class Part:
    """A piece of a prompt that has a recording of its own."""

    text: str
    plain_text: str


@dataclass(frozen=True)
class Play:
    prompt_id: str
    text: str
    plain_text: str
    """The variant without resident fields, to be said when there is no sound for ``text``."""
    barge_in: bool
    """Whether the resident may talk over it."""
    parts: tuple[Part, ...] = ()
    """What to say one after the other instead of ``text``, where the prompt is put together."""


@dataclass(frozen=True)
class Listen:
    phrases: tuple[str, ...]
    """Whole answers that the question lets one expect."""
    is_open: bool
    """True where free speech is wanted."""
    no_input_seconds: float = 5.0
    likelihood: Likelihood | None = field(default=None, compare=False)
    """How residents word their answers to this question, where that is known."""


@dataclass(frozen=True)
class Hangup:
    """Say what is queued, then end the call."""


Action = Play | Listen | Hangup


@dataclass(frozen=True)
class Heard:
    """One answer as the recogniser gives it."""

    text: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()
    """Expected phrases and how well each fits the sound: mean log probability of its characters."""


class Dialog:
    """One conversation by a script.

    Making one for a script and a day for the first time in a process takes about two seconds (dictionaries,
    expected phrases); do it before dialling. ``known`` holds answers of an earlier call, which are not
    asked for again.
    """

    def __init__(
        self,
        script: Script,
        fields: Mapping[str, str],
        today: date,
        known: Mapping[str, SlotValue] | None = None,
    ) -> None:
        self._script = script
        self._fields = dict(fields)
        self._today = today
        self._understanding = understanding_of(script)
        self._understanding.prepare(today)
        self._slots: dict[str, SlotValue] = dict(known or {})
        self._done: set[str] = set()
        self._state = script.states[script.start]
        self._asked = Variant.FIRST
        self._reprompts = 0
        self._reprompts_in_call = 0
        self._detours = 0
        self._silences = 0
        self._said_back: tuple[SlotValue, ...] = ()
        self._has_said_back = False
        self._denied: dict[str, SlotValue] = {}
        self._candidate: SlotValue | None = None
        self._outcome: Outcome | None = None
        self._heard = ""
        self.understood = ""
        """The words of the last answer after repair."""

    def __copy__(self) -> Dialog:
        """The same conversation at the same point; what is said to one is not said to the other."""
        twin = object.__new__(type(self))
        for name, value in vars(self).items():
            setattr(twin, name, copy.copy(value) if isinstance(value, dict | set | list) else value)
        return twin

    # --- what is known ----------------------------------------------------------------------------------

    @property
    def state(self) -> str:
        """The question that is open, or was when the call ended."""
        return self._state.name

    @property
    def slots(self) -> Mapping[str, SlotValue]:
        return dict(self._slots)

    @property
    def outcome(self) -> Outcome | None:
        """None while the conversation goes on."""
        return self._outcome

    @property
    def is_over(self) -> bool:
        return self._outcome is not None

    def grade(self) -> Grade | None:
        """排查分级 by what is known so far."""
        return self._script.grade(self._slots)

    def completeness(self, text: str) -> Completeness:
        """Whether words that were heard so far are a whole answer: how patient to be with a pause."""
        return self._understanding.completeness(text, self._context())

    def take_leave(self) -> list[Action]:
        """Our side has to end the call: a polite word; what was answered so far stays a partial result."""
        closings = self._script.closings.values()
        closing = next((c for c in closings if c.outcome is Outcome.CALL_LATER), None)
        return [self._play(closing.prompt), Hangup()] if closing else [Hangup()]

    # --- what happens -----------------------------------------------------------------------------------

    def start(self) -> list[Action]:
        """The call was answered."""
        return [self._play(self._script.opening), *self._enter(self._script.start)]

    def hear(self, heard: Heard) -> list[Action]:
        """The resident said something; empty text (noise) counts as not understood."""
        if self.is_over:
            return [Hangup()]
        self._silences = 0
        reading = self._understanding.read(heard.text, self._context(), heard.alternatives)
        self.understood = reading.text
        self._heard = heard.text
        self._keep_in_passing(reading, heard)
        finding = reading.findings.get(self._state.slot)
        if reading.intent:
            self._keep_asked(finding, heard)
            return self._follow(self._script.intents[reading.intent])
        if self._state.confirms:
            return self._hear_reply(reading, heard)
        if finding is None:
            return self._again(Variant.NO_MATCH)
        return self._weigh(self._slot_value(self._state.slot, finding, heard))

    def no_input(self) -> list[Action]:
        """Nothing was said for ``Listen.no_input_seconds``."""
        if self.is_over:
            return [Hangup()]
        self._silences += 1
        if self._silences >= self._script.limits.silences_in_a_row and not self._state.confirms:
            return self._give_up()
        return self._again(Variant.NO_INPUT)

    def key(self, digit: str) -> list[Action]:
        """The resident pressed a telephone key."""
        if self.is_over:
            return [Hangup()]
        self._silences = 0
        if digit in self._state.keys:
            slot = self._script.slots[self._state.slot]
            self.understood = digit
            value = value_of_key(slot, self._state.keys[digit])
            if self._state.confirms:
                return self._take_reply(value, {})
            return self._accept(SlotValue(slot.name, value, raw=digit, understood=digit, source=Source.KEY))
        intents = (intent for intent in self._script.intents.values() if digit in intent.keys)
        intent = next(intents, None)
        return self._follow(intent) if intent else self._again(Variant.NO_MATCH)

    # --- answers ----------------------------------------------------------------------------------------

    def _context(self) -> Context:
        return Context(self._state, self._today, self._fields.get("name", ""))

    def _slot_value(self, name: str, finding: Finding, heard: Heard) -> SlotValue:
        confidence = finding.confidence * trust(heard.confidence)
        return SlotValue(
            name=name,
            value=finding.value,
            raw=heard.text,
            understood=self.understood,
            confidence=round(confidence, 3),
            is_certain=finding.value is not None and confidence >= self._script.slots[name].sure,
        )

    def _keep_in_passing(self, reading: Reading, heard: Heard) -> None:
        """Answers to other questions; never in place of one that is certain already."""
        for name, finding in reading.findings.items():
            value = self._slot_value(name, finding, heard)
            known = self._slots.get(name)
            is_needed = name not in self._open_slots() and (known is None or not known.is_certain)
            if is_needed and self._is_sure_in_passing(value):
                self._slots[name] = value

    def _open_slots(self) -> set[str]:
        """Slots that the question is about."""
        return {self._state.slot, *(value.name for value in self._said_back)}

    def _is_sure_in_passing(self, value: SlotValue) -> bool:
        least = max(SURE_IN_PASSING, self._script.slots[value.name].sure)
        return value.value is not None and value.confidence >= least

    def _keep_asked(self, finding: Finding | None, heard: Heard) -> None:
        """打错了 answers who is speaking before it ends the call."""
        if finding is None or self._state.confirms:
            return
        value = self._slot_value(self._state.slot, finding, heard)
        if value.is_certain:
            self._slots[value.name] = value

    def _weigh(self, answer: SlotValue) -> list[Action]:
        if answer.value is None:  # 没量, 不知道: asking again is of no use
            return self._accept(answer)
        before = self._candidate
        if before is not None and before.value == answer.value:
            return self._accept(_certain(answer, before, self._script.slots[answer.name].sure))
        if answer.is_certain:
            return self._accept(answer if before is None else _doubted(answer, before))
        self._candidate = (
            answer if before is None else max(before, answer, key=lambda value: value.confidence)
        )
        return self._again(Variant.NO_MATCH)

    def _accept(self, answer: SlotValue) -> list[Action]:
        denied = self._denied.pop(answer.name, None)
        self._slots[answer.name] = confirmation.asked_anew(denied, answer) if denied else answer
        self._done.add(answer.name)
        return self._enter(self._state.target(self._slots))

    def _leave_open(self) -> list[Action]:
        """The question was asked often enough: what is there is kept as uncertain."""
        if self._state.confirms:
            return self._go_on(tuple(confirmation.doubted(value, self._heard) for value in self._said_back))
        understood = self.understood if self._heard else ""
        nothing = SlotValue(self._state.slot, None, self._heard, understood, confidence=0.0, is_certain=False)
        return self._accept(self._candidate or nothing)

    # --- saying back ------------------------------------------------------------------------------------

    def _hear_reply(self, reading: Reading, heard: Heard) -> list[Action]:
        """The reply to what was said back."""
        answers = {name: self._slot_value(name, found, heard) for name, found in reading.findings.items()}
        reply = answers.get(self._state.slot)
        sure = {name: value for name, value in answers.items() if self._is_sure_in_passing(value)}
        said_anew = {value.name: sure[value.name] for value in self._said_back if value.name in sure}
        added = confirmation.added(self._script, self._slots, sure, self._open_slots())
        self._slots.update((value.name, value) for value in added)
        denials = self._script.slots[self._state.slot].values.get("no", ())
        is_right = confirmation.agreement(reply, reading.text, denials, is_anew=bool(said_anew))
        return self._take_reply(is_right, said_anew)

    def _take_reply(self, is_right: bool | None, said_anew: Mapping[str, SlotValue]) -> list[Action]:
        verdict = confirmation.judged(self._said_back, is_right, said_anew)
        return self._again(Variant.NO_MATCH) if verdict is None else self._go_on(*verdict)

    def _go_on(self, kept: tuple[SlotValue, ...], denied: tuple[SlotValue, ...] = ()) -> list[Action]:
        """Past the confirmation: to what was denied, once more, or to what a corrected answer opens."""
        self._said_back = ()
        self._slots.update((value.name, value) for value in kept)
        for value in denied:
            self._denied[value.name] = value
            self._slots[value.name] = confirmation.doubted(value, self._heard)
            self._done.discard(value.name)
        sorry = self._state.prompts.get(Variant.DENIED) if denied else None
        return [*([self._play(sorry)] if sorry else []), *self._enter(self._script.start)]

    # --- the way through the script ---------------------------------------------------------------------

    def _enter(self, name: str) -> list[Action]:
        """Goes to a state, past all whose answer is known, or closes the call."""
        while name in self._script.states and self._is_settled(self._script.states[name]):
            name = self._script.states[name].target(self._slots)
        if name in self._script.closings:
            return self._close(self._script.closings[name])
        self._state = self._script.states[name]
        self._reprompts = self._detours = 0
        self._candidate = None
        self._heard = ""
        if self._state.confirms:
            self._said_back = confirmation.to_confirm(self._script, self._state, self._slots)
            self._has_said_back = True
        return self._ask(Variant.SHORT if self._state.slot in self._denied else Variant.FIRST)

    def _is_settled(self, state: State) -> bool:
        """Known, or asked in this call as often as it may be."""
        if state.confirms:
            return self._has_said_back or not confirmation.to_confirm(self._script, state, self._slots)
        answer = self._slots.get(state.slot)
        return answer is not None and (answer.is_certain or state.slot in self._done)

    def _ask(self, variant: Variant) -> list[Action]:
        self._asked = variant
        prompts = self._state.prompts
        return [self._play(prompts.get(variant, prompts[Variant.FIRST])), self._listen()]

    def _again(self, variant: Variant) -> list[Action]:
        limits, offers_keys = self._script.limits, Variant.KEYS in self._state.prompts
        is_last = self._reprompts >= limits.reprompts
        if self._is_patience_used_up() or self._reprompts >= limits.reprompts + offers_keys:
            return self._leave_open()
        self._reprompts += 1
        self._reprompts_in_call += 1
        return self._ask(Variant.KEYS if is_last else variant)

    def _is_patience_used_up(self) -> bool:
        return self._reprompts_in_call >= self._script.limits.reprompts_in_call

    def _follow(self, intent: Intent) -> list[Action]:
        if intent.go:
            return self._close(self._script.closings[intent.go])
        self._detours += 1
        if self._detours > _MOST_DETOURS or self._is_patience_used_up():
            return self._again(Variant.NO_MATCH)
        self._reprompts_in_call += 1
        if intent.say is None:
            return self._ask(self._asked)
        return [self._play(intent.say), *self._ask(Variant.SHORT)]

    def _give_up(self) -> list[Action]:
        closings = self._script.closings.values()
        return self._close(next(closing for closing in closings if closing.outcome is Outcome.GAVE_UP))

    def _close(self, closing: Closing) -> list[Action]:
        self._outcome = closing.outcome
        return [self._play(closing.prompt), Hangup()]

    def _play(self, prompt: Prompt) -> Play:
        parts = confirmation.parts_of(prompt, self._state, self._said_back)
        text = "".join(part.fill(self._fields) for part in parts)
        plain = "".join(part.plain for part in parts)
        pieces = tuple(Part(part.fill(self._fields), part.plain) for part in parts)
        return Play(prompt.id, text, plain, prompt.barge_in, pieces if len(parts) > 1 else ())

    def _intent_words(self) -> Iterator[str]:
        """What is understood at any time must be heard at any time, also by an engine with a grammar."""
        for intent in self._script.intents.values():
            yield from intent.words

    def _listen(self) -> Listen:
        slot = self._script.slots[self._state.slot]
        return Listen(
            phrases=(*self._understanding.phrases(self._state, self._today), *self._intent_words()),
            is_open=slot.type in (SlotType.TEXT, SlotType.PLACE),
            no_input_seconds=self._script.limits.no_input_seconds,
            likelihood=self._understanding.likelihood(self._state),
        )


_MOST_DETOURS = 3
"""How often one question is repeated on request before that counts as not understood."""


def trust(confidence: float) -> float:
    """How far the recogniser's own confidence lowers ours: not at all from 0.5 up, by more than half at 0."""
    return min(1.0, 0.4 + 1.2 * confidence)


def _certain(answer: SlotValue, before: SlotValue, sure: float) -> SlotValue:
    """Said twice alike, each time unclearly."""
    confidence = 1.0 - (1.0 - answer.confidence) * (1.0 - before.confidence)
    return replace(answer, confidence=round(confidence, 3), is_certain=confidence >= sure)


def _doubted(answer: SlotValue, before: SlotValue) -> SlotValue:
    """A clear answer after an unclear one of another meaning: certain unless that one was nearly clear."""
    return replace(answer, is_certain=before.confidence < _NEARLY_CLEAR)


_NEARLY_CLEAR = 0.5
