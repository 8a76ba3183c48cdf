"""Reads the tests of a call script from ``NAME.tests.yaml``, which lies beside it.

Its keys are Chinese, names and values those of the script. Everything wrong with a file is reported at once,
each problem with file and line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from campaign.errors import ScriptError
from campaign.records import Grade
from dialogs.authoring.dialogues import (
    NONE,
    UNKNOWN,
    Act,
    Ending,
    Expected,
    ScriptTest,
    TestFile,
    Turn,
    written,
)
from dialogs.checks.problem import suggested
from dialogs.loading import TESTS_SUFFIX, bundled_scripts
from dialogs.loading.tables import Reading, Table, parse
from dialogs.script import Outcome, Script, Slot, SlotType, Variant


def script_of(name_or_path: str | Path) -> str:
    """The script's name or path, also where that of its tests is given.

    Tests of a bundled script may lie anywhere: where no script of that name is beside them, it is meant.
    """
    given = str(name_or_path)
    if not given.endswith(TESTS_SUFFIX):
        return given
    beside = Path(given.removesuffix(TESTS_SUFFIX) + ".yaml")
    return beside.stem if not beside.exists() and beside.stem in bundled_scripts() else str(beside)


def tests_beside(name_or_path: str | Path) -> Path:
    """Where the tests of a script are, whether there are any or not; given themselves, they are meant."""
    path = Path(name_or_path)
    if path.name.endswith(TESTS_SUFFIX):
        return path
    if path.suffix in (".yaml", ".yml") or path.is_file():
        return path.with_name(path.stem + TESTS_SUFFIX)
    return Path(str(resources.files("dialogs").joinpath("scripts", f"{name_or_path}{TESTS_SUFFIX}")))


def load_tests(name_or_path: str | Path, script: Script) -> TestFile:
    """The tests beside a script.

    Raises ScriptError (``tests_not_found``, ``script_unreadable``, ``tests_invalid``); the last lists every
    problem, one a line.
    """
    file = tests_beside(name_or_path)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ScriptError(
            "tests_not_found",
            f"脚本 {script.name} 还没有测试：找不到 {file.name}。请在脚本旁边新建这个文件，"
            "写法可以参照自带的 health_survey.tests.yaml。",
        ) from error
    return read_tests(file.name, content, script)


def read_tests(file_name: str, content: bytes, script: Script) -> TestFile:
    """The tests in the content of a file; raises as ``load_tests``."""
    _check_days(file_name, content)
    root, repeated = parse(file_name, content)
    reading = Reading()
    tests = tuple(_tests(Table(root, "", "测试文件", reading), script))
    told = [(key.line, str(key)) for key in repeated]
    told += [(_line_of(problem.path, reading.lines), problem.text) for problem in reading.problems]
    if told:
        lines = (f"{file_name}: 第 {line} 行: {text}" for line, text in sorted(told))
        raise ScriptError("tests_invalid", "\n".join(lines))
    return TestFile(file_name, tests)


def _check_days(file_name: str, content: bytes) -> None:
    """A day that the calendar does not have; the YAML reader would not say where it is."""
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
        for day in re.findall(r":\s+(\d{4}-\d\d?-\d\d?)(?!\d)", line):
            try:
                dt.date(*map(int, day.split("-")))
            except ValueError as error:
                raise ScriptError(
                    "tests_invalid", f"{file_name}: 第 {number} 行: 没有 {day} 这一天，请检查日期。"
                ) from error


def _line_of(path: str, lines: Mapping[str, int]) -> int:
    """The line of the path, or of the nearest enclosing one."""
    while path and path not in lines:
        path = path.rpartition("/")[0]
    return lines.get(path, 1)


def _tests(root: Table, script: Script) -> Iterator[ScriptTest]:
    fields, today = _fields(root, {}), _day(root, None)
    for row in root.rows("测试", must=True):
        yield _test(row, script, fields, today)
    root.done()


def _test(row: Table, script: Script, fields: Mapping[str, str], today: dt.date | None) -> ScriptTest:
    row.label = "测试"
    name = row.text("名称", must=True)
    row.label = f"测试 {name}".strip()
    test = ScriptTest(
        name=name,
        line=row.reading.lines[row.path],
        turns=tuple(_turns(row, script)),
        ending=Ending(
            _name(row, "结束语", script.closings),
            _name(row, "结果", tuple(Outcome)),
            _name(row, "分级", tuple(Grade), {grade.label: grade for grade in Grade}),
        ),
        fields=_fields(row, fields),
        today=_day(row, today),
    )
    row.done()
    return test


def _fields(parent: Table, default: Mapping[str, str]) -> dict[str, str]:
    """What is known of the resident."""
    if "居民" not in parent.node:
        parent.asked.add("居民")
        return dict(default)
    table = parent.table("居民")
    said = {name: table.text(key) for key, name in _FIELDS.items()}
    table.done()
    return {**default, **{name: text for name, text in said.items() if text}}


_FIELDS: Mapping[str, str] = {"姓名": "name", "社区": "community"}


def _day(table: Table, default: dt.date | None) -> dt.date | None:
    day: dt.date | None = table.get("日期", _is_day, " 2026-11-23 这样的日期", default)
    return day


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _name(table: Table, key: str, known: Collection[str], meant: Mapping[str, str] | None = None) -> str:
    """One of the names that there are; empty where none is given."""
    value = table.text(key)
    if value and value not in known:
        hint = f"（是不是 {meant[value]}？）" if meant and value in meant else suggested(value, known)
        table.problem(table.at(key), f"{key} 不能是 {value}{hint}")
    return value


# --- turns ----------------------------------------------------------------------------------------------


def _turns(row: Table, script: Script) -> Iterator[Turn]:
    items: Any = row.get(
        "对话", lambda v: isinstance(v, list) and bool(v), "“- 说: …”开头的一列", [], must=True
    )
    for index, item in enumerate(items):
        path = f"{row.at('对话')}/{index}"
        line = row.reading.lines[path] = int(items.lc.item(index)[0]) + 1
        if item == Act.BE_SILENT:
            yield Turn(Act.BE_SILENT, "", line)
        elif isinstance(item, str):
            yield Turn(Act.SAY, item, line)
        else:
            yield _turn(Table(item, path, row.label, row.reading), line, script)


def _turn(table: Table, line: int, script: Script) -> Turn:
    expected = Expected(
        _slots(table, script),
        _uncertain(table, script),
        _name(table, "到", (*script.states, *script.closings)),
        _name(table, "问法", tuple(Variant)),
    )
    table.asked.update(Act)
    table.done()
    acts = [act for act in Act if act in table.node]
    if len(acts) == 1:
        return Turn(acts[0], _act_text(table, acts[0]), line, expected)
    if table.node:
        table.problem(table.path, "每一轮要写 说、按键、沉默 中的一个")
    return Turn(Act.BE_SILENT, "", line)


def _act_text(table: Table, act: Act) -> str:
    """The words or the key; a silence has none, whatever is written beside it."""
    if act is Act.BE_SILENT:
        return ""
    what = "一个键（* # 要加引号）" if act is Act.PRESS else "文字（只有杂音就写 ''）"
    value = table.get(act, lambda v: isinstance(v, str | int | float) and not isinstance(v, bool), what, None)
    text = "" if value is None else str(value).strip()
    if act is Act.PRESS and value is not None and not re.fullmatch("[0-9*#]", text):
        table.problem(table.at(act), f"按键 {text} 不是 0-9 * # 中的一个")
    return text


def _slots(table: Table, script: Script) -> dict[str, str]:
    """What is expected to be noted down."""
    if "记下" not in table.node:
        table.asked.add("记下")
        return {}
    noted = table.table("记下")
    noted.label = table.label
    expected = {}
    for key, value in noted.node.items():
        name = _slot_name(noted, str(key), str(key), script)
        fault = _fault(script.slots[name], value) if name else ""
        if fault:
            noted.problem(noted.at(str(key)), fault)
        expected[name] = UNKNOWN if value is None else written(value)
    return expected


def _uncertain(table: Table, script: Script) -> tuple[str, ...]:
    return tuple(_slot_name(table, "待核实", name, script) for name in table.texts("待核实"))


def _slot_name(table: Table, key: str, name: str, script: Script) -> str:
    """The name itself; empty, and a problem, where the script has no such slot."""
    if name in script.slots:
        return name
    meant = next((slot.name for slot in script.slots.values() if slot.label == name), "")
    hint = f"（是不是 {meant}？）" if meant else suggested(name, script.slots)
    table.problem(table.at(key), f"没有 {name} 这项内容{hint}")
    return ""


def _fault(slot: Slot, value: Any) -> str:
    """What is wrong with a value of that slot; empty where nothing is."""
    if value is None or value == UNKNOWN:
        return ""
    allowed = _allowed(slot)
    given = [str(part) for part in value] if isinstance(value, list) else [written(value)]
    wrong = next((each for each in given if allowed and each not in allowed), None)
    if wrong is not None:
        return f"{slot.name} 没有 {wrong} 这个值{suggested(wrong, allowed)}"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if slot.type in (SlotType.TEMPERATURE, SlotType.COUNT, SlotType.NUMBER) and not is_number:
        return f"{slot.name} 应当是数字，现在是 {written(value)}"
    if slot.type is SlotType.DATE and not _is_day(value):
        return f"{slot.name} 应当是 2026-11-23 这样的日期，现在是 {written(value)}"
    return ""


def _allowed(slot: Slot) -> tuple[str, ...]:
    """The values that such a slot can have; empty where there are too many to be listed."""
    match slot.type:
        case SlotType.YES_NO:
            return ("yes", "no")
        case SlotType.IDENTITY:
            return ("self", "family", "wrong_number")
        case SlotType.CHOICE:
            return tuple(slot.values)
        case SlotType.SYMPTOMS | SlotType.MULTI_CHOICE:
            return (*slot.values, NONE)
        case _:
            return ()
