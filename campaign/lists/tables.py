"""The tables of a list: where each begins and ends, and which of its columns are whose.

A sheet may hold several tables below each other, a table two people side by side, a list no header at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from campaign.lists.choice import ColumnChoice
from campaign.lists.columns import OWN_COLUMNS, Bar, Column, Meaning, plain_heading
from campaign.lists.contents import ColumnContents, columns_of, contents_of
from campaign.lists.headers import Header, find_header, header_at, is_header_row
from campaign.lists.places import Place, split_address
from campaign.lists.row_people import Person, people_of
from campaign.lists.sheet import Row, Sheet

_BY_CONTENT = 5000
"""Rank of what was guessed from the cells."""
_DIGITS = re.compile(r"[0-9]{7}")
_NOTES = re.compile("状态|情况|类别|备注|说明|标签")


@dataclass(frozen=True)
class Table:
    """One table of a sheet."""

    sheet: Sheet
    header: Header | None
    first_row: int
    """From 0."""
    end_row: int
    """After the last one."""
    headings: tuple[str, ...]
    """Of every column; 第3列 where there is none."""
    meanings: tuple[Meaning, ...]
    guessed: frozenset[int]
    """Columns that were known by their cells alone."""
    people: tuple[Person, ...]
    context: Place
    """Building and unit that a title or the sheet's name tells."""

    @property
    def has_phones(self) -> bool:
        return any(person.phones for person in self.people)

    @property
    def has_rows(self) -> bool:
        return any(any(row) for row in self.rows)

    @property
    def rows(self) -> Sequence[Row]:
        return self.sheet.rows[self.first_row : self.end_row]

    @cached_property
    def barred_phones(self) -> tuple[int, ...]:
        """Columns with the numbers of wardens, offices and the like."""
        return self._barred(Column.PHONE)

    @cached_property
    def barred_names(self) -> tuple[int, ...]:
        return self._barred(Column.NAME)

    def _barred(self, column: Column) -> tuple[int, ...]:
        return tuple(
            index
            for index, meaning in enumerate(self.meanings)
            if meaning.column is column and meaning.bar is Bar.NOT_RESIDENTS
        )

    @cached_property
    def travelling(self) -> tuple[tuple[int, str], ...]:
        """Columns that travel along as they are, with their headings, each heading once: 标签, 标签2."""
        found: dict[str, int] = {}
        for index, heading in enumerate(self.headings):
            if heading and index not in self.used and heading not in OWN_COLUMNS:
                found[_free_name(" ".join(heading.split()), found)] = index
        return tuple((index, heading) for heading, index in found.items())

    @cached_property
    def known_headings(self) -> tuple[tuple[tuple[int, str], ...], ...]:
        """For each row of the header, the columns that are used with their headings; telephones first, whose
        cells look least like a heading."""
        phones = {column for person in self.people for column in person.phones}
        columns = sorted(self.used, key=lambda column: (column not in phones, column))
        rows = [self.sheet.rows[row] for row in self.header.rows] if self.header else []
        found = (tuple((c, plain_heading(row[c])) for c in columns if row[c]) for row in rows)
        return tuple(known for known in found if known)

    @cached_property
    def is_of_problems(self) -> bool:
        """Whether this is a table of 导入问题.xlsx."""
        return set(OWN_COLUMNS) <= set(self.headings)

    @cached_property
    def carried(self) -> tuple[int, ...]:
        """Columns of buildings and units, which may be written once for the flats below."""
        places = self.people[0].places
        return tuple(places[column] for column in (Column.BUILDING, Column.UNIT) if column in places)

    @cached_property
    def has_place_columns(self) -> bool:
        """Whether building, unit or room has a column of its own."""
        places = self.people[0].places
        return any(column in places for column in (Column.BUILDING, Column.UNIT, Column.ROOM))

    @cached_property
    def remarks(self) -> tuple[int, ...]:
        """Columns beside the remark in which people note what is to be heeded."""
        return tuple(i for i, heading in enumerate(self.headings) if _NOTES.search(heading))

    @cached_property
    def used(self) -> frozenset[int]:
        """Columns that become part of a resident; the others travel along as they are."""
        found: set[int] = set()
        for person in self.people:
            found |= {*person.phones, *person.places.values(), *person.names[:1]}
        return frozenset(found)


def _free_name(heading: str, taken: Mapping[str, int]) -> str:
    if heading not in taken:
        return heading
    return next(name for number in range(2, len(taken) + 3) if (name := f"{heading}{number}") not in taken)


def find_tables(sheet: Sheet, choice: ColumnChoice, area_code: str = "") -> list[Table]:
    """All tables of a sheet that have a header, or one that is known by its cells; with telephones or not."""
    first = find_header(sheet, 0, choice)
    if first is None:
        table = _table_without_header(sheet, choice, area_code)
        return [table] if table else []
    headers = [first, *_later_headers(sheet, first, choice)]
    ends = [header.rows[0] for header in headers[1:]] + [len(sheet.rows)]
    contexts = _contexts(sheet, headers)
    return [
        _table(sheet, header, end, choice, area_code, context)
        for header, end, context in zip(headers, ends, contexts, strict=True)
    ]


def _later_headers(sheet: Sheet, first: Header, choice: ColumnChoice) -> Iterator[Header]:
    """Headers further down that name other columns than the one above; repeated ones are no news."""
    current, phones = first, _phone_columns(first)
    index = first.last_row + 1
    while index < len(sheet.rows):
        row = sheet.rows[index]
        if _may_be_header(row, phones) and is_header_row(row, choice):
            found = header_at(sheet, index, choice)
            if found.uses(Column.PHONE) and found.meanings != current.meanings:
                current = replace(found, rows=tuple(r for r in found.rows if r > current.last_row))
                phones = _phone_columns(current)
                yield current
                index = current.last_row
        index += 1


