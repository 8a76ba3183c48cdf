"""The workbook of results, imported again: the same people, and nothing of what became of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import string
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.lists import result_sheet
from campaign.lists.files import sheets_of
from campaign.lists.id_numbers import check_character
from campaign.lists.reading import ReadOptions, ResidentList, read_list
from campaign.policy import CallingRules, after_attempt
from campaign.records import CallResult, Disposition, Grade, Resident, SlotValue
from campaign.store import Store
from exports.workbook.columns import slot_column
from exports.workbook.results import write_workbook
from tests.test_lists_survive import landlines, mobiles, names

NOW = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)
COLUMNS = [
    slot_column("people", "同住人姓名", "text"),
    slot_column("other_phone", "其他联系电话", "text"),
    slot_column("household_size", "同住人数", "text"),
    slot_column("room", "房间", "text"),
]
ANSWERS = (
    SlotValue("people", "王小明", "王小明"),
    SlotValue("other_phone", "13712345678", "幺三七"),
    SlotValue("household_size", "共3人", "三口"),
    SlotValue("room", "九零九", "九零九"),
)
"""Answers that a list might hold in columns of its own."""


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    digits = f"1101011950030{draw(st.integers(1, 9))}{draw(st.integers(0, 999)):03d}"
    return digits + check_character(digits)


words = st.text(st.sampled_from("租住独居乐安" + string.ascii_letters), max_size=6)
phones = st.lists(mobiles | landlines, min_size=1, max_size=3, unique=True)
rows = st.lists(
    st.tuples(
        names, phones, st.integers(1, 40), st.integers(1, 6), st.integers(101, 2804),
        identity_numbers() | st.just(""), words, words,
    ),
    min_size=1, max_size=8, unique_by=(lambda row: row[0], lambda row: row[1][0]),
)  # fmt: skip
in_parts = st.tuples(
    st.sampled_from(["姓名", "住户姓名", "户主"]),
    st.sampled_from(["电话", "联系电话", "手机号"]),
    st.sampled_from(["楼号", "楼栋"]),
    st.sampled_from(["单元", "单元号"]),
    st.sampled_from(["房号", "门牌号"]),
    st.sampled_from(["身份证号", "证件号码"]),
    st.sampled_from(["备注", "情况说明"]),
    st.sampled_from(["居住状态", "状态", "类别", "通话时间", "年龄"]),
)
in_one = in_parts.map(lambda told: (*told[:2], "家庭住址", *told[5:]))


def file_of(heads: Sequence[str], people: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(heads))
    for name, numbers, building, unit, room, *others in people:
        dialled = "/".join(number.replace(",", "转") for number in numbers)  # type: ignore[attr-defined]
        flat = [f"{building}号楼", f"{unit}单元", f"{room}室"]
        place = flat if len(heads) == 8 else ["幸福里" + "".join(flat)]
        sheet.append([name, dialled, *place, *others])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(data: bytes, name: str = "名单.xlsx") -> ResidentList:
    return read_list(Path(name), ReadOptions(), sheets_of(Path(name), data))


def results_of(folder: Path, listing: ResidentList, remark: str = "") -> Path:
    """The workbook of a campaign in which everybody was called."""
    path = folder / "结果.xlsx"
    (folder / "wenhou.db").unlink(missing_ok=True)
    path.unlink(missing_ok=True)
    with Store.open(folder / "wenhou.db") as store:
        campaign = store.create_campaign(
            "三月", "health_survey", "1", "名单.xlsx", listing.in_order, NOW, listing.problems
        )
        store.keep_list_columns(campaign.id, listing.columns.items())
        while claimed := store.claim_due(campaign.id, NOW, limit=1):
            talk = CallResult(
                claimed[0].id, Disposition.COMPLETED, NOW + dt.timedelta(seconds=60),
                answered_at=NOW, slots=ANSWERS, grade=Grade.GREEN,
            )  # fmt: skip
            store.finish(talk, after_attempt(talk, (), talk.ended_at, CallingRules()))
        write_workbook(
            store, campaign.id, path, recordings=folder, columns=COLUMNS, generated_at=NOW, zone=dt.UTC
        )
    if remark:
        book = openpyxl.load_workbook(path)
        sheet = book["结果"]
        heads = [cell.value for cell in sheet[1]]
        sheet.cell(2, heads.index(result_sheet.STAFF_REMARK) + 1).value = remark
        book.save(path)
    return path


def told(residents: Sequence[Resident]) -> list[tuple[object, ...]]:
    return [
        (r.name, r.phones, r.building, r.unit, r.room, r.address, r.id_number, r.remark, dict(r.extra))
        for r in residents
    ]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, in_parts | in_one)
def test_a_list_survives_its_calls(
    tmp_path: Path, people: list[tuple[object, ...]], heads: tuple[str, ...]
) -> None:
    first = read(file_of(heads, people))
    again = read_list(results_of(tmp_path, first), ReadOptions())
    assert told(again.residents) == told(first.residents)
    assert again.left_out == []


PEOPLE = [("张三", ("13800138000",), 3, 2, 501, "", "腿脚不便", "独居")]
HEADS = ("姓名", "电话", "楼号", "单元", "房号", "身份证号", "备注", "状态")


def test_answers_are_nobody_and_no_columns_of_the_next_list(tmp_path: Path) -> None:
    again = read_list(results_of(tmp_path, read(file_of(HEADS, PEOPLE))), ReadOptions())
    assert list(again.columns) == ["姓名", "联系电话", "备注", "楼号", "单元", "房号", "身份证号", "状态"]
    assert again.residents[0].extra == {"状态": "独居"}
    assert again.problems == (), "neither the other sheets nor the hidden one are worth a word"


def test_what_staff_wrote_still_counts(tmp_path: Path) -> None:
    first = read(file_of(HEADS, [*PEOPLE, ("李四", ("13900139000",), 3, 2, 502, "", "", "")]))
    again = read_list(results_of(tmp_path, first, remark="不要再打电话了"), ReadOptions())
    assert [r.name for r in again.residents] == ["李四"]
    assert [(p.name, p.kind) for p in again.left_out] == [("张三", "do_not_call")]


def test_the_same_as_text(tmp_path: Path) -> None:
    first = read(file_of(HEADS, PEOPLE))
    sheet = openpyxl.load_workbook(results_of(tmp_path, first))["结果"]
    file = io.StringIO()
    csv.writer(file).writerows([cell.value or "" for cell in row] for row in sheet.iter_rows())
    again = read(file.getvalue().encode("utf-8-sig"), "结果.csv")
    assert told(again.residents) == told(first.residents)


def test_a_list_that_calls_a_column_as_the_sheet_does_is_no_result_sheet() -> None:
    found = read("姓名,联系电话,居民编号,通话时间\n张三,13800138000,7,上午\n".encode(), "名单.csv")
    assert found.residents[0].extra == {"居民编号": "7", "通话时间": "上午"}
