"""Answers and replies of whole calls, rounds 16 to 18, that were taken wrongly, by their kinds."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions import Heard
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.script import Script
from dialogs.understanding.single_answer import read_answer

SURVEY, OBSERVATION, NOTICE = map(load_script, ("health_survey", "home_observation", "notice"))
TODAY = date(2026, 11, 30)


def told(script: Script, question: str, said: str) -> object:
    """The value; ``?`` where it is to be asked again."""
    return read_answer(script, question, said, TODAY, "张三").values.get(question, "?")


# --- needs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        # two without a pause between
        ("麻烦给捎个体温计她那个速效救心丸也快吃完了", "捎个体温计、速效救心丸"),
        ("要的要的给我送两盒连花清瘟家里米也快没了", "送两盒连花清瘟、米"),
        ("青菜快吃完了能帮我送点吗还有门口的垃圾也没人收", "青菜、收门口的垃圾"),
        ("我这儿菜快吃完了能不能找人给送点菜顺便把门口垃圾拿走", "送点菜、拿门口垃圾"),
        ("降压药快没了帮我买点再带袋米", "降压药、带袋米"),
        # how much of it is none of its own
        ("口罩不够用了你们那儿能不能给领几个", "口罩"),
        ("口罩，口罩买不着，能给弄几个不？", "口罩"),
        # who has it, and what it is for
        ("没啥要帮的你们要是有口罩给发俩就行孩子上学老丢", "口罩"),
        ("家里有条狗得有人帮着遛，另外菜和口罩也给我送点儿。", "遛狗、菜和口罩"),
        ("我老上夜班快递没人收能不能帮我放到家门口", "收快递、放到家门口"),
        ("消毒液能不能给点儿他那车天天得擦", "消毒液"),
        ("菜能给送上来吗我下楼不方便", "菜"),
        ("什么需要？哦，要是能送点菜就好了，出不去", "送点菜"),
        # taken back
        ("送点儿面吧，哦不，面还有，要米，再来点儿青菜。", "米、来点青菜"),
        ("能不能送点菜，算了不用了", ""),
        ("药有面条和米快没咧给送点吧", "面条和米"),
        ("蒙脱石散家里没有了，麻烦送一盒", "一盒蒙脱石散"),
    ],
)
def test_needs(said: str, needs: str) -> None:
    assert told(SURVEY, "needs", said) == needs


def test_what_else_is_needed_beside_a_no_to_another_question() -> None:
    said = "没出去，就是家里垃圾堆了两天了没人来收。"
    values = read_answer(OBSERVATION, "went_out", said, TODAY, "张三").values
    assert values == {"went_out": False, "needs": "收垃圾"}


# --- help, and who has just picked up -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "needs_help"),
    [
        ("我不用我妈七十二了腿脚不好那天我上班能不能找个人帮她提桶水", True),
        ("不用，能不能找个人帮我妈提桶水", True),
        ("我不用楼下李大爷得有人帮", True),
        ("我住六楼,腿上打着石膏,要是有人帮我提两桶水就好了。", True),
        ("不用麻烦你们了", False),
        ("不用，我儿子过来帮我接水", False),
    ],
)
def test_help(said: str, needs_help: object) -> None:
    assert told(NOTICE, "needs_help", said) == needs_help


@pytest.mark.parametrize(
    "said",
    [
        "喂，我是张三",
        "我是，您说",
        "对我是张三刚下夜班您说",
        "我是他闺女我爸腿脚不好接不了电话",
        "我爸下楼遛弯去了手机搁家里了您说",
    ],
)
def test_who_has_just_picked_up_hears_the_notice_again(said: str) -> None:
    read = read_answer(NOTICE, "understood", said, TODAY, "张三")
    assert (read.values, read.intent) == ({}, "repeat")


@pytest.mark.parametrize("said", ["哎我是，明白了", "我是听明白了", "我知道了", "是"])
def test_who_has_understood_has(said: str) -> None:
    assert told(NOTICE, "understood", said) is True


# --- health, journeys, contacts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said", "value"),
    [
        ("symptoms", "没有，一点儿都没有，就是憋得慌，想下楼溜达溜达", []),
        ("symptoms", "没啥感觉就是闷得慌", []),
        ("symptoms", "胸口闷得慌", ["呼吸困难"]),
        ("symptoms", "他有老慢支最近没什么新的不舒服", []),
        ("symptoms", "就是腰疼，疼得都起不来床", ["其他不适"]),
        ("symptoms", "没啥感觉胃口也行", []),
        ("travel", "去了趟保定看我婆婆三号开车回来的", False),  # before the fourteen days
        ("travel", "除了老家就没去别的地儿了", True),
        ("travel", "没出去过，之前一直在家养着", False),  # no 扬州
        ("contact", "反正没听说有", False),
        ("contact", "这个我不敢说，昨天带孩子去发热门诊，里头全是人", None),
        ("contact", "我儿子他是武汉回来的来家吃过一顿饭也不知道他有没有那个病", None),
        ("household_size", "上礼拜五中午我还跟他一块儿吃的饭呢", "?"),
    ],
)
def test_answers(question: str, said: str, value: object) -> None:
    assert told(SURVEY, question, said) == value


@pytest.mark.parametrize(
    ("said", "went_out"),
    [
        ("就昨天傍晚下楼到大门口取了个快递没跟人接触", True),
        ("就下去扔了一回垃圾扔完就上来了没碰见人", True),
        ("昨天晚上下去倒了一趟垃圾，就几分钟，马上就上来了。", True),
        ("没出，门儿都没迈出去过，门上不是贴着条儿呢嘛", False),
    ],
)
def test_who_left_the_house(said: str, went_out: bool) -> None:
    assert told(OBSERVATION, "went_out", said) is went_out


def test_a_place_that_is_taken_back_was_of_another_time() -> None:
    values = read_answer(SURVEY, "travel", "去的上海啊不是上海上海是上个月这回是苏州", TODAY, "张三").values
    assert values["travel_place"] == "江苏苏州"


def test_who_is_away_has_not_come_back_from_there() -> None:
    said = "我这不就在成都嘛十一月十五号回来的下个月底才回学校"
    assert told(SURVEY, "travel", said) is True


def test_with_whom_somebody_lives_is_not_how_many() -> None:
    assert read_answer(SURVEY, "in_beijing", "在呢我跟闺女住", TODAY, "张三").values == {"in_beijing": True}


# --- whole calls ----------------------------------------------------------------------------------------


def _talk(*said: str, name: str = "张三") -> Dialog:
    dialog = Dialog(SURVEY, {"name": name}, TODAY)
    dialog.start()
    for text in said:
        dialog.hear(Heard(text, 1.0))
    return dialog


def test_who_comes_to_the_telephone_is_the_resident() -> None:
    dialog = _talk("我奶奶在阳台晒衣服呢你等一下我叫她", "喂我是吴桂珍刚才是我孙女接的", name="吴桂珍")
    assert dialog.slots["identity"].value == "self"


@pytest.mark.parametrize("reply", ["差不多吧", "嗯头有一点疼不厉害"])
def test_a_reply_that_assents(reply: str) -> None:
    dialog = _talk("是我", "在", "头疼", "三十六度五", "没去", "没有", "三口", "不用", reply)
    assert dialog.is_over
    assert (dialog.slots["symptoms"].value, dialog.slots["symptoms"].is_confirmed) == (["头痛"], True)


def test_a_reply_adds_a_symptom_and_a_place() -> None:
    before = ("是我", "在", "有点咳嗽", "三十六度五", "去了趟保定前天回来的", "没有", "两口", "不用")
    assert _talk(*before, "对，对，是咳嗽，嗓子老痒。").slots["symptoms"].value == ["咳嗽", "咽痛"]


@pytest.mark.parametrize(
    "reply", ["前头几样都对俺儿子得没得病俺不知道", "发烧嗓子疼都对就是俺儿子有没有那个病俺说不准"]
)
def test_a_reply_that_leaves_a_contact_unknown(reply: str) -> None:
    dialog = _talk("是我", "在", "发烧嗓子疼", "三十七度九", "没去", "接触过", "三口", "不用", reply)
    assert dialog.is_over
    contact = dialog.slots["contact"]
    assert (contact.value, contact.is_certain) == (None, False)
    assert dialog.slots["temperature"].value == 37.9
