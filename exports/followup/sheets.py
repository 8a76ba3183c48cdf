"""``wenhou followup export``: the queue as a workbook for each person, to be filled in and handed back.

The store keeps what every sheet said when it was handed out, so that ``exports.followup.returned_sheets`` can
tell what was changed in the sheet from what has changed in the store meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from campaign.staff_work import STAFF_RESULTS
from campaign.store import Access, ResidentStanding
from exports.followup.desk import Desk
from exports.followup.queue import FollowUpRow
from exports.followup.slot_entry import expected
from exports.workbook.columns import TO_CHECK, SlotColumn
from exports.workbook.workbook import ColumnSpec, Entry, Section, WorkbookWriter

NUMBER, SHEET = "编号", "表号"
RESULT, NOTE, PERSON, TIME = "结果", "备注", "处理人", "处理时间"
READ_ONLY = ("姓名", "联系电话", "住址")
"""Columns whose change is told but not taken: they belong to the list."""
NOBODY = "未分配"


@dataclass(frozen=True)
class SheetRow:
    """One entry as it was handed out."""

    follow_up_id: int
    fixed: Mapping[str, str]
    """Text of the columns of ``READ_ONLY``."""
    cells: Mapping[str, str]
    """Text of each answer, by slot."""
    values: Mapping[str, Any]
    """Value of each answer, by slot; None where it was not known."""


def export_sheets(desk: Desk, folder: Path, people: Sequence[str]) -> int:
    """Write a workbook for everybody who has open entries, and one for those that are nobody's; each has its
    entry in the access log.

    Raises:
        ExportError: ``disk_full`` or ``export_folder``.
    """
    by_person: dict[str, list[FollowUpRow]] = {}
    for row in desk.rows():
        assert row.follow_up is not None
        by_person.setdefault(row.follow_up.assigned_to, []).append(row)
    wanted = [person for person in by_person if not people or person in people]
    for person in people:
        if person not in by_person:
            desk.console.print(f"{person} 没有待跟进的居民。", style="yellow", markup=False)
    if not wanted:
        if not people:
            desk.console.print("没有待人工跟进的居民。")
        return 0
    standings = {s.resident.id: s for s in desk.store.standings(desk.campaign.id)}
    for person in sorted(wanted, key=lambda name: (not name, name)):
        path = _export_one(desk, folder, person, by_person[person], standings)
        desk.console.print(
            f"{person or NOBODY}：{len(by_person[person])} 户，{path}", soft_wrap=True, markup=False
        )
    desk.console.print("填好“结果”和回答后交回：wenhou followup import 文件")
    return 0


def _export_one(
    desk: Desk,
    folder: Path,
    person: str,
    rows: Sequence[FollowUpRow],
    standings: Mapping[int, ResidentStanding],
) -> Path:
    handed_out = []
    for row in rows:
        assert row.follow_up is not None
        handed_out.append(sheet_row(row, standings[row.follow_up.resident_id], desk.columns))
    content = {"rows": {str(r.follow_up_id): _as_json(r) for r in handed_out}}
    sheet_id = desk.store.save_follow_up_sheet(desk.campaign.id, person, desk.now, content)
    book = WorkbookWriter()
    title = f"待跟进-{person or NOBODY}"[:31]
    entries = [_entries(desk, row, out, sheet_id, person) for row, out in zip(rows, handed_out, strict=True)]
    book.add_table(_sheet_title(title), _columns(desk.columns), entries)
    book.add_sections("填写说明", "怎样填写", [_guide(desk)])
    day = f"{desk.now.astimezone(desk.zone):%Y%m%d}"
    path = book.save(_free_path(folder, f"待跟进-{person or NOBODY}-{day}")).path
    desk.store.log_access(
        Access(desk.now, desk.by, "导出跟进表", len(rows), desk.campaign.id, str(path.absolute()))
    )
    return path


def _guide(desk: Desk) -> Section:
    told = [
        (RESULT, "从下拉列表里选；选了才算处理过。没打电话、听录音核对好的选“核对完成”"),
        *((slot.label, expected(slot)) for slot in desk.script.kept_slots),
        (f"带“（{TO_CHECK}）”的", "核对后改成正确的回答；没有错就去掉这几个字"),
        (NOTE, "想让同事知道的话"),
        (TIME, "什么时候打的，如 10:30；不填就算交回的时间"),
        (SHEET, "不要改，也不要删这一列；行的顺序可以变"),
    ]
    return Section("每一栏填什么", ("栏目", "填什么"), [[Entry(a), Entry(b)] for a, b in told], last_spans=9)


def _sheet_title(title: str) -> str:
    return title.translate(dict.fromkeys(map(ord, r"[]:*?/\\"), " "))


def _free_path(folder: Path, stem: str) -> Path:
    """A name that is not taken: a sheet that is out may have been filled in and not been handed back."""
    stem = _sheet_title(stem)
    path, number = folder / f"{stem}.xlsx", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.xlsx", number + 1
    return path


def sheet_row(row: FollowUpRow, standing: ResidentStanding, columns: Sequence[SlotColumn]) -> SheetRow:
    """What is handed out of one resident."""
    assert row.follow_up is not None
    cells, values = {}, {}
    for column in columns:
        slot = standing.slots.get(column.name)
        values[column.name] = slot.value if slot else None
        cells[column.name] = answer_text(column, slot.value, is_certain=slot.is_certain) if slot else ""
    fixed = dict(zip(READ_ONLY, (row.name, row.number, row.place), strict=True))
    return SheetRow(row.follow_up.id, fixed, cells, values)


def answer_text(column: SlotColumn, value: Any, *, is_certain: bool = True) -> str:
    """A value as it stands in a sheet; always text, so that it comes back as it went out."""
    if value is None:
        return "" if is_certain else TO_CHECK
    shown = column.format(value)
    text = f"{shown:.1f}" if isinstance(shown, float) else str(shown)
    return text if is_certain else f"{text}（{TO_CHECK}）"


def _as_json(row: SheetRow) -> dict[str, Any]:
    return {"fixed": dict(row.fixed), "cells": dict(row.cells), "values": dict(row.values)}


def _columns(columns: Sequence[SlotColumn]) -> list[ColumnSpec]:
    return [
        ColumnSpec(NUMBER, is_centred=True, narrowest=7),
        ColumnSpec("优先", narrowest=8, widest=16),
        ColumnSpec("姓名", narrowest=9),
        ColumnSpec("联系电话", narrowest=14, widest=22),
        ColumnSpec("住址", narrowest=12, widest=26),
        ColumnSpec("原因", narrowest=16, widest=30),
        ColumnSpec("建议", narrowest=16, widest=30),
        ColumnSpec("待核实的回答", narrowest=16, widest=36),
        ColumnSpec("最近结果", is_centred=True, narrowest=10, widest=18),
        ColumnSpec(RESULT, is_centred=True, narrowest=12, choices=tuple(r.label for r in STAFF_RESULTS)),
        *(ColumnSpec(column.title, is_centred=True, narrowest=9, widest=18) for column in columns),
        ColumnSpec(NOTE, narrowest=18, widest=40),
        ColumnSpec(TIME, is_centred=True, narrowest=13),
        ColumnSpec(PERSON, is_centred=True, narrowest=9),
        ColumnSpec(SHEET, is_centred=True, narrowest=7, is_printed=False),
    ]


def _entries(desk: Desk, row: FollowUpRow, out: SheetRow, sheet_id: int, person: str) -> list[Entry]:
    fill = "yellow"
    return [
        Entry(str(out.follow_up_id)),
        Entry(row.urgency_text),
        Entry(row.name, is_bold=True, tone="red" if row.is_urgent else ""),
        Entry(row.number),
        Entry(row.place),
        Entry(row.reason),
        Entry(row.suggestion),
        Entry(row.to_check),
        Entry(row.last_result),
        Entry("", tone=fill, note="必填：从下拉列表里选。"),
        *(Entry(out.cells[column.name]) for column in desk.columns),
        Entry(""),
        Entry("", note="什么时候打的，如 10:30 或 11-26 10:30；不填就算交回的时间。"),
        Entry(person),
        Entry(str(sheet_id)),
    ]
