"""How alike two Mandarin words sound over the telephone.

Recognisers mostly write the wrong character for the right sound (可受 for 咳嗽), or one of a few sounds
that 3.4 kHz of bandwidth and regional accents blur: zh/z, ch/c, sh/s, n/l, f/h, -n/-ng. A distance is 0
for the same syllable and about 1 for two that have nothing in common; the tone counts little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dialogs.language.spelling import Syllable, spelt_characters, syllables

__all__ = [
    "Repertoire",
    "Syllable",
    "blurred",
    "distance",
    "edit_distance",
    "spelt_characters",
    "syllables",
]

TONE_PENALTY = 0.04
_INITIAL_SHARE, _FINAL_SHARE = 0.45, 0.55
_MEDIAL_SHARE, _NUCLEUS_SHARE, _CODA_SHARE = 0.25, 0.45, 0.30


def _symmetric(rows: Sequence[tuple[float, str]]) -> dict[tuple[str, str], float]:
    table: dict[tuple[str, str], float] = {}
    for cost, pairs in rows:
        for pair in pairs.split():
            left, right = (part.replace("-", "") for part in pair.split("/"))
            table[left, right] = table[right, left] = cost
    return table


_INITIALS = _symmetric(
    [
        (0.15, "zh/z ch/c sh/s n/l f/h"),
        (0.30, "b/p d/t g/k j/q zh/ch z/c r/l zh/c z/ch s/z sh/zh s/zh sh/z"),
        (0.35, "j/zh q/ch x/sh x/s q/x sh/ch s/c j/z q/c r/zh h/k h/g r/n"),
        (0.50, "h/- k/- g/- m/n m/b l/- n/- r/- m/l j/x d/l f/p d/g t/k b/m f/b x/h"),
    ]
)
_FAR_INITIAL = 0.9

# A final is medial + nucleus + coda. E is the vowel of ie, @ that of en.
_FINAL_PARTS = """
    a - a - | o - o - | e - e - | i - i - | u - u - | v - v - | ai - a i | ei - @ i | ao - a u | ou - o u
    an - a n | en - @ n | ang - a ng | eng - @ ng | ong - u ng | er - e r | ia i a - | ie i E - | iao i a u
    iou i o u | ian i E n | in - i n | iang i a ng | ing - i ng | iong v u ng | ua u a - | uo u o -
    uai u a i | uei u @ i | uan u a n | uen u @ n | uang u a ng | ueng u @ ng | ve v E - | van v a n
    vn - v n | io i o - | ê - E - | m - m - | n - n - | ng - ng - | hm - m - | hng - ng -
