"""The robot's ear and mouth at the conference bridge of pjsua2: frames of 20 ms in, frames out."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np
import pjsua2 as pj

from dialer.line import FRAME_SAMPLES, SAMPLE_RATE, Pcm
from dialer.sip.buffers import buffer_bytes, fill_buffer

_FRAME_BYTES = FRAME_SAMPLES * 2
_SILENCE = bytes(_FRAME_BYTES)
_QUEUE_FRAMES = 500
"""Ten seconds of sound that a session may fall behind before frames are dropped and counted."""


class LinePort(pj.AudioMediaPort):  # type: ignore[misc]
    """The media port of one line; used for one call after another."""

    def __init__(self, name: str, clock: Callable[[], float], fast_copy: bool) -> None:
        super().__init__()
        self._clock = clock
        self._fast_copy = fast_copy
        self._outgoing: deque[bytes] = deque()
        self._last_sent = _SILENCE
        self.incoming: deque[tuple[float, bytes, bytes]] = deque(maxlen=_QUEUE_FRAMES)
        """(time, received frame, frame sent in the same tick)"""
        self.finished: deque[float] = deque()
        """Times at which the outgoing queue ran empty."""
        self.dropped = 0
        self.is_open = False
        media_format = pj.MediaFormatAudio()
        media_format.init(pj.PJMEDIA_FORMAT_PCM, SAMPLE_RATE, 1, 20000, 16)
        self.createPort(name, media_format)
        # A port destroyed after libDestroy, as at interpreter exit, aborts the process: it is never freed.
        self.this.disown()

    def open(self) -> None:
        self.close()
        self.dropped = 0
        self.is_open = True

    def close(self) -> None:
        self.is_open = False
        self._outgoing.clear()
        self.incoming.clear()
        self.finished.clear()

    def play(self, pcm: Pcm) -> None:
        data = np.ascontiguousarray(pcm, dtype="<i2").tobytes()
        data += bytes(-len(data) % _FRAME_BYTES)
        self._outgoing.extend(data[i : i + _FRAME_BYTES] for i in range(0, len(data), _FRAME_BYTES))

    def stop_playing(self) -> None:
        self._outgoing.clear()

    def onFrameRequested(self, frame: Any) -> None:
        # Native media thread: copy and return; calling pjsua2 here can deadlock.
        data = _SILENCE
        if self._outgoing:
            with contextlib.suppress(IndexError):  # emptied by stop_playing a moment ago
                data = self._outgoing.popleft()
            if not self._outgoing:
                self.finished.append(self._clock())
        self._last_sent = data
        frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
        if self._fast_copy:
            frame.buf.resize(_FRAME_BYTES)
            fill_buffer(frame.buf, data)
        else:
            frame.buf = pj.ByteVector(list(data))
        frame.size = _FRAME_BYTES

    def onFrameReceived(self, frame: Any) -> None:
        # Native media thread, as above. Frames of size 0 come from unconnected ports.
        if not self.is_open or not frame.size:
            return
        if len(self.incoming) == _QUEUE_FRAMES:
            self.dropped += 1
        received = buffer_bytes(frame.buf) if self._fast_copy else bytes(frame.buf)
        self.incoming.append((self._clock(), received[:_FRAME_BYTES], self._last_sent))
