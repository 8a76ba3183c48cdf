"""Days of return that are reckoned from other days, and days that only stand beside them."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.understanding import Context
from dialogs.understanding.reader import Understanding

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)
SURE = 0.6


def day(text: str) -> str:
    """The day of the return as the rules read it, ask where they are in doubt."""
    finding = BY_RULES.read(text, Context(SCRIPT.states["ask_return"], date(2026, 11, 22))).findings.get(
        "return_date"
    )
    if finding is None or finding.value is None or finding.confidence < SURE:
        return "ask"
    return str(finding.value).removeprefix("2026-")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我儿子昨天到的，我比他早一天", "11-20"),
        ("比我儿子晚一天，他是十四号到的", "11-15"),
        ("老伴先回的十六号，我晚他一天", "11-17"),
        ("我媳妇预产期是二十一，我提早三天到的家", "11-18"),
        ("比昨天再早三天，礼拜三", "11-18"),
        ("他们十六号到，我比他们早一天，十五号", "11-15"),
    ],
)
def test_return_is_reckoned_from_that_of_another(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十五号去的，住了两宿就回了", "11-17"),
        ("十号去的，在那儿睡了三宿，睡完就回了", "11-13"),
        ("十六号去的，过了一宿就往回赶了", "11-17"),
        ("回来以后睡了四宿了", "11-18"),
    ],
)
def test_nights_are_added_to_the_departure(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("养老金十五号发，发养老金第二天回的", "11-16"),
        ("我闺女生日第二天，她生日是十七号", "11-18"),
        ("低保金十号打卡，打低保金前一天回的", "11-09"),
        ("孙子考试是十二号，考试完第二天回的", "11-13"),
    ],
)
def test_return_is_reckoned_from_an_event_told_elsewhere(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到明天就满十天，不信你掰指头", "11-13"),
        ("后天才满一个礼拜", "11-17"),
        ("再过两天，到家就满两周了", "11-10"),
    ],
)
def test_return_is_reckoned_from_a_day_to_come(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("刚满一周", "11-15"),
        ("回家刚好五天", "11-17"),
        ("都过去四天了", "11-18"),
        ("一个星期零一天了", "11-14"),
        ("整整两个礼拜，一天不多", "11-08"),
        ("回来掐指一算，六天了", "11-16"),
        ("到今天正好十天头上", "11-12"),
    ],
)
def test_period_alone_counts_back(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上一个礼拜的最末一天，周日", "11-15"),
        ("十六，本周头一天", "11-16"),
        ("十一月的第十天", "11-10"),
        ("上礼拜的昨天，周六", "11-14"),
        ("前天的前天，礼拜三，十八号", "11-18"),
        ("双十一后第一个周五", "11-13"),
        ("回来正赶上上礼拜天，楼里停电那天", "11-15"),
        ("双十一过完第三天，十四号", "11-14"),
    ],
)
def test_days_told_by_their_place_in_a_week_or_month(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十三号，第二天就上医院给我爸办出院去了", "11-13"),
        ("礼拜四，回来第二天老伴就确诊了", "11-19"),
        ("十二号晚上，隔天早班四点半就得起", "11-12"),
        ("十七，这月的，头天下的小雪", "11-17"),
        ("上个星期天，因为星期一要上学", "11-15"),
        ("十七号，上回那趟是十月三号，别弄混", "11-17"),
        ("八号，立冬刚过，那天礼拜天", "11-08"),
        ("赶在周五下雨之前回来的，周四", "11-19"),
    ],
)
def test_day_that_only_explains_another_is_not_the_return(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("该十七号回，车晚点，十八号才到", "11-18"),
        ("十三号就该到，大雪封路，十四号下午才进的门", "11-14"),
        ("十号，你记成四号就错啦", "11-10"),
        ("别记二十号，记十九号", "11-19"),
        ("应该说是十四号，不是四号", "11-14"),
        ("十八，错，十九号", "11-19"),
        ("周一，呃，周二，对，周二", "11-17"),
        ("车票上是十三号，可晚点，到家都十四号凌晨了", "11-14"),
        ("没错，铁定二十号", "11-20"),
    ],
)
def test_day_that_should_have_been_or_was_misheard_is_not_the_return(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去的周五，回的周六，昨天嘛", "11-21"),
        ("去的时候是十号，回的时候十四", "11-14"),
        ("大前儿到的那边，昨儿就回了", "11-21"),
        ("今儿个一早去的，刚进门", "11-22"),
        ("我十七走的，第二天就回来了", "11-18"),
        ("星期三一早动身，午饭前就到了", "11-18"),
        ("十号晚上出发，开了一宿，转天早上到家", "11-11"),
        ("前天走的，第二天一早到的北京", "11-21"),
    ],
)
def test_departure_is_told_from_the_return(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "十三号去的，住了三天就回来了",
        "在家待了三天了",
        "去了五天了",
        "明天就回来",
        "回家才三天",
        "不知道比他早几天",
    ],
)
def test_what_may_count_something_else_is_asked_again(text: str) -> None:
    assert day(text) == "ask"
