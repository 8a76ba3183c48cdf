"""The only SQL. SQLite is the truth about a campaign; sheets and screens are views of it.

The store never reads a clock. Every method is one transaction: it happened wholly, or not at all. A store
that is killed in between has lost nothing that was finished; ``recover`` settles what was under way.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from campaign.errors import StoreError
from campaign.migrations import migrate
from campaign.policy import (
    CallingRules,
    Done,
    DoNotCall,
    NextStep,
    PastAttempt,
    Retry,
    ToFollowUp,
    earliest_dial,
)
from campaign.records import (
    CallAttempt,
    CallCause,
    CallEvent,
    CallResult,
    Campaign,
    Disposition,
    FollowUp,
    Grade,
    HungUpBy,
    ListProblem,
    Resident,
    ResidentState,
    SlotValue,
    Source,
    Turn,
)

_IS_DO_NOT_CALL = "SELECT 1 FROM do_not_call WHERE number = ?"
_PASSED_OVER = 64
"""Residents looked at beyond the wanted number, since some must wait for a number that is in a call."""
_BUSY_SECONDS = 10.0
"""How long a write waits for another process's write."""
INTERRUPTED_REASON = "程序中断时正在通话，请补问没答到的问题"


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


@dataclass(frozen=True)
class ResidentStanding:
    """All that is known of one resident; a row of the result sheet."""

    resident: Resident
    state: ResidentState
    attempts: tuple[CallAttempt, ...]
    """Oldest first."""
    next_attempt_at: dt.datetime | None
    disposition: Disposition | None
    """Of the last attempt."""
    grade: Grade | None
    slots: dict[str, SlotValue]
    """The newest value of each slot."""
    follow_up: FollowUp | None
    """Open entry of the queue."""


