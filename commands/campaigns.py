"""A campaign from its list to its sheet: import, status, export, timeline; ``commands.run`` dials."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from campaign.settings import Settings, load_settings
from campaign.store import Store
from campaign.timeline import timeline
from commands.arguments import (
    Subparsers,
    command,
    with_campaign,
    with_settings,
)
from commands.common import (
    chosen_campaign,
    console,
    now,
)
from commands.control import tell_plans
from commands.reports import add_export_arguments, export_records, log_workbook, wants_records
from commands.run import with_workbook_of
from dialogs.authoring.versions_used import keep, used_folder, used_script
from exports.import_command import add_import_arguments, import_request
from exports.import_command import import_list as run_import
from exports.records.command import masked_name
from exports.response import response_rate
from exports.terminal import (
    print_response_rates,
    print_status,
)
from exports.workbook.keeper import WorkbookKeeper


def add_campaign_commands(commands: Subparsers) -> None:
    told = "导入居民名单：.xlsx、.xls、.csv，或粘贴的文字"
    sub = with_settings(command(commands, "import", import_list, told))
    sub.add_argument("--daily", action="store_true", help="每天打一遍：每天第一个拨打时段开始新的一轮")
    add_import_arguments(sub)

    with_settings(command(commands, "status", status, "查看各任务的进度"))
    sub = with_campaign(with_settings(command(commands, "export", export, "重新生成结果表")))
    add_export_arguments(sub)
    sub.add_argument("-o", "--output", type=Path, metavar="文件", help="结果表的文件名")
    sub = with_settings(command(commands, "timeline", show_timeline, "查看一次通话的经过"))
    sub.add_argument("attempt", type=int, metavar="通话编号")


def import_list(options: argparse.Namespace) -> int:
    needs_settings = not options.dry_run or options.settings.exists()
    settings = load_settings(options.settings) if needs_settings else Settings()
    at = now()
    keep_script = partial(keep, settings.dialog.script, used_folder(settings), at)
    before = _latest_id(settings)
    code = run_import(console, import_request(options), settings, at, keep_script)
    if options.daily and not options.dry_run and (new := _latest_id(settings)) != before:
        with Store.open(Path(settings.store.path)) as store:
            store.set_daily(new, is_daily=True)
        console.print("这份名单每天打一遍：wenhou run 开着不关，每天到拨打时段自动开始新的一轮。")
    return code


def _latest_id(settings: Settings) -> int:
    """Of the campaign imported last; 0: there is none."""
    path = Path(settings.store.path)
    if not path.exists():
        return 0
    with Store.open(path) as store:
        return max((campaign.id for campaign in store.campaigns()), default=0)


def status(options: argparse.Namespace) -> int:
    settings = load_settings(options.settings)
    with Store.open(Path(settings.store.path)) as store:
        campaigns = store.campaigns()
        if not campaigns:
            store.latest_campaign()  # says what to do
        told = [(campaign, store.progress(campaign.id)) for campaign in campaigns]
        print_status(console, told, settings.calling.zone)
        tell_plans(store, Path(settings.store.path))
        rates = [(campaign, response_rate(store.standings(campaign.id))) for campaign in campaigns]
        print_response_rates(console, rates)
    return 0


def export(options: argparse.Namespace) -> int:
    if wants_records(options):
        return export_records(options)
    settings = load_settings(options.settings)
    if options.output:
        settings = settings.replace(store={"workbook": str(options.output)})
    with Store.open(Path(settings.store.path)) as store:
        campaign = chosen_campaign(store, options.campaign)
        script = used_script(campaign, used_folder(settings)).script
        if not options.output:
            settings = with_workbook_of(settings, store.plan(campaign.id))
        if options.masked and not options.output:
            settings = settings.replace(store={"workbook": str(masked_name(Path(settings.store.workbook)))})
        written = WorkbookKeeper(store, campaign, settings, script).write(now(), is_masked=options.masked)
        log_workbook(options, store, settings, campaign, written.path)
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
