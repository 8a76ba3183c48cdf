"""Answers to questions of other scripts, read by rules alone: vaccination, water, meals, floods, a census.

The tables hold what residents might say to scripts that list hardly any wordings. ``community_answers`` was
written before the rules, with a half kept aside; ``fresh`` and ``later`` were written after them, the latter
to questions that the rules had not seen. ``?`` is an answer that must not be taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from campaign.records import SlotValue
from dialogs.checks.check import check
from dialogs.entities.coming_days import coming_days
from dialogs.entities.spoken_numbers import numbers
from dialogs.entities.spoken_phones import phone_digits
from dialogs.loading import load_script, read_draft
from dialogs.loading.questions import tense_of
from dialogs.machine import SURE, Dialog, Heard
from dialogs.machine.same_as import same_as_before
from dialogs.script import Script, Slot, SlotType, Tense
from dialogs.slots.wishes import denies, is_done_by_others, stated
from dialogs.understanding.single_answer import read_answer

DATA = Path(__file__).parent / "dialogs_data"
TODAY = date(2026, 11, 25)  # a Wednesday
QUESTIONS = load_script(DATA / "community_questions.yaml")
LATER = load_script(DATA / "community_questions_later.yaml")
ASK_AGAIN = "?"


class Row(NamedTuple):
    question: str
    words: str
    meant: str


def rows(table: str) -> Iterator[Row]:
    for line in (DATA / table).read_text(encoding="utf-8").splitlines()[1:]:
        yield Row(*line.split("\t"))


def taken(script: Script, question: str, words: str) -> Any:
    """The value that is kept without asking again; ASK_AGAIN where none is."""
    read = read_answer(script, question, words, TODAY)
    value = read.values.get(question)
    return ASK_AGAIN if value is None or read.confidence[question] < SURE else value


def meaning(slot: Slot, meant: str) -> Any:
    if meant == ASK_AGAIN:
        return ASK_AGAIN
    match slot.type:
        case SlotType.YES_NO:
            return meant == "yes"
        case SlotType.MULTI_CHOICE:
            return [] if meant == "none" else sorted(meant.split())
        case SlotType.NUMBER:
            return float(meant)
        case SlotType.TEXT:
            return "" if meant == "none" else meant
        case _:
            return meant


def is_right(script: Script, row: Row) -> bool:
    value = taken(script, row.question, row.words)
    value = sorted(value) if isinstance(value, list) else value
    return bool(value == meaning(script.slots[row.question], row.meant))


@pytest.mark.parametrize(
    ("table", "script", "least"),
    [
        ("community_answers.tsv", QUESTIONS, 0.97),
        ("community_answers_aside.tsv", QUESTIONS, 0.97),
        ("community_answers_fresh.tsv", QUESTIONS, 0.95),
        ("community_answers_later.tsv", LATER, 0.97),
    ],
)
def test_answers_to_questions_of_other_scripts_are_understood(
    table: str, script: Script, least: float
) -> None:
    all_rows = list(rows(table))
    wrong = [row for row in all_rows if not is_right(script, row)]
    assert 1 - len(wrong) / len(all_rows) >= least, wrong


# --- requests and offers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "words", "value"),
    [
        ("coming", "没问题", True),
        ("coming", "那天我要上班", False),
        ("coming", "哪能不来呢", True),
        ("store_help", "我提不动", True),  # accepts an offer, and would refuse a request
        ("walk", "我走不动", False),
        ("store_help", "我自己能行", False),
        ("walk", "我自己能走", True),
        ("vaccinated", "去年打了，今年还没打", False),
        ("notified", "还不知道呢", False),
        ("vaccinated", "不知道", ASK_AGAIN),
        ("meals", "看情况吧", ASK_AGAIN),
        ("visit", "可以啊，不过下午我来不了", ASK_AGAIN),
        ("coming", "我能来吗", ASK_AGAIN),
        ("floor", "负一楼", ASK_AGAIN),
    ],
)
def test_same_words_mean_what_the_question_makes_of_them(question: str, words: str, value: Any) -> None:
    assert taken(QUESTIONS, question, words) == value


# --- days to come ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("下周三", "2026-12-02"),
        ("下下周一", "2026-12-07"),
        ("这周六", "2026-11-28"),
        ("周一", "2026-11-30"),
        ("大后天", "2026-11-28"),
        ("下个月五号", "2026-12-05"),
        ("五号", "2026-12-05"),
        ("三十一号", "2026-12-31"),
        ("月底", "2026-11-30"),
        ("十二月底", "2026-12-31"),
        ("元旦", "2027-01-01"),
        ("国庆以后", "2027-10-08"),
        ("明年五一", "2027-05-01"),
        ("三天以后", "2026-11-28"),
        ("一个月以后", "2026-12-25"),
        ("二月三十号", None),
        ("这周一", None),
        ("上周三", None),
        ("腊月初八", "2027-01-15"),
        ("大年三十", "2027-02-05"),
        ("小年", "2027-01-30"),
        ("三八妇女节", "2027-03-08"),
        ("幺三八", None),
        ("十号楼", None),
    ],
)
def test_day_to_come_is_counted_from_today(words: str, day: str | None) -> None:
    found = [mention.day.isoformat() for mention in coming_days(words, TODAY)]
    assert found == ([day] if day else [])


@pytest.mark.parametrize(
    ("question", "tense"),
    [
        ("您是哪天回来的？", Tense.PAST),
        ("上一针是什么时候打的？", Tense.PAST),
        ("您哪天方便？", Tense.FUTURE),
        ("您打算哪天搬回来？", Tense.FUTURE),
        ("请说一个日期。", None),
    ],
)
def test_question_tells_which_days_it_is_about(question: str, tense: Tense | None) -> None:
    assert tense_of(question) is tense


def script_with(tmp_path: Path, old: str, new: str) -> Path:
    file = tmp_path / "changed.yaml"
    text = (DATA / "community_questions.yaml").read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_tense_of_the_script_outweighs_the_question(tmp_path: Path) -> None:
    wanted = "    label: last_checkup\n    type: date\n"
    script = load_script(script_with(tmp_path, wanted, wanted + "    tense: future\n"))
    assert taken(script, "last_checkup", "周一") == "2026-11-30"
    assert taken(QUESTIONS, "last_checkup", "周一") == "2026-11-23"


def test_where_either_may_be_meant_a_weekday_is_asked_again(tmp_path: Path) -> None:
    wanted = "    label: last_checkup\n    type: date\n"
    script = load_script(script_with(tmp_path, wanted, wanted + "    tense: either\n"))
    assert taken(script, "last_checkup", "周一") == ASK_AGAIN
    assert taken(script, "last_checkup", "下周一") == "2026-11-30"
    assert taken(script, "last_checkup", "上周一") == "2026-11-16"


def test_unclear_question_wrong_tense_and_units_are_told(tmp_path: Path) -> None:
    unclear = script_with(tmp_path, "您上次体检是哪天？", "体检日期请说一下。")
    assert any("请写 tense" in problem.text for problem in check(load_script(unclear)))
    misspelt = "    type: date\n    tense: futur\n"
    draft = read_draft(script_with(tmp_path, "    type: date\n", misspelt))
    assert any("tense 不能是 futur（是不是 future？）" in problem.text for problem in draft.errors)
    draft = read_draft(script_with(tmp_path, "    units: {公斤: 1, 斤: 0.5}", "    units: {公斤: 一}"))
    assert any("大于 0 的数" in problem.text for problem in draft.errors)
    useless = script_with(tmp_path, "    type: phone\n", "    type: phone\n    units: [个]\n")
    assert any("units 只用于 number" in problem.text for problem in check(load_script(useless)))


# --- numbers and telephone numbers ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("八十三了", 83, ""),
        ("六十五公斤半", 65.5, "公斤"),
        ("三块五", 3.5, "块"),
        ("一千二", 1200, ""),
        ("一万二", 12000, ""),
        ("一万零五十块", 10050, "块"),
        ("半斤", 0.5, "斤"),
        ("六十二点五", 62.5, ""),
        ("五零二", 502, ""),
    ],
)
def test_number_is_read_with_what_it_counts(words: str, value: float, unit: str) -> None:
    assert [(number.value, number.unit) for number in numbers(words)] == [(value, unit)]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("幺三八,零零幺三,八零零零", "13800138000"),
        ("幺三九,四个八,五六七八", "13988885678"),
        ("区号零幺零,电话六二三四五六七八转八零二", "01062345678转802"),
        ("八六幺三八零零幺三八零零零", "13800138000"),
        ("幺三八一二三四五六七八幺三八一二三四五六七八", "13812345678"),
        ("幺三八,一二,三四,五六,七八", "13812345678"),
        ("幺三八零零幺三", ""),
        ("幺三八零零幺三八零零零零", ""),
    ],
)
def test_telephone_number_is_put_together_from_its_groups(words: str, number: str) -> None:
    assert next((run.number for run in phone_digits(words) if run.number), "") == number


def test_number_that_was_put_right_is_the_last_one() -> None:
    corrected = "幺三八幺二三四五六七八，不对，是幺三八幺二三四五六七九"
    assert taken(QUESTIONS, "phone", corrected) == "13812345679"
    assert taken(QUESTIONS, "phone", "幺三八零零幺三八零零零，不对，八零零八") == ASK_AGAIN


def test_wish_not_to_tell_is_no_reason_to_ask_again() -> None:
    read = read_answer(QUESTIONS, "phone", "不想留", TODAY)
    assert read.values == {"phone": None}


def test_digits_and_days_answer_no_other_question_than_the_one_asked() -> None:
    read = read_answer(QUESTIONS, "phone", "幺三八，零零幺三，八零零零", TODAY)
    assert set(read.values) == {"phone"}
    assert set(read_answer(QUESTIONS, "start_day", "下周三，三楼", TODAY).values) == {"start_day"}


# --- what points at something else ----------------------------------------------------------------------


def test_second_temperature_like_the_first_is_the_first() -> None:
    script = load_script("home_observation")
    dialog = Dialog(script, {"name": "张三", "community": "幸福"}, TODAY)
    dialog.start()
    for words in ("是我", "三十六度五", "跟早上一样"):
        dialog.hear(Heard(words, 1.0))
    assert dialog.slots["evening_temperature"].value == 36.5
    assert dialog.slots["evening_temperature"].is_certain
    dialog.hear(Heard("还是老样子", 1.0))
    assert dialog.slots["symptoms"].value is None  # how it was yesterday, the call does not know


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("一样", 36.5),
        ("跟早上量的一样", 36.5),
        ("跟昨天一样", None),
        ("比早上高一点", None),
        ("不太一样", None),
    ],
)
def test_only_an_answer_of_this_call_is_pointed_at(words: str, value: float | None) -> None:
    answers = {"morning_temperature": SlotValue("morning_temperature", 36.5, raw="三十六度五")}
    found = same_as_before(load_script("home_observation"), "evening_temperature", words, answers)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    "words", ["志愿者帮我倒的垃圾", "儿子天天来给我做饭", "社区昨天送过菜了", "闺女每个礼拜都来打扫"]
)
def test_what_others_do_is_no_need(words: str) -> None:
    assert is_done_by_others(words)
    assert denies(words)


@pytest.mark.parametrize("words", ["社区送的菜吃完了，再送点", "志愿者帮我倒垃圾行吗", "闺女买的药没了"])
def test_what_others_did_in_vain_is_one(words: str) -> None:
    assert not is_done_by_others(words)
    assert stated(words)
