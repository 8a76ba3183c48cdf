"""Combinations of plain words about journeys: made, not made, by others, and remarks that tell of none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dialogs.loading import load_script
from dialogs.slots.journeys.not_made import not_made, speaks_of_none_made
from dialogs.slots.journeys.stayed_behind import others_went_alone
from dialogs.understanding.single_answer import read_answer
from tests.answers import TODAY, read, value

FAR = "老家 农村 乡下 娘家 东北 海边 外地"
WENT_FAR = (
    "去{} 去{}了 去了趟{} 最近去{}了 上周去了{} 自驾去{} 我自驾去的{} 去过一趟{} "
    "带孩子去{}了 只去过{} 我才去的{} {}去过 去{}啦 去{}呗 去{}来着 去{}看病了"
)
GOING = "去外地 出京 回老家 出差 离开北京 出远门"
REFUSED = (
    "不敢{} 不想{} 没空{} 很少{} 谁{}啊 谁敢{}啊 谁还敢{} 哪敢{} 怎么敢{} 疫情谁还敢{} 孩子不让{} 本来想{} "
    "本来要{}没去成 差点就{}了 差一点儿就{}了 倒是想{} 想{}来着 过年才{} 没时间{}啊 单位不让{}"
)
INTENDED_OR_ASKED = "准备{}呢 打算{} 我还想{}呢 能{}吗 可以{}吗 {}要报备吗 {}行不行 什么时候能{} {}要隔离吗"
GONE_ALL_THE_SAME = "不想{}也去了，前天回来的 本来不想{}，后来还是去了 昨天刚{}回来 我{}了 前天{}了"
OTHERS = "我老公 我爸 邻居 同事 楼上的 孩子他爸 是我弟"
OTHERS_WENT = "出差了 回老家了 去外地了 出京了 刚出差回来 去旅游了"
TOGETHER = (
    "我跟老公回老家了 我陪我爸去外地了 带孩子回老家了 我们全家出京了 同事和我一起出差了 我和邻居去旅游了"
)
REMARKS = (
    "取消吧 下雪了 天冷了 外面下雪了 坐下 过来 进来 给我回来 写作业去 一边玩去 门开着呢 刚睡醒 洗澡呢 谁呀 "
    "吃饭去 我打了三针疫苗 昨天刚做完核酸 昨天下了一场雪 每天都问一样的 孩子在旁边闹呢"
)
NONE = (
    "没没没外出过 不出京 好久没出京了 不回老家 没回农村 都不去 并未离京 五一去过 国庆的时候去过 "
    "三个月前回过老家 "
    "始终在京 一直在北京待着 我天天上班 没空去 还回老家呢"
)
NO_PLACES = "取消吧 进来 早上好 洗澡呢 就在家 就附近 省城 南方"


def combined(ways: str, words: str) -> list[str]:
    return [way.format(word) for way in ways.split() for word in words.split()]


def test_journeys_to_where_nobody_of_the_city_lives_are_journeys() -> None:
    assert [said for said in combined(WENT_FAR, FAR) if value("travel", said) is not True] == []


def test_who_went_out_of_the_city_has_travelled() -> None:
    said = "外出了 我外出了 刚外出了 最近外出了 外出过 回村了 跑过外地 外省跑了个遍".split()  # noqa: SIM905
    assert [one for one in said if value("travel", one) is not True] == []


def test_what_was_refused_or_is_to_come_is_no_journey() -> None:
    assert [said for said in combined(REFUSED, GOING) if value("travel", said) is True] == []
    clear = [said for said in combined("不敢{} 没空{} 谁敢{}啊 哪敢{}", "去外地 回老家 出差") if said]
    assert [said for said in clear if value("travel", said) is not False] == []


def test_what_is_intended_or_asked_about_tells_nothing() -> None:
    assert [said for said in combined(INTENDED_OR_ASKED, GOING) if value("travel", said) is True] == []


def test_what_was_done_all_the_same_is_a_journey() -> None:
    told = combined(GONE_ALL_THE_SAME, "去外地 回老家 出差")
    assert [said for said in told if read("travel", said).values.get("travel") is not True] == []


@pytest.mark.parametrize(
    "said", ["去外地了", "不去不行", "没想到去了上海", "去看我妈了", "我要是没去能弹窗吗"]
)
def test_journeys_are_not_taken_for_unmade_ones(said: str) -> None:
    assert not speaks_of_none_made(said)


def test_a_journey_of_somebody_else_is_asked_again() -> None:
    told = [who + went for who in OTHERS.split() for went in OTHERS_WENT.split()]
    assert [said for said in told if value("travel", said) is True] == []


def test_a_journey_with_somebody_else_is_one() -> None:
    assert [said for said in TOGETHER.split() if value("travel", said) is not True] == []
    assert not any(map(others_went_alone, TOGETHER.split()))


def test_remarks_are_neither_a_journey_nor_none() -> None:
    assert {
        said: value("travel", said) for said in REMARKS.split() if value("travel", said) is not None
    } == {}


def test_no_journey_is_none() -> None:
    assert [said for said in NONE.split() if value("travel", said) is not False] == []


def test_words_that_sound_a_little_like_a_place_are_none() -> None:
    assert {
        said: value("travel_place", said) for said in NO_PLACES.split() if value("travel_place", said)
    } == {}


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("五汉", "湖北武汉"),
        ("去了伤害", "上海"),
        ("廊坊", "河北廊坊"),
        ("拉煤去了鄂尔多斯", "内蒙古鄂尔多斯"),
    ],
)
def test_places_that_were_written_wrongly_are_still_heard(said: str, place: str) -> None:
    assert value("travel_place", said) == place


NEAR = "怀柔 昌平 天安门 长城 颐和园 首都机场 香山 亦庄"
WENT_NEAR = "去了{} 去过{} 去了趟{} 去{}玩了 去{}看我妈了 前天去的{} 上{}去了 周末去了{} 就去过{} 去{}办事了"


def test_parts_of_the_home_are_no_journey() -> None:
    assert [said for said in combined(WENT_NEAR, NEAR) if value("travel", said) is True] == []
    plain = combined("去了{} 去过{} 去了趟{} 就去过{}", NEAR)
    assert [said for said in plain if value("travel", said) is not False] == []


@pytest.mark.parametrize(
    "said",
    [
        "去了趟延庆，又去了张家口", "刚从老家回来，去了趟香山", "出差刚回来，昨天去了天安门",
        "去了外地，从首都机场走的",
        "带团去了好几个地方，长城也去了", "回怀柔，前天刚从保定回来", "飞海南，从大兴机场走的",
        "去了承德，路过密云",
    ],
)  # fmt: skip
def test_a_part_of_the_home_beside_a_journey_hides_it_not(said: str) -> None:
    assert value("travel", said) is not False


CITIES = "天津 上海 石家庄 青岛 哈尔滨 海南"
BEEN_THERE = "才去的{} 我才去了{} 前天才去的{} 先说好，{} 拉煤去了{} {}那块儿 就{} {}呗"


def test_places_are_heard_however_they_are_led_in() -> None:
    told = [(way.format(city), city) for way in BEEN_THERE.split() for city in CITIES.split()]
    assert [said for said, city in told if city not in str(value("travel_place", said))] == []


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("上海南了", "海南"),
        ("上海边了", None),
        ("上海了", "上海"),
        ("到上海南站了", "上海"),
        ("下周才去上海", None),
    ],
)
def test_what_begins_with_a_verb_is_another_place(said: str, place: str | None) -> None:
    assert value("travel_place", said) == place


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("昨天早上走晚上回", 1), ("前天一早去的晚上就回了", 2), ("昨天去的当天回", 1), ("昨天", 1),
        ("昨天上午的飞机", 1),
        ("昨天下雪，我下午到的家", 1), ("周五上完班坐高铁回的", 2), ("二十号回的", 2), ("二十号回", 2),
    ],
)  # fmt: skip
def test_the_day_of_a_return(said: str, day: int) -> None:
    assert value("return_date", said) == (TODAY - timedelta(days=day)).isoformat()


OTHER_DAYS = (
    "昨天刚做完核酸 昨天打的疫苗 今天天冷 今天上班 昨天下雨了 昨天没睡好 昨天打过了 前天有人问过 "
    "周一要上班 周三有课 前天孩子生日 前天去医院了 前天买的菜 二十五号回 二十八号才回来 三十号回北京"
)


def test_days_of_something_else_or_to_come_are_no_returns() -> None:
    told = {said: value("return_date", said) for said in OTHER_DAYS.split()}
    assert {said: day for said, day in told.items() if day is not None} == {}


@pytest.mark.parametrize(
    "stammer", ["不敢去" * 20, "本来想去" * 20, "去外地" * 30, "我老公去" * 20, "等" + "去" * 60]
)
def test_a_stammer_is_read_like_anything_else(stammer: str) -> None:
    assert isinstance(not_made(stammer), list)
    others_went_alone(stammer)


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("前些日子去了趟天津，看她妹妹，住了两天，三号就回来了。", {"travel": False}),
        ("去了趟天津，回来五天了", {"travel": True, "travel_place": "天津", "return_date": "2026-11-25"}),
        ("上个月就回河南老家了，现在还没回来", {"travel": True}),
        ("我儿子上个月去上海了还没回来", {"travel": False}),
        ("腊月里才回家呢，现在没回。", {"travel": False}),
    ],
)
def test_when_somebody_came_back(said: str, values: dict[str, object]) -> None:
    told = read_answer(load_script("health_survey"), "travel", said, date(2026, 11, 30)).values
    assert {name: told.get(name) for name in values} == values
