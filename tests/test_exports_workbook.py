"""The workbook as staff open it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from campaign.errors import ExportError
from campaign.policy import CallingRules, NextStep, ToFollowUp, after_attempt
from campaign.records import (
    CallAttempt,
    CallCause,
    CallResult,
    Disposition,
    Grade,
    HungUpBy,
    ListProblem,
    Remark,
    Resident,
    SlotValue,
    Turn,
)
from campaign.store import Store
from exports.followup.queue import SUGGESTIONS, follow_up_rows
from exports.sanitize import LONGEST_CELL, cell_text
from exports.workbook.columns import SlotColumn, date, labelled, plain, slot_column
from exports.workbook.refresh import Debounce
from exports.workbook.results import write_workbook
from exports.workbook.workbook import display_width

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)  # ten in the morning in Shanghai
COLUMNS = [
    slot_column("identity", "接听人", "identity"),
    slot_column("symptoms", "症状", "symptoms"),
    slot_column("temperature", "体温", "temperature"),
    slot_column("travel", "十四天内去过外地", "yes_no"),
    slot_column("return_date", "返回日期", "date"),
    slot_column("household_size", "同住人数", "count"),
    slot_column("needs", "生活需要", "text"),
]
HEALTHY = (
    SlotValue("identity", "self", "是我"),
    SlotValue("symptoms", [], "没有"),
    SlotValue("temperature", 36.5, "三十六度五"),
    SlotValue("travel", False, "没去过"),
    SlotValue("household_size", 3, "三口人"),
    SlotValue("needs", "", "不用"),
)


class Office:
    """A campaign under way, and the workbook made of it."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.path = folder / "结果.xlsx"
        self.recordings = folder / "录 音"
        self.campaign_id = 0

    def list_of(self, *residents: Resident, problems: tuple[ListProblem, ...] = ()) -> None:
        made = self.store.create_campaign("三月", "health_survey", "1", "名单.xlsx", residents, NOW, problems)
        self.campaign_id = made.id

    def call(self, disposition: Disposition, step: NextStep | None = None, **more: object) -> CallAttempt:
        (attempt,) = self.store.claim_due(self.campaign_id, NOW, limit=1)
        self.store.mark_line(attempt.id, 4)
        result = CallResult(attempt.id, disposition, NOW + dt.timedelta(seconds=60), **more)  # type: ignore[arg-type]
        step = step or after_attempt(result, (), result.ended_at, CallingRules())
        self.store.finish(result, step)
        return attempt

    def talk(self, *slots: SlotValue, grade: Grade = Grade.GREEN, **more: object) -> CallAttempt:
        return self.call(
            Disposition.COMPLETED, answered_at=NOW + dt.timedelta(seconds=8), slots=slots or HEALTHY,
            grade=grade, recording="0001-000001.wav", cause=CallCause(200, 16, "", HungUpBy.ROBOT),
            frames_expected=2600, frames_received=2587, reply_gaps=(0.6, 0.8), **more,
        )  # fmt: skip

    def write(self) -> openpyxl.Workbook:
        self.written = write_workbook(
            self.store, self.campaign_id, self.path, recordings=self.recordings, columns=COLUMNS,
            generated_at=NOW + dt.timedelta(minutes=5), zone=SHANGHAI,
        )  # fmt: skip
        return openpyxl.load_workbook(self.written.path)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Store.open(tmp_path / "wenhou.db") as store:
        yield Office(store, tmp_path)


def person(row: int, name: str = "张三", *phones: str, **more: object) -> Resident:
    return Resident(0, row, name, phones or (f"138{row:08d}",), **more)  # type: ignore[arg-type]


def cell(sheet: Worksheet, heading: str, row: int = 2) -> openpyxl.cell.Cell:
    headings = [c.value for c in sheet[1]]
    return sheet.cell(row, headings.index(heading) + 1)


def shown(sheet: Worksheet, row: int = 2) -> dict[str, object]:
    return {str(a.value): b.value for a, b in zip(sheet[1], sheet[row], strict=True)}


# --- 结果 ---------------------------------------------------------------------------------------------


