"""What is said of a take, for takes spoilt in known ways."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from dialogs.loading import load_script
from dialogs.recordings.take import Fault, Take, clipped_share, examined
from dialogs.recordings.texts import RecordingText, recording_texts
from dialogs.speech.prompts import read_list, read_wav
from dialogs.speech.speech_level import SAMPLE_RATE, TELEPHONE_LEVEL_DBOV, Samples, speech_level, to_float

FOLDER = Path(__file__).parents[1] / "dialogs" / "scripts" / "health_survey"
RECORDED = read_list(FOLDER)
TEXTS = [text for text in recording_texts(load_script("health_survey")) if text.text in RECORDED][::7]


def speech(text: RecordingText, around: float = 0.5) -> Samples:
    """The recording that ships, with silence around it."""
    edge = np.zeros(round(around * SAMPLE_RATE), np.float32)
    return np.concatenate([edge, to_float(read_wav(RECORDED[text.text])), edge])


def noisy(samples: Samples, dbov: float) -> Samples:
    noise = np.random.default_rng(7).normal(0, 10 ** (dbov / 20), len(samples))
    return (samples + noise).astype(np.float32)


def faults(samples: Samples, text: RecordingText) -> tuple[Fault, ...]:
    return examined(samples, SAMPLE_RATE, text).faults


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_a_good_take_is_good_and_comes_out_ready_for_the_telephone(text: RecordingText) -> None:
    take = examined(noisy(speech(text) * np.float32(0.5), -68.0), SAMPLE_RATE, text)
    assert take.faults == ()
    assert take.is_usable
    assert 30 < take.snr_db < 50
    assert speech_level(to_float(take.pcm)).active_dbov == pytest.approx(TELEPHONE_LEVEL_DBOV, abs=0.5)
    assert len(take.pcm) < len(speech(text)) - 0.8 * SAMPLE_RATE


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_spoilt_takes_are_named(text: RecordingText) -> None:
    clean = speech(text)
    assert faults(noisy(clean * np.float32(0.05), -85.0), text) == (Fault.FAINT,)
    loudest = clean / np.abs(clean).max()
    assert {Fault.CLIPPED, Fault.BROKEN} & set(faults(np.clip(loudest * 2, -1, 1), text))
    assert Fault.BROKEN in faults(np.clip(loudest * 8, -1, 1), text)
    assert Fault.NOISY in faults(noisy(clean, -38.0), text)
    assert faults(noisy(clean, -24.0), text) == (Fault.DROWNED,)
    assert faults(noisy(np.zeros(8000, np.float32), -75.0), text) == (Fault.SILENT,)


def test_a_take_of_another_length_than_its_text_is_no_take_of_it() -> None:
    short, long = min(TEXTS, key=lambda t: t.expected_seconds), max(TEXTS, key=lambda t: t.expected_seconds)
    assert Fault.CUT_OFF in faults(speech(short), long)
    assert Fault.OTHER_TEXT in faults(speech(long), short)
    assert not examined(speech(short), SAMPLE_RATE, long).is_usable


def test_what_was_begun_too_late_or_stopped_too_early_is_told() -> None:
    text = max(TEXTS, key=lambda t: t.expected_seconds)
    whole = speech(text)
    start = int(0.5 * SAMPLE_RATE) + 1200
    assert Fault.NO_BEGINNING in faults(whole[start:], text)
    assert Fault.NO_END in faults(whole[:-start], text)


def test_a_key_pressed_to_end_the_take_is_not_kept() -> None:
    text = TEXTS[0]
    spoilt = noisy(speech(text), -70.0)
    spoilt[-1200:-1040] += np.float32(0.4)
    clean = examined(noisy(speech(text), -70.0), SAMPLE_RATE, text)
    assert abs(len(examined(spoilt, SAMPLE_RATE, text).pcm) - len(clean.pcm)) < 0.05 * SAMPLE_RATE


@pytest.mark.parametrize("rate", [16000, 44100, 48000])
def test_takes_of_any_rate_are_examined(rate: int) -> None:
    import soxr

    text = TEXTS[0]
    take = examined(noisy(soxr.resample(speech(text), SAMPLE_RATE, rate), -75.0), rate, text)
    assert take.faults == ()


def test_advice_is_a_plain_sentence() -> None:
    take = Take(np.zeros(1, np.int16), 1.0, -47.2, 18.0, (Fault.FAINT, Fault.NOISY))
    assert take.told() == (
        "声音太小（-47 dB），请靠近话筒一些，或把话筒音量调大；"
        "周围太吵（说话只比环境响 18 dB），请关上门窗、风扇，离话筒近一些"
    )


def test_clipped_waves_are_counted_and_single_peaks_are_not() -> None:
    assert clipped_share(np.array([0.0, 1.0, 1.0, 1.0, 1.0, 0.2, -1.0, 0.3], np.float32)) == 0.5
    assert clipped_share(np.array([0.0, 1.0, 0.2, -1.0], np.float32)) == 0.0
    assert clipped_share(np.zeros(0, np.float32)) == 0.0


def test_nothing_at_all_is_silence() -> None:
    take = examined(np.zeros(0, np.float32), SAMPLE_RATE, TEXTS[0])
    assert take.faults == (Fault.SILENT,)
    assert take.level_dbov == -math.inf
