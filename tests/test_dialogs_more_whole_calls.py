"""Answers and replies of round 20 of whole calls, and of two more writers, that were taken wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from dialogs.actions import Heard
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.script import Script
from dialogs.understanding.single_answer import read_answer

SURVEY, OBSERVATION, NOTICE = map(load_script, ("health_survey", "home_observation", "notice"))
TODAY = date(2026, 11, 30)


def told(script: Script, question: str, said: str) -> Mapping[str, Any]:
    return read_answer(script, question, said, TODAY, "张三").values


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("退烧药家里一片都没有能送点吗", "退烧药"),
        ("口罩能不能给几个我们买不着", "口罩"),
        ("菜没了，还有门口垃圾攒了好几袋，麻烦来人收一下。", "菜、门口垃圾攒了好几袋、来人收一下"),
        ("退烧药没有了菜也没了我还有冠心病别让我去排队行不行", "退烧药、菜"),
    ],
)
def test_needs_are_told_without_why_and_with_what_they_are_about(said: str, needs: str) -> None:
    assert told(SURVEY, "needs", said)["needs"] == needs


def test_help_for_her_is_asked_for_before_nothing_else_is() -> None:
    said = "就是礼拜五晚上帮她接几桶水，别的没有了。"
    assert told(NOTICE, "help", said)["help"] == "帮她接几桶水"


@pytest.mark.parametrize(
    ("said", "symptoms", "chronic"),
    [
        ("没有，就是老毛病，心脏不好，还有糖尿病，吃着药呢。", [], ["心脏病", "糖尿病"]),
        ("啥 发热没有 没发热 也不咳 就是耳朵不好使 血压高老毛病了", [], ["高血压"]),
        ("没有 没哪儿不得劲 我血压高 药快没了", [], ["高血压"]),
        ("血糖高，别的没有", ["其他不适"], ["糖尿病"]),
        ("从昨天起嗓子疼，还干咳，别的还好。", ["咽痛", "咳嗽"], None),
    ],
)
def test_what_is_chronic_is_told_from_what_is_new(said: str, symptoms: list[str], chronic: object) -> None:
    values = told(SURVEY, "symptoms", said)
    assert sorted(values["symptoms"]) == sorted(symptoms)
    assert values.get("chronic") == chronic


def test_reading_that_is_taken_meanwhile_counts() -> None:
    said = "今天还没量呢，你等我量一下啊……三十六度五。"
    assert told(SURVEY, "temperature", said)["temperature"] == 36.5


@pytest.mark.parametrize(
    ("said", "size"),
    [("五口我爸我妈我们一家三口", 5), ("儿子一家三口上个月搬过来了，加上我们老两口", 5)],
)
def test_parts_of_a_household_make_up_its_total(said: str, size: int) -> None:
    assert told(SURVEY, "household_size", said)["household_size"] == size


def test_journey_behind_a_no_is_the_husband_s() -> None:
    values = told(SURVEY, "travel", "我没有是我老公大前天刚从广州回来")
    assert values["travel"] is False
    assert "广州" in values["household"]


@pytest.mark.parametrize("said", ["接触了，跟我合租的室友这几天一直在发烧。", "接触过一个发烧的"])
def test_fever_of_whoever_was_met_is_not_the_resident_s(said: str) -> None:
    assert told(SURVEY, "contact", said) == {"contact": True}


def test_who_is_not_yet_back_is_not_in_beijing() -> None:
    assert told(SURVEY, "in_beijing", "现在还不在北京，想回去票都没买着。")["in_beijing"] is False


@pytest.mark.parametrize(
    ("question", "said", "asked"),
    [
        ("contact", "没接触过哎那个口罩在哪儿领啊", "口罩在哪儿领"),
        ("needs", "我现在要不要去医院啊？该挂哪个科？", "我现在要不要去医院；该挂哪个科"),
    ],
)
def test_questions_to_the_community_are_noted(question: str, said: str, asked: str) -> None:
    assert told(SURVEY, question, said)["questions"] == asked


@pytest.mark.parametrize(
    "reply", ["嗯，对，是做核酸出去的，别的没出去。", "对的，不过出门就是扔垃圾，戴着口罩呢，没碰见人。"]
)
def test_reply_that_explains_confirms(reply: str) -> None:
    dialog = Dialog(OBSERVATION, {"name": "张三"}, TODAY)
    dialog.start()
    for said in ("是我", "三十六度五", "三十六度六", "有点咳嗽", "就昨天下楼扔了一趟垃圾", "不用", reply):
        dialog.hear(Heard(said, 1.0))
    assert dialog.slots["went_out"].value is True
    assert dialog.slots["went_out"].is_confirmed
