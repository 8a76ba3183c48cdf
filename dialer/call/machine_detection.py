"""Is a person there? Until a question has been answered, what is heard may be the network or a machine.

What the line tells goes to the call's progress analysis; what comes back is a reason to give the call up.
"""

from __future__ import annotations

from asr.recognizer import Expectation
from dialer.call.ear import Ear, Overheard, TurnEnded
from dialer.call.notes import CallNotes
from dialer.call.phases import CallState, Phase
from dialer.call_progress.analysis import CallProgress, GiveUp
from dialer.call_progress.announcements import as_announcements, grammar_phrases
from dialer.call_progress.greeting import HELLOS, SHORT_SECONDS, Next, next_step
from dialer.call_progress.overhearing import OverhearingRules
from dialer.line import AudioReceived

_BEFORE_ANSWER = OverhearingRules()
_ANNOUNCEMENTS = Expectation(grammar_phrases(), likelihood=as_announcements)
FIRST_WORDS = Expectation((*HELLOS, *grammar_phrases()))
"""Of whoever answers. Ten open questions at once would keep an engine with a grammar busy for seconds."""
_AFTER_ANSWER = OverhearingRules(first_seconds=2.2, every_seconds=2.2, hears_ends=False)
"""Short answers are the ear's; only who talks on and on is overheard."""


class MachineDetection:
    """One call's; times are of the worker's clock, in seconds."""

    def __init__(self, state: CallState, ear: Ear, progress: CallProgress, notes: CallNotes) -> None:
        self._state = state
        self._ear = ear
        self._progress = progress
        self._notes = notes

    def early_media(self) -> None:
        """There is sound before the answer: an announcement, perhaps."""
        self._ear.overhear(_ANNOUNCEMENTS, _BEFORE_ANSWER)

    def answered(self, at: float) -> None:
        self._progress.answered(at)
        self._ear.overhear(FIRST_WORDS, _AFTER_ANSWER)

    def hear(self, event: AudioReceived) -> GiveUp | None:
        """The next sound, before the ear takes it."""
        may_be_no_person = self._state.may_be_no_person
        if may_be_no_person and self._state.is_answered and (sound := self._ear.sound):
            self._progress.speaks(sound.began_at, sound.ended_at)
        return self._progress.hear(event.pcm, event.at, is_beep_wanted=may_be_no_person)

    def turn_ended(self, event: TurnEnded) -> None:
        if self._state.may_be_no_person:
            self._progress.has_spoken(event.speech_started_at, event.speech_ended_at)

    def words(self, words: str) -> GiveUp | None:
        """Of the first to speak."""
        if self._state.may_be_no_person and self._state.is_answered:
            return self._progress.heard(words, is_over=True)
        return None

    def overheard(self, event: Overheard, now: float) -> GiveUp | None:
        """Words of whoever talks without waiting for an answer."""
        if self._state.phase is Phase.CONCLUDING:
            self._notes.add(now, "announcement", text=event.text)
            self._progress.heard(event.text, is_over=True)
            return None
        if not self._state.may_be_no_person:
            self._ear.stop_overhearing()
            return None
        if event.text and not event.is_over:
            kind = "heard_partial" if self._state.is_answered else "announcement"
            self._notes.add(now, kind, text=event.text)
        return self._progress.heard(event.text, is_over=event.is_over)

    def is_to_be_spoken_to(self, now: float) -> bool:
        """Whoever talks longer than it takes to say 喂 is, in the end, too."""
        greeting = self._progress.greeting(now)
        return greeting.speech_seconds >= SHORT_SECONDS and next_step(greeting) is Next.SPEAK
