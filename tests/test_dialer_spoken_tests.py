"""``wenhou script test --audio``: answers spoken by a voice of paper and heard by an ear of paper."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

import cli
from asr.audio import write_wav
from asr.noise import in_noise, noise_samples, pink, speech_power
from asr.recognizer import Expectation, Pcm
from campaign.errors import SoundError
from dialer.practice.answer_sounds import AnswerSounds
from dialer.practice.hearing import HeardSound
from dialer.practice.spoken_tests import SpokenTests
from dialogs.authoring.test_command import test_scripts as run_script_tests
from dialogs.speech.prompts import PromptError, Synthesizer
from tests.scripts import GOOD, script_file

TODAY = date(2026, 11, 23)
DIALOGUES = """\
日期: 2026-11-23

测试:
  - 名称: 咳嗽/发烧
    对话:
      - {说: 是我, 到: ask_symptoms}
      - {说: 老咳, 记下: {symptoms: [咳嗽]}}
  - 名称: 什么也不说
    对话:
      - {沉默: 是, 到: ask_who}
      - {说: '', 到: ask_who}
"""


class PaperVoice:
    """Writes the text into the samples, a character each."""

    def __init__(self, name: str = "甲") -> None:
        self.voice = self.speaker = name
        self.said: list[str] = []

    def synthesize(self, text: str, names: Sequence[str] = ()) -> Pcm:
        self.said.append(text)
        return np.array([ord(character) for character in text], np.uint16).view(np.int16)


class PaperEar:
    """Reads the text from the samples; ``mishears`` are texts that it takes for others."""

    def __init__(self, mishears: dict[str, str] | None = None) -> None:
        self._mishears = mishears or {}
        self.expectations: list[Expectation] = []
        self.sounds: list[Pcm] = []

    def hear(self, sound: Pcm, expectation: Expectation) -> HeardSound:
        self.expectations.append(expectation)
        self.sounds.append(sound)
        text = "".join(map(chr, sound.view(np.uint16)))
        return HeardSound(self._mishears.get(text, text), 0.8)


def hold(
    folder: Path, ear: PaperEar, voices: Sequence[Synthesizer], dialogues: str = DIALOGUES
) -> tuple[int, str]:
    file = script_file(folder, GOOD, "small.yaml")
    file.with_suffix(".tests.yaml").write_text(dialogues, encoding="utf-8")
    screen = io.StringIO()
    console = Console(file=screen, width=60)
    ticks = iter(range(100))
    aloud = SpokenTests(console, ear, lambda: voices, folder / "cache", clock=lambda: next(ticks) * 0.25)  # type: ignore[arg-type]
    return run_script_tests(console, [str(file)], TODAY, aloud), screen.getvalue()


def test_answers_are_spoken_and_heard_with_what_the_question_expects(tmp_path: Path) -> None:
    ear = PaperEar()
    code, text = hold(tmp_path, ear, [PaperVoice()])
    assert code == 0
    assert "✓ 咳嗽/发烧" in text
    assert "说了 2 句，一字不差听到 2 句（100%）；每句听懂平均 0.25 秒，最慢 0.25 秒\n" in text
    assert text.endswith("声音：甲 合成 2 句\n")
    assert "还没有测试走到" not in text
    assert ["有点老咳" in expectation.phrases for expectation in ear.expectations] == [False, True]


def test_failure_tells_what_was_said_heard_and_understood(tmp_path: Path) -> None:
    code, text = hold(tmp_path, PaperEar({"是我": "是窝", "老咳": "开饭"}), [PaperVoice()])
    assert code == 1
    assert (
        "第 7 行: 第 2 轮，居民说“老咳”\n"
        "      之前第 1 轮，说的“是我”听成“是窝”\n"
        "      听到：“开饭”（把握 0.80，甲 合成）\n"
    ) in text
    assert "一字不差听到 0 句（0%）" in text


def test_nothing_heard_is_told_as_that(tmp_path: Path) -> None:
    _, text = hold(tmp_path, PaperEar({"老咳": ""}), [PaperVoice()])
    assert "听到：（没有听出字）（把握 0.80，甲 合成）" in text


def test_recordings_win_and_may_have_names_that_files_cannot(tmp_path: Path) -> None:
    folder = tmp_path / "small.tests" / "咳嗽_发烧"
    folder.mkdir(parents=True)
    write_wav(folder / "2.wav", PaperVoice().synthesize("我老咳"))
    voice = PaperVoice()
    code, text = hold(tmp_path, PaperEar(), [voice])
    assert code == 0
    assert voice.said == ["是我"]
    assert "一字不差听到 1 句（50%）" in text
    assert "声音：录音 1 句，甲 合成 1 句" in text
    assert "录音没有用上" not in text


def test_recordings_of_no_turn_are_named(tmp_path: Path) -> None:
    for name in ("改过名的/1.wav", "咳嗽_发烧/9.wav"):
        file = tmp_path / "small.tests" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        write_wav(file, np.zeros(8, np.int16))
    _, text = hold(tmp_path, PaperEar(), [PaperVoice()])
    assert "录音没有用上：咳嗽_发烧/9.wav、改过名的/1.wav。small.tests 里的文件夹要和测试同名" in text


def test_broken_recording_is_named_before_anything_is_held(tmp_path: Path) -> None:
    folder = tmp_path / "small.tests" / "咳嗽_发烧"
    folder.mkdir(parents=True)
    (folder / "1.wav").write_bytes(b"")
    with pytest.raises(SoundError, match=r"1\.wav 是空的") as refused:
        hold(tmp_path, PaperEar(), [PaperVoice()])
    assert refused.value.exit_code == 2


def test_nothing_that_could_speak_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    class Mute:
        voice = speaker = "哑"

        def synthesize(self, text: str, names: Sequence[str] = ()) -> Pcm:
            raise PromptError("synthesizer_missing", "没有可用的语音合成。")

    with pytest.raises(PromptError) as refused:
        hold(tmp_path, PaperEar(), [Mute()])
    assert refused.value.exit_code == 2


def test_voices_are_not_asked_for_where_everything_is_recorded(tmp_path: Path) -> None:
    folder = tmp_path / "small.tests" / "咳嗽_发烧"
    folder.mkdir(parents=True)
    for number, text in ((1, "是我"), (2, "老咳")):
        write_wav(folder / f"{number}.wav", PaperVoice().synthesize(text))
    code, text = hold(tmp_path, PaperEar(), [])  # an empty list could not be divided by
    assert code == 0
    assert text.endswith("声音：录音 2 句\n")


def test_tests_without_a_word_say_so(tmp_path: Path) -> None:
    _, text = hold(tmp_path, PaperEar(), [], "测试:\n  - 名称: 沉默\n    对话: [沉默]\n")
    assert text.endswith("没有说出来的回答：这些测试里只有按键、沉默和杂音。\n")


def test_choices_of_sound_without_audio_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["script", "test", "notice", "--snr", "15"]) == 2
    assert capsys.readouterr().err == "错误：--engine、--snr 要和 --audio 一起用。\n"


def test_what_was_spoken_once_is_not_synthesised_again(tmp_path: Path) -> None:
    voice, other = PaperVoice(), PaperVoice("乙")
    sounds = AnswerSounds([voice, other], tmp_path)
    first = sounds.spoken("36.5 度", voice)
    assert (sounds.spoken("36.5 度", voice) == first).all()
    sounds.spoken("36.5 度", other)
    assert [voice.said, other.said] == [["三十六点五 度"], ["三十六点五 度"]]
    assert [sounds.voice(number).speaker for number in range(3)] == ["甲", "乙", "甲"]


def test_noise_lies_as_far_beneath_the_speech_as_was_asked() -> None:
    time = np.arange(8000) / 8000
    speech = (6000 * np.sin(2 * np.pi * 300 * time)).astype(np.int16)
    noise = pink(noise_samples(speech), np.random.default_rng(1))
    noisy = in_noise(speech, noise, 15.0)
    added = noisy.astype(float)
    margin = (len(noisy) - len(speech)) // 2
    added[margin : margin + len(speech)] -= speech
    distance = 10 * np.log10(speech_power(speech) / np.mean(added**2))
    assert distance == pytest.approx(15.0, abs=0.2)
