"""Which voice says what has no recording, and what is said when it can't be had."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from campaign.errors import ModelError, ScriptError
from campaign.settings import Settings
from dialogs.authoring.advice import Surroundings
from dialogs.authoring.check_command import check_scripts
from dialogs.loading import load_script
from dialogs.script.voice_choice import KOKORO_VOICES, Engine, VoiceChoice
from dialogs.speech import voices
from dialogs.speech.kokoro import _halves
from dialogs.speech.prompts import Pcm, PromptError, PromptLibrary, write_wav
from dialogs.speech.pyttsx3_synthesizer import Pyttsx3Synthesizer
from dialogs.speech.voice_rules import VoiceRules
from dialogs.speech.voices import KokoroVoice, script_voice, system_voice, usual_voice

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "water_notice.yaml"
NOT_HERE = "这台机器没有装 Kokoro。"


def script_with(tmp_path: Path, voice: str) -> Path:
    file = tmp_path / "water_notice.yaml"
    content = EXAMPLE.read_text(encoding="utf-8")
    file.write_text(content.replace("start: ask_water", f"start: ask_water\n{voice}"), encoding="utf-8")
    tests = EXAMPLE.with_name("water_notice.tests.yaml").read_text(encoding="utf-8")
    file.with_name("water_notice.tests.yaml").write_text(tests, encoding="utf-8")
    return file


def settings(**dialog: object) -> Settings:
    return Settings().replace(dialog=dialog)


@pytest.fixture
def without_kokoro(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(voices._WHY_UNUSABLE, Engine.KOKORO, lambda choice: NOT_HERE)


@pytest.fixture
def with_kokoro(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(voices._WHY_UNUSABLE, Engine.KOKORO, lambda choice: "")


# --- choosing -----------------------------------------------------------------------------------------


def test_a_script_names_its_voice(tmp_path: Path) -> None:
    file = script_with(tmp_path, "voice: {engine: kokoro, name: zf_xiaoxiao, speed: 0.9}")
    assert load_script(file).voice == VoiceChoice(Engine.KOKORO, "zf_xiaoxiao", 0.9)
    assert load_script(EXAMPLE).voice is None


@pytest.mark.parametrize(
    ("voice", "sentence"),
    [
        ("voice: {engine: kokoro, name: zf_xiaoxia}", "没有 zf_xiaoxia 这个声音（是不是 zf_xiaoxiao？）"),
        ("voice: {engine: kokro}", "engine 不能是 kokro（是不是 kokoro？）"),
        ("voice: {engine: kokoro, speed: 3}", "speed 应当是 0.5 到 2 之间的数，现在是 3"),
        ("voice: {engine: kokoro, sped: 1}", "不认识 sped（是不是 speed？）"),
        ("voice: {name: zf_xiaoxiao}", "缺少 engine"),
        ("voice: zf_xiaoxiao", "voice 应当是"),
    ],
)  # fmt: skip
def test_a_wrong_voice_is_told_with_its_line(tmp_path: Path, voice: str, sentence: str) -> None:
    with pytest.raises(ScriptError) as caught:
        load_script(script_with(tmp_path, voice))
    assert sentence in caught.value.message
    assert "第 7 行" in caught.value.message


def test_the_voice_of_the_settings_speaks_where_the_script_names_none(with_kokoro: None) -> None:
    chosen = settings(voice_engine="kokoro", voice="zm_yunyang", voice_speed=1.1)
    voice = script_voice(load_script(EXAMPLE), chosen)
    assert voice.choice == usual_voice(chosen) == VoiceChoice(Engine.KOKORO, "zm_yunyang", 1.1)
    assert isinstance(voice.synthesizer, KokoroVoice)
    assert voice.notice == ""


def test_the_systems_voice_is_the_usual_one() -> None:
    voice = script_voice(load_script(EXAMPLE), Settings())
    assert voice.synthesizer.voice == "pyttsx3"
    assert isinstance(voice.synthesizer, Pyttsx3Synthesizer)


def test_a_missing_extra_is_told_and_the_system_speaks_instead(tmp_path: Path, without_kokoro: None) -> None:
    script = load_script(script_with(tmp_path, "voice: {engine: kokoro, name: zf_xiaoxiao, speed: 0.9}"))
    voice = script_voice(script, Settings())
    assert voice.choice == VoiceChoice(speed=0.9)
    assert voice.notice == f"{NOT_HERE}现在没有录音的句子改用 pyttsx3（espeak-ng）的声音。"


def test_a_missing_extra_stops_the_run_where_no_other_voice_may_speak(
    tmp_path: Path, without_kokoro: None
) -> None:
    script = load_script(script_with(tmp_path, "voice: {engine: kokoro}"))
    with pytest.raises(PromptError, match=r"没有装 Kokoro.*voice_fallback = yes") as caught:
        script_voice(script, settings(voice_fallback=False))
    assert caught.value.code == "voice_unusable"


def test_the_name_of_a_kokoro_voice_is_not_taken_for_one_of_the_system() -> None:
    assert system_voice(settings(voice_engine="kokoro", voice="zf_xiaoxiao")) == ""
    assert system_voice(settings(voice="zh")) == "zh"


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(voices, "KOKORO_PACKAGES", ("no_such_package",))
    assert "缺少 no_such_package" in voices.why_unusable(VoiceChoice(Engine.KOKORO))
    monkeypatch.setattr(voices, "KOKORO_PACKAGES", ("json",))
    assert "没有 Kokoro 的声音 zf_xiaoyi，请执行 wenhou voice install" in voices.why_unusable(
        VoiceChoice(Engine.KOKORO)
    )
    (tmp_path / "wenhou/kokoro-voices").mkdir(parents=True)
    (tmp_path / "wenhou/kokoro-voices/zf_xiaoyi.bin").touch()
    assert voices.why_unusable(VoiceChoice(Engine.KOKORO)) == ""


# --- the cache ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        VoiceChoice(Engine.KOKORO, "zf_xiaoxiao"),
        VoiceChoice(Engine.KOKORO, "zf_xiaobei", 1.1),
        VoiceChoice(Engine.PYTTSX3, "zf_xiaobei"),
        VoiceChoice(),
        VoiceChoice(speed=0.8),
    ],
)
def test_another_voice_or_tempo_has_another_key(other: VoiceChoice) -> None:
    assert other.key != VoiceChoice(Engine.KOKORO, "zf_xiaobei").key


class Kokoro:
    """Stands for the model."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, float, tuple[str, ...]]] = []

    def say(self, text: str, voice: str, speed: float, names: Sequence[str] = ()) -> Pcm:
        self.said.append((text, voice, speed, tuple(names)))
        if not text:
            raise ModelError("kokoro_text", "这句话无法合成（空白或过长）：")
        return np.full(800, 1000, np.int16)


