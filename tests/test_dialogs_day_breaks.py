"""Days of return in answers that recognisers write without punctuation."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.slots.day.breaks import with_breaks
from dialogs.understanding import Context, understanding_of

SCRIPT = load_script("health_survey")
SURE = 0.6


def day(text: str) -> str:
    """The day of the return, ask where it is in doubt."""
    context = Context(SCRIPT.states["ask_return"], date(2026, 11, 22))
    finding = understanding_of(SCRIPT).read(text, context).findings.get("return_date")
    if finding is None or finding.value is None or finding.confidence < SURE:
        return "ask"
    return str(finding.value).removeprefix("2026-")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十二十二号", "11-12"),
        ("我是十九十九号回来的", "11-19"),
        ("二十二十号可别写十二", "11-20"),
        ("等我翻下车票十八十一月十八", "11-18"),
        ("一一一七十一月十七", "11-17"),
        ("幺八十八号", "11-18"),
        ("不是十二是十三十二那天大雾封路", "11-13"),
        ("十五号不是十五十六我给记拧了", "11-16"),
        ("二十一号", "11-21"),  # one number
        ("三十一号回的", "10-31"),
        ("十一月二十一", "11-21"),
        ("上月廿五号", "10-25"),
        ("幺三号", "11-13"),
    ],
)
def test_numbers_that_run_together_are_two_days(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("九号嗯不是十号到的", "11-10"),
        ("礼拜三唉不是礼拜一", "11-16"),
        ("前天咦不大前天", "11-19"),
        ("周二不周三", "11-18"),
        ("二十号更正是十九号", "11-19"),
        ("十二号啊记错十四号", "11-14"),
        ("十六号呸十七号", "11-17"),
        ("昨儿哎前儿", "11-20"),
        ("是昨天我睡糊涂了", "11-21"),
        ("十六我弄混了", "11-16"),
        ("是十号不是十一号", "11-10"),  # denied, not put right
        ("不是十号是十一号", "11-11"),
        ("前天不上班那天回的", "11-20"),
        ("昨天不太晚就到家了", "11-21"),
        ("十号错不了", "11-10"),
        ("礼拜三不信你查", "11-18"),
    ],
)
def test_day_that_puts_right_the_one_before_it(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本想周五回活没干完周六才回来", "11-21"),
        ("说好前天回老板又留一天昨天到的", "11-21"),
        ("订的礼拜二领导不放人礼拜四才回来", "11-19"),
        ("原计划住半个月娘家妈撵我十三号就回了", "11-13"),
        ("十四号那晚不算十五号才进的京", "11-15"),
        ("我爸十二号没的头七都没过十六号我就赶回来上班了", "11-16"),
        ("礼拜四下去的接上我爸礼拜六就上来了", "11-21"),
        ("说好周一回堵在高速上周二天亮才到", "11-17"),
        ("我在车上周三到的", "11-18"),
        ("上月走的本月十号回来", "11-10"),
        ("走的那天礼拜六返京礼拜三", "11-18"),
        ("回来是礼拜一去嘛上上周了", "11-16"),
        ("我没买着票我十四号才回", "11-14"),
        ("我妈十四号才回来我十二号", "11-12"),  # her own
        ("拖到十四号才回", "11-14"),
        ("要不是封路，十号就回了", "ask"),
        ("没到十四号就回了", "ask"),
        ("十七号去的时候是三号来回半拉月", "11-17"),
        ("昨天走的", "ask"),
        ("昨天走京藏高速回来的", "11-21"),
    ],
)
def test_statement_of_the_return_begins_with_its_day(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十三礼拜五", "11-13"),
        ("十八礼拜三回来的", "11-18"),
        ("十月三十一周末嘛带俩孩子一起回的", "10-31"),
        ("阳历十二阴历十月初四", "11-12"),
        ("十四去十五回", "11-15"),
        ("十六走二十回", "11-20"),
        ("整整两个礼拜一天不多", "11-08"),
        ("到今天整三天你掰手指头算", "11-19"),
        ("我闺女生日第二天她生日是十七号", "11-18"),
        ("发养老金第二天养老金十五号发的", "11-16"),
        ("十三个礼拜", "ask"),  # a period
        ("周末回的", "ask"),
    ],
)
def test_what_explains_a_day_touches_it(text: str, expected: str) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    "text", ["十号回来的", "三十一号", "我妈十四号才回", "没有", "在家呢", "十一月二十二"]
)
def test_what_is_one_clause_stays_one(text: str) -> None:
    assert with_breaks(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十号啊十一号", "11-11"),
        ("上周二啊这周二", "11-17"),
        ("二十号等我翻翻票哦十九号", "11-19"),
        ("昨天啊", "11-21"),
        ("十九号啊你不是问过吗", "11-19"),
        ("四天了您算算", "11-18"),
        ("我爸妈礼拜三回来我是礼拜五要上班", "11-20"),
        ("礼拜五要上班我礼拜四回来", "11-19"),
        ("十一月十八零七三零到站", "11-18"),
        ("要按火车票是十九号开到家二十号了", "11-20"),
        ("十八号走的二十号到", "11-20"),
        ("十二号去的第二天就回来了", "11-13"),
        ("十号四号我说的是十四号您听真了", "11-14"),
        ("回来有四天了不五天了十七号", "11-17"),
        ("大前儿到的那边昨儿就回了", "11-21"),
        ("回来是十号要说去那是月初头儿了", "11-10"),
        ("上周二不上周二在路上上周三到的", "11-11"),
    ],
)
def test_day_beside_another_that_is_corrected_or_explained(text: str, expected: str) -> None:
    assert day(text) == expected
