"""Personal data: what is held of whom, taking it out of the file for good, and who has seen it."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaign.errors import StoreError
from campaign.purging import HeldCall, HeldCampaign, PurgePlan
from campaign.records import Campaign, Resident
from campaign.store.database import Database
from campaign.store.rows import campaign_of, json_text, required_time, resident_of, time_text

_LAST_ACTIVITY = """
    SELECT MAX(at) FROM (
        SELECT created_at AS at FROM campaign WHERE id = ?1
        UNION ALL SELECT MAX(COALESCE(ended_at, dialled_at)) FROM attempt WHERE campaign_id = ?1
        UNION ALL SELECT MAX(COALESCE(closed_at, created_at)) FROM follow_up WHERE campaign_id = ?1
        UNION ALL SELECT MAX(follow_up_note.at) FROM follow_up_note
            JOIN follow_up ON follow_up.id = follow_up_id WHERE campaign_id = ?1
        UNION ALL SELECT MAX(correction.at) FROM correction
            JOIN resident ON resident.id = resident_id WHERE campaign_id = ?1
        UNION ALL SELECT MAX(staff_answer.at) FROM staff_answer
            JOIN resident ON resident.id = resident_id WHERE campaign_id = ?1
    )
"""
_HAS_WORDS = """
    EXISTS (SELECT 1 FROM turn WHERE turn.attempt_id = attempt.id)
    OR EXISTS (SELECT 1 FROM event WHERE event.attempt_id = attempt.id)
    OR EXISTS (SELECT 1 FROM slot WHERE slot.attempt_id = attempt.id AND raw || understood <> '')
"""
_FORGET_WORDS = (
    "DELETE FROM turn WHERE attempt_id = ?",
    "DELETE FROM event WHERE attempt_id = ?",
    "UPDATE slot SET raw = '', understood = '' WHERE attempt_id = ?",
    "UPDATE attempt SET evidence = json_remove(evidence, '$.announced_by') WHERE id = ?",
)
_FORGET_PERSONS = (
    "DELETE FROM resident WHERE campaign_id = ?",
    "DELETE FROM list_problem WHERE campaign_id = ?",
    "DELETE FROM follow_up_sheet WHERE campaign_id = ?",
)


@dataclass(frozen=True)
class Access:
    """Somebody took personal data out of the store, or removed it."""

    at: dt.datetime
    by: str
    what: str
    """Chinese: 导出 csv, 清除 …"""
    people: int
    """How many residents it was about."""
    campaign_id: int | None = None
    target: str = ""
    """The file or folder that was written; empty for none. Never a resident's name."""
    is_masked: bool = False


@dataclass(frozen=True)
class HeldResident:
    """One entry of a list that may be the person who asks."""

    resident: Resident
    campaign: Campaign
    is_in_call: bool


