"""Words that an answer may hold if it is written wrongly."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.language.sounds import Syllable, distance, syllables
from dialogs.language.words_by_sound import WordsBySound

_LIMIT, _SYLLABLE_LIMIT, _MARGIN = 0.15, 0.45, 0.05
_WORDS = ("咳嗽", "有点咳嗽", "湖北", "湖北武汉", "湖南", "有点", "没", "嗓子有点疼得厉害")


def one_by_one(words: Sequence[str], heard: Sequence[Syllable | None]) -> dict[tuple[int, str], float]:
    found = {}
    for word in words:
        meant = syllables(word)
        for start in range(len(heard) - len(meant) + 1):
            pairs = zip(heard[start : start + len(meant)], meant, strict=True)
            each = [1.0 if sound is None else distance(sound, other) for sound, other in pairs]
            if max(each) <= _SYLLABLE_LIMIT and sum(each) <= _LIMIT * len(meant) + _MARGIN:
                found[start, word] = sum(each)
    return found


def near(words: Sequence[str], heard: Sequence[Syllable | None]) -> dict[tuple[int, str], float]:
    searched = WordsBySound(words, lambda _: _LIMIT, _SYLLABLE_LIMIT, _MARGIN)
    return {(start, word): difference for start, word, difference in searched.near(heard)}


@given(st.text(alphabet="可受有电壳售虎背五汉胡拿没美嗓则疼得利害", max_size=12))
def test_all_words_are_compared_as_one_by_one(text: str) -> None:
    assert near(_WORDS, syllables(text)) == pytest.approx(one_by_one(_WORDS, syllables(text)), abs=1e-6)


def test_words_of_one_syllable_need_no_second() -> None:
    assert near(["没"], syllables("每")) == pytest.approx({(0, "没"): distance(*syllables("每没"))})


def test_no_word_goes_on_over_what_is_no_sound() -> None:
    heard = (*syllables("咳"), None, *syllables("嗽"))
    assert near(["咳嗽"], heard) == {}


@pytest.mark.parametrize(("words", "text"), [((), "咳嗽"), (("咳嗽",), "")])
def test_nothing_is_near_nothing(words: Sequence[str], text: str) -> None:
    assert near(words, syllables(text)) == {}
