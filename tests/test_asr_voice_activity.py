"""The detector of speech, with real speech."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from asr.audio import over_the_telephone, read_wav
from asr.recognizer import SAMPLE_RATE, Pcm
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


def answers_of(resident: str) -> NDArray[np.float64]:
    files = sorted((ANSWERS / resident).glob("*.wav"))
    return np.concatenate([read_wav(file) for file in files]).astype(float)


def babble(samples: int) -> NDArray[np.float64]:
    """Several people talking at once."""
    voices = [np.resize(answers_of(resident), samples) for resident in ("02", "03", "04", "06", "07")]
    mixed: NDArray[np.float64] = np.sum(voices, axis=0)
    return mixed


def beside(speech: Pcm, background: NDArray[np.float64], snr_db: float) -> Pcm:
    """A second of background, the speech over it, two seconds of background; by telephone."""
    sound = np.concatenate((np.zeros(SAMPLE_RATE), speech.astype(float), np.zeros(2 * SAMPLE_RATE)))
    spoken = speech[np.abs(speech.astype(int)) > 500].astype(float)
    level = np.sqrt(np.mean(spoken**2) / np.mean(background**2)) * 10.0 ** (-snr_db / 20.0)
    mixed = sound + np.resize(background, len(sound)) * level
    return over_the_telephone(np.clip(mixed, -32767, 32767).astype(np.int16))


@pytest.mark.parametrize("question", ["identity", "symptoms", "temperature", "needs"])
def test_other_peoples_talk_is_silence_once_the_resident_is_known(question: str) -> None:
    detector = VoiceActivity()
    detector.process(beside(read_wav(ANSWERS / "01" / "contact.wav"), babble(5 * SAMPLE_RATE), 15.0))
    answer = read_wav(ANSWERS / "01" / f"{question}.wav")
    found = np.array(detector.process(beside(answer, babble(5 * SAMPLE_RATE), 15.0)))
    began, ended = 32, 32 + len(answer) // 256
    assert np.mean(found[began:ended] >= 0.5) > 0.4
    assert np.mean(found[ended + 4 :] >= 0.35) < 0.02
    assert np.mean(found[: began - 2] >= 0.5) < 0.05


@pytest.mark.parametrize("question", ["identity", "symptoms", "temperature", "needs", "travel"])
def test_the_end_of_a_sentence_is_heard_though_the_voice_falls(question: str) -> None:
    answer = read_wav(ANSWERS / "01" / f"{question}.wav").astype(float)
    spoken = np.flatnonzero(np.abs(answer) > 500)
    end = int(spoken[-1])
    answer[end - 3200 :] *= 10.0 ** (-5.0 / 20.0)  # the last 0.4 s are 5 dB softer
    detector = VoiceActivity()
    detector.process(beside(read_wav(ANSWERS / "01" / "contact.wav"), noise(5), 15.0))
    found = np.array(detector.process(beside(answer.astype(np.int16), noise(5), 15.0)))
    heard = np.flatnonzero(found >= 0.5)
    assert SAMPLE_RATE + end - 256 * heard[-1] < 0.15 * SAMPLE_RATE
    assert np.mean(found[(SAMPLE_RATE + end) // 256 + 16 :] >= 0.35) == 0.0


def noise(seconds: int) -> NDArray[np.float64]:
    return np.random.default_rng(4).normal(size=seconds * SAMPLE_RATE)


def test_the_noise_of_an_idle_line_is_no_speech() -> None:
    noise = np.random.default_rng(3).normal(0, 12, 8 * SAMPLE_RATE).astype(np.int16)
    assert max(VoiceActivity().process(over_the_telephone(noise))) == 0.0


def test_a_soft_voice_is_heard_after_a_loud_one_in_a_quiet_room() -> None:
    detector = VoiceActivity()
    loud = read_wav(ANSWERS / "01" / "contact.wav")
    quiet = np.zeros(2 * SAMPLE_RATE, np.int16)
    soft = (read_wav(ANSWERS / "01" / "symptoms.wav") * 0.1).astype(np.int16)
    detector.process(np.concatenate((quiet, loud, quiet)))
    assert np.mean(np.array(detector.process(soft)) >= 0.5) > 0.5