def test_a_resident_is_read_at_a_glance(office: Office) -> None:
    office.list_of(
        person(
            3,
            "张三",
            "13800138000",
            building="1号楼",
            room="501室",
            remark="听力不好",
            extra={"户型": "两居"},
        )
    )
    office.talk()
    row = shown(office.write()["结果"])
    assert row == {
        "姓名": "张三", "联系电话": "13800138000", "住址": "1号楼501室", "状态": "已完成", "排查分级": "绿",
        "接听人": "本人", "症状": "无", "体温": 36.5, "十四天内去过外地": "否", "返回日期": None,
        "同住人数": 3, "生活需要": "无", "人工备注": None, "名单备注": "听力不好",
        "通话时间": dt.datetime(2026, 3, 2, 10, 0, 8), "通话秒数": 52, "拨打次数": 1, "录音": "听录音",
        "居民原话": "接听人：是我；症状：没有；体温：三十六度五；十四天内去过外地：没去过；"
        "同住人数：三口人；生活需要：不用",
        "户型": "两居", "居民编号": 1,
    }  # fmt: skip


def test_numbers_are_text_dates_are_dates_and_temperatures_have_a_decimal(office: Office) -> None:
    office.list_of(person(3))
    office.talk(SlotValue("return_date", "2026-02-28"), SlotValue("temperature", 37.0))
    sheet = office.write()["结果"]
    assert cell(sheet, "联系电话").data_type == "s"
    assert cell(sheet, "联系电话").number_format == "@"
    assert cell(sheet, "返回日期").is_date
    assert cell(sheet, "返回日期").number_format == "yyyy-mm-dd"
    assert cell(sheet, "通话时间").is_date
    assert cell(sheet, "体温").number_format == "0.0"


@pytest.mark.parametrize(
    ("grade", "label", "colour"),
    [(Grade.RED, "红", "FFC7CE"), (Grade.YELLOW, "黄", "FFEB9C"), (Grade.GREEN, "绿", "C6EFCE")],
)
def test_status_and_grade_are_filled_with_their_colour(
    office: Office, grade: Grade, label: str, colour: str
) -> None:
    office.list_of(person(3))
    office.talk(grade=grade)
    sheet = office.write()["结果"]
    assert cell(sheet, "排查分级").value == label
    for heading in ("状态", "排查分级"):
        assert cell(sheet, heading).fill.fgColor.rgb == f"00{colour}"


@pytest.mark.parametrize(
    ("remark", "status"),
    [(Remark.QUESTION, "已完成（待答复）"), (Remark.HOUSEHOLD, "已完成（待了解）")],
)
def test_the_status_tells_what_is_left_to_see_to(office: Office, remark: Remark, status: str) -> None:
    office.list_of(person(3))
    office.talk(step=ToFollowUp(f"{remark.heading}孩子咳嗽"))
    assert cell(office.write()["结果"], "状态").value == status


def test_an_uncertain_answer_is_marked_and_its_words_are_in_a_comment(office: Office) -> None:
    office.list_of(person(3))
    office.talk(
        SlotValue("temperature", 37.8, "三十七度吧", "三十七度八", 0.43, is_certain=False),
        SlotValue("needs", None, is_certain=False),
    )
    sheet = office.write()["结果"]
    assert cell(sheet, "状态").value == "已完成（待核实）"
    assert cell(sheet, "体温").value == "37.8（待核实）"
    comment = cell(sheet, "体温").comment
    assert comment is not None
    assert comment.text == "原话：三十七度吧\n理解为：三十七度八\n把握：43%"
    assert cell(sheet, "生活需要").value == "待核实"
    assert cell(sheet, "体温").fill.fgColor.rgb == "00FFEB9C"


def test_a_confirmed_answer_says_so_and_stays_a_number(office: Office) -> None:
    office.list_of(person(3))
    office.talk(
        SlotValue("temperature", 37.8, "三十七度吧", "三十七度八", 0.7, is_confirmed=True),
        SlotValue("symptoms", ["咳嗽"], "有点咳嗽 / 呜噜", "呜噜", 0.7, is_certain=False),
    )
    sheet = office.write()["结果"]
    assert cell(sheet, "体温").value == 37.8
    comment = cell(sheet, "体温").comment
    assert comment is not None
    assert comment.text == "已跟居民核对确认\n原话：三十七度吧\n理解为：三十七度八\n把握：70%"
    assert cell(sheet, "居民原话").value == "症状：有点咳嗽 / 呜噜（待核实）；体温：三十七度吧（已确认）"


def test_who_was_not_reached_is_grey_and_says_when_it_is_tried_again(office: Office) -> None:
    office.list_of(person(3), person(4))
    office.call(Disposition.BUSY)
    sheet = office.write()["结果"]
    assert cell(sheet, "状态").value == "待重拨（占线）"
    comment = cell(sheet, "状态").comment
    assert comment is not None
    assert comment.text == "03-02 10:16 以后再拨"
    assert cell(sheet, "状态").fill.fgColor.rgb == "00EDEDED"
    assert cell(sheet, "状态", row=3).value == "未拨打"


