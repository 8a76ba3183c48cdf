"""The wav container: bytes in, samples out. Pure.

Law: RIFF as in "Multimedia Programming Interface and Data Specifications 1.0" (1991); format codes and the
extensible header as in RFC 2361 and mmreg.h. The standard library's ``wave`` knows linear samples only.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asr.g711 import PCMA, PCMU, decode

Samples = NDArray[np.float32]
"""-1..1, shape (frames, channels)."""

_PCM, _FLOAT, _ALAW, _ULAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
_FORMAT_BYTES = 16
_SUBFORMAT_AT = 24
_UNTOLD_SIZES = (0, 0xFFFFFFFF)
"""What stands in the header of a file whose writer did not come back to fill it in."""


class RiffError(ValueError):
    """The bytes are no wav file that this module can read; the message is a Chinese clause."""


class UnknownCoding(RiffError):
    """A wav file whose samples are coded in a way that is not known here."""


@dataclass(frozen=True)
class _Format:
    code: int
    channels: int
    rate: int
    """Frames a second."""
    bits: int


def is_riff(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WAVE"


def read_riff(data: bytes) -> tuple[Samples, int]:
    """The samples of a wav file and their rate (frames a second).

    A file that was cut off is read as far as it goes.

    Raises:
        UnknownCoding: Neither linear, nor floating point, nor G.711.
        RiffError: Not a wav file, or one without format or sound.
    """
    if not is_riff(data):
        raise RiffError("不是 wav 文件")
    coding: _Format | None = None
    for name, body in _chunks(data):
        if name == b"fmt ":
            coding = _format(body)
        elif name == b"data":
            if coding is None:
                raise RiffError("wav 文件里缺少格式说明")
            return _samples(body, coding), coding.rate
    raise RiffError("wav 文件里没有声音数据")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 12
    while position + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, position)
        position += 8
        if name == b"data" and size in _UNTOLD_SIZES:
            size = len(data) - position
        yield name, data[position : position + size]
        position += size + size % 2


def _format(body: bytes) -> _Format:
    if len(body) < _FORMAT_BYTES:
        raise RiffError("wav 文件的格式说明不完整")
    code, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", body)
    if code == _EXTENSIBLE and len(body) >= _SUBFORMAT_AT + 2:
        (code,) = struct.unpack_from("<H", body, _SUBFORMAT_AT)
    if not channels or not rate:
        raise RiffError("wav 文件的格式说明是坏的")
    return _Format(code, channels, rate, bits)


def _samples(body: bytes, coding: _Format) -> Samples:
    reader = _READERS.get((coding.code, coding.bits))
    if reader is None:
        raise UnknownCoding(f"wav 文件的编码（代号 {coding.code}，{coding.bits} 位）不认识")
    frame_bytes = coding.channels * coding.bits // 8
    whole = len(body) // frame_bytes * frame_bytes
    return reader(body[:whole]).reshape(-1, coding.channels)


def _unsigned_8(body: bytes) -> Samples:
    return (np.frombuffer(body, np.uint8).astype(np.float32) - 128.0) / np.float32(128.0)


def _linear_16(body: bytes) -> Samples:
    return np.frombuffer(body, "<i2").astype(np.float32) / np.float32(2**15)


def _linear_24(body: bytes) -> Samples:
    triples = np.frombuffer(body, np.uint8).reshape(-1, 3)
    shifted = np.zeros((len(triples), 4), np.uint8)
    shifted[:, 1:] = triples  # the lowest byte stays empty: the sign is where 32 bits have it
    return _linear_32(shifted.tobytes())


def _linear_32(body: bytes) -> Samples:
    return (np.frombuffer(body, "<i4").astype(np.float64) / 2**31).astype(np.float32)


def _floating(kind: str) -> Callable[[bytes], Samples]:
    def read(body: bytes) -> Samples:
        samples: Samples = np.frombuffer(body, kind).astype(np.float32)
        return np.clip(np.nan_to_num(samples, posinf=1.0, neginf=-1.0), -1.0, 1.0)

    return read


def _g711(payload_type: int) -> Callable[[bytes], Samples]:
    def read(body: bytes) -> Samples:
        return decode(body, payload_type).astype(np.float32) / np.float32(2**15)

    return read


_READERS: Mapping[tuple[int, int], Callable[[bytes], Samples]] = {
    (_PCM, 8): _unsigned_8,
    (_PCM, 16): _linear_16,
    (_PCM, 24): _linear_24,
    (_PCM, 32): _linear_32,
    (_FLOAT, 32): _floating("<f4"),
    (_FLOAT, 64): _floating("<f8"),
    (_ALAW, 8): _g711(PCMA),
    (_ULAW, 8): _g711(PCMU),
}
"""By format code and bits of a sample."""
