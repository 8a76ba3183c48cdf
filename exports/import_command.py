"""``wenhou import``: any list, shown as it was understood, then stored as a campaign."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from campaign.collection import without_collection
from campaign.errors import ListError
from campaign.lists.choice import NO_CHOICE, ColumnChoice, parse_choice
from campaign.lists.earlier import Comparison, KnownResident, compare, told_of_changes, without
from campaign.lists.files import STANDARD_INPUT, read_sheets
from campaign.lists.layouts import Layouts, layout_of
from campaign.lists.mending import original_place
from campaign.lists.problems import is_mendable
from campaign.lists.reading import ReadOptions, ResidentList, read_list
from campaign.lists.selection import nobody
from campaign.lists.sheet import Sheet
from campaign.records import Campaign, ListProblem
from campaign.settings import Settings
from campaign.store import Store
from dialogs.script import Script
from exports.import_view import as_json, print_imported, print_understanding
from exports.problem_sheet import FILE_NAME, write_problem_sheet

LAYOUTS_FILE = "list_layouts.json"
_FORGET = "自动"
_ENOUGH_FROM_ONE_LIST = 0.5
"""Share of the rows of a sheet of problems that must stem from a campaign to go back into it."""


@dataclass(frozen=True)
class ImportRequest:
    """What the user asked for."""

    file: Path
    """``-`` is standard input."""
    name: str = ""
    columns: tuple[str, ...] = ()
    """Words such as 姓名=住户."""
    is_confirmed: bool = False
    """Import without showing first and asking."""
    is_dry_run: bool = False
    is_json: bool = False
    visible_only: bool = False
    new_only: bool = False


class Import:
    """One run of the command."""

    def __init__(
        self,
        console: Console,
        request: ImportRequest,
        settings: Settings,
        now: dt.datetime,
        keep_script: Callable[[], Script],
    ) -> None:
        """
        Args:
            console: Where everything is told.
            request: What to import, and how.
            settings: Of the office.
            now: When the campaign comes into being.
            keep_script: Puts the script by for this campaign and returns it.
        """
        self._console, self._request, self._settings = console, request, settings
        self._now, self._keep_script = now, keep_script
        self._store_path = Path(settings.store.path)
        self._file = shown_name(request.file)
        self._called = _campaign_name(request.file) if self._file == STANDARD_INPUT else self._file

    def run(self) -> int:
        """Import, or tell what would be; returns the exit code.

        Raises:
            ListError: The list cannot be read, or nobody in it can be called.
        """
        if self._request.is_dry_run:
            return self._dry_run()
        with Store.open(self._store_path) as store:
            listing, comparison, choice = self._read(store)
            goal = _campaign_mended(store, listing) if listing.is_mended and not self._request.name else None
            if goal is not None:
                listing, comparison = _only_new_to(store, goal, listing), Comparison()
            if not listing.residents:
                self._write_problems(listing)
                raise nobody(self._called, listing.problems)
            if not self._request.is_confirmed:
                print_understanding(self._console, self._called, listing, comparison)
                if not self._is_agreed():
                    self._tell("没有导入。列认错了，用 --columns 姓名=列名 电话=列名 说明。")
                    return 0
            self._store(store, listing, goal)
        if self._request.columns:
            self._layouts.remember(self._layout, choice)
        return 0

    # --- reading ----------------------------------------------------------------------------------------

    def _read(self, store: Store | None) -> tuple[ResidentList, Comparison, ColumnChoice]:
        if str(self._request.file) == STANDARD_INPUT and sys.stdin.isatty():
            self._tell("请把名单粘贴在这里，贴完按回车，再按 Ctrl-D：")
        sheets = read_sheets(self._request.file)
        self._layouts = Layouts(self._store_path.parent / LAYOUTS_FILE)
        self._layout = layout_of(sheets)
        choice = self._choice(sheets)
        options = ReadOptions(
            self._settings.trunk.area_code,
            choice,
            self._request.visible_only,
            frozenset(one.number for one in store.do_not_call_numbers()) if store else frozenset(),
        )
        listing = read_list(self._request.file, options, sheets)
        if store is None or listing.is_mended:
            return listing, Comparison(), choice
        earlier = _earlier(store)
        comparison = compare(listing.residents, earlier)
        if self._request.new_only and comparison.known:
            listing = without(listing, comparison.known, "known", "以前导入过，按 --new-only 没有导入")
            comparison = compare(listing.residents, earlier)
        return told_of_changes(listing, comparison), comparison, choice

    def _choice(self, sheets: list[Sheet]) -> ColumnChoice:
        """What the user says of the columns now, or has said of a list that looks the same."""
        words = self._request.columns
        if words and words != (_FORGET,):
            return parse_choice(words)
        remembered = self._layouts.choice_for(self._layout)
        if words or not remembered or not _fits(remembered, sheets):
            return NO_CHOICE
        if not self._request.is_json:
            told = f"列按上次说明的：{remembered.words}（--columns 另外说明，--columns {_FORGET} 恢复自动）"
            self._tell(told, style="cyan")
        return remembered

    # --- telling ----------------------------------------------------------------------------------------

    def _dry_run(self) -> int:
        listing: ResidentList | None = None
        comparison, failure = Comparison(), None
        try:
            if self._store_path.exists():
                with Store.open(self._store_path) as store:
                    listing, comparison, _ = self._read(store)
            else:
                listing, comparison, _ = self._read(None)
            if not listing.residents:
                failure = nobody(self._called, listing.problems)
        except ListError as error:
            failure = error
        if self._request.is_json:
            print_json(as_json(self._file, listing, failure))
            return failure.exit_code if failure else 0
        if failure is not None:
            raise failure
        assert listing is not None
        print_understanding(self._console, self._called, listing, comparison)
        self._tell("这是试读，没有导入。")
        return 0

    def _is_agreed(self) -> bool:
        """Ask, where somebody is there to be asked."""
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return True
        try:
            answer = self._console.input("这样导入吗？直接回车导入，n 不导入：")
        except EOFError:
            return False
        return answer.strip().lower() in ("", "y", "yes", "是", "好", "导入", "对")

    def _tell(self, text: str, style: str | None = None) -> None:
        self._console.print(text, style=style, markup=False, soft_wrap=True)

    # --- storing ----------------------------------------------------------------------------------------

    def _store(self, store: Store, listing: ResidentList, goal: Campaign | None) -> None:
        if goal is not None:
            problems = _at_their_origin(listing)
            campaign = store.add_to_campaign(goal.id, listing.residents, problems, _places(listing))
        else:
            script = self._keep_script()
            campaign = store.create_campaign(
                self._request.name or _campaign_name(self._request.file),
                self._settings.dialog.script,
                script.version,
                self._file,
                listing.in_order,
                self._now,
                listing.problems,
            )
            store.keep_list_columns(campaign.id, listing.columns.items())
        print_imported(self._console, campaign, len(listing.residents), is_added=goal is not None)
        self._write_problems(listing)
        if goal is None:
            told = f"话术：{script.title}（{script.name}，版本 {script.version}），已为这个任务存下。"
            self._tell(told)
        option = f" --campaign {campaign.id}" if store.latest_campaign().id != campaign.id else ""
        self._tell(f"接下来：wenhou run{option} 开始拨打。")

    def _write_problems(self, listing: ResidentList) -> None:
        path = Path(self._settings.store.workbook).parent / FILE_NAME
        written = write_problem_sheet(path, listing, self._request.file)
        if written is None:
            return
        if written.notice:
            self._tell(written.notice, style="yellow")
        shown = _as_typed(written.path)
        how = f"在“要改的”里改好保存，再运行 wenhou import {shown}。"
        told = how if any(map(is_mendable, listing.problems)) else ""
        self._tell(f"没有导入的和要留意的都在 {shown}。{told}", style="yellow")


def _as_typed(path: Path) -> str:
    """A path as short as it can be typed from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _places(listing: ResidentList) -> set[tuple[str, int]]:
    """Sheet and row in the list of all that a sheet of problems holds."""
    return {
        original_place(table, row)
        for table in listing.tables
        for row in range(table.first_row, table.end_row)
    }


