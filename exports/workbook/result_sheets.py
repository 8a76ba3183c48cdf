"""结果: a row for each resident, in the order of the list; people put it right in the marked columns.

Pure: a report in, cells out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from campaign.corrections import GRADE, REMARK, Correction, slot_field
from campaign.records import CallAttempt, Disposition, Grade, Remark, Resident, ResidentState, SlotValue
from campaign.store import ResidentStanding
from exports.report.views import Report
from exports.review.handed_out import (
    KEY,
    RESULTS,
    HandedOut,
    HandedOutRow,
    MarkedCell,
    short,
    text_of,
    value_key,
)
from exports.workbook.columns import (
    BY_STAFF,
    CONFIRMED,
    TO_CHECK,
    TO_SEE_TO,
    UNKNOWN,
    CellValue,
    SlotColumn,
    origin_note,
)
from exports.workbook.workbook import ColumnSpec, Entry

Rows = list[list[Entry]]

DAY_AND_TIME = "mm-dd hh:mm"
GRADE_TITLE, REMARK_TITLE = "排查分级", "人工备注"
GRADES = {grade.label: grade for grade in Grade}
LONGEST_REMARK = 2000
"""Characters."""
_STATES = {
    ResidentState.PENDING: "未拨打",
    ResidentState.IN_CALL: "通话中",
    ResidentState.WAITING: "待重拨",
}
_KNOWN_ELSEWHERE = ("姓名", "电话", "备注")
"""What columns of the list are taken for that stand further left already."""


@dataclass(frozen=True)
class ResultColumn:
    """A column of the sheet: how it looks, what it shows, and what people change in it."""

    spec: ColumnSpec
    entry: Callable[[ResidentStanding], Entry]
    field: str = ""
    """``slot:temperature``, ``grade`` or ``remark``; empty: it is not for people to change."""
    value: Callable[[ResidentStanding], MarkedCell] | None = None


def result_columns(report: Report) -> list[ResultColumn]:
    """The columns: who, what came of it, the answers, the call, and the list's own at the end."""
    spec = ColumnSpec
    columns = [
        ResultColumn(spec("姓名", narrowest=9), lambda s: Entry(s.resident.name, is_bold=True)),
        ResultColumn(
            spec("联系电话", narrowest=13, widest=15), lambda s: Entry("\n".join(s.resident.phones))
        ),
        ResultColumn(spec("住址", narrowest=12, widest=26), lambda s: Entry(s.resident.place)),
        ResultColumn(
            spec("状态", is_centred=True, narrowest=10, widest=22), lambda s: _status(report, s)
        ),
        _grade_column(report),
        *(_answer_column(report, column) for column in report.columns),
        ResultColumn(
            spec(
                REMARK_TITLE, narrowest=12, widest=26, is_marked=True,
                prompt=f"写什么都可以，不超过 {LONGEST_REMARK} 字。",
            ),
            lambda s: Entry(s.remark, tone="manual" if s.remark else ""),
            REMARK,
            lambda s: MarkedCell(short(text_of(s.remark)), value_key(s.remark) if s.remark else ""),
        ),
        ResultColumn(spec("名单备注", narrowest=9, widest=18), lambda s: Entry(s.resident.remark)),
        ResultColumn(
            spec("通话时间", is_centred=True, narrowest=12),
            lambda s: Entry(_call_time(report, s), number_format=DAY_AND_TIME),
        ),
        ResultColumn(
            spec("通话秒数", is_centred=True, narrowest=7),
            lambda s: Entry(talk_seconds(telling_call(s)), number_format="0"),
        ),
        ResultColumn(
            spec("拨打次数", is_centred=True, narrowest=7),
            lambda s: Entry(len(s.attempts), number_format="0"),
        ),
        ResultColumn(
            spec("录音", is_centred=True, narrowest=8, is_printed=False),
            lambda s: recording(report, telling_call(s)),
        ),
        ResultColumn(
            spec("居民原话", narrowest=24, widest=60, is_wrapped=False, is_printed=False),
            lambda s: Entry(_words(report.columns, s)),
        ),
    ]  # fmt: skip
    return [*columns, *_list_columns(report, {column.spec.title for column in columns}), _key_column()]


def _grade_column(report: Report) -> ResultColumn:
    labels = tuple(GRADES)
    return ResultColumn(
        ColumnSpec(
            GRADE_TITLE, is_centred=True, narrowest=8, choices=labels, is_marked=True,
            prompt="红、黄、绿。改了回答，分级会自动重算；这里改了就以这里为准。",
            tones={grade.label: str(grade) for grade in Grade},
        ),
        lambda s: _grade(report, s),
        GRADE,
        lambda s: MarkedCell(s.grade.label if s.grade else "", value_key(s.grade) if s.grade else ""),
    )  # fmt: skip


