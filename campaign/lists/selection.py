"""Which sheets of a list are read, and what is said where none of them can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from campaign.errors import ListError
from campaign.lists.choice import NO_CHOICE, ColumnChoice, missing_error
from campaign.lists.columns import COLUMNS, Column
from campaign.lists.headers import is_header_row
from campaign.lists.sheet import Row, Sheet
from campaign.lists.tables import Table, find_tables
from campaign.records import ListProblem

_EXAMPLES_SHOWN = 3
_NOT_A_LIST = re.compile(r"作废|停用|不用|废弃|模板|样表|样例|示例|填表说明|填写说明|旧名单|备份|旧表|历史")
_OWN_RESULT = "结果"
_OWN_OTHERS = frozenset({"待人工跟进", "通话明细", "汇总", "导入问题", "说明", "发出记录", "选项"})
"""Sheets of the result workbook; of its residents only 结果 tells."""
DONE_SHEETS = ("不用改的", "已导入但要留意的")
"""Sheets of 导入问题.xlsx that are for looking at only."""


def chosen_sheets(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[ListProblem]]:
    """The sheets to read, and a word about those that are not though they hold something."""
    filled = [sheet for sheet in sheets if not sheet.is_empty]
    names = {sheet.name for sheet in filled}
    is_own_result = _OWN_RESULT in names and len(names & _OWN_OTHERS) >= 2
    used: list[Sheet] = []
    problems: list[ListProblem] = []
    for sheet in filled:
        if (is_own_result and sheet.name in _OWN_OTHERS) or sheet.name in DONE_SHEETS:
            continue
        why = (
            "是隐藏的"
            if sheet.is_hidden
            else "看名称不是现用的名单"
            if _NOT_A_LIST.search(sheet.name)
            else ""
        )
        if why and any(not other.is_hidden and not _NOT_A_LIST.search(other.name) for other in filled):
            if any(table.has_phones and table.has_rows for table in find_tables(sheet, NO_CHOICE)):
                problems.append(ListProblem(sheet.name, 0, "sheet_not_read", "", f"{why}，没有导入"))
        else:
            used.append(sheet)
    return used, problems


def check_choice(path: Path, tables: Sequence[Table], sheets: Sequence[Sheet], choice: ColumnChoice) -> None:
    """Every column that the user names must be there."""
    if not choice:
        return
    headings = [text for table in tables for text in table.headings]
    rows = [
        text
        for table in tables
        if table.header
        for row in table.header.rows
        for text in table.sheet.rows[row]
    ]
    width = max((len(sheet.rows[0]) for sheet in sheets if sheet.rows), default=0)
    missing = [name for name in choice.missing([""] * width) if name in choice.missing([*headings, *rows])]
    if missing:
        shown = headings or [text for row in _likely_headers(sheets)[:1] for text in row]
        raise missing_error(path.name, missing, shown)


def no_phone_column(path: Path, sheets: Sequence[Sheet]) -> ListError:
    seen = next((list(dict.fromkeys(filter(None, row))) for row in _likely_headers(sheets)), [])
    shown = f"看到的表头是：{'、'.join(text[:12] for text in seen[:12])}。" if seen else ""
    names = "、".join(COLUMNS[Column.PHONE][:5])
    return ListError(
        "list_no_phone_column",
        f"{path.name} 里没有找到电话号码那一列。{shown}"
        f"请在表头行里把这一列叫作 {names} 中的一个，保存后再导入；或用 --columns 电话=列名 说明是哪一列。",
    )


def _likely_headers(sheets: Sequence[Sheet]) -> list[Row]:
    """Rows by how likely they are the header: known ones first, then those with most texts near the top."""
    rows = [row for sheet in sheets for row in sheet.rows[:8] if any(row)]
    return sorted(rows, key=lambda row: (not is_header_row(row, NO_CHOICE), -len({c for c in row if c})))


def nobody(file: str, problems: Sequence[ListProblem]) -> ListError:
    """For a list in which nobody can be called."""
    refused = [problem for problem in problems if not problem.is_imported and problem.row]
    examples = "\n".join(f"  {problem.sentence}" for problem in refused[:_EXAMPLES_SHOWN])
    return ListError(
        "list_nobody", f"{file} 里没有一个可以拨打的号码，没有导入。请改好后再导入，例如：\n{examples}"
    )
