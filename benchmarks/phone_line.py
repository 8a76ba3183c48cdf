"""A telephone line in virtual time, with a recorded resident at its far end, for measuring what they hear.

One frame is 20 ms; a frame takes one frame's time each way. The resident is a track of sound that is mixed as
it is sent: speech at the times that a trial asks for, the echo of our own voice, a background.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asr.audio import over_the_telephone, read_wav
from asr.endpointing import EndpointingRules
from asr.recognizer import Expectation, Hypothesis
from asr.voice_activity import VoiceActivity
from campaign.records import CallCause, HungUpBy, SlotValue, Source
from dialer.call.ear import Ear
from dialer.call.session import CallSession
from dialer.call.surroundings import CallLimits
from dialer.line import (
    FRAME_SAMPLES,
    FRAME_SECONDS,
    SAMPLE_RATE,
    Answered,
    AudioReceived,
    Ended,
    LineEvent,
    MediaStatistics,
    Pcm,
    PlaybackFinished,
)
from dialer.prompts.voice import without_lead
from dialogs.loading import load_script
from dialogs.machine import Dialog, Play

ONE_WAY_SECONDS = FRAME_SECONDS
SCRIPT = load_script("health_survey")
PROMPTS = Path(__file__).resolve().parent.parent / "dialogs" / "scripts" / "health_survey"
NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
LONGEST_CALL = 90.0
_AUDIBLE = 200
_ECHO_TAPS = 128

Samples = NDArray[np.float64]


@dataclass(frozen=True)
class Echo:
    """What the far end returns of our voice."""

    delay_seconds: float
    level_db: float


class FarEnd:
    """The resident's end of the line; positions in samples since the answer."""

    def __init__(self, echo: Echo | None, background: Samples | None) -> None:
        self._track = np.random.default_rng(1).normal(0, 10, round((LONGEST_CALL + 30) * SAMPLE_RATE))
        if background is not None:
            self._track += np.resize(background, len(self._track))
        self._echo = echo
        self._heard = np.zeros(len(self._track))
        """The robot's voice as it arrives here."""
        self._position = 0

    @property
    def seconds(self) -> float:
        return self._position / SAMPLE_RATE

    def say(self, sound: Pcm, at_seconds: float) -> None:
        """Mix a sound into what is yet to be sent."""
        start = round(at_seconds * SAMPLE_RATE)
        self._track[start : start + len(sound)] += sound

    def exchange(self, heard: Pcm) -> Pcm:
        """The robot's frame in, the resident's of the same 20 ms out."""
        start, end = self._position, self._position + FRAME_SAMPLES
        self._heard[start:end] = heard
        frame = self._track[start:end] + self._returned(start, end)
        self._position = end
        return over_the_telephone(np.clip(frame, -32767, 32767).astype(np.int16))

    def _returned(self, start: int, end: int) -> Samples:
        if self._echo is None:
            return np.zeros(end - start)
        late = round(self._echo.delay_seconds * SAMPLE_RATE)
        first = start - late - _ECHO_TAPS + 1
        source = self._heard[max(0, first) : max(0, end - late)]
        source = np.concatenate((np.zeros(end - late - first - len(source)), source))
        returned: Samples = np.convolve(source, _telephone_band(), "valid")
        return returned * 10.0 ** (self._echo.level_db / 20.0)

    def silent_from(self, seconds: float, least_pause: float = 0.12) -> float:
        """When the robot falls silent, for ``least_pause`` at least, from ``seconds`` on."""
        audible = np.flatnonzero(
            np.abs(self._heard[round(seconds * SAMPLE_RATE) : self._position]) > _AUDIBLE
        )
        if not len(audible) or audible[0] > least_pause * SAMPLE_RATE:
            return seconds
        breaks = np.flatnonzero(np.diff(audible) > least_pause * SAMPLE_RATE)
        last = audible[breaks[0]] if len(breaks) else audible[-1]
        return seconds + float(last + 1) / SAMPLE_RATE

    def first_heard_after(self, seconds: float) -> float | None:
        """Beginning of the robot's first audible sound after ``seconds``; None when there is none."""
        audible = np.flatnonzero(
            np.abs(self._heard[round(seconds * SAMPLE_RATE) : self._position]) > _AUDIBLE
        )
        return seconds + float(audible[0]) / SAMPLE_RATE if len(audible) else None


