"""The report: one HTML page with everything in it, that can be mailed, printed, hung up. Pure.

It holds counts alone: no names, no numbers, no rooms, and no count that would single somebody out
(``exports.report.cells``). It loads nothing and runs nothing; its policy for browsers says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from campaign.records import Grade
from campaign.response_rate import Case
from exports.report.cells import Cell, held_back, merged_groups, small_counts
from exports.report.charts import Bar, Line, bars, lines, stacked
from exports.report.figures import WAITING, Answers, Figures, Group
from exports.report.merge import Point, by_street, merged, newest_of_each, trend
from exports.report.style import CSS

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_CASE_TONES = {
    Case.COMPLETE: "green", Case.PARTIAL: "pale", Case.REFUSED: "red", Case.OTHER: "yellow",
    Case.NOT_REACHED: "grey", Case.INVALID: "plain",
}  # fmt: skip
_MOST_BARS = 12


@dataclass(frozen=True)
class ReportPlan:
    """What is to be told, and how much of it."""

    history: Sequence[Figures]
    """Campaigns to compare; the last of every community is told in full."""
    least: int
    """No group and no health count below it is shown, 1 shows all."""
    written_at: dt.datetime
    """In the office's time zone."""


def page(plan: ReportPlan) -> str:
    """The whole page."""
    figures = merged(newest_of_each(plan.history))
    points = trend(plan.history, plan.least)
    least = plan.least
    parts = [
        _head(figures, plan),
        _tiles(figures, least),
        _section("联系情况", [_response(figures), _outcomes(figures), _progress(figures)]),
        _section("健康情况", [_grades(figures, least), *(_answers(a, least) for a in figures.answers)]),
        _section("积压", [_backlog(figures), _waiting(figures)]),
        _section("历次比较", _trend(points)) if len(points) > 1 else "",
        _group_section("按社区", figures.communities, least, streets=True),
        _group_section("按楼号", figures.buildings, least, streets=False),
        _foot(figures, plan),
    ]
    title = escape(f"问候报告：{figures.campaign}")
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{title}</title>\n<style>{CSS}</style></head>\n<body><main>\n"
        + "\n".join(filter(None, parts))
        + "\n</main></body></html>\n"
    )


# --- parts --------------------------------------------------------------------------------------------


def _head(figures: Figures, plan: ReportPlan) -> str:
    days = figures.day if figures.day == figures.last_day else f"{figures.day} 至 {figures.last_day}"
    place = f"{figures.community}　" if figures.community else ""
    return (
        f"<header><h1>{escape(figures.campaign)}</h1>"
        f'<div class="soft">{escape(place)}{escape(figures.script)}　{days}</div></header>'
    )


def _tiles(figures: Figures, least: int) -> str:
    rates, whole = figures.rates, figures.whole
    grades = small_counts(figures.grades, least)
    urgent = grades.get(str(Grade.RED), 0)
    tiles = (
        ("名单户数", str(figures.total)),
        ("应答率", f"{rates.rr1:.1%}"),
        ("未联系上", str(whole.not_reached)),
        ("待人工跟进", str(whole.follow_up)),
        ("排查分级为红", "*" if urgent is None else str(urgent)),
    )
    told = (
        f'<div class="tile"><span class="soft">{name}</span><b>{value}</b></div>' for name, value in tiles
    )
    return f'<div class="tiles">{"".join(told)}</div>'


def _response(figures: Figures) -> str:
    rates = figures.rates
    parts = [Bar(case.value, rates.counts[case], _CASE_TONES[case]) for case in Case]
    rows = (
        ("应答率（RR1：问完的 / 全部）", rates.rr1),
        ("含部分完成（RR2）", rates.rr2),
        ("接通后问完（COOP1）", rates.coop1),
        ("联系上（CON1）", rates.con1),
        ("拒访（REF1）", rates.ref1),
    )
    table = _table(("比率", "值"), [(name, f"{share:.1%}") for name, share in rows])
    note = "按 AAPOR《标准定义》计算，名单上的每一户都算在内，没有拨打的也算。"
    return _card("应答", stacked(parts, "名单上各户的应答情况") + table, note)


def _outcomes(figures: Figures) -> str:
    named = {name or "未拨打": count for name, count in figures.outcomes.items()}
    total = figures.total or 1
    return _card("最后一次拨打的结果", _count_bars(named, "最后一次拨打的结果", total))


