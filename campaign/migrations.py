"""The store's schema, as an ordered list of steps. A step that has been released is never edited."""

from __future__ import annotations

import sqlite3

from campaign.errors import StoreError

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE campaign (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        script TEXT NOT NULL,
        script_version TEXT NOT NULL,
        list_file TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE resident (
        id INTEGER PRIMARY KEY,
        campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
        row INTEGER NOT NULL,
        name TEXT NOT NULL,
        phones TEXT NOT NULL,
        building TEXT NOT NULL,
        unit TEXT NOT NULL,
        room TEXT NOT NULL,
        address TEXT NOT NULL,
        id_number TEXT NOT NULL,
        remark TEXT NOT NULL,
        extra TEXT NOT NULL,
        state TEXT NOT NULL,
        next_attempt_at TEXT,
        disposition TEXT,
        grade TEXT
    ) STRICT;
    CREATE INDEX resident_due ON resident (campaign_id, state, next_attempt_at);

    CREATE TABLE list_problem (
        id INTEGER PRIMARY KEY,
        campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
        sheet TEXT NOT NULL,
        row INTEGER NOT NULL,
        kind TEXT NOT NULL,
        cell TEXT NOT NULL,
        reason TEXT NOT NULL
    ) STRICT;

    CREATE TABLE attempt (
        id INTEGER PRIMARY KEY,
        campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
        resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
        number TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        line INTEGER NOT NULL,
        dialled_at TEXT NOT NULL,
        answered_at TEXT,
        ended_at TEXT,
        disposition TEXT,
        sip_status INTEGER NOT NULL DEFAULT 0,
        q850_cause INTEGER NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT '',
        hung_up_by TEXT NOT NULL DEFAULT 'network',
        recording TEXT NOT NULL DEFAULT '',
        frames_expected INTEGER NOT NULL DEFAULT 0,
        frames_received INTEGER NOT NULL DEFAULT 0,
        frames_dropped INTEGER NOT NULL DEFAULT 0,
        reply_gaps TEXT NOT NULL DEFAULT '[]'
    ) STRICT;
    CREATE INDEX attempt_of_resident ON attempt (resident_id, ordinal);
    CREATE INDEX attempt_in_flight ON attempt (number) WHERE ended_at IS NULL;

    CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        attempt_id INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        data TEXT NOT NULL
    ) STRICT;
    CREATE INDEX event_of_attempt ON event (attempt_id);

    CREATE TABLE turn (
        attempt_id INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        state TEXT NOT NULL,
        heard TEXT NOT NULL,
        understood TEXT NOT NULL,
        confidence REAL NOT NULL,
        started_at TEXT NOT NULL,
        ended_at TEXT NOT NULL,
        source TEXT NOT NULL,
        PRIMARY KEY (attempt_id, ordinal)
    ) STRICT;

    CREATE TABLE slot (
        attempt_id INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        raw TEXT NOT NULL,
        understood TEXT NOT NULL,
        confidence REAL NOT NULL,
        source TEXT NOT NULL,
        is_certain INTEGER NOT NULL,
        PRIMARY KEY (attempt_id, name)
    ) STRICT;

    CREATE TABLE follow_up (
        id INTEGER PRIMARY KEY,
        campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
        resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
        reason TEXT NOT NULL,
        created_at TEXT NOT NULL,
        is_open INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX open_follow_up ON follow_up (resident_id) WHERE is_open = 1;

    CREATE TABLE do_not_call (
        number TEXT PRIMARY KEY,
        reason TEXT NOT NULL,
        added_at TEXT NOT NULL
    ) STRICT;
    """,
    """
    ALTER TABLE list_problem ADD COLUMN name TEXT NOT NULL DEFAULT '';
    ALTER TABLE list_problem ADD COLUMN is_imported INTEGER NOT NULL DEFAULT 0;
    """,
    """
    ALTER TABLE slot ADD COLUMN is_confirmed INTEGER NOT NULL DEFAULT 0;
    """,
    """
    ALTER TABLE attempt ADD COLUMN confidence REAL;
    ALTER TABLE attempt ADD COLUMN evidence TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE attempt ADD COLUMN caller TEXT NOT NULL DEFAULT '';
    CREATE INDEX attempt_of_number ON attempt (number, dialled_at);

    ALTER TABLE resident ADD COLUMN household TEXT NOT NULL DEFAULT '';
    ALTER TABLE resident ADD COLUMN appointment_at TEXT;
    CREATE INDEX resident_pending ON resident (campaign_id, state, row, id);
    UPDATE resident SET household = building || '|' || unit || '|' || room
        WHERE building <> '' AND room <> '';

    ALTER TABLE follow_up ADD COLUMN is_pressing INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE follow_up ADD COLUMN assigned_to TEXT NOT NULL DEFAULT '';
    ALTER TABLE follow_up ADD COLUMN claimed_by TEXT NOT NULL DEFAULT '';
    ALTER TABLE follow_up ADD COLUMN claimed_at TEXT;
    ALTER TABLE follow_up ADD COLUMN closed_by TEXT NOT NULL DEFAULT '';
    ALTER TABLE follow_up ADD COLUMN closed_at TEXT;
    ALTER TABLE follow_up ADD COLUMN outcome TEXT NOT NULL DEFAULT '';

    CREATE TABLE follow_up_note (
        id INTEGER PRIMARY KEY,
        follow_up_id INTEGER NOT NULL REFERENCES follow_up (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        by_whom TEXT NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX note_of_follow_up ON follow_up_note (follow_up_id);

    CREATE TABLE staff_answer (
        id INTEGER PRIMARY KEY,
        resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        by_whom TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX staff_answer_of_resident ON staff_answer (resident_id);

    CREATE TABLE follow_up_sheet (
        id INTEGER PRIMARY KEY,
        campaign_id INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
        person TEXT NOT NULL,
        exported_at TEXT NOT NULL,
        content TEXT NOT NULL
    ) STRICT;

    ALTER TABLE do_not_call ADD COLUMN added_by TEXT NOT NULL DEFAULT '';
    CREATE TABLE do_not_call_removal (
        id INTEGER PRIMARY KEY,
        number TEXT NOT NULL,
        reason TEXT NOT NULL,
        added_at TEXT NOT NULL,
        added_by TEXT NOT NULL,
        removed_at TEXT NOT NULL,
        removed_by TEXT NOT NULL
    ) STRICT;
    """,
    """
    ALTER TABLE campaign ADD COLUMN list_columns TEXT NOT NULL DEFAULT '[]';

    CREATE TABLE correction (
        id INTEGER PRIMARY KEY,
        resident_id INTEGER NOT NULL REFERENCES resident (id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        old TEXT NOT NULL,
        new TEXT NOT NULL,
        by_whom TEXT NOT NULL,
        at TEXT NOT NULL,
        origin TEXT NOT NULL
    ) STRICT;
    CREATE INDEX correction_of_resident ON correction (resident_id, id);

    CREATE TABLE listening (
        id INTEGER PRIMARY KEY,
        attempt_id INTEGER NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        robot TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        weight REAL NOT NULL,
        by_whom TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX listening_once ON listening (attempt_id, name, by_whom);
    """,
    """
    CREATE TABLE access_log (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        by_whom TEXT NOT NULL,
        what TEXT NOT NULL,
        people INTEGER NOT NULL,
        campaign_id INTEGER,
        target TEXT NOT NULL,
        is_masked INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE kept_figures (
        campaign_id INTEGER PRIMARY KEY REFERENCES campaign (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        content TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE campaign_plan (
        campaign_id INTEGER PRIMARY KEY REFERENCES campaign (id) ON DELETE CASCADE,
        priority INTEGER NOT NULL,
        paused_at TEXT,
        is_daily INTEGER NOT NULL DEFAULT 0,
        series INTEGER NOT NULL,
        round INTEGER NOT NULL DEFAULT 1,
        closed_at TEXT
    ) STRICT;

    CREATE TABLE resident_round (
        resident_id INTEGER PRIMARY KEY REFERENCES resident (id) ON DELETE CASCADE,
        earlier_id INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX attempt_of_campaign ON attempt (campaign_id, dialled_at);

    CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        lines INTEGER NOT NULL,
        is_paused INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    CREATE TABLE run_order (
        id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        verb TEXT NOT NULL,
        value INTEGER NOT NULL,
        asked_at TEXT NOT NULL,
        answer TEXT
    ) STRICT;
    """,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema to the present version, each step in a transaction of its own.

    Raises:
        StoreError: ``store_too_new``: a later Wenhou wrote this store.
    """
    while (version := _version(connection)) < len(MIGRATIONS):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) == version:  # no other process was faster
                _apply(connection, version)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
    if version > len(MIGRATIONS):
        raise StoreError(
            "store_too_new", "这个数据库是更新版本的问候写的，请升级问候后再用，不要删除数据库。"
        )


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _apply(connection: sqlite3.Connection, version: int) -> None:
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise StoreError(
            "store_broken", "这个文件是别的程序的数据库，不是问候的。请在 sip.conf 的 [store] 里换一个 path。"
        )
    for statement in _statements(MIGRATIONS[version]):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version + 1}")


def _statements(script: str) -> list[str]:
    """``executescript`` would commit the transaction that a step must be."""
    return [statement for statement in script.split(";") if statement.strip()]
