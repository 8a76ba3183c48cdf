"""Shared parts of call scripts: what ``include: common.yaml`` brings into a script.

The law:

1. A shared file holds ``slots``, ``states``, ``closings``, ``intents``, ``grading`` and ``limits``, nothing
   else; it lies beside the script, or comes with Wenhou, and may include others.
2. What the script writes counts. An entry of the same name is put together key by key: the script's keys as
   they are, the missing ones from the shared file. Of several shared files the one named first counts.
3. The script's entries and grading rows come first, the shared ones after them. An entry that the script
   names without any content stands where it is named.
4. Shared slots, states and closings that nothing refers to are left out.

A script and what it includes can be written as one file: the parts follow one another, each shared one after
a line that names it. That file reads as the same script, with the same version.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from campaign.errors import ScriptError
from dialogs.checks.problem import Problem, suggested
from dialogs.loading.tables import parse

INCLUDE = "include"
COMMON = "common.yaml"
"""The shared parts that come with Wenhou."""
_ENTRIES = ("slots", "states", "closings", "intents")
_SECTIONS = (*_ENTRIES, "grading", "limits")
_LEFT_OUT = ("slots", "states", "closings")
_ONE_OF: Mapping[str, tuple[str, ...]] = {"intents": ("go", "say", "repeat", "slower")}
"""Keys of which an entry has one; the script's stands for all of them."""
_SAID_BY_ITSELF = ("gave_up", "call_later")
"""Outcomes of closings that the machine goes to without being told."""
_OF_A_SCRIPT = ("script", "title", "start", "opening")


@dataclass(frozen=True)
class Fault:
    """Something wrong with the writing of one of the files."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Whole:
    """A script with all that it includes."""

    root: CommentedMap
    origins: Mapping[str, str]
    """File of what was brought in, by path: /intents/repeat/words; anything else is the script's own."""
    repeated: tuple[Fault, ...]
    """Keys that are written twice."""
    problems: tuple[Problem, ...]
    lines: Mapping[str, int]
    """Of the problems' paths."""
    content: bytes
    """The script and its shared parts as one file."""


def is_shared_file(content: bytes) -> bool:
    """Whether a file holds parts for scripts and is none itself: it begins no script."""
    begins = {match.decode() for match in re.findall(rb"^([a-z_]+)\s*:", content, re.MULTILINE)}
    return not begins & set(_OF_A_SCRIPT) and bool(begins & set(_SECTIONS))


def whole(file: Path, content: bytes) -> Whole:
    """The script in a file with what it includes.

    Raises:
        ScriptError: ``script_unreadable``: a file is no YAML; ``include_not_found``, ``include_circular`` or
            ``include_invalid``.
    """
    reader = _Reader(file, content)
    layers = list(reader.layers())
    merged = _Merged(layers)
    return Whole(
        merged.root,
        merged.origins,
        tuple(reader.repeated),
        tuple(merged.problems),
        merged.lines,
        reader.bundle(),
    )


# --- reading the files ----------------------------------------------------------------------------------

_MARK = "--- # include: "
_MARKED = re.compile(rb"^--- # include: (.+?)[ \t]*\r?\n", re.MULTILINE)


@dataclass
class _Layer:
    """One of the files, parsed."""

    name: str
    """As it is included, from the script's folder."""
    shown: str
    """The file's name in sentences."""
    root: CommentedMap


