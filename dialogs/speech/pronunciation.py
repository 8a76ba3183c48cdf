"""How each character of a prompt is pronounced: numbered pinyin, with names, places and our own words right.

A general dictionary reads 单 as dan1 and 曾 as ceng2, also in names. Whose name a text holds is known when it
is filled in; staff are recognised by their title (解主任).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from campaign.patterns import compiled
from dialogs.language.spelling import spelt_characters, with_tone_mark
from dialogs.speech.pronunciation_table import FAMILIES, GIVEN, WORDS

_TITLES = (
    "先生|女士|小姐|太太|大爷|大妈|大娘|大伯|大叔|大姐|大哥|阿姨|叔叔|伯伯|奶奶|爷爷|师傅|同志|老师|主任|书记|"
    "站长|院长|所长|医生|大夫|护士|警官|经理|总|工|姐|哥|家(?=[吗的，。？])"
)
_NOT_BEFORE = "社小地城市校辖片郊老责主担理了调检排普抽复"
"""社区书记 and 责任医生 name nobody."""
_SINGLE = "".join(name for name in FAMILIES if len(name) == 1)
_DOUBLE = "|".join(name for name in FAMILIES if len(name) == 2)
_ADDRESSED = compiled(
    rf"(?P<family>{_DOUBLE}|(?<![{_NOT_BEFORE}])[{_SINGLE}])(?={_TITLES})"
    rf"|(?<=姓)(?P<named>{_DOUBLE}|[{_SINGLE}])"
)
_LONGEST_WORD = max(map(len, WORDS))


def pronounce(text: str, names: Sequence[str] = ()) -> tuple[str, ...]:
    """Numbered pinyin for every character (ü is v, the neutral tone 5); what is no Chinese character, itself.

    ``names`` are full names of people that the text may hold.
    """
    syllables = list(spelt_characters(text))
    for start, spelling in (*_words(text), *_addressed(text), *_names(text, names)):
        syllables[start : start + len(spelling)] = spelling
    return tuple(_with_sandhi(text, syllables))


def unusual_readings(text: str, names: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
    """Characters that are not read as the dictionary has it, with their reading: (("单", "shàn"),)."""
    plain = _with_sandhi(text, spelt_characters(text))
    told = zip(text, pronounce(text, names), plain, strict=True)
    return tuple(
        dict.fromkeys(
            (character, with_tone_mark(spelt)) for character, spelt, usual in told if spelt != usual
        )
    )


def _with_sandhi(text: str, syllables: Sequence[str]) -> Iterator[str]:
    """不 rises before a falling tone: bu2 dui4; 一 is left to the engines, for numbers keep its tone."""
    for index, spelt in enumerate(syllables):
        follows = syllables[index + 1] if index + 1 < len(syllables) else ""
        is_plain = text[index] == "不" and spelt in ("bu2", "bu4")
        yield ("bu2" if follows.endswith("4") else "bu4") if is_plain else spelt


def pronounce_name(name: str) -> tuple[str, ...]:
    """Numbered pinyin for every character of a full name: 单晓华 -> shan4 xiao3 hua2."""
    family = name[:2] if name[:2] in FAMILIES else name[:1]
    given = name[len(family) :]
    spelt = (
        GIVEN.get(character, (spelling,))[0]
        for character, spelling in zip(given, spelt_characters(given), strict=True)
    )
    return (*FAMILIES.get(family, spelt_characters(family)), *spelt)


_Override = tuple[int, Sequence[str]]
"""Where in the text, and the syllables from there on."""


def _words(text: str) -> Iterator[_Override]:
    position = 0
    while position < len(text):
        word = _longest(text[position : position + _LONGEST_WORD], WORDS)
        if word:
            yield position, WORDS[word]
        position += len(word) or 1


def _longest(text: str, words: Mapping[str, object]) -> str:
    return next((text[:size] for size in range(len(text), 1, -1) if text[:size] in words), "")


def _addressed(text: str) -> Iterator[_Override]:
    for match in _ADDRESSED.finditer(text):
        yield match.start(), FAMILIES[match["family"] or match["named"]]


def _names(text: str, names: Sequence[str]) -> Iterator[_Override]:
    for name in filter(None, names):
        for match in re.finditer(re.escape(name), text):
            yield match.start(), pronounce_name(name)
