"""A resident who asks for slower speech: said again, slower, and so is all that follows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from dialer.prompts.voice import PromptVoice
from dialogs.loading import bundled_scripts, load_script
from dialogs.machine import Action, Dialog, Heard, Listen, Play
from dialogs.speech.prompts import PromptLibrary
from dialogs.speech.tempo import slowed

TODAY = dt.date(2026, 11, 23)
SCRIPT = load_script("health_survey")


def after(*says: str, script: str = "health_survey") -> list[Action]:
    """What the robot does after the resident said all that."""
    dialog = Dialog(load_script(script), {"name": "张三", "community": "幸福"}, TODAY)
    actions = dialog.start()
    for words in says:
        actions = dialog.hear(Heard(words, 0.9))
    return actions


def plays(actions: list[Action]) -> list[Play]:
    return [action for action in actions if isinstance(action, Play)]


@pytest.mark.parametrize(
    "words",
    [
        "慢一点", "说慢点", "你说慢一点", "太快了", "你说得太快了", "听不清你说太快", "没听清，慢点说",
        "再说一遍，慢一点", "能不能慢点", "你慢慢说嘛",
    ],
)  # fmt: skip
@pytest.mark.parametrize("question", [("是我",), ("是我", "在北京"), ("是我", "在北京", "没有")])
def test_what_was_said_is_said_again_slower(words: str, question: tuple[str, ...]) -> None:
    before, again = plays(after(*question)), plays(after(*question, words))
    assert [play.text for play in again] == [play.text for play in before]
    assert not any(play.is_slow for play in before)
    assert all(play.is_slow for play in again)
    assert isinstance(after(*question, words)[-1], Listen)


@pytest.mark.parametrize("words", ["再说一遍", "听不清", "没听清楚", "你说什么", "大声点"])
def test_who_only_did_not_hear_it_is_asked_at_the_same_tempo(words: str) -> None:
    assert [play.is_slow for play in plays(after("是我", words))] == [False]


def test_the_rest_of_the_call_stays_slow() -> None:
    assert all(play.is_slow for play in plays(after("是我", "说慢点", "在北京", "没有")))
    assert all(play.is_slow for play in plays(after("是我", "说慢点", "别再打了")))


def test_opening_is_said_again_with_the_first_question() -> None:
    assert [play.prompt_id for play in plays(after("说太快了"))] == ["opening", "ask_identity.first"]


@pytest.mark.parametrize("name", bundled_scripts())
def test_every_bundled_script_can_be_slower(name: str) -> None:
    assert all(play.is_slow for play in plays(after("你说慢一点", script=name)))


def test_notice_is_read_again_slower() -> None:
    texts = [play.text for play in plays(after("再说一遍", "慢一点", script="notice"))]
    assert "本周六上午九点到下午五点停水" in texts[0]


# --- the sound ----------------------------------------------------------------------------------------


def voice(pitch: float, seconds: float) -> NDArray[np.int16]:
    """A buzz with words in it, as far as tempo, pitch and level are concerned."""
    time = np.arange(round(seconds * 8000)) / 8000
    buzz = sum(np.sin(2 * np.pi * pitch * n * time) / n for n in range(1, 12))
    words = 0.5 - 0.5 * np.cos(2 * np.pi * 3.0 * time)
    return np.rint(5000 * buzz * words).astype(np.int16)


def pitch_of(sound: NDArray[np.int16]) -> float:
    """Median of the frames, Hz."""
    found = []
    for start in range(0, len(sound) - 640, 320):
        frame = sound[start : start + 640].astype(float)
        if np.sqrt(np.mean(frame**2)) < 1000:
            continue
        likeness = np.correlate(frame, frame, "full")[639:]
        found.append(8000 / (int(likeness[20:160].argmax()) + 20))
    return float(np.median(found))


def level_of(sound: NDArray[np.int16]) -> float:
    return float(10 * np.log10(np.mean(sound.astype(float) ** 2)))


@pytest.mark.parametrize("pitch", [110.0, 220.0, 310.0])
def test_slower_speech_keeps_its_pitch_and_its_level(pitch: float) -> None:
    sound = voice(pitch, 2.0)
    slow = slowed(sound)
    assert len(slow) == pytest.approx(1.25 * len(sound), abs=2)
    assert pitch_of(slow) == pytest.approx(pitch_of(sound), rel=0.03)
    assert level_of(slow) == pytest.approx(level_of(sound), abs=0.5)


@pytest.mark.parametrize("samples", [0, 1, 50, 479, 480, 481, 1000])
def test_any_length_can_be_slowed(samples: int) -> None:
    assert len(slowed(np.zeros(samples, np.int16))) == pytest.approx(1.25 * samples, abs=2)


def test_loudest_sound_does_not_wrap_around() -> None:
    loud = np.where(np.arange(8000) % 40 < 20, 32767, -32768).astype(np.int16)
    assert np.corrcoef(np.sign(loud[800:1600]), np.sign(slowed(loud)[800:1600]))[0, 1] > -1.0


def test_recordings_of_a_call_are_slowed(tmp_path: Path) -> None:
    library = PromptLibrary(SCRIPT, recordings=[], cache=tmp_path, synthesizer=None)
    said = PromptVoice(library)
    (usual,), (slow,) = plays(after("是我")), plays(after("是我", "说慢点"))
    usual_sound, slow_sound = said.sound(usual), said.sound(slow)
    assert len(slow_sound) == pytest.approx(1.25 * len(usual_sound), rel=0.01)
    assert level_of(slow_sound) == pytest.approx(level_of(usual_sound), abs=0.5)
