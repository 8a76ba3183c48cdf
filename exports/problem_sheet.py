"""导入问题.xlsx: the rows of a list that were not imported, to be mended there and imported again.

Every row stands as it does in the list, the cell that is meant is coloured, and behind it stand what is wrong
and what to do. Only the first sheet is for mending; the others are for looking at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from campaign.lists.columns import OWN_COLUMNS, Bar, Column, meaning_of
from campaign.lists.mending import original_place
from campaign.lists.problems import is_mendable, suggestion
from campaign.lists.reading import ProblemRow, ResidentList
from campaign.lists.selection import DONE_SHEETS
from campaign.lists.tables import Table
from campaign.records import ListProblem
from exports.workbook.workbook import ColumnSpec, Entry, WorkbookWriter, WrittenWorkbook

FILE_NAME = "导入问题.xlsx"
TO_MEND = "要改的"
_MOST_COLUMNS = 60
_TONES: Mapping[str, str] = {TO_MEND: "red"}


def write_problem_sheet(path: Path, listing: ResidentList, read_from: Path) -> WrittenWorkbook | None:
    """Write the problems of a list; None where there are none.

    A sheet of another list that is there already is kept as 导入问题(旧).xlsx.

    Args:
        path: Where to.
        listing: What was read.
        read_from: The list itself; where it is the same file, what was mended in it goes.

    Raises:
        ExportError: The folder cannot be written.
    """
    sheets = [(title, problems) for title, problems in _by_sheet(listing) if problems]
    if not sheets:
        return None
    writer = WorkbookWriter()
    for title, problems in sheets:
        for number, (columns, rows) in enumerate(_tables(listing, problems, _TONES.get(title, "yellow")), 1):
            writer.add_table(title if number == 1 else f"{title}{number}", columns, rows)
    if path.exists() and not _is_same(path, read_from):
        path.replace(path.with_name(f"{path.stem}(旧){path.suffix}"))
    return writer.save(path)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


def _by_sheet(listing: ResidentList) -> Iterator[tuple[str, list[ListProblem]]]:
    rows = [problem for problem in listing.problems if problem.row]
    yield TO_MEND, [problem for problem in rows if is_mendable(problem)]
    yield DONE_SHEETS[0], [p for p in rows if not p.is_imported and not is_mendable(p)]
    yield DONE_SHEETS[1], [p for p in rows if p.is_imported and p.kind != "hidden_row"]


# --- tables -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """A row with everything that is wrong with it."""

    row: ProblemRow
    problems: tuple[ListProblem, ...]


def _tables(
    listing: ResidentList, problems: Sequence[ListProblem], tone: str
) -> Iterator[tuple[list[ColumnSpec], list[list[Entry]]]]:
    """One table for rows with the same headings, in the order of the list."""
    groups: dict[tuple[str, ...], list[_Line]] = {}
    for line in _lines(listing, problems):
        groups.setdefault(_headings(line.row), []).append(line)
    for headings, lines in groups.items():
        columns = [ColumnSpec(text, narrowest=8, widest=30) for text in headings[:_MOST_COLUMNS]]
        behind = [ColumnSpec(text, narrowest=8, widest=44) for text in OWN_COLUMNS]
        yield [*columns, *behind], [_entries(line, len(columns), tone) for line in lines]


def _lines(listing: ResidentList, problems: Sequence[ListProblem]) -> Iterator[_Line]:
    by_row: dict[tuple[str, int], list[ListProblem]] = {}
    for problem in problems:
        by_row.setdefault((problem.sheet, problem.row), []).append(problem)
    for (sheet, number), found in by_row.items():
        row = listing.problem_rows.get((sheet, number)) or _row_of(listing, sheet, number)
        if row is not None:
            yield _Line(row, tuple(found))


def _row_of(listing: ResidentList, sheet: str, number: int) -> ProblemRow | None:
    """A row that was read without any problem and has got one since."""
    for table in listing.tables:
        if table.sheet.name == sheet and table.first_row < number <= table.end_row:
            return ProblemRow(table, table.sheet.rows[number - 1], table.context)
    return None


def _headings(row: ProblemRow) -> tuple[str, ...]:
    table = row.table
    kept = [_heading(table, index) for index in _kept_columns(table)]
    return (*kept, *(label for label, _ in _from_titles(row)))


def _kept_columns(table: Table) -> list[int]:
    """All columns of the list but those that a sheet of problems has added."""
    kept = [index for index, heading in enumerate(table.headings) if heading not in OWN_COLUMNS]
    while kept and not table.headings[kept[-1]]:
        kept.pop()
    return kept


def _heading(table: Table, index: int) -> str:
    """The heading of the list, or the word for what the column is where the heading alone does not tell."""
    heading, meaning = " ".join(table.headings[index].split()), table.meanings[index]
    if index not in table.used or meaning.column is None or meaning.bar is not Bar.NONE:
        return heading
    return heading if meaning_of(heading).used is meaning.column else meaning.column.label


def _from_titles(row: ProblemRow) -> list[tuple[str, str]]:
    """Building and unit that only a title tells, as columns of their own."""
    if any({Column.BUILDING, Column.ADDRESS} & set(person.places) for person in row.table.people):
        return []
    told = [(Column.BUILDING.label, row.place.building), (Column.UNIT.label, row.place.unit)]
    return [(label, text) for label, text in told if text]


def _entries(line: _Line, columns: int, tone: str) -> list[Entry]:
    row, table = line.row, line.row.table
    marked = {problem.column for problem in line.problems}
    cells = [Entry(row.cells[i], tone=tone if i in marked else "") for i in _kept_columns(table)]
    cells += [Entry(text) for _, text in _from_titles(row)]
    told = tuple(dict.fromkeys(problem.reason for problem in line.problems))
    advice = tuple(dict.fromkeys(suggestion(problem) for problem in line.problems))
    sheet, number = original_place(table, line.problems[0].row - 1)
    return [
        *cells[:columns], Entry("；".join(told)), Entry("；".join(advice)), Entry(sheet), Entry(number),
    ]  # fmt: skip
