"""The computer's microphone for recording prompts, and its loudspeaker for listening to them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dialer.line import FRAME_SAMPLES, SAMPLE_RATE, Pcm
from dialer.soundcard import Exchange, Stream, open_stream

LONGEST_SECONDS = 120.0
"""Of one take; what comes later is not kept."""
_FULL_SCALE = np.float32(32768.0)
_AFTER_SECONDS = 0.3

Samples = NDArray[np.float32]


class Microphone(Protocol):
    """Records takes one after the other. Raises SoundCardError where there is no usable device."""

    rate: int
    """Samples a second."""

    def check(self) -> None:
        """Open and close it: what is wrong is told before the first sentence."""

    def start(self) -> None:
        """Begin a take."""

    def stop(self) -> Samples:
        """End it: mono, -1..1."""

    def play(self, pcm: Pcm) -> None:
        """Let a recording (8 kHz) be heard to its end."""


class SoundCardMicrophone:
    """Microphone and loudspeaker of the sound card; the device is open only while one of them is used."""

    rate = SAMPLE_RATE

    def __init__(self, open_stream: Callable[[Exchange], Stream] = open_stream) -> None:
        self._open_stream = open_stream
        self._stream: Stream | None = None
        self._frames: list[Pcm] = []

    def check(self) -> None:
        self._open_stream(lambda heard: np.zeros(len(heard), np.int16)).close()

    def start(self) -> None:
        self._frames = []
        self._stream = self._open_stream(self._hear)
        self._stream.start()

    def stop(self) -> Samples:
        self._close()
        heard = np.concatenate(self._frames) if self._frames else np.zeros(0, np.int16)
        return heard.astype(np.float32) / _FULL_SCALE

    def play(self, pcm: Pcm) -> None:
        has_ended = threading.Event()
        self._stream = self._open_stream(_player(pcm, has_ended))
        self._stream.start()
        try:
            has_ended.wait(len(pcm) / SAMPLE_RATE + 2.0)  # a device that has stopped must not hold us up
        finally:
            self._close()

    def _hear(self, heard: Pcm) -> Pcm:
        # PortAudio's thread: copy and return.
        if len(self._frames) * FRAME_SAMPLES < LONGEST_SECONDS * SAMPLE_RATE:
            self._frames.append(heard.copy())
        return np.zeros(len(heard), np.int16)

    def _close(self) -> None:
        if self._stream is not None:
            self._stream.stop()
            self._stream.close()
            self._stream = None


def _player(pcm: Pcm, has_ended: threading.Event) -> Exchange:
    left = np.concatenate((pcm, np.zeros(round(_AFTER_SECONDS * SAMPLE_RATE), np.int16)))
    position = 0

    def exchange(heard: Pcm) -> Pcm:
        nonlocal position
        said = np.zeros(len(heard), np.int16)
        part = left[position : position + len(heard)]
        said[: len(part)] = part
        position += len(heard)
        if position >= len(left):
            has_ended.set()
        return said

    return exchange
