"""Numbers that are never dialled, of all campaigns: which, why, by whom and when."""

from __future__ import annotations

import datetime as dt
import sqlite3

from campaign.records import DoNotCallNumber
from campaign.store.database import Database
from campaign.store.rows import required_time, time_text


class DoNotCallList(Database):
    """The do-not-call list. What is taken off it stays on record."""

    def add_do_not_call(self, number: str, reason: str, at: dt.datetime, by: str = "") -> bool:
        """Put a number on the list; False when it is there already, and then stays as it was."""
        with self.writing() as sql:
            return never_call(sql, number, reason, at, by)

    def remove_do_not_call(self, number: str, at: dt.datetime, by: str = "") -> bool:
        """Take a number off the list; False when it is not on it."""
        with self.writing() as sql:
            moved = sql.execute(
                "INSERT INTO do_not_call_removal (number, reason, added_at, added_by, removed_at, removed_by)"
                " SELECT number, reason, added_at, added_by, ?, ? FROM do_not_call WHERE number = ?",
                (time_text(at), by, number),
            )
            sql.execute("DELETE FROM do_not_call WHERE number = ?", (number,))
            return moved.rowcount > 0

    def is_do_not_call(self, number: str) -> bool:
        return bool(self.rows("SELECT 1 FROM do_not_call WHERE number = ?", number))

    def do_not_call_numbers(self) -> list[DoNotCallNumber]:
        """The list as it holds now, oldest first."""
        return [_number(row) for row in self.rows("SELECT * FROM do_not_call ORDER BY added_at, number")]

    def removed_do_not_call_numbers(self) -> list[DoNotCallNumber]:
        """What was on the list once, in the order in which it was taken off."""
        rows = self.rows("SELECT * FROM do_not_call_removal ORDER BY id")
        return [_number(row, required_time(row["removed_at"]), row["removed_by"]) for row in rows]


def never_call(sql: sqlite3.Connection, number: str, reason: str, at: dt.datetime, by: str) -> bool:
    """Within a transaction: put a number on the list; False when it is there already."""
    added = sql.execute(
        "INSERT OR IGNORE INTO do_not_call (number, reason, added_at, added_by) VALUES (?, ?, ?, ?)",
        (number, reason, time_text(at), by),
    )
    return added.rowcount > 0


def _number(row: sqlite3.Row, removed_at: dt.datetime | None = None, removed_by: str = "") -> DoNotCallNumber:
    added_at = required_time(row["added_at"])
    return DoNotCallNumber(row["number"], row["reason"], added_at, row["added_by"], removed_at, removed_by)
