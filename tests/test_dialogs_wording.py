"""How residents word their answers: probabilities of texts as answers."""

from __future__ import annotations

from math import exp, isfinite
from pathlib import Path

import pytest

from dialogs.language.wording import Wording
from dialogs.loading import load_script
from dialogs.understanding import understanding_of
from dialogs.understanding.single_answer import question_of
from teaching.wording import wording

ANSWERS = [
    ("household_size", "八口子"),
    ("household_size", "三口人"),
    ("household_size", "就我一个人"),
    ("symptoms", "没有，都挺好"),
    ("symptoms", "有点咳嗽"),
    ("symptoms", "没有发烧"),
]
HEALTH_SURVEY = load_script("health_survey")


@pytest.fixture(scope="module")
def counted() -> Wording:
    return wording(ANSWERS)


def test_what_people_say_is_likelier_than_what_sounds_like_it(counted: Wording) -> None:
    said, alike = counted.log_probabilities("household_size", ["八口子", "八口字"])
    assert said > alike + 3.0


def test_an_answer_is_likeliest_at_its_own_question(counted: Wording) -> None:
    (here,) = counted.log_probabilities("symptoms", ["有点咳嗽"])
    (there,) = counted.log_probabilities("household_size", ["有点咳嗽"])
    assert here > there


def test_punctuation_says_nothing(counted: Wording) -> None:
    marked, plain = counted.log_probabilities("symptoms", ["没有，都挺好。", "没有都挺好"])
    assert marked == plain


def test_each_text_counts_by_itself(counted: Wording) -> None:
    texts = ["三口人", "", "龘", "没有发烧", "a3"]
    together = counted.log_probabilities("symptoms", texts)
    assert together == [counted.log_probabilities("symptoms", [text])[0] for text in texts]
    assert all(isfinite(log_probability) for log_probability in together)


@pytest.mark.parametrize("begun", ["", "没", "有点", "八口"])
def test_different_answers_share_one_whole(counted: Wording, begun: str) -> None:
    alphabet = sorted({character for _, text in ANSWERS for character in text if character.isalnum()})
    answers = counted.log_probabilities("symptoms", [begun, *(begun + character for character in alphabet)])
    assert sum(map(exp, answers)) < 1.0


def test_what_is_saved_is_what_is_loaded(counted: Wording, tmp_path: Path) -> None:
    counted.save(tmp_path / "wording.npz")
    loaded = Wording.load(tmp_path / "wording.npz")
    texts = ["八口子", "没有发烧", "别的"]
    assert loaded.log_probabilities("symptoms", texts) == counted.log_probabilities("symptoms", texts)


def test_of_a_question_without_known_answers_nothing_is_told(counted: Wording) -> None:
    assert counted.likelihood("needs") is None
    assert Wording.of("no_such_script") is None


@pytest.mark.parametrize(
    ("question", "said", "alike"),
    [
        ("symptoms", "有点咳嗽", "有点可受"),
        ("travel_place", "湖北武汉", "虎背武汉"),
        ("temperature", "三十七度八", "三十七度吧"),
        ("needs", "不需要", "不许样"),
        ("contact", "没接触过", "没接出过"),
    ],
)
def test_the_survey_knows_what_its_residents_say(question: str, said: str, alike: str) -> None:
    likelihood = understanding_of(HEALTH_SURVEY).likelihood(question_of(HEALTH_SURVEY, question))
    assert likelihood is not None
    heard_right, heard_wrong = likelihood([said, alike])
    assert heard_right > heard_wrong + 2.0


@pytest.mark.parametrize(
    ("heard", "cut"),
    [
        ("在北京呢都挺好的", "在北京呢,都挺好的"),
        ("他早搬走了我是他房东", "他早搬走了,我是他房东"),
        ("没有我昨天刚从天津回来", "没有,我昨天刚从天津回来"),
        ("没有发热没有流鼻涕", "没有发热,没有流鼻涕"),
        ("没流鼻涕", "没流鼻涕"),
        ("三十六度五,都挺好的", "三十六度五,都挺好的"),
        ("", ""),
    ],
)
def test_clauses_end_where_people_pause_and_never_inside_of_a_denial(heard: str, cut: str) -> None:
    wording = Wording.of("health_survey")
    assert wording is not None
    assert wording.with_breaks(heard) == cut
