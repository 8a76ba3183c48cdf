"""Cells that look made by a careful person: fonts, fills, borders, widths, heights. One cell at a time."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.sanitize import cell_text
from exports.workbook.columns import CellValue

FONT = "微软雅黑"
_HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
_MARKED_FILL = PatternFill("solid", fgColor="375623")
LINE = Border(*(Side("thin", color="D0D7DE") for _ in range(4)))
_HEADER_FONT = Font(name=FONT, size=10.5, bold=True, color="1F3864")
_MARKED_FONT = Font(name=FONT, size=10.5, bold=True, color="FFFFFF")
SECTION_FONT = Font(name=FONT, size=12, bold=True, color="1F3864")
_LINK_FONT = Font(name=FONT, size=10, color="0563C1", underline="single")
TITLE_FONT = Font(name=FONT, size=14, bold=True, color="1F3864")

FILLS = {
    "red": (PatternFill("solid", fgColor="FFC7CE"), "9C0006"),
    "yellow": (PatternFill("solid", fgColor="FFEB9C"), "7F6000"),
    "green": (PatternFill("solid", fgColor="C6EFCE"), "006100"),
    "grey": (PatternFill("solid", fgColor="EDEDED"), "595959"),
    "manual": (PatternFill("solid", fgColor="E4DFEC"), "5F3B8C"),
}
"""Fill and text colour by tone; dark text on a light ground stays readable on a black-and-white print."""

DATE_FORMAT = "yyyy-mm-dd"
TIME_FORMAT = "yyyy-mm-dd hh:mm"


@dataclass(frozen=True)
class Entry:
    """What one cell shows."""

    value: CellValue = ""
    tone: str = ""
    """Key of ``FILLS``."""
    link: str = ""
    note: str = ""
    """Comment that pops up at the cell."""
    number_format: str = ""
    is_bold: bool = False


@dataclass(frozen=True)
class ColumnSpec:
    """A column of a table."""

    title: str
    is_centred: bool = False
    narrowest: float = 6.0
    """Characters of half width."""
    widest: float = 40.0
    """Longer text is wrapped."""
    is_wrapped: bool = True
    """False: longer text is cut off at the cell's edge and read in the formula bar."""
    is_printed: bool = True
    """False: not on paper, nor is any column after it."""
    choices: tuple[str, ...] = ()
    """What may be chosen in a cell, as a drop-down list; empty: anything may be typed."""
    is_strict: bool = True
    """False: what is not among ``choices`` may be typed too."""
    is_marked: bool = False
    """Whether people may change what stands in it; its heading looks different."""
    prompt: str = ""
    """Shown at a cell that somebody goes to: what may be written."""
    tones: Mapping[str, str] = field(default_factory=dict)
    """Text to key of ``FILLS``: the colour follows when somebody changes the cell."""


def put_heading(sheet: Worksheet, row: int, column: int, text: str, *, is_marked: bool = False) -> None:
    cell = sheet.cell(row, column, cell_text(text))
    cell.data_type = "s"
    cell.font = _MARKED_FONT if is_marked else _HEADER_FONT
    cell.fill = _MARKED_FILL if is_marked else _HEADER_FILL
    cell.border = LINE
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


class _Look(NamedTuple):
    """All that decides how a cell looks; few are different, so each is made once for a workbook."""

    tone: str
    is_bold: bool
    is_link: bool
    horizontal: str | None
    is_wrapped: bool
    number_format: str
    is_lined: bool = True

    def put_on(self, cell: Cell) -> None:
        fill, colour = FILLS.get(self.tone, (None, None))
        if fill is not None:
            cell.fill = fill
        cell.font = _LINK_FONT if self.is_link else Font(name=FONT, size=10, bold=self.is_bold, color=colour)
        indent = 0 if self.horizontal == "center" else 1
        cell.alignment = Alignment(
            self.horizontal or "left", "center", wrap_text=self.is_wrapped, indent=indent
        )
        if self.is_lined:
            cell.border = LINE
        cell.number_format = self.number_format


class Wardrobe:
    """Looks of one workbook. Making the same one for each cell takes nine tenths of the writing."""

    def __init__(self) -> None:
        self._dressed: dict[_Look, Cell] = {}

    def dress(self, cell: Cell, look: _Look) -> None:
        """After the value: openpyxl changes the number format of a cell that gets a date."""
        model = self._dressed.get(look)
        if model is None:
            look.put_on(cell)
            self._dressed[look] = cell
        else:
            cell._style = model._style


