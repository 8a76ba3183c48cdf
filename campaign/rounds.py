"""Campaigns beside and after each other: which goes first, which rests, when a daily one begins anew. Pure.

A list that is called every day is a series of rounds. Each round is a campaign of its own, with its own
calls, answers and queue, so that nothing of yesterday is written over. A round belongs to the day of its
first call; on a later day with calling hours the next one begins, and the one before is closed: nobody is
dialled for it any more, what it knows stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.calling_hours import CallingHours, openings

FIRST, USUAL, LAST = 1, 5, 9
"""Priorities: 1 is dialled before 9."""


@dataclass(frozen=True)
class CampaignPlan:
    """How one campaign is to be called, as far as people have said."""

    campaign_id: int
    priority: int = USUAL
    is_paused: bool = False
    is_daily: bool = False
    """Called again from the start on every day with calling hours."""
    series: int = 0
    """Campaign that was the first round; its own number where there is only one."""
    round: int = 1
    is_closed: bool = False
    """A later round has taken its place."""


def in_order(plans: Iterable[CampaignPlan], promised: Iterable[int] = ()) -> list[CampaignPlan]:
    """The campaigns in the order in which they get lines.

    Args:
        plans: Of all campaigns of the run.
        promised: Campaigns in which an appointment is due. It was promised to a resident, so that it comes
            before everything else.
    """
    first = frozenset(promised)
    return sorted(plans, key=lambda p: (p.campaign_id not in first, p.priority, p.campaign_id))


def next_round_at(
    first_dial: dt.datetime | None, now: dt.datetime, hours: CallingHours
) -> dt.datetime | None:
    """When the round after this one begins: with the first calling hours of a later day than that of its
    first call, now included. None while nobody has been dialled: this round is still to come."""
    if first_dial is None:
        return None
    day_of_round = hours.day_of(first_dial)
    return next(at for day, at in openings(now, hours) if day > day_of_round)


def round_name(name: str, number: int, day: dt.date) -> str:
    """What a round is called in sheets and tables."""
    return name if number == 1 else f"{name}（第 {number} 轮 {day:%m-%d}）"


def told_of_plans(plans: Sequence[CampaignPlan]) -> list[str]:
    """What is out of the ordinary, a sentence for each campaign that is still to be called."""
    return [f"任务 {plan.campaign_id}：{'，'.join(told)}" for plan in plans if (told := _told(plan))]


def _told(plan: CampaignPlan) -> list[str]:
    if plan.is_closed:
        return []
    told = [f"每天打一轮，现在是第 {plan.round} 轮"] if plan.is_daily else []
    if plan.round > 1 and not plan.is_daily:
        told.append(f"第 {plan.round} 轮")
    if plan.priority != USUAL:
        told.append(f"优先级 {plan.priority}（{FIRST} 最先，{LAST} 最后）")
    if plan.is_paused:
        told.append(f"已暂停，wenhou resume --campaign {plan.campaign_id} 继续")
    return told
