"""What is told of others of the household is not the resident's, and noted for people: 就是孩子有点咳嗽."""

from __future__ import annotations

from datetime import date

import pytest

from dialer.call.reasons import follow_up_reason
from dialogs.language.remarks.household import of_others
from dialogs.loading import load_script
from dialogs.machine import Dialog, Heard, Play
from dialogs.script import Script
from dialogs.understanding.single_answer import read_answer

SURVEY, OBSERVATION = map(load_script, ("health_survey", "home_observation"))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "told", "as_own", "rest"),
    [
        ("我自己没有倒是我老公,这两天老咳嗽", "我老公这两天老咳嗽", "我这两天老咳嗽", "我自己没有"),
        (
            "我自己没事,是我儿子,昨天夜里开始发烧,三十八度六",
            "我儿子昨天夜里开始发烧,三十八度六",
            "我昨天夜里开始发烧,三十八度六",
            "我自己没事",
        ),
        ("孩子有点咳嗽,我们两口子没什么", "孩子有点咳嗽", "我有点咳嗽", "我们两口子没什么"),
        ("我三十六度五,孩子高点,三十七度四", "孩子高点,三十七度四", "我高点,三十七度四", "我三十六度五"),
    ],
)
def test_an_answer_is_parted_by_whom_it_is_about(text: str, told: str, as_own: str, rest: str) -> None:
    found = of_others(text)
    assert (found.told, found.as_own, found.rest, found.is_own) == ((told,), (as_own,), rest, True)


@pytest.mark.parametrize(
    "text", ["老伴和我都咳嗽", "我妈说我有点瘦", "五口,还有我爸妈", "孩子他们都好,我咳嗽"]
)
def test_what_is_of_both_or_only_said_by_others_is_not_parted(text: str) -> None:
    assert not any("咳嗽" in told or "瘦" in told for told in of_others(text).told)


@pytest.mark.parametrize(
    ("script", "question", "text", "values"),
    [
        (SURVEY, "symptoms", "我没有，就是孙子有点咳嗽", {"symptoms": [], "household": "孙子有点咳嗽"}),
        (
            SURVEY,
            "temperature",
            "我妈三十八度，烧着呢，我自己三十六度四",
            {"temperature": 36.4, "household": "我妈三十八度，烧着呢"},
        ),
        (
            SURVEY,
            "travel",
            "我没出去过我老公大前天从哈尔滨回来的",
            {"travel": False, "household": "我老公大前天从哈尔滨回来的"},
        ),
        (
            SURVEY,
            "household_size",
            "三口，我老婆有点咳嗽",
            {"household_size": 3, "household": "我老婆有点咳嗽"},
        ),
        # the resident's own besides
        (SURVEY, "symptoms", "老伴咳嗽，我是嗓子疼", {"symptoms": ["咽痛"], "household": "老伴咳嗽"}),
        # his is not told: asked again
        (
            OBSERVATION,
            "evening_temperature",
            "孩子昨晚三十七度六，我们俩大人都是三十六度多",
            {"household": "孩子昨晚三十七度六"},
        ),
    ],
)
def test_what_matters_of_others_is_noted_beside_the_answer(
    script: Script, question: str, text: str, values: dict[str, object]
) -> None:
    assert read_answer(script, question, text, TODAY, "张三").values == values


@pytest.mark.parametrize(
    ("question", "text", "values"),
    [
        ("symptoms", "孩子都挺好，我也没事", {"symptoms": []}),
        ("symptoms", "孩子上礼拜烧过，好了，我没事", {"symptoms": []}),  # over
        ("symptoms", "老太太有点喘", {"symptoms": ["呼吸困难"]}),  # most likely the resident
        ("travel", "我没去，老伴去承德了", {"travel": False}),  # is not back, so brings nothing home
        ("contact", "我儿子单位有个确诊的", {"contact": True}),  # asked of those around, too
    ],
)
def test_what_does_not_matter_is_not(question: str, text: str, values: dict[str, object]) -> None:
    assert read_answer(SURVEY, question, text, TODAY, "张三").values == values


def _said(dialog: Dialog, text: str) -> list[str]:
    return [action.text for action in dialog.hear(Heard(text, 1.0)) if isinstance(action, Play)]


NOTED = "您家里人的情况，我也记下了。"


def _talk(*said: str) -> Dialog:
    dialog = Dialog(SURVEY, {"name": "张三"}, TODAY)
    dialog.start()
    for text in said:
        dialog.hear(Heard(text, 1.0))
    return dialog


def test_it_is_acknowledged_once() -> None:
    dialog = _talk("是我", "在")
    assert _said(dialog, "我没事，就是孩子发烧了") == [NOTED, "今天量的体温是多少？"]
    assert _said(dialog, "我三十六度五，孩子三十八度二") == ["近十四天去过外地吗？去了哪里？"]
    assert dialog.slots["household"].value == "孩子发烧了；孩子三十八度二"


def test_one_of_the_family_tells_of_the_resident_and_of_a_child() -> None:
    dialog = _talk("我是他老伴", "在")
    dialog.hear(Heard("他没事，就是孙子有点发烧", 1.0))
    assert dialog.slots["symptoms"].value == []
    assert dialog.slots["household"].value == "孙子有点发烧"


def test_one_of_the_family_may_tell_of_the_resident_by_what_he_is_to_him() -> None:
    dialog = _talk("我是他老伴", "在", "老头子有点咳嗽")
    assert dialog.slots["symptoms"].value == ["咳嗽"]
    assert "household" not in dialog.slots


def test_staff_are_told_and_the_household_is_yellow() -> None:
    dialog = _talk("是我", "在", "我没有，就是孙子有点咳嗽", "三十六度五", "没去过", "没有", "三口", "不用")
    assert dialog.is_over
    reason = follow_up_reason(dialog, None, was_cut_short=False, was_interrupted=False, has_lost_media=False)
    assert reason == "家里人的情况：孙子有点咳嗽"
    assert dialog.grade() == "yellow"


def test_a_question_beside_it_is_kept() -> None:
    said = "我没有，就是孩子发烧了，孩子要不要去医院啊"
    read = read_answer(SURVEY, "symptoms", said, TODAY, "张三")
    assert read.values == {"symptoms": [], "household": "孩子发烧了", "questions": "孩子要不要去医院"}
    assert read.intent == "question"


def test_it_is_no_need_of_its_own() -> None:
    told = read_answer(SURVEY, "needs", "孩子发烧了，缺退烧药", TODAY, "张三").values
    assert told == {"needs": "退烧药", "household": "孩子发烧了"}
    told = read_answer(SURVEY, "needs", "孩子这发烧，我想问问该上哪个医院看", TODAY, "张三").values
    assert told["needs"] == ""
