"""Sound as arrays and as files: 8 kHz, 16 bit, linear."""

from __future__ import annotations

import io
import os
import struct
import wave
from enum import StrEnum
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from asr.g711 import PCMA, PCMU, decode, encode
from asr.recognizer import SAMPLE_RATE, Pcm
from asr.riff import RiffError, Samples, UnknownCoding, is_riff, read_riff
from campaign.errors import SoundError

_FULL_SCALE = 32768
_RAW_G711 = {".al": PCMA, ".alaw": PCMA, ".ul": PCMU, ".ulaw": PCMU}


class Channel(StrEnum):
    """Which side of a stereo file is meant; a call's recording has the resident left, the robot right."""

    MIX = "mix"
    LEFT = "left"
    RIGHT = "right"


def read_sound(path: Path, channel: Channel = Channel.MIX) -> Pcm:
    """A sound file as mono at 8 kHz; see ``read_samples``. Raises SoundError."""
    samples, rate = read_samples(path)
    return to_telephone_rate(_one_channel(samples, channel), rate)


def read_mono(path: Path) -> tuple[NDArray[np.float32], int]:
    """A sound file as it is, its channels mixed: samples in -1..1 and their rate. Raises SoundError."""
    samples, rate = read_samples(path)
    return _one_channel(samples, Channel.MIX), rate


def read_samples(path: Path) -> tuple[Samples, int]:
    """A sound file as it is: samples in -1..1, shape (frames, channels), and their rate.

    Read are wav (linear 8 to 32 bit, floating point, A-law, u-law) and raw G.711 (.al, .ul) of any rate and
    number of channels; flac, ogg, mp3 and others by the package soundfile.

    Raises:
        SoundError: ``sound_missing``, ``sound_unreadable`` or ``sound_format``; the sentence names the file.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SoundError("sound_missing", f"找不到声音文件 {path}。") from error
    except IsADirectoryError as error:
        raise SoundError("sound_unreadable", f"{path} 是文件夹，不是声音文件。") from error
    except PermissionError as error:
        raise SoundError("sound_unreadable", f"没有权限读声音文件 {path}。") from error
    except OSError as error:
        raise SoundError("sound_unreadable", f"声音文件 {path} 读不出来（{error.strerror}）。") from error
    samples, rate = _decoded(path, data)
    return samples, rate


def read_wav(path: Path) -> Pcm:
    """``read_sound`` under the name of its most common format."""
    return read_sound(path)


def _decoded(path: Path, data: bytes) -> tuple[Samples, int]:
    """Samples in -1..1, shape (frames, channels), and their rate."""
    if not data:
        raise SoundError("sound_unreadable", f"声音文件 {path} 是空的。")
    if path.suffix.lower() in _RAW_G711 and not is_riff(data):
        linear = decode(data, _RAW_G711[path.suffix.lower()])
        return linear.reshape(-1, 1).astype(np.float32) / np.float32(_FULL_SCALE), SAMPLE_RATE
    try:
        return read_riff(data)
    except UnknownCoding as why:
        return _by_soundfile(path, data, str(why))
    except RiffError as why:
        if is_riff(data):
            raise SoundError("sound_unreadable", f"声音文件 {path} 读不出来：{why}。") from why
        return _by_soundfile(path, data, str(why))


def _by_soundfile(path: Path, data: bytes, why: str) -> tuple[Samples, int]:
    try:
        import soundfile
    except (ImportError, OSError) as missing:  # OSError: the package is there, its library is not
        raise SoundError(
            "sound_format",
            f"声音文件 {path} {why}，读它需要软件包 soundfile。"
            "请执行 pip install soundfile，或先把它转成 wav 文件。",
        ) from missing
    try:
        samples, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, TypeError) as error:
        raise SoundError(
            "sound_format", f"{path} 不是能读的声音文件（{why}）。请先把它转成 wav 文件。"
        ) from error
    return samples, int(rate)


def _one_channel(samples: Samples, channel: Channel) -> NDArray[np.float32]:
    if channel is Channel.MIX or samples.shape[1] == 1:
        mixed: NDArray[np.float32] = samples.mean(axis=1, dtype=np.float32)
        return mixed
    return samples[:, 0 if channel is Channel.LEFT else 1]


def to_telephone_rate(samples: NDArray[np.float32], rate: int) -> Pcm:
    """Mono sound in -1..1 at any rate (samples a second) as telephone sound."""
    if rate != SAMPLE_RATE:
        samples = soxr.resample(samples, rate, SAMPLE_RATE)
    scaled = np.rint(samples.astype(np.float64) * _FULL_SCALE)
    return np.clip(scaled, -_FULL_SCALE, _FULL_SCALE - 1).astype(np.int16)


def over_the_telephone(pcm: Pcm) -> Pcm:
    """The sound as it comes out of a call: through A-law and back."""
    return decode(encode(pcm, PCMA), PCMA)


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
