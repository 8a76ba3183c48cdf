"""G.711: 16-bit linear samples to A-law and u-law octets and back, by table.

Law: ITU-T G.711. Tables 1a and 2a (A-law, even bits inverted) and 1a/2a of u-law (all bits inverted).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pcm = NDArray[np.int16]
Octets = NDArray[np.uint8]

PCMU = 0
PCMA = 8
SAMPLE_RATE = 8000


def _alaw_values() -> Pcm:
    code = np.arange(256) ^ 0x55
    segment, step = (code >> 4) & 7, code & 15
    magnitude = np.where(segment == 0, step * 16 + 8, (step * 16 + 264) << np.maximum(segment - 1, 0))
    return np.where(code & 0x80, magnitude, -magnitude).astype(np.int16)


def _ulaw_values() -> Pcm:
    code = np.arange(256) ^ 0xFF
    segment, step = (code >> 4) & 7, code & 15
    magnitude = ((step * 8 + 132) << segment) - 132
    return np.where(code & 0x80, -magnitude, magnitude).astype(np.int16)


def _nearest_codes(values: Pcm) -> Octets:
    """The code whose value is nearest, for each of the 65536 linear samples (index: sample & 0xFFFF)."""
    # u-law has two zeros: the positive one (0xFF) stands first and is taken.
    order = np.lexsort((-np.arange(256), values))
    ordered = values[order].astype(np.int32)
    samples = np.arange(-32768, 32768)
    right = np.clip(np.searchsorted(ordered, samples), 1, 255)
    left_is_nearer = samples - ordered[right - 1] <= ordered[right] - samples
    codes = order[np.where(left_is_nearer, right - 1, right)]
    return np.roll(codes, -32768).astype(np.uint8)


LINEAR = {PCMA: _alaw_values(), PCMU: _ulaw_values()}
"""Payload type -> the linear value of each octet."""
_CODES = {payload_type: _nearest_codes(values) for payload_type, values in LINEAR.items()}
SILENCE_OCTET = {payload_type: int(codes[0]) for payload_type, codes in _CODES.items()}


def encode(pcm: Pcm, payload_type: int) -> bytes:
    """Octets for ``pcm`` (int16, any length)."""
    return _CODES[payload_type][pcm.astype(np.int16).view(np.uint16)].tobytes()


def decode(octets: bytes, payload_type: int) -> Pcm:
    """Samples (int16, 8 kHz) for G.711 ``octets``."""
    return LINEAR[payload_type][np.frombuffer(octets, np.uint8)]