class PersonalData(Database):
    """What data protection asks of the store."""

    # --- purging --------------------------------------------------------------------------------------

    def held_campaigns(self) -> list[HeldCampaign]:
        """What there is of every campaign, purged ones with no residents left."""
        found = []
        for campaign in self._campaigns():
            (row,) = self.rows("SELECT COUNT(*) AS n FROM resident WHERE campaign_id = ?", campaign.id)
            (last,) = self.rows(_LAST_ACTIVITY, campaign.id)
            unfinished = _unfinished(self._connection, campaign.id)
            found.append(HeldCampaign(campaign, row["n"], unfinished, required_time(last[0])))
        return found

    def held_calls(self) -> list[HeldCall]:
        """Every call that is over, and what is kept of it."""
        rows = self.rows(
            f"SELECT id, campaign_id, ended_at, recording, ({_HAS_WORDS}) AS has_words"
            " FROM attempt WHERE ended_at IS NOT NULL ORDER BY id"
        )
        return [
            HeldCall(
                row["id"], row["campaign_id"], required_time(row["ended_at"]), row["recording"],
                bool(row["has_words"]),
            )
            for row in rows
        ]  # fmt: skip

    def purge(self, plan: PurgePlan, figures: Mapping[int, Any], access: Access) -> None:
        """Take out what a plan says, in one transaction, with the entry of the access log.

        Recordings are files: remove them before. Campaigns stay, as a line without residents.

        Args:
            plan: What goes.
            figures: What is known of each campaign of ``plan.persons`` without its residents, by campaign.
            access: Who did it.

        Raises:
            StoreError: ``campaign_under_way``: a campaign of the plan has been taken up again; nothing went.
        """
        with self._erasing() as sql:
            for held in plan.persons:
                _refuse_unfinished(sql, held)
                sql.execute(
                    "INSERT OR REPLACE INTO kept_figures (campaign_id, at, content) VALUES (?, ?, ?)",
                    (held.campaign.id, time_text(access.at), json_text(figures[held.campaign.id])),
                )
                for statement in _FORGET_PERSONS:
                    sql.execute(statement, (held.campaign.id,))
            for call in plan.transcripts:
                for statement in _FORGET_WORDS:
                    sql.execute(statement, (call.attempt_id,))
            for call in plan.recordings:
                sql.execute("UPDATE attempt SET recording = '' WHERE id = ?", (call.attempt_id,))
            _log(sql, access)

    def kept_figures(self) -> dict[int, Any]:
        """The figures of campaigns whose residents were purged, by campaign."""
        rows = self.rows("SELECT * FROM kept_figures ORDER BY campaign_id")
        return {row["campaign_id"]: json.loads(row["content"]) for row in rows}

    # --- one person -----------------------------------------------------------------------------------

    def residents_asked_for(
        self, number: str = "", name: str = "", resident_id: int = 0
    ) -> list[HeldResident]:
        """Entries of all lists with a number, a name or an id, whichever is given."""
        rows = self.rows(
            "SELECT * FROM resident WHERE (?1 <> '' AND EXISTS (SELECT 1 FROM json_each(phones)"
            " WHERE value = ?1 OR value LIKE ?1 || ',%')) OR (?2 <> '' AND name = ?2) OR id = ?3"
            " ORDER BY campaign_id, row",
            number, name, resident_id,
        )  # fmt: skip
        campaigns = {campaign.id: campaign for campaign in self._campaigns()}
        return [
            HeldResident(resident_of(row), campaigns[row["campaign_id"]], row["state"] == "in_call")
            for row in rows
        ]

    def everything_about(self, resident_id: int) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table that belongs to a resident, found by the schema's own references, so that
        a table that comes later is never forgotten."""
        with self.telling():
            return {
                table: [dict(row) for row in rows]
                for table, rows in _belonging(self._connection, resident_id).items()
                if rows
            }

    def recordings_of(self, resident_id: int) -> list[str]:
        """Paths relative to the recording folder."""
        rows = self.rows(
            "SELECT recording FROM attempt WHERE resident_id = ? AND recording <> '' ORDER BY id", resident_id
        )
        return [row["recording"] for row in rows]

    def list_rows_about(self, person: Resident, campaign_id: int) -> list[dict[str, Any]]:
        """What the list's problems say of a resident, by row, number and name."""
        return [dict(row) for row in _problems_about(self._connection, person, campaign_id)]

    def delete_residents(self, people: Sequence[HeldResident], access: Access) -> None:
        """Delete entries of lists with everything that belongs to them. The do-not-call list stays as it is:
        without it the person would be called again by the next list.

        Raises:
            StoreError: ``resident_in_call``; then nothing is deleted.
        """
        with self._erasing() as sql:
            for held in people:
                person = held.resident
                row = sql.execute("SELECT state FROM resident WHERE id = ?", (person.id,)).fetchone()
                if row is not None and row["state"] == "in_call":
                    raise StoreError("resident_in_call", "正在和这位居民通话，没有删除。请等通话结束再试。")
                _forget_handed_out(sql, held)
                for problem in _problems_about(sql, person, held.campaign.id):
                    sql.execute("DELETE FROM list_problem WHERE id = ?", (problem["id"],))
                sql.execute("DELETE FROM resident WHERE id = ?", (person.id,))
            _log(sql, access)

    # --- the access log -------------------------------------------------------------------------------

    def log_access(self, access: Access) -> None:
        with self.writing() as sql:
            _log(sql, access)

    def access_log(self, since: dt.datetime | None = None) -> list[Access]:
        """Oldest first."""
        rows = self.rows(
            "SELECT * FROM access_log WHERE at >= ? ORDER BY id", time_text(since) if since else ""
        )
        return [
            Access(
                required_time(row["at"]), row["by_whom"], row["what"], row["people"], row["campaign_id"],
                row["target"], bool(row["is_masked"]),
            )
            for row in rows
        ]  # fmt: skip

    # --- inside ---------------------------------------------------------------------------------------

    def _campaigns(self) -> list[Campaign]:
        return [campaign_of(row) for row in self.rows("SELECT * FROM campaign ORDER BY id")]

    @contextlib.contextmanager
    def _erasing(self) -> Iterator[sqlite3.Connection]:
        """A transaction whose deleted rows can't be read from the file any more: freed pages are overwritten,
        the file is written anew without them and the write-ahead log is emptied."""
        with self.telling():
            self._connection.execute("PRAGMA secure_delete = ON")
        with self.writing() as sql:
            yield sql
        with self.telling():
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _unfinished(sql: sqlite3.Connection, campaign_id: int) -> int:
    """Residents whom the robot is to dial yet: in a campaign that goes on every day all of them, in one that
    was closed only who is on the line."""
    plan = sql.execute(
        "SELECT is_daily, closed_at FROM campaign_plan WHERE campaign_id = ?", (campaign_id,)
    ).fetchone()
    is_closed = plan is not None and plan["closed_at"] is not None
    is_daily = plan is not None and bool(plan["is_daily"]) and not is_closed
    states = ("in_call",) if is_closed else ("in_call", "pending", "waiting")
    (count,) = sql.execute(
        "SELECT COUNT(*) FROM resident WHERE campaign_id = ?1"
        " AND (?2 OR state IN (SELECT value FROM json_each(?3)))",
        (campaign_id, is_daily, json.dumps(states)),
    ).fetchone()
    return int(count)


