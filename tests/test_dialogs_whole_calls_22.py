"""Answers and replies of round 22 of whole calls that were taken wrongly."""

from __future__ import annotations

import pytest

from dialogs.script import Script
from tests.played_answers import NOTICE, OBSERVATION, SURVEY, after, read, told


@pytest.mark.parametrize(
    ("script", "question", "said", "asked"),
    [
        (SURVEY, "contact", "没有接触过那我明天能去上班吗", "我明天能去上班吗"),
        (
            SURVEY,
            "needs",
            "我就想问问你，我这样儿得上哪儿去看大夫呀？能不能派个车来接我，我们俩都不会打车。",
            "我这样得上哪儿去看大夫",
        ),
    ],
)
def test_question_behind_an_answer_is_noted(script: Script, question: str, said: str, asked: str) -> None:
    assert told(script, question, said)["questions"] == asked


@pytest.mark.parametrize(
    "said", ["不用家里有大缸我婆婆就想问到底几点停到几点", "周六停水啊哎妈您别抢她问几点来着你再说一遍"]
)
def test_hours_are_told_again_to_who_asks_without_a_pause(said: str) -> None:
    question = "needs_help" if said.startswith("不用") else "understood"
    assert read(NOTICE, question, said).intent == "read_again"


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("能不能给支体温计", "体温计"),
        ("别的不用，门口的垃圾能不能来人收一下？", "门口的垃圾、来人收一下"),
        ("要的她降压药剩两天的了再捎点青菜吧", "降压药、捎点青菜"),
        ("我那降压药快吃完了，能不能麻烦哪个小同志上医院替我开两盒回来？", "降压药"),
        ("菜没了，感冒药也要点儿", "菜、感冒药"),
        ("要包子", "包子"),
    ],
)
def test_need_has_no_bare_measure_and_nobody_who_is_asked(said: str, needs: str) -> None:
    assert told(SURVEY, "needs", said)["needs"] == needs


def test_request_is_noted_beside_another_question() -> None:
    said = "没出去。对了，我们家垃圾攒了三天了，能不能来人收一收啊？"
    assert told(OBSERVATION, "went_out", said) == {
        "went_out": False,
        "needs": "我们家垃圾攒了三天、来人收一收",
    }


def test_help_is_told_with_the_yes() -> None:
    said = "要啊我腿脚不行提不动水得有人帮我接两桶拎上楼"
    assert told(NOTICE, "needs_help", said) == {"needs_help": True, "help": "接两桶拎上楼"}
    said = "不用不用。哎，您等会儿，我妈那边一个人住，她八十了，得麻烦你们给她送两桶水。"
    assert told(NOTICE, "needs_help", said) == {"needs_help": True, "help": "给她送两桶水"}
    said = "听明白了，周六白天没水，我也没什么要帮忙的。"
    assert told(NOTICE, "understood", said) == {"understood": True, "needs_help": False}


@pytest.mark.parametrize(
    "said",
    [
        "今天早上三十七度一，哦不对，那是昨天晚上的，今早是三十六度七。",
        "三十七度一，不对，那是昨晚的，今早三十六度七",
    ],
)
def test_reading_of_another_time_is_kept_for_that_time(said: str) -> None:
    readings = told(OBSERVATION, "morning_temperature", said)
    assert readings == {"morning_temperature": 36.7, "evening_temperature": 37.1}


def test_who_is_spoken_to_is_no_other_of_the_household() -> None:
    said = "三十六度二吧。不对，妈，三十六度二那是昨天的，今早是三十七度六。哦，那就三十七度六。"
    assert told(SURVEY, "temperature", said) == {"temperature": 37.6}


def test_telephone_is_handed_over_without_a_pause() -> None:
    said = "好像没有吧哎她出来了妈你电话你自己跟人家讲"
    assert read(SURVEY, "symptoms", said).intent == "hand_over"


def test_nothing_heard_of_is_nothing() -> None:
    assert told(SURVEY, "symptoms", "没听他讲哪里不舒服")["symptoms"] == []


def test_journey_that_follows_another_is_no_return() -> None:
    said = "二十号到二十二号在石家庄后来二十五号又去了趟郑州前天晚上回来的"
    assert told(SURVEY, "return_date", said)["return_date"] == "2026-11-28"


WELL = ["是我", "在北京", "没有", "三十六度五"]


def test_who_is_still_away_is_not_at_home() -> None:
    known = after(
        SURVEY,
        [*WELL, "我人还在廊坊工地上呢，刚才说在北京是说家在北京", "还没回去呢，我不是说了嘛，我人还在廊坊。"],
    )
    assert known["in_beijing"] is False
    assert known["travel_place"] == "河北廊坊"
    assert known["return_date"] is None


def test_complaint_that_was_said_back_is_called_an_old_one() -> None:
    answers = ["是我", "在北京", "有点咳嗽", "三十六度五", "没去过", "没有", "三口人", "不用"]
    known = after(SURVEY, [*answers, "对，咳嗽是老毛病了，不是新添的。"])
    assert known["symptoms"] == ["咳嗽"]


def test_relative_tells_of_chronic_diseases() -> None:
    known = after(
        SURVEY, ["我是她女儿", "在北京", "没有她挺好的就是有高血压一直吃着药", "三十六度五，她有糖尿病"]
    )
    assert known["symptoms"] == []
    assert set(known["chronic"]) == {"高血压", "糖尿病"}
