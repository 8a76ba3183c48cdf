"""What is shown of a list: how its columns were understood, who would be called, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from campaign.errors import ListError
from campaign.lists.choice import column_letters
from campaign.lists.columns import OWN_COLUMNS
from campaign.lists.earlier import Comparison
from campaign.lists.households import MERGE_RULES
from campaign.lists.problems import LABELS
from campaign.lists.reading import ResidentList, told_of
from campaign.lists.tables import Table
from campaign.records import Campaign, ListProblem, Resident
from exports.workbook.workbook import display_width

_MOST_PROBLEMS = 20
_EXAMPLES_OF_A_KIND = 3
_SAMPLE_RESIDENTS = 3
_SAMPLE_CELLS = 2
_MOST_TABLES = 12
_WIDEST_SAMPLE = 26
_RULED = frozenset({"duplicate", "shared_number"})


def print_understanding(console: Console, file: str, listing: ResidentList, comparison: Comparison) -> None:
    """What is about to be imported."""
    _print_columns(console, file, listing.tables)
    left_out = len({(problem.sheet, problem.row) for problem in listing.left_out})
    others = f"，{left_out} 行不导入" if left_out else ""
    console.print(f"可以拨打 {len(listing.residents)} 户{others}。", style="bold")
    print_residents(console, listing.residents)
    print_problems(console, listing.problems)
    if any(problem.kind in _RULED for problem in listing.problems):
        console.print("合并的规则：", style="dim")
        for rule in MERGE_RULES:
            console.print(f"  {rule}", style="dim", markup=False)
    _print_comparison(console, comparison, len(listing.residents))


def _print_columns(console: Console, file: str, tables: Sequence[Table]) -> None:
    alike: dict[tuple[str, ...], list[Table]] = {}
    for table in tables:
        alike.setdefault(_columns_key(table), []).append(table)
    for same in list(alike.values())[:_MOST_TABLES]:
        names = "、".join(dict.fromkeys(f"“{table.sheet.name}”" for table in same[:_MOST_TABLES]))
        more = f" 等 {len(same)} 张" if len(same) > _MOST_TABLES else ""
        header = same[0].header
        where = f"表头在第 {header.last_row + 1} 行" if header else "没有表头，按内容认列"
        console.print(f"{file} 工作表{names}{more}：{where}", markup=False)
        console.print(_column_grid(same[0]))


def _columns_key(table: Table) -> tuple[str, ...]:
    return tuple(f"{heading}\n{told_of(table, index)}" for index, heading in enumerate(table.headings))


def _column_grid(table: Table) -> Grid:
    grid = Grid("列", "名单里叫", "当作", "例子")
    for index, heading in enumerate(table.headings):
        if not heading or heading in OWN_COLUMNS:
            continue
        told = told_of(table, index)
        style = "yellow" if "不拨打" in told or "看内容" in told else "" if index in table.used else "dim"
        cells = (column_letters(index), " ".join(heading.split()), told, _samples(table, index))
        grid.add_row(*map(Text, cells), style=style)
    return grid


def _samples(table: Table, index: int) -> str:
    if "身份证" in told_of(table, index):
        return ""
    cells = dict.fromkeys(" ".join(row[index].split()) for row in table.rows[:50] if row[index])
    return "、".join(_cut(cell) for cell in list(cells)[:_SAMPLE_CELLS])


def _cut(text: str) -> str:
    while display_width(text) > _WIDEST_SAMPLE:
        text = text[:-2] + "…"
    return text


def print_residents(console: Console, residents: Sequence[Resident]) -> None:
    """The first of them."""
    for resident in residents[:_SAMPLE_RESIDENTS]:
        place = f"  {resident.place}" if resident.place else ""
        console.print(f"  {resident.name}  {'、'.join(resident.phones)}{place}", markup=False)
    if len(residents) > _SAMPLE_RESIDENTS:
        console.print("  …")


def print_problems(console: Console, problems: Sequence[ListProblem]) -> None:
    """All problems where they are few; else a few of every kind."""
    if not problems:
        return
    has_sheets = len({problem.sheet for problem in problems}) > 1
    console.print(f"{len(problems)} 处要留意：", style="yellow")
    if len(problems) <= _MOST_PROBLEMS:
        _print_sentences(console, problems, "  ", has_sheets=has_sheets)
        return
    counts = Counter(problem.kind for problem in problems)
    for kind, count in counts.most_common():
        of_kind = [problem for problem in problems if problem.kind == kind]
        fate = "已导入" if of_kind[0].is_imported else "没有导入"
        console.print(
            f"  {LABELS.get(kind, kind)} {count} 处（{fate}），例如：", style="yellow", markup=False
        )
        _print_sentences(console, of_kind[:_EXAMPLES_OF_A_KIND], "    ", has_sheets=has_sheets)


def _print_sentences(
    console: Console, problems: Iterable[ListProblem], indent: str, *, has_sheets: bool
) -> None:
    for problem in problems:
        sheet = f"工作表“{problem.sheet}”" if has_sheets and problem.row else ""
        console.print(f"{indent}{sheet}{problem.sentence}", markup=False)


def _print_comparison(console: Console, comparison: Comparison, total: int) -> None:
    if comparison.known:
        told = "、".join(map(str, comparison.campaigns[:5]))
        console.print(
            f"其中 {len(comparison.known)} 户以前导入过（任务 {told}），照样再打；"
            f"只打新来的 {total - len(comparison.known)} 户，加 --new-only。",
            style="cyan",
        )


def print_imported(console: Console, campaign: Campaign, count: int, *, is_added: bool) -> None:
    """What an import came to."""
    told = "已补进" if is_added else "已导入"
    console.print(f"{told} {campaign.name}：{count} 户（任务 {campaign.id}）", style="bold", markup=False)


def as_json(file: str, listing: ResidentList | None, error: ListError | None) -> dict[str, Any]:
    """A list as ``--json`` tells it."""
    residents = listing.residents if listing else ()
    problems = listing.problems if listing else ()
    if error is not None:
        message = error.message
    else:
        left = len({(p.sheet, p.row) for p in problems if not p.is_imported and p.row})
        message = f"可以导入 {len(residents)} 户" + (f"，{left} 行没有导入。" if left else "。")
    return {
        "file": file,
        "outcome": "refused" if error is not None else "imported",
        "message": message,
        "residents": [
            {"name": r.name, "phones": list(r.phones), "building": r.building, "unit": r.unit, "room": r.room}
            for r in residents
        ],
        "problems": [
            {"sheet": p.sheet, "row": p.row, "kind": p.kind, "cell": p.cell, "reason": p.reason}
            for p in problems
        ],
    }
