"""Days of the lunar calendar: 初六, 腊月二十, 大年三十."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.holidays import lunar_day, solar_day
from dialogs.entities.dates import dates
from dialogs.entities.lunar_days import LUNAR_DAY, last_lunar_day
from dialogs.loading import load_script
from dialogs.understanding.single_answer import read_answer

NOVEMBER, FEBRUARY = date(2026, 11, 30), date(2026, 2, 25)


@pytest.mark.parametrize(
    ("said", "today", "day"),
    [
        ("初六", NOVEMBER, date(2026, 11, 14)),
        ("初六", FEBRUARY, date(2026, 2, 22)),
        ("初六", date(2026, 2, 16), date(2026, 1, 24)),
        ("大年初三", FEBRUARY, date(2026, 2, 19)),
        ("腊月二十", FEBRUARY, date(2026, 2, 7)),
        ("腊月廿三", FEBRUARY, date(2026, 2, 10)),
        ("大年三十", FEBRUARY, date(2026, 2, 16)),
        ("除夕", date(2026, 2, 16), date(2026, 2, 16)),
        ("正月十五", date(2026, 3, 10), date(2026, 3, 3)),
        ("十月初八", NOVEMBER, date(2026, 11, 16)),
        ("农历十月十八", NOVEMBER, date(2026, 11, 26)),
        ("阴历初十", NOVEMBER, date(2026, 11, 18)),
    ],
)
def test_the_last_one_is_meant(said: str, today: date, day: date) -> None:
    assert [mention.day for mention in dates(f"{said}回来的", today)] == [day]


@pytest.mark.parametrize("said", ["月初三号", "初三号", "孩子上初三", "腊月三十", "本月初九"])
def test_what_only_looks_like_one_is_none(said: str) -> None:
    match = LUNAR_DAY.search(said)
    assert match is None or last_lunar_day(match, NOVEMBER) is None


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_there_and_back(day: date) -> None:
    assert solar_day(lunar_day(day)) == day


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from("一二三四五六七八九十"))
def test_a_bare_day_is_of_this_month_or_the_last(today: date, number: str) -> None:
    match = LUNAR_DAY.search(f"初{number}")
    day = last_lunar_day(match, today) if match else None
    assert day is not None
    assert today - timedelta(days=30) < day <= today
    assert lunar_day(day).day == "一二三四五六七八九十".index(number) + 1


def test_a_return_around_the_spring_festival() -> None:
    told = read_answer(
        load_script("health_survey"), "return_date", "初六从沈阳坐高铁回来的", FEBRUARY, "张三"
    )
    assert told.values["return_date"] == "2026-02-22"
