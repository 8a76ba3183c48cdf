"""What tables are made of: columns, and what each of their cells shows. Nothing here knows a file format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from exports.workbook.columns import CellValue

DATE_FORMAT = "yyyy-mm-dd"
TIME_FORMAT = "yyyy-mm-dd hh:mm"


class Entry(NamedTuple):
    """What one cell shows. A large table has half a million; a tuple is made in a third of the time."""

    value: CellValue = ""
    tone: str = ""
    """Key of ``FILLS``."""
    link: str = ""
    """Where a click on the cell's text leads."""
    note: str = ""
    """Comment that pops up at the cell."""
    number_format: str = ""
    """Empty: what is usual for the value."""
    is_bold: bool = False

    @property
    def shown_format(self) -> str:
        """The number format that the cell gets."""
        return self.number_format or default_format(self.value)


def default_format(value: CellValue) -> str:
    """Texts stay texts when somebody edits them; days and times are read as such."""
    match value:
        case str():
            return "@"
        case dt.datetime():
            return TIME_FORMAT
        case dt.date():
            return DATE_FORMAT
    return "General"


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
    is_strict: bool = True
    """False: what is not among ``choices`` may be typed too."""
    is_marked: bool = False
    """Whether people may change what stands in it; its heading looks different."""
    prompt: str = ""
    """Shown at a cell that somebody goes to: what may be written."""
    tones: Mapping[str, str] = field(default_factory=dict)
    """Text to key of ``FILLS``: the colour follows when somebody changes the cell."""
