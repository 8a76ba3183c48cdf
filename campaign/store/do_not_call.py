"""Numbers that are never dialled."""

from __future__ import annotations

import datetime as dt

from campaign.store.database import Database
from campaign.store.rows import time_text


class DoNotCallList(Database):
    """The do-not-call list, of all campaigns."""

    def add_do_not_call(self, number: str, reason: str, at: dt.datetime) -> None:
        with self.writing() as sql:
            sql.execute("INSERT OR IGNORE INTO do_not_call VALUES (?, ?, ?)", (number, reason, time_text(at)))

    def is_do_not_call(self, number: str) -> bool:
        return bool(self.rows("SELECT 1 FROM do_not_call WHERE number = ?", number))
