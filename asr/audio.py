"""Sound as arrays and as files: 8 kHz, 16 bit, linear."""

from __future__ import annotations

import os
import struct
import wave
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from asr.recognizer import SAMPLE_RATE, Pcm


def read_wav(path: Path) -> Pcm:
    """A mono or stereo 16-bit wav as mono at 8 kHz; stereo is mixed.

    Raises:
        ValueError: The file is not 16-bit linear.
    """
    with wave.open(str(path), "rb") as file:
        if file.getsampwidth() != 2:
            raise ValueError(f"{path.name} is not 16-bit linear")
        rate, channels = file.getframerate(), file.getnchannels()
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").reshape(-1, channels)
    mono = samples.mean(axis=1).astype(np.int16) if channels > 1 else samples[:, 0]
    return mono if rate == SAMPLE_RATE else resample(mono, rate, SAMPLE_RATE)


def write_wav(path: Path, pcm: Pcm) -> None:
    """Write mono sound at 8 kHz."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(pcm.astype("<i2").tobytes())


def resample(pcm: Pcm, rate: int, new_rate: int) -> Pcm:
    """The same sound at another rate (samples a second)."""
    resampled: NDArray[np.int16] = soxr.resample(pcm, rate, new_rate)
    return resampled


def level_dbfs(pcm: Pcm) -> float:
    """Root mean square in dB below full scale; -inf for silence."""
    if not len(pcm):
        return float("-inf")
    power = float(np.mean((pcm.astype(np.float64) / 32768.0) ** 2))
    return float(10 * np.log10(power)) if power > 0 else float("-inf")


_HEADER_BYTES = 44
_REFRESH_SECONDS = 5.0


class StereoRecording:
    """A call as a stereo wav: resident left, robot right; only the owner may read it.

    The header is brought up to date every few seconds, so that a recording whose process was killed can be
    played nearly to its end.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError where the file cannot be made."""
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(descriptor, "r+b")
        self._samples = 0
        self._noted = 0
        self._note_length()

    def append(self, left: Pcm, right: Pcm) -> None:
        """Add sound to both channels; same shapes."""
        self._file.write(np.column_stack((left, right)).astype("<i2").tobytes())
        self._samples += len(left)
        if self._samples - self._noted >= _REFRESH_SECONDS * SAMPLE_RATE:
            self._note_length()

    def close(self) -> None:
        if not self._file.closed:
            self._note_length()
            self._file.close()

    def _note_length(self) -> None:
        self._noted = self._samples
        data = self._samples * 4
        header = struct.pack(
            "<4sI4s4sIHHIIHH4sI",
            b"RIFF", 36 + data, b"WAVE",
            b"fmt ", 16, 1, 2, SAMPLE_RATE, SAMPLE_RATE * 4, 4, 16,
            b"data", data,
        )  # fmt: skip
        self._file.seek(0)
        self._file.write(header)
        self._file.seek(_HEADER_BYTES + data)
        self._file.flush()
