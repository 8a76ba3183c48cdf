"""The robot's voice on a call: names made ready, pieces joined, one voice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from campaign.settings import Settings
from dialer.prompts import voice
from dialer.prompts.voice import NamePreparation, PromptVoice, prepare_voice, voice_notice
from dialogs.loading import load_script
from dialogs.machine import Part, Play
from dialogs.script.voice_choice import Engine
from dialogs.speech.prompts import SAMPLE_RATE, Pcm, PromptError, PromptLibrary

SCRIPT = load_script(Path(__file__).parent / "dialogs_data" / "small_script.yaml")
TEXT, PLAIN = "请问是{name}家吗？", "请问是户主家吗？"


class Hummer:
    voice = speaker = "hummer"

    def __init__(self, fails_at: str = "") -> None:
        self.said: list[str] = []
        self._fails_at = fails_at

    def synthesize(self, text: str, names: Sequence[str] = ()) -> Pcm:
        if text == self._fails_at:
            raise PromptError("synthesis_failed", "不行。")
        self.said.append(text)
        time = np.arange(len(text) * SAMPLE_RATE // 5) / SAMPLE_RATE
        return (4000 * np.sin(2 * np.pi * 220 * time)).astype(np.int16)


def library(tmp_path: Path, hummer: Hummer) -> PromptLibrary:
    return PromptLibrary(SCRIPT, recordings=(), cache=tmp_path, synthesizer=hummer)


def asked(name: str) -> Play:
    return Play("ask_who.first", TEXT.replace("{name}", name), PLAIN, barge_in=True)


def names(count: int) -> list[str]:
    return [f"张{chr(0x4E00 + number)}" for number in range(count)]


def test_first_names_are_ready_before_dialling_and_the_others_soon_after(tmp_path: Path) -> None:
    hummer = Hummer()
    prompts = library(tmp_path, hummer)
    wanted = names(voice._FIRST_NAMES + 5)
    preparation = NamePreparation(prompts, SCRIPT, "", [*wanted, *wanted, ""])
    preparation.begin()
    assert hummer.said[: voice._FIRST_NAMES + 2] == ["请问是", "家吗？", *wanted[: voice._FIRST_NAMES]]
    preparation._rest.join(10)
    preparation.stop()
    assert hummer.said == ["请问是", "家吗？", *wanted]
    speaking = PromptVoice(prompts)
    prompts.audio(PLAIN)
    assert len(speaking.sound(asked(wanted[-1]))) != len(speaking.sound(asked("李四")))


def test_a_run_that_ends_does_not_wait_for_all_names(tmp_path: Path) -> None:
    hummer = Hummer()
    preparation = NamePreparation(library(tmp_path, hummer), SCRIPT, "", names(5000))
    preparation.begin()
    preparation.stop()
    assert len(hummer.said) < 4000


def test_a_synthesiser_that_fails_leaves_the_names_out(tmp_path: Path) -> None:
    hummer = Hummer(fails_at="张一")
    prompts = library(tmp_path, hummer)
    preparation = NamePreparation(prompts, SCRIPT, "", ["张一", "张二"])
    preparation.begin()
    preparation.stop()
    assert hummer.said == ["请问是", "家吗？"]
    assert len(PromptVoice(prompts).sound(asked("张一"))) == len(PromptVoice(prompts).sound(asked("张二")))


def test_no_names_are_made_where_they_would_be_heard_in_another_voice(tmp_path: Path) -> None:
    hummer = Hummer()
    script = load_script("health_survey")
    prompts = PromptLibrary(script, recordings=(), cache=tmp_path, synthesizer=hummer)
    preparation = NamePreparation(prompts, script, "幸福", names(3))
    preparation.begin()
    preparation.stop()
    assert hummer.said == []


def test_every_sentence_is_made_ready_with_the_communitys_name(tmp_path: Path) -> None:
    hummer = Hummer()
    prompts = library(tmp_path, hummer)
    prepare_voice(prompts, SCRIPT, "幸福")
    assert all(prompts.has(prompt.plain) for prompt in SCRIPT.prompts())
    assert len(hummer.said) == len(set(hummer.said))


def test_parts_are_joined_with_a_pause_by_their_marks(tmp_path: Path) -> None:
    prompts = library(tmp_path, Hummer())
    speaking = PromptVoice(prompts)
    parts = tuple(Part(text, text) for text in ("您说", "有咳嗽，", "对吗？"))
    whole = speaking.sound(Play("x", "", "", barge_in=True, parts=parts))
    spoken = sum(len(prompts.audio(part.text)) for part in parts) / SAMPLE_RATE
    assert len(whole) / SAMPLE_RATE - spoken == pytest.approx(0.05 + 0.16, abs=0.05)


def test_a_missing_voice_is_told_only_where_something_has_to_be_synthesised(
    tmp_path: Path,
) -> None:
    settings = Settings().replace(dialog={"voice_engine": str(Engine.KOKORO), "voice": "zf_nobody"})
    bundled = load_script("notice")
    recorded = PromptLibrary(bundled, recordings=(), cache=tmp_path, synthesizer=Hummer())
    assert voice_notice(recorded, bundled, settings) == ""
    own = load_script(Path(__file__).parents[1] / "docs" / "examples" / "water_notice.yaml")
    unrecorded = PromptLibrary(own, recordings=(), cache=tmp_path, synthesizer=Hummer())
    assert "改用 pyttsx3" in voice_notice(unrecorded, own, settings)


def test_it_is_told_how_far_the_preparation_is(tmp_path: Path) -> None:
    prompts = library(tmp_path, Hummer())
    told: list[tuple[int, int]] = []
    prepare_voice(prompts, SCRIPT, "", lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(told[0][1]))
    told.clear()
    prepare_voice(prompts, SCRIPT, "", lambda done, total: told.append((done, total)))
    assert told == []  # everything is ready
