"""``wenhou script texts``: the sheet that a human speaker reads a script from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from campaign.errors import ScriptError
from campaign.settings import Settings
from dialogs.loading import load_script
from dialogs.recordings.folder import recordings_folder
from dialogs.recordings.texts import RecordingText, recording_texts
from dialogs.script import Script
from dialogs.speech.prompts import NAME, read_recordings
from dialogs.speech.pronunciation import unusual_readings

HEADINGS = ("编号", "文件名", "文字", "怎么念", "用在哪里", "前面接着", "后面接着", "必录", "已有录音")


def texts_sheet(
    console: Console, name: str, target: Path, settings: Settings, *, is_complete: bool = False
) -> int:
    """Write every sentence that a speaker must read into a csv that Excel opens.

    Args:
        console: Gets what was written and what to do with it.
        name: Script, by name or file.
        target: The csv.
        settings: For the community's name and where recordings lie.
        is_complete: Also the sentences for which a more general one would do.

    Raises:
        ScriptError: The script can't be read or has errors; ``sheet_unwritable``.
    """
    script = load_script(name)
    folder = recordings_folder(name, script.name, settings)
    texts = [
        text for text in recording_texts(script, settings.dialog.community) if is_complete or text.is_needed
    ]
    there = {recording.text for recording in read_recordings(folder, must_exist=False)}
    _write(target, sheet_rows(texts, there))
    seconds = sum(text.expected_seconds for text in texts)
    console.print(
        f"写好了 {target}：{len(texts)} 句，念一遍约 {max(1, round(seconds / 60))} 分钟。", soft_wrap=True
    )
    for line in _notes(script, settings, there & {text.text for text in texts}):
        console.print(line, soft_wrap=True, markup=False)
    console.print(
        f"每句存成一个文件，用表里的文件名或编号；录完执行 wenhou script import-recordings {name} 文件夹",
        soft_wrap=True,
        markup=False,
    )
    return 0


def _notes(script: Script, settings: Settings, recorded: set[str]) -> Iterator[str]:
    named = {prompt.id for prompt in script.prompts() if NAME in prompt.text}
    if named:
        yield f"有 {len(named)} 句带居民姓名，人没法念完每一户，表里是不带姓名的说法。"
    if any("{community}" in prompt.text for prompt in script.prompts()):
        community = settings.dialog.community
        told = (
            f"社区名按 sip.conf 念“{community}”"
            if community
            else "sip.conf 里没有写社区名，表里是不带社区名的说法"
        )
        yield f"{told}。"
    if recorded:
        yield f"其中 {len(recorded)} 句已经有录音。"


def sheet_rows(texts: Sequence[RecordingText], recorded: set[str]) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    for number, text in enumerate(texts, start=1):
        yield (
            f"{number:03d}",
            f"{text.name}.wav",
            text.text,
            how_to_read(text),
            text.used,
            text.before,
            text.after,
            "是" if text.is_needed else "可不录",
            "有" if text.text in recorded else "",
        )


def how_to_read(text: RecordingText) -> str:
    """Numbers in words, and characters that are easily misread: 三号楼二单元五零幺；单 念 shàn"""
    told = [text.spoken] if text.spoken != text.text else []
    told += [f"{character} 念 {reading}" for character, reading in unusual_readings(text.spoken)]
    return "；".join(told)


def _write(target: Path, rows: Iterator[tuple[str, ...]]) -> None:
    content = io.StringIO()
    csv.writer(content).writerows([_harmless(cell) for cell in row] for row in rows)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content.getvalue(), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ScriptError(
            "sheet_unwritable",
            f"写不了 {target}：{error.strerror}。如果它正在 Excel 里打开，请先关掉。",
        ) from error


def _harmless(cell: str) -> str:
    """A text that a spreadsheet would take for a formula is shown as it is."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
