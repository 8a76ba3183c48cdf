"""``wenhou script talk --mic``: a script talked to at a sound card made of paper, in virtual time."""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

import cli
from asr.audio import read_sound
from asr.models import PreparedModel
from campaign.records import SlotValue, Source
from campaign.settings import Settings
from dialer.line import FRAME_SAMPLES, FRAME_SECONDS, Pcm
from dialer.practice.narrator import Narrator, differing, replayed
from dialer.practice.talk_by_voice import Desk, talk_at_microphone
from dialer.soundcard import Exchange, SoundCardLine
from dialogs.authoring.dialogues import Act
from dialogs.authoring.dialogues_load import load_tests
from dialogs.authoring.dialogues_run import run_tests
from dialogs.authoring.talk import Conversation
from dialogs.authoring.talk_screen import TalkScreen
from dialogs.loading import load_script
from tests.telephone import KnowsTheWords, LoudIsSpeech, speech

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
NOW = dt.datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
SURVEY = load_script("health_survey")
ANSWERS = ["是我", "在北京", "没有", "三十六度五", "没去过", "没接触过", "三口人", "不需要"]
MODEL = PreparedModel("told", Path("unused"))


class PaperRoom:
    """A sound card, whoever sits in front of it, the keyboard and the time."""

    def __init__(self, words: list[str], *, keys: dict[int, str] | None = None, last_key: str = "") -> None:
        """``keys``: what is pressed instead of speaking, by the number of the answer from 1."""
        self.seconds = 0.0
        self.recognizer = KnowsTheWords(["喂", *words])
        self.recognizer.clock = self.now
        self.is_muted = False
        self.breaks_off_after: int | None = None
        self._keys, self._last_key = keys or {}, last_key
        self._exchange: Exchange
        self._is_open = False
        self._prompting = False
        self._quiet_frames = 0
        self._answers = 0
        self._speaks_from: float | None = 0.2  # 喂

    def desk(self) -> Desk:
        return Desk(
            line=SoundCardLine(self, clock=self.now),
            pace=self,
            load_recognizer=lambda model, expected, names: self.recognizer,
            voice_activity=LoudIsSpeech,  # type: ignore[arg-type]
        )

    # --- the sound card ---------------------------------------------------------------------------------

    def __call__(self, exchange: Exchange) -> PaperRoom:
        self._exchange = exchange
        return self

    def start(self) -> None:
        self._is_open = True

    def stop(self) -> None:
        self._is_open = False

    def close(self) -> None:
        assert not self._is_open

    # --- the time ---------------------------------------------------------------------------------------

    def now(self) -> float:
        return self.seconds

    def wait(self) -> None:
        self.seconds = round(self.seconds + FRAME_SECONDS, 6)
        if self._is_open:
            self._listen(self._exchange(self._sound()))
        if self._answers == self.breaks_off_after:
            self.breaks_off_after = None
            raise KeyboardInterrupt

    def _listen(self, said: Pcm) -> None:
        """A prompt is over when nothing was said for longer than its own pauses."""
        self._quiet_frames = 0 if said.any() else self._quiet_frames + 1
        if self._quiet_frames == 0:
            self._prompting = True
        elif self._prompting and self._quiet_frames > 15:
            self._prompting = False
            self._heard_a_prompt()

    def _heard_a_prompt(self) -> None:
        self._answers += 1
        speaks = self._answers not in self._keys and not self.is_muted
        self._speaks_from = self.seconds + 0.3 if speaks else None

    def _sound(self) -> Pcm:
        begun = None if self._speaks_from is None else self.seconds - self._speaks_from
        is_loud = begun is not None and 0.0 <= begun < 0.6
        silence = np.zeros(FRAME_SAMPLES, np.int16)
        return silence if self.is_muted or not is_loud else speech(FRAME_SECONDS)

    # --- the keyboard -----------------------------------------------------------------------------------

    def pressed(self) -> str:
        return "" if self._prompting else self._keys.pop(self._answers, "")

    def wait_for_key(self) -> str:
        return self._last_key


class RoomKeys:
    def __init__(self, room: PaperRoom) -> None:
        self.pressed, self.wait = room.pressed, room.wait_for_key


