"""What residents ask of the community is noted for people to answer: 我回去的时候小区让不让进."""

from __future__ import annotations

from datetime import date

import pytest

from campaign.records import Remark
from dialer.call.reasons import follow_up_reason
from dialogs.language.remarks.questions import questions_in, without_questions
from dialogs.loading import load_script
from dialogs.machine import Dialog, Heard, Play
from dialogs.script import Script
from dialogs.understanding.single_answer import read_answer

SURVEY, OBSERVATION, NOTICE = map(load_script, ("health_survey", "home_observation", "notice"))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "question", "rest"),
    [
        ("我回去的时候小区让不让进啊?麻烦给问一声", "我回去的时候小区让不让进", ""),
        ("东西都不缺,就是想问问我这种情况用不用隔离啊", "我这种情况用不用隔离", "东西都不缺"),
        ("东西都不缺,就是想问问我这种情况,用不用隔离啊", "我这种情况用不用隔离", "东西都不缺"),
        ("没有核酸什么时候来做", "核酸什么时候来做", "没有"),
        ("两口人疫苗还打吗", "疫苗还打吗", "两口人"),
        ("明白了我妈那屋也停吗", "我妈那屋也停吗", "明白了"),
        ("健康宝弹窗,怎么办", "健康宝弹窗怎么办", ""),
        ("我就想问问,我用不用去做个核酸呀?", "我用不用去做个核酸", ""),
        ("去外地,要报备吗", "去外地要报备吗", ""),
        ("我要是密接,能让我上班吗", "我要是密接能让我上班吗", ""),
        ("不需要小区什么时候解封呀", "小区什么时候解封", "不需要"),
    ],
)
def test_a_question_and_what_is_said_beside_it(text: str, question: str, rest: str) -> None:
    found = questions_in(text, "")
    assert (found, without_questions(text, "", found)) == ((question,), rest)


@pytest.mark.parametrize(
    "text",
    [
        "能不能给我送点菜",
        "我上哪儿认识确诊的去",
        "我要是没去外地,健康宝能弹窗么",
        "哪天不接触几个确诊的",
        "没有没有,哪有空去外地",
        "去外地?没去",
        "我不知道要不要去医院",
        "一个小区的算吗",
        "您是居委会的吗",
        "让社区的人跟我说",
    ],
)
def test_requests_rhetoric_and_questions_to_the_robot_are_none(text: str) -> None:
    assert questions_in(text, "") == ()


def test_the_robots_own_words_are_none() -> None:
    asked = "从昨天到现在，您出过家门吗？"
    assert questions_in("出过家门吗,没有", asked) == ()
    assert questions_in("什么时候能出家门", asked) == ("什么时候能出家门",)


@pytest.mark.parametrize(
    ("script", "question", "text", "values"),
    [
        (SURVEY, "contact", "没有那我用不用隔离", {"contact": False, "questions": "我用不用隔离"}),
        (
            SURVEY,
            "temperature",
            "三十六度五，孩子能上学吗",
            {"temperature": 36.5, "questions": "孩子能上学吗"},
        ),
        (SURVEY, "needs", "低保怎么申请啊，你们能帮我申请低保吗？", {"needs": "申请低保"}),
        (SURVEY, "needs", "缺药，药店几点开门", {"needs": "药", "questions": "药店几点开门"}),
        (NOTICE, "understood", "知道了电也停吗", {"understood": True, "questions": "电也停吗"}),
    ],
)
def test_it_is_noted_beside_the_answer(
    script: object, question: str, text: str, values: dict[str, object]
) -> None:
    assert read_answer(script, question, text, TODAY, "张三").values == values  # type: ignore[arg-type]


def test_what_the_script_answers_itself_is_left_to_it() -> None:
    read = read_answer(NOTICE, "understood", "知道了，为什么停水啊", TODAY, "张三")
    assert read.values == {"understood": True}


def _said(dialog: Dialog, text: str) -> list[str]:
    return [action.text for action in dialog.hear(Heard(text, 1.0)) if isinstance(action, Play)]


def test_questions_are_promised_an_answer_and_gathered() -> None:
    dialog = Dialog(SURVEY, {"name": "张三"}, TODAY)
    dialog.start()
    _said(dialog, "是我")
    assert _said(dialog, "在，什么时候解封啊")[0] == "这个问题我记下了，请社区工作人员答复您。"
    asked = _said(dialog, "我能出门吗")
    assert asked == ["这个问题我记下了，请社区工作人员答复您。", "您有没有发热、咳嗽这些不舒服？"]
    _said(dialog, "没有，那什么时候解封啊")
    assert dialog.remarks[Remark.QUESTION] == "什么时候解封；我能出门吗"
    assert dialog.slots["symptoms"].value == []


def _reason(script: Script, *said: str) -> str:
    dialog = Dialog(script, {"name": "张三"}, TODAY)
    dialog.start()
    for text in said:
        dialog.hear(Heard(text, 1.0))
    assert dialog.is_over
    return follow_up_reason(dialog, None, was_cut_short=False, was_interrupted=False, has_lost_media=False)


def test_staff_are_told_what_to_answer() -> None:
    assert _reason(NOTICE, "明白了，我妈那屋也停吗", "不用") == "居民有问题要答复：我妈那屋也停吗"


def test_what_is_not_known_is_told_before_it() -> None:
    answers = ("是我", "在", "没有", "没量，体温计在哪儿买", "没去过", "没有", "两口人", "不用")
    assert _reason(SURVEY, *answers) == "居民答不上体温；居民有问题要答复：体温计在哪儿买"
