"""Single answers heard and understood outside of a call: the cuts, the beliefs, the two commands."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

import cli
from asr.audio import read_sound, write_wav
from asr.g711 import PCMA, encode
from asr.recognizer import SAMPLE_RATE, Alternative, Expectation, Hypothesis, Pcm, Utterance
from campaign.errors import RecognizerError, ScriptError
from dialer.practice.answer_report import (
    AnswerIntent,
    AnswerReport,
    Asked,
    answer_lines,
    report_sound,
    report_text,
)
from dialer.practice.hearing import HeardSound, SoundHearer, expectation_of
from dialogs.loading import load_script

ANSWERS = Path(__file__).parent.parent / "simulator" / "residents" / "audio"
SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)
ANYTHING = Expectation(is_open=True)
KEYS = ("file", "question", "raw", "text", "values", "intent", "confidence", "seconds")


def silence(seconds: float) -> Pcm:
    return np.zeros(round(seconds * SAMPLE_RATE), np.int16)


def noise(seconds: float, amplitude: float) -> Pcm:
    rng = np.random.default_rng(1)
    return rng.normal(0, amplitude, round(seconds * SAMPLE_RATE)).clip(-32000, 32000).astype(np.int16)


class Told:
    """A recogniser that was told the words of each turn and keeps the sound that it was given."""

    name = "told"

    def __init__(self, *words: str, confidence: float = 0.9, wordings: tuple[Alternative, ...] = ()) -> None:
        self.words = list(words)
        self.confidence = confidence
        self.wordings = wordings
        self.sounds: list[Pcm] = []

    def listen(self, expectation: Expectation) -> Utterance:
        return _ToldUtterance(self)

    def close(self) -> None:
        pass


class _ToldUtterance:
    def __init__(self, recognizer: Told) -> None:
        self._recognizer = recognizer
        self._chunks: list[Pcm] = []

    def accept(self, pcm: Pcm) -> None:
        self._chunks.append(pcm)

    def partial(self) -> Hypothesis | None:
        return None

    def speculate(self) -> None:
        raise AssertionError("nobody waits: guesses are of no use")

    def resume(self) -> None:
        raise AssertionError("there was no guess")

    def finish(self) -> Future[Hypothesis]:
        told = self._recognizer
        told.sounds.append(np.concatenate(self._chunks))
        future: Future[Hypothesis] = Future()
        if not told.words:
            future.set_exception(RecognizerError("recognizer_failed", "语音识别出错。"))
            return future
        text = told.words.pop(0)
        confidence = told.confidence if text else 0.0
        future.set_result(Hypothesis(text, confidence, True, "told", 1.0, wordings=told.wordings))
        return future

    def cancel(self) -> None:
        pass


def spoken(resident: str, question: str) -> Pcm:
    return read_sound(ANSWERS / resident / f"{question}.wav")


# --- sound to words -------------------------------------------------------------------------------------


def test_the_recogniser_gets_an_answer_with_a_call_s_margins() -> None:
    answer = spoken("02", "symptoms")
    told = Told("没有不舒服")
    heard = SoundHearer(told).hear(np.concatenate((silence(2.0), answer, silence(3.0))), ANYTHING)
    (given,) = told.sounds
    assert heard.text == "没有不舒服"
    assert heard.speech_seconds == pytest.approx(len(answer) / SAMPLE_RATE, abs=0.25)
    assert heard.speech_seconds + 0.45 < len(given) / SAMPLE_RATE < heard.speech_seconds + 1.0


def test_the_same_sound_is_always_cut_alike() -> None:
    sound = np.concatenate((spoken("02", "symptoms"), silence(0.5), spoken("03", "needs")))
    told = Told("一", "二")
    hearer = SoundHearer(told)
    first, second = hearer.hear(sound, ANYTHING), hearer.hear(sound, ANYTHING)
    assert (first.text, second.text) == ("一", "二")
    assert np.array_equal(told.sounds[0], told.sounds[1])


def test_a_pause_inside_an_answer_does_not_end_it() -> None:
    told = Told("都是一句")
    sound = np.concatenate((spoken("02", "symptoms"), silence(0.8), spoken("03", "needs")))
    assert SoundHearer(told).hear(sound, ANYTHING).text == "都是一句"


def test_turns_far_apart_are_joined_by_a_break() -> None:
    told = Told("没有", "就是嗓子疼", confidence=0.7, wordings=(Alternative("没有", 0.9),))
    sound = np.concatenate((spoken("02", "symptoms"), silence(2.5), spoken("03", "needs"), silence(1.0)))
    heard = SoundHearer(told).hear(sound, ANYTHING)
    assert heard.text == "没有，就是嗓子疼"
    assert heard.confidence == 0.7
    assert not heard.wordings  # they belong to one turn, not to the whole answer
    assert len(heard.turns) == 2


def test_an_answer_cut_off_by_the_end_of_the_file_is_still_heard() -> None:
    answer = spoken("02", "household_size")
    assert SoundHearer(Told("两个人")).hear(answer[: len(answer) // 2], ANYTHING).text == "两个人"


def test_a_talk_longer_than_a_turn_may_last_is_heard_to_its_end() -> None:
    word = spoken("02", "household_size")
    told = Told("一", "二", "三")
    heard = SoundHearer(told).hear(np.tile(word, round(20 * SAMPLE_RATE / len(word))), ANYTHING)
    assert heard.text.startswith("一，二")


@pytest.mark.parametrize("sound", [silence(0.0), silence(6.0), noise(6.0, 30.0), noise(6.0, 3000.0)])
def test_without_speech_the_recogniser_is_not_asked(sound: Pcm) -> None:
    told = Told()
    assert SoundHearer(told).hear(sound, ANYTHING) == HeardSound("", 0.0)
    assert not told.sounds


def test_a_failure_of_the_engine_is_told() -> None:
    with pytest.raises(RecognizerError):
        SoundHearer(Told()).hear(spoken("02", "symptoms"), ANYTHING)


def test_a_recogniser_may_expect_what_a_dialog_lets_it_expect() -> None:
    expected = expectation_of(SCRIPT, "symptoms", TODAY)
    assert {"没有", "有点咳嗽", "别再打了", "再说一遍"} <= set(expected.phrases)
    assert not expected.is_open
    assert expectation_of(SCRIPT, "needs", TODAY).is_open


# --- words to belief ------------------------------------------------------------------------------------


def read(question: str, text: str, name: str = "") -> AnswerReport:
    return report_text(Asked(SCRIPT, question, TODAY, name), text)


@pytest.mark.parametrize(
    ("question", "text", "values"),
    [
        ("identity", "我是他女儿", {"identity": "family"}),
        ("in_beijing", "在北京呢", {"in_beijing": "yes"}),
        ("symptoms", "没有，都挺好的", {"symptoms": []}),
        ("symptoms", "有点咳嗽，还发烧", {"symptoms": ["咳嗽", "发热"]}),
        ("temperature", "三十六度五", {"temperature": 36.5}),
        ("travel", "去了湖北武汉", {"travel": "yes", "travel_place": "湖北武汉"}),
        ("return_date", "前天回来的", {"return_date": "2026-11-20"}),
        ("contact", "没接触过", {"contact": "no"}),
        ("household_size", "三口人", {"household_size": 3}),
        ("needs", "不需要，谢谢", {"needs": ""}),
    ],
)
def test_values_are_written_as_json_has_them(question: str, text: str, values: dict[str, Any]) -> None:
    report = read(question, text)
    assert report.values == values
    assert report.intent is AnswerIntent.ANSWER
    assert json.loads(json.dumps(report.as_json()))["values"] == values


@pytest.mark.parametrize(
    ("text", "intent", "own"),
    [
        ("别再打了", "opt_out", "opted_out"),
        ("再说一遍", "repeat", "repeat"),
        ("你打错了", "wrong_number", "wrong_number"),
        ("我在开车，待会再打", "call_later", "call_later"),
        ("转人工", "human", "wants_person"),
        ("你是谁", "none", "who_are_you"),
        ("嗯嗯啊啊呃", "none", ""),
        ("", "none", ""),
    ],
)
def test_intents_have_the_same_names_for_every_script(text: str, intent: str, own: str) -> None:
    report = read("temperature", text)
    assert (report.intent.value, report.script_intent) == (intent, own)
    assert not report.values


def test_whoever_is_somebody_else_has_the_wrong_number() -> None:
    report = read("identity", "不认识这个人")
    assert report.values == {"identity": "wrong_number"}
    assert report.intent is AnswerIntent.WRONG_NUMBER


def test_the_resident_s_name_is_understood() -> None:
    assert read("identity", "我是张三", name="张三").values == {"identity": "self"}


def test_to_have_no_answer_is_an_answer_without_a_value() -> None:
    report = read("temperature", "没量")
    assert (report.values, report.unknown) == ({}, ("temperature",))
    assert report.intent is AnswerIntent.ANSWER


def test_what_a_dialog_would_ask_again_is_told_apart() -> None:
    report = read("symptoms", "还行吧")
    assert (report.values, report.intent) == ({}, AnswerIntent.NONE)
    told = report.as_json()
    assert told["unsure"] == {"symptoms": {"value": [], "confidence": told["confidence"]}}
    assert told["confidences"] == {"symptoms": told["confidence"]}


def test_words_that_the_recogniser_doubts_are_believed_less() -> None:
    asked = Asked(SCRIPT, "symptoms", TODAY)
    sure = report_sound(asked, HeardSound("有点咳嗽", 0.9))
    doubted = report_sound(asked, HeardSound("有点咳嗽", 0.05))
    assert sure.values == {"symptoms": ["咳嗽"]}
    assert doubted.unsure == {"symptoms": ["咳嗽"]}
    assert doubted.confidence < sure.confidence


def test_a_state_may_stand_for_its_question() -> None:
    assert read("ask_symptoms", "没有").question == "symptoms"


def test_an_unknown_question_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ScriptError, match=r"weather.*symptoms"):
        Asked(SCRIPT, "weather", TODAY)


def test_lines_for_people_stand_below_each_other() -> None:
    lines = answer_lines(read("travel", "去了湖北武汉"), SCRIPT)
    assert lines[0] == "“去了湖北武汉”"
    assert any("是　把握" in line for line in lines)
    assert any("湖北武汉　把握" in line for line in lines)
    assert "  意图              回答问题" in lines
    assert any("拿不准，会再问" in line for line in answer_lines(read("symptoms", "还行吧"), SCRIPT))
    assert any("说不上来" in line for line in answer_lines(read("temperature", "没量"), SCRIPT))
    assert "（没有听出字）" in answer_lines(read("temperature", ""), SCRIPT)[2]


# --- the commands ---------------------------------------------------------------------------------------

Wenhou = Callable[..., tuple[int, str, str]]


@pytest.fixture
def wenhou(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Wenhou:
    """Runs a command in an empty folder; exit code, what it printed, what it complained."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_understand_prints_one_object_a_text(wenhou: Wenhou) -> None:
    code, out, err = wenhou("understand", "--question", "temperature", "--json", "三十七度二", "听不清")
    assert (code, err) == (0, "")
    first, second = map(json.loads, out.splitlines())
    assert set(KEYS) <= set(first)
    assert (first["file"], first["values"], first["intent"]) == (None, {"temperature": 37.2}, "answer")
    assert (second["values"], second["intent"], second["confidence"]) == ({}, "repeat", 0.0)


