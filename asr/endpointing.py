"""When has somebody finished speaking? Pure: probabilities of speech in, turns out, time is counted in sound.

Law: speech must last ``least_speech_seconds`` to count, so that a click or a cough starts nothing; a turn
ends after ``patience`` seconds of silence. The patience may be changed at any moment, as the words so far
show whether more is to be expected; when speech goes on, those words are no longer the last, and patience is
back at its usual length. A turn that has ended is taken back by speech that goes on before anybody has acted
on it: ``SpeechResumed`` after ``EndOfUtterance``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto


@dataclass(frozen=True)
class EndpointingRules:
    """Thresholds; seconds unless said otherwise."""

    speech_probability: float = 0.5
    """From here on a window counts as speech."""
    silence_probability: float = 0.35
    """Below this a window counts as silence; in between it is what the one before was."""
    least_speech_seconds: float = 0.12
    pause_seconds: float = 0.15
    """Silence after which the recogniser may start on what it has."""
    patience_seconds: float = 0.7
    """Silence that ends a turn, unless ``set_patience`` says otherwise."""
    longest_seconds: float = 15.0
    """A turn is cut here."""


@dataclass(frozen=True)
class Sound:
    """What may be speech, from its first window on: long before it counts as speech."""

    began_at: float
    ended_at: float
    """End of its last window so far. Both in seconds of sound."""
    speech_seconds: float
    """Its windows together, pauses left out."""


@dataclass(frozen=True)
class SpeechStarted:
    at: float
    """Where the speech began, in seconds of sound."""


@dataclass(frozen=True)
class PauseBegan:
    speech_ended_at: float


@dataclass(frozen=True)
class SpeechResumed:
    at: float


@dataclass(frozen=True)
class EndOfUtterance:
    speech_ended_at: float


@dataclass(frozen=True)
class TooLong:
    speech_ended_at: float


@dataclass(frozen=True)
class NoInput:
    at: float


EndpointEvent = SpeechStarted | PauseBegan | SpeechResumed | EndOfUtterance | TooLong | NoInput


class _State(Enum):
    WAITING = auto()  # nothing said yet
    SPEAKING = auto()
    PAUSING = auto()  # silent for pause_seconds, may go on
    ENDED = auto()  # speech takes it back
    CLOSED = auto()


class Endpointer:
    """One answer. ``process`` takes the windows of a voice activity detector in order.

    Args:
        rules: Thresholds.
        started_at: Position in the sound at which listening began, seconds.
        no_input_seconds: Silence from there that means nobody answers; None waits for ever.
    """

    def __init__(
        self, rules: EndpointingRules, started_at: float = 0.0, no_input_seconds: float | None = 5.0
    ) -> None:
        self._rules = rules
        self._patience = self._usual_patience = rules.patience_seconds
        self._no_input_at = None if no_input_seconds is None else started_at + no_input_seconds
        self._state = _State.WAITING
        self._is_speech = False
        self._speech_began: float | None = None
        self._turn_began = 0.0
        self._last_speech = started_at
        self._sound: Sound | None = None

    @property
    def sound(self) -> Sound | None:
        """The newest sound that was or may be speech; a whole turn is one."""
        return self._sound

    @property
    def may_be_resuming(self) -> bool:
        """A sound after the last words is too short yet to tell whether speech goes on."""
        return self._state in (_State.PAUSING, _State.ENDED) and self._speech_began is not None

    @property
    def is_closed(self) -> bool:
        """Nothing can take this answer back: it was cut, or nobody spoke."""
        return self._state is _State.CLOSED

    @property
    def patience_seconds(self) -> float:
        """Silence that ends the turn as things are."""
        return self._patience

    def set_patience(self, seconds: float) -> None:
        """Silence that ends the turn, until speech goes on; takes effect with the next window."""
        self._patience = seconds

    def set_usual_patience(self, seconds: float) -> None:
        """The same for the whole answer, whatever is resumed in it."""
        self._patience = self._usual_patience = seconds

    def give_up_at(self, position: float) -> None:
        """Silence until ``position`` (seconds of sound) means that nobody answers."""
        self._no_input_at = position

    def process(self, ends_at: float, window_seconds: float, probability: float) -> list[EndpointEvent]:
        """Take one window of sound.

        Args:
            ends_at: Position of the window's end, seconds of sound.
            window_seconds: Its length.
            probability: That it holds speech, 0..1.
        """
        if self._state is _State.CLOSED:
            return []
        self._classify(ends_at, window_seconds, probability)
        match self._state:
            case _State.WAITING:
                return self._wait(ends_at)
            case _State.SPEAKING:
                return self._speak(ends_at)
            case _State.PAUSING:
                return self._pause(ends_at)
            case _:
                return self._resume(ends_at)

    def _classify(self, ends_at: float, window_seconds: float, probability: float) -> None:
        if probability >= self._rules.speech_probability:
            self._is_speech = True
        elif probability < self._rules.silence_probability:
            self._is_speech = False
        if not self._is_speech:
            self._speech_began = None
            return
        if self._speech_began is None:
            self._speech_began = ends_at - window_seconds
            if self._state is _State.WAITING:
                self._sound = Sound(self._speech_began, self._speech_began, 0.0)
        if self._state is _State.SPEAKING:
            self._last_speech = ends_at
        if self._sound is not None:
            spoken = self._sound.speech_seconds + window_seconds
            self._sound = replace(self._sound, ended_at=ends_at, speech_seconds=spoken)

    def _wait(self, now: float) -> list[EndpointEvent]:
        if self._has_spoken_enough(now):
            assert self._speech_began is not None
            self._state = _State.SPEAKING
            self._turn_began = self._speech_began
            self._last_speech = now
            return [SpeechStarted(self._turn_began)]
        if self._no_input_at is not None and now >= self._no_input_at and self._speech_began is None:
            self._state = _State.CLOSED
            return [NoInput(now)]
        return []

    def _speak(self, now: float) -> list[EndpointEvent]:
        if now - self._turn_began >= self._rules.longest_seconds:
            self._state = _State.CLOSED
            return [TooLong(self._last_speech)]
        silence = now - self._last_speech
        if silence >= self._patience:
            return self._end()
        if silence >= self._rules.pause_seconds:
            self._state = _State.PAUSING
            return [PauseBegan(self._last_speech)]
        return []

    def _pause(self, now: float) -> list[EndpointEvent]:
        if self._speech_began is not None:
            return self._resume(now)  # a click or speech: a few windows more will show
        return self._end() if now - self._last_speech >= self._patience else []

    def _resume(self, now: float) -> list[EndpointEvent]:
        if not self._has_spoken_enough(now):
            return []
        assert self._speech_began is not None
        self._state = _State.SPEAKING
        self._last_speech = now
        self._patience = self._usual_patience
        return [SpeechResumed(self._speech_began)]

    def _has_spoken_enough(self, now: float) -> bool:
        return self._speech_began is not None and now - self._speech_began >= self._rules.least_speech_seconds

    def _end(self) -> list[EndpointEvent]:
        self._state = _State.ENDED
        return [EndOfUtterance(self._last_speech)]
