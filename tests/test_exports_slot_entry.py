"""Answers as staff type them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.loading import load_script
from dialogs.script import Slot, SlotType
from exports.followup.sheets import answer_text
from exports.followup.slot_entry import EntryRefused, expected, read_answer
from exports.workbook.columns import slot_column

TODAY = dt.date(2026, 11, 26)
SCRIPT = load_script("health_survey")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("identity", "本人", "self"),
        ("identity", "打错", "wrong_number"),
        ("in_beijing", "是", True),
        ("in_beijing", "不在", False),
        ("in_beijing", "出差", False),
        ("symptoms", "无", []),
        ("symptoms", "发烧，干咳", ["发热", "咳嗽"]),
        ("symptoms", "发热、发热", ["发热"]),
        ("temperature", "36.5℃", 36.5),
        ("temperature", "３６．５", 36.5),
        ("temperature", "37.8（待核实）", 37.8),
        ("travel", "否", False),
        ("return_date", "2026-11-20", "2026-11-20"),
        ("return_date", "11月20日", "2026-11-20"),
        ("return_date", "2026-11-20 00:00:00", "2026-11-20"),
        ("return_date", "12/30", "2025-12-30"),
        ("household_size", "3口", 3),
        ("household_size", "3.0", 3),
        ("needs", "没有", ""),
        ("needs", "买药", "买药"),
        ("temperature", "未答", None),
        ("temperature", "  ", None),
    ],
)
def test_what_people_type_becomes_a_value(name: str, text: str, value: Any) -> None:
    assert read_answer(SCRIPT.slots[name], text, TODAY) == value


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("identity", "邻居", "“接听人”不能是“邻居”，应写 本人、家人、打错了"),
        ("in_beijing", "也许", "应写 是、否"),
        ("symptoms", "发热、牙", "“症状”里没有“牙”"),
        ("temperature", "365", "“体温”应在 34 到 43 之间，不能是 365"),
        ("temperature", "nan", "应在 34 到 43 之间"),
        ("return_date", "上周", "应写 日期，如 2026-11-22"),
        ("return_date", "2月30日", "不能是“2月30日”"),
        ("household_size", "2.5", "不能是“2.5”"),
    ],
)
def test_what_cannot_be_a_value_is_refused_with_what_is_expected(name: str, text: str, told: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        read_answer(SCRIPT.slots[name], text, TODAY)
    assert told in str(refused.value)


def values_of(slot: Slot) -> st.SearchStrategy[Any]:
    match slot.type:
        case SlotType.IDENTITY:
            return st.sampled_from(["self", "family", "wrong_number"])
        case SlotType.YES_NO:
            return st.booleans()
        case SlotType.SYMPTOMS | SlotType.MULTI_CHOICE:
            return st.lists(st.sampled_from(sorted(slot.values)), unique=True)
        case SlotType.TEMPERATURE:
            return st.integers(340, 430).map(lambda tenths: tenths / 10)
        case SlotType.DATE:
            return st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)).map(str)
        case SlotType.COUNT:
            return st.integers(1, 30)
    return st.sampled_from(["", "武汉", "买药"])


@given(st.sampled_from(SCRIPT.kept_slots).flatmap(lambda slot: st.tuples(st.just(slot), values_of(slot))))
def test_what_a_sheet_shows_is_read_back_as_the_same_value(drawn: tuple[Slot, Any]) -> None:
    slot, value = drawn
    column = slot_column(slot.name, slot.label, str(slot.type))
    for is_certain in (True, False):
        assert read_answer(slot, answer_text(column, value, is_certain=is_certain), TODAY) == value


def test_every_slot_says_what_is_expected() -> None:
    assert all(expected(slot) for slot in SCRIPT.kept_slots)
