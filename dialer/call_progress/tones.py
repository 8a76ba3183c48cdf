"""Tones by their spectrum: pure, sound in, verdict out."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from dialer.line import SAMPLE_RATE, Pcm

_BLOCK_SAMPLES = 320
"""40 ms: 25 Hz a spectral line."""
_LOWEST_HZ = 350.0
_HIGHEST_HZ = 2200.0
_PURITY = 0.85
"""Share of the energy within one spectral line and its neighbours."""
_QUIETEST_DBFS = -40.0
_SAME_TONE_HZ = 40.0
_QUIET_BLOCKS = 5
"""0.2 s without sound before a beep, and after it."""
_QUIETER_DB = 12.0
_MOST_BLOCKS = 50
"""Two seconds; longer tones are no beeps."""


class BeepDetector:
    """Finds the beep of an answering machine: one steady pure tone, a quarter of a second to two, alone.

    Quiet stands before and after it. A note of music is as pure, but other notes stand around it.
    """

    def __init__(self, least_seconds: float = 0.24) -> None:
        self._least_blocks = round(least_seconds * SAMPLE_RATE / _BLOCK_SAMPLES)
        self._window = np.hanning(_BLOCK_SAMPLES)
        self._rest = np.zeros(0, np.int16)
        self._before: deque[float] = deque(maxlen=_QUIET_BLOCKS + 1)
        """Levels of the newest blocks, the present one left out; one of them may hold the beginning."""
        self._blocks = 0
        """Of the tone so far, or of the one that has just ended."""
        self._tone_hz = self._tone_db = 0.0
        self._quiet_after = 0

    def process(self, pcm: Pcm) -> bool:
        """Take the next sound (any length); True as soon as a beep is over and nothing has followed."""
        samples = np.concatenate((self._rest, pcm))
        whole = len(samples) // _BLOCK_SAMPLES * _BLOCK_SAMPLES
        self._rest = samples[whole:]
        blocks = samples[:whole].reshape(-1, _BLOCK_SAMPLES)
        verdicts = [self._process_block(block) for block in blocks]  # all of them: the detector remembers
        return any(verdicts)

    def _process_block(self, block: Pcm) -> bool:
        level = 10.0 * math.log10(float(np.mean((block / 32768.0) ** 2)) + 1e-10)
        tone = self._pure_tone(block)
        is_over = self._follow(tone, level) if self._blocks else self._begin(tone, level)
        self._before.append(level)
        return is_over

    def _begin(self, tone: float, level: float) -> bool:
        """A tone counts when it is quiet before it."""
        if tone and all(before < level - _QUIETER_DB for before in list(self._before)[:-1]):
            self._blocks, self._tone_hz, self._tone_db, self._quiet_after = 1, tone, level, 0
        return False

    def _follow(self, tone: float, level: float) -> bool:
        """The tone goes on, or silence has followed it, or it was something else."""
        if tone and abs(tone - self._tone_hz) <= _SAME_TONE_HZ and not self._quiet_after:
            self._blocks += 1
            self._tone_db = max(self._tone_db, level)
            return False
        is_quiet = level < self._tone_db - _QUIETER_DB
        is_end = not self._quiet_after and not tone  # the block in which it ends is neither
        if not (is_quiet or is_end) or not self._least_blocks <= self._blocks <= _MOST_BLOCKS:
            self._blocks = 0
            return False
        self._quiet_after += 1
        if self._quiet_after <= _QUIET_BLOCKS:
            return False
        self._blocks = 0
        return True

    def _pure_tone(self, block: Pcm) -> float:
        """Frequency of the one tone in the block, 0.0 when there is none."""
        signal = block.astype(np.float64) / 32768.0
        if np.mean(signal**2) < 10 ** (_QUIETEST_DBFS / 10):
            return 0.0
        power = np.abs(np.fft.rfft(signal * self._window)) ** 2
        peak = int(np.argmax(power))
        hz = peak * SAMPLE_RATE / _BLOCK_SAMPLES
        share = power[max(0, peak - 2) : peak + 3].sum() / power.sum()
        return hz if share >= _PURITY and _LOWEST_HZ <= hz <= _HIGHEST_HZ else 0.0
