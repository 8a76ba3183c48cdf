"""Random histories of a whole campaign against the store: whatever comes of the calls and whatever the clock
does, no number is dialled more often than allowed, and never outside the hours."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.campaign_week import memory_store
from campaign.policy import CallingRules, CallingWindow, after_attempt, may_call
from campaign.records import CallAttempt, CallResult, Disposition, Resident, ResidentState
from campaign.store import Store

SHANGHAI = ZoneInfo("Asia/Shanghai")
STARTS = [
    dt.datetime(2026, 9, 30, 19, 50, tzinfo=SHANGHAI),  # the evening before a holiday of a week
    dt.datetime(2026, 12, 31, 23, 55, tzinfo=SHANGHAI),  # into a year that nobody has announced
    dt.datetime(2026, 11, 26, 8, 59, tzinfo=SHANGHAI),
]
LATE = (
    CallingWindow(dt.timedelta(0), dt.timedelta(hours=2)),
    CallingWindow(dt.timedelta(hours=22), dt.timedelta(hours=24)),
)
PEOPLE = [
    Resident(0, 1, "一", ("1",)),
    Resident(0, 2, "二", ("2", "3")),
    Resident(0, 3, "三", ("1",)),  # the same number as the first
    Resident(0, 4, "四", ("4",), "1号楼", "", "101"),
    Resident(0, 5, "五", ("5", "4"), "1号楼", "", "101"),  # the same household
]

rules_drawn = st.builds(
    CallingRules,
    windows=st.sampled_from([CallingRules().windows, LATE]),
    holiday_windows=st.sampled_from([(), None]),
    max_attempts=st.integers(1, 4),
    max_attempts_per_day=st.integers(1, 3),
    pauses=st.sampled_from([{}, dict.fromkeys(Disposition, 0.0), {Disposition.BUSY: (60.0, 7200.0)}]),
    retries=st.sampled_from([{}, {Disposition.BUSY: 1, Disposition.NO_ANSWER: 2}]),
    no_answer_other_part=st.booleans(),
)
moves = st.one_of(
    st.integers(0, 3 * 3600),  # seconds that pass
    st.integers(-2 * 86400, -1),  # the clock is set back
    st.integers(86400, 5 * 86400),  # the clock, or a computer that slept, jumps ahead
)
steps = st.lists(
    st.tuples(
        moves,
        st.sampled_from(list(Disposition)),
        st.none() | st.integers(-3600, 20 * 86400),  # an appointment, from now
        st.booleans(),  # the dial is broken off by us
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rules=rules_drawn, start=st.sampled_from(STARTS), steps=steps, campaigns=st.integers(1, 2))
def test_limits_hold_over_every_history(
    rules: CallingRules,
    start: dt.datetime,
    steps: list[tuple[int, Disposition, int | None, bool]],
    campaigns: int,
) -> None:
    with memory_store() as store:
        for _ in range(campaigns):
            store.create_campaign("名单", "s", "1", "名单.csv", PEOPLE, start)
        now = start.astimezone(dt.UTC)
        for number, (seconds, disposition, wish, is_broken_off) in enumerate(steps):
            now += dt.timedelta(seconds=seconds)
            for attempt in store.claim_due(1 + number % campaigns, now, 3, rules):
                assert may_call(now, rules), "a call outside the hours"
                if is_broken_off:
                    store.release(attempt.id, now)
                else:
                    appointment = None if wish is None else now + dt.timedelta(seconds=wish)
                    finish(store, attempt, disposition, now, rules, appointment)
            check_limits(store, rules, campaigns)


def finish(
    store: Store,
    attempt: CallAttempt,
    disposition: Disposition,
    now: dt.datetime,
    rules: CallingRules,
    appointment: dt.datetime | None,
) -> None:
    result = CallResult(attempt.id, disposition, now, appointment=appointment)
    history = store.past_attempts(attempt.resident_id, before=attempt.id)
    others = bool(store.other_numbers(attempt.id))
    store.finish(result, after_attempt(result, history, now, rules, has_other_number=others))


def check_limits(store: Store, rules: CallingRules, campaigns: int) -> None:
    attempts = [a for campaign in range(1, campaigns + 1) for a in store.attempts(campaign)]
    assert all(may_call(a.dialled_at, rules) for a in attempts)
    in_all = Counter((a.campaign_id, a.number) for a in attempts)
    assert max(in_all.values(), default=0) <= rules.max_attempts
    days = Counter((a.number, rules.day_of(a.dialled_at)) for a in attempts)
    assert max(days.values(), default=0) <= rules.max_attempts_per_day
    residents = Counter((a.resident_id, rules.day_of(a.dialled_at)) for a in attempts)
    assert max(residents.values(), default=0) <= rules.max_attempts_per_day
    opted_out = [a for a in attempts if a.disposition is Disposition.OPTED_OUT]
    for refusal in opted_out:
        assert not any(a.id > refusal.id and a.number == refusal.number for a in attempts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rules=rules_drawn, endings=st.lists(st.sampled_from(list(Disposition)), min_size=1, max_size=30))
def test_everybody_is_settled_in_the_end(rules: CallingRules, endings: list[Disposition]) -> None:
    """However calls end, nobody is dialled for ever, and nobody is forgotten."""
    with memory_store() as store:
        store.create_campaign("名单", "s", "1", "名单.csv", PEOPLE, STARTS[0])
        now, made = STARTS[0].astimezone(dt.UTC), 0
        for _ in range(4000):
            for attempt in store.claim_due(1, now, 1, rules):
                finish(store, attempt, endings[made % len(endings)], now, rules, None)
                made += 1
            progress = store.progress(1)
            if not progress.pending and not progress.waiting:
                break
            due = progress.next_due_at
            now = max(now + dt.timedelta(minutes=20), due if due and not progress.pending else now)
        states = Counter(standing.state for standing in store.standings(1))
        assert states[ResidentState.DONE] + states[ResidentState.FOLLOW_UP] == len(PEOPLE)
        queued = {follow_up.resident_id for follow_up in store.follow_ups(1)}
        for standing in store.standings(1):
            assert (standing.resident.id in queued) is (standing.state is ResidentState.FOLLOW_UP)