def talked(room: PaperRoom, folder: Path, script: str = "health_survey") -> tuple[int, str]:
    screen = io.StringIO()
    settings = Settings().replace(
        dialog={"script": script, "community": "幸福"}, store={"path": str(folder / "wenhou.db")}
    )
    code = talk_at_microphone(
        Console(file=screen, width=60), settings, lambda: MODEL, RoomKeys(room),
        resident="", now=NOW, desk=room.desk(),
    )  # fmt: skip
    return code, screen.getvalue()


# --- the whole talk -------------------------------------------------------------------------------------


def test_spoken_talk_is_told_like_a_typed_one(tmp_path: Path) -> None:
    code, text = talked(PaperRoom(ANSWERS), tmp_path)
    assert code == 0
    assert "居民：三十六度五\n　　已记下 体温 36.5 ✓（把握 1.00）\n　　到：ask_travel\n机器人：" in text
    assert "通话结束：done（问完了）\n排查分级：绿\n必须问的都问到了，没有待核实的。" in text
    assert "机器人接话：平均 0." in text
    assert text.endswith("按 s 把这段对话存成测试，按 r 连同回答的录音一起存，按其他键退出。\n")
    assert list(tmp_path.iterdir()) == []


def test_one_key_saves_it_as_a_test_that_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, text = talked(PaperRoom(ANSWERS, last_key="s"), tmp_path)
    assert "已存成测试“试说 1，问完了”：health_survey.tests.yaml" in text
    file = load_tests("health_survey.tests.yaml", SURVEY)
    assert [turn.text for turn in file.tests[0].turns] == ANSWERS
    assert next(run_tests(SURVEY, file.tests, NOW.date())).failure is None
    assert not Path("health_survey.tests").exists()


def test_another_key_keeps_the_sound_of_each_answer_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    talked(PaperRoom(ANSWERS, last_key="r"), tmp_path)
    folder = tmp_path / "health_survey.tests" / "试说 1，问完了"
    assert sorted(path.name for path in folder.iterdir()) == [f"{number}.wav" for number in range(1, 9)]
    for path in folder.iterdir():
        loud = np.abs(read_sound(path).astype(int)) > 1000
        assert loud.sum() / 8000 == pytest.approx(0.6, abs=0.05)
        assert not loud[0]
        assert not loud[-1]


def test_number_keys_answer_like_those_of_a_telephone(tmp_path: Path) -> None:
    words = [*ANSWERS[:1], *ANSWERS[2:]]
    _, text = talked(PaperRoom(words, keys={2: "1"}), tmp_path)
    assert "居民：（按 1）\n　　已记下 目前在京 是 ✓（把握 1.00）\n　　到：ask_symptoms\n" in text


def test_hanging_up_and_control_c_end_the_talk_and_it_can_still_be_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _, text = talked(PaperRoom(ANSWERS, keys={3: "q"}, last_key="s"), tmp_path)
    assert "（居民挂断了）\n对话没有说完，停在 ask_symptoms。\n" in text
    assert "已存成测试“试说 1，问到 ask_symptoms”" in text
    room = PaperRoom(ANSWERS, last_key="s")
    room.breaks_off_after = 2
    _, text = talked(room, tmp_path)
    assert "对话没有说完，停在 ask_beijing。\n" in text
    assert len(load_tests("health_survey.tests.yaml", SURVEY).tests) == 2


def test_muted_microphone_is_told_once(tmp_path: Path) -> None:
    room = PaperRoom([])
    room.is_muted = True
    _, text = talked(room, tmp_path)
    assert text.count("麦克风里一点声音都没有") == 1
    assert "居民：（没有出声）\n" in text
    assert "通话结束：gave_up（没有听到声音）" in text


