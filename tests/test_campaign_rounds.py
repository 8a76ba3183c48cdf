"""Priorities, pauses, and a list that is called every day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from campaign.errors import StoreError
from campaign.policy import CallingRules, Done, Retry, ToFollowUp
from campaign.records import CallResult, Disposition, Resident, ResidentState, SlotValue
from campaign.rounds import CampaignPlan, in_order, next_round_at, round_name, told_of_plans
from campaign.store import Store, Verb
from campaign.store.runs import Order

RULES = CallingRules()
DAY = dt.date(2026, 11, 28)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=RULES.zone).astimezone(dt.UTC)


FRIDAY = at("2026-11-27 10:00")
SATURDAY = at("2026-11-28 09:00")


def store_with(folder: Path, *people: Resident) -> Store:
    store = Store.open(folder / "wenhou.db")
    store.create_campaign("名单", "health_survey", "1", "名单.csv", people, FRIDAY)
    return store


def person(number: int, *phones: str) -> Resident:
    return Resident(0, number, f"居民{number}", phones or (f"1390000{number:04d}",), remark="独居")


# --- pure -----------------------------------------------------------------------------------------------


def test_campaigns_get_lines_by_priority_then_by_age() -> None:
    plans = [CampaignPlan(1), CampaignPlan(2, priority=1), CampaignPlan(3, priority=9), CampaignPlan(4)]
    assert [plan.campaign_id for plan in in_order(plans)] == [2, 1, 4, 3]


def test_what_was_promised_to_a_resident_comes_before_every_priority() -> None:
    plans = [CampaignPlan(1, priority=1), CampaignPlan(2, priority=9)]
    assert [plan.campaign_id for plan in in_order(plans, promised=[2])] == [2, 1]


@pytest.mark.parametrize(
    ("first_dial", "now", "begins"),
    [
        ("2026-11-27 10:00", "2026-11-27 19:00", "2026-11-28 09:00"),  # on the same day: tomorrow
        ("2026-11-27 10:00", "2026-11-28 03:00", "2026-11-28 09:00"),
        ("2026-11-27 19:59", "2026-11-28 10:30", "2026-11-28 10:30"),  # the next day: now
        ("2026-11-20 10:00", "2026-11-27 12:30", "2026-11-27 14:00"),  # a week later, at noon
        ("2026-09-30 10:00", "2026-09-30 19:00", "2026-10-08 09:00"),  # over the National Day
    ],
)
def test_a_round_begins_with_the_first_hours_of_a_later_day(first_dial: str, now: str, begins: str) -> None:
    assert next_round_at(at(first_dial), at(now), RULES) == at(begins)


def test_a_round_in_which_nobody_was_dialled_is_still_to_come() -> None:
    assert next_round_at(None, SATURDAY, RULES) is None


def test_only_what_is_out_of_the_ordinary_is_told() -> None:
    plans = [CampaignPlan(1), CampaignPlan(2, 1, True), CampaignPlan(3, is_daily=True, round=2)]
    assert told_of_plans(plans) == [
        "任务 2：优先级 1（1 最先，9 最后），已暂停，wenhou resume --campaign 2 继续",
        "任务 3：每天打一轮，现在是第 2 轮",
    ]
    assert told_of_plans([CampaignPlan(1, is_daily=True, is_closed=True)]) == []


def test_rounds_have_names_that_tell_them_apart() -> None:
    assert round_name("名单", 1, DAY) == "名单"
    assert round_name("名单", 2, DAY) == "名单（第 2 轮 11-28）"


# --- in the store ---------------------------------------------------------------------------------------


def test_a_campaign_is_as_usual_until_somebody_says_otherwise(tmp_path: Path) -> None:
    with store_with(tmp_path, person(1)) as store:
        assert store.plan(1) == CampaignPlan(1, series=1)
        store.set_priority(1, 2)
        store.set_paused(1, FRIDAY)
        store.set_daily(1, True)
        assert store.plan(1) == CampaignPlan(1, 2, True, True, 1)
        store.set_paused(1, None)
        assert not store.plan(1).is_paused
        with pytest.raises(StoreError, match="没有编号为 7 的任务"):
            store.set_priority(7, 1)


def call(
    store: Store, campaign: int, disposition: Disposition, step: object, temperature: float = 0.0
) -> None:
    (attempt,) = store.claim_due(campaign, FRIDAY, 1)
    slots = (SlotValue("temperature", temperature),) if temperature else ()
    store.finish(CallResult(attempt.id, disposition, FRIDAY, slots=slots), step)  # type: ignore[arg-type]


def test_a_new_round_knows_nothing_yet_and_keeps_all_of_the_one_before(tmp_path: Path) -> None:
    with store_with(tmp_path, person(1), person(2)) as store:
        store.set_daily(1, True)
        store.set_priority(1, 3)
        call(store, 1, Disposition.COMPLETED, Done(), 36.5)
        call(store, 1, Disposition.NO_ANSWER, Retry(SATURDAY))
        new = store.begin_round(1, SATURDAY, DAY)
        assert new.name == "名单（第 2 轮 11-28）"
        assert store.plan(2) == CampaignPlan(2, 3, False, True, 1, 2)
        assert store.plan(1).is_closed
        assert store.progress(2).pending == 2
        before, now = store.standings(1), store.standings(2)
        assert [s.resident.remark for s in now] == ["独居", "独居"]
        assert all(not s.attempts and s.disposition is None and not s.slots for s in now)
        assert before[0].slots["temperature"].value == 36.5
        earlier = store.earlier_ids(2)
        assert [earlier[s.resident.id] for s in now] == [s.resident.id for s in before]
        assert store.round_before(2) == 1
        assert store.round_before(1) is None
        assert store.newest_round(1).campaign_id == 2


def test_a_round_is_begun_once(tmp_path: Path) -> None:
    with store_with(tmp_path, person(1)) as store:
        store.begin_round(1, SATURDAY, DAY)
        with pytest.raises(StoreError, match="后面已经有新的一轮了"):
            store.begin_round(1, SATURDAY, DAY)
        assert len(store.campaigns()) == 2


def test_an_appointment_is_kept_across_rounds(tmp_path: Path) -> None:
    promised = at("2026-11-28 15:00")
    with store_with(tmp_path, person(1)) as store:
        call(store, 1, Disposition.PARTIAL, Retry(promised, is_appointment=True))
        store.begin_round(1, SATURDAY, DAY)
        assert store.next_appointment(2) == promised
        assert store.claim_due(2, SATURDAY, 5) == []
        assert len(store.claim_due(2, promised, 5)) == 1


def test_a_stranger_is_not_called_every_morning(tmp_path: Path) -> None:
    with store_with(tmp_path, person(1), person(2, "13900000002", "13900000022")) as store:
        call(store, 1, Disposition.WRONG_NUMBER, ToFollowUp("打错了"))
        call(store, 1, Disposition.INVALID_NUMBER, ToFollowUp("空号"))
        for earlier in (1, 2):
            store.begin_round(earlier, SATURDAY, DAY)
        for campaign in (2, 3):  # also in the round after the next, in which nothing was dialled before
            first, second = store.standings(campaign)
            assert first.state is ResidentState.FOLLOW_UP
            assert first.follow_up is not None
            assert "请核对号码" in first.follow_up.reason
            assert first.resident.phones == ("13900000001",)
            assert second.state is ResidentState.PENDING
            assert second.resident.phones == ("13900000022",)


def test_a_round_has_attempts_of_its_own_but_a_number_not_more_a_day(tmp_path: Path) -> None:
    rules = CallingRules(max_attempts=1, max_attempts_per_day=1)
    with store_with(tmp_path, person(1)) as store:
        (attempt,) = store.claim_due(1, FRIDAY, 1, rules)
        store.finish(CallResult(attempt.id, Disposition.COMPLETED, FRIDAY), Done())
        store.begin_round(1, FRIDAY, FRIDAY.date())
        assert store.claim_due(2, FRIDAY + dt.timedelta(hours=1), 1, rules) == []
        assert len(store.claim_due(2, SATURDAY, 1, rules)) == 1


# --- what is asked of runs ------------------------------------------------------------------------------


def test_orders_are_for_one_run_only(tmp_path: Path) -> None:
    with store_with(tmp_path, person(1)) as store:
        dead = store.begin_run(FRIDAY, 10)
        order = store.ask(dead, Verb.STOP, 0, FRIDAY)
        alive = store.begin_run(SATURDAY, 4)
        assert store.orders(alive) == []
        assert store.orders(dead) == [Order(order, Verb.STOP)]
        run = store.open_run()
        assert run is not None
        assert (run.id, run.lines, run.is_paused) == (alive, 4, False)
        store.end_run(alive, SATURDAY)
        assert store.open_run() is None


def test_an_order_is_answered_once_or_withdrawn(tmp_path: Path) -> None:
    with store_with(tmp_path, person(1)) as store:
        run = store.begin_run(FRIDAY, 10)
        first, second = (store.ask(run, verb, 0, FRIDAY) for verb in (Verb.PAUSE, Verb.RESUME))
        store.answer(first, "已暂停拨打。")
        assert store.answer_to(first) == "已暂停拨打。"
        assert not store.withdraw(first)
        assert store.withdraw(second)
        assert store.orders(run) == []
