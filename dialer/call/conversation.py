"""The talk with the resident: the dialog's prompts are said, answers over and after them are given to it.

It owns whose turn it is to speak; the call around it, from dialling to hang-up, is the session's.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass

from asr.recognizer import Expectation
from campaign.records import Source
from dialer.call.barge_in import is_backchannel
from dialer.call.ear import Ear, HeardWords, SpeechStarted, TurnEnded
from dialer.call.expectations import expected_answer
from dialer.call.notes import CallNotes
from dialer.call.phases import CallState, Phase
from dialer.call.reply_timing import ReplyTiming
from dialer.call.speaking import Speaking, robot_turn
from dialer.call.surroundings import Voice
from dialer.call_progress.analysis import CallProgress
from dialer.line import KeyPressed, Pcm
from dialogs.machine import Action, Completeness, Dialog, Heard, Listen, Play

PATIENCE_SECONDS: Mapping[str, float] = {"COMPLETE": 0.3, "UNKNOWN": 0.7, "OPEN": 1.1}
"""Silence that ends a turn, by how complete the words so far are as an answer."""
_TOO_SOON_SECONDS = 0.4
"""Nobody answers a prompt that began so short a time ago."""
_LEAST_ANSWER_SECONDS = 0.2
_SURE = 0.6
"""The recogniser's confidence from which words are taken as an answer to a prompt that was not hushed."""


@dataclass(frozen=True)
class _Answered:
    """An answer that was acted on, and how things stood before: it may turn out not to have been finished."""

    dialog: Dialog
    listen: Listen
    speech_started_at: float
    replied_at: float
    answers: int
    reply_gaps: int


