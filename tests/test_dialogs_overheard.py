"""What nobody says who answers: a television, talk with others in the room."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.language.wording import Wording, plain
from dialogs.loading import load_script
from dialogs.slots import Finding
from dialogs.understanding.context import Reading
from dialogs.understanding.overheard import as_overheard, is_unlikely

SURVEY = load_script("health_survey")
SLOTS = SURVEY.slots
WORDING = Wording.taught()


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
    (likely,) = WORDING.log_probabilities(question, [said])
    assert is_unlikely(SLOTS[question], likely, len(plain(said)))


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
    (likely,) = WORDING.log_probabilities(question, [said])
    assert not is_unlikely(SLOTS[question], likely, len(plain(said)))


def test_value_in_unlikely_words_counts_where_they_mean_it() -> None:
    reading = told("in_beijing", True)
    assert as_overheard(SURVEY, SLOTS["in_beijing"], reading, meant(yes=0.9)) == reading
    assert not as_overheard(SURVEY, SLOTS["in_beijing"], reading, meant(yes=0.4, no=0.1)).findings


def test_complaint_in_unlikely_words_counts_where_they_mean_it() -> None:
    reading = told("symptoms", ["咳嗽"])
    assert as_overheard(SURVEY, SLOTS["symptoms"], reading, meant(咳嗽=0.95)) == reading
    assert not as_overheard(SURVEY, SLOTS["symptoms"], reading, meant(咳嗽=0.2, none=0.6)).findings
    assert not as_overheard(SURVEY, SLOTS["symptoms"], told("symptoms", []), meant(none=0.6)).findings


def test_number_in_unlikely_words_counts_and_free_text_is_asked_again() -> None:
    reading = told("temperature", 36.5)
    assert as_overheard(SURVEY, SLOTS["temperature"], reading, None) == reading
    doubtful = as_overheard(SURVEY, SLOTS["needs"], told("needs", "盯住人"), None).findings["needs"]
    assert doubtful.value == "盯住人"
    assert doubtful.confidence < SLOTS["needs"].sure


def test_nothing_is_told_in_passing_nor_is_it_the_wrong_number() -> None:
    reading = told("travel", True, intent="wrong_number")
    assert as_overheard(SURVEY, SLOTS["contact"], reading, meant(no=1.0)) == Reading("…")
    assert (
        as_overheard(SURVEY, SLOTS["contact"], told("travel", True, intent="repeat"), None).intent == "repeat"
    )


def test_without_the_model_what_was_asked_for_counts() -> None:
    reading = told("in_beijing", True)
    assert as_overheard(SURVEY, SLOTS["in_beijing"], reading, None) == reading
