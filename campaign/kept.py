"""What is made once from an installed library or a shipped file, and kept for later starts.

Dictionaries of libraries come in forms that take long to load: text, or nested lists. What is made of them,
plain values that ``marshal`` knows, is kept in the cache folder under a name that changes with the source.
Sources come and go: of each name the last few files are kept.
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

FEW = 8
"""Installations, scripts and their versions that are used side by side on one machine."""


def kept(name: str, source: Path, make: Callable[[], _Value], of: str = "", few: int = FEW) -> _Value:
    """What ``make`` makes of ``source``, from the file of an earlier time where there is one.

    Args:
        name: Of the file, with the version of its form: ``words-1``.
        source: Where that has another size or time, it is made anew. Raises OSError where there is none.
        make: Its value must be one that ``marshal`` writes. Where the folder cannot be written to, it is made
            at every start.
        of: What else it is made of, such as the words of a script.
        few: How many files of that name are kept.
    """
    stat = source.stat()
    state = f"{source.resolve()} {stat.st_size} {stat.st_mtime_ns} {sys.implementation.cache_tag} {of}"
    return kept_of(name, state.encode(), make, few)


def kept_of(name: str, content: bytes, make: Callable[[], _Value], few: int = FEW) -> _Value:
    """The same of a content that is at hand, with whatever else the value changes with."""
    file = cache_folder() / f"{name}-{hashlib.blake2b(content, digest_size=6).hexdigest()}.marshal"
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):  # not there, or half of it
        return cast(_Value, marshal.loads(file.read_bytes()))
    value: Any = make()
    with contextlib.suppress(OSError):
        write(file, marshal.dumps(value))
        _forget_all_but_the_last(file.parent, name, few)
    return cast(_Value, value)


def write(file: Path, content: bytes) -> None:
    """Whole or not at all, whoever else writes it. Raises OSError where it can't be written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(file)


def _forget_all_but_the_last(folder: Path, name: str, few: int) -> None:
    files = sorted(folder.glob(f"{name}-*.marshal"), key=lambda file: file.stat().st_mtime_ns)
    for file in files[:-few]:
        file.unlink(missing_ok=True)


def folder_of(library: str) -> Path:
    """Where a library is installed; it is not imported. Raises ImportError where it is not."""
    spec = find_spec(library)
    if spec is None or spec.origin is None:
        raise ImportError(f"{library} is not installed", name=library)
    return Path(spec.origin).parent
