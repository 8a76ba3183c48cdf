"""Several campaigns as one: added up over communities, compared over days. Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from exports.report.figures import Answers, Figures, Group, street_code


def newest_of_each(history: Iterable[Figures]) -> list[Figures]:
    """The last campaign of every community: added up, nobody is counted twice."""
    found: dict[str, Figures] = {}
    for figures in sorted(history, key=lambda one: (one.day, one.last_day)):
        found[figures.code or figures.community] = figures
    return list(found.values())


def merged(several: Sequence[Figures]) -> Figures:
    """Campaigns of different communities as one."""
    if len(several) == 1:
        return several[0]

    def added(counts: Callable[[Figures], Mapping[str, int]]) -> dict[str, int]:
        total: Counter[str] = Counter()
        for figures in several:
            total.update(counts(figures))
        return dict(total)

    return replace(
        several[-1],
        campaign=f"{len(several)} 个社区合计",
        day=min(one.day for one in several),
        last_day=max(one.last_day for one in several),
        code="",
        community="",
        cases=added(lambda one: one.cases),
        states=added(lambda one: one.states),
        outcomes=added(lambda one: one.outcomes),
        grades=added(lambda one: one.grades),
        answers=_added_answers(several),
        reasons=added(lambda one: one.reasons),
        waiting_days=added(lambda one: one.waiting_days),
        buildings=_added_groups({_prefixed(f, name): g for name, g in f.buildings.items()} for f in several),
        communities=_added_groups(one.communities for one in several),
        calls_by_day=added(lambda one: one.calls_by_day),
        completed_by_day=added(lambda one: one.completed_by_day),
        is_kept=any(one.is_kept for one in several),
    )


def _prefixed(figures: Figures, building: str) -> str:
    return f"{figures.community or figures.code or figures.campaign} {building or '（未填楼号）'}"


def _added_groups(several: Iterable[Mapping[str, Group]]) -> dict[str, Group]:
    found: dict[str, Group] = {}
    for groups in several:
        for name, group in groups.items():
            found[name] = found.get(name, Group()) + group
    return found


def _added_answers(several: Sequence[Figures]) -> tuple[Answers, ...]:
    found: dict[str, Answers] = {}
    for answers in (answers for figures in several for answers in figures.answers):
        had = found.get(answers.title, Answers(answers.title, 0, {}, answers.is_symptoms))
        counts = dict(Counter(had.counts) + Counter(answers.counts))
        found[answers.title] = replace(had, asked=had.asked + answers.asked, counts=counts)
    return tuple(found.values())


# --- over days ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """The campaigns of one day, as shares; None where it is not known or too few to be shown."""

    day: dt.date
    label: str
    total: int
    response: float | None
    not_reached: float | None
    backlog: int
    """Residents in the queue of the staff."""
    troubled: float | None
    """With a symptom, of those who answered that question."""
    red: float | None
    yellow: float | None
    """Of those who were graded."""
    symptoms: Mapping[str, float | None]


def trend(history: Sequence[Figures], least: int) -> list[Point]:
    """A point for each day on which a campaign began; shares of fewer than ``least`` are held back."""
    days: dict[str, list[Figures]] = {}
    for figures in sorted(history, key=lambda one: one.day):
        days.setdefault(figures.day, []).append(figures)
    return [_point(day, merged(several), several, least) for day, several in days.items()]


def _point(day: str, figures: Figures, several: Sequence[Figures], least: int) -> Point:
    whole, answers = figures.whole, figures.symptoms
    graded = whole.red + whole.yellow + whole.green
    asked = answers.asked if answers else 0
    return Point(
        day=dt.date.fromisoformat(day),
        label=several[0].campaign if len(several) == 1 else f"{len(several)} 次任务",
        total=figures.total,
        response=figures.rates.rr1 if figures.total else None,
        not_reached=whole.not_reached / whole.total if whole.total else None,
        backlog=whole.follow_up,
        troubled=_share(whole.troubled, asked, least),
        red=_share(whole.red, graded, least),
        yellow=_share(whole.yellow, graded, least),
        symptoms={
            name: _share(count, asked, least)
            for name, count in (answers.counts.items() if answers else ())
            if name != "无"
        },
    )


def _share(count: int, whole: int, least: int) -> float | None:
    """None where nobody was asked, where so few were that a share is a person, or where so few are meant."""
    if whole < max(least, 1) or 0 < count < least:
        return None
    return count / whole


# --- the sub-district ---------------------------------------------------------------------------------


def by_street(communities: Iterable[str]) -> dict[str, list[str]]:
    """Communities by their sub-district, in order; ``""``, the last, holds those without a division code."""
    found: dict[str, list[str]] = {}
    for name in sorted(communities, key=lambda one: (not street_code(one), street_code(one))):
        found.setdefault(street_code(name), []).append(name)
    return found
