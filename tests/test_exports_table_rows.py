"""Rows that are written as text hold what openpyxl would have made of the same cells."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from exports.workbook.cells import FILLS, Wardrobe, put
from exports.workbook.entries import ColumnSpec, Entry
from exports.workbook.sizes import row_height, table_sizes
from exports.workbook.workbook import WorkbookWriter

COLUMNS = (
    ColumnSpec("姓名", narrowest=8),
    ColumnSpec("体温", is_centred=True),
    ColumnSpec("原话", widest=30, is_wrapped=False),
)
_DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1))
_TIMES = st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2100, 1, 1))
_VALUES = (
    st.text(max_size=60)
    | st.sampled_from(
        ["", " 前后有空格 ", "两行\n第二行", '<a> & "b" ]]>', "=1+1", "𠮷䶮😀", "007", "_x000D_"]
    )
    | st.none()
    | st.booleans()
    | st.integers(0, 2_000_000)
    | st.floats(0, 1e6)
    | _DAYS
    | _TIMES.map(lambda time: time.replace(microsecond=0))
)
ENTRIES = st.builds(
    Entry,
    _VALUES,
    link=st.just(""),
    tone=st.sampled_from(["", *FILLS]),
    note=st.sampled_from(["", "原话：三十七度吧\n把握：43%", "<&>"]),
    number_format=st.sampled_from(["", "0", "0.0", "mm-dd hh:mm"]),
    is_bold=st.booleans(),
)
LINKED = st.sampled_from(["recordings/1.wav", "%E5%BD%95/a&b.wav"]).map(
    lambda link: Entry("听录音", link=link)
)
ROWS = st.lists(st.lists(ENTRIES | LINKED, min_size=3, max_size=3), max_size=6)


def written(tmp_path: Path, rows: list[list[Entry]]) -> Worksheet:
    writer = WorkbookWriter()
    writer.add_table("表", COLUMNS, rows)
    return openpyxl.load_workbook(writer.save(tmp_path / "表.xlsx").path)["表"]


def by_openpyxl(rows: list[list[Entry]]) -> Worksheet:
    book = openpyxl.Workbook()
    sheet, looks = book.worksheets[0], Wardrobe()
    for number, row in enumerate(rows, 2):
        for index, (entry, column) in enumerate(zip(row, COLUMNS, strict=True), 1):
            put(
                sheet, number, index, entry, looks,
                is_centred=column.is_centred, is_wrapped=column.is_wrapped,
            )  # fmt: skip
    file = io.BytesIO()
    book.save(file)
    return openpyxl.load_workbook(file).worksheets[0]


def seen(cell: Cell) -> tuple[object, ...]:
    """All that somebody can see of a cell, or a program can read of it."""
    look = repr((cell.font, cell.fill, cell.border, cell.alignment, cell.protection))
    note = cell.comment and (cell.comment.text, cell.comment.author, cell.comment.width, cell.comment.height)
    link = cell.hyperlink and (cell.hyperlink.ref, cell.hyperlink.target)
    return cell.value, type(cell.value), cell.data_type, cell.number_format, look, note, link


@given(rows=ROWS)
@settings(max_examples=60, deadline=None)
def test_every_cell_is_what_openpyxl_would_have_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Entry]]
) -> None:
    ours, theirs = written(tmp_path_factory.mktemp("表"), rows), by_openpyxl(rows)
    for number in range(2, len(rows) + 2):
        for column in (1, 2, 3):
            assert seen(ours.cell(number, column)) == seen(theirs.cell(number, column))


def test_the_sheet_says_how_far_it_reaches(tmp_path: Path) -> None:
    """Programs that read a sheet row by row go by that."""
    written(tmp_path, [[Entry("甲"), Entry(36.5), Entry("")], [Entry("乙"), Entry(None), Entry("")]])
    book = openpyxl.load_workbook(tmp_path / "表.xlsx", read_only=True)
    assert book["表"].calculate_dimension() == "A1:C3"
    book.close()
    rows = CalamineWorkbook.from_path(tmp_path / "表.xlsx").get_sheet_by_name("表").to_python()
    assert rows == [["姓名", "体温", "原话"], ["甲", 36.5, ""], ["乙", "", ""]]


def test_rows_are_as_high_as_what_is_wrapped_and_no_higher_than_a_sheet_allows(tmp_path: Path) -> None:
    long = Entry("很" * 50)  # three lines of 40 characters of half width
    sheet = written(
        tmp_path,
        [
            [Entry("短"), Entry(""), long],
            [long, Entry(""), Entry("")],
            [Entry("一\n二"), Entry(""), Entry("")],
            [Entry("行\n" * 100), Entry(""), Entry("")],
        ],
    )
    assert [sheet.row_dimensions[row].height for row in range(2, 6)] == [21, 49, 35, 409]
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [40, pytest.approx(7.6), 30]


def test_a_table_without_rows_has_its_heading_and_filter(tmp_path: Path) -> None:
    sheet = written(tmp_path, [])
    assert [cell.value for cell in sheet[1]] == ["姓名", "体温", "原话"]
    assert (sheet.max_row, sheet.auto_filter.ref) == (1, "A1:C1")


def test_tables_of_a_workbook_share_their_looks(tmp_path: Path) -> None:
    writer = WorkbookWriter()
    for title in ("一", "二"):
        writer.add_table(title, COLUMNS, [[Entry("甲", tone="red"), Entry(1), Entry("x")]] * 50)
    book = openpyxl.load_workbook(writer.save(tmp_path / "表.xlsx").path)
    assert len(book._cell_styles) < 8
    assert book["二"]["A2"].fill.fgColor.rgb == "00FFC7CE"


def test_sizes_are_those_of_the_longest_line() -> None:
    rows = [[Entry("张三丰"), Entry(36.66, number_format="0.0"), Entry("a\nbb")]] * 3
    sizes = table_sizes(COLUMNS, rows)
    assert sizes.heights == [21.0] * 3, "what is not wrapped makes no row higher"
    assert len(sizes.widths) == 3
    assert row_height([Entry("很" * 20)], [22.5]) == 49
    assert row_height([], []) == 21
