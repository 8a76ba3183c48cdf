"""您是哪个单位的，打这个电话干什么: whoever asks is told, and what he answers beside it counts."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions import Heard, Play
from dialogs.language.remarks.asking_who import without_asking_who
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.understanding import Context, Reading, understanding_of
from dialogs.understanding.single_answer import question_of

SURVEY = load_script("health_survey")
TODAY = date(2026, 11, 30)


def read(question: str, text: str, script: str = "health_survey") -> Reading:
    loaded = load_script(script)
    return understanding_of(loaded).read(text, Context(question_of(loaded, question), TODAY, "张三"))


@pytest.mark.parametrize(
    "said",
    [
        "你是哪儿的打这个干啥",
        "你先说你是哪儿的？打这个干嘛？",
        "我问你呢，你哪个单位的？",
        "这打电话到底干什么？",
        "你们是街道的还是骗子啊？",
        "你哪儿的啊你咋知道我名儿呢",
        "你哪个居委会的 你怎么知道我电话的",
        "你们打这个电话干嘛呀",
        "喂？谁呀？",
        "您是街道的大夫吧？",
        "您这是居委会还是医院啊？打这个电话干嘛？",
        "是不是骗子啊",
        "问您是谁您还没言语呢",
        "我说您哪位来着",
        "你哪儿的啊，是不是又卖保险的",
        "你先说你是谁，打听我干嘛",
        "你是哪儿的啊打我家电话干嘛",
    ],
)
@pytest.mark.parametrize("question", ["identity", "symptoms", "household_size"])
def test_who_only_asks_has_not_answered(question: str, said: str) -> None:
    reading = read(question, said)
    assert reading.intent == "who_are_you"
    assert not reading.findings


@pytest.mark.parametrize(
    ("question", "said", "value"),
    [
        ("identity", "哎 我是张三 您哪位啊", "self"),
        ("identity", "我是他爱人您有什么事吗", "family"),
        ("identity", "喂，您好，我是孩子妈妈，刚才做饭呢，您是哪儿？", "family"),
        ("in_beijing", "在北京你问这干啥", True),
        ("household_size", "您问这干嘛呀，四口", 4),
        ("symptoms", "没有，你问这个干嘛", []),
    ],
)
def test_what_is_answered_beside_it_counts(question: str, said: str, value: object) -> None:
    reading = read(question, said)
    assert reading.intent == "who_are_you"
    assert reading.findings[question].value == value


@pytest.mark.parametrize(
    "said",
    [
        "我能去哪儿啊", "谁接触过啊", "有什么事跟我说", "真没有骗你干啥", "哪儿啊", "我就是", "没有啊怎么了",
        "恁是哪儿人啊", "谁知道你是哪儿的",
    ],
)  # fmt: skip
def test_other_questions_are_not_about_the_caller(said: str) -> None:
    assert without_asking_who(said) is None


def test_a_refusal_beside_it_is_followed() -> None:
    assert read("symptoms", "你是谁啊，别再打了").intent == "opted_out"


def test_the_call_goes_on_after_the_answer() -> None:
    dialog = Dialog(SURVEY, {"community": "幸福", "name": "张三"}, TODAY)
    dialog.start()
    said = [a.prompt_id for a in dialog.hear(Heard("我是张三，您是哪儿的呀", 1.0)) if isinstance(a, Play)]
    assert said == ["intent.who_are_you", "ask_beijing.first"]
    assert dialog.slots["identity"].value == "self"


def test_other_scripts_tell_who_they_are_too() -> None:
    assert read("understood", "行，我记下了。您是哪个居委会的呀？", "notice").intent == "who_are_you"
    assert read("went_out", "你是哪儿的啊？问我出没出门干啥？", "home_observation").findings == {}


def test_who_is_busy_has_not_said_who_he_is() -> None:
    reading = read("identity", "哟，您哪位啊？我这儿正拉着活儿呢。")
    assert (reading.findings, reading.intent) == ({}, "who_are_you")


def test_whose_the_voice_is_is_asked_beside_an_answer() -> None:
    reading = read("identity", "啊，我就是张三，您是居委会的？")
    assert (reading.findings["identity"].value, reading.intent) == ("self", "who_are_you")
    assert read("identity", "本人。居委会的电话我怎么没见过这个号？").findings["identity"].value == "self"


def test_which_day_is_no_understanding() -> None:
    for said in ("等一下，你说是礼拜几停水啊？", "啊我问您哪天停水呢", "那五点准能来水吗"):
        assert (read("understood", said, "notice").intent, said) == ("read_again", said)


@pytest.mark.parametrize(
    ("said", "who"), [("我是张三，咋地啦？", "self"), ("您先等会儿，您是哪儿的呀？", None)]
)
def test_who_wonders_about_the_call_is_told(said: str, who: str | None) -> None:
    reading = read("identity", said)
    found = reading.findings.get("identity")
    assert (found.value if found else None, reading.intent) == (who, "who_are_you")


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("哪位，我这儿工地上吵得很", None),
        ("哎，谁呀，你大点儿声", None),
        ("对，我是。请问您这是哪个社区？我在那边租的房已经退了呀。", "self"),
        ("对对对，我就是张三，居委会小刘吧", "self"),
        ("谁啊俺刚下夜班睡着呢", None),
        ("谁呀？我这一手抱一个娃呢，哪个居委会？", None),
        ("对头，我就是，哪个哦？", "self"),
        ("是我，张三。你谁家的丫头啊？", "self"),
        ("是我，哈尔滨回来的。你们这是社区医院吗？", "self"),
        ("对头我就是张三你啥子事嘛我在后厨切菜", "self"),
        ("喂哪个哦我耳朵不好使你大声点儿嘛", None),
        ("喂中啊我是张三俺爹耳朵不好使啥事", "self"),
    ],
)
def test_who_asks_beside_something_else_is_told(said: str, who: str | None) -> None:
    reading = read("identity", said)
    found = reading.findings.get("identity")
    assert (found.value if found else None, reading.intent) == (who, "who_are_you")


def test_it_is_asked_behind_a_reading() -> None:
    reading = read("temperature", "三十六度二搁门岗那儿量的恁到底是居委会还是卖药的")
    assert (reading.findings["temperature"].value, reading.intent) == (36.2, "who_are_you")