def _answer_column(report: Report, column: SlotColumn) -> ResultColumn:
    return ResultColumn(
        ColumnSpec(
            column.title, is_centred=True, narrowest=8, widest=16, choices=column.choices,
            is_strict=column.is_strict, is_marked=True, prompt=column.prompt,
        ),
        lambda s: _answer(report, s, column),
        slot_field(column.name),
        lambda s: marked_answer(column, s.slots.get(column.name)),
    )  # fmt: skip


def marked_answer(column: SlotColumn, slot: SlotValue | None) -> MarkedCell:
    """An answer as a sheet that is handed out holds it."""
    if slot is None:
        return MarkedCell("", "")
    text = short(text_of(_answer_text(column, slot)))
    return MarkedCell(text, value_key(slot.value), slot.is_certain)


def _key_column() -> ResultColumn:
    spec = ColumnSpec(KEY, is_centred=True, narrowest=8, is_printed=False)
    return ResultColumn(spec, lambda s: Entry(s.resident.id, number_format="0"))


# --- the list's own columns ---------------------------------------------------------------------------


def _list_columns(report: Report, taken: set[str]) -> list[ResultColumn]:
    """All columns of the list that do not stand further left, in its order and under its headings."""
    travelling = list(dict.fromkeys(h for s in report.standings for h in s.resident.extra))
    known = [(head, use) for head, use in report.campaign.list_columns if use not in _KNOWN_ELSEWHERE]
    headings = list(dict.fromkeys([head for head, _ in known] + travelling))
    uses = dict(known)
    columns = []
    for heading in headings:
        read = _PARTS.get(uses.get(heading, "").partition("（")[0])
        if read is None and heading not in travelling:
            continue
        title = heading
        while title in taken or title == KEY:
            title = f"{title}（名单）"
        taken.add(title)
        spec = ColumnSpec(title, widest=24, is_printed=False)
        columns.append(ResultColumn(spec, _from_list(heading, read)))
    return columns


_PARTS: dict[str, Callable[[Resident], str]] = {
    "楼号": lambda resident: resident.building,
    "单元": lambda resident: resident.unit,
    "门牌号": lambda resident: resident.room,
    "住址": lambda resident: resident.address,
    "身份证号": lambda resident: resident.id_number,
}


def _from_list(heading: str, read: Callable[[Resident], str] | None) -> Callable[[ResidentStanding], Entry]:
    if read is None:
        return lambda standing: Entry(standing.resident.extra.get(heading, ""))
    return lambda standing: Entry(read(standing.resident))


# --- rows ---------------------------------------------------------------------------------------------


def result_rows(report: Report, columns: Sequence[ResultColumn]) -> Rows:
    """One row for each resident, in the order of the list."""
    return [[column.entry(standing) for column in columns] for standing in report.standings]


def results_handed_out(report: Report, columns: Sequence[ResultColumn], rows: Rows) -> HandedOut:
    """What the sheet says, to be told from what people make of it."""
    fixed = [(i, c.spec.title) for i, c in enumerate(columns) if not c.field and c.spec.title != KEY]
    marked = [(c.spec.title, c.value) for c in columns if c.value is not None]
    handed_out = {
        standing.resident.id: HandedOutRow(
            standing.resident.id,
            {title: short(text_of(row[index].value)) for index, title in fixed},
            {title: value(standing) for title, value in marked},
        )
        for standing, row in zip(report.standings, rows, strict=True)
    }
    fields = {column.spec.title: column.field for column in columns if column.field}
    campaign = report.campaign
    return HandedOut(RESULTS, campaign.id, campaign.created_at, report.generated_at, handed_out, fields)


def telling_call(standing: ResidentStanding) -> CallAttempt | None:
    """The last call in which somebody was spoken with; where there is none, the last dial."""
    talked = [a for a in standing.attempts if a.disposition is not None and a.disposition.is_conversation]
    calls = talked or list(standing.attempts)
    return calls[-1] if calls else None


def _call_time(report: Report, standing: ResidentStanding) -> CellValue:
    call = telling_call(standing)
    return report.local(call.answered_at or call.dialled_at) if call else None


