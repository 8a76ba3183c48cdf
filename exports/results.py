"""The workbook that a campaign leaves behind, written from the store alone.

结果 (a row for each resident), 待人工跟进 (the queue), 通话明细 (every dial), 汇总 (figures), and 导入问题
where the list had any.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from campaign.store import Store
from exports.columns import SlotColumn
from exports.report import Report, read_report
from exports.result_sheets import (
    CALL_COLUMNS,
    FOLLOW_UP_COLUMNS,
    PROBLEM_COLUMNS,
    call_rows,
    problem_rows,
    queue_rows,
    result_columns,
    result_rows,
    summary_sections,
)
from exports.workbook import WorkbookWriter, WrittenWorkbook

__all__ = ["SlotColumn", "WrittenWorkbook", "write_workbook"]


def write_workbook(
    store: Store,
    campaign_id: int,
    path: Path,
    *,
    recordings: Path,
    columns: Sequence[SlotColumn],
    generated_at: dt.datetime,
    script_title: str = "",
    zone: dt.tzinfo | None = None,
) -> WrittenWorkbook:
    """Write everything that is known of a campaign.

    Args:
        store: A snapshot (``Store.snapshot``) where calls are going on.
        path: Where to; a numbered sibling is written where it is open in a spreadsheet program.
        recordings: Folder of the recordings; cells link to them.
        columns: The answers to show, in this order.
        generated_at: Now.
        script_title: Of the script that asked.
        zone: In which times are shown; that of ``generated_at`` where it is missing.

    Raises:
        ExportError: ``disk_full`` or ``export_folder``.
        StoreError: The store cannot be read.
    """
    report = read_report(
        store,
        campaign_id,
        folder=path.parent,
        recordings=recordings,
        columns=columns,
        generated_at=generated_at,
        script_title=script_title,
        zone=zone or generated_at.tzinfo or dt.UTC,
    )
    return _workbook_of(report).save(path)


def _workbook_of(report: Report) -> WorkbookWriter:
    book = WorkbookWriter()
    book.add_table("结果", result_columns(report), result_rows(report))
    book.add_table("待人工跟进", FOLLOW_UP_COLUMNS, queue_rows(report))
    book.add_table("通话明细", CALL_COLUMNS, call_rows(report))
    book.add_sections("汇总", report.campaign.name, summary_sections(report))
    if report.problems:
        book.add_table("导入问题", PROBLEM_COLUMNS, problem_rows(report))
    return book
