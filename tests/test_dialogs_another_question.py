"""Who answers another question than the one that was asked has not answered it: 没接触过 about symptoms."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.language.remarks.another_question import Topic, topic_of
from dialogs.loading import load_script
from dialogs.understanding.single_answer import read_answer

SURVEY = load_script("health_survey")
TODAY = date(2026, 11, 22)
SAID = {
    Topic.SPEAKER: "是我 我就是 对我是本人",
    Topic.HEALTH: "没有不舒服 不发烧 没咳嗽 没感冒 不头疼 嗓子不疼 没什么不舒服 最近没生病",
    Topic.MEASURING: "没量 没量体温 还没量呢 没测",
    Topic.THERMOMETER: "没有体温计 没体温表",
    Topic.JOURNEYS: "没出去 没出门 哪儿也没去 没去过外地 没离开过北京 没出过远门 没外出过",
    Topic.CONTACTS: "没接触过 没跟谁接触 没见过病人 没跟确诊的接触 不是密接 没见外人 楼上有个阳的",
    Topic.HOUSEHOLD: "两口人 一家三口 就我一个 我自己住 我跟老伴 家里六个人",
    Topic.NEEDS: "不需要 不用帮忙 没什么要帮忙的 啥也不缺 没困难 不麻烦你们了",
    Topic.RETURN: "还没回来 没回来",
}
ANSWERS = {
    "symptoms": {Topic.HEALTH},
    "travel": {Topic.JOURNEYS, Topic.RETURN},
    "contact": {Topic.CONTACTS, Topic.JOURNEYS},
    "in_beijing": {Topic.JOURNEYS, Topic.RETURN},
    "identity": {Topic.SPEAKER},
    "household_size": {Topic.HOUSEHOLD},
    "needs": {Topic.NEEDS, Topic.THERMOMETER},
}


@pytest.mark.parametrize("topic", Topic)
def test_what_a_short_answer_is_about(topic: Topic) -> None:
    assert {said: topic_of(said) for said in SAID[topic].split()} == dict.fromkeys(SAID[topic].split(), topic)


@pytest.mark.parametrize("question", ANSWERS)
def test_the_question_that_was_asked_stays_open(question: str) -> None:
    said = " ".join(words for topic, words in SAID.items() if topic not in ANSWERS[question]).split()
    read = {words: read_answer(SURVEY, question, words, TODAY, "张三").values for words in said}
    assert {words: values for words, values in read.items() if question in values} == {}


def test_what_was_answered_instead_is_kept() -> None:
    assert read_answer(SURVEY, "symptoms", "没接触过", TODAY, "张三").values == {"contact": False}
    assert read_answer(SURVEY, "travel", "一家三口", TODAY, "张三").values == {"household_size": 3}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("contact", "没出门"),
        ("travel", "没出去"),
        ("in_beijing", "还没回来"),
        ("needs", "没有体温计"),
        ("symptoms", "没接触过病人，也没咳嗽"),
        ("contact", "没有，身体都挺好"),
    ],
)
def test_what_tells_of_the_question_too_answers_it(question: str, said: str) -> None:
    assert question in read_answer(SURVEY, question, said, TODAY, "张三").values
