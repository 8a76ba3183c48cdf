"""The queue that people work through: who, why, and what to do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaign.records import Disposition, ListProblem
from campaign.store import ResidentStanding
from exports.columns import SlotColumn, words_of

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
    Disposition.NETWORK_BUSY: _CHECK_LINE,
    Disposition.TRANSFERRED: "问接电话的工作人员，补登记没有答到的问题",
    Disposition.FAILED: _CHECK_LINE,
    None: "按原因处理，不便打电话时上门询问",
}
"""What people do best, by what became of the last call."""
_MEND_LIST = "核对后补上号码，改好名单重新导入，或人工联系"


@dataclass(frozen=True)
class FollowUpRow:
    """One entry of the queue as people see it."""

    name: str
    number: str
    """All numbers of the resident; for a row that was not imported, what stands in the list."""
    place: str
    reason: str
    attempts: int
    last_result: str
    last_at: dt.datetime | None
    """When the last dial began; UTC."""
    suggestion: str
    is_urgent: bool = False
    """The answers so far grade red."""
    to_check: str = ""
    """The answers that are unsure, a line each, with the words they came from."""


def follow_up_rows(
    standings: Iterable[ResidentStanding],
    problems: Sequence[ListProblem] = (),
    columns: Sequence[SlotColumn] = (),
) -> list[FollowUpRow]:
    """Everybody whom people must see to: urgent ones first, then in the order of the list; last the rows of
    the list that could not be imported. ``columns`` name the answers that are to be checked."""
    rows = [_row(standing, columns) for standing in standings if standing.follow_up is not None]
    rows.sort(key=lambda row: not row.is_urgent)
    return rows + [_row_of_problem(problem) for problem in problems if _is_somebody(problem)]


def _row(standing: ResidentStanding, columns: Sequence[SlotColumn]) -> FollowUpRow:
    resident, last = standing.resident, standing.attempts[-1] if standing.attempts else None
    return FollowUpRow(
        name=resident.name,
        number="、".join(resident.phones),
        place=resident.place,
        reason=standing.follow_up.reason if standing.follow_up else "",
        attempts=len(standing.attempts),
        last_result=standing.disposition.label if standing.disposition else "未拨打",
        last_at=last.dialled_at if last else None,
        suggestion=SUGGESTIONS[standing.disposition],
        is_urgent=standing.grade == "red",
        to_check="\n".join(_unsure_answers(standing, columns)),
    )


def _unsure_answers(standing: ResidentStanding, columns: Sequence[SlotColumn]) -> Iterator[str]:
    """体温 38.2（原话：三十八度二）."""
    for column in columns:
        slot = standing.slots.get(column.name)
        if slot is not None and not slot.is_certain:
            yield f"{column.title} {column.format(slot.value)}（{words_of(slot)}）"


def _is_somebody(problem: ListProblem) -> bool:
    """Rows left out for their number are somebody who was not asked; totals and duplicates are not."""
    return not problem.is_imported and problem.kind in {
        "no_phone", "bad_phone", "extension", "service_number",
    }  # fmt: skip


def _row_of_problem(problem: ListProblem) -> FollowUpRow:
    return FollowUpRow(
        name=problem.name,
        number=problem.cell,
        place="",
        reason=f"名单第 {problem.row} 行：{problem.reason}",
        attempts=0,
        last_result="没有导入",
        last_at=None,
        suggestion=_MEND_LIST,
    )
