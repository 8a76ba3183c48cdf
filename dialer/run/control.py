"""Asking things of a run that is going on: pause, resume, stop, more or fewer lines.

They come from another terminal, as orders in the store that name this very run, or from the keyboard of the
terminal that it runs in. Either way they are done here, and whoever asked is told.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from typing import Protocol

from campaign.errors import WenhouError
from campaign.store import Store
from campaign.store.runs import Order, Verb
from dialer.keyboard import Keys
from dialer.run.agenda import Agenda
from dialer.run.terms import MOST_LINES

log = logging.getLogger(__name__)

KEYS_HELP = "p 暂停或继续　+ - 增减路数　q 停止"
_LOOK_SECONDS = 1.0
_KEY_SECONDS = 0.1
_KEYS = {
    "p": "pause_or_resume",
    "+": "one_line_more",
    "=": "one_line_more",  # the same key without shift
    "-": "one_line_less",
    "_": "one_line_less",
    "q": "stop",
}


class Steered(Protocol):
    """A run, as far as it can be steered; see ``dialer.run.runner.CampaignRunner``."""

    agenda: Agenda

    @property
    def line_count(self) -> int: ...

    @property
    def is_paused(self) -> bool: ...

    @property
    def calls_up(self) -> int: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def look(self) -> None: ...

    def stop(self) -> None: ...

    def set_lines(self, count: int) -> None: ...


class LineSupply(Protocol):
    """Where lines come from."""

    @property
    def count(self) -> int:
        """Lines that are up."""

    async def ensure(self, count: int) -> None:
        """Bring up as many lines as are wanting.

        Raises:
            LineError: They could not be had; those that were up still are.
        """


class Control:
    """Does what is asked of one run."""

    def __init__(
        self,
        store: Store,
        run_id: int,
        runner: Steered,
        lines: LineSupply,
        tell: Callable[[str], None],
        show_lines: Callable[[int], None] = lambda count: None,
    ) -> None:
        """
        Args:
            store: Where orders come in.
            run_id: Of this run; orders for others are left alone.
            runner: The run.
            lines: Where more lines come from.
            tell: Says on the run's own screen what was done.
            show_lines: Is told how many calls there are at once from now on.
        """
        self._store, self._run_id = store, run_id
        self._runner, self._lines, self._tell, self._show_lines = runner, lines, tell, show_lines
        self._wanted = runner.line_count
        self._growing = asyncio.Lock()
        self._under_way: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    # --- where it comes from ----------------------------------------------------------------------------

    async def heed_orders(self) -> None:
        """Look every second for orders, until cancelled."""
        while True:
            try:
                for order in self._store.orders(self._run_id):
                    self._take(order)
            except WenhouError as error:
                log.warning("orders not read: %s", error.code)  # the next look may do
            await asyncio.sleep(_LOOK_SECONDS)

    async def heed_keys(self, keys: Keys) -> None:
        """Look for keys, until cancelled or until the terminal is gone."""
        with contextlib.suppress(OSError):
            while True:
                for key in keys.pressed():
                    if key in _KEYS:
                        self._press(_KEYS[key])
                await asyncio.sleep(_KEY_SECONDS)

    def _take(self, order: Order) -> None:
        if order.verb is not Verb.LINES:
            told = self._done(order)
            self._store.answer(order.id, told)
            self._say(told)
            return
        self._store.answer(order.id, self._lines_told(order.value))
        self._want(order.value)

    def _done(self, order: Order) -> str:
        match order.verb:
            case Verb.PAUSE:
                return self.pause()
            case Verb.RESUME:
                return self.resume()
            case Verb.STOP:
                return self.stop_campaign(order.value) if order.value else self.stop()
        self._runner.look()
        return ""

    def _press(self, what: str) -> None:
        match what:
            case "pause_or_resume":
                self._say(self.resume() if self._runner.is_paused else self.pause())
            case "stop":
                self._say(self.stop())
            case "one_line_more":
                self._want(min(self._wanted + 1, MOST_LINES))
            case "one_line_less":
                self._want(max(self._wanted - 1, 1))

    def _want(self, count: int) -> None:
        self._wanted = count  # at once: the next key counts from here
        self._begin(self.set_lines(count))

    async def close(self) -> None:
        """Give up what is under way, and tell those who still wait for an answer."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        for order in self._store.orders(self._run_id):
            self._store.answer(order.id, "拨打已经结束。")

    def _begin(self, change: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(change)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    # --- what is done -----------------------------------------------------------------------------------

    def pause(self) -> str:
        self._runner.pause()
        self._describe()
        up = self._runner.calls_up
        return f"已暂停拨打。正在进行的 {up} 个通话会打完。" if up else "已暂停拨打。"

    def resume(self) -> str:
        was_paused = self._runner.is_paused
        self._runner.resume()
        self._describe()
        return "继续拨打。" if was_paused else "没有暂停，正在拨打。"

    def stop(self) -> str:
        """The first time calls take leave, the second time they are hung up."""
        told = "正在立即挂断。" if self._is_stopping else "正在停止：通话礼貌结束后退出；再来一次立即挂断。"
        self._is_stopping = True
        self._runner.stop()
        return told

    def stop_campaign(self, campaign_id: int) -> str:
        """Dial no more for one campaign; the others go on."""
        if not self._runner.agenda.drop(campaign_id):
            return f"这次拨打里没有任务 {campaign_id}。"
        self._runner.look()
        return f"任务 {campaign_id} 这次不再拨打；正在进行的通话会打完，其他任务继续。"

    async def set_lines(self, count: int) -> None:
        """Have so many calls at once; more than there are lines brings up some."""
        if count > self._lines.count:
            self._say(f"正在增加线路，到 {count} 路…")
            async with self._growing:
                await self._grow()
        count = min(self._wanted, self._lines.count)
        if count != self._runner.line_count:
            self._runner.set_lines(count)
            self._show_lines(count)
            self._describe()
            self._say(f"现在同时拨打 {count} 路。")

    async def _grow(self) -> None:
        try:
            await self._lines.ensure(self._wanted)
        except WenhouError as error:
            log.warning("no more lines: %s", error.code)
            self._wanted = self._runner.line_count
            self._say(f"线路没有增加：{error.message}")

    def _lines_told(self, count: int) -> str:
        if count > self._lines.count:
            return f"正在增加线路，几秒后同时拨打 {count} 路。"
        over = self._runner.calls_up - count
        return f"现在同时拨打 {count} 路。" + (f"多出的 {over} 个通话会打完。" if over > 0 else "")

    def _describe(self) -> None:
        self._store.describe_run(self._run_id, self._runner.line_count, is_paused=self._runner.is_paused)

    def _say(self, told: str) -> None:
        if told:
            self._tell(told)
