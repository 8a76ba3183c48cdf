"""What nobody says who answers: a television, talk with others in the room."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.language.wording import Wording
from dialogs.loading import load_script
from dialogs.slots import Finding
from dialogs.understanding.context import Reading
from dialogs.understanding.overheard import as_overheard, may_be_overheard

SURVEY = load_script("health_survey")
SLOTS = SURVEY.slots
WORDING = Wording.taught()
LIKELY, DOUBTFUL, UNLIKELY = -3.5, -4.5, -5.5


def told(name: str, value: Any, confidence: float = 1.0, intent: str = "") -> Reading:
    return Reading("…", findings={name: Finding(value, confidence)}, intent=intent)


def meant(**shares: float) -> Any:
    return lambda text: shares


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("in_beijing", "北京首钢队三分球命中率百分之四十"),
        ("in_beijing", "祥子拉着车，一路小跑，汗顺着脊梁淌。"),
        ("travel", "女排三比零横扫对手晋级半决赛"),
        ("symptoms", "显卡发烫，风扇跟拖拉机似的。"),
        ("needs", "前方到站：友谊医院，下车请刷卡。"),
    ],
)
def test_television_words_nothing_as_an_answer(question: str, said: str) -> None:
    assert WORDING.likeliest(question, [said]) < UNLIKELY


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("in_beijing", "在呢，哪儿也没去"),
        ("travel", "上礼拜去了趟天津，前天回来的"),
        ("symptoms", "嗓子有点疼，别的没啥"),
        ("contact", "没有，天天在家待着"),
        ("needs", "帮我买点降压药"),
    ],
)
def test_answer_is_worded_as_answers_are(question: str, said: str) -> None:
    assert WORDING.likeliest(question, [said]) > LIKELY


def test_value_in_unlikely_words_counts_where_they_mean_it() -> None:
    reading = told("in_beijing", True)
    assert as_overheard(SURVEY, SLOTS["in_beijing"], reading, UNLIKELY, meant(yes=0.9)) == reading
    assert not as_overheard(SURVEY, SLOTS["in_beijing"], reading, UNLIKELY, meant(yes=0.4, no=0.1)).findings


def test_complaint_in_unlikely_words_counts_where_they_mean_it() -> None:
    reading = told("symptoms", ["咳嗽"])
    assert as_overheard(SURVEY, SLOTS["symptoms"], reading, UNLIKELY, meant(咳嗽=0.95)) == reading
    assert not as_overheard(SURVEY, SLOTS["symptoms"], reading, UNLIKELY, meant(咳嗽=0.2, none=0.6)).findings
    assert not as_overheard(
        SURVEY, SLOTS["symptoms"], told("symptoms", []), UNLIKELY, meant(none=0.6)
    ).findings


def test_number_in_unlikely_words_counts_and_free_text_is_asked_again() -> None:
    reading = told("temperature", 36.5)
    assert as_overheard(SURVEY, SLOTS["temperature"], reading, UNLIKELY, None) == reading
    doubtful = as_overheard(SURVEY, SLOTS["needs"], told("needs", "盯住人"), UNLIKELY - 0.1, None).findings[
        "needs"
    ]
    assert doubtful.value == "盯住人"
    assert doubtful.confidence < SLOTS["needs"].sure


def test_nothing_is_told_in_passing_nor_is_it_the_wrong_number() -> None:
    reading = told("travel", True, intent="wrong_number")
    assert as_overheard(SURVEY, SLOTS["contact"], reading, UNLIKELY, meant(no=1.0)) == Reading("…")
    assert (
        as_overheard(SURVEY, SLOTS["contact"], told("travel", True, intent="repeat"), UNLIKELY, None).intent
        == "repeat"
    )


def test_without_the_model_what_was_asked_for_counts() -> None:
    reading = told("in_beijing", True)
    assert as_overheard(SURVEY, SLOTS["in_beijing"], reading, UNLIKELY, None) == reading


def test_likely_words_count_whatever_they_mean() -> None:
    reading = told("in_beijing", True)
    assert as_overheard(SURVEY, SLOTS["in_beijing"], reading, LIKELY, lambda text: {"": 1.0}) == reading


def test_doubtful_words_count_unless_they_mean_nothing() -> None:
    reading = told("in_beijing", True)
    assert as_overheard(SURVEY, SLOTS["in_beijing"], reading, DOUBTFUL, meant(no=0.6, yes=0.1)) == reading
    assert not as_overheard(SURVEY, SLOTS["in_beijing"], reading, DOUBTFUL, lambda text: {"": 0.9}).findings
    reading = told("symptoms", ["发热"])
    assert not as_overheard(SURVEY, SLOTS["symptoms"], reading, DOUBTFUL, meant(none=0.3, 发热=0.1)).findings


def test_short_words_known_ones_and_nothing_are_not_doubted() -> None:
    slot = SLOTS["symptoms"]
    found = {"symptoms": Finding(["皮疹"], 1.0)}
    assert may_be_overheard(slot, Reading("显卡发烫风扇跟拖拉机似的", found, strange=0.5))
    assert not may_be_overheard(slot, Reading("有点皮疹", found, strange=0.5))
    assert not may_be_overheard(slot, Reading("这两天身上有点皮疹", found, strange=0.1))
    assert not may_be_overheard(slot, Reading("显卡发烫风扇跟拖拉机似的", strange=0.5))


def test_of_several_wordings_the_likeliest_counts() -> None:
    both = WORDING.likeliest("in_beijing", ["女排三比零横扫对手晋级半决赛", "在北京呢"])
    assert both == WORDING.likeliest("in_beijing", ["在北京呢"]) > LIKELY
    assert WORDING.likeliest("in_beijing", ["，"]) == 0.0