def _telephone_band() -> Samples:
    """400 to 3300 Hz."""
    at = np.arange(_ECHO_TAPS) - (_ECHO_TAPS - 1) / 2
    upper, lower = (2 * edge / SAMPLE_RATE * np.sinc(2 * edge / SAMPLE_RATE * at) for edge in (3300, 400))
    band: Samples = (upper - lower) * np.hamming(_ECHO_TAPS)
    return band


class VirtualLine:
    """A line that answers at once; ``pass_time`` moves everything on by a frame."""

    number = 1

    def __init__(self, far_end: FarEnd) -> None:
        self.far_end = far_end
        self.now = 0.0
        self._queue: list[Pcm] = []
        self._on_the_way = np.zeros(FRAME_SAMPLES, np.int16)
        self._coming = np.zeros(FRAME_SAMPLES, np.int16)
        self._events: list[LineEvent] = []
        self.is_over = False

    def dial(self, number: str) -> None:
        self._events.append(Answered(self.now))

    def play(self, pcm: Pcm) -> None:
        padded = np.concatenate((pcm, np.zeros(-len(pcm) % FRAME_SAMPLES, np.int16)))
        self._queue.extend(padded.reshape(-1, FRAME_SAMPLES))

    def stop_playing(self) -> None:
        self._queue.clear()

    @property
    def queued_seconds(self) -> float:
        """What is yet to be sent."""
        return len(self._queue) * FRAME_SECONDS

    def hang_up(self) -> None:
        self.is_over = True
        self._events.append(Ended(self.now, CallCause(200, hung_up_by=HungUpBy.ROBOT)))

    def poll(self) -> list[LineEvent]:
        events, self._events = self._events, []
        return events

    def media_statistics(self) -> MediaStatistics:
        return MediaStatistics(0, 0, 0)

    def pass_time(self) -> None:
        self.now = round(self.now + FRAME_SECONDS, 6)
        sent = self._queue.pop(0) if self._queue else None
        if sent is not None and not self._queue:
            self._events.append(PlaybackFinished(self.now))
        frame = sent if sent is not None else np.zeros(FRAME_SAMPLES, np.int16)
        received, self._coming = self._coming, self.far_end.exchange(self._on_the_way)
        self._on_the_way = frame
        self._events.append(AudioReceived(self.now, received, frame))


@dataclass
class ToldRecognizer:
    """Knows what has been said by when; decoding takes ``decode_seconds``, in pauses ahead of time."""

    words: Callable[[], str]
    """What has been said so far."""
    clock: Callable[[], float]
    decode_seconds: float
    name: str = "told"
    heard_from: list[float] = field(default_factory=list)
    """When the first sound of each utterance came in."""
    guesses: int = 0

    def listen(self, expectation: Expectation) -> _Told:
        return _Told(self)

    def close(self) -> None:
        pass


class _Ready(Future[Hypothesis]):
    def __init__(self, text: str, told: ToldRecognizer) -> None:
        super().__init__()
        self._told = told
        self._ready_at = told.clock() + told.decode_seconds
        self._hypothesis = Hypothesis(text, 0.9 if text else 0.0, True, "told", 1.0)

    def done(self) -> bool:
        if not super().done() and self._told.clock() >= self._ready_at:
            self.set_result(self._hypothesis)
        return super().done()


class _Told:
    def __init__(self, told: ToldRecognizer) -> None:
        self._told = told
        self._guess: _Ready | None = None
        self._is_new = True

    def accept(self, pcm: Pcm) -> None:
        if self._is_new:
            self._is_new = False
            self._told.heard_from.append(self._told.clock() - len(pcm) / SAMPLE_RATE)

    def partial(self) -> Hypothesis | None:
        return self._guess.result() if self._guess is not None and self._guess.done() else None

    def speculate(self) -> None:
        self._told.guesses += 1
        self._guess = _Ready(self._told.words(), self._told)

    def resume(self) -> None:
        self._guess = None

    def finish(self) -> Future[Hypothesis]:
        return self._guess if self._guess is not None else _Ready(self._told.words(), self._told)

    def cancel(self) -> None:
        self._guess = None


