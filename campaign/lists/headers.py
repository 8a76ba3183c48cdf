"""Finds the header of a table: one row below titles, or several with groups and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaign.lists.choice import ColumnChoice
from campaign.lists.columns import OTHERS, Bar, Column, Meaning, is_heading, meaning_of, plain_heading
from campaign.lists.sheet import Sheet
from campaign.patterns import compiled

HEADER_ROWS = 60
"""A header is looked for in so many rows from the top."""
_MOST_BELOW = 2
_MOST_ABOVE = 2
_LONGEST_GROUP = 12
_DIGITS = compiled(r"[0-9０-９][0-9０-９ \-]{5,}[0-9０-９]")
"""Digits as a telephone number has them; no header holds any."""
_PERSON_GROUP = compiled(
    r"(户主|住户|居民|本人|网格员|楼长|楼栋长|单元长|联系人|紧急联系人|配偶|家庭|家庭成员|成员|业主|房东|租户|承租人|子女|监护人|社工|物业)"
    r"(基本)?(信息|情况|资料)?"
)
_BY_ITSELF = frozenset(
    {
        "联系电话",
        "手机号",
        "电话",
        "联系方式",
        "手机",
        "手机号码",
        "电话号码",
        "联系号码",
        "移动电话",
        "号码",
        "tel",
        "phone",
        "mobile",
    }
)
"""Headings that make a header of one column."""


@dataclass(frozen=True)
class Header:
    """The header of a table."""

    rows: tuple[int, ...]
    """From 0, without gaps."""
    headings: tuple[str, ...]
    """What stands over each column, of several rows joined; empty where nothing does."""
    meanings: tuple[Meaning, ...]

    @property
    def last_row(self) -> int:
        return self.rows[-1]

    def uses(self, column: Column) -> bool:
        """Whether any column is of this meaning and to be used."""
        return any(meaning.used is column for meaning in self.meanings)


def find_header(sheet: Sheet, start: int, choice: ColumnChoice) -> Header | None:
    """The first header from a row on, within ``HEADER_ROWS``."""
    for index in range(start, min(len(sheet.rows), start + HEADER_ROWS)):
        if is_header_row(sheet.rows[index], choice):
            return header_at(sheet, index, choice)
    return None


def is_header_row(row: Sequence[str], choice: ColumnChoice) -> bool:
    """Whether a row names columns: several that are known, or a lone telephone column."""
    texts = list(dict.fromkeys(cell for cell in row if cell))
    if not texts or any(len(text) > 80 for text in texts) or any(_DIGITS.search(text) for text in texts):
        return False
    if choice and _names_chosen(row, choice):
        return True
    known = sum(1 for text in texts if is_heading(text))
    if len(texts) == 1:
        return plain_heading(texts[0]).rstrip("0123456789") in _BY_ITSELF
    return known >= 2 and known * 3 >= len(texts)


def _names_chosen(row: Sequence[str], choice: ColumnChoice) -> bool:
    wanted = {plain_heading(name) for named in choice.headings.values() for name in named}
    plain = {plain_heading(cell) for cell in row if cell}
    return bool(wanted & plain) and len(plain) > 1


def header_at(sheet: Sheet, row: int, choice: ColumnChoice) -> Header:
    """The whole header that a row belongs to, with the groups above and the parts below it."""
    above = list(_group_rows(sheet, row))[::-1]
    below = list(_part_rows(sheet, row))
    levels = [_spread(sheet, index) for index in above] + [sheet.rows[index] for index in (row, *below)]
    stacks = [tuple(dict.fromkeys(filter(None, stack))) for stack in zip(*levels, strict=True)]
    meanings = tuple(_chosen(choice, index, stack) for index, stack in enumerate(stacks))
    return Header(
        (*sorted(above), row, *below),
        tuple(" ".join(stack) for stack in stacks),
        _as_chosen(meanings, choice),
    )


def _group_rows(sheet: Sheet, row: int) -> Iterator[int]:
    """Rows above that gather columns into groups: 户主信息 over 姓名 and 电话."""
    for index in range(row - 1, max(row - 1 - _MOST_ABOVE, -1), -1):
        if not _is_group_row(sheet, index):
            return
        yield index


def _is_group_row(sheet: Sheet, index: int) -> bool:
    cells = sheet.rows[index]
    texts = {cell for cell in cells if cell}
    if not texts or any(len(text) > _LONGEST_GROUP or re.search(r"[:：]|[0-9]{4}", text) for text in texts):
        return False
    spans = {cells[column] for row, column in sheet.merged if row == index}
    is_split = len(texts) > 1 and bool(spans)
    return is_split or any(_PERSON_GROUP.fullmatch(plain_heading(text)) for text in texts)


def _spread(sheet: Sheet, index: int) -> tuple[str, ...]:
    """A row of groups; a group of people that is not merged holds up to the next one."""
    spread: list[str] = []
    carried = ""
    for cell in sheet.rows[index]:
        if cell:
            carried = cell if _PERSON_GROUP.fullmatch(plain_heading(cell)) else ""
        spread.append(cell or carried)
    return tuple(spread)


def _part_rows(sheet: Sheet, row: int) -> Iterator[int]:
    """Rows below that go on with the header: 手机 and 座机 under 联系方式, or the same in English."""
    for index in range(row + 1, min(row + 1 + _MOST_BELOW, len(sheet.rows))):
        cells = sheet.rows[index]
        own = [cell for column, cell in enumerate(cells) if cell and cell != sheet.rows[row][column]]
        if not own or any(_DIGITS.search(cell) or len(cell) > _LONGEST_GROUP for cell in own):
            return
        known = sum(1 for cell in own if is_heading(cell) or _is_part(cell))
        if known * 2 <= len(own) or (not any(is_heading(cell) for cell in own) and known < 2):
            return
        if _is_somebody(sheet, row, index):
            return
        yield index


def _is_part(cell: str) -> bool:
    return (
        re.fullmatch(
            r"本人|家属|配偶|子女|网格员|现用|在用|常用|备用|停用|作废|新|旧|[1-4一二三四]|\(.*\)|（.*）",
            cell,
        )
        is not None
    )


def _is_somebody(sheet: Sheet, header: int, row: int) -> bool:
    """Whether a row has a name under a heading for names, and is no header for that."""
    for column, heading in enumerate(sheet.rows[header]):
        cell = sheet.rows[row][column]
        if cell and cell != heading and meaning_of(heading).column is Column.NAME and not is_heading(cell):
            return True
    return False


# --- meanings -----------------------------------------------------------------------------------------


def meaning_of_stack(stack: Sequence[str]) -> Meaning:
    """What the texts over a column say together, the lowest first: 网格员 over 电话 is a warden's."""
    if not stack:
        return Meaning()
    lowest, together = meaning_of(stack[-1]), meaning_of(" ".join(stack))
    if together.column is Column.PHONE_STATUS:
        return together
    if lowest.column is None and plain_heading(stack[-1]) in OTHERS:
        return Meaning()
    found = next(
        (one for one in (lowest, together, *map(meaning_of, reversed(stack[:-1]))) if one.column), Meaning()
    )
    if found.column not in (Column.NAME, Column.PHONE) or len(stack) == 1:
        return found
    bars = [_bar_of(text) for text in stack]
    return Meaning(found.column, next((bar for bar in bars if bar), found.bar), found.rank)


def _bar_of(text: str) -> Bar:
    """Whether a word over a column makes its numbers nobody's to call."""
    return meaning_of(f"{text}电话").bar


def _chosen(choice: ColumnChoice, index: int, stack: Sequence[str]) -> Meaning:
    if choice:
        texts = (" ".join(stack), *reversed(stack)) if stack else ("",)
        said = next((column for text in texts if (column := choice.column_at(index, text))), None)
        if said is not None:
            return Meaning(said, rank=-1)
    return meaning_of_stack(stack)


def _as_chosen(meanings: Sequence[Meaning], choice: ColumnChoice) -> tuple[Meaning, ...]:
    """Where the user has named the columns of a meaning, no other column has it."""
    return tuple(
        Meaning() if meaning.column in choice.headings and meaning.rank != -1 else meaning
        for meaning in meanings
    )
