"""One open SQLite file: its connection, its transactions, and what can be wrong with it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from campaign.errors import StoreError
from campaign.migrations import migrate

_BUSY_SECONDS = 10.0
"""How long a write waits for another process's write."""
_LOCK_SECONDS = 0.5
"""How long a run waits for somebody who only looks whether one is going on."""


class RunLock:
    """Held while a run uses a store; a second run is refused."""

    def __init__(self, store_path: Path) -> None:
        self._lock = FileLock(f"{store_path}.lock", timeout=_LOCK_SECONDS)
        self._path = store_path

    def __enter__(self) -> Self:
        try:
            private_folder(self._path.parent)
            self._lock.acquire()
        except Timeout:
            raise StoreError(
                "store_in_use",
                f"另一个 wenhou run 正在使用 {self._path.name}。请等它结束，或先在那个窗口按 Ctrl-C 停止它。",
            ) from None
        except OSError as error:
            raise folder_error(self._path, error) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()


class Database:
    """One open connection. Use it from one thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the store, making file and folder where they are missing (mode 0600).

        Raises:
            StoreError: ``store_folder``, ``disk_full``, ``store_broken`` or ``store_too_new``.
        """
        try:
            private_folder(path.parent)
            private_file(path)
        except OSError as error:
            raise folder_error(path, error) from error
        connection = connect(path)
        store = cls(connection, path)
        try:
            with store.telling():
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                migrate(connection)
        except StoreError:
            connection.close()
            raise
        return store

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Self]:
        """The store as it is at this moment, through a connection of its own: whoever reads a whole campaign
        sees one state of it and keeps nobody from writing. May be used in another thread.

        Raises:
            StoreError: As ``open``.
        """
        with contextlib.closing(connect(self.path)) as connection:
            reader = type(self)(connection, self.path)
            with reader.telling():
                connection.execute("PRAGMA query_only = ON")
                connection.execute("BEGIN")
            yield reader

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with self.telling():
            return self._connection.execute(query, values).fetchall()

    @contextlib.contextmanager
    def writing(self, *, is_flushed: bool = True) -> Iterator[sqlite3.Connection]:
        with self.telling():
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if is_flushed else 'NORMAL'}")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise

    @contextlib.contextmanager
    def telling(self) -> Iterator[None]:
        """Turn SQLite's complaints into sentences."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise store_error(self.path, error) from error


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


# --- faults -------------------------------------------------------------------------------------------


def private_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def private_file(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def folder_error(path: Path, error: OSError) -> StoreError:
    if error.errno == 28:  # ENOSPC
        return StoreError("disk_full", f"磁盘已满，不能写入 {path.parent}。请腾出空间后再试。")
    return StoreError(
        "store_folder",
        f"不能在 {path.parent} 里写文件（{error.strerror}）。"
        "请检查文件夹的权限，或在 sip.conf 的 [store] 里换一个 path。",
    )


def store_error(path: Path, error: sqlite3.DatabaseError) -> StoreError:
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
