"""What comes to mind beside an answer is told too, and leaves the answer as it was; and what asks to wait."""

from __future__ import annotations

from itertools import product

import pytest

from dialogs.language.remarks.one_moment import asks_to_wait
from tests.answers import read, value

BESIDE = [
    "，对了，",
    "，不过",
    "，就是",
    "，另外",
    "，但是",
    "，只是",
    "，哎对了，",
    "，还有，",
    "，顺便说一下，",
]
ANSWERS = {
    "travel": ["没出过北京", "哪儿都没去", "没去过外地"],
    "contact": ["没接触过", "没跟谁接触", "没有啊，我不出门"],
    "needs": ["不需要", "什么都不缺", "没啥需要的"],
    "household_size": ["三口人", "我跟老伴两个", "四口"],
    "temperature": ["三十六度五", "正常，三十六度六"],
    "in_beijing": ["在北京", "在家呢", "一直在北京"],
    "identity": ["是我", "对，我是"],
}
TOLD = {
    "symptoms": ["有点咳嗽", "这两天拉肚子", "吐了两回", "鼻子不通"],
    "contact": ["我同事阳了", "接触过一个密接", "我们单位有人确诊"],
    "travel": ["上周去了趟天津", "上周出了趟差去广州"],
}


@pytest.mark.parametrize("question", ANSWERS)
def test_an_afterthought_is_told_beside_the_answer(question: str) -> None:
    for answer in ANSWERS[question]:
        alone = value(question, answer)
        for slot, told in TOLD.items():
            if slot == question:
                continue
            said = [answer + beside + what for beside, what in product(BESIDE, told)]
            readings = {text: read(question, text).values for text in said}
            assert [t for t, values in readings.items() if values.get(question) != alone] == []
            assert [t for t, values in readings.items() if values.get(slot) in ([], False)] == []


def test_an_afterthought_needs_no_punctuation() -> None:
    for said in ("没去过外地对了我昨天有点发烧", "没有对了我昨天有点发烧", "没有另外这两天拉肚子"):
        assert read("travel", said).values["symptoms"] != [], said
        assert value("travel", said) is False, said
    assert value("needs", "没有对了我们单位有人确诊") == ""


@pytest.mark.parametrize(
    "said",
    [
        "在北京，上礼拜回了趟老家河北",
        "一直在北京，就是上礼拜回了趟老家",
        "在，上周回老家待了两天",
        "在呢，前几天回了趟老家",
        "在家呢，刚想起来，上周去了趟天津",
    ],
)
def test_who_made_a_trip_is_back_from_it(said: str) -> None:
    assert value("in_beijing", said) is True


def test_who_is_still_away_is_not_here() -> None:
    assert value("in_beijing", "在呢，上礼拜回了趟老家，现在还在老家呢") is False


@pytest.mark.parametrize("well", ["挺好的", "没发烧也没咳嗽", "一切正常"])
@pytest.mark.parametrize("test", ["是不是要做核酸", "还用做核酸吗", "刚做完核酸"])
def test_a_test_is_no_ache(well: str, test: str) -> None:
    assert value("symptoms", f"{well}，{test}") == []


OPENINGS = ["", "哎，", "嗯，", "啊，对，", "喂，你好，"]
ASKING = ["，什么事", "，您讲", "，你说", "，有话快说", "，怎么了", "您讲"]


@pytest.mark.parametrize("who", ["我姓李", "我是保安", "这不是张三的电话", "我不是张三"])
def test_no_stranger_is_the_resident(who: str) -> None:
    said = [opening + who + asks for opening, asks in product(OPENINGS, ASKING)]
    assert [text for text in said if value("identity", text) == "self"] == []


@pytest.mark.parametrize("who", ["是我", "我姓张", "我就是张三", "我是本人"])
def test_a_resident_who_asks_what_it_is_about_is_the_resident(who: str) -> None:
    said = [opening + who + asks for opening, asks in product(OPENINGS, ASKING[:4])]
    assert [text for text in said if value("identity", text) != "self"] == []


@pytest.mark.parametrize(
    "said", ["嗯，不在，有事吗", "哎，不在，你放心", "不在，怎么了", "我现在不在，好着呢"]
)
def test_not_here_is_not_here_whatever_is_asked_with_it(said: str) -> None:
    assert value("in_beijing", said) is False


WAITS = ["稍等", "等一下", "您稍等啊", "别挂", "等我一下", "你等等"]
MEANWHILE = [
    "我去给孩子开个门", "我把电视关小点", "我关个火", "我找个笔", "我换个耳朵听", "我到里屋说",
    "我戴上助听器", "我坐下", "我靠边停一下车", "锅开了", "有人敲门", "我看看", "我插个电",
]  # fmt: skip
QUESTIONS = ["identity", "symptoms", "temperature", "travel", "household_size", "needs"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_whoever_asks_to_wait_has_answered_nothing_and_put_off_nothing(question: str) -> None:
    for said in (pause.join(parts) for pause in ("，", "") for parts in product(WAITS, MEANWHILE)):
        reading = read(question, said)
        assert (reading.values, reading.intent) == ({}, "wait"), said


@pytest.mark.parametrize(
    "said",
    [
        "等会儿再打",
        "稍等,我叫他来听",
        "等一下,我不是张三",
        "稍等,我嗓子疼",
        "等我下班",
        "挂了啊",
        "别挂号了",
        "我把手机递给他,您别挂",
    ],
)
def test_not_all_that_waits_asks_for_that_alone(said: str) -> None:
    assert not asks_to_wait(said)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "said", ["信号不好，下午再打吧", "家里来客人了，晚上再联系我吧", "听不清，过会儿再打"]
)
def test_another_time_need_not_be_repeated(question: str, said: str) -> None:
    assert read(question, said).intent == "call_later"


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "said",
    [
        "您好，您拨打的电话已关机，请稍后再拨",
        "您好您拨打的用户正在通话中请稍后再拨",
        "对不起，您拨打的号码是空号，请核对后再拨",
        "您所拨打的电话暂时无法接通",
        "我现在不方便接听，请在滴声后留言",
    ],
)
def test_the_networks_own_voice_is_nobodys_wish(question: str, said: str) -> None:
    reading = read(question, said)
    assert (reading.values, reading.intent) == ({}, "")


@pytest.mark.parametrize("said", ["你拨的号码不对", "你拨错号码了", "您拨打的这个号码不是他的"])
def test_whose_number_was_dialled_is_a_persons_word(said: str) -> None:
    assert read("identity", said).intent == "wrong_number"
