"""The sheet 结果 of a result workbook as a list: whom it names, not what became of them.

Its columns are who (姓名, 联系电话, 住址), what came of the calls (up to 居民原话), the list's own, 居民编号.
What came of the calls is emptied, so that an answer such as 共3人 is not taken for a total, nor the answers
for columns of the next list. What staff wrote stays, since it may say that nobody is to be called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from campaign.lists.columns import Column, meaning_of
from campaign.lists.sheet import Row, Sheet

NAME, PHONES, PLACE, LIST_REMARK, STAFF_REMARK = "姓名", "联系电话", "住址", "名单备注", "人工备注"
LAST_OF_CALLS, KEY = "居民原话", "居民编号"
OF_THE_LIST = "（名单）"
"""Behind a heading of the list that one of ours is called as well."""
_IN_FRONT: Mapping[str, str] = {
    NAME: NAME, PHONES: PHONES, PLACE: PLACE, LIST_REMARK: Column.REMARK.label, STAFF_REMARK: STAFF_REMARK,
}  # fmt: skip
"""Columns before the list's own that are read, and what they are called as a list."""
_KNOWN_BY = frozenset({*_IN_FRONT, LAST_OF_CALLS, KEY})
_PLACES = (Column.BUILDING, Column.UNIT, Column.ROOM, Column.ADDRESS)


def as_list(sheet: Sheet) -> Sheet:
    """The sheet with nothing in it but the list; any other sheet as it is."""
    header = sheet.rows[0] if sheet.rows else ()
    if not _KNOWN_BY.issubset(header):
        return sheet
    kept = _kept(header, sheet)
    columns = range(len(header))
    rows = (tuple([row[i] if i in kept else "" for i in columns]) for row in sheet.rows[1:])
    return replace(sheet, rows=(tuple(kept.get(i, "") for i in columns), *rows))


def _kept(header: Row, sheet: Sheet) -> dict[int, str]:
    """The columns that are read, by what they are called as a list."""
    last = header.index(LAST_OF_CALLS)
    front = {index: _IN_FRONT[text] for index, text in enumerate(header[:last]) if text in _IN_FRONT}
    own = {
        index: text.removesuffix(OF_THE_LIST)
        for index, text in enumerate(header)
        if index > last and text and text != KEY
    }
    if any(meaning_of(text).used in _PLACES for text in own.values()):
        front = {index: text for index, text in front.items() if text != PLACE}  # put together from these
    return {
        index: text
        for index, text in {**front, **own}.items()
        if text != STAFF_REMARK or any(row[index] for row in sheet.rows[1:])
    }
