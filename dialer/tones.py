"""Tones by their spectrum: pure, sound in, verdict out."""

from __future__ import annotations

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


class BeepDetector:
    """Finds the beep of an answering machine: one steady pure tone for a quarter of a second or more."""

    def __init__(self, least_seconds: float = 0.24) -> None:
        self._least_blocks = round(least_seconds * SAMPLE_RATE / _BLOCK_SAMPLES)
        self._window = np.hanning(_BLOCK_SAMPLES)
        self._rest = np.zeros(0, np.int16)
        self._blocks = 0
        self._tone_hz = 0.0

    def process(self, pcm: Pcm) -> bool:
        """Take the next sound (any length); True as soon as a beep is certain."""
        samples = np.concatenate((self._rest, pcm))
        whole = len(samples) // _BLOCK_SAMPLES * _BLOCK_SAMPLES
        self._rest = samples[whole:]
        blocks = samples[:whole].reshape(-1, _BLOCK_SAMPLES)
        verdicts = [self._process_block(block) for block in blocks]  # all of them: the detector remembers
        return any(verdicts)

    def _process_block(self, block: Pcm) -> bool:
        tone = self._pure_tone(block)
        if tone and abs(tone - self._tone_hz) <= _SAME_TONE_HZ:
            self._blocks += 1
        else:
            self._blocks = 1 if tone else 0
        self._tone_hz = tone
        return self._blocks >= self._least_blocks

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
