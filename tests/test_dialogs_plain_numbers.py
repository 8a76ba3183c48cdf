"""How many people and how many degrees, in combinations of plain words, beside look-alikes that must stay."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.machine import SURE
from dialogs.understanding.single_answer import read_answer

SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)


def _read(question: str, words: str) -> object:
    answer = read_answer(SCRIPT, question, words, TODAY)
    is_sure = answer.confidence.get(question, 0.0) >= SURE
    return answer.values.get(question) if is_sure else "ask"


def _people(words: str) -> object:
    return _read("household_size", words)


@pytest.mark.parametrize("who", ["小两口", "老两口"])
@pytest.mark.parametrize(
    ("way", "others"),
    [
        ("我跟{}", 1), ("{}和我", 1), ("{}加我", 1), ("就我和{}", 1), ("跟{}住", 1), ("除了我还有{}", 1),
        ("除了我就是{}", 1), ("我带着{}过", 1), ("我们俩和{}", 2), ("我跟老伴还有{}", 2), ("我们俩带{}", 2),
    ],
)  # fmt: skip
def test_couple_beside_the_speaker_is_another(who: str, way: str, others: int) -> None:
    assert _people(way.format(who)) == 2 + others


@pytest.mark.parametrize(
    "words",
    [
        "小两口",
        "我们小两口",
        "我和媳妇小两口",
        "我和媳妇，小两口",
        "就老两口",
        "我跟老伴，老两口",
        "我跟老伴两口子",
    ],
)
def test_couple_that_the_speaker_is_one_of(words: str) -> None:
    assert _people(words) == 2


def test_of_a_couple_that_tells_their_temperatures() -> None:
    assert _people("老两口，我三十六度五，她三十六度三") == 2


@pytest.mark.parametrize("total", ["三口", "四口人", "五个", "六个人"])
@pytest.mark.parametrize(
    "way", ["{}，算上孩子", "{}算上孩子", "{}，连孩子", "{}，有俩老人", "{}，其中有俩孩子"]
)
def test_part_of_a_total_is_told_after_it(total: str, way: str) -> None:
    assert _people(way.format(total)) == "两三四五六".index(total[0]) + 2


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("三口，还有个保姆", 4), ("四口，算上保姆五口", 5), ("四口，加上来看病的姨姨", 5),
        ("三口，还有我，四口", 4), ("三口，还有老人，四口", 4), ("五口，老人回老家了，四口", 4),
        ("去年四口今年三口", 3), ("三口哦四口", 4), ("老两口，有个孙子", 3), ("三口吧不四口", 4),
    ],
)  # fmt: skip
def test_one_more_or_less_than_a_total(words: str, number: int) -> None:
    assert _people(words) == number


@pytest.mark.parametrize("ages", ["两大一小", "俩大人一孩子", "一大两小"])
@pytest.mark.parametrize(
    "way", ["{}", "{}呗", "{}喽", "{}住", "{}在家", "{}都好", "{}，{}", "就{}呗", "{}，谢谢"]
)
def test_ages_are_added_up_whatever_follows(ages: str, way: str) -> None:
    assert _people(way.format(ages, ages)) == 3


@pytest.mark.parametrize("who", ["大人小孩", "老的小的", "男女老少", "老人孩子"])
@pytest.mark.parametrize("way", ["{}三口", "{}四个", "家里{}五口人", "我们{}六口"])
def test_number_of_old_and_young(who: str, way: str) -> None:
    assert _people(way.format(who)) == next("三四五六".index(c) + 3 for c in way if c in "三四五六")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我和另外两个人", 3), ("我跟另外俩人合租", 3), ("我还有另外两个", 3), ("跟三个人合租", 4),
        ("我跟我妈两个人", 2), ("三个人合租", 3), ("我们三个合租", 3), ("跟一儿一女住", 3),
        ("两男两女", 4), ("我一个，爸妈", 3), ("我一个，老伴，孙子", 3), ("就我一个，儿子在外地", 1),
        ("平时就我和儿子孙子", 3), ("平时三口，周末五口", 3), ("与儿子同住", 2), ("同老伴", 2),
        ("我跟两只猫", 1), ("我和一条狗", 1), ("三口人两只猫", 3), ("没有其他人", 1), ("现在只剩我", 1),
        ("我住着，没别人", 1), ("我一个人，没别人", 1), ("三个爸妈我", 3), ("就闺女陪我", 2),
    ],
)  # fmt: skip
def test_who_is_beside_the_speaker(words: str, number: int) -> None:
    assert _people(words) == number


@pytest.mark.parametrize(
    "words",
    [
        "楼上一家三口", "门口俩人", "外面三个人", "楼道里有三个人", "刚才有俩人敲门", "老伴你接",
        "住了三十年", "住十年了", "才住俩月", "报过了", "都报过了", "还有俩人", "就我儿子儿媳", "一屋子人",
        "我和当家的，没别人", "我自己和当家的",
    ],
)  # fmt: skip
def test_no_household_is_told(words: str) -> None:
    assert _people(words) in (None, "ask")


def _degrees(words: str) -> object:
    return _read("temperature", words)


@pytest.mark.parametrize(("words", "reading"), [("三十六度五", 36.5), ("36.8", 36.8), ("三十七度二", 37.2)])
@pytest.mark.parametrize(
    "way",
    [
        "{}，别问了", "{}，后来没量", "{}，下午没量", "{}，没量错", "没表，用邻居的，{}", "{}算高吗",
        "没有三十八度二，{}", "昨天三十八度，今天{}", "三十八度二，应该是{}", "三十八度二变成{}了",
        "先三十八度二后{}",
        "三十八度二，没有没有，{}", "吃了药{}，没吃三十八度二", "我{}，老伴高，三十八度二",
        "我{}，室友有点热，三十九度",
        "{}，别人都没量", "今天没高，{}",
    ],
)  # fmt: skip
def test_reading_of_today_whatever_is_said_beside_it(words: str, reading: float, way: str) -> None:
    assert _degrees(way.format(words)) == reading


@pytest.mark.parametrize("words", ["三十六度五", "38.2", "三十九度"])
@pytest.mark.parametrize(
    "way",
    [
        "{}，昨天量的", "昨天下午，{}", "昨天下午是{}", "就老伴量了，{}", "光给孩子量了{}",
        "老伴{}，我还没顾上",
        "我没量，孩子{}",
    ],
)  # fmt: skip
def test_reading_that_is_not_the_resident_s_of_today(words: str, way: str) -> None:
    assert _degrees(way.format(words)) in (None, "ask")


@pytest.mark.parametrize(
    "words",
    [
        "三十六栋", "三十六块五", "三十八块五", "三十六路车", "三十六层", "三十六楼", "三十八秒", "三十六斤",
        "外面三十六度", "外边热死了四十度", "三十七以下", "三十七度以上", "三十六点几", "到三十八度再吃药",
        "要四十度我早躺下了", "我要三十九度还能接电话", "能有四十度吗", "谁三十八度二了", "你才三十九度",
        "多少度算发烧",
        "三十八度才算发烧吧",
        "三十七度三算高吗",
    ],
)  # fmt: skip
def test_number_that_is_no_reading(words: str) -> None:
    assert _degrees(words) in (None, "ask")


@pytest.mark.parametrize("words", ["烧退了", "退了", "不低", "打碎了", "借给人了", "夹着呢", "今天真热"])
def test_heat_and_thermometer_are_no_wish(words: str) -> None:
    assert read_answer(SCRIPT, "temperature", words, TODAY).intent == ""


@pytest.mark.parametrize("words", ["多少度算发烧", "三十八度才算发烧吧", "三十七度二算发烧吗"])
def test_limit_of_a_fever_is_none(words: str) -> None:
    assert not read_answer(SCRIPT, "temperature", words, TODAY).values.get("symptoms")


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        ("三十八度五", 38.5), ("三十九度了", 39.0), ("最高三十八度二", 38.2), ("三十九哈", 39.0),
        ("要三十八度二了", 38.2),
        ("在外面刚量的三十六度五", 36.5), ("从外面回来量的三十七度二", 37.2), ("三十六度六", 36.6),
        ("三十七度一以上没有，三十六度九", 36.9), ("昨天下午量的，今天三十六度五", 36.5),
    ],
)  # fmt: skip
def test_look_alikes_are_readings(words: str, reading: float) -> None:
    assert _degrees(words) == reading


def test_reading_beside_what_is_no_household() -> None:
    answer = read_answer(SCRIPT, "temperature", "我一个人量了，三十六度五", TODAY)
    assert answer.values == {"temperature": 36.5}


@pytest.mark.parametrize("question", ["symptoms", "travel", "contact", "needs"])
@pytest.mark.parametrize(
    "words",
    [
        "家里两个人阳了",
        "家里就我一个人咳嗽",
        "就我一个人不舒服",
        "亲戚五个人来过",
        "三个人一起去的",
        "同事俩人发烧",
    ],
)
def test_in_passing_those_who_are_ill_are_no_household(question: str, words: str) -> None:
    assert "household_size" not in read_answer(SCRIPT, question, words, TODAY).values


@pytest.mark.parametrize("question", ["symptoms", "travel", "contact"])
@pytest.mark.parametrize(
    "words", ["儿子三十八度二", "孩子三十六度五", "同事三十九度一", "邻居烧到三十八度二"]
)
def test_in_passing_somebody_else_s_temperature_is_none(question: str, words: str) -> None:
    assert "temperature" not in read_answer(SCRIPT, question, words, TODAY).values


@pytest.mark.parametrize(
    ("question", "words", "values"),
    [
        ("symptoms", "我三十八度二", {"temperature": 38.2}),
        ("contact", "闺女给我量的，三十六度五", {"temperature": 36.5}),
        ("identity", "我是他女儿，他三十六度五", {"temperature": 36.5}),
        ("travel", "家里五口人，都没出去过", {"household_size": 5, "travel": False}),
        ("contact", "就我一个人住，没接触过", {"household_size": 1, "contact": False}),
        ("symptoms", "我们家老少六口没一个不舒服", {"household_size": 6}),
    ],
)
def test_in_passing_the_resident_s_own_is_kept(question: str, words: str, values: dict[str, object]) -> None:
    found = read_answer(SCRIPT, question, words, TODAY).values
    assert {name: found.get(name) for name in values} == values
