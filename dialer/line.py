"""A telephone line as a call sees it: five verbs and a stream of events.

``dialer.sip`` implements it on pjsua2; tests implement it with a scripted caller. Every method may be
called from the session's thread, returns at once, and never raises for what the far end does: that
arrives as an event.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from campaign.records import CallCause

SAMPLE_RATE = 8000
FRAME_SECONDS = 0.02
FRAME_SAMPLES = 160
"""One RTP packet of G.711 at the usual 20 ms."""

MAX_LINES_PER_WORKER = 4
"""The telephone library's wheel is compiled with PJSUA_MAX_CALLS=4 and clamps more without a word."""

Pcm = NDArray[np.int16]


@dataclass(frozen=True)
class LineEvent:
    at: float
    """Seconds of the worker's monotonic clock."""


@dataclass(frozen=True)
class Ringing(LineEvent):
    """180, or 183 without media."""


@dataclass(frozen=True)
class EarlyMedia(LineEvent):
    """Sound flows before the answer (183 with SDP)."""


@dataclass(frozen=True)
class Answered(LineEvent):
    """200 OK and ACK; the bill starts to run."""


@dataclass(frozen=True)
class AudioReceived(LineEvent):
    """Sound of one or more frames, oldest first; ``at`` is the end of the last one."""

    pcm: Pcm
    """What came in."""
    sent: Pcm
    """What went out in the same ticks, for the recording; same shape as ``pcm``."""


@dataclass(frozen=True)
class PlaybackFinished(LineEvent):
    """The last sample handed to ``play`` has been sent."""


@dataclass(frozen=True)
class KeyPressed(LineEvent):
    digit: str
    """0-9 * # A-D (RFC 4733 or in-band)."""


@dataclass(frozen=True)
class TransferStatus(LineEvent):
    """What the trunk says of a call that is being handed over: a NOTIFY with a sipfrag, or its answer to
    REFER."""

    status: int
    """SIP status of the call to the person."""
    is_final: bool


@dataclass(frozen=True)
class MediaLost(LineEvent):
    """No packet came in for the watchdog's time though the call is up."""


@dataclass(frozen=True)
class Ended(LineEvent):
    """The call is over; no event follows."""

    cause: CallCause


@dataclass(frozen=True)
class MediaStatistics:
    frames_expected: int
    frames_received: int
    frames_dropped: int
    """Frames that came in while the session's queue was full."""


class Line(Protocol):
    """One of the telephone lines of a worker. Used for one call at a time."""

    number: int
    """Counted from 1 over all workers."""

    def dial(self, number: str) -> None: ...

    def play(self, pcm: Pcm) -> None:
        """Queue sound to be sent after what is already queued."""

    def stop_playing(self) -> None:
        """Drop whatever is queued; silence is sent within 40 ms."""

    def hang_up(self) -> None: ...

    def transfer(self, number: str) -> None:
        """Ask the trunk to connect the far end with ``number`` instead of us (REFER); its reports arrive as
        ``TransferStatus``."""

    def poll(self) -> list[LineEvent]:
        """The events since the last call, oldest first."""

    def media_statistics(self) -> MediaStatistics: ...
