"""When does the robot speak? An energy detector for clean telephone speech. Pure: time is an argument."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator.g711 import LINEAR, Pcm

SPEECH_LEVEL = 150.0
"""Mean magnitude (of 32768, about -45 dBFS) above which a 20 ms frame is voiced. Prompts lie near 2000, line
noise below 50."""
ONSET_FRAMES = 3
"""Voiced frames within ``ONSET_WINDOW`` that make a beginning: a click is not speech."""
ONSET_WINDOW = 5
PAUSE_SECONDS = 0.2
"""Silence after which speech may be over; ``SpeechListener.silent_seconds`` then goes on counting."""

_STEP = 4
_LOUDEST = 255 * _STEP
"""Louder samples count as this much: no single click makes a frame voiced."""
_MAGNITUDES = {
    payload_type: bytes(np.minimum(np.abs(values.astype(int)) // _STEP, 255).astype(np.uint8))
    for payload_type, values in LINEAR.items()
}


def is_voiced(octets: bytes, payload_type: int) -> bool:
    """Whether a G.711 frame holds sound. A microsecond: every frame of every call passes here."""
    return sum(octets.translate(_MAGNITUDES[payload_type])) * _STEP > SPEECH_LEVEL * len(octets)


def voiced_bounds(pcm: Pcm, frame_samples: int = 160) -> tuple[int, int]:
    """First and last voiced frame of ``pcm`` as sample offsets (start, end); (0, 0) when all is silent."""
    whole = np.minimum(np.abs(pcm[: len(pcm) // frame_samples * frame_samples].astype(int)), _LOUDEST)
    if not len(whole):
        return 0, 0
    voiced = np.flatnonzero(whole.reshape(-1, frame_samples).mean(axis=1) > SPEECH_LEVEL)
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

    def hear(self, now: float, is_voiced: bool) -> bool:
        """Take one frame that arrived at ``now`` seconds; True when it makes the beginning of speech."""
        if not is_voiced:
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
