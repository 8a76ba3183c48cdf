"""The sheets of the workbook: what each column shows. Pure: a report in, cells out."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from campaign.records import CallAttempt, Disposition, Grade, HungUpBy, Resident, ResidentState, SlotValue
from campaign.store import ResidentStanding
from exports.columns import BY_STAFF, CONFIRMED, TO_CHECK, UNKNOWN, CellValue, SlotColumn, origin_note
from exports.followup import FollowUpRow, follow_up_rows
from exports.report import Report
from exports.workbook import ColumnSpec, Entry, Section

Rows = list[list[Entry]]

_STATES = {
    ResidentState.PENDING: "未拨打",
    ResidentState.IN_CALL: "通话中",
    ResidentState.WAITING: "待重拨",
}
_HUNG_UP_BY = {HungUpBy.RESIDENT: "居民", HungUpBy.ROBOT: "我方", HungUpBy.NETWORK: "网络"}
_CLOCK = "hh:mm:ss"
_DAY_AND_TIME = "mm-dd hh:mm"


# --- 结果 ---------------------------------------------------------------------------------------------


def result_columns(report: Report) -> list[ColumnSpec]:
    answers = [ColumnSpec(c.title, is_centred=True, narrowest=7, widest=16) for c in report.columns]
    extra = [ColumnSpec(heading, widest=24, is_printed=False) for heading in _extra_headings(report)]
    return [
        ColumnSpec("姓名", narrowest=9),
        ColumnSpec("联系电话", narrowest=13, widest=15),
        ColumnSpec("住址", narrowest=12, widest=26),
        ColumnSpec("状态", is_centred=True, narrowest=10, widest=22),
        ColumnSpec("排查分级", is_centred=True, narrowest=8),
        *answers,
        ColumnSpec("名单备注", narrowest=9, widest=18),
        ColumnSpec("通话时间", is_centred=True, narrowest=12),
        ColumnSpec("通话秒数", is_centred=True, narrowest=7),
        ColumnSpec("拨打次数", is_centred=True, narrowest=7),
        ColumnSpec("录音", is_centred=True, narrowest=8, is_printed=False),
        ColumnSpec("居民原话", narrowest=24, widest=60, is_wrapped=False, is_printed=False),
        *extra,
    ]


def result_rows(report: Report) -> Rows:
    """One row for each resident, in the order of the list."""
    extra = _extra_headings(report)
    return [_result_row(report, standing, extra) for standing in report.standings]


def _result_row(report: Report, standing: ResidentStanding, extra: Sequence[str]) -> list[Entry]:
    resident, call = standing.resident, _telling_call(standing)
    answers = [_answer(column, standing.slots.get(column.name)) for column in report.columns]
    return [
        Entry(resident.name, is_bold=True),
        Entry("\n".join(resident.phones)),
        Entry(resident.place),
        _status(report, standing),
        _grade(standing),
        *answers,
        Entry(resident.remark),
        Entry(
            report.local(call.answered_at or call.dialled_at) if call else None, number_format=_DAY_AND_TIME
        ),
        Entry(_talk_seconds(call), number_format="0"),
        Entry(len(standing.attempts), number_format="0"),
        _recording(report, call),
        Entry(_words(report.columns, standing)),
        *(Entry(resident.extra.get(heading, "")) for heading in extra),
    ]


def _extra_headings(report: Report) -> list[str]:
    """Columns of the list that travel along, in its order."""
    return list(dict.fromkeys(h for standing in report.standings for h in standing.resident.extra))


def _telling_call(standing: ResidentStanding) -> CallAttempt | None:
    """The last call in which somebody was spoken with; where there is none, the last dial."""
    talked = [a for a in standing.attempts if a.disposition is not None and a.disposition.is_conversation]
    calls = talked or list(standing.attempts)
    return calls[-1] if calls else None


def status_text(standing: ResidentStanding) -> str:
    """已完成 / 已完成（待核实） / 占线 / 待重拨（占线） / 未拨打."""
    ended = standing.disposition.label if standing.disposition else ""
    if standing.disposition is Disposition.COMPLETED and standing.follow_up:
        return f"{ended}（{TO_CHECK}）"
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


def _grade(standing: ResidentStanding) -> Entry:
    if standing.grade is None:
        return Entry("")
    return Entry(standing.grade.label, tone=str(standing.grade), is_bold=True)


def _answer(column: SlotColumn, slot: SlotValue | None) -> Entry:
    if slot is None:
        return Entry("")
    shown = column.format(slot.value)
    if slot.is_certain:
        note = origin_note(slot) if slot.is_confirmed or slot.entered_by else ""
        return Entry(shown, number_format=column.number_format, note=note)
    text = TO_CHECK if shown in (None, "", UNKNOWN) else f"{shown}（{TO_CHECK}）"
    return Entry(text, tone="yellow", note=origin_note(slot))


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


def _recording(report: Report, call: CallAttempt | None) -> Entry:
    link = report.link(call) if call else ""
    return Entry("听录音" if link else "", link=link)


def _talk_seconds(call: CallAttempt | None) -> CellValue:
    return round(call.talk_seconds) if call and call.talk_seconds else None


# --- 待人工跟进 ---------------------------------------------------------------------------------------

FOLLOW_UP_COLUMNS = (
    ColumnSpec("姓名", narrowest=10),
    ColumnSpec("联系电话", narrowest=14, widest=24),
    ColumnSpec("住址", narrowest=14, widest=30),
    ColumnSpec("原因", narrowest=20, widest=40),
    ColumnSpec("待核实的回答", narrowest=20, widest=50),
    ColumnSpec("拨打次数", is_centred=True, narrowest=10),
    ColumnSpec("最后结果", is_centred=True, narrowest=12, widest=20),
    ColumnSpec("最后拨打", is_centred=True, narrowest=13),
    ColumnSpec("建议", narrowest=20, widest=44),
    ColumnSpec("处理结果", narrowest=24),
    ColumnSpec("处理人", narrowest=10),
)
"""The last two are for people to fill in."""


def queue_rows(report: Report) -> Rows:
    return [_queue_row(report, row) for row in _queue(report)]


def _queue(report: Report) -> list[FollowUpRow]:
    return follow_up_rows(report.standings, report.problems, report.columns, now=report.generated_at)


def _queue_row(report: Report, row: FollowUpRow) -> list[Entry]:
    return [
        Entry(row.name, is_bold=True, tone="red" if row.is_urgent else ""),
        Entry(row.number.replace("、", "\n")),
        Entry(row.place),
        Entry(row.reason),
        Entry(row.to_check),
        Entry(row.attempts, number_format="0"),
        Entry(row.last_result),
        Entry(report.local(row.last_at), number_format=_DAY_AND_TIME),
        Entry(row.suggestion),
        Entry(""),
        Entry(""),
    ]


# --- 通话明细 -----------------------------------------------------------------------------------------

CALL_COLUMNS = (
    ColumnSpec("通话编号", is_centred=True, narrowest=10),
    ColumnSpec("姓名", narrowest=10),
    ColumnSpec("号码", narrowest=14),
    ColumnSpec("第几次", is_centred=True, narrowest=8),
    ColumnSpec("线路", is_centred=True, narrowest=7),
    ColumnSpec("拨出", is_centred=True, narrowest=18),
    ColumnSpec("接通", is_centred=True, narrowest=10),
    ColumnSpec("结束", is_centred=True, narrowest=10),
    ColumnSpec("通话秒数", is_centred=True, narrowest=10),
    ColumnSpec("结果", is_centred=True, narrowest=12, widest=24),
    ColumnSpec("谁挂机", is_centred=True, narrowest=8),
    ColumnSpec("信令", is_centred=True, narrowest=10),
    ColumnSpec("收到语音", is_centred=True, narrowest=10),
    ColumnSpec("应答间隔（秒）", is_centred=True, narrowest=10),
    ColumnSpec("录音", is_centred=True, narrowest=8, is_printed=False),
    ColumnSpec("听到的话", narrowest=24, widest=60, is_wrapped=False, is_printed=False),
)


def call_rows(report: Report) -> Rows:
    """One row for each dial, in the order in which they were made."""
    calls = [(attempt, s.resident) for s in report.standings for attempt in s.attempts]
    calls.sort(key=lambda call: call[0].id)
    return [_call_row(report, attempt, resident) for attempt, resident in calls]


def _call_row(report: Report, attempt: CallAttempt, resident: Resident) -> list[Entry]:
    gap = statistics.median(attempt.reply_gaps) if attempt.reply_gaps else None
    return [
        Entry(attempt.id, number_format="0"),
        Entry(resident.name),
        Entry(attempt.number),
        Entry(attempt.ordinal, number_format="0"),
        Entry(attempt.line or attempt.caller or None, number_format="0"),
        Entry(report.local(attempt.dialled_at), number_format="yyyy-mm-dd hh:mm:ss"),
        Entry(report.local(attempt.answered_at), number_format=_CLOCK),
        Entry(report.local(attempt.ended_at), number_format=_CLOCK),
        Entry(_talk_seconds(attempt), number_format="0"),
        Entry(_call_result(attempt)),
        Entry(_HUNG_UP_BY[attempt.cause.hung_up_by] if attempt.disposition and not attempt.caller else ""),
        Entry(_signalling(attempt)),
        Entry(_received(attempt), number_format="0.0%"),
        Entry(gap, number_format="0.00"),
        _recording(report, attempt),
        Entry(" / ".join(t.heard for t in report.turns.get(attempt.id, ()) if t.heard)),
    ]


def _call_result(attempt: CallAttempt) -> str:
    if attempt.disposition:
        return attempt.disposition.label
    return "拨号中断" if attempt.ended_at else "通话中"


def _signalling(attempt: CallAttempt) -> str:
    parts = (("SIP", attempt.cause.sip_status), ("Q.850", attempt.cause.q850_cause))
    return " / ".join(f"{name} {value}" for name, value in parts if value)


def _received(attempt: CallAttempt) -> CellValue:
    return attempt.frames_received / attempt.frames_expected if attempt.frames_expected else None


# --- 导入问题 -----------------------------------------------------------------------------------------

PROBLEM_COLUMNS = (
    ColumnSpec("工作表", narrowest=10, widest=20),
    ColumnSpec("名单行号", is_centred=True, narrowest=10),
    ColumnSpec("姓名", narrowest=10),
    ColumnSpec("单元格内容", narrowest=16, widest=36),
    ColumnSpec("是否导入", is_centred=True, narrowest=10),
    ColumnSpec("问题", narrowest=30, widest=70),
)


def problem_rows(report: Report) -> Rows:
    """What was wrong in the list: every row that was left out, and every doubt."""
    return [
        [
            Entry(problem.sheet),
            Entry(problem.row or None, number_format="0"),
            Entry(problem.name),
            Entry(problem.cell),
            Entry(
                "已导入" if problem.is_imported else "没有导入", tone="" if problem.is_imported else "yellow"
            ),
            Entry(problem.reason),
        ]
        for problem in report.problems
    ]


# --- 汇总 ---------------------------------------------------------------------------------------------


def summary_sections(report: Report) -> list[Section]:
    """The campaign in figures; tables without rows are left out."""
    sections = (_overall(report), _grades(report), _outcomes(report), _buildings(report))
    return [section for section in sections if section.rows]


def _overall(report: Report) -> Section:
    campaign, standings = report.campaign, report.standings
    calls = [attempt for standing in standings for attempt in standing.attempts]
    talks = [a.talk_seconds for a in calls if a.disposition is Disposition.COMPLETED]
    ends = [a.ended_at for a in calls if a.ended_at]
    states = Counter(standing.state for standing in standings)
    facts: list[tuple[str, Entry]] = [
        ("任务", Entry(campaign.name)),
        ("名单文件", Entry(campaign.list_file)),
        ("话术", Entry(_script(report))),
        ("首次拨出", Entry(report.local(min((a.dialled_at for a in calls), default=None)))),
        ("最后结束", Entry(report.local(max(ends, default=None)))),
        ("本表生成", Entry(report.local(report.generated_at))),
        ("名单户数", _number(len(standings))),
        ("已完成问答", _number(_completed(standings))),
        ("待人工跟进", _number(states[ResidentState.FOLLOW_UP])),
        ("待重拨", _number(states[ResidentState.WAITING])),
        ("未拨打", _number(states[ResidentState.PENDING])),
        ("拨打总次数", _number(len(calls))),
        ("平均通话秒数", Entry(statistics.fmean(talks) if talks else None, number_format="0")),
    ]
    return Section("概况", ("项目", "内容"), [[Entry(name), entry] for name, entry in facts], last_spans=3)


def _script(report: Report) -> str:
    """居民健康排查（health_survey，版本 1-3f2a9c01）: which script asked, and which version of it."""
    campaign, name = report.campaign, PurePath(report.campaign.script).name.removesuffix(".yaml")
    shown = f"{name}，" if report.script_title else ""
    return f"{report.script_title or name}（{shown}版本 {campaign.script_version}）"


def _grades(report: Report) -> Section:
    counts = Counter(standing.grade for standing in report.standings if standing.grade)
    rows = [
        [
            Entry(grade.label, tone=str(grade), is_bold=True),
            _number(counts[grade]),
            _share(counts[grade], report),
        ]
        for grade in Grade
    ]
    return Section("排查分级", ("分级", "户数", "占名单"), rows if counts else [])


def _outcomes(report: Report) -> Section:
    counts = Counter(status_text(standing) for standing in report.standings)
    rows = [[Entry(text), _number(count), _share(count, report)] for text, count in counts.most_common()]
    return Section("每户现状", ("状态", "户数", "占名单"), rows)


def _buildings(report: Report) -> Section:
    groups: dict[str, list[ResidentStanding]] = {}
    for standing in report.standings:
        groups.setdefault(standing.resident.building or "（未填楼号）", []).append(standing)
    headings = ("楼号", "户数", "已完成", "红", "黄", "绿", "待人工跟进")
    rows = [[Entry(name), *map(_number, _building_counts(group))] for name, group in groups.items()]
    return Section("按楼号", headings, rows if len(groups) > 1 else [])


def _building_counts(group: Sequence[ResidentStanding]) -> list[int]:
    grades = Counter(standing.grade for standing in group)
    waiting = sum(standing.state is ResidentState.FOLLOW_UP for standing in group)
    return [len(group), _completed(group), *(grades[grade] for grade in Grade), waiting]


def _completed(standings: Sequence[ResidentStanding]) -> int:
    return sum(standing.disposition is Disposition.COMPLETED for standing in standings)


def _number(count: int) -> Entry:
    return Entry(count, number_format="0")


def _share(count: int, report: Report) -> Entry:
    return Entry(count / len(report.standings), number_format="0.0%")
