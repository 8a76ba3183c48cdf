"""``wenhou followup import``: sheets that were handed out, filled in and given back.

Three states are held against each other: the sheet as it was handed out, as it came back, and the store now.
What only the sheet changed is taken. What both changed, and not to the same, is a conflict: it is shown, and
nothing of that row is taken unless somebody says so. Reading the same sheet twice does nothing twice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from campaign.errors import EXIT_BAD_INPUT, ListError
from campaign.lists.files import read_sheets
from campaign.staff_work import StaffResult, staff_result
from campaign.store import ResidentStanding
from exports.followup.desk import Desk
from exports.followup.sheets import NOTE, NUMBER, PERSON, READ_ONLY, RESULT, SHEET, TIME, answer_text
from exports.followup.slot_entry import EntryRefused, read_answer

_TIME = re.compile(
    r"(?:(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?\s*)?"
    r"(\d{1,2})[:：时](\d{1,2})?(?::\d{1,2})?分?"
)


@dataclass(frozen=True)
class _Row:
    """A row that came back."""

    line: int
    follow_up_id: int
    sheet_id: int
    cells: Mapping[str, str]
    """By heading."""

    def where(self) -> str:
        name = self.cells.get("姓名", "")
        return f"第 {self.line} 行（编号 {self.follow_up_id}{'，' + name if name else ''}）"


@dataclass(frozen=True)
class _Task:
    """What a row asks for, when nothing speaks against it."""

    row: _Row
    result: StaffResult | None
    """None: only a note."""
    answers: Mapping[str, Any]
    note: str
    by: str
    at: dt.datetime


@dataclass
class _Outcome:
    """What an import came to, by line."""

    taken: list[str] = field(default_factory=list)
    untouched: int = 0
    repeated: int = 0
    conflicts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class _Refused(Exception):
    """A row that cannot be taken; the message says why, in Chinese."""


class _Conflict(Exception):
    """A row that the store contradicts; the message says how, in Chinese."""


def import_sheets(
    desk: Desk, paths: Sequence[Path], overwrite: Sequence[int] = (), *, is_dry: bool = False
) -> int:
    """Take what people filled in; ``overwrite`` names entries whose conflicts the sheet wins.

    Raises:
        ListError: A file cannot be read or is no sheet of this queue.
    """
    outcomes = []
    for path in paths:
        outcome = _import_one(desk, path, frozenset(overwrite), is_dry)
        _tell(desk, path, outcome, is_dry)
        outcomes.append(outcome)
    return EXIT_BAD_INPUT if any(o.conflicts or o.problems for o in outcomes) else 0


def _import_one(desk: Desk, path: Path, overwrite: frozenset[int], is_dry: bool) -> _Outcome:
    rows = list(_rows(path))
    outcome = _Outcome()
    sheets = {row.sheet_id: _handed_out(desk, path, row.sheet_id) for row in rows}
    standings = {s.resident.id: s for s in desk.store.standings(desk.campaign.id)}
    twice = {id_ for id_, n in Counter(row.follow_up_id for row in rows).items() if n > 1}
    for row in rows:
        content = sheets[row.sheet_id]
        handed_out = content["rows"].get(str(row.follow_up_id))
        if handed_out is None:
            outcome.problems.append(f"{row.where()}：这张表里没有发过这个编号，编号不能改。")
            continue
        standing = standings[desk.store.follow_up(row.follow_up_id).resident_id]
        _tell_fixed(row, handed_out, outcome)
        filled = _filled(desk, row)
        if handed_out.get("taken") == filled:
            outcome.repeated += any(filled.values())
            outcome.untouched += not any(filled.values())
            continue
        try:
            if row.follow_up_id in twice:
                raise _Refused("同一个编号出现了两次，请只留一行")
            task = _task(desk, row, handed_out)
            if task is None:
                outcome.untouched += 1
                continue
            _check(desk, task, handed_out, standing, is_forced=row.follow_up_id in overwrite)
            if not is_dry:
                _perform(desk, task, standing)
                handed_out["taken"] = filled
                desk.store.update_follow_up_sheet(row.sheet_id, content)
            told = task.result.label if task.result else f"记下备注：{task.note}"
            outcome.taken.append(f"{row.where()}：{told}")
        except _Refused as refused:
            outcome.problems.append(f"{row.where()}：{refused}。")
        except _Conflict as conflict:
            outcome.conflicts.append(f"{row.where()}：{conflict}。")
    _tell_missing(rows, sheets, outcome)
    return outcome


# --- reading ------------------------------------------------------------------------------------------


def _rows(path: Path) -> Iterator[_Row]:
    """The rows of the sheet that has the headings.

    Raises:
        ListError: ``no_followup_sheet``.
    """
    for sheet in read_sheets(path):
        for at, heads in enumerate(sheet.rows):
            if {NUMBER, SHEET, RESULT} <= set(heads):
                for line, row in enumerate(sheet.rows[at + 1 :], at + 2):
                    cells = dict(zip(heads, row, strict=False))
                    if any(row):
                        yield _row(path, line, cells)
                return
    raise ListError(
        "no_followup_sheet",
        f"{path.name} 不是 wenhou followup export 导出的跟进表（要有“{NUMBER}”“{RESULT}”“{SHEET}”三栏）。",
    )


def _row(path: Path, line: int, cells: dict[str, str]) -> _Row:
    number, sheet = cells[NUMBER].strip(), cells[SHEET].strip()
    if not number.isascii() or not number.isdigit() or not sheet.isascii() or not sheet.isdigit():
        raise ListError(
            "no_followup_sheet",
            f"{path.name} 第 {line} 行认不出是谁：“{NUMBER}”或“{SHEET}”不见了。请从原来的表里补上，再导入。",
        )
    return _Row(line, int(number), int(sheet), cells)


def _handed_out(desk: Desk, path: Path, sheet_id: int) -> dict[str, Any]:
    found = desk.store.follow_up_sheet(sheet_id)
    if found is None:
        raise ListError(
            "no_followup_sheet", f"{path.name} 不是从这个数据库导出的（没有表号 {sheet_id}）。请核对文件。"
        )
    campaign_id, _, content = found
    if campaign_id != desk.campaign.id:
        raise ListError(
            "other_campaign", f"{path.name} 是任务 {campaign_id} 的跟进表，请加上 --campaign {campaign_id}。"
        )
    assert isinstance(content, dict)
    return content


def _filled(desk: Desk, row: _Row) -> dict[str, str]:
    """What people may fill in, as it stands in the row."""
    headings = [RESULT, *(column.title for column in desk.columns), NOTE, TIME]
    return {heading: row.cells.get(heading, "").strip() for heading in headings}


# --- what a row asks for ------------------------------------------------------------------------------


def _task(desk: Desk, row: _Row, handed_out: Mapping[str, Any]) -> _Task | None:
    text, note = row.cells.get(RESULT, "").strip(), row.cells.get(NOTE, "").strip()
    answers = _changed_answers(desk, row, handed_out)
    result = staff_result(text) if text else None
    if text and result is None:
        raise _Refused(f"“{RESULT}”不能是“{text}”，请从下拉列表里选")
    if answers and result is None:
        raise _Refused(f"填了回答，但没有选“{RESULT}”")
    if result is None and not note:
        return None
    by = row.cells.get(PERSON, "").strip() or desk.by
    return _Task(row, result, answers, note, by, _time(desk, row.cells.get(TIME, "").strip()))


def _changed_answers(desk: Desk, row: _Row, handed_out: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that somebody wrote; what was emptied is left as it was."""
    today = desk.now.astimezone(desk.zone).date()
    answers = {}
    for slot, column in zip(desk.script.kept_slots, desk.columns, strict=True):
        text = row.cells.get(column.title, "").strip()
        if not text or text == handed_out["cells"].get(slot.name, ""):
            continue
        try:
            answers[slot.name] = read_answer(slot, text, today)
        except EntryRefused as error:
            raise _Refused(str(error)) from None
    return {name: value for name, value in answers.items() if value is not None}