class RunLock:
    """Held while a run uses a store; a second run is refused."""

    def __init__(self, store_path: Path) -> None:
        self._lock = FileLock(f"{store_path}.lock", timeout=0)
        self._path = store_path

    def __enter__(self) -> Self:
        try:
            _private_folder(self._path.parent)
            self._lock.acquire()
        except Timeout:
            raise StoreError(
                "store_in_use",
                f"另一个 wenhou run 正在使用 {self._path.name}。请等它结束，或先在那个窗口按 Ctrl-C 停止它。",
            ) from None
        except OSError as error:
            raise _folder_error(self._path, error) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class Store:
    """One open connection. Use it from one thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open the store, making file and folder where they are missing (mode 0600).

        Raises:
            StoreError: ``store_folder``, ``disk_full``, ``store_broken`` or ``store_too_new``.
        """
        try:
            _private_folder(path.parent)
            _private_file(path)
        except OSError as error:
            raise _folder_error(path, error) from error
        connection = _connect(path)
        store = cls(connection, path)
        try:
            with store._telling():
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                migrate(connection)
        except StoreError:
            connection.close()
            raise
        return store

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Store]:
        """The store as it is at this moment, through a connection of its own: whoever reads a whole campaign
        sees one state of it and keeps nobody from writing. May be used in another thread.

        Raises:
            StoreError: As ``open``.
        """
        with contextlib.closing(_connect(self.path)) as connection:
            reader = Store(connection, self.path)
            with reader._telling():
                connection.execute("PRAGMA query_only = ON")
                connection.execute("BEGIN")
            yield reader

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- campaigns and residents ----------------------------------------------------------------------

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
        with self._writing() as sql:
            cursor = sql.execute(
                "INSERT INTO campaign (name, script, script_version, list_file, created_at)"
                " VALUES (?, ?, ?, ?, ?)",
                (name, script, script_version, list_file, _text(created_at)),
            )
            campaign_id = int(cursor.lastrowid or 0)
            sql.executemany(
                "INSERT INTO resident (campaign_id, row, name, phones, building, unit, room, address,"
                " id_number, remark, extra, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (_resident_values(campaign_id, resident) for resident in residents),
            )
            sql.executemany(
                "INSERT INTO list_problem (campaign_id, sheet, row, kind, cell, reason, name, is_imported)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (campaign_id, p.sheet, p.row, p.kind, p.cell, p.reason, p.name, p.is_imported)
                    for p in problems
                ),
            )
        return self.campaign(campaign_id)

    def campaigns(self) -> list[Campaign]:
        return [_campaign(row) for row in self._rows("SELECT * FROM campaign ORDER BY id")]

    def campaign(self, campaign_id: int) -> Campaign:
        rows = self._rows("SELECT * FROM campaign WHERE id = ?", campaign_id)
        if not rows:
            raise StoreError(
                "no_campaign", f"没有编号为 {campaign_id} 的任务，请用 wenhou status 查看已有的任务。"
            )
        return _campaign(rows[0])

    def latest_campaign(self) -> Campaign:
        """The campaign imported last.

        Raises:
            StoreError: ``no_campaign``: no list has been imported.
        """
        rows = self._rows("SELECT * FROM campaign ORDER BY id DESC LIMIT 1")
        if not rows:
            raise StoreError("no_campaign", "还没有导入名单。请先运行 wenhou import 名单.xlsx。")
        return _campaign(rows[0])

    def residents(self, campaign_id: int) -> list[Resident]:
        rows = self._rows("SELECT * FROM resident WHERE campaign_id = ? ORDER BY row, id", campaign_id)
        return [_resident(row) for row in rows]

    def list_problems(self, campaign_id: int) -> list[ListProblem]:
        """What was wrong in the list, in its order."""
        return [
            ListProblem(
                row["sheet"], row["row"], row["kind"], row["cell"], row["reason"], row["name"],
                bool(row["is_imported"]),
            )
            for row in self._rows("SELECT * FROM list_problem WHERE campaign_id = ? ORDER BY id", campaign_id)
        ]  # fmt: skip

    def standings(self, campaign_id: int) -> list[ResidentStanding]:
        """Every resident in the order of the list."""
        attempts: dict[int, list[CallAttempt]] = {}
        for attempt in self.attempts(campaign_id):
            attempts.setdefault(attempt.resident_id, []).append(attempt)
        slots = self._slots_by_resident(campaign_id)
        follow_ups = {f.resident_id: f for f in self.follow_ups(campaign_id)}
        rows = self._rows("SELECT * FROM resident WHERE campaign_id = ? ORDER BY row, id", campaign_id)
        return [
            ResidentStanding(
                resident=_resident(row),
                state=ResidentState(row["state"]),
                attempts=tuple(attempts.get(row["id"], ())),
                next_attempt_at=_time(row["next_attempt_at"]),
                disposition=Disposition(row["disposition"]) if row["disposition"] else None,
                grade=Grade(row["grade"]) if row["grade"] else None,
                slots=slots.get(row["id"], {}),
                follow_up=follow_ups.get(row["id"]),
            )
            for row in rows
        ]

    def progress(self, campaign_id: int) -> Progress:
        counts = {
            row["state"]: row["n"]
            for row in self._rows(
                "SELECT state, COUNT(*) AS n FROM resident WHERE campaign_id = ? GROUP BY state", campaign_id
            )
        }
        (due,) = self._rows(
            "SELECT MIN(next_attempt_at) AS at FROM resident WHERE campaign_id = ? AND state = 'waiting'",
            campaign_id,
        )
        return Progress(
            total=sum(counts.values()),
            next_due_at=_time(due["at"]),
            **{str(state): counts.get(state, 0) for state in ResidentState},
        )

    # --- the run --------------------------------------------------------------------------------------

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
        with self._writing() as sql:
            due = sql.execute(
                "SELECT * FROM resident WHERE campaign_id = ? AND (state = 'pending' OR"
                " (state = 'waiting' AND next_attempt_at <= ?))"
                " ORDER BY next_attempt_at IS NULL, next_attempt_at, row, id LIMIT ?",
                (campaign_id, _text(now), limit + _PASSED_OVER),
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
        phones = [p for p in json.loads(row["phones"]) if not _exists(sql, _IS_DO_NOT_CALL, p)]
        if not phones:
            self._hand_over(sql, row, "号码在免打扰名单上，没有拨打", now)
            return None
        (made,) = sql.execute("SELECT COUNT(*) FROM attempt WHERE resident_id = ?", (row["id"],)).fetchone()
        number = phones[made % len(phones)]
        if _exists(sql, "SELECT 1 FROM attempt WHERE number = ? AND ended_at IS NULL", number):
            return None
        if rules is not None and not self._may_dial(sql, row, number, now, rules):
            return None
        cursor = sql.execute(
            "INSERT INTO attempt (campaign_id, resident_id, number, ordinal, line, dialled_at)"
            " VALUES (?, ?, ?, ?, 0, ?)",
            (row["campaign_id"], row["id"], number, made + 1, _text(now)),
        )
        _set_state(sql, row["id"], ResidentState.IN_CALL)
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
        at = earliest_dial([_required_time(dial["dialled_at"]) for dial in dials], now, rules)
        if at is None:
            self._hand_over(sql, row, "拨打次数已用完", now)
        elif at > now:
            _set_state(sql, row["id"], ResidentState.WAITING, at)
        return at is not None and at <= now

    def _hand_over(self, sql: sqlite3.Connection, row: sqlite3.Row, reason: str, now: dt.datetime) -> None:
        self._queue(sql, row["campaign_id"], row["id"], reason, now)
        _set_state(sql, row["id"], ResidentState.FOLLOW_UP)

    def mark_line(self, attempt_id: int, line: int) -> None:
        with self._writing() as sql:
            sql.execute("UPDATE attempt SET line = ? WHERE id = ?", (line, attempt_id))

    def mark_answered(self, attempt_id: int, at: dt.datetime) -> None:
        with self._writing() as sql:
            sql.execute("UPDATE attempt SET answered_at = ? WHERE id = ?", (_text(at), attempt_id))

    def record_event(self, event: CallEvent) -> None:
        """Take down an event. A killed process loses none; a power cut may cost the last ones, since ten
        calls bring too many to wait for the disk each time. The next result flushes them too."""
        with self._writing(is_flushed=False) as sql:
            sql.execute(
                "INSERT INTO event (attempt_id, at, kind, data) VALUES (?, ?, ?, ?)",
                (event.attempt_id, _text(event.at), event.kind, _json(dict(event.data))),
            )

    def record_turn(self, turn: Turn) -> None:
        with self._writing() as sql:
            sql.execute(
                "INSERT OR REPLACE INTO turn VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    turn.attempt_id, turn.ordinal, turn.state, turn.heard, turn.understood, turn.confidence,
                    _text(turn.started_at), _text(turn.ended_at), turn.source,
                ),
            )  # fmt: skip

    def record_slot(self, attempt_id: int, slot: SlotValue) -> None:
        with self._writing() as sql:
            _write_slot(sql, attempt_id, slot)

    def finish(self, result: CallResult, next_step: NextStep) -> None:
        """Write what an attempt came to and what happens to its resident, in one transaction.

        Raises:
            StoreError: ``attempt_over``: it was finished or released before; nothing is changed.
        """
        with self._writing() as sql:
            row = _open_attempt_row(sql, result.attempt_id)
            _write_result(sql, result)
            for slot in result.slots:
                _write_slot(sql, result.attempt_id, slot)
            sql.execute(
                "UPDATE resident SET disposition = ?, grade = COALESCE(?, grade) WHERE id = ?",
                (result.disposition, result.grade, row["resident_id"]),
            )
            self._apply(sql, row, next_step, result.ended_at)

    def _apply(self, sql: sqlite3.Connection, row: sqlite3.Row, next_step: NextStep, at: dt.datetime) -> None:
        match next_step:
            case Retry():
                _set_state(sql, row["resident_id"], ResidentState.WAITING, next_step.at)
            case ToFollowUp():
                self._queue(sql, row["campaign_id"], row["resident_id"], next_step.reason, at)
                _set_state(sql, row["resident_id"], ResidentState.FOLLOW_UP)
            case DoNotCall():
                sql.execute(
                    "INSERT OR IGNORE INTO do_not_call VALUES (?, ?, ?)",
                    (row["number"], next_step.reason, _text(at)),
                )
                self._queue(sql, row["campaign_id"], row["resident_id"], next_step.reason, at)
                _set_state(sql, row["resident_id"], ResidentState.FOLLOW_UP)
            case Done():
                _set_state(sql, row["resident_id"], ResidentState.DONE)

    def _queue(
        self, sql: sqlite3.Connection, campaign_id: int, resident_id: int, reason: str, at: dt.datetime
    ) -> None:
        sql.execute(
            "INSERT INTO follow_up (campaign_id, resident_id, reason, created_at, is_open)"
            " VALUES (?, ?, ?, ?, 1)"
            " ON CONFLICT (resident_id) WHERE is_open = 1 DO UPDATE SET reason = excluded.reason",
            (campaign_id, resident_id, reason, _text(at)),
        )

    def release(self, attempt_id: int, at: dt.datetime) -> None:
        """End an attempt that we gave up before anybody answered: the resident is due again at once.

        The dial stays on record and counts, as any dial does.
        """
        with self._writing() as sql:
            self._release(sql, _open_attempt_row(sql, attempt_id), at)

    def _release(self, sql: sqlite3.Connection, row: sqlite3.Row, at: dt.datetime) -> None:
        sql.execute(
            "UPDATE attempt SET ended_at = ?, reason = 'released', hung_up_by = 'robot' WHERE id = ?",
            (_text(at), row["id"]),
        )
        _set_state(sql, row["resident_id"], ResidentState.WAITING, at)

    def recover(self, now: dt.datetime) -> list[CallAttempt]:
        """Settle the attempts that a killed run left under way.

        Conversations end as partial with the answers they have, and go to follow-up; calls that nobody had
        answered are dialled again. Returns the attempts as they were found.
        """
        with self._writing() as sql:
            rows = sql.execute("SELECT * FROM attempt WHERE ended_at IS NULL ORDER BY id").fetchall()
            for row in rows:
                if row["answered_at"] is None:
                    self._release(sql, row, now)
                else:
                    self._cut_short(sql, row, now)
        return [_attempt(row) for row in rows]

    def _cut_short(self, sql: sqlite3.Connection, row: sqlite3.Row, now: dt.datetime) -> None:
        (last,) = sql.execute("SELECT MAX(at) FROM event WHERE attempt_id = ?", (row["id"],)).fetchone()
        sql.execute(
            "UPDATE attempt SET ended_at = ?, disposition = 'partial', reason = 'interrupted',"
            " hung_up_by = 'robot' WHERE id = ?",
            (last or _text(now), row["id"]),
        )
        sql.execute("UPDATE resident SET disposition = 'partial' WHERE id = ?", (row["resident_id"],))
        self._queue(sql, row["campaign_id"], row["resident_id"], INTERRUPTED_REASON, now)
        _set_state(sql, row["resident_id"], ResidentState.FOLLOW_UP)

    # --- what happened --------------------------------------------------------------------------------

    def attempts(self, campaign_id: int) -> list[CallAttempt]:
        rows = self._rows("SELECT * FROM attempt WHERE campaign_id = ? ORDER BY id", campaign_id)
        return [_attempt(row) for row in rows]

    def attempt(self, attempt_id: int) -> CallAttempt:
        rows = self._rows("SELECT * FROM attempt WHERE id = ?", attempt_id)
        if not rows:
            raise StoreError("no_attempt", f"没有编号为 {attempt_id} 的通话，编号见结果表的“通话明细”。")
        return _attempt(rows[0])

    def past_attempts(self, resident_id: int, before: int) -> list[PastAttempt]:
        """The resident's attempts before one, oldest first."""
        rows = self._rows(
            "SELECT * FROM attempt WHERE resident_id = ? AND id < ? AND ended_at IS NOT NULL ORDER BY id",
            resident_id,
            before,
        )
        return [
            PastAttempt(
                _required_time(row["dialled_at"]),
                Disposition(row["disposition"]) if row["disposition"] else None,
                row["number"],
            )
            for row in rows
        ]

    def untried_numbers(self, resident_id: int) -> list[str]:
        """The resident's numbers that were never dialled and may be."""
        (row,) = self._rows("SELECT phones FROM resident WHERE id = ?", resident_id)
        tried = {
            attempt["number"]
            for attempt in self._rows("SELECT number FROM attempt WHERE resident_id = ?", resident_id)
        }
        return [p for p in json.loads(row["phones"]) if p not in tried and not self.is_do_not_call(p)]

    def events(self, attempt_id: int) -> list[CallEvent]:
        rows = self._rows("SELECT * FROM event WHERE attempt_id = ? ORDER BY at, id", attempt_id)
        return [
            CallEvent(row["attempt_id"], _required_time(row["at"]), row["kind"], json.loads(row["data"]))
            for row in rows
        ]

    def turns(self, attempt_id: int) -> list[Turn]:
        rows = self._rows("SELECT * FROM turn WHERE attempt_id = ? ORDER BY ordinal", attempt_id)
        return [_turn(row) for row in rows]

    def campaign_turns(self, campaign_id: int) -> list[Turn]:
        """All turns of a campaign, in the order in which they were spoken within each call."""
        rows = self._rows(
            "SELECT turn.* FROM turn JOIN attempt ON attempt.id = turn.attempt_id"
            " WHERE attempt.campaign_id = ? ORDER BY turn.attempt_id, turn.ordinal",
            campaign_id,
        )
        return [_turn(row) for row in rows]

    def slots(self, attempt_id: int) -> list[SlotValue]:
        return [_slot(row) for row in self._rows("SELECT * FROM slot WHERE attempt_id = ?", attempt_id)]

    def _slots_by_resident(self, campaign_id: int) -> dict[int, dict[str, SlotValue]]:
        found: dict[int, dict[str, SlotValue]] = {}
        for row in self._rows(
            "SELECT slot.*, attempt.resident_id FROM slot JOIN attempt ON attempt.id = slot.attempt_id"
            " WHERE attempt.campaign_id = ? ORDER BY attempt.id",
            campaign_id,
        ):
            found.setdefault(row["resident_id"], {})[row["name"]] = _slot(row)
        return found

    # --- follow-up and do-not-call --------------------------------------------------------------------

    def follow_ups(self, campaign_id: int) -> list[FollowUp]:
        """The open queue, oldest first."""
        rows = self._rows(
            "SELECT * FROM follow_up WHERE campaign_id = ? AND is_open = 1 ORDER BY created_at, id",
            campaign_id,
        )
        return [
            FollowUp(
                row["id"], row["campaign_id"], row["resident_id"], row["reason"],
                _required_time(row["created_at"]), bool(row["is_open"]),
            )
            for row in rows
        ]  # fmt: skip

    def add_do_not_call(self, number: str, reason: str, at: dt.datetime) -> None:
        with self._writing() as sql:
            sql.execute("INSERT OR IGNORE INTO do_not_call VALUES (?, ?, ?)", (number, reason, _text(at)))

    def is_do_not_call(self, number: str) -> bool:
        return bool(self._rows("SELECT 1 FROM do_not_call WHERE number = ?", number))

    # --- inside ---------------------------------------------------------------------------------------

    def _rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with self._telling():
            return self._connection.execute(query, values).fetchall()

    @contextlib.contextmanager
    def _writing(self, *, is_flushed: bool = True) -> Iterator[sqlite3.Connection]:
        with self._telling():
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if is_flushed else 'NORMAL'}")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """Turn SQLite's complaints into sentences."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise _store_error(self.path, error) from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


