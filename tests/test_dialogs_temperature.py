"""Which of several readings counts: today's, the resident's, the last."""

from __future__ import annotations

import pytest

from tests.temperatures import found, reading


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("下夜班时试的，三十六度四", 36.4),
        ("半夜三十八度六，起床量的三十七度五", 37.5),
        ("早上三十六度二，刚才三十八度五左右", 38.5),
        ("昨天三十六度四，今天三十七度五左右", 37.5),
        ("去年三十九度，今天三十六度四", 36.4),
        ("三十六度四，她也量了，三十六度五", 36.4),
        ("三十六度四，我闺女也量了，三十六度五", 36.4),
        ("三十六度二，我也给我妈量了，三十六度五", 36.2),
        ("我早上量了，三十六度二", 36.2),
        ("去年得甲流那会儿三十九度，今天三十六度四", 36.4),
        ("那会儿三十八度，现在三十六度五", 36.5),
        ("早上那会儿三十六度二", 36.2),
        ("前年买的表，三十六度六", 36.6),
        ("早上三十六度二，刚才三十六度五左右", 36.5),
        ("临睡前三十九度一，醒来三十七度二", 37.2),
        ("三十八度八，错了，三十六度八", 36.8),
        ("三十九度一，没甩，甩完三十六度九", 36.9),
        ("你别记三十八，三十六度八", 36.8),
        ("昨天三十六度四，今儿还这样", 36.4),
        ("两天没量，刚才总算量了，三十六度三", 36.3),
        ("我外孙的是三十八度二，我的是三十六度一", 36.1),
        ("冰箱零下十八度，我三十六度二", 36.2),
        ("三十七度二，不算发烧吧", 37.2),
        ("夜里三九二，现在三十七度", 37.0),
        ("头一回量三十六度四，后来重新量，三十七度六", 37.6),
    ],
)
def test_the_reading_that_counts(said: str, expected: float) -> None:
    assert reading(said) == expected


@pytest.mark.parametrize("said", ["昨天三十六度四", "三十六度四，那是昨天的", "没量，平时三十六度五"])
def test_no_reading_of_today_is_made_of_another_day(said: str) -> None:
    assert reading(said) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("比三十七度高半度", 37.5),
        ("比三十八低两度", 36.0),
        ("差零点二就三十七度了", 36.8),
        ("差一分三十七度", 36.9),
        ("比昨天的三十七度二低，今天三十六度九", 36.9),
        ("三十八度八，马上三十九了", 38.8),
        ("别说三十八，三十七都没到，三十六度二", 36.2),
        ("孙女三十七度九，我这个老头子三十六度一", 36.1),
        ("囡囡三十七度四，我三十六度七", 36.7),
        ("单位门口量的三十六度三，家里没量", 36.3),
        ("我三十六度六，别人没量", 36.6),
        ("屋里体温计上是三十六度四", 36.4),
    ],
)
def test_a_reading_among_other_words(said: str, expected: float | None) -> None:
    assert reading(said) == expected


def test_tenths_that_are_forgotten_are_not_asked_for_again() -> None:
    finding = found("三十六度几来着，我忘了")
    assert finding is not None
    assert finding.value is None
    assert reading("三十六度几来着，忘了，哦，三十六度四") == 36.4


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("三十八度一，凑近了一瞅，三十六度一", 36.1),
        ("三十九度，开了灯一看，三十六度九", 36.9),
        ("三十七度九，哟，老花镜戴好，三十七度一", 37.1),
        ("华氏九十八度二", 36.8),
        ("外国表，华氏一百点四", 38.0),
        ("华氏九十七度七，就是三十六度五", 36.5),
        ("华氏九十七度七，也就是三十八度", 38.0),
        ("前面三十六，最后一位是四", 36.4),
        ("三十六，后面那个数是八", 36.8),
        ("昨天三十六度四，今天比昨天高了零点二", 36.6),
        ("昨晚三十七度六，今早比昨晚低了半度", 37.1),
        ("早上三十七度四，下午比早上低半度", 37.4),
        ("出门以前夹的，三十六度三", 36.3),
        ("之前量的，三十六度三", None),
        ("好几天之前量的，三十六度三", None),
        ("大伙都三十六度五，我三十五度九", 35.9),
        ("脑门三十六度二，胳肢窝没夹", 36.2),
    ],
)
def test_a_reading_told_in_another_way(said: str, expected: float | None) -> None:
    assert reading(said) == expected
