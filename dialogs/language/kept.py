"""What is made once from an installed library or a shipped file, and kept for later starts.

Dictionaries of libraries come in forms that take long to load: text, or nested lists. What is made of them,
plain values that ``marshal`` knows, is kept in the cache folder under a name that changes with the source.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar, cast

from campaign.folders import cache_folder

_Value = TypeVar("_Value")


def kept(name: str, source: Path, make: Callable[[], _Value]) -> _Value:
    """What ``make`` makes of ``source``, from the file of an earlier time where there is one.

    Args:
        name: Of the file, with the version of its form: ``words-1``.
        source: Where that has another size or time, it is made anew. Raises OSError where there is none.
        make: Its value must be one that ``marshal`` writes. Where the folder cannot be written to, it is made
            at every start.
    """
    stat = source.stat()
    state = f"{source.resolve()} {stat.st_size} {stat.st_mtime_ns} {sys.implementation.cache_tag}"
    file = cache_folder() / f"{name}-{hashlib.blake2b(state.encode(), digest_size=6).hexdigest()}.marshal"
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):  # not there, or half of it
        return cast(_Value, marshal.loads(file.read_bytes()))
    value: Any = make()
    with contextlib.suppress(OSError):
        _write(file, marshal.dumps(value))
    return cast(_Value, value)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(file)


def folder_of(library: str) -> Path:
    """Where a library is installed; it is not imported. Raises ImportError where it is not."""
    spec = find_spec(library)
    if spec is None or spec.origin is None:
        raise ImportError(f"{library} is not installed", name=library)
    return Path(spec.origin).parent
