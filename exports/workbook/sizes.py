"""How wide columns and how high rows must be for what they show. Pure.

Not every program works that out when it opens a sheet. Texts are measured once each: most stand in many rows.
"""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from exports.workbook.entries import ColumnSpec, Entry

_FONT_FACTOR = 1.02
"""The widths of a sheet are counted in digits of its default font."""
_PADDING = 2.5
_FILTER_BUTTON = 3
_HIGHEST_ROW = 409.0
"""Points; spreadsheets know no higher rows."""


@dataclass(frozen=True)
class TableSizes:
    """What a table takes."""

    widths: Sequence[float]
    """Of each column, in characters of half width."""
    heights: Sequence[float]
    """Of each row below the heading, in points."""


def table_sizes(columns: Sequence[ColumnSpec], rows: Sequence[Sequence[Entry]]) -> TableSizes:
    """Columns as wide as their longest line, within what each allows; rows as high as what is wrapped."""
    widths = []
    lines = [1] * len(rows)
    for index, column in enumerate(columns):
        texts = [_shown(row[index]) for row in rows]
        different = set(texts)
        width = _width(column, different)
        widths.append(width)
        if column.is_wrapped:
            _raise_lines(lines, texts, {text: _lines(text, width - _PADDING) for text in different})
    return TableSizes(widths, [_height(number) for number in lines])


def row_height(entries: Sequence[Entry], widths: Sequence[float]) -> float:
    """Points that a row of sentences takes.

    Args:
        widths: What each of ``entries`` has, in characters of half width.
    """
    lines = (_lines(_shown(entry), width - _PADDING) for entry, width in zip(entries, widths, strict=True))
    return 7.0 + 14 * max(lines, default=1)


def display_width(text: str) -> int:
    """Columns that a text takes: Chinese characters and full-width punctuation take two."""
    return len(text) if text.isascii() else _wide_width(text)


@lru_cache(maxsize=4096)
def _wide_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _width(column: ColumnSpec, texts: set[str]) -> float:
    heading = math.ceil(display_width(column.title) / 4) * 2 + _FILTER_BUTTON  # on two lines
    longest = max((display_width(line) for text in texts for line in text.split("\n")), default=0)
    wanted = max(heading, longest) * _FONT_FACTOR + _PADDING
    return min(max(wanted, column.narrowest), column.widest)


def _raise_lines(lines: list[int], texts: Sequence[str], needed: dict[str, int]) -> None:
    """Let each row have at least as many lines as its text of one column needs."""
    if max(needed.values(), default=1) == 1:
        return
    for row, text in enumerate(texts):
        if needed[text] > lines[row]:
            lines[row] = needed[text]


def _height(lines: int) -> float:
    return min(_HIGHEST_ROW, 7.0 + 14 * lines)


def _lines(text: str, width: float) -> int:
    if not text:
        return 1
    return sum(max(1, math.ceil(display_width(part) * _FONT_FACTOR / width)) for part in text.split("\n"))


def _shown(entry: Entry) -> str:
    """About what the program will show, to measure it."""
    value = entry.value
    match value:
        case str():
            return value
        case None:
            return ""
        case dt.datetime() | dt.date():
            return entry.shown_format
    return f"{value:.1f}" if "." in entry.number_format else str(round(value))
