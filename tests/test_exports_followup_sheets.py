"""The queue as a sheet for each person: handed out, filled in, read back; nothing is overwritten silently."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import openpyxl
import pytest

from campaign.records import Disposition, ResidentState
from tests.staff_office import NOON, Office, fill_in

DONE = {"结果": "已完成", "体温": 36.5, "症状": "无"}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office("followup", "assign", "--by-building")
    office("followup", "export")
    return office


def person_of(office: Office, name: str) -> str:
    follow_up = office.standing(name).follow_up
    assert follow_up is not None
    return follow_up.assigned_to


@pytest.fixture
def path(office: Office) -> Path:
    """The sheet of whoever has the first building: 张三 (1) and 李四 (2)."""
    return office.sheet_of(person_of(office, "张三"))


def test_everybody_gets_a_sheet_of_their_own(office: Office, path: Path) -> None:
    assert path != office.sheet_of(person_of(office, "王五"))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:4] == ["编号", "优先", "姓名", "联系电话"]
    assert heads[-1] == "表号"
    assert [sheet.cell(row, 3).value for row in (2, 3)] == ["张三", "李四"]
    assert sheet.cell(2, heads.index("体温") + 1).value == "37.8（待核实）"
    (choices,) = sheet.data_validations.dataValidation
    assert "无人接听" in choices.formula1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_sheet_that_is_out_is_never_written_over(office: Office, path: Path) -> None:
    fill_in(path, {"1": DONE})
    office("followup", "export")
    assert len(list(office.folder.rglob("待跟进-*.xlsx"))) == 4
    assert "已导入 1 户" in office("followup", "import", str(path))[1]


def test_what_was_filled_in_is_taken_as_if_typed_at_the_terminal(office: Office, path: Path) -> None:
    fill_in(path, {"1": {**DONE, "备注": "本人接的", "处理时间": "11:30"}})
    code, told = office("followup", "import", str(path))
    assert code == 0
    assert "已导入 1 户，没有填的 1 户" in told
    standing = office.standing("张三")
    assert (standing.state, standing.disposition) == (ResidentState.DONE, Disposition.COMPLETED)
    assert standing.slots["temperature"].value == 36.5
    assert standing.slots["temperature"].entered_by == person_of_closed(office)
    assert f"{standing.attempts[-1].dialled_at.astimezone(None):%M}" == "30"
    assert standing.closed is not None
    assert standing.closed.outcome == "已完成：本人接的"


def person_of_closed(office: Office) -> str:
    closed = office.standing("张三").closed
    assert closed is not None
    return closed.closed_by


def test_reading_a_sheet_twice_does_nothing_twice(office: Office, path: Path) -> None:
    fill_in(path, {"1": {"结果": "无人接听"}})
    office("followup", "import", str(path))
    told = office("followup", "import", str(path))[1]
    assert "已导入 0 户" in told
    assert "以前导入过的 1 户" in told
    assert len(office.standing("张三").attempts) == 2
    fill_in(path, {"1": DONE})  # reached on the next day, in the same sheet
    assert "已导入 1 户" in office("followup", "import", str(path))[1]


def test_a_dry_run_changes_nothing(office: Office, path: Path) -> None:
    fill_in(path, {"1": DONE})
    assert "可以导入 1 户" in office("followup", "import", "--dry-run", str(path))[1]
    assert office.standing("张三").state is ResidentState.FOLLOW_UP
    assert "已导入 1 户" in office("followup", "import", str(path))[1]


def test_rows_may_be_sorted_and_saved_as_csv(office: Office, path: Path) -> None:
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    heads = list(rows[0])
    last = ["" if cell is None else str(cell) for cell in rows[2]]
    last[heads.index("结果")] = "空号"
    lines = [heads, last, *rows[1:2]]
    text = "\n".join(",".join("" if c is None else str(c) for c in line) for line in lines)
    csv = path.with_suffix(".csv")
    csv.write_text(text, encoding="gb18030")
    assert "已导入 1 户" in office("followup", "import", str(csv))[1]
    assert office.standing("李四").disposition is Disposition.INVALID_NUMBER


# --- conflicts ----------------------------------------------------------------------------------------


def test_two_copies_that_say_different_things_are_a_conflict(office: Office, path: Path) -> None:
    other = Path(shutil.copy(path, path.with_name("副本.xlsx")))
    fill_in(path, {"1": DONE})
    fill_in(other, {"1": {**DONE, "体温": 38.8}})
    office("followup", "import", str(path))
    code, told = office("followup", "import", str(other))
    assert code == 2
    assert "冲突，没有导入：第 2 行（编号 1，张三）：已经由" in told
    assert office.standing("张三").slots["temperature"].value == 36.5


def test_an_answer_that_changed_meanwhile_is_shown_with_both_values(office: Office, path: Path) -> None:
    office("followup", "call", "1", "--result", "部分完成", "--set", "体温=36.9", "--by", "王芳")
    fill_in(path, {"1": DONE})
    code, told = office("followup", "import", str(path))
    assert code == 2
    assert "“体温”现在是“36.9”（王芳 11-26 12:00 填），表里是“36.5”。以表为准请加 --overwrite 1" in told
    assert office.standing("张三").slots["temperature"].value == 36.9
    assert office("followup", "import", str(path), "--overwrite", "1")[0] == 0
    assert office.standing("张三").slots["temperature"].value == 36.5


def test_the_same_change_on_both_sides_is_none(office: Office, path: Path) -> None:
    office("followup", "call", "1", "--result", "部分完成", "--set", "体温=36.5", "--by", "王芳")
    fill_in(path, {"1": DONE})
    assert office("followup", "import", str(path))[0] == 0


def test_who_is_being_called_right_now_is_left_alone(office: Office, path: Path) -> None:
    office("followup", "claim", "1", "--by", "王芳")
    fill_in(path, {"1": DONE})
    assert "王芳 在 11-26 12:00 领走了，正在处理" in office("followup", "import", str(path))[1]
    assert office.standing("张三").state is ResidentState.FOLLOW_UP


# --- what is wrong in a sheet -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"结果": "好了"}, "“结果”不能是“好了”，请从下拉列表里选"),
        ({"体温": 36.5}, "填了回答，但没有选“结果”"),
        ({"结果": "已完成", "体温": "很高"}, "“体温”不能是“很高”，应写 体温，如 36.5"),
        ({"结果": "已完成", "症状": "牙"}, "“症状”里没有“牙”"),
        ({"结果": "已完成", "处理时间": "下午"}, "“处理时间”看不懂“下午”"),
        ({"结果": "已完成", "处理时间": "23:30"}, "“处理时间”23:30 还没有到"),
        ({"姓名": "张三三"}, "“姓名”从“张三”改成了“张三三”，这一栏不能在这里改，没有采用"),
    ],
)
def test_a_mistake_is_named_with_its_row_and_the_row_is_left(
    office: Office, path: Path, cells: dict[str, object], told: str
) -> None:
    fill_in(path, {"1": cells, "2": {"结果": "关机"}})
    code, printed = office("followup", "import", str(path))
    assert code == 2
    assert f"请改正：第 2 行（编号 1，{cells.get('姓名', '张三')}）：" in printed
    assert told in printed
    assert "已导入 1 户" in printed, "the other row"
    assert office.standing("张三").state is ResidentState.FOLLOW_UP


def edit(path: Path, act: object) -> None:
    book = openpyxl.load_workbook(path)
    act(book.worksheets[0])  # type: ignore[operator]
    book.save(path)


def test_rows_that_were_deleted_or_doubled_are_told(office: Office, path: Path) -> None:
    edit(path, lambda sheet: sheet.delete_rows(3))
    assert "表里少了 1 行（编号 2），这些居民没有改动" in office("followup", "import", str(path))[1]
    fill_in(path, {"1": DONE})
    edit(path, lambda sheet: sheet.append([cell.value for cell in sheet[2]]))
    assert "同一个编号出现了两次" in office("followup", "import", str(path))[1]
    assert office.standing("张三").state is ResidentState.FOLLOW_UP


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda sheet: sheet.cell(2, 1, "x"), "第 2 行认不出是谁"),
        (lambda sheet: sheet.cell(2, sheet.max_column, "99"), "没有表号 99"),
        (lambda sheet: sheet.cell(1, sheet.max_column, "备忘"), "不是 wenhou followup export 导出的跟进表"),
    ],
)
def test_a_sheet_that_cannot_be_recognised_is_refused_whole(
    office: Office, path: Path, act: object, told: str
) -> None:
    fill_in(path, {"1": DONE})
    edit(path, act)
    code, printed = office("followup", "import", str(path))
    assert code == 2
    assert told in printed
    assert office.standing("张三").state is ResidentState.FOLLOW_UP


def test_a_number_that_was_not_in_the_sheet_is_refused(office: Office, path: Path) -> None:
    fill_in(path, {"1": {**DONE, "编号": "3"}})
    assert "这张表里没有发过这个编号" in office("followup", "import", str(path))[1]
    assert office.standing("王五").state is ResidentState.FOLLOW_UP


def test_a_sheet_of_another_campaign_is_refused(office: Office, path: Path) -> None:
    with office.store() as store:
        first = store.campaign(1)
        store.create_campaign("四月", first.script, first.script_version, "b.csv", [], NOON)
    code, told = office("followup", "import", str(path))
    assert code == 2
    assert "任务 1 的跟进表，请加上 --campaign 1" in told
