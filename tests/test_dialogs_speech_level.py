"""Level, trimming and fading of speech, with sounds whose figures are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from dialogs.speech.speech_level import (
    SAMPLE_RATE,
    TELEPHONE_LEVEL_DBOV,
    Samples,
    faded,
    levelled,
    noise_level,
    speech_bounds,
    speech_level,
    telephone_speech,
    to_float,
    to_pcm,
    trimmed,
)

DB = 20 * math.log10(2)


def tone(seconds: float, dbov: float, rate: int = SAMPLE_RATE, hertz: float = 440.0) -> Samples:
    amplitude = 10 ** (dbov / 20) * math.sqrt(2)
    return (amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(
        np.float32
    )


def silence(seconds: float, rate: int = SAMPLE_RATE) -> Samples:
    return np.zeros(round(seconds * rate), np.float32)


def room(seconds: float, dbov: float, rate: int = SAMPLE_RATE) -> Samples:
    noise = np.random.default_rng(1).normal(0, 10 ** (dbov / 20), round(seconds * rate))
    return noise.astype(np.float32)


@pytest.mark.parametrize("rate", [8000, 16000, 44100, 48000])
@pytest.mark.parametrize("dbov", [-10.0, -26.0, -50.0])
def test_active_level_of_an_unbroken_sound_is_its_level(rate: int, dbov: float) -> None:
    level = speech_level(tone(2.0, dbov, rate), rate)
    assert level.active_dbov == pytest.approx(dbov, abs=0.2)
    assert level.activity > 0.95


def test_pauses_do_not_count_into_the_active_level() -> None:
    talk = np.concatenate([tone(1.0, -20.0), silence(1.5), tone(1.0, -20.0), silence(2.0)])
    level = speech_level(talk)
    assert level.active_dbov == pytest.approx(-20.0, abs=1.4)  # the hangover takes in 0.3 s of each pause
    assert level.activity == pytest.approx(2.6 / 5.5, abs=0.05)


def test_the_room_does_not_count_into_the_active_level() -> None:
    talk = np.concatenate([room(2.0, -60.0), tone(1.0, -20.0) + room(1.0, -60.0), room(2.0, -60.0)])
    assert speech_level(talk).active_dbov == pytest.approx(-20.0, abs=1.2)


@pytest.mark.parametrize("nothing", [np.zeros(0, np.float32), silence(1.0)])
def test_silence_has_no_level(nothing: Samples) -> None:
    assert speech_level(nothing).active_dbov == -math.inf
    assert speech_bounds(nothing) == (0, 0)
    assert not len(trimmed(nothing))
    assert not len(telephone_speech(nothing, SAMPLE_RATE))


def test_the_level_of_the_room_is_that_between_the_words() -> None:
    talk = np.concatenate([room(0.5, -55.0), tone(1.0, -20.0), room(0.5, -55.0)])
    assert noise_level(talk) == pytest.approx(-55.0, abs=1.5)


def test_speech_is_found_between_silences_and_clicks() -> None:
    talk = np.concatenate([silence(0.5), tone(1.0, -20.0), silence(0.7)])
    talk[400:560] = 0.5  # 20 ms: a key
    talk[-800:-480] = 0.5
    start, end = speech_bounds(talk)
    assert start / SAMPLE_RATE == pytest.approx(0.5, abs=0.02)
    assert end / SAMPLE_RATE == pytest.approx(1.5, abs=0.02)


def test_a_last_syllable_after_a_pause_is_no_click() -> None:
    talk = np.concatenate([silence(0.3), tone(1.0, -20.0), silence(0.4), tone(0.12, -26.0), silence(0.3)])
    assert speech_bounds(talk)[1] / SAMPLE_RATE == pytest.approx(1.82, abs=0.02)


def test_trimmed_speech_has_50_ms_at_both_ends_and_begins_from_nothing() -> None:
    talk = np.concatenate([room(0.5, -60.0), tone(1.0, -20.0), room(0.5, -60.0)])
    kept = trimmed(talk)
    assert len(kept) / SAMPLE_RATE == pytest.approx(1.1, abs=0.03)
    assert abs(kept[0]) < 1e-4
    assert abs(kept[-1]) < 1e-4


def test_fades_are_smooth() -> None:
    shaped = faded(np.ones(1000, np.float32), 100, 200)
    assert np.abs(np.diff(shaped)).max() < 0.02
    assert np.all(shaped[100:800] == 1.0)


@pytest.mark.parametrize("dbov", [-55.0, -30.0, -12.0])
def test_any_speech_comes_to_the_telephones_level(dbov: float) -> None:
    talk = np.concatenate([silence(0.3), tone(1.0, dbov), silence(0.3)])
    assert speech_level(levelled(talk)).active_dbov == pytest.approx(TELEPHONE_LEVEL_DBOV, abs=0.2)


def test_a_peak_is_kept_whole_rather_than_clipped() -> None:
    talk = tone(1.0, -40.0)
    talk[4000] = 0.9
    assert np.abs(levelled(talk)).max() <= 0.9


@pytest.mark.parametrize("rate", [8000, 22050, 48000])
def test_speech_of_any_rate_becomes_telephone_speech(rate: int) -> None:
    talk = np.concatenate([silence(0.4, rate), tone(1.0, -35.0, rate), silence(0.4, rate)])
    pcm = telephone_speech(talk, rate)
    assert pcm.dtype == np.int16
    assert len(pcm) / SAMPLE_RATE == pytest.approx(1.1, abs=0.03)
    assert speech_level(to_float(pcm)).active_dbov == pytest.approx(TELEPHONE_LEVEL_DBOV, abs=0.3)


def test_samples_survive_the_way_there_and_back() -> None:
    pcm = np.array([-32768, -1, 0, 1, 32767], np.int16)
    assert np.array_equal(to_pcm(to_float(pcm)), pcm)
