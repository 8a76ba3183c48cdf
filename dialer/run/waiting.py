"""What a run that dials nobody waits for, as one calm line. Pure: the time is an argument."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from campaign.calling_hours import CallingHours, may_call, next_opening
from campaign.store import Progress

PAUSED = "已暂停，wenhou resume 继续"
_DAYS = ("今天", "明天", "后天")
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Outlook:
    """What comes next when nobody can be dialled now."""

    until: dt.datetime | None
    """None: a call that is up has to end first."""
    told: str


def outlook(
    now: dt.datetime,
    hours: CallingHours,
    progress: Progress,
    *,
    appointment_at: dt.datetime | None = None,
    next_round_at: dt.datetime | None = None,
) -> Outlook:
    """What the run waits for: the next opening, the earliest retry or appointment, or the next round.

    Args:
        now: The present.
        hours: When residents may be called.
        progress: Of all campaigns that may be dialled.
        appointment_at: The earliest time that a resident asked for.
        next_round_at: When the next daily round begins.
    """
    opening = next_opening(now, hours)
    due = opening if progress.pending else progress.next_due_at
    if next_round_at is not None and (due is None or next_round_at <= due):
        return Outlook(next_round_at, f"这一轮打完了，{when(now, next_round_at, hours)} 开始新的一轮")
    if due is None:
        return Outlook(None, "等正在进行的通话结束")
    at = next_opening(max(due, opening), hours)
    clock = when(now, at, hours)
    if at == appointment_at:
        return Outlook(at, f"{clock} 有约好的电话{_left(progress)}")
    if not may_call(now, hours) and at == opening:
        return Outlook(at, f"现在不在拨打时段，{clock} 开始拨打{_left(progress)}")
    return Outlook(at, f"这会儿没有到时间的，{clock} 重拨{_left(progress)}")


def when(now: dt.datetime, at: dt.datetime, hours: CallingHours) -> str:
    """An instant as people say it: 今天 14:00, 明天 09:00, 周一（11-30）09:00."""
    local = hours.local(at)
    days = (local.date() - hours.day_of(now)).days
    time = f"{local:%H:%M}" if local.second == 0 else f"{local:%H:%M:%S}"
    if 0 <= days < len(_DAYS):
        return f"{_DAYS[days]} {time}"
    return f"周{_WEEKDAYS[local.weekday()]}（{local:%m-%d}）{time}"


def _left(progress: Progress) -> str:
    counts = (("未拨打", progress.pending), ("待重拨", progress.waiting))
    told = "，".join(f"{name} {count} 户" for name, count in counts if count)
    return f"（{told}）" if told else ""
