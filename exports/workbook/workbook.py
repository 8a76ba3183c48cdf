"""Workbooks that look made by a careful person, sheet by sheet: tables, small tables with charts beside them.

The only writer of workbooks; what they hold is decided in ``exports.workbook.results``, how a cell looks in
``exports.workbook.cells``, how a chart does in ``exports.workbook.charts``.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exports.sanitize import cell_text
from exports.workbook.archive import write_archive
from exports.workbook.cells import (
    FILLS,
    LINE,
    SECTION_FONT,
    TITLE_FONT,
    Look,
    Wardrobe,
    put,
    put_heading,
)
from exports.workbook.charts import ROWS_OF_CHART, Chart, place_chart
from exports.workbook.entries import ColumnSpec, Entry
from exports.workbook.files import WrittenWorkbook, is_open_elsewhere, save_workbook
from exports.workbook.sizes import display_width, row_height, table_sizes
from exports.workbook.table_rows import TableRows, table_rows

__all__ = [
    "FILLS",
    "ColumnSpec",
    "Entry",
    "Section",
    "WorkbookWriter",
    "WrittenWorkbook",
    "display_width",
    "is_open_elsewhere",
]

_CHOICES_SHEET = "选项"
_LONGEST_FORMULA = 255
"""Characters that a list of choices may have within a validation."""
_LONGEST_PROMPT = 250


@dataclass(frozen=True)
class Section:
    """One small table of a sheet that holds several."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Entry]]
    last_spans: int = 1
    """Columns of the sheet that the last column of the table takes."""
    chart: Chart | None = None
    """Drawn at the right of the tables."""
    footnote: str = ""
    is_prose: bool = False
    """Sentences stand at the left and may take several lines; figures stand in the middle."""


