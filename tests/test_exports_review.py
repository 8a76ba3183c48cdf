"""Staff correct the result workbook and hand it back."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from campaign.records import Grade
from campaign.settings import load_settings
from dialogs.authoring.versions_used import used_folder, used_script
from exports.workbook.keeper import WorkbookKeeper
from tests.staff_office import NOON, Office

LATER = NOON + dt.timedelta(hours=2)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def export(office: Office, name: str = "结果.xlsx", campaign_id: int = 1) -> Path:
    """The result workbook as ``wenhou export`` writes it."""
    settings = load_settings(office.conf)
    with office.store() as store:
        campaign = store.campaign(campaign_id)
        script = used_script(campaign, used_folder(settings)).script
        written = WorkbookKeeper(store, campaign, settings, script).write(office.now).path
    copy = office.folder / name
    copy.write_bytes(written.read_bytes())
    return copy


def edit(path: Path, edits: Mapping[str, Mapping[str, Any]], by: str = "") -> dict[str, str]:
    """Change cells, by resident and heading, as somebody at a spreadsheet does; their coordinates."""
    book = openpyxl.load_workbook(path)
    sheet = book["结果"]
    heads = [cell.value for cell in sheet[1]]
    places = {}
    for row in range(2, sheet.max_row + 1):
        name = str(sheet.cell(row, 1).value)
        for heading, value in edits.get(name, {}).items():
            cell = sheet.cell(row, heads.index(heading) + 1)
            cell.value = value
            places[f"{name} {heading}"] = cell.coordinate
    book.properties.lastModifiedBy = by or None
    book.save(path)
    return places


def row_of(path: Path, name: str) -> dict[str, Any]:
    sheet = openpyxl.load_workbook(path)["结果"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == name)
    return dict(zip(heads, row, strict=True))


# --- what is legal lands ------------------------------------------------------------------------------


def test_a_sheet_that_nobody_changed_changes_nothing(office: Office) -> None:
    code, told = office("review", "import", str(export(office)))
    assert code == 0
    assert "已改 0 处（0 户）" in told
    assert "没有改动的 5 户" in told


def test_corrected_answers_land_with_who_when_and_what_was_there(office: Office) -> None:
    path = export(office)
    edit(path, {"钱七": {"体温": 38.2, "症状": "发热、咳嗽", "人工备注": "下午再量一次"}})
    code, told = office("review", "import", str(path), "--reviewer", "李娜")
    assert code == 0
    standing = office.standing("钱七")
    assert standing.slots["temperature"].value == 38.2
    assert standing.slots["symptoms"].value == ["发热", "咳嗽"]
    assert standing.slots["temperature"].entered_by == "李娜"
    assert standing.remark == "下午再量一次"
    assert standing.grade is Grade.RED, "38.2 is red, whatever the robot had"
    assert "绿 → 红（按新答案重算）" in told
    assert "空白 → 38.2" in told
    fields = {correction.field: correction for correction in standing.corrections}
    assert set(fields) == {"slot:temperature", "slot:symptoms", "remark", "grade"}
    assert fields["slot:temperature"].old is None
    assert fields["slot:temperature"].by == "李娜"
    assert fields["slot:temperature"].origin.startswith("结果.xlsx!")
    code, log = office("review", "log")
    assert "李娜" in log
    assert "共 4 处改动" in log


def test_later_workbooks_show_what_was_corrected(office: Office) -> None:
    path = export(office)
    edit(path, {"张三": {"体温": 36.6, "排查分级": "黄"}})
    office("review", "import", str(path), "--reviewer", "李娜")
    row = row_of(export(office), "张三")
    assert row["体温"].value == 36.6
    assert row["体温"].fill.fgColor.rgb == "00E4DFEC"
    note = row["体温"].comment.text
    assert note.startswith("人工更正：李娜 ")
    assert "原来：37.8（待核实）" in note
    assert "机器人听到：三十七度吧" in note
    assert row["排查分级"].value == "黄"
    assert "原来：红" in row["排查分级"].comment.text


def test_taking_the_doubt_away_is_agreeing(office: Office) -> None:
    path = export(office)
    edit(path, {"张三": {"体温": 37.8}})
    code, told = office("review", "import", str(path), "--reviewer", "李娜")
    assert code == 0
    assert "37.8（待核实） → 37.8" in told
    slot = office.standing("张三").slots["temperature"]
    assert (slot.value, slot.is_certain) == (37.8, True)


def test_reading_a_sheet_twice_does_nothing_twice(office: Office) -> None:
    path = export(office)
    edit(path, {"钱七": {"体温": 36.4}})
    office("review", "import", str(path))
    code, told = office("review", "import", str(path))
    assert code == 0
    assert "以前已经改过的 1 处" in told
    assert len([c for c in office.standing("钱七").corrections if c.field == "slot:temperature"]) == 1


def test_a_dry_run_changes_nothing(office: Office) -> None:
    path = export(office)
    edit(path, {"钱七": {"体温": 36.4}})
    _, told = office("review", "import", str(path), "--dry-run")
    assert "可以改 " in told
    assert "temperature" not in office.standing("钱七").slots


def test_who_saved_the_file_is_who_corrected_it(office: Office) -> None:
    path = export(office)
    edit(path, {"钱七": {"体温": 36.4}}, by="张敏")
    office("review", "import", str(path))
    assert office.standing("钱七").slots["temperature"].entered_by == "张敏"


def test_sorted_rows_moved_columns_and_a_title_do_not_matter(office: Office) -> None:
    path = export(office)
    edit(path, {"钱七": {"体温": 36.4}})
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for row in book["结果"].iter_rows()]
    index = list(range(len(book.worksheets)))[book.sheetnames.index("结果")]
    book.remove(book["结果"])
    sheet = book.create_sheet("改过的", index)
    sheet.append(["三月排查结果"])
    for row in [rows[0], *reversed(rows[1:])]:
        sheet.append(list(reversed(row)))
    book.save(path)
    code, told = office("review", "import", str(path))
    assert code == 0, told
    assert office.standing("钱七").slots["temperature"].value == 36.4


def test_a_grade_set_by_hand_is_only_made_worse_by_answers(office: Office) -> None:
    path = export(office)
    edit(path, {"钱七": {"排查分级": "红"}})
    office("review", "import", str(path), "--reviewer", "李娜")
    path = export(office)
    edit(path, {"钱七": {"体温": 36.4}})
    _, told = office("review", "import", str(path), "--reviewer", "张敏")
    assert office.standing("钱七").grade is Grade.RED
    assert "“红”是 李娜 改的，没有重算" in told


def test_a_grade_below_what_the_answers_say_is_taken_and_told(office: Office) -> None:
    path = export(office)
    edit(path, {"钱七": {"体温": 38.5, "排查分级": "黄"}})
    _, told = office("review", "import", str(path))
    assert office.standing("钱七").grade is Grade.YELLOW
    assert "请再看看" in told


# --- what is not legal is told with its cell ----------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "value", "why"),
    [
        ("体温", 50, "应在 34 到 43 之间"),
        ("体温", "有点热", "不能是“有点热”"),
        ("体温", None, "清空了"),
        ("体温", "37.9（待核实）", "还写着“待核实”"),
        ("目前在京", "也许", "应写 是、否"),
        ("症状", "心慌慌", "里没有“心慌慌”"),
        ("排查分级", "蓝", "分级不能是“蓝”"),
        ("排查分级", None, "分级不能清空"),
        ("人工备注", "长" * 2001, "最多 2000 字"),
        ("姓名", "张三丰", "这一栏不能在这里改"),
        ("联系电话", "13900000000", "这一栏不能在这里改"),
        ("状态", "已完成", "这一栏不能在这里改"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_cell(
    office: Office, heading: str, value: Any, why: str
) -> None:
    path = export(office)
    before = office.standing("张三")
    places = edit(path, {"张三": {heading: value}})
    code, told = office("review", "import", str(path))
    assert code == 2
    assert why in told
    assert places[f"张三 {heading}"] in told
    assert office.standing("张三") == before


def test_a_deleted_a_duplicated_and_a_new_row_are_told(office: Office) -> None:
    path = export(office)
    edit(path, {"钱七": {"体温": 36.4}})
    book = openpyxl.load_workbook(path)
    sheet = book["结果"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    sheet.delete_rows(2)  # 张三
    sheet.append(rows[4])  # 钱七 once more
    sheet.append(["新来的", "13000000000"])
    book.save(path)
    code, told = office("review", "import", str(path))
    assert code == 2
    assert "表里少了 1 行：张三（编号 1）" in told
    assert "编号 5 出现了 2 次" in told
    assert "没有“居民编号”，认不出是哪一户" in told
    assert "temperature" not in office.standing("钱七").slots


def test_a_row_whose_cells_belong_to_somebody_else_is_not_taken(office: Office) -> None:
    path = export(office)
    edit(path, {"钱七": {"姓名": "张三", "联系电话": "13800138000", "体温": 39.0}})
    code, told = office("review", "import", str(path))
    assert code == 2
    assert "像是错了位" in told
    assert "temperature" not in office.standing("钱七").slots


def test_two_people_who_changed_the_same_cell_are_told_and_the_first_holds(office: Office) -> None:
    mine, theirs = export(office, "李娜.xlsx"), export(office, "张敏.xlsx")
    edit(mine, {"钱七": {"体温": 36.4, "人工备注": "好"}})
    places = edit(theirs, {"钱七": {"体温": 37.0, "人工备注": "好"}})
    office("review", "import", str(mine), "--reviewer", "李娜")
    code, told = office("review", "import", str(theirs), "--reviewer", "张敏")
    assert code == 2
    cell = places["钱七 体温"]
    assert cell in told
    assert "发出时是“”，现在已经是“36.4”（李娜" in told
    assert office.standing("钱七").slots["temperature"].value == 36.4
    code, _ = office("review", "import", str(theirs), "--reviewer", "张敏", "--overwrite", cell)
    assert code == 0
    assert office.standing("钱七").slots["temperature"].value == 37.0


def test_a_call_meanwhile_is_not_overwritten(office: Office) -> None:
    path = export(office)
    office("followup", "done", "2", "--set", "体温=38.8", "--by", "李娜")
    edit(path, {"李四": {"体温": 36.5}})
    code, told = office("review", "import", str(path))
    assert code == 2
    assert "现在已经是“38.8”" in told
    assert office.standing("李四").slots["temperature"].value == 38.8


def test_a_sheet_of_another_campaign_is_refused(office: Office) -> None:
    path = export(office)
    with office.store() as store:
        store.create_campaign("四月", "health_survey", store.campaign(1).script_version, "b.xlsx", (), NOON)
    code, told = office("review", "import", str(path))
    assert code == 2
    assert "是任务 1“三月”的表" in told
    assert office("review", "import", str(path), "--campaign", "1")[0] == 0


def test_a_sheet_of_another_store_is_refused(office: Office, tmp_path: Path) -> None:
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    other = Office(elsewhere)
    with other.store() as store, store.writing() as sql:
        sql.execute("UPDATE campaign SET created_at = '2020-01-01T00:00:00.000+00:00'")
    code, told = office("review", "import", str(export(other)))
    assert code == 2
    assert "不是从这个数据库导出的" in told


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", "姓名,体温\n张三,36\n".encode()])
def test_what_is_no_workbook_is_one_sentence(office: Office, content: bytes) -> None:
    path = office.folder / "x.xlsx"
    path.write_bytes(content)
    code, told = office("review", "import", str(path))
    assert code == 2
    assert told.count("。") <= 4


def test_a_workbook_without_the_hidden_sheet_says_what_to_do(office: Office) -> None:
    path = export(office)
    book = openpyxl.load_workbook(path)
    book.remove(book["发出记录"])
    book.save(path)
    code, told = office("review", "import", str(path))
    assert code == 2
    assert "在 wenhou 导出的表里改" in told


def test_lost_renamed_and_added_columns_are_told(office: Office) -> None:
    path = export(office)
    book = openpyxl.load_workbook(path)
    sheet = book["结果"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(1, heads.index("体温") + 1).value = "温度"
    sheet.cell(1, len(heads) + 1, "我加的")
    book.save(path)
    code, told = office("review", "import", str(path))
    assert code == 2
    assert "“体温”这一栏不见了" in told
    assert "“温度”是新加的" in told
    assert "“我加的”是新加的" in told


# --- the queue's own columns --------------------------------------------------------------------------


def test_what_was_written_beside_the_queue_is_kept(office: Office) -> None:
    path = export(office)
    book = openpyxl.load_workbook(path)
    sheet = book["待人工跟进"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("处理结果") + 1).value = "家属说下周回来"
    sheet.cell(2, heads.index("处理人") + 1).value = "张敏"
    number = int(sheet.cell(2, 1).value)
    book.save(path)
    for _ in range(2):
        code, told = office("review", "import", str(path))
        assert code == 0, told
    with office.store() as store:
        notes = [note for note in store.follow_up_notes(1)[number] if note.kind == "note"]
    assert [(note.by, note.text) for note in notes] == [("张敏", "家属说下周回来")]


def test_whoever_was_only_to_be_checked_leaves_the_queue_when_all_is_checked(office: Office) -> None:
    with office.store() as store, store.writing() as sql:
        sql.execute("UPDATE follow_up SET reason = '有 1 项回答待核实' WHERE resident_id = 1")
    path = export(office)
    edit(
        path,
        {
            "张三": {
                "接听人": "本人", "症状": "无", "体温": 36.8, "十四天内去过外地": "否", "接触过病人": "否",
                "同住人数": 2,
            }
        },
    )  # fmt: skip
    code, told = office("review", "import", str(path), "--reviewer", "李娜")
    assert code == 0, told
    assert "已办结" in told
    standing = office.standing("张三")
    assert standing.follow_up is None
    assert standing.grade is Grade.GREEN


# --- other programs -----------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_workbook_that_libreoffice_saved_reads_as_it_was(office: Office) -> None:
    path = export(office)
    edit(path, {"钱七": {"体温": 36.4, "返回日期": dt.date(2026, 11, 20)}})
    saved = office.folder / "saved"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(office.folder / 'profile').as_uri()}",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(saved), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    code, told = office("review", "import", str(saved / path.name))
    assert code == 0, told
    assert office.standing("钱七").slots["temperature"].value == 36.4
    assert office.standing("钱七").slots["return_date"].value == "2026-11-20"
    assert "没有改动的 4 户" in told
