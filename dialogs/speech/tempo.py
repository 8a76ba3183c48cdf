"""Speech made slower without becoming deeper or louder; the only file that knows python-stretch."""

from __future__ import annotations

import numpy as np
import python_stretch
from numpy.typing import NDArray

SLOW = 0.8
"""Tempo of a prompt for a resident who asked for slower speech, of its own."""

_BLOCK_SAMPLES = 480
"""60 ms at 8 kHz: some periods of a voice, and not so long that consonants blur."""
_INTERVAL_SAMPLES = 120
_FULL_SCALE = 32768.0

Pcm = NDArray[np.int16]


def slowed(sound: Pcm, tempo: float = SLOW) -> Pcm:
    """The same speech at a fraction of its tempo; 10 to 20 ms of work for a sentence.

    Args:
        sound: 8 kHz speech, shape (samples,).
        tempo: 0.5 to 1; 0.8 makes it a quarter longer.
    """
    if not len(sound):
        return sound
    stretch = python_stretch.Signalsmith.Stretch()
    stretch.configure(1, _BLOCK_SAMPLES, _INTERVAL_SAMPLES)
    stretch.setTimeFactor(tempo)
    wide = (sound / _FULL_SCALE).astype(np.float32).reshape(1, -1)
    longer: NDArray[np.float32] = np.asarray(stretch.process(wide), np.float32)[0]
    pcm: Pcm = np.clip(np.rint(longer * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1).astype(np.int16)
    return pcm
