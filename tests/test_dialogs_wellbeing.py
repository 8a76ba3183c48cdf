"""Health told without symptoms, symptoms that are over, and a no apart from what it denies."""

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


def read(text: str, question: str = "ask_symptoms") -> tuple[Any, float]:
    context = Context(SCRIPT.states[question], date(2026, 11, 22))
    finding = BY_RULES.read(text, context).findings.get("symptoms")
    return (None, 0.0) if finding is None else (finding.value, finding.confidence)


@pytest.mark.parametrize(
    "text",
    [
        "鼻子通气，嗓子也舒服",
        "胃口挺好，肚子没事",
        "气顺，喉咙也不疼",
        "咳嗽、乏力、头疼，统统没有",
        "发烧，无；咳嗽，无",
        "咳嗽乏力都没有的呀",
        "咳嗽头疼均无",
        "我要是难受，早去看大夫了，没有",
        "我上哪儿咳嗽去",
        "哪里会发烧嘛",
        "咳是不咳，烧也不烧",
        "弗咳，弗烧，人蛮好",
        "没觉着不舒服",
        "前阵子拉肚子，现在啥毛病没有",
        "上个月头疼过，如今好得很",
        "咳什么咳，我好着呢",
        "我能有啥毛病",
        "我跟发烧的人没来往，没事",
        "不烧，真没发烧，也没咳嗽",
        "烧没烧？没烧，咳嗽一个都不沾",
    ],
)
def test_well_or_denied_is_no_symptom(text: str) -> None:
    value, confidence = read(text)
    assert value == []
    assert confidence >= SURE


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("头疼好了，又咳上了", ["咳嗽"]),
        ("烧退了，就是没劲", ["乏力"]),
        ("咳了两天，现在不咳了，就是嗓子疼", ["咽痛"]),
        ("头疼？有。咳嗽？没有", ["头痛"]),
        ("鼻子通，胃口好，就是头疼", ["头痛"]),
        ("吐倒是没吐，拉了两回", ["腹泻"]),
        ("上吐下泻", ["呕吐", "腹泻"]),
        ("烧个啥，就是流鼻涕", ["鼻塞流涕"]),
        ("吐没吐，就是头疼", ["头痛"]),
        ("发烧？没有。头疼？这个真有", ["头痛"]),
        ("发烧？没，乏力？有点，呕吐？没有", ["乏力"]),
        ("着凉了，打喷嚏", ["鼻塞流涕"]),
        ("就没停过咳", ["咳嗽"]),
        ("脚崴了算吗？没发烧", ["其他不适"]),
        ("昨天嗓子疼，今天就是咳嗽", ["咽痛", "咳嗽"]),
        ("吃啥都没味儿，跟嚼蜡一样", ["味嗅觉减退"]),
    ],
)
def test_what_is_over_or_well_is_left_out_beside_a_symptom(text: str, symptoms: list[str]) -> None:
    value, confidence = read(text)
    assert value == symptoms
    assert confidence >= SURE


@pytest.mark.parametrize(
    "text",
    [
        "喉咙好疼",
        "咳嗽好了一点",
        "咳嗽没好利索",
        "头疼好了又疼",
        "烧退了，晚上又烧",
        "咳嗽，没了",
        "头疼，没有",
        "咳嗽，别的都没有",
        "我有点咳嗽，没有",
        "味觉没了",
        "力气没了",
        "咳嗽好了",
        "没有一处不酸",
        "怎么可能不难受",
        "哪来的力气",
        "喘气顺不过来",
        "要是不咳我早睡了",
        "发烧否？是",
        "昨天还烧，今天不烧了",
        "全有，还拉肚子",
        "一样不落，全让你说着了",
        "身体好不了",
        "一样没有好的",
        "没见好",
        "没有一个地方舒服",
        "哪里会舒服",
        "咳也不咳，烧也不退",
        "头疼，现在还没好",
        "拉肚子，今天还拉，别的没事了",
        "烧不烧",
        "三样都有",
        "我又不是大夫",
        "有没有我不清楚",
    ],
)
def test_said_symptom_is_no_all_clear(text: str) -> None:
    value, confidence = read(text)
    assert value or confidence < SURE


@pytest.mark.parametrize("text", ["我媳妇住院了，我去南京陪了几天", "孩子拉肚子，没去成"])
def test_relatives_are_left_out_in_passing(text: str) -> None:
    value, confidence = read(text, "ask_travel")
    assert value is None or confidence < SURE


@pytest.mark.parametrize("text", ["在，人挺好的", "在的，没病", "在，咳嗽发热均无"])
def test_health_is_heard_in_passing(text: str) -> None:
    value, confidence = read(text, "ask_beijing")
    assert value == []
    assert confidence >= SURE


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("后背疼", ["其他不适"]),
        ("手腕子老不得劲", ["其他不适"]),
        ("膝盖有点不舒服", ["其他不适"]),
        ("发烧没有，肩膀疼", ["其他不适"]),
        ("我挺好，老伴发烧", []),
        ("我自己没事，孙子拉肚子", []),
        ("我挺好的，我老伴说我咳嗽", ["咳嗽"]),
        ("我没事，跟老伴都咳嗽", ["咳嗽"]),
        ("还跟往常一样", []),
        ("鼻子不堵，嗓子疼", ["咽痛"]),
        ("没有发热，没有其他不适", []),
        ("没有其他的，就是咳嗽", ["咳嗽"]),
        ("否认发热，否认咳嗽", []),
    ],
)
def test_what_is_felt_where_and_by_whom(text: str, symptoms: list[str]) -> None:
    value, confidence = read(text)
    assert value == symptoms
    assert confidence >= SURE


def test_unwell_without_a_place_is_asked_again() -> None:
    assert read("就是不舒服")[1] < SURE


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [
        ("前两个有，第三个没有", ["发热", "咳嗽"]),
        ("头一样没有，后头两样都有", ["咳嗽", "乏力"]),
        ("第一个和最后一个有", ["发热", "乏力"]),
        ("您问的第二个有", ["咳嗽"]),
        ("首项有，余两项均无", ["发热"]),
    ],
)
def test_what_is_told_by_its_place_in_the_question(text: str, symptoms: list[str]) -> None:
    assert read(text) == (symptoms, 0.9)


@pytest.mark.parametrize(
    "text", ["流了几天鼻涕，好利索了，没别的", "咳了一礼拜，昨天彻底好了", "发烧来着，早退了"]
)
def test_what_the_clause_before_told_is_over(text: str) -> None:
    assert read(text)[0] == []


@pytest.mark.parametrize(
    ("text", "symptoms"),
    [("咳嗽，昨天退了", ["咳嗽"]), ("咳嗽，早好了，又犯了", ["咳嗽"]), ("烧，早退了，还咳", ["咳嗽"])],
)
def test_what_is_over_is_not_what_is_there(text: str, symptoms: list[str]) -> None:
    assert read(text)[0] == symptoms