class Conversation:
    """One call's."""

    def __init__(
        self,
        state: CallState,
        ear: Ear,
        speaking: Speaking,
        dialog: Dialog,
        voice: Voice,
        notes: CallNotes,
        progress: CallProgress,
    ) -> None:
        self.dialog = dialog
        self.timing = ReplyTiming()
        self.hands_over = False
        """What is being said ends with handing the call to a person."""
        self._state = state
        self._ear = ear
        self._speaking = speaking
        self._voice = voice
        self._notes = notes
        self._progress = progress
        self._listen: Listen | None = None
        self._last_answer: _Answered | None = None

    # --- the robot's turns ----------------------------------------------------------------------------

    def open(self, now: float) -> None:
        self._state.phase = Phase.TALKING
        self._perform(self.dialog.start(), now)

    def take_leave(self, now: float) -> None:
        self._perform(self.dialog.take_leave(), now)

    def transfer_failed(self, now: float) -> None:
        self._perform(self.dialog.transfer_failed(), now)

    def no_input(self, now: float) -> None:
        """Nobody answers."""
        self._notes.add(now, "no_input", state=self.dialog.state)
        self.timing.forget()
        self._perform(self.dialog.no_input(), now)

    def rest(self) -> None:
        """Listen no more, and take back no answer: the call is being handed over."""
        self._last_answer = None
        self._ear.ignore()

    def prompt_said(self) -> None:
        """Now an answer is due."""
        if self._listen is not None:
            self._ear.give_up_after(self._listen.no_input_seconds)

    def is_asking(self, now: float) -> bool:
        """A prompt is on its way that nobody has talked down."""
        return self._speaking.is_asking(now)

    def _perform(self, actions: list[Action], now: float) -> None:
        self._ear.ignore()
        self._speaking.stop(now)
        self._listen = self._last_answer = None
        self.hands_over = False
        turn = robot_turn(actions, lambda play: self._sound(play, now))
        self._listen, self.hands_over = turn.listen, turn.hands_over
        self.timing.replies(now, has_sound=bool(turn.sounds))
        self._speaking.say(turn, now)
        if turn.is_last:
            self._state.phase = Phase.LEAVING
        self._start_listening()

    def _sound(self, play: Play, now: float) -> Pcm:
        sound = self._voice.sound(play)
        self._notes.add(now, "prompt", id=play.prompt_id, text=play.text)
        return sound

    def _start_listening(self) -> None:
        """Over the last words too: the answer before them may go on."""
        if self._listen is None:
            self._ear.listen(Expectation(is_open=True), no_input_seconds=None)
        else:
            self._ear.listen(expected_answer(self._listen), None, self._patience_for)

    def _patience_for(self, words: str) -> float:
        return PATIENCE_SECONDS[self.dialog.completeness(words).name]

    # --- the resident's turns -------------------------------------------------------------------------

    def turn_ended(self, event: TurnEnded, now: float) -> None:
        """Somebody has spoken; the words are not there yet."""
        if not self._speaking.is_asking(now):
            self.timing.speech_ended(event.speech_ended_at)
            self._notes.add(now, "silence", seconds=round(now - event.speech_ended_at, 2))

    def hear(self, event: HeardWords, now: float) -> None:
        """Take words for an answer; over a prompt only if they are one."""
        if self._speaking.is_prompting(now) and not self._is_answer_over_prompt(event):
            self.timing.forget()
            self._speaking.it_was_nothing(now)
            self._start_listening()
        else:
            self._hear_answer(event, now)

    def key(self, event: KeyPressed) -> None:
        asked = self.dialog.state
        self.timing.forget()
        actions = self.dialog.key(event.digit)
        self._state.answers += 1
        self._notes.turn(
            event.at, event.at, state=asked, heard=event.digit, understood=event.digit, confidence=1.0,
            source=Source.KEY,
        )  # fmt: skip
        self._notes.slots(self.dialog.slots, event.at)
        self._perform(actions, event.at)

    def _is_answer_over_prompt(self, event: HeardWords) -> bool:
        """A nod, a cough and what comes too early are none."""
        words = event.hypothesis.text
        is_nothing = not words or is_backchannel(words)
        return not is_nothing and (self._speaking.has_given_way or self._is_whole_answer(event))

    def _is_whole_answer(self, event: HeardWords) -> bool:
        """Said quickly over a prompt that went on, yet clear enough to be taken."""
        return (
            self._speaking.may_be_talked_over(event.speech_started_at)
            and event.speech_ended_at - event.speech_started_at >= _LEAST_ANSWER_SECONDS
            and event.hypothesis.confidence >= _SURE
            and self.dialog.completeness(event.hypothesis.text) is Completeness.COMPLETE
        )

    def _hear_answer(self, event: HeardWords, now: float) -> None:
        before, asked = copy.copy(self.dialog), self._listen
        answers, reply_gaps = self._state.answers, len(self.timing.gaps)
        self._perform(self.take_answer(event, now), now)
        if asked is not None:
            started_at = event.speech_started_at
            self._last_answer = _Answered(before, asked, started_at, now, answers, reply_gaps)

    def take_answer(self, event: HeardWords, now: float) -> list[Action]:
        """Let the dialog have the words; returns what it wants done."""
        hypothesis = event.hypothesis
        asked, written = self.dialog.state, hypothesis.written_text
        self._notes.add(
            now, "heard", text=hypothesis.text, confidence=round(hypothesis.confidence, 2),
            decode_seconds=round(hypothesis.decode_seconds, 3),
            **({"written": written} if written and written != hypothesis.text else {}),
        )  # fmt: skip
        actions = self.dialog.hear(
            Heard(
                hypothesis.text,
                hypothesis.confidence,
                tuple((each.text, each.score) for each in hypothesis.wordings),
            )
        )
        self._state.answers += bool(hypothesis.text)
        if self._state.answers:
            self._progress.answer_understood()
        self._notes.turn(
            event.speech_started_at, event.speech_ended_at, state=asked, heard=hypothesis.text,
            understood=self.dialog.understood, confidence=hypothesis.confidence, source=Source.VOICE,
        )  # fmt: skip
        self._notes.slots(self.dialog.slots, now)
        return actions

    # --- both at once ---------------------------------------------------------------------------------

    def consider_barge_in(self, now: float) -> None:
        sound = self._ear.sound
        if sound is not None:
            self._speaking.consider(
                sound,
                now,
                self._state.phase,
                asked=self.dialog.state,
                is_unfinished=self._is_unfinished(sound.began_at),
            )

    def speech_started(self, event: SpeechStarted, now: float) -> None:
        """Take back the last answer, and our reply to it, if it goes on."""
        last = self._last_answer
        if last is None or not self._is_unfinished(event.at):
            return
        self._notes.add(now, "taken_back")
        self._speaking.take_back(now)
        self._last_answer = None
        self.hands_over = False
        self._state.phase = Phase.TALKING
        self._state.hang_up_at = None
        self.dialog, self._listen = last.dialog, last.listen
        self._state.answers = last.answers
        self.timing.take_back(last.reply_gaps)
        self._ear.take_back(last.speech_started_at, expected_answer(last.listen), self._patience_for)

    def _is_unfinished(self, began_at: float) -> bool:
        """Speech so soon after our reply began is no answer to it: the last answer was not finished."""
        last = self._last_answer
        return last is not None and began_at - last.replied_at < _TOO_SOON_SECONDS
