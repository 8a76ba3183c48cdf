"""A campaign is called by the script it was imported with, whatever becomes of the file meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

import cli
from campaign.errors import ScriptError
from campaign.records import Campaign
from campaign.settings import Settings, load_settings
from campaign.store import Store
from dialogs.authoring import versions_used
from dialogs.authoring.advice import Surroundings
from dialogs.authoring.versions_used import keep, used_folder, used_script
from dialogs.loading import load_script
from dialogs.recordings.beside import recordings_beside
from tests.scripts import GOOD, changed, findings, line_of, script_file
from tests.test_dialogs_include import OWN, SHARED, written

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
OTHER = changed("first: 体温多少？", "first: 几度？", GOOD)


def campaign_of(script: str, version: str, at: datetime = NOW) -> Campaign:
    return Campaign(1, "三号楼", script, version, "名单.xlsx", at)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "used"


def test_script_that_was_edited_meanwhile_is_used_as_it_was(tmp_path: Path, folder: Path) -> None:
    file = script_file(tmp_path)
    before = keep(str(file), folder, NOW)
    script_file(tmp_path, OTHER)
    used = used_script(campaign_of(str(file), before.version), folder)
    assert used.script.version == before.version
    assert list(used.script.prompts()) == list(before.prompts())
    assert load_script(used.name_or_path).version == before.version
    (told,) = used.notices
    assert told.startswith("话术 mine.yaml 在导入以后改过（现在是 ")
    assert f"仍照导入时的版本 {before.version} 拨打" in told


def test_nothing_is_told_of_a_script_that_is_as_it_was(tmp_path: Path, folder: Path) -> None:
    file = script_file(tmp_path)
    used = used_script(campaign_of(str(file), keep(str(file), folder, NOW).version), folder)
    assert used.notices == ()


def test_script_whose_file_is_gone_is_used_as_it_was(tmp_path: Path, folder: Path) -> None:
    file = script_file(tmp_path)
    version = keep(str(file), folder, NOW).version
    file.unlink()
    used = used_script(campaign_of(str(file), version), folder)
    assert (used.script.version, len(used.notices)) == (version, 1)
    assert "现在打不开了" in used.notices[0]


def test_shared_parts_are_kept_with_it(tmp_path: Path, folder: Path) -> None:
    file = written(tmp_path / "draft")
    version = keep(str(file), folder, NOW).version
    (file.parent / "shared.yaml").write_text(SHARED.replace("哪位", "哪里"), encoding="utf-8")
    used = used_script(campaign_of(str(file), version), folder)
    assert used.script.intents["who"].words == ("你是谁", "哪位")
    assert "改过" in used.notices[0]


def test_bundled_script_is_kept_too(folder: Path) -> None:
    version = keep("notice", folder, NOW).version
    used = used_script(campaign_of("notice", version), folder)
    assert Path(used.name_or_path) == folder / "notice" / f"{version}.yaml"
    assert used.notices == ()


def test_the_same_version_is_kept_once_and_every_import_is_noted(tmp_path: Path, folder: Path) -> None:
    file = script_file(tmp_path)
    keep(str(file), folder, NOW)
    kept = next(folder.glob("*/*.yaml"))
    written_at = kept.stat().st_mtime_ns
    keep(str(file), folder, NOW + timedelta(days=1))
    assert [each.stat().st_mtime_ns for each in folder.glob("*/*.yaml")] == [written_at]
    assert not os.access(kept, os.W_OK) or os.geteuid() == 0
    assert len((kept.parent / "kept.tsv").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize("version", ["../../1", "2026/11", ".", "第一版 试行"])
def test_version_that_is_no_file_name_is_kept(tmp_path: Path, folder: Path, version: str) -> None:
    own = OWN.replace('version: "3"', f'version: "{version}"').replace("script: mine", "script: ../mine")
    file = written(tmp_path / "draft", mine=own)
    kept = keep(str(file), folder, NOW)
    assert used_script(campaign_of(str(file), kept.version), folder).script.version == kept.version
    assert all(folder in each.parents for each in tmp_path.rglob(f"*{kept.version[-8:]}.yaml"))


def test_kept_copy_that_was_changed_is_refused(tmp_path: Path, folder: Path) -> None:
    file = script_file(tmp_path)
    version = keep(str(file), folder, NOW).version
    kept = next(folder.glob("*/*.yaml"))
    kept.chmod(0o644)
    kept.write_text(OTHER, encoding="utf-8")
    with pytest.raises(ScriptError, match="被改动过，不能再用来拨打；请从备份恢复") as refused:
        used_script(campaign_of(str(file), version), folder)
    assert refused.value.code == "version_altered"


def test_campaign_of_an_earlier_wenhou_uses_the_file_and_says_so(tmp_path: Path, folder: Path) -> None:
    file = script_file(tmp_path)
    same = used_script(campaign_of(str(file), load_script(file).version), folder)
    assert (same.name_or_path, same.notices) == (str(file), ())
    (told,) = used_script(campaign_of(str(file), "1-00000000"), folder).notices
    assert "导入时的话术版本 1-00000000 没有存下" in told


def test_script_with_errors_is_not_kept(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ScriptError, match="第 "):
        keep(str(script_file(tmp_path, changed("go: confirm", "go: nowhere"))), folder, NOW)
    assert not folder.exists()


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "used").write_text("a file", encoding="utf-8")
    with pytest.raises(ScriptError, match="存不下这次用的话术：写不了 "):
        keep(str(script_file(tmp_path)), tmp_path / "used", NOW)


def test_other_learnt_files_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = keep("health_survey", folder, NOW).version
    assert used_script(campaign_of("health_survey", version), folder).notices == ()
    monkeypatch.setattr(versions_used, "learnt_of", lambda _: "answers.onnx=00000000")
    (told,) = used_script(campaign_of("health_survey", version), folder).notices
    assert "学习结果在导入以后更新过（当时 answers.onnx=" in told
    # the campaign that is imported now is read by what is there now
    keep("health_survey", folder, NOW + timedelta(days=1))
    later = campaign_of("health_survey", version, NOW + timedelta(days=1))
    assert used_script(later, folder).notices == ()
    assert len(used_script(campaign_of("health_survey", version), folder).notices) == 1


# --- at the command line --------------------------------------------------------------------------------

Wenhou = Callable[..., tuple[int, str]]


@pytest.fixture
def wenhou(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Wenhou:
    """Runs a command in an office of its own; exit code and everything printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "300")
    Path("sip.conf").write_text("[trunk]\nhost = 127.0.0.1\n[dialog]\nscript = mine.yaml\n", encoding="utf-8")
    Path("名单.csv").write_text("姓名,联系电话\n张三,13800138000\n", encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        code = cli.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def test_import_keeps_the_script_and_export_tells_which_asked(tmp_path: Path, wenhou: Wenhou) -> None:
    file = script_file(tmp_path)
    script = load_script(file)
    code, told = wenhou("import", "名单.csv")
    assert code == 0
    assert f"话术：小话术（{script.name}，版本 {script.version}），已为这个任务存下。" in told
    settings = load_settings(Path("sip.conf"))
    assert [each.name for each in used_folder(settings).rglob("*.yaml")] == [f"{script.version}.yaml"]
    with Store.open(Path(settings.store.path)) as store:
        assert store.latest_campaign().script == str(file)

    script_file(tmp_path, changed("label: 体温", "label: 温度"))
    code, told = wenhou("export")
    assert code == 0
    assert f"话术：小话术（{script.name}，版本 {script.version}）" in told
    book = openpyxl.load_workbook("output/健康排查结果.xlsx")
    headings = [cell.value for cell in book["结果"][1]]
    assert "体温" in headings
    assert "温度" not in headings
    summary = {row[0].value: row[1].value for row in book["汇总"].iter_rows() if row[0].value}
    assert summary["话术"] == f"小话术（mine，版本 {script.version}）"


def test_list_is_not_imported_with_a_script_that_has_errors(tmp_path: Path, wenhou: Wenhou) -> None:
    script_file(tmp_path, changed("go: confirm", "go: nowhere"))
    code, told = wenhou("import", "名单.csv")
    assert code == 2
    assert "nowhere 不存在" in told
    assert "还没有导入名单" in wenhou("export")[1]


# --- around a script ------------------------------------------------------------------------------------


def test_script_is_found_beside_the_settings_wherever_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "office"
    office.mkdir()
    (office / "sip.conf").write_text(
        "[trunk]\nhost = 127.0.0.1\n[dialog]\nscript = scripts/mine.yaml\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    assert load_settings(office / "sip.conf").dialog.script == str(office / "scripts" / "mine.yaml")
    (office / "sip.conf").write_text(
        "[trunk]\nhost = 127.0.0.1\n[dialog]\nscript = notice\n", encoding="utf-8"
    )
    assert load_settings(office / "sip.conf").dialog.script == "notice"
    assert Settings().dialog.script == "health_survey"


def test_recordings_are_found_beside_the_script(tmp_path: Path) -> None:
    assert recordings_beside(tmp_path / "mine.yaml", "mine") == ()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "prompts.tsv").touch()
    assert recordings_beside(tmp_path / "mine.yaml", "mine") == (tmp_path / "mine",)
    assert recordings_beside(str(tmp_path / "mine.yaml"), "other") == ()
    assert recordings_beside("mine", "mine") == ()


@pytest.mark.parametrize(
    ("limits", "longest_call", "at", "told"),
    [
        (
            "call_seconds: 150",
            90.0,
            "call_seconds:",
            "call_seconds 是 150 秒，可是 sip.conf 的 longest_call 是 90 秒",
        ),
        ("call_seconds: 90", 90.0, "", ""),
        ("reprompts: 1", 90.0, "", ""),
        ("reprompts: 1", 20.0, "limits:", "sip.conf 的 longest_call 是 20 秒，到时没说完也会挂断"),
    ],
)
def test_length_of_a_call_is_held_against_the_settings(
    tmp_path: Path, limits: str, longest_call: float, at: str, told: str
) -> None:
    text = changed("reprompts: 1", limits)
    code, found = findings(script_file(tmp_path, text), around=Surroundings(longest_call=longest_call))
    assert code == 0
    hits = [each for each in found if "longest_call" in each.text]
    assert [told in each.text for each in hits] == ([True] if told else [])
    assert [each.line for each in hits] == ([line_of(text, at)] if at else [])
