"""Campaigns being run: residents who are due go out on free lines, results come back into the store.

The runner reads the clock and performs; what is due, what comes next and when are decided by
``campaign.policy``, how fast calls go out and when none do by ``campaign.pacing``, whose turn it is by
``dialer.run.agenda``.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Sequence

from asyncio_pool import AioPool

from campaign.errors import LineError
from campaign.pacing import BreakerState, CircuitBreaker, Pacing
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
from dialer.run.agenda import Agenda
from dialer.run.terms import MOST_LINES, RunEnd, RunObserver, RunOptions
from dialer.run.trouble import clock_trouble, line_trouble, refusal
from dialer.run.waiting import PAUSED
from dialer.workers.messages import CallEnded, PlaceCall, SlotFilled
from dialer.workers.pool import LinePool, Report, WorkerDied

__all__ = ["CampaignRunner", "RunEnd", "RunObserver", "RunOptions"]

log = logging.getLogger(__name__)

_LOOK_AGAIN_SECONDS = 2.0
"""How often the runner looks again while something is in the way; calls that end wake it."""
_LONGEST_SLEEP_SECONDS = 60.0
"""How long it sleeps at most while nobody is due: the clock may be set meanwhile."""
_CLOCK_BEHIND = dt.timedelta(minutes=5)
"""A clock further behind the last dial than this has been set wrongly, then or now."""
_LEAVE_SECONDS = 15.0
"""Calls that have not ended by then after a stop are hung up."""
_FEWEST_FAILURES = 3
"""So many failures in a row with no call going through stop the run: the trunk is at fault."""


class CampaignRunner:
    """Runs campaigns on a pool of lines until nobody is left, or until it is stopped."""

    def __init__(
        self,
        store: Store,
        campaigns: Sequence[Campaign],
        lines: LinePool,
        line_count: int,
        rules: CallingRules,
        *,
        dial_string: Callable[[str], str],
        fields: Callable[[Resident], dict[str, str]],
        observer: RunObserver,
        options: RunOptions = RunOptions(),  # noqa: B008 - frozen
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._store = store
        self.agenda = Agenda(store, campaigns, rules)
        self._lines = lines
        self._line_count = line_count
        self._rules = rules
        self._dial_string = dial_string
        self._fields = fields
        self._observer = observer
        self._options = options
        self._clock = clock
        lines.on_report = self.report
        self._pacing = Pacing(options.calls_per_second)
        self._breaker = CircuitBreaker(options.breaker)
        self._news = asyncio.Event()
        """Set when there is reason to look for residents who are due."""
        self._stop = asyncio.Event()
        self._hurry = asyncio.Event()
        self._is_paused = False
        self._trouble: LineError | None = None
        self._failures_in_a_row = 0
        self._calls: set[asyncio.Future[None]] = set()

    def stop(self) -> None:
        """Place no more calls and let those that are up take leave; a second time, hang up at once."""
        if self._stop.is_set():
            self._hurry.set()
        else:
            self._stop.set()
            self._news.set()
            self._lines.end_calls()

    @property
    def line_count(self) -> int:
        """Calls at once."""
        return self._line_count

    def set_lines(self, count: int) -> None:
        """Have so many calls at once from now on; calls that are up are not cut. The lines must be there."""
        self._line_count = count
        self.look()

    @property
    def is_paused(self) -> bool:
        return self._is_paused

    @property
    def calls_up(self) -> int:
        return len(self._calls)

    def pause(self) -> None:
        """Place no calls until resumed; those that are up go on to their end."""
        self._is_paused = True
        self.look()

    def resume(self) -> None:
        self._is_paused = False
        self.look()

    def look(self) -> None:
        """Look again: something has changed."""
        self._news.set()

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
        async with AioPool(size=MOST_LINES) as calls:
            end = await self._place_all(calls)
            await self._take_leave()
        if self._trouble is not None:
            raise self._trouble
        return end

    async def _place_all(self, calls: AioPool) -> RunEnd:
        while not self._stop.is_set():
            now = self._clock()
            if self._is_paused:
                self._observer.held_back(PAUSED)
                await self._await_news(_LONGEST_SLEEP_SECONDS)
            elif not may_call(now, self._rules):
                if not await self._await_opening(now):
                    return RunEnd.OUTSIDE_HOURS
            elif len(self._calls) >= self._line_count:
                await self._await_news(_LONGEST_SLEEP_SECONDS)
            elif not await self._is_held_back(now) and not await self._place_next(calls, now):
                progress = self.agenda.progress()
                if (end := self._end(progress, now)) is not None:
                    return end
                await self._await_news(_until_due(progress, now))
        return RunEnd.STOPPED

    async def _place_next(self, calls: AioPool, now: dt.datetime) -> bool:
        """Give one resident who is due to a free line; False when nobody is due."""
        for begun in self.agenda.turn_over(now):
            self._observer.round_began(begun)
        attempt = self.agenda.claim(now)
        if attempt is None:
            return False
        loop = asyncio.get_running_loop()
        self._breaker = self._breaker.dialled(attempt.id, now)
        self._pacing = self._pacing.dialled(loop.time())
        self._keep(await calls.spawn(self._call(attempt)))
        await self._pause(self._pacing.wait(loop.time()))
        return True

    async def _is_held_back(self, now: dt.datetime) -> bool:
        """Whether something other than residents and lines keeps calls from going out; then waits a while."""
        last = None if self._options.trusts_clock else self._store.latest_dial()
        if last is not None and last - now > _CLOCK_BEHIND:
            self._halt(clock_trouble(now, last, self._rules.zone))
            return True
        if self._breaker.may_dial(now):
            return False
        if self._breaker.state(now) is BreakerState.OPEN:
            self._observer.held_back(self._breaker.told(self._rules.zone))
        await self._await_news(_LOOK_AGAIN_SECONDS)
        return True

    def _keep(self, call: asyncio.Future[None]) -> None:
        self._calls.add(call)
        call.add_done_callback(self._call_done)

    def _call_done(self, call: asyncio.Future[None]) -> None:
        self._calls.discard(call)
        self._news.set()
        if not call.cancelled() and (error := call.exception()) is not None:
            log.error("a call could not be finished", exc_info=error)
            self._trouble = self._trouble or LineError("call_not_finished", f"通话结果没有写完：{error}")
            self.stop()

    def _end(self, progress: Progress, now: dt.datetime) -> RunEnd | None:
        """Why the run is over when nobody can be dialled now; None when it goes on."""
        if self._calls or progress.in_call or progress.pending:
            return None
        if not self._options.waits_for_retries:
            return None if _is_due(progress, now) else RunEnd.FINISHED
        if not self._waits_for_anything(progress, now):
            return RunEnd.FINISHED
        return None if self._tell_outlook(now) else RunEnd.WAITING_LONG

    def _waits_for_anything(self, progress: Progress, now: dt.datetime) -> bool:
        is_left = progress.pending or progress.waiting or self.agenda.paused()
        return bool(is_left) or self.agenda.next_round_at(now) is not None

    def _tell_outlook(self, now: dt.datetime) -> bool:
        """Say what the run waits for; False when that is longer than it is to wait."""
        coming, longest = self.agenda.outlook(now), self._options.longest_wait_seconds
        if longest is not None and coming.until and (coming.until - now).total_seconds() > longest:
            return False
        self._observer.held_back(coming.told)
        return True

    async def _await_opening(self, now: dt.datetime) -> bool:
        if self._calls:
            await self._await_news(_LOOK_AGAIN_SECONDS)
            return True
        if not self._options.waits_for_retries or not self._waits_for_anything(self.agenda.progress(), now):
            return False
        if not self._tell_outlook(now):
            return False
        opening = next_opening(now, self._rules)
        await self._await_news(min(_LONGEST_SLEEP_SECONDS, max(0.2, (opening - now).total_seconds())))
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
        await _wait_for(self._stop, seconds)

    async def _await_news(self, seconds: float) -> None:
        """Wait until a call ends or a stop is asked for, but not longer."""
        await _wait_for(self._news, seconds)
        self._news.clear()

    async def _call(self, attempt: CallAttempt) -> None:
        line = await self._lines.take_line()
        resident = self.agenda.resident(attempt)
        self._store.mark_line(attempt.id, line[1])
        self._observer.line_taken(attempt, resident, line[1], self._clock())
        try:
            ended = await self._lines.place(line, self._request(attempt, resident, line[1]))
        except WorkerDied:
            ended = self._worker_died(attempt)
        self._finish(attempt, ended)

    def _request(self, attempt: CallAttempt, resident: Resident, line: int) -> PlaceCall:
        recording = f"{attempt.campaign_id:04d}-{attempt.id:06d}.wav"
        return PlaceCall(
            attempt.id, line, self._dial_string(attempt.number), self._fields(resident),
            recording if self._options.keeps_recordings else "", self.agenda.script_of(attempt.campaign_id),
        )  # fmt: skip

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
            self._breaker = self._breaker.ended(attempt.id, None, self._clock())
            self._observer.call_ended(attempt, ended.result)
            return
        history = self._store.past_attempts(attempt.resident_id, before=attempt.id)
        next_step = after_attempt(
            ended.result,
            history,
            self._clock(),
            self._rules,
            follow_up_reason=ended.follow_up_reason,
            has_other_number=bool(self._store.other_numbers(attempt.id)),
        )
        self._store.finish(ended.result, next_step)
        self._observer.call_ended(attempt, ended.result)
        self._watch_for_trouble(ended)

    def _watch_for_trouble(self, ended: CallEnded) -> None:
        self._watch_the_line(ended)
        if ended.result.disposition is not Disposition.FAILED:
            self._failures_in_a_row = 0
            return
        self._failures_in_a_row += 1
        if self._failures_in_a_row >= _FEWEST_FAILURES and self._trouble is None:
            trouble = refusal(ended)
            if trouble is not None:
                self._halt(trouble)

    def _watch_the_line(self, ended: CallEnded) -> None:
        """Let the breaker know; where a run is not to wait, a line that lets nothing through ends it."""
        now, was_closed = self._clock(), self._breaker.open_until is None
        self._breaker = self._breaker.ended(ended.result.attempt_id, ended.result.disposition, now)
        if self._breaker.open_until is None:
            return
        if was_closed:
            log.warning("circuit breaker open until %s", self._breaker.open_until)
        if not self._options.waits_for_retries:
            self._halt(line_trouble(self._breaker.told(self._rules.zone)))

    def _halt(self, trouble: LineError) -> None:
        """End the run for a reason that a person must know; the first one counts."""
        self._trouble = self._trouble or trouble
        if not self._stop.is_set():
            self.stop()


async def _wait_for(event: asyncio.Event, seconds: float) -> None:
    waiting = asyncio.ensure_future(event.wait())
    await asyncio.wait({waiting}, timeout=seconds)
    waiting.cancel()


def _until_due(progress: Progress, now: dt.datetime) -> float:
    """Seconds until somebody may be due; whoever is due already waits for a household or a number."""
    due = progress.next_due_at
    if due is None and not progress.pending:
        return _LONGEST_SLEEP_SECONDS
    if due is None or due <= now:
        return _LOOK_AGAIN_SECONDS
    return min((due - now).total_seconds(), _LONGEST_SLEEP_SECONDS)


def _is_due(progress: Progress, now: dt.datetime) -> bool:
    return progress.next_due_at is not None and progress.next_due_at <= now
