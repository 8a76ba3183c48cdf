"""Cuts an answer into the words that matter, allowing for words that only sound right.

The cut is the cheapest way through a lattice: words of the question's lexicon cost nothing where they are
written as such and their distance in sound where they are not; everything else costs what jieba says
about it (a known word little, a stray character more).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from campaign.patterns import compiled
from dialogs.language.dictionary import Vocabulary
from dialogs.language.grammar import DENYING
from dialogs.language.numerals import keeps_numerals
from dialogs.language.sounds import HOMOPHONE, Syllable, distance, sounds_the_same, syllables
from dialogs.language.words_by_sound import WordsBySound

CLAUSE_BREAKS = "，。；！？,;!?"
_DOUBTED = 0.45
"""Confidence of a place that was written as another word."""
_HAN = compiled(r"[㐀-鿿〇]")

# What a stretch costs when it is none of the lexicon's words, by character.
_KNOWN_WORD, _STRAY = 0.16, 0.36
_SOFT = 0.15  # a small word that may be a misheard number
_TOKEN = 0.02  # prefers few long words to many short ones
_BY_SOUND = 0.06  # a word that is only like it must earn its place
_SINGLE_BY_SOUND = 0.20

# Mean distance of the syllables up to which a word counts as heard, by its length.
_MEAN_LIMIT = {1: 0.045, 2: 0.12, 3: 0.18}
_LONG_MEAN_LIMIT = 0.21
_SYLLABLE_LIMIT = 0.45
_NARROW = 0.08
"""A rival of another meaning whose sounds, in all, are no farther away than this makes a word doubtful."""
_DOUBT = 0.45
"""By so much."""
_KNOWN_CHANGED = 0.10
"""What it costs to change the sound, not just the tone, of a character inside a word that jieba knows."""
_KEPT = frozenset("没不别未年〇")
"""Written negation stays: no repair may take it away. Nor the years of 三年前, which is no 三天前, and 〇."""
_PARTICLES = frozenset("了都也")
"""So do these, which recognisers write rightly: 爬了 is no 怕冷, 饭都 no 发抖, 鼻子也 no 鼻子痒."""
_PEOPLE = frozenset("我你您他她")
"""No denial is heard in who is spoken of: 我出京了 is no 未出京."""
_MEETING = compiled("[见碰][过着到面]")
"""没有见过 is no 没有劲."""
_UNLISTED = frozenset(("对门",))
"""Words that jieba does not have, and that no denial may tear apart."""
_FARTHER = HOMOPHONE + 0.001
"""Mean distance from which one syllable or other is no homophone, whatever was lost in single precision."""
_LONGEST_PLACE = 5
_LONG_WORD = 3
_PLAIN = 3
"""Characters from which a word that is written as the lexicon has it is torn apart by no other."""
GAP = "…"
"""In a lexicon's word: up to six characters of anything but a no or another ache, as in 别…打."""
_GAP_PATTERN = rf"[^不疼痛{re.escape(CLAUSE_BREAKS)}]{{0,6}}?"
_GAP_COST = 0.005  # by character


_WEEKDAY = compiled("(?:周|星期|礼拜)[一二三四五六日天]")
"""礼拜五才回来 is no 出差."""


class Tag(NamedTuple):
    """One meaning of a word: a slot's value, an intent, or a part of speech of our small grammar."""

    owner: str
    """Slot name, "intent", "place", or one of the grammar's kinds."""
    value: str = ""


@dataclass(frozen=True)
class Token:
    word: str
    """As understood."""
    said: str
    """As written by the recogniser."""
    start: int
    """Position of its first character in the understood text."""
    tags: frozenset[Tag] = frozenset()
    confidence: float = 1.0
    """1 when written as such, less when only alike in sound."""

    @property
    def end(self) -> int:
        return self.start + len(self.word)

    @property
    def is_break(self) -> bool:
        return self.word in CLAUSE_BREAKS

    @cached_property
    def owners(self) -> frozenset[str]:
        """Of all its meanings."""
        return _owners(self.tags)

    def has(self, owner: str, value: str | None = None) -> bool:
        if value is None:
            return owner in self.owners
        return (owner, value) in self.tags

    def values(self, owner: str) -> tuple[str, ...]:
        return tuple(sorted(tag.value for tag in self.tags if tag.owner == owner))


