"""How campaigns are to be called: priority, pause, daily rounds, and what the round before has learnt."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3

from campaign.errors import StoreError
from campaign.records import Campaign, Disposition, ResidentState
from campaign.rounds import USUAL, CampaignPlan, round_name
from campaign.store.follow_ups import put_in_queue
from campaign.store.lists import Lists
from campaign.store.rows import json_text, time_of, time_text

_PLANS = """
    SELECT campaign.id AS campaign_id, COALESCE(priority, ?) AS priority, paused_at,
        COALESCE(is_daily, 0) AS is_daily, COALESCE(series, campaign.id) AS series,
        COALESCE(round, 1) AS round, closed_at
    FROM campaign LEFT JOIN campaign_plan ON campaign_plan.campaign_id = campaign.id
    ORDER BY campaign.id
"""
_LAST_ON_NUMBER = """
    SELECT attempt.disposition FROM attempt
    JOIN resident ON resident.id = attempt.resident_id
    JOIN campaign_plan ON campaign_plan.campaign_id = attempt.campaign_id
    WHERE attempt.number = ? AND resident.name = ? AND campaign_plan.series = ?
        AND attempt.disposition IS NOT NULL
    ORDER BY attempt.id DESC LIMIT 1
"""
_NOBODYS = frozenset({Disposition.WRONG_NUMBER, Disposition.INVALID_NUMBER})
"""A stranger must not be rung up every morning."""
_NEW_IN_ROUND = frozenset(
    {"id", "campaign_id", "phones", "state", "next_attempt_at", "appointment_at", "disposition", "grade"}
)
"""Columns of a resident that a round does not take over as they are."""


class Rounds(Lists):
    """The plans of campaigns, and one round after the other."""

    def plans(self) -> list[CampaignPlan]:
        """Of every campaign, in the order in which they came into being."""
        return [
            CampaignPlan(
                row["campaign_id"], row["priority"], row["paused_at"] is not None, bool(row["is_daily"]),
                row["series"], row["round"], row["closed_at"] is not None,
            )
            for row in self.rows(_PLANS, USUAL)
        ]  # fmt: skip

    def plan(self, campaign_id: int) -> CampaignPlan:
        """Of one campaign.

        Raises:
            StoreError: ``no_campaign``.
        """
        self.campaign(campaign_id)
        return next(plan for plan in self.plans() if plan.campaign_id == campaign_id)

    def set_priority(self, campaign_id: int, priority: int) -> None:
        self._set(campaign_id, "priority", priority)

    def set_paused(self, campaign_id: int, at: dt.datetime | None) -> None:
        """Keep a campaign from being dialled until it is resumed (None), in this run and in later ones."""
        self._set(campaign_id, "paused_at", time_text(at) if at else None)

    def set_daily(self, campaign_id: int, is_daily: bool) -> None:
        self._set(campaign_id, "is_daily", int(is_daily))

    def _set(self, campaign_id: int, column: str, value: object) -> None:
        self.campaign(campaign_id)
        with self.writing() as sql:
            _with_plan(sql, campaign_id)
            sql.execute(f"UPDATE campaign_plan SET {column} = ? WHERE campaign_id = ?", (value, campaign_id))

    def first_dial(self, campaign_id: int) -> dt.datetime | None:
        """When the robot first dialled for a campaign."""
        (row,) = self.rows(
            "SELECT MIN(dialled_at) AS at FROM attempt WHERE campaign_id = ? AND caller = ''", campaign_id
        )
        return time_of(row["at"])

    def next_appointment(self, campaign_id: int) -> dt.datetime | None:
        """The earliest time that a resident of a campaign asked for and that is still to come."""
        (row,) = self.rows(
            "SELECT MIN(next_attempt_at) AS at FROM resident"
            " WHERE campaign_id = ? AND state = 'waiting' AND appointment_at IS NOT NULL",
            campaign_id,
        )
        return time_of(row["at"])

    # --- rounds ---------------------------------------------------------------------------------------

    def begin_round(self, campaign_id: int, now: dt.datetime, day: dt.date) -> Campaign:
        """Begin the round after a campaign: the same list with nothing known yet. The campaign is closed.

        Appointments are kept. Numbers that turned out to be nobody's or a stranger's are not dialled again;
        who has no other goes to people at once.

        Args:
            campaign_id: The newest round of its series.
            now: When the round begins.
            day: Of the community's calendar, for its name.

        Raises:
            StoreError: ``round_closed``: a later round has begun already; nothing is changed.
        """
        with self.writing() as sql:
            _with_plan(sql, campaign_id)
            plan = sql.execute("SELECT * FROM campaign_plan WHERE campaign_id = ?", (campaign_id,)).fetchone()
            if plan["closed_at"] is not None:
                raise StoreError("round_closed", f"任务 {campaign_id} 后面已经有新的一轮了，请用最新的一轮。")
            new = _copied_campaign(sql, campaign_id, plan, now, day)
            sql.execute(
                "UPDATE campaign_plan SET closed_at = ? WHERE campaign_id = ?", (time_text(now), campaign_id)
            )
            for row in sql.execute(
                "SELECT * FROM resident WHERE campaign_id = ? ORDER BY row, id", (campaign_id,)
            ).fetchall():
                _copy_resident(sql, row, new, plan["series"], now)
        return self.campaign(new)

    def newest_round(self, campaign_id: int) -> CampaignPlan:
        """The round of a campaign's series that is being called; the campaign itself where it has none."""
        series = self.plan(campaign_id).series
        return [plan for plan in self.plans() if plan.series == series][-1]

    def round_before(self, campaign_id: int) -> int | None:
        """The campaign that was the round before; None for a first round."""
        plan = self.plan(campaign_id)
        before = [p.campaign_id for p in self.plans() if p.series == plan.series and p.round < plan.round]
        return before[-1] if before else None

    def earlier_ids(self, campaign_id: int) -> dict[int, int]:
        """Resident of this round -> the same resident in the round before."""
        rows = self.rows(
            "SELECT resident_id, earlier_id FROM resident_round"
            " JOIN resident ON resident.id = resident_id WHERE campaign_id = ?",
            campaign_id,
        )
        return {row["resident_id"]: row["earlier_id"] for row in rows}


