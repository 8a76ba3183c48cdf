"""Dialling: ``wenhou run``, one campaign or several by priority, until nobody is left or it is stopped."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from campaign.errors import ModelError, StoreError
from campaign.folders import models_folder
from campaign.records import Campaign
from campaign.rounds import CampaignPlan, in_order
from campaign.settings import Settings, load_settings
from campaign.store import RunLock, Store
from commands.arguments import Subparsers, command, whole, with_settings
from commands.common import INTERRUPTED, console, log_to, now, prepared_model
from dialer.run.campaign_run import OnChange, RunPlan, RunSummary, names_of, run_campaigns
from dialer.run.runner import RunEnd, RunOptions
from dialer.run.terms import MOST_LINES
from dialer.workers.messages import Preload
from dialer.workers.pool import preload_workers
from dialogs.authoring.versions_used import UsedScript, used_folder, used_script
from dialogs.recordings.beside import recordings_beside
from exports.terminal import print_outcomes
from exports.workbook.keeper import WorkbookKeeper

_MOST_TOLD = 5


def add_run_command(commands: Subparsers) -> None:
    sub = with_settings(command(commands, "run", run, "开始或继续拨打"))
    sub.add_argument(
        "--campaign", type=int, nargs="+", action="extend", metavar="编号",
        help="任务编号（默认最近导入的）；可以写几个，按优先级一起打",
    )  # fmt: skip
    sub.add_argument("--all", action="store_true", help="没打完的任务都打，按优先级（wenhou priority）")
    sub.add_argument("--lines", type=whole(1, MOST_LINES), metavar="路数", help="同时拨打的路数")
    sub.add_argument("--no-wait", action="store_true", help="不等重拨时间，打完当前能打的就结束")
    sub.add_argument("--trust-clock", action="store_true", help="时钟校准过了，上次拨出的时间记错了也照打")


def run(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    if options.lines:
        settings = settings.replace(lines={"lines": options.lines})
    how = RunOptions(waits_for_retries=not options.no_wait, trusts_clock=options.trust_clock)
    return run_to_end(settings, options.campaign, how, is_all=options.all)[1]


def run_to_end(
    settings: Settings,
    wanted: Sequence[int] | None,
    options: RunOptions,
    prompt_folders: Sequence[Path] = (),
    settings_option: str = "",
    *,
    is_all: bool = False,
) -> tuple[RunSummary, int]:
    """Run campaigns to their end or to Ctrl-C; the exit code tells which.

    Args:
        settings: Of the office.
        wanted: The campaigns' numbers; None: the newest.
        options: What the run may do.
        prompt_folders: Recordings that come before those of the scripts.
        settings_option: How a command that is recommended names the settings file.
        is_all: Every campaign that is not done.
    """
    path = Path(settings.store.path)
    with RunLock(path), Store.open(path) as store:
        log_to(path.parent / "wenhou.log")
        used = [(each, _script_of(each, settings)) for each in chosen(store, wanted, is_all=is_all)]
        folders = [folder for each, script in used for folder in _recordings(each, script)]
        campaigns = [replace(each, script=script.name_or_path) for each, script in used]
        today, names = now().astimezone(settings.calling.zone).date(), names_of(store, campaigns)
        preload_workers(Preload(campaigns[0].script, today, _vosk_model_at_hand(settings), names))
        store.recover(now())
        folder = path.parent
        plan = RunPlan(
            settings, prepared_model(settings), (*prompt_folders, *folders), folder / "prompts",
            folder / "wenhou.log",
            replace(
                options,
                calls_per_second=settings.lines.calls_per_second,
                breaker=settings.lines.breaker_rules,
                keeps_recordings=settings.store.record_calls,
            ),
        )  # fmt: skip
        sheets = _Sheets(store, settings, used)
        try:
            summary = asyncio.run(_run_keeping_sheets(store, campaigns, plan, sheets))
        finally:
            written = sheets.write()
        print_outcomes(console, summary.outcomes, summary.grades)
        if summary.talk_seconds:
            mean = sum(summary.talk_seconds) / len(summary.talk_seconds)
            console.print(f"平均通话：{mean:.0f} 秒")
        for told in written:
            console.print(told, soft_wrap=True, markup=False)
        return summary, _tell_end(store, sheets.campaigns, summary.end, settings_option)


def _vosk_model_at_hand(settings: Settings) -> str:
    """The folder of Vosk's model that will be used, if it need not be fetched first; else empty."""
    from asr.models import find  # only for those who listen

    try:
        found = find(settings.asr.engine, settings.asr.model, models_folder())
    except ModelError:
        return ""  # told when it is prepared
    return found.vosk_folder if found is not None else ""


# --- which campaigns ------------------------------------------------------------------------------------


def chosen(store: Store, wanted: Sequence[int] | None, *, is_all: bool = False) -> list[Campaign]:
    """The campaigns of a run, the first to be dialled first.

    Whoever names a campaign that is paused wants it to go on; whoever names a round that is over means the
    round of today.

    Raises:
        StoreError: ``no_campaign``; ``nothing_to_dial``: everything is done.
    """
    newest = store.latest_campaign().id  # says what to do where there is none
    plans = _unfinished(store) if is_all else _named(store, wanted or [newest])
    if not plans:
        raise StoreError("nothing_to_dial", "没有要打的任务：导入的名单都打完了。")
    if len(plans) > 1:
        console.print("一起拨打，先打前面的：")
    campaigns = [store.campaign(plan.campaign_id) for plan in in_order(plans)]
    for campaign in campaigns if len(plans) > 1 else ():
        plan = next(plan for plan in plans if plan.campaign_id == campaign.id)
        paused = "（已暂停，不拨打）" if plan.is_paused else ""
        console.print(f"  任务 {campaign.id} {campaign.name}{paused}", markup=False)
    if wanted is None and not is_all:
        _tell_others(store, campaigns[0])
    return campaigns


