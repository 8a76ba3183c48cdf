"""Which calls somebody should listen to: some of every grade, more of those the robot was unsure of. Pure.

A stratum is a grade and how sure the robot was. The sample is shared out by the size of a stratum and by how
much right and wrong are mixed in it (Neyman 1934), for which the confidence stands in; every stratum gets two
calls at least, so that its share can be estimated. A call that is drawn stands for the calls of its stratum.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from campaign.records import CallAttempt, Disposition, Grade
from campaign.store import ResidentStanding

_SURE = 0.9
"""Confidence from which all answers of a call count as sure."""
_SUSPECTED = {"unsure": 0.30, "middling": 0.10, "sure": 0.03}
"""Share of wrong answers that is expected, by how sure the robot was; only their proportions matter."""
_LEAST = 2


@dataclass(frozen=True)
class Stratum:
    """Calls that are alike."""

    grade: Grade | None
    sureness: str
    """unsure: an answer is to be checked; middling: one is below 90 %; sure."""


@dataclass(frozen=True)
class SampledCall:
    """A call to be listened to."""

    standing: ResidentStanding
    attempt: CallAttempt
    stratum: Stratum
    weight: float
    """How many calls it stands for."""


def calls_to_choose_from(standings: Sequence[ResidentStanding]) -> list[tuple[ResidentStanding, CallAttempt]]:
    """Conversations of the robot that were recorded, the last of each resident."""
    found = []
    for standing in standings:
        talks = [
            a for a in standing.attempts
            if a.recording and not a.caller and a.disposition in (Disposition.COMPLETED, Disposition.PARTIAL)
        ]  # fmt: skip
        if talks:
            found.append((standing, talks[-1]))
    return found


def stratum_of(grade: Grade | None, confidences: Sequence[tuple[float, bool]]) -> Stratum:
    """Of a call, by its grade and the confidence and certainty of each of its answers."""
    if any(not is_certain for _, is_certain in confidences):
        return Stratum(grade, "unsure")
    lowest = min((confidence for confidence, _ in confidences), default=0.0)
    return Stratum(grade, "sure" if lowest >= _SURE else "middling")


def allocate(sizes: Mapping[Stratum, int], wanted: int) -> dict[Stratum, int]:
    """How many calls of each stratum are drawn; never more than there are, ``wanted`` in all where there are
    so many, more only where every stratum must have its least."""
    shares = {
        s: n * math.sqrt(_SUSPECTED[s.sureness] * (1 - _SUSPECTED[s.sureness])) for s, n in sizes.items()
    }
    drawn = {stratum: min(size, _LEAST) for stratum, size in sizes.items()}
    while sum(drawn.values()) < min(wanted, sum(sizes.values())):
        free = [stratum for stratum in sizes if drawn[stratum] < sizes[stratum]]
        # the one that is furthest behind its share (Sainte-Laguë)
        chosen = max(free, key=lambda stratum: shares[stratum] / (2 * drawn[stratum] + 1))
        drawn[chosen] += 1
    return drawn


def draw(
    calls: Sequence[tuple[ResidentStanding, CallAttempt, Stratum]], wanted: int, seed: int
) -> list[SampledCall]:
    """So many calls by chance, in the order in which they were made."""
    chance = random.Random(seed)
    by_stratum: dict[Stratum, list[tuple[ResidentStanding, CallAttempt]]] = {}
    for standing, attempt, stratum in calls:
        by_stratum.setdefault(stratum, []).append((standing, attempt))
    counts = allocate({stratum: len(found) for stratum, found in by_stratum.items()}, wanted)
    drawn = [
        SampledCall(standing, attempt, stratum, len(found) / counts[stratum])
        for stratum, found in by_stratum.items()
        for standing, attempt in chance.sample(found, counts[stratum])
    ]
    return sorted(drawn, key=lambda call: call.attempt.id)
