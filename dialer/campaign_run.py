"""Everything around a run: the trunk asked, the lines up, the screen on, Ctrl-C heeded."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from asr.models import PreparedModel
from campaign.records import CallAttempt, CallResult, Campaign, Disposition, Grade, Resident
from campaign.settings import Settings
from campaign.store import Store
from dialer.board import Board
from dialer.line import MAX_LINES_PER_WORKER
from dialer.messages import WorkerSpec
from dialer.pool import LinePool, Report
from dialer.qualify import qualify_trunk
from dialer.runner import CampaignRunner, RunEnd, RunOptions
from dialer.screen import Screen
from dialer.voice import NamePreparation, prepare_voice, prompt_library, voice_notice
from dialogs.load import load_script


@dataclass(frozen=True)
class RunSummary:
    """What a run came to, for the last lines on the screen."""

    end: RunEnd
    outcomes: dict[Disposition, int]
    grades: dict[Grade, int]
    talk_seconds: tuple[float, ...]
    """Answer to end of each completed call."""
    reply_gaps: tuple[float, ...]
    """As the robot saw them; seconds."""
    first_dialled_after: float | None
    """Seconds from the start of the run to the first dialled number."""


@dataclass
class _Watcher:
    """Board and figures in one observer; tells ``on_change`` whenever the store has something new."""

    board: Board
    on_change: Callable[[], None]
    started_at: dt.datetime
    first_dialled_at: dt.datetime | None = None
    results: list[CallResult] = field(default_factory=list)

    def line_taken(self, attempt: CallAttempt, resident: Resident, line: int, at: dt.datetime) -> None:
        self.first_dialled_at = self.first_dialled_at or at
        self.board.line_taken(attempt, resident, line, at)

    def call_reported(self, report: Report) -> None:
        self.board.call_reported(report)

    def call_ended(self, attempt: CallAttempt, result: CallResult) -> None:
        self.results.append(result)
        self.board.call_ended(attempt, result)
        self.on_change()

    def waiting(self, until: dt.datetime | None, reason: str) -> None:
        before = self.board.notice
        self.board.waiting(until, reason)
        self._tell_if_new(before)

    def held_back(self, told: str) -> None:
        before, self.board.notice = self.board.notice, told
        self._tell_if_new(before)

    def _tell_if_new(self, before: str) -> None:
        """A terminal without a picture gets each notice once, as a line."""
        if self.board.notice != before:
            self.board.news.append(self.board.notice)

    def summary(self, end: RunEnd) -> RunSummary:
        first = self.first_dialled_at
        return RunSummary(
            end=end,
            outcomes=dict(self.board.outcomes),
            grades=dict(self.board.grades),
            talk_seconds=tuple(
                (r.ended_at - r.answered_at).total_seconds()
                for r in self.results
                if r.answered_at and r.disposition is Disposition.COMPLETED
            ),
            reply_gaps=tuple(gap for r in self.results for gap in r.reply_gaps),
            first_dialled_after=(first - self.started_at).total_seconds() if first else None,
        )


@dataclass(frozen=True)
class RunPlan:
    """What ``run_campaign`` needs besides the store."""

    settings: Settings
    model: PreparedModel
    prompt_folders: Sequence[Path]
    prompt_cache: Path
    log_file: Path
    options: RunOptions = RunOptions()  # noqa: RUF009 - frozen


async def run_campaign(
    store: Store,
    campaign: Campaign,
    plan: RunPlan,
    console: Console,
    on_change: Callable[[], None],
) -> RunSummary:
    """Call everybody of the campaign who is due and show it on the console.

    Raises:
        LineError: The trunk is unreachable, refuses or lets no call through.
        RecognizerError: The model cannot be loaded.
    """
    started_at = dt.datetime.now(dt.UTC)
    trunk, lines = plan.settings.trunk, plan.settings.lines
    await asyncio.to_thread(
        qualify_trunk, trunk.host, trunk.port, trunk.transport, trunk.fromuser or "wenhou"
    )
    total = store.progress(campaign.id).total
    watcher = _Watcher(Board(total, lines.lines), on_change, started_at)
    specs = worker_specs(plan, campaign.script)
    script = load_script(campaign.script)
    library, community = prompt_library(specs[0], script), plan.settings.dialog.community
    names = NamePreparation(library, script, community, [each.name for each in store.residents(campaign.id)])
    if notice := voice_notice(library, script, plan.settings):
        console.print(notice, style="yellow", markup=False, soft_wrap=True)
    pool = LinePool(specs)
    try:
        with console.status("正在准备机器人的声音…") as showing:

            def tell(done: int, total: int) -> None:
                showing.update(f"正在准备机器人的声音… 第 {done + 1} 句，共 {total} 句")

            await asyncio.to_thread(prepare_voice, library, script, community, tell)
            await asyncio.to_thread(names.begin)
        with console.status("正在启动线路和语音识别…"):
            await pool.start()
        runner = CampaignRunner(
            store, campaign, pool, lines.lines, plan.settings.calling.rules,
            dial_string=trunk.dial_string,
            fields=lambda resident: prompt_fields(resident, plan.settings),
            observer=watcher,
            options=plan.options,
        )  # fmt: skip
        screen = Screen(watcher.board, lambda: store.progress(campaign.id), console)
        with _stop_on_interrupt(runner, console):
            end = await _run_and_show(runner, screen)
    finally:
        names.stop()
        await pool.close()
    return watcher.summary(end)


async def _run_and_show(runner: CampaignRunner, screen: Screen) -> RunEnd:
    showing = asyncio.create_task(screen.show())
    try:
        return await runner.run()
    finally:
        showing.cancel()
        await asyncio.wait({showing})


@contextlib.contextmanager
def _stop_on_interrupt(runner: CampaignRunner, console: Console) -> Iterator[None]:
    """Ctrl-C once: take leave of everybody; twice: hang up."""

    def interrupted() -> None:
        console.print("正在礼貌地结束通话，已得到的回答都会保存（再按一次 Ctrl-C 立即挂断）…", style="yellow")
        runner.stop()

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, interrupted)
    loop.add_signal_handler(signal.SIGTERM, interrupted)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        loop.remove_signal_handler(signal.SIGTERM)


def worker_specs(plan: RunPlan, script: str) -> list[WorkerSpec]:
    """The worker processes that the lines need."""
    lines = plan.settings.lines
    size = min(lines.lines_per_worker, MAX_LINES_PER_WORKER)
    numbers = list(range(1, lines.lines + 1))
    return [
        WorkerSpec(
            worker=index // size + 1,
            lines=tuple(numbers[index : index + size]),
            settings=plan.settings,
            model=plan.model,
            script=script,
            prompt_folders=tuple(plan.prompt_folders),
            prompt_cache=plan.prompt_cache,
            log_file=plan.log_file,
        )
        for index in range(0, len(numbers), size)
    ]


def prompt_fields(resident: Resident, settings: Settings) -> dict[str, str]:
    """What prompts may say of a resident."""
    return {"name": resident.name, "community": settings.dialog.community}
