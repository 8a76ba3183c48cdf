"""How often two who judge the same agree: the robot, and somebody who listened to the call. Pure.

* Share of agreement, and Cohen's kappa (Cohen 1960): agreement beyond what chance alone would bring,
  k = (po - pe) / (1 - pe). Where chance alone brings full agreement (both always say the same one thing)
  kappa is not defined.
* The sample has more calls of which the robot was unsure than the campaign has. Each sampled call counts for
  those that it stands for (Horvitz and Thompson 1952), which gives the share of the whole campaign. Its
  interval is Wilson's (1927) with the effective size of a weighted sample (Kish 1965).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.corrections import Listening

_Z = 1.959964
"""Of an interval of 95 %."""


@dataclass(frozen=True)
class Agreement:
    """Robot and reviewers on one slot."""

    name: str
    """Of the slot."""
    compared: int
    share: float
    """Of the sampled answers, those on which both agree."""
    kappa: float | None
    """Cohen's; None where it is not defined."""
    weighted_share: float
    """Estimated for all answers of the campaign."""
    lowest: float
    """Of the 95 % interval of ``weighted_share``."""
    highest: float


def agreements(heard: Iterable[Listening]) -> list[Agreement]:
    """One for each slot, in the order in which the slots come first."""
    by_slot: dict[str, list[Listening]] = {}
    for one in heard:
        by_slot.setdefault(one.name, []).append(one)
    return [agreement(name, found) for name, found in by_slot.items()]


def agreement(name: str, heard: Sequence[Listening]) -> Agreement:
    """Of one slot; ``heard`` must not be empty."""
    pairs = [(_category(one.robot), _category(one.reviewer)) for one in heard]
    agreed = [a == b for a, b in pairs]
    weights = [one.weight for one in heard]
    weighted = sum(w for w, same in zip(weights, agreed, strict=True) if same) / sum(weights)
    effective = sum(weights) ** 2 / sum(w * w for w in weights)
    lowest, highest = wilson(weighted, effective)
    return Agreement(name, len(pairs), sum(agreed) / len(pairs), kappa(pairs), weighted, lowest, highest)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of categories; None where it is not defined."""
    n = len(pairs)
    if not n:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / n
    by_chance = sum(first[category] * second[category] for category in first) / n**2
    return None if math.isclose(by_chance, 1) else (observed - by_chance) / (1 - by_chance)


def wilson(share: float, n: float) -> tuple[float, float]:
    """The interval of 95 % of a share of ``n``."""
    middle = share + _Z**2 / (2 * n)
    spread = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n * n))
    scale = 1 + _Z**2 / n
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def _category(value: object) -> str:
    """Lists are the same in any order, 37 and 37.0 too."""
    if isinstance(value, list):
        value = sorted(map(str, value))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        value = round(float(value), 6)
    return json.dumps(value, ensure_ascii=False)
