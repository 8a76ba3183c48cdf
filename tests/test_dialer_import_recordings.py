"""``wenhou script import-recordings``: files of any kind become what calls say, or are refused by name."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from rich.console import Console

from campaign.errors import EXIT_BAD_INPUT, ScriptError
from campaign.settings import Settings
from dialer.prompts.import_recordings import import_recordings
from dialogs.loading import load_script
from dialogs.recordings.texts import RecordingText, recording_texts
from dialogs.speech.prompts import read_list, read_wav
from dialogs.speech.speech_level import SAMPLE_RATE, TELEPHONE_LEVEL_DBOV, speech_level, to_float

SCRIPT = Path(__file__).parents[1] / "docs" / "examples" / "water_notice.yaml"
SOUNDS = Path(__file__).parents[1] / "dialogs" / "scripts" / "health_survey"
TEXTS = [text for text in recording_texts(load_script(SCRIPT)) if text.is_needed]


@pytest.fixture
def script(tmp_path: Path) -> Path:
    file = tmp_path / "water_notice.yaml"
    file.write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
    return file


@pytest.fixture
def studio(tmp_path: Path) -> Path:
    folder = tmp_path / "studio"
    folder.mkdir()
    return folder


def spoken(text: RecordingText, rate: int, dbov: float = -32.0) -> np.ndarray:
    """Real speech about as long as the text takes, with a second of room around it."""
    whole = to_float(read_wav(SOUNDS / "symptoms.no_match.wav"))
    sound = np.resize(whole, round(0.7 * text.expected_seconds * SAMPLE_RATE))
    padded = np.pad(sound, SAMPLE_RATE) * np.float32(10 ** ((dbov + 20) / 20))
    noisy = padded + np.random.default_rng(3).normal(0, 10 ** (-75 / 20), len(padded))
    return soxr.resample(noisy, SAMPLE_RATE, rate)


def told(script: Path, *paths: Path, **options: str) -> tuple[int, str]:
    screen = io.StringIO()
    settings = Settings().replace(store={"path": str(script.parent / "wenhou.db")})
    code = import_recordings(Console(file=screen, width=300), str(script), paths, settings, **options)
    return code, screen.getvalue()


def kept(script: Path) -> dict[str, Path]:
    return read_list(script.with_suffix(""))


@pytest.mark.parametrize(
    ("suffix", "rate", "subtype"),
    [
        (".wav", 48000, "PCM_24"),
        (".wav", 44100, "FLOAT"),
        (".wav", 8000, "ULAW"),
        (".flac", 44100, "PCM_16"),
        (".ogg", 48000, "VORBIS"),
        (".mp3", 44100, "MPEG_LAYER_III"),
        (".aiff", 22050, "PCM_16"),
    ],
)
def test_files_of_any_kind_come_to_the_telephones_rate_and_level(
    script: Path, studio: Path, suffix: str, rate: int, subtype: str
) -> None:
    text = TEXTS[1]
    soundfile.write(studio / f"{text.name}{suffix}", spoken(text, rate), rate, subtype=subtype)
    code, said = told(script, studio)
    assert (code, set(kept(script))) == (0, {text.text})
    pcm = read_wav(kept(script)[text.text])
    assert speech_level(to_float(pcm)).active_dbov == pytest.approx(TELEPHONE_LEVEL_DBOV, abs=0.5)
    assert len(pcm) / SAMPLE_RATE == pytest.approx(0.7 * text.expected_seconds + 0.1, abs=0.35)
    assert f"→ {text.name}.wav" in said


def test_both_channels_are_mixed(script: Path, studio: Path) -> None:
    text = TEXTS[1]
    mono = spoken(text, 16000)
    soundfile.write(studio / f"{text.name}.wav", np.column_stack((mono, mono)), 16000)
    assert told(script, studio)[0] == 0


@pytest.mark.parametrize(
    "name",
    ["ASK_WATER.FIRST", "002", "2", "002 ask_water.first", "2_您家需要我们送水吗", "您家需要我们送水吗？"],
)
def test_files_are_matched_by_name_number_or_sentence(script: Path, studio: Path, name: str) -> None:
    soundfile.write(studio / f"{name}.wav", spoken(TEXTS[1], 16000), 16000)
    assert told(script, studio)[0] == 0
    assert set(kept(script)) == {TEXTS[1].text}


def test_a_whole_folder_makes_the_script_complete(script: Path, studio: Path) -> None:
    for number, text in enumerate(TEXTS, start=1):
        soundfile.write(studio / f"{number:03d}.wav", spoken(text, 16000), 16000)
    (studio / "说明.txt").write_text("小李录的")
    code, said = told(script, studio, voice="小李")
    assert code == 0
    assert "录齐了" in said
    assert "说明" not in said
    assert {line.split("\t")[1] for line in _list_of(script)} == {"小李"}


def _list_of(script: Path) -> list[str]:
    return (script.with_suffix("") / "prompts.tsv").read_text(encoding="utf-8").splitlines()[1:]


def test_sentences_without_a_file_are_listed(script: Path, studio: Path) -> None:
    soundfile.write(studio / "001.wav", spoken(TEXTS[0], 16000), 16000)
    _, said = told(script, studio)
    assert f"还有 {len(TEXTS) - 1} 句没有录音" in said
    assert all(f"{text.name}.wav　{text.text}" in said for text in TEXTS[1:])


def test_every_refused_file_is_named_with_its_reason(script: Path, studio: Path) -> None:
    good = spoken(TEXTS[2], 16000)
    soundfile.write(studio / "ask_water.no_input.wav", good, 16000)
    soundfile.write(studio / "003.wav", good, 16000)  # the same sentence
    soundfile.write(studio / "ask_watter.keys.wav", good, 16000)
    soundfile.write(studio / "ask_water.first.wav", np.zeros(16000), 16000)
    soundfile.write(studio / "opening.wav", spoken(TEXTS[5], 16000)[:26000], 16000)
    (studio / "closing.done.wav").write_bytes(b"RIFF....WAVE")
    (studio / "closing.gave_up.m4a").write_bytes(b"\0\0\0\x20ftypM4A ")
    code, said = told(script, studio)
    assert code == EXIT_BAD_INPUT
    reasons = dict(line[2:].split(": ", 1) for line in said.splitlines() if line.startswith("✗"))
    assert "同一句" in reasons["ask_water.no_input.wav"]
    assert "是不是 ask_water.keys" in reasons["ask_watter.keys.wav"]
    assert "没有录到声音" in reasons["ask_water.first.wav"]
    assert "太短" in reasons["opening.wav"]
    assert "读不出来" in reasons["closing.done.wav"]
    assert "转成 wav" in reasons["closing.gave_up.m4a"]
    assert len(reasons) == 6
    assert set(kept(script)) == {TEXTS[2].text}


def test_a_doubtful_file_is_taken_with_a_warning(script: Path, studio: Path) -> None:
    loud = spoken(TEXTS[1], 16000)
    soundfile.write(studio / "002.wav", np.clip(loud / np.abs(loud).max() * 1.9, -1, 1), 16000)
    code, said = told(script, studio)
    assert code == 0
    assert "△ 002.wav" in said
    assert "削平" in said


def test_importing_again_replaces(script: Path, studio: Path) -> None:
    soundfile.write(studio / "002.wav", spoken(TEXTS[1], 16000), 16000)
    told(script, studio, voice="小李")
    told(script, studio / "002.wav", voice="小王")
    assert len(_list_of(script)) == 1
    assert "小王" in _list_of(script)[0]


def test_what_is_not_there_is_a_sentence(script: Path, studio: Path) -> None:
    with pytest.raises(ScriptError, match="找不到"):
        told(script, studio / "none.wav")
    with pytest.raises(ScriptError, match="没有声音文件"):
        told(script, studio)


def test_the_scripts_own_folder_is_not_imported_into_itself(script: Path, studio: Path) -> None:
    soundfile.write(studio / "002.wav", spoken(TEXTS[1], 16000), 16000)
    told(script, studio)
    with pytest.raises(ScriptError, match="放在别处"):
        told(script, script.with_suffix(""))
