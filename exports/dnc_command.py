"""``wenhou dnc list | add | remove | import | export``: the numbers that are never dialled."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from campaign.errors import ListError
from campaign.lists.files import read_sheets
from campaign.lists.phone_cells import parse_phones
from campaign.records import DoNotCallNumber
from campaign.store import Access, Store
from exports.records.private_files import write_private
from exports.sanitize import cell_text
from exports.tables import table_of

HEADINGS = ("号码", "原因", "加入时间", "加入人", "移除时间", "移除人")
_REASONS = ("原因", "备注", "说明")
_NUMBERS = ("号码", "电话", "联系电话", "手机", "手机号", "电话号码")
_DEFAULT_REASON = "工作人员加入"


def list_numbers(console: Console, store: Store, zone: dt.tzinfo, *, with_removed: bool) -> int:
    numbers = store.do_not_call_numbers()
    removed = store.removed_do_not_call_numbers() if with_removed else []
    if not numbers and not removed:
        console.print("免打扰名单是空的。加入号码：wenhou dnc add 号码 --reason 原因")
        return 0
    headings = HEADINGS if with_removed else HEADINGS[:4]
    table = table_of(*headings)
    for number in [*numbers, *removed]:
        table.add_row(*map(Text, _cells(number, zone)[: len(headings)]))
    console.print(table)
    console.print(f"共 {len(numbers)} 个号码不再拨打。")
    return 0


def add_numbers(
    console: Console, store: Store, texts: Sequence[str], reason: str, by: str, at: dt.datetime, area: str
) -> int:
    """
    Raises:
        ListError: ``bad_number``; then nothing is added.
    """
    numbers = _numbers(texts, area)
    for number in numbers:
        if store.add_do_not_call(number, reason or _DEFAULT_REASON, at, by):
            console.print(f"已加入免打扰名单：{number}")
        else:
            console.print(f"{number} 已经在免打扰名单上。", style="yellow")
    return 0


def remove_numbers(
    console: Console, store: Store, texts: Sequence[str], by: str, at: dt.datetime, area: str
) -> int:
    """
    Raises:
        ListError: ``bad_number``, or ``not_listed`` where one is not on the list; the others are removed.
    """
    missing = []
    for number in _numbers(texts, area):
        if store.remove_do_not_call(number, at, by):
            console.print(f"已移出免打扰名单：{number}（移除记录保留，wenhou dnc list --all 可查）")
        else:
            missing.append(number)
    if missing:
        raise ListError(
            "not_listed", f"不在免打扰名单上：{'、'.join(missing)}。请用 wenhou dnc list 核对号码。"
        )
    return 0


def import_numbers(console: Console, store: Store, path: Path, by: str, at: dt.datetime, area: str) -> int:
    """Take every number of a sheet or text file. A row that holds none is named.

    Raises:
        ListError: The file cannot be read, or ``no_numbers``.
    """
    rows = [row for sheet in read_sheets(path) for row in sheet.rows]
    added = known = 0
    refused: list[str] = []
    for line, text, reason in _entries(rows):
        found = parse_phones(text, area)
        for number in found.numbers:
            is_new = store.add_do_not_call(number, reason or f"从 {path.name} 导入", at, by)
            added, known = added + is_new, known + (not is_new)
        if not found.numbers:
            told = found.refused[0].reason if found.refused else f"“{text}”不是电话号码"
            refused.append(f"第 {line} 行：{told}")
    if not added and not known:
        raise ListError(
            "no_numbers", f"{path.name} 里没有能用的号码。请把号码放在“号码”一列，一行一个，再导入。"
        )
    also = f"，{known} 个原来就在名单上" if known else ""
    console.print(f"从 {path.name} 加入 {added} 个号码{also}。")
    for told in refused:
        console.print(f"  没有加入，{told}", style="yellow", markup=False)
    return 0


def export_numbers(
    console: Console, store: Store, path: Path, by: str, at: dt.datetime, zone: dt.tzinfo
) -> int:
    """Write the list with what was taken off it, as csv that Excel opens; the access log has who did.

    Raises:
        ExportError: ``export_folder`` or ``disk_full``.
    """
    numbers = [*store.do_not_call_numbers(), *store.removed_do_not_call_numbers()]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows([[cell_text(cell) for cell in _cells(number, zone)] for number in numbers])
    write_private(path, text.getvalue().encode("utf-8-sig"))
    store.log_access(Access(at, by, "导出免打扰名单", len(numbers), target=str(path.absolute())))
    console.print(f"免打扰名单：{path}（{len(numbers)} 行）", soft_wrap=True)
    return 0


def _cells(number: DoNotCallNumber, zone: dt.tzinfo) -> tuple[str, ...]:
    removed = f"{number.removed_at.astimezone(zone):%Y-%m-%d %H:%M}" if number.removed_at else ""
    added = f"{number.added_at.astimezone(zone):%Y-%m-%d %H:%M}"
    return number.number, number.reason, added, number.added_by, removed, number.removed_by


def _numbers(texts: Sequence[str], area: str) -> list[str]:
    numbers: list[str] = []
    for text in texts:
        found = parse_phones(text, area)
        if not found.numbers:
            told = found.refused[0].reason if found.refused else f"“{text}”不是电话号码"
            raise ListError("bad_number", f"没有改动免打扰名单：{told.rstrip('。')}。")
        numbers += found.numbers
    return numbers


def _entries(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, str, str]]:
    """Line, number cell and reason of each row; with or without a heading, removed numbers left out."""
    number_at, reason_at, removed_at = 0, None, None
    for line, row in enumerate(rows, 1):
        heads = [cell.strip() for cell in row]
        if any(head in _NUMBERS for head in heads):
            number_at = next(i for i, head in enumerate(heads) if head in _NUMBERS)
            reason_at = next((i for i, head in enumerate(heads) if head in _REASONS), None)
            removed_at = next((i for i, head in enumerate(heads) if head == "移除时间"), None)
            continue
        text = row[number_at] if number_at < len(row) else ""
        if text.strip() and not (removed_at is not None and row[removed_at].strip()):
            yield line, text, row[reason_at].strip() if reason_at is not None else ""
