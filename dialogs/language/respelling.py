"""The wording that people use for nearly the same sounds: 送点小毒液 is 送点消毒液, 去的行台 is 去的邢台.

A noisy channel (Shannon, 1948; Kernighan, Church & Gale, 1990): somebody said a likely answer, and the
recogniser wrote other characters for its sounds. What was said is looked for from left to right, keeping the
few best beginnings (beam search): every character may be any that sounds like it, at a price for putting
another one and for how far its syllable is away; the probabilities of the characters one after the other
decide. What people are likely to say as it stands is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from campaign.patterns import compiled
from dialogs.language.ngrams import BEGINNING, END, Codes, Floats, Places, codes_of
from dialogs.language.sounds import Repertoire
from dialogs.language.spelling import Syllable, syllables

After = Callable[[Codes, Places, Codes], Floats]
"""Contexts (contexts, reach), of each character which of them it follows, characters: the natural logarithm
of each one's probability there."""

_WEIGHT = 0.8
"""Of the probabilities, beside the sound's."""
_CHARACTER_BONUS = 1.05
"""What a character more is worth; by itself every character makes a text less probable."""
_OTHER_CHARACTER = 2.0
"""Price of putting another character, however alike it sounds."""
_BY_DISTANCE = 15.0
"""Price by the distance of the syllables (``sounds.distance``)."""
_FARTHEST = 0.3
"""Distance up to which a syllable may be another."""
_UNLIKELY = -6.0
"""Natural logarithm of a probability: a character below it is doubted, and those that led up to it."""
_LEAST_GAIN = 3.0
"""By how much another wording must be likelier: names, and things that nobody asked for before, stay."""
_WIDTH = 8
"""Beginnings of each text that are kept.
For all these docs/decisions/0014-respelling.md has the measurement."""


_CHINESE = compiled("[\u4e00-\u9fff]+")


class Likely(NamedTuple):
    """What people would have said that sounds like a text."""

    text: str
    merit: float
    """To be added to the natural logarithm of the text's probability given the sound."""


class _Choices(NamedTuple):
    """What one character may be."""

    characters: Codes
    prices: Floats


@dataclass(frozen=True)
class _Beginnings:
    """Beginnings of several texts, of one length."""

    of: Places
    """Whose: number of the text."""
    contexts: Codes
    """Their last characters, shape (beginnings, reach)."""
    merits: Floats
    texts: tuple[str, ...]


