"""Whose illness is told where it is asked whom somebody met."""

from __future__ import annotations

import pytest

from dialogs.understanding.of_a_case import of_the_resident_alone
from tests.played_answers import SURVEY, read, told

AILMENTS = ("发烧", "咳嗽", "嗓子疼")


@pytest.mark.parametrize(
    "said",
    [
        "我一个工友前几天发高烧，我俩住一个屋",
        "我上周去医院看过一个发高烧的老同事",
        "上礼拜跟我同桌吃饭的小赵，吃着吃着就烧到三十九度",
        "我弟烧到三十八度五我送他去的医院",
        "发烧的人见过，我邻居老赵，二十五号烧起来的",
        "有，烧到三十九度",
        "昨天店里来个客人让我给剪头边剪边说自己烧三十八度多",
    ],
)
def test_fever_is_that_of_whoever_was_met(said: str) -> None:
    assert told(SURVEY, "contact", said) == {"contact": True}


@pytest.mark.parametrize(
    ("said", "symptoms"),
    [
        ("有一个，跟我打牌的老赵发烧了，我现在也有点咳嗽", ["咳嗽"]),
        ("我发高烧了，同事传给我的", ["发热"]),
        ("有啊，嗓子疼两天了", ["咽痛"]),
        ("没有，我嗓子疼", ["咽痛"]),
    ],
)
def test_what_the_resident_feels_is_his(said: str, symptoms: list[str]) -> None:
    assert told(SURVEY, "contact", said)["symptoms"] == symptoms


@pytest.mark.parametrize("said", ["没见过发烧的", "身边没有发烧的", "没碰见过咳嗽的人", "没接触过感冒的"])
def test_whoever_is_ill_was_not_met_and_is_not_the_resident(said: str) -> None:
    assert told(SURVEY, "contact", said) == {"contact": False}


def test_temperature_is_told_of_both() -> None:
    said = "我爱人就发烧呢三十八度二我自己没烧三十六度六"
    assert told(SURVEY, "contact", said) == {"contact": True, "temperature": 36.6}


@pytest.mark.parametrize(
    ("text", "is_met", "own"),
    [
        ("同事发烧,我咳嗽", True, "我咳嗽"),
        ("我跟他吃过饭,就发烧了", True, "我跟他吃过饭"),
        ("有,发烧了", True, "有"),
        ("没有,有点发烧", False, "没有,有点发烧"),
        ("有,现在发烧了", True, "有,现在发烧了"),
        ("没接触过", False, "没接触过"),
    ],
)
def test_clauses_of_the_resident(text: str, is_met: bool, own: str) -> None:
    assert of_the_resident_alone(text, AILMENTS, is_met=is_met) == own


@pytest.mark.parametrize(
    "said",
    ["我天天搂着发烧的孙子睡您说算不算接触", "这三天我那发烧的老爹，端水喂药哪样不是我"],
)
def test_what_is_asked_back_is_no_all_clear(said: str) -> None:
    answer = read(SURVEY, "contact", said)
    assert answer.values.get("contact") is not False or answer.confidence["contact"] < 0.7


def test_none_of_them_was_ill() -> None:
    assert told(SURVEY, "contact", "俺打交道的都是好好的人，没有发烧的")["contact"] is False


@pytest.mark.parametrize("said", ["今天中午到的", "昨天刚回来的"])
def test_day_of_return_is_no_contact(said: str) -> None:
    assert "contact" not in told(SURVEY, "contact", said)
