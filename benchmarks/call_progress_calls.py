"""Calls in virtual time for ``benchmarks.call_progress``: the product's session, a line that plays a clip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

import numpy as np

from asr.audio import over_the_telephone
from asr.endpointing import EndpointingRules
from asr.recognizer import SAMPLE_RATE, Expectation, Hypothesis, Pcm, Recognizer, Utterance
from asr.voice_activity import VoiceActivity
from benchmarks.call_progress_clips import Clip
from benchmarks.call_progress_sounds import Samples
from benchmarks.phone_line import NOON, SCRIPT, Journal, RecordedVoice
from campaign.records import CallCause, Disposition, HungUpBy
from dialer.call.ear import Ear
from dialer.call.session import CallSession
from dialer.call.surroundings import CallLimits
from dialer.line import (
    FRAME_SAMPLES,
    FRAME_SECONDS,
    Answered,
    AudioReceived,
    EarlyMedia,
    Ended,
    LineEvent,
    MediaStatistics,
    PlaybackFinished,
)
from dialogs.machine import Dialog

_LINE_NOISE = 8.0
_AUDIBLE = 200
_WAIT_SECONDS = 3.0
"""After the clip."""


@dataclass(frozen=True)
class Heard:
    """What a session made of a clip."""

    got: str
    """A disposition, ``tone_busy`` and the like, ``ring_back``, ``person`` or ``none``."""
    ended_at: float | None
    """When it hung up; None: it did not."""
    prompt_at: float | None
    """When its first prompt was to be heard."""
    words: str


class ClipLine:
    """A line that plays a clip, before the answer or after it."""

    number = 1

    def __init__(self, sound: Samples, *, is_answered: bool) -> None:
        rng = np.random.default_rng(1)
        noisy = sound + rng.normal(0.0, _LINE_NOISE, len(sound))
        self._sound = over_the_telephone(np.clip(noisy, -32767, 32767).astype(np.int16))
        self._is_answered = is_answered
        self.now = 0.0
        self.hung_up_at: float | None = None
        self.prompt_at: float | None = None
        self._queue: list[Pcm] = []
        self._events: list[LineEvent] = []

    @property
    def is_finished(self) -> bool:
        return self.now >= len(self._sound) / SAMPLE_RATE + _WAIT_SECONDS

    def dial(self, number: str) -> None:
        self._events.append(Answered(0.0) if self._is_answered else EarlyMedia(0.0))

    def play(self, pcm: Pcm) -> None:
        padded = np.concatenate((pcm, np.zeros(-len(pcm) % FRAME_SAMPLES, np.int16)))
        self._queue.extend(padded.reshape(-1, FRAME_SAMPLES))

    def stop_playing(self) -> None:
        self._queue.clear()

    def hang_up(self) -> None:
        self.hung_up_at = self.now
        self._events.append(Ended(self.now, CallCause(hung_up_by=HungUpBy.ROBOT)))

    def transfer(self, number: str) -> None: ...

    def poll(self) -> list[LineEvent]:
        events, self._events = self._events, []
        return events

    def media_statistics(self) -> MediaStatistics:
        return MediaStatistics(0, 0, 0)

    def pass_time(self) -> None:
        start = round(self.now * SAMPLE_RATE)
        self.now = round(self.now + FRAME_SECONDS, 6)
        frame = self._sound[start : start + FRAME_SAMPLES]
        frame = np.concatenate((frame, np.zeros(FRAME_SAMPLES - len(frame), np.int16)))
        sent = self._queue.pop(0) if self._queue else np.zeros(FRAME_SAMPLES, np.int16)
        if self.prompt_at is None and np.abs(sent).max() > _AUDIBLE:
            self.prompt_at = self.now
        self._events.append(AudioReceived(self.now, frame, sent))
        if not self._queue and sent.any():
            self._events.append(PlaybackFinished(self.now))


@dataclass
class TimedRecognizer:
    """A recogniser whose words come after a fixed time of a clock that is not real."""

    real: Recognizer
    clock: Callable[[], float]
    decode_seconds: float
    name: str = "timed"
    heard: list[str] = field(default_factory=list)

    def listen(self, expectation: Expectation) -> Utterance:
        return _Timed(self, expectation)

    def close(self) -> None: ...

    def decode(self, sound: Pcm, expectation: Expectation) -> Hypothesis:
        utterance = self.real.listen(expectation)
        utterance.accept(sound)
        words = utterance.finish().result()
        self.heard.append(words.text)
        return words


class _Later(Future[Hypothesis]):
    def __init__(self, timed: TimedRecognizer, words: Hypothesis) -> None:
        super().__init__()
        self._timed, self._words = timed, words
        self._ready_at = timed.clock() + timed.decode_seconds

    def done(self) -> bool:
        if not super().done() and self._timed.clock() >= self._ready_at:
            self.set_result(self._words)
        return super().done()


class _Timed:
    def __init__(self, timed: TimedRecognizer, expectation: Expectation) -> None:
        self._timed, self._expectation = timed, expectation
        self._chunks: list[Pcm] = []
        self._guess: _Later | None = None

    def accept(self, pcm: Pcm) -> None:
        self._chunks.append(pcm)

    def partial(self) -> Hypothesis | None:
        return self._guess.result() if self._guess is not None and self._guess.done() else None

    def speculate(self) -> None:
        sound = np.concatenate(self._chunks)
        self._guess = _Later(self._timed, self._timed.decode(sound, self._expectation))

    def resume(self) -> None:
        self._guess = None

    def finish(self) -> Future[Hypothesis]:
        if self._guess is None:
            self.speculate()
        assert self._guess is not None
        return self._guess

    def cancel(self) -> None:
        self._guess = None


def early_media(clip: Clip, recognizer: Recognizer, decode_seconds: float) -> Heard:
    """A call whose far end plays the clip before anybody answers."""
    line, timed, session, journal = _placed(clip, recognizer, decode_seconds, is_answered=False)
    _run(line, session)
    told = {kind: data for _, kind, data in journal.events}
    if "tone" in told:
        got = f"tone_{told['tone']['text']}"
    elif "decided" in told:
        got = str(told["decided"]["text"])
    else:
        got = "ring_back" if session.result().evidence.get("has_rung") else "none"
    return Heard(got, line.hung_up_at, None, "|".join(timed.heard))


def opening(clip: Clip, recognizer: Recognizer, decode_seconds: float) -> Heard:
    """A call that the clip answers."""
    line, timed, session, journal = _placed(clip, recognizer, decode_seconds, is_answered=True)
    _run(line, session)
    told = {kind: data for _, kind, data in journal.events}
    got = "person"
    if "machine" in told:
        got = Disposition.CALL_ASSISTANT.value
    elif "decided" in told:
        got = str(told["decided"]["text"])
    elif "tone" in told:
        got = f"tone_{told['tone']['text']}"
    return Heard(got, line.hung_up_at if got != "person" else None, line.prompt_at, "|".join(timed.heard))


def _placed(
    clip: Clip, recognizer: Recognizer, decode_seconds: float, *, is_answered: bool
) -> tuple[ClipLine, TimedRecognizer, CallSession, Journal]:
    line = ClipLine(clip.sound, is_answered=is_answered)
    timed = TimedRecognizer(recognizer, lambda: line.now, decode_seconds)
    journal = Journal()
    session = CallSession(
        1, line, Ear(timed, VoiceActivity(), EndpointingRules()),
        Dialog(SCRIPT, {"community": ""}, NOON.date()), RecordedVoice(None), journal,
        wall=lambda at: NOON + dt.timedelta(seconds=at), limits=CallLimits(ring_seconds=120.0),
    )  # fmt: skip
    session.start("1", 0.0)
    return line, timed, session, journal


def _run(line: ClipLine, session: CallSession) -> None:
    while not session.is_over and not line.is_finished:
        line.pass_time()
        session.step(line.now)
