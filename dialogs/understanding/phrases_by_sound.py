"""How far a whole answer is from an expected phrase, by sound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

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
    outline: frozenset[str]
    """Its syllables with all that is easily confused made equal."""

    @property
    def length(self) -> int:
        """In syllables."""
        return len(self.sounds)

    def shares_sounds(self, other: Phrase) -> bool:
        """Cheap test before the dear one: phrases that are alike share at least a third of their sounds."""
        return 3 * len(self.outline & other.outline) >= max(len(self.outline), len(other.outline))


@lru_cache(maxsize=20_000)
def phrase_of(text: str) -> Phrase:
    """The text with its sounds."""
    sounds = syllables(text)
    return Phrase(text, sounds, tuple(map(_weight, text)), frozenset(map(blurred, sounds)))


def _weight(character: str) -> float:
    if character in _LIGHT:
        return 0.2
    return 1.0 if character in _HEAVY else 0.6


def difference(spoken: Phrase, phrase: Phrase) -> float:
    """Mean difference by syllable, 0 to about 1."""
    length = max(spoken.length, phrase.length)
    if abs(spoken.length - phrase.length) > MOST_ADDED or not length:
        return 1.0
    said = tuple(cost if cost < 0.5 else _SAID for cost in spoken.costs)
    return edit_distance(spoken.sounds, phrase.sounds, said, phrase.costs) / length
