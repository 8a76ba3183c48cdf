"""待人工跟进, 通话明细 and 导入问题: what each column shows. Pure: a report in, cells out."""

from __future__ import annotations

import statistics

from campaign.records import CallAttempt, HungUpBy, Resident
from exports.followup.queue import FollowUpRow, follow_up_rows
from exports.report.views import Report
from exports.workbook.columns import CellValue
from exports.workbook.result_sheets import DAY_AND_TIME, Rows, recording, talk_seconds
from exports.workbook.workbook import ColumnSpec, Entry

_HUNG_UP_BY = {HungUpBy.RESIDENT: "居民", HungUpBy.ROBOT: "我方", HungUpBy.NETWORK: "网络"}
_CLOCK = "hh:mm:ss"


# --- 待人工跟进 ---------------------------------------------------------------------------------------

QUEUE = "待人工跟进"
ENTRY, DONE, PERSON = "编号", "处理结果", "处理人"
FOLLOW_UP_COLUMNS = (
    ColumnSpec(ENTRY, is_centred=True, narrowest=7),
    ColumnSpec("姓名", narrowest=10),
    ColumnSpec("联系电话", narrowest=14, widest=24),
    ColumnSpec("住址", narrowest=14, widest=30),
    ColumnSpec("原因", narrowest=20, widest=40),
    ColumnSpec("待核实的回答", narrowest=20, widest=50),
    ColumnSpec("拨打次数", is_centred=True, narrowest=10),
    ColumnSpec("最后结果", is_centred=True, narrowest=12, widest=20),
    ColumnSpec("最后拨打", is_centred=True, narrowest=13),
    ColumnSpec("建议", narrowest=20, widest=44),
    ColumnSpec(DONE, narrowest=24, is_marked=True, prompt="写一句话，交回后记在这一条上。"),
    ColumnSpec(PERSON, narrowest=10, is_marked=True),
)
"""The last two are for people to fill in."""


def queue_rows(report: Report) -> Rows:
    return [_queue_row(report, row) for row in _queue(report)]


def _queue(report: Report) -> list[FollowUpRow]:
    return follow_up_rows(report.standings, report.problems, report.columns, now=report.generated_at)


def _queue_row(report: Report, row: FollowUpRow) -> list[Entry]:
    return [
        Entry(row.follow_up.id if row.follow_up else None, number_format="0"),
        Entry(row.name, is_bold=True, tone="red" if row.is_urgent else ""),
        Entry(row.number.replace("、", "\n")),
        Entry(row.place),
        Entry(row.reason),
        Entry(row.to_check),
        Entry(row.attempts, number_format="0"),
        Entry(row.last_result),
        Entry(report.local(row.last_at), number_format=DAY_AND_TIME),
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
        Entry(talk_seconds(attempt), number_format="0"),
        Entry(_call_result(attempt)),
        Entry(_HUNG_UP_BY[attempt.cause.hung_up_by] if attempt.disposition and not attempt.caller else ""),
        Entry(_signalling(attempt)),
        Entry(_received(attempt), number_format="0.0%"),
        Entry(gap, number_format="0.00"),
        recording(report, attempt),
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
