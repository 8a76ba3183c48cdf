"""The run: residents who are due are claimed, and what came of their calls is written down."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3

from campaign.policy import CallingRules, Done, DoNotCall, NextStep, Retry, ToFollowUp, earliest_dial
from campaign.records import CallAttempt, CallEvent, CallResult, ResidentState, SlotValue, Turn
from campaign.store.database import Database
from campaign.store.follow_ups import put_in_queue
from campaign.store.rows import (
    attempt_of,
    exists,
    json_text,
    open_attempt_row,
    required_time,
    set_state,
    time_text,
    write_result,
    write_slot,
)

_IS_DO_NOT_CALL = "SELECT 1 FROM do_not_call WHERE number = ?"
_PASSED_OVER = 64
"""Residents looked at beyond the wanted number, since some must wait for a number that is in a call."""
INTERRUPTED_REASON = "程序中断时正在通话，请补问没答到的问题"


class Dialling(Database):
    """Attempts from the claim to the result."""

    def claim_due(
        self, campaign_id: int, now: dt.datetime, limit: int, rules: CallingRules | None = None
    ) -> list[CallAttempt]:
        """Take residents who are due and write down that they are being dialled, in one transaction.

        Nobody on the do-not-call list is taken, and no number that is in a call already. Retries that are
        due go before residents who were never dialled. With ``rules``, a number whose dials of the day are
        used up (by another resident with the same number, or by runs that were broken off) has to wait, and
        one whose dials are used up altogether goes to follow-up.
        """
        claimed: list[CallAttempt] = []
        with self.writing() as sql:
            due = sql.execute(
                "SELECT * FROM resident WHERE campaign_id = ? AND (state = 'pending' OR"
                " (state = 'waiting' AND next_attempt_at <= ?))"
                " ORDER BY next_attempt_at IS NULL, next_attempt_at, row, id LIMIT ?",
                (campaign_id, time_text(now), limit + _PASSED_OVER),
            )
            for row in due.fetchall():
                if len(claimed) == limit:
                    break
                attempt = self._claim(sql, row, now, rules)
                if attempt is not None:
                    claimed.append(attempt)
        return claimed

    def _claim(
        self, sql: sqlite3.Connection, row: sqlite3.Row, now: dt.datetime, rules: CallingRules | None
    ) -> CallAttempt | None:
        phones = [p for p in json.loads(row["phones"]) if not exists(sql, _IS_DO_NOT_CALL, p)]
        if not phones:
            self._hand_over(sql, row, "号码在免打扰名单上，没有拨打", now)
            return None
        (made,) = sql.execute("SELECT COUNT(*) FROM attempt WHERE resident_id = ?", (row["id"],)).fetchone()
        number = phones[made % len(phones)]
        if exists(sql, "SELECT 1 FROM attempt WHERE number = ? AND ended_at IS NULL", number):
            return None
        if rules is not None and not self._may_dial(sql, row, number, now, rules):
            return None
        cursor = sql.execute(
            "INSERT INTO attempt (campaign_id, resident_id, number, ordinal, line, dialled_at)"
            " VALUES (?, ?, ?, ?, 0, ?)",
            (row["campaign_id"], row["id"], number, made + 1, time_text(now)),
        )
        set_state(sql, row["id"], ResidentState.IN_CALL)
        return CallAttempt(
            int(cursor.lastrowid or 0), row["campaign_id"], row["id"], number, made + 1, 0, now
        )

    def _may_dial(
        self, sql: sqlite3.Connection, row: sqlite3.Row, number: str, now: dt.datetime, rules: CallingRules
    ) -> bool:
        """Whether the number has dials left; if not, its resident waits or goes to follow-up."""
        dials = sql.execute(
            "SELECT dialled_at FROM attempt WHERE campaign_id = ? AND (number = ? OR resident_id = ?)",
            (row["campaign_id"], number, row["id"]),
        )
        at = earliest_dial([required_time(dial["dialled_at"]) for dial in dials], now, rules)
        if at is None:
            self._hand_over(sql, row, "拨打次数已用完", now)
        elif at > now:
            set_state(sql, row["id"], ResidentState.WAITING, at)
        return at is not None and at <= now

    def _hand_over(self, sql: sqlite3.Connection, row: sqlite3.Row, reason: str, now: dt.datetime) -> None:
        put_in_queue(sql, row["campaign_id"], row["id"], reason, now)
        set_state(sql, row["id"], ResidentState.FOLLOW_UP)

    def mark_line(self, attempt_id: int, line: int) -> None:
        with self.writing() as sql:
            sql.execute("UPDATE attempt SET line = ? WHERE id = ?", (line, attempt_id))

    def mark_answered(self, attempt_id: int, at: dt.datetime) -> None:
        with self.writing() as sql:
            sql.execute("UPDATE attempt SET answered_at = ? WHERE id = ?", (time_text(at), attempt_id))

    def record_event(self, event: CallEvent) -> None:
        """Take down an event. A killed process loses none; a power cut may cost the last ones, since ten
        calls bring too many to wait for the disk each time. The next result flushes them too."""
        with self.writing(is_flushed=False) as sql:
            sql.execute(
                "INSERT INTO event (attempt_id, at, kind, data) VALUES (?, ?, ?, ?)",
                (event.attempt_id, time_text(event.at), event.kind, json_text(dict(event.data))),
            )

    def record_turn(self, turn: Turn) -> None:
        with self.writing() as sql:
            sql.execute(
                "INSERT OR REPLACE INTO turn VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    turn.attempt_id, turn.ordinal, turn.state, turn.heard, turn.understood, turn.confidence,
                    time_text(turn.started_at), time_text(turn.ended_at), turn.source,
                ),
            )  # fmt: skip

    def record_slot(self, attempt_id: int, slot: SlotValue) -> None:
        with self.writing() as sql:
            write_slot(sql, attempt_id, slot)

    def finish(self, result: CallResult, next_step: NextStep) -> None:
        """Write what an attempt came to and what happens to its resident, in one transaction.

        Raises:
            StoreError: ``attempt_over``: it was finished or released before; nothing is changed.
        """
        with self.writing() as sql:
            row = open_attempt_row(sql, result.attempt_id)
            write_result(sql, result)
            for slot in result.slots:
                write_slot(sql, result.attempt_id, slot)
            sql.execute(
                "UPDATE resident SET disposition = ?, grade = COALESCE(?, grade) WHERE id = ?",
                (result.disposition, result.grade, row["resident_id"]),
            )
            self._apply(sql, row, next_step, result.ended_at)

    def _apply(self, sql: sqlite3.Connection, row: sqlite3.Row, next_step: NextStep, at: dt.datetime) -> None:
        match next_step:
            case Retry():
                set_state(sql, row["resident_id"], ResidentState.WAITING, next_step.at)
            case ToFollowUp():
                put_in_queue(sql, row["campaign_id"], row["resident_id"], next_step.reason, at)
                set_state(sql, row["resident_id"], ResidentState.FOLLOW_UP)
            case DoNotCall():
                sql.execute(
                    "INSERT OR IGNORE INTO do_not_call VALUES (?, ?, ?)",
                    (row["number"], next_step.reason, time_text(at)),
                )
                put_in_queue(sql, row["campaign_id"], row["resident_id"], next_step.reason, at)
                set_state(sql, row["resident_id"], ResidentState.FOLLOW_UP)
            case Done():
                set_state(sql, row["resident_id"], ResidentState.DONE)

    def release(self, attempt_id: int, at: dt.datetime) -> None:
        """End an attempt that we gave up before anybody answered: the resident is due again at once.

        The dial stays on record and counts, as any dial does.
        """
        with self.writing() as sql:
            self._release(sql, open_attempt_row(sql, attempt_id), at)

    def _release(self, sql: sqlite3.Connection, row: sqlite3.Row, at: dt.datetime) -> None:
        sql.execute(
            "UPDATE attempt SET ended_at = ?, reason = 'released', hung_up_by = 'robot' WHERE id = ?",
            (time_text(at), row["id"]),
        )
        set_state(sql, row["resident_id"], ResidentState.WAITING, at)

    def recover(self, now: dt.datetime) -> list[CallAttempt]:
        """Settle the attempts that a killed run left under way.

        Conversations end as partial with the answers they have, and go to follow-up; calls that nobody had
        answered are dialled again. Returns the attempts as they were found.
        """
        with self.writing() as sql:
            rows = sql.execute("SELECT * FROM attempt WHERE ended_at IS NULL ORDER BY id").fetchall()
            for row in rows:
                if row["answered_at"] is None:
                    self._release(sql, row, now)
                else:
                    self._cut_short(sql, row, now)
        return [attempt_of(row) for row in rows]

    def _cut_short(self, sql: sqlite3.Connection, row: sqlite3.Row, now: dt.datetime) -> None:
        (last,) = sql.execute("SELECT MAX(at) FROM event WHERE attempt_id = ?", (row["id"],)).fetchone()
        sql.execute(
            "UPDATE attempt SET ended_at = ?, disposition = 'partial', reason = 'interrupted',"
            " hung_up_by = 'robot' WHERE id = ?",
            (last or time_text(now), row["id"]),
        )
        sql.execute("UPDATE resident SET disposition = 'partial' WHERE id = ?", (row["resident_id"],))
        put_in_queue(sql, row["campaign_id"], row["resident_id"], INTERRUPTED_REASON, now)
        set_state(sql, row["resident_id"], ResidentState.FOLLOW_UP)
