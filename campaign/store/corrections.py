"""What staff put right in sheets: written with who, when and what stood there before."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from campaign.corrections import Correction, Known, Listening, Review, slot_of_field
from campaign.store.database import Database
from campaign.store.rows import json_text, required_time, time_text

_STATE = """
    SELECT resident.id, COALESCE(grade, '') || '/'
        || (SELECT COALESCE(MAX(id), 0) FROM staff_answer WHERE resident_id = resident.id) || '/'
        || (SELECT COALESCE(MAX(id), 0) FROM correction WHERE resident_id = resident.id) || '/'
        || (SELECT COUNT(*) FROM slot JOIN attempt ON attempt.id = slot.attempt_id
            WHERE attempt.resident_id = resident.id) AS state
    FROM resident
"""


class Corrections(Database):
    """The audit trail of corrections, and what was heard by those who listened to calls."""

    def states(self, campaign_id: int) -> dict[int, str]:
        """Of every resident, what changes whenever a call, staff or a sheet changes what is known of them."""
        rows = self.rows(f"{_STATE} WHERE resident.campaign_id = ?", campaign_id)
        return {row["id"]: row["state"] for row in rows}

    def record_reviews(self, reviews: Iterable[Review]) -> list[int]:
        """Write corrections down and make them hold, in one transaction.

        Returns:
            The residents of whom something else became known since the corrections were judged; for them
            nothing is written.
        """
        overtaken = []
        with self.writing() as sql:
            for review in reviews:
                (state,) = sql.execute(f"{_STATE} WHERE resident.id = ?", (review.resident_id,)).fetchall()
                if review.state and state["state"] != review.state:
                    overtaken.append(review.resident_id)
                    continue
                for correction in review.corrections:
                    _record(sql, correction)
                if review.grade is not None:
                    sql.execute(
                        "UPDATE resident SET grade = ? WHERE id = ?", (review.grade, review.resident_id)
                    )
        return overtaken

    def corrections(self, campaign_id: int) -> dict[int, list[Correction]]:
        """Everything that was put right, by resident, oldest first."""
        found: dict[int, list[Correction]] = {}
        for row in self.rows(
            "SELECT correction.* FROM correction JOIN resident ON resident.id = resident_id"
            " WHERE campaign_id = ? ORDER BY correction.id",
            campaign_id,
        ):
            found.setdefault(row["resident_id"], []).append(_correction(row))
        return found

    def record_listening(self, heard: Sequence[Listening]) -> None:
        """Keep what was heard; somebody who hands the same call in again replaces what they said."""
        with self.writing() as sql:
            sql.executemany(
                "INSERT INTO listening (attempt_id, name, robot, reviewer, weight, by_whom, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (attempt_id, name, by_whom)"
                " DO UPDATE SET robot = excluded.robot, reviewer = excluded.reviewer,"
                " weight = excluded.weight, at = excluded.at",
                (
                    (
                        one.attempt_id, one.name, json_text(one.robot), json_text(one.reviewer), one.weight,
                        one.by, time_text(one.at),
                    )
                    for one in heard
                ),
            )  # fmt: skip

    def listenings(self, campaign_id: int) -> list[Listening]:
        """Everything that was heard by those who listened to calls of a campaign."""
        return [
            Listening(
                row["attempt_id"], row["name"], json.loads(row["robot"]), json.loads(row["reviewer"]),
                row["weight"], row["by_whom"], required_time(row["at"]),
            )
            for row in self.rows(
                "SELECT listening.* FROM listening JOIN attempt ON attempt.id = attempt_id"
                " WHERE campaign_id = ? ORDER BY listening.id",
                campaign_id,
            )
        ]  # fmt: skip


def _record(sql: sqlite3.Connection, correction: Correction) -> None:
    at = time_text(correction.at)
    sql.execute(
        "INSERT INTO correction (resident_id, field, old, new, by_whom, at, origin)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            correction.resident_id, correction.field, json_text(_plain(correction.old)),
            json_text(_plain(correction.new)), correction.by, at, correction.origin,
        ),
    )  # fmt: skip
    if slot := slot_of_field(correction.field):
        sql.execute(
            "INSERT INTO staff_answer (resident_id, name, value, by_whom, at) VALUES (?, ?, ?, ?, ?)",
            (correction.resident_id, slot, json_text(correction.new.value), correction.by, at),
        )


def _correction(row: sqlite3.Row) -> Correction:
    old, new = _known(json.loads(row["old"])), _known(json.loads(row["new"]))
    assert new is not None
    return Correction(
        row["resident_id"], row["field"], old, new, row["by_whom"], required_time(row["at"]), row["origin"]
    )


def _plain(known: Known | None) -> Any:
    return None if known is None else {"value": known.value, "is_certain": known.is_certain}


def _known(plain: Any) -> Known | None:
    return None if plain is None else Known(plain["value"], plain["is_certain"])
