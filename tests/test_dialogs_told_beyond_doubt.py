"""What the rules know and no network can: days before those that count, what is left out of what is well."""

from __future__ import annotations

import pytest

from dialogs.loading import load_script
from dialogs.understanding.told_first import leaves_one_out
from tests.answers import read, value

SYMPTOMS = load_script("health_survey").slots["symptoms"]
WELL = ("都挺好的", "别的都好", "，其他都正常", "一切都好", "，哪儿都没事")


@pytest.mark.parametrize("well", WELL)
def test_what_is_left_out_of_what_is_well_is_no_all_clear(well: str) -> None:
    assert value("symptoms", f"除了头疼{well}") == ["头痛"]
    assert leaves_one_out(SYMPTOMS, f"除了有点头疼{well.replace('，', ',')}")


@pytest.mark.parametrize("text", ["除了头疼没别的", "没有头疼,别的都好", "除了孙子都挺好的"])
def test_nothing_is_left_out_where_no_symptom_is_named_as_such(text: str) -> None:
    assert not leaves_one_out(SYMPTOMS, text)


@pytest.mark.parametrize(
    "said", ["三个月前去过西安", "国庆带孩子去了趟三亚", "半年前回过老家", "去年去过一回上海"]
)
def test_a_journey_before_the_days_that_count_is_none(said: str) -> None:
    assert value("travel", said) is False


def test_a_reading_that_cannot_be_believed_is_none() -> None:
    told = read("temperature", "那支表摔过，总停在四十一度，信不得")
    assert told.values == {"temperature": None}


@pytest.mark.parametrize(
    "said", ["发热没有，咳嗽也没有，乏力，更没有", "发热没有，咳嗽……也没有，乏力，更没有。三样都没有。"]
)
def test_what_is_denied_all_the_more_is_denied(said: str) -> None:
    assert value("symptoms", said) == []


@pytest.mark.parametrize("said", ["去的长春，啊呸，哈尔滨", "长春，呸，哈尔滨"])
def test_who_spits_on_a_word_takes_it_back(said: str) -> None:
    assert value("travel_place", said) == "黑龙江哈尔滨"


def test_what_stands_before_a_stand_is_no_county() -> None:
    said = "上星期公司派我上深圳盯展会，在展台前一站就是一天"
    assert read("travel", said).values["travel_place"] == "广东深圳"


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("一个是买菜，二一个是倒垃圾", "买菜、倒垃圾"),
        ("一个买菜，再一个倒垃圾", "买菜、倒垃圾"),
        ("一是买菜，二来倒垃圾", "买菜、倒垃圾"),
    ],
)
def test_things_that_are_counted_are_told_without_their_numbers(said: str, needs: str) -> None:
    assert value("needs", said) == needs


def test_a_family_member_who_tells_of_him_in_passing_is_asked_again() -> None:
    said = "您是问他现在在不在北京？我是他爱人，他在北京，就在我旁边躺着呢，他有点乏力，别的症状没有。"
    assert "symptoms" not in read("in_beijing", said).values


BEFORE = "国庆 国庆的时候 上个月 上个月十五号 十月五号 三个月前 两三个月前 去年 春节 暑假 半年前 好几个月前"
WITHIN = "上周 上周三 昨天 前几天 十五号 双十一 两三天前 五六天前 一个星期前 十二三天前 上个周末"
JOURNEYS = (
    "{}去了趟天津", "{}去过西安", "{}去的上海", "去过西安，{}", "去过西安，{}去的", "天津，{}去的",
    "有，{}去了石家庄", "就{}去过一次老家", "{}带孩子去天津玩了", "{}回了趟老家", "去了一趟上海，{}的时候",
)  # fmt: skip
"""Ways to tell of a journey and of its time."""


@pytest.mark.parametrize("way", JOURNEYS)
def test_a_journey_counts_by_its_time_wherever_that_is_told(way: str) -> None:
    assert [told for time in BEFORE.split() if value("travel", told := way.format(time)) is not False] == []
    assert [told for time in WITHIN.split() if value("travel", told := way.format(time)) is not True] == []


@pytest.mark.parametrize(
    "said",
    [
        "去了天津，上个月底出发，十二号到的家",
        "五号去的天津，昨天回来的",
        "去过天津，国庆去的，后来上周又去了一回",
    ],
)
def test_who_left_before_and_came_home_since_has_travelled(said: str) -> None:
    told = read("travel", said).values
    assert (told["travel"], told["travel_place"]) == (True, "天津")


@pytest.mark.parametrize("said", ["取快递有困难", "看孩子有点困难", "接孩子成问题", "理发有困难"])
def test_what_is_difficult_is_needed(said: str) -> None:
    assert said[:2] in str(value("needs", said))


def test_what_is_there_takes_no_other_need_back() -> None:
    assert value("needs", "需要个体温计，口罩和酒精我都有，不用给") == "体温计"
    assert value("needs", "要米，哦家里有，不用送") == ""


def test_who_opens_by_asking_is_not_recorded_as_needing_nothing() -> None:
    assert value("needs", "想找人通下水道电灯不用管了那是上礼拜坏的我儿子已经修好了") is None


def test_who_is_here_is_so_while_others_have_yet_to_come() -> None:
    assert value("in_beijing", "在的，我在北京丰台，我爱人出差去武汉了，得礼拜四才回来") is True
    assert value("in_beijing", "上礼拜三去成都出差了，得这礼拜五才回来") is False


@pytest.mark.parametrize(
    "said",
    [
        "上次跟您说了，我去了趟天津",
        "去年买的票，去了趟天津",
        "前年退的休，去天津看孩子了",
    ],
)
def test_what_else_was_long_ago_makes_no_journey_old(said: str) -> None:
    assert value("travel", said) is not False