def test_the_recording_is_a_link_relative_to_the_workbook(office: Office) -> None:
    office.list_of(person(3))
    office.talk()
    book = office.write()
    for name in ("结果", "通话明细"):
        link = cell(book[name], "录音").hyperlink
        assert link is not None
        assert unquote(str(link.target)) == "录 音/0001-000001.wav"
        assert " " not in str(link.target)


def test_a_recording_beside_the_workbook_is_linked_by_its_name_alone(office: Office) -> None:
    office.recordings = office.path.parent
    office.list_of(person(3))
    office.talk()
    link = cell(office.write()["结果"], "录音").hyperlink
    assert link is not None
    assert link.target == "0001-000001.wav"


def test_residents_stand_in_the_order_of_the_list_with_all_their_columns(office: Office) -> None:
    office.list_of(person(4, "乙", extra={"户型": "两居"}), person(3, "甲", extra={"楼长": "刘"}))
    sheet = office.write()["结果"]
    assert [sheet.cell(row, 1).value for row in (2, 3)] == ["甲", "乙"]
    assert [c.value for c in sheet[1]][-3:-1] == ["楼长", "户型"]


# --- the other sheets ---------------------------------------------------------------------------------


def test_the_sheets_in_their_order(office: Office) -> None:
    office.list_of(person(3))
    assert office.write().sheetnames == ["结果", "待人工跟进", "通话明细", "汇总", "说明", "发出记录"]
    office.list_of(person(3), problems=(ListProblem("表1", 5, "duplicate", "138", "重复"),))
    assert "导入问题" in office.write().sheetnames


def test_everybody_whom_people_must_see_to_is_in_the_queue(office: Office) -> None:
    office.list_of(
        person(3, "甲"), person(4, "乙"), person(5, "丙"), person(6, "丁"), person(7, "戊"),
        problems=(
            ListProblem("表1", 8, "bad_phone", "1380013", "位数不对，没有导入", "己"),
            ListProblem("表1", 9, "not_a_resident", "合计", "是合计", ""),
        ),
    )  # fmt: skip
    office.talk()
    office.call(Disposition.INVALID_NUMBER)
    office.talk(SlotValue("temperature", 38.2, "三十八度二", is_certain=False), grade=Grade.RED)
    office.call(Disposition.OPTED_OUT)
    office.call(Disposition.BUSY)
    sheet = office.write()["待人工跟进"]
    rows = [shown(sheet, row) for row in range(2, sheet.max_row + 1)]
    assert [(row["姓名"], row["原因"], row["最后结果"]) for row in rows] == [
        ("丙", "有 1 项回答待核实", "已完成"),
        ("乙", "提示空号，号码待核对", "空号"),
        ("丁", "居民要求不再来电", "拒访"),
        ("己", "名单第 8 行：位数不对，没有导入", "没有导入"),
    ]
    assert rows[0]["待核实的回答"] == "体温 38.2（原话：三十八度二）"
    assert rows[1]["待核实的回答"] is None
    assert rows[0]["拨打次数"] == 1
    assert all(row["建议"] and row["处理结果"] is None for row in rows)


def test_there_is_a_suggestion_for_every_outcome() -> None:
    assert set(SUGGESTIONS) == {*Disposition, None}


def test_every_dial_has_a_row(office: Office) -> None:
    office.list_of(person(3))
    attempt = office.talk()
    office.store.record_turn(Turn(attempt.id, 1, "ask", "是我", "是我", 0.9, NOW, NOW))
    row = shown(office.write()["通话明细"])
    assert row == {
        "通话编号": attempt.id, "姓名": "张三", "号码": "13800000003", "第几次": 1, "线路": 4,
        "拨出": dt.datetime(2026, 3, 2, 10, 0), "接通": dt.datetime(2026, 3, 2, 10, 0, 8),
        "结束": dt.datetime(2026, 3, 2, 10, 1), "通话秒数": 52, "结果": "已完成", "谁挂机": "我方",
        "信令": "SIP 200 / Q.850 16", "收到语音": 0.995, "应答间隔（秒）": 0.7, "录音": "听录音",
        "听到的话": "是我",
    }  # fmt: skip


