"""Temperatures in answers whose commas nobody wrote, or wrote in a wrong place."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.language.numerals import temperatures
from dialogs.loading import load_script
from dialogs.understanding import Context, Understanding
from dialogs.understanding.single_answer import question_of
from tests.temperatures import reading

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("三十六度四天天都这样", 36.4),
        ("三十六度七天刚亮就量了", 36.7),
        ("三十五度九年纪大了嘛", 35.9),
        ("三十六度六人挺精神", 36.6),
        ("三十八度二口干舌燥的", 38.2),
        ("三十六度二路上量的", 36.2),
        ("三十六度四家里就我一人", 36.4),
        ("三十七度六口人都没事", 37.0),
        ("三十八度一家七口就我高", 38.0),
        ("三十六度一切正常", 36.0),
        ("三十六度五一切正常", 36.5),
        ("三十六度五十点半量的", 36.5),
        ("三十八点二十点量的", 38.2),
        ("三十六度一十四天没出京", 36.1),
        ("说了三十六度二三遍了", 36.2),
        ("三十六号楼", None),
        ("三十六个人", None),
    ],
)
def test_a_digit_belongs_to_the_reading_or_to_the_next_word(said: str, expected: float | None) -> None:
    assert reading(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("三十七度干咳", 37.0),
        ("三十七度身上没劲", 37.0),
        ("三十七度没咳嗽", 37.0),
        ("三十七度不高", 37.0),
        ("三十七度挂了", 37.0),
        ("三十七度早上量的", 37.0),
        ("三十七度啊", None),
        ("三十七度多", None),
        ("三十七度出头", None),
        ("三十七度来着", None),
        ("三十七度就是了", None),
    ],
)
def test_whole_degrees_are_whole_before_a_word_that_is_no_digit(said: str, expected: float | None) -> None:
    assert reading(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("跟昨天一个数三十六度二", 36.2),
        ("比平时低些三十五度九", 35.9),
        ("您照上回写三十六度一", 36.1),
        ("半个钟头以前三十八度一", 38.1),
        ("十分钟,之前三十六度二", 36.2),
        ("几天没量刚才你打之前倒量了三十六度六", 36.6),
        ("水温不量人量了三十六度九", 36.9),
        ("没量平时三十六度五", None),
        ("今天没量昨天量的三十六度五", None),
        ("上回三十六度八", None),
        ("两天以前三十六度二", None),
        ("空调底下坐久了才三十五度四", 35.4),
        ("外头才三度我这体温三十六度七", 36.7),
        ("外头三十八度", None),
        ("水温三十八度五", None),
    ],
)
def test_what_stands_before_a_reading(said: str, expected: float | None) -> None:
    assert reading(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("三十七度八,等下娃抖了表,三十六度八", 36.8),
        ("三十七度八等会再量量", 37.8),
        ("四十度,呸那是水温人是三十七度一", 37.1),
        ("三十六度九,听岔啦,三十六度五", 36.5),
        ("三十七度七什么七三十六度一", 36.1),
        ("从三十七度八,落下来了,这下三十七度整", 37.0),
        ("四十度,没有没有三十六度四", 36.4),
        ("我三十六度二,孩子他爸,三十六度九", 36.2),
        ("孩子他妈,三十六度八,我低些三十六度三", 36.3),
        ("三十七差一分三十六度九", 36.9),
        ("三十七差一点三十六度九", 36.9),
        ("三十六度九,差一点三十七", 36.9),
        ("三十七,缺一就是三十六度九", 36.9),
        ("三十六度六度八", 36.8),
        ("三十六点点四", 36.4),
        ("前头是三十六后边那个数是五正好", 36.5),
    ],
)
def test_what_stands_between_two_readings(said: str, expected: float | None) -> None:
    assert reading(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("三十五,不是三十五度九", 35.9),
        ("三十九,哎呀不是三十六度九", 36.9),
        ("三十六度六,不是三十六度八,我刚才说错了", 36.8),
        ("是三十六度二不是三十七度二", 36.2),
        ("三十六度七不是三十七", None),
        ("三十七度九不是三十五点六度就这样", None),
        ("三十六度四不是三十七度四", None),
        ("没有三十六度七", 36.7),
        ("没有三十七度五", None),
        ("没有三十八度", None),
    ],
)
def test_what_is_denied(said: str, expected: float | None) -> None:
    """A reading after 不是 that may put right what was said, or be denied, is asked again."""
    assert reading(said) == expected


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("symptoms", "一点事没有三十六度六", 36.6),
        ("symptoms", "没有三十六度一十四天没出京", 36.1),
        ("symptoms", "烧倒没有三十六度七", 36.7),
        ("in_beijing", "在延庆屋里三十六度八", 36.8),
        ("symptoms", "没有三十八度五", None),
    ],
)
def test_a_temperature_in_passing(question: str, said: str, expected: float | None) -> None:
    context = Context(question_of(SCRIPT, question), date(2026, 11, 22))
    finding = BY_RULES.read(said, context).findings.get("temperature")
    assert (finding.value if finding is not None and finding.confidence > 0.6 else None) == expected


def test_a_point_before_digits_that_are_none_of_it_is_in_doubt() -> None:
    assert temperatures("三十八点二二百五的二")[0].confidence < 0.6


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("看错了,看错了,不是,三十八度六,是三十六度八", 36.8),
        ("说错了不是三十九度四是三十六度四", 36.4),
        ("说错了,不是,三十六度四", 36.4),
        ("礼拜六,三十七度一,礼拜天今儿三十六度六", 36.6),
        ("三十七度五还是三十八度五,等我看,三十七度五", 37.5),
        ("三十六度五还是三十六度八,三十六度八", 36.8),
        ("四十度,那不烧死了三十六度整", 36.0),
        ("四十一度那我不烧糊了三十六度六", 36.6),
        ("差一小格,三十七,就是三十六度九", 36.9),
        ("三十七,差一格,三十六度九", 36.9),
        ("三栋三十八号门岗那儿量的三十六度四", 36.4),
    ],
)
def test_reading_that_is_denied_asked_or_of_another_day(said: str, expected: float) -> None:
    assert reading(said) == expected
