"""Scripts with a mistake in them, and what ``wenhou script check`` prints about it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from dialogs.authoring.advice import Surroundings
from dialogs.authoring.check_command import check_scripts

GOOD = (Path(__file__).parent / "dialogs_data" / "small_script.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Found:
    file: str
    line: int
    is_error: bool
    text: str


def findings(*files: Path, around: Surroundings | None = None) -> tuple[int, list[Found]]:
    """Exit code and what is printed, line by line."""
    code, text = told(*files, around=around)
    pattern = re.compile(r"(?:(.+?): )??(?:第 (\d+) 行: )?(错误|警告): (.+)")
    matches = (pattern.fullmatch(line) for line in text.splitlines())
    return code, [Found(m[1] or "", int(m[2] or 0), m[3] == "错误", m[4]) for m in matches if m]


def told(*files: Path | str, around: Surroundings | None = None) -> tuple[int, str]:
    screen = io.StringIO()
    code = check_scripts(Console(file=screen, width=60), files, around)
    return code, screen.getvalue()


def script_file(folder: Path, text: str = GOOD, name: str = "mine.yaml") -> Path:
    """A script with tests beside it."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    file.with_suffix(".tests.yaml").touch()
    return file


def changed(old: str, new: str, text: str = GOOD) -> str:
    """The script with one mistake; ``old`` must be in it."""
    assert old in text, old
    return text.replace(old, new, 1)


def line_of(text: str, at: str) -> int:
    """The first line with that part; ``ask_travel: > next:`` is the first ``next:`` after ``ask_travel:``."""
    lines, number = text.splitlines(), 0
    for part in at.split(" > "):
        number = next(n for n in range(number + 1, len(lines) + 1) if part in lines[n - 1])
    return number