def test_the_summary_counts(office: Office) -> None:
    office.list_of(person(3, building="1号楼"), person(4, building="1号楼"), person(5, building="2号楼"))
    office.talk(grade=Grade.RED)
    office.call(Disposition.BUSY)
    sheet = office.write()["汇总"]
    texts = [tuple(c for c in row if c is not None) for row in sheet.iter_rows(values_only=True)]
    assert ("名单户数", 3) in texts
    assert ("已完成问答", 1) in texts
    assert ("待重拨", 1) in texts
    assert ("未拨打", 1) in texts
    assert ("红", 1, pytest.approx(1 / 3)) in texts
    assert ("1号楼", 2, 1, 1, 0, 0, 1, 0) in texts


def test_a_campaign_without_a_call_can_be_written(office: Office) -> None:
    office.list_of(person(3))
    book = office.write()
    assert shown(book["结果"])["状态"] == "未拨打"
    assert book["待人工跟进"].max_row == 1


def test_tables_are_frozen_filtered_and_set_up_for_paper(office: Office) -> None:
    office.list_of(person(3), problems=(ListProblem("表1", 5, "duplicate", "138", "重复"),))
    office.talk()
    book = office.write()
    for name in ("结果", "待人工跟进", "通话明细", "导入问题"):
        sheet = book[name]
        assert sheet.freeze_panes == ("C2" if name == "待人工跟进" else "B2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        widths = [dimension.width for dimension in sheet.column_dimensions.values()]
        assert all(6 <= width <= 71 for width in widths)


# --- safety -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r\n=1+1", "＝1+1", "\x00=1", '=HYPERLINK("http://a")'],
)
def test_a_cell_from_a_list_never_becomes_a_formula(office: Office, text: str) -> None:
    office.list_of(person(3, text, remark=text, extra={text: text}))
    office.talk(SlotValue("needs", text, text))
    for sheet in office.write():
        for row in sheet.iter_rows():
            for found in row:
                assert found.data_type != "f"
                assert not str(found.value or "").startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text())
def test_sanitised_text_is_harmless_and_plain_text_is_kept(text: str) -> None:
    safe = cell_text(text)
    assert not safe.startswith(("=", "+", "-", "@"))
    assert len(safe) <= LONGEST_CELL
    assert cell_text(safe) == safe
    openpyxl.Workbook().worksheets[0].cell(1, 1).value = safe  # raises on characters that xlsx cannot hold


def test_chinese_text_passes_unchanged() -> None:
    assert cell_text("嗓子疼，\n37.5 度（昨晚）") == "嗓子疼，\n37.5 度（昨晚）"
    assert len(cell_text("好" * 40_000)) == LONGEST_CELL


# --- files --------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_only_the_owner_may_read_the_workbook(office: Office) -> None:
    office.list_of(person(3))
    office.write()
    assert stat.S_IMODE(office.path.stat().st_mode) == 0o600


def test_writing_again_replaces_the_workbook_and_leaves_nothing_behind(office: Office) -> None:
    office.list_of(person(3))
    office.write()
    office.talk()
    assert shown(office.write()["结果"])["状态"] == "已完成"
    assert sorted(p.name for p in office.path.parent.glob("*结果*")) == ["结果.xlsx"]


@pytest.mark.parametrize("lock", [".~lock.结果.xlsx#", "~$结果.xlsx"])
def test_an_open_workbook_gets_a_numbered_sibling_and_a_notice(office: Office, lock: str) -> None:
    office.list_of(person(3))
    office.write()
    before = office.path.read_bytes()
    (office.path.parent / lock).touch()
    office.write()
    assert office.written.path.name == "结果(2).xlsx"
    assert "结果.xlsx 正开着" in office.written.notice
    assert office.path.read_bytes() == before
    (office.path.parent / lock).unlink()
    office.write()
    assert office.written.path == office.path
    assert office.written.notice == ""


def test_a_sibling_that_is_open_too_gets_the_next_number(office: Office) -> None:
    office.list_of(person(3))
    for name in ("结果.xlsx", "结果(2).xlsx"):
        (office.path.parent / f".~lock.{name}#").touch()
    office.write()
    assert office.written.path.name == "结果(3).xlsx"


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_lost(office: Office) -> None:
    office.list_of(person(3))
    office.path = office.path.parent / "wenhou.db" / "结果.xlsx"
    with pytest.raises(ExportError) as caught:
        office.write()
    assert caught.value.code == "export_folder"
    assert "通话结果都在数据库里" in caught.value.message


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.list_of(person(3))

    def full(descriptor: int) -> None:
        with Path("/dev/full").open("wb", buffering=0) as device:
            device.write(b"x")

    monkeypatch.setattr("exports.workbook.files.os.fsync", full)
    with pytest.raises(ExportError) as caught:
        office.write()
    assert caught.value.code == "disk_full"
    assert not list(office.path.parent.glob("*.tmp")), "no half workbook stays behind"


