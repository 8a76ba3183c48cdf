"""What a model's folder must hold, and what is missing or damaged in one.

Vosk reads its files without looking twice: some losses it reports, others crash the process at the first
answer. So the files are looked at before. What can be told by a glance at both ends of a file is told at
every start; whole checksums are for ``wenhou model verify``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from asr.download import file_sha256

VOSK, WHISPER = "vosk", "whisper"

CHECKSUMS = "checksums.sha256"
"""Written beside a model's files when it is installed, as ``sha256sum -c`` reads it."""

_END_BYTES = 1 << 16
"""So much is looked at from the end of a file."""

MISSING = "缺少这个文件"
EMPTY = "是空文件"
CUT_SHORT = "不完整，后半截没有了"
WRONG_KIND = "内容不对，不是语音模型的文件"
CHANGED = "和安装时不一样，已损坏"


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a model."""

    file: str
    """Path inside the folder; empty when it cannot be told."""
    told: str
    """Chinese: what is wrong with it."""
    is_fatal: bool = True
    """Whether the model cannot be used with it."""

    def __str__(self) -> str:
        return f"{self.file}：{self.told}" if self.file else self.told


def engine_meant(folder: Path) -> str | None:
    """Which engine the folder's model is for, whole or not; None when it is no model at all."""
    if not folder.is_dir():
        return None
    if any((folder / name).exists() for name in ("am", "graph", "ivector", "final.mdl", "conf/model.conf")):
        return VOSK
    if any((folder / name).exists() for name in ("model.bin", "vocabulary.txt", "vocabulary.json")):
        return WHISPER
    return None


def faults(folder: Path) -> list[Fault]:
    """What is missing or visibly damaged; takes milliseconds. Empty also when the folder is no model."""
    match engine_meant(folder):
        case "vosk":
            return list(_vosk_faults(folder))
        case "whisper":
            return list(_whisper_faults(folder))
        case _:
            return []


def is_usable(folder: Path) -> bool:
    """Whether an engine can be expected to read the model."""
    return engine_meant(folder) is not None and not any(fault.is_fatal for fault in faults(folder))


def changed_files(folder: Path) -> list[Fault]:
    """Files that differ from what was installed; reads all of them. Empty when there are no checksums."""
    note = folder / CHECKSUMS
    if not note.is_file():
        return []
    found = []
    for line in note.read_text(encoding="utf-8").splitlines():
        sha256, _, name = line.partition("  ")
        file = folder / name
        if not file.is_file():
            found.append(Fault(name, MISSING))
        elif file_sha256(file) != sha256:
            found.append(Fault(name, CHANGED))
    return found


def write_checksums(folder: Path) -> None:
    """Note what was installed."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CHECKSUMS)
    lines = (f"{file_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def megabytes(folder: Path) -> float:
    """Room that a model takes on disk."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


# --- Vosk ---------------------------------------------------------------------------------------------

_Look = Callable[[bytes, bytes], str]
"""Given a file's two ends, what is wrong with it; empty when nothing is."""


def _begins(mark: bytes) -> _Look:
    return lambda head, tail: "" if head.startswith(mark) else WRONG_KIND


def _has_end(mark: bytes, *, is_last: bool = True) -> _Look:
    def look(head: bytes, tail: bytes) -> str:
        is_whole = tail.rstrip().endswith(mark) if is_last else mark in tail
        return "" if is_whole else CUT_SHORT

    return look


def _is_numbers(head: bytes, tail: bytes) -> str:
    return "" if all(each.isdigit() for each in head.split()) else WRONG_KIND


def _anything(head: bytes, tail: bytes) -> str:
    return ""


def _options(head: bytes, tail: bytes) -> str:
    """Options that Kaldi has values for anyway; the file of the small Chinese model is empty."""
    return ""


_FST = _begins((2125659606).to_bytes(4, "little"))
"""OpenFst's magic number."""

_COMMON: dict[str, _Look] = {
    "am/final.mdl": _has_end(b"<Priors>", is_last=False),
    "conf/model.conf": _anything,
    "conf/mfcc.conf": _anything,
}
_READY_GRAPH: dict[str, _Look] = {"graph/HCLG.fst": _FST, "graph/words.txt": _anything}
_DYNAMIC_GRAPH: dict[str, _Look] = {
    "graph/HCLr.fst": _FST,
    "graph/Gr.fst": _FST,
    "graph/disambig_tid.int": _is_numbers,
}
_SPEAKER: dict[str, _Look] = {
    "ivector/final.ie": _has_end(b"</IvectorExtractor>"),
    "ivector/final.dubm": _has_end(b"</DiagGMM>"),
    "ivector/final.mat": _anything,
    "ivector/global_cmvn.stats": _anything,
    "ivector/online_cmvn.conf": _options,
    "ivector/splice.conf": _anything,
}
"""Of models that adapt to the speaker: all of these or none."""
_WORD_ENDS = "graph/phones/word_boundary.int"
"""Without it words come without exact times."""
_OLD_FILES: dict[str, _Look] = {"final.mdl": _has_end(b"<Priors>", is_last=False), "mfcc.conf": _anything}
"""The flat layout of models before 2020."""


def _vosk_faults(folder: Path) -> Iterator[Fault]:
    if (folder / "final.mdl").exists():
        yield from _each(folder, _OLD_FILES)
        if not any(folder.glob("HCL*.fst")):
            yield Fault("HCLr.fst", MISSING)
        return
    yield from _each(folder, _COMMON)
    yield from _each(folder, _READY_GRAPH if (folder / "graph" / "HCLG.fst").exists() else _DYNAMIC_GRAPH)
    if (folder / "ivector").exists():
        yield from _each(folder, _SPEAKER)
    if not (folder / _WORD_ENDS).is_file():
        yield Fault(_WORD_ENDS, MISSING, is_fatal=False)


def _each(folder: Path, files: dict[str, _Look]) -> Iterator[Fault]:
    for name, look in files.items():
        told = _looked_at(folder / name, look)
        if told:
            yield Fault(name, told)


def _looked_at(file: Path, look: _Look) -> str:
    if not file.is_file():
        return MISSING
    size = file.stat().st_size
    if not size:
        return "" if look is _options else EMPTY
    with file.open("rb") as opened:
        head = opened.read(64)
        opened.seek(-min(size, _END_BYTES), os.SEEK_END)
        return look(head, opened.read())


# --- the embedded engine ------------------------------------------------------------------------------


def _is_json(head: bytes, tail: bytes) -> str:
    if not head.lstrip().startswith((b"{", b"[")):
        return WRONG_KIND
    return "" if tail.rstrip().endswith((b"}", b"]")) else CUT_SHORT


def _is_whisper(head: bytes, tail: bytes) -> str:
    return "" if b"WhisperSpec" in head else WRONG_KIND


_WHISPER: dict[str, _Look] = {
    "model.bin": _is_whisper,
    "config.json": _is_json,
}
_VOCABULARIES: dict[str, _Look] = {"vocabulary.txt": _anything, "vocabulary.json": _is_json}


def _whisper_faults(folder: Path) -> Iterator[Fault]:
    yield from _each(folder, _WHISPER)
    found = {name: look for name, look in _VOCABULARIES.items() if (folder / name).exists()}
    yield from _each(folder, found or {"vocabulary.txt": _anything})
