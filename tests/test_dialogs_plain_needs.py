"""What plainly is a need stays one, whatever is had besides and however politely it is told."""

from __future__ import annotations

from itertools import product

import pytest

from tests.answers import value

THINGS = ["奶粉", "口罩", "降压药", "鸡蛋", "感冒药", "消毒液"]
LACKING = ["用完了", "不太够", "抢不到", "下单没货", "哪儿都买不着", "还没买", "得买点", "家里没有"]
BESIDES = ["", "，别的没啥", "，其他都有", "，别的都不缺", "，麻烦你们了", "，上哪儿都买不着"]
ASKED = {
    "送桶水来": "水",
    "灯坏了": "灯",
    "暖气不热": "暖气",
    "水费没交": "水费",
    "手机不会扫码": "码",
    "给我老伴挂个号": "号",
    "要是能送点菜就好了": "菜",
    "有口罩的话给几个": "口罩",
    "自己做不了饭": "饭",
}
BEFORE = ["", "有，", "也没啥，就是", "不好意思啊，", "说实话，", "什么都不缺，就是"]


def _is_lost(said: str, thing: str) -> bool:
    """Whether it is believed that nothing is needed, or something else; asking again is no loss."""
    found = value("needs", said)
    return found is not None and thing not in str(found)


@pytest.mark.parametrize("thing", THINGS)
def test_what_is_lacking_is_needed(thing: str) -> None:
    said = [thing + lacking + besides for lacking, besides in product(LACKING, BESIDES)]
    assert [text for text in said if _is_lost(text, thing)] == []


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_for_is_needed(asked: str) -> None:
    said = [before + asked + besides for before, besides in product(BEFORE, BESIDES[:5])]
    assert [text for text in said if _is_lost(text, ASKED[asked])] == []


@pytest.mark.parametrize(
    "said",
    [
        "上回的事解决了，没别的了",
        "儿子都买了，别的没啥",
        "身体挺好，别的没啥",
        "马桶昨天物业给通了，没别的事",
        "没有别的要求",
        "就缺觉，别的真不缺。",
    ],
)
def test_what_is_done_or_no_thing_is_not(said: str) -> None:
    assert value("needs", said) == ""


def test_a_thing_of_which_there_is_none_is_lacking_where_nothing_else_is() -> None:
    assert value("needs", "口罩没有，别的都不缺") == "口罩"
