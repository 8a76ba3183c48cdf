"""Personal data goes when it is due, is handed to whom it belongs, and nobody takes it out unseen."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.errors import SettingsError, StoreError
from campaign.purging import Ages, HeldCall, HeldCampaign, plan_purge, read_age
from campaign.records import CallAttempt, Campaign, Resident
from campaign.store import Access, RunLock
from exports.records.purge_command import inside
from tests.community_office import SECRET, CommunityOffice, residents, touch

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
DAY = dt.timedelta(days=1)

Said = pytest.CaptureFixture[str]


@pytest.fixture
def office(tmp_path: Path) -> CommunityOffice:
    """An old campaign that is over, and a new one of which half is to be dialled yet."""
    office = CommunityOffice(tmp_path)
    office.campaign("旧的", residents(8, 1), NOW - 40 * DAY, seed=3)
    office.campaign("新的", residents(8, 2), NOW - 40 * DAY, seed=3, calls=4)
    return office


def told(capsys: Said) -> str:
    printed = capsys.readouterr()
    return "".join((printed.out + printed.err).split("\n"))


# --- what goes ----------------------------------------------------------------------------------------


def test_without_yes_nothing_goes(office: CommunityOffice, capsys: Said) -> None:
    before = office.bytes_of_store(), sorted(office.recordings.iterdir())
    assert office("purge", "--older-than", "30d") == 0
    printed = told(capsys)
    assert "预演" in printed
    assert "8 户" in printed
    assert (office.bytes_of_store(), sorted(office.recordings.iterdir())) == before


def test_what_is_due_is_really_gone_from_the_file_and_the_disk(office: CommunityOffice, capsys: Said) -> None:
    names = [person.name.encode() for person in residents(8, 1)]
    numbers = [person.phones[0].encode() for person in residents(8, 1)]
    assert all(text in office.bytes_of_store() for text in (*names, *numbers))
    assert office("purge", "--older-than", "30d", "--yes") == 0
    left = office.bytes_of_store()
    assert not [text for text in numbers if text in left]
    assert not list(office.recordings.glob("0001-*.wav"))
    assert "数据库已重写" in told(capsys)
    with office.store() as store:
        assert store.residents(1) == []
        assert store.attempts(1) == []
        (entry,) = store.access_log()
    assert (entry.people, entry.what.startswith("清除：")) == (8, True)


def test_a_campaign_under_way_is_left_alone(office: CommunityOffice, capsys: Said) -> None:
    files = sorted(office.recordings.glob("0002-*.wav"))
    assert files
    assert office("purge", "--older-than", "0d", "--yes") == 0
    assert "任务 2（新的）还有 4 户要拨打，没有动它" in told(capsys)
    assert sorted(office.recordings.glob("0002-*.wav")) == files
    with office.store() as store:
        assert len(store.residents(2)) == 8
        assert store.campaign_turns(2)


def test_a_campaign_of_every_day_is_under_way_until_it_is_closed(office: CommunityOffice) -> None:
    with office.store() as store:
        store.set_daily(1, is_daily=True)
        assert [held.unfinished for held in store.held_campaigns()] == [8, 4]
        store.set_daily(1, is_daily=False)
        assert [held.unfinished for held in store.held_campaigns()] == [0, 4]


def test_a_run_keeps_everything_from_being_purged(office: CommunityOffice, capsys: Said) -> None:
    with RunLock(Path(office.settings.store.path)):
        assert office("purge", "--older-than", "0d", "--yes") == 2
    assert "正在使用" in told(capsys)
    assert list(office.recordings.glob("0001-*.wav"))


def test_each_stage_has_an_age_of_its_own(office: CommunityOffice) -> None:
    assert office("purge", "--recordings", "30d", "--yes") == 0
    with office.store() as store:
        assert not [a.recording for a in store.attempts(1) if a.recording]
        assert store.campaign_turns(1)
    assert office("purge", "--recordings", "30d", "--transcripts", "39d", "--persons", "41d", "--yes") == 0
    with office.store() as store:
        assert store.campaign_turns(1) == []
        assert not any(store.events(a.id) for a in store.attempts(1))
        slots = [slot for found in store.slots_by_resident(1).values() for slot in found.values()]
        assert slots
        assert not any(slot.raw or slot.understood for slot in slots)
        assert {slot.value for slot in slots if slot.name == "temperature"} <= {36.5, 38.2}
        assert not any("announced_by" in a.evidence for a in store.attempts(1))
        assert len(store.residents(1)) == 8


def test_the_words_of_a_campaign_are_gone_from_the_file(tmp_path: Path) -> None:
    office = CommunityOffice(tmp_path)
    office.campaign("旧的", residents(8), NOW - 40 * DAY)
    assert SECRET.encode() in office.bytes_of_store()
    assert office("purge", "--transcripts", "30d", "--yes") == 0
    assert SECRET.encode() not in office.bytes_of_store()


def test_figures_outlive_the_residents(office: CommunityOffice) -> None:
    office("report", "--campaign", "1", "--figures", str(office.folder / "a.json"), "--least", "5")
    office("purge", "--persons", "30d", "--yes")
    office("report", "--campaign", "1", "--figures", str(office.folder / "b.json"), "--least", "5")
    before, after = (
        json.loads((office.folder / name).read_text("utf-8"))["campaigns"][0] for name in ("a.json", "b.json")
    )
    for part in ("cases", "grades", "outcomes", "answers"):
        assert before[part] == after[part]
    assert after["is_kept"]
    assert office("export") == 0  # a workbook without residents
    assert office("status") == 0


def test_purging_twice_finds_nothing_more(office: CommunityOffice, capsys: Said) -> None:
    office("purge", "--older-than", "30d", "--yes")
    told(capsys)
    assert office("purge", "--older-than", "30d", "--yes") == 0
    assert "没有到期的资料" in told(capsys)


def test_recordings_that_no_call_names_go_and_foreign_files_stay(office: CommunityOffice) -> None:
    ours, busy, foreign = (office.recordings / n for n in ("0001-000999.wav", "0002-000999.wav", "家宴.wav"))
    for file in (ours, busy, foreign):
        file.write_bytes(b"RIFF")
        touch(file, NOW - 60 * DAY)
    office("purge", "--recordings", "30d", "--yes")
    assert [file.exists() for file in (ours, busy, foreign)] == [False, True, True]


def test_sheets_go_only_where_that_is_asked_for(office: CommunityOffice, capsys: Said) -> None:
    sheet, other = office.output / "健康排查结果.xlsx", office.output / "预算.xlsx"
    for file in (sheet, other):
        file.write_bytes(b"PK")
        touch(file, NOW - 60 * DAY)
    office("purge", "--older-than", "30d", "--yes")
    assert "加 --sheets 一起清除" in told(capsys)
    assert sheet.exists()
    office("purge", "--older-than", "30d", "--sheets", "--yes")
    assert (sheet.exists(), other.exists()) == (False, True)


def test_a_file_that_cannot_be_removed_keeps_the_database_as_it_is(
    office: CommunityOffice, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "unlink", refuse)
    assert office("purge", "--older-than", "30d", "--yes") == 2
    assert "删不掉" in told(capsys)
    with office.store() as store:
        assert len(store.residents(1)) == 8


def test_an_age_must_be_given(office: CommunityOffice, capsys: Said) -> None:
    assert office("purge", "--yes") == 2
    assert "wenhou purge --older-than 30d" in told(capsys)


@pytest.mark.parametrize(
    ("text", "days"), [("30d", 30), ("30", 30), ("4周", 28), ("6m", 180), ("1年", 365), ("0天", 0)]
)
def test_ages(text: str, days: int) -> None:
    assert read_age(text) == days * DAY


@given(st.text(max_size=6))
def test_an_age_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        age = read_age(text)
    except SettingsError as error:
        age = None
        told_ = error.message
    assert age is not None or "不是期限" in told_


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 2)), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 60), st.booleans()), max_size=12),
    st.tuples(*[st.none() | st.integers(0, 60)] * 3),
)
def test_nothing_younger_than_its_age_and_nothing_under_way_ever_goes(
    lists: list[tuple[int, int]], calls: list[tuple[int, int, bool]], ages: tuple[int | None, ...]
) -> None:
    campaigns = [
        HeldCampaign(Campaign(n, "", "", "", "", NOW), 5, unfinished, NOW - days * DAY)
        for n, (days, unfinished) in enumerate(lists)
    ]
    held = [
        HeldCall(n, of, NOW - days * DAY, "a.wav" if has else "", has)
        for n, (of, days, has) in enumerate(calls)
        if of < len(campaigns)
    ]
    limits = Ages(*(None if age is None else age * DAY for age in ages))
    plan = plan_purge(campaigns, held, limits, NOW)
    busy = {one.campaign.id for one in campaigns if one.unfinished}
    gone = {one.campaign.id for one in plan.persons}
    assert not busy & (gone | {call.campaign_id for call in (*plan.recordings, *plan.transcripts)})
    assert all(
        limits.persons is not None and one.last_activity <= NOW - limits.persons for one in plan.persons
    )
    for call in plan.transcripts:
        assert limits.transcripts is not None
        assert call.ended_at <= NOW - limits.transcripts
    for call in plan.recordings:
        is_due = limits.recordings is not None and call.ended_at <= NOW - limits.recordings
        assert is_due or call.campaign_id in gone


def test_a_recording_outside_of_its_folder_is_never_touched(tmp_path: Path) -> None:
    assert inside(tmp_path, "0001-000001.wav") == tmp_path / "0001-000001.wav"
    assert inside(tmp_path, "../sip.conf") is None
    assert inside(tmp_path, "/etc/passwd") is None


# --- one person ---------------------------------------------------------------------------------------


def test_a_person_gets_everything_that_is_kept(office: CommunityOffice) -> None:
    person = next(a.resident_id for a in _attempts(office, 1) if a.recording)
    assert office("resident", "export", str(person), "-o", str(office.folder / "本人")) == 0
    content = json.loads((office.folder / "本人" / "资料.json").read_text("utf-8"))
    (entry,) = content["entries"]
    for table in ("resident", "attempt", "turn", "event", "slot"):
        assert entry[table], table
    assert entry["turn"][0]["heard"] == SECRET
    files = list((office.folder / "本人").iterdir())
    assert len([f for f in files if f.suffix == ".wav"]) == 1
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    assert (office.folder / "本人").stat().st_mode & 0o077 == 0
    assert "症状" in (office.folder / "本人" / "说明.txt").read_text("utf-8")


def test_every_table_with_a_residents_rows_is_in_the_export(office: CommunityOffice) -> None:
    """A table that comes later is found by its references; none is left out."""
    with office.store() as store:
        tables = {row["name"] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        pointing = {
            table
            for table in tables
            for key in store.rows(f"PRAGMA foreign_key_list({table})")
            if key["table"] in ("resident", "attempt", "follow_up")
        }
        person = next(a.resident_id for a in _attempts(office, 1) if a.recording)
        found = store.everything_about(person)
    assert {"attempt", "turn", "event", "slot", "follow_up", "staff_answer"} <= pointing
    assert set(found) <= pointing | {"resident"}


def test_a_folder_with_files_in_it_is_not_written_into(office: CommunityOffice, capsys: Said) -> None:
    (office.folder / "满").mkdir()
    (office.folder / "满" / "a").write_text("")
    assert office("resident", "export", "1", "-o", str(office.folder / "满")) == 2
    assert "已经有文件" in told(capsys)


def test_a_person_is_deleted_with_recordings_and_without_traces(
    office: CommunityOffice, capsys: Said
) -> None:
    attempt = next(a for a in _attempts(office, 1) if a.recording)
    with office.store() as store:
        person = next(r for r in store.residents(1) if r.id == attempt.resident_id)
    file = office.recordings / attempt.recording
    assert office("resident", "delete", person.phones[0]) == 0
    assert "预演" in told(capsys)
    assert file.exists()
    assert office("resident", "delete", person.phones[0], "--yes", "--by", "李娜") == 0
    assert not file.exists()
    assert person.phones[0].encode() not in office.bytes_of_store()
    with office.store() as store:
        assert len(store.residents(1)) == 7
        (entry,) = store.access_log()
    assert (entry.by, entry.what, entry.people, entry.target) == ("李娜", "删除本人资料", 1, "")


def test_one_number_of_two_people_asks_which(tmp_path: Path, capsys: Said) -> None:
    office = CommunityOffice(tmp_path)
    pair = [Resident(0, n, name, ("13800138000",)) for n, name in ((2, "张三"), (3, "李四"))]
    office.campaign("一", pair, NOW, calls=0)
    office.campaign("二", [Resident(0, 2, "张三", ("13800138000", "13900139000"))], NOW, calls=0)
    assert office("resident", "delete", "13800138000", "--yes") == 2
    printed = told(capsys)
    assert "不止一个人" in printed
    assert "编号 1　张*　138****8000" in printed
    assert office("resident", "delete", "1", "--yes") == 0
    with office.store() as store:
        assert [[r.name for r in store.residents(n)] for n in (1, 2)] == [["李四"], []]


def test_two_of_the_same_name_ask_which(tmp_path: Path, capsys: Said) -> None:
    office = CommunityOffice(tmp_path)
    pair = [Resident(0, n, "王芳", (f"1380013800{n}",), f"{n}号楼") for n in (2, 3)]
    office.campaign("一", pair, NOW, calls=0)
    assert office("resident", "export", "王芳") == 2
    assert "不止一个人" in told(capsys)


def test_nobody_is_told_in_a_sentence(office: CommunityOffice, capsys: Said) -> None:
    assert office("resident", "export", "没有此人") == 2
    assert "没有找到“没有此人”" in told(capsys)


def test_the_do_not_call_list_outlives_the_person(tmp_path: Path, capsys: Said) -> None:
    office = CommunityOffice(tmp_path)
    office.campaign("一", [Resident(0, 2, "张三", ("13800138000",))], NOW, calls=0)
    with office.store() as store:
        store.add_do_not_call("13800138000", "本人要求", NOW)
    assert office("resident", "delete", "张三", "--yes") == 0
    assert "免打扰名单里的号码留着" in told(capsys)
    with office.store() as store:
        assert store.is_do_not_call("13800138000")


def test_a_person_on_the_line_is_not_deleted(office: CommunityOffice, capsys: Said) -> None:
    with office.store() as store:
        (attempt,) = store.claim_due(2, NOW, 1)
        (held,) = store.residents_asked_for(resident_id=attempt.resident_id)
        with pytest.raises(StoreError, match="没有删除"):
            store.delete_residents([held], Access(NOW, "李娜", "删除", 1))
    assert office("resident", "delete", str(attempt.resident_id), "--yes") == 2


# --- the access log -----------------------------------------------------------------------------------


def test_every_way_out_is_on_record(office: CommunityOffice, capsys: Said) -> None:
    out = office.folder
    office("export", "--by", "李娜")
    office("export", "--csv", str(out / "a.csv"), "--masked", "--by", "李娜")
    office("export", "--json", str(out / "a.json"), "--by", "李娜")
    office("report", "-o", str(out / "r.html"), "--by", "李娜")
    office("households", "--csv", str(out / "h.csv"), "--by", "李娜")
    office("resident", "export", "1", "--by", "李娜")
    told(capsys)
    assert office("access-log", "--json") == 0
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [entry["what"] for entry in entries] == [
        "导出结果表", "导出 csv", "导出 json", "写报告（合计数）", "导出同住情况", "导出本人资料",
    ]  # fmt: skip
    assert {entry["by"] for entry in entries} == {"李娜"}
    assert [entry["is_masked"] for entry in entries] == [False, True, False, True, False, False]
    assert entries[1]["target"] == str(out / "a.csv")
    assert not [e for e in entries if any(p.name in json.dumps(e) for p in residents(8, 1))]


def test_the_sheets_that_staff_take_along_are_on_record_too(
    office: CommunityOffice, capsys: Said, tmp_path: Path
) -> None:
    numbers, sample = tmp_path / "名单.csv", tmp_path / "抽查.xlsx"
    office("dnc", "add", "13800138000", "13900139000", "--by", "李娜")
    office("dnc", "export", str(numbers), "--by", "李娜")
    office("review", "sample", "100%", "-o", str(sample), "--by", "张敏")
    office("followup", "export", "-o", str(tmp_path / "跟进"), "--campaign", "1", "--by", "王强")
    with office.store() as store:
        waiting = len(store.follow_ups(1))
        entries = [(e.what, e.by, e.people, e.campaign_id, e.target) for e in store.access_log()]
    (sheet,) = (tmp_path / "跟进").glob("*.xlsx")
    assert entries == [
        ("导出免打扰名单", "李娜", 2, None, str(numbers)),
        ("导出抽查表", "张敏", 3, 2, str(sample)),
        ("导出跟进表", "王强", waiting, 1, str(sheet)),
    ]
    assert waiting > 0
    told(capsys)
    assert office("access-log") == 0
    assert "导出跟进表" in told(capsys)


def test_what_could_not_be_written_is_not_on_record(office: CommunityOffice, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    assert office("dnc", "export", str(tmp_path / "文件" / "名单.csv")) != 0
    assert office("review", "sample", "0%") != 0
    assert office("followup", "export", "-o", str(tmp_path / "文件")) != 0
    with office.store() as store:
        assert store.access_log() == []


def test_who_took_a_sheet_is_whoever_the_environment_says(
    office: CommunityOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENHOU_STAFF", "赵静")
    office("review", "sample", "2", "-o", str(tmp_path / "抽查.xlsx"))
    office("dnc", "export", str(tmp_path / "名单.csv"))
    with office.store() as store:
        assert [entry.by for entry in store.access_log()] == ["赵静", "赵静"]


def test_the_access_log_can_be_cut_to_the_last_days(office: CommunityOffice, capsys: Said) -> None:
    with office.store() as store:
        store.log_access(Access(NOW - 50 * DAY, "王强", "导出 csv", 8))
        store.log_access(Access(NOW, "李娜", "导出 csv", 8))
    assert office("access-log", "--since", "30d") == 0
    printed = told(capsys)
    assert ("李娜" in printed, "王强" in printed) == (True, False)


def test_an_empty_access_log_says_so(office: CommunityOffice, capsys: Said) -> None:
    assert office("access-log") == 0
    assert "还没有人导出" in told(capsys)


def _attempts(office: CommunityOffice, campaign: int) -> list[CallAttempt]:
    with office.store() as store:
        return store.attempts(campaign)
