"""Values told by what an answer means: the model, and what stands where words and meaning differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dialogs.encoder.files import WEIGHTS, Files
from dialogs.encoder.model import make
from dialogs.encoder.vectors import ANSWER, PHRASE, QUESTION, Vectors
from dialogs.loading import load_script
from dialogs.script import Slot, SlotType
from dialogs.slots import Finding
from dialogs.understanding.meanings import Floats, Meanings, asks_by_meaning, installed_meanings
from dialogs.understanding.meanings_judged import judged
from tests.e5_weights import SIZE, encoded, write_learnt_meanings, write_weights

SLEEP = Slot(
    "sleep",
    "睡眠",
    SlotType.CHOICE,
    values={"好": ("睡得香",), "一般": ("凑合",), "不好": ("失眠", "睡不着")},
    question="您睡得好吗？",
)
WARM = Slot(
    "warm", "暖和", SlotType.YES_NO, values={"yes": ("暖和",), "no": ("冷",)}, question="家里暖和吗？"
)
CARER = Slot(
    "carer",
    "谁照应",
    SlotType.MULTI_CHOICE,
    values={"子女": ("儿子", "女儿"), "邻居": ("对门",)},
    unprompted={"none": ("没人管",)},
    question="谁照应您？",
)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    models = tmp_path / "models"
    return Files(tmp_path / "meanings.npz", tmp_path / "meanings.onnx", models / WEIGHTS, models / "meanings")


def test_vector_is_the_mean_of_what_was_said_beside_its_question(files: Files) -> None:
    chance = np.random.default_rng(5)
    weights, learnt = write_weights(files.weights, chance), write_learnt_meanings(files, chance)
    make(files)
    vectors = Vectors(files.model)
    said, asked = [0, 4, 7, 2], [4, 8, 9, 2]  # 没有, to 发烧
    rows = said + asked
    x = weights["emb.word"][rows] + weights["emb.pos"][2 : 2 + len(rows)] + weights["emb.type"][0]
    x = x + learnt["kinds"][[ANSWER] * len(said) + [QUESTION] * len(asked)]
    wanted = encoded(x, weights, learnt)[: len(said)].mean(axis=0)
    got = vectors.of_answer("发烧", "没有")
    assert got == pytest.approx(wanted, abs=0.05 * np.abs(wanted).max())  # weights have eight bits
    alone = weights["emb.word"][said] + weights["emb.pos"][2 : 2 + len(said)] + weights["emb.type"][0]
    wanted = encoded(alone + learnt["kinds"][[PHRASE] * len(said)], weights, learnt).mean(axis=0)
    assert vectors.of_phrase("没有") == pytest.approx(wanted, abs=0.05 * np.abs(wanted).max())


def test_what_is_too_long_is_cut(files: Files) -> None:
    chance = np.random.default_rng(5)
    write_weights(files.weights, chance), write_learnt_meanings(files, chance)
    make(files)
    vectors = Vectors(files.model)
    assert vectors.of_answer("有" * 99, "没" * 99) == pytest.approx(vectors.of_answer("有" * 200, "没" * 200))
    assert vectors.of_phrase("").shape == (SIZE,)


class ByPlace:
    """Vectors of which each word has its own direction, and an answer that of the word it is written as."""

    def __init__(self, meant: Mapping[str, str]) -> None:
        self._meant = meant
        self._known: dict[str, int] = {}

    def of_answer(self, question: str, text: str) -> Floats:
        return self.of_phrase(self._meant.get(text, text))

    def of_phrase(self, words: str) -> Floats:
        vector = np.zeros(32, np.float32)
        vector[self._known.setdefault(words, len(self._known))] = 1.0
        return vector


def nearest(**meant: str) -> Meanings:
    """Scores by nearness alone."""
    weights = {"scale": [20.0], "sharp": [20.0], "base": [10.0]}
    for name, into in (("pair", 96), ("none", 32)):
        weights |= {f"{name}/weight": np.zeros((1, into)), f"{name}/bias": np.zeros(1)}
        weights |= {f"{name}_score/weight": np.zeros((1, 1)), f"{name}_score/bias": np.zeros(1)}
    return Meanings(ByPlace(meant), {name: np.array(array, np.float32) for name, array in weights.items()})


def test_value_is_as_likely_as_its_nearest_words_are_near() -> None:
    meanings = nearest(一宿一宿瞪着眼="睡不着")
    shares = meanings.shares(SLEEP, "一宿一宿瞪着眼")
    assert max(shares, key=lambda value: shares[value]) == "不好"
    assert sum(shares.values()) == pytest.approx(1.0)
    nothing = meanings.shares(SLEEP, "我们家在三楼")
    assert max(nothing, key=lambda value: nothing[value]) == ""


def test_several_values_of_a_list_may_be_meant() -> None:
    shares = nearest(我闺女="女儿").shares(CARER, "我闺女")
    assert shares["子女"] > 0.9
    assert shares["邻居"] < 0.1
    assert shares["none"] < 0.1


@pytest.mark.parametrize(
    ("by_words", "shares", "value", "is_sure"),
    [
        (None, {"": 0.02, "好": 0.03, "一般": 0.02, "不好": 0.93}, "不好", True),
        (None, {"": 0.3, "好": 0.05, "一般": 0.05, "不好": 0.6}, None, False),
        (None, {"": 0.95, "好": 0.02, "一般": 0.01, "不好": 0.02}, None, False),
        (Finding("好", 1.0), {"": 0.01, "好": 0.97, "一般": 0.01, "不好": 0.01}, "好", True),
        (Finding("不好", 1.0), {"": 0.01, "好": 0.97, "一般": 0.01, "不好": 0.01}, "好", True),
        (Finding("不好", 1.0), {"": 0.15, "好": 0.7, "一般": 0.1, "不好": 0.05}, "不好", False),
        (Finding("不好", 1.0), {"": 0.1, "好": 0.4, "一般": 0.1, "不好": 0.4}, "不好", True),
        (Finding("不好", 1.0), {"": 0.95, "好": 0.01, "一般": 0.01, "不好": 0.03}, "不好", True),
        (Finding("不好", 0.7), {"": 0.95, "好": 0.01, "一般": 0.01, "不好": 0.03}, "不好", False),
        (Finding("不好", 0.4), {"": 0.01, "好": 0.01, "一般": 0.01, "不好": 0.97}, "不好", True),
    ],
)
def test_words_and_meaning_are_weighed(
    by_words: Finding | None, shares: Mapping[str, float], value: str | None, is_sure: bool
) -> None:
    found = judged(SLEEP, by_words, shares, "以前睡不好，换了药以后好多了")
    assert (found.value if found else None) == value
    assert (found is not None and found.confidence >= SLEEP.sure) == is_sure


def test_word_of_a_value_alone_is_an_answer_whatever_it_means() -> None:
    found = judged(SLEEP, Finding("一般", 0.7), {"": 0.95, "好": 0.02, "一般": 0.02, "不好": 0.01}, "一般吧")
    assert found == Finding("一般", 0.7)


def test_who_asks_back_has_not_answered() -> None:
    assert judged(WARM, None, {"": 0.01, "yes": 0.97, "no": 0.02}, "你们家暖和吗") is None


def test_turn_that_the_rules_take_apart_stands() -> None:
    by_words = Finding(["子女"], 1.0)
    assert judged(CARER, by_words, {"子女": 0.01, "邻居": 0.97, "none": 0.01}, "除了邻居都要") == by_words


def test_meaning_only_fills_in_where_very_many_words_are_listed() -> None:
    words = tuple(f"睡得{number}" for number in range(40))
    listed = replace(SLEEP, values={**SLEEP.values, "好": words})
    shares = {"": 0.01, "好": 0.01, "一般": 0.01, "不好": 0.97}
    assert judged(listed, Finding("好", 0.7), shares, "睡得也就那么回事") == Finding("好", 0.7)
    filled = judged(listed, None, shares, "睡得也就那么回事")
    assert filled is not None
    assert filled.value == "不好"


def test_yes_and_no_are_told_by_meaning_too() -> None:
    found = judged(WARM, Finding(True, 1.0), {"": 0.01, "yes": 0.02, "no": 0.97}, "暖和啥呀")
    assert found is not None
    assert found.value is False


@pytest.mark.parametrize(
    ("by_words", "shares", "values", "is_sure"),
    [
        (None, {"子女": 0.95, "邻居": 0.02, "none": 0.01}, ["子女"], True),
        (None, {"子女": 0.02, "邻居": 0.03, "none": 0.96}, [], True),
        (None, {"子女": 0.6, "邻居": 0.03, "none": 0.3}, None, False),
        (Finding(["子女"], 1.0), {"子女": 0.02, "邻居": 0.01, "none": 0.97}, [], True),
        (Finding(["子女"], 1.0), {"子女": 0.02, "邻居": 0.3, "none": 0.5}, ["子女"], False),
        (Finding(["子女"], 1.0), {"子女": 0.9, "邻居": 0.95, "none": 0.01}, ["子女"], True),
        (Finding(["子女", "邻居"], 1.0), {"子女": 0.05, "邻居": 0.95, "none": 0.01}, ["邻居"], True),
        (Finding([], 1.0), {"子女": 0.3, "邻居": 0.02, "none": 0.5}, [], False),
        (Finding([], 1.0), {"子女": 0.05, "邻居": 0.02, "none": 0.9}, [], True),
        (Finding([], 1.0), {"子女": 0.05, "邻居": 0.95, "none": 0.95}, [], True),
        (None, {"子女": 0.05, "邻居": 0.95, "none": 0.95}, None, False),
    ],
)
def test_every_value_of_a_list_is_weighed_by_itself(
    by_words: Finding | None, shares: Mapping[str, float], values: list[str] | None, is_sure: bool
) -> None:
    found = judged(CARER, by_words, shares, "孩子都在国外指望不上")
    assert (found.value if found else None) == values
    assert (found is not None and found.confidence >= CARER.sure) == is_sure


@pytest.mark.parametrize(
    ("script", "asked"),
    [
        ("health_survey", []),
        ("home_observation", ["ask_went_out"]),
        ("notice", ["ask_understood", "ask_again", "ask_help"]),
    ],
)
def test_questions_that_were_taught_or_choose_from_nothing_have_no_meanings(
    script: str, asked: list[str]
) -> None:
    loaded = load_script(script)
    assert [state.name for state in loaded.states.values() if asks_by_meaning(loaded, state)] == asked


def test_without_its_model_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert installed_meanings() is None
