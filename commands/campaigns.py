"""A campaign from its list to its sheet: import, run, status, export, timeline."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from campaign.records import Campaign
from campaign.settings import Settings, load_settings
from campaign.store import RunLock, Store
from campaign.timeline import timeline
from commands.arguments import (
    Subparsers,
    command,
    with_campaign,
    with_settings,
)
from commands.common import (
    INTERRUPTED,
    chosen_campaign,
    console,
    log_to,
    now,
    prepared_model,
)
from dialer.campaign_run import RunPlan, RunSummary, run_campaign
from dialer.pool import preload_workers
from dialer.runner import RunEnd, RunOptions
from dialogs.authoring.versions_used import keep, used_folder, used_script
from dialogs.beside import recordings_beside
from exports.import_command import add_import_arguments, import_request
from exports.import_command import import_list as run_import
from exports.keeper import WorkbookKeeper
from exports.response import response_rate
from exports.terminal import (
    print_outcomes,
    print_response_rates,
    print_status,
)


def add_campaign_commands(commands: Subparsers) -> None:
    told = "导入居民名单：.xlsx、.xls、.csv，或粘贴的文字"
    add_import_arguments(with_settings(command(commands, "import", import_list, told)))

    sub = with_campaign(with_settings(command(commands, "run", run, "开始或继续拨打")))
    sub.add_argument("--lines", type=int, choices=range(1, 201), metavar="路数", help="同时拨打的路数")
    sub.add_argument("--no-wait", action="store_true", help="不等重拨时间，打完当前能打的就结束")
    sub.add_argument("--trust-clock", action="store_true", help="时钟校准过了，上次拨出的时间记错了也照打")

    with_settings(command(commands, "status", status, "查看各任务的进度"))
    sub = with_campaign(with_settings(command(commands, "export", export, "重新生成结果表")))
    sub.add_argument("-o", "--output", type=Path, metavar="文件", help="结果表的文件名")
    sub = with_settings(command(commands, "timeline", show_timeline, "查看一次通话的经过"))
    sub.add_argument("attempt", type=int, metavar="通话编号")


def import_list(options: argparse.Namespace) -> int:
    needs_settings = not options.dry_run or options.settings.exists()
    settings = load_settings(options.settings) if needs_settings else Settings()
    at = now()
    keep_script = partial(keep, settings.dialog.script, used_folder(settings), at)
    return run_import(console, import_request(options), settings, at, keep_script)


def run(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    if options.lines:
        settings = settings.replace(lines={"lines": options.lines})
    how = RunOptions(waits_for_retries=not options.no_wait, trusts_clock=options.trust_clock)
    return run_to_end(settings, options.campaign, how)[1]


def run_to_end(
    settings: Settings,
    campaign_id: int | None,
    options: RunOptions,
    prompt_folders: Sequence[Path] = (),
    settings_option: str = "",
) -> tuple[RunSummary, int]:
    """Run a campaign to its end or to Ctrl-C; the exit code tells which."""
    path = Path(settings.store.path)
    with RunLock(path), Store.open(path) as store:
        campaign = chosen_campaign(store, campaign_id)
        log_to(path.parent / "wenhou.log")
        used = used_script(campaign, used_folder(settings))
        for notice in used.notices:
            console.print(notice, style="yellow", markup=False)
        prompt_folders = (*prompt_folders, *recordings_beside(campaign.script, used.script.name))
        campaign = replace(campaign, script=used.name_or_path)
        preload_workers(campaign.script)
        store.recover(now())
        folder = path.parent
        plan = RunPlan(
            settings, prepared_model(settings), prompt_folders, folder / "prompts", folder / "wenhou.log",
            replace(
                options,
                calls_per_second=settings.lines.calls_per_second,
                breaker=settings.lines.breaker_rules,
                keeps_recordings=settings.store.record_calls,
            ),
        )  # fmt: skip
        keeper = WorkbookKeeper(store, campaign, settings, used.script)
        try:
            summary = asyncio.run(_run_keeping_workbook(store, campaign, plan, keeper))
        finally:
            written = keeper.write(now())
        print_outcomes(console, summary.outcomes, summary.grades)
        if summary.talk_seconds:
            mean = sum(summary.talk_seconds) / len(summary.talk_seconds)
            console.print(f"平均通话：{mean:.0f} 秒")
        if written.notice:
            console.print(written.notice, style="yellow")
        console.print(f"结果表：{written.path}", soft_wrap=True)
        return summary, _tell_end(store, campaign, summary.end, settings_option)


async def _run_keeping_workbook(
    store: Store, campaign: Campaign, plan: RunPlan, keeper: WorkbookKeeper
) -> RunSummary:
    keeping = asyncio.create_task(keeper.keep())
    try:
        return await run_campaign(store, campaign, plan, console, keeper.changed)
    finally:
        keeping.cancel()
        await asyncio.wait({keeping})


def _tell_end(store: Store, campaign: Campaign, end: RunEnd, settings_option: str) -> int:
    progress = store.progress(campaign.id)
    left = progress.pending + progress.waiting
    if progress.follow_up:
        console.print(f"待人工跟进：{progress.follow_up} 户（wenhou followup{settings_option} 查看）")
    if end is RunEnd.STOPPED:
        console.print(f"已停止，还有 {left} 户没打完；再运行同一命令会接着打。", style="yellow")
        return INTERRUPTED
    if left:
        console.print(f"还有 {left} 户待重拨；到时间再运行 wenhou run。", style="cyan")
    return 0


def status(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    with Store.open(Path(settings.store.path)) as store:
        campaigns = store.campaigns()
        if not campaigns:
            store.latest_campaign()  # says what to do
        told = [(campaign, store.progress(campaign.id)) for campaign in campaigns]
        print_status(console, told, settings.calling.zone)
        rates = [(campaign, response_rate(store.standings(campaign.id))) for campaign in campaigns]
        print_response_rates(console, rates)
    return 0


def export(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    if options.output:
        settings = settings.replace(store={"workbook": str(options.output)})
    with Store.open(Path(settings.store.path)) as store:
        campaign = chosen_campaign(store, options.campaign)
        script = used_script(campaign, used_folder(settings)).script
        written = WorkbookKeeper(store, campaign, settings, script).write(now())
    console.print(f"话术：{script.title}（{script.name}，版本 {campaign.script_version}）", markup=False)
    if written.notice:
        console.print(written.notice, style="yellow")
    console.print(f"结果表：{written.path}", soft_wrap=True)
    return 0


def show_timeline(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    with Store.open(Path(settings.store.path)) as store:
        attempt = store.attempt(options.attempt)
        residents = {resident.id: resident for resident in store.residents(attempt.campaign_id)}
        lines = timeline(
            attempt, residents[attempt.resident_id], store.events(attempt.id), store.turns(attempt.id)
        )
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)
    return 0
