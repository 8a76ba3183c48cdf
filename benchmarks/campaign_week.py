"""A week of a campaign in virtual time: the runner, the policy and the store as they are, telephones made up.

    python -m benchmarks.campaign_week                     5,000 residents from a Monday on
    python -m benchmarks.campaign_week --residents 20000 --lines 30

Residents have habits: out in the daytime, telephone switched off at noon, a wrong number, two numbers, one
household; some ask to be called at a time, some want no calls. For ten minutes of the first morning the
trunk lets nothing through. The week has a holiday in it. Prints what became of everybody; tests hold the
rules.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from campaign.migrations import migrate
from campaign.pacing import TROUBLE
from campaign.policy import CallingRules, part_of_day
from campaign.records import (
    CallAttempt,
    CallCause,
    CallResult,
    Campaign,
    Disposition,
    Resident,
    ResidentState,
)
from campaign.store import Store
from campaign.store.database import connect
from dialer.run.runner import CampaignRunner, RunEnd, RunOptions
from dialer.workers.messages import CallEnded, PlaceCall
from dialer.workers.pool import Report
from exports.response import response_rate

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = dt.datetime(2026, 9, 21, 8, 30, tzinfo=SHANGHAI)
"""Of the week before the Mid-Autumn Festival: Friday to Sunday are holidays."""
OUTAGE = (dt.timedelta(hours=1, minutes=30), dt.timedelta(minutes=10))
"""After the start: when nothing gets through the trunk, and for how long."""


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop that never waits: its time jumps to whatever is due next."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0

    def time(self) -> float:
        return self._now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            self._now = max(self._now, self._scheduled[0].when())  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


@dataclass(frozen=True)
class Habits:
    """How a telephone behaves."""

    at_home: dict[str, float]
    """Chance of an answer by part of the day."""
    otherwise: Disposition
    """What is heard when nobody answers."""
    talk: Disposition = Disposition.COMPLETED
    """What a conversation comes to."""
    wants_appointment: bool = False


def _habits(rng: random.Random) -> Habits:
    kind = rng.random()
    if kind < 0.04:
        return Habits({}, rng.choice([Disposition.INVALID_NUMBER, Disposition.OUT_OF_SERVICE]))
    if kind < 0.34:  # at work
        return Habits({"上午": 0.15, "下午": 0.2, "傍晚": 0.75}, Disposition.NO_ANSWER)
    if kind < 0.44:
        return Habits({"上午": 0.5, "下午": 0.4, "傍晚": 0.6}, Disposition.POWERED_OFF)
    absent = rng.choice(
        [Disposition.NO_ANSWER, Disposition.BUSY, Disposition.CALL_ASSISTANT, Disposition.UNREACHABLE]
    )
    talk = rng.choices(
        [Disposition.COMPLETED, Disposition.PARTIAL, Disposition.OPTED_OUT, Disposition.DECLINED],
        [90, 6, 1, 3],
    )[0]
    return Habits(dict.fromkeys(("上午", "下午", "傍晚"), 0.75), absent, talk, rng.random() < 0.05)


@dataclass
class MadeUpLines:
    """Stands in for the line pool: every call takes a while and ends as the habits of its number have it."""

    clock: Callable[[], dt.datetime]
    started_at: dt.datetime
    line_count: int
    rules: CallingRules
    rng: random.Random
    on_report: Callable[[Report], None] = lambda report: None
    habits: dict[str, Habits] = field(default_factory=dict)
    up: Counter[str] = field(default_factory=Counter)
    most_up: int = 0
    twice_up: list[str] = field(default_factory=list)
    """Numbers that were in two calls at once; must stay empty."""

    def __post_init__(self) -> None:
        self._free: asyncio.Queue[tuple[object, int]] = asyncio.Queue()
        for line in range(1, self.line_count + 1):
            self._free.put_nowait((self, line))

    async def take_line(self) -> tuple[object, int]:
        return await self._free.get()

    async def place(self, line: tuple[object, int], call: PlaceCall) -> CallEnded:
        self.up[call.number] += 1
        self.most_up = max(self.most_up, self.up.total())
        if self.up[call.number] > 1:
            self.twice_up.append(call.number)
        result, seconds = self._becomes(call)
        await asyncio.sleep(seconds)
        self.up[call.number] -= 1
        self._free.put_nowait(line)
        ended_at = self.clock()
        cause = CallCause(503 if result[0] in TROUBLE else 200)
        return CallEnded(
            CallResult(call.attempt_id, result[0], ended_at, cause, appointment=result[1]), had_response=True
        )

    def _becomes(self, call: PlaceCall) -> tuple[tuple[Disposition, dt.datetime | None], float]:
        now = self.clock()
        begins = self.started_at + OUTAGE[0]
        if begins <= now < begins + OUTAGE[1]:
            return (Disposition.NETWORK_BUSY, None), 1.5
        habits = self.habits.setdefault(call.number, _habits(self.rng))
        if self.rng.random() >= habits.at_home.get(part_of_day(now, self.rules), 0.0):
            return (habits.otherwise, None), self.rng.uniform(8, 35)
        if habits.wants_appointment and self.rng.random() < 0.7:
            at = now + dt.timedelta(hours=self.rng.choice([1, 3, 24, 30]))
            return (Disposition.PARTIAL, at), self.rng.uniform(15, 30)
        return (habits.talk, None), self.rng.uniform(30, 80)

    def end_calls(self) -> None:
        """Nobody has to be taken leave of."""

    async def close(self) -> None:
        """Nothing to close."""


class Quiet:
    """Looks on and keeps what was said about the line."""

    def __init__(self) -> None:
        self.held_back_by: list[str] = []

    def line_taken(self, attempt: CallAttempt, resident: Resident, line: int, at: dt.datetime) -> None: ...

    def call_reported(self, report: Report) -> None: ...

    def call_ended(self, attempt: CallAttempt, result: CallResult) -> None: ...

    def round_began(self, campaign: Campaign) -> None: ...

    def held_back(self, told: str) -> None:
        if told not in self.held_back_by:
            self.held_back_by.append(told)


def memory_store() -> Store:
    """A store that lives as long as its process."""
    connection = connect(Path(":memory:"))
    migrate(connection)
    return Store(connection, Path(":memory:"))


def residents_of(count: int, rng: random.Random) -> list[Resident]:
    """Some have two numbers, some share one, two live in each room of some buildings."""
    people: list[Resident] = []
    for row in range(1, count + 1):
        phones = [f"139{row:08d}"]
        if rng.random() < 0.1:
            phones.append(f"138{row:08d}")
        if people and rng.random() < 0.02:
            phones = [rng.choice(people).phones[0]]
        room = row // 2 if rng.random() < 0.3 else row
        people.append(
            Resident(0, row, f"居民{row}", tuple(dict.fromkeys(phones)), f"{row // 200}号楼", "", str(room))
        )
    return people


@dataclass(frozen=True)
class Week:
    """What a simulated week came to."""

    store: Store
    lines: MadeUpLines
    rules: CallingRules
    end: RunEnd
    held_back_by: tuple[str, ...]
    seconds: float
    """Of real time."""
    ended_at: dt.datetime


def simulate_week(
    residents: int = 5000, lines: int = 10, seed: int = 1, rules: CallingRules | None = None
) -> Week:
    """Run a campaign until everybody is settled, from a Monday morning on."""
    rules, rng = rules or CallingRules(), random.Random(seed)
    store = memory_store()
    campaign = store.create_campaign(
        "一周", "health_survey", "1", "名单.xlsx", residents_of(residents, rng), MONDAY
    )
    loop, observer = VirtualTimeLoop(), Quiet()

    def clock() -> dt.datetime:
        return (MONDAY + dt.timedelta(seconds=loop.time())).astimezone(dt.UTC)

    async def run() -> tuple[RunEnd, MadeUpLines]:
        made_up = MadeUpLines(clock, MONDAY, lines, rules, rng)
        runner = CampaignRunner(
            store, [campaign], made_up, lines, rules,  # type: ignore[arg-type]
            dial_string=str, fields=lambda resident: {}, observer=observer,
            options=RunOptions(keeps_recordings=False), clock=clock,
        )  # fmt: skip
        return await runner.run(), made_up

    started = time.perf_counter()
    try:
        end, made_up = loop.run_until_complete(run())
        return Week(
            store, made_up, rules, end, tuple(observer.held_back_by), time.perf_counter() - started, clock()
        )
    finally:
        loop.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--residents", type=int, default=5000)
    parser.add_argument("--lines", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    week = simulate_week(options.residents, options.lines, options.seed)
    standings, attempts = week.store.standings(1), week.store.attempts(1)
    states = Counter(standing.state for standing in standings)
    dials = Counter(rules_day(attempt, week.rules) for attempt in attempts)
    rate = response_rate(standings)
    print(f"{options.residents} residents, {options.lines} lines, {week.seconds:.1f} s of real time")
    print(f"settled at {week.ended_at.astimezone(SHANGHAI):%a %m-%d %H:%M}, {len(attempts)} dials")
    print("dials by day:", ", ".join(f"{day:%a %m-%d} {n}" for day, n in sorted(dials.items())))
    print(f"done {states[ResidentState.DONE]}, in the queue {states[ResidentState.FOLLOW_UP]}")
    print(f"RR1 {rate.rr1:.1%}, RR2 {rate.rr2:.1%}, contact {rate.con1:.1%}")
    for told in week.held_back_by:
        print(told)


def rules_day(attempt: CallAttempt, rules: CallingRules) -> dt.date:
    return rules.day_of(attempt.dialled_at)


if __name__ == "__main__":
    main()
