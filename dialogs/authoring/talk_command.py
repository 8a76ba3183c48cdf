"""``wenhou script talk``: a call held by typing, without sound."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from rich.console import Console

from campaign.errors import ScriptError
from campaign.records import SlotValue
from dialogs.authoring.dialogues import Act
from dialogs.authoring.dialogues_load import script_of, tests_beside
from dialogs.authoring.dialogues_save import save_test
from dialogs.authoring.script_words import OUTCOMES
from dialogs.authoring.talk import (
    Conversation,
    Exchange,
    Leave,
    Save,
    TurnTyped,
    Unknown,
    goal_words,
    noted_words,
    read_line,
)
from dialogs.load import TESTS_SUFFIX, bundled_scripts, load_script
from dialogs.script import Script

HOW_TO = (
    "打字扮演居民：直接回车是没出声，/1 是按 1 键，/杂音 是听不清的声音；/记下 把对话存成测试，/退出 结束。"
)
_ASKED = "居民："
_INDENT = "　　"


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
        self._console, self._name, self._conversation = console, name, conversation

    def open(self) -> None:
        self._tell(HOW_TO, style="dim")
        self._tell_robot(self._conversation.opening)

    def goes_on_after(self, line: str) -> bool:
        """Take one typed line; False when it was the last."""
        match read_line(line):
            case TurnTyped(act, text):
                return self._take(act, text)
            case Save(file):
                self._save(file)
            case Unknown(text):
                self._tell(f"没有 {text} 这个命令。{HOW_TO}", style="yellow")
            case Leave():
                return False
        return True

    def close(self) -> None:
        if not self._conversation.is_over:
            self._tell(f"对话没有说完，停在 {self._conversation.state}。")
            self._tell_result()

    def _take(self, act: Act, text: str) -> bool:
        if self._conversation.is_over:
            if act is Act.BE_SILENT:
                return False
            self._tell("通话已经结束，居民的话听不到了。/记下 存成测试，直接回车退出。", style="yellow")
            return True
        self._conversation = self._conversation.after(act, text)
        self._tell_exchange(self._conversation.exchanges[-1])
        if self._conversation.is_over:
            self._tell_end()
        return True

    # --- saving -----------------------------------------------------------------------------------------

    def _save(self, given: str) -> None:
        file = saved_to(given, self._name)
        try:
            test = save_test(self._conversation, file)
        except ScriptError as error:
            self._tell(error.message, style="red")
            return
        self._tell(f"已存成测试“{test}”：{file}（名称可以在文件里改）", style="green")

    # --- telling ----------------------------------------------------------------------------------------

    def _tell(self, text: str, style: str | None = None) -> None:
        self._console.print(text, style=style, markup=False, soft_wrap=True)

    def _tell_robot(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            self._tell(f"机器人：{sentence}", style="bold")

    def _tell_exchange(self, exchange: Exchange) -> None:
        if exchange.understood != exchange.text and exchange.act is Act.SAY and exchange.text:
            self._tell(f"{_INDENT}理解为：{exchange.understood}", style="dim")
        for name, value in exchange.noted.items():
            self._tell_noted(name, value)
        self._tell(f"{_INDENT}{goal_words(exchange)}", style="dim")
        self._tell_robot(exchange.reply)

    def _tell_noted(self, name: str, value: SlotValue) -> None:
        told = noted_words(self._script.slots[name], value)
        self._tell(f"{_INDENT}已记下 {told}", style="green" if value.is_certain else "yellow")

    def _tell_end(self) -> None:
        outcome = self._conversation.outcome
        told = f"（{OUTCOMES[outcome]}）" if outcome else ""
        self._tell(f"通话结束：{self._conversation.closing}{told}")
        self._tell_result()
        self._tell("/记下 把这段对话存成测试，直接回车退出。", style="dim")

    def _tell_result(self) -> None:
        grade = self._conversation.grade
        self._tell(f"排查分级：{grade.label if grade else '还分不出级'}")
        unanswered = "、".join(slot.label for slot in self._conversation.unanswered)
        uncertain = "、".join(slot.label for slot in self._conversation.uncertain)
        if unanswered:
            self._tell(f"没有问到：{unanswered}", style="yellow")
        if uncertain:
            self._tell(f"待核实：{uncertain}", style="yellow")
        if not unanswered and not uncertain:
            self._tell("必须问的都问到了，没有待核实的。")

    @property
    def _script(self) -> Script:
        return self._conversation.script


def saved_to(given: str, name: str) -> Path:
    """Where a conversation goes: the given file, or the tests beside the script.

    Those of a bundled script belong to the program and go with its next version, so the current folder is
    taken instead.
    """
    if given:
        return Path(given.removesuffix(TESTS_SUFFIX).removesuffix(".yaml") + TESTS_SUFFIX)
    return Path(name + TESTS_SUFFIX) if name in bundled_scripts() else tests_beside(name)


def typed_lines(console: Console) -> Iterator[str]:
    """What is typed, after ``居民：``; what comes from a pipe is shown as if it were typed."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # half a character, left by a terminal's backspace
    if not sys.stdin.isatty():
        for line in sys.stdin:
            console.print(f"{_ASKED}{line.strip()}", markup=False, soft_wrap=True)
            yield line
        return
    with contextlib.suppress(ImportError):
        importlib.import_module("readline")  # arrow keys, and backspace over wide characters
    while True:
        try:
            line = input(_ASKED)
        except EOFError:
            console.print()
            return
        yield line