@lru_cache(maxsize=20_000)
def _owners(tags: frozenset[Tag]) -> frozenset[str]:
    return frozenset(tag.owner for tag in tags)


_NOTHING: frozenset[Tag] = frozenset()
NUMBER = "number"
"""Owner of the tags of number words; each number is a meaning of its own."""


class _Match(NamedTuple):
    cost: float
    end: int
    word: str
    tags: frozenset[Tag]
    confidence: float


_Step = tuple[float, int, _Match | None]
"""Cost of the way to a position, where its last piece began, and that piece."""


@dataclass
class Lexicon:
    """The words that one question listens for."""

    exact: Mapping[str, frozenset[Tag]]
    """Every word, to what it means; one with a GAP is found around whatever fills it."""
    by_sound: Iterable[str] = ()
    """Those of them that may be written wrongly as long as they sound right."""
    strict: frozenset[str] = frozenset()
    """Those that must sound the same but for the tone."""
    soft: frozenset[str] = frozenset()
    """Single characters that keep their meaning but are easily a misheard number: 吧 for 八."""
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    """The words of everyday, and of the script."""
    _alike_words: WordsBySound = field(init=False, repr=False)
    _longest: dict[str, int] = field(init=False, repr=False)
    """By their first two characters the length of the longest word; few of the words with a character as
    their first share the second as well."""
    _with_gap: dict[str, list[tuple[tuple[str, ...], frozenset[Tag]]]] = field(init=False, repr=False)
    """By their first character, the parts of words with a gap."""

    def __post_init__(self) -> None:
        self._longest = {word[:2]: len(word) for word in sorted(self.exact, key=len)}
        self._with_gap = defaultdict(list)
        for word, tags in self.exact.items():
            if GAP in word:
                self._with_gap[word[0]].append((tuple(word.split(GAP)), tags))
        self._alike_words = WordsBySound(self.by_sound, _limit, _SYLLABLE_LIMIT, _NARROW)

    @cached_property
    def _places(self) -> Mapping[str, Sequence[str]]:
        """By their first two characters, the longest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for word, tags in self.exact.items():
            if 1 < len(word) <= _LONGEST_PLACE and _is_place(tags):
                found[word[:2]].append(word)
        return {beginning: sorted(words, key=len, reverse=True) for beginning, words in found.items()}

    def cut(self, text: str, *, allow_by_sound: bool = True) -> tuple[Token, ...]:
        """The words of a text of Chinese characters, clause breaks and stray letters."""
        best: list[_Step] = [(0.0, 0, None)]
        best.extend([(float("inf"), 0, None)] * len(text))
        known = self.vocabulary.around(text)
        alike = self._alike(text, known) if allow_by_sound else {}
        for start in range(len(text)):
            before = best[start][0]
            for match in chain(
                self._written(text, start, known), _unknown(text, start, known), alike.get(start, ())
            ):
                cost = before + match.cost + _TOKEN
                if cost < best[match.end][0] - 1e-9:
                    best[match.end] = (cost, start, match)
        return _walk_back(text, best)

    def _written(self, text: str, start: int, known: Mapping[int, int]) -> Iterable[_Match]:
        first = text[start]
        tags = self.exact.get(first)
        if tags is not None and self._may_stand(tags, start, known):
            yield _Match(_SOFT if first in self.soft else 0.0, start + 1, first, tags, 1.0)
        longest = self._longest.get(text[start : start + 2], 1)
        for end in range(start + 2, min(start + longest, len(text)) + 1):
            word = text[start:end]
            tags = self.exact.get(word)
            if tags is not None:
                yield _Match(_SOFT if word in self.soft else 0.0, end, word, tags, 1.0)
        for parts, tags in self._with_gap.get(first, ()):
            if not (parts[-1] in text and text.startswith(parts[0], start)):
                continue
            if match := _around_gaps(parts).match(text, start):
                yield _Match(_GAP_COST * (match.end() - start), match.end(), match[0], tags, 1.0)

    def _may_stand(self, tags: Iterable[Tag], start: int, known: Mapping[int, int]) -> bool:
        """Whether a character counts as a word: where jieba takes it for one, and every number."""
        return _stands_alone(start, known) or any(tag.owner == NUMBER for tag in tags)

    def _alike(self, text: str, known: Mapping[int, int]) -> Mapping[int, list[_Match]]:
        """By position, the words that only sound like what is written there."""
        sounds = _sounds(text)
        found: dict[int, list[_Match]] = defaultdict(list)
        named = [*self._places_written(text), *(day.span() for day in _WEEKDAY.finditer(text))]
        named += self._plainly_written(text)
        for start, length, near in self._near(sounds):
            mean, word = near[0]
            if mean > _limit(length) or not self._may_replace(text[start : start + length], word):
                continue
            if length == 1 and not _stands_alone(start, known):
                continue
            if named and _cuts_through(named, start, start + length):
                continue
            if _MEETING.match(text, start + length - 1) and word[-1] != text[start + length - 1]:
                continue
            match = self._nearest(near, start, length)
            if _is_place(match.tags) and (_splits(start, known) or _splits(match.end, known)):
                continue
            if match.word[0] in DENYING and start and self._is_word(text[start - 1 : start + 1]):
                continue  # 对门有人确诊 is no 没有人确诊
            if _is_place(match.tags) and self._is_another_word(text[start : match.end], match.word):
                match = match._replace(confidence=min(match.confidence, _DOUBTED))
            window = [sound for sound in sounds[start : match.end] if sound is not None]
            changed = _changed_in_known_words(window, syllables(match.word), start, known)
            found[start].append(match._replace(cost=match.cost + _KNOWN_CHANGED * changed))
        return found

    def _plainly_written(self, text: str) -> Iterator[tuple[int, int]]:
        """Where words of three characters and more stand as the lexicon has them: 昨天起嗓子疼 has no
        起疹子."""
        for start in range(len(text) - _PLAIN + 1):
            for length in range(self._longest.get(text[start : start + 2], 1), _PLAIN - 1, -1):
                if text[start : start + length] in self.exact:
                    yield start, start + length
                    break

    def _places_written(self, text: str) -> Sequence[tuple[int, int]]:
        """Where places of the lexicon are written, the longest at each position."""
        spans: list[tuple[int, int]] = []
        for start in range(len(text) - 1):
            for place in self._places.get(text[start : start + 2], ()):
                if text.startswith(place, start):
                    spans.append((start, start + len(place)))
                    break
        return spans

    def _near(self, sounds: Sequence[Syllable | None]) -> Iterator[tuple[int, int, list[tuple[float, str]]]]:
        """Position, length, and the words that are near there with their mean distance, nearest first."""
        near: dict[tuple[int, int], list[tuple[float, str]]] = defaultdict(list)
        for start, word, difference in self._alike_words.near(sounds):
            length = len(word)
            if word in self.strict and (
                difference > length * _FARTHER or not _is_homophone(sounds[start : start + length], word)
            ):
                continue
            near[length, start].append((difference / length, word))
        yield from ((start, length, sorted(near[length, start])) for length, start in sorted(near))

    def _is_word(self, written: str) -> bool:
        return written in _UNLISTED or self.vocabulary.knows(written)

    def _is_another_word(self, written: str, word: str) -> bool:
        """南方 may be 廊坊, and is more likely what was said."""
        return self.vocabulary.knows(written) and not sounds_the_same(written, word)

    def _may_replace(self, written: str, word: str) -> bool:
        if written == word or any(map(_is_taken_away, written, word)):
            return False
        return not self.soft or keeps_numerals(written, word)

    def _nearest(self, near: Sequence[tuple[float, str]], start: int, length: int) -> _Match:
        mean, word = near[0]
        tags = self.exact[word]
        narrow = mean + _NARROW / length
        is_narrow = any(other < narrow and not (self.exact[w] & tags) for other, w in near[1:])
        confidence = max(
            0.1, 1.0 - 2.2 * mean - (_DOUBT if is_narrow else 0.0) - (0.25 if length == 1 else 0.0)
        )
        penalty = _SINGLE_BY_SOUND if length == 1 else _BY_SOUND
        return _Match(mean * length + penalty, start + length, word, tags, confidence)


def _is_place(tags: Iterable[Tag]) -> bool:
    for tag in tags:  # noqa: SIM110 - asked of every word of a lexicon; any() takes twice as long
        if tag.owner == "place":
            return True
    return False


def _splits(position: int, known: Mapping[int, int]) -> bool:
    """Whether a position is inside a longer word that jieba knows: 搁天 of 搁天安门 is no 和田."""
    start = known.get(position)
    if start is None or start == position:
        return False
    end = position
    while known.get(end) == start:
        end += 1
    return end - start >= _LONG_WORD


def _cuts_through(named: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a stretch takes a part of a written place: 回安 of 回安徽 is no 淮安."""
    return any(
        first < end
        and start < last
        and (start, end) != (first, last)
        and not (start <= first and last <= end)
        for first, last in named
    )


