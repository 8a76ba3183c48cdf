"""Sound files: what is written can be read, by its owner, even when the writer was killed."""

from __future__ import annotations

import math
import re
import stat
import struct
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from asr.audio import (
    Channel,
    StereoRecording,
    level_dbfs,
    over_the_telephone,
    read_sound,
    read_wav,
    resample,
    write_wav,
)
from asr.g711 import PCMA, PCMU, encode
from asr.recognizer import SAMPLE_RATE, Pcm
from campaign.errors import SoundError


def tone(hertz: float, seconds: float, amplitude: float = 8000.0, rate: int = SAMPLE_RATE) -> Pcm:
    times = np.arange(round(seconds * rate)) / rate
    return (amplitude * np.sin(2 * math.pi * hertz * times)).astype(np.int16)


TONE = tone(440, 0.5)


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


def wav(samples: bytes, code: int, bits: int, *, rate: int = 8000, channels: int = 1) -> bytes:
    frame = channels * bits // 8
    header = struct.pack("<HHIIHH", code, channels, rate, rate * frame, frame, bits)
    return riff(header, samples)


def riff(header: bytes, samples: bytes) -> bytes:
    chunks = ((b"fmt ", header), (b"data", samples))
    body = b"WAVE" + b"".join(name + struct.pack("<I", len(held)) + held for name, held in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def in_24_bits(sound: Pcm) -> bytes:
    return (sound.astype("<i4") << 8).view(np.uint8).reshape(-1, 4)[:, :3].tobytes()


WAYS = {
    "linear 8": ((TONE >> 8) + 128).astype(np.uint8).tobytes(),
    "linear 16": TONE.astype("<i2").tobytes(),
    "linear 24": in_24_bits(TONE),
    "linear 32": (TONE.astype("<i4") << 16).tobytes(),
    "float 32": (TONE / 32768).astype("<f4").tobytes(),
    "float 64": (TONE / 32768).astype("<f8").tobytes(),
    "A-law": encode(TONE, PCMA),
    "u-law": encode(TONE, PCMU),
}
CODES = {"linear": 1, "float": 3, "A-law": 6, "u-law": 7}


@pytest.mark.parametrize("way", WAYS)
def test_every_common_coding_of_a_wav_is_read(way: str, tmp_path: Path) -> None:
    kind, _, bits = way.partition(" ")
    (tmp_path / "a.wav").write_bytes(wav(WAYS[way], CODES[kind], int(bits or 8)))
    sound = read_sound(tmp_path / "a.wav")
    steps = 300 if kind in CODES and CODES[kind] > 5 else 256 if bits == "8" else 1
    assert len(sound) == len(TONE)
    assert np.abs(sound.astype(int) - TONE).max() <= steps


def test_an_extensible_header_is_read(tmp_path: Path) -> None:
    guid = struct.pack("<H", 1) + bytes.fromhex("000000001000800000aa00389b71")
    header = struct.pack("<HHIIHHHHI", 0xFFFE, 1, 8000, 16000, 2, 16, 22, 16, 4) + guid
    (tmp_path / "a.wav").write_bytes(riff(header, TONE.astype("<i2").tobytes()))
    assert np.array_equal(read_sound(tmp_path / "a.wav"), TONE)


def test_a_chunk_before_the_sound_is_passed_over(tmp_path: Path) -> None:
    whole = wav(TONE.astype("<i2").tobytes(), 1, 16)
    at = whole.index(b"data")
    (tmp_path / "a.wav").write_bytes(whole[:at] + b"LIST" + struct.pack("<I", 3) + b"abc\0" + whole[at:])
    assert np.array_equal(read_sound(tmp_path / "a.wav"), TONE)


def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = wav(TONE.astype("<i2").tobytes(), 1, 16)
    (tmp_path / "a.wav").write_bytes(whole[:-1001])
    assert np.array_equal(read_sound(tmp_path / "a.wav"), TONE[:-501])


@pytest.mark.parametrize("told", [0, 0xFFFFFFFF])
def test_a_length_that_was_never_filled_in_means_all_that_follows(told: int, tmp_path: Path) -> None:
    whole = wav(TONE.astype("<i2").tobytes(), 1, 16)
    at = whole.index(b"data") + 4
    (tmp_path / "a.wav").write_bytes(whole[:at] + struct.pack("<I", told) + whole[at + 4 :])
    assert np.array_equal(read_sound(tmp_path / "a.wav"), TONE)


def test_broken_floats_are_no_noise(tmp_path: Path) -> None:
    broken = np.array([0.0, np.nan, np.inf, -np.inf, 3.0], "<f4")
    (tmp_path / "a.wav").write_bytes(wav(broken.tobytes(), 3, 32))
    assert read_sound(tmp_path / "a.wav").tolist() == [0, 0, 32767, -32768, 32767]


def test_the_resident_is_on_the_left_of_a_call_s_recording(tmp_path: Path) -> None:
    both = np.column_stack((TONE, -TONE)).astype("<i2")
    (tmp_path / "call.wav").write_bytes(wav(both.tobytes(), 1, 16, channels=2))
    assert np.array_equal(read_sound(tmp_path / "call.wav", Channel.LEFT), TONE)
    assert np.array_equal(read_sound(tmp_path / "call.wav", Channel.RIGHT), -TONE)
    assert not read_sound(tmp_path / "call.wav").any()


def test_raw_g711_is_known_by_its_ending(tmp_path: Path) -> None:
    (tmp_path / "a.al").write_bytes(encode(TONE, PCMA))
    (tmp_path / "a.ul").write_bytes(encode(TONE, PCMU))
    assert np.array_equal(read_sound(tmp_path / "a.al"), over_the_telephone(TONE))
    assert np.abs(read_sound(tmp_path / "a.ul").astype(int) - TONE).max() < 300


def test_flac_is_read_by_the_library(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", tone(440, 1.0, rate=16000), 16000)
    sound = read_sound(tmp_path / "a.flac")
    assert len(sound) == SAMPLE_RATE
    assert level_dbfs(sound) == pytest.approx(level_dbfs(tone(440, 1.0)), abs=0.2)


def test_without_the_library_a_flac_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soundfile.write(tmp_path / "a.flac", TONE, SAMPLE_RATE)
    monkeypatch.setitem(sys.modules, "soundfile", None)
    with pytest.raises(SoundError, match=r"a\.flac.*pip install soundfile") as refused:
        read_sound(tmp_path / "a.flac")
    assert refused.value.code == "sound_format"


BAD_FILES = {
    "empty.wav": b"",
    "text.wav": "这不是声音".encode(),
    "short.wav": b"RIFF\x10\0\0\0WAVE",
    "no-format.wav": b"RIFF\x10\0\0\0WAVEdata\x02\0\0\0ab",
    "half-a-format.wav": b"RIFF\x10\0\0\0WAVEfmt \x02\0\0\0\x01\0",
    "no-channels.wav": wav(b"abcd", 1, 16, channels=0),
    "no-rate.wav": wav(b"abcd", 1, 16, rate=0),
    "odd-code.wav": wav(b"abcd", 0x270, 2),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_what_is_no_sound_is_refused_by_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(BAD_FILES[name])
    with pytest.raises(SoundError, match=re.escape(name)):
        read_sound(tmp_path / name)


def test_a_missing_file_and_a_folder_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match=r"找不到.*nobody\.wav"):
        read_sound(tmp_path / "nobody.wav")
    with pytest.raises(SoundError, match=tmp_path.name):
        read_sound(tmp_path)


def test_sound_over_the_telephone_keeps_its_shape() -> None:
    heard = over_the_telephone(TONE)
    assert np.abs(heard.astype(int) - TONE).max() < 300
    assert np.array_equal(over_the_telephone(heard), heard)


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
