"""How alike two Mandarin words sound over the telephone; the only file that imports pypinyin.

Recognisers mostly write the wrong character for the right sound (可受 for 咳嗽), or one of a few sounds
that 3.4 kHz of bandwidth and regional accents blur: zh/z, ch/c, sh/s, n/l, f/h, -n/-ng. A distance is 0
for the same syllable and about 1 for two that have nothing in common; the tone counts little.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pypinyin
from pypinyin import Style, lazy_pinyin
from pypinyin.contrib.tone_convert import to_finals, to_initials

from campaign.folders import cache_folder

_PINYIN = re.compile(r"[a-zêüńňǹḿ]+[1-5]")
TONE_PENALTY = 0.04
_INITIAL_SHARE, _FINAL_SHARE = 0.45, 0.55
_MEDIAL_SHARE, _NUCLEUS_SHARE, _CODA_SHARE = 0.25, 0.45, 0.30


class Syllable(NamedTuple):
    initial: str
    final: str
    tone: str


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


@lru_cache(maxsize=20_000)
def syllables(text: str) -> tuple[Syllable, ...]:
    """One syllable for every character; what is no Chinese character sounds like nothing but itself."""
    return tuple(map(_syllable, _learnt.get(text) or _spelt(text)))


def _spelt(text: str) -> list[str]:
    """One spelling for every character."""
    spelt = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    if len(spelt) != len(text):  # a run of other characters comes as one
        return [_spelt(character)[0] for character in text]
    return list(spelt)


_learnt: dict[str, list[str]] = {}


def learn(texts: Iterable[str]) -> None:
    """Spell a script's words ahead of time, from the file of an earlier time where there is one.

    Never for what residents say: the file stays on the disk.
    """
    wanted = set(texts) - _learnt.keys()
    if not wanted:
        return
    file = cache_folder() / f"pinyin-{pypinyin.__version__}.json"
    if not _learnt:
        _learnt.update(_read(file))
    missing = wanted - _learnt.keys()
    _learnt.update({text: _spelt(text) for text in sorted(missing)})
    if missing:
        _write(file, _learnt)


def _read(file: Path) -> dict[str, list[str]]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # not there, or half of it
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(file: Path, kept: Mapping[str, Sequence[str]]) -> None:
    """Best effort: without the file, the next start takes half a second longer."""
    partial = file.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        partial.replace(file)


def pinyin(text: str) -> str:
    """The text as numbered pinyin, punctuation kept: 您好。 -> nin2 hao3 。"""
    return " ".join(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=True))


@lru_cache(maxsize=4_000)
def _syllable(spelt: str) -> Syllable:
    if not _PINYIN.fullmatch(spelt):
        return Syllable(spelt, spelt, "5")
    tone = spelt[-1] if spelt[-1].isdigit() else "5"
    return Syllable(to_initials(spelt, strict=True), to_finals(spelt, strict=True, v_to_u=False), tone)


@lru_cache(maxsize=200_000)
def distance(left: Syllable, right: Syllable) -> float:
    """0 (the same) to about 1 (nothing in common)."""
    tone = 0.0 if left.tone == right.tone or "5" in (left.tone, right.tone) else TONE_PENALTY
    initial = (
        0.0 if left.initial == right.initial else _INITIALS.get((left.initial, right.initial), _FAR_INITIAL)
    )
    return _INITIAL_SHARE * initial + _FINAL_SHARE * _final_distance(left.final, right.final) + tone


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
) -> float:
    """Least cost of turning one run of syllables into the other.

    ``left_costs`` and ``right_costs`` say what it costs to leave out a syllable of the one or to add one of
    the other: little for particles, much for 没 and 不.
    """
    row = [0.0]
    for cost in right_costs:
        row.append(row[-1] + cost)
    for sound, gone in zip(left, left_costs, strict=True):
        before, row = row, [row[0] + gone]
        for index, (other, added) in enumerate(zip(right, right_costs, strict=True)):
            row.append(
                min(before[index] + distance(sound, other), before[index + 1] + gone, row[index] + added)
            )
    return row[-1]