def _phone_columns(header: Header) -> list[int]:
    return [index for index, meaning in enumerate(header.meanings) if meaning.column is Column.PHONE]


def _may_be_header(row: Row, phones: Sequence[int]) -> bool:
    """A quick look: no digits under any heading for telephones."""
    return not any(row[column][:1].isdigit() for column in phones)


def _context(sheet: Sheet, end: int) -> Place:
    """Building and unit of a title (3号楼居民名单) or of the sheet's name."""
    titles = (cell for row in sheet.rows[:end] for cell in dict.fromkeys(row) if cell and len(cell) < 40)
    for text in (*titles, sheet.name):
        if found := place_in_title(text):
            return found
    return Place()


def _contexts(sheet: Sheet, headers: Sequence[Header]) -> Iterator[Place]:
    """The place that each table's titles tell; where they tell none, that of the table above."""
    told = _context(sheet, headers[0].rows[0])
    yield told
    for header in headers[1:]:
        above = sheet.rows[max(header.rows[0] - 3, 0) : header.rows[0]]
        titles = [next(filter(None, row)) for row in above if len(set(filter(None, row))) == 1]
        told = next((place for text in reversed(titles) if (place := place_in_title(text))), told)
        yield told


_TITLE_PLACE = re.compile(
    r"([甲乙丙丁]?[0-9A-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|号院|座)(?:[0-9一二三四五六七八九十]{1,3}单元)?)"
)


def place_in_title(text: str) -> Place | None:
    """The building (and unit) that a title speaks of, if it is one."""
    if len(_TITLE_PLACE.findall(text)) != 1:
        return None
    match = _TITLE_PLACE.search(text)
    place = split_address(match[0]) if match else Place()
    return Place(place.building, place.unit) if place.building else None


# --- one table ----------------------------------------------------------------------------------------


def _table(
    sheet: Sheet, header: Header, end: int, choice: ColumnChoice, area_code: str, context: Place
) -> Table:
    rows = sheet.rows[header.last_row + 1 : end]
    meanings, guessed = _completed(header, rows, area_code, choice)
    headings = tuple(
        text or (f"第{index + 1}列" if any(row[index] for row in rows) else "")
        for index, text in enumerate(header.headings)
    )
    people = people_of(header.headings, meanings, rows, sheet, header.last_row + 1)
    return Table(sheet, header, header.last_row + 1, end, headings, meanings, guessed, people, context)


def _completed(
    header: Header, rows: Sequence[Row], area_code: str, choice: ColumnChoice
) -> tuple[tuple[Meaning, ...], frozenset[int]]:
    """Meanings with what the cells tell of columns whose headings say nothing: telephones and names, where no
    heading names them."""
    meanings = list(header.meanings)
    named = {index for index, meaning in enumerate(meanings) if meaning.used is Column.NAME}
    guessed: set[int] = set()
    for wanted in (Column.PHONE, Column.NAME):
        if wanted is Column.NAME and any(meanings[index].column is Column.PHONE for index in guessed & named):
            continue
        if any(meaning.used is wanted for meaning in meanings) or wanted in choice.headings:
            continue
        silent = [i for i, meaning in enumerate(meanings) if meaning.column is None and _may_guess(header, i)]
        found = _best(silent, rows, area_code, wanted)
        if found is None and wanted is Column.PHONE:
            found = _best(sorted(named), rows, area_code, wanted)
        if found is not None:
            meanings[found] = Meaning(wanted, rank=_BY_CONTENT)
            guessed.add(found)
    return tuple(meanings), frozenset(guessed)


_SAYS_OTHERWISE = re.compile(
    "序号|编号|民族|性别|籍贯|单位|网格|社区|街道|小区|关系|学历|文化|政治|婚|职业|职务|医生|负责|责任|楼长|组长|签|证|卡|账|日期|时间|QQ|微信|车",
    re.IGNORECASE,
)


def _may_guess(header: Header, index: int) -> bool:
    return header.headings[index] not in OWN_COLUMNS and not _SAYS_OTHERWISE.search(header.headings[index])


def _best(columns: Sequence[int], rows: Sequence[Row], area_code: str, wanted: Column) -> int | None:
    looked = {column: contents_of(rows, column, area_code) for column in columns}
    fitting = [column for column, contents in looked.items() if contents.column is wanted]

    def worth(column: int) -> float:
        contents: ColumnContents = looked[column]
        return (contents.phones if wanted is Column.PHONE else contents.names) * contents.filled

    return max(fitting, key=worth, default=None)


def _table_without_header(sheet: Sheet, choice: ColumnChoice, area_code: str) -> Table | None:
    start = next(
        (
            i
            for i, row in enumerate(sheet.rows)
            if sum(1 for cell in row if cell) > 1 or _DIGITS.search("".join(row))
        ),
        0,
    )
    rows = sheet.rows[start:]
    found = columns_of(rows, area_code)
    said = [choice.column_at(index, "") for index in range(len(found))]
    meanings = tuple(
        Meaning(one or (None if guess in choice.headings else guess), rank=_BY_CONTENT)
        for one, guess in zip(said, found, strict=True)
    )
    if not any(meaning.column is Column.PHONE for meaning in meanings):
        return None
    headings = tuple(
        f"第{index + 1}列" if any(row[index] for row in rows) else "" for index in range(len(found))
    )
    people = people_of(headings, meanings, rows, sheet, start)
    guessed = frozenset(index for index, meaning in enumerate(meanings) if meaning.column and not said[index])
    return Table(
        sheet, None, start, len(sheet.rows), headings, meanings, guessed, people, _context(sheet, start)
    )
