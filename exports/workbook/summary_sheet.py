"""汇总: the campaign in figures, each small table with its chart. Pure: a report in, cells out."""

from __future__ import annotations

import datetime as dt
import statistics
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath

from campaign.agreement import Agreement
from campaign.records import Disposition, Grade, ResidentState
from campaign.response_rate import Case
from campaign.store import ResidentStanding
from exports.report.views import Report
from exports.response import response_rate
from exports.workbook.charts import BLUE, GREEN, GREY, PURPLE, RED, YELLOW, Chart, ChartKind
from exports.workbook.result_sheets import status_text
from exports.workbook.workbook import Entry, Section

_COMMUNITY_HEADINGS = ("社区", "小区", "所属社区", "小区名称", "村", "村组", "网格", "网格名称")
"""Columns of a list that say to which part of the town a resident belongs, the first that there is."""
_MOST_POINTS = 48
"""Of the completion over time; a campaign that takes longer is shown by day."""


def summary_sections(report: Report, agreements: Sequence[Agreement] = ()) -> list[Section]:
    """The campaign in figures; tables without rows are left out."""
    sections = (
        _overall(report), _grades(report), _outcomes(report), _response(report), _course(report),
        _places(report, "按社区", "社区", _community_of), _places(report, "按楼号", "楼号", _building_of),
        _accuracy(report, agreements),
    )  # fmt: skip
    return [section for section in sections if section.rows]


def _overall(report: Report) -> Section:
    campaign, standings = report.campaign, report.standings
    calls = [attempt for standing in standings for attempt in standing.attempts]
    talks = [a.talk_seconds for a in calls if a.disposition is Disposition.COMPLETED and not a.caller]
    ends = [a.ended_at for a in calls if a.ended_at]
    states = Counter(standing.state for standing in standings)
    corrected = sum(bool(standing.corrections) for standing in standings)
    facts: list[tuple[str, Entry]] = [
        ("任务", Entry(campaign.name)),
        ("名单文件", Entry(campaign.list_file)),
        ("话术", Entry(script_told(report))),
        ("首次拨出", Entry(report.local(min((a.dialled_at for a in calls), default=None)))),
        ("最后结束", Entry(report.local(max(ends, default=None)))),
        ("本表生成", Entry(report.local(report.generated_at))),
        ("名单户数", _number(len(standings))),
        ("已完成问答", _number(_completed(standings))),
        ("待人工跟进", _number(states[ResidentState.FOLLOW_UP])),
        ("待重拨", _number(states[ResidentState.WAITING])),
        ("未拨打", _number(states[ResidentState.PENDING])),
        ("人工更正过", _number(corrected)),
        ("拨打总次数", _number(len(calls))),
        ("平均通话秒数", Entry(statistics.fmean(talks) if talks else None, number_format="0")),
    ]
    rows = [[Entry(name), entry] for name, entry in facts]
    return Section("概况", ("项目", "内容"), rows, last_spans=7)


def script_told(report: Report) -> str:
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
    chart = Chart("排查分级（户）", ChartKind.DOUGHNUT, (1,), (RED, YELLOW, GREEN))
    return Section("排查分级", ("分级", "户数", "占名单"), rows if counts else [], chart=chart)


def _outcomes(report: Report) -> Section:
    counts = Counter(status_text(standing) for standing in report.standings)
    rows = [[Entry(text), _number(count), _share(count, report)] for text, count in counts.most_common()]
    chart = Chart("每户现状（户）", ChartKind.BARS, (1,), (BLUE,))
    return Section("每户现状", ("状态", "户数", "占名单"), rows, chart=chart)


def _response(report: Report) -> Section:
    rate = response_rate(report.standings)
    figures = [
        ("应答率 RR1", rate.rr1, rate.counts[Case.COMPLETE], rate.total, "已完成 ÷ 名单上的每一户"),
        (
            "应答率 RR2", rate.rr2, rate.counts[Case.COMPLETE] + rate.counts[Case.PARTIAL], rate.total,
            "已完成和部分完成 ÷ 名单上的每一户",
        ),
        ("合作率 COOP1", rate.coop1, rate.counts[Case.COMPLETE], rate.reached, "已完成 ÷ 接通了的"),
        ("接通率 CON1", rate.con1, rate.reached, rate.total, "有人接听的 ÷ 名单上的每一户"),
        ("拒访率 REF1", rate.ref1, rate.counts[Case.REFUSED], rate.total, "拒访 ÷ 名单上的每一户"),
    ]  # fmt: skip
    rows = [
        [Entry(name), Entry(share, number_format="0.0%"), _number(part), _number(whole), Entry(told)]
        for name, share, part, whole, told in figures
    ]
    headings = ("指标", "比例", "分子", "分母", "怎么算")
    footnote = "按 AAPOR《Standard Definitions》第 10 版；名单上的每一户都算合格，没拨的也在分母里。"
    return Section("应答率", headings, rows, last_spans=4, footnote=footnote)


# --- over time ----------------------------------------------------------------------------------------


