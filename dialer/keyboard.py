"""The keyboard of this computer while a script is tried or a run goes on: single keys, without Enter.

The only file that knows termios. Where nobody types, as in a pipe, no key is pressed while the talk goes on,
and each answer after it is a line.
"""

from __future__ import annotations

import os
import select
import sys
import termios
import tty
import unicodedata
from types import TracebackType
from typing import Any, Protocol, Self

_ESCAPE = "\x1b"
_MOST_BYTES = 64


class Keys(Protocol):
    """Keys that somebody presses."""

    def pressed(self) -> str:
        """The keys since the last call, oldest first; returns at once."""

    def wait(self) -> str:
        """The next key; empty where none will come."""


class Keyboard:
    """Standard input, key by key, for the length of a ``with``; the terminal is as before afterwards."""

    def __init__(self) -> None:
        self._is_terminal = sys.stdin.isatty()
        self._before: list[Any] = []

    @property
    def is_ours(self) -> bool:
        """Whether keys can be pressed: there is a terminal, and this program is in its foreground. One that
        is in the background would be halted when it touched the terminal."""
        try:
            return self._is_terminal and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
        except OSError:
            return False

    def __enter__(self) -> Self:
        if self._is_terminal:
            self._before = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_terminal:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._before)

    def pressed(self) -> str:
        """See ``Keys``."""
        if not self._is_terminal or not select.select([sys.stdin], [], [], 0.0)[0]:
            return ""
        return self._read()

    def wait(self) -> str:
        """See ``Keys``. What was pressed earlier does not count on a terminal: it was meant for the talk."""
        if not self._is_terminal:
            return _meant(sys.stdin.readline())[:1]
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
        select.select([sys.stdin], [], [])
        return self._read()[:1]

    def _read(self) -> str:
        return _meant(os.read(sys.stdin.fileno(), _MOST_BYTES).decode("utf-8", "ignore"))


def _meant(typed: str) -> str:
    """Full-width characters, as Chinese keyboards type them, in their plain form; arrow keys are nothing."""
    if typed.startswith(_ESCAPE):
        return ""
    return unicodedata.normalize("NFKC", typed).strip().lower()
