"""Everything around a run: the trunk asked, the lines up, the screen on, Ctrl-C, keys and orders heeded."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console

from asr.models import PreparedModel
from campaign.records import CallAttempt, CallResult, Campaign, Disposition, Grade, Resident
from campaign.settings import Settings
from campaign.store import Store
from dialer.keyboard import Keyboard
from dialer.line import MAX_LINES_PER_WORKER
from dialer.prompts.voice import NamePreparation, prepare_voice, voice_notice
from dialer.run.board import Board
from dialer.run.control import KEYS_HELP, Control
from dialer.run.runner import CampaignRunner
from dialer.run.screen import Screen
from dialer.run.terms import RunEnd, RunOptions
from dialer.sip.qualify import qualify_trunk
from dialer.workers.messages import WorkerSpec
from dialer.workers.pool import LinePool, Report
from dialer.workers.prompt_library import prompt_library
from dialogs.loading import load_script


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


class OnChange:
    """Who is told what is new in the store; here: nobody."""

    def changed(self, campaign_id: int) -> None:
        """A call of a campaign has ended."""

    def round_began(self, campaign: Campaign) -> None:
        """A daily campaign has begun anew."""


@dataclass
class _Watcher:
    """Board and figures in one observer; tells ``on_change`` whenever the store has something new."""

    board: Board
    on_change: OnChange
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
        self.on_change.changed(attempt.campaign_id)

    def held_back(self, told: str) -> None:
        self.board.notify(told)

    def round_began(self, campaign: Campaign) -> None:
        self.board.say(f"新的一轮开始：{campaign.name}（任务 {campaign.id}）")
        self.on_change.round_began(campaign)

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
    """What ``run_campaigns`` needs besides the store."""

    settings: Settings
    model: PreparedModel
    prompt_folders: Sequence[Path]
    prompt_cache: Path
    log_file: Path
    options: RunOptions = RunOptions()  # noqa: RUF009 - frozen


async def run_campaigns(
    store: Store, campaigns: Sequence[Campaign], plan: RunPlan, console: Console, on_change: OnChange
) -> RunSummary:
    """Call everybody of the campaigns who is due and show it on the console.

    Raises:
        LineError: The trunk is unreachable, refuses or lets no call through.
        RecognizerError: The model cannot be loaded.
    """
    started_at = dt.datetime.now(dt.UTC)
    trunk, lines = plan.settings.trunk, plan.settings.lines
    await asyncio.to_thread(
        qualify_trunk, trunk.host, trunk.port, trunk.transport, trunk.fromuser or "wenhou"
    )
    scripts = tuple(dict.fromkeys(campaign.script for campaign in campaigns))
    total = sum(store.progress(campaign.id).total for campaign in campaigns)
    watcher = _Watcher(Board(total, lines.lines), on_change, started_at)
    supply = _Lines(plan, scripts, names_of(store, campaigns), lines.lines)
    names: list[NamePreparation] = []
    try:
        for script in scripts:
            people = names_of(store, [each for each in campaigns if each.script == script])
            names.append(await _voice_of(replace(supply.first, script=script), people, console))
        with console.status("正在启动线路和语音识别…"):
            await supply.pool.start()
        runner = CampaignRunner(
            store, campaigns, supply.pool, lines.lines, plan.settings.calling.rules,
            dial_string=trunk.dial_string,
            fields=lambda resident: prompt_fields(resident, plan.settings),
            observer=watcher,
            options=plan.options,
        )  # fmt: skip
        screen = Screen(watcher.board, runner.agenda.whole_progress, console)
        with _stop_on_interrupt(runner, console):
            end = await _run_and_show(runner, screen, store, supply, watcher.board)
    finally:
        for preparation in names:
            preparation.stop()
        await supply.pool.close()
    return watcher.summary(end)


def names_of(store: Store, campaigns: Iterable[Campaign]) -> tuple[str, ...]:
    """Those of all residents, in the order of the lists."""
    return tuple(resident.name for each in campaigns for resident in store.residents(each.id))


async def _voice_of(spec: WorkerSpec, people: Sequence[str], console: Console) -> NamePreparation:
    """Make the voice of one script ready; the names go on being made in the background."""
    script, community = load_script(spec.script), spec.settings.dialog.community
    library = prompt_library(spec, script)
    names = NamePreparation(library, script, community, people)
    if notice := voice_notice(library, script, spec.settings):
        console.print(notice, style="yellow", markup=False, soft_wrap=True)
    with console.status("正在准备机器人的声音…") as showing:

        def tell(done: int, total: int) -> None:
            showing.update(f"正在准备机器人的声音… 第 {done + 1} 句，共 {total} 句")

        await asyncio.to_thread(prepare_voice, library, script, community, tell)
        await asyncio.to_thread(names.begin)
    return names


async def _run_and_show(
    runner: CampaignRunner, screen: Screen, store: Store, supply: _Lines, board: Board
) -> RunEnd:
    """The run itself, beside it the screen, and what people ask of it."""
    run_id = store.begin_run(dt.datetime.now(dt.UTC), runner.line_count)
    control = Control(store, run_id, runner, supply, board.say, board.set_lines)
    with contextlib.ExitStack() as stack:
        beside = [screen.show(), control.heed_orders()]
        if (keyboard := Keyboard()).is_ours:
            board.keys = KEYS_HELP
            beside.append(control.heed_keys(stack.enter_context(keyboard)))
        tasks = {asyncio.create_task(each) for each in beside}
        try:
            return await runner.run()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            await control.close()
            store.end_run(run_id, dt.datetime.now(dt.UTC))


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


class _Lines:
    """The pool, and more lines for it when they are wanted: always whole workers."""

    def __init__(self, plan: RunPlan, scripts: Sequence[str], names: tuple[str, ...], count: int) -> None:
        self._plan = plan
        specs = worker_specs(plan, scripts[0], count, others=scripts[1:], names=names)
        self.first = specs[0]
        self.pool = LinePool(specs)
        self._count, self._workers = count, len(specs)

    @property
    def count(self) -> int:
        return self._count

    async def ensure(self, count: int) -> None:
        """See ``dialer.run.control.LineSupply``."""
        size = min(self._plan.settings.lines.lines_per_worker, MAX_LINES_PER_WORKER)
        while self._count < count:
            numbers = tuple(range(self._count + 1, self._count + size + 1))
            await self.pool.add([replace(self.first, worker=self._workers + 1, lines=numbers)])
            self._count, self._workers = self._count + size, self._workers + 1


def worker_specs(
    plan: RunPlan, script: str, count: int, *, others: Sequence[str] = (), names: tuple[str, ...] = ()
) -> list[WorkerSpec]:
    """The worker processes that so many lines need."""
    size = min(plan.settings.lines.lines_per_worker, MAX_LINES_PER_WORKER)
    numbers = list(range(1, count + 1))
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
            other_scripts=tuple(others),
            names=names,
        )
        for index in range(0, len(numbers), size)
    ]


def prompt_fields(resident: Resident, settings: Settings) -> dict[str, str]:
    """What prompts may say of a resident."""
    return {"name": resident.name, "community": settings.dialog.community}
