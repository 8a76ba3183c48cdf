"""The queue that people work through: who is at which entry, what was done, what came of it."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Mapping

from campaign.errors import StoreError
from campaign.records import Disposition, FollowUp, FollowUpNote, ResidentState, SlotValue, Source
from campaign.staff_work import StaffWork
from campaign.store.database import Database
from campaign.store.do_not_call import never_call
from campaign.store.rows import json_text, required_time, set_state, time_of, time_text

_CLAIM = """
    UPDATE follow_up SET claimed_by = ?, claimed_at = ?
    WHERE id = ? AND is_open = 1 AND (claimed_by IN ('', ?) OR claimed_at < ?)
"""
_AS_LAST_CALLED = """
    UPDATE resident SET disposition = (
        SELECT disposition FROM attempt WHERE resident_id = ? AND disposition IS NOT NULL
        ORDER BY id DESC LIMIT 1
    ) WHERE id = ?
"""


class FollowUps(Database):
    """Residents whom people must reach or whose answers they must check."""

    def follow_ups(self, campaign_id: int) -> list[FollowUp]:
        """The open queue, oldest first."""
        rows = self.rows(
            "SELECT * FROM follow_up WHERE campaign_id = ? AND is_open = 1 ORDER BY created_at, id",
            campaign_id,
        )
        return [_follow_up(row) for row in rows]

    def closed_follow_ups(self, campaign_id: int) -> list[FollowUp]:
        """What people have seen to, in the order in which they did."""
        rows = self.rows(
            "SELECT * FROM follow_up WHERE campaign_id = ? AND is_open = 0 ORDER BY closed_at, id",
            campaign_id,
        )
        return [_follow_up(row) for row in rows]

    def follow_up(self, follow_up_id: int) -> FollowUp:
        """
        Raises:
            StoreError: ``no_follow_up``.
        """
        return _follow_up(self._follow_up_row(follow_up_id))

    def follow_up_notes(self, campaign_id: int) -> dict[int, list[FollowUpNote]]:
        """What was done about each entry, oldest first."""
        found: dict[int, list[FollowUpNote]] = {}
        for row in self.rows(
            "SELECT follow_up_note.* FROM follow_up_note JOIN follow_up ON follow_up.id = follow_up_id"
            " WHERE campaign_id = ? ORDER BY follow_up_note.id",
            campaign_id,
        ):
            note = FollowUpNote(
                row["follow_up_id"], required_time(row["at"]), row["by_whom"], row["kind"], row["text"]
            )
            found.setdefault(note.follow_up_id, []).append(note)
        return found

    # --- who sees to what -----------------------------------------------------------------------------

    def assign_follow_ups(self, whom: Mapping[int, str], by: str, at: dt.datetime) -> None:
        """Give entries to people, all of them or, where one is closed meanwhile, none."""
        with self.writing() as sql:
            for follow_up_id, person in whom.items():
                self._open_row(follow_up_id)
                sql.execute("UPDATE follow_up SET assigned_to = ? WHERE id = ?", (person, follow_up_id))
                _note(sql, follow_up_id, at, by, "assign", f"分给 {person}" if person else "取消分派")

    def claim_follow_up(
        self, follow_up_id: int, by: str, at: dt.datetime, *, stale_before: dt.datetime | None = None
    ) -> bool:
        """Take an entry to work on; False when it is closed or somebody else is at it.

        One statement decides, so two processes never get the same entry. A claim from before
        ``stale_before`` may be taken over: whoever made it has gone home.
        """
        stale = time_text(stale_before) if stale_before else ""
        with self.writing() as sql:
            had = self._follow_up_row(follow_up_id)["claimed_by"]
            taken = sql.execute(_CLAIM, (by, time_text(at), follow_up_id, by, stale)).rowcount > 0
            if taken and had != by:
                _note(sql, follow_up_id, at, by, "claim", f"从 {had} 手里接过来" if had else "领取")
            return taken

    def release_follow_up(self, follow_up_id: int, by: str, at: dt.datetime) -> None:
        """Give a claimed entry back, whoever has it."""
        with self.writing() as sql:
            self._open_row(follow_up_id)
            sql.execute(
                "UPDATE follow_up SET claimed_by = '', claimed_at = NULL WHERE id = ?", (follow_up_id,)
            )
            _note(sql, follow_up_id, at, by, "release", "放回队列")

    def note_follow_up(self, follow_up_id: int, by: str, at: dt.datetime, text: str) -> None:
        with self.writing() as sql:
            self._follow_up_row(follow_up_id)
            _note(sql, follow_up_id, at, by, "note", text)

    # --- what came of it ------------------------------------------------------------------------------

    def record_staff_work(self, follow_up_id: int, work: StaffWork) -> None:
        """Write down what somebody did: the call, the answers, the resident's new standing, and whether the
        entry is closed, in one transaction. An entry that stays open is free for anybody again.

        Raises:
            StoreError: ``no_follow_up`` or ``follow_up_closed``.
        """
        with self.writing() as sql:
            row = self._open_row(follow_up_id)
            if work.result.is_call:
                _record_call(sql, row, work)
            for name, value in work.answers.items():
                sql.execute(
                    "INSERT INTO staff_answer (resident_id, name, value, by_whom, at) VALUES (?, ?, ?, ?, ?)",
                    (row["resident_id"], name, json_text(value), work.by, time_text(work.at)),
                )
            sql.execute(
                "UPDATE resident SET disposition = COALESCE(?, disposition), grade = COALESCE(?, grade)"
                " WHERE id = ?",
                (work.result.disposition, work.grade, row["resident_id"]),
            )
            kind = "call" if work.result.is_call else "done"
            _note(sql, follow_up_id, work.at, work.by, kind, work.told)
            sql.execute("UPDATE follow_up SET claimed_by = '', claimed_at = NULL WHERE id = ?", (row["id"],))
            if work.result.closes:
                _close(sql, row, work)

    def reopen_follow_up(self, follow_up_id: int, by: str, at: dt.datetime, why: str = "") -> None:
        """Put a closed entry back into the queue: the resident counts as the last call left them, and what
        staff had answered stays.

        Raises:
            StoreError: ``no_follow_up``, ``follow_up_open``, or ``follow_up_again`` where the resident has
                come into the queue again meanwhile.
        """
        with self.writing() as sql:
            row = self._follow_up_row(follow_up_id)
            if row["is_open"]:
                raise StoreError("follow_up_open", f"编号 {follow_up_id} 还没有办结，不用重新打开。")
            other = sql.execute(
                "SELECT id FROM follow_up WHERE resident_id = ? AND is_open = 1", (row["resident_id"],)
            ).fetchone()
            if other:
                raise StoreError(
                    "follow_up_again", f"这位居民已经又在队列里了，编号是 {other['id']}，请处理那一条。"
                )
            sql.execute(
                "UPDATE follow_up SET is_open = 1, closed_at = NULL, closed_by = '', outcome = '',"
                " claimed_by = '', claimed_at = NULL WHERE id = ?",
                (follow_up_id,),
            )
            set_state(sql, row["resident_id"], ResidentState.FOLLOW_UP)
            sql.execute(_AS_LAST_CALLED, (row["resident_id"], row["resident_id"]))
            _note(sql, follow_up_id, at, by, "reopen", f"重新打开：{why}" if why else "重新打开")

    def staff_answers(self, campaign_id: int) -> dict[int, dict[str, SlotValue]]:
        """The newest answer that staff entered, by resident and slot."""
        found: dict[int, dict[str, SlotValue]] = {}
        for row in self.rows(
            "SELECT staff_answer.* FROM staff_answer JOIN resident ON resident.id = resident_id"
            " WHERE campaign_id = ? ORDER BY staff_answer.id",
            campaign_id,
        ):
            found.setdefault(row["resident_id"], {})[row["name"]] = SlotValue(
                row["name"],
                json.loads(row["value"]),
                source=Source.STAFF,
                entered_by=row["by_whom"],
                entered_at=required_time(row["at"]),
            )
        return found

    # --- sheets that were handed out ------------------------------------------------------------------

    def save_follow_up_sheet(self, campaign_id: int, person: str, at: dt.datetime, content: object) -> int:
        """Keep what a sheet said when it was handed out; returns its number."""
        with self.writing() as sql:
            cursor = sql.execute(
                "INSERT INTO follow_up_sheet (campaign_id, person, exported_at, content) VALUES (?, ?, ?, ?)",
                (campaign_id, person, time_text(at), json_text(content)),
            )
            return int(cursor.lastrowid or 0)

    def follow_up_sheet(self, sheet_id: int) -> tuple[int, dt.datetime, object] | None:
        """Campaign, time and content of a sheet that was handed out; None when there was none."""
        rows = self.rows("SELECT * FROM follow_up_sheet WHERE id = ?", sheet_id)
        if not rows:
            return None
        row = rows[0]
        return row["campaign_id"], required_time(row["exported_at"]), json.loads(row["content"])

    def update_follow_up_sheet(self, sheet_id: int, content: object) -> None:
        """Keep what was read back from a sheet."""
        with self.writing() as sql:
            sql.execute("UPDATE follow_up_sheet SET content = ? WHERE id = ?", (json_text(content), sheet_id))

    # --- inside ---------------------------------------------------------------------------------------

    def _follow_up_row(self, follow_up_id: int) -> sqlite3.Row:
        rows = self.rows("SELECT * FROM follow_up WHERE id = ?", follow_up_id)
        if not rows:
            raise StoreError(
                "no_follow_up", f"没有编号为 {follow_up_id} 的跟进，编号见 wenhou followup 的第一列。"
            )
        return rows[0]

    def _open_row(self, follow_up_id: int) -> sqlite3.Row:
        row = self._follow_up_row(follow_up_id)
        if not row["is_open"]:
            closed = required_time(row["closed_at"]).astimezone() if row["closed_at"] else None
            when = f"在 {closed:%m-%d %H:%M} " if closed else ""
            raise StoreError(
                "follow_up_closed",
                f"编号 {follow_up_id} 已经由 {row['closed_by'] or '别人'} {when}办结（{row['outcome']}）。"
                f"还要处理请先运行 wenhou followup reopen {follow_up_id}。",
            )
        return row


def put_in_queue(
    sql: sqlite3.Connection,
    campaign_id: int,
    resident_id: int,
    reason: str,
    at: dt.datetime,
    *,
    is_pressing: bool = False,
) -> None:
    """Within a transaction: people must see to a resident; an entry that is open gets the new reason."""
    sql.execute(
        "INSERT INTO follow_up (campaign_id, resident_id, reason, created_at, is_open, is_pressing)"
        " VALUES (?, ?, ?, ?, 1, ?)"
        " ON CONFLICT (resident_id) WHERE is_open = 1"
        " DO UPDATE SET reason = excluded.reason, is_pressing = excluded.is_pressing",
        (campaign_id, resident_id, reason, time_text(at), is_pressing),
    )


def _record_call(sql: sqlite3.Connection, row: sqlite3.Row, work: StaffWork) -> None:
    (made,) = sql.execute(
        "SELECT COUNT(*) FROM attempt WHERE resident_id = ?", (row["resident_id"],)
    ).fetchone()
    disposition = work.result.disposition
    answered = disposition is not None and disposition.is_conversation
    at = time_text(work.at)
    sql.execute(
        "INSERT INTO attempt (campaign_id, resident_id, number, ordinal, line, dialled_at, answered_at,"
        " ended_at, disposition, confidence, caller) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, 1.0, ?)",
        (
            row["campaign_id"], row["resident_id"], work.number, made + 1, at, at if answered else None, at,
            disposition, work.by,
        ),
    )  # fmt: skip
    if disposition is Disposition.OPTED_OUT and work.number:
        never_call(sql, work.number, "居民要求不再来电", work.at, work.by)


def _close(sql: sqlite3.Connection, row: sqlite3.Row, work: StaffWork) -> None:
    sql.execute(
        "UPDATE follow_up SET is_open = 0, closed_at = ?, closed_by = ?, outcome = ? WHERE id = ?",
        (time_text(work.at), work.by, work.told, row["id"]),
    )
    set_state(sql, row["resident_id"], ResidentState.DONE)


def _note(sql: sqlite3.Connection, follow_up_id: int, at: dt.datetime, by: str, kind: str, text: str) -> None:
    sql.execute(
        "INSERT INTO follow_up_note (follow_up_id, at, by_whom, kind, text) VALUES (?, ?, ?, ?, ?)",
        (follow_up_id, time_text(at), by, kind, text),
    )


def _follow_up(row: sqlite3.Row) -> FollowUp:
    return FollowUp(
        id=row["id"],
        campaign_id=row["campaign_id"],
        resident_id=row["resident_id"],
        reason=row["reason"],
        created_at=required_time(row["created_at"]),
        is_open=bool(row["is_open"]),
        is_pressing=bool(row["is_pressing"]),
        assigned_to=row["assigned_to"],
        claimed_by=row["claimed_by"],
        claimed_at=time_of(row["claimed_at"]),
        closed_by=row["closed_by"],
        closed_at=time_of(row["closed_at"]),
        outcome=row["outcome"],
    )