def _progress(figures: Figures) -> str:
    if len(figures.calls_by_day) < 2:
        return ""
    days = sorted(figures.calls_by_day)[-14:]
    rows = [
        Bar(day[5:], figures.calls_by_day[day], "plain", f"问完 {figures.completed_by_day.get(day, 0)}")
        for day in days
    ]
    return _card("每天拨打次数", bars(rows, "每天拨打次数"))


def _grades(figures: Figures, least: int) -> str:
    if not figures.grades:
        return ""
    held = small_counts({str(grade): figures.grades.get(str(grade), 0) for grade in Grade}, least)
    parts = [Bar(grade.label, held[str(grade)], str(grade)) for grade in Grade]
    graded = sum(figures.grades.values())
    note = f"{graded} 户有分级，按话术里的分级表：红最急，黄其次。"
    return _card("排查分级", stacked(parts, "排查分级"), note)


def _answers(answers: Answers, least: int) -> str:
    if answers.asked < max(least, 1):
        return ""
    held = small_counts(answers.counts, least)
    rows = [
        Bar(
            name, count, "grey" if name in ("无", "否") else "plain",
            "" if count is None else f"{count / answers.asked:.0%}",
        )
        for name, count in list(held.items())[:_MOST_BARS]
    ]  # fmt: skip
    return _card(answers.title, bars(rows, answers.title), f"{answers.asked} 户回答了这一问。")


def _backlog(figures: Figures) -> str:
    if not figures.reasons:
        states = figures.states
        left = states.get("pending", 0) + states.get("waiting", 0)
        return _card("待人工跟进", f"<p>没有待跟进的住户。还有 {left} 户等着拨打。</p>")
    return _card(
        "待人工跟进，按最后结果", _count_bars(figures.reasons, "待人工跟进", figures.whole.follow_up or 1)
    )


def _waiting(figures: Figures) -> str:
    if not figures.waiting_days:
        return ""
    rows = [Bar(age, figures.waiting_days.get(age, 0), "yellow") for age in WAITING]
    return _card("等了多久", bars(rows, "待跟进的住户等了多久"))


def _trend(points: Sequence[Point]) -> list[str]:
    days = [point.day for point in points]
    contact = (
        Line("应答率", tuple(p.response for p in points), "green"),
        Line("未联系上", tuple(p.not_reached for p in points), "grey"),
        Line("待跟进", tuple(p.backlog / p.total if p.total else None for p in points), "plain"),
    )
    health = (
        Line("有症状", tuple(p.troubled for p in points), "plain"),
        Line("红", tuple(p.red for p in points), "red"),
        Line("黄", tuple(p.yellow for p in points), "yellow"),
    )
    rows = [
        (
            f"{point.day:%m-%d} {point.label}", str(point.total), _percent(point.response),
            _percent(point.not_reached), str(point.backlog), _percent(point.troubled), _percent(point.red),
            _percent(point.yellow),
        )
        for point in points
    ]  # fmt: skip
    headings = ("任务", "户数", "应答率", "未联系上", "待跟进", "有症状", "红", "黄")
    told = [
        _card("联系", lines(days, contact, "历次联系情况"), "占名单户数。"),
        _card("健康", lines(days, health, "历次健康情况"), "有症状占答了症状的，红、黄占有分级的。"),
        _card("历次任务", _table(headings, rows), kind=" full"),
    ]
    names = list(dict.fromkeys(name for point in points for name in point.symptoms))
    if names:
        shares = [(n, *(_percent(p.symptoms.get(n, 0.0)) for p in points[-6:])) for n in names]
        told.append(_card("症状", _table(("症状", *(f"{p.day:%m-%d}" for p in points[-6:])), shares)))
    return told


# --- groups -------------------------------------------------------------------------------------------

_GROUP_HEADINGS = ("户数", "问完", "未联系上", "待跟进", "红", "黄", "绿", "有症状")
_WORK = ("total", "complete", "not_reached", "follow_up")
_GRADES = ("red", "yellow", "green")
_HEALTH = (*_GRADES, "troubled")
_SUM = "合计"


