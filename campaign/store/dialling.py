"""The run: residents who are due are claimed, and what came of their calls is written down."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Sequence

from campaign.phones import has_extension
from campaign.policy import (
    CallingRules,
    Done,
    DoNotCall,
    NextStep,
    Retry,
    ToFollowUp,
    earliest_dial,
    may_call,
    next_numbers,
)
from campaign.records import CallAttempt, CallEvent, CallResult, ResidentState, SlotValue, Turn
from campaign.store.database import Database
from campaign.store.do_not_call import never_call
from campaign.store.follow_ups import put_in_queue
from campaign.store.rows import (
    attempt_of,
    exists,
    json_text,
    open_attempt_row,
    past_attempt_of,
    required_time,
    set_state,
    time_text,
    write_result,
    write_slot,
)

_WAITING = """
    SELECT * FROM resident
    WHERE campaign_id = :campaign AND state = 'waiting' AND next_attempt_at <= :now
        AND (appointment_at IS NULL) = :is_plain
    ORDER BY next_attempt_at, row, id LIMIT :limit
"""
_PENDING = """
    SELECT * FROM resident WHERE campaign_id = :campaign AND state = 'pending' ORDER BY row, id LIMIT :limit
"""
_IS_DO_NOT_CALL = "SELECT 1 FROM do_not_call WHERE number = ?"
_NUMBER_IN_CALL = "SELECT 1 FROM attempt WHERE number = ? AND ended_at IS NULL"
_HOUSEHOLD_IN_CALL = """
    SELECT 1 FROM attempt JOIN resident ON resident.id = attempt.resident_id
    WHERE attempt.ended_at IS NULL AND resident.household = ?
"""
_DIALS = "SELECT dialled_at FROM attempt WHERE campaign_id = ? AND (number = ? OR resident_id = ?)"
_DIALS_ELSEWHERE = "SELECT dialled_at FROM attempt WHERE number = ? AND campaign_id <> ?"
_PASSED_OVER = 64
"""Residents looked at beyond the wanted number, since some must wait for a number that is in a call."""
INTERRUPTED_REASON = "程序中断时正在通话，请补问没答到的问题"


class Dialling(Database):
    """Attempts from the claim to the result."""

    def claim_due(
        self, campaign_id: int, now: dt.datetime, limit: int, rules: CallingRules | None = None
    ) -> list[CallAttempt]:
        """Take residents who are due and write down that they are being dialled, in one transaction.

        Nobody on the do-not-call list is taken, and no number or household that is in a call already.
        Appointments go first, then retries, then residents who were never dialled. With ``rules``, nobody is
        taken outside the calling hours; a number whose dials of the day are used up (by another resident with
        the same number, by another campaign or by runs that were broken off) has to wait, and one whose dials
        are used up altogether goes to follow-up.
        """
        if rules is not None and not may_call(now, rules):
            return []
        claimed: list[CallAttempt] = []
        with self.writing() as sql:
            for row in _due(sql, campaign_id, now, limit + _PASSED_OVER):
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
        phones = [p for p in phones if not has_extension(p)]
        if not phones:
            self._hand_over(sql, row, "号码要转分机，机器转不了，请人工拨打", now)
            return None
        if row["household"] and exists(sql, _HOUSEHOLD_IN_CALL, row["household"]):
            return None
        past = sql.execute("SELECT * FROM attempt WHERE resident_id = ? ORDER BY id", (row["id"],)).fetchall()
        numbers = next_numbers(phones, [past_attempt_of(attempt) for attempt in past])
        if not numbers:
            self._hand_over(sql, row, "号码都打不通，待核对", now)
            return None
        free = [number for number in numbers if not exists(sql, _NUMBER_IN_CALL, number)]
        if not free:
            return None
        number = free[0] if rules is None else self._with_dials_left(sql, row, free, now, rules)
        return self._begin(sql, row, number, len(past) + 1, now) if number else None

    def _begin(
        self, sql: sqlite3.Connection, row: sqlite3.Row, number: str, ordinal: int, now: dt.datetime
    ) -> CallAttempt:
        cursor = sql.execute(
            "INSERT INTO attempt (campaign_id, resident_id, number, ordinal, line, dialled_at)"
            " VALUES (?, ?, ?, ?, 0, ?)",
            (row["campaign_id"], row["id"], number, ordinal, time_text(now)),
        )
        set_state(sql, row["id"], ResidentState.IN_CALL)
        return CallAttempt(int(cursor.lastrowid or 0), row["campaign_id"], row["id"], number, ordinal, 0, now)

    def _with_dials_left(
        self,
        sql: sqlite3.Connection,
        row: sqlite3.Row,
        numbers: Sequence[str],
        now: dt.datetime,
        rules: CallingRules,
    ) -> str:
        """The first of the numbers that may be dialled now. Where none may, the resident waits or goes to
        follow-up, and the text is empty."""
        times: list[dt.datetime] = []
        for number in numbers:
            at = self._earliest(sql, row, number, now, rules)
            if at is not None and at <= now:
                return number
            times += [at] if at is not None else []
        if times:
            set_state(sql, row["id"], ResidentState.WAITING, min(times))
        else:
            self._hand_over(sql, row, "拨打次数已用完", now)
        return ""

    def _earliest(
        self, sql: sqlite3.Connection, row: sqlite3.Row, number: str, now: dt.datetime, rules: CallingRules
    ) -> dt.datetime | None:
        dials = sql.execute(_DIALS, (row["campaign_id"], number, row["id"])).fetchall()
        elsewhere = sql.execute(_DIALS_ELSEWHERE, (number, row["campaign_id"])).fetchall()
        return earliest_dial(
            [required_time(dial["dialled_at"]) for dial in dials],
            now,
            rules,
            elsewhere=[required_time(dial["dialled_at"]) for dial in elsewhere],
        )

    def latest_dial(self) -> dt.datetime | None:
        """When the robot dialled last, in any campaign; a clock that says less has been set back."""
        rows = self.rows("SELECT dialled_at FROM attempt WHERE caller = '' ORDER BY id DESC LIMIT 1")
        return required_time(rows[0]["dialled_at"]) if rows else None

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
                set_state(
                    sql, row["resident_id"], ResidentState.WAITING, next_step.at,
                    is_appointment=next_step.is_appointment,
                )  # fmt: skip
            case ToFollowUp():
                put_in_queue(
                    sql, row["campaign_id"], row["resident_id"], next_step.reason, at,
                    is_pressing=next_step.is_pressing,
                )  # fmt: skip
                set_state(sql, row["resident_id"], ResidentState.FOLLOW_UP)
            case DoNotCall():
                never_call(sql, row["number"], next_step.reason, at, f"居民本人（通话 {row['id']}）")
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


def _due(sql: sqlite3.Connection, campaign_id: int, now: dt.datetime, limit: int) -> Iterator[sqlite3.Row]:
    """Residents who are due: appointments, then retries, then those who were never dialled. Each kind is read
    only when those before it were not enough."""
    wanted = {"campaign": campaign_id, "now": time_text(now), "limit": limit}
    for query, is_plain in ((_WAITING, False), (_WAITING, True), (_PENDING, True)):
        yield from sql.execute(query, {**wanted, "is_plain": is_plain}).fetchall()
