"""Writes a conversation down as a test of its script, at the end of ``NAME.tests.yaml``.

Nothing that stands in the file already is touched: the new test is written as YAML on its own and put behind
the last one. What is expected is what happened; the test is held once before the file is written.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from campaign.errors import ScriptError
from campaign.patterns import compiled
from campaign.records import SlotValue
from dialogs.authoring.dialogues import NONE, UNKNOWN, Act
from dialogs.authoring.dialogues_load import read_tests
from dialogs.authoring.dialogues_run import run_tests
from dialogs.authoring.script_words import OUTCOMES
from dialogs.authoring.talk import Conversation, Exchange
from dialogs.loading.tables import parse
from dialogs.script import Slot, SlotType, Variant

_TESTS, _RESIDENT, _DAY = "测试", "居民", "日期"
_FIELDS: Mapping[str, str] = {"name": "姓名", "community": "社区"}
_LINE_LENGTH = 110


def save_test(conversation: Conversation, file: Path) -> str:
    """Append the conversation to the file, which is made where there is none; returns the test's name.

    Raises:
        ScriptError: ``conversation_empty``; ``tests_unwritable``; ``tests_invalid`` where the file has
            mistakes already; ``test_differs`` where the conversation would go another way in this file.
    """
    try:
        before = file.read_bytes() if file.exists() else b""
        content, name = with_test(conversation, file.name, before)
        _replace(file, content)
    except OSError as error:
        raise ScriptError(
            "tests_unwritable", f"写不了 {file}：{error.strerror}。请换一个位置：/记下 文件名。"
        ) from error
    return name


def _replace(file: Path, content: bytes) -> None:
    """All of it or nothing."""
    new = file.with_name(file.name + ".new")
    new.write_bytes(content)
    os.replace(new, file)


def with_test(conversation: Conversation, file_name: str, before: bytes) -> tuple[bytes, str]:
    """The content of the file with one test more, and the test's name; raises as ``save_test``."""
    if not conversation.exchanges:
        raise ScriptError("conversation_empty", "居民还没有说过话，没有可以记下的对话。")
    content = before if before.strip() else _new_file(conversation).encode()
    root, _ = parse(file_name, content)
    number = _count(file_name, root) + 1
    test = _test(conversation, f"试说 {number}，{_ended(conversation)}", root)
    after = _spliced(content, root, test)
    _must_pass(conversation, file_name, after)
    return after, str(test["名称"])


def _count(file_name: str, root: CommentedMap) -> int:
    """How many tests there are; they must be a list to which one more can be added."""
    tests = root.get(_TESTS)
    if tests is None:
        return 0
    if not isinstance(tests, CommentedSeq) or tests.fa.flow_style():
        line = int(root.lc.key(_TESTS)[0]) + 1
        raise ScriptError(
            "tests_invalid",
            f"{file_name}: 第 {line} 行: 没法在“{_TESTS}”后面加一段，请把它写成“- 名称: …”开头的一列。",
        )
    return len(tests)


def _ended(conversation: Conversation) -> str:
    outcome = conversation.outcome
    return OUTCOMES[outcome] if outcome else f"问到 {conversation.state}"


def _must_pass(conversation: Conversation, file_name: str, content: bytes) -> None:
    tests = read_tests(file_name, content, conversation.script).tests
    failure = next(run_tests(conversation.script, tests[-1:], conversation.today)).failure
    if failure is not None:
        told = "；".join(failure.differences)
        raise ScriptError("test_differs", f"这段对话写进 {file_name} 以后走得不一样，没有保存：{told}。")


# --- the new test as values -----------------------------------------------------------------------------


def _test(conversation: Conversation, name: str, root: Mapping[str, Any]) -> CommentedMap:
    test = CommentedMap({"名称": name})
    resident = _resident(conversation)
    if resident and resident != root.get(_RESIDENT):
        test[_RESIDENT] = resident
    if conversation.today != root.get(_DAY):
        test[_DAY] = conversation.today
    test["对话"] = CommentedSeq([_turn(each, conversation) for each in conversation.exchanges])
    if conversation.outcome:
        test["结束语"] = conversation.closing
        test["结果"] = str(conversation.outcome)
        if conversation.grade:
            test["分级"] = str(conversation.grade)
    return test


