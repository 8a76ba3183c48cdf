"""Lists, settings and stores at the command line: a sentence in Chinese, an exit code, no traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import cli

LIST = "姓名,联系电话,备注\n张三,13800138000,\n李四,1380013,\n王五,13900139000,[独居]\n"

Wenhou = Callable[..., tuple[int, str]]


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


def book(name: str, *rows: list[str]) -> None:
    made = openpyxl.Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(name)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_csv_is_imported_and_shows_up_everywhere(wenhou: Wenhou, encoding: str) -> None:
    Path("名单.csv").write_bytes(LIST.encode(encoding))
    code, told = wenhou("import", "名单.csv")
    assert code == 0
    assert "2 户" in told
    assert "第 3 行（李四）：“1380013”手机号应为 11 位，这里是 7 位" in told
    assert wenhou("status")[0] == 0
    assert wenhou("followup")[0] == 0
    assert wenhou("export")[0] == 0
    sheet = openpyxl.load_workbook("output/健康排查结果.xlsx")["结果"]
    assert [sheet.cell(row, 1).value for row in (2, 3)] == ["张三", "王五"]


def make_no_phone_column() -> None:
    book("名单.xlsx", ["姓名", "住址"], ["张三", "1号楼"])


def make_empty() -> None:
    book("名单.xlsx", ["姓名", "电话"])


def make_nobody() -> None:
    book("名单.xlsx", ["姓名", "电话"], ["张三", "138"], ["李四", "无"])


def make_encrypted() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    Path("名单.xlsx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))


def make_old_xls() -> None:
    Path("名单.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))


def make_broken() -> None:
    book("名单.xlsx", ["姓名", "电话"], ["张三", "13800138000"])
    whole = Path("名单.xlsx").read_bytes()
    Path("名单.xlsx").write_bytes(whole[: len(whole) // 2])


def make_nothing() -> None:
    """The list is missing."""


def make_no_settings() -> None:
    Path("sip.conf").unlink()


def make_wrong_settings() -> None:
    Path("sip.conf").write_text("[trunk]\nhost = 127.0.0.1\nprot = 5060\n", encoding="utf-8")


def make_store_in_the_way() -> None:
    book("名单.xlsx", ["姓名", "电话"], ["张三", "13800138000"])
    Path("output").write_text("a file", encoding="utf-8")


def make_broken_store() -> None:
    book("名单.xlsx", ["姓名", "电话"], ["张三", "13800138000"])
    Path("output").mkdir()
    Path("output/wenhou.db").write_bytes(b"no database at all" * 100)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (make_no_phone_column, "没有找到电话号码那一列。看到的表头是：姓名、住址"),
        (make_empty, "只有表头，没有居民"),
        (make_nobody, "没有一个可以拨打的号码"),
        (make_encrypted, "去掉密码"),
        (make_old_xls, "另存为"),
        (make_broken, "已损坏"),
        (make_nothing, "找不到名单"),
        (make_no_settings, "cp sip.conf.example sip.conf"),
        (make_wrong_settings, "sip.conf: 第 3 行: [trunk] 里没有 prot 这一项（是不是 port？）"),
        (make_store_in_the_way, "检查文件夹的权限"),
        (make_broken_store, "不要删除"),
    ],
)
def test_bad_input_gives_a_sentence_and_exit_code_2(
    wenhou: Wenhou, make: Callable[[], None], told: str
) -> None:
    make()
    code, printed = wenhou("import", "名单.xlsx")
    assert code == 2
    assert told in re.sub(r"\s*\n", "", printed)
    assert "Traceback" not in printed
    assert "错误" in printed


@pytest.mark.parametrize("command", [("run",), ("export",), ("followup",), ("timeline", "1")])
def test_without_a_list_every_command_says_what_to_do(wenhou: Wenhou, command: tuple[str, ...]) -> None:
    code, printed = wenhou(*command)
    assert code == 2
    assert "wenhou import 名单.xlsx" in printed or "没有编号为 1 的通话" in printed
