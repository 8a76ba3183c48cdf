"""How fast calls go out, and when none go because the line lets none through."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from campaign.pacing import BreakerRules, BreakerState, CircuitBreaker, Pacing
from campaign.records import Disposition

NOW = dt.datetime(2026, 11, 26, 2, 0, tzinfo=dt.UTC)
RULES = BreakerRules(window=120, fewest=4, share=0.5, pause=60, longest_pause=200)
GOOD, BAD = Disposition.BUSY, Disposition.NETWORK_BUSY


def later(seconds: float) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


def after(*endings: Disposition, every: float = 1.0) -> CircuitBreaker:
    breaker = CircuitBreaker(RULES)
    for number, ending in enumerate(endings):
        breaker = breaker.ended(number, ending, later(number * every))
    return breaker


@given(rate=st.floats(0.1, 50), waits=st.lists(st.floats(0, 3), min_size=2, max_size=60))
def test_no_second_has_more_calls_than_allowed(rate: float, waits: list[float]) -> None:
    pacing, now, dialled = Pacing(rate), 0.0, []
    for wait in waits:
        now += wait
        now += pacing.wait(now)
        pacing = pacing.dialled(now)
        dialled.append(now)
    for start in dialled:
        assert sum(start <= at < start + 1.0 - 1e-6 for at in dialled) <= rate + 1


def test_dialling_pauses_when_many_calls_fail_and_says_why() -> None:
    breaker = after(BAD, BAD, GOOD, BAD)
    assert breaker.state(later(3)) is BreakerState.OPEN
    assert not breaker.may_dial(later(62))
    told = breaker.told(ZoneInfo("Asia/Shanghai"))
    assert told == "最近 4 个电话有 3 个网络忙或线路故障，暂停拨打，10:01:03 试拨一个"


def test_busy_residents_are_no_trouble_of_the_line() -> None:
    assert after(*[Disposition.BUSY, Disposition.NO_ANSWER, Disposition.POWERED_OFF] * 5).may_dial(later(20))


def test_few_calls_or_old_ones_prove_nothing() -> None:
    assert after(BAD, BAD, BAD).may_dial(later(3))
    assert after(BAD, BAD, BAD, BAD, BAD, every=100).may_dial(later(401))


def test_one_probe_goes_out_and_closes_the_breaker_when_it_gets_through() -> None:
    breaker = after(BAD, BAD, BAD, BAD)
    assert breaker.may_dial(later(63))
    breaker = breaker.dialled(50, later(63))
    assert not breaker.may_dial(later(64)), "one probe at a time"
    breaker = breaker.ended(50, Disposition.NO_ANSWER, later(70))
    assert breaker.state(later(70)) is BreakerState.CLOSED
    assert breaker.told(dt.UTC) == ""


def test_a_call_from_before_the_trouble_proves_nothing() -> None:
    breaker = after(BAD, BAD, BAD, BAD).ended(7, Disposition.COMPLETED, later(10))
    assert breaker.state(later(10)) is BreakerState.OPEN
    probing = breaker.dialled(50, later(63)).ended(8, Disposition.COMPLETED, later(64))
    assert not probing.may_dial(later(65)), "the probe is still out"


def test_each_failing_probe_doubles_the_pause_up_to_the_longest() -> None:
    breaker, pauses = after(BAD, BAD, BAD, BAD), []
    for number in range(50, 54):
        assert breaker.open_until is not None
        opens = breaker.open_until
        breaker = breaker.dialled(number, opens).ended(number, BAD, opens)
        assert breaker.open_until is not None
        pauses.append((breaker.open_until - opens).total_seconds())
    assert pauses == [120, 200, 200, 200]
    assert "线路还没有恢复" in breaker.told(dt.UTC)


def test_a_probe_that_we_give_up_makes_room_for_another() -> None:
    breaker = after(BAD, BAD, BAD, BAD).dialled(50, later(63)).ended(50, None, later(64))
    assert breaker.may_dial(later(64))


def test_a_clock_set_back_does_not_prolong_the_pause() -> None:
    breaker = after(BAD, BAD, BAD, BAD)
    assert breaker.may_dial(NOW - dt.timedelta(days=1))


steps = st.lists(
    st.tuples(st.sampled_from([GOOD, BAD, None]), st.floats(-4000, 4000)), min_size=1, max_size=60
)


@given(steps)
def test_the_breaker_never_stays_open_for_good(steps: list[tuple[Disposition | None, float]]) -> None:
    breaker, now = CircuitBreaker(RULES), NOW
    for number, (ending, seconds) in enumerate(steps):
        now += dt.timedelta(seconds=seconds)  # clocks jump both ways
        if breaker.may_dial(now):
            breaker = breaker.dialled(number, now).ended(number, ending, now)
    assert breaker.may_dial(now + dt.timedelta(seconds=RULES.longest_pause + 1))
