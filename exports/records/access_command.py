"""``wenhou access-log``: who took which personal data out, and when."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from campaign.store import Access
from exports.report.command import Office
from exports.tables import table_of


def show_access_log(console: Console, office: Office, since: dt.datetime | None, *, as_json: bool) -> int:
    """Print the log, oldest first; as JSON one object a line."""
    entries = office.store.access_log(since)
    if as_json:
        for entry in entries:
            print(json.dumps(_record(entry, office.zone), ensure_ascii=False))
        return 0
    if not entries:
        console.print("还没有人导出或清除过资料。")
        return 0
    table = table_of("时间", "谁", "做了什么", "任务", "户数", "遮盖", "写到哪里")
    for entry in entries:
        table.add_row(*map(Text, _cells(entry, office.zone)))
    console.print(table)
    console.print(f"共 {len(entries)} 条。")
    return 0


def _record(entry: Access, zone: dt.tzinfo) -> dict[str, object]:
    return {
        "at": entry.at.astimezone(zone).isoformat(timespec="seconds"), "by": entry.by, "what": entry.what,
        "campaign": entry.campaign_id, "people": entry.people, "is_masked": entry.is_masked,
        "target": entry.target,
    }  # fmt: skip


def _cells(entry: Access, zone: dt.tzinfo) -> Sequence[str]:
    return (
        f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        entry.by,
        entry.what,
        str(entry.campaign_id or ""),
        str(entry.people),
        "是" if entry.is_masked else "",
        entry.target,
    )
