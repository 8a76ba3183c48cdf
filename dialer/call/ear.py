"""The ear of one call: sound in, answers out.

Joins voice activity, endpointing and the recogniser. It keeps the last sound, so that an answer is heard from
its first syllable and a turn that was taken back is heard as one, and lets the recogniser work during the
pause that may end the turn. Our own voice coming back is silence to it. No words are handed out while speech
may be going on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np

from asr.echo import EchoDetector
from asr.endpointing import (
    EndOfUtterance,
    Endpointer,
    EndpointEvent,
    EndpointingRules,
    NoInput,
    PauseBegan,
    Sound,
    SpeechResumed,
    TooLong,
)
from asr.endpointing import SpeechStarted as SpeechFound
from asr.recognizer import SAMPLE_RATE, Expectation, Hypothesis, Pcm, Recognizer, Utterance
from asr.voice_activity import VoiceActivity
from dialer.call_progress.overhearing import Overhearing, OverhearingRules


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
class TurnTakenBack(EarEvent):
    """The resident had not finished: what follows is joined to it."""


@dataclass(frozen=True)
class NothingSaid(EarEvent):
    """No speech within the time allowed."""


@dataclass(frozen=True)
class HeardWords(EarEvent):
    hypothesis: Hypothesis
    speech_started_at: float
    speech_ended_at: float


@dataclass(frozen=True)
class Overheard(EarEvent):
    """Words of whoever speaks, turns or no turns; see ``Ear.overhear``."""

    text: str
    is_over: bool
    """Silence has followed for a while."""


Patience = Callable[[str], float]
"""Words so far -> seconds of silence after them that end the answer."""

_LONGEST_DECODING_SECONDS = 8.0
_NO_WORDS = Hypothesis("", 0.0, True, "", 0.0)
_MEMORY_SECONDS = 20.0
"""More than the longest turn, its margin and the pause after it."""
_MARGIN_SECONDS = 0.45
"""Sound kept before the first sign of speech. Soft initials are quieter than the vowel that follows, and the
embedded engine drops short answers that begin at once (三口人: nothing with 0.15 s, right with 0.45 s)."""


@dataclass(frozen=True)
class _Turn:
    """A turn that has ended; positions in seconds of sound."""

    began_at: float
    ended_at: float
    words: Future[Hypothesis]


class Ear:
    """Listens while it is told to; sound that arrives otherwise is only remembered.

    Positions are counted in samples of this call's sound, so that lost wall time does not shift them.
    """

    def __init__(
        self, recognizer: Recognizer, voice_activity: VoiceActivity, rules: EndpointingRules
    ) -> None:
        self._recognizer = recognizer
        self._voice_activity = voice_activity
        self._rules = rules
        self._echo = EchoDetector(round(voice_activity.window_seconds * SAMPLE_RATE))
        self._memory = SoundMemory(_MEMORY_SECONDS)
        self._clock_offset = 0.0
        """Worker's clock minus position."""
        self._expectation = Expectation()
        self._patience: Patience | None = None
        self._endpointer: Endpointer | None = None
        self._utterance: Utterance | None = None
        self._began_at = 0.0
        """Where the turn under way, or the last one, began."""
        self._turn: _Turn | None = None
        """Ended; its words are being worked out."""
        self._last_partial: Hypothesis | None = None
        self._overhearing: Overhearing | None = None

    @property
    def is_hearing_speech(self) -> bool:
        """Somebody is speaking, or has spoken and the words are being worked out."""
        return self._utterance is not None or self._turn is not None

    @property
    def sound(self) -> Sound | None:
        """The newest sound that was or may be speech, since listening began; times of the worker's clock."""
        sound = self._endpointer.sound if self._endpointer is not None else None
        if sound is None:
            return None
        began, ended = sound.began_at + self._clock_offset, sound.ended_at + self._clock_offset
        return Sound(began, ended, sound.speech_seconds)

    def listen(
        self, expectation: Expectation, no_input_seconds: float | None, patience: Patience | None = None
    ) -> None:
        """Wait for one answer.

        Args:
            expectation: What the recogniser may expect.
            no_input_seconds: Silence that means nobody answers; None waits for ever.
            patience: How long to wait for more, by the words so far; None: as the rules say.
        """
        self.ignore()
        self._expectation = expectation
        self._patience = patience
        self._endpointer = Endpointer(self._rules, self._position, no_input_seconds)

    def overhear(self, expectation: Expectation, rules: OverhearingRules) -> None:
        """Tell the words of whoever speaks from now on as they come, whether or not an answer is listened
        for."""
        self.stop_overhearing()
        self._overhearing = Overhearing(self._recognizer, expectation, self._memory.since, rules)

    def conclude_overhearing(self) -> bool:
        """No more sound will come; whether the last words of whoever spoke will follow, as ``Overheard``."""
        return self._overhearing is not None and self._overhearing.conclude()

    def stop_overhearing(self) -> None:
        if self._overhearing is not None:
            self._overhearing.stop()
        self._overhearing = None

    def give_up_after(self, seconds: float) -> None:
        """Silence from now on that means nobody answers; what is being said is heard out."""
        if self._endpointer is not None:
            self._endpointer.give_up_at(self._position + seconds)

    def ignore(self) -> None:
        """Stop listening; an answer under way is thrown away."""
        self._endpointer = None
        self._drop_utterance()
        self._last_partial = None

    def conclude(self) -> bool:
        """No more sound will come: whatever was being said is the answer. False when nobody was speaking."""
        if self._utterance is not None:
            self._end_turn(self._position)
        self._endpointer = None
        return self._turn is not None

    def set_patience(self, seconds: float) -> None:
        """Silence that ends this answer where no words say otherwise."""
        if self._endpointer is not None:
            self._endpointer.set_usual_patience(seconds)

    def take_back(self, began_at: float, expectation: Expectation, patience: Patience) -> None:
        """What is being said goes on with an answer that began at ``began_at`` (worker's clock)."""
        self._drop_utterance()
        self._expectation, self._patience = expectation, patience
        self._hear_from(began_at - self._clock_offset)

    def hear(self, pcm: Pcm, at: float, sent: Pcm | None = None) -> list[EarEvent]:
        """Take the next sound.

        Args:
            pcm: What came in.
            at: The worker's time at its end.
            sent: What went out meanwhile, same shape; None: nothing.
        """
        self._memory.append(pcm)
        self._clock_offset = at - self._position
        if self._utterance is not None:
            self._utterance.accept(pcm)
        probabilities = self._voice_activity.process(pcm)
        is_echo = self._echo.process(pcm, np.zeros_like(pcm) if sent is None else sent)
        heard = [0.0 if own else found for own, found in zip(is_echo, probabilities, strict=True)]
        if self._overhearing is not None:
            self._overhearing.hear(pcm, self._position, self._voice_activity.window_seconds, heard)
        return self._find_turns(heard)

    @property
    def _position(self) -> float:
        """Seconds of sound heard in this call."""
        return self._memory.position

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
        answered = self._collect_partial() if self._turn is None else self._collect_words(self._turn, now)
        return [*self._collect_overheard(), *answered]

    def _collect_overheard(self) -> list[EarEvent]:
        if self._overhearing is None:
            return []
        return [Overheard(words.text, words.is_over) for words in self._overhearing.collect(self._position)]

    def _collect_partial(self) -> list[EarEvent]:
        partial = self._utterance.partial() if self._utterance is not None else None
        if partial is None or partial is self._last_partial:
            return []
        self._last_partial = partial
        if self._patience is not None and self._endpointer is not None:
            self._endpointer.set_patience(self._patience(partial.text))
        return [PartialWords(partial)]

    def _collect_words(self, turn: _Turn, now: float) -> list[EarEvent]:
        ended_at = turn.ended_at + self._clock_offset
        if turn.words.done():
            words = turn.words.result()
            if self._may_go_on(words, now - ended_at):
                return []
        elif now - ended_at <= _LONGEST_DECODING_SECONDS:
            return []
        else:
            turn.words.cancel()
            words = _NO_WORDS
        self._turn = self._endpointer = None
        return [HeardWords(words, turn.began_at + self._clock_offset, ended_at)]

    def _may_go_on(self, words: Hypothesis, silence: float) -> bool:
        """Words that came later than the turn's end may still be those of an open answer."""
        if self._endpointer is None or self._endpointer.is_closed:
            return False
        if self._endpointer.may_be_resuming:
            return True
        if words is not self._last_partial and self._patience is not None:
            self._last_partial = words
            self._endpointer.set_patience(self._patience(words.text))
        return silence < self._endpointer.patience_seconds

    def _take(self, event: EndpointEvent) -> list[EarEvent]:
        match event:
            case SpeechFound():
                self._hear_from(event.at)
                return [SpeechStarted(event.at + self._clock_offset)]
            case PauseBegan() if self._utterance is not None:
                self._utterance.speculate()
            case SpeechResumed():
                return self._resume()
            case EndOfUtterance() | TooLong() if self._utterance is not None:
                return self._end_turn(event.speech_ended_at)
            case NoInput():
                self._endpointer = None
                return [NothingSaid()]
        return []

    def _hear_from(self, began_at: float) -> None:
        self._utterance = self._recognizer.listen(self._expectation)
        self._utterance.accept(self._memory.since(began_at - _MARGIN_SECONDS))
        self._began_at = began_at

    def _resume(self) -> list[EarEvent]:
        if self._utterance is not None:
            self._utterance.resume()
            return []
        self._drop_utterance()
        self._hear_from(self._began_at)
        return [TurnTakenBack()]

    def _end_turn(self, ended_at: float) -> list[EarEvent]:
        assert self._utterance is not None
        self._turn = _Turn(self._began_at, ended_at, self._utterance.finish())
        self._utterance = None
        return [TurnEnded(self._began_at + self._clock_offset, ended_at + self._clock_offset)]

    def _drop_utterance(self) -> None:
        if self._utterance is not None:
            self._utterance.cancel()
        if self._turn is not None:
            self._turn.words.cancel()
        self._utterance = self._turn = None


class SoundMemory:
    """The last seconds of a call's sound, by position."""

    def __init__(self, seconds: float) -> None:
        self._keep = round(seconds * SAMPLE_RATE)
        self._chunks: deque[Pcm] = deque()
        self._kept = 0
        self._samples = 0

    @property
    def position(self) -> float:
        """Seconds of sound taken so far."""
        return self._samples / SAMPLE_RATE

    def append(self, pcm: Pcm) -> None:
        self._chunks.append(pcm)
        self._samples += len(pcm)
        self._kept += len(pcm)
        while self._kept - len(self._chunks[0]) >= self._keep:
            self._kept -= len(self._chunks.popleft())

    def since(self, position: float) -> Pcm:
        """What came after ``position`` (seconds), or as much of it as is kept."""
        wanted = min(self._kept, max(0, self._samples - round(position * SAMPLE_RATE)))
        newest: list[Pcm] = []
        for chunk in reversed(self._chunks):
            if wanted <= 0:
                break
            newest.append(chunk[-wanted:])
            wanted -= len(chunk)
        return np.concatenate(newest[::-1]) if newest else np.zeros(0, np.int16)