@pytest.mark.parametrize("command", [["script", "talk", "notice", "--mic"], ["rehearse", "notice"]])
def test_both_ways_to_it_say_that_there_is_no_sound_card(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    assert cli.main(command) == 2
    assert capsys.readouterr().err == (
        "错误：没有装 PortAudio，不能用麦克风。请运行 sudo apt install libportaudio2 后再试。\n"
    )


# --- the narrator ---------------------------------------------------------------------------------------


def narrated() -> tuple[Narrator, io.StringIO]:
    screen = io.StringIO()
    return Narrator(TalkScreen(Console(file=screen, width=60), SURVEY), SURVEY, tells_line=True), screen


def say(narrator: Narrator, text: str, at: float, seconds: float = 1.0, confidence: float = 0.9) -> None:
    started = NOW + dt.timedelta(seconds=at)
    narrator.turn(
        state="ask_identity", heard=text, understood=text, confidence=confidence, started_at=started,
        ended_at=started + dt.timedelta(seconds=seconds), source=Source.VOICE,
    )  # fmt: skip


def test_answer_that_went_on_takes_the_place_of_its_beginning() -> None:
    narrator, _ = narrated()
    say(narrator, "没有", 1.0)
    say(narrator, "没有啊就是有点咳嗽", 1.0, seconds=2.5)
    say(narrator, "三十六度五", 8.0)
    assert [turn.text for turn in narrator.turns] == ["没有啊就是有点咳嗽", "三十六度五"]


def test_opening_reaches_nothing_and_answers_reach_questions_and_closings() -> None:
    narrator, screen = narrated()
    narrator.event(NOW, "prompt", {"id": "ask_identity.first", "text": "请问您是户主吗？"})
    assert "到：" not in screen.getvalue()
    say(narrator, "什么", 1.0, confidence=0.3)
    narrator.event(NOW, "prompt", {"id": "ask_identity.no_match", "text": "没听清。"})
    say(narrator, "打错了", 5.0)
    narrator.event(NOW, "prompt", {"id": "closing.wrong_number", "text": "打扰了。"})
    assert "　　听得不清楚（把握 0.30）\n　　到：ask_identity（问法 no_match）\n" in screen.getvalue()
    assert "　　到：wrong_number\n机器人：打扰了。\n" in screen.getvalue()
    assert narrator.closing == "wrong_number"


def test_farewell_of_a_talk_that_was_stopped_is_no_closing_of_the_script() -> None:
    narrator, _ = narrated()
    narrator.event(NOW, "interrupted", {})
    narrator.event(NOW, "prompt", {"id": "closing.call_later", "text": "再见。"})
    assert narrator.closing == ""
    assert narrator.goal == "ask_identity"


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("dialling", {}, "拨号…"),
        ("announcement", {"text": "您拨打的电话已关机"}, "　　提示音：您拨打的电话已关机"),
        ("heard", {"text": "喂"}, "居民：喂（接起电话）"),
        ("machine", {"text": "请留言"}, "　　（不是人接的，是语音信箱或助理，挂断）"),
        ("fault", {"what": "media_lost"}, "　　（对方的声音断了，挂断）"),
        ("fault", {"what": "KeyError"}, "　　（程序出错：KeyError，挂断；详情见日志）"),
        ("ended", {"by": "resident"}, "　　（居民挂断了）"),
        ("transfer", {"number": "62345678"}, "　　（把电话转给 62345678…）"),
        ("transferred", {"result": "unanswered"}, "　　（没有转成：没人接）"),
    ],
)
def test_what_happens_on_the_line_is_told(kind: str, data: dict[str, str], sentence: str) -> None:
    narrator, screen = narrated()
    narrator.event(NOW, kind, data)
    assert screen.getvalue() == sentence + "\n"


# --- as a test ------------------------------------------------------------------------------------------


def test_what_the_words_alone_do_not_give_is_named() -> None:
    narrator, _ = narrated()
    say(narrator, "是我", 1.0)
    say(narrator, "在北京", 4.0)
    begun = Conversation.begin(SURVEY, {}, NOW.date())
    conversation = replayed(begun, narrator.turns)
    assert [exchange.act for exchange in conversation.exchanges] == [Act.SAY, Act.SAY]
    same = dict(conversation.slots)
    assert differing(conversation, same, "ask_symptoms") == ()
    doubted = {**same, "in_beijing": SlotValue("in_beijing", True, is_certain=False)}
    assert differing(conversation, doubted, "ask_beijing") == (
        "目前在京",
        "走到 ask_symptoms 而不是 ask_beijing",
    )
