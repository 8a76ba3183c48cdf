"""Answers and replies of round 24 of whole calls, and of six writers, that were taken wrongly."""

from __future__ import annotations

import pytest

from tests.played_answers import NOTICE, OBSERVATION, SURVEY, after, read, told


@pytest.mark.parametrize("said", ["刚起来量的三十六度五", "刚起床量的，三十六度五"])
def test_who_has_just_got_up_has_taken_it(said: str) -> None:
    assert told(OBSERVATION, "morning_temperature", said) == {"morning_temperature": 36.5}


def test_reading_of_another_time_is_put_right() -> None:
    said = "三十六度七昨儿晚上高点儿三十七度一不是三十七度三"
    readings = {"morning_temperature": 36.7, "evening_temperature": 37.3}
    assert told(OBSERVATION, "morning_temperature", said) == readings


def test_wife_beside_a_comma_is_another() -> None:
    assert told(SURVEY, "temperature", "我婆娘是三十七度一我是三十六度四") == {"temperature": 36.4}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("二十号坐夜车到的沈阳，二十二号下午坐高铁回来的", "2026-11-22"),
        ("十七号到的，二十五号飞回来", "2026-11-25"),
        ("二十号，比我媳妇早一天", "2026-11-20"),
        ("他二十号回的，我比他早一天", "2026-11-19"),
        ("一块儿去的人都是二十八号回的，我有事多待了一天，二十九号回的", "2026-11-29"),
        ("前天夜里刚进的京", "2026-11-28"),
    ],
)
def test_day_of_return_beside_others(said: str, day: str) -> None:
    assert told(SURVEY, "return_date", said)["return_date"] == day


def test_what_is_put_right_takes_nothing_else_back() -> None:
    said = "去了趟石家庄还去了邯郸不对不是邯郸是邢台二十号走的二十五号回来的"
    assert told(SURVEY, "travel_place", said)["travel_place"] == "河北石家庄邢台"
    said = "我啊 我嗓子疼 不对不是嗓子疼 是头疼 从昨天开始头疼"
    assert told(SURVEY, "symptoms", said)["symptoms"] == ["头痛"]


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("以前八口呢，分家以后就我们小两口单过了", 2),
        ("六口，算上我弟弟他们两口子", 6),
        ("六个人，算上保姆", 6),
    ],
)
def test_household_that_was_counted_already(said: str, number: int) -> None:
    assert told(SURVEY, "household_size", said)["household_size"] == number


def test_who_names_himself_lists_his_family() -> None:
    assert told(SURVEY, "identity", "是的我是张三家里有我爱人我两个孩子和我")["identity"] == "self"


def test_heart_in_the_belly_is_no_complaint() -> None:
    assert told(SURVEY, "symptoms", "没有，您就把心搁肚子里吧") == {"symptoms": []}


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("菜快吃完了，还有门口那两袋垃圾给我拎走就行。", "菜、拎两袋垃圾"),
        ("菜我自己网上买就是垃圾麻烦你们派人收一下", "收垃圾"),
        ("没啥要帮忙的挂了啊超时要扣钱", ""),
        ("想要两样，一个是买胰岛素，一个是换煤气罐。", "买胰岛素、换煤气罐"),
        ("小区门口的我拿不了，能帮忙取一下快递吗？", "取快递"),
        ("昨天晚上鼓捣到十二点也没弄开，麻烦社区帮忙换把锁", "换锁"),
        ("我不用，你们去看看对门老太太", "去看看对门老太太"),
    ],
)
def test_needs(said: str, needs: str) -> None:
    assert told(OBSERVATION, "needs", said)["needs"] == needs


def test_needs_in_passing() -> None:
    said = "咳嗽有一点还气短家里就我跟闺女俩想让你们帮我拿点药"
    assert told(SURVEY, "symptoms", said)["needs"] == "拿点药"
    assert "needs" not in told(SURVEY, "household_size", "五个人，岳父岳母来帮着带娃")
    assert told(OBSERVATION, "went_out", "没出去，门口垃圾都两天没人来收了。")["needs"] == "收垃圾"


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("没啥需要，就问一句，我们跑货运的几天做一回核酸？", "我们跑货运的几天做一回核酸"),
        ("我就想问下儿科现在能直接去吗要不要先做核酸", "儿科现在能直接去吗要不要先做核酸"),
    ],
)
def test_questions_beside_needs(said: str, question: str) -> None:
    assert told(SURVEY, "needs", said)["questions"] == question


def test_questions_about_the_water() -> None:
    whole = "我就想问问是不是一整条街都停"
    assert told(NOTICE, "needs_help", whole)["questions"] == "是不是一整条街都停"
    said = "明白了，周六九点到五点，那周日还停不停啊？"
    assert told(NOTICE, "understood", said) == {"understood": True, "questions": "周日还停不停"}
    assert read(NOTICE, "understood", "知道了，五点能来水不").intent == "read_again"


def test_complaint_that_is_called_a_no_is_confirmed() -> None:
    answers = [
        "是我",
        "在北京",
        "不烧也不咳嗽，就是胸口闷，喘气儿费劲",
        "三十六度五",
        "没有",
        "没有",
        "两口人",
        "没有",
    ]
    before = after(SURVEY, answers)["symptoms"]
    assert after(SURVEY, [*answers, "是喘不上来气，胸口还发闷，你给写上。"])["symptoms"] == before


def test_no_others_and_just_these() -> None:
    answers = ["是我", "在呢在家待着呢就是打前天起嗓子疼还老咳嗽", "没别的了就这俩", "三十六度五"]
    assert after(SURVEY, answers)["temperature"] == 36.5
