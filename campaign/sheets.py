"""Spreadsheet files as grids of text: xlsx, and csv/tsv in the encodings that office programs write.

The only reader of workbooks. Whatever is wrong with a file becomes a ``ListError`` that says what to do.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from campaign.errors import ListError
from campaign.text_files import decode_text

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_MOST_BYTES = 400 * 1024 * 1024
"""Unpacked size beyond which a workbook is no resident list but a mistake (or a zip bomb)."""
_SAVE_AS = "请用 Excel 或 WPS 打开它，“另存为”选“Excel 工作簿（.xlsx）”，再导入新文件。"


@dataclass(frozen=True)
class Sheet:
    """One sheet; every row has as many cells as the widest."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    """Text of each cell, trimmed; merged cells all carry the text of the whole."""
    merged: frozenset[tuple[int, int]] = frozenset()
    """(row, column) from 0 of the cells whose text comes from the first cell of a merged area."""


def read_sheets(path: Path) -> list[Sheet]:
    """All visible sheets of a file, in its order.

    Raises:
        ListError: ``list_missing``, ``list_unreadable``, ``list_encrypted``, ``list_broken``,
            ``list_old_xls`` or ``list_unknown_format``.
    """
    data = _bytes_of(path)
    if data.startswith(_ZIP):
        return _workbook_sheets(path, data)
    if data.startswith(_OLE):
        raise _ole_error(path, data)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise _broken(path)
    if path.suffix.lower() in TEXT_SUFFIXES:
        return [_text_sheet(path, data)]
    raise _unknown_format(path, data)


def _bytes_of(path: Path) -> bytes:
    if path.name.startswith("~$"):
        real = path.name.removeprefix("~$")
        raise ListError("list_unreadable", f"{path.name} 是 Excel 的临时文件，请改用 {real}。")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ListError("list_missing", f"找不到名单 {path}。请检查文件名和所在的文件夹。") from None
    except IsADirectoryError:
        raise ListError("list_unreadable", f"{path} 是文件夹，请给出名单文件本身。") from None
    except OSError as error:
        raise ListError(
            "list_unreadable",
            f"读不了名单 {path}（{error.strerror}）。请检查文件权限，或把它复制到别处再试。",
        ) from error


def _ole_error(path: Path, data: bytes) -> ListError:
    """An OLE container holds either an encrypted xlsx or a workbook of Excel 97-2003."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ListError(
            "list_encrypted",
            f"{path.name} 设了打开密码，读不了。请用 Excel 打开它，"
            "在“文件”“信息”“保护工作簿”里去掉密码，保存后再导入。",
        )
    return ListError("list_old_xls", f"{path.name} 是旧的 .xls 格式，不能导入。{_SAVE_AS}")


def _broken(path: Path) -> ListError:
    return ListError(
        "list_broken",
        f"{path.name} 已损坏，不是完整的 Excel 文件（可能没有下载完）。请重新取得这个文件；"
        "如果 Excel 还能打开它，另存为一个新文件再导入。",
    )


def _unknown_format(path: Path, data: bytes) -> ListError:
    if path.suffix.lower() == ".xls" or b"<html" in data[:1000].lower():
        return ListError("list_old_xls", f"{path.name} 不是 .xlsx 格式，不能导入。{_SAVE_AS}")
    return ListError(
        "list_unknown_format", f"{path.name} 不是名单能用的格式，可以导入 .xlsx、.csv 和 .tsv。{_SAVE_AS}"
    )


# --- workbooks ----------------------------------------------------------------------------------------


def _workbook_sheets(path: Path, data: bytes) -> list[Sheet]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            size = sum(entry.file_size for entry in package.infolist())
    except (zipfile.BadZipFile, OSError) as error:
        raise _broken(path) from error
    if not any(name.endswith("xl/workbook.xml") for name in names):
        is_other = "mimetype" in names or any(name.startswith(("word/", "ppt/", "xl/")) for name in names)
        raise _unknown_format(path, b"") if is_other or path.suffix.lower() != ".xlsx" else _broken(path)
    if size > _MOST_BYTES:
        raise ListError(
            "list_too_big", f"{path.name} 太大了，不像一份名单。请只留下居民那张表，另存后再导入。"
        )
    return _parse_workbook(path, data)


def _parse_workbook(path: Path, data: bytes) -> list[Sheet]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations that openpyxl does not know
            # Not read_only: only a full load knows merged cells and trusts no wrong <dimension>.
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            return [_sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Exception as error:  # openpyxl raises anything at all on a malformed package
        raise _broken(path) from error


def _sheet(sheet: Worksheet) -> Sheet:
    rows = [[_cell_text(cell) for cell in row] for row in sheet.iter_rows()]
    merged: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        top, left = area.min_row - 1, area.min_col - 1
        for row in range(top, min(area.max_row, len(rows))):
            for column in range(left, min(area.max_col, len(rows[row]))):
                if (row, column) != (top, left):
                    rows[row][column] = rows[top][left]
                    merged.add((row, column))
    return Sheet(sheet.title, tuple(tuple(row) for row in rows), frozenset(merged))


def _cell_text(cell: Cell | MergedCell) -> str:
    value: Any = cell.value
    if value is None or cell.data_type == "e":  # #N/A and the like say nothing
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number_text(value, cell.number_format)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    return str(value).strip()


def _number_text(value: float, number_format: str) -> str:
    """Digits as the sheet shows them: no exponent, no ``.0``, and the zeros of a format such as 00000000."""
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    text = str(int(value))
    return text.zfill(len(number_format)) if re.fullmatch(r"0{2,20}", number_format) else text


# --- text ---------------------------------------------------------------------------------------------


def _text_sheet(path: Path, data: bytes) -> Sheet:
    try:
        text = decode_text(data)
    except UnicodeDecodeError as error:
        raise ListError("list_broken", f"{path.name} 不是文本文件，或者已经损坏。{_SAVE_AS}") from error
    if "\0" in text:
        raise ListError("list_broken", f"{path.name} 不是文本文件，或者已经损坏。{_SAVE_AS}")
    try:
        rows = [tuple(cell.strip() for cell in row) for row in _csv_rows(text)]
    except csv.Error as error:
        raise ListError("list_broken", f"{path.name} 的引号或分隔符不成对，读不了。{_SAVE_AS}") from error
    width = max(map(len, rows), default=0)
    return Sheet(path.stem, tuple(row + ("",) * (width - len(row)) for row in rows))


def _csv_rows(text: str) -> Iterator[list[str]]:
    """Rows as the lines of the file count them: a cell with line breaks leaves blank rows behind."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    lines = 0
    for row in reader:
        yield row
        yield from ([] for _ in range(reader.line_num - lines - 1))
        lines = reader.line_num


def _delimiter(text: str) -> str:
    """The separator that most of the first lines have."""
    lines = text.splitlines()[:50]
    return max((",", "\t", ";", "，"), key=lambda mark: sum(mark in line for line in lines))