def _refuse_unfinished(sql: sqlite3.Connection, held: HeldCampaign) -> None:
    unfinished = _unfinished(sql, held.campaign.id)
    if unfinished:
        raise StoreError(
            "campaign_under_way", f"任务 {held.campaign.id} 又有居民要拨打了，什么都没有清除。请重新运行。"
        )


def _belonging(sql: sqlite3.Connection, resident_id: int) -> dict[str, list[sqlite3.Row]]:
    """Rows by table, from the resident along every reference between tables."""
    found = {"resident": sql.execute("SELECT * FROM resident WHERE id = ?", (resident_id,)).fetchall()}
    tables = [row["name"] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    waiting = ["resident"]
    while waiting:
        parent = waiting.pop(0)
        keys = [row["id"] for row in map(dict, found[parent]) if "id" in row]
        for table in tables:
            for column in _references(sql, table, parent):
                if table in found:
                    continue
                found[table] = _rows_where(sql, table, column, keys)
                waiting.append(table)
    return found


def _references(sql: sqlite3.Connection, table: str, parent: str) -> list[str]:
    keys = sql.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    return [key["from"] for key in keys if key["table"] == parent]


def _rows_where(sql: sqlite3.Connection, table: str, column: str, keys: Iterable[int]) -> list[sqlite3.Row]:
    query = f"SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY rowid"
    return sql.execute(query, (json.dumps(list(keys)),)).fetchall()


def _problems_about(sql: sqlite3.Connection, person: Resident, campaign_id: int) -> list[sqlite3.Row]:
    """Those with one of the person's numbers; those with the name where nobody else of the list has it."""
    rows = sql.execute("SELECT * FROM list_problem WHERE campaign_id = ?", (campaign_id,)).fetchall()
    numbers = [phone.split(",")[0] for phone in person.phones]
    (namesakes,) = sql.execute(
        "SELECT COUNT(*) FROM resident WHERE campaign_id = ? AND name = ? AND id <> ?",
        (campaign_id, person.name, person.id),
    ).fetchone()
    return [
        row
        for row in rows
        if (person.name and row["name"] == person.name and not namesakes)
        or any(number in "".join(c for c in row["cell"] if c.isdigit()) for number in numbers)
    ]


def _forget_handed_out(sql: sqlite3.Connection, held: HeldResident) -> None:
    """The copies of a resident's row in sheets that were handed out."""
    entries = {
        str(row["id"])
        for row in sql.execute("SELECT id FROM follow_up WHERE resident_id = ?", (held.resident.id,))
    }
    sheets = sql.execute(
        "SELECT * FROM follow_up_sheet WHERE campaign_id = ?", (held.campaign.id,)
    ).fetchall()
    for sheet in sheets:
        content = json.loads(sheet["content"])
        rows = content.get("rows") if isinstance(content, dict) else None
        if isinstance(rows, dict) and entries & rows.keys():
            content["rows"] = {key: row for key, row in rows.items() if key not in entries}
            sql.execute(
                "UPDATE follow_up_sheet SET content = ? WHERE id = ?", (json_text(content), sheet["id"])
            )


def _log(sql: sqlite3.Connection, access: Access) -> None:
    sql.execute(
        "INSERT INTO access_log (at, by_whom, what, people, campaign_id, target, is_masked)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            time_text(access.at), access.by, access.what, access.people, access.campaign_id, access.target,
            access.is_masked,
        ),
    )  # fmt: skip
