"""Symptoms that are not there: only alike in sound, felt by others, denied or asked back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dialogs.loading import load_script
from dialogs.understanding import Context
from dialogs.understanding.reader import Understanding

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)
SURE = 0.6


def read(text: str) -> tuple[Any, float]:
    context = Context(SCRIPT.states["ask_symptoms"], date(2026, 11, 22))
    finding = BY_RULES.read(text, context).findings.get("symptoms")
    return (None, 0.0) if finding is None else (finding.value, finding.confidence)


@pytest.mark.parametrize(
    "text",
    [
        "刚才我清了清嗓子，没毛病",
        "天天骑车上班，没病",
        "正跟邻居唠嗑呢，挺好的",
        "昨天爬了趟长城，没事",
        "饭都吃得香，没毛病",
        "鼻子也舒服，挺好",
        "腰好腿好，没毛病",
        "开窗通风了，没不舒服",
        "我家婶子也在，都好",
    ],
)
def test_what_only_sounds_like_a_symptom_is_none(text: str) -> None:
    value, confidence = read(text)
    assert value == []
    assert confidence >= SURE


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("起疹子了", ["其他不适"]),
        ("老是可受", ["咳嗽"]),
        ("怕冷，手凉", ["其他不适"]),
        ("清嗓子都疼，嗓子疼", ["咽痛"]),
    ],
)
def test_what_sounds_like_a_symptom_may_be_one(text: str, symptoms: list[str]) -> None:
    assert read(text)[0] == symptoms


@pytest.mark.parametrize(
    "text",
    [
        "舅舅发烧了，我没烧",
        "隔壁老张咳得凶，我倒没传上",
        "同桌流鼻涕，就我没事",
        "咳嗽的是我大爷，不是我",
        "咳嗽？那是我爱人，我好着呢",
        "是我家狗在喘，我没有",
        "没有，我姐倒是有点头疼",
        "他们都感冒了，我可不感冒",
        "小孙女拉肚子，大人都好好的",
        "电视里有人咳嗽，我没咳",
        "楼下两口子都发烧，我一点事没有",
    ],
)
def test_what_others_feel_is_none_of_the_resident_who_is_well(text: str) -> None:
    value, confidence = read(text)
    assert value == []
    assert confidence >= SURE


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("舅舅发烧了，我也有点", ["发热"]),
        ("同事都感冒，我嗓子疼", ["咽痛"]),
        ("儿子感冒，我没事，就是头疼", ["头痛"]),
        ("孩子咳嗽传给我了，我也咳", ["咳嗽"]),
        ("我跟老伴都咳嗽，没有别的", ["咳嗽"]),
        ("闺女，我咳嗽", ["咳嗽"]),
        ("我儿子说我发烧，我没事", ["发热"]),
        ("大夫说我是伤风，我没去医院", ["其他不适"]),
        ("老伴没事，我流鼻涕", ["鼻塞流涕"]),
        ("丈夫喉咙痛过给我了，没有别的", ["咽痛"]),
    ],
)
def test_what_the_resident_feels_stays_beside_others(text: str, symptoms: list[str]) -> None:
    assert read(text)[0] == symptoms