@dataclass
class _Reader:
    file: Path
    content: bytes
    repeated: list[Fault] = field(default_factory=list)
    outside: dict[str, bytes] = field(default_factory=dict)
    """Shared parts that are not in the file itself."""

    def __post_init__(self) -> None:
        self._inside = dict(self._parts())

    def _parts(self) -> Iterator[tuple[str, bytes]]:
        """Name and content of every part of the file; lines keep their numbers."""
        name, start = self.file.name, 0
        for mark in (*_MARKED.finditer(self.content), None):
            end = mark.start() if mark else len(self.content)
            lines_before = self.content[:start].count(b"\n")
            yield name, b"\n" * lines_before + self.content[start:end]
            if mark:
                name, start = mark[1].decode("utf-8", "replace"), mark.end()

    def layers(self) -> Iterator[_Layer]:
        """The script, then its shared files, what counts more before what counts less."""
        yield from self._with_included(self.file.name, (), set())

    def _with_included(self, name: str, way: tuple[str, ...], known: set[str]) -> Iterator[_Layer]:
        known.add(name)
        layer = self._parsed(name)
        yield layer
        for given in _given(layer):
            wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), given))
            if wanted in (*way, name):
                raise _circular(layer, (*way, name, wanted))
            if wanted not in known:
                self._find(wanted, given, layer)
                yield from self._with_included(wanted, (*way, name), known)

    def _parsed(self, name: str) -> _Layer:
        content = self._inside[name] if name in self._inside else self.outside[name]
        shown = self.file.name if name in self._inside else name
        root, repeated = parse(shown, content)
        self.repeated += [Fault(shown, key.line, str(key)) for key in repeated]
        return _Layer(name, shown, root)

    def _find(self, wanted: str, given: str, layer: _Layer) -> None:
        if wanted in self._inside or wanted in self.outside:
            return
        shipped = Path(str(resources.files("dialogs").joinpath("scripts", wanted)))
        for file in (self.file.parent / wanted, shipped):
            try:
                if file.is_file():
                    self.outside[wanted] = file.read_bytes()
                    return
            except OSError as error:
                told = f"打不开 include 的 {given}（{error.strerror}），请检查权限"
                raise _refused("include_not_found", layer, told) from error
        beside = sorted(file.name for file in (self.file.parent / wanted).parent.glob("*.y*ml"))
        near = suggested(given, [name for name in (*beside, COMMON) if name != self.file.name])
        told = f"include 的 {given} 找不到{near}，它应当和话术放在一起"
        raise _refused("include_not_found", layer, told)

    def bundle(self) -> bytes:
        parts = [self.content]
        for name, content in self.outside.items():
            text = content.removeprefix(b"\xef\xbb\xbf")
            parts += [f"{_MARK}{name}\n".encode(), text]
        return b"".join(part if part.endswith(b"\n") or len(parts) == 1 else part + b"\n" for part in parts)


def _given(layer: _Layer) -> Iterator[str]:
    """The files that one names."""
    if INCLUDE not in layer.root:
        return
    value = layer.root[INCLUDE]
    names = value if isinstance(value, CommentedSeq) else [value]
    for name in names:
        if not isinstance(name, str) or not name.strip() or posixpath.isabs(name) or "\\" in name:
            told = (
                "include 应当是旁边一个文件的名字，例如 include: common.yaml；几个就写成 [甲.yaml, 乙.yaml]"
            )
            raise _refused("include_invalid", layer, told)
        yield name.strip()


def _circular(layer: _Layer, way: tuple[str, ...]) -> ScriptError:
    round_trip = " → ".join(way[way.index(way[-1]) :])
    return _refused("include_circular", layer, f"include 绕成了一圈（{round_trip}），请去掉其中一处")


def _refused(code: str, layer: _Layer, told: str) -> ScriptError:
    line = int(layer.root.lc.key(INCLUDE)[0]) + 1
    return ScriptError(code, f"{layer.shown}: 第 {line} 行: {told}。")


# --- putting them together ------------------------------------------------------------------------------


