"""Whatever is said is read; and where reading it fails all the same, the call goes on."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any, NoReturn
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.loading import bundled_scripts, load_script
from dialogs.machine import Completeness, Dialog, Heard, Listen, Play
from dialogs.understanding import Context, understanding_of
from dialogs.understanding.single_answer import question_of

TODAY = date(2026, 11, 22)
NAME = "张三"
SURVEY = load_script("health_survey")
PIECES = (
    *(
        "发烧",
        "烧",
        "咳嗽",
        "咳",
        "累",
        "头疼",
        "拉肚子",
        "不",
        "没",
        "没有",
        "弗",
        "倒",
        "倒是",
        "是",
        "也",
        "都",
    ),
    *(
        "就",
        "还",
        "有",
        "有点",
        "了",
        "过",
        "的",
        "呢",
        "啊",
        "吗",
        "哦",
        "什么",
        "别的",
        "我",
        "你",
        "他",
        "我们家",
    ),
    *(
        "老伴",
        "孩子",
        "张三",
        "本人",
        "两口",
        "三个",
        "一共",
        "北京",
        "湖北",
        "武汉",
        "在",
        "去",
        "回来",
        "没去",
    ),
    *(
        "昨天",
        "上礼拜三",
        "十五号",
        "月",
        "号",
        "三十七度二",
        "三十六",
        "五",
        "点",
        "度",
        "要",
        "不要",
        "不用",
    ),
    *("口罩", "药", "接触", "不对", "再说一遍", "打错了", "一会儿再打", "人工", "别打了", "对", "嗯", "那个"),
)
SAID = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)


@pytest.mark.parametrize("script", bundled_scripts())
@settings(deadline=None)  # the first of them loads dictionaries
@given(said=SAID, number=st.integers(0, 30))
def test_whatever_is_said_is_read(script: str, said: str, number: int) -> None:
    loaded = load_script(script)
    states = list(loaded.states.values())
    context = Context(states[number % len(states)], TODAY, NAME)
    understanding = understanding_of(loaded)
    understanding.completeness(said, context)
    for finding in understanding.read(said, context).findings.values():
        assert 0.0 <= finding.confidence <= 1.0


@pytest.mark.parametrize("said", ["发烧倒不发烧", "烧倒是不烧", "咳嗽倒是不咳", "累倒不累", "烧是没烧"])
def test_a_symptom_denied_by_its_own_name_is_none(said: str) -> None:
    reading = understanding_of(SURVEY).read(said, Context(question_of(SURVEY, "symptoms"), TODAY, NAME))
    assert reading.findings["symptoms"].value == []


class _Failing:
    """An understanding with a fault in it."""

    def prepare(self, today: date) -> None:
        """Nothing."""

    def _fail(self, *_: Any) -> NoReturn:
        raise IndexError("a fault")

    read = completeness = _fail


def _with_a_fault() -> Dialog:
    with mock.patch("dialogs.machine.dialog.understanding_of", return_value=_Failing()):
        dialog = Dialog(SURVEY, {"name": NAME, "community": "幸福"}, TODAY)
    dialog.start()
    return dialog


def test_an_answer_that_cannot_be_read_is_asked_again(caplog: pytest.LogCaptureFixture) -> None:
    dialog = _with_a_fault()
    asked = dialog.state
    with caplog.at_level(logging.ERROR):
        actions = dialog.hear(Heard("是我", 0.9))
    assert dialog.state == asked
    assert [type(action) for action in actions] == [Play, Listen]
    assert "could not be read" in caplog.text
    assert "a fault" in caplog.text
    assert "是我" not in caplog.text  # what residents say is not written into logs


def test_words_that_cannot_be_read_are_waited_on_as_usual() -> None:
    assert _with_a_fault().completeness("是我") is Completeness.UNKNOWN


def test_a_call_ends_even_if_no_answer_can_be_read() -> None:
    dialog = _with_a_fault()
    for _ in range(100):
        if dialog.is_over:
            break
        dialog.hear(Heard("是我", 0.9))
    assert dialog.is_over
