"""The dialog of one call: what was heard goes in, what to say next comes out. Pure.

Every call of ``start``, ``hear``, ``no_input`` and ``key`` returns what to play, followed by either
``Listen`` or ``Hangup``. No clock, no sound, no I/O: a whole conversation runs in milliseconds.

The law of one question, in order:

1. An intent (打错了, 再说一遍 …) is followed before anything else. Who asks who is calling beside an answer
   is told, and the call goes on. Who asks to be waited for is, and nothing is asked meanwhile. Who hands the
   telephone over is waited for, too; whoever comes is told who is calling and asked who he is.
2. A clear answer is kept and the call goes on; slots answered in passing are not asked again.
3. An unclear answer is asked again in other words, then with the telephone keys that answer it where it has
   any; said twice alike it is certain.
4. What stays unclear is kept as uncertain (or as None), and the call goes on.
5. ``Limits.reprompts_in_call`` bounds how often anything is asked again in a call. When that is used up, each
   question comes once: a call always ends, and soon.

A question that confirms (``State.confirms``) says answers back; it comes once a call, and only when there is
something to be said back (``confirmation``). Silence does not end it with GAVE_UP: the survey is complete,
and what was said back stays uncertain.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from campaign.records import Grade, Remark, SlotValue, Source
from dialogs.actions import Action, Hangup, Heard, Listen, Part, Play, Transfer
from dialogs.language.remarks.one_moment import without_return
from dialogs.machine import confirmation, same_as, speaker
from dialogs.machine.answers import Answers
from dialogs.machine.certainty import (
    SURE_IN_PASSING,
    answer_to,
    is_not_known,
    said_otherwise,
    said_twice,
    trust,
    unanswered,
)
from dialogs.machine.ending import Ending
from dialogs.machine.in_passing import (
    denied_after_all,
    says_no_more,
    tells_another_reading,
    told_by_parts,
)
from dialogs.machine.listening import listen_for
from dialogs.machine.patience import Patience
from dialogs.machine.replies import Replies
from dialogs.machine.saying import Saying
from dialogs.machine.unfailing import Unfailing
from dialogs.machine.whereabouts import not_yet_returned, told_whereabouts
from dialogs.script import (
    SURE,
    Closing,
    Intent,
    Outcome,
    Prompt,
    Script,
    State,
    Variant,
)  # fmt: skip
from dialogs.slots import Finding, value_of_key
from dialogs.understanding import Completeness, Context, Reading, understanding_of

__all__ = [
    "SURE", "SURE_IN_PASSING", "Action", "Completeness", "Dialog", "Hangup", "Heard", "Listen", "Outcome",
    "Part", "Play", "Transfer", "trust",
]  # fmt: skip

_MORNING = time(9)
_CHANGING = Answers | Ending | Patience | Saying
"""What a conversation is made of that changes as it goes on."""


class Dialog:
    """One conversation by a script.

    Making one for a script and a day for the first time in a process takes about two seconds (dictionaries,
    expected phrases); do it before dialling.

    Args:
        script: What is asked.
        fields: What prompts may insert: the resident's name, the community's.
        today: The day by which days are told.
        known: Answers of an earlier call, which are not asked for again.
        now: When the call is placed, with its time zone; a call that is wanted in half an hour counts from
            here. Without it an appointment has no time zone and counts from nine in the morning.
        may_call: Whether a call may be placed at that time; what may not is not promised.
        can_transfer: Whether there is a person to whom a call can be handed.
    """

    def __init__(
        self,
        script: Script,
        fields: Mapping[str, str],
        today: date,
        known: Mapping[str, SlotValue] | None = None,
        *,
        now: datetime | None = None,
        may_call: Callable[[datetime], bool] = lambda at: True,
        can_transfer: bool = False,
    ) -> None:
        self._script = script
        self._today = today
        self._name = fields.get("name", "")
        self._saying = Saying(dict(fields))
        self._ending = Ending(now or datetime.combine(today, _MORNING), may_call, can_transfer)
        self._understanding = Unfailing(understanding_of(script))
        self._understanding.prepare(today)
        self._answers = Answers(script, known or {})
        self._state = script.states[script.start]
        self._asked = Variant.FIRST
        self._patience = Patience(script.limits)
        self._said_back: tuple[SlotValue, ...] = ()
        self._has_said_back = False
        self._candidate: SlotValue | None = None
        self._awaiting: Intent | None = None
        """By which the resident asked to be waited for, who went to fetch the answer, or somebody else."""
        self._heard = ""
        self.understood = ""
        """The words of the last answer after repair."""

    def __copy__(self) -> Dialog:
        """The same conversation at the same point; what is said to one is not said to the other."""
        twin = object.__new__(type(self))
        for name, value in vars(self).items():
            setattr(twin, name, copy.copy(value) if isinstance(value, _CHANGING) else value)
        return twin

    # --- what is known ----------------------------------------------------------------------------------

    @property
    def state(self) -> str:
        """The question that is open, or was when the call ended."""
        return self._state.name

    @property
    def slots(self) -> Mapping[str, SlotValue]:
        return dict(self._answers.slots)

    @property
    def outcome(self) -> Outcome | None:
        """None while the conversation goes on."""
        return self._ending.outcome

    @property
    def is_over(self) -> bool:
        return self._ending.closing is not None

    @property
    def appointment(self) -> datetime | None:
        """When the resident wants to be called again, where a time was named."""
        return self._ending.appointment

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Labels of the required slots that have no value, in the order of the script."""
        return tuple(slot.label for slot in unanswered(self._script, self._answers.slots))

    @property
    def not_known(self) -> tuple[str, ...]:
        """Those of ``unanswered`` of which the resident told that he does not know: 没量."""
        slots = self._answers.slots
        return tuple(s.label for s in unanswered(self._script, slots) if is_not_known(slots, s.name))

    @property
    def remarks(self) -> Mapping[Remark, str]:
        """What was told besides answers that people have to see to."""
        noting = ((i.remark, self.slots[i.keep]) for i in self._script.noting if i.keep in self.slots)
        return {remark: str(value.value) for remark, value in noting if value.value}

    def grade(self) -> Grade | None:
        """排查分级 by what is known so far."""
        return self._script.grade(self._answers.slots)

    def completeness(self, text: str) -> Completeness:
        """Whether words that were heard so far are a whole answer: how patient to be with a pause."""
        return self._understanding.completeness(text, self._context())

    def take_leave(self) -> list[Action]:
        """Our side has to end the call: a polite word; what was answered so far stays a partial result."""
        closing = self._script.closing_with(Outcome.CALL_LATER)
        return [self._play(closing.prompt), Hangup()] if closing else [Hangup()]

    def transfer_failed(self) -> list[Action]:
        """Nobody took the call that was to be handed over: say who will call instead."""
        closing = self._ending.closing
        return [self._play(closing.untaken or closing.prompt), Hangup()] if closing else [Hangup()]

    # --- what happens -----------------------------------------------------------------------------------

    def start(self) -> list[Action]:
        """The call was answered."""
        return [self._play(self._script.opening), *self._enter(self._script.start)]

    def hear(self, heard: Heard) -> list[Action]:
        """The resident said something; empty text (noise) counts as not understood."""
        if self.is_over:
            return [Hangup()]
        self._begin_turn(is_silent=False)
        awaiting, self._awaiting = self._awaiting, None
        if awaiting is not None and not heard.text:  # a door, a drawer
            return self._follow(awaiting)
        if awaiting is not None:
            heard = replace(heard, text=without_return(heard.text))
        is_another = awaiting is not None and awaiting.is_handover
        if is_another:
            self._forget_speaker()
        reading = self._understanding.read(heard.text, self._context(), heard.wordings)
        self.understood = reading.text
        self._heard = heard.text
        was_family, known = self._is_family, frozenset(self._answers.slots)
        has_told = self._keep_in_passing(reading, heard)
        finding = told_by_parts(
            self._script, self._state.slot, reading.findings, is_away=self._answers.is_away(reading.findings)
        ) or same_as.same_as_before(self._script, self._state.slot, heard.text, self._answers.slots)
        finding = finding or not_yet_returned(self._script, self._state.slot, reading.findings)
        if self._answers.is_begun(self._state.slot) and says_no_more(reading.text):
            finding = Finding([], 1.0)
        told: list[Action] = []
        if reading.intent:
            intent = self._script.intents[reading.intent]
            if intent.say is None or intent.wait_seconds or not self._is_answer(finding, heard):
                self._keep_asked(finding if self._may_keep(intent) else None, heard)
                self._ending.note_time(heard.text)
                return self._follow(intent)
            is_said_once = intent.remark is Remark.HOUSEHOLD and intent.keep in known
            told = [self._play(intent.say)] if not is_said_once and self._patience.detour() else []
        if self._state.confirms:
            return [*told, *self._hear_reply(reading, heard)]
        if journey := denied_after_all(self._script, self._state.slot, reading.findings):
            return self._take_back(self._slot_value(journey, reading.findings[journey], heard))
        if is_another or (finding is None and self._is_family != was_family):
            told = self._introduce()
        self._note_whereabouts(finding, reading.findings, heard)
        if finding is None and told:
            return [*told, *self._ask(Variant.FIRST if is_another else Variant.SHORT)]
        if finding is None:
            is_heard = awaiting is not None or (has_told and self._patience.detour())
            return self._ask(Variant.SHORT) if is_heard else self._again(Variant.NO_MATCH)
        return [*told, *self._weigh(self._slot_value(self._state.slot, finding, heard))]

    def _is_answer(self, finding: Finding | None, heard: Heard) -> bool:
        """Whether the question was answered beside a remark: 我是张三，您哪位啊."""
        return finding is not None and self._slot_value(self._state.slot, finding, heard).is_certain

    def no_input(self) -> list[Action]:
        """Nothing was said for ``Listen.no_input_seconds``."""
        if self.is_over:
            return [Hangup()]
        self._begin_turn(is_silent=True)
        awaiting, self._awaiting = self._awaiting, None
        if awaiting is not None:
            if awaiting.is_handover:
                self._forget_speaker()
            return self._ask(Variant.NO_INPUT)
        if not self._patience.bears_silence and not self._state.confirms:
            return self._give_up()
        return self._again(Variant.NO_INPUT)

    def key(self, digit: str) -> list[Action]:
        """The resident pressed a telephone key."""
        if self.is_over:
            return [Hangup()]
        self._begin_turn(is_silent=False)
        if digit in self._state.keys:
            slot = self._script.slots[self._state.slot]
            self.understood = digit
            value = value_of_key(slot, self._state.keys[digit])
            if self._state.confirms:
                return self._take_reply(value, {})
            return self._accept(SlotValue(slot.name, value, raw=digit, understood=digit, source=Source.KEY))
        intents = (intent for intent in self._script.intents.values() if digit in intent.keys)
        intent = next(intents, None)
        offered = Variant.KEYS if Variant.KEYS in self._state.prompts else Variant.NO_MATCH
        return self._follow(intent) if intent else self._again(offered)

    def _begin_turn(self, *, is_silent: bool) -> None:
        self._patience.silences = self._patience.silences + 1 if is_silent else 0
        self._saying.begin_turn()
        self._ending.begin_turn()

    # --- who speaks -------------------------------------------------------------------------------------

    @property
    def _is_family(self) -> bool:
        return speaker.is_family(self._script, self._answers.slots)

    def _prompts(self) -> Mapping[Variant, Prompt]:
        """What the open question may be asked by, of whoever speaks."""
        return speaker.prompts_of(self._state, is_to_family=self._is_family)

    def _forget_speaker(self) -> None:
        """Somebody else has come to the telephone: who it is, is asked before all that is open."""
        if self._state.confirms:
            self._said_back, self._has_said_back = (), False
        self._answers.forget_speakers()
        self._state = speaker.asking_who(self._script) or self._state

    def _introduce(self) -> list[Action]:
        prompt = speaker.introduction(self._script)
        return [self._play(prompt)] if prompt else []

    def _may_keep(self, intent: Intent) -> bool:
        """Whether an answer stands beside an intent: who hands over has answered but for himself."""
        is_asked_who = self._state.slot in self._script.speaker_slots
        return not is_asked_who if intent.is_handover else not intent.wait_seconds

    # --- answers ----------------------------------------------------------------------------------------

    def _context(self) -> Context:
        return Context(self._state, self._today, self._name, self._is_family)

    def _slot_value(self, name: str, finding: Finding, heard: Heard) -> SlotValue:
        slot, understood = self._script.slots[name], self.understood
        return answer_to(slot, finding, heard=heard.text, understood=understood, confidence=heard.confidence)

    def _keep_in_passing(self, reading: Reading, heard: Heard) -> bool:
        """Answers to other questions; whether there were any."""
        self._answers.take_back_by_name(self._state, self.understood)
        return self._answers.keep_in_passing(
            {name: self._slot_value(name, finding, heard) for name, finding in reading.findings.items()},
            self.understood,
            open_slots={self._state.slot, *(value.name for value in self._said_back)},
            is_away=self._answers.is_away(reading.findings),
            is_confirming=bool(self._state.confirms),
        )

    def _note_whereabouts(
        self, finding: Finding | None, findings: Mapping[str, Finding], heard: Heard
    ) -> None:
        def as_if_asked(state: State) -> Mapping[str, Finding]:
            return self._understanding.read(heard.text, replace(self._context(), state=state)).findings

        asked, known = self._state.slot, self._answers.slots
        told = findings if finding is None else {**findings, asked: finding}
        for name, found in told_whereabouts(self._script, told, known, as_if_asked).items():
            self._answers.slots[name] = self._slot_value(name, found, heard)

    def _take_back(self, denied: SlotValue) -> list[Action]:
        """What was believed did not happen, and nothing more is to be asked about it."""
        self._answers.take_back(denied)
        asking = (state for state in self._script.states.values() if state.slot == denied.name)
        return self._enter(next(asking, self._state).target(self._answers.slots))

    def _keep_asked(self, finding: Finding | None, heard: Heard) -> None:
        """打错了 answers who is speaking before it ends the call."""
        if finding is not None and not self._state.confirms:
            value = self._slot_value(self._state.slot, finding, heard)
            if value.is_certain:
                self._answers.slots[value.name] = value

    def _weigh(self, answer: SlotValue) -> list[Action]:
        before = self._candidate
        if answer.value is None:  # 没量, 不知道: asking again is of no use
            is_earlier = before and tells_another_reading(self._script, before.name, before.understood)
            # 昨晚三十七度六，今天还没量: better than nothing, to be checked
            return self._accept(confirmation.doubted(before, answer.raw) if before and is_earlier else answer)
        if before is not None and before.value == answer.value:
            return self._accept(said_twice(answer, before, self._script.slots[answer.name].sure))
        if answer.is_certain:
            return self._accept(answer if before is None else said_otherwise(answer, before))
        self._candidate = (
            answer if before is None else max(before, answer, key=lambda value: value.confidence)
        )
        is_heard = tells_another_reading(self._script, self._state.slot, self.understood)
        return self._again(Variant.SHORT if is_heard else Variant.NO_MATCH)

    def _accept(self, answer: SlotValue) -> list[Action]:
        self._answers.accept(answer)
        return self._enter(self._state.target(self._answers.slots))

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
        replies = Replies(
            self._script, self._understanding, lambda name, found: self._slot_value(name, found, heard)
        )
        reply = replies.read(heard.text, reading, self._context(), self._said_back, self._answers.slots)
        self._answers.slots.update((value.name, value) for value in reply.added)
        return self._take_reply(reply.is_right, reply.said_anew, reply.denied)

    def _take_reply(
        self, is_right: bool | None, said_anew: Mapping[str, SlotValue], denied: Collection[str] = ()
    ) -> list[Action]:
        verdict = confirmation.judged(self._said_back, is_right, said_anew, denied)
        return self._again(Variant.NO_MATCH) if verdict is None else self._go_on(*verdict)

    def _go_on(self, kept: tuple[SlotValue, ...], denied: tuple[SlotValue, ...] = ()) -> list[Action]:
        """Past the confirmation: to what was denied, once more, or to what a corrected answer opens."""
        self._said_back = ()
        self._answers.slots.update((value.name, value) for value in kept)
        for value in denied:
            self._answers.deny(value, confirmation.doubted(value, self._heard))
        sorry = self._prompts().get(Variant.DENIED) if denied else None
        return [*([self._play(sorry)] if sorry else []), *self._enter(self._script.start)]

    # --- the way through the script ---------------------------------------------------------------------

    def _enter(self, name: str) -> list[Action]:
        """Goes to a state, past all whose answer is known, or closes the call."""
        while name in self._script.states and self._is_settled(self._script.states[name]):
            name = self._script.states[name].target(self._answers.slots)
        if name in self._script.closings:
            return self._close(self._script.closings[name])
        self._state = self._script.states[name]
        self._patience.begin_question()
        self._candidate = None
        self._heard = ""
        if self._state.confirms:
            self._said_back = confirmation.to_confirm(self._script, self._state, self._answers.slots)
            self._has_said_back = True
        if self._answers.is_denied(self._state.slot):
            return self._ask(Variant.SHORT)
        return self._ask(Variant.MORE if self._answers.is_begun(self._state.slot) else Variant.FIRST)

    def _is_settled(self, state: State) -> bool:
        """Known, or asked in this call as often as it may be."""
        if state.confirms:
            has_any = bool(confirmation.to_confirm(self._script, state, self._answers.slots))
            return self._has_said_back or not has_any
        return self._answers.is_settled(state.slot)

    def _ask(self, variant: Variant) -> list[Action]:
        self._asked = variant
        prompts = self._prompts()
        return [self._play(prompts.get(variant, prompts[Variant.FIRST])), self._listen()]

    def _again(self, variant: Variant) -> list[Action]:
        by_keys = self._patience.reprompt(offers_keys=Variant.KEYS in self._state.prompts)
        if by_keys is None:
            return self._leave_open()
        is_same = variant == self._asked and Variant.SHORT in self._state.prompts  # other words each time
        return self._ask(Variant.KEYS if by_keys else Variant.SHORT if is_same else variant)

    def _follow(self, intent: Intent) -> list[Action]:
        if intent.go:
            return self._close(self._script.closings[intent.go])
        if not self._patience.detour():
            return self._again(Variant.NO_MATCH)
        if intent.is_slower:
            return [*self._saying.once_more_slowly(), self._listen()]
        if intent.say is None:
            return self._ask(self._asked)
        if intent.wait_seconds:
            self._awaiting = intent
            listen = replace(self._listen(), no_input_seconds=float(intent.wait_seconds))
            return [self._play(intent.say), listen]
        return [self._play(intent.say), *self._ask(Variant.SHORT)]

    def _give_up(self) -> list[Action]:
        closing = self._script.closing_with(Outcome.GAVE_UP)
        assert closing is not None  # or the script could not be loaded
        return self._close(closing)

    def _close(self, closing: Closing) -> list[Action]:
        said = self._saying.say(*self._ending.close(closing))
        return [said, Transfer() if self._ending.is_handed_over else Hangup()]

    def _play(self, prompt: Prompt) -> Play:
        return self._saying.say(prompt, confirmation.parts_of(prompt, self._state, self._said_back))

    def _listen(self) -> Listen:
        by_family = self._is_family
        return listen_for(self._script, self._state, self._today, self._name, is_by_family=by_family)
