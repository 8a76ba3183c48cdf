"""Noise beneath speech, from a seed: what a street or a ventilation adds to a telephone call."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from asr.recognizer import SAMPLE_RATE, Pcm

_FRAME = 160
_QUIET_DB = 35.0
"""Frames so far below the loudest are pauses and do not count as speech."""
_SURROUNDINGS_SECONDS = 0.6

Samples = NDArray[np.float64]


def in_noise(speech: Pcm, noise: Samples, snr_db: float) -> Pcm:
    """The speech with noise beneath and around it.

    Args:
        speech: Sound of one answer, 8 kHz.
        noise: Of any level, shape (``noise_samples(speech)``,).
        snr_db: Power of the speech, pauses left out, over the power of the noise.
    """
    surroundings = np.zeros(round(_SURROUNDINGS_SECONDS * SAMPLE_RATE))
    sound = np.concatenate((surroundings, speech.astype(np.float64), surroundings))
    power = float(np.mean(noise * noise))
    gain = np.sqrt(speech_power(speech) / power) / 10.0 ** (snr_db / 20.0) if power > 0.0 else 0.0
    return np.clip(np.rint(sound + noise * gain), -32768, 32767).astype(np.int16)


def noise_samples(speech: Pcm) -> int:
    """How long the noise for that speech is, in samples."""
    return len(speech) + 2 * round(_SURROUNDINGS_SECONDS * SAMPLE_RATE)


def speech_power(speech: Pcm) -> float:
    """Mean square of the frames in which somebody speaks."""
    whole = speech[: len(speech) // _FRAME * _FRAME].astype(np.float64).reshape(-1, _FRAME)
    if not len(whole):
        return 0.0
    powers = np.mean(whole * whole, axis=1)
    return float(np.mean(powers[powers >= powers.max() * 10.0 ** (-_QUIET_DB / 10.0)]))


def pink(samples: int, rng: np.random.Generator) -> Samples:
    """Traffic, ventilation: 3 dB less an octave."""
    lines = np.fft.rfft(rng.normal(size=samples))
    lines[0] = 0.0
    lines[1:] /= np.sqrt(np.arange(1, len(lines)))
    return np.asarray(np.fft.irfft(lines, samples), dtype=np.float64)
