"""Whole campaigns on real SIP, real sound and real recognition, against the practice exchange."""

from __future__ import annotations

import contextlib
import datetime as dt
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from campaign.records import Disposition, ResidentState
from campaign.store import Store
from simulator.demo import RESIDENTS, exchange_process
from simulator.report import calls_of, read_log, summarise
from simulator.residents import load_neighbourhood
from simulator.verdict import differences
from tests.real_calls import (
    QUICK,
    kill_group,
    list_file,
    open_store,
    settings_file,
    start_wenhou,
    wenhou,
)

pytestmark = [pytest.mark.calls, pytest.mark.conversations]

HEALTHY, WRONG_NUMBER, OPTS_OUT = "13800000001", "13800000010", "13800000011"
LISTED = 20
SHANGHAI = dt.timezone(dt.timedelta(hours=8))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demonstration, run once: its folder and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    done = wenhou("demo", "--folder", str(folder / "demo"), cwd=folder, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return folder / "demo", done.stdout


def test_ten_calls_really_overlap(demo: tuple[Path, str]) -> None:
    report = summarise(calls_of(read_log(demo[0] / "exchange.jsonl")))
    assert report.most_at_once == 10


def test_every_stream_gets_its_frames(demo: tuple[Path, str]) -> None:
    report = summarise(calls_of(read_log(demo[0] / "exchange.jsonl")))
    assert report.worst_frames_percent >= 99.0
    with Store.open(demo[0] / "wenhou.db") as store:
        talked = [a for a in store.attempts(1) if a.frames_expected]
    assert talked
    for attempt in talked:
        assert attempt.frames_received >= 0.99 * attempt.frames_expected


def test_all_residents_end_as_their_part_says(demo: tuple[Path, str]) -> None:
    with Store.open(demo[0] / "wenhou.db") as store:
        standings = store.standings(1)
        dialled = min(attempt.dialled_at for attempt in store.attempts(1))
    assert len(standings) == LISTED
    found = differences(load_neighbourhood(RESIDENTS), standings, dialled.astimezone(SHANGHAI).date())
    assert found == []


def test_whoever_was_not_reached_is_in_the_queue(demo: tuple[Path, str]) -> None:
    with Store.open(demo[0] / "wenhou.db") as store:
        for standing in store.standings(1):
            if standing.disposition is not Disposition.COMPLETED:
                assert standing.state is ResidentState.FOLLOW_UP
                assert standing.follow_up is not None


def test_the_workbook_has_a_row_for_everybody(demo: tuple[Path, str]) -> None:
    (path,) = demo[0].glob("*.xlsx")
    book = load_workbook(path)
    assert book.sheetnames[:4] == ["结果", "待人工跟进", "通话明细", "汇总"]
    rows = list(book["结果"].iter_rows(values_only=True))
    names = {resident.name for resident in load_neighbourhood(RESIDENTS).residents.values()}
    assert {name for row in rows for name in row if name in names} == names


def test_the_summary_says_what_came_of_it(demo: tuple[Path, str]) -> None:
    for told in ("拨打 ", "平均通话：", "应答间隔", "结果表：", "wenhou followup"):
        assert told in demo[1]


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Path]:
    """A folder with settings for a running exchange and three residents imported, one line."""
    with exchange_process(RESIDENTS, tmp_path / "exchange.jsonl") as port:
        settings_file(tmp_path, port, *QUICK, "[lines]", "lines = 1")
        list_file(tmp_path, [HEALTHY, WRONG_NUMBER, OPTS_OUT])
        assert wenhou("import", "名单.csv", cwd=tmp_path).returncode == 0
        yield tmp_path


def test_ctrl_c_takes_leave_keeps_everything_and_says_how_to_go_on(campaign: Path) -> None:
    process = start_wenhou("run", cwd=campaign)
    assert process.stdout is not None
    told = []
    for line in process.stdout:
        told.append(line)
        if line.count("听到：") and sum("听到：" in line for line in told) == 3:
            process.send_signal(signal.SIGINT)
    process.stdout.close()
    assert process.wait(timeout=30) == 130
    text = "".join(told)
    assert "正在礼貌地结束通话" in text
    assert "还有 2 户没打完" in text
    with open_store(campaign) as store:
        first, *others = store.standings(1)
    assert first.state is ResidentState.FOLLOW_UP
    assert first.disposition is Disposition.PARTIAL
    assert first.slots["identity"].value == "self"
    assert all(not other.attempts for other in others)
    call = calls_of(read_log(campaign / "exchange.jsonl"))[0]
    assert call.ended_by == "robot"


def test_a_killed_run_goes_on_where_it_stopped(campaign: Path) -> None:
    process = start_wenhou("run", cwd=campaign)
    assert process.stdout is not None
    with contextlib.suppress(StopIteration):
        heard = 0
        while heard < 3:
            heard += "听到：" in next(process.stdout)
    kill_group(process)
    with open_store(campaign) as store:
        (attempt,) = store.attempts(1)
        kept = {slot.name for slot in store.slots(attempt.id)}
    assert kept, "answers are stored as they are given"
    done = wenhou("run", "--no-wait", cwd=campaign, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
    with open_store(campaign) as store:
        first, *others = store.standings(1)
        assert len(store.attempts(1)) == 3, "somebody was called twice, or not at all"
    assert first.state is ResidentState.FOLLOW_UP
    assert kept <= set(first.slots)
    assert [other.disposition for other in others] == [Disposition.WRONG_NUMBER, Disposition.OPTED_OUT]


def test_two_runs_at_once_are_refused(campaign: Path) -> None:
    process = start_wenhou("run", cwd=campaign)
    assert process.stdout is not None
    next(line for line in process.stdout if "拨号" in line)
    second = wenhou("run", cwd=campaign)
    assert second.returncode == 2
    assert "另一个 wenhou run 正在使用" in second.stderr
    kill_group(process)
