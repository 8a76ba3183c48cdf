"""Replies to what was said back that take it one by one, add to it, or put something else right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dialogs.actions import Heard
from dialogs.loading import load_script
from dialogs.machine import Dialog

TODAY = date(2026, 11, 30)
COUGHS: dict[str, str] = {
    "identity": "我是张三", "in_beijing": "在", "symptoms": "咳嗽", "temperature": "三十六度五",
    "travel": "没去过", "contact": "没有", "household_size": "就我一个", "needs": "不需要",
}  # fmt: skip
AT_HOME: dict[str, str] = {
    "identity": "我是张三", "morning_temperature": "三十七度五", "evening_temperature": "三十七度八",
    "symptoms": "发烧", "went_out": "下楼取了趟快递", "needs": "不需要",
}  # fmt: skip


def replied(reply: str, script: str = "health_survey", **answers: str) -> Dialog:
    """The survey answered up to its confirmation, and the reply to that."""
    told = (COUGHS if script == "health_survey" else AT_HOME) | answers
    dialog = Dialog(load_script(script), {"community": "幸福", "name": "张三"}, TODAY)
    dialog.start()
    states = load_script(script).states
    while not states[dialog.state].confirms:
        dialog.hear(Heard(told[states[dialog.state].slot], 1.0))
    dialog.hear(Heard(reply, 1.0))
    return dialog


def settled(dialog: Dialog, *names: str) -> list[Any]:
    """The values, each with a question mark behind it where it is not certain."""
    values = (dialog.slots[name] for name in names)
    return [value.value if value.is_certain else (value.value, "?") for value in values]


@pytest.mark.parametrize(
    "reply",
    [
        "咳嗽是有接触病人没有啊我没说接触过",
        "咳嗽是有，接触病人没有啊",
        "咳嗽对，接触病人不对",
        "我没接触过病人，咳嗽是有的",
        "不是我接触，其他都对",
        "接触那个不对，别的对",
    ],
)
def test_what_is_denied_by_name_is_gone_and_the_rest_stands(reply: str) -> None:
    dialog = replied(reply, contact="接触过")
    assert settled(dialog, "symptoms", "contact") == [["咳嗽"], False]
    assert dialog.outcome is not None


@pytest.mark.parametrize(
    "reply",
    [
        "不对，就是头疼，没劲儿那是搬东西累的，别给我写上。",
        "头疼是有，没劲那个去掉",
        "只有头疼",
        "不是，没有没劲，就头疼",
    ],
)
def test_of_a_list_what_is_named_alone_is_left(reply: str) -> None:
    assert settled(replied(reply, symptoms="头疼，身上没劲"), "symptoms") == [["头痛"]]


@pytest.mark.parametrize(
    "reply", ["有点咳嗽，嗓子疼，别的没有", "不对，就是咳嗽，嗓子疼", "就咳嗽跟嗓子疼，没劲没有"]
)
def test_what_is_named_is_none_of_the_rest(reply: str) -> None:
    assert settled(replied(reply, symptoms="咳嗽，嗓子疼，身上没劲"), "symptoms") == [["咳嗽", "咽痛"]]


def test_of_a_list_of_which_nothing_is_left_it_is_asked_once_more() -> None:
    dialog = replied("没有喘不上气，出门是出去了", "home_observation", symptoms="喘不上气")
    assert settled(dialog, "symptoms", "went_out") == [(["呼吸困难"], "?"), True]
    assert dialog.state == "ask_symptoms"


@pytest.mark.parametrize(
    "reply", ["不是没接触，是接触了一下", "对，没错，接触过", "对，接触病人没有戴口罩", "对，咳嗽不是很厉害"]
)
def test_a_denial_of_a_denial_denies_nothing(reply: str) -> None:
    assert replied(reply, contact="接触过").slots["contact"].value is True


@pytest.mark.parametrize(
    ("reply", "symptoms"),
    [
        ("是的嘛就是咳嗽嗓子疼没得别的", ["咳嗽", "咽痛"]),
        ("对，还有浑身没劲儿，你给我记上。", ["咳嗽", "咽痛", "乏力"]),
        ("对的我还浑身没力气", ["咳嗽", "咽痛", "乏力"]),
        ("对，就是咳嗽，不是发烧啊，你可别给我写成发烧。", ["咳嗽", "咽痛"]),
    ],
)
def test_a_yes_takes_nothing_away_and_may_add(reply: str, symptoms: list[str]) -> None:
    dialog = replied(reply, symptoms="咳嗽，嗓子疼", temperature="三十七度八")
    assert settled(dialog, "symptoms", "temperature") == [symptoms, 37.8]
    assert dialog.slots["temperature"].is_confirmed


def test_a_yes_with_its_story_is_a_yes() -> None:
    dialog = replied(
        "对 不过我跟他不是一个屋的 就吃过那一顿饭 我用不用隔离啊", contact="接触过", symptoms="没有"
    )
    assert settled(dialog, "contact") == [True]


def test_the_rest_is_right_and_one_number_is_new() -> None:
    dialog = replied("别的都对，体温我刚又量了一回，三十八度六了。", temperature="三十七度八")
    assert settled(dialog, "symptoms", "temperature") == [["咳嗽"], 38.6]
    dialog = replied("别的对 就是昨晚那个说错了 是三十八度一", "home_observation")
    assert settled(dialog, "morning_temperature", "evening_temperature", "went_out") == [37.5, 38.1, True]


def test_a_number_that_was_not_said_back_is_put_right_by_its_name() -> None:
    dialog = replied("对，不过刚才人数说错了，我女朋友昨天搬过来了，两个人。")
    assert settled(dialog, "symptoms", "household_size") == [["咳嗽"], 2]


def test_who_has_it_instead_is_believed() -> None:
    dialog = replied(
        "不是不是，发烧的是俺儿子，我没发烧，我三十六度七", symptoms="发烧", temperature="三十八度五"
    )
    assert settled(dialog, "symptoms", "temperature") == [[], 36.7]
    assert dialog.outcome is not None
    dialog = replied("不对不对流鼻涕的是俺外孙俺没流", symptoms="流鼻涕", contact="接触过")
    assert settled(dialog, "symptoms", "contact") == [[], True]


@pytest.mark.parametrize(
    "reply", ["咳嗽是对的，不过别的真没有", "得嘞，就这么着", "成，就这么记吧", "咳嗽对"]
)
def test_it_is_affirmed_by_name_or_in_other_words(reply: str) -> None:
    dialog = replied(reply)
    assert settled(dialog, "symptoms") == [["咳嗽"]]
    assert dialog.outcome is not None


def test_what_is_said_back_is_no_denial() -> None:
    assert settled(replied("有些不适啊对就是膝盖疼嘛", symptoms="膝盖疼"), "symptoms") == [["其他不适"]]


@pytest.mark.parametrize(
    ("reply", "need"),
    [
        ("对就是膝盖疼，你们能不能找个小伙子帮我扛袋米上来", "扛袋米"),
        ("对，那啥，我刚想了想，还是给整点儿退烧药吧", "退烧药"),
    ],
)
def test_a_need_comes_to_mind(reply: str, need: str) -> None:
    dialog = replied(reply, symptoms="膝盖疼")
    assert need in str(dialog.slots["needs"].value)


def test_a_symptom_that_is_new_is_added() -> None:
    dialog = replied("对今儿早起还咳上了你们快点儿来人吧", symptoms="发烧", temperature="三十七度八")
    assert settled(dialog, "symptoms") == [["发热", "咳嗽"]]


def test_a_reading_that_was_not_said_back_is_put_right() -> None:
    told = {"morning_temperature": "三十六度五", "evening_temperature": "三十七度二", "symptoms": "嗓子疼"}
    dialog = replied("对还有昨晚那个体温你给我记三十七度四啊", "home_observation", **told)
    assert settled(dialog, "evening_temperature") == [37.4]


def test_what_has_ended_was_there() -> None:
    dialog = replied("要得，今天好多了，没拉了。", symptoms="拉肚子")
    assert settled(dialog, "symptoms") == [["腹泻"]]
    assert dialog.outcome is not None


def test_a_reading_that_was_taken_meanwhile_is_the_new_one() -> None:
    dialog = replied("对，不过三十七度五是早上的，刚才又量咧，三十八度一", temperature="三十七度五")
    assert settled(dialog, "temperature") == [38.1]


def test_two_things_are_put_right_at_once() -> None:
    reply = "不对不对，三十八度五是我孙子，我自个儿三十六度六，我也没挨着什么病人。"
    dialog = replied(reply, symptoms="没有", temperature="三十八度五", contact="接触过")
    assert settled(dialog, "temperature", "contact") == [36.6, False]


def test_a_row_is_all_anothers() -> None:
    reply = "咦不对不对发烧咳嗽那是俺当家的跟娃俺好着咧俺三十六度六"
    dialog = replied(reply, symptoms="发烧咳嗽", temperature="三十八度")
    assert settled(dialog, "symptoms", "temperature") == [[], 36.6]


def test_the_reading_that_is_named_is_put_right_alone() -> None:
    told = {"morning_temperature": "三十六度七", "evening_temperature": "没量给忘了", "symptoms": "嗓子疼"}
    dialog = replied("早上那个体温记错了是三十七度三别的都对", "home_observation", **told)
    assert settled(dialog, "morning_temperature", "evening_temperature") == [37.3, (None, "?")]


def test_where_the_rest_is_right_nothing_is_named_alone() -> None:
    dialog = replied("喘气倒还行就是胸口闷得慌别的都对", symptoms="咳嗽，胸口闷")
    assert settled(dialog, "symptoms") == [["咳嗽", "呼吸困难"]]


def test_it_is_affirmed_behind_a_question() -> None:
    reply = "啥不适啊哦头晕是吧对对对那你们能帮俺买点菜不俺下不去楼"
    assert settled(replied(reply, symptoms="头晕"), "symptoms", "needs") == [["其他不适"], "买点菜"]
    reply = "三儿，是鼻子不通气吧？他点头呢，对。"
    assert settled(replied(reply, symptoms="流鼻涕"), "symptoms") == [["鼻塞流涕"]]


def test_what_is_not_needed_any_more_is_taken_back() -> None:
    reply = "对，哦，那米面先甭买了，我闺女说她下午给我捎过来。"
    assert settled(replied(reply, needs="买一袋米，再买一袋面"), "needs") == [""]
    assert settled(replied(reply, needs="买一袋米，再送点药"), "needs") == ["送点药"]
    assert settled(replied("对，没了", needs="买一袋米"), "needs") == ["买一袋米"]


@pytest.mark.parametrize(
    ("reply", "symptoms"),
    [
        ("嗓子不痛 是痒 别的都对", ["发热"]),
        ("别的都对，就嗓子那个不对，嗓子不疼，是鼻子不通气。", ["发热", "鼻塞流涕"]),
        ("都对 再加一个 他老说累没劲儿", ["发热", "咽痛", "乏力"]),
        ("没错 就是少一样 头也疼得厉害", ["发热", "咽痛", "头痛"]),
        ("是这么回事儿", ["发热", "咽痛"]),
    ],
)
def test_what_is_denied_in_the_middle_and_what_is_put_instead(reply: str, symptoms: list[str]) -> None:
    dialog = replied(reply, symptoms="发烧，嗓子疼", temperature="三十七度八")
    assert settled(dialog, "symptoms") == [symptoms]
    assert dialog.outcome is not None


def test_a_question_back_that_expects_no_answer_denies() -> None:
    reply = "啥呀 咳嗽那是孩子 我啥时候接触病人了 没有的事儿"
    assert settled(replied(reply, contact="接触过"), "symptoms", "contact") == [[], False]
    reply = "接触那个弄错了，下棋的是我，不是我爸，我爸没跟老王见过面。"
    assert settled(replied(reply, identity="我是他儿子", contact="接触过"), "contact") == [False]


def test_needs_are_joined_and_asking_when_they_come_is_none() -> None:
    dialog = replied("没错儿 那水大概什么时候能送来", needs="弄一箱矿泉水，来点挂面")
    assert settled(dialog, "needs") == ["弄一箱矿泉水、来点挂面"]
    dialog = replied("都对，东西再给捎两把挂面", needs="要降压药")
    assert settled(dialog, "needs") == ["降压药、捎两把挂面"]


def test_what_is_not_to_be_noted_is_not() -> None:
    dialog = replied("不适就是腰疼别给我记成发烧了啊", symptoms="腰疼")
    assert settled(dialog, "symptoms") == [["其他不适"]]


def test_a_yes_that_belittles_is_one() -> None:
    dialog = replied(
        "啊出去了就倒个垃圾没别的",
        "home_observation",
        symptoms="没有",
        morning_temperature="三十六度五",
        evening_temperature="三十六度五",
    )
    assert settled(dialog, "went_out") == [True]
    assert dialog.outcome is not None


def test_a_day_that_was_not_said_back_is_put_right() -> None:
    said = "对头不过成都回来那天我记错了是二十三号才对"
    dialog = replied(said, travel="去了成都，上周二回来的", contact="接触过")
    assert settled(dialog, "return_date") == ["2026-11-23"]


def test_what_is_there_now_and_what_is_alone() -> None:
    dialog = replied("只有头疼不对，头疼昨天就好了，现在是浑身酸疼。", symptoms="头疼，流鼻涕")
    assert settled(dialog, "symptoms") == [["鼻塞流涕", "肌肉酸痛"]]
    dialog = replied("没吐，就犯恶心，别的都对。", symptoms="浑身没劲儿，还有一点恶心")
    assert settled(dialog, "symptoms") == [["乏力", "呕吐"]]


def test_todays_reading_stands_beside_last_nights() -> None:
    told = {"symptoms": "发烧", "temperature": "三十七度五"}
    dialog = replied("三十七度五是今天的昨晚那会儿三十七度八你记上别的没错", **told)
    assert settled(dialog, "temperature") == [37.5]


@pytest.mark.parametrize("reply", ["不是疼就是有点痒其他对", "嗓子疼那个不算他就是喊累了别的对"])
def test_what_is_put_otherwise_is_asked_again(reply: str) -> None:
    dialog = replied(reply, symptoms="嗓子疼", contact="接触过")
    assert settled(dialog, "symptoms", "contact") == [(["咽痛"], "?"), True]
    assert dialog.state == "ask_symptoms"


def test_nothing_is_wrong_after_all() -> None:
    dialog = replied("不是不是，我就是坐车坐累了，没毛病。", symptoms="没力气")
    assert (settled(dialog, "symptoms"), dialog.outcome) == ([[]], "completed")


@pytest.mark.parametrize("reply", ["对不过不是新得的是老慢支", "差不多吧就咳了那两声"])
def test_a_yes_with_an_explanation_is_one(reply: str) -> None:
    dialog = replied(reply)
    assert (settled(dialog, "symptoms"), dialog.outcome) == ([["咳嗽"]], "completed")
