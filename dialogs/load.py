"""Reads a call script from YAML; the only file that imports ruamel.yaml.

Everything wrong with a script is reported at once, each problem with file and line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from campaign.errors import ScriptError
from campaign.records import Grade
from dialogs.check import Problem, check
from dialogs.numerals import spell
from dialogs.script import (
    SURE,
    Closing,
    Condition,
    GradeRule,
    Intent,
    Limits,
    Outcome,
    Prompt,
    Script,
    Slot,
    SlotType,
    State,
    Transition,
    Variant,
    Wording,
)

_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


def bundled_scripts() -> tuple[str, ...]:
    """Names of the scripts that come with Wenhou."""
    files = resources.files("dialogs").joinpath("scripts").iterdir()
    return tuple(sorted(file.name.removesuffix(".yaml") for file in files if file.name.endswith(".yaml")))


def load_script(name_or_path: str | Path) -> Script:
    """The script of that name among the bundled ones, or the one in that file.

    Raises ScriptError (``script_not_found``, ``script_unreadable``, ``script_invalid``); the last lists
    every problem, one a line: ``health_survey.yaml: 第 42 行: …``.
    """
    file_name, content = _read(name_or_path)
    root = _parse(file_name, content)
    reading = _Reading()
    script = _script(_Table(root, "", "脚本", reading), _version_hash(content))
    problems = reading.problems or check(script)
    if problems:
        raise _invalid(file_name, problems, reading.lines)
    return script


def _read(name_or_path: str | Path) -> tuple[str, bytes]:
    path = Path(name_or_path)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        try:
            return path.name, path.read_bytes()
        except OSError as error:
            raise ScriptError(
                "script_not_found", f"打不开脚本 {path}：{error.strerror}。请检查路径。"
            ) from error
    name = str(name_or_path)
    if name not in bundled_scripts():
        known = "、".join(bundled_scripts())
        raise ScriptError(
            "script_not_found", f"没有叫 {name} 的脚本。自带的有：{known}；也可以给出 .yaml 文件的路径。"
        )
    file = resources.files("dialogs").joinpath("scripts", f"{name}.yaml")
    return file.name, file.read_bytes()


def _parse(file_name: str, content: bytes) -> CommentedMap:
    try:
        root = YAML(typ="rt").load(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ScriptError("script_unreadable", f"{file_name}: 不是 UTF-8 编码，请另存为 UTF-8。") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ScriptError(
            "script_unreadable",
            f"{file_name}: 第 {line} 行: YAML 写法有误（{error.problem}），请检查缩进、冒号和引号。",
        ) from error
    except YAMLError as error:
        raise ScriptError("script_unreadable", f"{file_name}: 不是有效的 YAML 文件。") from error
    if not isinstance(root, CommentedMap):
        raise ScriptError("script_unreadable", f"{file_name}: 第 1 行: 开头应当是 script: 这样的“名称: 值”。")
    return root


def _version_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def _invalid(file_name: str, problems: list[Problem], lines: Mapping[str, int]) -> ScriptError:
    located = sorted((_line_of(problem.path, lines), problem.text) for problem in problems)
    return ScriptError(
        "script_invalid", "\n".join(f"{file_name}: 第 {line} 行: {text}" for line, text in located)
    )


def _line_of(path: str, lines: Mapping[str, int]) -> int:
    """The line of the path, or of the nearest enclosing one."""
    while path and path not in lines:
        path = path.rpartition("/")[0]
    return lines.get(path, 1)


# --- reading typed values out of YAML -----------------------------------------------------------------


@dataclass
class _Reading:
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)


class _Table:
    """One YAML mapping whose keys are asked for by name; what is not asked for is a problem."""

    def __init__(self, node: object, path: str, label: str, reading: _Reading) -> None:
        self.path, self.label, self.reading = path, label, reading
        self.node = node if isinstance(node, CommentedMap) else CommentedMap()
        self._asked: set[str] = set()
        if not isinstance(node, CommentedMap):
            self.problem(path, "应当是“名称: 值”的一组，现在不是")
        for key in self.node:
            reading.lines[f"{path}/{key}"] = _key_line(self.node, key)

    def problem(self, path: str, text: str) -> None:
        self.reading.problems.append(Problem(path, f"{self.label}: {text}"))

    def at(self, key: str) -> str:
        return f"{self.path}/{key}"

    def get(
        self, key: str, wanted: Callable[[Any], bool], what: str, default: _T, *, must: bool = False
    ) -> Any | _T:
        self._asked.add(key)
        if key not in self.node:
            if must:
                self.problem(self.path, f"缺少 {key}（{what}）")
            return default
        value = self.node[key]
        if not wanted(value):
            self.problem(self.at(key), f"{key} 应当是{what}，现在是 {_shown(value)}")
            return default
        return value

    def text(self, key: str, default: str = "", *, must: bool = False) -> str:
        value = self.get(
            key, lambda v: isinstance(v, str) and bool(v.strip()), "一段文字", default, must=must
        )
        return str(value).strip()

    def number(self, key: str, default: float | None = None) -> float | None:
        return self.get(
            key, lambda v: isinstance(v, int | float) and not isinstance(v, bool), "数字", default
        )

    def whole(self, key: str, default: int) -> int:
        wanted = self.get(
            key, lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= 0, "0 或正整数", default
        )
        return int(wanted)

    def flag(self, key: str, default: bool | None = None) -> bool | None:
        return self.get(key, lambda v: isinstance(v, bool), " true 或 false", default)

    def texts(self, key: str) -> tuple[str, ...]:
        items = self.get(key, lambda v: isinstance(v, CommentedSeq), "[甲, 乙] 这样的一列", CommentedSeq())
        for index, item in enumerate(items):
            self.reading.lines[f"{self.at(key)}/{index}"] = _item_line(items, index)
            if not isinstance(item, str | int | float) or isinstance(item, bool):
                self.problem(f"{self.at(key)}/{index}", f"{key} 里的 {_shown(item)} 应当是文字（可加引号）")
        return tuple(str(item) for item in items)

    def choice(self, key: str, kind: type[_E], default: _E) -> _E:
        value = self.text(key, must=True)
        known = [str(member) for member in kind]
        if value in known:
            return kind(value)
        if value:
            self.problem(self.at(key), f"{key} 不能是 {value}{_hint(value, known)}")
        return default

    def table(self, key: str, *, must: bool = False) -> _Table:
        node = self.get(
            key, lambda v: isinstance(v, CommentedMap), "“名称: 值”的一组", CommentedMap(), must=must
        )
        return _Table(node, self.at(key), f"{self.label} {key}".removeprefix("脚本 "), self.reading)

    def tables(self, key: str, label: str, *, must: bool = False) -> Iterator[tuple[str, _Table]]:
        """Name and content of every entry of a mapping of mappings."""
        node = self.get(
            key, lambda v: isinstance(v, CommentedMap), "“名称: 值”的一组", CommentedMap(), must=must
        )
        for name in node:
            self.reading.lines[f"{self.at(key)}/{name}"] = _key_line(node, name)
            yield str(name), _Table(node[name], f"{self.at(key)}/{name}", f"{label} {name}", self.reading)

    def rows(self, key: str, *, must: bool = False) -> Iterator[_Table]:
        """Every entry of a list of mappings."""
        node = self.get(
            key, lambda v: isinstance(v, CommentedSeq), "“- ”开头的一列", CommentedSeq(), must=must
        )
        for index, item in enumerate(node):
            path = f"{self.at(key)}/{index}"
            self.reading.lines[path] = _item_line(node, index)
            yield _Table(item, path, self.label, self.reading)

    def keys_to_texts(self, key: str) -> dict[str, str]:
        """A flat mapping of telephone keys (text or number in YAML) to values."""
        table = self.table(key)
        return {str(name): str(value) for name, value in table.node.items()}

    def words(self, key: str) -> dict[str, tuple[str, ...]]:
        """A mapping of values to lists of words."""
        table = self.table(key)
        return {str(name): table.texts(name) for name in table.node}

    def done(self) -> None:
        """Everything that belongs here was asked for: the rest is unknown."""
        for key in self.node:
            if key not in self._asked:
                self.problem(self.at(key), f"不认识 {key}{_hint(str(key), sorted(self._asked))}")


def _key_line(node: CommentedMap, key: object) -> int:
    return int(node.lc.key(key)[0]) + 1


def _item_line(node: CommentedSeq, index: int) -> int:
    return int(node.lc.item(index)[0]) + 1


def _shown(value: object) -> str:
    if isinstance(value, CommentedMap | CommentedSeq):
        return "一组值"
    return "空的" if value is None or value == "" else str(value)


def _hint(wrong: str, known: list[str]) -> str:
    near = get_close_matches(wrong, known, n=1, cutoff=0.6)
    return f"（是不是 {near[0]}？）" if near else f"（可以是：{'、'.join(known)}）"


# --- the parts of a script ------------------------------------------------------------------------------


def _script(root: _Table, version_hash: str) -> Script:
    version = str(root.get("version", lambda v: isinstance(v, str | int | float), "版本", "0"))
    slots = {name: _slot(name, table) for name, table in root.tables("slots", "内容", must=True)}
    script = Script(
        name=root.text("script", must=True),
        title=root.text("title", must=True),
        version=f"{version}-{version_hash}",
        start=root.text("start", must=True),
        opening=_prompt(root, "opening", "opening"),
        slots=slots,
        states={name: _state(name, table, slots) for name, table in root.tables("states", "状态", must=True)},
        closings={
            name: _closing(name, table) for name, table in root.tables("closings", "结束语", must=True)
        },
        intents={name: _intent(name, table) for name, table in root.tables("intents", "随时听懂的话")},
        grading=tuple(_grade_rule(row, slots) for row in root.rows("grading", must=True)),
        limits=_limits(root.table("limits")),
    )
    root.done()
    return script


def _limits(table: _Table) -> Limits:
    seconds = table.number("no_input_seconds", 5.0)
    limits = Limits(
        reprompts=table.whole("reprompts", 1),
        reprompts_in_call=table.whole("reprompts_in_call", 8),
        silences_in_a_row=table.whole("silences_in_a_row", 3),
        no_input_seconds=float(seconds or 5.0),
    )
    table.done()
    return limits


def _prompt(parent: _Table, key: str, prompt_id: str, *, must: bool = True) -> Prompt:
    """Either a plain sentence or a mapping with text, plain, barge_in."""
    if isinstance(parent.node.get(key), str):
        text = parent.text(key)
        return Prompt(prompt_id, text, text)
    table = parent.table(key, must=must)
    if not table.node:
        return Prompt(prompt_id, "", "")
    text = table.text("text", must=True)
    prompt = Prompt(prompt_id, text, table.text("plain", text), table.flag("barge_in", True) is not False)
    table.done()
    return prompt


def _slot(name: str, table: _Table) -> Slot:
    slot = Slot(
        name=name,
        label=table.text("label", must=True),
        type=table.choice("type", SlotType, SlotType.TEXT),
        is_required=table.flag("required", False) is True,
        values=table.words("values"),
        unprompted=table.words("unprompted"),
        vague=table.texts("vague"),
        none_words=table.texts("none"),
        words=table.texts("words"),
        minimum=table.number("minimum"),
        maximum=table.number("maximum"),
        place=table.text("place"),
        unknown=table.texts("unknown"),
        cue=table.texts("cue"),
        within_days=table.whole("within_days", 0) or None,
        of_others=table.texts("of_others"),
        part_of=table.text("part_of"),
        sure=_share(table, "sure", SURE),
    )
    table.done()
    return slot


def _share(table: _Table, key: str, default: float) -> float:
    value = table.get(key, lambda v: isinstance(v, int | float) and 0 <= v <= 1, " 0 到 1 之间的数", default)
    return float(value)


def _state(name: str, table: _Table, slots: Mapping[str, Slot]) -> State:
    prompts = table.table("prompts", must=True)
    variants = {
        variant: _prompt(prompts, variant, f"{name}.{variant}")
        for variant in Variant
        if variant in prompts.node
    }
    if variants and Variant.FIRST not in variants:
        table.problem(prompts.path, "prompts 里缺少 first（第一遍怎么问）")
    prompts._asked.update(Variant)
    prompts.done()
    state = State(
        name=name,
        slot=table.text("ask", must=True),
        prompts=variants,
        next=tuple(_transition(row, slots) for row in table.rows("next", must=True)),
        also=table.texts("also"),
        keys=table.keys_to_texts("keys"),
        phrases=table.texts("phrases"),
        confirms={
            slot: _wording(f"{name}.{slot}", wording) for slot, wording in table.tables("confirms", "说回")
        },
    )
    table.done()
    return state


def _wording(prompt_id: str, table: _Table) -> Wording:
    """Either ``value: words`` for each value, or one pattern for the numbers ``from`` … ``to``."""
    if "number" in table.node:
        return _number_wording(prompt_id, table)
    texts = {str(value): table.text(value, must=True) for value in table.node}
    numbered = enumerate(texts.items(), start=1)
    return Wording({value: Prompt(f"{prompt_id}.{n}", text, text) for n, (value, text) in numbered})


def _number_wording(prompt_id: str, table: _Table) -> Wording:
    """One prompt for each tenth of a degree, so that no number is put together from pieces."""
    text, plain = table.text("number", must=True), table.text("plain", must=True)
    first, last = (round(10 * _degrees(table, key)) for key in ("from", "to"))
    table.done()
    spoken = {tenths: text.replace(NUMBER, _spoken(tenths)) for tenths in range(first, last + 1)}
    return Wording(
        {f"{n / 10:.1f}": Prompt(f"{prompt_id}.{n}", said, plain) for n, said in spoken.items()},
        other=Prompt(f"{prompt_id}.other", plain, plain),
    )


def _degrees(table: _Table, key: str) -> float:
    return float(table.get(key, lambda v: isinstance(v, int | float) and 0 < v < 100, "数字", 1.0, must=True))


NUMBER = "{number}"
"""Where a wording says a number."""


def _spoken(tenths: int) -> str:
    """378 -> 三十七度八."""
    degrees, rest = divmod(tenths, 10)
    return f"{spell(degrees)}度{spell(rest) if rest else ''}"


def _transition(row: _Table, slots: Mapping[str, Slot]) -> Transition:
    when = _condition(row.table("when"), slots) if "when" in row.node else None
    transition = Transition(row.text("go", must=True), when)
    row._asked.add("when")
    row.done()
    return transition


def _condition(table: _Table, slots: Mapping[str, Slot]) -> Condition:
    name = table.text("slot")
    condition = Condition(
        slot=name,
        equals=_compared(table, slots.get(name)),
        at_least=table.number("at_least"),
        at_most=table.number("at_most"),
        includes=table.text("includes") or None,
        is_empty=table.flag("is_empty"),
        missing=table.texts("missing"),
    )
    table.done()
    if bool(condition.slot) == bool(condition.missing):
        table.problem(table.path, "条件要么写 slot（和 is、at_least 等），要么写 missing")
    return condition


def _compared(table: _Table, slot: Slot | None) -> str | bool | int | float | None:
    value: str | bool | int | float | None = table.get(
        "is", lambda v: isinstance(v, str | bool | int | float), "一个值", None
    )
    if slot is not None and slot.type is SlotType.YES_NO and value is not None:
        return value is True or value == "yes"
    return value


def _closing(name: str, table: _Table) -> Closing:
    closing = Closing(
        name, table.choice("outcome", Outcome, Outcome.COMPLETED), _prompt(table, "prompt", f"closing.{name}")
    )
    table.done()
    return closing


def _intent(name: str, table: _Table) -> Intent:
    intent = Intent(
        name=name,
        words=table.texts("words"),
        keys=table.texts("keys"),
        go=table.text("go"),
        say=_prompt(table, "say", f"intent.{name}") if "say" in table.node else None,
        is_repeat=table.flag("repeat", False) is True,
    )
    table._asked.add("say")
    table.done()
    if sum((bool(intent.go), intent.say is not None, intent.is_repeat)) != 1:
        table.problem(table.path, "go、say、repeat 要写其中的一个")
    return intent


def _grade_rule(row: _Table, slots: Mapping[str, Slot]) -> GradeRule:
    rule = GradeRule(
        row.choice("grade", Grade, Grade.YELLOW), tuple(_condition(table, slots) for table in row.rows("any"))
    )
    row.done()
    return rule
