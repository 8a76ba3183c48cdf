"""Log-mel features as Whisper was trained on: 80 bands, 25 ms windows, 10 ms steps, at 16 kHz.

Band edges on the scale of M. Slaney (Auditory Toolbox, 1998): linear below 1 kHz, logarithmic above.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEATURE_RATE = 16000
"""Samples a second that the features are taken from."""
_BANDS = 80
_FFT = 400
_STEP = 160
_FLOOR = 1e-10
_DYNAMIC_RANGE = 8.0
"""Powers of ten below the loudest that are kept."""

Features = NDArray[np.float32]


def _to_mel(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    logarithmic = 15.0 + np.log(np.maximum(hz, 1.0) / 1000.0) * 27.0 / np.log(6.4)
    return np.where(hz < 1000.0, hz * 3.0 / 200.0, logarithmic)


def _to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(mel < 15.0, mel * 200.0 / 3.0, 1000.0 * np.exp((mel - 15.0) * np.log(6.4) / 27.0))


def _filterbank() -> Features:
    """Triangles of equal area, shape (bands, fft lines)."""
    lines = np.linspace(0.0, FEATURE_RATE / 2, _FFT // 2 + 1)
    top = _to_mel(np.array([FEATURE_RATE / 2]))[0]
    edges = _to_hz(np.linspace(0.0, top, _BANDS + 2))
    left, middle, right = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising = (lines - left) / (middle - left)
    falling = (right - lines) / (right - middle)
    return (np.maximum(0.0, np.minimum(rising, falling)) * 2.0 / (right - left)).astype(np.float32)


@dataclass(frozen=True)
class _Band:
    first: int
    """Its lowest line of the spectrum."""
    weights: Features


def _bands() -> tuple[_Band, ...]:
    """The triangles without their zeros, which are 97 % of them."""
    spans = ((row, np.flatnonzero(row)) for row in _filterbank())
    return tuple(_Band(int(lines[0]), row[lines[0] : lines[-1] + 1]) for row, lines in spans)


_FILTERS = _bands()
_WINDOW = np.hanning(_FFT + 1)[:-1].astype(np.float32)


def log_mel(samples: NDArray[np.float32], window_seconds: float) -> Features:
    """Features of the sound, cut or filled with silence to ``window_seconds``.

    Args:
        samples: Sound at ``FEATURE_RATE`` in -1..1, shape (samples,).
        window_seconds: Length that the encoder will see.

    Returns:
        Shape (80, 100 * window_seconds).
    """
    length = round(window_seconds * FEATURE_RATE)
    sound = np.zeros(length, np.float32)
    sound[: min(length, len(samples))] = samples[:length]
    padded = np.pad(sound, _FFT // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::_STEP][: length // _STEP]
    power = np.abs(np.fft.rfft(frames * _WINDOW, axis=1)).astype(np.float32) ** 2
    logs = np.log10(np.maximum(_energies(power), _FLOOR))
    features: Features = np.maximum(logs, logs.max() - _DYNAMIC_RANGE).astype(np.float32)
    return (features + np.float32(4.0)) / np.float32(4.0)


def _energies(power: Features) -> Features:
    """Energy by band and step. Not one matrix product: BLAS would wake threads that spin for longer than the
    product takes and double the price of a decoding."""
    return np.stack(
        [
            np.einsum("sl,l->s", power[:, band.first : band.first + len(band.weights)], band.weights)
            for band in _FILTERS
        ]
    )
