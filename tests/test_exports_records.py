"""csv, JSON, tables of other systems, masked records, and who lives together."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import ExportError
from campaign.records import Resident, ResidentState, SlotValue
from campaign.store import ResidentStanding
from exports.records.column_mapping import read_mapping
from exports.records.fields import Field
from exports.records.files import csv_bytes
from exports.records.households import densities, households_of, size_slot
from exports.records.masking import (
    HIDDEN,
    mask_address,
    mask_name,
    mask_number,
    mask_text,
    masked,
    masked_standing,
)
from tests.community_office import SECRET, CommunityOffice, residents

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
FIELDS = [
    Field("name", "姓名", "", lambda s: s.resident.name),
    Field("grade", "排查分级", "", lambda s: s.grade.label if s.grade else ""),
    Field("answer.temperature", "体温", "", lambda s: 36.5),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> CommunityOffice:
    office = CommunityOffice(tmp_path_factory.mktemp("office"))
    people = residents(12)
    people[0] = Resident(
        0, 2, '=cmd|"/c calc"!A1', ("13800138000",), "1号楼", "1单元", "101", remark="@SUM(1)"
    )
    people[1] = Resident(0, 3, "张三", ("13900139000",), "1号楼", "1单元", "101", extra={"姓名": "另一个"})
    office.campaign("三月", people, NOW - dt.timedelta(hours=1))
    return office


def standing(number: int, resident: Resident, **slots: object) -> ResidentStanding:
    values = {name: SlotValue(name, value, "原话") for name, value in slots.items()}
    person = Resident(**{**vars(resident), "id": number})
    return ResidentStanding(person, ResidentState.DONE, (), None, None, None, values, None)


def rows_of(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(encoding))))


# --- files --------------------------------------------------------------------------------------------


def test_csv_has_a_bom_a_line_for_each_resident_and_no_formula(office: CommunityOffice) -> None:
    file = office.folder / "全部.csv"
    assert office("export", "--csv", str(file)) == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert file.stat().st_mode & 0o077 == 0
    rows = rows_of(file)
    assert len(rows) == 12
    assert rows[0]["姓名"] == '\'=cmd|"/c calc"!A1'
    assert rows[0]["名单备注"] == "'@SUM(1)"
    assert (rows[1]["姓名"], rows[1]["姓名(2)"]) == ("张三", "另一个")
    assert {row["体温"] for row in rows} <= {"", "36.5", "38.2"}


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), max_size=5))
def test_no_cell_of_any_csv_is_a_formula(rows: list[list[str]]) -> None:
    text = csv_bytes(["甲", "乙"], rows).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(
            cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")) for cell in row
        )


def test_json_holds_what_the_keys_say(office: CommunityOffice) -> None:
    file = office.folder / "全部.json"
    assert office("export", "--json", str(file)) == 0
    content = json.loads(file.read_text("utf-8"))
    assert (content["format"], content["is_masked"], len(content["residents"])) == (1, False, 12)
    answered = [one for one in content["residents"] if "temperature" in one["answers"]]
    assert answered
    for one in answered:
        assert isinstance(one["answers"]["temperature"]["value"], float)
        assert isinstance(one["answers"]["symptoms"]["value"], list)
        assert one["answers"]["symptoms"]["raw"] == SECRET


def test_every_column_of_the_csv_is_documented(
    office: CommunityOffice, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    office("export", "--fields")
    told = capsys.readouterr().out
    office("export", "--csv", str(office.folder / "x.csv"))
    for heading in rows_of(office.folder / "x.csv")[0]:
        assert heading.removesuffix("(2)").split("（")[0] in told


# --- masked -------------------------------------------------------------------------------------------


def test_masked_files_hold_no_name_number_room_or_word(office: CommunityOffice) -> None:
    for arguments in (("--csv", "m.csv"), ("--json", "m.json"), ("-o", "m.xlsx")):
        file = office.folder / arguments[1]
        assert office("export", "--masked", arguments[0], str(file)) == 0
        text = _everything_in(file)
        with office.store() as store:
            for person in store.residents(1):
                assert person.name not in text
                assert person.phones[0] not in text
        assert SECRET not in text
        assert "138****" in text
        assert ".wav" not in text


def _everything_in(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text("utf-8-sig")
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    comments = [cell.comment.text for cell in cells if cell.comment]
    links = [str(cell.hyperlink.target) for cell in cells if cell.hyperlink]
    return "\n".join([*(str(cell.value) for cell in cells), *comments, *links])


def test_masks() -> None:
    assert [mask_name(name) for name in ("张三", "张", "", "欧阳娜娜", "张三、李四")] == [
        "张*", "*", "", "欧***", "张*、李*",
    ]  # fmt: skip
    assert [mask_number(n) for n in ("13800138000", "01062345678", "62345678", "01062345678,801")] == [
        "138****8000", "010****5678", "****78", "010****5678,***",
    ]  # fmt: skip
    assert mask_address("幸福里1号楼2单元301") == "幸福里1号楼***"
    assert mask_text("2026-11-26 打 138 0013 8000 找张三", "张三") == "2026-11-26 打 **** 找张*"
    assert mask_text("幺三八零零幺三八零零零") == "****"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text("赵钱孙李周吴", min_size=2, max_size=4))
def test_a_masked_record_never_holds_the_number_or_the_name(number: str, name: str) -> None:
    person = Resident(
        0, 2, name, (number,), "1号楼", "1单元", "301", address=f"1号楼301{name}", remark=f"找{name}{number}",
        extra={"联系人": f"{name}{number}", "社区": "幸福"},
    )  # fmt: skip
    told = repr(masked_standing(standing(1, person, needs=f"打{number}找{name}")))
    assert number not in told
    assert name not in told
    assert masked(person).extra == {"联系人": HIDDEN, "社区": "幸福"}


# --- other systems ------------------------------------------------------------------------------------


def test_a_mapping_gives_the_table_of_another_system(office: CommunityOffice) -> None:
    mapping = office.folder / "上报.ini"
    lines = (
        "# 平台",
        "户主 = 姓名",
        "级=排查分级 | 红=3，黄=2, 绿=1, 空=0",
        '单位 = "幸福"',
        "体温 = answer.temperature",
    )
    mapping.write_bytes("\n".join(lines).encode("gb18030"))
    out = office.folder / "上报.csv"
    assert office("export", "--mapping", str(mapping), "-o", str(out), "--encoding", "gb18030") == 0
    rows = rows_of(out, "gb18030")
    assert list(rows[0]) == ["户主", "级", "单位", "体温"]
    assert {row["级"] for row in rows} <= {"0", "1", "2", "3"}
    assert {row["单位"] for row in rows} == {"幸福"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("户主 = 姓明", "第 1 行: 没有“姓明”这个字段（是不是 姓名？）"),
        ("\n\n户主", "第 3 行: “户主”里没有等号"),
        ("= 姓名", "第 1 行: 等号左边要写"),
        ("户主 =", "第 1 行: 等号右边要写"),
        ("甲 = 姓名\n甲 = 体温", "第 2 行: “甲”在第 1 行已经写过"),
        ("级 = 排查分级 | 红", "第 1 行: “红”要写成"),
        ("级 = 排查分级 | 红=1, 红=2", "“红”写了两次"),
        ("级 = 排查分级 |", "后面要写换值的规则"),
        ("# 没有", "没有一行"),
    ],
)
def test_a_wrong_mapping_is_told_by_its_line(text: str, told: str) -> None:
    with pytest.raises(ExportError) as caught:
        read_mapping(text, FIELDS, "上报.ini")
    assert told in caught.value.message


@given(st.text(max_size=80))
def test_any_text_is_a_mapping_or_is_told_what_is_wrong(text: str) -> None:
    with contextlib.suppress(ExportError):
        assert read_mapping(text, FIELDS, "x")


def test_values_without_a_rule_stay_unless_there_is_one_for_the_rest() -> None:
    person = standing(1, Resident(0, 2, "张三", ("1",)))
    kept, other = read_mapping("甲 = 姓名 | 李四=1\n乙 = 姓名 | 李四=1, 其他=9", FIELDS, "x")
    assert (kept.value(person), other.value(person)) == ("张三", "9")


# --- households ---------------------------------------------------------------------------------------


def at(building: str, room: str, number: int, **slots: object) -> ResidentStanding:
    return standing(
        number, Resident(0, number, f"某{number}", (f"1380000{number:04d}",), building, "", room), **slots
    )


def test_residents_of_one_door_are_a_household_and_contradictions_are_told() -> None:
    first, second, third = households_of(
        [
            at("1号楼", "101", 1, size=2), at("1号楼", "101", 2, size=4), at("1号楼", "102", 3, size=1),
            at("1号楼", "102", 4), at("2号楼", "101", 5),
        ],
        "size",
    )  # fmt: skip
    assert (first.size, first.is_contradicted, first.is_short) == (4, True, False)
    assert (second.size, second.is_contradicted, second.is_short) == (1, False, True)
    assert third.size is None


def test_buildings_are_ranked_only_where_enough_answered() -> None:
    people = [at("1号楼", f"{n}01", n, size=2) for n in range(1, 7)]
    people += [at("2号楼", f"{n}01", 20 + n, size=5 if n < 6 else None) for n in range(1, 11)]
    people += [at("3号楼", "101", 50, size=9)]
    ranking = densities(households_of(people, "size"), least=5)
    assert [(d.building, d.mean, d.answered, d.households) for d in ranking] == [
        ("2号楼", 5.0, 5, 10), ("1号楼", 2.0, 6, 6), ("3号楼", None, 1, 1),
    ]  # fmt: skip
    assert (ranking[0].coverage, ranking[0].estimate) == (0.5, 50)
    assert ranking[2].largest is None


def test_unsure_sizes_do_not_count() -> None:
    unsure = at("1号楼", "101", 1)
    unsure.slots["size"] = SlotValue("size", 9, "九口吧", is_certain=False)
    assert households_of([unsure], "size")[0].size is None


def test_the_slot_of_the_size_is_found() -> None:
    assert size_slot({"a": ("count", "楼层"), "household_size": ("count", "同住人数")}) == "household_size"
    assert size_slot({"a": ("count", "家里几口人")}) == "a"
    assert size_slot({"a": ("text", "同住")}) == ""


def test_households_are_shown_and_written(
    office: CommunityOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    file = office.folder / "同住.csv"
    assert office("households", "--least", "1", "--csv", str(file), "--masked") == 0
    told = capsys.readouterr().out
    assert "1号楼1单元***" in told
    text = file.read_text("utf-8-sig")
    assert text.startswith("名次,楼号,户数,答了的户,覆盖,平均同住,最多,估计人数")
    assert "张三" not in text + told
