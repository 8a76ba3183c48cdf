"""Words of one question that a telephone can't tell apart although they mean different values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from dialogs.checks.problem import Problem
from dialogs.checks.slots import said_words
from dialogs.language.sounds import Syllable, blurred, distance, syllables
from dialogs.script import Script, Slot

_ALIKE = 0.08
"""Distance, but for the tone, of two syllables that a telephone blurs into one: zh/z, n/l, in/ing."""


class _Word(NamedTuple):
    path: str
    value: str
    text: str
    sounds: tuple[Syllable, ...]


def alike_words(script: Script) -> Iterator[Problem]:
    for slot in script.slots.values():
        for left, right in _pairs(slot):
            how = "只差声调或完全同音" if _farthest(left, right) == 0 else "在电话里听起来很像"
            yield Problem(
                right.path,
                f"内容 {slot.name}: “{right.text}”（{right.value}）和“{left.text}”（{left.value}）{how}，"
                "容易听错；请换一个说法",
                is_warning=True,
            )


def _pairs(slot: Slot) -> Iterator[tuple[_Word, _Word]]:
    """Every pair of different words with different meanings and nearly the same sound."""
    by_sound: dict[tuple[str, ...], list[_Word]] = {}
    seen: set[tuple[str, str]] = set()
    for path, value, text in said_words(slot):
        if (value, text) not in seen:
            seen.add((value, text))
            word = _Word(path, value, text, syllables(text))
            by_sound.setdefault(tuple(map(blurred, word.sounds)), []).append(word)
    for words in by_sound.values():
        for left, right in combinations(words, 2):
            if left.value != right.value and left.text != right.text and _farthest(left, right) <= _ALIKE:
                yield left, right


def _farthest(left: _Word, right: _Word) -> float:
    """Distance of the two syllables that are least alike; without tones, which recognisers hardly hear."""
    pairs = zip(left.sounds, right.sounds, strict=True)
    return max((distance(_toneless(one), _toneless(other)) for one, other in pairs), default=0.0)


def _toneless(syllable: Syllable) -> Syllable:
    return syllable._replace(tone="5")
