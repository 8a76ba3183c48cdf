"""``wenhou script record``: what is typed, what is said, and what is kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from campaign.errors import ScriptError
from campaign.settings import Settings
from dialer.line import FRAME_SAMPLES, Pcm
from dialer.prompts.microphone import SoundCardMicrophone
from dialer.prompts.record_command import plan_recording, record
from dialer.soundcard import Exchange, SoundCardError
from dialogs.loading import load_script
from dialogs.recordings.texts import recording_texts
from dialogs.speech.prompts import read_list, read_recordings, read_wav
from dialogs.speech.speech_level import SAMPLE_RATE, TELEPHONE_LEVEL_DBOV, Samples, speech_level, to_float

SOUNDS = Path(__file__).parents[1] / "dialogs" / "scripts" / "health_survey"
SCRIPT = """
script: door
title: 门
start: ask
opening: 您好，这里是社区。
slots:
  ok: {label: 好不好, type: yes_no}
states:
  ask:
    ask: ok
    prompts: {first: "3号楼2单元501的单女士，您好吗？"}
    next: [{go: done}]
closings:
  done: {outcome: completed, prompt: 好的再见。}
  gone: {outcome: gave_up, prompt: 没听到您的声音再见。}
grading: [{grade: green}]
"""


class Speaker:
    """Stands at the microphone: every take is the next of these sounds."""

    rate = SAMPLE_RATE

    def __init__(self, *takes: Samples) -> None:
        self._takes = list(takes)
        self.played: list[Pcm] = []
        self.is_recording = False

    def check(self) -> None:
        pass

    def start(self) -> None:
        self.is_recording = True

    def stop(self) -> Samples:
        self.is_recording = False
        return self._takes.pop(0)

    def play(self, pcm: Pcm) -> None:
        self.played.append(pcm)


def speech(seconds: float, dbov: float = -26.0) -> Samples:
    """Real speech of about that length, in a quiet room."""
    sound = to_float(read_wav(SOUNDS / "symptoms.no_match.wav"))[: round(seconds * SAMPLE_RATE)]
    padded = np.pad(sound, SAMPLE_RATE // 2) * np.float32(10 ** ((dbov + 20) / 20))
    noise = np.random.default_rng(3).normal(0, 10 ** (-72 / 20), len(padded))
    return (padded + noise).astype(np.float32)


SILENCE = np.zeros(SAMPLE_RATE, np.float32)
KEPT = ["", "", ""]
"""Begin, end, keep."""


@pytest.fixture
def script(tmp_path: Path) -> str:
    file = tmp_path / "door.yaml"
    file.write_text(SCRIPT, encoding="utf-8")
    return str(file)


def settings(tmp_path: Path) -> Settings:
    return Settings().replace(store={"path": str(tmp_path / "wenhou.db")})


def told(script: str, speaker: Speaker, lines: list[str], **options: object) -> str:
    screen = io.StringIO()
    code = record(
        Console(file=screen, width=200),
        script,
        settings(Path(script).parent),
        speaker,
        lines,
        **options,  # type: ignore[arg-type]
    )
    assert code == 0
    assert not speaker.is_recording
    return screen.getvalue()


def recorded(script: str) -> dict[str, Path]:
    return read_list(Path(script).with_suffix(""))


def test_sentences_are_recorded_one_by_one_until_all_are_there(script: str) -> None:
    speaker = Speaker(speech(1.8), speech(4.0), speech(1.3), speech(2.4))
    said = told(script, speaker, KEPT * 4, voice="小李")
    assert set(recorded(script)) == {text.text for text in recording_texts(load_script(script))}
    assert {row.voice for row in read_recordings(Path(script).with_suffix(""))} == {"小李"}
    assert "第 1 句，共 4 句：opening（开场白）" in said
    assert "录齐了" in said


def test_what_is_kept_is_trimmed_and_at_telephone_level(script: str) -> None:
    told(script, Speaker(speech(1.8, dbov=-36.0)), KEPT)
    (file,) = recorded(script).values()
    pcm = read_wav(file)
    assert speech_level(to_float(pcm)).active_dbov == pytest.approx(TELEPHONE_LEVEL_DBOV, abs=0.5)
    assert len(pcm) / SAMPLE_RATE < 2.0


def test_the_speaker_is_told_how_to_read(script: str) -> None:
    said = told(script, Speaker(), ["s", "q"])
    assert "念法：三号楼二单元五零幺的单女士，您好吗？；单 念 shàn" in said


def test_a_take_can_be_heard_and_recorded_again(script: str) -> None:
    speaker = Speaker(speech(1.6), speech(1.9))
    told(script, speaker, ["", "", "p", "p", "r", "", ""])
    assert len(speaker.played) == 2
    (file,) = recorded(script).values()
    assert len(read_wav(file)) / SAMPLE_RATE == pytest.approx(1.9, abs=0.15)


def test_a_take_of_no_use_is_not_kept_and_recorded_again(script: str) -> None:
    said = told(script, Speaker(SILENCE, speech(1.8)), ["", "", "", "", ""])
    assert "这一遍不能用：没有录到声音，请检查话筒有没有接好、有没有静音。" in said
    assert len(recorded(script)) == 1


def test_a_faint_take_is_kept_only_with_a_warning(script: str) -> None:
    said = told(script, Speaker(speech(1.8, dbov=-47.0)), KEPT)
    assert "要注意：声音太小" in said
    assert len(recorded(script)) == 1


def test_sentences_can_be_skipped_and_are_asked_for_the_next_time(script: str) -> None:
    said = told(script, Speaker(speech(4.0)), ["s", *KEPT, "q"])
    assert "还差 3 句" in said
    assert "共 3 句：opening" in told(script, Speaker(), ["q"])


@pytest.mark.parametrize("lines", [["q"], [], [""], ["", ""], ["", "", "q"]])
def test_stopping_at_any_moment_keeps_what_was_kept(script: str, lines: list[str]) -> None:
    said = told(script, Speaker(speech(1.8), speech(4.0)), [*KEPT, *lines])
    assert len(recorded(script)) == 1
    assert "这次录了 1 句" in said
    assert "还差 3 句" in said


def test_ctrl_c_while_recording_keeps_what_was_kept(script: str) -> None:
    def typed() -> Iterator[str]:
        yield from KEPT
        yield ""
        raise KeyboardInterrupt

    screen = io.StringIO()
    speaker = Speaker(speech(1.8), speech(4.0))
    record(Console(file=screen), script, settings(Path(script).parent), speaker, typed())
    assert not speaker.is_recording
    assert "还差 3 句" in screen.getvalue()
    assert len(recorded(script)) == 1


def test_a_wrong_letter_is_asked_again(script: str) -> None:
    assert "没有“x”这个选择" in told(script, Speaker(), ["x", "q"])


def test_one_sentence_can_be_recorded_anew_by_its_name(script: str) -> None:
    told(script, Speaker(speech(1.8)), KEPT)
    said = told(script, Speaker(speech(1.6)), KEPT, only=["opening.wav"])
    assert "共 1 句" in said


def test_names_of_sentences_may_be_shortened_to_the_question(script: str) -> None:
    plan = plan_recording(script, settings(Path(script).parent), ["ask", "closing.done"])
    assert [text.name for text in plan.texts] == ["ask.first", "closing.done"]


def test_an_unknown_sentence_is_named_with_the_likely_one(script: str) -> None:
    with pytest.raises(ScriptError, match="没有叫 openning 的句子。是不是 opening？"):
        plan_recording(script, settings(Path(script).parent), ["openning"])


def test_nothing_is_left_to_record_when_all_is_there(script: str) -> None:
    told(script, Speaker(speech(1.8), speech(4.0), speech(1.3), speech(2.4)), KEPT * 4)
    assert "4 句都有录音了" in told(script, Speaker(), [])


def test_the_voice_of_earlier_recordings_is_kept(script: str) -> None:
    told(script, Speaker(speech(1.8)), KEPT, voice="小李")
    assert plan_recording(script, settings(Path(script).parent)).voice == "小李"


# --- the microphone -----------------------------------------------------------------------------------


class Card:
    """A sound card that is driven by the test."""

    def __init__(self) -> None:
        self.exchange: Exchange | None = None
        self.is_open = False
        self.said: list[Pcm] = []
        self.plays_at_once = False

    def open(self, exchange: Exchange) -> Card:
        self.exchange, self.is_open = exchange, True
        return self

    def start(self) -> None:
        if self.plays_at_once:
            self.run(400)

    def stop(self) -> None:
        pass

    def close(self) -> None:
        self.is_open = False

    def run(self, frames: int, value: int = 0) -> None:
        assert self.exchange is not None
        self.said += [self.exchange(np.full(FRAME_SAMPLES, value, np.int16)) for _ in range(frames)]


def test_the_microphone_gives_what_came_in_between_start_and_stop() -> None:
    card = Card()
    microphone = SoundCardMicrophone(card.open)
    microphone.start()
    card.run(50, value=16384)
    heard = microphone.stop()
    assert len(heard) == 50 * FRAME_SAMPLES
    assert heard.dtype == np.float32
    assert set(heard) == {0.5}
    assert not card.is_open
    microphone.start()
    assert not len(microphone.stop())  # the next take begins anew


def test_a_recording_is_played_whole_and_the_card_closed() -> None:
    card = Card()
    card.plays_at_once = True
    pcm = np.arange(1, 1001, dtype=np.int16)
    SoundCardMicrophone(card.open).play(pcm)
    assert np.array_equal(np.concatenate(card.said)[:1000], pcm)
    assert not card.is_open


def test_a_missing_sound_card_is_told_before_the_first_sentence(script: str) -> None:
    def no_card(exchange: Exchange) -> Card:
        raise SoundCardError("no_sound_card", "没有麦克风。")

    screen = io.StringIO()
    with pytest.raises(SoundCardError):
        record(
            Console(file=screen), script, settings(Path(script).parent), SoundCardMicrophone(no_card), [""]
        )
    assert screen.getvalue() == ""
