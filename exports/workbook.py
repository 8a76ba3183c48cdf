"""Sheets that look made by a careful person: fonts, fills, widths, print setup.

The only writer of workbooks; what they hold is decided in ``exports.results``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import math
import os
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from campaign.errors import ExportError
from exports.columns import CellValue
from exports.sanitize import cell_text

FONT = "微软雅黑"
_HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
_LINE = Border(*(Side("thin", color="D0D7DE") for _ in range(4)))
_HEADER_FONT = Font(name=FONT, size=10.5, bold=True, color="1F3864")
_SECTION_FONT = Font(name=FONT, size=12, bold=True, color="1F3864")
_LINK_FONT = Font(name=FONT, size=10, color="0563C1", underline="single")
_TITLE_FONT = Font(name=FONT, size=14, bold=True, color="1F3864")

FILLS = {
    "red": (PatternFill("solid", fgColor="FFC7CE"), "9C0006"),
    "yellow": (PatternFill("solid", fgColor="FFEB9C"), "7F6000"),
    "green": (PatternFill("solid", fgColor="C6EFCE"), "006100"),
    "grey": (PatternFill("solid", fgColor="EDEDED"), "595959"),
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


@dataclass(frozen=True)
class Section:
    """One small table of a sheet that holds several."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Entry]]
    last_spans: int = 1
    """Columns of the sheet that the last column of the table takes."""


