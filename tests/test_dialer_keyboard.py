"""Keys of the keyboard, one at a time, on a terminal made for the test."""

from __future__ import annotations

import io
import os
import pty
import termios
from collections.abc import Iterator

import pytest

from dialer.keyboard import Keyboard


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The typist's end of a terminal that is standard input."""
    typist, slave = pty.openpty()
    with os.fdopen(slave, "r", encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        yield typist
    os.close(typist)


def test_keys_come_without_enter_and_only_those_that_were_pressed(terminal: int) -> None:
    with Keyboard() as keys:
        assert keys.pressed() == ""
        os.write(terminal, b"12")
        assert keys.pressed() == "12"
        assert keys.pressed() == ""


def test_full_width_keys_of_a_chinese_keyboard_count_and_arrow_keys_do_not(terminal: int) -> None:
    with Keyboard() as keys:
        os.write(terminal, "１＃Ｑ".encode())
        assert keys.pressed() == "1#q"
        os.write(terminal, b"\x1b[A")
        assert keys.pressed() == ""


def test_the_terminal_is_as_it_was_afterwards(terminal: int) -> None:
    before = termios.tcgetattr(terminal)
    with Keyboard():
        assert termios.tcgetattr(terminal) != before
    assert termios.tcgetattr(terminal) == before


def test_answer_is_the_key_pressed_after_the_question(terminal: int) -> None:
    with Keyboard() as keys:
        os.write(terminal, b"1")  # meant for the talk that has just ended
        assert keys.pressed() == "1"
        pressed = iter([b"s"])
        flush = termios.tcflush

        def asked(*arguments: object) -> None:
            flush(*arguments)  # type: ignore[arg-type]
            os.write(terminal, next(pressed))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("termios.tcflush", asked)
            assert keys.wait() == "s"


def test_lines_of_a_pipe_answer_questions_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Y\ns\n"))
    with Keyboard() as keys:
        assert keys.pressed() == ""
        assert [keys.wait(), keys.wait(), keys.wait()] == ["y", "s", ""]
