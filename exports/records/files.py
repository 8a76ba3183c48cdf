"""A campaign's residents as csv and JSON files for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from exports.records.column_mapping import MappedColumn
from exports.records.fields import fields_of, json_records
from exports.report.views import Report
from exports.sanitize import cell_text

FORMAT_VERSION = 1
"""Of the JSON; grows when a key changes its meaning or goes."""


def csv_of_report(report: Report) -> bytes:
    """A line for each resident with every field; UTF-8 with BOM, so that Excel opens it by itself."""
    fields = fields_of(report)
    rows = ([field.text(standing) for field in fields] for standing in report.standings)
    return csv_bytes(_distinct([field.title for field in fields]), rows)


def csv_of_mapping(report: Report, columns: Sequence[MappedColumn], encoding: str) -> bytes:
    """The table that another system wants."""
    rows = ([column.value(standing) for column in columns] for standing in report.standings)
    return csv_bytes([column.heading for column in columns], rows, encoding)


def json_of_report(report: Report, *, is_masked: bool) -> bytes:
    """One object: what it is, and ``residents``; see ``json_records``."""
    campaign = report.campaign
    content = {
        "format": FORMAT_VERSION,
        "campaign": {"id": campaign.id, "name": campaign.name, "script": campaign.script,
                     "script_version": campaign.script_version},
        "generated_at": report.generated_at.astimezone(report.zone).isoformat(timespec="seconds"),
        "is_masked": is_masked,
        "residents": json_records(report),
    }  # fmt: skip
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Any]], encoding: str = "utf-8-sig") -> bytes:
    """A csv whose cells are never taken for formulas; what the encoding lacks becomes a question mark."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([cell_text(heading) for heading in headings])
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return text.getvalue().encode(encoding, "replace")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else cell_text(str(value))


def _distinct(titles: Sequence[str]) -> list[str]:
    """Headings of which none stands twice: a column of the list may be called like one of ours."""
    found: list[str] = []
    for title in titles:
        name, number = title, 2
        while name in found:
            name, number = f"{title}({number})", number + 1
        found.append(name)
    return found