@cache
def _around_gaps(parts: tuple[str, ...]) -> re.Pattern[str]:
    return compiled(_GAP_PATTERN.join(map(re.escape, parts)))


def _is_homophone(heard: Iterable[Syllable | None], word: str) -> bool:
    pairs = zip(heard, syllables(word), strict=True)
    return all(sound is not None and distance(sound, meant) <= HOMOPHONE for sound, meant in pairs)


def _is_taken_away(written: str, meant: str) -> bool:
    """Whether a small word that was plainly heard would be gone."""
    if written == meant:
        return False
    if written in _KEPT or (written in _PEOPLE and meant in DENYING):
        return True
    return written in _PARTICLES and distance(syllables(written)[0], syllables(meant)[0]) > HOMOPHONE


def _changed_in_known_words(
    window: Sequence[Syllable], word: Sequence[Syllable], start: int, known: Mapping[int, int]
) -> int:
    """How many characters of words that jieba knows would sound different."""
    return sum(
        start + offset in known and distance(heard, meant) > HOMOPHONE
        for offset, (heard, meant) in enumerate(zip(window, word, strict=True))
    )


def _limit(length: int) -> float:
    return _MEAN_LIMIT.get(length, _LONG_MEAN_LIMIT)


def _sounds(text: str) -> list[Syllable | None]:
    """The syllable of every Chinese character, None for the rest."""
    sounds = zip(text, syllables(text), strict=True)
    return [sound if _HAN.match(character) else None for character, sound in sounds]


def _stands_alone(position: int, known: Mapping[int, int]) -> bool:
    """Whether jieba takes the character for a word of its own: 有 in 有发热, not in 有关."""
    return position not in known


def _unknown(text: str, start: int, known: Mapping[int, int]) -> Iterable[_Match]:
    yield _Match(0.0 if text[start] in CLAUSE_BREAKS else _STRAY, start + 1, text[start], _NOTHING, 1.0)
    if known.get(start) == start:
        end = start + 1
        while known.get(end) == start:
            end += 1
        yield _Match(_KNOWN_WORD * (end - start), end, text[start:end], _NOTHING, 1.0)


def _walk_back(text: str, best: list[_Step]) -> tuple[Token, ...]:
    steps: list[tuple[int, _Match]] = []
    position = len(text)
    while position > 0:
        _, start, match = best[position]
        assert match is not None  # every character has at least the edge of a stray one
        steps.append((start, match))
        position = start
    tokens: list[Token] = []
    understood = 0
    for start, match in reversed(steps):
        tokens.append(Token(match.word, text[start : match.end], understood, match.tags, match.confidence))
        understood += len(match.word)
    return tuple(tokens)
