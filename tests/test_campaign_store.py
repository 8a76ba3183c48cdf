"""The store: what was finished is never lost, whatever happens to the process."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.errors import EXIT_BAD_INPUT, StoreError
from campaign.migrations import MIGRATIONS
from campaign.policy import CallingRules, Done, DoNotCall, Retry, ToFollowUp
from campaign.records import (
    CallAttempt,
    CallCause,
    CallEvent,
    CallResult,
    Campaign,
    Disposition,
    Grade,
    HungUpBy,
    ListProblem,
    Resident,
    ResidentState,
    SlotValue,
    Source,
    Turn,
)
from campaign.store import RunLock, Store

NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)  # ten in the morning in Shanghai
PROJECT = Path(__file__).parent.parent


def later(**parts: float) -> dt.datetime:
    return NOW + dt.timedelta(**parts)


def resident(row: int, name: str, *phones: str) -> Resident:
    return Resident(0, row, name, phones, building="1号楼", remark="", extra={"常住人口": "3"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "output" / "wenhou.db") as opened:
        yield opened


def campaign(store: Store, *residents: Resident) -> Campaign:
    people = residents or (
        resident(2, "张三", "13800138000"),
        resident(3, "李四", "13900139000"),
        resident(4, "王五", "13700137000"),
    )
    return store.create_campaign("三月", "health_survey", "1", "名单.xlsx", people, NOW)


def ended(attempt: CallAttempt, disposition: Disposition, **more: object) -> CallResult:
    return CallResult(attempt.id, disposition, later(minutes=1), **more)  # type: ignore[arg-type]


# --- campaigns ----------------------------------------------------------------------------------------


def test_a_list_comes_back_as_it_was_stored(store: Store) -> None:
    problems = [
        ListProblem("表1", 5, "bad_phone", "138", "位数不对", "赵六"),
        ListProblem("表1", 3, "no_name", "", "没有姓名", is_imported=True),
    ]
    people = [
        Resident(
            0, 2, "张三", ("13800138000", "01062345678"), "3号楼", "2单元", "501室", "幸福里3号楼",
            "110101********1234", "听力不好", {"常住人口": "3", "户型": ""},
        )
    ]  # fmt: skip
    made = store.create_campaign("三月", "health_survey", "7", "名单.xlsx", people, NOW, problems)
    (stored,) = store.residents(made.id)
    assert stored.id > 0
    assert Resident(**{**vars(people[0]), "id": stored.id}) == stored
    assert store.list_problems(made.id) == problems
    assert made == store.latest_campaign() == store.campaign(made.id) == store.campaigns()[0]
    assert made.created_at == NOW


def test_no_campaign_says_what_to_do(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.latest_campaign()
    assert caught.value.code == "no_campaign"
    assert "wenhou import" in caught.value.message
    with pytest.raises(StoreError):
        store.campaign(7)


def test_the_latest_campaign_is_the_one_imported_last(store: Store) -> None:
    campaign(store)
    second = campaign(store)
    assert store.latest_campaign().id == second.id
    assert len(store.campaigns()) == 2


# --- claims -------------------------------------------------------------------------------------------


def test_residents_are_claimed_in_the_order_of_the_list_and_never_twice(store: Store) -> None:
    made = campaign(store)
    first = store.claim_due(made.id, NOW, limit=2)
    second = store.claim_due(made.id, NOW, limit=5)
    assert [a.number for a in first + second] == ["13800138000", "13900139000", "13700137000"]
    assert store.claim_due(made.id, NOW, limit=5) == []
    assert store.progress(made.id).in_call == 3
    assert all(a.ordinal == 1 and a.dialled_at == NOW for a in first)


def test_a_resident_who_waits_is_claimed_when_due_and_before_new_ones(store: Store) -> None:
    made = campaign(store)
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    store.finish(ended(attempt, Disposition.BUSY), Retry(later(minutes=15)))
    assert store.progress(made.id).next_due_at == later(minutes=15)
    assert [a.number for a in store.claim_due(made.id, later(minutes=14), limit=1)] == ["13900139000"]
    (again,) = store.claim_due(made.id, later(minutes=15), limit=1)
    assert (again.number, again.ordinal) == ("13800138000", 2)


def test_an_appointment_is_claimed_before_other_retries_that_are_due(store: Store) -> None:
    made = campaign(store)
    first, second, _ = store.claim_due(made.id, NOW, limit=3)
    store.finish(ended(first, Disposition.BUSY), Retry(later(minutes=5)))
    store.finish(ended(second, Disposition.PARTIAL), Retry(later(minutes=30), is_appointment=True))
    assert [a.number for a in store.claim_due(made.id, later(minutes=29), limit=1)] == ["13800138000"]
    store.release(store.attempts(made.id)[-1].id, later(minutes=29))
    assert [a.number for a in store.claim_due(made.id, later(minutes=30), limit=1)] == ["13900139000"]


def test_one_call_at_a_time_to_a_household(store: Store) -> None:
    def at_home(row: int, phone: str, room: str) -> Resident:
        return Resident(0, row, f"居民{row}", (phone,), "1号楼", "2单元", room)

    made = campaign(
        store,
        at_home(2, "13800138000", "301"), at_home(3, "13900139000", "301"),
        at_home(4, "13700137000", "302"),
    )  # fmt: skip
    (mother, neighbour) = store.claim_due(made.id, NOW, limit=5)
    assert [mother.number, neighbour.number] == ["13800138000", "13700137000"]
    store.finish(ended(mother, Disposition.COMPLETED), Done())
    assert [a.number for a in store.claim_due(made.id, NOW, limit=5)] == ["13900139000"]


def test_residents_of_a_building_whose_rooms_are_unknown_are_no_household(store: Store) -> None:
    people = [Resident(0, n, f"居民{n}", (f"1380013800{n}",), address="幸福里3号楼") for n in range(3)]
    assert len(store.claim_due(campaign(store, *people).id, NOW, limit=5)) == 3


def test_with_rules_nobody_is_claimed_outside_the_hours(store: Store) -> None:
    made = campaign(store)
    assert store.claim_due(made.id, later(hours=12), 3, CallingRules()) == []
    assert store.progress(made.id).pending == 3


def test_the_day_of_a_number_has_one_budget_over_all_campaigns(store: Store) -> None:
    rules = CallingRules(max_attempts_per_day=1)
    first, second = campaign(store), campaign(store)
    assert len(store.claim_due(first.id, NOW, 3, rules)) == 3
    for attempt in store.attempts(first.id):
        store.finish(ended(attempt, Disposition.COMPLETED), Done())
    assert store.claim_due(second.id, later(hours=1), 3, rules) == []
    assert len(store.claim_due(second.id, later(days=1), 3, rules)) == 3


def test_confidence_and_evidence_of_a_call_are_kept(store: Store) -> None:
    made = campaign(store)
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    told = {"announced": "powered_off", "has_rung": True}
    store.finish(ended(attempt, Disposition.POWERED_OFF, confidence=0.93, evidence=told), Done())
    stored = store.attempt(attempt.id)
    assert (stored.confidence, stored.evidence, stored.caller) == (0.93, told, "")


def test_attempts_alternate_between_the_numbers_of_a_resident(store: Store) -> None:
    made = campaign(store, resident(2, "张三", "13800138000", "13900139000"))
    numbers = []
    for _ in range(3):
        (attempt,) = store.claim_due(made.id, NOW, limit=1)
        numbers.append(attempt.number)
        store.finish(ended(attempt, Disposition.BUSY), Retry(NOW))
    assert numbers == ["13800138000", "13900139000", "13800138000"]


def test_numbers_never_tried_are_known(store: Store) -> None:
    made = campaign(store, resident(2, "张三", "13800138000", "13900139000", "13700137000"))
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    store.add_do_not_call("13700137000", "", NOW)
    assert store.other_numbers(attempt.id) == ["13900139000"]


def test_one_call_at_a_time_to_a_number_even_of_two_residents(store: Store) -> None:
    made = campaign(store, resident(2, "张三", "13800138000"), resident(3, "张三媳妇", "13800138000"))
    (attempt,) = store.claim_due(made.id, NOW, limit=5)
    assert store.claim_due(made.id, NOW, limit=5) == []
    store.finish(ended(attempt, Disposition.COMPLETED), Done())
    assert len(store.claim_due(made.id, NOW, limit=5)) == 1


def test_a_number_that_wants_no_calls_is_not_called_in_any_campaign(store: Store) -> None:
    made = campaign(store)
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    store.finish(ended(attempt, Disposition.OPTED_OUT), DoNotCall())
    assert store.is_do_not_call("13800138000")
    (standing, *_) = store.standings(made.id)
    assert standing.state is ResidentState.FOLLOW_UP
    assert standing.follow_up is not None
    assert standing.follow_up.reason == "居民要求不再来电"
    second = campaign(
        store, resident(2, "张三", "13800138000"), resident(3, "赵六", "13800138000", "13600136000")
    )
    assert [a.number for a in store.claim_due(second.id, NOW, limit=5)] == ["13600136000"]
    assert [f.reason for f in store.follow_ups(second.id)] == ["号码在免打扰名单上，没有拨打"]


def test_with_rules_a_number_dialled_twice_today_waits_for_tomorrow(store: Store) -> None:
    made = campaign(store, resident(2, "张三", "13800138000"), resident(3, "张三媳妇", "13800138000"))
    rules = CallingRules()
    for _ in range(2):
        (attempt,) = store.claim_due(made.id, NOW, 1, rules)
        store.release(attempt.id, NOW)
    assert store.claim_due(made.id, NOW, 5, rules) == []
    progress = store.progress(made.id)
    assert progress.waiting == 2
    assert progress.next_due_at == dt.datetime(2026, 3, 3, 1, 0, tzinfo=dt.UTC)
    (attempt,) = store.claim_due(made.id, later(days=1), 5, rules)
    store.finish(ended(attempt, Disposition.COMPLETED), Done())
    assert store.claim_due(made.id, later(days=2), 5, rules) == []
    assert [f.reason for f in store.follow_ups(made.id)] == ["拨打次数已用完"]


# --- a call -------------------------------------------------------------------------------------------


def test_everything_told_during_a_call_comes_back(store: Store) -> None:
    made = campaign(store)
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    store.mark_line(attempt.id, 7)
    store.mark_answered(attempt.id, later(seconds=8))
    event = CallEvent(attempt.id, later(seconds=9), "heard", {"text": "没有发烧", "confidence": 0.8})
    turn = Turn(
        attempt.id,
        1,
        "ask_symptoms",
        "没有发少",
        "没有发烧",
        0.8,
        later(seconds=8),
        later(seconds=9),
        Source.KEY,
    )
    slot = SlotValue("symptoms", [], "没有发少", "没有发烧", 0.8, Source.VOICE, is_certain=False)
    store.record_event(event)
    store.record_turn(turn)
    store.record_slot(attempt.id, slot)
    assert store.events(attempt.id) == [event]
    assert store.turns(attempt.id) == store.campaign_turns(made.id) == [turn]
    assert store.slots(attempt.id) == [slot]
    known = store.attempt(attempt.id)
    assert (known.line, known.answered_at) == (7, later(seconds=8))


@pytest.mark.parametrize(
    "value", ["self", True, False, 37.5, 3, None, [], ["发热", "咳嗽"], "2026-03-01", ""]
)  # fmt: skip
def test_slot_values_keep_their_type(store: Store, value: object) -> None:
    made = campaign(store)
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    store.record_slot(attempt.id, SlotValue("x", value))
    stored = store.slots(attempt.id)[0].value
    assert stored == value
    assert type(stored) is type(value)


def test_a_result_is_written_with_what_follows_it(store: Store) -> None:
    made = campaign(store)
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    slots = (SlotValue("temperature", 37.8, "三十七度八"),)
    result = CallResult(
        attempt.id, Disposition.COMPLETED, later(seconds=60), CallCause(200, 16, "OK", HungUpBy.ROBOT),
        later(seconds=8), slots, Grade.RED, "0001.wav", 2600, 2590, 1, (0.61, 0.72),
    )  # fmt: skip
    store.finish(result, ToFollowUp("体温待核实"))
    (standing, *_) = store.standings(made.id)
    (call,) = standing.attempts
    assert standing.state is ResidentState.FOLLOW_UP
    assert (standing.disposition, standing.grade) == (Disposition.COMPLETED, Grade.RED)
    assert standing.slots["temperature"].value == 37.8
    assert standing.follow_up is not None
    assert standing.follow_up.reason == "体温待核实"
    assert call.cause == CallCause(200, 16, "OK", HungUpBy.ROBOT)
    assert call.talk_seconds == 52.0
    assert (call.frames_expected, call.frames_received, call.reply_gaps) == (2600, 2590, (0.61, 0.72))
    assert call.recording == "0001.wav"


def test_a_second_result_for_a_call_is_refused_and_changes_nothing(store: Store) -> None:
    made = campaign(store)
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    store.finish(ended(attempt, Disposition.COMPLETED), Done())
    before = store.standings(made.id)
    with pytest.raises(StoreError) as caught:
        store.finish(ended(attempt, Disposition.FAILED), Retry(NOW))
    assert caught.value.code == "attempt_over"
    with pytest.raises(StoreError):
        store.release(attempt.id, NOW)
    assert store.standings(made.id) == before
    with pytest.raises(StoreError):
        store.attempt(99)


def test_answers_of_an_earlier_call_stay_known(store: Store) -> None:
    made = campaign(store)
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    store.record_slot(attempt.id, SlotValue("travel", False))
    store.finish(ended(attempt, Disposition.BUSY), Retry(NOW))
    (again,) = store.claim_due(made.id, NOW, limit=1)
    store.finish(ended(again, Disposition.COMPLETED, slots=(SlotValue("contact", True),)), Done())
    assert {s.name for s in store.standings(made.id)[0].slots.values()} == {"travel", "contact"}


def test_the_past_of_a_resident(store: Store) -> None:
    made = campaign(store)
    (first,) = store.claim_due(made.id, NOW, limit=1)
    store.finish(ended(first, Disposition.BUSY), Retry(NOW))
    (second,) = store.claim_due(made.id, NOW, limit=1)
    store.release(second.id, NOW)
    (third,) = store.claim_due(made.id, NOW, limit=1)
    history = store.past_attempts(third.resident_id, before=third.id)
    assert [(p.disposition, p.dialled_at, p.number) for p in history] == [
        (Disposition.BUSY, NOW, "13800138000"),
        (None, NOW, "13800138000"),
    ]


def test_progress_counts_every_resident_once(store: Store) -> None:
    made = campaign(store)
    first, second = store.claim_due(made.id, NOW, limit=2)
    store.finish(ended(first, Disposition.COMPLETED), Done())
    progress = store.progress(made.id)
    assert (progress.total, progress.done, progress.in_call, progress.pending) == (3, 1, 1, 1)
    store.finish(ended(second, Disposition.INVALID_NUMBER), ToFollowUp("空号"))
    assert store.progress(made.id).follow_up == 1


def test_a_snapshot_does_not_change_while_calls_go_on(store: Store) -> None:
    made = campaign(store)
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    with store.snapshot() as snapshot:
        assert snapshot.progress(made.id).in_call == 1
        store.finish(ended(attempt, Disposition.COMPLETED), Done())
        assert store.progress(made.id).done == 1
        assert snapshot.progress(made.id).done == 0
        with pytest.raises(StoreError):
            snapshot.mark_line(attempt.id, 3)


def test_a_snapshot_can_be_read_in_another_thread(store: Store) -> None:
    made = campaign(store)
    totals: list[int] = []

    def read() -> None:
        with store.snapshot() as snapshot:
            totals.append(snapshot.progress(made.id).total)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert totals == [3]


# --- a run that was killed ----------------------------------------------------------------------------


def test_recovery_redials_the_unanswered_and_hands_conversations_to_people(store: Store) -> None:
    made = campaign(store)
    finished, talking, dialling = store.claim_due(made.id, NOW, limit=3)
    store.finish(ended(finished, Disposition.COMPLETED, grade=Grade.GREEN), Done())
    store.mark_answered(talking.id, later(seconds=8))
    store.record_slot(talking.id, SlotValue("temperature", 37.8, "三十七度八"))
    store.record_event(CallEvent(talking.id, later(seconds=30), "heard"))

    found = store.recover(later(hours=1))

    assert [a.id for a in found] == [talking.id, dialling.id]
    done, partial, waiting = store.standings(made.id)
    assert (done.state, done.disposition) == (ResidentState.DONE, Disposition.COMPLETED)
    assert (partial.state, partial.disposition) == (ResidentState.FOLLOW_UP, Disposition.PARTIAL)
    assert partial.slots["temperature"].value == 37.8
    assert partial.follow_up is not None
    assert partial.attempts[0].ended_at == later(seconds=30), "the last thing known of the call"
    assert (waiting.state, waiting.next_attempt_at) == (ResidentState.WAITING, later(hours=1))
    assert len(waiting.attempts) == 1, "the dial counts, and nothing else does"
    assert store.recover(later(hours=1)) == []
    (again,) = store.claim_due(made.id, later(hours=1), limit=5)
    assert (again.resident_id, again.ordinal) == (dialling.resident_id, 2)


WORKER = """
import datetime as dt, sys
from pathlib import Path
from campaign.policy import Done
from campaign.records import CallEvent, CallResult, Disposition, SlotValue, Turn
from campaign.store import Store
store = Store.open(Path(sys.argv[1]))
now = dt.datetime.now(dt.UTC)
made = store.latest_campaign()
print("ready", flush=True)
for attempt in iter(lambda: store.claim_due(made.id, now, 1), []):
    (call,) = attempt
    store.mark_answered(call.id, now)
    for n in range(3):
        store.record_event(CallEvent(call.id, now, "heard", {"text": "没有"}))
        store.record_turn(Turn(call.id, n, "ask", "没有", "没有", 1.0, now, now))
        store.record_slot(call.id, SlotValue(f"slot{n}", n))
    store.finish(CallResult(call.id, Disposition.COMPLETED, now), Done())
    print(call.resident_id, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="there is no kill -9")
