"""``wenhou script check | list``: the call scripts, for whoever writes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console

from campaign.errors import ScriptError
from campaign.patterns import compiled
from dialogs.authoring.advice import Surroundings, advise, tests_file
from dialogs.checks.call_length import call_length
from dialogs.checks.check import independent
from dialogs.checks.problem import Problem
from dialogs.checks.recordings import recorded_prompts
from dialogs.loading import TESTS_SUFFIX, Draft, bundled_scripts, read_draft
from dialogs.loading.include import is_shared_file
from dialogs.recordings.beside import recordings_beside
from dialogs.script import Script
from dialogs.speech.prompts import PromptError
from dialogs.speech.pyttsx3_synthesizer import Pyttsx3Synthesizer

EXIT_WITH_ERRORS = 1


def can_synthesize(voice: str = "") -> bool:
    """Whether this machine can say what has no recording; tries it, which takes a second."""
    try:
        return Pyttsx3Synthesizer(voice).synthesize("您好").size > 0
    except PromptError:
        return False


# --- check --------------------------------------------------------------------------------------------


def check_scripts(
    console: Console, names: Sequence[str | Path] = (), around: Surroundings | None = None
) -> int:
    """Tell everything that is wrong with every script; the exit code is 1 when there is an error.

    Args:
        console: Gets one line a problem: file, line, error or warning, what to do.
        names: Names of bundled scripts or files; none for all that are bundled. Files with tests of scripts
            and with shared parts are passed over.
        around: Recordings, synthesiser and speech model to check with.
    """
    around = around or Surroundings()
    given = [str(name) for name in names] or list(bundled_scripts())
    scripts = [name for name in given if not name.endswith(TESTS_SUFFIX) and not _is_shared(name)]
    errors = warnings = 0
    for name in scripts:
        for finding in sorted(_findings(name, around)):
            style = "yellow" if finding.is_warning else "red"
            console.print(str(finding), style=style, markup=False, soft_wrap=True)
            errors += not finding.is_warning
            warnings += finding.is_warning
    _conclude(console, len(scripts), errors, warnings)
    return EXIT_WITH_ERRORS if errors else 0


def _is_shared(name: str) -> bool:
    """Whether it is a file with parts for scripts; it is checked with each script that includes it."""
    file = Path(name)
    try:
        return file.is_file() and is_shared_file(file.read_bytes())
    except OSError:
        return False  # told when it is read as a script


@dataclass(frozen=True, order=True)
class _Finding:
    is_elsewhere: bool
    """Whether it is in a file that the script includes."""
    line: int
    is_warning: bool
    text: str
    file_name: str

    def __str__(self) -> str:
        kind = "警告" if self.is_warning else "错误"
        where = f"{self.file_name}: 第 {self.line} 行: " if self.line else ""
        return f"{where}{kind}: {self.text}"


def _findings(name: str, around: Surroundings) -> set[_Finding]:
    try:
        draft = read_draft(name)
    except ScriptError as error:
        return {_unreadable(name, error.message)}
    given = name if Path(name) == draft.file else draft.file.name

    def found(file: str, line: int, is_warning: bool, text: str) -> _Finding:
        is_elsewhere = file != draft.file.name
        return _Finding(is_elsewhere, line, is_warning, text, _beside(given, file) if is_elsewhere else given)

    repeated = {found(key.file, key.line, False, str(key)) for key in draft.repeated}
    return repeated | {
        found(draft.file_of(problem), draft.line_of(problem), problem.is_warning, problem.text)
        for problem in _problems(draft, around)
    }


def _beside(script: str, file: str) -> str:
    """The file as it can be opened from here, where the script was given with its folder."""
    beside = Path(script).with_name(file)
    return str(beside) if beside.is_file() else file


_LOCATED = compiled(r"(?P<file>.+?): 第 (?P<line>\d+) 行: (?P<text>.+)", re.DOTALL)


def _unreadable(name: str, message: str) -> _Finding:
    """A file that is no script at all; the message tells the line where there is one."""
    located = _LOCATED.fullmatch(message)
    if located is None:
        return _Finding(False, 0, False, message, name)
    is_elsewhere = located["file"] != Path(name).name and Path(name).is_file()
    file = _beside(name, located["file"]) if is_elsewhere else name
    return _Finding(is_elsewhere, int(located["line"]), False, located["text"], file)


def _problems(draft: Draft, around: Surroundings) -> Iterator[Problem]:
    yield from draft.form
    yield from draft.meaning
    yield from independent(advise(draft, around), draft.form, draft.lines)


def _conclude(console: Console, scripts: int, errors: int, warnings: int) -> None:
    if errors:
        told = f"共 {errors} 个错误、{warnings} 个警告。有错误的话术不能用来拨打，请先改正。"
        console.print(told, style="red", soft_wrap=True)
    elif warnings:
        told = f"没有错误，有 {warnings} 个警告。话术可以使用，最好按警告改一改。"
        console.print(told, style="yellow", soft_wrap=True)
    else:
        console.print(f"检查了 {scripts} 个话术，没有发现问题。", style="green", soft_wrap=True)


# --- list ---------------------------------------------------------------------------------------------

_Row = tuple[str, str, str, str, str, str, str]


def list_scripts(console: Console, used: str = "", folders: Sequence[Path] = ()) -> int:
    """Tell which scripts there are, what each asks and how long it takes.

    Args:
        console: Gets the table.
        used: Script of the settings, a name or a file; marked, and listed even when it is not bundled.
        folders: Folders with recordings, besides those of the bundled scripts.
    """
    names = list(dict.fromkeys([*bundled_scripts(), *([used] if used else [])]))
    rows: list[_Row] = [("话术", "标题", "版本", "问题", "通话", "录音", "测试")]
    rows += [_row(name, name == used, folders) for name in names]
    for line in _aligned(rows):
        console.print(line, soft_wrap=True, markup=False)
    return 0


def _row(name: str, is_used: bool, folders: Sequence[Path]) -> _Row:
    shown = f"{name}（拨打时使用）" if is_used else name
    try:
        draft = read_draft(name)
    except ScriptError:
        return shown, "打不开", "", "", "", "", ""
    if draft.errors or draft.repeated:
        return shown, f"有错误，请执行 wenhou script check {name}", "", "", "", "", ""
    script = draft.script
    recorded, _ = recorded_prompts(script, (*folders, *recordings_beside(draft.file, script.name)))
    length = call_length(script, recorded)
    return (
        shown,
        script.title,
        script.version,
        f"{len(script.states)} 问",
        f"约 {length.typical_seconds:.0f}～{length.longest_seconds:.0f} 秒",
        _recorded_share(script, recorded.keys()),
        "有" if tests_file(draft.file).is_file() else "没有",
    )


def _recorded_share(script: Script, recorded: Collection[str]) -> str:
    texts = {prompt.plain for prompt in script.prompts()}
    return f"{len(texts & set(recorded))}/{len(texts)} 句"


def _aligned(rows: Sequence[_Row]) -> Iterator[str]:
    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        yield "   ".join(cells).rstrip()