# --- rows to values -----------------------------------------------------------------------------------


def _campaign(row: sqlite3.Row) -> Campaign:
    return Campaign(
        row["id"], row["name"], row["script"], row["script_version"], row["list_file"],
        _required_time(row["created_at"]),
    )  # fmt: skip


def _resident_values(campaign_id: int, resident: Resident) -> Sequence[Any]:
    return (
        campaign_id, resident.row, resident.name, _json(list(resident.phones)), resident.building,
        resident.unit, resident.room, resident.address, resident.id_number, resident.remark,
        _json(dict(resident.extra)), ResidentState.PENDING,
    )  # fmt: skip


def _resident(row: sqlite3.Row) -> Resident:
    return Resident(
        id=row["id"], row=row["row"], name=row["name"], phones=tuple(json.loads(row["phones"])),
        building=row["building"], unit=row["unit"], room=row["room"], address=row["address"],
        id_number=row["id_number"], remark=row["remark"], extra=json.loads(row["extra"]),
    )  # fmt: skip


def _attempt(row: sqlite3.Row) -> CallAttempt:
    return CallAttempt(
        id=row["id"],
        campaign_id=row["campaign_id"],
        resident_id=row["resident_id"],
        number=row["number"],
        ordinal=row["ordinal"],
        line=row["line"],
        dialled_at=_required_time(row["dialled_at"]),
        answered_at=_time(row["answered_at"]),
        ended_at=_time(row["ended_at"]),
        disposition=Disposition(row["disposition"]) if row["disposition"] else None,
        cause=CallCause(row["sip_status"], row["q850_cause"], row["reason"], HungUpBy(row["hung_up_by"])),
        recording=row["recording"],
        frames_expected=row["frames_expected"],
        frames_received=row["frames_received"],
        reply_gaps=tuple(json.loads(row["reply_gaps"])),
    )


