"""Spoken numbers, temperatures and days."""

from __future__ import annotations

from datetime import date, timedelta

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.entities.date_phrases import date_phrases
from dialogs.entities.dates import dates
from dialogs.language.numerals import keeps_numerals, spell, spell_digits, temperatures, whole_number
from dialogs.loading import load_script
from dialogs.machine import SURE
from dialogs.understanding.single_answer import ReadAnswer, read_answer

TODAY = date(2026, 11, 23)  # a Monday
_DIGITS = "零一二三四五六七八九"


@given(st.integers(0, 9999))
def test_number_that_is_spelt_is_read_back(number: int) -> None:
    assert whole_number(spell(number)) == number


@given(st.text(alphabet="零一二三五九十百千", min_size=1, max_size=7))
def test_numbers_are_read_as_the_library_of_the_field_reads_them(words: str) -> None:
    try:
        expected = int(cn2an.cn2an(words, "smart"))
    except (ValueError, KeyError):
        expected = None
    assert whole_number(words) == expected


@given(st.integers(0, 9999))
def test_numbers_are_spelt_as_the_library_of_the_field_spells_them(number: int) -> None:
    words = str(cn2an.an2cn(number))
    assert spell(number) == (words.removeprefix("一") if 10 <= number < 20 else words)


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


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三十六,点,七", 36.7),
        ("三十六,点儿,七", 36.7),
        ("三十七,一", 37.1),
        ("三十六度,呃,七", 36.7),
        ("三十六,后头一个九", 36.9),
        ("三十六度,后头还跟着个小四", 36.4),
        ("三十六,小数是四", 36.4),
        ("三十六,尾巴上是个二", 36.2),
        ("三十六度带个五", 36.5),
        ("三十六,半", 36.5),
        ("三十六又十分之八", 36.8),
        ("三十七又十分之二度", 37.2),
        ("三十六加十分之五", 36.5),
        ("点后边是四,点前边三十六", 36.4),
        ("小数点后面一个八,前面三十六", 36.8),
        ("小数点后头的五,前头是三十七", 37.5),
        ("三十,三十六度七", 36.7),
        ("三十三十六度七", 36.7),
    ],
)
def test_temperature_that_is_said_with_pauses_is_put_together(words: str, value: float) -> None:
    assert [t.value for t in temperatures(words)][-1] == pytest.approx(value)


@pytest.mark.parametrize("words", ["三十六,五口人", "三十六,一切正常", "三十六度,四个人"])
def test_number_of_something_else_is_no_decimal(words: str) -> None:
    assert temperatures(words)[0].value == 36.0


def read(words: str) -> ReadAnswer:
    return read_answer(load_script("health_survey"), "temperature", words, TODAY)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三十六度八，哎呀看颠倒了，三十六度三", 36.3),
        ("刚说三十七度，其实三十六度八", 36.8),
        ("从三十八度四退到三十七度一", 37.1),
        ("三九一我那是昨天，今天三七二", 37.2),
        ("再高一点点就三十八了，三十七度八", 37.8),
        ("先说我妈，三十七度三；我呢，三十六度五", 36.5),
        ("三十七度二的是我爱人，我三十六度四", 36.4),
        ("上午十一点那次，三十六度七", 36.7),
        ("差一分三十七", 36.9),
        ("三十七差两分", 36.8),
        ("三十八，再加半度", 38.5),
        ("夜个三十七度五，今儿早起三十六度七", 36.7),
        ("三十六度五，上个月感冒那会儿到过三十八", 36.5),
        ("二十一号三十六度六，二十二号三十六度五，今天二十三号三十六度三", 36.3),
        ("三十六度四，隔壁老王三十六度八", 36.4),
        ("我这儿三十六度四，老伴三十六度六", 36.4),
        ("三十八度二，哦，那是二十八号床的单子，我自个儿三十六度二", 36.2),
        ("到不了三十七，三十六度八", 36.8),
        ("四十度？没有没有，三十六度四", 36.4),
        ("三十七度三以上算发热嘛，我这三十六度五", 36.5),
        ("体温计最高刻度四十二，我这才三十六度五", 36.5),
        ("从三十九降到三十七度八了", 37.8),
    ],
)
def test_reading_of_today_is_told_from_those_beside_it(words: str, value: float) -> None:
    assert read(words).values["temperature"] == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("我当是三十七度九，闺女说是三十六度九", 36.9),
        ("三十九度二？不是，三十六度二，我看走眼了", 36.2),
        ("三十八度六，我这老花眼，孩子瞅了一眼，三十六度八", 36.8),
        ("额头三十六度一，腋下三十六度七，记腋下的", 36.7),
        ("左边三十六度九，右边三十六度六，按右边的算", 36.6),
        ("嘴里三十七度四，胳肢窝三十六度八，听胳肢窝的吧", 36.8),
        ("电子的三十八度一，不准，水银的三十六度六", 36.6),
        ("家里那支三十六度五，老的那支三十八度，老的那支不准", 36.5),
        ("体温计没电了，换了一个，一直三十八度五", 38.5),
        ("周五三十七度六，周六三十七，今天三十六度四", 36.4),
        ("星期四三十八度，今天是三十六度七", 36.7),
        ("礼拜二三十八度五，礼拜三三十七度九，这会儿三十六度五", 36.5),
        ("儿子的三十七度八，我的三十六度五", 36.5),
    ],
)
def test_reading_that_counts_is_told_by_place_day_or_thermometer(words: str, value: float) -> None:
    assert read(words).values["temperature"] == value
    assert read(words).confidence["temperature"] >= SURE


