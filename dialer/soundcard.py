"""Microphone and loudspeaker as a telephone line, to rehearse a script without calling anybody.

The only file that knows sounddevice, which is imported when a rehearsal begins: PortAudio may be missing.
"""

from __future__ import annotations

import contextlib
import importlib
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from campaign.errors import WenhouError
from campaign.records import CallCause, HungUpBy
from dialer.line import (
    FRAME_SAMPLES,
    SAMPLE_RATE,
    Answered,
    AudioReceived,
    Ended,
    LineEvent,
    MediaStatistics,
    Pcm,
    PlaybackFinished,
    TransferStatus,
)


class SoundCardError(WenhouError):
    """There is no usable microphone or loudspeaker."""


class Stream(Protocol):
    """A full-duplex stream that calls back for each frame."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


Exchange = Callable[[Pcm], Pcm]
"""A frame from the microphone in, a frame for the loudspeaker out; both 20 ms."""


def open_stream(exchange: Exchange) -> Stream:
    """The default microphone and loudspeaker at telephone rate.

    Raises:
        SoundCardError: ``portaudio_missing`` or ``no_sound_card``.
    """
    try:
        sounddevice = importlib.import_module("sounddevice")
    except OSError as error:
        raise SoundCardError(
            "portaudio_missing",
            "没有装 PortAudio，不能用麦克风。请运行 sudo apt install libportaudio2 后再试。",
        ) from error

    def callback(heard: Any, said: Any, frames: int, when: Any, status: Any) -> None:
        said[:, 0] = exchange(heard[:, 0].copy())

    try:
        stream: Stream = sounddevice.Stream(
            samplerate=SAMPLE_RATE, blocksize=FRAME_SAMPLES, channels=1, dtype="int16", callback=callback
        )
    except sounddevice.PortAudioError as error:
        raise SoundCardError(
            "no_sound_card", f"打不开麦克风或喇叭（{error}）。请接好耳机，或在系统设置里选好声音设备。"
        ) from error
    return stream


class SoundCardLine:
    """A line whose far end sits in front of this computer; see ``dialer.line.Line``."""

    number = 1

    def __init__(
        self,
        open_stream: Callable[[Exchange], Stream] = open_stream,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._open_stream = open_stream
        self._clock = clock
        self._stream: Stream | None = None
        self._events: deque[LineEvent] = deque()
        self._outgoing: deque[Pcm] = deque()
        self._frames = 0

    def dial(self, number: str) -> None:
        """Whoever rehearses has picked up already."""
        self._stream = self._open_stream(self._exchange)
        self._stream.start()
        self._events.append(Answered(self._clock()))

    def play(self, pcm: Pcm) -> None:
        padded = np.concatenate((pcm, np.zeros(-len(pcm) % FRAME_SAMPLES, np.int16)))
        self._outgoing.extend(padded.reshape(-1, FRAME_SAMPLES))

    def stop_playing(self) -> None:
        self._outgoing.clear()

    def hang_up(self) -> None:
        if self._stream is not None:
            self._stream.stop()
            self._stream.close()
            self._stream = None
            self._events.append(Ended(self._clock(), CallCause(200, hung_up_by=HungUpBy.ROBOT)))

    def transfer(self, number: str) -> None:
        """There is nobody to hand a rehearsal to."""
        self._events.append(TransferStatus(self._clock(), 501, is_final=True))

    def poll(self) -> list[LineEvent]:
        return [self._events.popleft() for _ in range(len(self._events))]

    def media_statistics(self) -> MediaStatistics:
        return MediaStatistics(self._frames, self._frames, 0)

    def _exchange(self, heard: Pcm) -> Pcm:
        # PortAudio's thread: copy and return.
        said = np.zeros(len(heard), np.int16)
        if self._outgoing:
            with contextlib.suppress(IndexError):  # emptied by stop_playing a moment ago
                said = self._outgoing.popleft()
            if not self._outgoing:
                self._events.append(PlaybackFinished(self._clock()))
        self._frames += 1
        self._events.append(AudioReceived(self._clock(), heard, said))
        return said