"""


def _final_parts() -> Iterator[tuple[str, tuple[str, str, str]]]:
    for row in _FINAL_PARTS.replace("\n", "|").split("|"):
        if row.strip():
            name, medial, nucleus, coda = row.split()
            yield name, (medial.replace("-", ""), nucleus, coda.replace("-", ""))


_FINALS = dict(_final_parts())
_NUCLEI = _symmetric(
    [
        (0.35, "o/e e/@ i/v E/e u/o E/a"),
        (0.5, "a/o a/e E/i u/v a/@ o/@ E/@"),
        (0.6, "i/@ i/e u/@ u/e"),
    ]
)
_NEAR_FINALS = _symmetric([(0.25, "uo/ou o/ou e/uo ian/an in/ian uei/ei uen/en ong/eng iou/ou")])
_CODAS = _symmetric([(0.2, "n/ng"), (0.6, "-/n -/i -/u u/ng i/n -/r -/ng"), (0.7, "e/r")])


@lru_cache(maxsize=200_000)
def distance(left: Syllable, right: Syllable) -> float:
    """0 (the same) to about 1 (nothing in common)."""
    initial = _initial_distance(left.initial, right.initial)
    final = _final_distance(left.final, right.final)
    return _INITIAL_SHARE * initial + _FINAL_SHARE * final + _tone_distance(left.tone, right.tone)


def _initial_distance(left: str, right: str) -> float:
    return 0.0 if left == right else _INITIALS.get((left, right), _FAR_INITIAL)


def _tone_distance(left: str, right: str) -> float:
    return 0.0 if left == right or "5" in (left, right) else TONE_PENALTY


@lru_cache(maxsize=4_000)
def _final_distance(left: str, right: str) -> float:
    if left == right:
        return 0.0
    if (left, right) in _NEAR_FINALS:
        return _NEAR_FINALS[left, right]
    if left not in _FINALS or right not in _FINALS:
        return 1.0
    (medial, nucleus, coda), (medial2, nucleus2, coda2) = _FINALS[left], _FINALS[right]
    return (
        _MEDIAL_SHARE * (medial != medial2)
        + _NUCLEUS_SHARE * (0.0 if nucleus == nucleus2 else _NUCLEI.get((nucleus, nucleus2), 1.0))
        + _CODA_SHARE * (0.0 if coda == coda2 else _CODAS.get((coda, coda2), 1.0))
    )


_BLURRED_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "f": "h", "r": "l"}


@lru_cache(maxsize=4_000)
def blurred(syllable: Syllable) -> str:
    """The syllable with what accents and telephones confuse made equal; to look up, not to compare."""
    initial = _BLURRED_INITIALS.get(syllable.initial, syllable.initial)
    return initial + "".join(_FINALS.get(syllable.final, ("", syllable.final, ""))[:2])


def edit_distance(
    left: Sequence[Syllable],
    right: Sequence[Syllable],
    left_costs: Sequence[float],
    right_costs: Sequence[float],
    limit: float = float("inf"),
) -> float:
    """Least cost of turning one run of syllables into the other; something over the limit where it is over.

    ``left_costs`` and ``right_costs`` say what it costs to leave out a syllable of the one or to add one of
    the other: little for particles, much for 没 and 不.
    """
    row = [0.0]
    for cost in right_costs:
        row.append(row[-1] + cost)
    for sound, gone in zip(left, left_costs, strict=True):
        before, row = row, [row[0] + gone]
        least = row[0]
        for other, added, alike, left_out in zip(right, right_costs, before, before[1:], strict=False):
            least = min(left_out + gone, least + added)
            if alike < least and alike <= limit:  # else no distance could make it less
                least = min(least, alike + distance(sound, other))
            row.append(least)
        if min(row) > limit:
            return float("inf")
    return row[-1]


# --- many at once ---------------------------------------------------------------------------------------


HOMOPHONE = 0.045
"""Distance up to which two syllables differ in nothing but the tone."""


def sounds_the_same(written: str, meant: str) -> bool:
    """Whether two texts differ in nothing but characters and tones."""
    pairs = zip(syllables(written), syllables(meant), strict=False)
    return len(written) == len(meant) and all(distance(one, other) <= HOMOPHONE for one, other in pairs)


class _Part:
    """Initials, finals or tones: all that Mandarin has, by number, and how far each is from each other."""

    def __init__(self, names: Sequence[str], distance_of: Callable[[str, str], float]) -> None:
        self.numbers = {name: number for number, name in enumerate(names)}
        self._table = np.array([[distance_of(left, right) for right in (*names, "?")] for left in names])

    def to(self, names: Iterable[str]) -> NDArray[np.float64]:
        """Shape (all, names); the last column is for what Mandarin has not."""
        return self._table.take([self.numbers.get(name, -1) for name in names], axis=1)


_ALL_INITIALS = _Part(
    ("", *"b p m f d t n l g k h j q x zh ch sh r z c s".split()),  # noqa: SIM905
    _initial_distance,
)
_ALL_FINALS = _Part(tuple(_FINALS), _final_distance)
_ALL_TONES = _Part("12345", _tone_distance)


class Repertoire:
    """The syllables of many words, with which all of an answer are compared at once."""

    def __init__(self, sounds: Sequence[Syllable]) -> None:
        self._sounds = tuple(sounds)
        self._initials = _INITIAL_SHARE * _ALL_INITIALS.to(sound.initial for sound in sounds)
        self._finals = _FINAL_SHARE * _ALL_FINALS.to(sound.final for sound in sounds)
        self._tones = _ALL_TONES.to(sound.tone for sound in sounds)

    def distances(self, heard: Sequence[Syllable]) -> NDArray[np.float64]:
        """``distance`` of every heard syllable to each of these; shape (heard, these)."""
        numbers = [_numbers(sound) for sound in heard]
        initials, finals, tones = np.array(numbers, np.intp).reshape(-1, 3).T
        found = self._initials.take(initials, axis=0)
        found += self._finals.take(finals, axis=0)
        found += self._tones.take(tones, axis=0)
        for row, number in enumerate(numbers):
            if number is _UNKNOWN:
                found[row] = [distance(heard[row], sound) for sound in self._sounds]
        return found


_UNKNOWN = (-1, -1, -1)


@lru_cache(maxsize=4_000)
def _numbers(sound: Syllable) -> tuple[int, int, int]:
    """Of initial, final and tone; ``_UNKNOWN`` where Mandarin has not all of them."""
    try:
        initial, final = _ALL_INITIALS.numbers[sound.initial], _ALL_FINALS.numbers[sound.final]
        return initial, final, _ALL_TONES.numbers[sound.tone]
    except KeyError:
        return _UNKNOWN
