"""The workbook's file, as openpyxl writes it, with the rows of large tables put in as they are.

This adapter alone knows openpyxl's own writers, which are not among what it promises to keep: its version is
held within bounds in pyproject.toml.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from exports.workbook.cells import comment_of
from exports.workbook.table_rows import AtCell, TableRows

_END_OF_ROWS = b"</sheetData>"


def write_archive(book: Workbook, tables: Mapping[str, TableRows], file: BinaryIO) -> None:
    """Write a workbook.

    Args:
        book: All but the rows of large tables.
        tables: Those rows, by the title of the sheet that they stand in.
    """
    book.properties.modified = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _BookWriter(book, archive, tables).write_data()


class _BookWriter(ExcelWriter):  # type: ignore[misc]
    """Writes the sheets of large tables in another way than the others."""

    def __init__(self, book: Workbook, archive: ZipFile, tables: Mapping[str, TableRows]) -> None:
        super().__init__(book, archive)
        self._rows_of = tables

    def write_worksheet(self, ws: Worksheet) -> None:
        """Also called by openpyxl, which writes comments, charts and links to them afterwards."""
        table = self._rows_of.get(ws.title)
        if table is None:
            super().write_worksheet(ws)
            return
        ws._drawing = SpreadsheetDrawing()
        writer = _TableWriter(ws, table)
        writer.write()
        ws._rels = writer._rels
        self.manifest.append(ws)
        before, end, behind = writer.out.getvalue().partition(_END_OF_ROWS)
        self._archive.writestr(ws.path[1:], b"".join((before, *table.xml, end, behind)))


class _TableWriter(WorksheetWriter):  # type: ignore[misc]
    """The sheet of a large table without its rows, but with all that belongs to them."""

    def __init__(self, sheet: Worksheet, table: TableRows) -> None:
        super().__init__(sheet, BytesIO())
        sheet._hyperlinks.extend(Hyperlink(ref=link.place, target=link.text) for link in table.links)
        sheet._comments.extend(map(_comment_at, table.notes))
        self._last_cell = table.last_cell

    def write_dimensions(self) -> None:
        self.xf.send(SheetDimension(f"A1:{self._last_cell}").to_tree())


def _comment_at(note: AtCell) -> CommentRecord:
    comment = comment_of(note.text)
    record = CommentRecord(ref=note.place, author=comment.author, height=comment.height, width=comment.width)
    record.text.t = comment.content
    return record
