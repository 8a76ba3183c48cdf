"""Answers and replies of round 21 of whole calls that were taken wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from dialogs.actions import Heard
from dialogs.language.remarks.misunderstood import taken_anew
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.script import Script
from dialogs.understanding.single_answer import read_answer

SURVEY, OBSERVATION, NOTICE = map(load_script, ("health_survey", "home_observation", "notice"))
TODAY = date(2026, 11, 30)


def told(script: Script, question: str, said: str, name: str = "张三") -> Mapping[str, Any]:
    return read_answer(script, question, said, TODAY, name).values


@pytest.mark.parametrize(
    "said",
    [
        "没啥不得劲的就是血压高吃了十几年药了别的没有",
        "没有没有除了糖尿病别的都好",
        "没有没有 我就有糖尿病 吃着药呢",
        "啥毛病没有就是糖尿病天天扎针",
        "没有，好着呢，就是憋得慌。",
    ],
)
def test_nobody_is_ill_of_what_is_chronic_or_of_boredom(said: str) -> None:
    assert told(SURVEY, "symptoms", said)["symptoms"] == []


def test_what_is_chronic_is_no_complaint_in_passing_either() -> None:
    assert "symptoms" not in told(SURVEY, "in_beijing", "没什么就是血压高老毛病了")


def test_who_names_himself_is_no_relative() -> None:
    assert told(SURVEY, "identity", "是我老太太刘玉芬你是社区小张不", "刘玉芬")["identity"] == "self"
    assert told(SURVEY, "identity", "是我老太太", "刘玉芬")["identity"] == "family"


def test_reading_that_was_looked_up_counts() -> None:
    said = "早上好像是三十六度九来着 等一下啊我看看本子 三十六度七"
    assert told(SURVEY, "temperature", said)["temperature"] == 36.7


def test_total_is_not_added_to_its_parts() -> None:
    said = "五口，上有老下有小，俩老的一个小的，再加我们俩。"
    assert told(SURVEY, "household_size", said)["household_size"] == 5


@pytest.mark.parametrize(
    ("said", "is_out"),
    [
        ("没出过，一直在屋里。噢，昨天下午下楼扔了一回垃圾，就这一回。", True),
        ("出过啊 哦您说的是出家门是吧 那没有 我是说出卧室", False),
        ("家门没出", False),
    ],
)
def test_what_comes_to_mind_or_was_misunderstood_is_put_right(said: str, is_out: bool) -> None:
    assert told(OBSERVATION, "went_out", said)["went_out"] is is_out


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("有啊,噢您是问发烧呀,那没有", "没有"),
        ("没去过,哦您说的是外地是吧,那去过,我以为是出门", "去过"),
        ("哦你们是社区的吧,我没发烧", "哦你们是社区的吧,我没发烧"),
    ],
)
def test_what_was_answered_before_the_question_was_understood_is_left_out(said: str, rest: str) -> None:
    assert taken_anew(said) == rest


def test_help_that_is_declined_at_last_is() -> None:
    said = "要的 哎算了算了 我儿子周五回来他弄 不用了"
    assert told(NOTICE, "needs_help", said)["needs_help"] is False


@pytest.mark.parametrize(
    ("script", "question", "said", "slot", "needs"),
    [
        (SURVEY, "needs", "退烧药一粒都没有菜也没了你们给送点来行不行", "needs", "退烧药、菜"),
        (OBSERVATION, "needs", "东西不用就把垃圾收一下就行", "needs", "把垃圾收一下"),
        (NOTICE, "help", "停水之前能不能来个人帮我接两桶水，还有喝的水", "help", "接两桶水、喝的水"),
        (SURVEY, "contact", "没接触过 哦对了我那降压药快吃完了 出不去咋办呀", "needs", "降压药"),
    ],
)
def test_needs_are_told_apart(script: Script, question: str, said: str, slot: str, needs: str) -> None:
    assert told(script, question, said)[slot] == needs


def confirmed(script: Script, answers: list[str], reply: str) -> Any:
    """What is noted of symptoms after they were said back."""
    dialog = Dialog(script, {"name": "张三"}, TODAY)
    dialog.start()
    for said in (*answers, reply):
        dialog.hear(Heard(said, 1.0))
    return dialog.slots["symptoms"].value


def test_reply_adds_no_complaint_by_what_is_chronic_and_takes_back_what_it_puts_otherwise() -> None:
    answers = ["是我", "在北京", "有点流鼻涕", "三十六度五", "没去过", "没有", "两个人", "不缺"]
    assert confirmed(SURVEY, answers, "对我还有高血压天天吃着药呢") == ["鼻塞流涕"]
    answers = ["是我", "三十六度五", "三十六度六", "嗓子疼，有点咳嗽", "没出过门", "不用"]
    assert confirmed(OBSERVATION, answers, "对但是嗓子是干不是疼") == ["咳嗽"]