class _Merged:
    """The first layer with what the others add."""

    def __init__(self, layers: list[_Layer]) -> None:
        own, *shared = layers
        self.root = own.root
        self.origins: dict[str, str] = {}
        self.named: set[str] = set()
        """Paths of shared entries that the script wants although it adds nothing to them."""
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        if not shared:
            return
        for layer in shared:
            self._examine(layer)
        for section in _ENTRIES:
            self._add_entries(section, shared)
        self._add_limits(shared)
        self._add_rows(shared)
        self._leave_out()

    def _examine(self, layer: _Layer) -> None:
        """Take out what does not belong into a shared file."""
        for key in list(layer.root):
            path = f"/{INCLUDE}/{layer.name}/{key}"
            wanted = CommentedSeq if key == "grading" else CommentedMap
            if key in _SECTIONS and isinstance(layer.root[key], wanted):
                continue
            if key != INCLUDE:
                told = f"{key} 的写法不对" if key in _SECTIONS else f"不认识 {key}{_told_sections(str(key))}"
                self.problems.append(Problem(path, f"公共部分: {told}"))
                self.lines[path] = int(layer.root.lc.key(key)[0]) + 1
                self.origins[path] = layer.shown
                del layer.root[key]

    def _add_entries(self, section: str, shared: list[_Layer]) -> None:
        own = self.root.get(section)
        if own is not None and not isinstance(own, CommentedMap):
            return  # told by whoever reads the script
        for layer in shared:
            for name in layer.root.get(section, ()):
                self._add_entry(section, name, layer)

    def _add_entry(self, section: str, name: object, layer: _Layer) -> None:
        given, path = layer.root[section], f"/{section}/{name}"
        target = self._section(section, layer)
        if name not in target or target[name] is None:
            if name in target:  # named where it is to stand
                self.named.add(path)
            _copy(given, name, target)
            self.origins[path] = layer.shown
        elif isinstance(target[name], CommentedMap) and isinstance(given[name], CommentedMap):
            self._complete(section, path, target[name], given[name], layer)

    def _complete(
        self, section: str, path: str, entry: CommentedMap, given: CommentedMap, layer: _Layer
    ) -> None:
        """Add the keys that an entry lacks."""
        one_of = _ONE_OF.get(section, ())
        taken = set(one_of) if any(key in entry for key in one_of) else set()
        for key in given:
            if key not in entry and key not in taken:
                _copy(given, key, entry)
                self.origins[f"{path}/{key}"] = layer.shown

    def _add_limits(self, shared: list[_Layer]) -> None:
        for layer in shared:
            given = layer.root.get("limits")
            if given is not None and isinstance(self.root.get("limits", given), CommentedMap):
                self._complete("limits", "/limits", self._section("limits", layer), given, layer)

    def _add_rows(self, shared: list[_Layer]) -> None:
        for layer in shared:
            rows = layer.root.get("grading")
            if rows is None or not isinstance(self.root.get("grading", rows), CommentedSeq):
                continue
            if "grading" not in self.root:
                self._new_section("grading", CommentedSeq(), layer)
            target = self.root["grading"]
            for index, row in enumerate(rows):
                self.origins[f"/grading/{len(target)}"] = layer.shown
                target.append(row)
                target.lc.add_idx_line_col(len(target) - 1, list(rows.lc.data[index]))

    def _section(self, section: str, layer: _Layer) -> CommentedMap:
        if self.root.get(section) is None:
            self._new_section(section, CommentedMap(), layer)
        found: CommentedMap = self.root[section]
        return found

    def _new_section(self, section: str, empty: CommentedMap | CommentedSeq, layer: _Layer) -> None:
        self.root[section] = empty
        self.root.lc.add_kv_line_col(section, list(layer.root.lc.data[section]))
        self.origins[f"/{section}"] = layer.shown

    # --- what is not used -------------------------------------------------------------------------------

    def _leave_out(self) -> None:
        """Shared entries that nothing refers to; the words of those that are used may refer to others."""
        waiting = {path for path in self.origins if self._may_be_left_out(path)} - self.named
        words = set(_words({key: node for key, node in self.root.items() if key not in _LEFT_OUT}))
        for section in _LEFT_OUT:
            kept = (name for name in _keys(self.root.get(section)) if f"/{section}/{name}" not in waiting)
            words |= {word for name in kept for word in _words(self.root[section][name])}
        while used := {path for path in waiting if path.split("/")[2] in words or self._is_said(path)}:
            waiting -= used
            words |= {word for path in used for word in _words(self._entry(path))}
        for path in waiting:
            _, section, name = path.split("/")
            del self.root[section][name]

    def _may_be_left_out(self, path: str) -> bool:
        parts = path.split("/")
        return len(parts) == 3 and parts[1] in _LEFT_OUT and parts[2] in _keys(self.root.get(parts[1]))

    def _entry(self, path: str) -> object:
        _, section, name = path.split("/")
        return self.root[section][name]

    def _is_said(self, path: str) -> bool:
        entry = self._entry(path)
        return isinstance(entry, CommentedMap) and entry.get("outcome") in _SAID_BY_ITSELF


def _told_sections(key: str) -> str:
    if key in _OF_A_SCRIPT:
        return "，公共文件里只能写 slots、states、closings、intents、grading、limits，这一行请移到话术里"
    return suggested(key, _SECTIONS)


def _copy(given: CommentedMap, key: object, target: CommentedMap) -> None:
    """With the line where it stands."""
    target[key] = given[key]
    target.lc.add_kv_line_col(key, list(given.lc.data[key]))


def _keys(node: object) -> Iterable[object]:
    return node.keys() if isinstance(node, CommentedMap) else ()


def _words(node: object) -> Iterator[str]:
    """Every word that is a value or a key anywhere in it, but for kinds of slots: ``type: symptoms`` names no
    slot ``symptoms``."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield str(key)
            if key != "type":
                yield from _words(value)
    elif isinstance(node, list):
        for item in node:
            yield from _words(item)
    elif isinstance(node, str):
        yield node
