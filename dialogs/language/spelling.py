"""How Chinese text is pronounced: pypinyin's tables in a form that loads quickly, and its rules.

A run of characters is read phrase by phrase, the longest one known at each position (行 in 银行, 行人), and
character by character where none is. pypinyin itself takes a fifth of a second to load and works out the
spelling of a syllable anew each time it is said; it is asked once, for the tables. The only file that
imports it.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

from campaign.kept import folder_of, kept
from campaign.patterns import compiled

_FORM = "pinyin-2"
_FIRST, _LAST = 0x3400, 0x9FFF
"""The characters of the table."""
_ZERO = "〇"
_TWO_OTHERS = compiled("[^\u3400-\u9fff〇\ue000-\U0010ffff]{2}")
"""Two characters in a row that are not Chinese: nothing beside them is read as a phrase."""


class Syllable(NamedTuple):
    initial: str
    final: str
    tone: str


class _Table(NamedTuple):
    syllables: tuple[Syllable | None, ...]
    """All there are, by number; 0 is none."""
    characters: str
    """For every character from ``_FIRST`` on the number of its syllable, as a character of that code."""
    phrases: dict[str, str]
    """Phrases with the numbers of their syllables; empty where each is its character's own."""
    longest: dict[str, int]
    """What phrases of three characters and more begin with, two characters, to the length of the longest."""


@lru_cache(maxsize=20_000)
def syllables(text: str) -> tuple[Syllable, ...]:
    """One syllable for every character; what is no Chinese character sounds like nothing but itself."""
    if _TWO_OTHERS.search(text):
        return tuple(map(_syllable_of, text))
    found: list[Syllable] = []
    position = 0
    while position < len(text):
        end, numbers = _phrase_at(text, position)
        found.extend(map(_numbered, numbers) if numbers else map(_syllable_of, text[position:end]))
        position = end
    return tuple(found)


def _phrase_at(text: str, position: int) -> tuple[int, str]:
    """Where the longest phrase from there ends, and its numbers if they are not its characters' own."""
    _, _, phrases, longest = _table()
    pair = text[position : position + 2]
    most = longest.get(pair)
    if most is not None:
        for end in range(min(position + most, len(text)), position + 2, -1):
            numbers = phrases.get(text[position:end])
            if numbers is not None:
                return end, numbers
    numbers = phrases.get(pair)
    return (position + 1, "") if numbers is None else (position + 2, numbers)


def _numbered(number: str) -> Syllable:
    syllable = _table().syllables[ord(number)]
    assert syllable is not None  # 0 is in no phrase
    return syllable


@lru_cache(maxsize=20_000)
def _syllable_of(character: str) -> Syllable:
    if _FIRST <= ord(character) <= _LAST:
        table = _table()
        known = table.syllables[ord(table.characters[ord(character) - _FIRST])]
        if known is not None:
            return known
    elif character == _ZERO:
        return Syllable("l", "ing", "2")
    return Syllable(character, character, "5")


@cache
def _table() -> _Table:
    written, characters, phrases, longest = kept(_FORM, folder_of("pypinyin") / "__init__.py", _made)
    return _Table((None, *(Syllable(*one) for one in written)), characters, phrases, longest)


def _made() -> tuple[tuple[tuple[str, str, str], ...], str, dict[str, str], dict[str, int]]:
    """The tables of pypinyin, each spelling by a number."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    numbers: dict[tuple[str, str, str], int] = {}

    def number(spelt: str) -> str:
        return chr(numbers.setdefault(_parts(spelt), len(numbers) + 1))

    characters = "".join(
        number(PINYIN_DICT[code].split(",")[0]) if code in PINYIN_DICT else chr(0)
        for code in range(_FIRST, _LAST + 1)
    )
    phrases: dict[str, str] = {}
    longest: dict[str, int] = {}
    for phrase, readings in PHRASES_DICT.items():
        if len(phrase) == len(readings) > 1 and all(_FIRST <= ord(c) <= _LAST for c in phrase):
            spelt = "".join(number(reading[0]) for reading in readings)
            alone = "".join(characters[ord(c) - _FIRST] for c in phrase)
            phrases[phrase] = "" if spelt == alone else spelt
            if len(phrase) > 2:
                longest[phrase[:2]] = max(longest.get(phrase[:2], 0), len(phrase))
    return tuple(numbers), characters, phrases, longest


@cache
def _parts(written: str) -> tuple[str, str, str]:
    """Initial, final and tone of a syllable with its tone mark: zhǐ."""
    from pypinyin.contrib.tone_convert import to_finals, to_initials, tone_to_tone3

    spelt = tone_to_tone3(written, v_to_u=False, neutral_tone_with_five=True)
    return to_initials(spelt, strict=True), to_finals(spelt, strict=True, v_to_u=False), spelt[-1]


def spelt_characters(text: str) -> tuple[str, ...]:
    """Numbered pinyin for every character, as the dictionary has it; what is no Chinese character, itself."""
    from pypinyin import Style, lazy_pinyin

    spelt = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors=_one_by_one)
    return tuple(spelt) if len(spelt) == len(text) else tuple(map(_spelt_character, text))


def with_tone_mark(spelt: str) -> str:
    """shan4 -> shàn"""
    from pypinyin.contrib.tone_convert import to_tone

    return str(to_tone(spelt))


def _one_by_one(others: str) -> Any:
    """A run of other characters as so many syllables, which the library takes beside a string."""
    return list(others)


def _spelt_character(character: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return str(lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0])
