"""Every attempt for people and for programs; the numbers that are never dialled."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.staff_office import Office

KEYS = [
    "resident", "number", "disposition", "confidence", "sip_status", "q850_cause", "dialled_at",
    "answered_at", "released_at", "released_by", "evidence",
]  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_calls_as_json_have_exactly_the_keys_that_programs_rely_on(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office("calls", "--json")[0] == 0
    calls = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(calls) == 5
    assert all(list(call) == KEYS for call in calls)
    off = calls[1]
    assert (off["resident"], off["number"], off["disposition"]) == ("李四", "13900139000", "powered_off")
    assert (off["sip_status"], off["q850_cause"], off["answered_at"]) == (480, 20, None)
    assert off["released_by"] == "network"
    assert off["evidence"] == {"has_rung": True}
    assert dt.datetime.fromisoformat(off["dialled_at"]).utcoffset() == dt.timedelta(hours=8)
    assert off["dialled_at"] == "2026-11-26T11:00:00.000+08:00"


def test_a_call_of_staff_is_listed_as_theirs(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office("followup", "call", "2", "--result", "无人接听", "--by", "李娜")
    office("calls", "--json")
    call = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (call["disposition"], call["released_by"], call["evidence"]) == (
        "no_answer",
        None,
        {"caller": "李娜"},
    )
    assert "李娜 人工拨打" in office("calls")[1]


def test_calls_as_a_table_say_on_what_the_result_rests(office: Office) -> None:
    told = office("calls")[1]
    assert "SIP 480 Q.850 20" in told
    assert "振过铃" in told
    assert "共 5 次" in told


def test_the_do_not_call_list_from_the_first_number_to_the_file(office: Office) -> None:
    assert "免打扰名单是空的" in office("dnc", "list")[1]
    told = office("dnc", "add", "138 0013 8000", "62345678", "--reason", "家属要求", "--by", "李娜")[1]
    assert "已加入免打扰名单：13800138000" in told
    assert "已加入免打扰名单：01062345678" in told
    assert "已经在免打扰名单上" in office("dnc", "add", "13800138000")[1]
    listed = office("dnc", "list")[1]
    assert "家属要求" in listed
    assert "李娜" in listed
    assert office("dnc", "remove", "13800138000", "--by", "张敏")[0] == 0
    assert "13800138000" not in office("dnc", "list")[1]
    assert "张敏" in office("dnc", "list", "--all")[1]


def test_an_exported_list_can_be_imported_elsewhere(office: Office, tmp_path: Path) -> None:
    office("dnc", "add", "13800138000", "--reason", "=1+1", "--by", "李娜")
    office("dnc", "add", "13700137000", "--by", "李娜")
    office("dnc", "remove", "13700137000", "--by", "李娜")
    path = tmp_path / "名单.csv"
    assert office("dnc", "export", str(path))[0] == 0
    assert "'=1+1" in path.read_text(encoding="utf-8-sig"), "no formula"
    (tmp_path / "b").mkdir()
    other = Office(tmp_path / "b")
    assert "加入 1 个号码" in other("dnc", "import", str(path))[1]
    with other.store() as store:
        assert [number.number for number in store.do_not_call_numbers()] == ["13800138000"]


def test_a_plain_list_of_numbers_is_imported_and_what_is_none_is_named(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "别打.txt"
    path.write_text("13800138000\n1380013\n\n139 0013 9000\n", encoding="gb18030")
    code, told = office("dnc", "import", str(path), "--by", "李娜")
    assert code == 0
    assert "加入 2 个号码" in told
    assert "没有加入，第 2 行" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "138"), "没有改动免打扰名单：手机号应为 11 位，这里是 3 位。"),
        (("add", "张三"), "“张三”不是电话号码"),
        (("remove", "13800138000"), "不在免打扰名单上：13800138000"),
        (("import", "没有.csv"), "找不到"),
        (("export", "/dev/null/名单.csv"), "写不了"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    office: Office, arguments: tuple[str, ...], told: str
) -> None:
    code, printed = office("dnc", *arguments)
    assert code == 2
    assert told in printed


def test_nobody_on_the_list_is_dialled_any_more(office: Office) -> None:
    office("dnc", "add", "13500135000", "--by", "李娜")
    with office.store() as store:
        first = store.campaign(1)
        residents = store.residents(1)
        store.create_campaign("四月", first.script, first.script_version, "b.csv", residents, office.now)
        numbers = [attempt.number for attempt in store.claim_due(2, office.now, 9)]
        assert "13500135000" not in numbers
        assert [f.reason for f in store.follow_ups(2)] == ["号码在免打扰名单上，没有拨打"]
