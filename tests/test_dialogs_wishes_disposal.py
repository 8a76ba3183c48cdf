"""What is told with 把, and what is good when it is done: still to be done, or done already."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.machine import SURE
from dialogs.slots.wishes import is_done_by_others, stated
from dialogs.understanding.single_answer import read_answer

SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)
DEEDS = [
    "把水龙头修好", "把灯泡换好", "把下水道通开", "把快递取回来", "把菜送上来", "把旧床搬走", "把玻璃擦干净",
    "把煤气罐换上", "把门锁换掉", "把轮椅抬下去", "把老人送到医院", "把健康码弄好",
]  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    "way",
    [
        "{}", "{}吧", "{}就行", "{}了就行", "给我{}", "帮我{}吧", "麻烦你们{}", "请人{}", "能不能{}",
        "谁能{}", "赶紧{}", "你们{}吧",
    ],
)  # fmt: skip
def test_what_is_to_be_done_to_a_thing_is_a_need(deed: str, way: str) -> None:
    assert stated(way.format(deed)).removesuffix("了") == deed


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("who", ["儿子", "物业", "师傅", "志愿者", "我自己", "昨天", "已经", "我儿子昨天"])
def test_what_was_done_to_a_thing_is_no_need(deed: str, who: str) -> None:
    assert is_done_by_others(f"{who}{deed}了")


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("way", ["物业还没{}", "一直没人{}", "到现在都没{}"])
def test_what_was_not_done_yet_is_a_need(deed: str, way: str) -> None:
    assert stated(way.format(deed)) == deed


@pytest.mark.parametrize("words", ["把号码删了", "把电话挂了", "把别人照顾好", "把心放肚子里"])
def test_what_is_told_of_the_call_or_of_others_is_no_need(words: str) -> None:
    assert read_answer(SCRIPT, "needs", words, TODAY).confidence.get("needs", 0.0) < SURE or not stated(words)


@pytest.mark.parametrize("thing", ["水龙头", "电梯", "暖气", "电视"])
@pytest.mark.parametrize(
    ("way", "need"),
    [
        ("{}给我修好", "{}给我修好"), ("{}帮我修好就行", "{}帮我修好"), ("希望{}早点修好", "{}早点修好"),
        ("{}什么时候能修好", "{}什么时候能修好"), ("{}快点修好吧", "{}快点修好"),
        ("{}修好了", ""), ("{}早修好了", ""), ("{}物业给我修好了", ""), ("{}儿子能修好", ""),
        ("{}我自己能修好", ""),
    ],
)  # fmt: skip
def test_what_is_only_wished_for_is_not_done_yet(thing: str, way: str, need: str) -> None:
    assert stated(way.format(thing)) == need.format(thing)


HARD = (
    "没吃的", "没人照顾", "手机不会用", "搬东西不方便", "暖气不热", "灯坏了", "网还没修好",
    "门禁到现在没装好", "菜买不着", "腿脚不便，下不了楼",
)  # fmt: skip


@pytest.mark.parametrize("hard", HARD)
@pytest.mark.parametrize(
    "others", ["别的没有", "其他没了", "别的不用", "再没别的了", "旁的没啥", "别的都不缺"]
)
def test_nothing_else_takes_back_what_is_hard(hard: str, others: str) -> None:
    for said in (f"{hard}，{others}", f"{others}，就是{hard}"):
        assert read_answer(SCRIPT, "needs", said, TODAY).values.get("needs"), said


@pytest.mark.parametrize(
    "words", ["没了没了", "没有了没有了", "网修好了", "都修好了", "别的没有", "没啥没修好的"]
)
def test_what_is_no_need(words: str) -> None:
    assert read_answer(SCRIPT, "needs", words, TODAY).values.get("needs") == ""
