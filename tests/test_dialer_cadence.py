"""Tones of the Chinese network, told by their cadence."""

from __future__ import annotations

import numpy as np
import pytest

from asr.audio import over_the_telephone
from asr.recognizer import SAMPLE_RATE, Pcm
from dialer.call_progress.cadence import CADENCES, Cadence, CadenceDetector
from simulator.network_sounds import MUSIC, TONES, network_clip

QUIETEST = 32768 * 10 ** ((-30 - 3.14) / 20)
"""Peak of a tone of -30 dBm0."""


def tone(
    cadence: Cadence, seconds: float, *, hertz: float = 450.0, peak: float = 6000.0, speed: float = 1.0
) -> Pcm:
    durations = np.array(CADENCES[cadence]) * speed
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    is_on = np.searchsorted(np.cumsum(durations), at % durations.sum(), side="right") % 2 == 0
    return np.rint(peak * is_on * np.sin(2 * np.pi * hertz * at)).astype(np.int16)


def noise(length: int, peak: float, snr_db: float) -> Pcm:
    """White, so far below a tone of that peak."""
    power = peak**2 / 2 / 10 ** (snr_db / 10)
    return np.rint(np.random.default_rng(5).normal(0, np.sqrt(power), length)).astype(np.int16)


def first_found(sound: Pcm, piece: int = 160) -> tuple[Cadence | None, float]:
    """The first cadence that is certain, and after how many seconds."""
    detector = CadenceDetector()
    heard = over_the_telephone(sound)
    for start in range(0, len(heard), piece):
        found = detector.process(heard[start : start + piece])
        if found is not None:
            return found, (start + piece) / SAMPLE_RATE
    return None, 0.0


@pytest.mark.parametrize("cadence", list(Cadence))
def test_every_cadence_is_named_after_two_periods(cadence: Cadence) -> None:
    found, seconds = first_found(tone(cadence, 12.0))
    assert found is cadence
    assert seconds <= 2.1 * sum(CADENCES[cadence])


@pytest.mark.parametrize("cadence", list(Cadence))
@pytest.mark.parametrize("hertz", [425.0, 475.0])
@pytest.mark.parametrize("speed", [0.95, 1.05])
def test_tones_are_named_off_key_at_minus_30_dbm0_and_5_db_over_noise(
    cadence: Cadence, hertz: float, speed: float
) -> None:
    sound = tone(cadence, 12.0, hertz=hertz, peak=QUIETEST, speed=speed)
    assert first_found(sound + noise(len(sound), QUIETEST, 5.0))[0] is cadence


def test_the_practice_exchange_makes_the_tones_of_the_standard() -> None:
    found = {name: first_found(network_clip(name).pcm)[0] for name in TONES}
    assert found == {
        "ring_back_tone": Cadence.RING_BACK,
        "busy_tone": Cadence.BUSY,
        "congestion_tone": Cadence.CONGESTION,
        "unobtainable_tone": Cadence.UNOBTAINABLE,
    }


@pytest.mark.parametrize(
    "sound",
    [
        network_clip(MUSIC).pcm,
        tone(Cadence.BUSY, 8.0, hertz=600.0),
        tone(Cadence.BUSY, 1.0),
        tone(Cadence.BUSY, 8.0, peak=60.0),
        np.rint(6000 * np.sin(2 * np.pi * 450 * np.arange(8 * SAMPLE_RATE) / SAMPLE_RATE)).astype(np.int16),
        noise(8 * SAMPLE_RATE, 6000.0, 0.0),
        np.zeros(8 * SAMPLE_RATE, np.int16),
    ],
    ids=["music", "another tone", "one period", "too quiet", "dial tone", "noise", "silence"],
)
def test_other_sounds_are_no_cadence(sound: Pcm) -> None:
    assert first_found(sound) == (None, 0.0)


def test_sound_may_come_in_pieces_of_any_length() -> None:
    assert first_found(tone(Cadence.BUSY, 4.0), piece=37)[0] is Cadence.BUSY