def _unfinished(store: Store) -> list[CampaignPlan]:
    return [p for p in store.plans() if not p.is_closed and (p.is_daily or has_left(store, p.campaign_id))]


def has_left(store: Store, campaign_id: int) -> bool:
    progress = store.progress(campaign_id)
    return bool(progress.pending or progress.waiting or progress.in_call)


def _named(store: Store, numbers: Sequence[int]) -> list[CampaignPlan]:
    plans = {}
    for number in dict.fromkeys(numbers):
        plan = store.newest_round(number)
        if plan.campaign_id != number:
            console.print(f"任务 {number} 现在是第 {plan.round} 轮（任务 {plan.campaign_id}）。")
        if plan.is_paused:
            store.set_paused(plan.campaign_id, None)
            console.print(f"任务 {plan.campaign_id} 原来暂停着，现在继续。", style="cyan")
            plan = replace(plan, is_paused=False)
        plans[plan.campaign_id] = plan
    return list(plans.values())


def _tell_others(store: Store, campaign: Campaign) -> None:
    """Whoever runs the newest campaign may not know of earlier ones that are not done."""
    others = [
        str(p.campaign_id) for p in _unfinished(store) if p.campaign_id != campaign.id and not p.is_paused
    ]
    if others:
        more = " 等" if len(others) > _MOST_TOLD else ""
        told = f"任务 {'、'.join(others[:_MOST_TOLD])}{more} 也没打完；wenhou run --all 按优先级一起打。"
        console.print(told, style="cyan")


def _script_of(campaign: Campaign, settings: Settings) -> UsedScript:
    used = used_script(campaign, used_folder(settings))
    for notice in used.notices:
        console.print(notice, style="yellow", markup=False)
    return used


def _recordings(campaign: Campaign, used: UsedScript) -> tuple[Path, ...]:
    return recordings_beside(campaign.script, used.script.name)


# --- sheets ---------------------------------------------------------------------------------------------


def with_workbook_of(settings: Settings, plan: CampaignPlan, *, is_alone: bool = True) -> Settings:
    """The settings with a workbook for one campaign: rounds and campaigns that are called together have
    sheets of their own, so that none is written over another."""
    path = Path(settings.store.workbook)
    if plan.is_daily or plan.round > 1:
        name = f"{path.stem}-任务{plan.series}-第{plan.round}轮"
    elif is_alone:
        return settings
    else:
        name = f"{path.stem}-任务{plan.campaign_id}"
    return settings.replace(store={"workbook": str(path.with_name(f"{name}{path.suffix}"))})


class _Sheets(OnChange):
    """The workbook of every campaign of a run."""

    def __init__(self, store: Store, settings: Settings, used: Sequence[tuple[Campaign, UsedScript]]) -> None:
        self._store, self._settings = store, settings
        self._is_alone = len(used) == 1
        self._scripts = {script.name_or_path: script for _, script in used}
        self._keepers: dict[int, WorkbookKeeper] = {}
        self._keeping: set[asyncio.Task[None]] = set()
        self.campaigns: list[Campaign] = []
        for campaign, script in used:
            self._add(replace(campaign, script=script.name_or_path))

    def _add(self, campaign: Campaign) -> WorkbookKeeper:
        settings = with_workbook_of(self._settings, self._store.plan(campaign.id), is_alone=self._is_alone)
        keeper = WorkbookKeeper(self._store, campaign, settings, self._scripts[campaign.script].script)
        self._keepers[campaign.id] = keeper
        self.campaigns.append(campaign)
        return keeper

    def changed(self, campaign_id: int) -> None:
        self._keepers[campaign_id].changed()

    def round_began(self, campaign: Campaign) -> None:
        self._keep(self._add(campaign))

    def begin(self) -> None:
        for keeper in list(self._keepers.values()):
            self._keep(keeper)

    def _keep(self, keeper: WorkbookKeeper) -> None:
        self._keeping.add(asyncio.get_running_loop().create_task(keeper.keep()))

    async def end(self) -> None:
        for task in self._keeping:
            task.cancel()
        await asyncio.wait(self._keeping)

    def write(self) -> list[str]:
        """Write all of them now; returns where they are, and what is to be said of them."""
        written = [keeper.write(now()) for keeper in self._keepers.values()]
        notices = [each.notice for each in written if each.notice]
        return [*notices, *(f"结果表：{each.path}" for each in written)]


async def _run_keeping_sheets(
    store: Store, campaigns: Sequence[Campaign], plan: RunPlan, sheets: _Sheets
) -> RunSummary:
    sheets.begin()
    try:
        return await run_campaigns(store, campaigns, plan, console, sheets)
    finally:
        await sheets.end()


# --- the end --------------------------------------------------------------------------------------------


def _tell_end(store: Store, campaigns: Sequence[Campaign], end: RunEnd, settings_option: str) -> int:
    progress = {each.id: store.progress(each.id) for each in campaigns if not store.plan(each.id).is_closed}
    left = sum(each.pending + each.waiting for each in progress.values())
    for campaign_id, each in progress.items():
        if each.follow_up:
            which = f" --campaign {campaign_id}" if len(progress) > 1 else ""
            told = f"待人工跟进：{each.follow_up} 户（wenhou followup{which}{settings_option} 查看）"
            console.print(told)
    if end is RunEnd.STOPPED:
        console.print(f"已停止，还有 {left} 户没打完；再运行同一命令会接着打。", style="yellow")
        return INTERRUPTED
    if left:
        console.print(f"还有 {left} 户待重拨；到时间再运行 wenhou run。", style="cyan")
    return 0
