"""Answers and replies of round 23 of whole calls that were taken wrongly."""

from __future__ import annotations

import pytest

from tests.played_answers import NOTICE, OBSERVATION, SURVEY, after, read, told


@pytest.mark.parametrize(
    "said",
    [
        "没在出差了上礼拜三去的石家庄得这周四才回来",
        "没在，出差了，上礼拜三去的石家庄，得这周四才回来",
        "他不在，出差了",
    ],
)
def test_who_is_on_a_journey_is_away(said: str) -> None:
    assert told(SURVEY, "in_beijing", said)["in_beijing"] is False


def test_who_is_away_has_no_day_of_return_yet() -> None:
    known = after(SURVEY, ["我是他爱人", "没在出差了上礼拜三去的石家庄得这周四才回来"])
    assert known["in_beijing"] is False
    assert "return_date" not in known
    assert told(SURVEY, "return_date", "得这周四才回来") == {"return_date": None}


def test_journey_of_a_month_that_is_over_is_none() -> None:
    said = "外地？没去。咱不是前些日子去了趟承德嘛！那都九月份的事儿了。"
    assert told(SURVEY, "travel", said) == {"travel": False}
    assert told(SURVEY, "travel", "去了趟承德，那是十一月的事了")["travel"] is True


def test_reading_was_taken_early() -> None:
    assert told(OBSERVATION, "morning_temperature", "今儿一早量的三十六度五") == {"morning_temperature": 36.5}


def test_needs_run_together() -> None:
    assert told(OBSERVATION, "needs", "垃圾攒了好几袋了没人来收菜也快吃完了")["needs"] == "垃圾、菜"


def test_hours_are_told_to_who_just_wants_to_know() -> None:
    answer = read(NOTICE, "needs_help", "不用我力气大着呢就想问问晚上五点准能来水吗")
    assert answer.values["needs_help"] is False
    assert answer.intent == "read_again"


def test_throat_that_is_dry_does_not_hurt() -> None:
    answers = ["是我", "三十六度五", "三十六度六", "有点头疼，嗓子发干", "没出过门", "不用"]
    assert after(OBSERVATION, [*answers, "嗓子就是干，倒不疼，别的都对。"])["symptoms"] == ["头痛"]


def test_complaint_of_the_night_is_no_all_clear() -> None:
    said = "晚上爱咳嗽，白天不咳，鼻子前两天堵，现在通了。"
    answer = read(OBSERVATION, "symptoms", said)
    assert answer.confidence["symptoms"] < OBSERVATION.slots["symptoms"].sure
    assert told(SURVEY, "symptoms", "晚上爱咳嗽，白天不咳")["symptoms"] == ["咳嗽"]


def test_what_comes_to_mind_after_a_no_counts() -> None:
    said = "没有，没出去。啊，昨天晚上倒了趟垃圾，就到楼下。"
    assert told(OBSERVATION, "went_out", said)["went_out"] is True


def test_help_that_is_not_needed_after_all_is_none() -> None:
    said = "就是拎水。哎算了算了，我想起来我儿子礼拜五要过来，让他弄，不麻烦你们了。"
    known = after(NOTICE, ["明白了", "腿脚不好，得有人帮我", said])
    assert known["help"] == ""
    assert known["needs_help"] is False


def test_later_journey_counts_beside_one_that_is_over() -> None:
    said = "广州去过，不过是十号就回来了；再就是二十四号去了廊坊，当天来回。"
    assert told(SURVEY, "travel", said)["travel"] is True


def test_chronic_disease_is_told_first() -> None:
    said = "就有个老哮喘，别的毛病没有。"
    assert told(SURVEY, "symptoms", said) == {"chronic": ["慢性肺病"], "symptoms": []}


def test_old_man_is_called_by_his_surname() -> None:
    said = "嗯哪我就是老马"
    assert read(OBSERVATION, "identity", said, "马占山").values["identity"] == "self"


def test_remembered_need_has_no_words_of_remembering() -> None:
    said = "什么也不缺 哦想起来了我那降压药快吃没了 能帮着开一盒吗"
    assert told(SURVEY, "needs", said)["needs"] == "降压药"


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("口罩快没了还想要点感冒药", "口罩、感冒药"),
        ("垃圾堆门口两天了没人收能不能来收一下", "收垃圾"),
        ("冰箱里没菜了，再帮买盒感冒药吧。", "菜、买盒感冒药"),
    ],
)
def test_what_lacks_and_what_is_asked_for_are_both_needs(said: str, needs: str) -> None:
    assert told(SURVEY, "needs", said)["needs"] == needs
