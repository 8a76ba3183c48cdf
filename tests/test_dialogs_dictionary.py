"""The common words of jieba's dictionary, cut as jieba cuts when it has only those."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.language.dictionary import COMMON, Vocabulary, is_place_name

jieba.setLogLevel(logging.CRITICAL)

_TEXTS = (
    "我前天刚从湖北武汉回来,没有发烧",
    "我女儿在那边上班,我没去过",
    "36度5,OK的",
    "我T恤3号a1买的",
    "〇",
    "",
    "有关部门有发热门诊",
    "三十度",  # 十度 is a word, too rare to be kept
)


@cache
def common() -> jieba.Tokenizer:
    """jieba itself, with a dictionary of the common words only."""
    with TemporaryDirectory() as folder, jieba.get_dict_file() as source:
        trimmed = Path(folder) / "common.txt"
        entries = source.read().decode("utf-8").splitlines(keepends=True)
        trimmed.write_text("".join(entry for entry in entries if is_common(entry)), encoding="utf-8")
        tokenizer = jieba.Tokenizer(str(trimmed))
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    return tokenizer


def is_common(entry: str) -> bool:
    return int(entry.split()[1]) >= COMMON


def common_words(text: str) -> dict[int, int]:
    """Position of every character in a word of several, to where that begins."""
    around, position = {}, 0
    for word in common().cut(text, HMM=False):
        if len(word) > 1 and common().FREQ.get(word):
            around.update(dict.fromkeys(range(position, position + len(word)), position))
        position += len(word)
    return around


@pytest.mark.parametrize("text", _TEXTS)
def test_words_are_found_where_jieba_finds_them(text: str) -> None:
    assert Vocabulary().around(text) == common_words(text)


@given(st.text(alphabet="我没有发烧咳嗽去过湖北三十六度回来了吗,?a1", max_size=14))
def test_any_words_are_found_where_jieba_finds_them(text: str) -> None:
    assert Vocabulary().around(text) == common_words(text)


@pytest.mark.parametrize("words", [["没发烧"], ["去过湖北", "湖北"], ["没", "哪也没去"]])
def test_a_scripts_own_words_stay_in_one_piece(words: Sequence[str]) -> None:
    ours, theirs = Vocabulary(words), jieba.Tokenizer()
    for word in (word for word in words if len(word) > 1):
        theirs.add_word(word, freq=theirs.suggest_freq(word))
    for text in ("我没发烧", "没去过湖北", "我哪也没去啊"):
        cut = list(theirs.cut(text, HMM=False))
        assert [text[start:end] for start, end in ours.cut(text)] == cut


def test_the_words_of_one_script_are_not_those_of_another() -> None:
    before = Vocabulary().around("我哪也没去啊")
    Vocabulary(["哪也没去"])
    assert Vocabulary().around("我哪也没去啊") == before


def test_counties_are_known_as_places() -> None:
    assert is_place_name("涿鹿")
    assert not is_place_name("发烧")
    assert not is_place_name("")
