"""Cells that look made by a careful person: fonts, fills, borders, alignment, comments."""

from __future__ import annotations

from typing import NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from exports.sanitize import cell_text
from exports.workbook.columns import CellValue
from exports.workbook.entries import Entry
from exports.workbook.sizes import display_width

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


class Look(NamedTuple):
    """All that decides how a cell looks; few are different, so each is made once for a workbook."""

    tone: str
    """Key of ``FILLS``."""
    is_bold: bool
    is_link: bool
    is_centred: bool
    is_wrapped: bool
    number_format: str
    is_lined: bool = True

    def put_on(self, cell: Cell) -> None:
        fill, colour = FILLS.get(self.tone, (None, None))
        if fill is not None:
            cell.fill = fill
        cell.font = _LINK_FONT if self.is_link else Font(name=FONT, size=10, bold=self.is_bold, color=colour)
        horizontal, indent = ("center", 0) if self.is_centred else ("left", 1)
        cell.alignment = Alignment(horizontal, "center", wrap_text=self.is_wrapped, indent=indent)
        if self.is_lined:
            cell.border = LINE
        cell.number_format = self.number_format


class Wardrobe:
    """Looks of one workbook. Making the same one for each cell takes nine tenths of the writing."""

    def __init__(self) -> None:
        self._dressed: dict[Look, Cell] = {}

    def dress(self, cell: Cell, look: Look) -> None:
        """After the value: openpyxl changes the number format of a cell that gets a date."""
        model = self._dressed.get(look)
        if model is None:
            look.put_on(cell)
            self._dressed[look] = cell
        else:
            cell._style = model._style

    def number(self, look: Look, sheet: Worksheet) -> int:
        """Of a look among the cell styles of the workbook that the sheet is in, as cells refer to it."""
        cell = Cell(sheet, row=1, column=1)
        self.dress(cell, look)
        return int(cell.style_id)


def put_heading(sheet: Worksheet, row: int, column: int, text: str, *, is_marked: bool = False) -> None:
    cell = sheet.cell(row, column, cell_text(text))
    cell.data_type = "s"
    cell.font = _MARKED_FONT if is_marked else _HEADER_FONT
    cell.fill = _MARKED_FILL if is_marked else _HEADER_FILL
    cell.border = LINE
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def put(
    sheet: Worksheet,
    row: int,
    column: int,
    entry: Entry,
    looks: Wardrobe,
    *,
    is_centred: bool = False,
    is_wrapped: bool = True,
    is_lined: bool = True,
) -> None:
    """One cell of a small table; ``exports.workbook.table_rows`` writes those of large ones."""
    cell = sheet.cell(row, column)
    _set_value(cell, entry.value)
    look = Look(
        entry.tone, entry.is_bold, bool(entry.link), is_centred, is_wrapped, entry.shown_format, is_lined
    )
    looks.dress(cell, look)
    if entry.link:
        cell.hyperlink = entry.link
    if entry.note:
        cell.comment = comment_of(entry.note)


def _set_value(cell: Cell, value: CellValue) -> None:
    if isinstance(value, str):
        # Never through ``cell.value``: openpyxl takes any text that begins with = for a formula.
        text = cell_text(value)
        cell._value, cell.data_type = (text, "s") if text else (None, "n")
    elif value is not None:
        cell.value = value


def comment_of(text: str) -> Comment:
    """A comment that is large enough for its text."""
    comment = Comment(cell_text(text), "问候")
    lines = text.splitlines() or [""]
    comment.width = min(420, 40 + 8 * max(display_width(line) for line in lines))
    comment.height = 24 + 20 * sum(1 + display_width(line) // 48 for line in lines)
    return comment
