"""A list into residents and problems. No row disappears: what is not imported is a ``ListProblem``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from campaign.errors import ListError
from campaign.lists.choice import NO_CHOICE, ColumnChoice
from campaign.lists.columns import OWN_COLUMNS, Bar, Column
from campaign.lists.files import read_sheets
from campaign.lists.households import Households
from campaign.lists.mending import original_row
from campaign.lists.places import Place
from campaign.lists.result_sheet import as_list
from campaign.lists.row_numbers import says_nothing
from campaign.lists.row_people import Person
from campaign.lists.rows import (
    Candidate,
    candidates,
    fill_down,
    is_blank_form,
    is_heading_again,
    not_a_resident,
    place_of,
    whole_address,
)
from campaign.lists.selection import check_choice, chosen_sheets, no_phone_column, nobody
from campaign.lists.sheet import Row, Sheet
from campaign.lists.tables import Table, find_tables, place_in_title
from campaign.records import ListProblem, Resident

_SHEET = "工作表"
"""Heading of what is noted beside residents of a list with several sheets."""


@dataclass(frozen=True)
class ReadOptions:
    """How a list is to be read."""

    area_code: str = ""
    """Ours, such as ``010``, for landlines written without one."""
    choice: ColumnChoice = NO_CHOICE
    visible_only: bool = False
    """Leave hidden rows out."""
    do_not_call: Collection[str] = frozenset()
    """Numbers that must not be called."""


@dataclass(frozen=True)
class ProblemRow:
    """A row with a problem, as it stands in its table."""

    table: Table
    cells: Row
    """With what merged cells and 同上 fill in."""
    place: Place
    """What titles above say of the building."""


@dataclass(frozen=True)
class ResidentList:
    """A list that was read."""

    residents: tuple[Resident, ...]
    """In the order of the sheets."""
    problems: tuple[ListProblem, ...]
    """Rows left out, and doubts about rows that were taken (``is_imported``)."""
    columns: Mapping[str, str]
    """Header to what it was taken for (Chinese), in the order of the first sheet."""
    sheet: str
    """The first one that was read."""
    tables: tuple[Table, ...] = ()
    sheets: tuple[str, ...] = ()
    """Sheet of each resident."""
    problem_rows: Mapping[tuple[str, int], ProblemRow] = field(default_factory=dict)
    """The row behind each problem, by sheet and row from 1."""

    @property
    def in_order(self) -> list[Resident]:
        """The residents with rows that keep their order over several sheets: those of later ones count on."""
        before: dict[str, int] = {}
        rows = 0
        for table in self.tables:
            if table.sheet.name not in before:
                before[table.sheet.name] = rows
                rows += len(table.sheet.rows)
        return [
            replace(one, row=one.row + before[sheet]) if before[sheet] else one
            for one, sheet in zip(self.residents, self.sheets, strict=True)
        ]

    @property
    def is_mended(self) -> bool:
        """Whether this is a sheet of problems (导入问题.xlsx) that people have worked on."""
        return any(table.is_of_problems for table in self.tables)

    @property
    def left_out(self) -> list[ListProblem]:
        """Rows that are not imported."""
        return [problem for problem in self.problems if not problem.is_imported and problem.row]


def read_residents(path: Path, area_code: str = "") -> ResidentList:
    """Read a list as ``read_list`` does.

    Raises:
        ListError: As ``read_list``; and ``list_nobody`` where nobody in it can be called.
    """
    found = read_list(path, ReadOptions(area_code))
    if not found.residents:
        raise nobody(path.name, found.problems)
    return found


def read_list(path: Path, options: ReadOptions, sheets: Sequence[Sheet] | None = None) -> ResidentList:
    """Read a list; it may turn out to hold nobody who can be called.

    Args:
        path: Any file that ``files`` reads, or ``-``.
        options: How.
        sheets: Of the file, where it has been read already.

    Raises:
        ListError: The file cannot be read, or ``list_no_phone_column``, ``list_empty``, ``list_columns``.
    """
    sheets = [as_list(sheet) for sheet in (read_sheets(path) if sheets is None else sheets)]
    if all(sheet.is_empty for sheet in sheets):
        raise ListError("list_empty", f"{path.name} 是空的，里面没有居民。请检查是不是选错了文件。")
    used, problems = chosen_sheets(sheets)
    tables = [table for sheet in used for table in find_tables(sheet, options.choice, options.area_code)]
    check_choice(path, tables, used, options.choice)
    with_phones = [table for table in tables if table.has_phones]
    if not with_phones:
        raise no_phone_column(path, used)
    if not any(table.has_rows for table in with_phones):
        told = with_phones[0].sheet.name
        raise ListError("list_empty", f"{path.name} 的工作表“{told}”只有表头，没有居民。请填好名单再导入。")
    return _read_tables([table for table in with_phones if table.has_rows], options, problems)


# --- tables -------------------------------------------------------------------------------------------


def _read_tables(tables: Sequence[Table], options: ReadOptions, problems: list[ListProblem]) -> ResidentList:
    books = Households(options.do_not_call)
    has_several = len({table.sheet.name for table in tables}) > 1
    rows: dict[tuple[str, int], ProblemRow] = {}
    for table in tables:
        _TableReader(table, options, books, rows, has_several).read()
    return ResidentList(
        tuple(books.residents),
        (*books.problems, *problems),
        columns_told(tables[0]),
        tables[0].sheet.name,
        tuple(tables),
        tuple(books.sheets),
        rows,
    )


def columns_told(table: Table) -> dict[str, str]:
    """What each column was taken for, in the words of staff."""
    told: dict[str, str] = {}
    for index, heading in enumerate(table.headings):
        if heading and heading not in OWN_COLUMNS:
            told[heading] = told_of(table, index)
    return told


def told_of(table: Table, index: int) -> str:
    """What one column was taken for."""
    meaning = table.meanings[index]
    if meaning.bar is Bar.NOT_RESIDENTS and meaning.column is Column.PHONE:
        return "不是居民的电话，不拨打"
    if meaning.bar is Bar.DISUSED and meaning.column is Column.PHONE:
        return "已停用的电话，不拨打"
    if index not in table.used or meaning.column is None:
        return "原样带入结果表"
    label = "身份证号（只保留头尾几位）" if meaning.column is Column.ID_NUMBER else meaning.column.label
    return f"{label}（看内容认出）" if index in table.guessed else label


@dataclass
class _TableReader:
    """Goes down one table."""

    table: Table
    options: ReadOptions
    books: Households
    problem_rows: dict[tuple[str, int], ProblemRow]
    has_several: bool
    """Whether the list has several sheets, so that each resident's is worth noting."""
    _previous: Row | None = None
    """The row above, with what was filled in."""
    _last: Row | None = None
    """The same as it stands."""
    _section: Place = field(default_factory=Place)

    def read(self) -> None:
        self._section = self.table.context
        for index in range(self.table.first_row, self.table.end_row):
            row = self.table.sheet.rows[index]
            if any(row):
                before = len(self.books.problems)
                self._read_row(index, row)
                if len(self.books.problems) > before:
                    key = (self.table.sheet.name, index + 1)
                    self.problem_rows[key] = ProblemRow(self.table, self._shown(row), self._section)

    def _read_row(self, index: int, row: Row) -> None:
        if is_blank_form(self.table, index) or is_heading_again(self.table, row):
            return
        if why := not_a_resident(self.table, index):
            self._leave_out(index, row, why)
            return
        filled = self._filled(row)
        self._previous, self._last = filled, row
        if self.options.visible_only and index in self.table.sheet.hidden_rows:
            self._complain_of_hidden(index, row, taken=False)
            return
        found = [one for group in self._people(row) for one in self._candidates(index, filled, group)]
        taken = [self._take(index, one, is_alone=len(found) == 1) for one in found]
        if any(taken) and index in self.table.sheet.hidden_rows:
            self._complain_of_hidden(index, row, taken=True)

    def _shown(self, row: Row) -> Row:
        """The row as it was read; a total or a title as it stands."""
        return self._previous if self._previous and self._last is row else row

    def _leave_out(self, index: int, row: Row, why: str) -> None:
        """A row that is nobody; a title with a building holds for the rows below it."""
        text = next(cell for cell in row if cell)
        if why == "是标题或说明" and (place := place_in_title(text)):
            self._section = place
            return
        column = next(c for c, cell in enumerate(row) if cell)
        self.books.complain(
            self._problem(index, "not_a_resident", text, f"{why}，不是居民，没有导入", column)
        )

    def _problem(
        self, index: int, kind: str, cell: str, reason: str, column: int, name: str = ""
    ) -> ListProblem:
        return ListProblem(self.table.sheet.name, index + 1, kind, cell, reason, name, column=column)

    def _complain_of_hidden(self, index: int, row: Row, *, taken: bool) -> None:
        column = next(c for c, cell in enumerate(row) if cell)
        told = "照样导入了" if taken else "没有导入"
        problem = self._problem(index, "hidden_row", row[column], f"这一行在表里是隐藏的，{told}", column)
        self.books.complain(replace(problem, is_imported=taken))

    def _filled(self, row: Row) -> Row:
        room = self.table.people[0].places.get(Column.ROOM)
        return fill_down(row, self._previous, self.table.carried, room)

    def _people(self, row: Row) -> Sequence[Person]:
        """Those places in the row where somebody stands; an owner's only where no tenant does."""
        people = self.table.people
        if len(people) == 1:
            return people
        filled = [one for one in people if any(row[c] for c in (*one.names[:1], *one.phones))]
        has_tenant = any(one.is_tenant for one in filled)
        return [one for one in filled if not (has_tenant and one.is_owner)] or people[:1]

    def _candidates(self, index: int, row: Row, person: Person) -> list[Candidate]:
        place = place_of(row, person, self._section)
        return candidates(self.table, index, person, row, place, self.options.area_code)

    def _take(self, index: int, one: Candidate, *, is_alone: bool) -> bool:
        refused = self._refusal(index, one)
        if refused is not None:
            if is_alone or one.name or one.phone_cell:
                self.books.complain(refused)
            return False
        return self.books.take(self._resident(index, one), one, self.table, index)

    def _refusal(self, index: int, one: Candidate) -> ListProblem | None:
        """Why somebody can't be called, or None."""
        if one.phones.numbers and not one.objection:
            return None

        def because(kind: str, reason: str) -> ListProblem:
            return self._problem(index, kind, one.phone_cell, reason, one.phone_column, one.name)

        if one.objection == "do_not_call":
            return because("do_not_call", "名单上注明不要打电话，没有导入")
        if one.objection == "not_to_call":
            return because("not_to_call", "名单上注明已故，没有导入")
        if one.phones.refused:
            reason = "；".join(dict.fromkeys(f"“{r.text}”{r.reason}" for r in one.phones.refused))
            return because(one.phones.refused[0].kind, f"{reason}，没有导入")
        if not one.phone_cell or says_nothing(one.phone_cell):
            return because("no_phone", "没有电话号码，没有导入，请补上号码或上门询问")
        return because("bad_phone", f"“{one.phone_cell}”不是电话号码，没有导入")

    def _resident(self, index: int, one: Candidate) -> Resident:
        place, extra = one.place, one.extra
        if self.has_several and not place.building:
            extra = extra if _SHEET in extra else {**extra, _SHEET: self.table.sheet.name}
        return Resident(
            id=0,
            row=original_row(self.table, index),
            name=one.name,
            phones=one.phones.numbers,
            building=place.building,
            unit=place.unit,
            room=place.room,
            address=whole_address(one.address, place, has_parts=self.table.has_place_columns),
            id_number=one.id_number,
            remark=one.remark,
            extra=extra,
        )
