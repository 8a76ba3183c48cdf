"""A campaign being run: residents who are due go out on free lines, results come back into the store.

The runner is the only writer of the store while it runs. It reads the clock; what is due, what comes next
and when are decided by ``campaign.policy``.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from asyncio_pool import AioPool

from campaign.errors import LineError
from campaign.policy import CallingRules, after_attempt, may_call, next_opening
from campaign.records import (
    CallAttempt,
    CallEvent,
    CallResult,
    Campaign,
    Disposition,
    Resident,
    Turn,
)
from campaign.store import Progress, Store
from dialer.messages import CallEnded, PlaceCall, SlotFilled
from dialer.pool import LinePool, Report, WorkerDied

log = logging.getLogger(__name__)

_LOOK_AGAIN_SECONDS = 0.2
"""How often the runner looks for residents who have become due."""
_LEAVE_SECONDS = 15.0
"""Calls that have not ended by then after a stop are hung up."""
_REFUSALS = frozenset({401, 403, 407})
_FEWEST_FAILURES = 3
"""So many failures in a row with no call going through stop the run: the trunk is at fault."""


class RunEnd(Enum):
    """Why a run came to its end."""

    FINISHED = auto()  # nobody is left to be dialled
    STOPPED = auto()  # asked to stop
    OUTSIDE_HOURS = auto()  # calling hours are over and waiting was not wanted


class RunObserver(Protocol):
    """Who looks on: the screen, the workbook, a log. Never raises."""

    def line_taken(self, attempt: CallAttempt, resident: Resident, line: int, at: dt.datetime) -> None: ...

    def call_reported(self, report: Report) -> None: ...

    def call_ended(self, attempt: CallAttempt, result: CallResult) -> None: ...

    def waiting(self, until: dt.datetime | None, reason: str) -> None: ...


@dataclass(frozen=True)
class RunOptions:
    """What one run may do."""

    calls_per_second: float = 2.0
    waits_for_retries: bool = True
    """False: end when nobody is due now, and leave retries to a later run."""
    keeps_recordings: bool = True


class CampaignRunner:
    """Runs one campaign on a pool of lines until nobody is left, or until it is stopped."""

    def __init__(
        self,
        store: Store,
        campaign: Campaign,
        lines: LinePool,
        line_count: int,
        rules: CallingRules,
        *,
        dial_string: Callable[[str], str],
        fields: Callable[[Resident], dict[str, str]],
        observer: RunObserver,
        options: RunOptions = RunOptions(),
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._store = store
        self._campaign = campaign
        self._lines = lines
        self._line_count = line_count
        self._rules = rules
        self._dial_string = dial_string
        self._fields = fields
        self._observer = observer
        self._options = options
        self._clock = clock
        lines.on_report = self.report
        self._residents = {r.id: r for r in store.residents(campaign.id)}
        self._stop = asyncio.Event()
        self._hurry = asyncio.Event()
        self._trouble: LineError | None = None
        self._failures_in_a_row = 0
        self._calls: set[asyncio.Future[None]] = set()

    def stop(self) -> None:
        """Place no more calls and let those that are up take leave; a second time, hang up at once."""
        if self._stop.is_set():
            self._hurry.set()
        else:
            self._stop.set()
            self._lines.end_calls()

    def report(self, report: Report) -> None:
        """Take down what a call tells, as it happens; the line pool's listener."""
        match report:
            case CallEvent():
                self._store.record_event(report)
                if report.kind == "answered":
                    self._store.mark_answered(report.attempt_id, report.at)
            case Turn():
                self._store.record_turn(report)
            case SlotFilled():
                self._store.record_slot(report.attempt_id, report.slot)
        self._observer.call_reported(report)

    async def run(self) -> RunEnd:
        """Call everybody who is due.

        Raises:
            LineError: The trunk refuses every call; what was learnt is kept.
            StoreError: Results can no longer be written.
        """
        async with AioPool(size=self._line_count) as pool:
            end = await self._place_all(pool)
            await self._take_leave()
        if self._trouble is not None:
            raise self._trouble
        return end

    async def _place_all(self, pool: AioPool) -> RunEnd:
        while not self._stop.is_set():
            now = self._clock()
            if not may_call(now, self._rules):
                if not await self._await_opening(now):
                    return RunEnd.OUTSIDE_HOURS
                continue
            if not await self._place_next(pool, now) and self._is_finished(now):
                return RunEnd.FINISHED
        return RunEnd.STOPPED

    async def _place_next(self, pool: AioPool, now: dt.datetime) -> bool:
        """Give one resident who is due to a free line; False when nobody is due or no line is free."""
        if pool.is_full:
            await self._pause(_LOOK_AGAIN_SECONDS)
            return False
        claimed = self._store.claim_due(self._campaign.id, now, 1, self._rules)
        if not claimed:
            await self._pause(_LOOK_AGAIN_SECONDS)
            return False
        self._keep(await pool.spawn(self._call(claimed[0])))
        await self._pause(1.0 / self._options.calls_per_second)
        return True

    def _keep(self, call: asyncio.Future[None]) -> None:
        self._calls.add(call)
        call.add_done_callback(self._call_done)

    def _call_done(self, call: asyncio.Future[None]) -> None:
        self._calls.discard(call)
        if not call.cancelled() and (error := call.exception()) is not None:
            log.error("a call could not be finished", exc_info=error)
            self._trouble = self._trouble or LineError("call_not_finished", f"通话结果没有写完：{error}")
            self.stop()

    def _is_finished(self, now: dt.datetime) -> bool:
        progress = self._store.progress(self._campaign.id)
        if progress.in_call or progress.pending:
            return False
        if progress.waiting and self._options.waits_for_retries:
            self._observer.waiting(progress.next_due_at, "重拨")
            return False
        return not _is_due(progress, now)

    async def _await_opening(self, now: dt.datetime) -> bool:
        if self._calls:
            await self._pause(_LOOK_AGAIN_SECONDS)
            return True
        progress = self._store.progress(self._campaign.id)
        if not self._options.waits_for_retries or not (progress.pending or progress.waiting):
            return False
        opening = next_opening(now, self._rules)
        self._observer.waiting(opening, "可拨打时段")
        await self._pause(min(30.0, max(_LOOK_AGAIN_SECONDS, (opening - now).total_seconds())))
        return True

    async def _take_leave(self) -> None:
        """Wait for the calls that are up; when a stop takes too long or is asked for again, cut them."""
        if not self._calls:
            return
        calls = asyncio.ensure_future(self._await_calls())
        if self._stop.is_set():
            hurry = asyncio.ensure_future(self._await_hurry())
            await asyncio.wait({calls, hurry}, timeout=_LEAVE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            hurry.cancel()
            if not calls.done():
                await self._lines.close()
        await calls

    async def _await_calls(self) -> None:
        await asyncio.gather(*self._calls, return_exceptions=True)

    async def _await_hurry(self) -> None:
        await self._hurry.wait()

    async def _pause(self, seconds: float) -> None:
        """Wait, but not beyond a stop."""
        waiting = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait({waiting}, timeout=seconds)
        waiting.cancel()

    async def _call(self, attempt: CallAttempt) -> None:
        line = await self._lines.take_line()
        resident = self._residents[attempt.resident_id]
        self._store.mark_line(attempt.id, line[1])
        self._observer.line_taken(attempt, resident, line[1], self._clock())
        try:
            ended = await self._lines.place(line, self._request(attempt, resident, line[1]))
        except WorkerDied:
            ended = self._worker_died(attempt)
        self._finish(attempt, ended)

    def _request(self, attempt: CallAttempt, resident: Resident, line: int) -> PlaceCall:
        recording = f"{self._campaign.id:04d}-{attempt.id:06d}.wav" if self._options.keeps_recordings else ""
        return PlaceCall(
            attempt.id, line, self._dial_string(attempt.number), self._fields(resident), recording
        )

    def _worker_died(self, attempt: CallAttempt) -> CallEnded:
        """The process is gone: what the store has of the call is all there is."""
        known = self._store.attempt(attempt.id)
        slots = tuple(self._store.slots(attempt.id))
        disposition = Disposition.PARTIAL if known.answered_at and slots else Disposition.FAILED
        result = CallResult(
            attempt.id, disposition, self._clock(), answered_at=known.answered_at, slots=slots
        )
        return CallEnded(result, follow_up_reason="通话进程意外中断" if slots else "")

    def _finish(self, attempt: CallAttempt, ended: CallEnded) -> None:
        if ended.was_interrupted and ended.result.answered_at is None:
            self._store.release(attempt.id, ended.result.ended_at)
            self._observer.call_ended(attempt, ended.result)
            return
        history = self._store.past_attempts(attempt.resident_id, before=attempt.id)
        next_step = after_attempt(
            ended.result,
            history,
            self._clock(),
            self._rules,
            follow_up_reason=ended.follow_up_reason,
            has_other_number=bool(self._store.untried_numbers(attempt.resident_id)),
        )
        self._store.finish(ended.result, next_step)
        self._observer.call_ended(attempt, ended.result)
        self._watch_for_trouble(ended)

    def _watch_for_trouble(self, ended: CallEnded) -> None:
        if ended.result.disposition is not Disposition.FAILED:
            self._failures_in_a_row = 0
            return
        self._failures_in_a_row += 1
        if self._failures_in_a_row >= _FEWEST_FAILURES and self._trouble is None:
            self._trouble = _trouble(ended)
            if self._trouble is not None:
                self.stop()


def _is_due(progress: Progress, now: dt.datetime) -> bool:
    return progress.next_due_at is not None and progress.next_due_at <= now


def _trouble(ended: CallEnded) -> LineError | None:
    """The sentence for a trunk that lets no call through; None for failures of other kinds."""
    status = ended.result.cause.sip_status
    if status in _REFUSALS:
        return LineError(
            "trunk_refuses",
            f"线路拒绝呼叫（{status}），已停止拨打。请核对 sip.conf 里 [trunk] 的 username、secret、"
            "fromuser，或请线路服务商确认本机地址已授权。没打的号码都保留着，修好后再运行 wenhou run。",
        )
    if not ended.had_response:
        return LineError(
            "trunk_silent",
            "线路对呼叫没有任何应答，已停止拨打。请检查 sip.conf 里 [trunk] 的 host、port、transport "
            "和网络，可用 wenhou doctor 检查。没打的号码都保留着，修好后再运行 wenhou run。",
        )
    return None
