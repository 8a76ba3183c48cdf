"""The queue as staff work through it in the terminal."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from campaign.records import Disposition, Grade, ResidentState
from campaign.store import Store
from exports.workbook.columns import slot_column
from exports.workbook.results import write_workbook
from tests.staff_office import NOON, Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_the_queue_says_who_first_why_and_what_to_do(office: Office) -> None:
    code, told = office("followup")
    assert code == 0
    lines = [line for line in told.splitlines() if "号楼" in line]
    assert [next(n for n in ("张三", "李四", "王五", "赵六") if n in line) for line in lines] == [
        "张三", "李四", "王五", "赵六",
    ]  # fmt: skip
    assert "红" in lines[0]
    assert "重点：高龄" in lines[1]
    assert "关机：下午再打" in lines[1]
    assert "重点：独居" in lines[2]
    assert "共 4 户，4 户还没有分给人" in told
    assert office("followup", "list")[1] == told


def test_shared_out_evenly_to_the_staff_of_the_settings(office: Office) -> None:
    assert office("followup", "assign")[1] == "李娜：新分 2 户，共 2 户\n张敏：新分 2 户，共 2 户\n"
    assert "已经分给人了" in office("followup", "assign")[1]
    assert "共 2 户" in office("followup", "list", "--to", "李娜")[1]


def test_shared_out_by_building(office: Office) -> None:
    office("followup", "assign", "--by-building")
    owners = {}
    for name in ("张三", "李四", "王五", "赵六"):
        follow_up = office.standing(name).follow_up
        assert follow_up is not None
        owners[name] = follow_up.assigned_to
    assert owners["张三"] == owners["李四"]
    assert owners["王五"] == owners["赵六"] != owners["张三"]


def test_the_next_one_is_claimed_and_shown_with_all_that_is_known(office: Office) -> None:
    code, told = office("followup", "next", "--by", "李娜")
    assert code == 0
    assert "编号 1　张三　13800138000" in told
    assert "已了解　目前在京 是" in told
    assert "待核实　体温 37.8（原话：三十七度吧，理解为：三十七度八）" in told
    assert "编号 1" in office("followup", "next", "--by", "李娜")[1], "the one already claimed"
    assert "编号 2　李四" in office("followup", "next", "--by", "张敏")[1]


def test_a_claimed_one_is_refused_to_others_with_the_name_of_who_has_it(office: Office) -> None:
    office("followup", "claim", "1", "--by", "李娜")
    for act in (("claim", "1"), ("call", "1", "--result", "已完成"), ("done", "1")):
        code, told = office("followup", *act, "--by", "张敏")
        assert code == 2
        assert "编号 1 由 李娜 在 11-26 12:00 领走了" in told
    office("followup", "claim", "1", "--release", "--by", "张敏")
    assert office("followup", "claim", "1", "--by", "张敏")[0] == 0


def test_a_call_is_entered_and_lands_in_the_workbook_as_manual(office: Office, tmp_path: Path) -> None:
    code, told = office(
        "followup", "call", "1", "--by", "李娜", "--result", "已完成",
        "--set", "体温=36.5", "--set", "症状=无", "--set", "接触过病人=否", "--note", "本人接的",
    )  # fmt: skip
    assert code == 0
    assert "张三：已完成，编号 1 已办结" in told
    assert "还没有答的：接听人、十四天内去过外地" in told
    standing = office.standing("张三")
    assert (standing.disposition, standing.state) == (Disposition.COMPLETED, ResidentState.DONE)
    assert standing.grade is not Grade.RED
    with office.store() as store:
        rows = sheet(store, tmp_path / "结果.xlsx")
    assert rows["张三"]["状态"] == "已完成（人工）"
    assert rows["张三"]["体温"] == 36.5
    assert "体温：三十七度吧（李娜 人工填写）" in rows["张三"]["居民原话"]


def sheet(store: Store, path: Path) -> dict[str, dict[str, object]]:
    columns = [
        slot_column("temperature", "体温", "temperature"),
        slot_column("in_beijing", "目前在京", "yes_no"),
    ]
    write_workbook(store, 1, path, recordings=path.parent, columns=columns, generated_at=NOON)
    heads, *rows = openpyxl.load_workbook(path)["结果"].iter_rows(values_only=True)
    return {str(row[0]): dict(zip(map(str, heads), row, strict=True)) for row in rows}


def test_a_call_in_vain_stays_in_the_queue(office: Office) -> None:
    assert "留在队列里" in office("followup", "call", "3", "--result", "无人接听", "--by", "李娜")[1]
    assert "无人接听（人工）" in office("followup")[1]


def test_checked_by_the_recording_the_doubtful_answer_holds(office: Office) -> None:
    office("followup", "done", "1", "--by", "李娜")
    slot = office.standing("张三").slots["temperature"]
    assert (slot.value, slot.is_certain, slot.entered_by) == (37.8, True, "李娜")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("call", "1", "--result", "好"), "结果不能是“好”，可以是：已完成、部分完成"),
        (("call", "1", "--result", "上门完成"), "结果不能是“上门完成”"),
        (("done", "1", "--result", "已完成"), "可以是：上门完成、核对完成、无需处理"),
        (("call", "1", "--result", "已完成", "--set", "体温=50"), "“体温”应在 34 到 43 之间，不能是 50"),
        (("call", "1", "--result", "已完成", "--set", "体重=50"), "没有“体重”这一项，可以填的有：接听人"),
        (("call", "1", "--result", "已完成", "--set", "体温"), "应写成 项目=回答"),
        (("call", "1"), "请用 --result 写明结果"),
        (("claim", "99"), "没有编号为 99 的跟进"),
        (("reopen", "1"), "还没有办结"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(
    office: Office, arguments: tuple[str, ...], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115 - nobody types
    code, printed = office("followup", *arguments)
    assert code == 2
    assert told in printed
    assert office.standing("张三").state is ResidentState.FOLLOW_UP


def test_asked_one_by_one_at_the_terminal(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["谁知道", "已完成", "本人", "", "发烧、咳嗽", "三百", "37.5", *[""] * 9])
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return next(typed, "")

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answer)
    code, told = office("followup", "call", "1", "--by", "李娜")
    assert code == 0
    assert "结果不能是“谁知道”" in told
    assert "“体温”不能是“三百”" in told
    assert any("目前在京（是、否）［是］" in question for question in asked)
    slots = office.standing("张三").slots
    assert slots["identity"].value == "self"
    assert slots["symptoms"].value == ["发热", "咳嗽"]
    assert slots["temperature"].value == 37.5
    assert slots["in_beijing"].entered_by == "", "an empty line leaves what is known"
    assert office.standing("张三").grade is Grade.RED


def test_notes_and_what_is_closed_can_be_read_later(office: Office) -> None:
    office("followup", "note", "2", "子女说", "住院了", "--by", "李娜")
    assert "李娜：子女说 住院了" in office("followup", "claim", "2", "--by", "李娜")[1]
    office("followup", "done", "2", "--result", "无需处理", "--note", "住院中", "--by", "李娜")
    told = office("followup", "list", "--done")[1]
    assert "无需处理：住院中" in told
    assert office("followup", "reopen", "2", "--note", "出院了", "--by", "张敏")[0] == 0
    assert "李四" in office("followup")[1]


def test_an_entry_of_another_campaign_is_not_touched_by_mistake(office: Office) -> None:
    with office.store() as store:
        first = store.campaign(1)
        store.create_campaign("四月", first.script, first.script_version, "b.csv", [], NOON)
    code, told = office("followup", "done", "1")
    assert code == 2
    assert "--campaign 1" in told
    assert office("followup", "done", "1", "--campaign", "1")[0] == 0