def put(
    sheet: Worksheet,
    row: int,
    column: int,
    entry: Entry,
    looks: Wardrobe,
    horizontal: str | None,
    *,
    is_wrapped: bool = True,
    is_lined: bool = True,
) -> None:
    # ``sheet.cell`` looks up and checks what is known here; for a large table that is a third of the work.
    cell = Cell(sheet, row=row, column=column)
    sheet._cells[row, column] = cell
    _set_value(cell, entry.value)
    number_format = entry.number_format or _default_format(entry.value)
    looks.dress(
        cell,
        _Look(entry.tone, entry.is_bold, bool(entry.link), horizontal, is_wrapped, number_format, is_lined),
    )
    if entry.link:
        cell.hyperlink = entry.link
    if entry.note:
        cell.comment = _comment(entry.note)


def _set_value(cell: Cell, value: CellValue) -> None:
    if isinstance(value, str):
        # Never through ``cell.value``: openpyxl takes any text that begins with = for a formula.
        text = cell_text(value)
        cell._value, cell.data_type = (text, "s") if text else (None, "n")
    elif value is not None:
        cell.value = value


def _default_format(value: CellValue) -> str:
    match value:
        case str():
            return "@"
        case dt.datetime():
            return TIME_FORMAT
        case dt.date():
            return DATE_FORMAT
    return "General"


def _comment(text: str) -> Comment:
    comment = Comment(cell_text(text), "问候")
    lines = text.splitlines() or [""]
    comment.width = min(420, 40 + 8 * max(display_width(line) for line in lines))
    comment.height = 24 + 20 * sum(1 + display_width(line) // 48 for line in lines)
    return comment


# --- sizes --------------------------------------------------------------------------------------------


def display_width(text: str) -> int:
    """Columns that a text takes: Chinese characters and full-width punctuation take two."""
    return len(text) if text.isascii() else _wide_width(text)


@lru_cache(maxsize=4096)
def _wide_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def set_widths(sheet: Worksheet, columns: Sequence[ColumnSpec], rows: Sequence[Sequence[Entry]]) -> None:
    for index, column in enumerate(columns):
        heading = math.ceil(display_width(column.title) / 4) * 2 + _FILTER_BUTTON  # on two lines
        lines = (line for row in rows for line in _shown(row[index]).split("\n"))
        longest = max((display_width(line) for line in lines), default=0)
        wanted = max(heading, longest) * _FONT_FACTOR + _PADDING
        width = min(max(wanted, column.narrowest), column.widest)
        sheet.column_dimensions[get_column_letter(index + 1)].width = width


def set_heights(sheet: Worksheet, columns: Sequence[ColumnSpec], rows: Sequence[Sequence[Entry]]) -> None:
    """Heights for what wraps; not every program works them out when it opens a sheet."""
    wrapped = [index for index, column in enumerate(columns) if column.is_wrapped]
    widths = {i: sheet.column_dimensions[get_column_letter(i + 1)].width - _PADDING for i in wrapped}
    for number, row in enumerate(rows, 2):
        lines = max(_lines(_shown(row[index]), width) for index, width in widths.items())
        sheet.row_dimensions[number].height = min(_HIGHEST_ROW, 7 + 14 * lines)


def height_of(sheet: Worksheet, entries: Sequence[Entry], last_spans: int) -> float:
    """Points that a row of sentences takes; its last cell spans so many columns."""
    highest = 1
    for index, entry in enumerate(entries, 1):
        spans = last_spans if index == len(entries) else 1
        letters = [get_column_letter(index + more) for more in range(spans)]
        width = sum(sheet.column_dimensions[letter].width for letter in letters) - _PADDING
        highest = max(highest, _lines(_shown(entry), width))
    return 7 + 14 * highest


_FONT_FACTOR = 1.02
"""The widths of a sheet are counted in digits of its default font."""
_PADDING = 2.5
_FILTER_BUTTON = 3
_HIGHEST_ROW = 409.0
"""Points; spreadsheets know no higher rows."""


def _lines(text: str, width: float) -> int:
    if not text:
        return 1
    return sum(max(1, math.ceil(display_width(part) * _FONT_FACTOR / width)) for part in text.split("\n"))


def _shown(entry: Entry) -> str:
    """About what the program will show, to measure it."""
    match entry.value:
        case None:
            return ""
        case dt.datetime() | dt.date():
            return entry.number_format or _default_format(entry.value)
        case float() | int():
            return f"{entry.value:.1f}" if "." in entry.number_format else str(round(entry.value))
    return str(entry.value)
