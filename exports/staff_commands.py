"""``wenhou followup``, ``dnc`` and ``calls``: their arguments, and what each of them opens."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console

from campaign.records import Campaign
from campaign.settings import Settings, load_settings
from campaign.store import Store
from dialogs.authoring.versions_used import used_folder, used_script
from exports import dnc_command
from exports.calls_command import show_calls
from exports.followup import command as followup_command
from exports.followup.desk import Desk
from exports.followup.returned_sheets import import_sheets
from exports.followup.sheets import export_sheets
from exports.review.command import ReviewCommands

Subparsers = Any
"""``argparse._SubParsersAction[argparse.ArgumentParser]``, which has no public name."""
Act = Callable[[argparse.Namespace], int]


class StaffCommands:
    """Adds the commands to a parser; everything is printed on one console."""

    def __init__(self, console: Console, now: Callable[[], dt.datetime]) -> None:
        self._console = console
        self._now = now

    def add(self, commands: Subparsers) -> None:
        self._add_calls(commands)
        self._add_dnc(commands)
        self._add_follow_up(commands)
        ReviewCommands(self._console, self._now).add(commands)

    # --- calls ----------------------------------------------------------------------------------------

    def _add_calls(self, commands: Subparsers) -> None:
        sub = _command(commands, "calls", "列出每一次拨打：结果、把握、时间、谁挂机、依据")
        sub.add_argument("--json", action="store_true", help="每次拨打一行 JSON")
        sub.set_defaults(command=self._calls)

    def _calls(self, options: argparse.Namespace) -> int:
        with self._opened(options) as (settings, store):
            campaign = _campaign(store, options)
            return show_calls(self._console, store, campaign, settings.calling.zone, as_json=options.json)

    # --- dnc ------------------------------------------------------------------------------------------

    def _add_dnc(self, commands: Subparsers) -> None:
        verbs = _verbs(commands, "dnc", "免打扰名单：哪些号码不再拨打、谁在什么时候加的")
        sub = _verb(verbs, "list", self._dnc_list, "查看免打扰名单")
        sub.add_argument("--all", action="store_true", help="连移除过的也列出来")
        sub = _verb(verbs, "add", self._dnc_add, "加入号码")
        sub.add_argument("numbers", nargs="+", metavar="号码")
        sub.add_argument("--reason", default="", metavar="原因", help="为什么不再拨打")
        _with_by(sub)
        sub = _verb(verbs, "remove", self._dnc_remove, "移出号码（记录保留）")
        sub.add_argument("numbers", nargs="+", metavar="号码")
        _with_by(sub)
        sub = _verb(verbs, "import", self._dnc_import, "从表格或文本文件加入号码，一行一个")
        sub.add_argument("file", type=Path, metavar="文件")
        _with_by(sub)
        sub = _verb(verbs, "export", self._dnc_export, "把免打扰名单写成 csv 文件")
        sub.add_argument("file", type=Path, nargs="?", default=Path("免打扰名单.csv"), metavar="文件")
        _with_by(sub)

    def _dnc_list(self, options: argparse.Namespace) -> int:
        with self._opened(options) as (settings, store):
            zone = settings.calling.zone
            return dnc_command.list_numbers(self._console, store, zone, with_removed=options.all)

    def _dnc_add(self, options: argparse.Namespace) -> int:
        with self._opened(options) as (settings, store):
            area, by = settings.trunk.area_code, _by(options)
            return dnc_command.add_numbers(
                self._console, store, options.numbers, options.reason, by, self._now(), area
            )

    def _dnc_remove(self, options: argparse.Namespace) -> int:
        with self._opened(options) as (settings, store):
            area, by = settings.trunk.area_code, _by(options)
            return dnc_command.remove_numbers(self._console, store, options.numbers, by, self._now(), area)

    def _dnc_import(self, options: argparse.Namespace) -> int:
        with self._opened(options) as (settings, store):
            area, by = settings.trunk.area_code, _by(options)
            return dnc_command.import_numbers(self._console, store, options.file, by, self._now(), area)

    def _dnc_export(self, options: argparse.Namespace) -> int:
        with self._opened(options) as (settings, store):
            zone, by = settings.calling.zone, _by(options)
            return dnc_command.export_numbers(self._console, store, options.file, by, self._now(), zone)

    # --- followup -------------------------------------------------------------------------------------

    def _add_follow_up(self, commands: Subparsers) -> None:
        told = "待人工跟进的居民：查看、分派、领取、登记、交换表格"
        parser = _command(commands, "followup", told)
        parser.set_defaults(command=self._desk(_list), by="", to="", building="", done=False)
        verbs = parser.add_subparsers(title="命令", metavar="命令")
        sub = self._follow_up(verbs, "list", _list, "查看队列（不写命令时就是它）")
        sub.add_argument("--to", default="", metavar="姓名", help="只看分给谁的")
        sub.add_argument("--building", default="", metavar="楼号", help="只看哪一栋")
        sub.add_argument("--done", action="store_true", help="看已经办结的")
        self._follow_up(verbs, "next", lambda desk, options: followup_command.claim_next(desk), "领取下一户")
        sub = self._follow_up(verbs, "assign", _assign, "把队列分给工作人员，各人一样多")
        sub.add_argument("--to", default="", metavar="姓名,姓名", help="分给谁（默认 sip.conf 里的 staff）")
        sub.add_argument("--by-building", action="store_true", help="一栋楼分给同一个人")
        sub.add_argument("--again", action="store_true", help="已经分过、还没人在处理的也重新分")
        sub = self._entry(verbs, "claim", _claim, "领取一户，免得两个人打给同一户")
        sub.add_argument("--release", action="store_true", help="放回队列")
        sub = self._entry(verbs, "note", _note, "给一户记一句话")
        sub.add_argument("text", nargs="+", metavar="话")
        sub = self._entry(verbs, "call", _call, "登记人工打的电话：结果和回答；不写 --result 就一项一项地问")
        sub.add_argument(
            "--result", default="", metavar="结果", help="已完成、无人接听、占线、关机、空号、拒访 …"
        )
        _with_answers(sub)
        sub.add_argument("--number", default="", metavar="号码", help="打的是哪个号码（默认第一个）")
        sub = self._entry(verbs, "done", _done, "不打电话就办结：上门完成、核对完成、无需处理")
        sub.add_argument("--result", default="核对完成", metavar="结果", help="默认 核对完成")
        _with_answers(sub)
        sub = self._entry(verbs, "reopen", _reopen, "重新打开办结了的一户")
        sub.add_argument("--note", default="", metavar="原因")
        sub = self._follow_up(verbs, "export", _export, "给每个人写一份跟进表，填好交回")
        sub.add_argument("--to", default="", metavar="姓名,姓名", help="只写谁的（默认每个人）")
        sub.add_argument("-o", "--output", type=Path, metavar="目录", help="写到哪里（默认结果表的文件夹）")
        sub = self._follow_up(verbs, "import", _import, "读回填好的跟进表")
        sub.add_argument("files", type=Path, nargs="+", metavar="文件")
        sub.add_argument("--dry-run", action="store_true", help="只看会导入什么，不改动")
        sub.add_argument(
            "--overwrite", type=int, nargs="+", default=[], metavar="编号", help="这些编号有冲突时以表为准"
        )

    def _entry(
        self, verbs: Subparsers, name: str, act: Callable[[Desk, argparse.Namespace], int], told: str
    ) -> argparse.ArgumentParser:
        sub = self._follow_up(verbs, name, act, told)
        sub.add_argument("entry", type=int, metavar="编号", help="见 wenhou followup 的第一列")
        return sub

    def _follow_up(
        self, verbs: Subparsers, name: str, act: Callable[[Desk, argparse.Namespace], int], told: str
    ) -> argparse.ArgumentParser:
        sub = _verb(verbs, name, self._desk(act), told)
        sub.add_argument("--campaign", type=int, default=argparse.SUPPRESS, metavar="编号", help="任务编号")
        _with_by(sub)
        return sub

    def _desk(self, act: Callable[[Desk, argparse.Namespace], int]) -> Act:
        """The command that opens the store and does ``act`` at the desk."""

        def command(options: argparse.Namespace) -> int:
            with self._opened(options) as (settings, store):
                campaign = _campaign(store, options)
                script = used_script(campaign, used_folder(settings)).script
                desk = Desk(self._console, store, campaign, settings, script, _by(options), self._now())
                return act(desk, options)

        return command

    @contextmanager
    def _opened(self, options: argparse.Namespace) -> Iterator[tuple[Settings, Store]]:
        settings = load_settings(options.settings)
        with Store.open(Path(settings.store.path)) as store:
            yield settings, store


def _list(desk: Desk, options: argparse.Namespace) -> int:
    return followup_command.list_queue(desk, options.to, options.building, is_closed=options.done)


def _assign(desk: Desk, options: argparse.Namespace) -> int:
    people = _people(options.to)
    return followup_command.assign_queue(desk, people, by_building=options.by_building, again=options.again)


def _claim(desk: Desk, options: argparse.Namespace) -> int:
    act = followup_command.release_entry if options.release else followup_command.claim_entry
    return act(desk, options.entry)


def _note(desk: Desk, options: argparse.Namespace) -> int:
    return followup_command.note_entry(desk, options.entry, " ".join(options.text))


def _call(desk: Desk, options: argparse.Namespace) -> int:
    ask = _ask if sys.stdin.isatty() else None
    return followup_command.record_call(
        desk, options.entry, options.result, options.answers, options.number, options.note, ask
    )


def _done(desk: Desk, options: argparse.Namespace) -> int:
    return followup_command.finish_entry(desk, options.entry, options.result, options.answers, options.note)


def _reopen(desk: Desk, options: argparse.Namespace) -> int:
    return followup_command.reopen_entry(desk, options.entry, options.note)


def _export(desk: Desk, options: argparse.Namespace) -> int:
    folder = options.output or Path(desk.settings.store.workbook).parent
    return export_sheets(desk, folder, _people(options.to))


def _import(desk: Desk, options: argparse.Namespace) -> int:
    return import_sheets(desk, options.files, options.overwrite, is_dry=options.dry_run)


def _ask(question: str) -> str:
    try:
        return input(question)
    except EOFError:
        return ""


def _people(text: str) -> list[str]:
    return [name.strip() for name in text.replace("，", ",").replace("、", ",").split(",") if name.strip()]


def _campaign(store: Store, options: argparse.Namespace) -> Campaign:
    number = getattr(options, "campaign", None)
    return store.campaign(number) if number else store.latest_campaign()


def _by(options: argparse.Namespace) -> str:
    """Who is at the terminal: as told, by the environment, or by the account of this machine."""
    return options.by or os.environ.get("WENHOU_STAFF", "") or getpass.getuser()


def _command(commands: Subparsers, name: str, told: str) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = commands.add_parser(name, help=told, description=told)
    sub.add_argument(
        "-c",
        "--settings",
        type=Path,
        default=Path("sip.conf"),
        metavar="文件",
        help="设置文件（默认 sip.conf）",
    )
    sub.add_argument("--campaign", type=int, metavar="编号", help="任务编号（默认最近导入的）")
    return sub


def _verbs(commands: Subparsers, name: str, told: str) -> Subparsers:
    parser = commands.add_parser(name, help=told, description=told)
    parser.add_argument(
        "-c",
        "--settings",
        type=Path,
        default=Path("sip.conf"),
        metavar="文件",
        help="设置文件（默认 sip.conf）",
    )
    return parser.add_subparsers(title="命令", required=True, metavar="命令")


def _verb(verbs: Subparsers, name: str, act: Act, told: str) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = verbs.add_parser(name, help=told, description=told)
    sub.set_defaults(command=act)
    sub.add_argument(
        "-c",
        "--settings",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="文件",
        help="设置文件（默认 sip.conf）",
    )
    return sub


def _with_by(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--by", default="", metavar="姓名", help="谁在操作（默认 $WENHOU_STAFF，或登录名）")


def _with_answers(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--set",
        dest="answers",
        action="append",
        default=[],
        metavar="项目=回答",
        help="如 体温=36.5；可以写几次",
    )
    sub.add_argument("--note", default="", metavar="备注")
