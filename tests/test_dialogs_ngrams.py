"""Tables of n-grams, and the search for what was said behind what was written."""

from __future__ import annotations

from functools import partial
from itertools import product

import numpy as np
import pytest

from dialogs.language.ngrams import BEGINNING, codes_of
from dialogs.language.respelling import Respelling
from dialogs.language.sounds import distance
from dialogs.language.spelling import syllables
from dialogs.language.wording import Wording
from teaching.wording import wording

ANSWERS = [
    ("needs", "给送点消毒液"),
    ("needs", "消毒液没有了"),
    ("needs", "送点消毒液来"),
    ("needs", "小笔记本"),
    ("needs", "读夜校"),
    ("needs", "给孩子读小人书"),
]
NEEDS = 1


@pytest.fixture(scope="module")
def counted() -> Wording:
    return wording(ANSWERS)


def test_characters_are_as_likely_after_a_context_as_in_a_row(counted: Wording) -> None:
    ngrams = counted.ngrams
    row = codes_of(BEGINNING * ngrams.reach + "消毒夜校记龘")
    ends = np.arange(ngrams.reach, len(row))
    contexts = row[ends[:, None] + np.arange(-ngrams.reach, 0)[None, :]]
    for model in (0, NEEDS):
        after = ngrams.after(contexts, np.arange(len(ends)), row[ends], model)
        assert after.tolist() == ngrams.given_before(row, model)[ngrams.reach :].tolist()


def test_what_people_use_are_the_characters_that_were_counted(counted: Wording) -> None:
    assert counted.ngrams.characters(NEEDS) == "".join(sorted(set("".join(text for _, text in ANSWERS))))


@pytest.mark.parametrize("written", ["小毒液", "笑读夜", "送店小独叶", "记本", "肚"])
def test_no_other_wording_of_such_sounds_is_better(counted: Wording, written: str) -> None:
    characters = counted.ngrams.characters(NEEDS)
    alike = [
        {one: 0.0}
        | {
            other: 2.0 + 15.0 * gap
            for other in characters
            if other != one and (gap := distance(syllables(one)[0], syllables(other)[0])) <= 0.3
        }
        for one in written
    ]
    wordings = ["".join(each) for each in product(*alike)]
    likely = counted.log_probabilities("needs", wordings)
    best = max(
        0.8 * log_probability
        + 1.05 * len(written)
        - sum(prices[one] for prices, one in zip(alike, text, strict=True))
        for text, log_probability in zip(wordings, likely, strict=True)
    )
    respelling = Respelling(characters, counted.ngrams.reach)
    doubts = np.full(len(written) + 1, -99.0)
    (found,) = respelling.of([written], [doubts], partial(counted._after, "needs"))
    assert found.merit == pytest.approx(best)
