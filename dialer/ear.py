"""The ear of one call: sound in, answers out.

Joins voice activity, endpointing and the recogniser. It keeps the last second of sound, so that an
answer is heard from its first syllable, and lets the recogniser work during the pause that may end the turn.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np

from asr.endpointing import (
    EndOfUtterance,
    Endpointer,
    EndpointEvent,
    EndpointingRules,
    NoInput,
    PauseBegan,
    SpeechResumed,
    TooLong,
)
from asr.endpointing import SpeechStarted as SpeechFound
from asr.recognizer import SAMPLE_RATE, Expectation, Hypothesis, Pcm, Recognizer, Utterance
from asr.voice_activity import VoiceActivity


@dataclass(frozen=True)
class EarEvent:
    """Something heard; times in seconds of the worker's clock."""


@dataclass(frozen=True)
class SpeechStarted(EarEvent):
    at: float


@dataclass(frozen=True)
class PartialWords(EarEvent):
    hypothesis: Hypothesis


@dataclass(frozen=True)
class TurnEnded(EarEvent):
    """The resident has finished; the words follow when they are decoded."""

    speech_started_at: float
    speech_ended_at: float

    @property
    def speech_seconds(self) -> float:
        return self.speech_ended_at - self.speech_started_at


@dataclass(frozen=True)
class NothingSaid(EarEvent):
    """No speech within the time allowed."""


@dataclass(frozen=True)
class HeardWords(EarEvent):
    hypothesis: Hypothesis
    speech_started_at: float
    speech_ended_at: float


_LONGEST_DECODING_SECONDS = 8.0
_NO_WORDS = Hypothesis("", 0.0, True, "", 0.0)
_PREROLL_SECONDS = 1.0
_MARGIN_SECONDS = 0.45
"""Sound kept before the first sign of speech. Soft initials are quieter than the vowel that follows, and the
embedded engine drops short answers that begin at once (三口人: nothing with 0.15 s, right with 0.45 s)."""


class Ear:
    """Listens while it is told to; sound that arrives otherwise only fills the pre-roll.

    Positions are counted in samples of this call's sound, so that lost wall time does not shift them.
    """

    def __init__(
        self, recognizer: Recognizer, voice_activity: VoiceActivity, rules: EndpointingRules
    ) -> None:
        self._recognizer = recognizer
        self._voice_activity = voice_activity
        self._rules = rules
        self._preroll = np.zeros(0, np.int16)
        self._position = 0.0
        """Seconds of sound heard in this call."""
        self._clock_offset = 0.0
        """Worker's clock minus position."""
        self._expectation = Expectation()
        self._endpointer: Endpointer | None = None
        self._utterance: Utterance | None = None
        self._speech_started_at = 0.0
        self._pending: tuple[Future[Hypothesis], float, float] | None = None
        self._last_partial: Hypothesis | None = None

    @property
    def is_hearing_speech(self) -> bool:
        """Somebody is speaking, or has spoken and the words are being worked out."""
        return self._utterance is not None or self._pending is not None

    def listen(self, expectation: Expectation, no_input_seconds: float | None) -> None:
        """Wait for one answer; ``no_input_seconds`` None waits for ever."""
        self.ignore()
        self._expectation = expectation
        self._endpointer = Endpointer(
            self._rules, started_at=self._position, no_input_seconds=no_input_seconds
        )

    def ignore(self) -> None:
        """Stop listening; an answer under way is thrown away."""
        self._endpointer = None
        if self._utterance is not None:
            self._utterance.cancel()
        if self._pending is not None:
            self._pending[0].cancel()
        self._utterance = self._pending = self._last_partial = None

    def conclude(self) -> bool:
        """No more sound will come: whatever was being said is the answer. False when nobody was speaking."""
        if self._utterance is not None:
            self._end_utterance(self._position)
        self._endpointer = None
        return self._pending is not None

    def set_patience(self, seconds: float) -> None:
        """Silence that ends the answer from now on."""
        if self._endpointer is not None:
            self._endpointer.set_patience(seconds)

    def hear(self, pcm: Pcm, at: float) -> list[EarEvent]:
        """Take the next sound; ``at`` is the worker's time at its end."""
        self._position += len(pcm) / SAMPLE_RATE
        self._clock_offset = at - self._position
        if self._utterance is not None:
            self._utterance.accept(pcm)
        keep = round(_PREROLL_SECONDS * SAMPLE_RATE)
        self._preroll = np.concatenate((self._preroll, pcm))[-max(keep, len(pcm)) :]
        return self._find_turns(self._voice_activity.process(pcm))

    def _find_turns(self, probabilities: list[float]) -> list[EarEvent]:
        window = self._voice_activity.window_seconds
        ends_at = self._position - self._voice_activity.waiting_seconds - window * len(probabilities)
        events: list[EarEvent] = []
        for probability in probabilities:
            ends_at += window
            if self._endpointer is not None:
                for event in self._endpointer.process(ends_at, window, probability):
                    events += self._take(event)
        return events

    def collect(self, now: float) -> list[EarEvent]:
        """What the recogniser has worked out since the last call; ``now`` is the worker's time.

        Words that take too long are given up: nobody waits on a telephone for ten seconds.
        """
        events: list[EarEvent] = []
        if self._utterance is not None:
            partial = self._utterance.partial()
            if partial is not None and partial is not self._last_partial:
                self._last_partial = partial
                events.append(PartialWords(partial))
        if self._pending is not None:
            future, started_at, ended_at = self._pending
            if future.done():
                self._pending = None
                events.append(HeardWords(future.result(), started_at, ended_at))
            elif now - ended_at > _LONGEST_DECODING_SECONDS:
                future.cancel()
                self._pending = None
                events.append(HeardWords(_NO_WORDS, started_at, ended_at))
        return events

    def _take(self, event: EndpointEvent) -> list[EarEvent]:
        match event:
            case SpeechFound():
                return self._start_utterance(event.at)
            case PauseBegan() if self._utterance is not None:
                self._utterance.speculate()
            case SpeechResumed() if self._utterance is not None:
                self._last_partial = None
                self._utterance.resume()
            case EndOfUtterance() | TooLong() if self._utterance is not None:
                return self._end_utterance(event.speech_ended_at)
            case NoInput():
                self._endpointer = None
                return [NothingSaid()]
        return []

    def _start_utterance(self, started_at: float) -> list[EarEvent]:
        self._utterance = self._recognizer.listen(self._expectation)
        since = self._position - started_at + _MARGIN_SECONDS
        self._utterance.accept(self._preroll[-round(since * SAMPLE_RATE) :])
        self._speech_started_at = started_at
        return [SpeechStarted(started_at + self._clock_offset)]

    def _end_utterance(self, ended_at: float) -> list[EarEvent]:
        assert self._utterance is not None
        started = self._speech_started_at + self._clock_offset
        ended = ended_at + self._clock_offset
        self._pending = (self._utterance.finish(), started, ended)
        self._utterance = self._endpointer = None
        return [TurnEnded(started, ended)]