def test_what_kokoro_has_said_is_kept_by_text_voice_and_tempo(tmp_path: Path) -> None:
    model = Kokoro()

    def library(speed: float) -> PromptLibrary:
        voice = KokoroVoice(VoiceChoice(Engine.KOKORO, "zf_xiaobei", speed), lambda: model)  # type: ignore[arg-type,return-value]
        return PromptLibrary(load_script(EXAMPLE), recordings=(), cache=tmp_path, synthesizer=voice)

    library(1.0).audio("您好。")
    library(1.0).audio("您好。")
    library(0.9).audio("您好。")
    assert model.said == [("您好。", "zf_xiaobei", 1.0, ()), ("您好。", "zf_xiaobei", 0.9, ())]


def test_what_kokoro_cannot_say_is_an_error_of_the_prompt() -> None:
    voice = KokoroVoice(VoiceChoice(Engine.KOKORO), Kokoro)  # type: ignore[arg-type]
    with pytest.raises(PromptError, match="无法合成"):
        voice.synthesize("")


def test_there_are_eight_mandarin_voices() -> None:
    assert len(KOKORO_VOICES) == 8
    assert all(name.startswith(("zf_", "zm_")) for name in KOKORO_VOICES)


def test_a_text_too_long_for_the_model_is_cut_at_the_sentence_nearest_to_its_middle() -> None:
    assert _halves("一二三。四五六，七八。九") == ("一二三。四五六，七八。", "九") or _halves(
        "一二三。四五六，七八。九"
    ) == ("一二三。", "四五六，七八。九")
    assert _halves("一二三四，五六七八") == ("一二三四，", "五六七八")
    assert _halves("一二三四五六") is None