class Respelling:
    """Looks for what was said behind what was written. Keeps which characters sound like which.

    Args:
        characters: All that people use in their answers.
        reach: How many characters before one its probability depends on.
    """

    def __init__(self, characters: str, reach: int) -> None:
        self._characters = characters
        self._reach = reach
        self._alike: dict[tuple[str, Syllable], _Choices] = {}

    def prepare(self) -> None:
        """Spell the characters, 40 ms, so that no answer has to wait for it."""
        _ = self._by_sound

    def of(self, texts: Sequence[str], by_character: Sequence[Floats], after: After) -> list[Likely]:
        """For each text the likeliest one that sounds like it, mostly itself.

        Args:
            texts: Words; those with digits or other signs stay as they are.
            by_character: Of each text the log probabilities of its characters, without signs, and of its end.
            after: The log probability of any other character.
        """
        found = [
            _likely(text, _WEIGHT * float(each.sum())) for text, each in zip(texts, by_character, strict=True)
        ]
        doubted = [
            _doubted(each, self._reach) & bool(_CHINESE.fullmatch(text))
            for text, each in zip(texts, by_character, strict=True)
        ]
        sounds = list(map(syllables, texts))
        # Of wordings that sound the same but for tones only the best need be looked at.
        best: dict[tuple[tuple[str, str], ...], int] = {}
        for number in sorted(range(len(texts)), key=lambda number: -found[number].merit):
            if doubted[number].any():
                best.setdefault(tuple((one.initial, one.final) for one in sounds[number]), number)
        choices = {
            number: [
                self._choices(character, sound) if is_doubted else _only(character)
                for character, sound, is_doubted in zip(
                    texts[number], sounds[number], doubted[number], strict=True
                )
            ]
            for number in best.values()
        }
        for number, other in self._searched(choices, after).items():
            if other.merit >= found[number].merit + _LEAST_GAIN:
                found[number] = other
        return found

    def _searched(self, choices: dict[int, list[_Choices]], after: After) -> dict[int, Likely]:
        """The best way through what the characters of each text may be."""
        found: dict[int, Likely] = {}
        if not choices:
            return found
        kept = _Beginnings(
            np.array(list(choices), np.intp),
            np.full((len(choices), self._reach), ord(BEGINNING), np.uint64),
            np.zeros(len(choices)),
            ("",) * len(choices),
        )
        for position in range(max(map(len, choices.values())) + 1):
            here = [
                choices[number][position] if position < len(choices[number]) else _only(END)
                for number in kept.of.tolist()
            ]
            kept = self._lengthened(kept, here, after)
            is_whole = kept.contexts[:, -1] == ord(END)
            for row in np.flatnonzero(is_whole).tolist():  # the best of a text comes first
                text = kept.texts[row][:-1]
                found.setdefault(int(kept.of[row]), _likely(text, float(kept.merits[row])))
            kept = _of(kept, np.flatnonzero(~is_whole))
            if not len(kept.of):
                break
        return found

    def _lengthened(self, kept: _Beginnings, choices: list[_Choices], after: After) -> _Beginnings:
        """The best beginnings that are one character longer, those of a text in order of merit."""
        characters = np.concatenate([each.characters for each in choices])
        before = np.repeat(np.arange(len(choices)), [len(each.characters) for each in choices])
        merits = (
            kept.merits[before]
            + _WEIGHT * after(kept.contexts, before, characters)
            - np.concatenate([each.prices for each in choices])
        )
        whose = kept.of[before]
        chosen: list[int] = []
        best_first = np.lexsort((-merits, whose))
        for rows_of_one in np.split(best_first, np.flatnonzero(np.diff(whose[best_first])) + 1):
            # Two that end alike will go on alike: the better one is enough.
            ends: dict[tuple[int, ...], int] = {}
            for row in rows_of_one.tolist():
                ends.setdefault((*kept.contexts[before[row], 1:].tolist(), int(characters[row])), row)
                if len(ends) == _WIDTH:
                    break
            chosen += ends.values()
        rows = np.array(chosen, np.intp)
        grown = np.concatenate((kept.contexts[before[rows], 1:], characters[rows, None]), axis=1)
        texts = (kept.texts[before[row]] + chr(int(characters[row])) for row in chosen)
        return _Beginnings(whose[rows], grown, merits[rows], tuple(texts))

    def _choices(self, character: str, sound: Syllable) -> _Choices:
        """The character itself, free, and all that sound like it."""
        if (character, sound) not in self._alike:
            repertoire, writings = self._by_sound
            distances = repertoire.distances([sound])[0]
            others = [
                (other, _OTHER_CHARACTER + _BY_DISTANCE * float(distances[place]))
                for place in np.flatnonzero(distances <= _FARTHEST).tolist()
                for other in writings[place]
                if other != character
            ]
            written = codes_of(character + "".join(other for other, _ in others))
            prices = np.array([0.0, *(price for _, price in others)])
            self._alike[character, sound] = _Choices(written, prices)
        return self._alike[character, sound]

    @cached_property
    def _by_sound(self) -> tuple[Repertoire, tuple[str, ...]]:
        """The syllables, and how each is written."""
        writings: dict[Syllable, str] = {}
        for character in self._characters:
            (sound,) = syllables(character)
            writings[sound] = writings.get(sound, "") + character
        return Repertoire(list(writings)), tuple(writings.values())


def _likely(text: str, merit: float) -> Likely:
    return Likely(text, merit + _CHARACTER_BONUS * len(text))


def _only(character: str) -> _Choices:
    return _Choices(codes_of(character), np.zeros(1))


def _of(kept: _Beginnings, rows: Places) -> _Beginnings:
    texts = tuple(kept.texts[row] for row in rows.tolist())
    return _Beginnings(kept.of[rows], kept.contexts[rows], kept.merits[rows], texts)


def _doubted(by_character: Floats, reach: int) -> NDArray[np.bool_]:
    """Of each character, whether it or one that follows within reach is unlikely where it stands."""
    is_unlikely = np.concatenate((by_character < _UNLIKELY, np.zeros(reach, bool)))
    length = len(by_character) - 1
    doubted = np.zeros(length, bool)
    for later in range(reach + 1):
        doubted |= is_unlikely[later : later + length]
    return doubted