def _time(desk: Desk, text: str) -> dt.datetime:
    if not text:
        return desk.now
    now = desk.now.astimezone(desk.zone)
    found = _TIME.fullmatch(text)
    try:
        if not found:
            raise ValueError
        year, month, day, hour, minute = (int(part) if part else None for part in found.groups())
        at = now.replace(
            year=year or now.year, month=month or now.month, day=day or now.day,
            hour=hour or 0, minute=minute or 0, second=0, microsecond=0,
        )  # fmt: skip
    except ValueError:
        raise _Refused(f"“{TIME}”看不懂“{text}”，应写 10:30 或 11-26 10:30") from None
    if at > now and year is None and month is not None:
        at = at.replace(year=at.year - 1)  # 12-30, handed back in January
    if at > now + dt.timedelta(minutes=5):
        raise _Refused(f"“{TIME}”{text} 还没有到")
    return at.astimezone(dt.UTC)


# --- what speaks against it ---------------------------------------------------------------------------


def _check(
    desk: Desk, task: _Task, handed_out: Mapping[str, Any], standing: ResidentStanding, *, is_forced: bool
) -> None:
    """
    Raises:
        _Conflict: The store knows better, or somebody else is at it.
    """
    follow_up = desk.store.follow_up(task.row.follow_up_id)
    if task.result is None:
        return  # a note contradicts nothing
    if not follow_up.is_open:
        told = f"已经由 {follow_up.closed_by} {desk.clock(follow_up.closed_at)} 办结（{follow_up.outcome}）"
        again = f"要改请先 wenhou followup reopen {follow_up.id}"
        raise _Conflict(f"{told}，表里是“{task.result.label}”。{again}")
    if is_forced:
        return
    if replace(desk, by=task.by).is_taken(follow_up):
        raise _Conflict(f"{follow_up.claimed_by} 在 {desk.clock(follow_up.claimed_at)} 领走了，正在处理")
    told = "；".join(_contradictions(desk, task, handed_out, standing))
    if told:
        raise _Conflict(f"{told}。以表为准请加 --overwrite {follow_up.id}")


