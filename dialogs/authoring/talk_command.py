"""``wenhou script talk``: a call held by typing, without sound."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import io
import sys
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console

from dialogs.authoring.dialogues import Act
from dialogs.authoring.dialogues_load import script_of
from dialogs.authoring.talk import Conversation, Exchange, Leave, Save, TurnTyped, Unknown, read_line
from dialogs.authoring.talk_screen import RESIDENT, TalkScreen, saved_to
from dialogs.loading import load_script

HOW_TO = (
    "打字扮演居民：直接回车是没出声，/1 是按 1 键，/杂音 是听不清的声音；/记下 把对话存成测试，/退出 结束。"
)


def talk(
    console: Console,
    name: str,
    lines: Iterable[str] | None = None,
    fields: Mapping[str, str] | None = None,
    today: dt.date | None = None,
) -> int:
    """Hold one conversation; what comes of every turn is told as it happens.

    Args:
        console: Gets the robot's words and what was noted down.
        name: Script, by name or file.
        lines: What is typed; the keyboard (or a pipe) where it is not given. Their end ends the conversation.
        fields: Of the resident who is played: ``name``, ``community``.
        today: Day of the call; the current one where it is not given.

    Raises:
        ScriptError: The script can't be read or has errors.
    """
    script = load_script(script_of(name))
    with console.status("正在准备词典…"):
        conversation = Conversation.begin(script, fields or {}, today or dt.date.today())
    said = _Talk(console, name, conversation)
    said.open()
    try:
        for line in typed_lines(console) if lines is None else lines:
            if not said.goes_on_after(line):
                break
    except KeyboardInterrupt:
        console.print()
    said.close()
    return 0


class _Talk:
    """The conversation on the screen; the only thing that changes here is which conversation it is."""

    def __init__(self, console: Console, name: str, conversation: Conversation) -> None:
        self._name, self._conversation = name, conversation
        self._screen = TalkScreen(console, conversation.script)

    def open(self) -> None:
        self._screen.tell(HOW_TO, "dim")
        self._screen.robot(self._conversation.opening)

    def goes_on_after(self, line: str) -> bool:
        """Take one typed line; False when it was the last."""
        match read_line(line):
            case TurnTyped(act, text):
                return self._take(act, text)
            case Save(file):
                self._screen.save(self._conversation, saved_to(file, self._name))
            case Unknown(text):
                self._screen.tell(f"没有 {text} 这个命令。{HOW_TO}", "yellow")
            case Leave():
                return False
        return True

    def close(self) -> None:
        if not self._conversation.is_over:
            self._screen.broken_off(self._conversation.state)
            self._tell_result()

    def _take(self, act: Act, text: str) -> bool:
        if self._conversation.is_over:
            if act is Act.BE_SILENT:
                return False
            self._screen.tell("通话已经结束，居民的话听不到了。/记下 存成测试，直接回车退出。", "yellow")
            return True
        self._conversation = self._conversation.after(act, text)
        self._tell_exchange(self._conversation.exchanges[-1])
        if self._conversation.is_over:
            self._tell_end()
        return True

    def _tell_exchange(self, exchange: Exchange) -> None:
        if exchange.understood != exchange.text and exchange.act is Act.SAY and exchange.text:
            self._screen.understood(exchange.understood)
        for name, value in exchange.noted.items():
            self._screen.noted(name, value)
        self._screen.goal(exchange.goal, exchange.variant)
        self._screen.robot(exchange.reply)

    def _tell_end(self) -> None:
        self._screen.closed(self._conversation.closing, self._conversation.outcome)
        self._tell_result()
        self._screen.tell("/记下 把这段对话存成测试，直接回车退出。", "dim")

    def _tell_result(self) -> None:
        self._screen.result(self._conversation.slots, self._conversation.grade)


def typed_lines(console: Console) -> Iterator[str]:
    """What is typed, after ``居民：``; what comes from a pipe is shown as if it were typed."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # half a character, left by a terminal's backspace
    if not sys.stdin.isatty():
        for line in sys.stdin:
            console.print(f"{RESIDENT}{line.strip()}", markup=False, soft_wrap=True)
            yield line
        return
    with contextlib.suppress(ImportError):
        importlib.import_module("readline")  # arrow keys, and backspace over wide characters
    while True:
        try:
            line = input(RESIDENT)
        except EOFError:
            console.print()
            return
        yield line
