"""Workbooks of today (.xlsx, .xlsm, .xlsb, .ods) into sheets.

calamine reads a hundred thousand rows in a second but lays every sheet out as one block of memory, so what it
would be given is measured first (``package``); what is too wide for it, or more than it can read, openpyxl
reads row by row.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from campaign.errors import ListError
from campaign.lists.package import Package, SheetScan, open_package
from campaign.lists.sheet import Sheet, sheet_of
from campaign.lists.trouble import broken, too_big

_MOST_CELLS = 6_000_000
"""Of one sheet, filled or not, that calamine may lay out: at 32 bytes each, 200 MB."""
_MOST_ROWS_SLOWLY = 200_000
_MOST_COLUMNS_SLOWLY = 256


def workbook_sheets(path: Path, data: bytes) -> list[Sheet]:
    """All worksheets of a workbook.

    Raises:
        ListError: ``list_broken``, ``list_too_big``, ``list_encrypted`` or ``list_unknown_format``.
    """
    package = open_package(path, data)
    try:
        return list(_quickly(package, data))
    except ListError:
        raise
    except BaseException as error:  # a panic of the Rust side is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        if not package.is_xlsx:
            raise broken(package.path) from error
    return _slowly(package, data)


class _TooWide(Exception):
    """A sheet that must be read row by row."""


def _quickly(package: Package, data: bytes) -> Iterator[Sheet]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for metadata in book.sheets_metadata:
            if metadata.typ is not SheetTypeEnum.WorkSheet:
                continue
            scan = package.scan(metadata.name)
            if scan.cells > _MOST_CELLS:
                raise _TooWide
            is_hidden = metadata.visible is not SheetVisibleEnum.Visible
            yield _sheet(book.get_sheet_by_name(metadata.name), scan, is_hidden=is_hidden)


def _sheet(sheet: CalamineSheet, scan: SheetScan, *, is_hidden: bool) -> Sheet:
    left = sheet.start[1] if sheet.start else 0
    padding = [""] * left
    rows = ([*padding, *row] if left else row for row in sheet.iter_rows())
    areas = ((top, bottom, first, last) for (top, first), (bottom, last) in sheet.merged_cell_ranges or ())
    return sheet_of(
        sheet.name, rows, areas, hidden_rows=scan.hidden_rows, struck=scan.struck, is_hidden=is_hidden
    )


# --- row by row ---------------------------------------------------------------------------------------


def _slowly(package: Package, data: bytes) -> list[Sheet]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations that openpyxl does not know
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, read_only=True)
            return [_slow_sheet(package, sheet) for sheet in book.worksheets]
    except ListError:
        raise
    except Exception as error:  # openpyxl raises anything at all on a malformed package
        raise broken(package.path) from error


def _slow_sheet(package: Package, sheet: Any) -> Sheet:
    sheet.reset_dimensions()  # many programs write a wrong one
    scan = package.scan(sheet.title)
    rows: list[Sequence[Any]] = []
    for row in sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS_SLOWLY, max_row=scan.last_row or None):
        rows.append(() if row.count(None) == len(row) else row)  # a million of them before a cell far off
        if len(rows) > _MOST_ROWS_SLOWLY and rows[-1]:
            raise too_big(package.path)
    return sheet_of(
        sheet.title,
        rows,
        scan.merged_areas,
        hidden_rows=scan.hidden_rows,
        struck=scan.struck,
        is_hidden=sheet.sheet_state != "visible",
    )