# --- wenhou script check ------------------------------------------------------------------------------


def checked(file: Path, **rules: object) -> tuple[int, str]:
    screen = io.StringIO()
    around = Surroundings(voice=VoiceRules(**rules), can_synthesize=lambda: True)  # type: ignore[arg-type]
    return check_scripts(Console(file=screen, width=300), [file], around), screen.getvalue()


def recorded(file: Path, *rows: tuple[str, str]) -> None:
    folder = file.with_suffix("")
    tone = (3000 * np.sin(np.arange(8000) / 3)).astype(np.int16)
    for number, _ in enumerate(rows):
        write_wav(folder / f"{number}.wav", tone)
    lines = [f"{number}.wav\t{voice}\t{text}\n" for number, (voice, text) in enumerate(rows)]
    (folder / "prompts.tsv").write_text("".join(lines), encoding="utf-8")


def test_check_tells_that_the_scripts_voice_cannot_be_had(tmp_path: Path) -> None:
    file = script_with(tmp_path, "voice: {engine: kokoro}")
    code, told = checked(file, why_unusable=lambda choice: NOT_HERE)
    assert code == 0
    assert "第 7 行: 警告: 声音: 这台机器没有装 Kokoro；现在会改用 pyttsx3 的声音" in told
    assert checked(file)[1] == "检查了 1 个话术，没有发现问题。\n"


def test_check_calls_it_an_error_where_no_other_voice_may_speak(tmp_path: Path) -> None:
    file = script_with(tmp_path, "voice: {engine: kokoro}")
    code, told = checked(file, why_unusable=lambda choice: NOT_HERE, has_fallback=False)
    assert code == 1
    assert "错误: 声音" in told


def test_check_does_not_ask_for_a_voice_that_is_not_needed() -> None:
    screen = io.StringIO()
    rules = VoiceRules(VoiceChoice(Engine.KOKORO), lambda choice: NOT_HERE)
    assert check_scripts(Console(file=screen), ["notice"], Surroundings(voice=rules)) == 0
    assert "声音" not in screen.getvalue()


def test_check_needs_no_engine_of_the_system_where_kokoro_speaks(tmp_path: Path) -> None:
    screen = io.StringIO()
    around = Surroundings(voice=VoiceRules(), can_synthesize=lambda: False)
    check_scripts(Console(file=screen, width=300), [script_with(tmp_path, "voice: {engine: kokoro}")], around)
    assert "没有语音合成" not in screen.getvalue()


def test_check_tells_that_two_people_are_heard_in_one_call(tmp_path: Path) -> None:
    file = script_with(tmp_path, "")
    recorded(file, ("小李", "您家需要我们送水吗？"), ("小王", "需要送水请按一，不需要请按二。"))
    told = checked(file)[1]
    assert "录音里有小李、小王几个人的声音" in told


def test_check_tells_that_recordings_and_synthesis_are_mixed(tmp_path: Path) -> None:
    file = script_with(tmp_path, "")
    recorded(file, ("小李", "您家需要我们送水吗？"))
    assert "7 句没有录音，会用合成的声音说，和录音不是一个人；请补录" in checked(file)[1]
    voice = VoiceChoice(Engine.KOKORO, "zf_xiaoyi")
    recorded(file, ("zf_xiaoyi", "您家需要我们送水吗？"))
    assert "不是一个人" not in checked(file, usual=voice)[1]


def test_check_takes_a_sentence_with_the_name_of_the_community_for_recorded(tmp_path: Path) -> None:
    file = script_with(tmp_path, "")
    opening = "您好，这里是幸福社区的智能语音助手。明天上午九点到下午五点停水，请您提前存水。"
    recorded(file, ("小李", opening))
    assert "7 句没有录音" in checked(file)[1]
