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
