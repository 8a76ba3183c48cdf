"""Whatever stands in a list: residents survive export and import, and no file gives a traceback."""

from __future__ import annotations

import contextlib
import csv
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.errors import ListError
from campaign.lists.files import sheets_of
from campaign.lists.reading import ReadOptions, ResidentList, read_list
from exports.problem_sheet import write_problem_sheet
from exports.sanitize import LONGEST_CELL, cell_text
from tests.ugly_lists.make import ugly_lists

Line = tuple[str, tuple[str, ...], str, str, str]
"""Name, numbers, building, unit, room."""

SURNAMES, GIVEN = "王李张刘陈欧阎", "伟芳娜敏静丽𠮷䶮㐂小明"
names = st.builds(
    lambda first, rest: first + rest,
    st.sampled_from(SURNAMES),
    st.text(st.sampled_from(GIVEN), min_size=1, max_size=3),
)
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.sampled_from(
    ["01062345678", "031182345678", "05782345678", "01062345678,801", "02788888888,1"]
)
phones = st.lists(mobiles | landlines, min_size=1, max_size=3, unique=True).map(tuple)
lines = st.tuples(
    names, phones, st.integers(1, 99).map(lambda n: f"{n}号楼"), st.integers(1, 9).map(lambda n: f"{n}单元"),
    st.integers(101, 3404).map(lambda n: f"{n}室"),
)  # fmt: skip
people = st.lists(lines, min_size=1, max_size=12, unique_by=(lambda line: line[0], lambda line: line[1][0]))
headings = st.tuples(
    st.sampled_from(["姓名", "住户姓名", "户主", "居民（姓名）", "被访人"]),
    st.sampled_from(["联系电话", "手机号", "电话 1", "联系方式*", "手机\n号码"]),
    st.sampled_from(["楼号", "楼栋", "栋号", "幢"]),
    st.sampled_from(["单元", "单元号", "门洞"]),
    st.sampled_from(["房号", "门牌号", "室", "房间号"]),
)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
between = st.sampled_from(["/", "、", "；", "\n", ",", " "])


def table(
    people: Sequence[Line], headings: Sequence[str], between: str, order: Sequence[int]
) -> list[list[str]]:
    rows = [list(headings)]
    for name, numbers, *place in people:
        dialled = between.join(number.replace(",", "转") for number in numbers)
        rows.append([name, dialled, *place])
    return [[row[index] for index in order] for row in rows]


def as_xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["幸福社区居民名单"])
    for row in rows:
        book.worksheets[0].append([cell_text(cell) for cell in row])
    return saved(book)


