"""When a resident is called, and what follows an attempt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.policy import (
    RULES,
    CallingRules,
    CallingWindow,
    Done,
    DoNotCall,
    NextStep,
    PastAttempt,
    Retry,
    ToFollowUp,
    after_attempt,
    earliest_dial,
    may_call,
    next_numbers,
    next_opening,
    part_of_day,
)
from campaign.records import CallResult, Disposition, Remark, SlotValue

SHANGHAI = ZoneInfo("Asia/Shanghai")
RULES_OF_DAY = CallingRules()
RETRYABLE = [
    Disposition.BUSY,
    Disposition.NO_ANSWER,
    Disposition.DECLINED,
    Disposition.POWERED_OFF,
    Disposition.UNREACHABLE,
    Disposition.CALL_ASSISTANT,
    Disposition.NETWORK_BUSY,
    Disposition.FAILED,
]


def at(text: str, day: int = 2) -> dt.datetime:
    """A time of day in Shanghai; day 2 is a Monday of March 2026."""
    return dt.datetime.combine(dt.date(2026, 3, day), dt.time.fromisoformat(text), SHANGHAI)


def after(
    disposition: Disposition,
    now: dt.datetime,
    history: Sequence[PastAttempt] = (),
    rules: CallingRules = RULES_OF_DAY,
    **more: bool | str,
) -> NextStep:
    return after_attempt(CallResult(1, disposition, now), history, now, rules, **more)  # type: ignore[arg-type]


def past(disposition: Disposition | None, time: dt.datetime) -> PastAttempt:
    return PastAttempt(time, disposition, "13800138000")


# --- hours --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("time", "may"),
    [
        ("08:59:59", False),
        ("09:00", True),
        ("11:59:59", True),
        ("12:00", False),
        ("14:00", True),
        ("19:59:59", True),
        ("20:00", False),
        ("00:00", False),
    ],
)
def test_calls_are_placed_in_calling_hours_only(time: str, may: bool) -> None:
    assert may_call(at(time), RULES_OF_DAY) is may


def test_the_hours_are_those_of_the_community_wherever_the_machine_is() -> None:
    assert may_call(at("10:00").astimezone(ZoneInfo("America/New_York")), RULES_OF_DAY)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        may_call(dt.datetime(2026, 3, 2, 10), RULES_OF_DAY)


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        (at("10:00"), at("10:00")),
        (at("12:30"), at("14:00")),
        (at("07:00"), at("09:00")),
        (at("21:00"), at("09:00", day=3)),
    ],
)
def test_the_next_opening(now: dt.datetime, opening: dt.datetime) -> None:
    assert next_opening(now, RULES_OF_DAY) == opening


def test_windows_that_overlap_or_are_missing_are_refused() -> None:
    nine_to_twelve, eleven_to_one = (
        CallingWindow(dt.timedelta(hours=a), dt.timedelta(hours=b)) for a, b in ((9, 12), (11, 13))
    )
    with pytest.raises(ValueError, match="overlap"):
        CallingRules(windows=(nine_to_twelve, eleven_to_one))
    with pytest.raises(ValueError, match="no calling window"):
        CallingRules(windows=())
    with pytest.raises(ValueError, match="no calling window"):
        CallingWindow(dt.timedelta(hours=12), dt.timedelta(hours=9))


# --- the table ----------------------------------------------------------------------------------------


def test_every_disposition_has_a_rule() -> None:
    assert set(RULES) == set(Disposition)


def test_busy_number_goes_back_to_the_queue_after_15_minutes() -> None:
    assert after(Disposition.BUSY, at("10:00")) == Retry(at("10:15"))


def test_a_retry_that_would_fall_into_the_lunch_break_waits_for_the_afternoon() -> None:
    assert after(Disposition.BUSY, at("11:50")) == Retry(at("14:00"))


def test_a_retry_that_would_fall_into_the_night_waits_for_the_morning() -> None:
    assert after(Disposition.BUSY, at("19:50")) == Retry(at("09:00", day=3))


def test_a_powered_off_telephone_is_tried_after_two_hours() -> None:
    assert after(Disposition.POWERED_OFF, at("14:30")) == Retry(at("16:30"))


@pytest.mark.parametrize(
    ("now", "retry"),
    [
        (at("09:30"), at("17:00")),
        (at("14:10"), at("17:00")),
        (at("16:30"), at("18:30")),
        (at("19:00"), at("09:00", day=3)),
    ],
)
def test_an_unanswered_number_is_tried_in_another_part_of_the_day(
    now: dt.datetime, retry: dt.datetime
) -> None:
    assert after(Disposition.NO_ANSWER, now) == Retry(retry)
    assert part_of_day(now, RULES_OF_DAY) != part_of_day(retry, RULES_OF_DAY)


def test_unanswered_in_the_only_window_waits_its_pause() -> None:
    morning = CallingRules(windows=(CallingWindow(dt.timedelta(hours=8), dt.timedelta(hours=12)),))
    assert after(Disposition.NO_ANSWER, at("08:30"), rules=morning) == Retry(at("10:30"))


def test_the_administrator_may_do_without_another_part_of_the_day() -> None:
    rules = CallingRules(no_answer_other_part=False, pauses={Disposition.NO_ANSWER: 60.0})
    assert after(Disposition.NO_ANSWER, at("10:00"), rules=rules) == Retry(at("10:01"))


def test_unanswered_twice_today_is_tried_tomorrow_in_a_part_not_just_tried() -> None:
    step = after(Disposition.NO_ANSWER, at("09:50"), [past(Disposition.NO_ANSWER, at("09:10"))])
    assert step == Retry(at("17:00", day=3))


def test_the_third_try_is_in_the_part_of_the_day_that_is_left() -> None:
    step = after(Disposition.NO_ANSWER, at("17:05"), [past(Disposition.NO_ANSWER, at("09:10"))])
    assert step == Retry(at("14:00", day=3))


def test_who_declines_is_called_once_more_and_then_left_to_people() -> None:
    assert after(Disposition.DECLINED, at("10:00")) == Retry(at("14:00"))
    step = after(Disposition.DECLINED, at("14:00"), [past(Disposition.DECLINED, at("10:00"))])
    assert step == ToFollowUp("拒接 2 次")


@pytest.mark.parametrize(
    ("disposition", "reason"),
    [
        (Disposition.PARTIAL, "通话中断，只答了一部分"),
        (Disposition.OUT_OF_SERVICE, "号码已停机"),
        (Disposition.INVALID_NUMBER, "提示空号，号码待核对"),
        (Disposition.BARRED, "号码设置了呼入限制"),
        (Disposition.WRONG_NUMBER, "接听人说打错了，号码待核对"),
    ],
)
def test_what_no_retry_can_mend_goes_to_people_at_once(disposition: Disposition, reason: str) -> None:
    assert after(disposition, at("10:00")) == ToFollowUp(reason)


def test_a_number_out_of_service_gives_way_to_the_residents_other_number() -> None:
    step = after(Disposition.INVALID_NUMBER, at("10:00"), has_other_number=True)
    assert step == Retry(at("10:00"))


def test_who_wants_no_calls_gets_none() -> None:
    assert isinstance(after(Disposition.OPTED_OUT, at("10:00")), DoNotCall)


def test_completed_is_done() -> None:
    assert after(Disposition.COMPLETED, at("10:00")) == Done()


def test_completed_with_an_answer_in_doubt_goes_to_people() -> None:
    slots = (SlotValue("temperature", 37.8, is_certain=False), SlotValue("travel", False))
    result = CallResult(1, Disposition.COMPLETED, at("10:00"), slots=slots)
    assert after_attempt(result, (), at("10:00"), RULES_OF_DAY) == ToFollowUp("有 1 项回答待核实")
    step = after_attempt(result, (), at("10:00"), RULES_OF_DAY, follow_up_reason="体温待核实")
    assert step == ToFollowUp("体温待核实")
    asked = f"{Remark.QUESTION.heading}小区什么时候解封"
    step = after_attempt(result, (), at("10:00"), RULES_OF_DAY, follow_up_reason=asked)
    assert step == ToFollowUp(f"有 1 项回答待核实；{asked}")


# --- appointments -------------------------------------------------------------------------------------


def appointed(
    wish: dt.datetime, now: dt.datetime, history: Sequence[PastAttempt] = (), **more: object
) -> NextStep:
    result = CallResult(1, Disposition.PARTIAL, now, appointment=wish, **more)  # type: ignore[arg-type]
    return after_attempt(result, history, now, RULES_OF_DAY, follow_up_reason="本人要求换个时间再打")


def test_an_appointment_is_kept_to_the_minute() -> None:
    assert appointed(at("15:40"), at("10:00")) == Retry(at("15:40"), is_appointment=True)


def test_an_appointment_outside_the_hours_waits_for_the_next_opening() -> None:
    assert appointed(at("12:30"), at("10:00")) == Retry(at("14:00"), is_appointment=True)
    assert appointed(at("22:00"), at("10:00")) == Retry(at("09:00", day=3), is_appointment=True)


def test_an_appointment_wins_over_the_part_of_the_day() -> None:
    history = [past(Disposition.NO_ANSWER, at("15:00", day=1))]
    assert appointed(at("15:10"), at("14:00"), history) == Retry(at("15:10"), is_appointment=True)


def test_an_appointment_that_has_passed_is_not_rung_up_in_the_same_breath() -> None:
    assert appointed(at("09:00"), at("10:00")) == Retry(at("10:01"), is_appointment=True)


def test_an_appointment_counts_as_an_attempt_and_people_keep_what_the_budget_does_not_allow() -> None:
    today = [past(Disposition.BUSY, at("09:30"))]
    step = appointed(at("15:00"), at("10:00"), today)
    assert step == ToFollowUp("本人约 03-02 15:00 再打，机器人的拨打次数已用完", is_pressing=True)
    assert appointed(at("15:00", day=3), at("10:00"), today) == Retry(at("15:00", day=3), is_appointment=True)
    used = [*today, past(Disposition.BUSY, at("10:00", day=1))]
    assert isinstance(appointed(at("15:00", day=3), at("10:00"), used), ToFollowUp)


def test_an_appointment_in_the_far_future_is_kept_by_people() -> None:
    step = appointed(at("15:00") + dt.timedelta(days=40), at("10:00"))
    assert step == ToFollowUp("本人约 04-11 15:00 再打", is_pressing=True)


def test_who_wants_no_calls_gets_none_whatever_time_was_understood() -> None:
    result = CallResult(1, Disposition.OPTED_OUT, at("10:00"), appointment=at("15:00"))
    assert isinstance(after_attempt(result, (), at("10:00"), RULES_OF_DAY), DoNotCall)


def test_who_asked_for_a_person_and_got_none_is_pressing() -> None:
    result = CallResult(1, Disposition.PARTIAL, at("10:00"), is_pressing=True)
    step = after_attempt(result, (), at("10:00"), RULES_OF_DAY, follow_up_reason="转人工没有人接")
    assert step == ToFollowUp("转人工没有人接", is_pressing=True)


# --- numbers ------------------------------------------------------------------------------------------


def dial(number: str, disposition: Disposition) -> PastAttempt:
    return PastAttempt(at("10:00"), disposition, number)


def test_numbers_are_tried_in_the_order_of_the_list_the_least_dialled_first() -> None:
    assert next_numbers(("1", "2", "3"), []) == ["1", "2", "3"]
    assert next_numbers(("1", "2", "3"), [dial("1", Disposition.BUSY)]) == ["2", "3", "1"]


def test_a_number_that_is_nobodys_is_left_out() -> None:
    assert next_numbers(("1", "2"), [dial("1", Disposition.INVALID_NUMBER)]) == ["2"]
    assert next_numbers(("1",), [dial("1", Disposition.WRONG_NUMBER)]) == []


def test_the_number_on_which_somebody_talked_is_dialled_again() -> None:
    history = [dial("1", Disposition.BUSY), dial("2", Disposition.PARTIAL)]
    assert next_numbers(("1", "2"), history) == ["2", "1"]


# --- budgets ------------------------------------------------------------------------------------------


def test_one_reason_can_have_fewer_retries_and_longer_pauses_than_others() -> None:
    rules = CallingRules(
        max_attempts=9, max_attempts_per_day=9, retries={Disposition.BUSY: 2},
        pauses={Disposition.BUSY: (900.0, 3600.0)},
    )  # fmt: skip
    first = [past(Disposition.BUSY, at("09:00"))]
    assert after(Disposition.BUSY, at("09:00"), rules=rules) == Retry(at("09:15"))
    assert after(Disposition.BUSY, at("09:15"), first, rules) == Retry(at("10:15"))
    step = after(Disposition.BUSY, at("10:15"), [*first, past(Disposition.BUSY, at("09:15"))], rules)
    assert step == ToFollowUp("占线 3 次")


def test_no_retry_at_all_for_a_reason() -> None:
    rules = CallingRules(retries={Disposition.POWERED_OFF: 0})
    assert after(Disposition.POWERED_OFF, at("10:00"), rules=rules) == ToFollowUp("关机 1 次")


def test_dials_of_another_campaign_count_for_the_day() -> None:
    elsewhere = [at("09:00"), at("09:30")]
    assert earliest_dial([], at("10:00"), RULES_OF_DAY, elsewhere=elsewhere) == at("09:00", day=3)


def test_the_third_dial_is_the_last_whatever_came_of_the_others() -> None:
    history = [past(Disposition.BUSY, at("10:00")), past(Disposition.POWERED_OFF, at("10:15"))]
    step = after(Disposition.NO_ANSWER, at("09:00", day=3), history)
    assert step == ToFollowUp("占线 1 次、关机 1 次、无人接听 1 次")


def test_after_two_dials_on_a_day_the_third_is_tomorrow() -> None:
    step = after(Disposition.BUSY, at("10:15"), [past(Disposition.BUSY, at("10:00"))])
    assert step == Retry(at("09:00", day=3))


def test_a_dial_that_was_broken_off_counts() -> None:
    history = [past(None, at("10:00")), past(None, at("10:05"))]
    assert after(Disposition.BUSY, at("10:10"), history) == ToFollowUp("拨号中断 2 次、占线 1 次")


def test_a_number_whose_dials_are_used_up_is_never_dialled_again() -> None:
    dials = [at("10:00"), at("11:00"), at("10:00", day=3)]
    assert earliest_dial(dials, at("10:00", day=4), RULES_OF_DAY) is None
    assert earliest_dial(dials[:2], at("11:30"), RULES_OF_DAY) == at("09:00", day=3)
    assert earliest_dial([], at("10:00"), RULES_OF_DAY) == at("10:00")


@given(
    disposition=st.sampled_from(RETRYABLE),
    minute=st.integers(0, 24 * 60 - 1),
    earlier=st.lists(st.tuples(st.sampled_from(RETRYABLE), st.integers(1, 3000)), max_size=3),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
)
def test_every_retry_is_later_inside_the_hours_and_within_the_budgets(
    disposition: Disposition, minute: int, earlier: list[tuple[Disposition, int]], zone: str
) -> None:
    rules = CallingRules(timezone=zone)
    start = dt.datetime(2026, 3, 28, tzinfo=ZoneInfo(zone))  # Berlin's clocks change the night after
    now = (start + dt.timedelta(minutes=minute)).astimezone(dt.UTC)
    history = [past(kind, now - dt.timedelta(minutes=ago)) for kind, ago in earlier]
    step = after(disposition, now, history, rules)
    if len(history) >= 2:
        assert isinstance(step, ToFollowUp)
    if isinstance(step, Retry):
        assert step.at >= now + rules.pause(disposition)
        assert may_call(step.at, rules)
        day = step.at.astimezone(rules.zone).date()
        dials = [*(p.dialled_at for p in history), now]
        assert sum(dial.astimezone(rules.zone).date() == day for dial in dials) < rules.max_attempts_per_day
