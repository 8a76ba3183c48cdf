"""Turns of speech in answers to questions that nobody taught: words that an administrator lists his own way,
what was and what is, what is asked back, what comes behind nothing. What is read here needs no model."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dialogs.script import Slot, SlotType
from dialogs.slots import Finding
from dialogs.understanding.meanings_judged import judged, tells_two_things
from dialogs.understanding.single_answer import read_answer
from tests.strangers_scripts import ASK_AGAIN, TODAY, rules, script, taken


@pytest.mark.parametrize(
    ("name", "question", "words", "number"),
    [
        ("after_school", "grade", "今年初一", 7),  # listed so, and no first year
        ("after_school", "grade", "刚上一年级", 1),
        ("after_school", "grade", "四年级二班的", 4),  # no 4.2
        ("after_school", "grade", "双胞胎，一个三年级一个四年级", ASK_AGAIN),
        ("after_school", "grade", "去年三年级，今年你算算", ASK_AGAIN),
        ("after_school", "days", "天天得送", 5),  # listed so, and no seven days
        ("after_school", "days", "就礼拜四一天", 1),
        ("after_school", "days", "我们两班倒说不好", ASK_AGAIN),
        ("lift_wishes", "floor", "第四层", 4),
        ("lift_wishes", "floor", "六零二", 6),
        ("lift_wishes", "floor", "原来住三楼后来换到六楼", 6),
        ("pets", "how_many", "有一对儿呢", 2),
        ("pipe_repair", "took", "两个礼拜零三天", 17),
        ("pipe_repair", "took", "说两天，结果拖了九天", 9),
        ("pipe_repair", "took", "半个月都不止", ASK_AGAIN),
    ],
)
def test_numbers_are_read_as_the_script_lists_them(
    name: str, question: str, words: str, number: int | str
) -> None:
    assert taken(name, question, words) == number


@pytest.mark.parametrize(
    ("name", "question", "words", "value"),
    [
        ("after_school", "fetch", "从前是奶奶，如今保姆去", "其他人"),
        ("after_school", "home", "六点之前都有人", "五点到六点"),  # 以前 is listed
        ("after_school", "courses", "书法他爷爷教着呢，打球吧", ["体育"]),
        ("pipe_repair", "satisfied", "满意什么呀", ASK_AGAIN),
        ("elder_care", "sleep", "以前失眠，现在好多了", ASK_AGAIN),  # and not 不好
        ("pets", "vaccinated", "忘了打没打", None),
        ("pipe_repair", "leak", "没怎么注意", None),
    ],
)
def test_what_was_or_is_asked_back_is_not_what_is(
    name: str, question: str, words: str, value: str | list[str] | None
) -> None:
    assert taken(name, question, words) == value


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("没有没有，谢谢你", ""),
        ("行了，就这些吧", ""),
        ("都挺好的，你们辛苦了", ""),
        ("没意见，就是门口的灯不亮", "门口的灯不亮"),
        ("没什么别的了，水表转得有点快", "水表转得有点快"),
    ],
)
def test_nothing_is_told_or_one_thing_after_all(words: str, told: str) -> None:
    assert taken("pipe_repair", "other", words) == told


def test_proposal_is_the_answer_where_opinions_are_asked_for() -> None:
    words = "能不能给装个垃圾桶"
    assert taken("pets", "bothers", words) == words


@pytest.mark.parametrize(
    ("name", "question", "words", "intent"),
    [
        ("pipe_repair", "satisfied", "急死人了，我要投诉", ""),  # of the repair
        ("pipe_repair", "satisfied", "再打电话我就投诉你们", "opted_out"),
        ("pipe_repair", "took", "早上打的电话", ""),
        ("pets", "vaccinated", "约了下礼拜三去打", ""),
        ("pets", "vaccinated", "下礼拜三再打来", "call_later"),
    ],
)
def test_neither_complaints_of_a_service_nor_calls_that_were_made_end_the_call(
    name: str, question: str, words: str, intent: str
) -> None:
    read = read_answer(script(name), question, words, TODAY, understanding=rules(name))
    assert read.intent == intent


YES_NO = Slot("leak", "", SlotType.YES_NO, values={"yes": ("漏",), "no": ("不漏",)}, question="还漏吗？")


@pytest.mark.parametrize(
    ("words", "is_of_two"),
    [
        ("白天不漏晚上漏", True),
        ("厨房漏了厕所不漏", True),
        ("漏啥呀", True),
        ("漏是不漏", False),
        ("不漏了不漏了", False),
    ],
)
def test_one_thing_and_not_the_other_is_no_answer(words: str, is_of_two: bool) -> None:
    assert tells_two_things(YES_NO, words) == is_of_two


def test_greetings_mean_nothing() -> None:
    shares: Mapping[str, float] = {"": 0.02, "yes": 0.97, "no": 0.01}
    assert judged(YES_NO, None, shares, "喂,您好") is None
    assert judged(YES_NO, None, shares, "地上全是水") == Finding(True, 0.97)
