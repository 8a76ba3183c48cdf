"""When does the robot speak? An energy detector for clean telephone speech. Pure: time is an argument."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator.g711 import LINEAR, Pcm

SPEECH_DBFS = -45.0
"""Level of a 20 ms frame above which it counts as voiced. Prompts lie near -20 dBFS, line noise below -55."""
ONSET_FRAMES = 3
"""Voiced frames within ``ONSET_WINDOW`` that make a beginning: a click is not speech."""
ONSET_WINDOW = 5
PAUSE_SECONDS = 0.2
"""Silence after which speech may be over; ``SpeechListener.silent_seconds`` then goes on counting."""

_SQUARES = {payload_type: (values.astype(np.float32) / 32768) ** 2 for payload_type, values in LINEAR.items()}
_SPEECH_POWER = 10 ** (SPEECH_DBFS / 10)


def power_of_octets(octets: bytes, payload_type: int) -> float:
    """Mean square of a G.711 frame, full scale 1.0."""
    if not octets:
        return 0.0
    return float(_SQUARES[payload_type][np.frombuffer(octets, np.uint8)].mean())


def is_voiced(power: float) -> bool:
    return power > _SPEECH_POWER


def voiced_bounds(pcm: Pcm, frame_samples: int = 160) -> tuple[int, int]:
    """First and last voiced frame of ``pcm`` as sample offsets (start, end); (0, 0) when all is silent."""
    whole = pcm[: len(pcm) // frame_samples * frame_samples].astype(np.float32) / 32768
    if not len(whole):
        return 0, 0
    voiced = np.flatnonzero((whole.reshape(-1, frame_samples) ** 2).mean(axis=1) > _SPEECH_POWER)
    if not len(voiced):
        return 0, 0
    return int(voiced[0]) * frame_samples, (int(voiced[-1]) + 1) * frame_samples


@dataclass
class SpeechListener:
    """Follows one direction of one call.

    ``started_at``: arrival of the first voiced frame of the present spell of speech, or None in silence.
    ``voiced_at``: arrival of the newest voiced frame.
    """

    started_at: float | None = None
    voiced_at: float = -math.inf
    _onsets: tuple[float, ...] = ()

    def hear(self, now: float, power: float) -> bool:
        """Take one frame that arrived at ``now`` seconds; True when it makes the beginning of speech."""
        if not is_voiced(power):
            return False
        if self.started_at is not None:
            self.voiced_at = now
            return False
        oldest = now - ONSET_WINDOW * 0.02 - 0.001
        self._onsets = (*(at for at in self._onsets if at >= oldest), now)
        if len(self._onsets) < ONSET_FRAMES:
            return False
        self.started_at, self.voiced_at, self._onsets = self._onsets[0], now, ()
        return True

    def silent_seconds(self, now: float) -> float:
        """How long nothing was voiced; infinite before the first word."""
        return now - self.voiced_at

    def end(self) -> tuple[float, float] | None:
        """Close the present spell: its (start, end), or None when there was none."""
        if self.started_at is None:
            return None
        spell = (self.started_at, self.voiced_at)
        self.started_at = None
        return spell
