"""Campaigns and the residents of their lists."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from campaign.errors import StoreError
from campaign.records import Campaign, ListProblem, Resident, ResidentState
from campaign.store.database import Database
from campaign.store.rows import campaign_of, json_text, resident_of, resident_values, time_of, time_text


@dataclass(frozen=True)
class Progress:
    """How far a campaign has come, in residents."""

    total: int
    pending: int
    in_call: int
    waiting: int
    follow_up: int
    done: int
    next_due_at: dt.datetime | None
    """When the first of the waiting ones is due."""


class Lists(Database):
    """What was imported, and how far it has come."""

    def create_campaign(
        self,
        name: str,
        script: str,
        script_version: str,
        list_file: str,
        residents: Iterable[Resident],
        created_at: dt.datetime,
        problems: Iterable[ListProblem] = (),
    ) -> Campaign:
        """Store a list that was read, with what was wrong in it."""
        with self.writing() as sql:
            cursor = sql.execute(
                "INSERT INTO campaign (name, script, script_version, list_file, created_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (name, script, script_version, list_file, time_text(created_at)),
            )
            campaign_id = int(cursor.lastrowid or 0)
            _insert_list(sql, campaign_id, residents, problems)
        return self.campaign(campaign_id)

    def add_to_campaign(
        self,
        campaign_id: int,
        residents: Iterable[Resident],
        problems: Iterable[ListProblem],
        mended: Iterable[tuple[str, int]],
    ) -> Campaign:
        """Add rows of a list that were mended after it had been imported.

        Args:
            campaign_id: The campaign that the list became.
            residents: Those who can be called now.
            problems: What is wrong with the mended rows still.
            mended: Sheet and row of the list of every row that came back; their old problems are settled.
        """
        with self.writing() as sql:
            sql.executemany(
                "DELETE FROM list_problem"
                " WHERE campaign_id = ? AND sheet = ? AND row = ? AND is_imported = 0",
                ((campaign_id, sheet, row) for sheet, row in mended),
            )
            _insert_list(sql, campaign_id, residents, problems)
        return self.campaign(campaign_id)

    def keep_list_columns(self, campaign_id: int, columns: Iterable[tuple[str, str]]) -> None:
        """Keep the headings of the list in its order, each with what it was taken for."""
        with self.writing() as sql:
            sql.execute(
                "UPDATE campaign SET list_columns = ? WHERE id = ?", (json_text(list(columns)), campaign_id)
            )

    def campaigns(self) -> list[Campaign]:
        return [campaign_of(row) for row in self.rows("SELECT * FROM campaign ORDER BY id")]

    def campaign(self, campaign_id: int) -> Campaign:
        rows = self.rows("SELECT * FROM campaign WHERE id = ?", campaign_id)
        if not rows:
            raise StoreError(
                "no_campaign", f"没有编号为 {campaign_id} 的任务，请用 wenhou status 查看已有的任务。"
            )
        return campaign_of(rows[0])

    def latest_campaign(self) -> Campaign:
        """The campaign imported last.

        Raises:
            StoreError: ``no_campaign``: no list has been imported.
        """
        rows = self.rows("SELECT * FROM campaign ORDER BY id DESC LIMIT 1")
        if not rows:
            raise StoreError("no_campaign", "还没有导入名单。请先运行 wenhou import 名单.xlsx。")
        return campaign_of(rows[0])

    def residents(self, campaign_id: int) -> list[Resident]:
        rows = self.rows("SELECT * FROM resident WHERE campaign_id = ? ORDER BY row, id", campaign_id)
        return [resident_of(row) for row in rows]

    def list_problems(self, campaign_id: int) -> list[ListProblem]:
        """What was wrong in the list, in its order."""
        return [
            ListProblem(
                row["sheet"], row["row"], row["kind"], row["cell"], row["reason"], row["name"],
                bool(row["is_imported"]),
            )
            for row in self.rows("SELECT * FROM list_problem WHERE campaign_id = ? ORDER BY id", campaign_id)
        ]  # fmt: skip

    def progress(self, campaign_id: int) -> Progress:
        counts = {
            row["state"]: row["n"]
            for row in self.rows(
                "SELECT state, COUNT(*) AS n FROM resident WHERE campaign_id = ? GROUP BY state", campaign_id
            )
        }
        (due,) = self.rows(
            "SELECT MIN(next_attempt_at) AS at FROM resident WHERE campaign_id = ? AND state = 'waiting'",
            campaign_id,
        )
        return Progress(
            total=sum(counts.values()),
            next_due_at=time_of(due["at"]),
            **{str(state): counts.get(state, 0) for state in ResidentState},
        )


def _insert_list(
    sql: sqlite3.Connection, campaign_id: int, residents: Iterable[Resident], problems: Iterable[ListProblem]
) -> None:
    sql.executemany(
        "INSERT INTO resident (campaign_id, row, name, phones, building, unit, room, address,"
        " id_number, remark, extra, state, household) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (resident_values(campaign_id, resident) for resident in residents),
    )
    sql.executemany(
        "INSERT INTO list_problem (campaign_id, sheet, row, kind, cell, reason, name, is_imported)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((campaign_id, p.sheet, p.row, p.kind, p.cell, p.reason, p.name, p.is_imported) for p in problems),
    )