def test_kill_9_at_any_moment_loses_no_finished_result(tmp_path: Path) -> None:
    path = tmp_path / "wenhou.db"
    chance = random.Random(20260302)
    with Store.open(path) as store:
        made = campaign(store, *(resident(n, f"居民{n}", f"138{n:08d}") for n in range(2, 2000)))
    finished: set[int] = set()
    for _ in range(8):
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(path)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        for _ in range(chance.randrange(1, 8)):
            finished.add(int(worker.stdout.readline()))
        threading.Event().wait(chance.random() * 0.02)  # a moment within the next call
        worker.send_signal(signal.SIGKILL)
        rest = worker.communicate()[0]
        finished |= {int(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")}
        with Store.open(path) as store:
            store.recover(dt.datetime.now(dt.UTC))
            standings = store.standings(made.id)
        done = {s.resident.id for s in standings if s.state is ResidentState.DONE}
        assert finished <= done
        assert not any(s.state is ResidentState.IN_CALL for s in standings)
        for standing in standings:
            if standing.state is ResidentState.DONE:
                assert len(standing.slots) == 3
                assert sum(a.disposition is Disposition.COMPLETED for a in standing.attempts) == 1
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# --- files --------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_only_the_owner_may_read_the_store(tmp_path: Path) -> None:
    path = tmp_path / "wenhou.db"
    path.touch(mode=0o644)
    with Store.open(path) as store:
        campaign(store)
        for name in ("wenhou.db", "wenhou.db-wal"):
            assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name


def test_a_second_run_on_the_same_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wenhou.db"
    with RunLock(path):
        with pytest.raises(StoreError) as caught, RunLock(path):
            pass
        assert caught.value.code == "store_in_use"
        assert "另一个 wenhou run 正在使用" in caught.value.message
    with RunLock(path):
        pass


def test_a_store_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "wenhou.db"
    Store.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert caught.value.code == "store_too_new"


def test_a_store_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "wenhou.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(MIGRATIONS[0] + "PRAGMA user_version = 1;")
        connection.execute(
            "INSERT INTO campaign VALUES (1, 'a', 's', '1', 'f', '2026-03-02T02:00:00.000+00:00')"
        )
        connection.execute("INSERT INTO list_problem VALUES (1, 1, '表1', 3, 'bad_phone', '138', '位数不对')")
    with Store.open(path) as store:
        assert store.list_problems(1) == [ListProblem("表1", 3, "bad_phone", "138", "位数不对")]


def test_confirmation_is_kept_with_the_answer(store: Store) -> None:
    made = campaign(store)
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    kept = SlotValue("symptoms", ["咳嗽"], "咳", "咳嗽", 0.7, is_confirmed=True)
    store.record_slot(attempt.id, kept)
    assert store.slots(attempt.id) == [kept]


@pytest.mark.parametrize("content", [b"this is no database, but a text of some length" * 40, b"\0" * 8192])
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wenhou.db"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert caught.value.code == "store_broken"
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert caught.value.code == "store_broken"


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("a file")
    for attempt in (
        lambda: Store.open(tmp_path / "output" / "wenhou.db"),
        RunLock(tmp_path / "output" / "a").__enter__,
    ):
        with pytest.raises(StoreError) as caught:
            attempt()
        assert caught.value.code == "store_folder"
        assert caught.value.exit_code == EXIT_BAD_INPUT


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError) as caught:
        Store.open(tmp_path / "wenhou.db")
    assert caught.value.code == "store_folder"


def test_a_full_disk_is_told_and_loses_nothing(store: Store) -> None:
    made = campaign(store)
    (attempt,) = store.claim_due(made.id, NOW, limit=1)
    store._connection.execute("PRAGMA max_page_count = 1")  # as good as full: SQLITE_FULL

    def fill_the_disk() -> None:
        for number in range(2000):
            store.record_slot(attempt.id, SlotValue(f"slot{number}", "没有" * 50))

    with pytest.raises(StoreError) as caught:
        fill_the_disk()
    assert caught.value.code == "disk_full"
    store._connection.execute("PRAGMA max_page_count = 1000000")
    store.finish(ended(attempt, Disposition.COMPLETED), Done())
    assert store.progress(made.id).done == 1
