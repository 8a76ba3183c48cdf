"""The days of the solar terms, against the almanac."""

from datetime import date

import pytest

from dialogs.entities.dates import dates
from dialogs.entities.solar_terms import last_solar_term


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("立冬", date(2026, 11, 7)),
        ("小雪", date(2026, 11, 22)),
        ("霜降", date(2026, 10, 23)),
        ("冬至", date(2025, 12, 21)),
        ("大寒", date(2026, 1, 20)),
        ("雨水", date(2026, 2, 18)),
        ("清明", date(2026, 4, 5)),
    ],
)
def test_term_falls_on_its_day(name: str, day: date) -> None:
    assert last_solar_term(name, date(2026, 11, 22)) == day


def test_term_of_this_winter_is_that_of_last_year_before_it_came() -> None:
    assert last_solar_term("立冬", date(2027, 1, 5)) == date(2026, 11, 7)


@pytest.mark.parametrize("words", ["那天下大雪", "下了场小雪", "跟小雪一起"])
def test_snow_and_a_name_are_no_day(words: str) -> None:
    assert not list(dates(words, date(2026, 12, 10)))