def _fits(choice: ColumnChoice, sheets: list[Sheet]) -> bool:
    """Whether the columns that were named are there."""
    texts = [cell for sheet in sheets for row in sheet.rows[:60] for cell in row if cell]
    width = max((len(sheet.rows[0]) for sheet in sheets if sheet.rows), default=0)
    return all(name not in choice.missing(texts) for name in choice.missing([""] * width))


def _at_their_origin(listing: ResidentList) -> list[ListProblem]:
    """The problems of mended rows, with sheet and row of the list that they come from."""
    origin = {
        (table.sheet.name, row + 1): original_place(table, row)
        for table in listing.tables
        for row in range(table.first_row, table.end_row)
    }
    places = (origin.get((p.sheet, p.row), (p.sheet, p.row)) for p in listing.problems)
    return [
        replace(problem, sheet=sheet, row=row)
        for problem, (sheet, row) in zip(listing.problems, places, strict=True)
    ]


def _earlier(store: Store) -> dict[str, list[KnownResident]]:
    """Everybody of earlier lists by number."""
    found: dict[str, list[KnownResident]] = {}
    for campaign in store.campaigns():
        for resident in store.residents(campaign.id):
            for number in resident.phones:
                found.setdefault(number, []).append(KnownResident(campaign.id, resident.name))
    return found


