"""``wenhou script import-recordings``: sound files of a speaker become the recordings of a script."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from asr.audio import read_mono
from campaign.errors import EXIT_BAD_INPUT, ScriptError, SoundError
from campaign.settings import Settings
from dialogs.loading import load_script
from dialogs.recordings.folder import keep_recording, recordings_folder
from dialogs.recordings.take import Take, examined
from dialogs.recordings.texts import RecordingText, recording_texts
from dialogs.speech.prompts import read_recordings

_NO_SOUND = frozenset(
    (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".doc", ".docx", ".pdf", ".md", ".yaml", ".yml")
)
"""Lie in such folders and are no recordings; passed over without a word."""


class _Refused(Exception):
    """A file that is not taken; the text says why and what to do, Chinese, without a full stop."""


@dataclass(frozen=True)
class _Taken:
    text: RecordingText
    take: Take


def import_recordings(
    console: Console, name: str, paths: Sequence[Path], settings: Settings, *, voice: str = ""
) -> int:
    """Convert sound files to the telephone's rate and level and put them where calls look for them.

    Files are matched by the names or numbers of ``wenhou script texts``, or by the sentence itself. What the
    script has a recording of already is replaced.

    Args:
        console: Gets a line for every file that was refused and for every sentence without one.
        name: Script, by name or file.
        paths: Sound files, or folders with them.
        settings: For the community's name and where recordings lie.
        voice: Whose voice it is.

    Returns:
        The exit code: 2 where a file was refused.

    Raises:
        ScriptError: The script can't be read; ``recordings_missing``: there is no file.
        PromptError: A recording can't be written.
    """
    script = load_script(name)
    folder = recordings_folder(name, script.name, settings)
    texts = recording_texts(script, settings.dialog.community)
    files = _files(paths, folder)
    names = _Names(texts)
    refused = taken = 0
    used: dict[str, Path] = {}
    for file in files:
        try:
            found = _taken(file, names, used)
        except _Refused as why:
            console.print(f"✗ {file.name}: {why}。", style="red", markup=False, soft_wrap=True)
            refused += 1
            continue
        keep_recording(folder, found.text.name, found.text.text, found.take.pcm, voice or _voice(folder))
        used[found.text.text] = file
        taken += 1
        _tell_taken(console, file, found)
    _conclude(console, folder, texts, taken, refused)
    return EXIT_BAD_INPUT if refused else 0


def _files(paths: Sequence[Path], own: Path) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise ScriptError("recordings_missing", f"找不到 {path}，请检查文件或文件夹的名字。")
        if path.is_dir() and path.resolve() == own.resolve():
            raise ScriptError("recordings_missing", f"{path} 就是放录音的文件夹，请把要导入的文件放在别处。")
        found += sorted(filter(_may_be_sound, path.iterdir())) if path.is_dir() else [path]
    if not found:
        raise ScriptError("recordings_missing", f"{'、'.join(map(str, paths))} 里没有声音文件。")
    return found


def _may_be_sound(file: Path) -> bool:
    return file.is_file() and not file.name.startswith(".") and file.suffix.lower() not in _NO_SOUND


# --- matching -----------------------------------------------------------------------------------------


class _Names:
    """By which names the files of a script's sentences are known."""

    def __init__(self, texts: Sequence[RecordingText]) -> None:
        self._by_name = {_folded(text.name): text for text in texts}
        self._by_text = {_words(text.text): text for text in texts}
        self._by_number = {str(number): text for number, text in enumerate(texts, start=1)}

    def text_of(self, file: Path) -> RecordingText:
        """Raises _Refused."""
        stem = file.stem.strip()
        found = (
            self._called(stem)
            or self._called(_LEADING_NUMBER.sub("", stem))
            or self._by_number.get(stem.lstrip("0"))
        )
        if found is None:
            near = difflib.get_close_matches(_folded(stem), self._by_name, 1, 0.6)
            hint = (
                f"是不是 {self._by_name[near[0]].name}"
                if near
                else "请用 wenhou script texts 列出的文件名或编号"
            )
            raise _Refused(f"不知道是哪一句，{hint}")
        return found

    def _called(self, stem: str) -> RecordingText | None:
        return self._by_name.get(_folded(stem)) or self._by_text.get(_words(stem))


_LEADING_NUMBER = re.compile(r"^[0-9]{1,4}[ ._、-]+")
"""Of a speaker who numbers the files besides: 003 ask_water.first.wav."""


def _folded(name: str) -> str:
    return name.casefold()


def _words(text: str) -> str:
    return "".join(re.findall(r"\w", text))


def _taken(file: Path, names: _Names, used: Mapping[str, Path]) -> _Taken:
    """Raises _Refused."""
    text = names.text_of(file)
    if text.text in used:
        raise _Refused(f"和 {used[text.text].name} 是同一句，请删掉一个")
    try:
        samples, rate = read_mono(file)
    except SoundError as error:
        raise _Refused(_without_name(error.message, file)) from error
    take = examined(samples, rate, text)
    if not take.is_usable:
        raise _Refused(take.told())
    return _Taken(text, take)


def _without_name(message: str, file: Path) -> str:
    """The line names the file already."""
    return message.replace(f"声音文件 {file} ", "").replace(f"{file} ", "").rstrip("。")


# --- telling --------------------------------------------------------------------------------------------


def _tell_taken(console: Console, file: Path, found: _Taken) -> None:
    take = found.take
    told = f"{file.name} → {found.text.name}.wav（{take.seconds:.1f} 秒，原来 {take.level_dbov:.0f} dB）"
    if take.faults:
        console.print(f"△ {told}：{take.told()}。", style="yellow", markup=False, soft_wrap=True)
    else:
        console.print(f"✓ {told}", markup=False, soft_wrap=True)


def _conclude(
    console: Console, folder: Path, texts: Sequence[RecordingText], taken: int, refused: int
) -> None:
    console.print(f"导入了 {taken} 个录音，放在 {folder}。", markup=False, soft_wrap=True)
    if refused:
        told = f"有 {refused} 个文件没有导入，请照上面说的改好，再导入一次。"
        console.print(told, style="red", markup=False, soft_wrap=True)
    for line in _missing(folder, texts):
        console.print(line, markup=False, soft_wrap=True)


def _missing(folder: Path, texts: Sequence[RecordingText]) -> Iterator[str]:
    recorded = {recording.text for recording in read_recordings(folder, must_exist=False)}
    missing = [text for text in texts if text.is_needed and text.text not in recorded]
    if missing:
        yield f"还有 {len(missing)} 句没有录音，通话里会用合成的声音说："
        yield from (f"　　{text.name}.wav　{text.text}" for text in missing)
    else:
        yield "这份话术录齐了。"


def _voice(folder: Path) -> str:
    there = read_recordings(folder, must_exist=False)
    return there[-1].voice if there else "真人"
