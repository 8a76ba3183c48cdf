"""Who asks to be waited for is waited for: 您等一下，我去量."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions import Action, Heard, Listen, Play
from dialogs.language.remarks.one_moment import asks_to_hold, without_return
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.understanding import Context, understanding_of
from dialogs.understanding.single_answer import question_of

SURVEY = load_script("health_survey")
TODAY = date(2026, 11, 30)


def at(question: str) -> Dialog:
    """A dialog that has come to a question of the survey."""
    answers = {"identity": "是我", "in_beijing": "在北京", "symptoms": "没有"}
    dialog = Dialog(SURVEY, {"community": "幸福", "name": "张三"}, TODAY)
    dialog.start()
    while SURVEY.states[dialog.state].slot != question:
        say(dialog, answers[SURVEY.states[dialog.state].slot])
    return dialog


def say(dialog: Dialog, text: str) -> list[Action]:
    return dialog.hear(Heard(text, 1.0))


def prompts(actions: list[Action]) -> list[str]:
    return [action.prompt_id for action in actions if isinstance(action, Play)]


def listening(actions: list[Action]) -> Listen:
    return next(action for action in actions if isinstance(action, Listen))


@pytest.mark.parametrize(
    "said",
    [
        "您等一下，我去量",
        "还没量呢，您等一下，我去拿体温计",
        "稍等啊，我现在就量，量完告诉您。",
        "你先别挂，我问问我老伴儿，本儿在她那儿",
        "还没有量哦 你等我一哈 我喊工友拿个体温枪",
        "等一下，水开了，关了火就来跟你说",
        "你别撂电话，我上里屋把那本儿拿来",
        "没量 你等会儿 我让老伴儿给我找表",
        "刚起还没量呢您等会儿我夹上啊",
    ],
)
def test_who_goes_to_look_is_waited_for(said: str) -> None:
    dialog = at("temperature")
    actions = say(dialog, said)
    assert prompts(actions) == ["intent.wait"]
    assert listening(actions).no_input_seconds == SURVEY.intents["wait"].wait_seconds
    assert "temperature" not in dialog.slots
    say(dialog, "三十六度八")
    assert dialog.slots["temperature"].value == 36.8


@pytest.mark.parametrize(
    "said", ["等会儿再打吧", "等一会儿量", "你等会儿再打吧，我去接孩子", "等我下了班再说"]
)
def test_who_puts_it_off_is_not(said: str) -> None:
    assert not asks_to_hold(said.replace("，", ","))
    assert prompts(say(at("temperature"), said)) != ["intent.wait"]


@pytest.mark.parametrize(
    ("said", "value"), [("您等我看看啊，三十六度二", 36.2), ("稍等我翻一下，三十六度九", 36.9)]
)
def test_who_comes_back_in_one_breath_has_answered(said: str, value: float) -> None:
    dialog = at("temperature")
    say(dialog, said)
    assert dialog.slots["temperature"].value == value


def test_while_waiting_nothing_counts_as_silence_or_as_not_understood() -> None:
    dialog = at("temperature")
    say(dialog, "您等一下，我去拿体温计")
    again = dialog.no_input()
    assert prompts(again) == ["ask_temperature.no_input"]
    assert listening(again).no_input_seconds == SURVEY.limits.no_input_seconds
    say(dialog, "稍等，我再找找")
    assert prompts(say(dialog, "喂")) == ["ask_temperature.short"]  # not 没听清


def test_who_hands_the_telephone_over_has_not_answered_for_the_other() -> None:
    dialog = Dialog(SURVEY, {"community": "幸福", "name": "张三"}, TODAY)
    dialog.start()
    assert prompts(say(dialog, "您等一下，我叫他")) == ["intent.hand_over"]
    assert "identity" not in dialog.slots
    say(dialog, "喂，我就是张三")
    assert dialog.slots["identity"].value == "self"


def test_waiting_ends() -> None:
    """A resident who never comes back is not waited for all day."""
    dialog = at("temperature")
    for _ in range(20):
        say(dialog, "您等一下")
        dialog.no_input()
        if dialog.is_over:
            break
    assert dialog.is_over or dialog.state != "ask_temperature"


def test_needs_may_have_to_be_looked_up_too() -> None:
    reading = understanding_of(SURVEY).read(
        "等一下，我看看冰箱里还有啥", Context(question_of(SURVEY, "needs"), TODAY)
    )
    assert reading.intent == "wait"


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("好了，笔找着了，你说吧，礼拜几停", "礼拜几停"),
        ("来了来了，三十六度八", "三十六度八"),
        ("好了您说", ""),
        ("没有", "没有"),
    ],
)
def test_that_somebody_is_back_is_no_answer(said: str, rest: str) -> None:
    assert without_return(said) == rest


def test_who_comes_back_with_nothing_is_asked_again() -> None:
    dialog = at("temperature")
    say(dialog, "您等一下，我去拿体温计")
    assert prompts(say(dialog, "好了，您说")) == ["ask_temperature.short"]


def test_noise_is_no_return() -> None:
    dialog = at("temperature")
    say(dialog, "您等一下，我去拿体温计")
    still = say(dialog, "")
    assert prompts(still) == ["intent.wait"]
    assert listening(still).no_input_seconds == SURVEY.intents["wait"].wait_seconds
    say(dialog, "三十六度八")
    assert dialog.slots["temperature"].value == 36.8


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("needs", "等一下，我看看冰箱里还有啥。"),
        ("needs", "你先等等我看看药盒上那药叫啥名儿"),
        ("morning_temperature", "您稍候，我找找那张记录的纸。"),
    ],
)
def test_nothing_is_needed_while_somebody_looks(question: str, said: str) -> None:
    script = load_script("home_observation")
    reading = understanding_of(script).read(said, Context(question_of(script, question), TODAY, "张三"))
    assert (reading.findings, reading.intent) == ({}, "wait")


def test_the_telephone_is_taken_to_another_room() -> None:
    said = "我爸在呢叔叔你等会儿啊我给他拿进去"
    reading = understanding_of(SURVEY).read(said, Context(question_of(SURVEY, "identity"), TODAY, "张三"))
    assert reading.intent == "hand_over"
