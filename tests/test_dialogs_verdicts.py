"""Plain answers about somebody's health as recognisers write them: things, verdicts and courtesies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice

import pytest

from dialogs.language.clauses import things_told
from dialogs.language.clauses.verdicts import with_verdicts
from dialogs.loading import load_script
from dialogs.understanding import Context
from dialogs.understanding.reader import Understanding

SCRIPT = load_script("health_survey")
ASKED = Context(SCRIPT.states["ask_symptoms"], date(2026, 11, 22), "张三")
BY_RULES = Understanding(SCRIPT, None)
SURE = 0.6

THINGS = {
    "发烧": "发热", "咳嗽": "咳嗽", "乏力": "乏力", "嗓子疼": "咽痛", "头疼": "头痛", "头晕": "其他不适",
    "拉肚子": "腹泻", "恶心": "呕吐", "鼻塞": "鼻塞流涕", "流鼻涕": "鼻塞流涕", "肌肉酸痛": "肌肉酸痛",
    "胸闷": "呼吸困难", "气短": "呼吸困难", "胃疼": "其他不适",
}  # fmt: skip
LEADS = ("", "嗯", "最近", "我", "这个", "现在", "我想想啊", "怎么说呢")
ENDS = ("", "谢谢", "你放心", "就这些")
DENIED = (
    "{0}没有{1}没有", "{0}没有{1}也没有", "{0}没有{1}没有{2}也没有", "{0}{1}都没有", "{0}和{1}都没有",
    "没有{0}没有{1}", "没{0}没{1}", "没{0}也没{1}", "没有{0}", "没{0}", "没有{0}什么的", "没有{0}这些症状",
    "{0}没有", "{0}那没有", "{0}倒没有", "没有{0}和{1}", "{0}早好了",
)  # fmt: skip
TOLD = (
    "有点{0}", "就是有点{0}", "就是{0}", "老是{0}", "没有{1}就是有点{0}", "没{1}就是{0}", "{1}没有就是{0}",
    "{1}没有{0}有一点", "没有{1}有点{0}", "没有{1}但是{0}", "{1}{2}都没有就是{0}", "有点{0}没有{1}",
    "有点{0}但是没{1}", "{1}没有{2}也没有就是有点{0}", "{0}有{1}没有", "就是{0}别的没有",
)  # fmt: skip


def said(forms: tuple[str, ...], count: int) -> Iterator[tuple[str, str]]:
    """Sentences, and the first thing in each."""
    names = list(THINGS)
    leads, ends = cycle(LEADS), cycle(ENDS)
    for number, form in enumerate(islice(cycle(forms), count)):
        first, second, third = (names[(number * step + step) % len(names)] for step in (1, 3, 5))
        if len({THINGS[first], THINGS[second], THINGS[third]}) == 3:
            yield next(leads) + form.format(first, second, third) + next(ends), first


def read(text: str) -> tuple[list[str], float]:
    finding = BY_RULES.read(text, ASKED).findings["symptoms"]
    return finding.value, finding.confidence


@pytest.mark.parametrize(("text", "_"), list(said(DENIED, 300)))
def test_what_is_denied_is_none(text: str, _: str) -> None:
    value, confidence = read(text)
    assert (value, confidence >= SURE) == ([], True)


@pytest.mark.parametrize(("text", "first"), list(said(TOLD, 300)))
def test_what_is_told_among_what_is_denied(text: str, first: str) -> None:
    value, confidence = read(text)
    assert (value, confidence >= SURE) == ([THINGS[first]], True)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("最近拉肚子没有肌肉酸痛没有", "最近拉肚子没有,肌肉酸痛没有"),
        ("嗓子痛胸闷都没有你放心", "嗓子痛胸闷都没有,你放心"),
        ("这个没有头疼谢谢", "这个,没有头疼,谢谢"),
        ("有点腹泻肌肉酸痛没有别的都好", "有点腹泻,肌肉酸痛没有,别的都好"),
        ("有点咳嗽没有发烧没有乏力", "有点咳嗽,没有发烧,没有乏力"),
        ("头疼有一点恶心倒没有", "头疼有一点,恶心倒没有"),
        ("没有头疼还有点恶心", "没有头疼,还有点恶心"),
        ("又鼻塞又胸闷谢谢", "又鼻塞又胸闷,谢谢"),
        ("肚子疼没拉肚子", "肚子疼,没拉肚子"),
        ("拉肚子没吐也没发烧", "拉肚子,没吐,也没发烧"),
    ],
)
def test_statements_are_cut_where_they_end(text: str, cut: str) -> None:
    assert with_verdicts(text) == cut


@pytest.mark.parametrize(
    "text",
    [
        "没有咳嗽腹泻呕吐",  # all three, or the first alone
        "发烧没有咳嗽",
        "胃疼发烧咳嗽都没有",  # the first may be told
        "没劲烧咳都没有",
        "发烧没事",  # none, or nothing to speak of
        "咳嗽好多了",
        "没味觉",  # that is the symptom
        "嗅觉没有了",
        "昨天吃坏了有点拉肚子",
        "没有没有",
        "咳没咳",
        "",
    ],
)
def test_what_is_not_made_of_verdicts_is_left_to_others(text: str) -> None:
    assert with_verdicts(text) is None


def test_a_break_that_tears_a_statement_apart_leaves_it_to_others() -> None:
    assert things_told("没有咳嗽,有点头疼") == ("头疼",)
    assert things_told("没有,咳嗽,有点头疼") is None


@pytest.mark.parametrize("text", ["没有咳嗽腹泻呕吐", "没有发烧嗓子疼"])
def test_a_list_after_a_no_that_may_end_early_is_asked_again(text: str) -> None:
    assert read(text)[1] < SURE
