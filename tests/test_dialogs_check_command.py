"""``wenhou script check`` and ``wenhou script list``: recordings, speech model, several files, the table."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from dialogs.authoring.advice import Surroundings
from dialogs.authoring.check_command import list_scripts
from dialogs.loading import read_draft
from dialogs.speech.prompts import LIST_FILE, SAMPLE_RATE
from tests.scripts import GOOD, changed, findings, line_of, script_file, told

TONE = (8000 * np.sin(np.arange(4000) / 5)).astype("<i2")


def recording(
    folder: Path,
    samples: np.ndarray = TONE,
    *,
    rate: int = SAMPLE_RATE,
    channels: int = 1,
    width: int = 2,
    text: str = "体温多少？",
) -> Surroundings:
    """One sentence of the script on tape."""
    with wave.open(str(folder / "one.wav"), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        sound.writeframes(samples.tobytes())
    (folder / LIST_FILE).write_text(f"one.wav\tpyttsx3\t{text}\n", encoding="utf-8")
    return Surroundings(recordings=[folder])


def loud(*, peak: int) -> np.ndarray:
    return np.clip(TONE.astype(int) * 10, -peak, peak).astype("<i2")


@pytest.mark.parametrize(
    ("sound", "is_error", "sentence"),
    [
        ({"rate": 44_100}, False, "采样率是 44100 Hz，电话是 8000 Hz；请存成 8000 Hz"),
        ({"rate": 4_000}, False, "采样率是 4000 Hz，电话是 8000 Hz，听起来会发闷"),
        ({"channels": 2}, False, "有 2 个声道，电话只有一个"),
        ({"width": 1}, True, "是 8 位的，请存成 16 位 PCM"),
        ({"samples": TONE * 0}, True, "里没有声音，居民什么也听不到；请重录"),
        ({"samples": TONE[:0]}, True, "里没有声音"),
        ({"samples": loud(peak=32_767)}, False, "音量过大，声音被削平了"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_recording_that_does_not_suit_a_telephone_is_told(
    tmp_path: Path, sound: dict[str, int], is_error: bool, sentence: str
) -> None:
    around = recording(tmp_path, **sound)  # type: ignore[arg-type]
    code, (found,) = findings(script_file(tmp_path), around=around)
    assert sentence in found.text
    assert (found.is_error, code) == (is_error, int(is_error))
    assert found.line == line_of(GOOD, "体温多少？")
    assert "one.wav" in found.text


def test_good_recording_is_no_problem(tmp_path: Path) -> None:
    assert findings(script_file(tmp_path), around=recording(tmp_path)) == (0, [])


def test_recording_that_is_no_wav_and_a_list_with_a_gap_are_told(tmp_path: Path) -> None:
    around = recording(tmp_path)
    (tmp_path / "one.wav").write_bytes(b"ID3 no wav")
    _, (found,) = findings(script_file(tmp_path), around=around)
    assert "one.wav 读不出来" in found.text
    (tmp_path / "one.wav").unlink()
    code, (found,) = findings(script_file(tmp_path), around=around)
    assert "第 1 行: 找不到录音文件 one.wav" in found.text
    assert code == 1


def test_without_synthesiser_every_sentence_without_recording_is_told(tmp_path: Path) -> None:
    around = recording(tmp_path)
    around = Surroundings(recordings=around.recordings, can_synthesize=lambda: False)
    code, found = findings(script_file(tmp_path), around=around)
    assert code == 0
    assert not any("体温多少" in each.text and "请问" not in each.text for each in found)
    (opening,) = [each for each in found if each.text.startswith("opening: 没有“您好，这里是社区。”的录音")]
    assert opening.line == line_of(GOOD, "opening:")
    assert (
        sum("confirm.temperature" in each.text for each in found) == 1
    )  # not one for each tenth of a degree


def test_synthesiser_is_not_tried_when_everything_is_recorded() -> None:
    def fail() -> bool:
        raise AssertionError

    assert told("health_survey", around=Surroundings(can_synthesize=fail))[0] == 0


def test_words_that_the_speech_model_does_not_know_are_told_once_a_list(tmp_path: Path) -> None:
    text = changed("头痛: [头疼]", "头痛: [头疼, 颅痛, 颅…疼]")
    around = Surroundings(knows=lambda word: "颅" not in word)
    code, (found,) = findings(script_file(tmp_path, text), around=around)
    assert code == 0
    assert "内容 symptoms 的 头痛: 语音模型不认识 “颅痛”、“颅…疼”" in found.text
    assert found.line == line_of(text, "颅痛")


def test_script_without_tests_is_told(tmp_path: Path) -> None:
    file = script_file(tmp_path)
    file.with_suffix(".tests.yaml").unlink()
    code, (found,) = findings(file)
    assert code == 0
    assert "没有测试" in found.text
    assert "mine.tests.yaml" in found.text


def test_recordings_count_in_the_length_of_a_call(tmp_path: Path) -> None:
    around = recording(tmp_path, np.tile(TONE, 400))
    code, (found,) = findings(script_file(tmp_path), around=around)
    assert code == 0
    assert "超过 call_seconds 的 120 秒；最长的几句是 ask_temperature.first（200.0 秒）、" in found.text


def test_all_files_are_checked_and_the_conclusion_counts(tmp_path: Path) -> None:
    first = script_file(tmp_path, changed("ask: shot", "ask: shoot"), "first.yaml")
    second = script_file(tmp_path, changed("go: done", "go: dnoe"), "second.yaml")
    third = script_file(tmp_path, name="third.yaml")
    code, found = findings(first, second, third, third.with_suffix(".tests.yaml"), tmp_path / "none.yaml")
    assert code == 1
    assert {Path(each.file).name for each in found if each.is_error and each.file} == {
        "first.yaml",
        "second.yaml",
    }
    assert any(f"打不开脚本 {tmp_path / 'none.yaml'}" in each.text for each in found)
    _, text = told(first, second, third)
    assert text.splitlines()[-1].startswith("共 ")


def test_file_that_is_no_script_does_not_keep_the_others_from_being_checked(tmp_path: Path) -> None:
    broken = script_file(tmp_path, "script: [a, b\n", "broken.yaml")
    _, text = told(broken, script_file(tmp_path, changed("go: done", "go: dnoe")))
    assert f"{broken}: 第 2 行: 错误: YAML 写法有误（" in text
    assert "下一步 dnoe 不存在（是不是 done？）" in text


def test_nothing_wrong_is_said_in_one_sentence(tmp_path: Path) -> None:
    assert told(script_file(tmp_path)) == (0, "检查了 1 个话术，没有发现问题。\n")


# --- list ---------------------------------------------------------------------------------------------


def listed(used: str = "") -> list[str]:
    screen = io.StringIO()
    assert list_scripts(Console(file=screen, width=60), used) == 0
    return screen.getvalue().splitlines()


def test_list_tells_what_a_script_asks_and_how_long_it_takes() -> None:
    (row,) = [line for line in listed("health_survey") if line.startswith("health_survey")]
    assert "拨打时使用" in row
    assert "居民健康排查" in row
    assert "11 问" in row
    assert read_draft("health_survey").script.version in row


def test_list_shows_a_script_of_ones_own_and_whether_it_can_be_used(tmp_path: Path) -> None:
    assert "小话术" in listed(str(script_file(tmp_path)))[-1]
    broken = script_file(tmp_path, changed("go: done", "go: dnoe"))
    assert listed(str(broken))[-1].endswith(f"有错误，请执行 wenhou script check {broken}")
