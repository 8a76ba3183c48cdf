"""Work that makes much and leaves nothing behind, without the garbage collector."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def without_collection() -> Iterator[None]:
    """Keep the collector from looking at a hundred thousand rows or words over and over.

    They do not refer to themselves, so it would find nothing in a tenth to a quarter of the time. It is off
    for the whole process; what other threads leave meanwhile is collected afterwards.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
