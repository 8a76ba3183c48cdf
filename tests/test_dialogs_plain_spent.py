"""What a no is spent on, the National Day, errands, brief journeys and where somebody is, in combinations."""

from __future__ import annotations

from itertools import product

import pytest

from tests.answers import read, value

A_WHILE = "没几天 没两天"
DONE = "刚回来 从老家回来 出差回来 刚从外地回来"
FELT = {"咳嗽": ["咳嗽"], "发烧": ["发热"], "头疼": ["头痛"]}
BY_DEGREE = "得不中 得不行 得不厉害 得不多"
NOBODY_TOLD = "没告诉家里 没告诉我妈 没跟老婆说 没敢跟我妈说 没跟单位报备 没跟领导打招呼"
WENT = "出差了 我去外地了 回老家了 去了趟上海"
HOLIDAY = "十一回老家了 十一去的青岛 十一带孩子去了趟三亚 我十一跑了趟山东 十一放假回的老家"
ERRANDS = (
    "去了趟医院 就去了趟超市 去菜市场了 去公园遛弯了 去医院拿药了 就买个菜 就下楼扔个垃圾 也就遛个狗 "
    "就取个快递 家和单位两头跑"
)
STAYED = "宅家里 居家办公 从没 那是以前 有什么好去的 有啥可去的啊 我去武汉干嘛 去上海干什么呀"
JOURNEYS = "回了一趟 回过一次家 回过 才回来 我人就在外地 当天来回 当天去当天回 出远门了 前天回来的"
HERE = (
    "居家隔离呢 我居家办公呢 到家了 都到家了 还用问 那还用说 必须的 那肯定啊 当然 我妈回去了，我没有 "
    "我爸走了，我没有 回来没几天 刚回京没两天 在咧 在外地一趟没跑 在外地没去过 不在北京怎么接的电话"
)
ELSEWHERE = "快到家了 没到家 明儿回北京 在高速上，快到北京了 还在火车上，快到北京了 在外地没回去 当然不在"
OPEN = "什么北京 你问我在哪儿 问我在哪啊"
TO_THE_ROOM = "别吵了 别吵 我接个电话 骗子吧 有没有人管管这孩子 谁来哄哄孩子"


def joined(left: str, right: str) -> list[str]:
    return [one + other for one, other in product(left.split(), right.split())]


def test_a_while_after_what_was_done_denies_nothing() -> None:
    assert [said for said in joined(DONE, A_WHILE) if value("travel", said) is not True] == []


@pytest.mark.parametrize("felt", FELT)
def test_a_while_or_a_degree_after_what_is_felt_denies_nothing(felt: str) -> None:
    said = joined(felt, f"{A_WHILE} {BY_DEGREE}")
    assert [one for one in said if value("symptoms", one) != FELT[felt]] == []
    assert value("symptoms", f"我觉得不{felt}") == []


def test_who_told_nobody_of_a_journey_made_one() -> None:
    assert [said for said in joined(NOBODY_TOLD, WENT) if value("travel", said) is not True] == []
    denied = "没告诉我妈我没去外地 没跟别人去外地 没和老婆去旅游过 没通知我出差"
    assert [said for said in denied.split() if value("travel", said) is True] == []


def test_few_days_away_are_asked_for_again() -> None:
    assert [said for said in ("没去几天", "没出去几天") if value("travel", said) is False] == []


def test_the_national_day_is_too_long_ago() -> None:
    assert [said for said in HOLIDAY.split() if value("travel", said) is not False] == []
    newer = ("十一号去的青岛", "十一去的青岛，十五回来的", "双十一去的青岛")
    assert [said for said in newer if value("travel", said) is not True] == []
    assert value("return_date", "十一回来的") == "2026-11-11"


def test_errands_and_staying_are_no_journey() -> None:
    assert [said for said in f"{ERRANDS} {STAYED}".split() if value("travel", said) is not False] == []
    assert "needs" not in read("travel", "就买个菜").values
    far = ("去医院了，在武汉", "家和上海两头跑", "去上海干活了", "去武汉我妈那儿了")
    assert [said for said in far if value("travel", said) is not True] == []


def test_brief_words_of_a_journey() -> None:
    assert [said for said in JOURNEYS.split() if value("travel", said) is not True] == []


def test_where_somebody_is() -> None:
    assert [said for said in HERE.split() if value("in_beijing", said) is not True] == []
    assert [said for said in ELSEWHERE.split() if value("in_beijing", said) is not False] == []
    assert [said for said in OPEN.split() if value("in_beijing", said) is not None] == []


@pytest.mark.parametrize("question", ["identity", "in_beijing", "travel", "travel_place"])
def test_what_is_said_to_the_room_has_no_consequence(question: str) -> None:
    assert [said for said in TO_THE_ROOM.split() if read(question, said).intent not in ("", "none")] == []


def test_another_half_is_a_spouse() -> None:
    said = ("张三的另一半", "我是他另一半", "他的另一半，有事您说")
    assert [one for one in said if value("identity", one) != "family"] == []
    assert value("household_size", "我和另一半") == 2
