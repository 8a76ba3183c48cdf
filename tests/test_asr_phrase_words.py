"""Phrases cut into the words of a vocabulary."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from asr.phrase_words import Cut, Grammar, build_grammar, cut

VOCABULARY = frozenset(
    {"没有", "没", "有", "有点", "点", "咳嗽", "发", "烧", "三十", "三", "十", "六", "度", "[unk]"}
)


def knows(word: str) -> bool:
    return word in VOCABULARY


def test_long_words_come_before_their_characters() -> None:
    assert cut("没有咳嗽", knows) == Cut(("没有", "咳嗽"))
    assert cut("三十六度", knows) == Cut(("三十", "六", "度"))


def test_what_is_no_word_is_cut_down_to_characters() -> None:
    assert cut("发烧", knows) == Cut(("发", "烧"))


def test_a_long_word_that_leads_into_a_dead_end_is_not_taken() -> None:
    words = {"AB", "A", "BC"}
    assert cut("ABC", words.__contains__) == Cut(("A", "BC"))


def test_words_that_the_model_lacks_are_named_whole() -> None:
    assert cut("没有鼻塞咳嗽", knows) == Cut(("没有", "咳嗽"), ("鼻塞",))


def test_punctuation_and_blanks_are_borders() -> None:
    assert cut("有，有点 咳嗽。", knows) == Cut(("有", "有点", "咳嗽"))
    assert cut("……", knows) == Cut(())


def test_a_phrase_with_a_hole_is_left_out_not_shortened() -> None:
    grammar = build_grammar(("没有", "没有鼻塞", "没有", "有点咳嗽"), knows)
    assert grammar == Grammar(("没有", "有点 咳嗽"), "[unk]", ("鼻塞",), ("没有鼻塞",))


def test_the_grammar_ends_with_the_models_unknown_word() -> None:
    assert json.loads(build_grammar(("没有",), knows).to_json()) == ["没有", "[unk]"]
    assert json.loads(build_grammar(("没有",), {"没有"}.__contains__).to_json()) == ["没有"]


def test_nothing_to_expect_is_no_grammar() -> None:
    assert build_grammar(("鼻塞",), knows).to_json() == ""
    assert build_grammar((), knows).to_json() == ""


@given(st.text(alphabet="没有点咳嗽发烧三十六度鼻塞，", max_size=20))
def test_nothing_of_a_phrase_gets_lost(phrase: str) -> None:
    found = cut(phrase, knows)
    assert all(knows(word) for word in found.words)
    assert sorted("".join(found.words + found.missing)) == sorted(phrase.replace("，", ""))
