"""``wenhou review``: sheets that staff corrected are read back, calls are drawn to be listened to."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from campaign.corrections import GRADE, REMARK, Correction, Known, slot_of_field
from campaign.errors import EXIT_BAD_INPUT, ListError
from campaign.records import Campaign, Disposition, Grade
from campaign.settings import Settings, load_settings
from campaign.staff_work import CHECKED, StaffWork, staff_result
from campaign.store import ResidentStanding, Store
from dialogs.authoring.versions_used import used_folder, used_script
from dialogs.script import Script
from exports.review.handed_out import SAMPLE, text_of
from exports.review.listening_command import draw_sample, take_sample
from exports.review.returned import Returned, read_returned
from exports.review.review import Outcome, Reviewer, judge
from exports.workbook.columns import TO_CHECK
from exports.workbook.keeper import slot_columns
from exports.workbook.result_sheets import GRADE_TITLE, REMARK_TITLE
from exports.workbook.work_sheets import DONE, ENTRY, PERSON, QUEUE

_SETTINGS: dict[str, Any] = {"type": Path, "metavar": "文件", "help": "设置文件（默认 sip.conf）"}
_MOST_LINES = 200
"""Of each kind that are printed; nobody reads more in a terminal."""


@dataclass(frozen=True)
class ReviewTable:
    """One campaign before somebody who reviews it."""

    console: Console
    store: Store
    campaign: Campaign
    settings: Settings
    script: Script
    now: dt.datetime

    @property
    def zone(self) -> dt.tzinfo:
        return self.settings.calling.zone


Act = Callable[[ReviewTable, argparse.Namespace], int]


class ReviewCommands:
    """Adds the commands to a parser; everything is printed on one console."""

    def __init__(self, console: Console, now: Callable[[], dt.datetime]) -> None:
        self._console = console
        self._now = now

    def add(self, commands: Any) -> None:
        told = "复核：读回改过的结果表，抽查录音，查看谁改了什么"
        parser = commands.add_parser("review", help=told, description=told)
        parser.add_argument("-c", "--settings", default=Path("sip.conf"), **_SETTINGS)
        verbs = parser.add_subparsers(title="命令", required=True, metavar="命令")
        sub = self._verb(verbs, "import", _import, "读回改过的结果表或听过的抽查表")
        sub.add_argument("files", type=Path, nargs="+", metavar="文件")
        sub.add_argument(
            "--reviewer", default="", metavar="姓名", help="谁改的（默认文件里的保存人，再没有就用登录名）"
        )
        sub.add_argument("--dry-run", action="store_true", help="只看会改什么，不改动")
        sub.add_argument(
            "--overwrite", nargs="+", default=[], metavar="格子", help="这些格子有冲突时以表为准，如 H12"
        )
        sub = self._verb(verbs, "sample", _sample, "抽一些通话请人听，算出机器人听得准不准")
        sub.add_argument("share", metavar="比例", help="抽多少：5%%，或通数如 40")
        sub.add_argument("-o", "--output", type=Path, metavar="文件", help="默认结果表旁边的 抽查-日期.xlsx")
        sub.add_argument("--seed", type=int, default=0, metavar="数", help="换一个数，抽到别的通话")
        sub.add_argument(
            "--by", default="", metavar="姓名", help="谁在抽，记在访问记录里（默认 $WENHOU_STAFF，或登录名）"
        )
        sub = self._verb(verbs, "log", _log, "查看改动记录：谁、什么时候、从什么改成什么")
        sub.add_argument("--resident", default="", metavar="姓名", help="只看这个人")

    def _verb(self, verbs: Any, name: str, act: Act, told: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = verbs.add_parser(name, help=told, description=told)
        sub.set_defaults(command=self._at_table(act))
        sub.add_argument("-c", "--settings", default=argparse.SUPPRESS, **_SETTINGS)
        sub.add_argument("--campaign", type=int, metavar="编号", help="任务编号（默认最近导入的）")
        return sub

    def _at_table(self, act: Act) -> Callable[[argparse.Namespace], int]:
        """The command that opens the store and does ``act``."""

        def command(options: argparse.Namespace) -> int:
            settings = load_settings(options.settings)
            with Store.open(Path(settings.store.path)) as store:
                number = options.campaign
                campaign = store.campaign(number) if number else store.latest_campaign()
                script = used_script(campaign, used_folder(settings)).script
                table = ReviewTable(self._console, store, campaign, settings, script, self._now())
                return act(table, options)

        return command


# --- import -------------------------------------------------------------------------------------------


def _import(table: ReviewTable, options: argparse.Namespace) -> int:
    codes = [_import_one(table, path, options) for path in options.files]
    return max(codes)


def _import_one(table: ReviewTable, path: Path, options: argparse.Namespace) -> int:
    returned = read_returned(path, {QUEUE: ENTRY})
    _check_campaign(table, returned)
    by, at = _who_and_when(table, returned, options.reviewer)
    if returned.handed_out.kind == SAMPLE:
        return take_sample(
            table.console, table.store, table.campaign, table.script, returned, by, at, is_dry=options.dry_run
        )
    return _import_results(table, returned, by, at, options)


def _import_results(
    table: ReviewTable, returned: Returned, by: str, at: dt.datetime, options: argparse.Namespace
) -> int:
    states = table.store.states(table.campaign.id)
    standings = {s.resident.id: s for s in table.store.standings(table.campaign.id)}
    cells = frozenset(cell.upper() for cell in options.overwrite)
    reviewer = Reviewer(by, at, table.script, slot_columns(table.script), table.zone, cells)
    outcome = judge(returned, standings, reviewer)
    if not options.dry_run:
        reviews = [replace(review, state=states[review.resident_id]) for review in outcome.reviews]
        for resident_id in table.store.record_reviews(reviews):
            name = standings[resident_id].resident.name
            outcome.conflicts.append(f"{name}：刚才又有了新的结果，没有采用。请再运行一次。")
        _close_checked(table, [review.resident_id for review in reviews], by, at, outcome)
    _take_notes(table, returned, by, at, outcome, is_dry=options.dry_run)
    _tell(table, returned, outcome, by, at, is_dry=options.dry_run)
    return EXIT_BAD_INPUT if outcome.conflicts or outcome.problems else 0


def _check_campaign(table: ReviewTable, returned: Returned) -> None:
    """
    Raises:
        ListError: ``other_campaign``.
    """
    if returned.handed_out.is_of(table.campaign):
        return
    other = next((c for c in table.store.campaigns() if returned.handed_out.is_of(c)), None)
    if other is None:
        raise ListError(
            "other_campaign", f"{returned.path.name} 不是从这个数据库导出的，没有读。请核对文件和 sip.conf。"
        )
    raise ListError(
        "other_campaign",
        f"{returned.path.name} 是任务 {other.id}“{other.name}”的表，不是任务 {table.campaign.id} 的，没有读。"
        f"要读它请加上 --campaign {other.id}。",
    )


def _who_and_when(table: ReviewTable, returned: Returned, reviewer: str) -> tuple[str, dt.datetime]:
    """By the command, by the file, by the environment or by the account; when the file was saved, where it
    says so and that can be."""
    by = reviewer or returned.saved_by or _at_terminal()
    saved = returned.saved_at
    at = saved if saved is not None and returned.handed_out.at <= saved <= table.now else table.now
    return by, at


def _at_terminal() -> str:
    """By the environment, or by the account of this machine."""
    return os.environ.get("WENHOU_STAFF", "") or getpass.getuser()


def _close_checked(
    table: ReviewTable, residents: Sequence[int], by: str, at: dt.datetime, outcome: Outcome
) -> None:
    """Whoever was in the queue only for answers to be checked leaves it when all of them are."""
    result = staff_result(CHECKED)
    assert result is not None
    reviewed = set(residents)
    for standing in table.store.standings(table.campaign.id):
        follow_up = standing.follow_up
        if follow_up is None or standing.resident.id not in reviewed or not _is_checked(table, standing):
            continue
        table.store.record_staff_work(follow_up.id, StaffWork(by, at, result, note="在结果表里核对"))
        outcome.taken.append(f"{standing.resident.name}：待核实的都核对了，跟进编号 {follow_up.id} 已办结")


def _is_checked(table: ReviewTable, standing: ResidentStanding) -> bool:
    follow_up = standing.follow_up
    assert follow_up is not None
    known = {name for name, slot in standing.slots.items() if slot.value is not None}
    return (
        standing.disposition is Disposition.COMPLETED
        and TO_CHECK in follow_up.reason
        and not follow_up.is_pressing
        and not follow_up.claimed_by
        and all(slot.is_certain for slot in standing.slots.values())
        and known >= set(table.script.required)
    )


def _take_notes(
    table: ReviewTable, returned: Returned, by: str, at: dt.datetime, outcome: Outcome, *, is_dry: bool
) -> None:
    """What people wrote beside the queue is kept with its entries."""
    queue = returned.others.get(QUEUE)
    if queue is None or DONE not in queue.letters:
        return
    notes = table.store.follow_up_notes(table.campaign.id)
    standings = table.store.standings(table.campaign.id)
    entries = {s.follow_up.id: s for s in standings if s.follow_up}
    entries |= {s.closed.id: s for s in standings if s.closed}
    for row in queue.rows:
        text, person = row.text(DONE), row.text(PERSON) or by
        if not text:
            continue
        where, number = f"{QUEUE}!{queue.cell(row, DONE)}", row.text(ENTRY)
        standing = entries.get(int(number)) if number.isascii() and number.isdigit() else None
        if standing is None:
            outcome.problems.append(f"{where}：“{text}”不知道是哪一条（编号“{number}”），没有记下。")
            continue
        if any((note.text, note.by) == (text, person) for note in notes.get(int(number), ())):
            outcome.repeated += 1
            continue
        if not is_dry:
            table.store.note_follow_up(int(number), person, at, text)
        outcome.taken.append(
            f"{where}（{standing.resident.name}）：记下“{text}”。要办结：wenhou followup done {number}"
        )


# --- telling ------------------------------------------------------------------------------------------


def _tell(
    table: ReviewTable, returned: Returned, outcome: Outcome, by: str, at: dt.datetime, *, is_dry: bool
) -> None:
    console = table.console
    cells = sum(len(review.corrections) for review in outcome.reviews)
    verb = "可以改" if is_dry else "已改"
    told = [f"{verb} {cells} 处（{len(outcome.reviews)} 户）"]
    told += [f"以前已经改过的 {outcome.repeated} 处"] if outcome.repeated else []
    told += [f"没有改动的 {outcome.unchanged} 户"] if outcome.unchanged else []
    told += [f"冲突 {len(outcome.conflicts)} 处"] if outcome.conflicts else []
    told += [f"要改正的 {len(outcome.problems)} 处"] if outcome.problems else []
    console.print(f"{returned.path.name}：{'，'.join(told)}", style="bold", markup=False)
    console.print(
        f"  改的人：{by}，时间：{at.astimezone(table.zone):%Y-%m-%d %H:%M}", style="dim", markup=False
    )
    for line in outcome.taken[:_MOST_LINES]:
        console.print(f"  {line}", markup=False, soft_wrap=True)
    if len(outcome.taken) > _MOST_LINES:
        console.print(
            f"  … 还有 {len(outcome.taken) - _MOST_LINES} 行，全部见 wenhou review log", style="dim"
        )
    for head, style, lines in (
        ("请再看看", "cyan", outcome.warnings),
        ("冲突，没有采用", "red", outcome.conflicts),
        ("请改正", "yellow", outcome.problems),
    ):
        for line in lines:
            console.print(f"  {head}：{line}", style=style, markup=False, soft_wrap=True)
    if outcome.reviews and not is_dry:
        console.print("更正过的值在下次导出的结果表里是紫色的：wenhou export", style="dim")


# --- sample and log -----------------------------------------------------------------------------------


def _sample(table: ReviewTable, options: argparse.Namespace) -> int:
    now = table.now.astimezone(table.zone)
    folder = Path(table.settings.store.workbook).parent
    path = options.output or folder / f"抽查-{now:%m%d}.xlsx"
    return draw_sample(
        table.console, table.store, table.campaign, table.script, path,
        recordings=Path(table.settings.store.recordings), share=options.share, seed=options.seed,
        by=options.by or _at_terminal(), now=table.now, zone=table.zone,
    )  # fmt: skip


def _log(table: ReviewTable, options: argparse.Namespace) -> int:
    names = {r.id: r.name for r in table.store.residents(table.campaign.id)}
    found = [
        correction
        for corrections in table.store.corrections(table.campaign.id).values()
        for correction in corrections
        if not options.resident or names[correction.resident_id] == options.resident
    ]
    if not found:
        table.console.print("还没有改动。")
        return 0
    shown = Table("时间", "谁", "姓名", "项目", "原来", "改成", "来自")
    for one in sorted(found, key=lambda correction: correction.at):
        at = f"{one.at.astimezone(table.zone):%Y-%m-%d %H:%M}"
        title = _title(table, one)
        told = (
            at,
            one.by,
            names[one.resident_id],
            title,
            _told(table, one, one.old),
            _told(table, one, one.new),
        )
        shown.add_row(*map(Text, (*told, one.origin)))
    table.console.print(shown)
    table.console.print(f"共 {len(found)} 处改动。")
    return 0


def _title(table: ReviewTable, correction: Correction) -> str:
    fixed = {GRADE: GRADE_TITLE, REMARK: REMARK_TITLE}
    slot = table.script.slots.get(slot_of_field(correction.field))
    return fixed.get(correction.field) or (slot.label if slot else correction.field)


def _told(table: ReviewTable, correction: Correction, known: Known | None) -> str:
    if known is None:
        return "（空白）"
    if correction.field == GRADE:
        return Grade(known.value).label
    name = slot_of_field(correction.field)
    column = next((c for c in slot_columns(table.script) if c.name == name), None)
    text = text_of(column.format(known.value) if column else known.value)
    return text if known.is_certain else f"{text}（{TO_CHECK}）"
