"""Reads a call script from YAML.

Everything wrong with a script is reported at once, each problem with file and line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from campaign.errors import ScriptError
from dialogs.checks.check import check, independent
from dialogs.checks.problem import Problem
from dialogs.loading.build import build_script
from dialogs.loading.include import COMMON, Fault, whole
from dialogs.loading.tables import Reading, Table
from dialogs.script import Script

TESTS_SUFFIX = ".tests.yaml"
"""End of the name of the file with a script's tests, which lies beside it."""


@dataclass(frozen=True)
class Draft:
    """A script as far as it can be made out, with all that is wrong with it."""

    file: Path
    script: Script
    """Holes are filled with defaults while there are errors."""
    form: tuple[Problem, ...]
    """Keys and values that are not as they should be."""
    meaning: tuple[Problem, ...]
    """What contradicts itself although it is well-formed; warnings among it."""
    repeated: tuple[Fault, ...]
    lines: Mapping[str, int]
    """Line of every path: /states/ask_date/next/0/go."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """File of the paths that are written elsewhere: /intents/repeat -> common.yaml."""
    content: bytes = b""
    """The script and what it includes as one file; what its version is made from."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return (*self.form, *(problem for problem in self.meaning if not problem.is_warning))

    def line_of(self, problem: Problem) -> int:
        """The line of the problem's path, or of the nearest enclosing one."""
        return self.lines.get(self._written(problem.path), 1)

    def file_of(self, problem: Problem) -> str:
        """Name of the file in which that line is."""
        path = self._written(problem.path)
        while path and path not in self.origins:
            path = path.rpartition("/")[0]
        return self.origins.get(path, self.file.name)

    def _written(self, path: str) -> str:
        while path and path not in self.lines:
            path = path.rpartition("/")[0]
        return path


def bundled_scripts() -> tuple[str, ...]:
    """Names of the scripts that come with Wenhou."""
    names = (file.name for file in resources.files("dialogs").joinpath("scripts").iterdir())
    others = (TESTS_SUFFIX, COMMON)
    scripts = (name for name in names if name.endswith(".yaml") and not name.endswith(others))
    return tuple(sorted(name.removesuffix(".yaml") for name in scripts))


def load_script(name_or_path: str | Path) -> Script:
    """The script of that name among the bundled ones, or the one in that file.

    Raises ScriptError (``script_not_found``, ``script_unreadable``, ``script_invalid``); the last lists
    every problem, one a line: ``health_survey.yaml: 第 42 行: …``.
    """
    draft = read_draft(name_or_path)
    if draft.repeated:
        told = ((key.file, key.line, str(key)) for key in draft.repeated)
        raise ScriptError("script_unreadable", _located(draft.file.name, told))
    if draft.errors:
        told = ((draft.file_of(each), draft.line_of(each), each.text) for each in draft.errors)
        raise ScriptError("script_invalid", _located(draft.file.name, told))
    return draft.script


def read_draft(name_or_path: str | Path) -> Draft:
    """The script of that name or in that file, whatever is wrong with it.

    Raises ScriptError (``script_not_found``, ``script_unreadable``).
    """
    file, content = _read(name_or_path)
    found = whole(file, content)
    reading = Reading(list(found.problems), dict(found.lines))
    script = build_script(Table(found.root, "", "脚本", reading), _version_hash(found.content))
    form = tuple(reading.problems)
    meaning = tuple(independent(check(script), form, reading.lines))
    return Draft(file, script, form, meaning, found.repeated, reading.lines, found.origins, found.content)


def _read(name_or_path: str | Path) -> tuple[Path, bytes]:
    path = Path(name_or_path)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        try:
            return path, path.read_bytes()
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
    file = Path(str(resources.files("dialogs").joinpath("scripts", f"{name}.yaml")))
    return file, file.read_bytes()


def _version_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def _located(own: str, told: Iterable[tuple[str, int, str]]) -> str:
    """The script's own lines first, then those of what it includes."""
    ordered = sorted(told, key=lambda each: (each[0] != own, each))
    return "\n".join(f"{file}: 第 {line} 行: {text}" for file, line, text in ordered)
