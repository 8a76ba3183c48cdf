"""What recognisers write without any pause, as residents said it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.answers import SCRIPT, read, value

SURE = SCRIPT.slots["in_beijing"].sure


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("symptoms", "发热没有咳嗽没有乏力没有上吐下泻倒是有", ["呕吐", "腹泻"]),
        ("symptoms", "发烧没有失眠有", ["其他不适"]),
        ("temperature", "昨儿三十六度三今儿比昨儿高一度", 37.3),
        ("temperature", "昨天三十六度八今儿早上比昨天低了零点三", 36.5),
        ("temperature", "昨天三十七度三，把我吓一跳，今天掉回去半度，踏实了", 36.8),
        ("household_size", "原来是五口大儿子上个月成家搬出去单过了", 4),
        ("household_size", "原来五口老二上个月搬走了", 4),
        ("needs", "不用米上回送的米还没拆袋来桶油吧", "来桶油"),
        ("needs", "咳嗽药水给我来一瓶吧我这咳起来没完", "咳嗽药水给我来一瓶"),
    ],
)
def test_statements_end_where_they_end(question: str, said: str, expected: Any) -> None:
    assert value(question, said) == expected


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("household_size", "原先四口减一个搬出去的老三", 3),
        ("household_size", "我们家五口不六口保姆也住家里呢连她六口", 6),
    ],
)
def test_who_would_be_asked_again_is_read_without_likely_pauses_first(
    question: str, said: str, expected: Any
) -> None:
    assert value(question, said) == expected


@pytest.mark.parametrize("said", ["没有体温表你们能给发一个吗", "没有体温计能不能给我发一个"])
def test_who_has_no_thermometer_asks_for_one(said: str) -> None:
    told = read("temperature", said).values
    assert told["temperature"] is None
    assert told["needs"] in ("体温表", "体温计")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("travel", "什么叫外地燕郊算不算"),
        ("travel", "啥子叫外地昌平算不算嘛"),
        ("travel", "什么叫外地啊出了五环算不算"),
        ("travel", "什么叫外地是出了小区就算还是出了北京才算"),
        ("symptoms", "乏力啥意思"),
        ("contact", "疑似是个什么意思啊"),
    ],
)
def test_who_asks_what_a_word_means_has_answered_nothing(question: str, said: str) -> None:
    assert read(question, said).values == {}
    assert read(question, said).intent == "repeat"


def test_whoever_breathes_is_a_person() -> None:
    assert read("needs", "跟机器说不清给我找个喘气儿的").intent == "wants_person"


@pytest.mark.parametrize(
    "said",
    [
        "发烧、头疼、腹泻均没有",
        "发烧，头疼，腹泻都没有",
        "发烧、咳嗽均无",
        "头疼、恶心都没有",
        "嘴里也尝得出味儿，不烧不咳",
    ],
)
def test_whoever_lists_complaints_denies_them_all(said: str) -> None:
    assert value("symptoms", said) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("我最近头疼，发烧、咳嗽都没有", ["头痛"]),
        ("有点头疼、恶心，发烧没有", ["头痛", "呕吐"]),
        ("身上软绵绵的，一点力气都没得，还发烧", ["发热", "乏力"]),
        ("浑身酸，一点力气都没有，还咳嗽", ["肌肉酸痛", "乏力", "咳嗽"]),
    ],
)
def test_what_is_told_beside_a_denied_list_stays_told(said: str, expected: list[str]) -> None:
    assert set(read("symptoms", said).values["symptoms"]) == set(expected)


def test_the_reading_of_now_is_the_one_that_counts() -> None:
    assert value("temperature", "上午那会儿三十六度八这阵儿又量了一下三十六度四") == 36.4


def test_who_leaves_at_the_end_of_the_month_has_not_been_away() -> None:
    assert value("travel", "票买好了月底才走") is False


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("户口是北京的，我本人可没在那儿", False),
        ("北京的房子卖了，我现在在村里", False),
        ("去年年底就从北京搬走了，没再回去", False),
        ("搁北京嘞，俺河南老家地里没活儿，不回去", True),
    ],
)
def test_whoever_has_left_for_good_is_not_there(said: str, expected: bool) -> None:
    assert value("in_beijing", said) is expected


@pytest.mark.parametrize("said", ["北京的老房子卖了，现在住女儿家", "北京的房子卖了，我现在住通州"])
def test_whoever_has_sold_his_flat_may_still_live_there(said: str) -> None:
    assert value("in_beijing", said) is not False


def test_chatting_is_no_complaint() -> None:
    assert read("identity", "俺是他媳妇儿，啥事儿你跟俺拉拉就中").values == {"identity": "family"}


def test_one_thing_and_another_are_both_needed() -> None:
    assert value("needs", "头一样是尿不湿，再一个是奶粉") == "尿不湿、奶粉"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("没有发烧的", False),
        ("家里没有发烧的", False),
        ("我妈发烧", True),
        ("孩子发烧", True),
        ("小区里有发烧的", True),
        ("没发烧", None),
    ],
)
def test_who_is_ill_around_somebody(said: str, expected: bool | None) -> None:
    assert value("contact", said) is expected


@pytest.mark.parametrize("said", ["在外面吃饭呢", "在外头遛弯呢", "我在回家的路上"])
def test_who_is_only_out_of_the_house_is_asked_again(said: str) -> None:
    assert read("in_beijing", said).confidence["in_beijing"] < SURE
