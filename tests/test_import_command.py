"""wenhou import at the command line: dry runs, columns that are named, sheets that are mended."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import cli
from campaign.lists.layouts import Layouts, layout_of
from campaign.lists.sheet import sheet_of
from campaign.store import Store

Wenhou = Callable[..., tuple[int, str]]
NOW = dt.datetime(2026, 11, 26, 2, tzinfo=dt.UTC)


@pytest.fixture
def wenhou(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Wenhou:
    """Runs a command in an office of its own; exit code and everything printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    Path("sip.conf").write_text("[trunk]\nhost = 127.0.0.1\n", encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        code = cli.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def write(name: str, *rows: str) -> None:
    Path(name).write_text("\n".join(rows), encoding="utf-8")


def stored() -> list[tuple[str, tuple[str, ...]]]:
    with Store.open(Path("output/wenhou.db")) as store:
        return [(r.name, r.phones) for r in store.residents(store.latest_campaign().id)]


def test_a_dry_run_in_json_needs_no_settings_and_stores_nothing(wenhou: Wenhou) -> None:
    Path("sip.conf").unlink()
    write("名单.csv", "姓名,电话,住址", "张三,010-62345678转801,3-2-501", "李四,138,")
    code, printed = wenhou("import", "名单.csv", "--dry-run", "--json")
    assert code == 0
    told = json.loads(printed)
    assert list(told) == ["file", "outcome", "message", "residents", "problems"]
    assert (told["file"], told["outcome"]) == ("名单.csv", "imported")
    assert told["residents"] == [
        {"name": "张三", "phones": ["01062345678,801"], "building": "3号楼", "unit": "2单元", "room": "501室"}
    ]
    assert [(p["sheet"], p["row"], p["kind"], p["cell"]) for p in told["problems"]] == [
        ("名单", 3, "bad_phone", "138")
    ]
    assert not Path("output").exists()


def test_a_refused_list_in_json(wenhou: Wenhou) -> None:
    write("名单.csv", "姓名,住址", "张三,3-2-501")
    code, printed = wenhou("import", "名单.csv", "--dry-run", "--json")
    told = json.loads(printed)
    assert (code, told["outcome"], told["residents"]) == (2, "refused", [])
    assert "没有找到电话号码那一列" in told["message"]


def test_columns_are_named_and_remembered_for_lists_that_look_the_same(wenhou: Wenhou) -> None:
    write("一.csv", "户号,甲,乙,丙", "1,张三,13800138000,13900139000")
    assert wenhou("import", "--columns", "姓名=甲", "电话=乙", "一.csv")[0] == 0
    assert stored() == [("张三", ("13800138000",))]
    write("二.csv", "户号,甲,乙,丙", "2,李四,13700137000,13600136000")
    printed = wenhou("import", "二.csv")[1]
    assert "列按上次说明的：姓名=甲 电话=乙" in printed
    assert stored() == [("李四", ("13700137000",))]


def test_a_column_that_is_not_there_is_named(wenhou: Wenhou) -> None:
    write("名单.csv", "姓名,手机1,手机2", "张三,13800138000,13900139000")
    code, printed = wenhou("import", "名单.csv", "--columns", "电话=手机3")
    assert code == 2
    assert "没有叫“手机3”的列" in printed
    assert wenhou("import", "名单.csv", "--columns", "电活=手机2")[0] == 2
    assert wenhou("import", "名单.csv", "--columns", "电话=手机2")[0] == 0
    assert stored() == [("张三", ("13900139000",))]
    assert wenhou("import", "名单.csv", "--columns", "电话=第2列")[0] == 0
    assert stored() == [("张三", ("13800138000",))]


def test_what_is_mended_in_the_sheet_of_problems_joins_its_campaign(wenhou: Wenhou) -> None:
    write(
        "名单.csv",
        "姓名,电话",
        "张三,13800138000",
        "李四,1390013",
        "王五,邻居13700137000",
        "赵六,13600136000",
    )
    printed = wenhou("import", "名单.csv")[1]
    assert "wenhou import output/导入问题.xlsx" in printed
    path = Path("output/导入问题.xlsx")
    assert path.stat().st_mode & 0o777 == 0o600
    book = openpyxl.load_workbook(path)
    sheet = book["要改的"]
    assert [cell.value for cell in sheet[1]] == ["姓名", "电话", "问题", "建议", "原工作表", "原行号"]
    assert sheet["B2"].fill.fgColor.rgb == "00FFC7CE"
    sheet["B2"] = "13900139000"
    book.save(path)
    code, printed = wenhou("import", str(path))
    assert code == 0
    assert "已补进 名单：1 户（任务 1）" in printed
    assert [name for name, _ in stored()] == ["张三", "李四", "赵六"], "in the order of the list"
    with Store.open(Path("output/wenhou.db")) as store:
        assert [(p.row, p.kind) for p in store.list_problems(1)] == [(4, "not_residents")]
    left = openpyxl.load_workbook(path)["要改的"]
    assert [left.cell(row, 1).value for row in range(2, left.max_row + 1)] == ["王五"]


def test_numbers_that_must_not_be_called_are_left_out(wenhou: Wenhou) -> None:
    write("名单.csv", "姓名,电话", "张三,13800138000", "李四,13900139000/13700137000")
    with Store.open(Path("output/wenhou.db")) as store:
        store.add_do_not_call("13800138000", "别再打了", NOW)
        store.add_do_not_call("13900139000", "别再打了", NOW)
    told = json.loads(wenhou("import", "名单.csv", "--dry-run", "--json")[1])
    assert [(r["name"], r["phones"]) for r in told["residents"]] == [("李四", ["13700137000"])]
    assert [(p["row"], p["kind"]) for p in told["problems"]] == [(2, "do_not_call"), (3, "partly_bad")]


def test_earlier_lists_are_told_and_may_be_left_out(wenhou: Wenhou) -> None:
    write("一.csv", "姓名,电话", "张三,13800138000", "李四,13900139000")
    write("二.csv", "姓名,电话", "张三,13800138000", "王五,13900139000", "赵六,13600136000")
    wenhou("import", "一.csv")
    printed = wenhou("import", "二.csv", "--dry-run")[1]
    assert "其中 1 户以前导入过（任务 1）" in printed
    assert "号码在任务 1 的名单里是李四的" in printed
    wenhou("import", "二.csv", "--new-only")
    assert [name for name, _ in stored()] == ["王五", "赵六"]


def test_pasted_text_is_a_list(wenhou: Wenhou, monkeypatch: pytest.MonkeyPatch) -> None:
    pasted = io.TextIOWrapper(io.BytesIO("张三 138 0013 8000\n李四 13900139000\n".encode("gb18030")))
    monkeypatch.setattr("sys.stdin", pasted)
    assert wenhou("import", "-")[0] == 0
    assert stored() == [("张三", ("13800138000",)), ("李四", ("13900139000",))]


def test_a_number_with_an_extension_goes_to_people(wenhou: Wenhou) -> None:
    write("名单.csv", "姓名,电话", "张三,010-62345678转801", "李四,010-62345679转8/13900139000")
    wenhou("import", "名单.csv", "--yes")
    with Store.open(Path("output/wenhou.db")) as store:
        claimed = store.claim_due(1, NOW, 10)
        assert [attempt.number for attempt in claimed] == ["13900139000"]
        assert ["请人工拨打" in one.reason for one in store.follow_ups(1)] == [True]


def test_nobody_to_call_still_leaves_the_sheet_of_problems(wenhou: Wenhou) -> None:
    write("名单.csv", "姓名,电话", "张三,138")
    assert wenhou("import", "名单.csv")[0] == 2
    assert openpyxl.load_workbook("output/导入问题.xlsx").sheetnames == ["要改的"]


def test_sheets_keep_their_order_in_the_store(wenhou: Wenhou) -> None:
    book = openpyxl.Workbook()
    for title, names in (("1号楼", "甲乙丙"), ("2号楼", "丁戊")):
        sheet = book.create_sheet(title)
        sheet.append(["姓名", "电话"])
        for number, name in enumerate(names):
            sheet.append([f"张{name}", f"1380013{ord(name) % 1000:03d}{number}"])
    book.save("名单.xlsx")
    wenhou("import", "名单.xlsx", "--yes")
    assert [name for name, _ in stored()] == ["张甲", "张乙", "张丙", "张丁", "张戊"]


def test_a_broken_memory_of_layouts_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "list_layouts.json"
    path.write_text("[1", encoding="utf-8")
    layout = layout_of([sheet_of("a", [["姓名", "电话"], ["张三", "13800138000"]])])
    assert layout == "姓名|电话"
    assert not Layouts(path).choice_for(layout)
