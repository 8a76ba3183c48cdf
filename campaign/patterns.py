"""Regular expressions that are compiled once on a machine instead of at every start.

The rules of the dialogs are 1,300 patterns, and Python takes 1.6 s to compile them. What it makes of them,
lists of numbers for its matcher, is kept in the cache folder: all of them are ready in 0.03 s then. Each is
looked up by its text and flags, so one that changes is compiled anew; the file's name tells the interpreter.

A pattern must hold nothing of any resident, whose name is looked for with ``re`` alone.

Python has no public way to this. Where its inner modules are otherwise than they are known to be, or the
file is damaged, patterns are compiled as usual.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import marshal
import re
import sys
from array import array
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from campaign.folders import cache_folder
from campaign.kept import write

_Key = tuple[str, int]
_Program = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, the numbers, how many groups there are, the numbers of those with names, and the names by number."""

_ENGINE: Any = import_module("_sre")
_FORM = "patterns-1"
_NUMBERS = "I"
_MANY = 4000
"""Patterns from which the older ones, most of them out of date, are no longer kept."""


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` returns, sooner. Raises re.error where it does."""
    key = (pattern, int(flags))
    program = _kept().get(key)
    if program is not None:
        with contextlib.suppress(RuntimeError, OverflowError, TypeError, ValueError):  # no such program
            return _matcher(pattern, program)
    return _compiled_anew(key)


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest that is there. In whatever order a set has them, its text
    is the same at every start, so that what is compiled of it is found again."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _compiled_anew(key: _Key) -> re.Pattern[str]:
    try:
        program = _program(*key)
        made = _matcher(key[0], program)
    except (ImportError, AttributeError, TypeError):  # another Python than those that are known
        return re.compile(*key)
    _new()[key] = program
    return made


def _program(pattern: str, flags: int) -> _Program:
    parsed: Any = import_module("re._parser").parse(pattern, flags)
    code = import_module("re._compiler")._code(parsed, flags)
    names = dict(parsed.state.groupdict)
    by_number = dict(zip(names.values(), names, strict=True))
    groups = parsed.state.groups
    return (
        flags | parsed.state.flags,
        array(_NUMBERS, code).tobytes(),
        groups - 1,
        names,
        tuple(map(by_number.get, range(groups))),
    )


def _matcher(pattern: str, program: _Program) -> re.Pattern[str]:
    flags, code, groups, names, by_number = program
    numbers = array(_NUMBERS, code).tolist()
    made = _ENGINE.compile(pattern, flags, numbers, groups, names, by_number)
    return cast("re.Pattern[str]", made)


@cache
def _kept() -> dict[_Key, _Program]:
    with contextlib.suppress(OSError, RuntimeError, EOFError, ValueError, TypeError):  # none, or half of it
        found = marshal.loads(_file().read_bytes())
        return found if isinstance(found, dict) else {}
    return {}


@cache
def _new() -> dict[_Key, _Program]:
    """What was compiled anew; it is written when the process ends."""
    atexit.register(_write)
    return {}


def _write() -> None:
    others = _kept() if len(_kept()) < _MANY else {}
    with contextlib.suppress(OSError, RuntimeError):  # nowhere to write, or no home at all
        write(_file(), marshal.dumps({**others, **_new()}))


def _file() -> Path:
    state = f"{sys.version} {_ENGINE.MAGIC} {array(_NUMBERS).itemsize}"
    digest = hashlib.blake2b(state.encode(), digest_size=6).hexdigest()
    return cache_folder() / f"{_FORM}-{digest}.marshal"
