"""Pronunciation as pypinyin has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin
from pypinyin.contrib.tone_convert import to_finals, to_initials

from dialogs.language.spelling import Syllable, syllables


def by_pypinyin(text: str) -> tuple[Syllable, ...]:
    spelt = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    if len(spelt) != len(text):
        return tuple(by_pypinyin(character)[0] for character in text)
    return tuple(
        Syllable(one, one, "5")
        if one == character
        else Syllable(to_initials(one, strict=True), to_finals(one, strict=True, v_to_u=False), one[-1])
        for one, character in zip(spelt, text, strict=True)
    )


@pytest.mark.parametrize(
    "text",
    [
        "银行里的行人",
        "还没还",
        "长大了长度",
        "没有发烧,三十七度二",
        "OK的",
        "二〇二〇年",
        "女儿绿了",
        "嗯",
        "",
    ],
)
def test_text_is_pronounced_as_pypinyin_does(text: str) -> None:
    assert syllables(text) == by_pypinyin(text)


@given(st.text(alphabet="银行还没有长重庆得了的地发热咳嗽一不乐都度量数女旅,A7", max_size=12))
def test_any_text_is_pronounced_as_pypinyin_does(text: str) -> None:
    assert syllables(text) == by_pypinyin(text)


def test_what_is_no_chinese_sounds_like_itself() -> None:
    assert syllables("A,") == (Syllable("A", "A", "5"), Syllable(",", ",", "5"))
