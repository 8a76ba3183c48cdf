"""Sentences that are joined from pieces have no seam: in numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dialogs.speech.joining import (
    AFTER_COMMA_SECONDS,
    AFTER_SENTENCE_SECONDS,
    WITHIN_PHRASE_SECONDS,
    gap_after,
    joined,
)
from dialogs.speech.prompts import read_list, read_wav
from dialogs.speech.speech_level import SAMPLE_RATE, Pcm, speech_level, to_float, to_pcm

FOLDER = Path(__file__).parents[1] / "dialogs" / "scripts" / "health_survey"
RECORDED = read_list(FOLDER)
BEFORE, ANSWER, AFTER = "跟您确认一下，您说", "有咳嗽，", "我这样记，对吗？"


def piece(text: str, db: float = 0.0, edge_seconds: float = 0.0) -> Pcm:
    """The recording that ships, louder or softer, with silence around it."""
    edge = np.zeros(round(edge_seconds * SAMPLE_RATE), np.float32)
    sound = to_float(read_wav(RECORDED[text])) * np.float32(10 ** (db / 20))
    return to_pcm(np.concatenate([edge, sound, edge]))


def silence_around(sound: Pcm, at: int) -> float:
    """Seconds of digital silence around a sample."""
    quiet = sound == 0
    start = at
    while start > 0 and quiet[start - 1]:
        start -= 1
    end = at
    while end < len(sound) and quiet[end]:
        end += 1
    return (end - start) / SAMPLE_RATE


@pytest.mark.parametrize(
    ("before_db", "answer_db", "after_db"), [(0, 0, 0), (-6, 0, 4), (3, -7, 0), (0, 6, -5)]
)
def test_all_pieces_are_equally_loud(before_db: float, answer_db: float, after_db: float) -> None:
    pieces = [piece(BEFORE, before_db), piece(ANSWER, answer_db), piece(AFTER, after_db)]
    result = joined(pieces, [0.05, 0.16])
    first, second = result.seams
    parts = result.sound[:first], result.sound[first:second], result.sound[second:]
    levels = [speech_level(to_float(part)).active_dbov for part in parts]
    assert max(levels) - min(levels) < 1.0


@pytest.mark.parametrize("edge", [0.0, 0.05, 0.4])
@pytest.mark.parametrize("gap", [0.05, 0.16, 0.3])
def test_the_gap_is_as_long_as_wanted_whatever_silence_the_pieces_bring(gap: float, edge: float) -> None:
    pieces = [piece(BEFORE, edge_seconds=edge), piece(ANSWER, edge_seconds=edge)]
    result = joined(pieces, [gap])
    # The faded edges of 12 ms on either side belong to the gap.
    assert silence_around(result.sound, result.seams[0]) == pytest.approx(gap - 0.024, abs=0.004)


def test_nothing_clicks_at_a_seam() -> None:
    result = joined([piece(BEFORE, -3), piece(ANSWER, 2), piece(AFTER)], [0.05, 0.16])
    samples = result.sound.astype(float)
    speech_step = np.abs(np.diff(samples)).max()
    for seam in result.seams:
        near = samples[seam - 400 : seam + 400]
        at_edge = np.flatnonzero(near == 0)
        steps = np.abs(np.diff(near))[[max(0, at_edge[0] - 1), min(len(near) - 2, at_edge[-1])]]
        assert steps.max() < 0.01 * speech_step + 3


def test_faded_edges_lose_nothing_of_the_words() -> None:
    whole = piece(ANSWER)
    result = joined([piece(BEFORE), whole], [0.05])
    kept = result.sound[result.seams[0] :]
    energy = float(np.sum(to_float(kept) ** 2) / np.sum(to_float(whole) ** 2))
    assert 0.9 < energy < 1.15  # the level of the longer piece, within half a decibel


def test_gaps_follow_the_marks() -> None:
    assert gap_after("请问是") == WITHIN_PHRASE_SECONDS
    assert gap_after("有咳嗽，") == AFTER_COMMA_SECONDS
    assert gap_after("好的。 ") == AFTER_SENTENCE_SECONDS


def test_silent_pieces_and_single_ones_are_taken_as_they_are() -> None:
    nothing = np.zeros(800, np.int16)
    alone = piece(ANSWER)
    assert np.array_equal(joined([nothing, alone, nothing], [0.05, 0.05]).sound, alone)
    assert not len(joined([nothing], []).sound)
    assert not len(joined([], []).sound)
