"""One thing that is wrong with a script, and how to name what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_MOST_SUGGESTED = 8


@dataclass(frozen=True)
class Problem:
    path: str
    """Where, as /states/ask_date/next/0/go."""
    text: str
    """Chinese: what is wrong, and what to do about it."""
    is_warning: bool = False
    """A script with warnings can be used all the same."""
    is_of_ways: bool = False
    """Whether it is about the ways through the whole script."""


def suggested(wrong: str, known: Iterable[str]) -> str:
    """（是不是 ask_date？）, or what there is where nothing is written alike."""
    names = list(known)
    near = get_close_matches(wrong, names, n=1, cutoff=0.5)
    if near:
        return f"（是不是 {near[0]}？）"
    return f"（可以是：{listed(names)}）" if names else ""


def listed(names: Iterable[str]) -> str:
    """甲、乙、丙等: the first few."""
    all_names = list(names)
    more = "等" if len(all_names) > _MOST_SUGGESTED else ""
    return "、".join(all_names[:_MOST_SUGGESTED]) + more
