"""Words of whoever speaks without waiting for an answer: announcements, machines, people who go on and on.

An answer is decoded when its turn ends. An announcement has no turns, and a call is to be given up while it
still speaks; so what is said is decoded in its pauses and every two seconds, as long as it lasts. Ring-back
music and advertising go on for half a minute: the longer nothing comes of it, the more seldom it is decoded.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from asr.recognizer import Expectation, Hypothesis, Pcm, Recognizer, Utterance


@dataclass(frozen=True)
class OverhearingRules:
    """When to decode; seconds."""

    first_seconds: float = 0.8
    """Speech from which a pause is worth decoding."""
    pause_seconds: float = 0.2
    every_seconds: float = 2.0
    """Between two decodings of speech that has no pauses."""
    longest_every_seconds: float = 5.0
    """The same when nothing has come of it for long; less than ``window_seconds``, so that nothing is left
    out."""
    window_seconds: float = 7.0
    """Sound that is decoded at a time."""
    lead_seconds: float = 2.5
    """Of that, what was in the window before, too."""
    hears_ends: bool = True
    """The last words are decoded however short they are."""
    silence_seconds: float = 1.0
    """After it nothing more follows."""


_LEAST_SPEECH_SECONDS = 0.12
_SPEECH_PROBABILITY = 0.5
_SYLLABLE_GAP_SECONDS = 0.3
_END_SECONDS = 0.45
_LEAST_END_SECONDS = 0.05
"""Speech after what was decoded last that is worth decoding once more: 停机 cut short is heard as 切."""
_MARGIN_SECONDS = 0.45
_LONGEST_DECODING_SECONDS = 4.0
_ANOTHER_VOICE_SECONDS = 2.0
"""Silence after which speech is decoded as often as at first: songs have shorter pauses."""
_SLOWER = 1.5
_FAST_DECODINGS = 4
"""So many before they become more seldom."""


@dataclass(frozen=True)
class Words:
    """Of one voice, so far."""

    text: str
    is_over: bool
    """The voice has been silent since."""


class Overhearing:
    """Follows one call's sound; positions are seconds of that sound."""

    def __init__(
        self,
        recognizer: Recognizer,
        expectation: Expectation,
        since: Callable[[float], Pcm],
        rules: OverhearingRules = OverhearingRules(),
    ) -> None:
        """``since`` gives the sound that came after a position."""
        self._recognizer = recognizer
        self._expectation = expectation
        self._since = since
        self._rules = rules
        self._utterance: Utterance | None = None
        self._every = rules.every_seconds
        self._decodings = 0
        self._window_at = 0.0
        """Where the sound begins that is being decoded."""
        self._last_speech = -_ANOTHER_VOICE_SECONDS
        self._last_window = 0.0
        self._speech_seconds = 0.0
        """Without a gap, for telling speech from a click."""
        self._asked_at = 0.0
        """Position up to which the recogniser was last asked for words."""
        self._is_asking = False
        self._partial: Hypothesis | None = None
        self._last_words: Future[Hypothesis] | None = None
        """Being worked out when no more sound will come."""

    def hear(self, pcm: Pcm, position: float, window_seconds: float, probabilities: list[float]) -> None:
        """Take the next sound, which ends at ``position``, and how probably each window of it is speech."""
        if self._utterance is not None:
            self._utterance.accept(pcm)
        for probability in probabilities:
            self._classify(position, window_seconds, probability)
        if self._utterance is not None:
            self._consider_asking(position)

    def collect(self, position: float) -> list[Words]:
        """Words that have come since the last call; the last ones again when the voice has fallen silent."""
        if self._utterance is None:
            return []
        if self._last_words is not None:
            return self._collect_last(self._last_words)
        partial = self._utterance.partial()
        if partial is not None and partial is not self._partial:
            self._partial, self._is_asking = partial, False
            return [Words(partial.text, is_over=False)]
        if position - self._last_speech < self._rules.silence_seconds or self._is_waiting(position):
            return []
        text = self._partial.text if self._partial is not None else ""
        self._end()
        return [Words(text, is_over=True)]

    def _collect_last(self, last_words: Future[Hypothesis]) -> list[Words]:
        if not last_words.done():
            return []
        is_decoded = not last_words.cancelled() and last_words.exception() is None
        text = last_words.result().text if is_decoded else ""
        self._end()
        return [Words(text, is_over=True)]

    def conclude(self) -> bool:
        """No more sound will come. Whether words will: the last ones of the voice, as ``is_over``."""
        if self._utterance is None:
            return False
        if self._last_speech - self._asked_at >= _LEAST_END_SECONDS:
            self._utterance.resume()
        self._last_words = self._utterance.finish()
        return True

    def stop(self) -> None:
        """Nobody wants to know any more."""
        self._end()

    def _end(self) -> None:
        if self._utterance is not None:
            self._utterance.cancel()
        self._utterance = self._partial = self._last_words = None
        self._is_asking = False

    def _is_waiting(self, position: float) -> bool:
        """Words are being worked out, and not for so long that they may never come."""
        return self._is_asking and position - self._asked_at < _LONGEST_DECODING_SECONDS

    def _classify(self, position: float, window_seconds: float, probability: float) -> None:
        """In noise the detector loses speech for moments, so one window is enough to go on with it."""
        if probability < _SPEECH_PROBABILITY:
            return
        if position - self._last_window > _SYLLABLE_GAP_SECONDS:
            self._speech_seconds = 0.0
        self._last_window = position
        self._speech_seconds += window_seconds
        if self._utterance is None and self._speech_seconds >= _LEAST_SPEECH_SECONDS:
            self._begin(position - self._speech_seconds)
        if self._utterance is not None:
            self._last_speech = position

    def _begin(self, began_at: float) -> None:
        if began_at - self._last_speech >= _ANOTHER_VOICE_SECONDS:
            self._every, self._decodings = self._rules.every_seconds, 0
        self._asked_at = began_at
        self._open_window(began_at - _MARGIN_SECONDS)

    def _open_window(self, start: float) -> None:
        self._end()
        self._window_at = max(0.0, start)
        self._utterance = self._recognizer.listen(self._expectation)
        self._utterance.accept(self._since(self._window_at))

    def _consider_asking(self, position: float) -> None:
        if self._is_waiting(position):
            return
        new_seconds = self._last_speech - self._asked_at
        silence = position - self._last_speech
        is_pause = silence >= self._rules.pause_seconds and new_seconds >= self._least_seconds
        is_end = silence >= _END_SECONDS and new_seconds >= _LEAST_END_SECONDS
        if new_seconds >= self._every or is_pause or (is_end and self._rules.hears_ends):
            self._ask(position)

    @property
    def _least_seconds(self) -> float:
        return self._rules.first_seconds * self._every / self._rules.every_seconds

    def _ask(self, position: float) -> None:
        assert self._utterance is not None
        if position - self._window_at > self._rules.window_seconds:
            self._open_window(self._asked_at - self._rules.lead_seconds)
        self._asked_at = position
        self._is_asking = True
        self._utterance.resume()
        self._utterance.speculate()
        self._decodings += 1
        if self._decodings > _FAST_DECODINGS:
            self._every = min(self._every * _SLOWER, self._rules.longest_every_seconds)
