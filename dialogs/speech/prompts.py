"""Sound for what the robot says: recordings first, then what was synthesised before, then synthesis.

Synthesis takes as long as the sentence and may fail, so it happens in ``prepare``, before anybody is
dialled. In a call ``audio`` only looks up. A sentence with the resident's name in it is joined from pieces
that the synthesiser has said: what stands before the name, the name, and what stands after it.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import tempfile
import wave
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Protocol

import numpy as np
import soxr
from numpy.typing import NDArray

from campaign.errors import WenhouError
from dialogs.script import FIELDS, Script
from dialogs.speech.joining import gap_after, joined
from dialogs.speech.speech_level import SAMPLE_RATE, Pcm
from dialogs.speech.spoken_form import EDITION

__all__ = [
    "SAMPLE_RATE",
    "Pcm",
    "PromptError",
    "PromptLibrary",
    "Synthesizer",
    "read_list",
    "read_wav",
    "speakers",
    "write_wav",
]

LIST_FILE = "prompts.tsv"
"""In every folder of recordings: file, voice and text of each, with tabs between."""


class PromptError(WenhouError):
    """A prompt cannot be said: its recording is unreadable or the synthesiser fails."""


class Synthesizer(Protocol):
    """Something that reads a text aloud."""

    voice: str
    """Engine, voice and tempo; part of the cache's key."""
    speaker: str
    """Who is heard; as in a list of recordings."""

    def synthesize(self, text: str, names: Sequence[str] = ()) -> Pcm:
        """The text as telephone speech; ``names`` are people in it. Raises PromptError."""


@dataclass(frozen=True)
class Piece:
    """A part of a sentence that is synthesised on its own."""

    text: str
    is_name: bool = False


class PromptLibrary:
    """The sound of every text that a script may say.

    ``recordings`` are folders with a ``prompts.tsv``, the first one to be asked first; the audio that ships
    with a bundled script is asked last. ``cache`` is a folder for synthesised prompts.
    """

    def __init__(
        self, script: Script, *, recordings: Sequence[Path], cache: Path, synthesizer: Synthesizer | None
    ) -> None:
        folders = [*recordings, *_shipped_folder(script.name)]
        self._recorded = _recorded_texts(folders)
        self._cache = cache
        self._synthesizer = synthesizer
        self._loaded: dict[str, Pcm] = {}
        named = dict.fromkeys(prompt.text for prompt in script.prompts() if NAME in prompt.text)
        self._named = tuple(map(pattern_of, named))
        self._speakers = set(speakers(script, self._recorded.values()))

    @property
    def may_say_names(self) -> bool:
        """Whether a name would be heard in the voice that says everything else."""
        return self._synthesizer is not None and self._speakers <= {self._synthesizer.speaker}

    def has(self, text: str) -> bool:
        """Whether the text can be said at once, without synthesis."""
        return text in self._loaded or text in self._recorded or self._cached(Piece(text)).is_file()

    def audio(self, text: str) -> Pcm:
        """The text as sound; synthesises where nothing else is left.

        Raises PromptError (``prompt_missing``) where there is neither sound nor synthesiser, and
        ``prompt_unreadable`` for a broken recording.
        """
        if text not in self._loaded:
            recording = self._recorded.get(text)
            self._loaded[text] = read_wav(recording.file) if recording else self._synthesized(Piece(text))
        return self._loaded[text]

    def sound(self, text: str, plain: str) -> Pcm:
        """The text, whole or joined from its pieces, where that needs no synthesis; else the plain one."""
        if self.has(text):
            return self.audio(text)
        pieces = self.pieces(text)
        if pieces and self.may_say_names and all(self._cached(piece).is_file() for piece in pieces):
            sounds = [self._synthesized(piece) for piece in pieces]
            return joined(sounds, [gap_after(piece.text) for piece in pieces]).sound
        return self.audio(plain)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """What a text with a name in it is joined from; empty for one that holds none."""
        for pattern in self._named:
            found = pattern.fullmatch(text)
            if found:
                return _pieces(found, len(text))
        return ()

    def prepare(self, texts: Iterable[str]) -> list[str]:
        """Load or synthesise every text; what cannot be said is returned (use its plain variant)."""
        return [text for text in dict.fromkeys(texts) if not self._is_ready(text)]

    def prepare_piece(self, piece: Piece) -> None:
        """Have a piece of a sentence synthesised, unless it was before. Raises PromptError."""
        if not self._cached(piece).is_file():
            self._synthesized(piece)

    def _is_ready(self, text: str) -> bool:
        if not self.has(text) and self._synthesizer is None:
            return False
        self.audio(text)
        return True

    def _synthesized(self, piece: Piece) -> Pcm:
        cached = self._cached(piece)
        if cached.is_file():
            return read_wav(cached)
        if self._synthesizer is None:
            raise PromptError(
                "prompt_missing", f"没有“{piece.text}”的录音，也没有语音合成。请安装 espeak-ng，或放入录音。"
            )
        pcm = self._synthesizer.synthesize(piece.text, (piece.text,) if piece.is_name else ())
        write_wav(cached, pcm)
        return pcm

    def _cached(self, piece: Piece) -> Path:
        voice = self._synthesizer.voice if self._synthesizer else ""
        kind = "name" if piece.is_name else "text"
        key = hashlib.sha256(f"{voice}\t{EDITION}\t{kind}\t{piece.text}".encode()).hexdigest()[:32]
        return self._cache / f"{key}.wav"