def test_understand_reads_days_from_the_day_that_is_given(wenhou: Wenhou) -> None:
    arguments = (
        "understand",
        "--script",
        "health_survey",
        "--question",
        "return_date",
        "--today",
        "2026-11-22",
    )
    _, out, _ = wenhou(*arguments, "--json", "昨天回来的")
    assert json.loads(out)["values"]["return_date"] == "2026-11-21"


def test_understand_tells_people_in_words(wenhou: Wenhou) -> None:
    code, out, _ = wenhou("understand", "--question", "symptoms", "有点可受")
    assert code == 0
    assert "理解为  有点咳嗽" in out
    assert "咳嗽　把握" in out


def test_a_question_that_no_script_asks_is_refused(wenhou: Wenhou) -> None:
    code, out, err = wenhou("hear", "--engine", "whisper", "--question", "weather", "a.wav")
    assert (code, out) == (2, "")
    assert "weather" in err
    assert "symptoms" in err


def test_a_day_that_is_none_is_refused(wenhou: Wenhou, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        wenhou("understand", "--question", "travel", "--today", "昨天", "没有")
    assert ended.value.code == 2
    assert "2026-11-22" in capsys.readouterr().err


def test_hear_goes_on_after_files_that_it_cannot_read(
    wenhou: Wenhou, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.al").write_bytes(encode(spoken("03", "symptoms"), PCMA))
    write_wav(tmp_path / "quiet.wav", silence(2.0))
    write_wav(tmp_path / "hiss.wav", noise(4.0, 1000.0))
    (tmp_path / "broken.wav").write_bytes(b"RIFF1234WAVE")
    monkeypatch.setattr("sys.stdin", io.StringIO("quiet.wav\n\nhiss.wav\n"))
    code, out, err = wenhou(
        "hear",
        "--engine",
        "whisper",
        "--question",
        "symptoms",
        "--json",
        "nobody.wav",
        "a.al",
        "broken.wav",
        "-",
    )
    assert code == 2
    assert err.count("错误：") == 2
    assert "nobody.wav" in err
    assert "broken.wav" in err
    answer, *empty = map(json.loads, out.splitlines())
    assert set(KEYS) <= set(answer)
    assert answer["file"] == "a.al"
    assert sorted(answer["values"]["symptoms"]) == ["发热", "咳嗽"]
    assert answer["intent"] == "answer"
    assert 0.0 < answer["seconds"] < 60.0
    assert [report["file"] for report in empty] == ["quiet.wav", "hiss.wav"]
    assert all(report["values"] == {} and report["intent"] == "none" for report in empty)


def test_hear_takes_the_resident_s_side_of_a_call_s_recording(wenhou: Wenhou, tmp_path: Path) -> None:
    resident, robot = spoken("04", "temperature"), spoken("03", "household_size")
    both = np.zeros((max(len(resident), len(robot)), 2), np.int16)
    both[: len(resident), 0], both[: len(robot), 1] = resident, robot
    soundfile.write(tmp_path / "call.wav", both, SAMPLE_RATE)
    _, out, _ = wenhou(
        "hear", "--engine", "whisper", "--question", "temperature", "--channel", "left", "--json", "call.wav"
    )
    assert json.loads(out)["values"] == {"temperature": 36.9}


def test_the_settings_choose_the_script_unless_the_command_does(wenhou: Wenhou) -> None:
    Path("sip.conf").write_text("[trunk]\nhost = 127.0.0.1\n[dialog]\nscript = nowhere\n", encoding="utf-8")
    assert wenhou("understand", "--question", "symptoms", "没有")[0] == 2
    assert wenhou("understand", "--script", "health_survey", "--question", "symptoms", "没有")[0] == 0
    assert wenhou("understand", "-c", "other.conf", "--question", "symptoms", "没有")[0] == 2
