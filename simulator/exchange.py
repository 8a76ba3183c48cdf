"""The practice exchange: takes calls, decides by the called number what becomes of them, and speaks.

One task ticks every 20 ms for all calls (``resident_call``): it empties their sockets, lets the residents
decide, sends the frames that are due, and repeats what SIP wants repeated. Conversation and hearing are
pure; this is the shell.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from campaign.errors import LineError
from simulator.call_log import CallLog
from simulator.resident_call import ResidentCall
from simulator.residents import CallPlan, Neighbourhood, Outcome, SimulatedResident, load_neighbourhood
from simulator.rtp import FRAME_SECONDS
from simulator.server_call import ServerCall
from simulator.signalling import SipServer


class Exchange:
    """A practice exchange for one folder of residents.

    ``async with Exchange(folder, "127.0.0.1", 0) as exchange:`` listens on ``exchange.port`` until the block
    ends. ``log`` is the path of the JSON-lines file (see ``call_log``), or None to keep it in memory only
    (``exchange.log.events``). ``passwords`` (user -> password) makes it challenge REGISTER and INVITE.

    Raises:
        ListError: the folder cannot be used.
        LineError: the address cannot be listened on.
    """

    def __init__(
        self,
        folder: Path,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        log: Path | None = None,
        passwords: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
        neighbourhood: Neighbourhood | None = None,
    ) -> None:
        self.neighbourhood = neighbourhood or load_neighbourhood(folder)
        self.matcher = self.neighbourhood.matcher()
        self.host = host
        self.port = port
        self.now = clock
        started, started_wall = clock(), time.time()
        self.log = CallLog(log, lambda at: started_wall + at - started)
        self.server = SipServer(self._invited, clock, passwords)
        self._calls: list[ResidentCall] = []
        self._ordinals: Counter[str] = Counter()
        self._ids = itertools.count(1)
        self._ticking: asyncio.Task[None] | None = None

    @property
    def calls_up(self) -> int:
        """Calls that are not over."""
        return len(self._calls)

    async def __aenter__(self) -> Exchange:
        try:
            await self.server.start(self.host, self.port)
        except OSError as error:
            raise LineError(
                "exchange_address",
                f"练习交换机无法监听 {self.host}:{self.port}：{error.strerror or error}；"
                "请换一个端口，或结束占用它的程序",
            ) from error
        self.port = self.server.address[1]
        self._ticking = asyncio.create_task(self._tick(), name="exchange ticks")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.gather(self._ticking, return_exceptions=True)
        for call in self._calls:
            call.abandon(self.now())
        await self.server.stop()
        self.log.close()

    def new_call_id(self) -> str:
        return str(next(self._ids))

    def plan_for(self, number: str) -> CallPlan | None:
        """What becomes of a call that is handed to a number; None where nobody lives behind it."""
        resident = self.neighbourhood.residents.get(number)
        if resident is None:
            return None
        self._ordinals[number] += 1
        return resident.plan(self._ordinals[number])

    def _invited(self, sip: ServerCall, now: float) -> None:
        number = sip.number
        self._ordinals[number] += 1
        ordinal = self._ordinals[number]
        resident = self.neighbourhood.residents.get(number, _nobody(number))
        plan = resident.plan(ordinal)
        call = ResidentCall(self, sip, resident, plan, now)
        self.log.write(
            call.id,
            now,
            "invited",
            number=number,
            name=resident.name,
            caller=sip.caller,
            ordinal=ordinal,
            outcome=plan.outcome.value,
        )
        self._calls.append(call)

    async def _tick(self) -> None:
        due = self.now()
        while True:
            due += FRAME_SECONDS
            # Late ticks are not caught up one by one: a single one sends all frames that are due.
            due = max(due, self.now() - FRAME_SECONDS)
            await asyncio.sleep(due - self.now())
            now = self.now()
            for call in self._calls:
                call.advance(now)
            self._calls = [call for call in self._calls if not call.is_over]
            self.server.advance(now)


def _nobody(number: str) -> SimulatedResident:
    """Who lives behind a number that the folder does not know."""
    return SimulatedResident(number, "", (CallPlan(Outcome.NOT_FOUND, 404, q850_cause=1),), None)
