"""A run that people steer while it goes on, in virtual time: campaigns, rounds, pauses, other lines."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from benchmarks.campaign_week import VirtualTimeLoop, memory_store
from campaign.errors import LineError
from campaign.policy import CallingRules, may_call
from campaign.records import CallAttempt, CallResult, Campaign, Disposition, Resident
from campaign.rounds import USUAL
from campaign.store import Store, Verb
from dialer.run.control import Control
from dialer.run.runner import CampaignRunner, RunEnd, RunOptions
from dialer.workers.messages import CallEnded, PlaceCall
from dialer.workers.pool import Report

RULES = CallingRules()
THURSDAY = dt.datetime(2026, 11, 26, 10, tzinfo=RULES.zone)
CALL_SECONDS = 30.0


class Lines:
    """Stands in for the pool and for where more lines come from: every call takes half a minute."""

    def __init__(self, clock: Callable[[], dt.datetime], count: int) -> None:
        self.on_report: Callable[[Report], None] = lambda report: None
        self.clock = clock
        self.count = 0
        self.most = 200
        self.up: Counter[str] = Counter()
        self.most_up: list[tuple[float, int]] = []
        self.placed: list[PlaceCall] = []
        self._free: asyncio.Queue[tuple[object, int]] = asyncio.Queue()
        self._add(count)

    def _add(self, count: int) -> None:
        for line in range(self.count + 1, count + 1):
            self._free.put_nowait((self, line))
        self.count = max(count, self.count)

    async def ensure(self, count: int) -> None:
        await asyncio.sleep(5)
        if count > self.most:
            raise LineError("registration_refused", "线路拒绝注册。")
        self._add(count)

    async def take_line(self) -> tuple[object, int]:
        return await self._free.get()

    async def place(self, line: tuple[object, int], call: PlaceCall) -> CallEnded:
        self.placed.append(call)
        self.up[call.number] += 1
        assert self.up[call.number] == 1, "a number is in two calls at once"
        self.most_up.append((asyncio.get_running_loop().time(), self.up.total()))
        await asyncio.sleep(CALL_SECONDS)
        self.up[call.number] -= 1
        self._free.put_nowait(line)
        return CallEnded(CallResult(call.attempt_id, Disposition.COMPLETED, self.clock()))

    def end_calls(self) -> None: ...

    async def close(self) -> None: ...


class Office:
    """A store, a run on lines without telephones, and a clock that jumps."""

    def __init__(self, lines: int = 2) -> None:
        self.loop = VirtualTimeLoop()
        self.store: Store = memory_store()
        self.lines = Lines(self.clock, lines)
        self.line_count = lines
        self.told: list[str] = []
        self.rounds: list[int] = []
        self.heeds_orders = True

    def clock(self) -> dt.datetime:
        return (THURSDAY + dt.timedelta(seconds=self.loop.time())).astimezone(dt.UTC)

    def campaign(self, *numbers: int, script: str = "health_survey") -> Campaign:
        people = [Resident(0, n, f"居民{n}", (f"1390000{n:04d}",)) for n in numbers]
        return self.store.create_campaign("名单", script, "1", "名单.csv", people, self.clock())

    # --- the run's observer

    def line_taken(self, attempt: CallAttempt, resident: Resident, line: int, at: dt.datetime) -> None: ...

    def call_reported(self, report: Report) -> None: ...

    def call_ended(self, attempt: CallAttempt, result: CallResult) -> None: ...

    def held_back(self, told: str) -> None:
        if not self.told or self.told[-1] != told:
            self.told.append(told)

    def round_began(self, campaign: Campaign) -> None:
        self.rounds.append(campaign.id)

    # --- running

    def run(
        self, *meanwhile: Callable[[Control], Awaitable[None]], **options: bool
    ) -> tuple[RunEnd, CampaignRunner]:
        """Run all campaigns of the store with somebody beside it who asks for things."""
        try:
            return self.loop.run_until_complete(self._run(meanwhile, options))
        finally:
            self.loop.close()

    async def _run(
        self, meanwhile: tuple[Callable[[Control], Awaitable[None]], ...], options: dict[str, Any]
    ) -> tuple[RunEnd, CampaignRunner]:
        runner = CampaignRunner(
            self.store, self.store.campaigns(), self.lines, self.line_count, RULES,  # type: ignore[arg-type]
            dial_string=str, fields=lambda resident: {}, observer=self,
            options=RunOptions(**options), clock=self.clock,
        )  # fmt: skip
        self.run_id = self.store.begin_run(self.clock(), self.line_count)
        control = Control(self.store, self.run_id, runner, self.lines, self.told.append)
        tasks = {asyncio.ensure_future(each(control)) for each in meanwhile}
        if self.heeds_orders:
            tasks.add(asyncio.ensure_future(control.heed_orders()))
        try:
            return await runner.run(), runner
        finally:
            for task in tasks:
                task.cancel()
            for result in await asyncio.gather(*tasks, return_exceptions=True):
                assert result is None or isinstance(result, asyncio.CancelledError), result
            await control.close()
            self.store.end_run(self.run_id, self.clock())

    async def ask(self, verb: Verb, value: int = 0) -> str:
        """As a command in another terminal does."""
        order = self.store.ask(self.run_id, verb, value, self.clock())
        while (told := self.store.answer_to(order)) is None:
            await asyncio.sleep(0.1)
        return told

    def dialled(self, campaign_id: int) -> list[float]:
        """When calls went out, in seconds since the start."""
        return [
            (attempt.dialled_at - THURSDAY).total_seconds() for attempt in self.store.attempts(campaign_id)
        ]


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.store.close()


# --- several campaigns ----------------------------------------------------------------------------------


def test_the_campaign_with_the_higher_priority_is_dialled_first(office: Office) -> None:
    office.campaign(1, 2, 3, 4)
    urgent = office.campaign(11, 12, 13, 14)
    office.store.set_priority(urgent.id, 1)
    end, _ = office.run()
    assert end is RunEnd.FINISHED
    assert max(office.dialled(urgent.id)) < min(office.dialled(1))
    assert office.store.progress(1).done == office.store.progress(2).done == 4


def test_a_priority_that_is_changed_holds_from_the_next_call_on(office: Office) -> None:
    office.campaign(*range(1, 9))
    office.campaign(*range(11, 19))

    async def hurry(control: Control) -> None:
        await asyncio.sleep(35)
        office.store.set_priority(2, USUAL - 1)
        await office.ask(Verb.LOOK)

    office.run(hurry)
    assert sum(at < 40 for at in office.dialled(1)) == 4
    assert max(office.dialled(2)) < sorted(office.dialled(1))[4]


def test_a_number_in_two_campaigns_is_never_in_two_calls_and_not_called_more_often_a_day(
    office: Office,
) -> None:
    for _ in range(3):
        office.campaign(1, 2)
    end, _ = office.run(waits_for_retries=False)
    assert end is RunEnd.FINISHED
    per_day = Counter(
        (a.number, RULES.day_of(a.dialled_at)) for n in (1, 2, 3) for a in office.store.attempts(n)
    )
    assert set(per_day.values()) == {RULES.max_attempts_per_day}
    assert office.store.progress(3).waiting == 2, "the rest is due tomorrow"


def test_every_campaign_is_held_with_its_own_script(office: Office) -> None:
    office.campaign(1, script="health_survey")
    office.campaign(2, script="notice")
    office.run()
    assert {call.number[-1]: call.script for call in office.lines.placed} == {
        "1": "health_survey",
        "2": "notice",
    }


# --- pause, resume, stop --------------------------------------------------------------------------------


def test_a_paused_run_lets_calls_finish_and_places_none_until_it_is_resumed(office: Office) -> None:
    office.campaign(*range(1, 9))

    async def lunch(control: Control) -> None:
        await asyncio.sleep(10)
        assert await office.ask(Verb.PAUSE) == "已暂停拨打。正在进行的 2 个通话会打完。"
        await asyncio.sleep(1800)
        assert office.store.progress(1).done == 2
        run = office.store.open_run()
        assert run is not None
        assert run.is_paused
        assert await office.ask(Verb.RESUME) == "继续拨打。"

    end, _ = office.run(lunch)
    assert end is RunEnd.FINISHED
    times = office.dialled(1)
    assert not [at for at in times if 12 < at < 1800]
    assert office.told[1] == "已暂停，wenhou resume 继续"


def test_a_paused_campaign_waits_while_the_others_go_on(office: Office) -> None:
    office.campaign(*range(1, 5))
    office.campaign(*range(11, 15))
    office.store.set_paused(1, office.clock())

    async def resume_later(control: Control) -> None:
        await asyncio.sleep(600)
        assert office.told[-1] == "等正在进行的通话结束" or "任务 1 已暂停" in office.told[-1]
        office.store.set_paused(1, None)
        await office.ask(Verb.LOOK)

    end, _ = office.run(resume_later)
    assert end is RunEnd.FINISHED
    assert max(office.dialled(2)) < 120
    assert min(office.dialled(1)) >= 600
    assert "任务 1 已暂停，wenhou resume --campaign 1 继续" in office.told


def test_one_campaign_is_stopped_and_the_others_go_on(office: Office) -> None:
    office.campaign(*range(1, 9))
    office.campaign(*range(11, 15))

    async def stop_first(control: Control) -> None:
        await asyncio.sleep(10)
        assert "任务 1 这次不再拨打" in await office.ask(Verb.STOP, 1)
        assert await office.ask(Verb.STOP, 7) == "这次拨打里没有任务 7。"

    end, _ = office.run(stop_first)
    assert end is RunEnd.FINISHED
    assert office.store.progress(1).pending == 6
    assert office.store.progress(2).done == 4


def test_a_run_is_stopped_from_elsewhere(office: Office) -> None:
    office.campaign(*range(1, 9))

    async def stop(control: Control) -> None:
        await asyncio.sleep(10)
        assert "礼貌结束" in await office.ask(Verb.STOP)
        assert await office.ask(Verb.STOP) == "正在立即挂断。"

    end, _ = office.run(stop)
    assert end is RunEnd.STOPPED
    assert office.store.open_run() is None


def test_what_was_asked_of_a_dead_run_is_not_done_by_the_next(office: Office) -> None:
    office.campaign(1, 2)
    dead = office.store.begin_run(office.clock(), 2)
    office.store.ask(dead, Verb.STOP, 0, office.clock())
    office.store.ask(dead, Verb.LINES, 100, office.clock())
    end, runner = office.run()
    assert end is RunEnd.FINISHED
    assert runner.line_count == 2
    assert office.store.progress(1).done == 2


# --- lines ----------------------------------------------------------------------------------------------


def test_lines_are_added_and_taken_away_while_the_run_goes_on(office: Office) -> None:
    office.campaign(*range(1, 61))

    async def change(control: Control) -> None:
        await asyncio.sleep(10)
        assert await office.ask(Verb.LINES, 6) == "正在增加线路，几秒后同时拨打 6 路。"
        await asyncio.sleep(110)
        assert await office.ask(Verb.LINES, 1) == "现在同时拨打 1 路。多出的 5 个通话会打完。"
        run = office.store.open_run()
        assert run is not None
        assert run.lines == 1

    end, _ = office.run(change)
    assert end is RunEnd.FINISHED
    most = {span: max(up for at, up in office.lines.most_up if span[0] <= at < span[1]) for span in SPANS}
    assert most == {SPANS[0]: 2, SPANS[1]: 6, SPANS[2]: 1}
    assert office.store.progress(1).done == 60


SPANS = ((0, 15), (20, 120), (160, 10_000))


def test_lines_that_cannot_be_had_change_nothing(office: Office) -> None:
    office.campaign(*range(1, 9))
    office.lines.most = 4

    async def want_too_many(control: Control) -> None:
        await asyncio.sleep(1)
        await office.ask(Verb.LINES, 50)

    end, runner = office.run(want_too_many)
    assert end is RunEnd.FINISHED
    assert runner.line_count == 2
    assert "线路没有增加：线路拒绝注册。" in office.told


class Typed:
    """Keys at given seconds."""

    def __init__(self, loop: VirtualTimeLoop, **at: float) -> None:
        self._loop, self._at = loop, at

    def pressed(self) -> str:
        due = [key for key, at in self._at.items() if at <= self._loop.time()]
        for key in due:
            del self._at[key]
        return "".join({"plus": "++", "minus": "-"}.get(key, key) for key in due)

    def wait(self) -> str:
        return ""


def test_keys_pause_resume_change_lines_and_stop(office: Office) -> None:
    office.campaign(*range(1, 61))
    keys = Typed(office.loop, plus=5, minus=20, p=40, q=100)
    end, runner = office.run(lambda control: control.heed_keys(keys))
    assert end is RunEnd.STOPPED
    assert runner.line_count == 3
    assert runner.is_paused
    said = "\n".join(office.told)
    for told in ("现在同时拨打 4 路。", "现在同时拨打 3 路。", "已暂停拨打。正在进行的", "正在停止："):
        assert told in said
    assert max(office.dialled(1)) < 41


# --- day after day --------------------------------------------------------------------------------------


def test_a_run_left_on_calls_a_daily_list_every_morning(office: Office) -> None:
    """From a Thursday on over the weekend; each round has results of its own."""
    office.campaign(*range(1, 5))
    office.store.set_daily(1, True)
    office.heeds_orders = False  # a look every second would make four days long

    async def stop_after_four_days(control: Control) -> None:
        await asyncio.sleep(4 * 86400)
        control.stop()

    end, _ = office.run(stop_after_four_days)
    assert end is RunEnd.STOPPED
    assert office.rounds == [2, 3, 4, 5]
    plans = office.store.plans()
    assert [plan.round for plan in plans] == [1, 2, 3, 4, 5]
    assert [plan.is_closed for plan in plans] == [True, True, True, True, False]
    for campaign in range(1, 6):
        attempts = office.store.attempts(campaign)
        assert len(attempts) == 4
        day = RULES.day_of(THURSDAY) + dt.timedelta(days=campaign - 1)
        assert {RULES.day_of(attempt.dialled_at) for attempt in attempts} == {day}
        assert all(may_call(attempt.dialled_at, RULES) for attempt in attempts)
    first = RULES.local(office.store.attempts(2)[0].dialled_at)
    assert (first.hour, first.minute) == (9, 0)
    assert "这一轮打完了，明天 09:00 开始新的一轮" in office.told


def test_without_waiting_a_daily_list_is_called_once(office: Office) -> None:
    office.campaign(1, 2)
    office.store.set_daily(1, True)
    end, _ = office.run(waits_for_retries=False)
    assert end is RunEnd.FINISHED
    assert office.rounds == []


def test_a_round_begun_by_hand_is_taken_up_by_the_run(office: Office) -> None:
    office.campaign(*range(1, 9))

    async def repeat(control: Control) -> None:
        await asyncio.sleep(40)
        office.store.begin_round(1, office.clock(), THURSDAY.date())
        await office.ask(Verb.LOOK)

    end, _ = office.run(repeat)
    assert end is RunEnd.FINISHED
    assert office.rounds == [2]
    assert len(office.dialled(1)) < 8
    assert office.store.progress(2).done == 8