class WorkbookWriter:
    """A workbook being made, sheet by sheet."""

    def __init__(self) -> None:
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._book.properties.creator = "问候"
        self._looks = Wardrobe()
        self._tables: dict[str, TableRows] = {}
        """By sheet."""

    def add_table(
        self,
        title: str,
        columns: Sequence[ColumnSpec],
        rows: Sequence[Sequence[Entry]],
        *,
        frozen_columns: int = 1,
    ) -> None:
        """A sheet with a frozen, filtered header and one line for each of ``rows``."""
        sheet = self._book.create_sheet(title)
        for index, column in enumerate(columns, 1):
            put_heading(sheet, 1, index, column.title, is_marked=column.is_marked)
        sheet.row_dimensions[1].height = 36
        sizes = table_sizes(columns, rows)
        for index, width in enumerate(sizes.widths, 1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        self._tables[sheet.title] = table_rows(
            columns, rows, sizes.heights, functools.partial(self._number_of, sheet)
        )
        sheet.freeze_panes = f"{get_column_letter(frozen_columns + 1)}2"
        last = get_column_letter(len(columns))
        sheet.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
        if rows:
            self._help_to_fill_in(sheet, columns, len(rows))
        sheet.print_title_rows = "1:1"
        printed = sum(1 for _ in itertools.takewhile(lambda column: column.is_printed, columns))
        sheet.print_area = f"A1:{get_column_letter(printed)}{len(rows) + 1}"
        _set_up_printing(sheet, is_landscape=True)

    def add_sections(
        self,
        title: str,
        heading: str,
        sections: Sequence[Section],
        *,
        widths: Sequence[float] = (28,),
        is_landscape: bool = False,
    ) -> None:
        """A sheet with small tables, one below the other, and charts at their right."""
        sheet = self._book.create_sheet(title)
        sheet.sheet_view.showGridLines = False
        sheet.cell(1, 1, cell_text(heading)).font = TITLE_FONT
        sheet.row_dimensions[1].height = 28
        gap = 1 + max((_columns_of(section) for section in sections), default=1)
        for index in range(1, gap + 1):
            width = widths[index - 1] if index <= len(widths) else 11.5
            sheet.column_dimensions[get_column_letter(index)].width = width if index < gap else 3
        row = chart_row = 3
        for section in sections:
            top = row
            row = _put_section(sheet, row, section, self._looks) + 2
            if section.chart is not None and section.rows:
                corner = f"{get_column_letter(gap + 1)}{chart_row}"
                place_chart(sheet, section.chart, top, corner, len(section.rows))
                chart_row += ROWS_OF_CHART
        _set_up_printing(sheet, is_landscape=is_landscape)

    def add_hidden(self, title: str, rows: Sequence[Sequence[str | int]]) -> None:
        """A sheet that nobody sees and that comes back with the workbook."""
        sheet = self._book.create_sheet(title)
        sheet.sheet_state = "veryHidden"
        for row in rows:
            sheet.append(row)

    def save(self, path: Path) -> WrittenWorkbook:
        """Write it so that whoever opens ``path`` finds the old one or the new one, never half of one.

        Raises:
            ExportError: ``disk_full`` or ``export_folder``.
        """
        return save_workbook(functools.partial(write_archive, self._book, self._tables), path)

    def _number_of(self, sheet: Worksheet, look: Look) -> int:
        return self._looks.number(look, sheet)

    # --- what helps people to fill a table in ---------------------------------------------------------

    def _help_to_fill_in(self, sheet: Worksheet, columns: Sequence[ColumnSpec], rows: int) -> None:
        for index, column in enumerate(columns, 1):
            letter = get_column_letter(index)
            cells = f"{letter}2:{letter}{rows + 1}"
            if column.choices or column.prompt:
                sheet.add_data_validation(self._validation(column, cells))
            for text, tone in column.tones.items():
                fill, colour = FILLS[tone]
                rule = CellIsRule("equal", formula=[f'"{text}"'], fill=_solid(fill), font=Font(color=colour))
                sheet.conditional_formatting.add(cells, rule)

    def _validation(self, column: ColumnSpec, cells: str) -> DataValidation:
        if column.choices:
            validation = DataValidation("list", formula1=self._choices(column.choices), allow_blank=True)
            validation.showErrorMessage = column.is_strict
            validation.errorTitle, validation.error = column.title[:32], "请从下拉列表里选。"
        else:
            validation = DataValidation(allow_blank=True)
        if column.prompt:
            validation.showInputMessage = True
            validation.promptTitle = column.title[:32]
            validation.prompt = column.prompt[:_LONGEST_PROMPT]
        validation.add(cells)
        return validation

    def _choices(self, choices: tuple[str, ...]) -> str:
        """As text within the validation; what is too long for that, or has commas, in a hidden sheet."""
        listed = ",".join(choices)
        if len(listed) <= _LONGEST_FORMULA - 2 and not any(c in text for text in choices for c in ',"'):
            return f'"{listed}"'
        if _CHOICES_SHEET not in self._book.sheetnames:
            self.add_hidden(_CHOICES_SHEET, [])
        sheet = self._book[_CHOICES_SHEET]
        column = sheet.max_column + 1
        for row, text in enumerate(choices, 1):
            cell = sheet.cell(row, column, cell_text(text))
            cell.data_type = "s"
        letter = get_column_letter(column)
        return f"{quote_sheetname(_CHOICES_SHEET)}!${letter}$1:${letter}${len(choices)}"


def _solid(fill: PatternFill) -> PatternFill:
    """Conditional formats take the colour of a solid fill from its background."""
    return PatternFill("solid", bgColor=fill.fgColor.rgb)


def _columns_of(section: Section) -> int:
    return len(section.headings) - 1 + section.last_spans


def _put_section(sheet: Worksheet, row: int, section: Section, looks: Wardrobe) -> int:
    """Write a small table from ``row`` on; returns its last row."""
    sheet.cell(row, 1, section.title).font = SECTION_FONT
    for index, heading in enumerate(section.headings, 1):
        put_heading(sheet, row + 1, index, heading)
    for number, entries in enumerate(section.rows, row + 2):
        for index, entry in enumerate(entries, 1):
            is_centred = index > 1 and section.last_spans == 1 and not section.is_prose
            put(sheet, number, index, entry, looks, is_centred=is_centred)
    last = row + 1 + len(section.rows)
    for number in range(row, last + 1):
        sheet.row_dimensions[number].height = 21
        if section.is_prose and number > row + 1:
            entries = section.rows[number - row - 2]
            sheet.row_dimensions[number].height = max(21, row_height(entries, _widths(sheet, section)))
        if section.last_spans > 1 and number > row:
            _widen_last(sheet, number, len(section.headings), section.last_spans)
    if not section.footnote:
        return last
    put(sheet, last + 1, 1, Entry(section.footnote), looks, is_wrapped=False, is_lined=False)
    return last + 1


def _widths(sheet: Worksheet, section: Section) -> list[float]:
    """Of a table's columns; the last one spans several of the sheet."""
    widths = [sheet.column_dimensions[get_column_letter(i + 1)].width for i in range(_columns_of(section))]
    last = len(section.headings) - 1
    return [*widths[:last], sum(widths[last:])]


def _widen_last(sheet: Worksheet, row: int, column: int, spans: int) -> None:
    for index in range(column + 1, column + spans):
        sheet.cell(row, index).border = LINE
    sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + spans - 1)


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
