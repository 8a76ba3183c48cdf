"""sip.conf as an administrator edits it."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import EXIT_BAD_INPUT, SettingsError
from campaign.policy import CallingWindow
from campaign.records import Disposition
from campaign.settings import SECTIONS, Settings, TrunkSettings, load_settings

EXAMPLE = Path(__file__).parent.parent / "sip.conf.example"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "sip.conf"
    path.write_bytes(text.encode(encoding))
    return path


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(write(folder, text))
    assert caught.value.exit_code == EXIT_BAD_INPUT
    assert caught.value.code == "settings_invalid"
    return caught.value.message


# --- the example --------------------------------------------------------------------------------------


def keys_of_example() -> set[tuple[str, str]]:
    found, section = set(), ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if header := re.match(r"\[(\w+)\]", line):
            section = header[1]
        elif entry := re.match(r"(\w+) *=", line):
            found.add((section, entry[1]))
    return found


def test_every_key_is_in_the_example_and_the_example_has_no_other() -> None:
    known = {(name, f.name) for name, kind in SECTIONS.items() for f in dataclasses.fields(kind)}
    assert keys_of_example() == known


def test_every_key_of_the_example_is_explained_in_chinese() -> None:
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if re.match(r"\w+ *=", line) and not line.startswith("prefix_rules"):
            assert re.search(r"; .*[\u4e00-\u9fff]", line), line


def test_the_example_loads_and_shows_the_defaults() -> None:
    expected = Settings().replace(trunk={"host": "sip.example.com"}).within(EXAMPLE.parent)
    assert load_settings(EXAMPLE) == expected


def test_the_examples_of_prefix_rules_in_the_comments_load(tmp_path: Path) -> None:
    rules = re.findall(r"prefix_rules = (\S.*)", EXAMPLE.read_text(encoding="utf-8"))
    assert len(rules) == 3
    for rule in rules:
        text = f"[trunk]\nhost = a\narea_code = 010\nprefix_rules = {rule}\n"
        assert load_settings(write(tmp_path, text)).trunk.prefix_rules


# --- values -------------------------------------------------------------------------------------------


def test_values_are_read_with_their_units(tmp_path: Path) -> None:
    settings = load_settings(
        write(
            tmp_path,
            """
            # 线路
            [trunk]            ; 注释
            host => 10.0.0.8
            transport = TLS
            username = 8001
            secret = a#b\\;c;d ; 密码
            register = yes
            allow = ulaw, alaw ，ulaw
            [lines]
            lines = １２
            ring_timeout = 30s
            longest_call = 2m
            [calling]
            hours = 14：00-20：00、09:00-11:30
            busy_retry = 0.5h
            """,
        )
    )
    assert settings.trunk.host == "10.0.0.8"
    assert settings.trunk.port == 5061, "TLS has a port of its own"
    assert settings.trunk.secret == "a#b;c;d"
    assert settings.trunk.codecs == ("ulaw", "alaw")
    assert settings.lines.lines == 12
    assert settings.lines.ring_timeout == 30.0
    assert settings.lines.longest_call == 120.0
    assert [str(window) for window in settings.calling.hours] == ["09:00-11:30", "14:00-20:00"]
    assert settings.calling.rules.pause(Disposition.BUSY) == dt.timedelta(minutes=30)


def test_calling_around_the_clock_can_be_written(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, "[trunk]\nhost=a\n[calling]\nhours = 0:00-24:00"))
    assert settings.calling.hours == (CallingWindow(dt.timedelta(0), dt.timedelta(hours=24)),)


def test_paths_start_at_the_folder_of_the_settings_file(tmp_path: Path) -> None:
    settings = load_settings(
        write(tmp_path, "[trunk]\nhost = a\n[store]\npath = 数据/a.db\nworkbook = /tmp/b.xlsx")
    )
    assert settings.store.path == str(tmp_path / "数据/a.db")
    assert settings.store.workbook == "/tmp/b.xlsx"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_file_saved_by_windows_notepad_loads(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "[trunk]\r\nhost = a\r\n[dialog]\r\ncommunity = 幸福里\r\n", encoding)
    assert load_settings(path).dialog.community == "幸福里"


def test_the_secret_is_never_shown() -> None:
    trunk = TrunkSettings(username="8001", secret="hunter2")
    assert "hunter2" not in repr(Settings(trunk=trunk))
    assert "8001" in repr(trunk)


def test_the_demo_can_override_some_keys() -> None:
    settings = Settings().replace(trunk={"host": "127.0.0.1", "port": 5070}, lines={"lines": 4})
    assert (settings.trunk.host, settings.trunk.port, settings.lines.lines) == ("127.0.0.1", 5070, 4)
    with pytest.raises(TypeError):
        settings.replace(trunk={"hots": "127.0.0.1"})


def test_prefix_rules_say_what_is_dialled(tmp_path: Path) -> None:
    trunk = load_settings(
        write(
            tmp_path,
            "[trunk]\nhost = a\narea_code = 010\n"
            "prefix_rules = 139-139+139, nonlocal_mobile+0, local_landline-010+9\n",
        )
    ).trunk
    assert trunk.dial_string("13800138000") == "13800138000", "a Beijing number"
    assert trunk.dial_string("18627012345") == "018627012345", "a Wuhan number"
    assert trunk.dial_string("13900000000") == "13900000000", "the first rule that applies, and no other"
    assert trunk.dial_string("01062345678") == "962345678"
    assert trunk.dial_string("02788888888") == "02788888888"


# --- what is wrong ------------------------------------------------------------------------------------


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path / "sip.conf")
    assert caught.value.code == "settings_missing"
    assert "cp sip.conf.example sip.conf" in caught.value.message


def test_everything_that_is_wrong_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    message = complaint(
        tmp_path,
        "[trunk]\nhots = a\nport = 70000\nport = 5060\ntransport = upd\n乱写\nlines = 5\n"
        "[linse]\nlines = 3\n[calling]\nhours = 12:00-09:00\ntimezone = Asia/Shangai\n",
    )
    lines = message.splitlines()
    assert [re.match(r"sip\.conf: 第 (\d+) 行: ", line)[1] for line in lines] == [  # type: ignore[index]
        "1", "2", "3", "4", "5", "6", "7", "8", "11", "12",
    ]  # fmt: skip
    assert "要写线路的地址" in lines[0]
    assert "是不是 host？" in lines[1]
    assert "1 到 65535" in lines[2]
    assert "写了两次（第 3 行已经有了）" in lines[3]
    assert "是不是 udp？" in lines[4]
    assert "名称 = 值" in lines[5]
    assert "请移到 [lines] 里" in lines[6]
    assert "是不是 lines？" in lines[7]
    assert "开始早于结束" in lines[8]
    assert "Asia/Shanghai" in lines[9]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("host = a\n", "第 1 行: 这一行之前没有小节名"),
        ("[trunk\nhost = a\n", "应是 [trunk]"),
        ("[trunk]\nhost =\n", "第 2 行: [trunk] 里要写线路的地址"),
        ("", "sip.conf: [trunk] 里要写线路的地址"),
        ("[trunk]\nhost = sip:a@b\n", "不带 sip: 和端口"),
        ("[trunk]\nhost = a\nregister = yes\n", "第 3 行: register = yes 时要写 username 和 secret"),
        ("[trunk]\nhost = a\nregister = maybe\n", "应写 yes 或 no"),
        ("[trunk]\nhost = a\ncodecs = mp3\n", "alaw、ulaw"),
        ("[trunk]\nhost = a\nprefix_rules = mobile\n", "应是换号规则"),
        ("[trunk]\nhost = a\nprefix_rules = handset+0\n", "没有 handset 这种号码"),
        ("[trunk]\nhost = a\nprefix_rules = nonlocal_mobile+0\n", "area_code = 010"),
        ("[trunk]\nhost = a\narea_code = 10\n", "带 0 的区号"),
        ("[trunk]\nhost = a\necho_number = 回声\n", "只含数字"),
        ("[trunk]\nhost = a\nbind_address = 10.0.0.1:5060\n", "不带 sip: 和端口"),
        ("[trunk]\nhost = a\n[dialog]\nscirpt = a.yaml\n", "是不是 script？"),
        ("[trunk]\nhost = a\n[lines]\nring_timeout = 35 hours\n", "在 5 秒到 2 分钟之间"),
        ("[trunk]\nhost = a\n[lines]\nlines = 0\n", "1 到 200 的整数"),
        ("[trunk]\nhost = a\n[lines]\nlines_per_worker = 8\n", "1 到 4 的整数"),
        ("[trunk]\nhost = a\n[calling]\nhours = 9点到12点\n", "应是时段"),
        ("[trunk]\nhost = a\n[calling]\nhours = 09:00-12:00,11:00-13:00\n", "重叠"),
        ("[trunk]\nhost = a\n[asr]\nmirrors = mirror.example.com\n", "https://"),
        ("[trunk]\nhost = a\n[lines]\ncalls_per_second = fast\n", "0.1 到 50"),
    ],
)  # fmt: skip
def test_a_wrong_value_says_what_is_expected(tmp_path: Path, text: str, told: str) -> None:
    assert told in complaint(tmp_path, text)


def test_a_wrong_value_never_tells_the_secret(tmp_path: Path) -> None:
    assert "hunter2" not in complaint(tmp_path, "[trunk]\nsecret = hunter2\nport = x\n")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sip.conf"
    path.write_bytes(bytes(range(128, 256)) * 3)
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert caught.value.code == "settings_unreadable"


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert caught.value.code == "settings_unreadable"


@given(st.text(max_size=400))
def test_any_text_loads_or_is_refused_with_sentences(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "sip.conf"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    with contextlib.suppress(SettingsError):
        load_settings(path)
