"""A workbook that was handed out, as it came back: its rows by their headings, and who saved it.

Whatever program saved it last, what counts is found by its heading: rows may have been sorted, columns moved,
a title row put above.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import fromstring
from python_calamine import CalamineWorkbook

from campaign.errors import ListError
from campaign.lists.package import open_package
from campaign.lists.trouble import broken
from exports.review.handed_out import HIDDEN_SHEET, KEY, HandedOut, NotHandedOut, handed_out_of, text_of
from exports.workbook.columns import CellValue

_ZIP = b"PK\x03\x04"
_MOST_BYTES = 200 * 1024 * 1024
_FIRST_ROWS = 20
"""Among which the headings are looked for."""
_PROGRAMS = frozenset({"", "问候", "openpyxl", "WPS_1", "Unknown Creator"})
"""Names that spreadsheet programs put where a person's belongs."""


@dataclass(frozen=True)
class ReturnedRow:
    """One row that came back."""

    line: int
    """In its sheet, from 1."""
    cells: Mapping[str, CellValue]
    """By heading."""

    def text(self, heading: str) -> str:
        return text_of(self.cells.get(heading))


@dataclass(frozen=True)
class ReturnedTable:
    """A sheet that came back."""

    name: str
    letters: Mapping[str, str]
    """Heading to the letter of its column."""
    twice: frozenset[str]
    """Headings that stand above several columns; none of these is read."""
    rows: Sequence[ReturnedRow]

    def cell(self, row: ReturnedRow, heading: str) -> str:
        return f"{self.letters.get(heading, '')}{row.line}"


@dataclass(frozen=True)
class Returned:
    """A workbook that came back."""

    path: Path
    handed_out: HandedOut
    table: ReturnedTable
    """The sheet whose rows people put right."""
    others: Mapping[str, ReturnedTable] = field(default_factory=dict)
    """Further sheets that were asked for, by name."""
    saved_by: str = ""
    saved_at: dt.datetime | None = None


def read_returned(path: Path, others: Mapping[str, str] | None = None) -> Returned:
    """Read a workbook that staff hand back.

    Args:
        path: The file.
        others: Sheets to read besides, each with a heading by which its headings are found.

    Raises:
        ListError: ``list_missing``, ``list_unreadable``, ``list_broken``, ``list_too_big`` or
            ``not_handed_out``.
    """
    data = _bytes_of(path)
    sheets = _sheets(path, data)
    hidden = sheets.get(HIDDEN_SHEET)
    if hidden is None:
        raise _not_handed_out(path, "里面没有问候留下的发出记录（可能另存成了别的格式，或复制到了新文件里）")
    try:
        handed_out = handed_out_of(hidden)
    except NotHandedOut:
        raise _not_handed_out(path, "里面的发出记录不完整") from None
    tables = (_table(name, rows, KEY) for name, rows in sheets.items() if name != HIDDEN_SHEET)
    table = next((found for found in tables if found is not None), None)
    if table is None:
        raise _not_handed_out(path, f"里面找不到“{KEY}”一栏")
    further = {
        name: found
        for name, heading in (others or {}).items()
        if name in sheets and (found := _table(name, sheets[name], heading)) is not None
    }
    saved_by, saved_at = _properties(data)
    return Returned(path, handed_out, table, further, saved_by, saved_at)


def _not_handed_out(path: Path, why: str) -> ListError:
    return ListError(
        "not_handed_out",
        f"{path.name} 不能读回：{why}。请在 wenhou 导出的表里改，存成 .xlsx，再交回那个文件。",
    )


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > _MOST_BYTES:
            raise ListError("list_too_big", f"{path.name} 太大了，不像一张结果表。请检查是不是选错了文件。")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ListError("list_missing", f"找不到 {path}。请检查文件名和所在的文件夹。") from None
    except OSError as error:
        raise ListError(
            "list_unreadable", f"读不了 {path}（{error.strerror}）。请关闭打开它的程序，或检查权限。"
        ) from error
    if not data.startswith(_ZIP):
        raise _not_handed_out(path, "它不是 .xlsx 文件")
    return data


def _sheets(path: Path, data: bytes) -> dict[str, list[list[Any]]]:
    open_package(path, data)  # refuses what unpacks into more than memory holds
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return {name: list(_rows(book.get_sheet_by_name(name))) for name in book.sheet_names}
    except BaseException as error:  # a panic of the Rust side is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise broken(path) from error


def _rows(sheet: Any) -> Iterator[list[Any]]:
    padding = [None] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield [*padding, *row]


def _table(name: str, rows: Sequence[Sequence[Any]], key: str) -> ReturnedTable | None:
    for at, row in enumerate(rows[:_FIRST_ROWS]):
        headings = [text_of(_value(cell)) for cell in row]
        if key not in headings:
            continue
        twice = frozenset(h for h in headings if h and headings.count(h) > 1)
        used = {i: h for i, h in enumerate(headings) if h and h not in twice}
        letters = {heading: get_column_letter(index + 1) for index, heading in used.items()}
        found = [
            ReturnedRow(line, {heading: _value(cells[index]) for index, heading in used.items()})
            for line, cells in enumerate(rows[at + 1 :], at + 2)
            if any(cell not in (None, "") for cell in cells)
        ]
        return ReturnedTable(name, letters, twice, found)
    return None


def _value(cell: Any) -> CellValue:
    if cell is None or isinstance(cell, str | int | float | dt.datetime | dt.date):
        return cell
    return str(cell)


def _properties(data: bytes) -> tuple[str, dt.datetime | None]:
    """Who saved the file last and when (UTC), as far as it says."""
    with contextlib.suppress(Exception):  # any program may write anything there; it is only a hint
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            core = package.read("docProps/core.xml")
        properties = DocumentProperties.from_tree(fromstring(core))
        name = (properties.lastModifiedBy or "").strip()
        at = properties.modified
        if at is not None and at.tzinfo is None:
            at = at.replace(tzinfo=dt.UTC)
        return ("" if name in _PROGRAMS else name), at
    return "", None
