"""Which prompt is being said? Compares sound with the prompts a folder knows. Pure.

The newest second of what was heard slides over all known prompts; the place where the shape of
its spectrum fits best tells the prompt and how far it has been said. The robot's prompts arrive nearly as
they were recorded, so the right place stands out; where none does, nothing is said to be recognised.
"""

from __future__ import annotations

import csv
import wave
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from campaign.errors import ListError
from simulator.g711 import SAMPLE_RATE, Pcm

HOP_SECONDS = 0.02
WINDOW_SECONDS = 1.2
"""Sound that is compared; longer speech is judged by its newest part."""
LEAST_SECONDS = 0.5
"""Less sound than this is not compared."""
LEAST_LIKENESS = 0.82
"""Correlation (-1..1) below which nothing is recognised."""

Features = NDArray[np.float32]
"""Shape (frames, bands)."""

_HOP = int(HOP_SECONDS * SAMPLE_RATE)
_FFT = 256
_BANDS = 12
_FLOOR = 1e-6
_SILENT_ROWS = 8
_ROWS_A_TIME = 256


def _band_matrix() -> Features:
    """Rows of bins -> bands of equal width in mel between 150 and 3600 Hz."""
    edges_mel = np.linspace(2595 * np.log10(1 + 150 / 700), 2595 * np.log10(1 + 3600 / 700), _BANDS + 2)
    edges = 700 * (10 ** (edges_mel / 2595) - 1)
    bins = np.arange(_FFT // 2 + 1) * SAMPLE_RATE / _FFT
    rising = (bins[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins[:, None]) / (edges[2:] - edges[1:-1])
    matrix: Features = np.clip(np.minimum(rising, falling), 0, None).astype(np.float32)
    return matrix


_BAND_MATRIX = _band_matrix()
_TAPER = np.hanning(_FFT).astype(np.float32)


def features(pcm: Pcm) -> Features:
    """Spectral shape every 20 ms, one row a frame; silence is a row of zeros."""
    sound = pcm.astype(np.float32) / 32768
    if len(sound) < _FFT:
        return np.zeros((0, _BANDS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(sound, _FFT)[::_HOP]
    power = np.abs(np.fft.rfft(frames * _TAPER, axis=1)) ** 2 @ _BAND_MATRIX / _FFT
    levels = np.log10(np.maximum(power, _FLOOR) / _FLOOR)
    # A row's own mean is taken off, so that level and line do not matter, only the shape and its changes.
    shape: Features = (levels - levels.mean(axis=1, keepdims=True)).astype(np.float32)
    return shape


@dataclass(frozen=True)
class KnownPrompt:
    question: str
    """What it asks; the prompt's file name up to the first dot."""
    text: str
    pcm: Pcm


@dataclass(frozen=True)
class PromptHeard:
    """The prompt that the newest sound belongs to."""

    question: str
    text: str
    position_seconds: float
    """How far the prompt has been said."""
    remaining_seconds: float
    likeness: float
    """Correlation with the prompt, -1..1."""

    @property
    def is_at_end(self) -> bool:
        return self.remaining_seconds <= 0.16


def _multiply(rows: Features, columns: Features) -> Features:
    """``rows @ columns`` in pieces too small for BLAS to share out: its idle threads would go on spinning
    and cost more than the whole exchange."""
    if len(rows) <= _ROWS_A_TIME:
        return rows @ columns
    pieces = range(0, len(rows), _ROWS_A_TIME)
    return np.concatenate([rows[start : start + _ROWS_A_TIME] @ columns for start in pieces])


class PromptMatcher:
    """Knows a set of prompts and finds sound in them."""

    def __init__(self, prompts: Sequence[KnownPrompt]) -> None:
        self._prompts = tuple(prompts)
        parts, owners, offsets = [], [], []
        for index, prompt in enumerate(prompts):
            # The silence behind a prompt is its own, not the beginning of its neighbour in the table.
            part = np.pad(features(prompt.pcm), ((0, _SILENT_ROWS), (0, 0)))
            parts.append(part)
            owners.append(np.full(len(part), index))
            offsets.append(np.arange(len(part)))
        self._rows = np.concatenate(parts) if parts else np.zeros((0, _BANDS), np.float32)
        self._owner = np.concatenate(owners) if owners else np.zeros(0, np.int64)
        self._offset = np.concatenate(offsets) if offsets else np.zeros(0, np.int64)
        self._energy = np.concatenate([[0.0], np.cumsum((self._rows**2).sum(axis=1, dtype=np.float64))])

    def match(self, pcm: Pcm) -> PromptHeard | None:
        """The prompt that the end of ``pcm`` belongs to, or None when it is none of the known ones."""
        heard = features(pcm[-int(WINDOW_SECONDS * SAMPLE_RATE) :])
        width = len(heard)
        if width < LEAST_SECONDS / HOP_SECONDS or width > len(self._rows):
            return None
        likeness = self._likeness(heard)
        best = int(likeness.argmax())
        if likeness[best] < LEAST_LIKENESS:
            return None
        last = best + width - 1
        prompt = self._prompts[self._owner[last]]
        position = float(self._offset[last] + 1) * HOP_SECONDS + (_FFT - _HOP) / SAMPLE_RATE
        return PromptHeard(
            question=prompt.question,
            text=prompt.text,
            position_seconds=position,
            remaining_seconds=max(0.0, len(prompt.pcm) / SAMPLE_RATE - position),
            likeness=float(likeness[best]),
        )

    def _likeness(self, heard: Features) -> NDArray[np.float64]:
        """Correlation of ``heard`` with the known rows at every place where it could begin."""
        width, places = len(heard), len(self._rows) - len(heard) + 1
        products = _multiply(self._rows, heard.T)
        step_row, step_column = products.strides
        diagonals = np.lib.stride_tricks.as_strided(
            products, (places, width), (step_row, step_row + step_column), writeable=False
        )
        energy = self._energy[width:] - self._energy[:places]
        norm = np.sqrt(np.maximum(energy * float((heard**2).sum()), 1e-9))
        likeness: NDArray[np.float64] = diagonals.sum(axis=1) / norm
        return likeness


def read_wav(path: Path) -> Pcm:
    """Samples of a mono 16-bit wav file at 8 kHz.

    Raises:
        ListError: it cannot be read or has another format.
    """
    try:
        with wave.open(str(path), "rb") as wav:
            form = (wav.getnchannels(), wav.getsampwidth(), wav.getframerate())
            data = wav.readframes(wav.getnframes())
    except FileNotFoundError:
        raise ListError("wav_missing", f"找不到录音文件 {path.name}（应在 {path.parent}）") from None
    except (OSError, EOFError, wave.Error) as error:
        raise ListError("wav_unreadable", f"录音文件 {path.name} 无法读取：{error}") from error
    if form != (1, 2, SAMPLE_RATE):
        raise ListError(
            "wav_format",
            f"录音文件 {path.name} 应为 8000 Hz、16 位、单声道，"
            f"实际为 {form[2]} Hz、{form[1] * 8} 位、{form[0]} 声道",
        )
    return np.frombuffer(data, "<i2").astype(np.int16)


_NO_QUESTIONS = ("file", "time")
"""The heading, and the times that an appointment is said back with."""


def read_prompts(folders: Iterable[Path]) -> list[KnownPrompt]:
    """The prompts listed in each folder's ``prompts.tsv`` (file, voice, text)."""
    prompts = []
    for folder in folders:
        index = folder / "prompts.tsv"
        if not index.is_file():
            raise ListError("prompts_missing", f"提示音目录 {folder} 里没有 prompts.tsv")
        with index.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                if len(row) < 3:
                    continue
                question = row[0].split(".", 1)[0]
                if question not in _NO_QUESTIONS:
                    prompts.append(KnownPrompt(question, row[2], read_wav(folder / row[0])))
    return prompts
