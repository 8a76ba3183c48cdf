"""The queue that people work through: who, why, and what to do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from campaign.calling_hours import CallingHours
from campaign.follow_up_order import QueueEntry, Urgency, in_order, marks_of, urgency_of
from campaign.lists.problems import is_mendable
from campaign.records import FollowUp, FollowUpNote, ListProblem
from campaign.settings import FollowUpSettings
from campaign.store import ResidentStanding
from exports.followup.suggestions import SUGGESTIONS, beside_remarks, suggestion
from exports.workbook.columns import SlotColumn, words_of

__all__ = ["SUGGESTIONS", "FollowUpRow", "follow_up_rows", "queue_of"]

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
    follow_up: FollowUp | None = None
    """None for a row that was not imported."""
    urgency: Urgency = Urgency.OTHER
    marks: tuple[str, ...] = ()
    """What the list says of the resident that puts them before others."""
    learnt: str = ""
    """The answers that are sure, on one line."""
    notes: tuple[FollowUpNote, ...] = ()
    recording: str = ""
    """Of the last conversation, relative to the recording folder."""

    @property
    def urgency_text(self) -> str:
        """红 / 重点：独居、高龄 / 请尽快."""
        parts = [self.urgency.label, "、".join(self.marks)]
        pressing = ["请尽快"] if self.follow_up and self.follow_up.is_pressing else []
        return "，".join([part for part in ("：".join(filter(None, parts)),) if part] + pressing)


def queue_of(
    standings: Iterable[ResidentStanding], marks: Sequence[str] = FollowUpSettings().marks
) -> list[QueueEntry]:
    """The open queue, the first to be seen to first."""
    entries = []
    for standing in standings:
        if standing.follow_up is not None:
            found = marks_of(standing.resident, marks)
            urgency = urgency_of(standing.grade, found)
            entries.append(QueueEntry(standing.follow_up, standing.resident, urgency, found))
    return in_order(entries)


def follow_up_rows(
    standings: Iterable[ResidentStanding],
    problems: Sequence[ListProblem] = (),
    columns: Sequence[SlotColumn] = (),
    *,
    now: dt.datetime | None = None,
    hours: CallingHours | None = None,
    marks: Sequence[str] = FollowUpSettings().marks,
    notes: dict[int, list[FollowUpNote]] | None = None,
) -> list[FollowUpRow]:
    """Everybody whom people must see to, the most urgent first; last the rows of the list that could not be
    imported. ``columns`` name the answers that are shown; with ``now`` suggestions say when to call."""
    by_resident = {standing.resident.id: standing for standing in standings}
    rows = [
        _row(
            by_resident[entry.resident.id], entry, columns, now, hours or CallingHours(),
            (notes or {}).get(entry.follow_up.id, ()),
        )
        for entry in queue_of(by_resident.values(), marks)
    ]  # fmt: skip
    return rows + [_row_of_problem(problem) for problem in problems if is_mendable(problem)]


def _row(
    standing: ResidentStanding,
    entry: QueueEntry,
    columns: Sequence[SlotColumn],
    now: dt.datetime | None,
    hours: CallingHours,
    notes: Sequence[FollowUpNote],
) -> FollowUpRow:
    resident, last = standing.resident, standing.attempts[-1] if standing.attempts else None
    told = SUGGESTIONS[standing.disposition]
    if now:
        told = suggestion(standing.disposition, standing.attempts, now, hours)
    return FollowUpRow(
        name=resident.name,
        number="、".join(resident.phones),
        place=resident.place,
        reason=entry.follow_up.reason,
        attempts=len(standing.attempts),
        last_result=_last_result(standing),
        last_at=last.dialled_at if last else None,
        suggestion=beside_remarks(told, entry.follow_up.reason),
        is_urgent=entry.urgency is Urgency.RED,
        to_check="\n".join(_unsure_answers(standing, columns)),
        follow_up=entry.follow_up,
        urgency=entry.urgency,
        marks=entry.marks,
        learnt="，".join(_sure_answers(standing, columns)),
        notes=tuple(notes),
        recording=next((a.recording for a in reversed(standing.attempts) if a.recording), ""),
    )


def _last_result(standing: ResidentStanding) -> str:
    if standing.disposition is None:
        return "未拨打"
    by_staff = bool(standing.attempts and standing.attempts[-1].caller)
    return f"{standing.disposition.label}（人工）" if by_staff else standing.disposition.label


def _sure_answers(standing: ResidentStanding, columns: Sequence[SlotColumn]) -> Iterator[str]:
    """体温 36.5."""
    for column in columns:
        slot = standing.slots.get(column.name)
        if slot is not None and slot.is_certain and slot.value is not None:
            yield f"{column.title} {column.format(slot.value)}"


def _unsure_answers(standing: ResidentStanding, columns: Sequence[SlotColumn]) -> Iterator[str]:
    """体温 38.2（原话：三十八度二）."""
    for column in columns:
        slot = standing.slots.get(column.name)
        if slot is not None and not slot.is_certain:
            yield f"{column.title} {column.format(slot.value)}（{words_of(slot)}）"


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
