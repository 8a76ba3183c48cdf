"""What a person reads in the terminal: tables of a campaign, from values alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from rich.console import Console

from campaign.records import Campaign, Disposition, Grade, ListProblem, Resident
from campaign.response_rate import Case, ResponseRate
from campaign.store import Progress
from exports.tables import table_of

_MOST_PROBLEMS = 20
_SAMPLE_RESIDENTS = 3


def print_import(
    console: Console, campaign: Campaign, residents: Sequence[Resident], problems: Sequence[ListProblem]
) -> None:
    """What was understood of a list."""
    console.print(f"已导入 {campaign.name}：{len(residents)} 户（任务 {campaign.id}）", style="bold")
    for resident in residents[:_SAMPLE_RESIDENTS]:
        place = f"  {resident.place}" if resident.place else ""
        console.print(f"  {resident.name}  {'、'.join(resident.phones)}{place}", markup=False)
    if len(residents) > _SAMPLE_RESIDENTS:
        console.print("  …")
    if problems:
        console.print(f"{len(problems)} 处要留意：", style="yellow")
        for problem in problems[:_MOST_PROBLEMS]:
            console.print(f"  {problem.sentence}", markup=False)
        if len(problems) > _MOST_PROBLEMS:
            console.print(f"  …另有 {len(problems) - _MOST_PROBLEMS} 处，见结果表的“导入问题”。")


def print_status(console: Console, campaigns: Iterable[tuple[Campaign, Progress]], zone: dt.tzinfo) -> None:
    """How far each campaign has come."""
    table = table_of("任务", "名称", "总户数", "已完成", "未拨打", "待重拨", "待人工", "通话中", "下次拨打")
    for campaign, progress in campaigns:
        due = progress.next_due_at
        table.add_row(
            str(campaign.id), campaign.name, str(progress.total), str(progress.done), str(progress.pending),
            str(progress.waiting), str(progress.follow_up), str(progress.in_call),
            f"{due.astimezone(zone):%m-%d %H:%M}" if due else "",
        )  # fmt: skip
    console.print(table)


def print_response_rates(console: Console, rates: Iterable[tuple[Campaign, ResponseRate]]) -> None:
    """What became of everybody on each list, and how many answered."""
    table = table_of("任务", "名单", *(case.value for case in Case), "联系上", "应答率", "含部分完成")
    for campaign, rate in rates:
        counts = (str(rate.counts[case]) for case in Case)
        shares = (f"{rate.con1:.1%}", f"{rate.rr1:.1%}", f"{rate.rr2:.1%}")
        table.add_row(str(campaign.id), str(rate.total), *counts, *shares)
    console.print(table)
    console.print("应答率按名单上全部住户算（AAPOR RR1），没有拨打的也算；含部分完成的是 RR2。", style="dim")


def print_outcomes(console: Console, outcomes: dict[Disposition, int], grades: dict[Grade, int]) -> None:
    """What the calls of a run came to."""
    told = "、".join(f"{kind.label} {outcomes[kind]}" for kind in Disposition if outcomes.get(kind))
    console.print(f"拨打 {sum(outcomes.values())} 次：{told}" if told else "没有拨打。")
    if grades:
        told = "、".join(f"{grade.label} {grades[grade]}" for grade in Grade if grades.get(grade))
        console.print(f"排查分级：{told}")
