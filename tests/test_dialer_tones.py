"""The beep of an answering machine, and what is not one."""

import numpy as np
import pytest

from dialer.call_progress.tones import BeepDetector

RATE = 8000


def tone(hz: float, seconds: float, level: float = 0.2) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    return (32767 * level * np.sin(2 * np.pi * hz * time)).astype(np.int16)


def alone(sound: np.ndarray) -> np.ndarray:
    quiet = np.zeros(RATE // 2, np.int16)
    return np.concatenate((quiet, sound, quiet))


def noise(seconds: float, level: float = 0.1) -> np.ndarray:
    return (32767 * level * np.random.default_rng(1).standard_normal(round(seconds * RATE))).astype(np.int16)


@pytest.mark.parametrize("hz", [425, 800, 1000, 1400, 2000])
def test_a_beep_is_found(hz: int) -> None:
    assert BeepDetector().process(alone(tone(hz, 0.4)))


def test_a_beep_is_found_in_twenty_millisecond_pieces_and_over_line_noise() -> None:
    sound = alone(tone(1000, 0.5))
    sound = sound + noise(len(sound) / RATE, 0.005)
    detector = BeepDetector()
    assert any(detector.process(piece) for piece in np.split(sound, len(sound) // 160))


def test_a_beep_is_over_before_it_counts() -> None:
    detector = BeepDetector()
    assert not detector.process(tone(1000, 0.5))
    assert detector.process(np.zeros(RATE // 2, np.int16))


@pytest.mark.parametrize(
    "sound",
    [
        tone(1000, 0.12),
        tone(1000, 3.0),
        np.concatenate((tone(600, 0.3), tone(1000, 0.4))),
        np.concatenate((tone(1000, 0.4), tone(600, 0.3))),
        np.concatenate((noise(0.3, 0.1), tone(1000, 0.4))),
        noise(1.0),
        tone(300, 0.5) + tone(600, 0.5) + tone(900, 0.5),
        tone(1000, 0.5, level=0.001),
        np.concatenate([tone(hz, 0.1) for hz in (500, 800, 600, 900, 700)]),
        np.zeros(RATE, np.int16),
    ],
    ids=[
        "click",
        "whistle",
        "after a note",
        "before a note",
        "in noise",
        "noise",
        "voiced",
        "too quiet",
        "melody",
        "silence",
    ],
)
def test_other_sounds_are_no_beep(sound: np.ndarray) -> None:
    assert not BeepDetector().process(alone(sound))
