"""Workbooks of Excel 97-2003 (.xls, also WPS's .et) into sheets."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlrd

from campaign.errors import ListError
from campaign.lists.sheet import Place, Sheet, number_text, sheet_of
from campaign.lists.trouble import broken, encrypted


def old_workbook_sheets(path: Path, data: bytes) -> list[Sheet]:
    """All worksheets of a workbook.

    Raises:
        ListError: ``list_broken`` or ``list_encrypted``.
    """
    try:
        with open(os.devnull, "w") as nowhere, io.BytesIO(data) as file:
            book = xlrd.open_workbook(file_contents=file.read(), formatting_info=True, logfile=nowhere)
            return [_sheet(book, sheet) for sheet in book.sheets()]
    except xlrd.XLRDError as error:
        is_locked = "encrypted" in str(error).lower() or "password" in str(error).lower()
        raise encrypted(path) if is_locked else broken(path) from error
    except ListError:
        raise
    except Exception as error:  # xlrd raises anything at all on a malformed file
        raise broken(path) from error


def _sheet(book: Any, sheet: Any) -> Sheet:
    areas = ((top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells)
    hidden = (row for row, told in sheet.rowinfo_map.items() if told.hidden)
    return sheet_of(
        sheet.name,
        (_row(book, sheet, row) for row in range(sheet.nrows)),
        areas,
        hidden_rows=hidden,
        struck=_struck(book, sheet),
        is_hidden=sheet.visibility != 0,
    )


def _row(book: Any, sheet: Any, row: int) -> Sequence[Any]:
    return [_value(book, cell) for cell in sheet.row(row)]


def _value(book: Any, cell: Any) -> Any:
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER:
            return number_text(cell.value, _number_format(book, cell))
        case xlrd.XL_CELL_DATE:
            return _date(book, cell.value)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_TEXT:
            return cell.value
    return None


def _number_format(book: Any, cell: Any) -> str:
    key = book.xf_list[cell.xf_index].format_key
    return str(book.format_map[key].format_str) if key in book.format_map else ""


def _date(book: Any, value: float) -> Any:
    try:
        return xlrd.xldate_as_datetime(value, book.datemode)
    except (ValueError, OverflowError):  # a number that only looks like a day
        return value


def _struck(book: Any, sheet: Any) -> Iterator[Place]:
    fonts = {number for number, font in enumerate(book.font_list) if font.struck_out}
    styles = {number for number, style in enumerate(book.xf_list) if style.font_index in fonts}
    if not styles:
        return
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            if sheet.cell_xf_index(row, column) in styles:
                yield row, column
