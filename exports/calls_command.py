"""``wenhou calls``: every attempt of a campaign, for people as a table, for programs as JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from campaign.evidence import ENDED_BY, evidence_words, signalling_words
from campaign.records import CallAttempt, Campaign, Resident
from campaign.store import Store
from exports.tables import is_narrow, table_of


def show_calls(console: Console, store: Store, campaign: Campaign, zone: dt.tzinfo, *, as_json: bool) -> int:
    """Print every attempt, oldest first; as JSON one object a line."""
    residents = {resident.id: resident for resident in store.residents(campaign.id)}
    calls = [(attempt, residents[attempt.resident_id]) for attempt in store.attempts(campaign.id)]
    if as_json:
        for attempt, resident in calls:
            print(json.dumps(call_record(attempt, resident, zone), ensure_ascii=False), flush=False)
    elif not calls:
        console.print(f"{campaign.name}（任务 {campaign.id}）还没有拨打过。", markup=False)
    else:
        console.print(_table(calls, zone, with_grounds=not is_narrow(console)))
        console.print(f"共 {len(calls)} 次。一次通话的经过和依据：wenhou timeline 编号")
    return 0


def call_record(attempt: CallAttempt, resident: Resident, zone: dt.tzinfo) -> dict[str, Any]:
    """One attempt as programs read it; times are ISO 8601 with their offset, what is unknown is None."""
    is_over = attempt.ended_at is not None
    by_robot = is_over and not attempt.caller
    return {
        "resident": resident.name,
        "number": attempt.number,
        "disposition": attempt.disposition,
        "confidence": attempt.confidence,
        "sip_status": attempt.cause.sip_status or None,
        "q850_cause": attempt.cause.q850_cause or None,
        "dialled_at": _iso(attempt.dialled_at, zone),
        "answered_at": _iso(attempt.answered_at, zone),
        "released_at": _iso(attempt.ended_at, zone),
        "released_by": attempt.cause.hung_up_by if by_robot else None,
        "evidence": {**({"caller": attempt.caller} if attempt.caller else {}), **attempt.evidence},
    }


def _iso(time: dt.datetime | None, zone: dt.tzinfo) -> str | None:
    return time.astimezone(zone).isoformat(timespec="milliseconds") if time else None


_HEADINGS = ("编号", "居民", "号码", "拨出", "通话", "结果", "谁挂机", "依据")


def _table(calls: Iterable[tuple[CallAttempt, Resident]], zone: dt.tzinfo, *, with_grounds: bool) -> Table:
    shown = len(_HEADINGS) - (not with_grounds)
    table = table_of(*_HEADINGS[:shown])
    for attempt, resident in calls:
        table.add_row(*map(Text, _row(attempt, resident, zone)[:shown]))
    return table


def _row(attempt: CallAttempt, resident: Resident, zone: dt.tzinfo) -> Sequence[str]:
    sure = "" if attempt.confidence is None or attempt.caller else f" {attempt.confidence:.0%}"
    return (
        str(attempt.id),
        resident.name,
        attempt.number,
        f"{attempt.dialled_at.astimezone(zone):%m-%d %H:%M}",
        f"{attempt.talk_seconds:.0f} 秒" if attempt.talk_seconds else "",
        f"{result_words(attempt)}{sure}",
        "" if attempt.ended_at is None or attempt.caller else ENDED_BY[attempt.cause.hung_up_by],
        _grounds(attempt),
    )


def _grounds(attempt: CallAttempt) -> str:
    """SIP 480 Q.850 20，提示音说关机."""
    if attempt.caller:
        return f"{attempt.caller} 人工拨打"
    signalled = " ".join(signalling_words(attempt))
    return "，".join(filter(None, [signalled, *evidence_words(attempt.evidence)]))


def result_words(attempt: CallAttempt) -> str:
    """The disposition, or what an attempt without one is."""
    if attempt.disposition:
        return attempt.disposition.label
    return "拨号中断" if attempt.ended_at else "通话中"
