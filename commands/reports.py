"""What is made of a campaign besides its workbook: report, households, files for other programs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from campaign.errors import ExportError
from campaign.records import Campaign
from campaign.settings import Settings, load_settings
from campaign.store import Store
from commands.arguments import Subparsers, command, with_campaign, with_settings
from commands.common import chosen_campaign, console, now
from commands.who import who, with_by
from exports.records.command import RecordFiles, show_fields, write_records
from exports.records.households_command import HouseholdView, show_households
from exports.report.cells import LEAST
from exports.report.command import (
    Office,
    campaign_figures,
    read_figures,
    same_script,
    write_figures,
    write_page,
)
from exports.report.figures import Figures


def add_report_commands(commands: Subparsers) -> None:
    told = "写一页网页报告：图表和表格，没有姓名和号码，可以打印、手机上看"
    sub = with_by(with_settings(command(commands, "report", report, told)))
    sub.add_argument("-o", "--output", type=Path, metavar="文件", help="网页的文件名（默认在结果表旁边）")
    sub.add_argument(
        "--campaign", type=int, nargs="+", metavar="编号",
        help="哪些任务，几个就按日期比较（默认最近的，和以前同一话术的比较）",
    )  # fmt: skip
    sub.add_argument("--code", default="", metavar="编码", help="本社区的编码，如 12 位统计用区划代码")
    sub.add_argument(
        "--community", default="", metavar="名称", help="社区名称（默认 sip.conf 里的 community）"
    )
    sub.add_argument(
        "--figures", type=Path, metavar="文件", help="另写一份汇总数据（JSON，没有姓名），交给街道合并"
    )
    sub.add_argument(
        "--from", dest="sources", type=Path, nargs="+", default=[], metavar="文件",
        help="合并各社区交来的汇总数据；只合并时不需要 sip.conf",
    )  # fmt: skip
    sub.add_argument(
        "--least", type=_least, default=LEAST, metavar="户数",
        help=f"少于几户的数不列，免得认出是谁（默认 {LEAST}，1 表示全列）",
    )  # fmt: skip
    told = "看哪些居民同住一户，各楼按同住人数排名"
    sub = with_by(with_campaign(with_settings(command(commands, "households", households, told))))
    sub.add_argument(
        "--least", type=_least, default=LEAST, metavar="户数", help=f"答了的至少几户才排名（默认 {LEAST}）"
    )
    sub.add_argument("--masked", action="store_true", help="遮盖姓名和房号")
    sub.add_argument("--csv", type=Path, metavar="文件", help="另写成 csv 文件")


def add_export_arguments(sub: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """What ``wenhou export`` writes in place of the workbook."""
    for name, what in (("csv", "csv（UTF-8 带 BOM，Excel 直接打开）"), ("json", "JSON，给别的程序")):
        sub.add_argument(f"--{name}", type=Path, nargs="?", const=Path(), metavar="文件", help=f"写成 {what}")
    sub.add_argument("--mapping", type=Path, metavar="文件", help="按这个文件写的“目标列 = 字段”写成 csv")
    sub.add_argument(
        "--encoding", choices=("utf-8-sig", "utf-8", "gb18030"), default="utf-8-sig",
        help="--mapping 的 csv 用什么编码（默认 utf-8-sig）",
    )  # fmt: skip
    sub.add_argument(
        "--masked", action="store_true", help="遮盖姓名、号码、房号：张*、138****8000；不含原话和录音"
    )
    sub.add_argument("--fields", action="store_true", help="列出全部字段和它们的意思")
    return with_by(sub)


def wants_records(options: argparse.Namespace) -> bool:
    """Whether ``wenhou export`` is to write something else than the workbook."""
    return bool(options.fields) or not _record_files(options).is_empty


def export_records(options: argparse.Namespace) -> int:
    with opened(options) as office:
        campaign = chosen_campaign(office.store, options.campaign)
        if options.fields:
            return show_fields(console, office, campaign)
        return write_records(console, office, campaign, _record_files(options))


def log_workbook(
    options: argparse.Namespace, store: Store, settings: Settings, campaign: Campaign, path: Path
) -> None:
    """Put on record that somebody had the workbook written."""
    office = Office(store, settings, now(), who(options))
    people = store.progress(campaign.id).total
    office.log("导出结果表", people, path, campaign_id=campaign.id, is_masked=options.masked)


def _record_files(options: argparse.Namespace) -> RecordFiles:
    return RecordFiles(
        options.csv, options.json, options.mapping, options.output, options.encoding, options.masked
    )


def report(options: argparse.Namespace) -> int:
    history = read_figures(options.sources)
    is_alone = bool(history) and options.campaign is None and not options.settings.exists()
    if is_alone:
        return _write_report(options, history, Settings(), None)
    with opened(options) as office:
        if not history or options.campaign is not None:
            chosen = _campaigns(office.store, options.campaign)
            history += [campaign_figures(office, one, options.code, options.community) for one in chosen]
        return _write_report(options, history, office.settings, office)


def _campaigns(store: Store, ids: Sequence[int] | None) -> list[Campaign]:
    if ids:
        return [store.campaign(one) for one in ids]
    return same_script(store.campaigns(), store.latest_campaign())


def _write_report(
    options: argparse.Namespace, history: list[Figures], settings: Settings, office: Office | None
) -> int:
    if not any(figures.total for figures in history):
        raise ExportError("nothing_to_report", "没有可以汇总的住户。")
    beside = Path(settings.store.workbook) if office else Path("报告")
    path = options.output or beside.with_name(f"{beside.stem}{'-报告' if office else ''}.html")
    write_page(path, history, options.least, now().astimezone(settings.calling.zone))
    people = sum(figures.total for figures in history)
    if options.figures:
        write_figures(options.figures, history, options.least)
    if office:
        office.log("写报告（合计数）", people, path.absolute(), is_masked=True)
    compared = f"，比较 {len(history)} 次任务" if len(history) > 1 else ""
    console.print(f"报告：{path}（{people} 户{compared}；用浏览器打开）", markup=False, soft_wrap=True)
    if options.figures:
        console.print(f"汇总数据：{options.figures}", markup=False, soft_wrap=True)
    return 0


def households(options: argparse.Namespace) -> int:
    with opened(options) as office:
        campaign = chosen_campaign(office.store, options.campaign)
        view = HouseholdView(options.least, options.masked, options.csv)
        return show_households(console, office, campaign, view)


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Office]:
    """The office of a command's settings."""
    settings = load_settings(options.settings)
    with Store.open(Path(settings.store.path)) as store:
        yield Office(store, settings, now(), who(options))


def _least(written: str) -> int:
    if not written.isdigit() or not 1 <= int(written) <= 1000:
        raise argparse.ArgumentTypeError(f"要写 1 到 1000 的整数，不能是“{written}”")
    return int(written)