def _campaign_mended(store: Store, listing: ResidentList) -> Campaign | None:
    """The campaign that mended rows were left out of: the newest that knows most of them."""
    places = _places(listing)
    for campaign in reversed(store.campaigns()):
        left = {(p.sheet, p.row) for p in store.list_problems(campaign.id) if not p.is_imported}
        if len(places & left) > _ENOUGH_FROM_ONE_LIST * len(places):
            return campaign
    return None


def _only_new_to(store: Store, campaign: Campaign, listing: ResidentList) -> ResidentList:
    """Without those who are in the campaign already."""
    known: dict[str, list[KnownResident]] = {}
    for resident in store.residents(campaign.id):
        for number in resident.phones:
            known.setdefault(number, []).append(KnownResident(campaign.id, resident.name))
    found = compare(listing.residents, known).known
    return (
        without(listing, found, "duplicate", f"任务 {campaign.id} 里已经有了，没有再导入")
        if found
        else listing
    )


def shown_name(file: Path) -> str:
    """A file's name as text that can be stored and printed, also where a Windows zip left it in GBK."""
    if str(file) == STANDARD_INPUT:
        return STANDARD_INPUT
    name = file.name
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


def _campaign_name(file: Path) -> str:
    return "粘贴的名单" if str(file) == STANDARD_INPUT else Path(shown_name(file)).stem


def print_json(told: object) -> None:
    """One JSON object on standard output."""
    text = json.dumps(told, ensure_ascii=False, indent=2)
    print(text.encode("utf-8", "replace").decode("utf-8"), flush=True)


def import_list(
    console: Console,
    request: ImportRequest,
    settings: Settings,
    now: dt.datetime,
    keep_script: Callable[[], Script],
) -> int:
    """Run the command; see ``Import``."""
    with without_collection():
        return Import(console, request, settings, now, keep_script).run()


# --- arguments ----------------------------------------------------------------------------------------


def add_import_arguments(parser: argparse.ArgumentParser) -> None:
    """What may stand behind ``wenhou import``."""
    parser.add_argument(
        "list", nargs="?", default="", metavar="名单", help="文件；- 是标准输入（粘贴的文字）"
    )
    parser.add_argument("--name", default="", metavar="名称", help="任务名称（默认文件名）")
    parser.add_argument(
        "--columns", nargs="+", default=[], metavar="意思=列名",
        help="列认错时说明，如 姓名=住户 电话=手机2 房号=第5列；同样的名单下次照此认；自动 恢复",
    )  # fmt: skip
    parser.add_argument("--yes", action="store_true", help="不先显示和询问，直接导入")
    parser.add_argument("--dry-run", action="store_true", help="试读：只看会导入什么，不导入")
    parser.add_argument("--json", action="store_true", help="试读的结果写成 JSON")
    parser.add_argument("--visible-only", action="store_true", help="不导入隐藏的行")
    parser.add_argument("--new-only", action="store_true", help="不导入以前名单里有过的人")


def import_request(options: argparse.Namespace) -> ImportRequest:
    """What the arguments ask for.

    Raises:
        ListError: ``list_missing``: no list was named; ``list_columns``.
    """
    columns = list(options.columns)
    file = options.list
    if not file and columns and "=" not in columns[-1] and columns[-1] != _FORGET:
        file = columns.pop()  # the list stands behind --columns
    if not file:
        raise ListError("list_missing", "请写出名单文件，如 wenhou import 名单.xlsx。")
    if options.json and not options.dry_run:
        raise ListError(
            "list_json", "--json 要和 --dry-run 一起用：wenhou import 名单.xlsx --dry-run --json。"
        )
    return ImportRequest(
        Path(file), options.name, tuple(columns), options.yes, options.dry_run, options.json,
        options.visible_only, options.new_only,
    )  # fmt: skip