def _resident(conversation: Conversation) -> CommentedMap:
    fields = conversation.fields
    return _flow({key: _text(fields[name]) for name, key in _FIELDS.items() if fields.get(name)})


def _turn(exchange: Exchange, conversation: Conversation) -> CommentedMap:
    slots, noted = conversation.script.slots, exchange.noted
    turn: dict[str, Any] = {str(exchange.act): _act_text(exchange)}
    if noted:
        turn["记下"] = _flow({name: _value(slots[name], value) for name, value in noted.items()})
    uncertain = [name for name, value in noted.items() if not value.is_certain]
    if uncertain:
        turn["待核实"] = _flow_list(uncertain)
    turn["到"] = exchange.goal
    if exchange.variant not in ("", Variant.FIRST):
        turn["问法"] = exchange.variant
    return _flow(turn)


def _act_text(exchange: Exchange) -> object:
    if exchange.act is Act.BE_SILENT:
        return "是"
    if exchange.act is Act.PRESS and exchange.text.isdigit():
        return int(exchange.text)
    return _text(exchange.text)


def _value(slot: Slot, known: SlotValue) -> object:
    """As a test has it: yes, [发热, 咳嗽], 36.5, 2026-11-21."""
    match known.value:
        case None:
            return UNKNOWN
        case bool():
            return Quoted("yes" if known.value else "no")
        case "" | []:
            return NONE
        case list():
            return _flow_list([_text(each) for each in known.value])
        case Mapping():
            return _flow(known.value)
        case str() if slot.type is SlotType.DATE:
            return dt.date.fromisoformat(known.value)
        case str():
            return _text(known.value)
        case _:
            return known.value


def _text(text: str) -> str:
    """In quotes where it holds more than words: ruamel writes ? and the like as if they meant nothing."""
    return text if _WORDS.fullmatch(text) else Quoted(text)


_WORDS = compiled(r"[\w，。！？、；…]*")


def _flow(content: Mapping[str, Any]) -> CommentedMap:
    node = CommentedMap(content)
    node.fa.set_flow_style()
    return node


def _flow_list(content: list[str]) -> CommentedSeq:
    node = CommentedSeq(content)
    node.fa.set_flow_style()
    return node


# --- the new test as text -------------------------------------------------------------------------------


def _new_file(conversation: Conversation) -> str:
    name = conversation.script.name
    shared = CommentedMap()
    if resident := _resident(conversation):
        shared[_RESIDENT] = resident
    shared[_DAY] = conversation.today
    return f"# {name} 的对话测试，写法见自带的 health_survey.tests.yaml。\n\n{_dumped(shared)}"


def _dumped(node: object) -> str:
    writer = YAML()
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = _LINE_LENGTH
    text = io.StringIO()
    writer.dump(node, text)
    return text.getvalue()


def _spliced(content: bytes, root: CommentedMap, test: CommentedMap) -> bytes:
    """The content with the test behind the last one; the rest stays byte for byte."""
    text = content.decode("utf-8")  # parse has seen that it is
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if "\r\n" in text else "\n"
    at = _end_of_tests(root, lines)
    if lines[at - 1][-1] not in "\r\n":
        lines[at - 1] += ending
    lines.insert(at, _item(root, test).replace("\n", ending))
    return "".join(lines).encode()


def _item(root: CommentedMap, test: CommentedMap) -> str:
    """The test as it stands in its column, after an empty line."""
    key, _, body = _dumped({_TESTS: [test]}).partition("\n")
    column = root[_TESTS].lc.col if root.get(_TESTS) else _COLUMN
    body = textwrap.indent(textwrap.dedent(body), " " * column)
    return f"\n{body}" if _TESTS in root else f"\n{key}\n{body}"


_COLUMN = 2


def _end_of_tests(root: CommentedMap, lines: list[str]) -> int:
    """Index of the line before which a new test goes; comments above the next key stay with that key."""
    keys = list(root)
    following = keys[keys.index(_TESTS) + 1 :] if _TESTS in root else []
    at = int(root.lc.key(following[0])[0]) if following else len(lines)
    while at > 1 and (not lines[at - 1].strip() or (following and lines[at - 1].startswith("#"))):
        at -= 1
    return at
