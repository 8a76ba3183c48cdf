"""A no before something else than what is felt denies nothing of it: 没睡觉头疼, 还没好全咳嗽."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from dialogs.language.spent_denials import is_spent_on, spends_a_no
from dialogs.loading import load_script
from dialogs.understanding import Context, understanding_of
from dialogs.understanding.context import DOUBTFUL
from dialogs.understanding.single_answer import question_of

SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)
FELT = "头疼 咳嗽 发烧 嗓子疼 恶心 拉肚子 头晕 胃疼 浑身没劲"
NO = "没 没有 没怎么 没好好 没能 没顾上"
DONE = "睡觉 吃饭 休息 上班 出门 锻炼 喝水 洗澡 看病 吃药 打针 起床 遛弯 穿衣服 盖被子 吃东西"
SPENT = "没暖气 没药 没人管 没人照顾 没钱看病 没好利索 没好全 还没好 没见好 没好转 没几天 没过几天 没过多久"


def none_of(answers: list[str]) -> list[str]:
    """Those that are recorded as no symptoms."""
    understanding = understanding_of(SCRIPT)
    understanding.prepare(TODAY)
    context = Context(question_of(SCRIPT, "symptoms"), TODAY, "张三")
    found = {text: understanding.read(text, context).findings.get("symptoms") for text in answers}
    return [t for t, f in found.items() if f is not None and f.value == [] and f.confidence > DOUBTFUL]


@pytest.mark.parametrize("comma", ["", "，"])
def test_who_did_not_do_something_and_feels_unwell_is_not_well(comma: str) -> None:
    said = [f"{no}{done}{comma}{felt}" for no, done, felt in product(NO.split(), DONE.split(), FELT.split())]

    assert none_of(said) == []


def test_the_same_after_a_nod() -> None:
    said = [f"嗯，没{done}{felt}" for done, felt in product(DONE.split(), FELT.split())]

    assert none_of(said) == []


def test_who_is_not_well_again_or_without_help_is_not_well() -> None:
    said = [f"{spent}{felt}" for spent, felt in product(SPENT.split(), FELT.split())]

    assert none_of(said) == []


@pytest.mark.parametrize(
    ("said", "symptom"),
    [
        ("没睡觉头疼", "头痛"),
        ("没怎么喝水嗓子疼", "咽痛"),
        ("还没好全咳嗽", "咳嗽"),
        ("嗯，没吃饭头疼", "头痛"),
    ],
)
def test_what_is_felt_is_recorded(said: str, symptom: str) -> None:
    context = Context(question_of(SCRIPT, "symptoms"), TODAY, "张三")
    finding = understanding_of(SCRIPT).read(said, context).findings["symptoms"]
    assert finding.value == [symptom]


@pytest.mark.parametrize(
    "said",
    [
        "没咳嗽发烧",
        "没有发烧咳嗽",
        "没头疼没咳嗽",
        "没睡好，没有不舒服",
        "没出门，没发烧",
        "没怎么咳嗽",
        "都没有",
    ],
)
def test_what_is_denied_stays_denied(said: str) -> None:
    understanding = understanding_of(SCRIPT)
    context = Context(question_of(SCRIPT, "symptoms"), TODAY, "张三")
    finding = understanding.read(said, context).findings.get("symptoms")
    assert finding is None or not finding.value or finding.confidence <= DOUBTFUL


def test_what_stands_between_a_no_and_what_is_felt() -> None:
    assert all(map(is_spent_on, ("怎么睡觉", "吃饭就", "好全")))
    assert not any(map(is_spent_on, ("有", "什么", "")))
    assert spends_a_no("没睡觉头疼")
    assert not any(map(spends_a_no, ("没睡,没有不舒服", "没头疼")))
