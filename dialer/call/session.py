"""One call from dialling to hang-up.

The session owns no clock and no thread: ``step`` is called every 20 ms with the worker's monotonic time,
takes what the line reports, and performs what the dialog decides. Everything noteworthy goes to the
``Journal`` as it happens, so that a crash loses at most the sentence being spoken.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

import numpy as np

from asr.recognizer import Expectation
from campaign.records import CallCause, CallResult, Disposition, HungUpBy, SlotValue, Source
from dialer.call.barge_in import BargeIn, Move, is_backchannel
from dialer.call.disposition import Evidence, verdict_on
from dialer.call.ear import (
    Ear,
    EarEvent,
    HeardWords,
    NothingSaid,
    Overheard,
    PartialWords,
    SpeechStarted,
    TurnEnded,
    TurnTakenBack,
)
from dialer.call.evidence_record import evidence_record
from dialer.call.mouth import Mouth
from dialer.call.reasons import follow_up_reason, is_pressing
from dialer.call.surroundings import CallLimits, Journal, Recording, Voice
from dialer.call.transfer import TransferAttempt, Transferred, ring_back
from dialer.call_progress.analysis import CallProgress, GiveUp
from dialer.call_progress.announcements import grammar_phrases
from dialer.call_progress.greeting import SHORT_SECONDS, Next, next_step
from dialer.call_progress.overhearing import OverhearingRules
from dialer.line import (
    SAMPLE_RATE,
    Answered,
    AudioReceived,
    EarlyMedia,
    Ended,
    KeyPressed,
    Line,
    LineEvent,
    MediaLost,
    Pcm,
    PlaybackFinished,
    Ringing,
    TransferStatus,
)
from dialogs.machine import Action, Completeness, Dialog, Hangup, Heard, Listen, Play, Transfer

log = logging.getLogger(__name__)


class Phase(Enum):
    DIALING = auto()
    HELLO = auto()  # answered; who or what is there?
    TALKING = auto()
    LEAVING = auto()  # the last words are being said
    TRANSFERRING = auto()  # the call is being handed to a person
    HANGING_UP = auto()
    CONCLUDING = auto()  # the resident has hung up; the last words are being worked out
    OVER = auto()


@dataclass(frozen=True)
class _Answered:
    """An answer that was acted on, and how things stood before: it may turn out not to have been finished."""

    dialog: Dialog
    listen: Listen
    speech_started_at: float
    replied_at: float
    answers: int
    reply_gaps: int


class CallSession:
    """Joins a line, a recogniser's ear and a dialog for the length of one call."""

    def __init__(
        self,
        attempt_id: int,
        line: Line,
        ear: Ear,
        dialog: Dialog,
        voice: Voice,
        journal: Journal,
        *,
        wall: Callable[[float], datetime],
        limits: CallLimits = CallLimits(),  # noqa: B008 - frozen
        recording: Recording | None = None,
        recording_name: str = "",
        transfer_number: str = "",
    ) -> None:
        self.attempt_id = attempt_id
        self.phase = Phase.DIALING
        self.was_interrupted = False
        self.had_response = False
        self._line = line
        self._mouth = Mouth(line)
        self._ear = ear
        self._dialog = dialog
        self._voice = voice
        self._journal = journal
        self._wall = wall
        self._limits = limits
        self._recording = recording
        self._recording_name = recording_name if recording else ""
        self._progress = CallProgress()
        self._dialled_at = 0.0
        self._answered_at: float | None = None
        self._ended_at = 0.0
        self._hang_up_at: float | None = None
        self._hung_up_at = 0.0
        self._transfer_number = transfer_number
        self._hands_over = False
        """What is being said ends with handing the call to a person."""
        self._transfer: TransferAttempt | None = None
        self._transfer_seconds = 0.0
        """Spent on it; they do not count as talk."""
        self._barge_in: BargeIn | None = None
        self._protected_seconds = 0.0
        """The part of the prompt that may not be talked over."""
        self._has_given_way = False
        """The prompt is hushed for what is being said over it."""
        self._listen: Listen | None = None
        self._last_answer: _Answered | None = None
        self._last_speech_end: float | None = None
        self._rang_at: float | None = None
        self._rang_out = False
        self._has_fault = False
        self._has_lost_media = False
        self._answers = 0
        self._reply_gaps: list[float] = []
        self._known_slots: dict[str, SlotValue] = {}
        self._cause = CallCause()

    # --- the worker's side ----------------------------------------------------------------------------

    @property
    def is_over(self) -> bool:
        return self.phase is Phase.OVER

    def start(self, number: str, now: float) -> None:
        self._dialled_at = now
        self._note(now, "dialling")
        self._line.dial(number)

    def step(self, now: float) -> None:
        """Take what happened since the last step.

        A fault ends this call and no other, and hides none of the events that came after it.
        """
        for event in self._line.poll():
            self._guard(now, self._take, event)
        if not self.is_over:
            self._guard(now, self._go_on, now)

    def _guard(self, now: float, act: Callable[[Any], None], what: Any) -> None:
        try:
            act(what)
        except Exception as fault:
            log.exception("attempt %d: fault in the call", self.attempt_id)
            self._fail(type(fault).__name__, now)

    def _go_on(self, now: float) -> None:
        self._take_ear(self._ear.collect(now), now)
        self._watch_the_time(now)

    def interrupt(self, now: float) -> None:
        """The run is being stopped: take leave, or give up dialling."""
        self.was_interrupted = True
        if self.phase is Phase.TALKING:
            self._note(now, "interrupted")
            self._dialog_ended_by_us(now)
        elif self.phase in (Phase.DIALING, Phase.HELLO):
            self._hang_up(now)

    @property
    def follow_up_reason(self) -> str:
        """Why people should look at this call; Chinese, empty when its disposition says it all."""
        return follow_up_reason(
            self._dialog,
            self._transferred,
            was_cut_short=self._answered_at is not None and self._progress.announcement is None,
            was_interrupted=self.was_interrupted,
            has_lost_media=self._has_lost_media,
        )

    def result(self) -> CallResult:
        """What the call came to; valid when ``is_over``."""
        statistics = self._line.media_statistics()
        evidence = self._evidence()
        verdict = verdict_on(evidence)
        disposition = verdict.disposition
        return CallResult(
            attempt_id=self.attempt_id,
            disposition=disposition,
            ended_at=self._wall(self._ended_at),
            cause=self._cause,
            confidence=verdict.confidence,
            evidence={**evidence_record(evidence), "decided_by": verdict.decided_by},
            answered_at=None if self._answered_at is None else self._wall(self._answered_at),
            slots=tuple(self._dialog.slots.values()),
            grade=self._dialog.grade() if disposition in _GRADED and self._answers else None,
            recording=self._recording_name if self._answered_at is not None else "",
            frames_expected=statistics.frames_expected,
            frames_received=statistics.frames_received,
            frames_dropped=statistics.frames_dropped,
            reply_gaps=tuple(self._reply_gaps),
            appointment=self._dialog.appointment,
            is_pressing=is_pressing(self._dialog, self._transferred),
        )

    @property
    def _transferred(self) -> Transferred | None:
        return self._transfer.result if self._transfer else None

    def _evidence(self) -> Evidence:
        progress, answered_at, rang_at = self._progress, self._answered_at, self._rang_at
        announcement = progress.announcement
        ringing_ended_at = self._ended_at if answered_at is None else answered_at
        return Evidence(
            cause=self._cause,
            is_answered=answered_at is not None,
            has_rung=rang_at is not None or progress.has_rung,
            rang_out=self._rang_out,
            announced=announcement.disposition if announcement else None,
            announcement_confidence=announcement.confidence if announcement else _NO_DOUBT,
            announced_by=announcement.phrase if announcement else "",
            tone=progress.tone,
            has_early_sound=progress.has_early_sound,
            has_person=progress.has_person,
            seconds_to_answer=0.0 if answered_at is None else round(answered_at - self._dialled_at, 2),
            ring_seconds=0.0 if rang_at is None else round(max(0.0, ringing_ended_at - rang_at), 2),
            outcome=self._dialog.outcome,
            has_fault=self._has_fault,
            has_lost_media=self._has_lost_media,
            answers=self._answers,
            transferred=self._transferred,
        )

    # --- the line's events ----------------------------------------------------------------------------

    def _take(self, event: LineEvent) -> None:
        if self.phase in (Phase.CONCLUDING, Phase.OVER):
            return
        match event:
            case AudioReceived():
                self._hear(event)
            case PlaybackFinished():
                self._prompt_finished(event.at)
            case Ringing():
                self._response()
                self._rang_at = event.at if self._rang_at is None else self._rang_at
                self._note(event.at, "ringing")
            case EarlyMedia():
                self._response()
                self._note(event.at, "early_media")
                self._ear.overhear(Expectation(grammar_phrases()), _BEFORE_ANSWER)
            case Answered():
                self._response()
                self._answer(event.at)
            case KeyPressed():
                self._key(event)
            case TransferStatus():
                self._transfer_told(event)
            case MediaLost():
                self._lose_media(event.at)
            case Ended():
                self._end(event)

    def _response(self) -> None:
        self.had_response = True

    def _answer(self, at: float) -> None:
        self.phase = Phase.HELLO
        self._answered_at = at
        self._note(at, "answered")
        self._progress.answered(at)
        self._ear.overhear(Expectation(is_open=True), _AFTER_ANSWER)
        self._ear.listen(Expectation(is_open=True), no_input_seconds=self._limits.hello_seconds)
        self._ear.set_patience(PATIENCE_SECONDS["COMPLETE"])

    def _hear(self, event: AudioReceived) -> None:
        if self._answered_at is not None:
            self._record(event)
        if self._may_be_no_person and self._answered_at is not None and (sound := self._ear.sound):
            self._progress.speaks(sound.began_at, sound.ended_at)
        self._give_up(
            self._progress.hear(event.pcm, event.at, is_beep_wanted=self._may_be_no_person), event.at
        )
        self._take_ear(self._ear.hear(event.pcm, event.at, event.sent), event.at)

    def _record(self, event: AudioReceived) -> None:
        """Without room for its sound the call goes on; its words are what counts."""
        if self._recording is None:
            return
        try:
            self._recording.append(event.pcm, event.sent)
        except OSError as error:
            log.error("attempt %d: recording ends: %s", self.attempt_id, error.strerror)
            self._note(event.at, "fault", what="recording")
            self._recording = None

    def _key(self, event: KeyPressed) -> None:
        self._note(event.at, "key", digit=event.digit)
        if self.phase is not Phase.TALKING:
            return
        asked = self._dialog.state
        self._last_speech_end = None
        actions = self._dialog.key(event.digit)
        self._answers += 1
        self._journal.turn(
            state=asked, heard=event.digit, understood=event.digit, confidence=1.0,
            started_at=self._wall(event.at), ended_at=self._wall(event.at), source=Source.KEY,
        )  # fmt: skip
        self._note_slots(event.at)
        self._perform(actions, event.at)

    def _transfer_told(self, event: TransferStatus) -> None:
        if self.phase is not Phase.TRANSFERRING or self._transfer is None:
            return
        self._note(event.at, "transfer_status", status=event.status)
        self._transfer.take(event)
        self._conclude_transfer(event.at)

    def _lose_media(self, at: float) -> None:
        if self.phase is Phase.TRANSFERRING:
            return  # the trunk is connecting somebody else
        self._has_lost_media = True
        self._note(at, "fault", what="media_lost")
        self._hang_up(at)

    def _end(self, event: Ended) -> None:
        self._ended_at = event.at
        self._cause = event.cause
        if self._transfer is not None:
            self._transfer.end()
        if event.cause.sip_status not in (0, 408, 487):
            self._response()
        self._note(
            event.at, "ended",
            sip_status=event.cause.sip_status, q850_cause=event.cause.q850_cause,
            by=str(event.cause.hung_up_by),
        )  # fmt: skip
        was_talking = self.phase is Phase.TALKING and not self._is_asking(event.at)
        was_announcing = self.phase is Phase.DIALING and self._ear.conclude_overhearing()
        self.phase = Phase.CONCLUDING
        if not (was_announcing or (was_talking and self._ear.conclude())):
            self._close()

    def _close(self) -> None:
        self.phase = Phase.OVER
        self._ear.ignore()
        self._ear.stop_overhearing()
        if self._recording is not None:
            self._recording.close()

    # --- what the ear hears ---------------------------------------------------------------------------

    def _take_ear(self, events: list[EarEvent], now: float) -> None:
        for event in events:
            match event:
                case SpeechStarted():
                    self._consider_taking_back(event, now)
                case PartialWords():
                    self._note(now, "heard_partial", text=event.hypothesis.text)
                    self._look_for_machine(event.hypothesis.text, now)
                case Overheard():
                    self._overheard(event, now)
                case TurnEnded():
                    self._turn_ended(event, now)
                case TurnTakenBack():
                    self._note(now, "taken_back")
                case NothingSaid():
                    self._nothing_said(now)
                case HeardWords():
                    self._heard(event, now)
        self._consider_barge_in(now)

    def _patience_for(self, words: str) -> float:
        return PATIENCE_SECONDS[self._dialog.completeness(words).name]

    def _turn_ended(self, event: TurnEnded, now: float) -> None:
        if self._may_be_no_person:
            self._progress.has_spoken(event.speech_started_at, event.speech_ended_at)
        if self.phase is Phase.HELLO:
            # Somebody said 喂: speak at once, do not wait for the words. A long greeting is examined first.
            if event.speech_seconds < SHORT_SECONDS:
                self._open(now)
        elif self.phase is Phase.TALKING and not self._is_asking(now):
            self._last_speech_end = event.speech_ended_at
            self._note(now, "silence", seconds=round(now - event.speech_ended_at, 2))

    def _nothing_said(self, now: float) -> None:
        if self.phase is Phase.HELLO:
            self._open(now)
        elif self.phase is Phase.TALKING and not self._is_asking(now):
            self._note(now, "no_input", state=self._dialog.state)
            self._last_speech_end = None
            self._perform(self._dialog.no_input(), now)

    def _heard(self, event: HeardWords, now: float) -> None:
        words = event.hypothesis.text
        if self.phase is Phase.CONCLUDING:
            self._take_answer(event, now)
            self._close()
        elif self.phase is Phase.HELLO:
            self._note(now, "heard", text=words)
            self._look_for_machine(words, now)
        elif self.phase is Phase.TALKING and self._look_for_machine(words, now):
            pass  # hung up
        elif self.phase is Phase.TALKING and self._mouth.is_prompting(now):
            self._hear_over_prompt(event, now)
        elif self.phase is Phase.TALKING:
            self._hear_answer(event, now)

    def _overheard(self, event: Overheard, now: float) -> None:
        if self.phase is Phase.CONCLUDING:
            self._note(now, "announcement", text=event.text)
            self._progress.heard(event.text, is_over=True)
            self._close()
            return
        if not self._may_be_no_person:
            self._ear.stop_overhearing()
            return
        if event.text and not event.is_over:
            self._note(now, "announcement" if self._answered_at is None else "heard_partial", text=event.text)
        self._give_up(self._progress.heard(event.text, is_over=event.is_over), now)

    @property
    def _may_be_no_person(self) -> bool:
        """Nobody has answered a question yet."""
        return self._answers == 0 and self.phase in (Phase.DIALING, Phase.HELLO, Phase.TALKING)

    def _look_for_machine(self, words: str, now: float) -> bool:
        """Whether the words of the first to speak were a machine's."""
        is_machine = self._may_be_no_person and self._answered_at is not None
        return is_machine and self._give_up(self._progress.heard(words, is_over=True), now)

    def _watch_hello(self, now: float) -> None:
        """Whoever talks longer than it takes to say 喂 is spoken to in the end, too."""
        greeting = self._progress.greeting(now)
        if greeting.speech_seconds >= SHORT_SECONDS and next_step(greeting) is Next.SPEAK:
            self._open(now)

    def _hear_over_prompt(self, event: HeardWords, now: float) -> None:
        """A nod, a cough and what comes too early are no answers: the prompt goes on."""
        words = event.hypothesis.text
        is_nothing = not words or is_backchannel(words)
        if not is_nothing and (self._has_given_way or self._is_whole_answer(event)):
            self._hear_answer(event, now)
            return
        self._last_speech_end = None
        self._has_given_way = False
        if self._mouth.is_hushed:
            self._resume_prompt(now)
        self._start_listening(no_input=False)

    def _is_whole_answer(self, event: HeardWords) -> bool:
        """Said quickly over a prompt that went on, yet clear enough to be taken."""
        return (
            self._mouth.position(event.speech_started_at) >= self._protected_seconds
            and event.speech_ended_at - event.speech_started_at >= _LEAST_ANSWER_SECONDS
            and event.hypothesis.confidence >= _SURE
            and self._dialog.completeness(event.hypothesis.text) is Completeness.COMPLETE
        )

    def _hear_answer(self, event: HeardWords, now: float) -> None:
        before, asked = copy.copy(self._dialog), self._listen
        answers, reply_gaps = self._answers, len(self._reply_gaps)
        self._perform(self._take_answer(event, now), now)
        if asked is not None:
            started_at = event.speech_started_at
            self._last_answer = _Answered(before, asked, started_at, now, answers, reply_gaps)

    def _take_answer(self, event: HeardWords, now: float) -> list[Action]:
        """Let the dialog have the words; returns what it wants done."""
        hypothesis = event.hypothesis
        asked = self._dialog.state
        self._note(
            now, "heard", text=hypothesis.text, confidence=round(hypothesis.confidence, 2),
            decode_seconds=round(hypothesis.decode_seconds, 3),
        )  # fmt: skip
        actions = self._dialog.hear(
            Heard(
                hypothesis.text,
                hypothesis.confidence,
                tuple((each.text, each.score) for each in hypothesis.wordings),
            )
        )
        self._answers += bool(hypothesis.text)
        if self._answers:
            self._progress.answer_understood()
        self._journal.turn(
            state=asked, heard=hypothesis.text, understood=self._dialog.understood,
            confidence=hypothesis.confidence, started_at=self._wall(event.speech_started_at),
            ended_at=self._wall(event.speech_ended_at), source=Source.VOICE,
        )  # fmt: skip
        self._note_slots(now)
        return actions

    def _consider_barge_in(self, now: float) -> None:
        sound = self._ear.sound
        if self._barge_in is None or sound is None or self._has_given_way:
            return
        if not self._mouth.is_prompting(now) or not self._may_be_hushed(sound.began_at, now):
            return
        move = self._barge_in.consider(
            sound, now, is_hushed=self._mouth.is_hushed, remaining_seconds=self._mouth.remaining_seconds(now)
        )
        match move:
            case Move.HUSH:
                self._note(now, "hush")
                self._mouth.hush(now)
            case Move.GIVE_WAY if self.phase is Phase.TALKING:
                self._mouth.hush(now)
                self._has_given_way = True
                self._note(now, "barge_in", state=self._dialog.state)
            case Move.GO_ON | Move.GIVE_WAY:
                self._resume_prompt(now)

    def _may_be_hushed(self, began_at: float, now: float) -> bool:
        if self._mouth.is_hushed:
            return True  # and may go on
        if self.phase is Phase.TALKING and self._mouth.position(now) >= self._protected_seconds:
            return True
        return self.phase in (Phase.TALKING, Phase.LEAVING) and self._is_unfinished(began_at)

    def _is_unfinished(self, began_at: float) -> bool:
        """Speech so soon after our reply began is no answer to it: the last answer was not finished."""
        last = self._last_answer
        return last is not None and began_at - last.replied_at < _TOO_SOON_SECONDS

    def _consider_taking_back(self, event: SpeechStarted, now: float) -> None:
        last = self._last_answer
        if last is None or not self._is_unfinished(event.at):
            return
        self._note(now, "taken_back")
        self._mouth.stop(now)
        self._last_answer = self._barge_in = None
        self._hands_over = False
        self.phase = Phase.TALKING
        self._hang_up_at = None
        self._dialog, self._listen = last.dialog, last.listen
        self._answers = last.answers
        del self._reply_gaps[last.reply_gaps :]
        self._ear.take_back(last.speech_started_at, _expectation(last.listen), self._patience_for)

    # --- what the robot does --------------------------------------------------------------------------

    def _open(self, now: float) -> None:
        self.phase = Phase.TALKING
        self._perform(self._dialog.start(), now)

    def _perform(self, actions: list[Action], now: float) -> None:
        self._ear.ignore()
        self._mouth.stop(now)
        self._listen = self._last_answer = None
        self._has_given_way = self._hands_over = False
        is_last = False
        sounds: list[Pcm] = []
        protected = 0
        for action in actions:
            match action:
                case Play():
                    sounds.append(self._voice.sound(action))
                    if not action.barge_in:
                        protected = sum(map(len, sounds))
                    self._note(now, "prompt", id=action.prompt_id, text=action.text)
                case Listen():
                    self._listen = action
                case Transfer():
                    is_last = self._hands_over = True
                case Hangup():
                    is_last = True
        self._speak(sounds, protected / SAMPLE_RATE, now)
        if is_last:
            self.phase = Phase.LEAVING
        self._start_listening(no_input=False)

    def _speak(self, sounds: list[Pcm], protected_seconds: float, now: float) -> None:
        if self._last_speech_end is not None and sounds:
            self._reply_gaps.append(round(now - self._last_speech_end, 3))
        self._last_speech_end = None
        self._barge_in = BargeIn(self._limits.barge_in)
        self._protected_seconds = protected_seconds
        self._mouth.say(np.concatenate(sounds) if sounds else np.zeros(0, np.int16), now)

    def _resume_prompt(self, now: float) -> None:
        self._note(now, "go_on")
        self._mouth.go_on(now)

    def _start_listening(self, *, no_input: bool) -> None:
        """Over the last words too: the answer before them may go on."""
        if self._listen is None:
            self._ear.listen(Expectation(is_open=True), no_input_seconds=None)
            return
        seconds = self._listen.no_input_seconds if no_input else None
        self._ear.listen(_expectation(self._listen), seconds, self._patience_for)

    def _prompt_finished(self, at: float) -> None:
        if not self._mouth.has_finished(at):
            return  # the end of a prompt that was replaced or hushed meanwhile
        self._mouth.finish(at)
        if self.phase is Phase.LEAVING and self._hands_over:
            self._hand_over(at)
        elif self.phase is Phase.LEAVING:
            self._hang_up_at = at + self._limits.linger_seconds
        elif self.phase is Phase.TALKING and self._listen is not None:
            self._ear.give_up_after(self._listen.no_input_seconds)

    def _hand_over(self, now: float) -> None:
        """Have the trunk call a person for the resident, who hears it ring."""
        self.phase = Phase.TRANSFERRING
        seconds = self._limits.transfer_seconds
        self._transfer = TransferAttempt(now, seconds)
        self._last_answer = None
        self._ear.ignore()
        self._note(now, "transfer", number=self._transfer_number)
        self._line.transfer(self._transfer_number)
        self._mouth.say(ring_back(seconds), now)

    def _conclude_transfer(self, now: float) -> None:
        result = self._transferred
        if self._transfer is None or result is None:
            return
        self._transfer_seconds = now - self._transfer.began_at
        self._note(now, "transferred", result=result.value)
        if result is Transferred.TAKEN:
            self._hang_up(now)
        else:
            self._perform(self._dialog.transfer_failed(), now)

    def _is_asking(self, now: float) -> bool:
        """A prompt is on its way that nobody has talked down."""
        return self._mouth.is_prompting(now) and not self._has_given_way

    def _give_up(self, why: GiveUp | None, now: float) -> bool:
        """Hang up where the line has told that nobody will talk; whether it has."""
        if why is None or self.phase in (Phase.HANGING_UP, Phase.TRANSFERRING):
            return False
        self._note(now, why.why, text=why.what)
        self._hang_up(now)
        return True

    def _dialog_ended_by_us(self, now: float) -> None:
        self._perform(self._dialog.take_leave(), now)

    def _hang_up(self, now: float) -> None:
        if self.phase not in (Phase.HANGING_UP, Phase.CONCLUDING, Phase.OVER):
            self.phase = Phase.HANGING_UP
            self._hung_up_at = now
            self._hang_up_at = None
            self._ear.ignore()
            self._mouth.stop(now)
            self._note(now, "hang_up")
            self._line.hang_up()

    def _fail(self, what: str, now: float) -> None:
        self._has_fault = True
        self._note(now, "fault", what=what)
        if self.phase is Phase.CONCLUDING:
            self._close()
        else:
            self._hang_up(now)

    def _watch_the_time(self, now: float) -> None:
        if self._hang_up_at is not None and now >= self._hang_up_at:
            self._hang_up(now)
        elif self.phase is Phase.DIALING and now - self._dialled_at >= self._limits.ring_seconds:
            self._rang_out = True
            self._hang_up(now)
        elif self.phase is Phase.TRANSFERRING and self._transfer is not None:
            self._transfer.watch(now)
            self._conclude_transfer(now)
        elif self.phase is Phase.HELLO:
            self._watch_hello(now)
        elif self.phase is Phase.CONCLUDING and now - self._ended_at >= _CONCLUDING_SECONDS:
            self._close()
        elif self.phase is Phase.HANGING_UP and now - self._hung_up_at >= _HANGING_UP_SECONDS:
            self._end(Ended(now, CallCause(hung_up_by=HungUpBy.ROBOT)))
        elif self._answered_at is not None and self._talk_seconds(now) >= self._limits.longest_seconds:
            self._overrun(now)

    def _talk_seconds(self, now: float) -> float:
        return now - (self._answered_at or now) - self._transfer_seconds

    def _overrun(self, now: float) -> None:
        if self.phase in (Phase.HELLO, Phase.TALKING, Phase.LEAVING):
            self._note(now, "too_long")
            self._hang_up(now)

    # --- the journal ----------------------------------------------------------------------------------

    def _note(self, at: float, kind: str, **data: Any) -> None:
        self._journal.event(self._wall(at), kind, data)

    def _note_slots(self, at: float) -> None:
        for name, slot in self._dialog.slots.items():
            if self._known_slots.get(name) != slot:
                if slot.is_confirmed:
                    self._note(at, "confirmed", name=name, value=slot.value)
                self._known_slots[name] = slot
                self._journal.slot(slot)


def _expectation(listen: Listen) -> Expectation:
    return Expectation(listen.phrases, listen.is_open, listen.likelihood)


_BEFORE_ANSWER = OverhearingRules()
_AFTER_ANSWER = OverhearingRules(first_seconds=2.2, every_seconds=2.2, hears_ends=False)
"""Short answers are the ear's; only who talks on and on is overheard."""
_NO_DOUBT = Evidence().announcement_confidence
_TOO_SOON_SECONDS = 0.4
"""Nobody answers a prompt that began so short a time ago."""
_LEAST_ANSWER_SECONDS = 0.2
_SURE = 0.6
"""The recogniser's confidence from which words are taken as an answer to a prompt that was not hushed."""
_HANGING_UP_SECONDS = 40.0
"""A far end that is dead holds the line for 32 s (RFC 3261, timer F); beyond that the line is at fault."""
_CONCLUDING_SECONDS = 8.0
"""Words that are not there by then are given up."""
_GRADED = frozenset({Disposition.COMPLETED, Disposition.PARTIAL})
PATIENCE_SECONDS: Mapping[str, float] = {"COMPLETE": 0.3, "UNKNOWN": 0.7, "OPEN": 1.1}
"""Silence that ends a turn, by how complete the words so far are as an answer."""
