"""Sheets of problems (导入问题.xlsx) that people have mended and import themselves."""

from __future__ import annotations

from campaign.lists.columns import OWN_COLUMNS
from campaign.lists.tables import Table


def original_row(table: Table, index: int) -> int:
    """The row of the list that a mended row comes from; of other tables the row itself. Counted from 1."""
    return original_place(table, index)[1]


def original_place(table: Table, index: int) -> tuple[str, int]:
    """Sheet and row of the list that a mended row comes from; of other tables its own."""
    if not table.is_of_problems:
        return table.sheet.name, index + 1
    row = table.sheet.rows[index]
    sheet, number = (row[table.headings.index(heading)] for heading in OWN_COLUMNS[2:])
    return sheet, int(number) if number.isascii() and number.isdecimal() else index + 1
