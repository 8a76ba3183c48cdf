"""The queue in the store: claims, what staff did, and what becomes of the resident."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.errors import StoreError
from campaign.migrations import MIGRATIONS
from campaign.policy import DoNotCall, ToFollowUp
from campaign.records import (
    CallResult,
    Disposition,
    Grade,
    Resident,
    ResidentState,
    SlotValue,
    Source,
)
from campaign.staff_work import StaffResult, StaffWork, staff_result
from campaign.store import Store
from tests.real_calls import environment

NOW = dt.datetime(2026, 11, 26, 2, 0, tzinfo=dt.UTC)


def later(minutes: float) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


def result(label: str) -> StaffResult:
    found = staff_result(label)
    assert found is not None
    return found


def fill(store: Store, residents: int) -> None:
    """A campaign whose residents were all busy and are all in the queue."""
    people = [Resident(0, n, f"居民{n}", (f"139{n:08d}",)) for n in range(1, residents + 1)]
    store.create_campaign("名单", "health_survey", "1", "名单.csv", people, NOW)
    for attempt in store.claim_due(1, NOW, residents):
        slots = (SlotValue("temperature", 37.9, "三十七度九", is_certain=False), SlotValue("travel", False))
        ended = CallResult(attempt.id, Disposition.PARTIAL, later(1), slots=slots, grade=Grade.RED)
        store.finish(ended, ToFollowUp("通话中断"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "wenhou.db") as opened:
        fill(opened, 3)
        yield opened


# --- claims -------------------------------------------------------------------------------------------


def test_what_one_person_has_claimed_another_cannot(store: Store) -> None:
    assert store.claim_follow_up(1, "李娜", later(2))
    assert store.claim_follow_up(1, "李娜", later(3)), "again by the same person"
    assert not store.claim_follow_up(1, "张敏", later(4))
    assert store.follow_up(1).claimed_by == "李娜"


def test_a_claim_that_was_left_lying_can_be_taken_over(store: Store) -> None:
    store.claim_follow_up(1, "李娜", later(0))
    assert not store.claim_follow_up(1, "张敏", later(60), stale_before=later(-1))
    assert store.claim_follow_up(1, "张敏", later(300), stale_before=later(60))
    texts = [note.text for note in store.follow_up_notes(1)[1]]
    assert texts == ["领取", "从 李娜 手里接过来"]


def test_what_was_put_back_is_free(store: Store) -> None:
    store.claim_follow_up(1, "李娜", later(0))
    store.release_follow_up(1, "李娜", later(1))
    assert store.claim_follow_up(1, "张敏", later(2))


def test_a_closed_entry_cannot_be_claimed(store: Store) -> None:
    store.record_staff_work(1, StaffWork("李娜", later(1), result("无需处理")))
    assert not store.claim_follow_up(1, "张敏", later(2))


CLAIMER = """
import datetime as dt, json, sys
from pathlib import Path
from campaign.store import Store

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
now = dt.datetime(2026, 11, 26, 2, 0, tzinfo=dt.UTC)
with Store.open(path) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    got = [n for n in range(1, count + 1) if store.claim_follow_up(n, name, now)]
print(json.dumps(got), flush=True)
"""


def test_staff_in_several_processes_never_get_the_same_resident(tmp_path: Path) -> None:
    path, residents = tmp_path / "wenhou.db", 120
    with Store.open(path) as store:
        fill(store, residents)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CLAIMER, str(path), name, str(residents)],
            env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in ("李娜", "张敏", "王芳")
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:  # all at once, from the first entry on
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    got = [json.loads(process.communicate(timeout=60)[0]) for process in processes]
    claimed = Counter(number for numbers in got for number in numbers)
    assert len(claimed) == residents
    assert set(claimed.values()) == {1}, "two people got the same resident"
    with Store.open(path) as store:
        owners = Counter(f.claimed_by for f in store.follow_ups(1))
    assert owners == {
        name: len(numbers) for name, numbers in zip(("李娜", "张敏", "王芳"), got, strict=True) if numbers
    }


# --- work ---------------------------------------------------------------------------------------------


def test_a_manual_call_lands_in_the_residents_answers_marked_as_staffs(store: Store) -> None:
    work = StaffWork(
        "李娜", later(30), result("已完成"), "13900000001", {"temperature": 36.5, "symptoms": []},
        Grade.GREEN, "本人接的",
    )  # fmt: skip
    store.claim_follow_up(1, "李娜", later(29))
    store.record_staff_work(1, work)
    standing = store.standings(1)[0]
    assert standing.state is ResidentState.DONE
    assert standing.disposition is Disposition.COMPLETED
    assert standing.grade is Grade.GREEN
    assert standing.follow_up is None
    assert standing.is_by_staff
    assert standing.closed is not None
    assert (standing.closed.closed_by, standing.closed.outcome) == ("李娜", "已完成：本人接的")
    slot = standing.slots["temperature"]
    assert (slot.value, slot.source, slot.entered_by, slot.entered_at) == (
        36.5,
        Source.STAFF,
        "李娜",
        later(30),
    )
    assert slot.is_certain
    assert standing.slots["travel"].source is Source.VOICE, "what the robot learnt stays"
    call = standing.attempts[-1]
    assert (call.caller, call.number, call.disposition) == ("李娜", "13900000001", Disposition.COMPLETED)


def test_what_the_robot_heard_is_kept_beside_what_staff_entered(store: Store) -> None:
    store.record_staff_work(1, StaffWork("李娜", later(1), result("核对完成"), answers={"temperature": 37.9}))
    attempt = store.attempts(1)[0]
    assert [s.raw for s in store.slots(attempt.id) if s.name == "temperature"] == ["三十七度九"]
    assert len(store.standings(1)[0].attempts) == 1, "checking a recording is no call"


def test_a_manual_call_in_vain_leaves_the_entry_in_the_queue_and_free(store: Store) -> None:
    store.claim_follow_up(1, "李娜", later(1))
    store.record_staff_work(1, StaffWork("李娜", later(2), result("无人接听"), "13900000001"))
    standing = store.standings(1)[0]
    assert standing.state is ResidentState.FOLLOW_UP
    assert standing.disposition is Disposition.NO_ANSWER
    assert standing.follow_up is not None
    assert standing.follow_up.claimed_by == ""


def test_who_tells_staff_not_to_call_again_is_on_the_list_with_who_wrote_it_down(store: Store) -> None:
    store.record_staff_work(1, StaffWork("李娜", later(2), result("拒访"), "13900000001"))
    (number,) = store.do_not_call_numbers()
    assert (number.number, number.added_by, number.added_at) == ("13900000001", "李娜", later(2))


def test_nothing_is_written_to_a_closed_entry(store: Store) -> None:
    store.record_staff_work(1, StaffWork("李娜", later(1), result("上门完成"), answers={"temperature": 36.0}))
    with pytest.raises(StoreError) as caught:
        store.record_staff_work(
            1, StaffWork("张敏", later(2), result("已完成"), answers={"temperature": 39.0})
        )
    assert caught.value.code == "follow_up_closed"
    assert "李娜" in caught.value.message
    assert store.standings(1)[0].slots["temperature"].value == 36.0


def test_a_reopened_entry_counts_as_the_last_call_left_it(store: Store) -> None:
    store.record_staff_work(1, StaffWork("李娜", later(1), result("上门完成")))
    store.reopen_follow_up(1, "张敏", later(2), "填错了")
    standing = store.standings(1)[0]
    assert standing.state is ResidentState.FOLLOW_UP
    assert standing.disposition is Disposition.PARTIAL
    assert [note.text for note in store.follow_up_notes(1)[1]] == ["上门完成", "重新打开：填错了"]
    with pytest.raises(StoreError) as caught:
        store.reopen_follow_up(1, "张敏", later(3))
    assert caught.value.code == "follow_up_open"


def test_entries_that_do_not_exist_are_named(store: Store) -> None:
    for act in (lambda: store.follow_up(99), lambda: store.claim_follow_up(99, "李娜", NOW)):
        with pytest.raises(StoreError) as caught:
            act()
        assert caught.value.code == "no_follow_up"


# --- do not call --------------------------------------------------------------------------------------


def test_the_do_not_call_list_remembers_who_and_when_even_of_what_was_taken_off(store: Store) -> None:
    assert store.add_do_not_call("13700000000", "家属要求", later(1), "李娜")
    assert not store.add_do_not_call("13700000000", "又一次", later(2), "张敏")
    assert store.remove_do_not_call("13700000000", later(3), "王芳")
    assert not store.remove_do_not_call("13700000000", later(4), "王芳")
    assert not store.is_do_not_call("13700000000")
    (removed,) = store.removed_do_not_call_numbers()
    assert (removed.reason, removed.added_by, removed.removed_by) == ("家属要求", "李娜", "王芳")
    assert (removed.added_at, removed.removed_at) == (later(1), later(3))


def test_a_refusal_on_the_telephone_names_the_call(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db") as store:
        store.create_campaign("名单", "s", "1", "a.csv", [Resident(0, 1, "张三", ("13900000001",))], NOW)
        (attempt,) = store.claim_due(1, NOW, 1)
        store.finish(CallResult(attempt.id, Disposition.OPTED_OUT, later(1)), DoNotCall())
        (number,) = store.do_not_call_numbers()
    assert number.added_by == "居民本人（通话 1）"


# --- older stores -------------------------------------------------------------------------------------


def test_a_store_of_before_is_brought_up_to_date_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    for step in MIGRATIONS[:3]:
        connection.executescript(step)
    connection.execute("PRAGMA user_version = 3")
    connection.executescript(
        """
        INSERT INTO campaign VALUES (1, '旧', 'health_survey', '1', 'a.csv', '2026-01-05T02:00:00.000+00:00');
        INSERT INTO resident VALUES (1, 1, 2, '张三', '["13800138000"]', '1号楼', '2单元', '301', '', '', '',
            '{}', 'follow_up', NULL, 'busy', NULL);
        INSERT INTO attempt (id, campaign_id, resident_id, number, ordinal, line, dialled_at, ended_at,
            disposition, sip_status) VALUES (1, 1, 1, '13800138000', 1, 1, '2026-01-05T02:00:00.000+00:00',
            '2026-01-05T02:00:09.000+00:00', 'busy', 486);
        INSERT INTO follow_up VALUES (1, 1, 1, '占线 3 次', '2026-01-05T03:00:00.000+00:00', 1);
        INSERT INTO do_not_call VALUES ('13700137000', '居民要求不再来电', '2026-01-05T02:00:00.000+00:00');
        """
    )
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        (standing,) = store.standings(1)
        assert standing.follow_up is not None
        assert standing.follow_up.reason == "占线 3 次"
        assert standing.attempts[0].confidence is None
        assert standing.attempts[0].evidence == {}
        assert store.do_not_call_numbers()[0].added_by == ""
        assert store.claim_follow_up(1, "李娜", NOW)
        store.record_staff_work(1, StaffWork("李娜", NOW, result("已完成"), "13800138000"))
        assert store.standings(1)[0].state is ResidentState.DONE
