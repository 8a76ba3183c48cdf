"""The queue that people work through."""

from __future__ import annotations

import datetime as dt
import sqlite3

from campaign.records import FollowUp
from campaign.store.database import Database
from campaign.store.rows import required_time, time_text


class FollowUps(Database):
    """Residents whom people must reach."""

    def follow_ups(self, campaign_id: int) -> list[FollowUp]:
        """The open queue, oldest first."""
        rows = self.rows(
            "SELECT * FROM follow_up WHERE campaign_id = ? AND is_open = 1 ORDER BY created_at, id",
            campaign_id,
        )
        return [
            FollowUp(
                row["id"], row["campaign_id"], row["resident_id"], row["reason"],
                required_time(row["created_at"]), bool(row["is_open"]),
            )
            for row in rows
        ]  # fmt: skip


def put_in_queue(
    sql: sqlite3.Connection, campaign_id: int, resident_id: int, reason: str, at: dt.datetime
) -> None:
    sql.execute(
        "INSERT INTO follow_up (campaign_id, resident_id, reason, created_at, is_open)"
        " VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT (resident_id) WHERE is_open = 1 DO UPDATE SET reason = excluded.reason",
        (campaign_id, resident_id, reason, time_text(at)),
    )