def _course(report: Report) -> Section:
    """Completed residents and dials, counted up by the hour, or by the day in a campaign of several days."""
    dialled = _local_times(report, (a.dialled_at for s in report.standings for a in s.attempts))
    completed = _local_times(report, map(_completed_at, report.standings))
    firsts = (min(a.dialled_at for a in s.attempts) for s in report.standings if s.attempts)
    first_dials = _local_times(report, firsts)
    chart = Chart("完成进度（累计户数）", ChartKind.LINE, (1, 2), (GREEN, BLUE), most_rows=_MOST_POINTS)
    headings = ("时间", "已完成", "已拨过", "当时拨打次数")
    if not dialled:
        return Section("完成进度", headings, [], chart=chart)
    step, pattern = _step(dialled[0], dialled[-1])
    rows = [
        [
            Entry(f"{start:{pattern}}"),
            _number(bisect_left(completed, start + step)),
            _number(bisect_left(first_dials, start + step)),
            _number(bisect_left(dialled, start + step) - bisect_left(dialled, start)),
        ]
        for start in _marks(dialled[0], dialled[-1], step)
    ]
    return Section("完成进度", headings, rows, chart=chart)


def _completed_at(standing: ResidentStanding) -> dt.datetime | None:
    if standing.disposition is not Disposition.COMPLETED:
        return None
    ends = [a.ended_at for a in standing.attempts if a.disposition is Disposition.COMPLETED and a.ended_at]
    closed = standing.closed.closed_at if standing.closed else None
    return min(ends) if ends else closed


_STEPS = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=15), dt.timedelta(hours=1))


def _step(first: dt.datetime, last: dt.datetime) -> tuple[dt.timedelta, str]:
    """The finest step that makes no more points than people can read, and how its times are written."""
    for step in _STEPS:
        if (last - first) / step <= (24 if step < _STEPS[-1] else _MOST_POINTS / 2):
            return step, "%H:%M" if first.date() == last.date() else "%m-%d %H:%M"
    return dt.timedelta(days=1), "%m-%d"


def _marks(first: dt.datetime, last: dt.datetime, step: dt.timedelta) -> list[dt.datetime]:
    midnight = first.replace(hour=0, minute=0, second=0)
    start = midnight + (first - midnight) // step * step
    return [start + number * step for number in range((last - start) // step + 1)]


def _local_times(report: Report, times: Iterable[dt.datetime | None]) -> list[dt.datetime]:
    """Sorted, by the office's clock."""
    return sorted(local for time in times if (local := report.local(time)) is not None)


# --- by place -----------------------------------------------------------------------------------------


def _building_of(standing: ResidentStanding) -> str:
    return standing.resident.building


def _community_of(standing: ResidentStanding) -> str:
    extra = standing.resident.extra
    return next((extra[heading] for heading in _COMMUNITY_HEADINGS if extra.get(heading)), "")


def _places(report: Report, title: str, heading: str, place_of: Callable[[ResidentStanding], str]) -> Section:
    groups: dict[str, list[ResidentStanding]] = {}
    for standing in report.standings:
        groups.setdefault(place_of(standing) or f"（未填{heading}）", []).append(standing)
    headings = (heading, "户数", "已完成", "红", "黄", "绿", "没有分级", "待人工跟进")
    rows = [[Entry(name), *map(_number, _place_counts(group))] for name, group in groups.items()]
    chart = Chart(f"{title}的排查分级（户）", ChartKind.STACKED, (3, 4, 5, 6), (RED, YELLOW, GREEN, GREY))
    return Section(title, headings, rows if len(groups) > 1 else [], chart=chart)


def _place_counts(group: Sequence[ResidentStanding]) -> list[int]:
    grades = Counter(standing.grade for standing in group)
    waiting = sum(standing.state is ResidentState.FOLLOW_UP for standing in group)
    return [len(group), _completed(group), *(grades[g] for g in Grade), grades[None], waiting]


# --- accuracy -----------------------------------------------------------------------------------------


def _accuracy(report: Report, agreements: Sequence[Agreement]) -> Section:
    """How often the robot had understood what somebody heard who listened to the call."""
    labels = {column.name: column.title for column in report.columns}
    rows = [
        [
            Entry(labels.get(one.name, one.name)),
            _number(one.compared),
            Entry(one.share, number_format="0.0%"),
            Entry(one.kappa if one.kappa is not None else "—", number_format="0.00"),
            Entry(one.weighted_share, number_format="0.0%"),
            Entry(f"{one.lowest:.0%}—{one.highest:.0%}"),
        ]
        for one in agreements
    ]
    headings = ("回答", "抽查条数", "一致", "Kappa", "推算全部", "95% 区间")
    chart = Chart(
        "机器人与人工听录音一致的比例", ChartKind.BARS, (2,), (PURPLE,), number_format="0%", highest=1
    )
    footnote = "来自 wenhou review sample 抽出的录音；没有把握的抽得多，“推算全部”按抽样比例折算。"
    return Section("抽查准确率", headings, rows, chart=chart, footnote=footnote)


def _completed(standings: Sequence[ResidentStanding]) -> int:
    return sum(standing.disposition is Disposition.COMPLETED for standing in standings)


def _number(count: int) -> Entry:
    return Entry(count, number_format="0")


def _share(count: int, report: Report) -> Entry:
    return Entry(count / len(report.standings), number_format="0.0%")
