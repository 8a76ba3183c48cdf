"""Answers that hold no value, or too little of one, as products of lists; and mirror images, which count."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from tests.answers import value


def _each(*lists: str) -> list[str]:
    return ["".join(parts).replace("_", "") for parts in product(*(each.split() for each in lists))]


REFUSALS = (
    _each("_ 这个", "能不能 可不可以 可以 能", "不说 不回答", "吗 _")
    + _each("不说 不答", "行吗 行不行")
    + ["我不太想说", "这个不方便透露", "能不能不回答", "跳过吧", "跳过这个", "这个就不说了吧", "说了也没用"]
)


@pytest.mark.parametrize("question", ["identity", "in_beijing", "symptoms", "travel", "contact", "needs"])
def test_a_soft_refusal_is_no_answer(question: str) -> None:
    assert [answer for answer in REFUSALS if value(question, answer) is not None] == []


def test_what_is_asked_after_is_needed() -> None:
    said = _each("药 菜 牛奶 口罩", "什么时候 啥时候 哪天", "能买好 送来 能来")
    wrong = [answer for answer in said if value("needs", answer) == ""]
    assert len(wrong) <= 1, wrong
    assert value("needs", "药什么时候能买好") == "药什么时候能买好"
    assert value("needs", "口罩什么时候能送到") == "口罩"
    assert value("needs", "水什么时候来") == "水什么时候来"
    assert value("needs", "什么时候来都行") in ("", None)


def test_what_somebody_mended_is_no_need() -> None:
    said = _each("物业 社区 师傅 你们", "_ 已经 刚", "修好了电梯 送来了菜 解决了暖气 换好了灯")
    assert [answer for answer in said if value("needs", answer)] == []
    lacking = ["物业没修好电梯", "电梯修好了又坏了", "物业还没修电梯", "让物业修电梯", "电梯修好了，就是缺药"]
    assert [answer for answer in lacking if not value("needs", answer)] == []


def test_no_time_for_a_chore_is_a_need_and_none_to_talk_is_not() -> None:
    said = _each("没空 没时间 没工夫", "做饭 买菜 倒垃圾 照顾老人")
    assert [answer for answer in said if not value("needs", answer)] == []
    assert [answer for answer in ("没空", "没时间说话", "现在没空") if value("needs", answer)] == []


def test_a_building_keeps_its_name() -> None:
    assert value("needs", "给我们单元消消毒") == "单元消消毒"


def test_the_day_somebody_left_is_not_that_of_the_return() -> None:
    left = _each("十一 我十一 十五号 上周五 周三", "回老家了 回老家去了 离京的 去了外地 回娘家了")
    wrong = [answer for answer in left if value("return_date", answer) is not None]
    assert len(wrong) <= 1, wrong
    back = _each("十一 十一号", "回来的 回来了 到家的 回北京的")
    assert [
        answer for answer in back if value("return_date", answer) not in (date(2026, 11, 11), "2026-11-11")
    ] == []


def test_who_lives_with_others_counts_the_hosts_as_well() -> None:
    said = _each("我们俩 我跟老公 我们夫妻 我们一家三口", "住", "丈人家 婆婆家 娘家 儿子家")
    assert [answer for answer in said if value("household_size", answer) is not None] == []
    families = _each("_ 我们 就", "一家", "_ 老小", "三口 三口人 三口吧")
    assert [answer for answer in families if value("household_size", answer) != 3] == []
