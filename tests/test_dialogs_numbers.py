"""Spoken numbers, temperatures and days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.dates import date_phrases, dates
from dialogs.numerals import keeps_numerals, spell, spell_digits, temperatures, whole_number

TODAY = date(2026, 11, 23)  # a Monday
_DIGITS = "零一二三四五六七八九"


@given(st.integers(0, 9999))
def test_number_that_is_spelt_is_read_back(number: int) -> None:
    assert whole_number(spell(number)) == number


@given(st.integers(0, 99))
def test_arabic_digits_are_spelt_like_the_number(number: int) -> None:
    assert spell_digits(f"住{number}个人") == f"住{spell(number)}个人"


@given(st.integers(340, 430), st.sampled_from(["{w}度{d}", "{w}点{d}", "{w}点{d}度", "{w}度点{d}"]))
def test_every_temperature_is_read_back(tenths: int, form: str) -> None:
    words = form.format(w=spell(tenths // 10), d=_DIGITS[tenths % 10])
    assert [t.value for t in temperatures(words)] == [pytest.approx(tenths / 10)]


@given(st.integers(340, 430))
def test_every_temperature_in_digits_is_read_back(tenths: int) -> None:
    for written in (f"{tenths / 10}", f"{tenths / 10}度", f"{tenths // 10}度{tenths % 10}"):
        assert [t.value for t in temperatures(spell_digits(written))] == [pytest.approx(tenths / 10)]


@given(st.integers(341, 429).filter(lambda tenths: tenths % 10 and tenths // 10 % 10))
def test_temperature_read_digit_by_digit_is_read_back(tenths: int) -> None:
    assert [t.value for t in temperatures(spell_digits(str(tenths)))] == [pytest.approx(tenths / 10)]


@given(st.text(alphabet="零一二三四五六七八九十百点度半两年月号天前上个周是没有", max_size=12))
def test_no_run_of_number_words_breaks_the_readers(words: str) -> None:
    list(temperatures(words))
    assert all(mention.day.year > 1900 for mention in dates(words, TODAY))


def test_two_decimals_are_cut_because_rounding_could_make_a_fever() -> None:
    assert [t.value for t in temperatures("三十七度二九")] == [37.2]


@pytest.mark.parametrize("words", ["三十六", "六度五", "三十七度多", "三十六度左右", "三十六度啊"])
def test_temperature_that_is_not_quite_said_is_less_clear(words: str) -> None:
    assert all(t.confidence < 0.8 for t in temperatures(words))


def test_repair_keeps_the_numerals_that_were_written() -> None:
    assert keeps_numerals("三十流度无", "三十六度五")
    assert not keeps_numerals("三十度", "四十度")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今天", date(2026, 11, 23)),
        ("昨天", date(2026, 11, 22)),
        ("大前天", date(2026, 11, 20)),
        ("三天前", date(2026, 11, 20)),
        ("两个星期前", date(2026, 11, 9)),
        ("周日", date(2026, 11, 22)),
        ("上周三", date(2026, 11, 18)),
        ("上上个星期五", date(2026, 11, 13)),
        ("这周一", date(2026, 11, 23)),
        ("二十号", date(2026, 11, 20)),
        ("二十五号", date(2026, 10, 25)),
        ("这个月二号", date(2026, 11, 2)),
        ("上个月二十三号", date(2026, 10, 23)),
        ("十一月二号", date(2026, 11, 2)),
        ("十二月三十号", date(2025, 12, 30)),
    ],
)
def test_day_is_read_relative_to_today(words: str, day: date) -> None:
    assert [mention.day for mention in dates(words, TODAY)] == [day]


@pytest.mark.parametrize("words", ["二月三十号", "四十号", "十三月五号"])
def test_day_that_does_not_exist_is_no_day(words: str) -> None:
    assert date(2026, 2, 28) not in [mention.day for mention in dates(words, TODAY)]


def test_last_month_of_january_is_december() -> None:
    assert [m.day for m in dates("上个月三十一号", date(2027, 1, 5))] == [date(2026, 12, 31)]


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_every_expected_phrase_names_a_day_that_is_not_in_the_future(today: date) -> None:
    for phrase in date_phrases(today)[:4] + date_phrases(today)[18:60:7]:
        assert all(mention.day <= today for mention in dates(phrase, today))


@given(st.integers(0, 6))
def test_days_ago_round_trip(days: int) -> None:
    words = f"{'两' if days == 2 else spell(days)}天前"
    assert [m.day for m in dates(words, TODAY)] == [TODAY - timedelta(days=days)]
