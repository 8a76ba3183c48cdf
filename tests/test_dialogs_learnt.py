"""What was learnt about answers, beside the rules: whom is believed, and from when on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from dialogs.loading import load_script
from dialogs.script import Slot
from dialogs.slots import Finding
from dialogs.understanding import Context, Reading
from dialogs.understanding.classes import INTENT, UNKNOWN, choices_for, hints
from dialogs.understanding.learnt import Learnt
from dialogs.understanding.network import HEADS, Alphabet, Choice, Floats, Network
from dialogs.understanding.single_answer import question_of, read_answer
from teaching.graphs import answers_graph

SCRIPT = load_script("health_survey")
TODAY = date(2026, 11, 22)
SOME = 0.2
"""Share of words that the rules do not know."""
CHOICES = tuple(choices_for(SCRIPT))
QUESTIONS = ("identity", "symptoms", "travel", "temperature", "needs", "in_beijing")


class Believer:
    """A network that is as sure as the test wants, of nothing where the test says nothing."""

    def __init__(self, **told: Mapping[str, float]) -> None:
        self.alphabet = Alphabet(QUESTIONS, "", (), (), CHOICES)
        self._told = {name.replace("__", "/"): shares for name, shares in told.items()}

    def probabilities(self, question: str, text: str, hints: Floats) -> list[Floats]:
        return [self._of(choice) for choice in self.alphabet.choices]

    def _of(self, choice: Choice) -> Floats:
        told = self._told.get(choice.name, {"": 1.0})
        rest = (1.0 - sum(told.values())) / max(1, len(choice.classes) - len(told))
        return np.array([told.get(name, rest) for name in choice.classes], np.float32)


def read(
    question: str,
    rules: Reading | None = None,
    as_if_asked: Callable[[Slot], Finding | None] = lambda slot: None,
    **told: Mapping[str, float],
) -> Reading:
    learnt = Learnt(SCRIPT, Believer(**told))
    context = Context(question_of(SCRIPT, question), TODAY)
    return learnt.read("没有", rules or Reading("没有", strange=SOME), context, as_if_asked)


def found(question: str, value: object, confidence: float = 0.9) -> Reading:
    return Reading("没有这样的", {question: Finding(value, confidence)}, strange=SOME)


def test_an_all_clear_needs_more_than_a_symptom() -> None:
    none = read("symptoms", symptoms={"none": 0.9}).findings["symptoms"]
    some = read("symptoms", symptoms={"some": 0.9}, symptoms__咳嗽={"said": 0.9}).findings["symptoms"]
    assert none.value == []
    assert none.confidence < SCRIPT.slots["symptoms"].sure
    assert some.value == ["咳嗽"]
    assert some.confidence >= SCRIPT.slots["symptoms"].sure


def test_an_all_clear_that_is_certain_is_believed() -> None:
    assert read("travel", travel={"no": 0.98}).findings["travel"].confidence > 0.9


def test_rules_that_know_every_word_stand() -> None:
    plain = replace(found("travel", False), strange=0.0)
    assert read("travel", plain, travel={"yes": 0.97}).findings["travel"].value is False
    assert read("travel", found("travel", False), travel={"yes": 0.97}).findings["travel"].value is True


@pytest.mark.parametrize(
    ("question", "text", "strange", "is_plain"),
    [("travel", "没去过", 0.0, True), ("travel", "没去过", 0.3, False), ("symptoms", "没去过", 0.0, False),
     ("travel", "没去过也没出过门", 0.0, False)],
)  # fmt: skip
def test_network_is_not_asked_about_short_answers_that_the_rules_know(
    question: str, text: str, strange: float, is_plain: bool
) -> None:
    rules = Reading(text, {"travel": Finding(False, 1.0), "symptoms": Finding([], 1.0)}, strange=strange)
    context = Context(question_of(SCRIPT, question), TODAY)
    assert Learnt(SCRIPT, Believer()).has_nothing_to_add(text, rules, context) is is_plain


def test_all_clear_that_the_rules_contradict_is_asked_again() -> None:
    finding = read("symptoms", found("symptoms", ["咳嗽"]), symptoms={"none": 0.999}).findings["symptoms"]
    assert finding.value == ["咳嗽"]
    assert finding.confidence <= 0.5


def test_of_words_that_nobody_knows_nothing_is_believed() -> None:
    mumbled = Reading("呜噜呜噜", strange=1.0)
    reading = read("travel", mumbled, travel={"yes": 0.99}, intent={"opted_out": 0.99})
    assert not reading.findings
    assert not reading.intent


def test_rules_that_find_what_nobody_said_are_asked_again() -> None:
    finding = read("travel", found("travel", False), travel={"": 0.85}).findings["travel"]
    assert finding.value is False
    assert finding.confidence <= 0.5


def test_what_is_found_in_passing_but_not_said_is_dropped() -> None:
    assert "symptoms" not in read("travel", found("symptoms", [])).findings


def test_a_number_is_the_rules_own() -> None:
    reading = read("temperature", found("temperature", 36.5, 0.85), temperature={"said": 0.99})
    assert reading.findings["temperature"] == Finding(36.5, 0.85)


def test_whoever_does_not_know_is_not_asked_again() -> None:
    assert read("temperature", unknown={"said": 0.95}).findings["temperature"].value is None


def test_an_intent_is_followed_only_when_it_is_clear() -> None:
    said = Reading("别打了", intent="opted_out", strange=SOME)
    assert read("travel", said, intent={"opted_out": 0.9}).intent == "opted_out"
    assert read("travel", said, intent={"opted_out": 0.7}).intent == ""
    assert read("travel", intent={"opted_out": 0.9}).intent == ""
    assert read("travel", intent={"opted_out": 0.97}).intent == "opted_out"


def test_who_are_you_is_left_to_the_rules() -> None:
    reading = read("identity", Reading("你是谁", intent="who_are_you"), intent={"small_talk": 0.9})
    assert reading.intent == "who_are_you"


def test_other_questions_are_not_known() -> None:
    learnt = Learnt(SCRIPT, Believer())
    assert learnt.knows("travel")
    assert not learnt.knows("confirmed")


def test_hints_say_what_the_rules_found() -> None:
    choices = (
        Choice("travel", ("", "no", "yes")),
        Choice(UNKNOWN, ("", "said")),
        Choice(INTENT, ("", "repeat")),
    )
    reading = replace(found("travel", True, 0.75), strange=0.5)
    assert hints(SCRIPT, choices, reading, "travel").tolist() == [0.5, 0.0, 0.75, 0.0, 0.0]


def test_network_tells_probabilities_for_any_text() -> None:
    network = small_network()
    for text in ("", "没有", "没有呀" * 40, "abc，龘"):
        for share in network.probabilities("travel", text, np.zeros(3, np.float32)):
            assert share.sum() == pytest.approx(1.0)


def test_a_homophone_changes_less_than_another_word() -> None:
    network = small_network()
    said, homophone, other = (
        network.probabilities("travel", text, np.zeros(3, np.float32))[0] for text in ("没去", "没趣", "武汉")
    )
    assert np.abs(said - homophone).sum() < np.abs(said - other).sum()


@pytest.mark.parametrize("text", ["", "没", "没去武汉", "没有呀" * 30])
def test_the_graph_computes_what_was_taught(text: str) -> None:
    hints_found = np.array([0.2, 0.0, 0.9], np.float32)
    shares = small_network().probabilities("travel", text, hints_found)
    assert np.concatenate(shares) == pytest.approx(step_by_step(text, hints_found), abs=1e-5)


def step_by_step(text: str, hints_found: Floats) -> list[float]:
    """The small network as it is taught."""
    w = {name: array.astype(np.float64) for name, array in small_weights().items()}
    rows = small_alphabet().rows(text)
    said = sum(w[name][list(r)] for name, r in zip(("characters", "initials", "finals"), rows, strict=True))
    x = np.concatenate((w["questions"], said)) + w["places"][: len(rows[0]) + 1]

    def linear(name: str, x: NDArray[np.float64]) -> NDArray[np.float64]:
        return x @ w[f"{name}/weight"].T + w[f"{name}/bias"]

    def normal(name: str, x: NDArray[np.float64]) -> NDArray[np.float64]:
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)
        return x * w[f"{name}/weight"] + w[f"{name}/bias"]

    parts = np.split(linear("layer0/qkv", normal("layer0/norm1", x)), 3, axis=-1)
    heads = []
    for q, k, v in zip(*(np.split(part, HEADS, axis=-1) for part in parts), strict=True):
        powers = np.exp(q @ k.T / np.sqrt(q.shape[1]))
        heads.append(powers / powers.sum(-1, keepdims=True) @ v)
    x = x + linear("layer0/out", np.concatenate(heads, axis=-1))
    x = x + linear("layer0/narrow", np.maximum(0.0, linear("layer0/wide", normal("layer0/norm2", x))))
    x = normal("norm", x)
    pooled = np.concatenate((x[0], x.max(0), hints_found))
    scores = linear("scores", np.maximum(0.0, linear("joined", pooled)))
    choices = [np.exp(scores[:3]), np.exp(scores[3:])]
    return [float(share) for choice in choices for share in choice / choice.sum()]


def small_network() -> Network:
    """A network of random weights, as they are kept."""
    return Network(answers_graph(small_alphabet(), small_weights()))


def small_alphabet() -> Alphabet:
    choices = (Choice("travel", ("", "no", "yes")), Choice(INTENT, ("", "repeat")))
    return Alphabet(("travel",), "没去趣武汉", ("", "m", "q", "h"), ("ei", "v", "u", "an"), choices)


def small_weights() -> dict[str, Floats]:
    rng = np.random.default_rng(1)
    size, wide, joined = 16, 24, 12

    def weights(*shape: int) -> Floats:
        return (rng.normal(size=shape) * 0.3).astype(np.float32)

    def linear(name: str, out: int, into: int) -> dict[str, Floats]:
        return {f"{name}/weight": weights(out, into), f"{name}/bias": weights(out)}

    tables = {
        "characters": 0.2 * weights(7, size), "initials": weights(6, size), "finals": weights(6, size),
        "questions": weights(1, size), "places": weights(64, size),
    }  # fmt: skip
    norms = {
        f"{norm}/{part}": np.float32(part == "weight") + weights(size)
        for norm in ("layer0/norm1", "layer0/norm2", "norm")
        for part in ("weight", "bias")
    }
    layers = {
        **linear("layer0/qkv", 3 * size, size), **linear("layer0/out", size, size),
        **linear("layer0/wide", wide, size), **linear("layer0/narrow", size, wide),
        **linear("joined", joined, 2 * size + 3), **linear("scores", 5, joined),
    }  # fmt: skip
    return {
        name: a.astype(np.float16).astype(np.float32) for name, a in {**tables, **norms, **layers}.items()
    }


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("in_beijing", "我就在楼下遛狗呢", True),
        ("travel", "我这腿脚连菜市场都去不了", False),
        ("contact", "我们单元刚拉走一个，我还跟他坐过电梯", True),
        ("identity", "他在阳台浇花呢，你跟我说就行", "family"),
    ],
)
def test_answers_that_no_rule_lists_are_understood(question: str, text: str, value: object) -> None:
    read = read_answer(SCRIPT, question, text, TODAY)
    assert read.values[question] == value
    assert read.confidence[question] >= SCRIPT.slots[question].sure


@pytest.mark.parametrize(("share", "is_looked_for"), [(0.95, True), (0.85, False)])
def test_a_number_told_in_passing_is_looked_for_where_the_network_heard_one(
    share: float, is_looked_for: bool
) -> None:
    told = {"temperature": {"said": share}}
    looked_for = Finding(36.4, 0.9)
    passing = read("identity", as_if_asked=lambda slot: looked_for, **told)
    assert ("temperature" in passing.findings) is is_looked_for
    asked = read("temperature", as_if_asked=lambda slot: looked_for, **told)
    assert "temperature" not in asked.findings


class Asked:
    """A second reader that counts how often it is asked."""

    def __init__(self, **told: Mapping[str, float]) -> None:
        self._believer = Believer(**told)
        self.times = 0

    def probabilities(self, question: str, text: str, hints: Floats) -> list[Floats]:
        self.times += 1
        return self._believer.probabilities(question, text, hints)


def read_twice(second: Asked, rules: Reading, **told: Mapping[str, float]) -> Reading:
    learnt = Learnt(SCRIPT, Believer(**told), lambda: second)
    return learnt.read("没有", rules, Context(question_of(SCRIPT, "symptoms"), TODAY), lambda slot: None)


@pytest.mark.parametrize(("sure", "times"), [(0.995, 0), (0.98, 1)])
def test_second_reader_is_asked_only_in_doubt(sure: float, times: int) -> None:
    second = Asked(symptoms={"none": 0.99})
    reading = read_twice(second, Reading("没有", strange=SOME), symptoms={"none": sure})
    assert second.times == times
    assert reading.findings["symptoms"].confidence > 0.9


@pytest.mark.parametrize(
    ("sure", "strange", "is_believed"), [(0.99, 0.1, True), (0.6, 0.1, False), (0.99, 0.4, False)]
)
def test_both_together_may_overrule_what_the_rules_found(
    sure: float, strange: float, is_believed: bool
) -> None:
    second = Asked(symptoms={"none": sure})
    rules = replace(found("symptoms", ["咳嗽"]), strange=strange)
    finding = read_twice(second, rules, symptoms={"none": 0.99}).findings["symptoms"]
    assert second.times == 1
    assert (finding.value == []) is is_believed
    assert (finding.confidence >= SCRIPT.slots["symptoms"].sure) is is_believed


def test_what_is_found_but_vague_is_never_outvoted() -> None:
    second = Asked(symptoms={"none": 0.999})
    rules = replace(found("symptoms", ["其他不适"], 0.55), strange=0.0)  # 没有一个地方舒服
    finding = read_twice(second, rules, symptoms={"none": 0.999}).findings["symptoms"]
    assert finding.value == ["其他不适"]
    assert finding.confidence < SCRIPT.slots["symptoms"].sure


def test_a_trace_of_a_symptom_is_enough_for_doubt() -> None:
    second = Asked(symptoms={"none": 0.99}, symptoms__发热={"said": 0.05})
    rules = replace(found("symptoms", ["咳嗽"]), strange=0.0)
    assert read_twice(second, rules, symptoms={"none": 0.99}).findings["symptoms"].confidence <= 0.5


@pytest.mark.parametrize(("fever", "values"), [(0.05, ["咳嗽"]), (0.3, ["发热", "咳嗽"])])
def test_a_symptom_that_the_network_clearly_denies_does_not_stand(fever: float, values: list[str]) -> None:
    rules = replace(found("symptoms", ["发热", "咳嗽"]), strange=0.0)  # 发烧倒不发烧，老是咳
    believed: dict[str, Mapping[str, float]] = {
        "symptoms": {"some": 0.99},
        "symptoms__发热": {"said": fever},
        "symptoms__咳嗽": {"said": 0.99},
    }
    finding = read("symptoms", rules, **believed).findings["symptoms"]
    assert finding.value == values
    assert finding.confidence >= SCRIPT.slots["symptoms"].sure


def test_a_list_with_a_value_that_was_never_taught_stays_with_the_rules() -> None:
    slot = SCRIPT.slots["symptoms"]
    longer = replace(slot, values={**slot.values, "腮腺炎": ("腮腺炎", "痄腮")})
    script = replace(SCRIPT, slots={**SCRIPT.slots, "symptoms": longer})
    for words, values in (
        ("我得了痄腮", ["腮腺炎"]),
        ("没发烧，就是腮腺炎", ["腮腺炎"]),
        ("没有不舒服", []),
    ):
        assert read_answer(script, "symptoms", words, TODAY).values["symptoms"] == values


def test_one_network_alone_may_not_overrule_what_the_rules_found() -> None:
    finding = read("symptoms", found("symptoms", ["咳嗽"]), symptoms={"none": 0.999}).findings["symptoms"]
    assert finding.value == ["咳嗽"]
    assert finding.confidence < SCRIPT.slots["symptoms"].sure
