"""Fetching large files: resumed where they broke off, verified before anybody sees them."""

from __future__ import annotations

import errno
import hashlib
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from campaign.errors import ModelError
from campaign.wheels import Progress

CONNECT_SECONDS = 3.0
"""All addresses together may take so long to answer: an unreachable site must not cost the user more."""
_READ_SECONDS = 30.0
_MOST_BREAKS = 3
"""A transfer that breaks off so often in a row is given up; the next run continues it."""


class DownloadFailed(Exception):
    """No address had the file. ``code`` is that of a ModelError; the text is Chinese, one clause."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def download(
    addresses: Sequence[str],
    target: Path,
    sha256: str,
    progress: Progress,
    connect_seconds: float = CONNECT_SECONDS,
) -> Path:
    """Fetch a file from the first address that has it whole.

    What was fetched before is kept in ``target.part`` and continued. The file appears under its name only
    when its checksum is right; what is wrong is deleted and the next address tried.

    Raises:
        DownloadFailed: ``model_unreachable`` or ``model_checksum``; the reason is that of the last address.
        ModelError: ``disk_full`` or ``model_folder``.
    """
    part = target.with_name(target.name + ".part")
    answering = _that_answer(addresses, connect_seconds)
    failure = DownloadFailed("model_unreachable", "连不上 " + "、".join(_host(each) for each in addresses))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for address in answering:
            try:
                _fetch_whole(address, part, sha256, progress)
            except DownloadFailed as reason:
                failure = reason
                continue
            return part.replace(target)
    except OSError as error:
        raise disk_error(target.parent, error) from error
    raise failure


def _that_answer(addresses: Sequence[str], seconds: float) -> list[str]:
    """The addresses whose servers say anything within the time, in the order given.

    Asked side by side in threads of their own, as looking up a name knows no timeout.
    """
    answered: set[str] = set()

    def ask(address: str) -> None:
        try:
            httpx.head(address, timeout=seconds, follow_redirects=True)
        except (httpx.HTTPError, httpx.InvalidURL):
            return
        answered.add(address)

    threads = [threading.Thread(target=ask, args=(address,), daemon=True) for address in addresses]
    for thread in threads:
        thread.start()
    until = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return [address for address in addresses if address in answered]


def _fetch_whole(address: str, part: Path, sha256: str, progress: Progress) -> None:
    """Fetch and verify; what was continued and is wrong is fetched anew: its beginning may be old."""
    was_begun = _size(part) > 0
    _fetch_with_patience(address, part, progress)
    try:
        _verify(part, sha256, address)
    except DownloadFailed:
        if not was_begun:
            raise
        _fetch_with_patience(address, part, progress)
        _verify(part, sha256, address)


def _fetch_with_patience(address: str, part: Path, progress: Progress) -> None:
    """Fetch, and go on after a break as long as every attempt brings something."""
    for _ in range(_MOST_BREAKS):
        have = _size(part)
        try:
            return _fetch(address, part, progress)
        except httpx.HTTPError as error:
            failure = DownloadFailed("model_unreachable", f"{_host(address)} {_why(error)}")
            if _size(part) <= have:
                break
    raise failure


def _fetch(address: str, part: Path, progress: Progress) -> None:
    have = _size(part)
    timeout = httpx.Timeout(_READ_SECONDS, connect=CONNECT_SECONDS)
    headers = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"} if have else {}
    with httpx.stream("GET", address, headers=headers, timeout=timeout, follow_redirects=True) as response:
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return  # it was all there already
        response.raise_for_status()
        continues = response.status_code == httpx.codes.PARTIAL_CONTENT
        have = have if continues else 0
        length = int(response.headers.get("Content-Length", 0))
        total = have + length if length else 0
        with part.open("ab" if continues else "wb") as file:
            for chunk in response.iter_bytes():  # as it comes: a break loses nothing
                file.write(chunk)
                have += len(chunk)
                progress(have, total)


def _verify(part: Path, sha256: str, address: str) -> None:
    if file_sha256(part) != sha256:
        part.unlink()
        raise DownloadFailed("model_checksum", f"{_host(address)} 给的文件校验不符，已删除")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _host(address: str) -> str:
    try:
        return httpx.URL(address).host or address
    except httpx.InvalidURL:
        return address


def file_sha256(path: Path) -> str:
    """Checksum of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def disk_error(folder: Path, error: OSError) -> ModelError:
    """The sentence for a folder that cannot be written."""
    if error.errno == errno.ENOSPC:
        return ModelError("disk_full", f"磁盘已满，语音模型存不进 {folder}。请腾出空间后再试。")
    return ModelError(
        "model_folder",
        f"不能在 {folder} 里存放语音模型（{error.strerror or error}）。请检查这个文件夹的权限。",
    )


def _why(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"没有这个文件（回答 {error.response.status_code}）"
    return "传到一半断开了"
