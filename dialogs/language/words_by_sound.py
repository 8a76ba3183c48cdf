"""Which words an answer may hold if it is written wrongly: all words of a lexicon, at all places, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from dialogs.language.grammar import DENYING
from dialogs.language.sounds import Repertoire, Syllable, syllables

_FAR = 100.0
"""More than any word is allowed."""

_TOGETHER = 4
"""Syllables after which so few words are left that they are compared one by one."""

_DENYING_LIMIT = 0.3
"""Distance up to which a syllable may be one that denies: 男友阳性 is no 没有阳性."""

Numbers = NDArray[np.intp]
Distances = NDArray[np.float32]


class WordsBySound:
    """Words in the order of their first two syllables, which few share: where these are not near, none of the
    words that begin with them is looked at.

    Args:
        words: Of Chinese characters.
        limit: By the length of a word, its mean distance up to which it is near.
        syllable_limit: Distance of a single syllable from which it is no longer the same one, said otherwise.
        margin: What a word may be farther away in all, to count as a rival of another.
    """

    def __init__(
        self, words: Iterable[str], limit: Callable[[int], float], syllable_limit: float, margin: float
    ) -> None:
        spelt = {word: syllables(word) for word in words}
        sounds = tuple(dict.fromkeys(chain.from_iterable(spelt.values())))
        self._repertoire = Repertoire(sounds)
        deny = (word for word in spelt if not DENYING.isdisjoint(word))
        denying = {spelt[word][place] for word in deny for place, c in enumerate(word) if c in DENYING}
        self._limits = np.array(
            [min(_DENYING_LIMIT, syllable_limit) if s in denying else syllable_limit for s in sounds]
        )
        self._row_of: dict[Syllable | None, Distances] = {
            None: np.append(np.full(len(sounds), _FAR, np.float32), np.float32(0.0))
        }
        """By what was heard the distances to all sounds; of the 1,300 or so syllables those met so far."""
        self._longest = max(map(len, spelt), default=1)
        self._after_all = np.tile(self._row_of[None], max(self._longest, 2))
        """The rows after what was heard, one after the other."""
        number = {sound: n for n, sound in enumerate(sounds)}
        lengths = np.fromiter(map(len, spelt), np.intp, len(spelt))
        numbers = np.full((len(spelt), max(self._longest, 2)), len(sounds), np.intp)
        numbers[np.arange(numbers.shape[1]) < lengths[:, None]] = [
            number[sound] for sound in chain.from_iterable(spelt.values())
        ]
        order = np.lexsort((numbers[:, 1], numbers[:, 0]))
        in_order = list(spelt)
        self._words = tuple(in_order[n] for n in order.tolist())
        numbers = numbers[order]
        self._at_place: Sequence[Numbers] = tuple(np.ascontiguousarray(numbers[:, :_TOGETHER].T))
        """The sounds of the words, place by place while many words are left."""
        self._rest: Sequence[Sequence[int]] = [
            spelling[_TOGETHER : len(word)]
            for spelling, word in zip(numbers.tolist(), self._words, strict=True)
        ]
        """The other sounds of each."""
        most = {length: limit(length) * length + margin for length in set(lengths.tolist())}
        self._allowed = np.array([most[len(word)] for word in self._words], np.float32)
        pairs = numbers[:, :2]
        is_first = np.append(True, (pairs[1:] != pairs[:-1]).any(axis=1))[: len(pairs)]
        self._firsts: Numbers = np.flatnonzero(is_first)
        self._counts: Numbers = np.diff(self._firsts, append=len(pairs))
        self._beginnings: Numbers = pairs[self._firsts].T.copy()
        self._most_allowed = np.maximum.reduceat(self._allowed, self._firsts) if spelt else self._allowed

    def near(self, heard: Sequence[Syllable | None]) -> Iterator[tuple[int, str, float]]:
        """Position, word, and the distance of all its syllables together; None stands for no sound."""
        if not self._words or not heard:
            return
        rows, length = self._rows(heard), len(heard)
        totals = rows[:length].take(self._beginnings[0], axis=1)
        totals += rows[1 : length + 1].take(self._beginnings[1], axis=1)
        near = np.flatnonzero(totals <= self._most_allowed)
        starts, beginnings = np.divmod(near, len(self._firsts))
        counts = self._counts[beginnings]
        words = np.repeat(self._firsts[beginnings] + counts - counts.cumsum(), counts)
        words += np.arange(len(words))
        starts, total = starts.repeat(counts), totals.ravel()[near].repeat(counts)
        width, distances = rows.shape[1], rows.ravel()
        for place, sounds in enumerate(self._at_place[2:], start=2):
            total += distances.take((starts + place) * width + sounds.take(words))
            is_near = total <= self._allowed.take(words)
            words, starts, total = words[is_near], starts[is_near], total[is_near]
        for number, start, difference in zip(words.tolist(), starts.tolist(), total.tolist(), strict=True):
            word, allowed = self._words[number], self._allowed[number]
            for place, sound in enumerate(self._rest[number], start + _TOGETHER):
                if difference > allowed:
                    break
                difference += float(rows[place, sound])
            if difference <= allowed:
                yield start, word, difference

    def _rows(self, heard: Sequence[Syllable | None]) -> Distances:
        """Distance of each syllable that was heard to those of the words; shape (heard + more, words' + 1).

        The last column stands for no syllable, at no distance to anything; the rows after what was heard are
        for words that reach over its end.
        """
        new = [sound for sound in dict.fromkeys(heard) if sound is not None and sound not in self._row_of]
        if new:
            rows = np.zeros((len(new), len(self._limits) + 1), np.float32)
            rows[:, :-1] = near = self._repertoire.distances(new)
            rows[:, :-1][near > self._limits] = _FAR
            self._row_of.update(zip(new, rows, strict=True))
        rows = np.concatenate([*map(self._row_of.__getitem__, heard), self._after_all])
        return rows.reshape(-1, len(self._row_of[None]))
