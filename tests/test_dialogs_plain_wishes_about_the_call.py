"""What is said of the call, to get away from it or to somebody else in the room, and its mirror images."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dialogs.language.remarks.beside_the_call import asks_for_nothing, is_beside_the_call, is_excuse
from dialogs.loading import load_script
from dialogs.understanding.single_answer import read_answer

SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)
ASKED = ("identity", "in_beijing", "symptoms", "travel", "contact", "household_size", "temperature")

TO_THE_ROOM = (
    "关火 把火关了 别闹 别闹了 别动 别爬 别着凉 快吐出来 "
    "放桌上 烧水呢 水烧上 热一下饭 小心烫 坐下 松开 "
    "一边玩去 写作业去 开门去 睡觉去 你爸呢 叫你爸接 让你妈接 轻点 把电视关小点 下雨了"
)
WHO_CALLS = (
    "哪儿的 哪里的 干嘛的 你是干嘛的 有事吗 有什么事 是骗子吗 "
    "骗子吧 机器人吧 是人是机器 你贵姓 你叫什么 又是你们 "
    "查户口呢 谁让你打的 你怎么有我电话 卖保险的吧 你是真人吗"
)
REFUSING = (
    "有什么好问的 有什么好问的啊 没什么好说的 不跟你说 我不说 不感兴趣啊 "
    "没兴趣 跟你没关系 关你屁事 你管不着 这是隐私 "
    "烦人 不理你 懒得说 少管闲事"
)
NOT_HEARD = "听不明白 刚才没听 走神了 没信号 不明白"
EXCUSES = (
    "洗澡呢 炒菜呢 我这炒菜呢 上厕所呢 打牌呢 喂奶呢 哄孩子呢 "
    "骑车呢 搬家呢 等车呢 刚睡醒 刚躺下啊 刚起床 正要出门 "
    "急着出门 来客人了 家里来人了 接个电话 有人敲门 手湿着呢 回聊啊"
)


def misread(question: str, said: list[str], intents: tuple[str, ...]) -> list[tuple[str, Any, str]]:
    read = ((words, read_answer(SCRIPT, question, words, TODAY, "张三")) for words in said)
    return [
        (words, one.values, one.intent)
        for words, one in read
        if any(value is not None for value in one.values.values()) or one.intent not in intents
    ]


def with_interjection(words: str) -> list[str]:
    return [lead + one for one in words.split() for lead in ("", "哎，")]


@pytest.mark.parametrize("question", ASKED)
def test_what_is_said_beside_the_call_answers_nothing(question: str) -> None:
    harmless = ("", "who_are_you", "repeat", "slower", "opted_out", "hand_over")  # 叫你爸接: he is waited for
    said = with_interjection(f"{TO_THE_ROOM} {WHO_CALLS} {REFUSING} {NOT_HEARD}")
    assert misread(question, said, harmless) == []


def test_it_is_neither_a_need_nor_none() -> None:
    said = f"{TO_THE_ROOM} {WHO_CALLS} {REFUSING}".split()
    needs = ((one, read_answer(SCRIPT, "needs", one, TODAY, "张三").values.get("needs")) for one in said)
    assert [one for one in needs if one[1] is not None] == []


@pytest.mark.parametrize("question", [*ASKED, "return_date", "travel_place"])
def test_an_excuse_puts_the_call_off(question: str) -> None:
    assert misread(question, with_interjection(EXCUSES), ("call_later",)) == []


@pytest.mark.parametrize(
    ("question", "said", "value"),
    [
        ("identity", "您找我有事儿？", "self"),
        ("identity", "是我，有什么事吗", "self"),
        ("identity", "我是他儿子，他洗澡呢", "family"),
        ("in_beijing", "在家做饭呢", True),
        ("in_beijing", "在外地开会呢", False),
        ("symptoms", "睡觉睡不好", ["其他不适"]),
        ("symptoms", "没空生病", []),
        ("symptoms", "没有，你是哪儿的", []),
        ("temperature", "没空量", None),
        ("temperature", "睡觉前量的三十六度五", 36.5),
        ("travel", "我开车去的天津", True),
        ("travel", "没时间去", False),
        ("contact", "跟他一起吃过饭，他确诊了", True),
        ("needs", "帮我把水龙头修一下", "水龙头"),
        ("needs", "没有", ""),
    ],
)
def test_what_looks_alike_is_an_answer(question: str, said: str, value: Any) -> None:
    read = read_answer(SCRIPT, question, said, TODAY, "张三")
    assert question in read.values
    found = read.values[question]
    assert (value in found) if question == "needs" and value else found == value
    assert read.intent in ("", "who_are_you")


@pytest.mark.parametrize(
    "said", ["没有", "出去玩", "回来了", "吐出来了", "有事", "发烧", "在家洗澡呢", "吃饭了", "烧"]
)
def test_answers_are_neither_remarks_nor_excuses(said: str) -> None:
    assert not any(kind(said) for kind in (is_beside_the_call, is_excuse, asks_for_nothing))


@pytest.mark.parametrize("stammer", ["听不" * 30, "我就都也" * 4, "没有什么好" * 3, "别闹" * 8])
def test_a_stammer_is_no_remark(stammer: str) -> None:
    assert not any(kind(stammer) for kind in (is_beside_the_call, is_excuse))
