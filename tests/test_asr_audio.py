"""Sound files: what is written can be read, by its owner, even when the writer was killed."""

from __future__ import annotations

import math
import stat
import wave
from pathlib import Path

import numpy as np
import pytest

from asr.audio import StereoRecording, level_dbfs, read_wav, resample, write_wav
from asr.recognizer import SAMPLE_RATE, Pcm


def tone(hertz: float, seconds: float, amplitude: float = 8000.0, rate: int = SAMPLE_RATE) -> Pcm:
    times = np.arange(round(seconds * rate)) / rate
    return (amplitude * np.sin(2 * math.pi * hertz * times)).astype(np.int16)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    sound = tone(440, 0.5)
    write_wav(tmp_path / "a.wav", sound)
    assert np.array_equal(read_wav(tmp_path / "a.wav"), sound)


def test_a_studio_recording_comes_down_to_telephone_rate(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "studio.wav"), "wb") as file:
        file.setparams((2, 2, 48000, 0, "NONE", ""))
        file.writeframes(np.repeat(tone(440, 1.0, rate=48000), 2).astype("<i2").tobytes())
    sound = read_wav(tmp_path / "studio.wav")
    assert len(sound) == SAMPLE_RATE
    assert level_dbfs(sound) == pytest.approx(level_dbfs(tone(440, 1.0)), abs=0.2)


def test_a_24_bit_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "deep.wav"), "wb") as file:
        file.setparams((1, 3, 8000, 0, "NONE", ""))
        file.writeframes(bytes(300))
    with pytest.raises(ValueError, match="deep"):
        read_wav(tmp_path / "deep.wav")


def test_levels_are_in_decibels_below_full_scale() -> None:
    full = np.tile(np.array([32767, -32767], np.int16), 4000)
    assert level_dbfs(full) == pytest.approx(0.0, abs=0.01)
    assert level_dbfs(full // 10) == pytest.approx(-20.0, abs=0.1)
    assert level_dbfs(np.zeros(100, np.int16)) == float("-inf")
    assert level_dbfs(np.zeros(0, np.int16)) == float("-inf")


def test_resampling_up_and_down_keeps_the_sound() -> None:
    sound = tone(700, 1.0)
    again = resample(resample(sound, 8000, 16000), 16000, 8000)
    middle = slice(800, -800)  # a filter needs a run-up
    assert np.abs(again[middle].astype(int) - sound[middle]).max() < 60


def test_a_call_is_recorded_with_the_resident_left_and_the_robot_right(tmp_path: Path) -> None:
    recording = StereoRecording(tmp_path / "calls" / "1.wav")
    resident, robot = tone(300, 0.02), tone(600, 0.02)
    for _ in range(10):
        recording.append(resident, robot)
    recording.close()
    left, right = _channels(tmp_path / "calls" / "1.wav")
    assert np.array_equal(left, np.tile(resident, 10))
    assert np.array_equal(right, np.tile(robot, 10))


def test_only_the_owner_may_hear_a_recording(tmp_path: Path) -> None:
    StereoRecording(tmp_path / "1.wav").close()
    assert stat.S_IMODE((tmp_path / "1.wav").stat().st_mode) == 0o600


def test_a_recording_whose_process_was_killed_plays_nearly_to_its_end(tmp_path: Path) -> None:
    recording = StereoRecording(tmp_path / "1.wav")
    frame = tone(300, 0.02)
    for _ in range(round(12.0 / 0.02)):
        recording.append(frame, frame)
    left, _ = _channels(tmp_path / "1.wav")  # nobody has closed it
    assert 10.0 <= len(left) / SAMPLE_RATE <= 12.0
    recording.close()


def test_closing_twice_is_harmless(tmp_path: Path) -> None:
    recording = StereoRecording(tmp_path / "1.wav")
    recording.close()
    recording.close()


def _channels(path: Path) -> tuple[Pcm, Pcm]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, SAMPLE_RATE)
        both = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
    return both[:, 0], both[:, 1]
