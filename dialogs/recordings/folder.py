"""Where new recordings of a script go, and how they are kept there.

``call/water_notice.yaml`` has ``call/water_notice/`` beside it. A bundled script has a folder beside the
store, since its own belongs to the program.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from campaign.settings import Settings
from dialogs.recordings.beside import recordings_beside
from dialogs.speech.prompts import LIST_FILE, Pcm, PromptError, Recording, read_recordings, write_wav

_HEADINGS = ("file", "voice", "text")
_READABLE = 0o644


def recordings_folder(script_file: str | Path, script_name: str, settings: Settings) -> Path:
    """Where recordings of this script are put and looked for; need not exist.

    Args:
        script_file: The script's file, or the name of a bundled script.
        script_name: What the script calls itself.
        settings: For the place of the store.
    """
    path = Path(script_file)
    if path.suffix in (".yaml", ".yml"):
        return path.parent / script_name
    return recordings_root(settings) / script_name


def recordings_root(settings: Settings) -> Path:
    """Where the recordings that were made here of bundled scripts lie, a folder for each."""
    return Path(settings.store.path).parent / "scripts" / "recordings"


def folders_beside(script_file: str | Path, script_name: str, settings: Settings) -> Sequence[Path]:
    """The folders of recordings that a call by this script looks into first."""
    own = recordings_folder(script_name, script_name, settings)
    return (*recordings_beside(script_file, script_name), *((own,) if (own / LIST_FILE).is_file() else ()))


def keep_recording(folder: Path, name: str, text: str, pcm: Pcm, voice: str) -> Path:
    """Write ``name.wav`` and its row in the list; the list is whole at any time. Returns the file.

    What the folder had for this text is replaced. Raises PromptError (``recording_unwritable``,
    ``prompt_list_invalid``, ``recording_text``).
    """
    if re.search(r"[\t\r\n]", text):
        raise PromptError("recording_text", f"“{text}”里有换行或制表符，清单里写不下，请先在话术里写成一行。")
    file = folder / f"{name}.wav"
    try:
        write_wav(file, pcm)
        file.chmod(_READABLE)
        rows = [
            row for row in read_recordings(folder, must_exist=False) if row.text != text and row.file != file
        ]
        _write_list(folder, [*rows, Recording(file, voice, text)])
    except OSError as error:
        raise PromptError(
            "recording_unwritable",
            f"写不了 {error.filename or folder}：{error.strerror}。请检查权限和磁盘空间。",
        ) from error
    return file


def copy_recordings(source: Path, target: Path) -> None:
    """Add the recordings of one folder to another; of sentences that both have, the new ones stay.

    Raises OSError, and PromptError where a list can't be read.
    """
    new = read_recordings(source, must_exist=False)
    target.mkdir(parents=True, exist_ok=True)
    copies = [Recording(target / row.file.name, row.voice, row.text) for row in new]
    for row, copy in zip(new, copies, strict=True):
        shutil.copyfile(row.file, copy.file)
    taken = {copy.text for copy in copies} | {copy.file.name for copy in copies}
    there = read_recordings(target, must_exist=False)
    _write_list(target, [*(row for row in there if not {row.text, row.file.name} & taken), *copies])


def _write_list(folder: Path, recordings: Sequence[Recording]) -> None:
    rows = sorted((os.path.relpath(each.file, folder), each.voice, each.text) for each in recordings)
    content = io.StringIO()
    writer = csv.writer(
        content, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, escapechar=None, lineterminator="\n"
    )
    writer.writerows([_HEADINGS, *((file, re.sub(r"\s+", " ", voice), text) for file, voice, text in rows)])
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(content.getvalue())
    os.chmod(temporary, _READABLE)
    os.replace(temporary, folder / LIST_FILE)
