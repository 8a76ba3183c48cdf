"""Files that hold personal data: readable by their owner alone, and never half written."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from campaign.errors import ExportError

_DISK_FULL = 28


def write_private(path: Path, data: bytes) -> None:
    """Write a file of mode 0600 in one step, making its folder where it is missing.

    Raises:
        ExportError: ``disk_full`` or ``export_folder``.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(".tmp", f".{path.stem[:40]}.", path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _told(path, error) from error


def private_folder(path: Path) -> None:
    """Make a folder that only its owner opens (mode 0700).

    Raises:
        ExportError: ``export_exists`` where something is in it, ``disk_full`` or ``export_folder``.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(path.iterdir()):
            raise ExportError("export_exists", f"{path} 里已经有文件，没有写。请用 -o 换一个文件夹。")
        path.chmod(0o700)
    except OSError as error:
        raise _told(path, error) from error


def _told(path: Path, error: OSError) -> ExportError:
    if error.errno == _DISK_FULL:
        return ExportError("disk_full", f"磁盘已满，写不了 {path.name}。请腾出空间后再试。")
    return ExportError(
        "export_folder", f"写不了 {path}（{error.strerror}）。请检查文件夹是否存在、有没有权限。"
    )
