"""Rows of the tables to values, and values to rows."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from campaign.errors import StoreError
from campaign.households import household_of
from campaign.policy import PastAttempt
from campaign.records import (
    CallAttempt,
    CallCause,
    CallResult,
    Campaign,
    Disposition,
    HungUpBy,
    Resident,
    ResidentState,
    SlotValue,
    Source,
    Turn,
)

_encode = json.JSONEncoder(ensure_ascii=False).encode
"""``json.dumps`` makes an encoder anew for each value."""

# --- rows to values -----------------------------------------------------------------------------------


def campaign_of(row: sqlite3.Row) -> Campaign:
    return Campaign(
        row["id"], row["name"], row["script"], row["script_version"], row["list_file"],
        required_time(row["created_at"]), tuple((head, use) for head, use in json.loads(row["list_columns"])),
    )  # fmt: skip


def resident_values(campaign_id: int, resident: Resident) -> Sequence[Any]:
    return (
        campaign_id, resident.row, resident.name, json_text(list(resident.phones)), resident.building,
        resident.unit, resident.room, resident.address, resident.id_number, resident.remark,
        json_text(dict(resident.extra)), ResidentState.PENDING, household_of(resident),
    )  # fmt: skip


def resident_of(row: sqlite3.Row) -> Resident:
    return Resident(
        id=row["id"], row=row["row"], name=row["name"], phones=tuple(json.loads(row["phones"])),
        building=row["building"], unit=row["unit"], room=row["room"], address=row["address"],
        id_number=row["id_number"], remark=row["remark"], extra=json.loads(row["extra"]),
    )  # fmt: skip


def attempt_of(row: sqlite3.Row) -> CallAttempt:
    return CallAttempt(
        id=row["id"],
        campaign_id=row["campaign_id"],
        resident_id=row["resident_id"],
        number=row["number"],
        ordinal=row["ordinal"],
        line=row["line"],
        dialled_at=required_time(row["dialled_at"]),
        answered_at=time_of(row["answered_at"]),
        ended_at=time_of(row["ended_at"]),
        disposition=Disposition(row["disposition"]) if row["disposition"] else None,
        cause=CallCause(row["sip_status"], row["q850_cause"], row["reason"], HungUpBy(row["hung_up_by"])),
        recording=row["recording"],
        frames_expected=row["frames_expected"],
        frames_received=row["frames_received"],
        reply_gaps=tuple(json.loads(row["reply_gaps"])),
        confidence=row["confidence"],
        evidence=json.loads(row["evidence"]),
        caller=row["caller"],
    )


def turn_of(row: sqlite3.Row) -> Turn:
    started, ended = required_time(row["started_at"]), required_time(row["ended_at"])
    return Turn(
        row["attempt_id"], row["ordinal"], row["state"], row["heard"], row["understood"], row["confidence"],
        started, ended, Source(row["source"]),
    )  # fmt: skip


def slot_of(row: sqlite3.Row) -> SlotValue:
    return SlotValue(
        row["name"], json.loads(row["value"]), row["raw"], row["understood"], row["confidence"],
        Source(row["source"]), bool(row["is_certain"]), bool(row["is_confirmed"]),
    )  # fmt: skip


# --- values to rows -----------------------------------------------------------------------------------


def past_attempt_of(row: sqlite3.Row) -> PastAttempt:
    """A dial as the policy sees it."""
    disposition = Disposition(row["disposition"]) if row["disposition"] else None
    return PastAttempt(required_time(row["dialled_at"]), disposition, row["number"])


def write_slot(sql: sqlite3.Connection, attempt_id: int, slot: SlotValue) -> None:
    sql.execute(
        "INSERT OR REPLACE INTO slot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attempt_id, slot.name, json_text(slot.value), slot.raw, slot.understood, slot.confidence,
            slot.source, slot.is_certain, slot.is_confirmed,
        ),
    )  # fmt: skip


def write_result(sql: sqlite3.Connection, result: CallResult) -> None:
    cause = result.cause
    sql.execute(
        "UPDATE attempt SET answered_at = COALESCE(?, answered_at), ended_at = ?, disposition = ?,"
        " sip_status = ?, q850_cause = ?, reason = ?, hung_up_by = ?, recording = ?, frames_expected = ?,"
        " frames_received = ?, frames_dropped = ?, reply_gaps = ?, confidence = ?, evidence = ? WHERE id = ?",
        (
            time_text(result.answered_at) if result.answered_at else None, time_text(result.ended_at),
            result.disposition, cause.sip_status, cause.q850_cause, cause.reason, cause.hung_up_by,
            result.recording, result.frames_expected, result.frames_received, result.frames_dropped,
            json_text(list(result.reply_gaps)), result.confidence, json_text(dict(result.evidence)),
            result.attempt_id,
        ),
    )  # fmt: skip


def set_state(
    sql: sqlite3.Connection,
    resident_id: int,
    state: ResidentState,
    due: dt.datetime | None = None,
    *,
    is_appointment: bool = False,
) -> None:
    at = time_text(due) if due else None
    sql.execute(
        "UPDATE resident SET state = ?, next_attempt_at = ?, appointment_at = ? WHERE id = ?",
        (state, at, at if is_appointment else None, resident_id),
    )


def open_attempt_row(sql: sqlite3.Connection, attempt_id: int) -> sqlite3.Row:
    """An attempt that is under way; what is over is never written anew."""
    row = sql.execute("SELECT * FROM attempt WHERE id = ?", (attempt_id,)).fetchone()
    if row is None:
        raise StoreError("no_attempt", f"没有编号为 {attempt_id} 的通话。")
    if row["ended_at"] is not None:
        raise StoreError("attempt_over", f"编号为 {attempt_id} 的通话已经结束，结果没有改动。")
    assert isinstance(row, sqlite3.Row)
    return row


def exists(sql: sqlite3.Connection, query: str, value: str) -> bool:
    return sql.execute(query, (value,)).fetchone() is not None


def json_text(value: object) -> str:
    return _encode(value)


def time_text(time: dt.datetime) -> str:
    """UTC to the millisecond, so that texts sort as times do."""
    return time.astimezone(dt.UTC).isoformat(timespec="milliseconds")


def time_of(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def required_time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
