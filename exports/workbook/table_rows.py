"""The rows of a large table as they stand in a worksheet's XML (ECMA-376, 18.3.1.73 ``row``, 18.3.1.4 ``c``).

openpyxl makes an object of every cell and an element of every object: of 10,000 residents that is two thirds
of the time. Here a cell is written once, as text. All else of the workbook stays openpyxl's
(``exports.workbook.archive``). Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.compat import safe_string
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from exports.sanitize import cell_text
from exports.workbook.cells import Look
from exports.workbook.columns import CellValue
from exports.workbook.entries import ColumnSpec, Entry

_FIRST_ROW = 2
"""Below the heading."""


class AtCell(NamedTuple):
    """Where a link of a table leads, or what a comment says."""

    place: str
    """``B7``."""
    text: str


@dataclass(frozen=True)
class TableRows:
    """All rows below a heading."""

    last_cell: str
    """``AB10001``; of the heading where there are no rows."""
    xml: list[bytes] = field(default_factory=list)
    """One ``row`` each, in UTF-8."""
    links: list[AtCell] = field(default_factory=list)
    notes: list[AtCell] = field(default_factory=list)


def table_rows(
    columns: Sequence[ColumnSpec],
    rows: Sequence[Sequence[Entry]],
    heights: Sequence[float],
    number_of: Callable[[Look], int],
) -> TableRows:
    """Write a table.

    Args:
        heights: Of each row, in points.
        number_of: The number of a look among the workbook's cell styles.
    """
    writers = [_ColumnWriter(index, column, number_of) for index, column in enumerate(columns, 1)]
    table = TableRows(f"{writers[-1].letter}{len(rows) + _FIRST_ROW - 1}")
    for number, (row, height) in enumerate(zip(rows, heights, strict=True), _FIRST_ROW):
        cells = "".join(
            [writer.cell(number, entry, table) for writer, entry in zip(writers, row, strict=True)]
        )
        table.xml.append(f'<row r="{number}" ht="{height:g}" customHeight="1">{cells}</row>'.encode())
    return table


class _ColumnWriter:
    """The cells of one column."""

    def __init__(self, index: int, column: ColumnSpec, number_of: Callable[[Look], int]) -> None:
        self.letter = get_column_letter(index)
        self._column = column
        self._number_of = number_of
        self._numbers: dict[tuple[object, ...], int] = {}
        """Of looks, by what decides one; a ``Look`` for each cell would take as long as the cell."""

    def cell(self, row: int, entry: Entry, table: TableRows) -> str:
        value, tone, link, note, number_format, is_bold = entry
        place = f"{self.letter}{row}"
        decides = (tone, is_bold, not link, number_format, value.__class__)
        number = self._numbers.get(decides)
        if number is None:
            number = self._numbers[decides] = self._number_of(self._look(entry))
        if link:
            table.links.append(AtCell(place, link))
        if note:
            table.notes.append(AtCell(place, note))
        return f'<c r="{place}" s="{number}"{_content(value)}'

    def _look(self, entry: Entry) -> Look:
        column = self._column
        return Look(
            entry.tone,
            entry.is_bold,
            bool(entry.link),
            column.is_centred,
            column.is_wrapped,
            entry.shown_format,
        )


def _content(value: CellValue) -> str:
    """From the type on to the end of the cell."""
    if isinstance(value, str):
        text = cell_text(value)
        if not text:
            return "/>"
        space = "" if text == text.strip() else ' xml:space="preserve"'
        return f' t="inlineStr"><is><t{space}>{_escaped(text)}</t></is></c>'
    if value is None:
        return "/>"
    if value.__class__ is int:
        return f"><v>{value}</v></c>"
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>'
    number = to_excel(value) if isinstance(value, dt.date) else value  # a datetime is a date too
    return f"><v>{safe_string(number)}</v></c>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
