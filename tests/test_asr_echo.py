"""Our own voice coming back: real prompts, real answers, a telephone's echo."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from asr.audio import over_the_telephone, read_wav
from asr.echo import EchoDetector
from asr.recognizer import SAMPLE_RATE, Pcm

ROOT = Path(__file__).parent.parent
PROMPTS = ROOT / "dialogs" / "scripts" / "health_survey"
ANSWERS = ROOT / "simulator" / "residents" / "audio"
WINDOW = 256


def prompts() -> Pcm:
    """Some 15 s of the robot's voice."""
    names = ("opening.plain", "symptoms.first", "temperature.first", "travel.first")
    pause = np.zeros(2000, np.int16)
    return np.concatenate([part for name in names for part in (read_wav(PROMPTS / f"{name}.wav"), pause)])


def echo_of(sent: Pcm, delay_seconds: float, level_db: float) -> NDArray[np.float64]:
    """What the far end returns: late, faint, between 400 and 3300 Hz."""
    at = np.arange(-64, 64)
    edges = [2 * edge / SAMPLE_RATE * np.sinc(2 * edge / SAMPLE_RATE * at) for edge in (3300, 400)]
    band = (edges[0] - edges[1]) * np.hamming(len(at))
    late = np.concatenate((np.zeros(round(delay_seconds * SAMPLE_RATE)), np.convolve(sent, band)))
    echo: NDArray[np.float64] = late[: len(sent)] * 10.0 ** (level_db / 20.0)
    return echo


def line(*sounds: NDArray[np.float64]) -> Pcm:
    """Sounds mixed with the line's own noise, as G.711 brings them."""
    noise = np.random.default_rng(1).normal(0, 12, len(sounds[0]))
    return over_the_telephone(np.clip(sum(sounds, noise), -32767, 32767).astype(np.int16))


def loud(pcm: Pcm, least_db: float = -50.0) -> NDArray[np.bool_]:
    """Which windows hold sound."""
    windows = pcm[: len(pcm) // WINDOW * WINDOW].astype(float).reshape(-1, WINDOW) / 32768.0
    is_loud: NDArray[np.bool_] = 10.0 * np.log10((windows**2).mean(axis=1) + 1e-12) > least_db
    return is_loud


@pytest.mark.parametrize("delay", [0.02, 0.06, 0.12, 0.2, 0.4])
@pytest.mark.parametrize("level", [-12.0, -20.0, -30.0])
def test_the_robots_own_echo_is_known_within_a_second(delay: float, level: float) -> None:
    sent = prompts()
    received = line(echo_of(sent, delay, level))
    detector = EchoDetector(WINDOW)
    is_echo = np.array(detector.process(received, sent))
    heard = loud(received, -65.0)
    assert detector.delay_seconds == pytest.approx(delay + 64 / SAMPLE_RATE, abs=0.002)
    assert detector.gain_db == pytest.approx(level, abs=2.0)
    after = round(1.2 * SAMPLE_RATE / WINDOW)
    assert np.mean(is_echo[after:][heard[after:]]) > 0.99


def test_somebody_who_talks_over_the_echo_is_heard() -> None:
    sent = prompts()
    answer = read_wav(ANSWERS / "01" / "symptoms.wav")
    speech = np.zeros(len(sent))
    speech[4 * SAMPLE_RATE : 4 * SAMPLE_RATE + len(answer)] = answer
    received = line(echo_of(sent, 0.15, -20.0), speech)
    is_echo = np.array(EchoDetector(WINDOW).process(received, sent))
    spoken = loud(speech.astype(np.int16), -35.0)
    assert np.mean(is_echo[spoken]) < 0.05


def test_without_an_echo_nothing_is_one() -> None:
    sent = prompts()
    answers = np.concatenate([read_wav(path) for path in sorted((ANSWERS / "02").glob("*.wav"))])
    received = line(np.resize(answers, len(sent)).astype(float))
    detector = EchoDetector(WINDOW)
    assert not any(detector.process(received, sent))
    assert detector.delay_seconds is None


def test_while_the_robot_is_silent_nothing_is_echo() -> None:
    answer = read_wav(ANSWERS / "01" / "needs.wav")
    assert not any(EchoDetector(WINDOW).process(answer, np.zeros_like(answer)))


@pytest.mark.parametrize("chunk", [160, 255, 1000])
def test_how_the_sound_is_cut_up_makes_no_difference(chunk: int) -> None:
    sent = prompts()[: 3 * SAMPLE_RATE]
    received = line(echo_of(sent, 0.1, -20.0))
    detector = EchoDetector(WINDOW)
    found: list[bool] = []
    for start in range(0, len(sent), chunk):
        found += detector.process(received[start : start + chunk], sent[start : start + chunk])
    assert found == EchoDetector(WINDOW).process(received, sent)


def test_it_costs_less_than_two_hundredths_of_a_core_while_the_robot_speaks() -> None:
    sent = prompts()
    received = line(echo_of(sent, 0.1, -20.0))
    started = time.thread_time()
    EchoDetector(WINDOW).process(received, sent)
    assert time.thread_time() - started < 0.02 * len(sent) / SAMPLE_RATE
