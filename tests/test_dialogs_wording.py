"""How residents word their answers: probabilities of texts as answers."""

from __future__ import annotations

from math import exp, isfinite
from pathlib import Path

import pytest

from dialogs.language.ngrams import Ngrams
from dialogs.language.wording import Wording, untorn
from teaching.wording import wording

ANSWERS = [
    ("household_size", "八口子"),
    ("household_size", "三口人"),
    ("household_size", "就我一个人"),
    ("symptoms", "没有，都挺好"),
    ("symptoms", "有点咳嗽"),
    ("symptoms", "没有发烧"),
]


def survey() -> Wording:
    wording = Wording.taught()
    assert wording is not None
    return wording


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
    counted.ngrams.save(tmp_path / "wording.npz")
    loaded = Wording(Ngrams.load(tmp_path / "wording.npz"))
    texts = ["八口子", "没有发烧", "别的"]
    assert loaded.log_probabilities("symptoms", texts) == counted.log_probabilities("symptoms", texts)


def test_of_a_question_without_known_answers_nothing_is_told(counted: Wording) -> None:
    assert counted.likelihood("needs") is None


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
    heard_right, heard_wrong = survey().log_probabilities(question, [said, alike])
    assert heard_right > heard_wrong + 4.0


@pytest.mark.parametrize(
    ("question", "written", "said"),
    [
        ("needs", "给送点小毒液还有酒精", "给送点消毒液还有酒精"),
        ("travel", "没坐火车自己开车去的行台", "没坐火车自己开车去的邢台"),
        ("contact", "行程马绿的没接触过", "行程码绿的没接触过"),
        ("identity", "我就是张三您哪味", "我就是张三您哪位"),
        ("temperature", "刚亮的三十六度五", "刚量的三十六度五"),
    ],
)
def test_what_was_said_is_found_behind_other_characters_for_its_sounds(
    question: str, written: str, said: str
) -> None:
    assert [survey().likely(question, [text])[0].text for text in (written, said)] == [said, said]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("symptoms", "没有咳嗽"),
        ("symptoms", "有咳嗽"),
        ("temperature", "三十七度八"),
        ("contact", "没接触过"),
        ("identity", "我叫欧阳震华"),  # names
        ("identity", "我是李晓梅"),
        ("needs", "想换个液晶电视"),
        ("needs", "白花花的银子"),  # nothing that people say
        ("needs", "请送2箱牛奶"),
        ("temperature", "36.5度"),
        ("symptoms", ""),
    ],
)
def test_what_people_may_have_said_is_left_alone(question: str, text: str) -> None:
    ((found, _),) = survey().likely(question, [text])
    assert found == text


def test_a_text_is_found_whatever_stands_beside_it() -> None:
    written = ["给送点小毒液", "", "去的行台", "给送点小毒叶", "36.5度"]
    together = survey().likely("needs", written)
    for text, found in zip(written, together, strict=True):
        (alone,) = survey().likely("needs", [text])
        assert found == alone or found.text == text  # of wordings that sound alike only the best is looked at


def test_another_character_costs_something() -> None:
    (right,) = survey().likely("needs", ["给送点消毒液"])
    (wrong,) = survey().likely("needs", ["给送点小毒液"])
    assert right.text == wrong.text
    assert right.merit > wrong.merit + 2.0


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
    assert survey().with_breaks(heard) == cut


def test_no_break_tears_a_word_apart() -> None:
    assert untorn("除了走不动,路都挺好的,真的", {"走不动路"}) == "除了走不动路都挺好的,真的"
    assert untorn("走不动,路远", {"走不动了"}) == "走不动,路远"
    assert untorn("没有,", {"没有"}) == "没有,"