# --- small parts --------------------------------------------------------------------------------------


def test_answers_are_shown_as_people_read_them() -> None:
    assert [plain(value) for value in (True, False, [], ["发热", "咳嗽"], None, "", 3)] == [
        "是", "否", "无", "发热、咳嗽", "未答", "无", 3,
    ]  # fmt: skip
    assert date("2026-03-01") == dt.date(2026, 3, 1)
    assert date("上个月") == "上个月"
    assert labelled({"self": "本人"})("self") == "本人"
    assert labelled({"self": "本人"})("other") == "other"
    assert SlotColumn("x", "X").format(True) == "是"


def test_chinese_characters_take_two_columns() -> None:
    assert display_width("体温37.5") == 8


def test_the_queue_knows_who_is_urgent(office: Office) -> None:
    office.list_of(person(3, "甲"), person(4, "乙"))
    office.call(Disposition.INVALID_NUMBER)
    office.talk(SlotValue("temperature", 38.0, is_certain=False), grade=Grade.RED)
    rows = follow_up_rows(office.store.standings(office.campaign_id))
    assert [(row.name, row.is_urgent) for row in rows] == [("乙", True), ("甲", False)]


def test_the_workbook_is_written_when_it_has_been_quiet_for_a_while() -> None:
    debounce = Debounce(quiet_seconds=2.0, longest_seconds=10.0)
    assert debounce.due_at is None
    debounce.changed(100.0)
    assert not debounce.is_due(101.9)
    assert debounce.is_due(102.0)
    debounce.changed(101.0)
    assert not debounce.is_due(102.0)
    debounce.written()
    assert not debounce.is_due(1000.0)


def test_while_changes_keep_coming_the_workbook_is_written_now_and_then() -> None:
    debounce = Debounce(quiet_seconds=2.0, longest_seconds=10.0)
    for second in range(10):
        debounce.changed(float(second))
        assert not debounce.is_due(float(second))
    debounce.changed(10.0)
    assert debounce.is_due(10.0)


def test_a_workbook_that_takes_long_is_written_less_often() -> None:
    debounce = Debounce(quiet_seconds=2.0, longest_seconds=10.0)
    debounce.took(3.0)
    debounce.changed(100.0)
    assert not debounce.is_due(171.0)
    assert debounce.is_due(172.0)


# --- limits, charts, other programs -------------------------------------------------------------------


def test_charts_stand_beside_the_figures(office: Office) -> None:
    office.list_of(person(3, building="1号楼"), person(4, building="2号楼"))
    office.talk(grade=Grade.RED)
    office.call(Disposition.BUSY)
    sheet = office.write()["汇总"]
    assert len(sheet._charts) == 4


def test_long_odd_and_rare_text_survives_or_is_cut_with_a_mark(office: Office) -> None:
    odd = "𠮷先生😀䶮\x0b\x00" + "很" * 40_000
    office.list_of(person(3, "𠮷" * 300, remark=odd, extra={"体温": "列表自己的一栏"}))
    office.talk(SlotValue("needs", odd, odd))
    sheet = office.write()["结果"]
    assert cell(sheet, "姓名").value == "𠮷" * 300
    remark = cell(sheet, "名单备注").value
    assert str(remark).startswith("𠮷先生😀䶮很")
    assert str(remark).endswith("…")
    assert len(str(remark)) == LONGEST_CELL
    assert cell(sheet, "体温（名单）").value == "列表自己的一栏"


def test_the_recording_is_found_where_the_folder_is_moved(office: Office, tmp_path: Path) -> None:
    office.list_of(person(3))
    office.talk()
    office.recordings.mkdir()
    (office.recordings / "0001-000001.wav").touch()
    link = cell(office.write()["结果"], "录音").hyperlink
    assert link is not None
    moved = tmp_path.rename(tmp_path.with_name("搬走了"))
    assert (moved / unquote(str(link.target))).exists()
    moved.rename(tmp_path)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_it_and_draws_every_sheet(office: Office) -> None:
    office.list_of(person(3, "𠮷䶮", building="1号楼"), person(4, building="2号楼"))
    office.talk(grade=Grade.RED)
    office.call(Disposition.BUSY)
    office.write()
    folder = office.path.parent
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--convert-to", "pdf", "--outdir", str(folder), str(office.path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    drawn = office.path.with_suffix(".pdf").read_bytes()
    assert drawn.startswith(b"%PDF")
    assert drawn.count(b"/Type/Page/") + drawn.count(b"/Type/Page\n") >= 5
