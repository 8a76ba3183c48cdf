"""Which figures may be shown: small cells are held back, so that nobody is recognised by one. Pure.

Statistical disclosure control for frequency tables, by cell suppression: groups of fewer than ``least``
residents are put together, a count from 1 to ``least - 1`` is not shown (primary suppression), and where it
could be reckoned from the others of its row or column, one more is not shown either (complementary
suppression). Hundepool et al., Handbook on Statistical Disclosure Control, chapter 5. Zero is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exports.report_figures import Group

LEAST = 5
"""Residents that a shown group or count has at least, where nobody says otherwise."""


@dataclass(frozen=True)
class Protected:
    """A table of counts, None where one is held back."""

    rows: tuple[tuple[str, int, tuple[int | None, ...]], ...]
    """Name, residents, counts."""
    totals: tuple[int | None, ...]


def merged_groups(groups: Mapping[str, Group], least: int, unnamed: str) -> dict[str, Group]:
    """Groups by name, those with fewer residents than ``least`` as one; if that is too small still, together
    with the smallest of the others."""
    named = {name or unnamed: group for name, group in groups.items()}
    small = {name: group for name, group in named.items() if group.total < least}
    if not small:
        return named
    large = {name: group for name, group in named.items() if name not in small}
    rest = sum(small.values(), Group())
    count = len(small)
    if rest.total < least and large:
        name = min(large, key=lambda one: large[one].total)
        rest, count = rest + large.pop(name), count + 1
    if count == 1:
        return large
    return {**large, f"其余 {count} 处合计": rest} if rest.total >= least else large


def protected(rows: Sequence[tuple[str, int, Sequence[int]]], least: int) -> Protected:
    """Hold back what would single people out. A reader may add up the columns of a row, whose residents are
    told, and the rows of a column, whose total is told.

    Args:
        rows: Name, residents, and counts that are parts of them.
        least: 1 shows everything.
    """
    grid = [list(counts) for _, _, counts in rows]
    width = len(grid[0]) if grid else 0
    grid.append([sum(row[column] for row in grid) for column in range(width)])
    hidden = {(r, c) for r, row in enumerate(grid) for c, count in enumerate(row) if 0 < count < least}
    lines = [[(r, c) for c in range(width)] for r in range(len(grid))]
    lines += [[(r, c) for r in range(len(grid))] for c in range(width)]
    while single := next((line for line in lines if _gives_away(line, hidden, grid)), None):
        shown = [cell for cell in single if cell not in hidden]
        hidden.add(min(shown, key=lambda cell: (grid[cell[0]][cell[1]] == 0, grid[cell[0]][cell[1]])))
    cells = [
        tuple(None if (r, c) in hidden else count for c, count in enumerate(row))
        for r, row in enumerate(grid)
    ]
    return Protected(tuple((name, total, cells[r]) for r, (name, total, _) in enumerate(rows)), cells[-1])


def _gives_away(
    line: Sequence[tuple[int, int]], hidden: set[tuple[int, int]], grid: Sequence[Sequence[int]]
) -> bool:
    """Whether exactly one cell of a line is held back, which the others then tell."""
    inside = [cell for cell in line if cell in hidden]
    return len(inside) == 1 and any(cell not in hidden for cell in line)


def small_counts(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """Answers of a whole campaign by name; small ones are held back, with a single one the next as well."""
    held = {name for name, n in counts.items() if 0 < n < least}
    if len(held) == 1 and len(counts) > 1:
        held.add(min((name for name in counts if name not in held), key=lambda name: counts[name]))
    return {name: None if name in held else n for name, n in counts.items()}
