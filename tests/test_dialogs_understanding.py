"""What residents say, one answer at a time: words in, values out.

``dialogs_data/utterances.tsv`` holds the answers, many of them as recognisers write them down wrongly.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from dialogs.loading import load_script
from dialogs.machine import SURE
from dialogs.understanding import Context, Reading, normalised, understanding_of

TODAY = date(2026, 11, 23)
SCRIPT = load_script("health_survey")
TABLE = Path(__file__).parent / "dialogs_data" / "utterances.tsv"


class Utterance(NamedTuple):
    state: str
    words: str
    expected: str


def utterances() -> list[Utterance]:
    rows = (
        line.split("\t")
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
    return [Utterance(*row[:3]) for row in rows]


def read(state: str, words: str, wordings: tuple[tuple[str, float], ...] = ()) -> Reading:
    context = Context(SCRIPT.states[state], TODAY, "张三")
    return understanding_of(SCRIPT).read(words, context, wordings)


@pytest.mark.parametrize("utterance", utterances(), ids=lambda u: f"{u.state.removeprefix('ask_')}-{u.words}")
def test_answer_is_understood(utterance: Utterance) -> None:
    reading = read(utterance.state, utterance.words)
    sure = {name: f.value for name, f in reading.findings.items() if f.confidence >= SURE}
    for part in utterance.expected.split(";"):
        if part == "ask":
            assert SCRIPT.states[utterance.state].slot not in sure
            assert not reading.intent
        elif part.startswith("intent="):
            assert reading.intent == part.removeprefix("intent=")
        else:
            name, _, value = part.partition("=")
            assert name in sure
            assert sure[name] == json.loads(value)


FELT = (
    "有点{}",
    "有{}",
    "就是有点{}",
    "就是{}",
    "这两天{}",
    "没有别的就是{}",
    "有点{}别的没有",
    "{}其他没有",
    "除了{}都挺好的",
    "别的没有就是有点{}",
    "没有，就是有点{}",
    "{}，别的都正常",
    "我昨天开始{}",
)
SYMPTOMS = {word: value for value, words in SCRIPT.slots["symptoms"].values.items() for word in words}


@pytest.mark.parametrize("template", FELT)
def test_symptom_that_is_named_is_never_an_all_clear(template: str) -> None:
    missed = []
    for word, value in SYMPTOMS.items():
        finding = read("ask_symptoms", template.format(word)).findings.get("symptoms")
        if finding is None or finding.value is None or finding.confidence < SURE:
            continue  # asked again
        if value not in finding.value and (value != "其他不适" or not finding.value):
            missed.append((template.format(word), finding.value))
    assert missed == []


@pytest.mark.parametrize(
    "template", ["没有{}", "没{}", "不{}", "{}没有", "没有发热没有{}", "都没有{}", "没有{}，都挺好的"]
)
@pytest.mark.parametrize("word", ["发热", "咳嗽", "头疼", "拉肚子", "流鼻涕", "恶心"])
def test_symptom_that_is_denied_is_not_noted(template: str, word: str) -> None:
    finding = read("ask_symptoms", template.format(word)).findings["symptoms"]
    assert finding.value == []


def test_all_clear_of_mostly_strange_words_is_asked_again() -> None:
    finding = read("ask_symptoms", "没有呜噜呜噜哇啦哇啦").findings.get("symptoms")
    assert finding is None or finding.confidence < SURE


@pytest.mark.parametrize(
    ("heard", "text"),
    [
        ("没量 你等会儿 我让老伴儿给我找表", "没量,你等会,我让老伴给我找表"),
        ("我 没有 发烧 也 没有 咳嗽", "我没有发烧也没有咳嗽"),
        ("我 没有 接触 过 新型冠状病毒 病人", "我没有接触过新型冠状病毒病人"),
        ("36度5 昨天晚上没量", "三十六度五,昨天晚上没量"),
        ("三十六度五 昨晚没量", "三十六度五,昨晚没量"),
    ],
)
def test_blanks_are_pauses_where_somebody_typed_them(heard: str, text: str) -> None:
    assert normalised(heard) == text
