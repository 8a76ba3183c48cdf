"""What is asked for by a question is a need: 有没有退烧药."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.slots.wishes.asked import asked_plainly
from dialogs.understanding import Context, understanding_of
from dialogs.understanding.single_answer import question_of

SURVEY = load_script("health_survey")


def need(said: str) -> object:
    context = Context(question_of(SURVEY, "needs"), date(2026, 11, 30))
    found = understanding_of(SURVEY).read(said, context).findings.get("needs")
    return found.value if found is not None and found.confidence >= SURVEY.slots["needs"].sure else None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("有没有退烧药", "退烧药"),
        ("我正想问你们有没有退烧药呢", "退烧药"),
        ("退烧药还有没有 有的话给我送两盒", "两盒退烧药"),
        ("酒精和消毒液能不能给匀一瓶？网上买不着。", "酒精和消毒液"),
        ("想找个人帮我看半天孩子，要是有大夫能上门就更好了。", "看半天孩子、大夫能上门"),
        ("没啥 就盼着你们快点儿说完 他要哭了", ""),
    ],
)
def test_questions_ask_for_something(said: str, told: str) -> None:
    assert need(said) == told


@pytest.mark.parametrize("said", ["需要", "需要的", "有需要", "有的", "要", "需要帮忙"])
def test_a_bare_yes_names_nothing_and_is_asked_about(said: str) -> None:
    assert need(said) is None


@pytest.mark.parametrize("said", ["有没有人帮我买菜", "没有，都挺好", "希望给送点菜", "能不能给我买袋米"])
def test_other_words_stay_as_they_are(said: str) -> None:
    assert asked_plainly(said) == said
