"""What a call has around it: limits of time, and the places for its words, its sound and its voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from campaign.records import SlotValue, Source
from dialer.call.barge_in import BargeInRules
from dialer.line import Pcm
from dialogs.machine import Play


@dataclass(frozen=True)
class CallLimits:
    """How long a call may wait for what; seconds."""

    ring_seconds: float = 35.0
    """From dialling to the answer."""
    longest_seconds: float = 90.0
    """From the answer to the end of the call."""
    hello_seconds: float = 0.8
    """Silence after the answer until the robot speaks first."""
    barge_in: BargeInRules = field(default_factory=BargeInRules)
    """What stops a prompt."""
    transfer_seconds: float = 25.0
    """How long a person's telephone may ring when a call is handed over."""
    linger_seconds: float = 0.25
    """Between the last word sent and the hang-up, so that the far end's jitter buffer can play it."""


class Journal(Protocol):
    """Where a call writes down what happens, as it happens."""

    def event(self, at: datetime, kind: str, data: Mapping[str, Any]) -> None: ...

    def turn(
        self, *, state: str, heard: str, understood: str, confidence: float,
        started_at: datetime, ended_at: datetime, source: Source,
    ) -> None: ...  # fmt: skip

    def slot(self, slot: SlotValue) -> None: ...


class Recording(Protocol):
    """A stereo file: resident left, robot right."""

    def append(self, left: Pcm, right: Pcm) -> None: ...

    def close(self) -> None: ...


class Voice(Protocol):
    """The robot's voice: text to sound, prepared before the call."""

    def sound(self, play: Play) -> Pcm: ...
