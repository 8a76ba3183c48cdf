"""What the recognition benchmark counts as right, and that the command tells it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from asr.audio import read_sound
from asr.noise import speech_power
from asr.recognizer import SAMPLE_RATE
from benchmarks import recognition
from benchmarks.exact_words import read_exactly
from benchmarks.noise import Noise, with_noise
from benchmarks.results import character_errors, plain
from benchmarks.slot_accuracy import Case, Taking, Verdict, accuracy, is_same, judge, read_cases
from dialogs.loading import load_script
from dialogs.script import SlotType

ANSWERS = Path(__file__).parent.parent / "simulator" / "residents" / "audio"
SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)
HEADER = "file\tquestion\ttext\texpected\tintent\n"


def verdict(
    question: str,
    expected: Mapping[str, Any],
    got: Mapping[str, Any],
    *,
    wanted: str = "",
    intent: str = "answer",
) -> Verdict:
    return judge(SCRIPT, Case(question, "", expected, wanted), Taking("", got, intent))


# --- verdicts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "expected", "got", "kind"),
    [
        ("symptoms", {"symptoms": ["发热", "咳嗽"]}, {"symptoms": ["咳嗽", "发热"]}, Verdict.RIGHT),
        ("symptoms", {"symptoms": ["发热", "咳嗽"]}, {"symptoms": ["咳嗽"]}, Verdict.WRONG),
        ("symptoms", {"symptoms": ["发热"]}, {"symptoms": []}, Verdict.ALL_CLEAR),
        ("symptoms", {"symptoms": []}, {"symptoms": ["发热"]}, Verdict.WRONG),
        ("symptoms", {"symptoms": ["发热"]}, {}, Verdict.AGAIN),
        ("contact", {"contact": "yes"}, {"contact": "no"}, Verdict.ALL_CLEAR),
        ("in_beijing", {"in_beijing": "yes"}, {"in_beijing": "no"}, Verdict.WRONG),
        ("temperature", {"temperature": 37.8}, {"temperature": 36.8}, Verdict.ALL_CLEAR),
        ("temperature", {"temperature": 36.8}, {"temperature": 36.5}, Verdict.WRONG),
        ("temperature", {}, {}, Verdict.RIGHT),
        ("temperature", {}, {"temperature": 36.5}, Verdict.WRONG),
        ("symptoms", {"symptoms": []}, {"symptoms": [], "contact": "no"}, Verdict.WRONG),
        (
            "travel_place",
            {"travel_place": "湖北武汉"},
            {"travel_place": "武汉", "travel": "yes"},
            Verdict.RIGHT,
        ),
        ("travel", {"travel": "yes"}, {"travel": "yes", "travel_place": "老家"}, Verdict.WRONG),
    ],
)
def test_an_answer_is_judged_by_all_that_is_believed(
    question: str, expected: Mapping[str, Any], got: Mapping[str, Any], kind: Verdict
) -> None:
    assert verdict(question, expected, got) is kind


def test_what_somebody_wants_counts_like_a_value() -> None:
    assert verdict("symptoms", {}, {}, wanted="opt_out", intent="opt_out") is Verdict.RIGHT
    assert verdict("symptoms", {}, {}, wanted="opt_out", intent="none") is Verdict.AGAIN
    assert verdict("symptoms", {}, {}, wanted="answer", intent="opt_out") is Verdict.WRONG


@pytest.mark.parametrize(
    ("kind", "meant", "got", "same"),
    [
        (SlotType.PLACE, "湖北武汉", "武汉", True),
        (SlotType.PLACE, "湖北", "湖北武汉", True),
        (SlotType.PLACE, "湖北武汉", "湖北", False),
        (SlotType.PLACE, "河北", "湖北", False),
        (SlotType.PLACE, "吉林长春", "长春", True),
        (SlotType.PLACE, "吉林", "吉林", True),
        (SlotType.PLACE, "上海", "上海", True),
        (SlotType.PLACE, "昌平", "昌平区", True),
        (SlotType.TEXT, "降压药", "想买点降压药", True),
        (SlotType.TEXT, "米、油", "送点米和油", True),
        (SlotType.TEXT, "米、油", "送点米", False),
        (SlotType.TEXT, "", "", True),
        (SlotType.TEXT, "", "降压药", False),
        (SlotType.TEXT, "降压药", "", False),
        (SlotType.TEMPERATURE, 36.5, 36.5, True),
        (SlotType.TEMPERATURE, 37, 37.0, True),
        (SlotType.COUNT, 3, 3, True),
        (SlotType.DATE, "2026-11-20", "2026-11-21", False),
    ],
)
def test_values_are_compared_as_a_worker_would(kind: SlotType, meant: Any, got: Any, same: bool) -> None:
    assert is_same(kind, meant, got) is same


def test_said_illness_that_was_lost_is_counted_on_its_own() -> None:
    ill, well = Case("symptoms", "", {"symptoms": ["发热"]}), Case("contact", "", {"contact": "no"})
    takings = [Taking("", {"symptoms": []}, "answer"), Taking("", {"contact": "no"}, "answer")]
    judged = [
        (case, taken, judge(SCRIPT, case, taken)) for case, taken in zip((ill, well), takings, strict=True)
    ]
    found = accuracy(SCRIPT, judged)
    assert (found.share(Verdict.RIGHT), found.share(Verdict.ALL_CLEAR)) == (0.5, 0.5)
    assert found.lost == (1, 1)
    assert found.asked == (1, 2)
    assert found.confusions == [("symptoms", "symptoms=发热", "symptoms=nothing", 1)]


def test_the_confusion_table_shows_no_free_words() -> None:
    case, taken = Case("needs", "送药", {"needs": "药"}), Taking("要", {"needs": "要紧的东西"}, "answer")
    assert accuracy(SCRIPT, [(case, taken, Verdict.WRONG)]).confusions == [
        ("needs", "needs=some", "needs=some", 1)
    ]


# --- tables of answers ----------------------------------------------------------------------------------


def test_expected_values_may_be_written_in_either_way(tmp_path: Path) -> None:
    rows = (
        'a.wav\ttravel\t去过\t{"travel": true}\tanswer',
        "b.wav\tcontact\t没有\tfalse\t",
        'c.wav\tsymptoms\t咳嗽\t["咳嗽"]\t',
        "d.wav\ttemperature\t没量\t{}\tanswer",
        "e.wav\ttemperature\t没量\t\tanswer",
    )
    (tmp_path / "manifest.tsv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    cases = read_cases(tmp_path / "manifest.tsv")
    assert [dict(case.expected) for case in cases] == [
        {"travel": "yes"}, {"contact": "no"}, {"symptoms": ["咳嗽"]}, {}, {},
    ]  # fmt: skip
    assert cases[0].file == tmp_path / "a.wav"


def test_a_table_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "m.tsv").write_text(HEADER + "a.wav\ttravel\t去过\tja\t\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"m\.tsv:2"):
        read_cases(tmp_path / "m.tsv")
    (tmp_path / "m.tsv").write_text("file\ttext\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"expected, question"):
        read_cases(tmp_path / "m.tsv")


# --- the peer -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slot", "text", "values"),
    [
        ("symptoms", "有点咳嗽", {"symptoms": ["咳嗽"]}),
        ("symptoms", "没有咳嗽", {"symptoms": ["咳嗽"]}),  # exact words know no negation
        ("symptoms", "有点可受", {}),
        ("symptoms", "没有", {"symptoms": []}),
        ("temperature", "三十六度五", {"temperature": 36.5}),
        ("temperature", "36.5度", {"temperature": 36.5}),
        ("temperature", "九十度", {}),
        ("household_size", "三口人", {"household_size": 3}),
        ("return_date", "前天", {"return_date": "2026-11-20"}),
        ("return_date", "十一月二十号", {"return_date": "2026-11-20"}),
        ("return_date", "四十号", {}),
        ("travel_place", "去了湖北武汉", {"travel_place": "湖北武汉"}),
        ("needs", "没有", {"needs": ""}),
        ("identity", "是我", {"identity": "self"}),
        ("in_beijing", "在北京", {"in_beijing": "yes"}),
    ],
)
def test_the_peer_reads_exact_words_only(slot: str, text: str, values: Mapping[str, Any]) -> None:
    assert read_exactly(SCRIPT, SCRIPT.slots[slot], text, TODAY) == (values, "")


def test_the_peer_knows_the_script_s_intents() -> None:
    assert read_exactly(SCRIPT, SCRIPT.slots["symptoms"], "别再打了", TODAY) == ({}, "opted_out")


# --- sound ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(Noise))
def test_noise_lies_where_it_was_asked_for(kind: Noise) -> None:
    speech = read_sound(ANSWERS / "02" / "household_size.wav")
    heard = with_noise(speech, kind, 10.0, seed=3)
    surroundings = (len(heard) - len(speech)) // 2
    noise = heard[surroundings:-surroundings].astype(float) - speech
    distance = 10 * np.log10(speech_power(speech) / np.mean(noise**2))
    assert distance == pytest.approx(10.0, abs=1.5)
    assert np.array_equal(heard, with_noise(speech, kind, 10.0, seed=3))
    assert not np.array_equal(heard, with_noise(speech, kind, 10.0, seed=4))


def test_silence_stays_silent_and_pauses_are_no_speech() -> None:
    silence = np.zeros(SAMPLE_RATE, np.int16)
    assert not with_noise(silence, Noise.WHITE, 10.0, seed=1).any()
    speech = read_sound(ANSWERS / "02" / "household_size.wav")
    assert speech_power(np.concatenate((speech, silence))) == pytest.approx(speech_power(speech), rel=0.02)


@pytest.mark.parametrize(
    ("heard", "said", "count"),
    [("", "", 0), ("没有", "没有", 0), ("没", "没有", 1), ("煤油", "没有", 2), ("嗯没有", "没有", 1)],
)
def test_character_errors_are_the_least_edits(heard: str, said: str, count: int) -> None:
    assert character_errors(heard, said) == count


def test_digits_and_words_of_a_number_are_the_same() -> None:
    assert plain("36.5度，") == plain("三十六点五度")


# --- the command ----------------------------------------------------------------------------------------


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = recognition.main(arguments)
    return code, capsys.readouterr().out


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    """Two answers and a sentence with known words."""
    shutil.copy(ANSWERS / "02" / "symptoms.wav", tmp_path / "well.wav")
    shutil.copy(ANSWERS / "04" / "temperature.wav", tmp_path / "warm.wav")
    well = 'well.wav\tsymptoms\t没有不舒服\t{"symptoms": []}\tanswer\n'
    warm = "warm.wav\ttemperature\t三十六度九\t36.9\t\n"
    (tmp_path / "manifest.tsv").write_text(HEADER + well + warm, encoding="utf-8")
    (tmp_path / "transcripts.tsv").write_text(
        "file\tspeaker\ttext\nwell.wav\tW\t没有不舒服\n", encoding="utf-8"
    )
    return tmp_path


def test_one_command_measures_words_and_answers(sounds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--engine", "whisper", "--json", "--snr", "30", "--noise", "pink")
    code, out = _run(capsys, str(sounds), *arguments)
    assert code == 0
    words, answers = map(json.loads, out.splitlines())
    assert words["systems"]["wenhou"]["character_error_rate"] == 0.0
    assert words["systems"]["wenhou"]["by_speaker"] == {"W": 0.0}
    ours, peer = answers["systems"]["wenhou"], answers["systems"]["raw engine"]
    assert (answers["noise"], answers["snr_db"], answers["engine"]) == ("pink", 30.0, "whisper")
    assert (ours["right"], ours["answers"]) == (1.0, 2)
    assert ours["said_but_recorded_as_none"] == {"count": 0, "of": 0, "share": 0.0}
    assert ours["cpu_per_audio_second"] > 0.0
    assert ours["seconds"]["p50"] <= ours["seconds"]["p95"] <= ours["seconds"]["max"]
    assert peer["answers"] == 2
    assert "wrong_ones" not in ours


def test_text_is_measured_without_an_engine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        'symptoms\t有点可受\t["咳嗽"]\tanswer',
        "contact\t没有接触过\tfalse\tanswer",
        "contact\t天气真好\t{}\tnone",
    )
    table = tmp_path / "said.tsv"
    table.write_text("question\ttext\texpected\tintent\n" + "\n".join(rows), encoding="utf-8")
    code, out = _run(capsys, "--text", str(table), "--json", "--list-wrong")
    found = json.loads(out)
    assert code == 0
    assert found["systems"]["wenhou"]["wrong_ones"] == []
    assert [one["text"] for one in found["systems"]["exact words"]["wrong_ones"]] == ["有点可受"]


def test_a_table_for_people_shows_single_answers_only_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "said.tsv"
    table.write_text('question\ttext\texpected\nneeds\t需要秘密的口罩\t""\n', encoding="utf-8")
    _, quiet = _run(capsys, "--text", str(table), "--no-peer")
    _, telling = _run(capsys, "--text", str(table), "--no-peer", "--list-wrong")
    assert "needs" in quiet
    assert "秘密" not in quiet
    assert "需要秘密的口罩" in telling


def test_a_folder_without_lists_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, str(tmp_path))[0] == 2
    assert _run(capsys)[0] == 2
