"""Fetching large files: resumed where they broke off, verified before anybody sees them."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from campaign.errors import ModelError

CONNECT_SECONDS = 3.0
"""An unreachable site must not cost the user more."""
_READ_SECONDS = 30.0
_CHUNK_BYTES = 1 << 20

Progress = Callable[[int, int], None]
"""Called with (bytes so far, bytes in all or 0 when unknown)."""


class Unreachable(Exception):
    """No address answered; the reason of the last one."""


def download(addresses: Sequence[str], target: Path, sha256: str, progress: Progress) -> Path:
    """Fetch a file from the first address that has it.

    What was fetched before is kept in ``target.part`` and continued. The file appears under its name only when
    its checksum is right.

    Raises:
        Unreachable: No address could be reached.
        ModelError: ``model_checksum`` or ``disk_full``.
    """
    part = target.with_name(target.name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    reason = ""
    for address in addresses:
        try:
            _fetch(address, part, progress)
        except httpx.HTTPError as error:
            reason = f"{address}：{_why(error)}"
            continue
        except OSError as error:
            raise disk_error(target.parent, error) from error
        _verify(part, sha256)
        part.replace(target)
        return target
    raise Unreachable(reason)


def _fetch(address: str, part: Path, progress: Progress) -> None:
    have = part.stat().st_size if part.exists() else 0
    timeout = httpx.Timeout(_READ_SECONDS, connect=CONNECT_SECONDS)
    headers = {"Range": f"bytes={have}-"} if have else {}
    with httpx.stream("GET", address, headers=headers, timeout=timeout, follow_redirects=True) as response:
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return  # it was all there already
        response.raise_for_status()
        continues = response.status_code == httpx.codes.PARTIAL_CONTENT
        have = have if continues else 0
        total = have + int(response.headers.get("Content-Length", 0))
        with part.open("ab" if continues else "wb") as file:
            for chunk in response.iter_bytes(_CHUNK_BYTES):
                file.write(chunk)
                have += len(chunk)
                progress(have, total)


def _verify(part: Path, sha256: str) -> None:
    if file_sha256(part) != sha256:
        part.unlink()
        raise ModelError(
            "model_checksum",
            f"下载的 {part.stem} 校验不符，已删除。可能下载中断或镜像有误，请再试一次，"
            "或在 sip.conf 的 [asr] mirrors 里换一个地址。",
        )


def file_sha256(path: Path) -> str:
    """Checksum of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def disk_error(folder: Path, error: OSError) -> ModelError:
    """The sentence for a folder that cannot be written."""
    if error.errno == errno.ENOSPC:
        return ModelError("disk_full", f"磁盘已满，模型存不进 {folder}。请腾出空间后再试。")
    return ModelError("model_folder", f"不能在 {folder} 里存放模型（{error.strerror}），请检查文件夹权限。")


def _why(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"服务器回答 {error.response.status_code}"
    return "连不上" if isinstance(error, httpx.TransportError) else str(error)
