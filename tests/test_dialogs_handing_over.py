"""The telephone is handed to somebody else, and family is asked about the resident."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions import Action, Heard, Listen, Play
from dialogs.language.remarks.handing_over import hands_over, takes_over
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.understanding import normalised

SURVEY = load_script("health_survey")
NOTICE = load_script("notice")
TODAY = date(2026, 11, 30)


def call(*said: str, script: str = "health_survey") -> tuple[Dialog, list[str]]:
    """The dialog after what was said, and the prompts of the last turn."""
    dialog = Dialog(load_script(script), {"community": "幸福", "name": "张三"}, TODAY)
    actions = dialog.start()
    for words in said:
        actions = dialog.hear(Heard(words, 1.0))
    return dialog, prompts(actions)


def prompts(actions: list[Action]) -> list[str]:
    return [action.prompt_id for action in actions if isinstance(action, Play)]


@pytest.mark.parametrize(
    "said",
    [
        "您等会儿，我叫他接电话",
        "我让我爸接",
        "在啊我们在家呢爷爷出来了我给你叫他",
        "哎哟什么水啊我让我儿子跟你说儿子你来接一下",
        "你跟他说吧",
        "你等着，我把电话给他",
        "老头子，电话！",
        "张三，你电话",
        "爸，找你的",
        "你跟我老伴说吧，我耳朵背",
        "让他自己跟你说",
        "我喊他一声",
        "那我把手机给我儿子，让他跟您讲",
        "在啊，就在家里。要不我把爷爷叫过来吧？",
        "啊，您找我爸呀，您稍等，爸——社区的电话，您来接一下。",
    ],
)
def test_somebody_else_is_called_to_the_telephone(said: str) -> None:
    assert hands_over(normalised(said), "张三")


@pytest.mark.parametrize(
    "said",
    [
        "叫你们主任接电话",
        "叫他去量",
        "让他给你回电话",
        "他接不了电话",
        "我让他拿",
        "我儿子跟我说没事",
        "我去找我儿子",
        "让人给我打电话",
        "没有，我都跟我老伴说了",
        "让工作人员跟我说",
        "我爸爸接我回来的",
        "小宝别闹，奶奶接电话呢",
        "我就叫张三，有什么事",
        "是我爸，他手机落家里了，我帮他接一下",
        "孩子管他叫爸，管我叫妈",
    ],
)
def test_nobody_else_is_called(said: str) -> None:
    assert not hands_over(normalised(said), "张三")


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("喂，我是张三，刚才是我孙子", "self"),
        ("喂我就是张三", "self"),
        ("您好，我是她儿子，刚才老太太没听清", "family"),
        ("我是张三的邻居", ""),
        ("刚才我孙子发烧了", ""),
        ("我是张三", ""),
    ],
)
def test_who_speaks_now(said: str, who: str) -> None:
    assert takes_over(normalised(said), "张三") == who


def test_whoever_comes_is_told_who_is_calling_and_asked_who_he_is() -> None:
    dialog, said = call("我是他闺女", "在北京呢", "您等会儿，我叫他接电话")
    assert said == ["intent.hand_over"]
    assert dialog.slots["in_beijing"].value is True  # what she answered stays
    actions = dialog.hear(Heard("喂", 1.0))
    assert prompts(actions) == ["intent.who_are_you", "ask_identity.first"]
    assert "identity" not in dialog.slots
    actions = dialog.hear(Heard("是我", 1.0))
    assert (dialog.slots["identity"].value, prompts(actions)) == ("self", ["ask_symptoms.first"])


def test_who_says_at_once_who_he_is_is_not_asked() -> None:
    dialog, said = call("我是他闺女", "我让他跟您说", "喂，我是张三")
    assert said == ["intent.who_are_you", "ask_beijing.first"]
    assert dialog.slots["identity"].value == "self"


def test_he_is_waited_for_and_the_call_does_not_end_meanwhile() -> None:
    dialog = Dialog(SURVEY, {"community": "幸福", "name": "张三"}, TODAY)
    dialog.start()
    dialog.hear(Heard("我是他闺女", 1.0))
    actions = dialog.hear(Heard("您等会儿，我叫他接电话", 1.0))
    listen = next(action for action in actions if isinstance(action, Listen))
    assert listen.no_input_seconds == SURVEY.intents["hand_over"].wait_seconds
    assert prompts(dialog.no_input()) == ["ask_identity.no_input"]
    assert dialog.outcome is None


def test_who_has_taken_over_without_a_word_is_spoken_to_himself() -> None:
    dialog, said = call("我是他孙子", "在家呢", "喂我是张三刚才是我孙子你问什么来着")
    assert (dialog.slots["identity"].value, said) == ("self", ["intent.who_are_you", "ask_symptoms.short"])
    dialog, said = call("我是他孙子", "喂，我是张三")
    assert said == ["intent.who_are_you", "ask_beijing.short"]


def test_a_notice_is_read_anew_to_whoever_comes() -> None:
    _, said = call("我耳朵背，我让我儿子跟你说", "喂，您好", script="notice")
    assert said == ["intent.who_are_you", "ask_understood.first"]


def test_family_is_asked_about_the_resident() -> None:
    dialog, said = call("我是他老伴")
    assert said == ["ask_beijing.first"]
    asked = dialog.hear(Heard("在", 1.0))[0]
    assert isinstance(asked, Play)
    assert asked.text == "他有没有发热、咳嗽、乏力等不舒服？"
    dialog, _ = call("是我")
    asked = dialog.hear(Heard("在", 1.0))[0]
    assert isinstance(asked, Play)
    assert asked.text == "您有没有发热、咳嗽、乏力等不舒服？"


def test_only_what_is_about_the_resident_is_asked_otherwise() -> None:
    ask_household, ask_needs = SURVEY.states["ask_household"], SURVEY.states["ask_needs"]
    assert not ask_household.to_family
    assert not ask_needs.to_family
    for state in SURVEY.states.values():
        assert all(
            "您" not in prompt.text.removeprefix("您还在听吗？") for prompt in state.to_family.values()
        )


def test_who_tells_his_name_behind_his_kinship_is_himself() -> None:
    dialog, said = call("爷爷你来接", "喂谁呀，我是他爷爷张三，你大点声我耳朵背")
    assert (dialog.slots["identity"].value, said) == ("self", ["intent.who_are_you", "ask_beijing.first"])
    assert call("我是张三他爷爷")[0].slots["identity"].value == "family"


def test_what_he_is_told_to_come_for_is_no_answer() -> None:
    dialog, said = call("我是他孙子", "爷爷！爷爷你来接电话，居委会的，问你在不在北京！")
    assert (said, "in_beijing" in dialog.slots) == (["intent.hand_over"], False)