def _turn(row: sqlite3.Row) -> Turn:
    started, ended = _required_time(row["started_at"]), _required_time(row["ended_at"])
    return Turn(
        row["attempt_id"], row["ordinal"], row["state"], row["heard"], row["understood"], row["confidence"],
        started, ended, Source(row["source"]),
    )  # fmt: skip


def _slot(row: sqlite3.Row) -> SlotValue:
    return SlotValue(
        row["name"], json.loads(row["value"]), row["raw"], row["understood"], row["confidence"],
        Source(row["source"]), bool(row["is_certain"]), bool(row["is_confirmed"]),
    )  # fmt: skip


# --- values to rows -----------------------------------------------------------------------------------


def _write_slot(sql: sqlite3.Connection, attempt_id: int, slot: SlotValue) -> None:
    sql.execute(
        "INSERT OR REPLACE INTO slot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            attempt_id, slot.name, _json(slot.value), slot.raw, slot.understood, slot.confidence,
            slot.source, slot.is_certain, slot.is_confirmed,
        ),
    )  # fmt: skip


def _write_result(sql: sqlite3.Connection, result: CallResult) -> None:
    cause = result.cause
    sql.execute(
        "UPDATE attempt SET answered_at = COALESCE(?, answered_at), ended_at = ?, disposition = ?,"
        " sip_status = ?, q850_cause = ?, reason = ?, hung_up_by = ?, recording = ?, frames_expected = ?,"
        " frames_received = ?, frames_dropped = ?, reply_gaps = ? WHERE id = ?",
        (
            _text(result.answered_at) if result.answered_at else None, _text(result.ended_at),
            result.disposition, cause.sip_status, cause.q850_cause, cause.reason, cause.hung_up_by,
            result.recording, result.frames_expected, result.frames_received, result.frames_dropped,
            _json(list(result.reply_gaps)), result.attempt_id,
        ),
    )  # fmt: skip


