"""One sheet as a grid of text, whatever file it came from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Row = tuple[str, ...]
Place = tuple[int, int]
"""Row and column of a cell, both from 0."""

LONGEST_TEXT = 32_767
"""Characters that a cell of a workbook holds at most; what is longer comes from a broken text file."""
_FORMULA_STARTS = frozenset("=+-@＝＋－＠")
"""An apostrophe before these is our own doing: it keeps a text from becoming a formula."""
_MARKS = ("'", "#")
"""What a text that is not taken as it stands begins with."""
_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#BUSY!"}
)
"""What a formula shows that could not be worked out; it says nothing about a resident."""


@dataclass(frozen=True)
class Sheet:
    """One sheet; every row has as many cells as the widest."""

    name: str
    rows: tuple[Row, ...]
    """Text of each cell, trimmed; merged cells all carry the text of the whole."""
    merged: frozenset[Place] = frozenset()
    """Cells whose text comes from the first cell of a merged area."""
    hidden_rows: frozenset[int] = frozenset()
    """Rows from 0 that a filter or a person has hidden."""
    struck: frozenset[Place] = frozenset()
    """Cells whose text is struck through, as people do with what no longer holds."""
    is_hidden: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(any(row) for row in self.rows)


def sheet_of(
    name: str,
    rows: Iterable[Sequence[Any]],
    merged_areas: Iterable[tuple[int, int, int, int]] = (),
    *,
    hidden_rows: Iterable[int] = (),
    struck: Iterable[Place] = (),
    is_hidden: bool = False,
) -> Sheet:
    """A sheet out of values.

    Args:
        name: Of the sheet.
        rows: Of any lengths; values as spreadsheets know them (None, text, numbers, dates, truth).
        merged_areas: First and last row, first and last column of each, from 0, all inclusive.
        hidden_rows: From 0.
        struck: Cells that are struck through.
        is_hidden: Whether the sheet is not shown.
    """
    texts = [[cell_text(value) for value in row] for row in rows]
    while texts and not any(texts[-1]):
        texts.pop()
    width = max(map(_used_width, texts), default=0)
    for row in texts:
        if len(row) != width:
            del row[width:]
            row.extend([""] * (width - len(row)))
    merged = _fill_merged(texts, merged_areas, width)
    return Sheet(
        name,
        tuple(map(tuple, texts)),
        merged,
        frozenset(row for row in hidden_rows if row < len(texts)),
        frozenset(struck),
        is_hidden,
    )


def _used_width(row: Sequence[str]) -> int:
    width = len(row)
    while width and not row[width - 1]:
        width -= 1
    return width


def _fill_merged(
    rows: list[list[str]], areas: Iterable[tuple[int, int, int, int]], width: int
) -> frozenset[Place]:
    """Write the text of each merged area into all of its cells."""
    merged: set[Place] = set()
    for top, bottom, left, right in areas:
        if top >= len(rows) or left >= width:
            continue
        text = rows[top][left]
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, width)):
                if (row, column) != (top, left):
                    rows[row][column] = text
                    merged.add((row, column))
    return frozenset(merged)


def cell_text(value: Any) -> str:
    """A value as the sheet shows it: no exponent and no ``.0``, days as 2026-03-02, errors as nothing."""
    if isinstance(value, str):
        text = value.strip()
        if text.startswith(_MARKS):
            if text[0] == "'" and text[1:2] in _FORMULA_STARTS:
                text = text[1:]
            if text in _ERRORS:
                return ""
        return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT]
    if isinstance(value, float):
        return number_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value).strip()


def number_text(value: float, number_format: str = "") -> str:
    """Digits as the sheet shows them: no exponent, no ``.0``, and the zeros of a format such as 00000000."""
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    text = str(int(value))
    if not number_format:
        return text
    return text.zfill(len(number_format)) if re.fullmatch(r"0{2,20}", number_format) else text
