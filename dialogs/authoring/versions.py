"""Published versions of call scripts: frozen copies, so that what was called with can be read ever after.

``FOLDER/NAME/VERSION.yaml`` is the script byte for byte, with what it includes, ``VERSION.tests.yaml`` its
tests; ``versions.tsv``
tells when each was published and what its content hashed to. A draft is any other file.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import ScriptError
from campaign.patterns import compiled
from campaign.settings import Settings
from dialogs.authoring.dialogues_load import tests_beside
from dialogs.loading import TESTS_SUFFIX, Draft, read_draft
from dialogs.recordings.beside import recordings_beside
from dialogs.recordings.folder import copy_recordings

INDEX = "versions.tsv"
_HEADINGS = ("版本", "摘要", "发布时间")
_FROZEN = 0o444


@dataclass(frozen=True)
class Published:
    """One version as it stands in the index."""

    name: str
    version: str
    """The author's: 2."""
    digest: str
    """First eight digits of the content's SHA-256, as ``Script.version`` ends."""
    at: dt.datetime
    file: Path

    def __str__(self) -> str:
        return f"{self.name} 版本 {self.version}（{self.digest}，{self.at:%Y-%m-%d %H:%M}）"


def published_folder(settings: Settings) -> Path:
    """Beside the store, whose campaigns were called with what is in there: a backup takes both."""
    return Path(settings.store.path).parent / "scripts" / "published"


def published(folder: Path, name: str) -> tuple[Published, ...]:
    """The versions of a script, the oldest first; empty where none was published.

    Raises:
        ScriptError: ``versions_unreadable``.
    """
    index = folder / name / INDEX
    if not index.exists():
        return ()
    try:
        with index.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="\t"))[1:]
        return tuple(
            Published(name, version, digest, dt.datetime.fromisoformat(at), _file(folder, name, version))
            for version, digest, at in rows
        )
    except (OSError, ValueError) as error:
        raise ScriptError(
            "versions_unreadable", f"读不懂 {index}，它记着发布过哪些版本；请从备份恢复这个文件。"
        ) from error


def _file(folder: Path, name: str, version: str) -> Path:
    return folder / name / f"{version}.yaml"


# --- publishing -----------------------------------------------------------------------------------------


def publish(draft: Draft, folder: Path, at: dt.datetime) -> tuple[Published, bool]:
    """Keep a frozen copy of a script that was checked, with its tests; False: it was published before.

    Raises:
        ScriptError: ``version_unusable``; ``version_taken`` by other content; ``version_altered``;
            ``versions_unwritable``.
    """
    name, (version, digest) = draft.script.name, version_parts(draft)
    _check_name(draft, version)
    versions = published(folder, name)
    known = next((each for each in versions if each.version == version), None)
    if known is not None:
        check_unaltered(known)
        if known.digest != digest:
            raise _taken(draft, known, {each.version for each in versions})
        return known, False
    new = Published(name, version, digest, at, _file(folder, name, version))
    try:
        _freeze(draft, new)
    except OSError as error:
        raise ScriptError(
            "versions_unwritable",
            f"写不了 {error.filename or folder}：{error.strerror}。请检查权限和磁盘空间。",
        ) from error
    return new, True


def version_parts(draft: Draft) -> tuple[str, str]:
    """1-3f2a9c01 -> 1, 3f2a9c01"""
    version, _, digest = draft.script.version.rpartition("-")
    return version, digest


_USABLE = compiled(r"\w[\w.\-]*")


def _check_name(draft: Draft, version: str) -> None:
    """Both become names of files."""
    if not draft.script.name.isidentifier():
        raise ScriptError(
            "version_unusable",
            f"{_at(draft, '/script')}: 话术名 {draft.script.name} 不能用来发布，"
            "只能有字母、数字、下划线和汉字。",
        )
    if not _USABLE.fullmatch(version) or f"{version}.yaml".endswith(TESTS_SUFFIX):
        raise ScriptError(
            "version_unusable",
            f"{_at(draft, '/version')}: 版本 {version} 不能用来发布，请写成 2、1.3 或 2026-11 这样。",
        )


def _at(draft: Draft, path: str) -> str:
    return f"{draft.file.name}: 第 {draft.lines.get(path, 1)} 行"


def _taken(draft: Draft, known: Published, taken: Collection[str]) -> ScriptError:
    return ScriptError(
        "version_taken",
        f"{_at(draft, '/version')}: 版本 {known.version} 已经在 {known.at:%Y-%m-%d} 发布过别的内容"
        f'（{known.digest}），请改成 version: "{next_version(known.version, taken)}" 再发布。'
        f"改了什么，可以看 wenhou script diff {known.name}@{known.version} {draft.file}",
    )


def next_version(version: str, taken: Collection[str] = ()) -> str:
    """1 -> 2, 1.9 -> 1.10, 试行 -> 试行-2; one that is not taken."""
    found = re.fullmatch(r"(.*?)(\d+)", version)
    stem, number = (found[1], int(found[2])) if found else (f"{version}-", 1)
    width = len(found[2]) if found else 1
    while (following := f"{stem}{number + 1:0{width}}") in taken:
        number += 1
    return following


def _freeze(draft: Draft, new: Published) -> None:
    """The index comes last: what is not in it is an attempt that was broken off, and is written anew."""
    new.file.parent.mkdir(parents=True, exist_ok=True)
    tests = tests_beside(draft.file)
    if tests.is_file():
        _write(new.file.with_name(new.version + TESTS_SUFFIX), tests.read_bytes())
    _write(new.file, draft.content)
    for recordings in recordings_beside(draft.file, draft.script.name):
        copy_recordings(recordings, new.file.parent / draft.script.name)
    index = new.file.with_name(INDEX)
    is_first = not index.exists()
    with index.open("a", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, delimiter="\t", lineterminator="\n")
        if is_first:
            rows.writerow(_HEADINGS)
        rows.writerow((new.version, new.digest, new.at.isoformat(timespec="seconds")))


def _write(file: Path, content: bytes) -> None:
    file.unlink(missing_ok=True)
    file.write_bytes(content)
    file.chmod(_FROZEN)


# --- finding --------------------------------------------------------------------------------------------


def script_meant(given: str, folder: Path) -> str:
    """The file of a published version for NAME@VERSION; anything else as it is given.

    Raises:
        ScriptError: ``version_not_found``; ``version_altered``; ``versions_unreadable``.
    """
    name, at, version = given.partition("@")
    if not at or Path(given).exists():
        return given
    versions = published(folder, name)
    found = next((each for each in versions if each.version == version), None)
    if found is None:
        known = "、".join(each.version for each in versions)
        told = f"发布过的有：{known}。" if known else "它还没有发布过，可以用 wenhou script publish 发布。"
        raise ScriptError("version_not_found", f"话术 {name} 没有版本 {version}。{told}")
    check_unaltered(found)
    return str(found.file)


def check_unaltered(known: Published) -> None:
    """Raises ScriptError (``version_altered``) where the frozen copy is gone or another."""
    if not known.file.is_file() or version_parts(read_draft(known.file))[1] != known.digest:
        raise ScriptError(
            "version_altered",
            f"发布过的 {known.file} 被改动或删掉了（原来的摘要是 {known.digest}），"
            "请从备份恢复，不要改这里的文件。",
        )
