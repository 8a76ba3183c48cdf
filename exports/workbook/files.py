"""Workbooks to disk: whoever opens one finds the old or the new, never half of one.

Only the owner may read it, and it never replaces one that is open in a spreadsheet program.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from campaign.errors import ExportError


@dataclass(frozen=True)
class WrittenWorkbook:
    """Where a workbook went."""

    path: Path
    notice: str = ""
    """Chinese sentence when it is not where it was wanted, else empty."""


def save_workbook(write: Callable[[BinaryIO], object], path: Path) -> WrittenWorkbook:
    """Let ``write`` fill a file, then put it where ``path`` says.

    Where ``path`` is open in a spreadsheet program, a numbered sibling is written instead: 结果(2).xlsx.

    Raises:
        ExportError: ``disk_full`` or ``export_folder``.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _private_file_beside(path) as temporary:
            _write(write, temporary)
            target = _replace_first_free(temporary, path)
        _flush_folder(path.parent)
    except OSError as error:
        raise _export_error(path, error) from error
    if target == path:
        return WrittenWorkbook(path)
    told = f"{path.name} 正开着，新的结果写到了 {target.name}。关闭它以后，下次会写回原处。"
    return WrittenWorkbook(target, told)


@contextlib.contextmanager
def _private_file_beside(path: Path) -> Iterator[Path]:
    """A temporary file in the same folder, mode 0600; gone afterwards if nobody moved it."""
    descriptor, name = tempfile.mkstemp(".tmp", f".{path.stem}.", path.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _write(write: Callable[[BinaryIO], object], path: Path) -> None:
    with path.open("wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())


def _replace_first_free(temporary: Path, path: Path) -> Path:
    for candidate in _names(path):
        if is_open_elsewhere(candidate):
            continue
        try:
            temporary.replace(candidate)
        except PermissionError:  # Windows: somebody has it open
            if candidate.exists():
                continue
            raise
        return candidate
    raise PermissionError(13, "所有候选文件名都被占用", str(path))


_MOST_SIBLINGS = 20


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in range(2, _MOST_SIBLINGS):
        yield path.with_name(f"{path.stem}({number}){path.suffix}")


def is_open_elsewhere(path: Path) -> bool:
    """Whether LibreOffice or Excel left its lock file beside the workbook."""
    return any(path.with_name(name).exists() for name in (f".~lock.{path.name}#", f"~${path.name}"))


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_DISK_FULL = 28
_QUOTA = 122


def _export_error(path: Path, error: OSError) -> ExportError:
    if error.errno in (_DISK_FULL, _QUOTA):
        return ExportError(
            "disk_full",
            f"磁盘已满，写不了 {path.name}。通话结果都在数据库里，请腾出空间后运行 wenhou export。",
        )
    return ExportError(
        "export_folder",
        f"不能在 {path.parent} 里写 {path.name}（{error.strerror}）。通话结果都在数据库里，"
        "请检查文件夹的权限，再运行 wenhou export。",
    )
