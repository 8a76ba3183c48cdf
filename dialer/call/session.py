"""One call from dialling to hang-up.

The session owns no clock and no thread: ``step`` is called every 20 ms with the worker's monotonic time,
takes what the line reports, and performs what the conversation decides. Everything noteworthy goes to the
``Journal`` as it happens, so that a crash loses at most the sentence being spoken.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from campaign.records import CallCause, CallResult, HungUpBy
from dialer.call.conclusion import call_result
from dialer.call.conversation import PATIENCE_SECONDS, Conversation
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
from dialer.call.handover import Handover
from dialer.call.machine_detection import FIRST_WORDS, MachineDetection
from dialer.call.mouth import Mouth
from dialer.call.notes import CallNotes
from dialer.call.phases import CallState, Due, Phase, due
from dialer.call.reasons import follow_up_reason
from dialer.call.speaking import Speaking
from dialer.call.surroundings import CallLimits, Journal, Recording, Voice
from dialer.call_progress.analysis import CallProgress, GiveUp
from dialer.call_progress.greeting import SHORT_SECONDS
from dialer.line import (
    Answered,
    AudioReceived,
    EarlyMedia,
    Ended,
    KeyPressed,
    Line,
    LineEvent,
    MediaLost,
    PlaybackFinished,
    Ringing,
    TransferStatus,
)
from dialogs.machine import Dialog

log = logging.getLogger(__name__)


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
        self._state = CallState()
        self._line = line
        self._mouth = Mouth(line)
        self._ear = ear
        self._wall = wall
        self._limits = limits
        self._recording = recording
        self._recording_name = recording_name if recording else ""
        self._progress = CallProgress()
        self._notes = CallNotes(journal, wall)
        self._detection = MachineDetection(self._state, ear, self._progress, self._notes)
        speaking = Speaking(self._mouth, limits.barge_in, self._notes)
        self._conversation = Conversation(
            self._state, ear, speaking, dialog, voice, self._notes, self._progress
        )
        self._handover = Handover(
            self._state,
            line,
            self._mouth,
            self._conversation,
            self._notes,
            transfer_number,
            limits.transfer_seconds,
        )

    # --- the worker's side ----------------------------------------------------------------------------

    @property
    def phase(self) -> Phase:
        return self._state.phase

    @property
    def is_over(self) -> bool:
        return self.phase is Phase.OVER

    @property
    def was_interrupted(self) -> bool:
        """The run was stopped meanwhile."""
        return self._state.was_interrupted

    @property
    def had_response(self) -> bool:
        """The trunk answered the INVITE with anything at all."""
        return self._state.had_response

    def start(self, number: str, now: float) -> None:
        self._state.dialled_at = now
        self._notes.add(now, "dialling")
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
        self._state.was_interrupted = True
        if self.phase is Phase.TALKING:
            self._notes.add(now, "interrupted")
            self._conversation.take_leave(now)
        elif self.phase in (Phase.DIALING, Phase.HELLO):
            self._hang_up(now)

    @property
    def follow_up_reason(self) -> str:
        """Why people should look at this call; Chinese, empty when its disposition says it all."""
        return follow_up_reason(
            self._conversation.dialog,
            self._state.transferred,
            was_cut_short=self._state.is_answered and self._progress.announcement is None,
            was_interrupted=self._state.was_interrupted,
            has_lost_media=self._state.has_lost_media,
        )

    def result(self) -> CallResult:
        """What the call came to; valid when ``is_over``."""
        return call_result(
            self.attempt_id,
            self._state,
            self._progress,
            self._conversation.dialog,
            wall=self._wall,
            statistics=self._line.media_statistics(),
            reply_gaps=self._conversation.timing.gaps,
            recording=self._recording_name,
        )

    # --- the line's events ----------------------------------------------------------------------------

    def _take(self, event: LineEvent) -> None:
        if self.phase in (Phase.CONCLUDING, Phase.OVER):
            return
        if isinstance(event, Ringing | EarlyMedia | Answered):
            self._state.had_response = True
        match event:
            case AudioReceived():
                self._hear(event)
            case PlaybackFinished():
                self._prompt_finished(event.at)
            case Ringing():
                self._state.rang_at = event.at if self._state.rang_at is None else self._state.rang_at
                self._notes.add(event.at, "ringing")
            case EarlyMedia():
                self._notes.add(event.at, "early_media")
                self._detection.early_media()
            case Answered():
                self._answer(event.at)
            case KeyPressed():
                self._notes.add(event.at, "key", digit=event.digit)
                if self.phase is Phase.TALKING:
                    self._conversation.key(event)
            case TransferStatus():
                if self._handover.told(event):
                    self._hang_up(event.at)
            case MediaLost():
                self._lose_media(event.at)
            case Ended():
                self._end(event)

    def _answer(self, at: float) -> None:
        self._state.phase = Phase.HELLO
        self._state.answered_at = at
        self._notes.add(at, "answered")
        self._detection.answered(at)
        self._ear.listen(FIRST_WORDS, no_input_seconds=self._limits.hello_seconds)
        self._ear.set_patience(PATIENCE_SECONDS["COMPLETE"])

    def _hear(self, event: AudioReceived) -> None:
        if self._state.is_answered:
            self._record(event)
        self._give_up(self._detection.hear(event), event.at)
        self._take_ear(self._ear.hear(event.pcm, event.at, event.sent), event.at)

    def _record(self, event: AudioReceived) -> None:
        """Without room for its sound the call goes on; its words are what counts."""
        if self._recording is None:
            return
        try:
            self._recording.append(event.pcm, event.sent)
        except OSError as error:
            log.error("attempt %d: recording ends: %s", self.attempt_id, error.strerror)
            self._notes.add(event.at, "fault", what="recording")
            self._recording = None

    def _prompt_finished(self, at: float) -> None:
        if not self._mouth.has_finished(at):
            return  # the end of a prompt that was replaced or hushed meanwhile
        self._mouth.finish(at)
        if self.phase is Phase.LEAVING and self._conversation.hands_over:
            self._handover.begin(at)
        elif self.phase is Phase.LEAVING:
            self._state.hang_up_at = at + self._limits.linger_seconds
        elif self.phase is Phase.TALKING:
            self._conversation.prompt_said()

    def _lose_media(self, at: float) -> None:
        if self.phase is Phase.TRANSFERRING:
            return  # the trunk is connecting somebody else
        self._state.has_lost_media = True
        self._notes.add(at, "fault", what="media_lost")
        self._hang_up(at)

    def _end(self, event: Ended) -> None:
        state, cause = self._state, event.cause
        state.ended_at = event.at
        state.cause = cause
        if state.transfer is not None:
            state.transfer.end()
        if cause.sip_status not in (0, 408, 487):
            state.had_response = True
        self._notes.add(
            event.at, "ended",
            sip_status=cause.sip_status, q850_cause=cause.q850_cause, by=str(cause.hung_up_by),
        )  # fmt: skip
        was_talking = self.phase is Phase.TALKING and not self._conversation.is_asking(event.at)
        was_announcing = self.phase is Phase.DIALING and self._ear.conclude_overhearing()
        state.phase = Phase.CONCLUDING
        if not (was_announcing or (was_talking and self._ear.conclude())):
            self._close()

    def _close(self) -> None:
        self._state.phase = Phase.OVER
        self._ear.ignore()
        self._ear.stop_overhearing()
        if self._recording is not None:
            self._recording.close()

    # --- what the ear hears ---------------------------------------------------------------------------

    def _take_ear(self, events: list[EarEvent], now: float) -> None:
        for event in events:
            match event:
                case SpeechStarted():
                    self._conversation.speech_started(event, now)
                case PartialWords():
                    self._notes.add(now, "heard_partial", text=event.hypothesis.text)
                    self._give_up(self._detection.words(event.hypothesis.text), now)
                case Overheard():
                    self._overheard(event, now)
                case TurnEnded():
                    self._turn_ended(event, now)
                case TurnTakenBack():
                    self._notes.add(now, "taken_back")
                case NothingSaid():
                    self._nothing_said(now)
                case HeardWords():
                    self._heard(event, now)
        self._conversation.consider_barge_in(now)

    def _turn_ended(self, event: TurnEnded, now: float) -> None:
        self._detection.turn_ended(event)
        if self.phase is Phase.HELLO:
            # Somebody said 喂: speak at once, do not wait for the words. A long greeting is examined first.
            if event.speech_seconds < SHORT_SECONDS:
                self._conversation.open(now)
        elif self.phase is Phase.TALKING:
            self._conversation.turn_ended(event, now)

    def _nothing_said(self, now: float) -> None:
        if self.phase is Phase.HELLO:
            self._conversation.open(now)
        elif self.phase is Phase.TALKING and not self._conversation.is_asking(now):
            self._conversation.no_input(now)

    def _heard(self, event: HeardWords, now: float) -> None:
        words = event.hypothesis.text
        if self.phase is Phase.CONCLUDING:
            self._conversation.take_answer(event, now)
            self._close()
        elif self.phase is Phase.HELLO:
            self._notes.add(now, "heard", text=words)
            self._give_up(self._detection.words(words), now)
        elif self.phase is Phase.TALKING and not self._give_up(self._detection.words(words), now):
            self._conversation.hear(event, now)

    def _overheard(self, event: Overheard, now: float) -> None:
        why = self._detection.overheard(event, now)
        if self.phase is Phase.CONCLUDING:
            self._close()
        else:
            self._give_up(why, now)

    # --- the end --------------------------------------------------------------------------------------

    def _give_up(self, why: GiveUp | None, now: float) -> bool:
        """Hang up where the line has told that nobody will talk; whether it has."""
        if why is None or self.phase in (Phase.HANGING_UP, Phase.TRANSFERRING):
            return False
        self._notes.add(now, why.why, text=why.what)
        self._hang_up(now)
        return True

    def _hang_up(self, now: float) -> None:
        if self.phase not in (Phase.HANGING_UP, Phase.CONCLUDING, Phase.OVER):
            self._state.phase = Phase.HANGING_UP
            self._state.hung_up_at = now
            self._state.hang_up_at = None
            self._ear.ignore()
            self._mouth.stop(now)
            self._notes.add(now, "hang_up")
            self._line.hang_up()

    def _fail(self, what: str, now: float) -> None:
        self._state.has_fault = True
        self._notes.add(now, "fault", what=what)
        if self.phase is Phase.CONCLUDING:
            self._close()
        else:
            self._hang_up(now)

    def _watch_the_time(self, now: float) -> None:
        match due(self._state, self._limits, now):
            case Due.HANG_UP:
                self._hang_up(now)
            case Due.RING_OUT:
                self._state.rang_out = True
                self._hang_up(now)
            case Due.TOO_LONG:
                self._notes.add(now, "too_long")
                self._hang_up(now)
            case Due.CLOSE:
                self._close()
            case Due.LINE_IS_DEAD:
                self._end(Ended(now, CallCause(hung_up_by=HungUpBy.ROBOT)))
            case None:
                self._watch_the_phase(now)

    def _watch_the_phase(self, now: float) -> None:
        if self.phase is Phase.HELLO and self._detection.is_to_be_spoken_to(now):
            self._conversation.open(now)
        elif self.phase is Phase.TRANSFERRING and self._handover.watch(now):
            self._hang_up(now)