def _with_plan(sql: sqlite3.Connection, campaign_id: int) -> None:
    sql.execute(
        "INSERT INTO campaign_plan (campaign_id, priority, series) VALUES (?, ?, ?)"
        " ON CONFLICT (campaign_id) DO NOTHING",
        (campaign_id, USUAL, campaign_id),
    )


def _copied_campaign(
    sql: sqlite3.Connection, campaign_id: int, plan: sqlite3.Row, now: dt.datetime, day: dt.date
) -> int:
    row = dict(sql.execute("SELECT * FROM campaign WHERE id = ?", (campaign_id,)).fetchone())
    (first,) = sql.execute("SELECT name FROM campaign WHERE id = ?", (plan["series"],)).fetchone()
    row.pop("id")
    row |= {"created_at": time_text(now), "name": round_name(first, plan["round"] + 1, day)}
    new = _insert(sql, "campaign", row)
    sql.execute(
        "INSERT INTO campaign_plan (campaign_id, priority, paused_at, is_daily, series, round)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (new, plan["priority"], plan["paused_at"], plan["is_daily"], plan["series"], plan["round"] + 1),
    )
    return new


def _copy_resident(
    sql: sqlite3.Connection, row: sqlite3.Row, new: int, series: int, now: dt.datetime
) -> None:
    phones = json.loads(row["phones"])
    good = [phone for phone in phones if not _is_nobodys(sql, phone, row["name"], series)]
    values = {key: row[key] for key in row.keys() if key not in _NEW_IN_ROUND}  # noqa: SIM118 - a Row
    is_promised = row["state"] == ResidentState.WAITING and row["appointment_at"] is not None
    appointment = row["appointment_at"] if is_promised and good else None
    state = ResidentState.WAITING if appointment else ResidentState.PENDING
    values |= {
        "campaign_id": new, "phones": json_text(good or phones), "next_attempt_at": appointment,
        "appointment_at": appointment, "state": state if good else ResidentState.FOLLOW_UP,
    }  # fmt: skip
    resident = _insert(sql, "resident", values)
    sql.execute("INSERT INTO resident_round (resident_id, earlier_id) VALUES (?, ?)", (resident, row["id"]))
    if not good:
        put_in_queue(sql, new, resident, "以前查明号码是空号或打错了，这一轮没有拨打，请核对号码", now)


def _is_nobodys(sql: sqlite3.Connection, phone: str, name: str, series: int) -> bool:
    found = sql.execute(_LAST_ON_NUMBER, (phone, name, series)).fetchone()
    return found is not None and found["disposition"] in _NOBODYS


def _insert(sql: sqlite3.Connection, table: str, values: dict[str, object]) -> int:
    marks = ", ".join("?" * len(values))
    cursor = sql.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
    )
    return int(cursor.lastrowid or 0)