def status_text(standing: ResidentStanding) -> str:
    """已完成 / 已完成（待核实） / 已完成（待答复） / 已完成（待了解） / 占线 / 待重拨（占线） / 未拨打."""
    ended = standing.disposition.label if standing.disposition else ""
    if standing.disposition is Disposition.COMPLETED and standing.follow_up:
        reason = standing.follow_up.reason
        left = (TO_SEE_TO[remark] for remark in Remark if reason.startswith(remark.heading))
        return f"{ended}（{next(left, TO_CHECK)}）"
    if standing.is_by_staff:
        return f"{ended}（{BY_STAFF}）" if ended else BY_STAFF
    state = _STATES.get(standing.state, "")
    if state and ended:
        return f"{state}（{ended}）"
    return state or ended or "未拨打"


def _status(report: Report, standing: ResidentStanding) -> Entry:
    note = standing.follow_up.reason if standing.follow_up else ""
    if standing.is_by_staff and standing.closed is not None:
        closed_at = report.local(standing.closed.closed_at)
        when = f"{closed_at:%m-%d %H:%M} " if closed_at else ""
        note = f"{when}{standing.closed.closed_by}：{standing.closed.outcome}"
    due = report.local(standing.next_attempt_at)
    if standing.state is ResidentState.WAITING and due is not None:
        note = f"{due:%m-%d %H:%M} 以后再拨"
        if standing.appointment_at is not None:
            note = f"居民约 {due:%m-%d %H:%M} 再打"
    return Entry(status_text(standing), tone=_status_tone(standing), note=note)


def _status_tone(standing: ResidentStanding) -> str:
    if standing.disposition is not Disposition.COMPLETED:
        return "grey"
    if standing.grade is Grade.RED:
        return "red"
    return "yellow" if standing.follow_up else str(standing.grade or "grey")


def _grade(report: Report, standing: ResidentStanding) -> Entry:
    if standing.grade is None:
        return Entry("")
    correction = standing.grade_correction
    note = correction_note(report, correction, _grade_label) if correction else ""
    return Entry(standing.grade.label, tone=str(standing.grade), is_bold=True, note=note)


def _grade_label(value: object) -> CellValue:
    return next((label for label, grade in GRADES.items() if grade == value), "")


def correction_note(report: Report, correction: Correction, show: Callable[[object], CellValue]) -> str:
    """Who put a value right, when, and what stood there before."""
    at = report.local(correction.at)
    was = "空白"
    if correction.old is not None:
        doubt = "" if correction.old.is_certain else f"（{TO_CHECK}）"
        was = f"{text_of(show(correction.old.value))}{doubt}"
    return f"{BY_STAFF}更正：{correction.by}{f' {at:%m-%d %H:%M}' if at else ''}\n原来：{was}"


def _answer(report: Report, standing: ResidentStanding, column: SlotColumn) -> Entry:
    slot = standing.slots.get(column.name)
    if slot is None:
        return Entry("")
    text = _answer_text(column, slot)
    if not slot.is_certain:
        return Entry(text, tone="yellow", note=origin_note(slot))
    if slot.entered_by:
        return Entry(
            text, tone="manual", number_format=column.number_format,
            note=_manual_note(report, standing, column, slot),
        )  # fmt: skip
    return Entry(
        text, number_format=column.number_format, note=origin_note(slot) if slot.is_confirmed else ""
    )


def _manual_note(report: Report, standing: ResidentStanding, column: SlotColumn, slot: SlotValue) -> str:
    correction = standing.correction_of(column.name)
    if correction is None:
        return origin_note(slot)
    heard = f"\n机器人听到：{slot.raw}" if slot.raw else ""
    return correction_note(report, correction, column.format) + heard


def _answer_text(column: SlotColumn, slot: SlotValue) -> CellValue:
    shown = column.format(slot.value)
    if slot.is_certain:
        return shown
    return TO_CHECK if shown in (None, "", UNKNOWN) else f"{shown}（{TO_CHECK}）"


def _words(columns: Sequence[SlotColumn], standing: ResidentStanding) -> str:
    """What the resident said, by question, and how sure the value is that was made of it."""
    said = ((column.title, standing.slots.get(column.name)) for column in columns)
    return "；".join(
        f"{title}：{slot.raw}{_mark(slot)}" for title, slot in said if slot and (slot.raw or slot.entered_by)
    )


def _mark(slot: SlotValue) -> str:
    if slot.entered_by:
        return f"（{slot.entered_by} {BY_STAFF}填写）"
    if not slot.is_certain:
        return f"（{TO_CHECK}）"
    return f"（{CONFIRMED}）" if slot.is_confirmed else ""


def recording(report: Report, call: CallAttempt | None) -> Entry:
    """A link to the recording of a call, relative to the workbook."""
    link = report.link(call) if call else ""
    return Entry("听录音" if link else "", link=link)


def talk_seconds(call: CallAttempt | None) -> CellValue:
    return round(call.talk_seconds) if call and call.talk_seconds else None
