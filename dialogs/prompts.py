"""Sound for what the robot says: recordings first, then what was synthesised before, then synthesis.

Synthesis takes as long as the sentence and may fail, so it happens in ``prepare``, before anybody is
dialled. In a call ``audio`` only looks up.
"""

from __future__ import annotations

import csv
import hashlib
import os
import tempfile
import wave
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Protocol

import numpy as np
import soxr
from numpy.typing import NDArray

from campaign.errors import WenhouError
from dialogs.script import Script

SAMPLE_RATE = 8000
"""Samples a second of every prompt."""

Pcm = NDArray[np.int16]
"""Mono linear audio at ``SAMPLE_RATE``, shape (samples,)."""

LIST_FILE = "prompts.tsv"
"""In every folder of recordings: file, voice and text of each, with tabs between."""


class PromptError(WenhouError):
    """A prompt cannot be said: its recording is unreadable or the synthesiser fails."""


class Synthesizer(Protocol):
    """Something that reads a text aloud."""

    voice: str
    """Name of the voice; part of the cache's key."""

    def synthesize(self, text: str) -> Pcm:
        """The text as telephone speech. Raises PromptError."""


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

    def has(self, text: str) -> bool:
        """Whether the text can be said at once, without synthesis."""
        return text in self._loaded or text in self._recorded or self._cached(text).is_file()

    def audio(self, text: str) -> Pcm:
        """The text as sound; synthesises where nothing else is left.

        Raises PromptError (``prompt_missing``) where there is neither sound nor synthesiser, and
        ``prompt_unreadable`` for a broken recording.
        """
        if text not in self._loaded:
            self._loaded[text] = self._find(text)
        return self._loaded[text]

    def prepare(self, texts: Iterable[str]) -> list[str]:
        """Load or synthesise every text; what cannot be said is returned (use its plain variant)."""
        return [text for text in dict.fromkeys(texts) if not self._is_ready(text)]

    def _is_ready(self, text: str) -> bool:
        if not self.has(text) and self._synthesizer is None:
            return False
        self.audio(text)
        return True

    def _find(self, text: str) -> Pcm:
        if text in self._recorded:
            return read_wav(self._recorded[text])
        cached = self._cached(text)
        if cached.is_file():
            return read_wav(cached)
        if self._synthesizer is None:
            raise PromptError(
                "prompt_missing", f"没有“{text}”的录音，也没有语音合成。请安装 espeak-ng，或放入录音。"
            )
        pcm = self._synthesizer.synthesize(text)
        write_wav(cached, pcm)
        return pcm

    def _cached(self, text: str) -> Path:
        voice = self._synthesizer.voice if self._synthesizer else ""
        key = hashlib.sha256(f"{voice}\t{text}".encode()).hexdigest()[:32]
        return self._cache / f"{key}.wav"


def _shipped_folder(script_name: str) -> list[Path]:
    folder = Path(str(resources.files("dialogs").joinpath("scripts", script_name)))
    return [folder] if folder.is_dir() else []


def _recorded_texts(folders: Sequence[Path]) -> Mapping[str, Path]:
    recorded: dict[str, Path] = {}
    for folder in reversed(folders):
        recorded.update(read_list(folder))
    return recorded


def read_list(folder: Path) -> dict[str, Path]:
    """Text to recording, as listed in the folder's ``prompts.tsv``; files that are missing are an error."""
    listing = folder / LIST_FILE
    if not listing.is_file():
        return {}
    found: dict[str, Path] = {}
    with listing.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if not row or row[0].startswith("#") or row[0] == "file":
                continue
            found[_text_of(row, listing, number)] = _file_of(row, folder, listing, number)
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


# --- level ----------------------------------------------------------------------------------------------

TELEPHONE_LEVEL_DBFS = -20.0
"""Root mean square of speech, relative to full scale, that is neither shrill nor faint on a telephone."""
_SILENCE_DBFS = -45.0
_MARGIN_SECONDS = 0.05
_WINDOW_SECONDS = 0.01


def telephone_speech(samples: NDArray[np.float32], rate: int) -> Pcm:
    """Any speech (int16 scale) trimmed to 50 ms of silence at both ends, at telephone level and rate."""
    trimmed = _trimmed(_resampled(samples, rate))
    if not trimmed.size:
        return np.zeros(0, dtype=np.int16)
    level = float(np.sqrt(np.mean(trimmed**2)))
    gain = 32768.0 * 10 ** (TELEPHONE_LEVEL_DBFS / 20) / max(level, 1.0)
    peak = float(np.abs(trimmed).max()) * gain
    return _to_int16(trimmed * gain * min(1.0, 32000.0 / max(peak, 1.0)))


def _trimmed(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    window = int(SAMPLE_RATE * _WINDOW_SECONDS)
    frames = samples[: len(samples) // window * window].reshape(-1, window)
    peak = float(np.abs(samples).max()) if samples.size else 0.0
    loud = np.flatnonzero(np.abs(frames).max(axis=1, initial=0.0) > peak * 10 ** (_SILENCE_DBFS / 20))
    if peak == 0.0 or not loud.size:
        return samples[:0]
    margin = int(SAMPLE_RATE * _MARGIN_SECONDS)
    return samples[max(0, loud[0] * window - margin) : (loud[-1] + 1) * window + margin]