def _set_state(
    sql: sqlite3.Connection, resident_id: int, state: ResidentState, due: dt.datetime | None = None
) -> None:
    sql.execute(
        "UPDATE resident SET state = ?, next_attempt_at = ? WHERE id = ?",
        (state, _text(due) if due else None, resident_id),
    )


def _open_attempt_row(sql: sqlite3.Connection, attempt_id: int) -> sqlite3.Row:
    """An attempt that is under way; what is over is never written anew."""
    row = sql.execute("SELECT * FROM attempt WHERE id = ?", (attempt_id,)).fetchone()
    if row is None:
        raise StoreError("no_attempt", f"没有编号为 {attempt_id} 的通话。")
    if row["ended_at"] is not None:
        raise StoreError("attempt_over", f"编号为 {attempt_id} 的通话已经结束，结果没有改动。")
    assert isinstance(row, sqlite3.Row)
    return row


def _exists(sql: sqlite3.Connection, query: str, value: str) -> bool:
    return sql.execute(query, (value,)).fetchone() is not None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _text(time: dt.datetime) -> str:
    """UTC to the millisecond, so that texts sort as times do."""
    return time.astimezone(dt.UTC).isoformat(timespec="milliseconds")


def _time(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _required_time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


# --- faults -------------------------------------------------------------------------------------------


def _private_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _private_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def _folder_error(path: Path, error: OSError) -> StoreError:
    if error.errno == 28:  # ENOSPC
        return StoreError("disk_full", f"磁盘已满，不能写入 {path.parent}。请腾出空间后再试。")
    return StoreError(
        "store_folder",
        f"不能在 {path.parent} 里写文件（{error.strerror}）。"
        "请检查文件夹的权限，或在 sip.conf 的 [store] 里换一个 path。",
    )


def _store_error(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL") or "disk is full" in str(error):
        return StoreError("disk_full", f"磁盘已满，结果写不进 {path}。请腾出空间后再运行，已有的结果都在。")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return StoreError("store_folder", f"数据库 {path} 不能写入。请检查文件和文件夹的权限。")
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return StoreError(
            "store_broken",
            f"{path} 不是问候的数据库，或者已经损坏。请换一个 path，或用备份恢复它；不要删除。",
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError("store_busy", f"数据库 {path} 正被别的程序占用，请稍后再试。")
    return StoreError("store_fault", f"数据库 {path} 出错：{error}")
