"""Where the sound of a prompt comes from, and what happens when there is none."""

from __future__ import annotations

import shutil
import wave
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dialogs.loading import load_script
from dialogs.machine import Action, Dialog, Heard, Play
from dialogs.script import Variant
from dialogs.speech.prompts import SAMPLE_RATE, Pcm, PromptError, PromptLibrary, read_wav, write_wav
from dialogs.speech.pyttsx3_synthesizer import Pyttsx3Synthesizer
from dialogs.speech.speech_level import telephone_speech

SCRIPT = load_script("health_survey")


class Parrot:
    """A synthesiser that counts what it is asked for."""

    voice = speaker = "parrot"

    def __init__(self) -> None:
        self.said: list[str] = []
        self.names: list[str] = []

    def synthesize(self, text: str, names: Sequence[str] = ()) -> Pcm:
        self.said.append(text)
        self.names += names
        return np.full(800, len(text), dtype=np.int16)


def library(
    tmp_path: Path, *, recordings: tuple[Path, ...] = (), synthesizer: Parrot | None = None
) -> PromptLibrary:
    return PromptLibrary(SCRIPT, recordings=recordings, cache=tmp_path / "cache", synthesizer=synthesizer)


def folder_with(tmp_path: Path, text: str, value: int, name: str = "mine") -> Path:
    folder = tmp_path / name
    write_wav(folder / "one.wav", np.full(400, value, dtype=np.int16))
    (folder / "prompts.tsv").write_text(f"one.wav\t我\t{text}\n", encoding="utf-8")
    return folder


def test_recording_comes_before_synthesis(tmp_path: Path) -> None:
    parrot = Parrot()
    prompts = library(tmp_path, recordings=(folder_with(tmp_path, "您好吗？", 77),), synthesizer=parrot)
    assert set(prompts.audio("您好吗？")) == {77}
    assert parrot.said == []


def test_first_folder_wins(tmp_path: Path) -> None:
    folders = (folder_with(tmp_path, "您好吗？", 1, "a"), folder_with(tmp_path, "您好吗？", 2, "b"))
    assert set(library(tmp_path, recordings=folders).audio("您好吗？")) == {1}


def test_text_is_synthesised_once_and_kept_for_the_next_campaign(tmp_path: Path) -> None:
    first, second = Parrot(), Parrot()
    library(tmp_path, synthesizer=first).audio("请问是张三家吗？")
    prompts = library(tmp_path, synthesizer=second)
    assert prompts.has("请问是张三家吗？")
    assert prompts.audio("请问是张三家吗？").size == 800
    assert (first.said, second.said) == (["请问是张三家吗？"], [])


def test_prepare_returns_what_cannot_be_said(tmp_path: Path) -> None:
    recorded = library(tmp_path, recordings=(folder_with(tmp_path, "您好吗？", 1),))
    assert recorded.prepare(["您好吗？", "没有的话", "没有的话"]) == ["没有的话"]
    assert library(tmp_path, synthesizer=Parrot()).prepare(["没有的话"]) == []


def test_text_without_sound_or_synthesiser_is_an_error_that_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="espeak-ng") as caught:
        library(tmp_path).audio("没有的话")
    assert caught.value.code == "prompt_missing"


def test_every_plain_prompt_of_the_bundled_script_ships_with_sound(tmp_path: Path) -> None:
    prompts = library(tmp_path)
    assert prompts.prepare(SCRIPT.texts({})) == []
    assert all(0.4 < prompts.audio(text).size / SAMPLE_RATE < 8 for text in SCRIPT.texts({}))


def test_cooperative_call_speaks_less_than_half_a_minute(tmp_path: Path) -> None:
    prompts = library(tmp_path)
    first = [state.prompts[Variant.FIRST].plain for state in SCRIPT.states.values() if not state.confirms]
    texts = [SCRIPT.opening.plain, *first, SCRIPT.closings["done"].prompt.plain]
    assert sum(prompts.audio(text).size for text in texts) / SAMPLE_RATE < 34


def test_call_of_somebody_who_is_never_understood_stays_under_two_minutes(tmp_path: Path) -> None:
    prompts = library(tmp_path)
    reply_seconds, answer_seconds = 1.2, 1.8
    dialog = Dialog(SCRIPT, {}, date(2026, 11, 22))
    actions, seconds = dialog.start(), 0.0
    while not dialog.is_over:
        seconds += spoken_seconds(prompts, actions) + reply_seconds + answer_seconds
        actions = dialog.hear(Heard("呜噜呜噜", 0.5))
    assert seconds + spoken_seconds(prompts, actions) < 120


def test_confirmation_is_short(tmp_path: Path) -> None:
    prompts = library(tmp_path)
    dialog = Dialog(SCRIPT, {}, date(2026, 11, 22))
    for words in (
        "是我",
        "在北京",
        "有点发烧，还有点咳嗽",
        "三十七度八",
        "没去过",
        "没接触过",
        "三口人",
        "不需要",
    ):
        actions = dialog.hear(Heard(words, 0.9))
    assert spoken_seconds(prompts, actions) < 6.5