def speakers(script: Script, recordings: Iterable[Recording]) -> list[str]:
    """Whose recordings hold a sentence of the script, each once."""
    said = {prompt.plain for prompt in script.prompts()}
    templates = dict.fromkeys(prompt.text for prompt in script.prompts() if "{" in prompt.text)
    filled = tuple(map(pattern_of, templates))
    told = (
        recording.voice
        for recording in recordings
        if recording.text in said or any(pattern.fullmatch(recording.text) for pattern in filled)
    )
    return list(dict.fromkeys(told))


NAME = "{name}"


def pattern_of(template: str) -> re.Pattern[str]:
    """Matches the template with its fields filled in; every name is a group of its own."""
    parts = re.split("(" + "|".join(re.escape("{" + name + "}") for name in FIELDS) + ")", template)
    return re.compile("".join(_part_pattern(part) for part in parts), re.DOTALL)


def _part_pattern(part: str) -> str:
    if part == NAME:
        return "(.+?)"
    return ".+?" if part.startswith("{") else re.escape(part)


def _pieces(found: re.Match[str], length: int) -> tuple[Piece, ...]:
    pieces, position = [], 0
    for group in range(1, found.re.groups + 1):
        pieces += [
            Piece(found.string[position : found.start(group)].strip()),
            Piece(found[group], is_name=True),
        ]
        position = found.end(group)
    pieces.append(Piece(found.string[position:length].strip()))
    return tuple(piece for piece in pieces if re.search(r"\w", piece.text))


def _shipped_folder(script_name: str) -> list[Path]:
    folder = Path(str(resources.files("dialogs").joinpath("scripts", script_name)))
    return [folder] if folder.is_dir() else []


@dataclass(frozen=True)
class Recording:
    """A row of a list of recordings."""

    file: Path
    voice: str
    """Whose voice it is."""
    text: str


def _recorded_texts(folders: Sequence[Path]) -> Mapping[str, Recording]:
    recorded: dict[str, Recording] = {}
    for folder in reversed(folders):
        recorded.update({recording.text: recording for recording in read_recordings(folder)})
    return recorded


def read_list(folder: Path) -> dict[str, Path]:
    """Text to recording, as listed in the folder's ``prompts.tsv``; files that are missing are an error."""
    return {recording.text: recording.file for recording in read_recordings(folder)}


def read_recordings(folder: Path, *, must_exist: bool = True) -> list[Recording]:
    """Every row of the folder's ``prompts.tsv``; without those whose file is gone where they need not exist.

    Raises PromptError (``prompt_list_invalid``) with the line.
    """
    listing = folder / LIST_FILE
    if not listing.is_file():
        return []
    found: list[Recording] = []
    with listing.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if not row or row[0].startswith("#") or row[0] == "file":
                continue
            text = _text_of(row, listing, number)
            if must_exist or (folder / row[0]).is_file():
                found.append(Recording(_file_of(row, folder, listing, number), row[1].strip(), text))
    return found


def _text_of(row: Sequence[str], listing: Path, number: int) -> str:
    if len(row) != 3:
        raise PromptError(
            "prompt_list_invalid", f"{listing.name}: 第 {number} 行: 应当是“文件<TAB>声音<TAB>文字”三列。"
        )
    return row[2].strip()


def _file_of(row: Sequence[str], folder: Path, listing: Path, number: int) -> Path:
    file = folder / row[0]
    if not file.is_file():
        raise PromptError("prompt_list_invalid", f"{listing.name}: 第 {number} 行: 找不到录音文件 {row[0]}。")
    return file


# --- wav files ------------------------------------------------------------------------------------------


def read_wav(path: Path) -> Pcm:
    """A 16-bit wav of any rate and number of channels as telephone audio."""
    try:
        with wave.open(str(path), "rb") as sound:
            rate, channels, width = sound.getframerate(), sound.getnchannels(), sound.getsampwidth()
            data = sound.readframes(sound.getnframes())
    except (wave.Error, EOFError, OSError) as error:
        raise PromptError(
            "prompt_unreadable", f"录音 {path.name} 读不出来，请换成 16 位 PCM 的 wav 文件。"
        ) from error
    if width != 2:
        raise PromptError(
            "prompt_unreadable", f"录音 {path.name} 是 {8 * width} 位的，请存成 16 位 PCM 的 wav 文件。"
        )
    samples = np.frombuffer(data, dtype="<i2").reshape(-1, channels).mean(axis=1)
    return _to_int16(_resampled(samples.astype(np.float32), rate))


def write_wav(path: Path, pcm: Pcm) -> None:
    """Writes atomically: a call that reads meanwhile sees all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    with wave.open(temporary, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE)
        sound.writeframes(pcm.astype("<i2").tobytes())
    os.replace(temporary, path)


def _resampled(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    if rate == SAMPLE_RATE:
        return samples
    return np.asarray(soxr.resample(samples, rate, SAMPLE_RATE), dtype=np.float32)


def _to_int16(samples: NDArray[np.float32]) -> Pcm:
    return np.clip(np.rint(samples), -32768, 32767).astype(np.int16)