def as_xls(rows: Sequence[Sequence[str]]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名单")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    return saved(book)


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("gb18030")


def as_unicode_text(rows: Sequence[Sequence[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter="\t").writerows(rows)
    return file.getvalue().encode("utf-16")


def saved(book: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FORMATS: dict[str, Callable[[Sequence[Sequence[str]]], bytes]] = {
    "a.xlsx": as_xlsx, "a.xls": as_xls, "a.csv": as_csv, "a.txt": as_unicode_text,
}  # fmt: skip


def read(name: str, data: bytes) -> ResidentList:
    return read_list(Path(name), ReadOptions(), sheets_of(Path(name), data))


@settings(max_examples=50, deadline=None)
@given(people, headings, between, st.permutations(range(5)), st.sampled_from(list(FORMATS)))
def test_any_table_of_residents_survives_export_and_import(
    people: list[Line], headings: tuple[str, ...], between: str, order: list[int], name: str
) -> None:
    found = read(name, FORMATS[name](table(people, headings, between, order)))
    assert [(r.name, r.phones, r.building, r.unit, r.room) for r in found.residents] == people


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people, headings)
def test_rows_with_problems_survive_the_sheet_of_problems(
    tmp_path: Path, people: list[Line], headings: tuple[str, ...]
) -> None:
    """Every row is left out for its number; in 导入问题.xlsx the numbers are put right."""
    broken = [(name, ("1380013",), *place) for name, _, *place in people]
    listing = read("a.xlsx", as_xlsx(table(broken, headings, "/", range(5))))  # type: ignore[arg-type]
    assert len(listing.left_out) == len(people)
    written = write_problem_sheet(tmp_path / "导入问题.xlsx", listing, Path("a.xlsx"))
    assert written is not None
    book = openpyxl.load_workbook(written.path)
    sheet = book["要改的"]
    column = [cell.value for cell in sheet[1]].index(" ".join(headings[1].split())) + 1
    for number, (_, numbers, *_) in enumerate(people, 2):
        sheet.cell(number, column).value = "/".join(n.replace(",", "转") for n in numbers)
    mended = read("导入问题.xlsx", saved(book))
    assert mended.is_mended
    assert [(r.name, r.phones, r.building, r.unit, r.room) for r in mended.residents] == people
    assert [r.row for r in mended.residents] == list(range(3, 3 + len(people))), "rows of the list"


# --- files that are broken ----------------------------------------------------------------------------


def outcome(name: str, data: bytes) -> None:
    """A list or a sentence; anything else is a fault of ours."""
    with contextlib.suppress(ListError):
        read(name, data)


SOURCES = {ugly.file: ugly for ugly in ugly_lists() if ugly.told.get("special") not in ("bomb", "far_cell")}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("lists")
    return {name: ugly.write(folder).read_bytes() for name, ugly in SOURCES.items()}


@pytest.mark.parametrize("name", list(SOURCES))
def test_changed_bytes_never_give_a_traceback(files: dict[str, bytes], name: str) -> None:
    chance = random.Random(name)
    for _ in range(5):
        data = bytearray(files[name])
        for _ in range(chance.choice((1, 3, 20))):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        cut = chance.randrange(len(data) + 1) if chance.random() < 0.3 else len(data)
        outcome(name, bytes(data[:cut]))


@pytest.mark.parametrize("name", [name for name in SOURCES if name.endswith(".xlsx")][:12])
def test_changed_parts_of_a_workbook_never_give_a_traceback(files: dict[str, bytes], name: str) -> None:
    """Within the zip, so that the checksums are right and the readers see the damage."""
    if not files[name].startswith(b"PK") or not zipfile.is_zipfile(io.BytesIO(files[name])):
        return
    chance = random.Random(name)
    for _ in range(5):
        outcome(name, with_damaged_part(files[name], chance))


def with_damaged_part(data: bytes, chance: random.Random) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        unlucky = chance.choice(old.namelist())
        for part in old.namelist():
            content = bytearray(old.read(part))
            for _ in range(chance.choice((1, 5, 40)) if part == unlucky and content else 0):
                content[chance.randrange(len(content))] = chance.choice(b'<>"0123456789AZaz/ &=')
            if part != unlucky or chance.random() > 0.1:
                new.writestr(part, bytes(content))
    return file.getvalue()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_as_text(data: bytes) -> None:
    for name in ("a.csv", "a.xlsx", "a.xls"):
        outcome(name, data)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.lists(anything | mobiles | names, min_size=1, max_size=6),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_any_cells(rows: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    outcome("a.csv", file.getvalue().encode("utf-8"))


# --- what a cell can hold -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "remark",
    ["字" * LONGEST_CELL, "😀👨👩👧", "𠮷䶮㐂", "=SUM(A1)", "+86", "-1", "@x", "第一行\n第二行", "'引号"],
)
def test_remarks_within_the_limits_of_a_workbook_survive(remark: str) -> None:
    found = read("a.xlsx", as_xlsx([["姓名", "电话", "备注"], ["张三", "13800138000", remark]]))
    assert found.residents[0].remark == remark


def test_a_very_long_name_is_kept() -> None:
    name = "阿卜杜" * 60
    assert read("a.xlsx", as_xlsx([["姓名", "电话"], [name, "13800138000"]])).residents[0].name == name


def test_control_characters_do_not_reach_a_name() -> None:
    found = read("a.csv", "姓名,电话\n张\x07三\u200b,13800138000\n".encode())
    assert found.residents[0].name == "张三"
