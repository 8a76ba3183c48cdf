"""A run is killed with SIGKILL at many random moments: nothing that was finished is lost or done twice."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from campaign.errors import StoreError
from campaign.records import Disposition, Resident, ResidentState
from campaign.store import RunLock, Store
from tests.real_calls import environment
from tests.unplugged_run import outcome_of

RESIDENTS = 150
KILLS = 12
NOW = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)


def make_store(path: Path) -> None:
    residents = [Resident(0, row, f"居民{row}", (f"139{row:08d}",)) for row in range(1, RESIDENTS + 1)]
    with Store.open(path) as store:
        store.create_campaign("名单", "health_survey", "1", "名单.csv", residents, NOW)


def run_until_line(path: Path, lines: int | None) -> list[str]:
    """Run the campaign in a process group of its own; kill all of it after so many lines of output."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.unplugged_run", str(path)],
        env=environment(), stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    heard = []
    for line in process.stdout:
        heard.append(line.strip())
        if len(heard) == lines:
            os.killpg(process.pid, signal.SIGKILL)
            break
    heard += [line.strip() for line in process.stdout]  # written before the kill, read after it
    process.wait()
    process.stdout.close()
    return heard


def test_a_run_killed_at_random_moments_loses_and_repeats_nothing(tmp_path: Path) -> None:
    path = tmp_path / "wenhou.db"
    make_store(path)
    rng = random.Random(20261123)
    told: list[str] = []
    for _ in range(KILLS):
        told += run_until_line(path, rng.randint(1, 30))
        check_nothing_lost(path, told)
    told += run_until_line(path, None)
    assert told[-1] == "all done"
    check_nothing_lost(path, told)
    check_everybody_settled(path)


def check_nothing_lost(path: Path, told: list[str]) -> None:
    finished = [line.split()[1:] for line in told if line.startswith("finished")]
    completed = {resident for _, resident, outcome in finished if outcome == "completed"}
    with Store.open(path) as store:
        attempts = {attempt.id: attempt for attempt in store.attempts(1)}
        for attempt_id, _, outcome in finished:
            assert attempts[int(attempt_id)].disposition == outcome, "a finished result was lost"
        for resident in completed:
            mine = [a for a in attempts.values() if a.resident_id == int(resident)]
            last = max(mine, key=lambda attempt: attempt.id)
            assert last.disposition is Disposition.COMPLETED, "a completed resident was called again"
        told_twice = [a for a, n in Counter(a for a, _, _ in finished).items() if n > 1]
        assert not told_twice


def check_everybody_settled(path: Path) -> None:
    with Store.open(path) as store:
        for standing in store.standings(1):
            number = standing.resident.phones[0]
            assert all(attempt.ended_at for attempt in standing.attempts)
            if standing.disposition is Disposition.COMPLETED:
                assert standing.state is ResidentState.DONE
                assert standing.slots["temperature"].value == 36.5
            else:
                assert standing.state is ResidentState.FOLLOW_UP
                assert standing.follow_up is not None
            if outcome_of(number) is Disposition.COMPLETED:
                # completed, or interrupted in the middle of the conversation and handed to people, or both
                # dials were cut off by kills before anybody answered
                assert standing.disposition in (Disposition.COMPLETED, Disposition.PARTIAL, None)


def test_an_interrupted_conversation_keeps_its_answers_and_goes_to_follow_up(tmp_path: Path) -> None:
    path = tmp_path / "wenhou.db"
    make_store(path)
    rng = random.Random(7)
    interrupted = []
    for _ in range(KILLS):
        run_until_line(path, rng.randint(8, 20))
        with Store.open(path) as store:
            under_way = [a for a in store.attempts(1) if a.ended_at is None]
            answers = {a.id: store.slots(a.id) for a in under_way}
            store.recover(dt.datetime.now(dt.UTC))
            standings = {s.resident.id: s for s in store.standings(1)}
        for attempt in under_way:
            if attempt.answered_at is not None:
                interrupted.append(attempt)
                standing = standings[attempt.resident_id]
                assert standing.state is ResidentState.FOLLOW_UP
                assert standing.disposition is Disposition.PARTIAL
                assert {slot.name for slot in answers[attempt.id]} <= set(standing.slots)
        if interrupted:
            return
    pytest.fail("no kill ever hit a conversation; the test shows nothing")


def test_a_second_run_on_the_same_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wenhou.db"
    with RunLock(path), pytest.raises(StoreError) as refused, RunLock(path):
        pass
    assert refused.value.code == "store_in_use"
    assert "另一个 wenhou run 正在使用" in refused.value.message
