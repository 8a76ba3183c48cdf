"""What denies nothing that was asked is no all-clear: 没睡醒呢, 上次不是问过了吗, 没戴假牙."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.language.remarks.asides import is_aside
from dialogs.loading import load_script
from dialogs.understanding.single_answer import read_answer

SURVEY, OBSERVATION, NOTICE = map(load_script, ("health_survey", "home_observation", "notice"))
TODAY = date(2026, 11, 22)

ASIDES = (
    "上次不是问过了吗 昨天不是刚问过吗 不是登记过了吗 不是说过了吗 我不是说了吗 前天不是打过电话了吗 "
    "不是填过表了吗 你们不是有记录吗 你不是知道吗 没听懂 没听清 没听见 没听说 不懂 不明白 "
    "不是很明白 没收到通知 没看新闻 没印象 没概念 没把握 没注意 没准备好 没想好 没睡醒呢 "
    "没起床呢 没吃饭呢 没带眼镜 没戴助听器 没信号 没电了 没找到 没空 没时间 没工夫 没意思 "
    "没必要吧 没什么好说的 没法跟你说 没见过你这样的 没你这么问的 没看见我忙着呢 没人通知我 "
    "没人告诉我 不认识你 不关你的事 不方便说 不想说 不告诉你 没事我挂了 这不是废话吗 无所谓 随便 "
    "不是骗子吧 没这个人 没有这个人啊"
)
ABOUT_THE_CALL = (
    "完了没有 问完没有 下一个 继续 还有几个问题 还有吗 还要多久 再见 天哪 真的假的 有病吧你 "
    "你们是哪的 你是谁 我去问问我老伴 让我儿子跟你说 管得着吗 多管闲事 闭嘴 谁给你们的号码"
)
SOMETHING_ELSE = "没按键 没签字 没下单 没贷过款 不收快递 没登过账号 没买保险 没装监控 没换灯管 没刷卡 没抽奖"
DENIALS = {
    "symptoms": "没有 没 没得 没有呢 没有的 没事 没啥 不存在 没发烧 不咳 没病 没毛病 没那回事 从来没有过",
    "travel": "没有 没 没得 没去 没出去 没离开 没出门 没出京 不可能 没那回事 没去过 没外出 没动窝 没那个机会",
    "contact": "没有 没 没得 没接触 没见过 没碰过 没遇着 不可能 没那回事 没这种事 没那个机会 从来没有过",
}


@pytest.mark.parametrize("question", ["symptoms", "travel", "contact", "in_beijing"])
def test_remarks_are_no_answers(question: str) -> None:
    read = {said: read_answer(SURVEY, question, said, TODAY, "张三").values for said in ASIDES.split()}
    assert {said: values for said, values in read.items() if values.get(question) in (False, [])} == {}


@pytest.mark.parametrize("question", ["in_beijing", "symptoms", "travel", "contact", "household_size"])
def test_remarks_about_the_call_say_nothing_at_all(question: str) -> None:
    read = {
        said: read_answer(SURVEY, question, said, TODAY, "张三").values for said in ABOUT_THE_CALL.split()
    }
    assert {said: values for said, values in read.items() if values.get(question) is not None} == {}


@pytest.mark.parametrize("question", ["symptoms", "travel", "contact"])
def test_denials_of_something_else_are_no_all_clear(question: str) -> None:
    read = {
        said: read_answer(SURVEY, question, said, TODAY, "张三").values for said in SOMETHING_ELSE.split()
    }
    assert {said: values for said, values in read.items() if values.get(question) in (False, [])} == {}


@pytest.mark.parametrize("question", ["symptoms", "travel", "contact"])
def test_short_denials_still_are(question: str) -> None:
    read = {said: read_answer(SURVEY, question, said, TODAY).values for said in DENIALS[question].split()}
    assert {said: values for said, values in read.items() if values.get(question) not in (False, [])} == {}


def test_remarks_are_no_answers_where_nothing_was_learnt() -> None:
    for question, none in (("symptoms", []), ("went_out", False)):
        for said in ("没睡醒呢", "上次不是问过了吗", "没听清"):
            assert read_answer(OBSERVATION, question, said, TODAY).values.get(question) != none


def test_who_says_that_nothing_was_understood_answers_that_question() -> None:
    assert read_answer(NOTICE, "understood", "不明白", TODAY).values == {"understood": False}


@pytest.mark.parametrize("said", ["没有", "没去过", "没问题", "不是问过了吗，没有", "没听说谁病了", "不咳嗽"])
def test_answers_are_no_remarks(said: str) -> None:
    assert not is_aside(said)
