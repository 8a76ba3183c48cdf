"""What the user says about columns: ``--columns 姓名=住户 电话=手机2``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from campaign.errors import ListError
from campaign.lists.columns import COLUMNS, LABELS, Column, plain_heading


@dataclass(frozen=True)
class ColumnChoice:
    """Headings by meaning. A meaning that is not named here is found as ever."""

    headings: Mapping[Column, tuple[str, ...]] = field(default_factory=dict)
    """Headings, or columns as C or 第3列; an empty tuple: the list has no such column."""

    def __bool__(self) -> bool:
        return bool(self.headings)

    @property
    def words(self) -> str:
        """姓名=住户 电话=手机2"""
        return " ".join(f"{LABELS[column]}={'、'.join(named)}" for column, named in self.headings.items())

    def column_at(self, index: int, heading: str) -> Column | None:
        """What the user says that a column is; None where nothing was said of it."""
        for column, named in self.headings.items():
            if any(_is_named(name, index, heading) for name in named):
                return column
        return None

    def missing(self, headings: Sequence[str]) -> list[str]:
        """Names that no column of a table has."""
        wanted = [name for named in self.headings.values() for name in named]
        return [
            name for name in wanted if not any(_is_named(name, i, text) for i, text in enumerate(headings))
        ]


NO_CHOICE = ColumnChoice()


def _is_named(name: str, index: int, heading: str) -> bool:
    if heading and plain_heading(name) == plain_heading(heading):
        return True
    if number := re.fullmatch(r"第\s*(\d{1,3})\s*列", name):
        return int(number[1]) == index + 1
    if re.fullmatch(r"[A-Za-z]{1,2}", name):
        return column_letters(index) == name.upper()
    return False


def column_letters(index: int) -> str:
    """A column as spreadsheets call it: 0 -> A, 26 -> AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_choice(words: Sequence[str]) -> ColumnChoice:
    """Read what follows ``--columns``.

    Raises:
        ListError: ``list_columns``: not of the form, or a meaning that there is not.
    """
    headings: dict[Column, tuple[str, ...]] = {}
    for word in words:
        name, mark, value = word.replace("＝", "=").partition("=")
        if not mark:
            raise ListError(
                "list_columns", f"“{word}”要写成 姓名=住户 这样：等号左边是意思，右边是名单里的列名。"
            )
        column = _column(name.strip())
        named = tuple(part.strip() for part in re.split("[,，、]", value) if part.strip())
        headings[column] = headings.get(column, ()) + named
    return ColumnChoice(headings)


def _column(name: str) -> Column:
    plain = plain_heading(name)
    exact = next((column for column, label in LABELS.items() if label == name), None)
    found = exact or next((column for column, names in COLUMNS.items() if plain in names), None)
    if found is not None:
        return found
    near = difflib.get_close_matches(name, LABELS.values(), 1, 0.3)
    hint = f"（是不是 {near[0]}？）" if near else ""
    raise ListError("list_columns", f"不知道“{name}”是什么列{hint}，可以写 {'、'.join(LABELS.values())}。")


def missing_error(file: str, missing: Sequence[str], headings: Sequence[str]) -> ListError:
    """For a column that was named but is not there."""
    known = [text for text in dict.fromkeys(headings) if text]
    near = difflib.get_close_matches(missing[0], known, 1, 0.4)
    hint = f"（是不是“{near[0]}”？）" if near else ""
    shown = f"它的列名是：{'、'.join(text[:12] for text in known[:20])}。" if known else ""
    return ListError(
        "list_columns", f"{file} 里没有叫“{missing[0]}”的列{hint}。{shown}也可以写第几列，如 电话=第3列。"
    )
