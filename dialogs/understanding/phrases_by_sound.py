"""How far a whole answer is from an expected phrase, by sound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from operator import or_

from dialogs.language.sounds import Syllable, blurred, edit_distance, syllables

PHRASE_LIMIT = 0.2
"""Mean difference by syllable up to which a whole answer counts as one of the expected phrases."""
MOST_ADDED = 2
"""Syllables that a phrase may have more, or fewer, than what was said."""
_SAID = 1.0
"""Cost of ignoring a syllable that was said; to add one that was swallowed costs less."""
_LIGHT = frozenset("了的呢啊呀吧吗嘛嗯呃哦哎我您你也就是都还")
_HEAVY = frozenset("没不有无别去过一二三四五六七八九十两几")


@dataclass(frozen=True)
class Phrase:
    text: str
    sounds: tuple[Syllable, ...]
    costs: tuple[float, ...]
    """What leaving out each of the syllables costs."""
    outline: int
    """Its syllables with all that is easily confused made equal, one bit for each that there is."""

    @property
    def length(self) -> int:
        """In syllables."""
        return len(self.sounds)

    def shares_sounds(self, other: Phrase) -> bool:
        """Cheap test before the dear one: phrases that are alike share at least a third of their sounds."""
        shared = 3 * (self.outline & other.outline).bit_count()
        return shared >= self.variety and shared >= other.variety

    @cached_property
    def variety(self) -> int:
        """How many different sounds the outline holds."""
        return self.outline.bit_count()


@lru_cache(maxsize=20_000)
def phrase_of(text: str) -> Phrase:
    """The text with its sounds."""
    sounds = syllables(text)
    outline = reduce(or_, map(_bit_of, map(blurred, sounds)), 0)
    return Phrase(text, sounds, tuple(map(_weight, text)), outline)


_BITS: dict[str, int] = {}
"""For each blurred syllable that was met, a bit of its own."""


def _bit_of(blurred_syllable: str) -> int:
    return 1 << _BITS.setdefault(blurred_syllable, len(_BITS))


def _weight(character: str) -> float:
    if character in _LIGHT:
        return 0.2
    return 1.0 if character in _HEAVY else 0.6


def difference(spoken: Phrase, phrase: Phrase, limit: float = 1.0) -> float:
    """Mean difference by syllable, 0 to about 1; infinite where it is sure to be over the limit."""
    length = max(spoken.length, phrase.length)
    if abs(spoken.length - phrase.length) > MOST_ADDED or not length:
        return 1.0
    said = tuple(cost if cost < 0.5 else _SAID for cost in spoken.costs)
    return edit_distance(spoken.sounds, phrase.sounds, said, phrase.costs, limit * length) / length
