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
import soxr

from campaign.errors import WenhouError
from campaign.records import CallCause, HungUpBy
from dialer.line import (
    FRAME_SAMPLES,
    FRAME_SECONDS,
    SAMPLE_RATE,
    Answered,
    AudioReceived,
    Ended,
    KeyPressed,
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


_FAINT = 30
"""Of 32768; any room is louder to a microphone that works."""

Exchange = Callable[[Pcm], Pcm]
"""A frame from the microphone in, a frame for the loudspeaker out; both 20 ms."""


def open_stream(exchange: Exchange) -> Stream:
    """The default microphone and loudspeaker at telephone rate.

    Raises:
        SoundCardError: ``portaudio_missing`` or ``no_sound_card``.
    """
    sounddevice = _sounddevice()
    try:
        return _open_at(sounddevice, SAMPLE_RATE, exchange)
    except sounddevice.PortAudioError:
        return _open_at_own_rate(sounddevice, exchange)


def _sounddevice() -> Any:
    try:
        return importlib.import_module("sounddevice")
    except (ImportError, OSError) as error:
        raise SoundCardError(
            "portaudio_missing",
            "没有装 PortAudio，不能用麦克风。请运行 sudo apt install libportaudio2 后再试。",
        ) from error


def choose_device(name: str) -> None:
    """Record with this microphone from now on.

    Args:
        name: A part of its name, or its number.

    Raises:
        SoundCardError: ``portaudio_missing``, ``device_unknown``; the latter lists the microphones.
    """
    sounddevice = _sounddevice()
    inputs = {
        number: str(device["name"])
        for number, device in enumerate(sounddevice.query_devices())
        if device["max_input_channels"] > 0
    }
    found = [number for number, told in inputs.items() if name == str(number) or name.lower() in told.lower()]
    if not found:
        known = "、".join(f"{number} {told}" for number, told in inputs.items()) or "一个也没有"
        raise SoundCardError("device_unknown", f"没有叫 {name} 的麦克风。这台电脑的麦克风：{known}。")
    sounddevice.default.device = (found[0], sounddevice.default.device[1])


def _open_at_own_rate(sounddevice: Any, exchange: Exchange) -> Stream:
    """For sound cards that know no telephone rate, and nothing between us and them that converts."""
    try:
        rate = round(sounddevice.query_devices(kind="input")["default_samplerate"])
        sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError) as error:  # which one depends on the system
        raise SoundCardError(
            "no_sound_card", "这台电脑没有可用的麦克风和喇叭。请接好耳机，或在系统设置里选好声音设备。"
        ) from error
    try:
        return _open_at(sounddevice, rate, RateConverter(rate, exchange))
    except sounddevice.PortAudioError as error:
        raise SoundCardError(
            "sound_card_busy",
            f"打不开麦克风或喇叭（{error.args[0]}）。请关掉正在用它的程序，或在系统设置里换一个声音设备。",
        ) from error


def _open_at(sounddevice: Any, rate: int, exchange: Exchange) -> Stream:
    def callback(heard: Any, said: Any, frames: int, when: Any, status: Any) -> None:
        said[:, 0] = exchange(heard[:, 0].copy())

    stream: Stream = sounddevice.Stream(
        samplerate=rate, blocksize=round(rate * FRAME_SECONDS), channels=1, dtype="int16", callback=callback
    )
    return stream


class RateConverter:
    """Lets a sound card of another rate exchange frames of telephone sound; a few frames late."""

    def __init__(self, rate: int, exchange: Exchange) -> None:
        self._exchange = exchange
        self._to_telephone = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="int16")
        self._to_card = soxr.ResampleStream(SAMPLE_RATE, rate, 1, dtype="int16")
        self._heard = self._said = np.zeros(0, np.int16)

    def __call__(self, heard: Pcm) -> Pcm:
        """Samples of the card in, as many out."""
        self._heard = np.concatenate((self._heard, self._to_telephone.resample_chunk(heard)))
        while len(self._heard) >= FRAME_SAMPLES:
            frame, self._heard = self._heard[:FRAME_SAMPLES], self._heard[FRAME_SAMPLES:]
            said = self._to_card.resample_chunk(self._exchange(frame))
            self._said = np.concatenate((self._said, said))
        ready, self._said = self._said[: len(heard)], self._said[len(heard) :]
        return np.concatenate((ready, np.zeros(len(heard) - len(ready), np.int16)))


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
        self._loudest = 0

    @property
    def is_deaf(self) -> bool:
        """The microphone has given nothing but silence so far: it is muted, or not the right one."""
        return self._loudest < _FAINT

    def check(self) -> None:
        """Open and close the sound card: what is wrong with it is told before anything is prepared.

        Raises:
            SoundCardError: There is no microphone or loudspeaker.
        """
        self._open_stream(lambda heard: np.zeros(len(heard), np.int16)).close()

    def press(self, digit: str) -> None:
        """A telephone key, on the computer's keyboard."""
        self._events.append(KeyPressed(self._clock(), digit))

    def put_down(self) -> None:
        """Whoever rehearses hangs up."""
        self._close(HungUpBy.RESIDENT)

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
        self._close(HungUpBy.ROBOT)

    def _close(self, by: HungUpBy) -> None:
        if self._stream is not None:
            self._stream.stop()
            self._stream.close()
            self._stream = None
            self._events.append(Ended(self._clock(), CallCause(200, hung_up_by=by)))

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
        self._loudest = max(self._loudest, int(np.abs(heard.astype(np.int32)).max(initial=0)))
        self._events.append(AudioReceived(self._clock(), heard, said))
        return said
