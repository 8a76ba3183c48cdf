"""Runs, and what people ask of the one that is going on: pause, resume, stop, other lines.

An order names the run it is meant for. What was asked of a run that has died is never done by a later one.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from filelock import FileLock, Timeout

from campaign.store.database import Database
from campaign.store.rows import required_time, time_text


class Verb(StrEnum):
    """What can be asked of a run."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    LINES = "lines"
    LOOK = "look"  # the plans of campaigns have changed


@dataclass(frozen=True)
class Order:
    """Something asked of a run."""

    id: int
    verb: Verb
    value: int = 0
    """Lines for ``lines``, a campaign for ``stop`` (0: all of them)."""


@dataclass(frozen=True)
class Run:
    """One ``wenhou run``."""

    id: int
    started_at: dt.datetime
    lines: int
    """Calls at once, as last asked for."""
    is_paused: bool


def is_running(store_path: Path) -> bool:
    """Whether a run holds the store at this moment."""
    lock = FileLock(f"{store_path}.lock", timeout=0)
    try:
        with lock:
            return False
    except (Timeout, OSError):
        return True


class Runs(Database):
    """The runs on record."""

    def begin_run(self, now: dt.datetime, lines: int) -> int:
        """A run begins; those before it are over, however they ended. Only whoever holds the ``RunLock``."""
        at = time_text(now)
        with self.writing() as sql:
            sql.execute("UPDATE run SET ended_at = ? WHERE ended_at IS NULL", (at,))
            cursor = sql.execute("INSERT INTO run (started_at, lines) VALUES (?, ?)", (at, lines))
            return int(cursor.lastrowid or 0)

    def end_run(self, run_id: int, now: dt.datetime) -> None:
        with self.writing() as sql:
            sql.execute("UPDATE run SET ended_at = ? WHERE id = ?", (time_text(now), run_id))

    def describe_run(self, run_id: int, lines: int, *, is_paused: bool) -> None:
        """What a run is doing, for those who ask."""
        with self.writing(is_flushed=False) as sql:
            sql.execute("UPDATE run SET lines = ?, is_paused = ? WHERE id = ?", (lines, is_paused, run_id))

    def open_run(self) -> Run | None:
        """The newest run that has not said that it ended; it may have been killed (see ``is_running``)."""
        rows = self.rows("SELECT * FROM run WHERE ended_at IS NULL ORDER BY id DESC LIMIT 1")
        return _run_of(rows[0]) if rows else None

    # --- orders ---------------------------------------------------------------------------------------

    def ask(self, run_id: int, verb: Verb, value: int, now: dt.datetime) -> int:
        """Ask something of a run; returns the order's number."""
        with self.writing() as sql:
            cursor = sql.execute(
                "INSERT INTO run_order (run_id, verb, value, asked_at) VALUES (?, ?, ?, ?)",
                (run_id, verb, value, time_text(now)),
            )
            return int(cursor.lastrowid or 0)

    def orders(self, run_id: int) -> list[Order]:
        """What was asked of a run and not answered yet, oldest first."""
        rows = self.rows("SELECT * FROM run_order WHERE run_id = ? AND answer IS NULL ORDER BY id", run_id)
        return [Order(row["id"], Verb(row["verb"]), row["value"]) for row in rows]

    def answer(self, order_id: int, told: str) -> None:
        """The run has done what was asked, or says why not."""
        with self.writing() as sql:
            sql.execute("UPDATE run_order SET answer = ? WHERE id = ? AND answer IS NULL", (told, order_id))

    def answer_to(self, order_id: int) -> str | None:
        """What the run said; None: nothing yet."""
        rows = self.rows("SELECT answer FROM run_order WHERE id = ?", order_id)
        return rows[0]["answer"] if rows else None

    def withdraw(self, order_id: int) -> bool:
        """Take an order back; False: the run has answered it in the meantime."""
        with self.writing() as sql:
            cursor = sql.execute("DELETE FROM run_order WHERE id = ? AND answer IS NULL", (order_id,))
            return cursor.rowcount == 1


def _run_of(row: sqlite3.Row) -> Run:
    return Run(row["id"], required_time(row["started_at"]), row["lines"], bool(row["is_paused"]))