@pytest.mark.parametrize(
    "words",
    [
        "老伴三十六度五，我从来不量",
        "只给孩子量了，三十六度九，我没量",
        "孙女量了，三十六度三，我们大人没量",
        "小家伙三十六度六，我自己没测过",
        "体温计坏了，老显示三十九度",
        "那支表摔过，总停在四十一度，信不得",
        "温度计不准，怎么量都是三十五度",
    ],
)
def test_reading_of_others_or_of_a_broken_thermometer_is_none(words: str) -> None:
    assert read(words).values["temperature"] is None


@pytest.mark.parametrize("words", ["老伴儿三十六度四，我还没量", "今天没有，昨天量是三十六度五"])
def test_reading_of_another_person_or_day_is_none(words: str) -> None:
    assert read(words).values["temperature"] is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("头一遍三十七度四，后头两遍都是三十六度八，就算三十六度八", 36.8),
        ("头一回三十七度六，第二回三十七度一，就写三十七度一吧", 37.1),
        ("左边三十六度四，右边三十六度六，按三十六度四记", 36.4),
        ("早上三十七度五，下午三十七度一，就按后头这个算", 37.1),
        ("头一次三十八度二，后来三十七度一，就按头一个算", 38.2),
        ("额头三十七度三，胳肢窝三十六度五，以胳肢窝的为准", 36.5),
        ("量了两次，三十六度七和三十六度九，取高的", 36.9),
        ("早上三十七度八，下午三十六度九，不能按后面那个算", 37.8),
        ("三十七度四，三十六度九，就算三十六度也不怕", 37.4),
        ("八点是三十七度一，十一点是三十六度七，之后没再测", 36.7),
        ("三十八度九，等一下，戴上老花镜看，三十六度九", 36.9),
        ("谁说三十九了，三十六度九", 36.9),
        ("三十八度一，哎那是我爸的，我是三十六度六", 36.6),
        ("三七整", 37.0),
        ("三十六，点，点八", 36.8),
        ("又问，三十六度二，烦不烦", 36.2),
    ],
)
def test_reading_that_is_settled_on_at_last_counts(words: str, value: float) -> None:
    assert read(words).values["temperature"] == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("下午还没量，早晨量的三十六度七", 36.7),
        ("晚上那顿还没测，早起三十六度四", 36.4),
        ("现在还没量，早上是三十六度六", 36.6),
    ],
)
def test_reading_before_one_that_was_not_taken_counts(words: str, value: float) -> None:
    answer = read(words)
    assert answer.values["temperature"] == value
    assert answer.confidence["temperature"] >= SURE


@pytest.mark.parametrize("words", ["下午没量，昨天三十六度七", "现在没量，昨天早上三十六度五"])
def test_reading_of_the_day_before_is_none_where_none_was_taken(words: str) -> None:
    assert read(words).values["temperature"] is None


def test_whole_degrees_are_sure_where_they_are_said_to_be_degrees() -> None:
    assert read("三十七度，头疼").confidence["temperature"] >= SURE
    assert read("三十七，头疼").confidence["temperature"] < SURE


@pytest.mark.parametrize("words", ["恰好三十七", "正三十六", "三十六，齐头的", "三十七，零头没有"])
def test_whole_degrees_are_sure_where_they_are_said_to_be_whole(words: str) -> None:
    assert read(words).confidence["temperature"] >= SURE


@pytest.mark.parametrize("words", ["三十七度少一点", "三十七差不多"])
def test_what_lies_about_a_reading_is_no_reading(words: str) -> None:
    answer = read(words)
    assert answer.values["temperature"] in (None, 37.0) or answer.confidence["temperature"] < SURE


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
