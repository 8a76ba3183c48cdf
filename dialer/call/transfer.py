"""A call being handed to a person: what the trunk says of it, and how long to wait. Pure.

The law (RFC 3515, RFC 5589):

* A final answer of 2xx in the trunk's report: a person has taken the call, and we leave.
* Any other final answer, or none for ``seconds``: nobody took it, and the resident is told who will call.
* The call ends before that: it is not known whether anybody took it, so people look after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from dialer.line import SAMPLE_RATE, Pcm, TransferStatus


class Transferred(Enum):
    """What became of handing a call over."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNANSWERED = "unanswered"
    BROKEN_OFF = "broken_off"
    """The call ended before anybody was known to have taken it."""


_UNANSWERED_STATUSES = frozenset({408, 480, 487})


@dataclass
class TransferAttempt:
    """One attempt; times are of the worker's clock, in seconds."""

    began_at: float
    seconds: float
    """How long a person's telephone may ring."""
    result: Transferred | None = None

    def take(self, status: TransferStatus) -> None:
        """The trunk's report."""
        if self.result is not None or not status.is_final:
            return
        if 200 <= status.status < 300:
            self.result = Transferred.TAKEN
        elif status.status in _UNANSWERED_STATUSES:
            self.result = Transferred.UNANSWERED
        else:
            self.result = Transferred.REFUSED

    def watch(self, now: float) -> None:
        """Give up when it takes too long."""
        if self.result is None and now - self.began_at >= self.seconds:
            self.result = Transferred.UNANSWERED

    def end(self) -> None:
        """The call is over."""
        if self.result is None:
            self.result = Transferred.BROKEN_OFF


_HERTZ = 450
"""Of all Chinese call progress tones (GB/T 3380)."""
_ON_SECONDS, _OFF_SECONDS = 1.0, 4.0
_LEVEL = 2000
"""Of 32768; -27 dBm0 or so, softer than the voice."""
_EDGE_SECONDS = 0.01


def ring_back(seconds: float) -> Pcm:
    """What the resident hears while a person's telephone rings."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    place = time % (_ON_SECONDS + _OFF_SECONDS)
    edge = np.clip(np.minimum(place, _ON_SECONDS - place) / _EDGE_SECONDS, 0.0, 1.0)
    tone: Pcm = np.rint(_LEVEL * edge * np.sin(2 * np.pi * _HERTZ * time)).astype(np.int16)
    return tone
