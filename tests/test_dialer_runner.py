"""A campaign on lines without telephones: what the runner makes of what the lines report."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from benchmarks.campaign_week import VirtualTimeLoop
from campaign.errors import LineError
from campaign.pacing import BreakerRules
from campaign.policy import CallingRules, CallingWindow
from campaign.records import CallCause, CallResult, Disposition, Resident, ResidentState, SlotValue
from campaign.store import Store
from dialer.run.runner import CampaignRunner, RunEnd, RunOptions
from dialer.workers.messages import CallEnded, PlaceCall, SlotFilled
from dialer.workers.pool import WorkerDied
from tests.unplugged_run import RULES, Telltale, UnpluggedLines

NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime(2026, 11, 23, 16, tzinfo=dt.UTC)
DAYTIME = CallingRules(windows=(CallingWindow(dt.timedelta(hours=9), dt.timedelta(hours=20)),))


class ScriptedLines(UnpluggedLines):
    """Every call ends as told."""

    def __init__(self, ending: object) -> None:
        super().__init__()
        self._ending = ending
        self.placed: list[PlaceCall] = []
        self.is_taking_leave = False

    async def place(self, line: tuple[object, int], call: PlaceCall) -> CallEnded:
        self.placed.append(call)
        await asyncio.sleep(0)
        self._free.put_nowait(line)
        if isinstance(self._ending, Exception):
            self._tell(SlotFilled(call.attempt_id, SlotValue("identity", "self")))
            raise self._ending
        assert callable(self._ending)
        ended: CallEnded = self._ending(call)
        return ended

    def end_calls(self) -> None:
        self.is_taking_leave = True


def store_with(folder: Path, residents: int) -> Store:
    store = Store.open(folder / "wenhou.db")
    people = [Resident(0, n, f"居民{n}", (f"1390000{n:04d}",)) for n in range(1, residents + 1)]
    store.create_campaign("名单", "health_survey", "1", "名单.csv", people, NOON)
    return store


async def run(
    store: Store,
    lines: UnpluggedLines,
    *,
    rules: CallingRules = RULES,
    now: dt.datetime | None = None,
    options: RunOptions = RunOptions(calls_per_second=1000.0, waits_for_retries=False),  # noqa: B008
) -> RunEnd:
    runner = CampaignRunner(
        store, [store.latest_campaign()], lines, 10, rules,  # type: ignore[arg-type]
        dial_string=lambda number: "9" + number, fields=lambda resident: {"name": resident.name},
        observer=Telltale(), options=options,
        **({"clock": lambda: now} if now else {}),
    )  # fmt: skip
    return await runner.run()


def ending(disposition: Disposition, status: int = 200, **more: object) -> object:
    def end(call: PlaceCall) -> CallEnded:
        result = CallResult(call.attempt_id, disposition, dt.datetime.now(dt.UTC), CallCause(status))
        return CallEnded(result, **more)  # type: ignore[arg-type]

    return end


def test_everybody_is_called_once_and_done(tmp_path: Path) -> None:
    with store_with(tmp_path, 25) as store:
        lines = ScriptedLines(ending(Disposition.COMPLETED))
        assert asyncio.run(run(store, lines)) is RunEnd.FINISHED
        assert store.progress(1).done == 25
    assert len(lines.placed) == 25
    assert lines.placed[0].number == "913900000001"
    assert lines.placed[0].fields == {"name": "居民1"}
    assert lines.placed[0].recording.endswith(".wav")


def test_nobody_is_called_outside_the_calling_hours(tmp_path: Path) -> None:
    with store_with(tmp_path, 3) as store:
        lines = ScriptedLines(ending(Disposition.COMPLETED))
        assert asyncio.run(run(store, lines, rules=DAYTIME, now=MIDNIGHT)) is RunEnd.OUTSIDE_HOURS
        assert store.progress(1).pending == 3
    assert lines.placed == []


def test_retries_are_left_to_a_later_run_where_waiting_is_not_wanted(tmp_path: Path) -> None:
    with store_with(tmp_path, 3) as store:
        lines = ScriptedLines(ending(Disposition.BUSY, 486))
        assert asyncio.run(run(store, lines, rules=DAYTIME, now=NOON)) is RunEnd.FINISHED
        assert store.progress(1).waiting == 3


def test_answers_survive_a_worker_that_dies(tmp_path: Path) -> None:
    with store_with(tmp_path, 2) as store:
        asyncio.run(run(store, ScriptedLines(WorkerDied(1)), rules=RULES))
        standings = store.standings(1)
    for standing in standings:
        assert standing.disposition in (Disposition.FAILED, Disposition.PARTIAL)
        assert standing.slots["identity"].value == "self"
        assert standing.state is ResidentState.FOLLOW_UP


@pytest.mark.parametrize(
    ("status", "response", "code"),
    [(403, True, "trunk_refuses"), (407, True, "trunk_refuses"), (0, False, "trunk_silent")],
)
def test_a_trunk_that_lets_nothing_through_stops_the_run(
    tmp_path: Path, status: int, response: bool, code: str
) -> None:
    with store_with(tmp_path, 60) as store:
        lines = ScriptedLines(ending(Disposition.FAILED, status, had_response=response))
        with pytest.raises(LineError) as stopped:
            asyncio.run(run(store, lines))
        assert stopped.value.code == code
        assert store.progress(1).pending >= 40, "it went on calling"
        assert store.progress(1).in_call == 0


def test_single_failures_do_not_stop_a_run(tmp_path: Path) -> None:
    def every_third_fails(call: PlaceCall) -> CallEnded:
        disposition = Disposition.FAILED if call.attempt_id % 3 == 0 else Disposition.COMPLETED
        return CallEnded(CallResult(call.attempt_id, disposition, NOON, CallCause(500)))

    with store_with(tmp_path, 30) as store:
        assert asyncio.run(run(store, ScriptedLines(every_third_fails))) is RunEnd.FINISHED
        assert store.progress(1).pending == 0


def test_a_stop_places_no_more_calls_and_takes_leave(tmp_path: Path) -> None:
    async def stop_soon(store: Store, lines: ScriptedLines) -> RunEnd:
        runner = CampaignRunner(
            store, [store.latest_campaign()], lines, 10, RULES,  # type: ignore[arg-type]
            dial_string=str, fields=lambda resident: {}, observer=Telltale(),
            options=RunOptions(calls_per_second=200.0),
        )  # fmt: skip
        asyncio.get_running_loop().call_later(0.05, runner.stop)
        return await runner.run()

    with store_with(tmp_path, 100) as store:
        lines = ScriptedLines(ending(Disposition.COMPLETED))
        assert asyncio.run(stop_soon(store, lines)) is RunEnd.STOPPED
        progress = store.progress(1)
    assert lines.is_taking_leave
    assert 0 < progress.done < 100
    assert progress.in_call == 0
    assert progress.done + progress.pending == 100


# --- what holds a run back ----------------------------------------------------------------------------

EAGER = RunOptions(calls_per_second=1000.0, breaker=BreakerRules(fewest=5, share=0.6))


def test_a_line_that_lets_nothing_through_pauses_dialling_before_everybody_has_paid(tmp_path: Path) -> None:
    with store_with(tmp_path, 60) as store:
        lines = ScriptedLines(ending(Disposition.NETWORK_BUSY, 503))
        options = dataclasses.replace(EAGER, waits_for_retries=False)
        with pytest.raises(LineError) as stopped:
            asyncio.run(run(store, lines, rules=DAYTIME, now=NOON, options=options))
        assert stopped.value.code == "trunk_trouble"
        assert "网络忙或线路故障）。请用 wenhou doctor" in stopped.value.message
        assert len(lines.placed) < 20
        assert store.progress(1).in_call == 0


def test_a_run_that_waits_says_why_it_pauses_probes_and_goes_on(tmp_path: Path) -> None:
    """The trunk works again after eight calls."""
    told: list[str] = []

    class Listener(Telltale):
        def held_back(self, told_now: str) -> None:
            told.append(told_now)

    def works_later(call: PlaceCall) -> CallEnded:
        disposition = Disposition.NETWORK_BUSY if call.attempt_id <= 8 else Disposition.COMPLETED
        return CallEnded(CallResult(call.attempt_id, disposition, NOON, CallCause(503)))

    loop = VirtualTimeLoop()
    with store_with(tmp_path, 12) as store:
        runner = CampaignRunner(
            store, [store.latest_campaign()], ScriptedLines(works_later), 1, RULES,  # type: ignore[arg-type]
            dial_string=str, fields=lambda resident: {}, observer=Listener(),
            options=RunOptions(calls_per_second=1.0, breaker=BreakerRules(600, 4, 0.5, 60)),
            clock=lambda: NOON + dt.timedelta(seconds=loop.time()),
        )  # fmt: skip
        try:
            assert loop.run_until_complete(runner.run()) is RunEnd.FINISHED
        finally:
            loop.close()
        assert store.progress(1).done >= 8
    assert told[0] == "最近 4 个电话有 4 个网络忙或线路故障，暂停拨打，12:01:03 试拨一个"
    assert any("线路还没有恢复" in line for line in told)
    assert loop.time() > 60 + 120 + 240


def test_a_clock_that_was_set_back_stops_the_run_with_a_sentence(tmp_path: Path) -> None:
    with store_with(tmp_path, 3) as store:
        (attempt,) = store.claim_due(1, NOON, 1)
        store.release(attempt.id, NOON)
        lines = ScriptedLines(ending(Disposition.COMPLETED))
        yesterday = NOON - dt.timedelta(days=1)
        with pytest.raises(LineError) as stopped:
            asyncio.run(run(store, lines, rules=DAYTIME, now=yesterday))
        assert stopped.value.code == "clock_behind"
        assert "2026-11-22 12:00" in stopped.value.message
        assert lines.placed == []
        options = RunOptions(calls_per_second=1000.0, waits_for_retries=False, trusts_clock=True)
        asyncio.run(run(store, lines, rules=DAYTIME, now=yesterday, options=options))
        assert len(lines.placed) == 2


def test_a_demonstration_does_not_wait_until_tomorrow(tmp_path: Path) -> None:
    def later(call: PlaceCall) -> CallEnded:
        tomorrow = NOON + dt.timedelta(days=1)
        result = CallResult(call.attempt_id, Disposition.PARTIAL, NOON, CallCause(200), appointment=tomorrow)
        return CallEnded(result)

    with store_with(tmp_path, 2) as store:
        options = RunOptions(calls_per_second=1000.0, longest_wait_seconds=120.0)
        end = asyncio.run(run(store, ScriptedLines(later), rules=DAYTIME, now=NOON, options=options))
        assert end is RunEnd.WAITING_LONG
        assert store.progress(1).next_due_at == NOON + dt.timedelta(days=1)
