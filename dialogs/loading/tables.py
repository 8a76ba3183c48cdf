"""Typed values out of YAML, with the line of each; the only file that reads with ruamel.yaml.

What is not asked for, written twice or of the wrong kind becomes a problem; reading goes on.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.metadata import version
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from campaign.errors import ScriptError
from campaign.kept import kept_of
from campaign.patterns import compiled
from dialogs.checks.problem import Problem, suggested

_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")
_FORM = "yaml-1"
_KEPT_FILES = 16
"""How many parsed files are kept, the last used; a script and its shared part take 0.3 MB."""


def parse(file_name: str, content: bytes) -> tuple[CommentedMap, tuple[RepeatedKey, ...]]:
    """The mapping that a file holds, and the keys that are written twice in it; the first of each counts.

    What was parsed once is not parsed again; everybody gets a mapping of his own.

    Raises:
        ScriptError: ``script_unreadable``: not UTF-8, not YAML, or no mapping.
    """
    try:
        root, repeated = pickle.loads(_pickled(content))
    except _UnreadableError as error:
        raise ScriptError("script_unreadable", f"{file_name}: {error}") from error
    return root, repeated


class _UnreadableError(ValueError):
    """Its sentence says what is wrong."""


@lru_cache(maxsize=_KEPT_FILES)
def _pickled(content: bytes) -> bytes:
    """A file's mapping and its repeated keys, kept for other processes. Ours takes 0.4 s to parse, and 10 ms
    to unpickle."""
    made_by = f"\n{version('ruamel.yaml')} {sys.implementation.cache_tag}"
    return kept_of(_FORM, content + made_by.encode(), lambda: _parsed(content), _KEPT_FILES)


def _parsed(content: bytes) -> bytes:
    reader = YAML(typ="rt")
    reader.Constructor = _Constructor
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _UnreadableError("不是 UTF-8 编码，请另存为 UTF-8。") from error
    try:
        root = reader.load(text)
    except MarkedYAMLError as error:
        raise _UnreadableError(_told(error, text)) from error
    except YAMLError as error:
        raise _UnreadableError("不是有效的 YAML 文件。") from error
    if not isinstance(root, CommentedMap):
        raise _UnreadableError("第 1 行: 开头应当是 script: 这样的“名称: 值”。")
    return pickle.dumps((root, tuple(reader.constructor.repeated)))


def _told(error: MarkedYAMLError, text: str) -> str:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    hash_line = _line_of_bare_hash(text, line)
    if hash_line:
        return f'第 {hash_line} 行: # 后面会当成说明，不算内容；作为按键要加引号，写成 "#"。'
    what = next((told for part, told in _TOLD if part in (error.problem or "")), error.problem or "")
    if what.endswith("。"):
        return f"第 {line} 行: {what}"
    return f"第 {line} 行: YAML 写法有误（{what}），请检查这里和上一行的缩进、冒号和引号。"


_TOLD = (
    ("character '\\t'", "这里有制表符（Tab 键），缩进和对齐要用空格；请删掉它，改按空格键。"),
    ("expected alphabetic or numeric", '* 和 & 在 YAML 里另有意思，作为内容要加引号，写成 "*"。'),
    ("undefined alias", '* 在 YAML 里另有意思，以它开头的内容要加引号，写成 "*"。'),
    ("mapping values are not allowed", "这里不该有冒号，话里有冒号要加引号"),
    ("expected ',' or", "一列没有写完，缺少逗号或右括号；话里有 {…} 的，整句要加引号"),
    ("expected the node content", "这里缺少内容"),
    ("expected <block end>", "缩进和前面的不一致"),
    ("could not find expected ':'", "缺少冒号"),
    ("cannot start any token", "这个字符不能放在开头，请加引号"),
    ("found unexpected end of stream", "引号没有配对"),
    ("expected chomping", "以 > 或 | 开头的内容要加引号"),
    ("mapping keys are not allowed", "以 ? 开头的内容要加引号"),
)
"""Beginnings of what the reader says, and the same in Chinese; anything else is shown as it is. What ends
with a stop says already what to do."""
_BARE_HASH = compiled(r"[\[{,]\s*#\s*[\]},:]")
_LINES_BACK = 2


def _line_of_bare_hash(text: str, line: int) -> int:
    """keys: [#] hides its own bracket, and the fault shows only further down; 0 where there is none."""
    lines = text.splitlines()
    near = range(max(1, line - _LINES_BACK), min(line, len(lines)) + 1)
    return next((number for number in near if _BARE_HASH.search(lines[number - 1])), 0)


@dataclass(frozen=True)
class RepeatedKey:
    key: str
    first_line: int
    line: int

    def __str__(self) -> str:
        return (
            f"YAML 写法有误（{self.key} 写了两遍，第 {self.first_line} 行已经写过），请合在一起或删掉一处。"
        )


class _Constructor(RoundTripConstructor):
    """Notes keys that are written twice instead of giving up at the first."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.repeated: list[RepeatedKey] = []

    def check_mapping_key(self, node: Any, key_node: Any, mapping: Any, key: Any, value: Any) -> bool:
        if key not in mapping:
            return True
        first = _key_line(mapping, key) if isinstance(mapping, CommentedMap) else 1
        self.repeated.append(RepeatedKey(str(key), first, key_node.start_mark.line + 1))
        return False


@dataclass
class Reading:
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)


class Table:
    """One YAML mapping whose keys are asked for by name; what is not asked for is a problem."""

    def __init__(self, node: object, path: str, label: str, reading: Reading) -> None:
        self.path, self.label, self.reading = path, label, reading
        self.node = node if isinstance(node, CommentedMap) else CommentedMap()
        self.asked: set[str] = set()
        if not isinstance(node, CommentedMap):
            self.problem(path, "应当是“名称: 值”的一组，现在不是")
        for key in self.node:
            reading.lines[f"{path}/{key}"] = line = _key_line(self.node, key)
            reading.lines.setdefault(path, line)

    def problem(self, path: str, text: str) -> None:
        self.reading.problems.append(Problem(path, f"{self.label}: {text}"))

    def at(self, key: str) -> str:
        return f"{self.path}/{key}"

    def get(
        self, key: str, wanted: Callable[[Any], bool], what: str, default: _T, *, must: bool = False
    ) -> Any | _T:
        self.asked.add(key)
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

    def whole(self, key: str, default: int, *, least: int = 0) -> int:
        def is_wanted(value: object) -> bool:
            return isinstance(value, int) and not isinstance(value, bool) and value >= least

        return int(self.get(key, is_wanted, "正整数" if least else "0 或正整数", default))

    def flag(self, key: str, default: bool | None = None) -> bool | None:
        return self.get(key, lambda v: isinstance(v, bool), " true 或 false", default)

    def texts(self, key: str) -> tuple[str, ...]:
        items = self.get(key, lambda v: isinstance(v, CommentedSeq), "[甲, 乙] 这样的一列", CommentedSeq())
        for index, item in enumerate(items):
            self.reading.lines[f"{self.at(key)}/{index}"] = _item_line(items, index)
            if not isinstance(item, str | int | float) or isinstance(item, bool):
                self.problem(f"{self.at(key)}/{index}", f"{key} 里的 {_shown(item)} 应当是文字（可加引号）")
        return tuple(str(item) for item in items)

    def choice(self, key: str, kind: type[_E], default: _E, *, must: bool = True) -> _E:
        value = self.text(key, must=must)
        known = [str(member) for member in kind]
        if value in known:
            return kind(value)
        if value:
            self.problem(self.at(key), f"{key} 不能是 {value}{suggested(value, known)}")
        return default

    def table(self, key: str, *, must: bool = False) -> Table:
        node = self.get(
            key, lambda v: isinstance(v, CommentedMap), "“名称: 值”的一组", CommentedMap(), must=must
        )
        return Table(node, self.at(key), f"{self.label} {key}".removeprefix("脚本 "), self.reading)

    def tables(self, key: str, label: str, *, must: bool = False) -> Iterator[tuple[str, Table]]:
        """Name and content of every entry of a mapping of mappings."""
        node = self.get(
            key, lambda v: isinstance(v, CommentedMap), "“名称: 值”的一组", CommentedMap(), must=must
        )
        for name in node:
            self.reading.lines[f"{self.at(key)}/{name}"] = _key_line(node, name)
            yield str(name), Table(node[name], f"{self.at(key)}/{name}", f"{label} {name}", self.reading)

    def rows(self, key: str, *, must: bool = False) -> Iterator[Table]:
        """Every entry of a list of mappings."""
        node = self.get(
            key, lambda v: isinstance(v, CommentedSeq), "“- ”开头的一列", CommentedSeq(), must=must
        )
        for index, item in enumerate(node):
            path = f"{self.at(key)}/{index}"
            self.reading.lines[path] = _item_line(node, index)
            yield Table(item, path, self.label, self.reading)

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
            if key not in self.asked:
                self.problem(self.at(key), f"不认识 {key}{suggested(str(key), sorted(self.asked))}")


def _key_line(node: CommentedMap, key: object) -> int:
    return int(node.lc.key(key)[0]) + 1


def _item_line(node: CommentedSeq, index: int) -> int:
    return int(node.lc.item(index)[0]) + 1


def _shown(value: object) -> str:
    if isinstance(value, CommentedMap | CommentedSeq):
        return "一组值"
    return "空的" if value is None or value == "" else str(value)
