"""The board on a terminal: a live table where there is one, plain lines where the output goes elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Callable

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from campaign.records import Grade
from campaign.store import Progress
from dialer.run.board import Board, LineView

_REFRESH_SECONDS = 0.25
_ANSWER_SECONDS = 15.0
_GRADE_STYLES = {Grade.RED: "bold red", Grade.YELLOW: "yellow", Grade.GREEN: "green"}


class Screen:
    """Draws the board four times a second until its task is cancelled."""

    def __init__(
        self,
        board: Board,
        progress: Callable[[], Progress],
        console: Console,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._board = board
        self._progress = progress
        self._console = console
        self._clock = clock
        self._answer = ("", clock())
        """What was last answered to somebody, and when it was seen first."""

    async def show(self) -> None:
        draw = self._show_live if self._console.is_terminal else self._show_plain
        with contextlib.suppress(asyncio.CancelledError):
            await draw()

    async def _show_live(self) -> None:
        with Live(console=self._console, auto_refresh=False, transient=False) as live:
            try:
                while True:
                    live.update(self.picture(), refresh=True)
                    await asyncio.sleep(_REFRESH_SECONDS)
            finally:
                live.update(self.picture(), refresh=True)

    async def _show_plain(self) -> None:
        try:
            while True:
                self._print_news()
                await asyncio.sleep(_REFRESH_SECONDS)
        finally:
            self._print_news()

    def _print_news(self) -> None:
        for line in self._board.take_news():
            self._console.print(f"{self._clock().astimezone():%H:%M:%S}  {line}", highlight=False)

    def picture(self) -> RenderableType:
        """The whole screen as it stands now."""
        self._board.take_news()
        return Group(self._lines(), self._overall())

    def _lines(self) -> Table:
        table = Table(expand=True, border_style="dim", header_style="bold")
        table.add_column("线路", justify="right", width=4)
        table.add_column("居民", width=10, no_wrap=True)
        table.add_column("状态", width=10, no_wrap=True)
        table.add_column("刚听到", ratio=1, no_wrap=True)
        table.add_column("用时", justify="right", width=5)
        for view in self._board.shown_lines():
            table.add_row(*self._row(view))
        return table

    def _row(self, view: LineView) -> tuple[str, str, Text, str, str]:
        if view.since is None:
            return str(view.line), "", Text(view.state, "dim"), "", ""
        elapsed = int((self._clock() - view.since).total_seconds())
        style = "green" if view.state not in ("拨号", "振铃") else "cyan"
        return (
            str(view.line), view.resident, Text(view.state, style), view.heard,
            f"{elapsed // 60}:{elapsed % 60:02d}",
        )  # fmt: skip

    def _overall(self) -> RenderableType:
        progress = self._progress()
        settled = progress.done + progress.follow_up
        bar = ProgressBar(total=max(1, progress.total), completed=settled, width=40)
        grid = Table.grid(padding=(0, 2))
        grid.add_row(bar, self._counts(progress, settled), self._time_left(progress))
        told = [(self._board.notice, "cyan"), (self._fresh_answer(), "yellow"), (self._board.keys, "dim")]
        return Group(grid, *(Text(text, style) for text, style in told if text))

    def _fresh_answer(self) -> str:
        """What was done because somebody asked, as long as they may look for it."""
        if self._answer[0] != self._board.answer:
            self._answer = (self._board.answer, self._clock())
        is_old = (self._clock() - self._answer[1]).total_seconds() > _ANSWER_SECONDS
        return "" if is_old else self._board.answer

    def _counts(self, progress: Progress, settled: int) -> Text:
        text = Text(f"{settled}/{progress.total} 户  通话中 {self._board.busy_lines}")
        if progress.waiting:
            text.append(f"  待重拨 {progress.waiting}")
        for grade, style in _GRADE_STYLES.items():
            if self._board.grades[grade]:
                text.append(f"  {grade.label} {self._board.grades[grade]}", style)
        return text

    def _time_left(self, progress: Progress) -> str:
        seconds = self._board.seconds_left(progress.pending + progress.waiting + progress.in_call)
        if seconds is None:
            return "剩余 …"
        return f"剩余约 {round(seconds / 60)} 分钟" if seconds >= 90 else f"剩余约 {round(seconds)} 秒"
