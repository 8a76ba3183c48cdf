"""Totals and who is among them: 一共五口，带个外孙女 are five; 五口带个外孙女 is asked again."""

from __future__ import annotations

import pytest

from dialogs.machine import SURE
from dialogs.people import people
from tests.answers import value


def _sure(words: str) -> int | None:
    counted = people(words)
    return counted.number if counted is not None and counted.confidence >= SURE else None


@pytest.mark.parametrize("total", ["一共", "总共", "拢共", "加起来", "满打满算"])
@pytest.mark.parametrize("unit", ["口", "口人", "个人"])
@pytest.mark.parametrize("who", ["，带个外孙女", "，带着俩孩子", "带一个孙子", "，有个孙子"])
def test_all_taken_together_are_all(total: str, unit: str, who: str) -> None:
    assert _sure(f"{total}五{unit}{who}") == 5


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("五口，带个外孙女", None), ("四口人带着俩孩子", None), ("三口，带保姆四口", 4),
        ("一家三口带一个姥姥", 4), ("两口带个孩子", 3), ("一共三口，外加一个保姆", 4),
        ("一共三口，还有个保姆", 4),
    ],
)  # fmt: skip
def test_somebody_told_with_a_number_may_be_one_of_them(words: str, number: int | None) -> None:
    assert _sure(words) == number


@pytest.mark.parametrize("name", ["我妹妹", "我老伴", "我儿子"])
def test_a_number_after_all_but_the_speaker_may_count_him(name: str) -> None:
    assert _sure(f"除了我就{name}，两个") == 2
    assert _sure("除了我还有三个") == 4
    assert _sure("除了我还有老伴和儿子，两个") == 3


@pytest.mark.parametrize("way", ["算上{}，我们五个", "连{}我们五个", "{}住家，算上她，我们五个"])
@pytest.mark.parametrize("who", ["保姆", "阿姨", "月嫂"])
def test_we_with_somebody_counted_in_are_all(way: str, who: str) -> None:
    assert _sure(way.format(who)) == 5


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("老太太我一个人", 1), ("老婆子我一个人，儿女都单过", 1), ("老头子我俩", 2),
        ("老伴跟我，还有三个孙子孙女", 5),
        ("我跟先生带三个男孩子", 5), ("我和老婆，两个女孩", 4), ("三个女孩子，一人一屋", 3),
        ("四个女孩合租", 4), ("两个老人，没别人", 2), ("俩老人，没旁人", 2),
    ],
)  # fmt: skip
def test_who_is_named_twice_counts_once(words: str, number: int) -> None:
    assert _sure(words) == number


@pytest.mark.parametrize("home", ["，两室一厅", "两室一厅", "，住三楼", "，租房的"])
@pytest.mark.parametrize(("words", "number"), [("一家三口", 3), ("我们一家五口", 5), ("四口人", 4)])
def test_rooms_are_no_families(words: str, number: int, home: str) -> None:
    assert value("household_size", words + home) == number
