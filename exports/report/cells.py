"""Which figures may be shown: small cells are held back, so that nobody is recognised by one. Pure.

Statistical disclosure control for frequency tables, by cell suppression: groups of fewer than ``least``
residents are put together, a count from 1 to ``least - 1`` is not shown (primary suppression), and where it
could be reckoned from the others of its row or column, one more is not shown either (complementary
suppression). Hundepool et al., Handbook on Statistical Disclosure Control, chapter 5. Zero is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exports.report.figures import Group

LEAST = 5
"""Residents that a shown group or count has at least, where nobody says otherwise."""


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


Cell = tuple[str, str]
"""Row and column."""


def held_back(counts: Mapping[Cell, int], sums: Sequence[Sequence[Cell]], least: int) -> set[Cell]:
    """The cells of a table that would single people out.

    Args:
        counts: All cells, sums among them.
        sums: Cells of which each can be reckoned from the others of its line, such as the parts of a column
            and their total.
        least: 1 holds nothing back.
    """
    hidden = {cell for cell, count in counts.items() if 0 < count < least}
    while line := next((one for one in sums if _gives_away(one, hidden)), None):
        shown = [cell for cell in line if cell not in hidden]
        hidden.add(min(shown, key=lambda cell: _loss(cell, counts, sums, hidden)))
    return hidden


def _loss(
    cell: Cell, counts: Mapping[Cell, int], sums: Sequence[Sequence[Cell]], hidden: set[Cell]
) -> tuple[bool, int, int]:
    """What holding a cell back costs: a nought protects little, a line without any other held back would need
    one more, and a large count is missed most."""
    opened = sum(cell in line and not any(one in hidden for one in line) for line in sums)
    return counts[cell] == 0, opened, counts[cell]


def _gives_away(line: Sequence[Cell], hidden: set[Cell]) -> bool:
    """Whether exactly one cell of a line is held back, which the others then tell."""
    return len(line) > 1 and sum(cell in hidden for cell in line) == 1


def small_counts(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """Answers of a whole campaign by name; small ones are held back, with a single one the next as well."""
    held = {name for name, n in counts.items() if 0 < n < least}
    if len(held) == 1 and len(counts) > 1:
        held.add(min((name for name in counts if name not in held), key=lambda name: counts[name]))
    return {name: None if name in held else n for name, n in counts.items()}