def _group_section(title: str, groups: Mapping[str, Group], least: int, *, streets: bool) -> str:
    what = title.removeprefix("按")
    members = merged_groups(groups, least, "（名单没有写）")
    if len(members) < 2:
        return ""
    tree = _tree(members, streets=streets)
    rows = {_SUM: sum(members.values(), Group()), **members}
    for street, names in tree.items():
        if street:
            rows[street] = sum((members[name] for name in names), Group())
    hidden = _hidden_cells(rows, tree, least)
    body = []
    for street, names in tree.items():
        if street:
            told = f"{street}（{len(names)} 个社区）"
            body.append(_group_row(told, street, rows, hidden, is_sum=True))
        body += [_group_row(name, name, rows, hidden) for name in names]
    body.append(_group_row(_SUM, _SUM, rows, hidden, is_sum=True))
    head = _row((what, *_GROUP_HEADINGS), "th")
    merged_note = f"不足 {least} 户的{what}并在一起；" if least > 1 else ""
    return (
        f'<section><h2>{title}</h2><div class="card"><div class="wide"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
        f'<p class="note">{merged_note}{_star_note(least)}</p></div></section>'
    )


def _tree(members: Mapping[str, Group], *, streets: bool) -> dict[str, list[str]]:
    """Rows by the sum that they stand under, in the order of the table; ``""``: under none."""
    ordered = sorted(members, key=_natural)
    found = by_street(ordered) if streets else {"": ordered}
    if len(found) == 1:
        return {"": ordered}
    return {f"街道 {street}" if street else "": names for street, names in found.items()}


def _hidden_cells(rows: Mapping[str, Group], tree: Mapping[str, list[str]], least: int) -> set[Cell]:
    counts = {(row, name): getattr(group, name) for row, group in rows.items() for name in _HEALTH}
    sums: list[list[Cell]] = [[(row, name) for name in _GRADES] for row in rows]
    for name in _HEALTH:
        top = [street for street in tree if street] + tree.get("", [])
        sums.append([(row, name) for row in (*top, _SUM)])
        sums += [[(row, name) for row in (*names, street)] for street, names in tree.items() if street]
    return held_back(counts, sums, least)


def _group_row(
    told: str, row: str, rows: Mapping[str, Group], hidden: set[Cell], *, is_sum: bool = False
) -> str:
    work = (str(getattr(rows[row], name)) for name in _WORK)
    health = ("*" if (row, name) in hidden else str(getattr(rows[row], name)) for name in _HEALTH)
    kind = ' class="sum"' if is_sum else ""
    return f"<tr{kind}>{_row((told, *work, *health))}</tr>"


def _natural(name: str) -> tuple[bool, list[int], str]:
    """2号楼 before 10号楼, what was put together last."""
    digits = "".join(c if c.isdigit() else " " for c in name).split()
    return name.startswith(("其余", "（")), [int(number) for number in digits[:3]], name


def _star_note(least: int) -> str:
    if least <= 1:
        return "没有隐去小的数字，请不要公开张贴。"
    return f"* 是 1 到 {least - 1} 户，或者说出来就能算出这样的数，为了不认出是谁而不列。"


# --- pieces -------------------------------------------------------------------------------------------


def _section(title: str, cards: Iterable[str]) -> str:
    inside = "".join(cards)
    return f'<section><h2>{title}</h2><div class="cards">{inside}</div></section>' if inside else ""


def _card(title: str, inside: str, note: str = "", kind: str = "") -> str:
    told = f'<p class="note">{escape(note)}</p>' if note else ""
    return f'<div class="card{kind}"><h3>{escape(title)}</h3>{inside}{told}</div>'


def _count_bars(counts: Mapping[str, int], title: str, whole: int) -> str:
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    most, rest = ordered[:_MOST_BARS], sum(count for _, count in ordered[_MOST_BARS:])
    rows = [Bar(name, count, "plain", f"{count / whole:.0%}") for name, count in most]
    return bars([*rows, Bar("其他", rest, "grey", f"{rest / whole:.0%}")] if rest else rows, title)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    inside = "".join(f"<tr>{_row(row)}</tr>" for row in rows)
    head = f"<thead><tr>{_row(headings, 'th')}</tr></thead>"
    return f'<div class="wide"><table>{head}<tbody>{inside}</tbody></table></div>'


def _row(cells: Sequence[str], tag: str = "td") -> str:
    return "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells)


def _percent(share: float | None) -> str:
    return "*" if share is None else f"{share:.1%}"


def _foot(figures: Figures, plan: ReportPlan) -> str:
    kept = "居民资料已按期清除，这里是清除时留下的合计。" if figures.is_kept else ""
    return (
        f"<footer>{kept}本页只有合计数，没有姓名和号码。{_star_note(plan.least)}"
        f"　生成时间 {plan.written_at:%Y-%m-%d %H:%M}　问候</footer>"
    )
