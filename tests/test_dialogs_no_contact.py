"""Plain denials of contact that look like contacts, and days that are still to come."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.understanding import Context, understanding_of
from dialogs.understanding.single_answer import question_of

SURVEY = load_script("health_survey")
TODAY = date(2026, 11, 30)


def believed(question: str, said: str) -> object:
    found = understanding_of(SURVEY).read(said, Context(question_of(SURVEY, question), TODAY)).findings
    finding = found.get(question)
    if finding is None or finding.confidence < SURVEY.slots[question].sure:
        return "ask"
    return finding.value


@pytest.mark.parametrize(
    "said", ["没有成天在家谁也见不着", "没有谁也见不着", "没得 你说的那些病人我见都没见过"]
)
def test_no_is_no_double_denial(said: str) -> None:
    assert believed("contact", said) in (False, "ask")


@pytest.mark.parametrize(
    "said", ["那应该没有，他就去客户公司开了个会。", "没接触过吧我就去看了个房", "两口人"]
)
def test_a_contact_that_names_nobody_ill_is_asked_about(said: str) -> None:
    assert believed("contact", said) in (False, "ask")


@pytest.mark.parametrize(
    "said", ["没有，不对，有接触", "没有……等会儿，老刘查出来阳性，我跟他下过棋", "咋没有呢，俺工友就是"]
)
def test_contacts_are_contacts(said: str) -> None:
    assert believed("contact", said) is True


@pytest.mark.parametrize(
    "said",
    [
        "还没回呢不是跟你说了吗礼拜四才回",
        "我还在石家庄呢，没回去，十二月九号左右才回。",
        "下个月五号",
        "下礼拜天，闺女开车送我回去",
        "十二月六号才回去",
    ],
)
def test_who_has_not_come_back_has_no_day_of_return(said: str) -> None:
    assert believed("return_date", said) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("礼拜四才回来的", "2026-11-26"),
        ("上礼拜天回的", "2026-11-29"),
        ("本打算月底回，结果前天就撤了", "2026-11-28"),
    ],
)
def test_who_has_come_back_has_one(said: str, day: str) -> None:
    assert believed("return_date", said) == day


def test_an_hour_is_no_temperature() -> None:
    assert believed("temperature", "三十六度二，九点多量的。") == 36.2


def test_who_is_elsewhere_came_back_to_where_he_is() -> None:
    assert believed("in_beijing", "不在哦，我在成都屋头，上周五回来的。") is False


@pytest.mark.parametrize(
    "said",
    [
        "哪能呢，我成天就跟这小祖宗在屋里转悠",
        "哎哟那哪儿能啊我们老两口跟个孙女仨人天天就在这小区里头转悠",
        "接触哪个病人嘛没得就是上周五跟我表妹一起涮火锅",
        "没有，俺不知道谁是病人。",
        "我倒没有，我老公他们单位有一个，他上礼拜跟人一块儿吃过饭。",
    ],
)
def test_nobody_ill_was_met(said: str) -> None:
    assert believed("contact", said) is False
