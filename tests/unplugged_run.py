"""A campaign on lines without telephones, as a process to be killed: ``python -m tests.unplugged_run``.

Calls take a few milliseconds. Every finished attempt is printed after it is in the store, so that whoever
reads the output knows what must never be lost: ``finished ATTEMPT RESIDENT DISPOSITION``.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import sys
from pathlib import Path

from campaign.policy import CallingRules, CallingWindow
from campaign.records import (
    CallAttempt,
    CallEvent,
    CallResult,
    Campaign,
    Disposition,
    Grade,
    Resident,
    SlotValue,
    Turn,
)
from campaign.store import RunLock, Store
from dialer.run.runner import CampaignRunner, RunOptions
from dialer.workers.messages import CallEnded, PlaceCall, SlotFilled
from dialer.workers.pool import Report

LINES = 10
RULES = CallingRules(
    windows=(CallingWindow(dt.timedelta(0), dt.timedelta(hours=24)),),
    max_attempts=2,
    max_attempts_per_day=2,
    pauses=dict.fromkeys(Disposition, 0.0),
    no_answer_other_part=False,
)


def outcome_of(number: str) -> Disposition:
    """What a number does, by its last digit."""
    return {"7": Disposition.BUSY, "8": Disposition.NO_ANSWER, "9": Disposition.PARTIAL}.get(
        number[-1], Disposition.COMPLETED
    )


class UnpluggedLines:
    """Stands in for the line pool: same verbs, no processes."""

    def __init__(self) -> None:
        self.on_report = lambda report: None
        self._free: asyncio.Queue[tuple[object, int]] = asyncio.Queue()
        for line in range(1, LINES + 1):
            self._free.put_nowait((self, line))

    async def take_line(self) -> tuple[object, int]:
        return await self._free.get()

    async def place(self, line: tuple[object, int], call: PlaceCall) -> CallEnded:
        outcome = outcome_of(call.number)
        now = dt.datetime.now(dt.UTC)
        answered = outcome in (Disposition.COMPLETED, Disposition.PARTIAL)
        slots: tuple[SlotValue, ...] = ()
        self._tell(CallEvent(call.attempt_id, now, "dialling"))
        if answered:
            self._tell(CallEvent(call.attempt_id, now, "answered"))
            slots = (SlotValue("identity", "self"), SlotValue("temperature", 36.5))
            for ordinal, slot in enumerate(slots, 1):
                await asyncio.sleep(random.uniform(0.0, 0.01))
                self._tell(Turn(call.attempt_id, ordinal, f"ask_{slot.name}", "…", "…", 1.0, now, now))
                self._tell(SlotFilled(call.attempt_id, slot))
        await asyncio.sleep(random.uniform(0.0, 0.01))
        self._free.put_nowait(line)
        return CallEnded(
            CallResult(
                call.attempt_id, outcome, dt.datetime.now(dt.UTC), answered_at=now if answered else None,
                slots=slots, grade=Grade.GREEN if outcome is Disposition.COMPLETED else None,
            )
        )  # fmt: skip

    def _tell(self, report: Report) -> None:
        self.on_report(report)

    def end_calls(self) -> None:
        pass

    async def close(self) -> None:
        pass


class Telltale:
    """Prints what is finished, once it is."""

    def line_taken(self, attempt: CallAttempt, resident: Resident, line: int, at: dt.datetime) -> None:
        print(f"dialled {attempt.id} {resident.id}", flush=True)

    def call_reported(self, report: Report) -> None:
        pass

    def call_ended(self, attempt: CallAttempt, result: CallResult) -> None:
        print(f"finished {attempt.id} {attempt.resident_id} {result.disposition}", flush=True)

    def round_began(self, campaign: Campaign) -> None:
        pass

    def held_back(self, told: str) -> None:
        pass


async def run(store: Store) -> None:
    campaign = store.latest_campaign()
    runner = CampaignRunner(
        store, [campaign], UnpluggedLines(), LINES, RULES,  # type: ignore[arg-type]
        dial_string=str, fields=lambda resident: {}, observer=Telltale(),
        options=RunOptions(calls_per_second=1000.0),
    )  # fmt: skip
    await runner.run()


def main(path: Path) -> None:
    with RunLock(path), Store.open(path) as store:
        store.recover(dt.datetime.now(dt.UTC))
        asyncio.run(run(store))
    print("all done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