def spoken_seconds(prompts: PromptLibrary, actions: list[Action]) -> float:
    """How long the robot speaks."""
    plays = (action for action in actions if isinstance(action, Play))
    texts = [text for play in plays for text in ([p.text for p in play.parts] or [play.plain_text])]
    return sum(prompts.audio(text).size for text in texts) / SAMPLE_RATE


@pytest.mark.parametrize(
    ("listing", "sentence"),
    [
        ("one.wav\t文字\n", "第 1 行"),
        ("one.wav\t我\t好\nnone.wav\t我\t坏\n", "第 2 行: 找不到录音文件 none.wav"),
    ],
)
def test_faulty_list_is_named_with_its_line(tmp_path: Path, listing: str, sentence: str) -> None:
    folder = folder_with(tmp_path, "x", 1)
    (folder / "prompts.tsv").write_text(listing, encoding="utf-8")
    with pytest.raises(PromptError, match=sentence):
        library(tmp_path, recordings=(folder,))


def test_broken_recording_says_which(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, "您好吗？", 1)
    (folder / "one.wav").write_bytes(b"no wav")
    with pytest.raises(PromptError, match=r"one\.wav"):
        library(tmp_path, recordings=(folder,)).audio("您好吗？")


def test_recording_of_any_rate_and_both_channels_becomes_telephone_audio(tmp_path: Path) -> None:
    file = tmp_path / "studio.wav"
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(44100)
        sound.writeframes(np.full(2 * 44100, 1000, dtype="<i2").tobytes())
    pcm = read_wav(file)
    assert pcm.dtype == np.int16
    assert abs(pcm.size - SAMPLE_RATE) <= 1
    assert abs(int(pcm[SAMPLE_RATE // 2]) - 1000) <= 2


def test_speech_is_trimmed_and_levelled_for_the_telephone() -> None:
    tone = 300 * np.sin(np.arange(16000) * 2 * np.pi * 440 / 16000)
    padded = np.concatenate([np.zeros(8000), tone, np.zeros(8000)]).astype(np.float32)
    pcm = telephone_speech(padded / np.float32(32768), 16000)
    assert 1.0 <= pcm.size / SAMPLE_RATE <= 1.15
    level = 20 * np.log10(np.sqrt(np.mean(pcm.astype(float) ** 2)) / 32768)
    assert -21 < level < -19


def test_silence_stays_silence() -> None:
    assert telephone_speech(np.zeros(16000, dtype=np.float32), 16000).size == 0


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_new_text_is_read_aloud_by_pyttsx3() -> None:
    pcm = Pyttsx3Synthesizer().synthesize("请问是欧阳小明家吗？")
    assert 1.0 < pcm.size / SAMPLE_RATE < 6.0
    assert np.abs(pcm).max() > 3000


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_unknown_voice_is_a_clear_sentence() -> None:
    with pytest.raises(PromptError, match="没有叫 nobody 的声音") as caught:
        Pyttsx3Synthesizer("nobody").synthesize("您好")
    assert caught.value.code == "synthesizer_voice_missing"


def test_synthesis_that_hangs_is_ended() -> None:
    with pytest.raises(PromptError, match="没有完成"):
        Pyttsx3Synthesizer(timeout_seconds=0.001).synthesize("您好")


def test_missing_engine_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The program finds a pyttsx3 whose driver cannot load its library, as where espeak-ng is missing.
    (tmp_path / "pyttsx3.py").write_text("def init():\n    raise RuntimeError('libespeak-ng.so.1')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(PromptError, match="apt install espeak-ng"):
        Pyttsx3Synthesizer().synthesize("您好")


_ENGINE = """
import pathlib, types, wave

class Engine:
    voices = [types.SimpleNamespace(id=i) for i in ("sit/yue", "sit/cmn", "sit/cmn-latn-pinyin")]
    def getProperty(self, name):
        return self.voices
    def setProperty(self, name, value):
        pass
    def save_to_file(self, text, out):
        pathlib.Path(__file__).with_name("said.txt").write_text(text, encoding="utf-8")
        with wave.open(out, "wb") as sound:
            sound.setnchannels(1); sound.setsampwidth(2); sound.setframerate(8000)
            sound.writeframes(bytes([0, 32]) * 8000)
    def runAndWait(self):
        pass

def init():
    return Engine()
"""


def test_espeak_is_given_pinyin_because_it_garbles_characters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyttsx3.py").write_text(_ENGINE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert Pyttsx3Synthesizer().synthesize("您在北京吗？").size
    assert (tmp_path / "said.txt").read_text(encoding="utf-8") == "nin2 zai4 bei3 jing1 ma5 ？"
