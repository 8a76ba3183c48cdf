"""One telephone line of an engine: verbs from the session's thread, events back to it."""

from __future__ import annotations

import contextlib
import logging
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, Protocol

import numpy as np
import pjsua2 as pj

from campaign.records import CallCause
from dialer.line import (
    AudioReceived,
    Ended,
    LineEvent,
    MediaLost,
    MediaStatistics,
    Pcm,
    PlaybackFinished,
    TransferStatus,
)
from dialer.sip.call import SipCall
from dialer.sip.port import LinePort

log = logging.getLogger(__name__)

_NOT_SENT = 500
"""Status of a REFER that did not leave us."""


class LineOwner(Protocol):
    """The engine that a line is of."""

    account: pj.Account

    @property
    def clock(self) -> Callable[[], float]: ...

    def post(self, command: Callable[[], None]) -> None: ...

    def uri(self, number: str) -> str: ...


class SipLine:
    """One line of an engine; see ``dialer.line.Line`` for the verbs."""

    def __init__(self, engine: LineOwner, number: int, port: LinePort) -> None:
        self.number = number
        self.port = port
        self.is_hanging_up = False
        self._engine = engine
        self._events: deque[LineEvent] = deque()
        self._call: SipCall | None = None
        self._frames = (0, 0)
        self._last_packet_at: float | None = None

    # --- the session's thread -------------------------------------------------------------------------

    def dial(self, number: str) -> None:
        self._events.clear()
        self._frames = (0, 0)
        self._last_packet_at = None
        self.is_hanging_up = False
        self.port.open()
        self._engine.post(lambda: self._dial(number))

    def play(self, pcm: Pcm) -> None:
        self.port.play(pcm)

    def stop_playing(self) -> None:
        self.port.stop_playing()

    def hang_up(self) -> None:
        self._engine.post(self._hang_up)

    def transfer(self, number: str) -> None:
        self._engine.post(lambda: self._transfer(number))

    def poll(self) -> list[LineEvent]:
        events = [_take(self._events) for _ in range(len(self._events))]
        frames = [_take(self.port.incoming) for _ in range(len(self.port.incoming))]
        if frames:
            events.append(
                AudioReceived(
                    frames[-1][0],
                    pcm=_samples(frame[1] for frame in frames),
                    sent=_samples(frame[2] for frame in frames),
                )
            )
        events += [PlaybackFinished(_take(self.port.finished)) for _ in range(len(self.port.finished))]
        return sorted(events, key=lambda event: (isinstance(event, Ended), event.at))

    def media_statistics(self) -> MediaStatistics:
        return MediaStatistics(*self._frames, frames_dropped=self.port.dropped)

    # --- the engine's thread --------------------------------------------------------------------------

    @property
    def has_call(self) -> bool:
        return self._call is not None

    def now(self) -> float:
        return self._engine.clock()

    def emit(self, event: LineEvent) -> None:
        self._events.append(event)

    def call_ended(self, call: SipCall, cause: CallCause) -> None:
        self.port.is_open = False
        self.emit(Ended(self.now(), cause))
        # The object must outlive its call: it is dropped on a later turn of the loop.
        self._engine.post(lambda: self._release(call))

    def watch_media(self, media_timeout: float) -> None:
        """Count packets; report once when none came for ``media_timeout`` seconds of an answered call."""
        call = self._call
        if call is None or call.is_over or not call.is_answered:
            return
        before = self._frames[1]
        with contextlib.suppress(pj.Error):  # no stream yet, or no longer
            self._note_frames(call)
        now = self.now()
        if self._last_packet_at is None or self._frames[1] > before:
            self._last_packet_at = now
        elif now - self._last_packet_at >= media_timeout:
            self._last_packet_at = now
            self.emit(MediaLost(now))

    def _dial(self, number: str) -> None:
        call = SipCall(self._engine.account, self)
        self._call = call
        try:
            call.makeCall(self._engine.uri(number), pj.CallOpParam(True))
        except pj.Error as error:
            log.warning("line %d: INVITE not sent: %s", self.number, error.reason)
            if not call.is_over:
                call.is_over = True
                self.call_ended(call, CallCause(reason=error.reason))

    def _hang_up(self) -> None:
        if self._call is None or self._call.is_over:
            return
        self.is_hanging_up = True
        with contextlib.suppress(pj.Error):  # the far end was quicker
            self._note_frames(self._call)
            self._call.hangup(pj.CallOpParam(True))

    def _transfer(self, number: str) -> None:
        if self._call is None or self._call.is_over:
            return
        try:
            self._call.xfer(self._engine.uri(number), pj.CallOpParam(True))
        except pj.Error as error:
            log.warning("line %d: REFER not sent: %s", self.number, error.reason)
            self.emit(TransferStatus(self.now(), _NOT_SENT, is_final=True))

    def _release(self, call: SipCall) -> None:
        if self._call is call:
            self._call = None

    def _note_frames(self, call: SipCall) -> None:
        if call.hasMedia():
            self._frames = call.frames()


def _take(items: deque[Any]) -> Any:
    return items.popleft()


def _samples(frames: Iterable[bytes]) -> Pcm:
    return np.frombuffer(b"".join(frames), dtype="<i2")