def _contradictions(
    desk: Desk, task: _Task, handed_out: Mapping[str, Any], standing: ResidentStanding
) -> Iterator[str]:
    for column in desk.columns:
        slot = standing.slots.get(column.name)
        now = slot.value if slot else None
        is_new = now != handed_out["values"].get(column.name)
        if column.name in task.answers and is_new and now != task.answers[column.name]:
            is_entered = slot is not None and slot.entered_by
            who = f"（{slot.entered_by} {desk.clock(slot.entered_at)} 填）" if slot and is_entered else ""
            there = answer_text(column, task.answers[column.name])
            yield f"“{column.title}”现在是“{answer_text(column, now)}”{who}，表里是“{there}”"


def _perform(desk: Desk, task: _Task, standing: ResidentStanding) -> None:
    theirs = replace(desk, by=task.by)
    if task.result is None:
        desk.store.note_follow_up(task.row.follow_up_id, task.by, task.at, task.note)
        return
    number = standing.resident.phones[0] if task.result.is_call else ""
    theirs.settle(
        standing, task.row.follow_up_id, task.result, task.answers, number=number, note=task.note, at=task.at
    )


# --- telling ------------------------------------------------------------------------------------------


def _tell_fixed(row: _Row, handed_out: Mapping[str, Any], outcome: _Outcome) -> None:
    for heading in READ_ONLY:
        text, was = row.cells.get(heading), handed_out["fixed"][heading]
        if text is not None and _flat(text) != _flat(was):
            outcome.problems.append(
                f"{row.where()}：“{heading}”从“{was}”改成了“{text}”，这一栏不能在这里改，没有采用。"
            )


def _flat(text: str) -> str:
    return "".join(text.replace("、", "").split()).lstrip("'")


def _tell_missing(rows: Sequence[_Row], sheets: Mapping[int, Mapping[str, Any]], outcome: _Outcome) -> None:
    back = {(row.sheet_id, str(row.follow_up_id)) for row in rows}
    sent = [(sheet_id, key) for sheet_id, content in sheets.items() for key in content["rows"]]
    gone = [key for sheet_id, key in sent if (sheet_id, key) not in back]
    if gone:
        outcome.problems.append(f"表里少了 {len(gone)} 行（编号 {'、'.join(gone)}），这些居民没有改动。")


def _tell(desk: Desk, path: Path, outcome: _Outcome, is_dry: bool) -> None:
    verb = "可以导入" if is_dry else "已导入"
    parts = [f"{verb} {len(outcome.taken)} 户"]
    parts += [f"没有填的 {outcome.untouched} 户"] if outcome.untouched else []
    parts += [f"以前导入过的 {outcome.repeated} 户"] if outcome.repeated else []
    desk.console.print(f"{path.name}：{'，'.join(parts)}", style="bold", markup=False)
    for told in outcome.taken:
        desk.console.print(f"  {told}", markup=False, soft_wrap=True)
    for told in outcome.conflicts:
        desk.console.print(f"  冲突，没有导入：{told}", style="red", markup=False, soft_wrap=True)
    for told in outcome.problems:
        desk.console.print(f"  请改正：{told}", style="yellow", markup=False, soft_wrap=True)
