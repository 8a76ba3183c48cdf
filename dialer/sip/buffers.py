"""Sound copied between Python and the buffers of pjsua2, in microseconds.

``bytes(buffer)`` takes up to 1.6 ms under the GIL. A ByteVector is a std::vector, which starts with its begin
and end pointers; ``fast_copy_works`` proves that before anything else here is used.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pjsua2 as pj


def fast_copy_works() -> bool:
    """Known pattern in, same bytes out: the layout that the fast copy assumes is the real one."""
    pattern = bytes(range(256)) + bytes(64)
    probe = pj.ByteVector(list(pattern))
    begin, end = (ctypes.c_uint64 * 2).from_address(int(probe.this))
    return end - begin == len(pattern) and ctypes.string_at(begin, len(pattern)) == pattern


def buffer_bytes(buffer: Any) -> bytes:
    """What is in a ByteVector."""
    begin, end = (ctypes.c_uint64 * 2).from_address(int(buffer.this))
    return ctypes.string_at(begin, end - begin)


def fill_buffer(buffer: Any, data: bytes) -> None:
    """Overwrite a ByteVector that has room for ``data``."""
    (begin,) = (ctypes.c_uint64 * 1).from_address(int(buffer.this))
    ctypes.memmove(begin, data, len(data))