class RecordedVoice:
    """The script's own recordings; the opening cut short where nobody needs it."""

    def __init__(self, opening_seconds: float | None) -> None:
        whole = self._said(SCRIPT.opening.text, SCRIPT.opening.plain)
        self._opening = whole if opening_seconds is None else whole[: round(opening_seconds * SAMPLE_RATE)]

    @property
    def opening_seconds(self) -> float:
        return len(self._opening) / SAMPLE_RATE

    def sound(self, play: Play) -> Pcm:
        if play.prompt_id == "opening":
            return self._opening
        parts = [self._said(part.text, part.plain_text) for part in play.parts]
        return np.concatenate(parts) if parts else self._said(play.text, play.plain_text)

    @staticmethod
    def _said(text: str, plain: str) -> Pcm:
        files = _recordings()
        return without_lead(read_wav(PROMPTS / files[text if text in files else plain]))


@cache
def _recordings() -> Mapping[str, str]:
    """Text -> file of the script's prompts."""
    with (PROMPTS / "prompts.tsv").open(encoding="utf-8", newline="") as lines:
        return {
            row["text"]: row["file"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        }


@dataclass
class Journal:
    """What the session notes: (seconds since dialling, kind, details)."""

    events: list[tuple[float, str, Mapping[str, Any]]] = field(default_factory=list)

    def event(self, at: dt.datetime, kind: str, data: Mapping[str, Any]) -> None:
        self.events.append(((at - NOON).total_seconds(), kind, dict(data)))

    def turn(self, **turn: Any) -> None:
        pass

    def slot(self, slot: SlotValue) -> None:
        pass

    def times(self, kind: str, after: float = 0.0) -> list[float]:
        return [at for at, what, _ in self.events if what == kind and at >= after]


class Trial:
    """One call to a resident who is asked one question; ``run`` lets it go on until a time or an event."""

    def __init__(
        self,
        question: str,
        *,
        words: Callable[[], str] = str,
        echo: Echo | None = None,
        background: Samples | None = None,
        opening_seconds: float | None = 0.5,
        decode_seconds: float = 0.35,
    ) -> None:
        self.line = VirtualLine(FarEnd(echo, background))
        self.recognizer = ToldRecognizer(words, lambda: self.line.now, decode_seconds)
        self.journal = Journal()
        known = {
            name: SlotValue(
                name, _SETTLED.get(name), raw="", understood="", confidence=1.0, source=Source.VOICE
            )
            for name in SCRIPT.slots
            if name != question
        }
        dialog = Dialog(SCRIPT, {"community": ""}, NOON.date(), known)
        voice = RecordedVoice(opening_seconds)
        self.opening_seconds = voice.opening_seconds
        ear = Ear(self.recognizer, VoiceActivity(), EndpointingRules())
        self.session = CallSession(
            1, self.line, ear, dialog, voice, self.journal,
            wall=lambda at: NOON + dt.timedelta(seconds=at),
            limits=CallLimits(longest_seconds=LONGEST_CALL),
        )  # fmt: skip
        self.session.start("1", 0.0)

    @property
    def far_end(self) -> FarEnd:
        return self.line.far_end

    def step(self) -> None:
        self.line.pass_time()
        self.session.step(self.line.now)

    def run(self, seconds: float) -> None:
        """Let so much time pass, or the call end."""
        until = self.line.now + seconds
        while self.line.now < until and not self.session.is_over:
            self.step()

    def run_to(self, kind: str, prompt: str = "", longest: float = 30.0) -> bool:
        """Let time pass until an event is noted; whether it was."""
        until = self.line.now + longest
        while self.line.now < until and not self.session.is_over:
            if any(
                what == kind and data.get("id", "").startswith(prompt)
                for _, what, data in self.journal.events
            ):
                return True
            self.step()
        return False


_SETTLED: Mapping[str, Any] = {
    "identity": "self", "in_beijing": True, "symptoms": [], "temperature": 36.5, "travel": False,
    "contact": False, "household_size": 3, "needs": "",
}  # fmt: skip
