"""What is known of one resident as named fields: for csv, JSON, and tables of other systems. Pure.

A field has a key (for programs), a Chinese title (for people and csv headings) and a sentence that says what
it holds. The answers of the script and the list's own columns come behind the fixed ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaign.records import CallAttempt, SlotValue
from campaign.store import ResidentStanding
from exports.report.views import Report
from exports.workbook.columns import TO_CHECK, UNKNOWN, SlotColumn
from exports.workbook.result_sheets import status_text

Getter = Callable[[ResidentStanding], Any]

ANSWER = "answer."
LIST = "list."


@dataclass(frozen=True)
class Field:
    """One column."""

    key: str
    """``name``, ``answer.temperature``, ``list.户型``."""
    title: str
    told: str
    """What it holds, Chinese, for people who write a mapping."""
    text: Getter
    """The value as people read it: text, a number, a date, or None."""


def fields_of(report: Report) -> list[Field]:
    """Every field of a campaign, in the order of the csv's columns."""
    answers = [field for column in report.columns for field in _answer_fields(column)]
    return [*_fixed_fields(report), *answers, *map(_list_field, list_headings(report.standings))]


def list_headings(standings: Iterable[ResidentStanding]) -> list[str]:
    """The list's own columns, in its order."""
    return list(dict.fromkeys(h for standing in standings for h in standing.resident.extra))


def _fixed_fields(report: Report) -> list[Field]:
    def time(moment: dt.datetime | None) -> str:
        local = report.local(moment)
        return f"{local:%Y-%m-%d %H:%M:%S}" if local else ""

    def started(standing: ResidentStanding) -> str:
        call = telling_call(standing)
        return time(call.answered_at or call.dialled_at) if call else ""

    return [
        Field("campaign", "任务", "任务编号", lambda s: report.campaign.id),
        Field("resident", "居民编号", "居民在数据库里的编号", lambda s: s.resident.id),
        Field("row", "名单行号", "在名单里的第几行", lambda s: s.resident.row),
        Field("name", "姓名", "名单上的姓名", lambda s: s.resident.name),
        Field("phones", "联系电话", "全部号码，用 ; 隔开；分机在逗号后面", _phones),
        Field("place", "住址", "名单上的住址，没有就是楼号单元房号", lambda s: s.resident.place),
        Field("building", "楼号", "楼号", lambda s: s.resident.building),
        Field("unit", "单元", "单元", lambda s: s.resident.unit),
        Field("room", "房号", "房号", lambda s: s.resident.room),
        Field("id_number", "身份证号", "只保存了遮盖过的", lambda s: s.resident.id_number),
        Field("remark", "名单备注", "名单上的备注", lambda s: s.resident.remark),
        Field("status", "状态", "已完成、待重拨、无人接听……和结果表一样", status_text),
        Field("disposition", "最后结果", "最后一次拨打的结果", _last_result),
        Field("grade", "排查分级", "红、黄、绿，没有问到就空着", lambda s: s.grade.label if s.grade else ""),
        Field("attempts", "拨打次数", "一共拨了几次，人工的也算", lambda s: len(s.attempts)),
        Field("called_at", "通话时间", "问到话的那次通话何时开始，2026-11-26 09:30:00", started),
        Field("talk_seconds", "通话秒数", "那次通话有多少秒", _talk_seconds),
        Field("follow_up", "待跟进原因", "还在等人工跟进的，为什么", _reason),
        Field("by_staff", "人工办结", "结果是工作人员登记的：是、否", _by_staff),
        Field("recording", "录音", "录音的文件名，在录音文件夹里", _recording),
    ]  # fmt: skip


def _answer_fields(column: SlotColumn) -> list[Field]:
    def value(standing: ResidentStanding) -> Any:
        slot = standing.slots.get(column.name)
        shown = column.format(slot.value) if slot else None
        return shown.isoformat() if isinstance(shown, dt.date) else shown

    def doubt(standing: ResidentStanding) -> str:
        slot = standing.slots.get(column.name)
        return TO_CHECK if slot is not None and not slot.is_certain else ""

    key = f"{ANSWER}{column.name}"
    return [
        Field(key, column.title, f"回答；没有答到是“{UNKNOWN}”，没有问就空着", value),
        Field(f"{key}.doubt", f"{column.title}（把握）", f"“{TO_CHECK}”：听得不准；空着：可信", doubt),
    ]


def _list_field(heading: str) -> Field:
    return Field(f"{LIST}{heading}", heading, "名单里原来的列", lambda s: s.resident.extra.get(heading, ""))


def telling_call(standing: ResidentStanding) -> CallAttempt | None:
    """The last call in which somebody was spoken with; where there is none, the last dial."""
    talked = [a for a in standing.attempts if a.disposition is not None and a.disposition.is_conversation]
    calls = talked or list(standing.attempts)
    return calls[-1] if calls else None


def _phones(standing: ResidentStanding) -> str:
    return ";".join(standing.resident.phones)


def _last_result(standing: ResidentStanding) -> str:
    return standing.disposition.label if standing.disposition else ""


def _by_staff(standing: ResidentStanding) -> str:
    return "是" if standing.is_by_staff else "否"


def _reason(standing: ResidentStanding) -> str:
    return standing.follow_up.reason if standing.follow_up else ""


def _talk_seconds(standing: ResidentStanding) -> int | None:
    call = telling_call(standing)
    return round(call.talk_seconds) if call and call.talk_seconds else None


def _recording(standing: ResidentStanding) -> str:
    call = telling_call(standing)
    return call.recording if call else ""


# --- JSON ---------------------------------------------------------------------------------------------


def json_records(report: Report) -> list[dict[str, Any]]:
    """Residents as programs read them: the fixed fields by key, ``answers`` by slot, ``list`` by heading.

    An answer is ``{title, value, is_certain, is_confirmed, raw, entered_by}``; ``value`` has the type of the
    slot (bool, number, text, list of texts, ISO date), null where the answer stayed unknown.
    """
    fixed = _fixed_fields(report)
    return [_json_record(report.columns, fixed, standing) for standing in report.standings]


def _json_record(
    columns: Sequence[SlotColumn], fixed: Sequence[Field], standing: ResidentStanding
) -> dict[str, Any]:
    record = {field.key: field.text(standing) for field in fixed}
    record["phones"] = list(standing.resident.phones)
    record["disposition"] = str(standing.disposition) if standing.disposition else None
    record["grade"] = str(standing.grade) if standing.grade else None
    record["by_staff"] = standing.is_by_staff
    answers = ((column, standing.slots.get(column.name)) for column in columns)
    record["answers"] = {column.name: _json_answer(column.title, slot) for column, slot in answers if slot}
    record["list"] = dict(standing.resident.extra)
    return record


def _json_answer(title: str, slot: SlotValue) -> Mapping[str, Any]:
    return {
        "title": title, "value": slot.value, "is_certain": slot.is_certain,
        "is_confirmed": slot.is_confirmed, "raw": slot.raw, "entered_by": slot.entered_by,
    }  # fmt: skip
