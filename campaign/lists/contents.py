"""What a column holds, by its cells: for lists without a header, and for headings that say nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaign.lists.columns import Column
from campaign.lists.id_numbers import is_id_number
from campaign.lists.people import is_likely_name
from campaign.lists.phone_cells import parse_phones
from campaign.lists.places import split_address

MOST_LOOKED_AT = 300
"""Rows of a table that are looked at."""
_ENOUGH = 0.6
_MANY = 6
"""Cells from which on repetitions tell something: a warden's name stands in every row."""
_FEWEST_DISTINCT = 0.34


@dataclass(frozen=True)
class ColumnContents:
    """Shares of the filled cells of a column that look like something, 0 to 1."""

    filled: int
    phones: float
    names: float
    id_numbers: float
    addresses: float
    distinct: float
    numbers: tuple[int, ...]
    """The cells that are bare numbers."""

    @property
    def is_repeated(self) -> bool:
        """The same few values over and over, as those of wardens are."""
        return self.filled >= _MANY and self.distinct < _FEWEST_DISTINCT

    @property
    def column(self) -> Column | None:
        """What the column holds, where its cells leave no doubt."""
        if not self.filled:
            return None
        if self.id_numbers >= _ENOUGH:
            return Column.ID_NUMBER
        if self.phones >= _ENOUGH:
            return None if self.is_repeated else Column.PHONE
        if self.names >= _ENOUGH and not self.is_repeated:
            return Column.NAME
        return Column.ADDRESS if self.addresses >= _ENOUGH else None


def contents_of(rows: Sequence[Sequence[str]], column: int, area_code: str = "") -> ColumnContents:
    """Look at one column of some rows."""
    cells = [row[column] for row in rows[:MOST_LOOKED_AT] if row[column]]
    count = max(len(cells), 1)
    return ColumnContents(
        filled=len(cells),
        phones=sum(1 for cell in cells if _is_phone(cell, area_code)) / count,
        names=sum(map(is_likely_name, cells)) / count,
        id_numbers=sum(map(is_id_number, cells)) / count,
        addresses=sum(1 for cell in cells if len(cell) < 80 and not split_address(cell).is_empty) / count,
        distinct=len(set(cells)) / count,
        numbers=tuple(int(cell) for cell in cells if re.fullmatch(r"[0-9]{1,4}", cell)),
    )


def _is_phone(cell: str, area_code: str) -> bool:
    return len(cell) >= 7 and bool(parse_phones(cell, area_code).numbers)


def columns_of(rows: Sequence[Sequence[str]], area_code: str = "") -> list[Column | None]:
    """What each column of a table without header holds. Each meaning once, but for telephones."""
    found: list[Column | None] = []
    contents = [contents_of(rows, column, area_code) for column in range(len(rows[0]) if rows else 0)]
    for one in contents:
        column = one.column
        found.append(None if column in found and column is not Column.PHONE else column)
    if Column.ROOM not in found and Column.ADDRESS not in found:
        rooms = next((i for i, one in enumerate(contents) if found[i] is None and _is_room(one)), None)
        before = found[:rooms][-2:] if rooms is not None else []
        if rooms is not None and before != [None, None]:
            found[rooms] = Column.ROOM
    for index in range(len(found) - 2):
        if found[index : index + 3] == [None] * 3 and _are_rooms(contents[index : index + 3], len(rows)):
            found[index : index + 3] = [Column.BUILDING, Column.UNIT, Column.ROOM]
            break
    return found


def _is_room(one: ColumnContents) -> bool:
    """Bare numbers with the floor in front: 101, 1204."""
    return (
        bool(one.numbers)
        and len(one.numbers) == one.filled
        and all(101 <= number <= 4999 and 1 <= number % 100 <= 20 for number in one.numbers)
    )


def _are_rooms(three: Sequence[ColumnContents], rows: int) -> bool:
    """Three columns of bare numbers beside each other: 3, 2, 501."""
    bounds = ((1, 200), (1, 12), (101, 4999))
    fewest = 0.8 * min(rows, MOST_LOOKED_AT)
    return all(
        len(one.numbers) >= fewest and all(least <= number <= most for number in one.numbers)
        for one, (least, most) in zip(three, bounds, strict=True)
    )
