"""The question is put to another in the room: what he says counts, and is waited for."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.language.remarks.asking_him import asks_him, passed_on
from dialogs.loading import load_script
from dialogs.understanding import Context, Reading, normalised, understanding_of
from dialogs.understanding.single_answer import question_of

SURVEY = load_script("health_survey")


def read(question: str, said: str) -> Reading:
    context = Context(question_of(SURVEY, question), date(2026, 11, 30), "张三", is_by_family=True)
    return understanding_of(SURVEY).read(said, context)


@pytest.mark.parametrize(
    ("question", "said", "value"),
    [
        ("symptoms", "老张你有哪儿不舒服没有他说没有好着呢", []),
        ("symptoms", "爸，您咳嗽吗？他说有点咳嗽。", ["咳嗽"]),
        ("temperature", "还没量呢等会儿啊老张你量体温了吗他说早起量的三十六度四", 36.4),
        ("symptoms", "媳妇儿，你嗓子还疼不疼？她说还有点儿疼，别的没有。", ["咽痛"]),
        ("travel", "老头子你这半个月出去过没有？他说没有，就在小区转转", False),
    ],
)
def test_what_he_says_is_the_answer(question: str, said: str, value: object) -> None:
    reading = read(question, said)
    assert (reading.findings[question].value, reading.intent) == (value, "")


def test_what_is_told_of_a_child_besides_is_the_childs() -> None:
    reading = read("symptoms", "爸你难受不有没有咳嗽啥的他说没有得劲着呢就是我家孩子有点淌鼻涕")
    assert (reading.findings["symptoms"].value, reading.intent) == ([], "household")


@pytest.mark.parametrize("said", ["中，我问问他。大爷，您今儿个身上得劲不？", "妈，您量体温了没有？"])
def test_until_he_has_said_something_he_is_waited_for(said: str) -> None:
    reading = read("symptoms", said)
    assert (reading.findings, reading.intent) == ({}, "wait")


@pytest.mark.parametrize(
    "said",
    [
        "闺女，你帮我看看我这是不是发烧了",
        "您问这个干什么",
        "姑娘你说我这要紧不",
        "我妈说没有",
        "他说他没事",
        "妈，社区问您有没有发烧，没有",
    ],
)
def test_other_words_are_no_question_to_him(said: str) -> None:
    assert not asks_him(normalised(said), "张三")
    assert not passed_on(normalised(said), "张三")


@given(st.text(alphabet="老张妈爸你您咳嗽烧不吗没有他说讲的，？,?", max_size=60))
def test_any_words_are_read_soon(said: str) -> None:
    started = time.perf_counter()
    asks_him(said, "张三")
    assert said.endswith(passed_on(said, "张三"))
    assert time.perf_counter() - started < 0.5
