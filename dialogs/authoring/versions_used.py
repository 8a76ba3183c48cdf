"""The script that a campaign began with, kept as long as the campaign is.

``FOLDER/NAME/VERSION-HASH.yaml`` is the script byte for byte, with all that it includes; ``kept.tsv`` beside
it tells, for every import, where it came from and which learnt files read its answers then. A campaign is
called by what is kept, whatever becomes of the file: no resident is asked otherwise than the one before.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from campaign.errors import ScriptError
from campaign.records import Campaign
from campaign.settings import Settings
from dialogs import taught
from dialogs.loading import load_script, read_draft
from dialogs.script import Script

INDEX = "kept.tsv"
_HEADINGS = ("版本", "导入时间", "来自", "学到的")
_LEARNT = (taught.ANSWERS, taught.CORPUS, taught.ENCODER_GRAPH, taught.MEANINGS_GRAPH, taught.WORDING)
_FROZEN = 0o444


@dataclass(frozen=True)
class UsedScript:
    """What a campaign is called by."""

    script: Script
    name_or_path: str
    """To be loaded by whoever calls."""
    notices: tuple[str, ...] = ()
    """Chinese sentences for whoever starts the calls: what has changed since."""


def used_folder(settings: Settings) -> Path:
    """Beside the store, so that a backup takes both."""
    return Path(settings.store.path).parent / "scripts" / "used"


# --- keeping --------------------------------------------------------------------------------------------


def keep(name_or_path: str, folder: Path, at: dt.datetime) -> Script:
    """Keep a script for a campaign that begins; the same version is kept once.

    Args:
        name_or_path: Of the script, as the settings name it.
        folder: Of all that are kept.
        at: When the campaign was imported.

    Raises:
        ScriptError: The script can't be read or has errors; ``script_unkept``: the folder can't be written.
    """
    load_script(name_or_path)  # raises where it can't be used
    draft = read_draft(name_or_path)
    script, content = draft.script, draft.content
    file = folder / _safe(script.name) / f"{_safe(script.version)}.yaml"
    try:
        if not file.is_file() or file.read_bytes() != content:
            _write(file, content)
        _note(file.with_name(INDEX), (script.version, _written(at), name_or_path, learnt_of(script)))
    except OSError as error:
        raise ScriptError(
            "script_unkept",
            f"存不下这次用的话术：写不了 {error.filename or folder}（{error.strerror}）。"
            "请检查权限和磁盘空间。",
        ) from error
    return script


def learnt_of(script: Script) -> str:
    """Which learnt files read the answers: answers.onnx=3f2a9c01 …; empty where none does."""
    if not any(slot.like for slot in script.slots.values()):
        return ""
    return " ".join(f"{file.name}={_digest(file.read_bytes())}" for file in _LEARNT)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def _safe(name: str) -> str:
    """Usable as the name of a file."""
    return re.sub(r"[^\w.\-]|^\.", "_", name)


def _written(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")


def _write(file: Path, content: bytes) -> None:
    """All of it or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "wb") as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(temporary).chmod(_FROZEN)
    Path(temporary).replace(file)


def _note(index: Path, row: tuple[str, ...]) -> None:
    is_first = not index.exists()
    with index.open("a", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, delimiter="\t", lineterminator="\n")
        rows.writerows([_HEADINGS, row] if is_first else [row])


# --- using ----------------------------------------------------------------------------------------------


def used_script(campaign: Campaign, folder: Path) -> UsedScript:
    """The script of a campaign as it was when the campaign was imported.

    Raises:
        ScriptError: ``version_altered``: the kept copy was changed; where none was kept, as ``load_script``.
    """
    kept = _kept_file(campaign.script_version, folder)
    if kept is None:
        return _unkept(campaign)
    if _digest(kept.read_bytes()) != _hash(campaign.script_version):
        raise ScriptError(
            "version_altered",
            f"{campaign.name} 导入时存下的话术 {kept} 被改动过，不能再用来拨打；请从备份恢复这个文件。",
        )
    script = load_script(kept)
    notices = (*_changed_since(campaign), *_learnt_since(campaign, script, kept.with_name(INDEX)))
    return UsedScript(script, str(kept), notices)


def _kept_file(version: str, folder: Path) -> Path | None:
    found = (
        sorted(folder.glob(f"*/*-{_hash(version)}.yaml"))
        if re.fullmatch("[0-9a-f]{8}", _hash(version))
        else []
    )
    return found[0] if found else None


def _hash(version: str) -> str:
    """1-3f2a9c01 -> 3f2a9c01"""
    return version.rpartition("-")[2]


def _unkept(campaign: Campaign) -> UsedScript:
    """Imported by a Wenhou that kept nothing, or the folder is lost."""
    script = load_script(campaign.script)
    if script.version == campaign.script_version:
        return UsedScript(script, campaign.script)
    told = (
        f"{campaign.name} 导入时的话术版本 {campaign.script_version} 没有存下，"
        f"现在用的是 {script.name} 的版本 {script.version}。"
    )
    return UsedScript(script, campaign.script, (told,))


def _changed_since(campaign: Campaign) -> Iterator[str]:
    """What has become of the script's file."""
    try:
        now = read_draft(campaign.script).script.version
    except ScriptError:
        yield f"话术 {_shown(campaign)} 现在打不开了；这次照导入时存下的版本 {campaign.script_version} 拨打。"
        return
    if now != campaign.script_version:
        yield (
            f"话术 {_shown(campaign)} 在导入以后改过（现在是 {now}）；这个任务仍照导入时的版本 "
            f"{campaign.script_version} 拨打。要用新的，请重新导入名单。"
        )


def _shown(campaign: Campaign) -> str:
    return Path(campaign.script).name


def _learnt_since(campaign: Campaign, script: Script, index: Path) -> Iterator[str]:
    """Whether the answers are read by other learnt files than those of then."""
    then = _learnt_then(campaign, index)
    now = learnt_of(script)
    if then is not None and then != now:
        yield (
            f"听懂回答用的学习结果在导入以后更新过（当时 {then or '没有'}，现在 {now or '没有'}），"
            "前后的回答可能听得不完全一样。"
        )


def _learnt_then(campaign: Campaign, index: Path) -> str | None:
    """As noted at the campaign's import; None where that is not known."""
    try:
        with index.open(encoding="utf-8", newline="") as lines:
            rows = [row for row in csv.reader(lines, delimiter="\t") if len(row) == len(_HEADINGS)]
    except (OSError, ValueError):
        return None
    at = _written(campaign.created_at)
    noted = [learnt for version, when, _, learnt in rows if version == campaign.script_version and when <= at]
    return noted[-1] if noted else None
