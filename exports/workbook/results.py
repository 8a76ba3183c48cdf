"""The workbook that a campaign leaves behind, written from the store alone.

结果 (a row for each resident), 待人工跟进 (the queue), 通话明细 (every dial), 汇总 (figures and charts),
导入问题 where the list had any, 说明 (how to read it and how to put it right), and a hidden sheet that keeps
what the workbook said when it was handed out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from campaign.agreement import Agreement, agreements
from campaign.collection import without_collection
from campaign.store import Store
from exports.records.masking import masked_report
from exports.report.views import Report, read_report
from exports.review.handed_out import HIDDEN_SHEET, lines_of
from exports.workbook.columns import SlotColumn
from exports.workbook.legend_sheet import legend_sections
from exports.workbook.result_sheets import result_columns, result_rows, results_handed_out
from exports.workbook.summary_sheet import summary_sections
from exports.workbook.work_sheets import (
    CALL_COLUMNS,
    FOLLOW_UP_COLUMNS,
    PROBLEM_COLUMNS,
    QUEUE,
    call_rows,
    problem_rows,
    queue_rows,
)
from exports.workbook.workbook import WorkbookWriter, WrittenWorkbook

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
    is_masked: bool = False,
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
        is_masked: Whether names, numbers and what was said are hidden, and recordings left out.

    Raises:
        ExportError: ``disk_full`` or ``export_folder``.
        StoreError: The store cannot be read.
    """
    with without_collection():
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
        heard = agreements(store.listenings(campaign_id))
        return _workbook_of(masked_report(report) if is_masked else report, heard).save(path)


def _workbook_of(report: Report, heard: Sequence[Agreement]) -> WorkbookWriter:
    book = WorkbookWriter()
    columns = result_columns(report)
    rows = result_rows(report, columns)
    book.add_table("结果", [column.spec for column in columns], rows)
    book.add_table(QUEUE, FOLLOW_UP_COLUMNS, queue_rows(report), frozen_columns=2)
    book.add_table("通话明细", CALL_COLUMNS, call_rows(report))
    book.add_sections("汇总", report.campaign.name, summary_sections(report, heard), widths=(24,))
    if report.problems:
        book.add_table("导入问题", PROBLEM_COLUMNS, problem_rows(report))
    book.add_sections("说明", "怎么看这张表", legend_sections(report, columns), widths=(18, 66, 14))
    book.add_hidden(HIDDEN_SHEET, lines_of(results_handed_out(report, columns, rows)))
    return book