class WorkbookWriter:
    """A workbook being made, sheet by sheet."""

    def __init__(self) -> None:
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._book.properties.creator = "问候"
        self._looks = _Wardrobe()

    def add_table(self, title: str, columns: Sequence[ColumnSpec], rows: Sequence[Sequence[Entry]]) -> None:
        """A sheet with a frozen, filtered header and one line for each of ``rows``."""
        sheet = self._book.create_sheet(title)
        for index, column in enumerate(columns, 1):
            _put_heading(sheet, 1, index, column.title)
        sheet.row_dimensions[1].height = 36
        for number, row in enumerate(rows, 2):
            for index, (entry, column) in enumerate(zip(row, columns, strict=True), 1):
                horizontal = "center" if column.is_centred else None
                _put(sheet, number, index, entry, self._looks, horizontal, is_wrapped=column.is_wrapped)
        _set_widths(sheet, columns, rows)
        _set_heights(sheet, columns, rows)
        sheet.freeze_panes = "B2"
        last = get_column_letter(len(columns))
        sheet.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
        _offer_choices(sheet, columns, len(rows))
        sheet.print_title_rows = "1:1"
        printed = sum(1 for _ in itertools.takewhile(lambda column: column.is_printed, columns))
        sheet.print_area = f"A1:{get_column_letter(printed)}{len(rows) + 1}"
        _set_up_printing(sheet, is_landscape=True)

    def add_sections(self, title: str, heading: str, sections: Sequence[Section]) -> None:
        """A sheet with small tables, one below the other."""
        sheet = self._book.create_sheet(title)
        sheet.sheet_view.showGridLines = False
        sheet.cell(1, 1, cell_text(heading)).font = _TITLE_FONT
        sheet.row_dimensions[1].height = 28
        row = 3
        for section in sections:
            row = _put_section(sheet, row, section, self._looks) + 2
        for index in range(1, 1 + max((len(section.headings) for section in sections), default=1)):
            sheet.column_dimensions[get_column_letter(index)].width = 28 if index == 1 else 13
        _set_up_printing(sheet, is_landscape=False)

    def save(self, path: Path) -> WrittenWorkbook:
        """Write it so that whoever opens ``path`` finds the old one or the new one, never half of one.

        Where ``path`` is open in a spreadsheet program, a numbered sibling is written instead: 结果(2).xlsx.

        Raises:
            ExportError: ``disk_full`` or ``export_folder``.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with _private_file_beside(path) as temporary:
                _write(self._book, temporary)
                target = _replace_first_free(temporary, path)
            _flush_folder(path.parent)
        except OSError as error:
            raise _export_error(path, error) from error
        if target == path:
            return WrittenWorkbook(path)
        told = f"{path.name} 正开着，新的结果写到了 {target.name}。关闭它以后，下次会写回原处。"
        return WrittenWorkbook(target, told)


def _offer_choices(sheet: Worksheet, columns: Sequence[ColumnSpec], rows: int) -> None:
    for index, column in enumerate(columns, 1):
        if column.choices and rows:
            validation = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            validation.errorTitle, validation.error = column.title, "请从下拉列表里选。"
            letter = get_column_letter(index)
            validation.add(f"{letter}2:{letter}{rows + 1}")
            sheet.add_data_validation(validation)


def _put_section(sheet: Worksheet, row: int, section: Section, looks: _Wardrobe) -> int:
    """Write a small table from ``row`` on; returns its last row."""
    sheet.cell(row, 1, section.title).font = _SECTION_FONT
    for index, heading in enumerate(section.headings, 1):
        _put_heading(sheet, row + 1, index, heading)
    for number, entries in enumerate(section.rows, row + 2):
        for index, entry in enumerate(entries, 1):
            is_centred = index > 1 and section.last_spans == 1
            _put(sheet, number, index, entry, looks, "center" if is_centred else None)
    last = row + 1 + len(section.rows)
    for number in range(row, last + 1):
        sheet.row_dimensions[number].height = 21
        if section.last_spans > 1 and number > row:
            _widen_last(sheet, number, len(section.headings), section.last_spans)
    return last


def _widen_last(sheet: Worksheet, row: int, column: int, spans: int) -> None:
    for index in range(column + 1, column + spans):
        sheet.cell(row, index).border = _LINE
    sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + spans - 1)


def _put_heading(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column, cell_text(text))
    cell.data_type = "s"
    cell.font = _HEADER_FONT
    cell.fill = _HEADER_FILL
    cell.border = _LINE
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(frozen=True)
class _Look:
    """All that decides how a cell looks; few are different, so each is made once for a workbook."""

    tone: str
    is_bold: bool
    is_link: bool
    horizontal: str | None
    is_wrapped: bool
    number_format: str

    def put_on(self, cell: Cell) -> None:
        fill, colour = FILLS.get(self.tone, (None, None))
        if fill is not None:
            cell.fill = fill
        cell.font = _LINK_FONT if self.is_link else Font(name=FONT, size=10, bold=self.is_bold, color=colour)
        indent = 0 if self.horizontal == "center" else 1
        cell.alignment = Alignment(
            self.horizontal or "left", "center", wrap_text=self.is_wrapped, indent=indent
        )
        cell.border = _LINE
        cell.number_format = self.number_format


class _Wardrobe:
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


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    entry: Entry,
    looks: _Wardrobe,
    horizontal: str | None,
    *,
    is_wrapped: bool = True,
) -> None:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    _set_value(cell, entry.value)
    number_format = entry.number_format or _default_format(entry.value)
    looks.dress(
        cell, _Look(entry.tone, entry.is_bold, bool(entry.link), horizontal, is_wrapped, number_format)
    )
    if entry.link:
        cell.hyperlink = entry.link
    if entry.note:
        cell.comment = _comment(entry.note)


def _set_value(cell: Cell, value: CellValue) -> None:
    if isinstance(value, str):
        value = cell_text(value) or None
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl takes any text that begins with = for a formula


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
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _set_widths(sheet: Worksheet, columns: Sequence[ColumnSpec], rows: Sequence[Sequence[Entry]]) -> None:
    for index, column in enumerate(columns):
        heading = math.ceil(display_width(column.title) / 4) * 2 + _FILTER_BUTTON  # on two lines
        lines = (line for row in rows for line in _shown(row[index]).split("\n"))
        longest = max((display_width(line) for line in lines), default=0)
        wanted = max(heading, longest) * _FONT_FACTOR + _PADDING
        width = min(max(wanted, column.narrowest), column.widest)
        sheet.column_dimensions[get_column_letter(index + 1)].width = width


def _set_heights(sheet: Worksheet, columns: Sequence[ColumnSpec], rows: Sequence[Sequence[Entry]]) -> None:
    """Heights for what wraps; not every program works them out when it opens a sheet."""
    wrapped = [index for index, column in enumerate(columns) if column.is_wrapped]
    widths = {i: sheet.column_dimensions[get_column_letter(i + 1)].width - _PADDING for i in wrapped}
    for number, row in enumerate(rows, 2):
        lines = max(_lines(_shown(row[index]), width) for index, width in widths.items())
        sheet.row_dimensions[number].height = min(_HIGHEST_ROW, 7 + 14 * lines)


_FONT_FACTOR = 1.02
"""The widths of a sheet are counted in digits of its default font."""
_PADDING = 2.5
_FILTER_BUTTON = 3
_HIGHEST_ROW = 409.0
"""Points; spreadsheets know no higher rows."""


def _lines(text: str, width: float) -> int:
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


def _set_up_printing(sheet: Worksheet, *, is_landscape: bool) -> None:
    setup = sheet.page_setup
    setup.orientation = "landscape" if is_landscape else "portrait"
    setup.paperSize = Worksheet.PAPERSIZE_A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.6, 0.8, 0.4
    footer = sheet.oddFooter
    footer.left.text, footer.center.text = "&A", "第 &P 页，共 &N 页"
    footer.right.text = "含个人信息，请妥善保管"


# --- to disk ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WrittenWorkbook:
    """Where a workbook went."""

    path: Path
    notice: str = ""
    """Chinese sentence when it is not where it was wanted, else empty."""


@contextlib.contextmanager
def _private_file_beside(path: Path) -> Iterator[Path]:
    """A temporary file in the same folder, mode 0600; gone afterwards if nobody moved it."""
    descriptor, name = tempfile.mkstemp(".tmp", f".{path.stem}.", path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _write(book: Workbook, path: Path) -> None:
    with path.open("wb") as file:
        book.save(file)
        file.flush()
        os.fsync(file.fileno())


def _replace_first_free(temporary: Path, path: Path) -> Path:
    for candidate in _names(path):
        if is_open_elsewhere(candidate):
            continue
        try:
            temporary.replace(candidate)
        except PermissionError:  # Windows: somebody has it open
            if candidate.exists():
                continue
            raise
        return candidate
    raise PermissionError(13, "所有候选文件名都被占用", str(path))


_MOST_SIBLINGS = 20


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in range(2, _MOST_SIBLINGS):
        yield path.with_name(f"{path.stem}({number}){path.suffix}")


def is_open_elsewhere(path: Path) -> bool:
    """Whether LibreOffice or Excel left its lock file beside the workbook."""
    return any(path.with_name(name).exists() for name in (f".~lock.{path.name}#", f"~${path.name}"))


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_DISK_FULL = 28
_QUOTA = 122


def _export_error(path: Path, error: OSError) -> ExportError:
    if error.errno in (_DISK_FULL, _QUOTA):
        return ExportError(
            "disk_full",
            f"磁盘已满，写不了 {path.name}。通话结果都在数据库里，请腾出空间后运行 wenhou export。",
        )
    return ExportError(
        "export_folder",
        f"不能在 {path.parent} 里写 {path.name}（{error.strerror}）。通话结果都在数据库里，"
        "请检查文件夹的权限，再运行 wenhou export。",
    )
