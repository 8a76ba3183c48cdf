"""An office with a campaign whose calls are over, and the commands of its staff."""

from __future__ import annotations

import argparse
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from rich.console import Console

from campaign.errors import WenhouError
from campaign.policy import CallingRules, CallingWindow, Done, ToFollowUp
from campaign.records import CallCause, CallResult, Disposition, Grade, HungUpBy, Resident, SlotValue
from campaign.settings import load_settings
from campaign.store import ResidentStanding, Store
from dialogs.authoring.versions_used import keep, used_folder
from exports.staff_commands import StaffCommands

NOON = dt.datetime(2026, 11, 26, 4, 0, tzinfo=dt.UTC)
RULES = CallingRules(windows=(CallingWindow(dt.timedelta(0), dt.timedelta(hours=24)),))
PEOPLE = (
    Resident(0, 2, "张三", ("13800138000",), "1号楼", "1单元", "101"),
    Resident(0, 3, "李四", ("13900139000", "13900139001"), "1号楼", "1单元", "102", extra={"年龄": "83"}),
    Resident(0, 4, "王五", ("13700137000",), "2号楼", "2单元", "201", extra={"独居": "是"}),
    Resident(0, 5, "赵六", ("13600136000",), "2号楼", "2单元", "202"),
    Resident(0, 6, "钱七", ("13500135000",), "3号楼", "2单元", "203"),
)
_DOUBT = SlotValue("temperature", 37.8, "三十七度吧", "三十七度八", 0.5, is_certain=False)
_IN_BEIJING = SlotValue("in_beijing", True, "在呢")
_ENDINGS: tuple[tuple[Disposition, Grade | None, tuple[SlotValue, ...]], ...] = (
    (Disposition.COMPLETED, Grade.RED, (_DOUBT, _IN_BEIJING)),
    (Disposition.POWERED_OFF, None, ()),
    (Disposition.NO_ANSWER, None, ()),
    (Disposition.PARTIAL, None, (_IN_BEIJING,)),
    (Disposition.COMPLETED, Grade.GREEN, (_IN_BEIJING,)),
)


@dataclass
class Office:
    """Runs commands in a folder of its own at a time of its own."""

    folder: Path
    now: dt.datetime = NOON
    settings: str = "[trunk]\nhost = 127.0.0.1\narea_code = 010\n[followup]\nstaff = 李娜, 张敏\n"
    printed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.conf.write_text(self.settings, encoding="utf-8")
        settings = load_settings(self.conf)
        version = keep(settings.dialog.script, used_folder(settings), NOON).version
        with self.store() as store:
            store.create_campaign("三月", settings.dialog.script, version, "名单.xlsx", PEOPLE, NOON)
            attempts = store.claim_due(1, NOON - dt.timedelta(hours=1), 9, RULES)
            for attempt, (ending, grade, slots) in zip(attempts, _ENDINGS, strict=True):
                cause = CallCause(480, 20, "", HungUpBy.NETWORK) if not slots else CallCause(200)
                result = CallResult(
                    attempt.id, ending, NOON - dt.timedelta(minutes=59), cause, slots=slots, grade=grade,
                    answered_at=NOON - dt.timedelta(minutes=60) if slots else None,
                    evidence={"has_rung": True},
                )  # fmt: skip
                is_fine = ending is Disposition.COMPLETED and all(slot.is_certain for slot in slots)
                store.finish(result, Done() if is_fine else ToFollowUp(f"{ending.label}，请跟进"))

    @property
    def conf(self) -> Path:
        return self.folder / "sip.conf"

    def store(self) -> Store:
        return Store.open(Path(load_settings(self.conf).store.path))

    def standing(self, name: str) -> ResidentStanding:
        with self.store() as store:
            return next(s for s in store.standings(1) if s.resident.name == name)

    def __call__(self, *arguments: str) -> tuple[int, str]:
        """Exit code and everything that was printed."""
        out = io.StringIO()
        parser = argparse.ArgumentParser()
        console = Console(file=out, width=250, highlight=False)
        StaffCommands(console, lambda: self.now).add(parser.add_subparsers(required=True))
        options = parser.parse_args([arguments[0], "-c", str(self.conf), *arguments[1:]])
        try:
            code = int(options.command(options))
        except WenhouError as error:
            return error.exit_code, out.getvalue() + error.message
        return code, out.getvalue()

    def sheet_of(self, person: str) -> Path:
        (path,) = self.folder.rglob(f"待跟进-{person}-*.xlsx")
        return path


def fill_in(path: Path, edits: Mapping[str, Mapping[str, Any]]) -> None:
    """Write into a sheet as somebody with a spreadsheet program does: entry number to heading to value."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        for heading, value in edits.get(str(sheet.cell(row, 1).value), {}).items():
            sheet.cell(row, heads.index(heading) + 1, value)
    book.save(path)
