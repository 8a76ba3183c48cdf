"""A week of 5,000 residents in virtual time, by the runner and the store that run in the office."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from benchmarks.campaign_week import MONDAY, OUTAGE, Week, simulate_week
from campaign.households import household_of
from campaign.pacing import TROUBLE
from campaign.policy import may_call
from campaign.records import CallAttempt, Disposition, ResidentState
from dialer.run.runner import RunEnd

SECOND = dt.timedelta(seconds=1)


@pytest.fixture(scope="module")
def week() -> Iterator[Week]:
    simulated = simulate_week(5000)
    yield simulated
    simulated.store.close()


@pytest.fixture(scope="module")
def attempts(week: Week) -> list[CallAttempt]:
    return week.store.attempts(1)


def test_everybody_ends_completed_or_in_the_queue(week: Week) -> None:
    assert week.end is RunEnd.FINISHED
    standings = week.store.standings(1)
    assert len(standings) == 5000
    for standing in standings:
        if standing.state is ResidentState.DONE:
            assert standing.disposition is Disposition.COMPLETED
        else:
            assert standing.state is ResidentState.FOLLOW_UP
            assert standing.follow_up is not None
            assert standing.follow_up.reason


def test_nobody_is_called_outside_the_hours_or_on_the_holiday(
    week: Week, attempts: list[CallAttempt]
) -> None:
    assert all(may_call(attempt.dialled_at, week.rules) for attempt in attempts)
    assert week.ended_at < MONDAY + dt.timedelta(days=14)


def test_no_number_and_no_resident_is_called_more_often_than_allowed(
    week: Week, attempts: list[CallAttempt]
) -> None:
    for of in (lambda a: a.number, lambda a: a.resident_id):
        assert max(Counter(map(of, attempts)).values()) <= week.rules.max_attempts
        days = Counter((of(a), week.rules.day_of(a.dialled_at)) for a in attempts)
        assert max(days.values()) <= week.rules.max_attempts_per_day


def test_one_call_at_a_time_to_a_number_and_to_a_household(week: Week, attempts: list[CallAttempt]) -> None:
    assert week.lines.twice_up == []
    households = {resident.id: household_of(resident) for resident in week.store.residents(1)}
    calls = defaultdict(list)
    for attempt in attempts:
        calls[households[attempt.resident_id]].append((attempt.dialled_at, attempt.ended_at))
    for times in calls.values():
        for (_, ended), (dialled, _) in itertools.pairwise(sorted(times)):
            assert ended is not None
            assert dialled >= ended


def test_calls_go_out_no_faster_than_the_trunk_takes_them(week: Week, attempts: list[CallAttempt]) -> None:
    times = sorted(attempt.dialled_at for attempt in attempts)
    assert all(later - earlier >= 0.49 * SECOND for earlier, later in itertools.pairwise(times))
    assert week.lines.most_up <= week.lines.line_count


def test_the_line_fails_for_ten_minutes_and_few_residents_pay_for_it(
    week: Week, attempts: list[CallAttempt]
) -> None:
    begins, lasts = MONDAY + OUTAGE[0], OUTAGE[1]
    during = [a for a in attempts if begins <= a.dialled_at < begins + lasts]
    assert all(attempt.disposition in TROUBLE for attempt in during)
    assert len(during) < 30, "without the breaker it would be some hundred"
    assert any("网络忙或线路故障，暂停拨打" in told for told in week.held_back_by)
    assert any(a.dialled_at > begins + lasts for a in attempts), "it went on"


def test_who_did_not_answer_in_the_morning_is_called_in_the_evening(
    week: Week, attempts: list[CallAttempt]
) -> None:
    by_resident = defaultdict(list)
    for attempt in attempts:
        by_resident[attempt.resident_id].append(attempt)
    seconds = [
        calls[1].dialled_at.astimezone(week.rules.zone).hour
        for calls in by_resident.values()
        if len(calls) > 1
        and calls[0].disposition is Disposition.NO_ANSWER
        and calls[0].dialled_at.astimezone(week.rules.zone).hour < 12
    ]
    assert len(seconds) > 50
    assert sum(hour >= 17 for hour in seconds) / len(seconds) > 0.95
