"""What a workbook said when it was handed out, kept within it, so that whoever reads it back can tell what
people changed in it from what changed in the store meanwhile. Pure.

A hidden sheet has a line for each resident. Texts that are long are kept by their beginning and a hash:
enough to see that they changed, and small.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaign.records import Campaign
from exports.sanitize import cell_text
from exports.workbook.columns import CellValue

KEY = "居民编号"
"""Heading of the column that says whom a row is about."""
HIDDEN_SHEET = "发出记录"
RESULTS, SAMPLE = "结果", "抽查"
"""What kind of workbook it is."""
_LONGEST_KEPT = 60
_CHARACTERS = 30_000
"""Of a cell of the hidden sheet; a workbook holds 32,767."""
_VALUE = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def text_of(value: CellValue) -> str:
    """A cell as text that is the same before a spreadsheet program had it and after."""
    match value:
        case str():
            return cell_text(value.replace("\r\n", "\n").replace("\r", "\n")).strip().lstrip("'")
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case int() | float():
            return f"{value:.10g}"
        case dt.datetime():
            whole = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
            is_day = whole.time() == dt.time()
            return whole.date().isoformat() if is_day else whole.isoformat(" ")
        case dt.date():
            return value.isoformat()
        case dt.time():
            return value.isoformat("seconds")
    return text_of(str(value))


def short(text: str) -> str:
    """Text by which a change is seen: itself, or its beginning and a hash."""
    if len(text) <= _LONGEST_KEPT:
        return text
    return f"{text[:40]}…#{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:16]}"


def shown(text: str) -> str:
    """A text that ``short`` made, for people."""
    return text.partition("…#")[0] + "…" if "…#" in text else text


@dataclass(frozen=True)
class MarkedCell:
    """One cell that people may change, as it was handed out."""

    text: str
    """As ``short`` keeps it."""
    value: str
    """JSON of the value as ``short`` keeps it; empty where nothing was known."""
    is_certain: bool = True


def value_key(value: Any) -> str:
    """A value by which it is seen whether it is the same."""
    return short(cell_text(_VALUE.encode(value)))


@dataclass(frozen=True)
class HandedOutRow:
    """One resident, or one call, as it was handed out."""

    key: int
    fixed: Mapping[str, str]
    """By heading, as ``short`` keeps it."""
    marked: Mapping[str, MarkedCell]
    """By heading."""


@dataclass(frozen=True)
class HandedOut:
    """A whole sheet as it was handed out."""

    kind: str
    campaign_id: int
    campaign_made: dt.datetime
    """When the campaign was imported: two stores may number theirs alike."""
    at: dt.datetime
    rows: Mapping[int, HandedOutRow]
    fields: Mapping[str, str]
    """Heading of each marked column to what it holds: ``slot:temperature``, ``grade``, ``remark``."""

    def is_of(self, campaign: Campaign) -> bool:
        return self.campaign_id == campaign.id and self.campaign_made == campaign.created_at


class NotHandedOut(ValueError):
    """The lines are none that ``lines_of`` made."""


def lines_of(handed_out: HandedOut) -> list[list[str | int]]:
    """The hidden sheet."""
    fixed = list(next(iter(handed_out.rows.values())).fixed) if handed_out.rows else []
    about = {
        "kind": handed_out.kind,
        "campaign": handed_out.campaign_id,
        "made": handed_out.campaign_made.isoformat(),
        "at": handed_out.at.isoformat(),
        "fields": dict(handed_out.fields),
        "fixed": fixed,
    }
    headings = list(handed_out.fields)
    rows = handed_out.rows.values()
    return [_line(0, about), *(_line(row.key, _plain(row, fixed, headings)) for row in rows)]


def _line(key: int, content: object) -> list[str | int]:
    """As many cells as it takes."""
    text = _LINE.encode(content)
    return [key, *(text[at : at + _CHARACTERS] for at in range(0, len(text), _CHARACTERS))]


def _content(line: Sequence[Any]) -> Any:
    return json.loads("".join(str(cell) for cell in line[1:] if cell is not None))


def _plain(row: HandedOutRow, fixed: Sequence[str], headings: Sequence[str]) -> list[Any]:
    marked = (row.marked[heading] for heading in headings)
    return [[row.fixed[h] for h in fixed], [[cell.text, cell.value, cell.is_certain] for cell in marked]]


def handed_out_of(lines: Sequence[Sequence[Any]]) -> HandedOut:
    """The hidden sheet read back.

    Raises:
        NotHandedOut: It is incomplete or something else.
    """
    try:
        about = _content(lines[0])
        fields, fixed = dict(about["fields"]), list(about["fixed"])
        rows = [_row(line, fixed, list(fields)) for line in lines[1:]]
        return HandedOut(
            str(about["kind"]),
            int(about["campaign"]),
            dt.datetime.fromisoformat(about["made"]),
            dt.datetime.fromisoformat(about["at"]),
            {row.key: row for row in rows},
            fields,
        )
    except (LookupError, TypeError, ValueError) as error:
        raise NotHandedOut from error


def _row(line: Sequence[Any], fixed: Sequence[str], headings: Sequence[str]) -> HandedOutRow:
    texts, cells = _content(line)
    return HandedOutRow(
        int(float(line[0])),
        dict(zip(fixed, texts, strict=True)),
        {h: MarkedCell(*cell) for h, cell in zip(headings, cells, strict=True)},
    )
