"""The detector of speech, with real speech."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from asr.audio import read_wav
from asr.recognizer import SAMPLE_RATE
from asr.voice_activity import VoiceActivity

ANSWERS = Path(__file__).parent.parent / "simulator" / "residents" / "audio"


def test_an_answer_is_speech_and_the_line_before_it_is_not() -> None:
    answer = read_wav(ANSWERS / "01" / "symptoms.wav")
    hiss = np.random.default_rng(1).normal(0, 30, SAMPLE_RATE).astype(np.int16)
    probabilities = VoiceActivity().process(np.concatenate((hiss, answer)))
    before, during = probabilities[:30], probabilities[32:-5]
    assert max(before) < 0.35
    assert np.mean([p > 0.5 for p in during]) > 0.8


@pytest.mark.parametrize("chunk", [1, 160, 255, 257, 1000])
def test_how_the_sound_is_cut_up_makes_no_difference(chunk: int) -> None:
    answer = read_wav(ANSWERS / "01" / "needs.wav")[:4000]
    detector = VoiceActivity()
    found: list[float] = []
    for start in range(0, len(answer), chunk):
        found += detector.process(answer[start : start + chunk])
    assert found == VoiceActivity().process(answer)


def test_sound_that_fills_no_window_waits_for_more() -> None:
    detector = VoiceActivity()
    assert detector.window_seconds == pytest.approx(0.032)
    assert detector.process(np.zeros(250, np.int16)) == []
    assert detector.waiting_seconds == pytest.approx(250 / SAMPLE_RATE)
    assert len(detector.process(np.zeros(6, np.int16))) == 1
    assert detector.waiting_seconds == 0.0
