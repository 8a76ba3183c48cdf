"""Pieces of speech joined into one sentence without a seam: one level, a natural gap, no click. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dialogs.speech.speech_level import (
    SAMPLE_RATE,
    Pcm,
    Samples,
    faded,
    speech_bounds,
    speech_level,
    to_float,
    to_pcm,
)

WITHIN_PHRASE_SECONDS = 0.05
"""Between words of one phrase: the closure of a consonant is as long."""
AFTER_COMMA_SECONDS = 0.16
AFTER_SENTENCE_SECONDS = 0.3
_EDGE_SECONDS = 0.012
"""Kept around the speech at a seam, and faded: the ends of words are quieter than the rest."""
_FARTHEST_DB = 12.0
"""More is no slip of the level but another way to speak."""
_PEAK = 0.89


@dataclass(frozen=True)
class Joined:
    sound: Pcm
    seams: tuple[int, ...]
    """Sample in the middle of each gap."""


def gap_after(text: str) -> float:
    """Seconds of silence that belong after these words, by their last mark."""
    last = text.rstrip()[-1:]
    if last in "。！？；…!?;":
        return AFTER_SENTENCE_SECONDS
    return AFTER_COMMA_SECONDS if last in "，、：,:" else WITHIN_PHRASE_SECONDS


def joined(pieces: Sequence[Pcm], gaps: Sequence[float]) -> Joined:
    """The pieces one after the other.

    Args:
        pieces: Speech at 8 kHz, in one voice; silent ones are left out.
        gaps: Seconds from the end of the speech of each piece to the beginning of the next; one fewer than
            pieces, or as many.
    """
    spoken = [(to_float(piece), gap) for piece, gap in zip(pieces, (*gaps, 0.0), strict=False) if piece.any()]
    if len(spoken) < 2:
        only = [piece for piece in pieces if piece.any()]
        return Joined(only[0] if only else np.zeros(0, np.int16), ())
    level = _common_level([samples for samples, _ in spoken])
    cut = [
        _cut(_at_level(samples, level), is_first=index == 0, is_last=index == len(spoken) - 1)
        for index, (samples, _) in enumerate(spoken)
    ]
    return _with_gaps(cut, [gap for _, gap in spoken[:-1]])


def _common_level(pieces: Sequence[Samples]) -> float:
    """That of the longest piece: a level measured on two syllables is less sure."""
    return speech_level(max(pieces, key=len)).active_dbov


def _at_level(samples: Samples, level: float) -> Samples:
    off = np.clip(level - speech_level(samples).active_dbov, -_FARTHEST_DB, _FARTHEST_DB)
    gain = min(float(10 ** (off / 20)), _PEAK / float(np.abs(samples).max()))
    return samples * np.float32(gain)


def _cut(samples: Samples, *, is_first: bool, is_last: bool) -> Samples:
    """Without the silence at the seams; the outer ends stay as they are."""
    edge = round(_EDGE_SECONDS * SAMPLE_RATE)
    start, end = speech_bounds(samples)
    if not end:
        start, end = 0, len(samples)
    begin = 0 if is_first else max(0, start - edge)
    finish = len(samples) if is_last else min(len(samples), end + edge)
    return faded(samples[begin:finish], 0 if is_first else start - begin, 0 if is_last else finish - end)


def _with_gaps(pieces: Sequence[Samples], gaps: Sequence[float]) -> Joined:
    edge = round(_EDGE_SECONDS * SAMPLE_RATE)
    parts, seams, position = [pieces[0]], [], len(pieces[0])
    for piece, gap in zip(pieces[1:], gaps, strict=True):
        silence = max(0, round(gap * SAMPLE_RATE) - 2 * edge)
        seams.append(position + silence // 2)
        parts += [np.zeros(silence, np.float32), piece]
        position += silence + len(piece)
    return Joined(to_pcm(np.concatenate(parts)), tuple(seams))
