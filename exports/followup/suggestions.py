"""What people do best about a resident of the queue: 关机：下午再打. Pure: the time is an argument."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from campaign.calling_hours import PARTS_OF_DAY, CallingHours, part_of_day
from campaign.records import CallAttempt, Disposition, Remark

_CALL_BY_HAND = "换个时间人工拨打，或上门询问"
_CHECK_NUMBER = "核对号码（不要删除居民），或上门更新联系方式"
_CHECK_LINE = "用 wenhou doctor 检查线路，或人工拨打"

SUGGESTIONS: Mapping[Disposition | None, str] = {
    Disposition.COMPLETED: "听录音核对“待核实”的回答，听不清就回访",
    Disposition.PARTIAL: "回访，补问没有答到的问题",
    Disposition.BUSY: _CALL_BY_HAND,
    Disposition.NO_ANSWER: _CALL_BY_HAND,
    Disposition.POWERED_OFF: _CALL_BY_HAND,
    Disposition.UNREACHABLE: _CALL_BY_HAND,
    Disposition.CALL_ASSISTANT: _CALL_BY_HAND,
    Disposition.DECLINED: "请熟悉的工作人员说明来意后再联系",
    Disposition.OUT_OF_SERVICE: _CHECK_NUMBER,
    Disposition.INVALID_NUMBER: _CHECK_NUMBER,
    Disposition.WRONG_NUMBER: _CHECK_NUMBER,
    Disposition.BARRED: "用居民认识的号码拨打，或上门询问",
    Disposition.OPTED_OUT: "不要再打电话，确有必要时上门说明",
    Disposition.TRANSFERRED: "请接手的工作人员登记结果",
    Disposition.NETWORK_BUSY: _CHECK_LINE,
    Disposition.FAILED: _CHECK_LINE,
    None: "按原因处理，不便打电话时上门询问",
}
"""What people do best, by what became of the last call."""

_ABSENT = frozenset(
    {
        Disposition.NO_ANSWER,
        Disposition.POWERED_OFF,
        Disposition.UNREACHABLE,
        Disposition.CALL_ASSISTANT,
    }
)
"""Another time of day may do better."""
_SEVERAL = 4
"""After so many calls in vain another one is of little use."""


_TASKS: Mapping[Remark, str] = {
    Remark.HOUSEHOLD: "问清家里人的情况",
    Remark.QUESTION: "答复居民的问题",
}


def beside_remarks(suggested: str, reason: str) -> str:
    """What people do best where the reason of a follow-up says what the resident told besides answers."""
    remarks = [remark for remark in Remark if remark.heading in reason]
    if not remarks:
        return suggested
    task = "，".join(_TASKS[remark] for remark in remarks)
    return task if reason.startswith(remarks[0].heading) else f"{suggested}，并{task}"


def suggestion(
    disposition: Disposition | None,
    attempts: Sequence[CallAttempt],
    now: dt.datetime,
    hours: CallingHours,
) -> str:
    """One sentence for the last result, with the time of day that was tried least where that may help."""
    label = disposition.label if disposition else ""
    if disposition is Disposition.BUSY:
        return f"{label}：过一刻钟再打"
    if disposition not in _ABSENT:
        return SUGGESTIONS[disposition]
    tried = Counter(part_of_day(a.dialled_at, hours) for a in attempts if a.disposition in _ABSENT)
    if tried.total() >= _SEVERAL and all(tried[name] for _, name in PARTS_OF_DAY):
        return f"{label}：几个时段都打过，上门看看"
    return f"{label}：{_when(tried, now, hours)}再打"


def _when(tried: Counter[str], now: dt.datetime, hours: CallingHours) -> str:
    """The part of the day to try: today's that are left first, then tomorrow's."""
    names = [name for _, name in PARTS_OF_DAY]
    present = names.index(part_of_day(now, hours))
    coming = [(name, "") for name in names[present:]] + [(name, "明天") for name in names[:present]]
    name, day = min(coming, key=lambda option: tried[option[0]])
    return f"{day}{name}"
