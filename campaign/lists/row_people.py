"""Whose the columns of a table are: one person's, or several people's beside each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaign.lists.columns import COLUMNS, Column, Meaning, is_relatives_name
from campaign.lists.sheet import Row, Sheet

_RANK_HOUSEHOLDER = COLUMNS[Column.NAME].index("户主")
_RANK_CONTACT = COLUMNS[Column.NAME].index("联系人")
_OWNER = re.compile("业主|房主|产权人")
_TENANT = re.compile("租户|租客|承租|租住|实际居住|现住")


@dataclass(frozen=True)
class Person:
    """The columns of one of the people that a row holds; mostly there is one."""

    names: tuple[int, ...]
    """The first that names somebody counts."""
    phones: tuple[int, ...]
    places: dict[Column, int]
    """Column of each other meaning: building, unit, room, address, identity number, remark."""
    is_owner: bool = False
    """An owner, who is asked only where no tenant is named."""
    is_tenant: bool = False

    def cell(self, row: Row, column: Column) -> str:
        """The cell of a meaning, or nothing."""
        index = self.places.get(column)
        return row[index] if index is not None else ""


def people_of(
    headings: Sequence[str], meanings: Sequence[Meaning], rows: Sequence[Row], sheet: Sheet, first_row: int
) -> tuple[Person, ...]:
    """The people of a row. Names each followed by telephones are several people; else there is one."""
    names = [i for i, m in enumerate(meanings) if m.used is Column.NAME]
    phones = [i for i, m in enumerate(meanings) if m.used is Column.PHONE]
    groups = _groups(names, phones)
    main = _main_group(groups, meanings)
    others = [g for g in groups if g is not main and not _goes_with(g, main, headings, meanings)]
    if len(groups) < 2 or main is None:
        return (_one_person(names, phones, headings, meanings, rows, sheet, first_row),)
    spare = [
        p for g in groups if g is not main and g not in others for p in g[1] if not _is_contact(g, meanings)
    ]
    count = 1 + len(others)
    people = [_person((main[0],), [*main[1], *spare], meanings, 0, count, headings)]
    for number, (name, own) in enumerate(others, 1):
        people.append(_person((name,), own, meanings, number, count, headings))
    return tuple(people)


_Group = tuple[int, list[int]]
"""A column of names and the columns of telephones that follow it."""


def _groups(names: Sequence[int], phones: Sequence[int]) -> list[_Group]:
    """Each column of names with the telephones up to the next; those before the first go with it. Empty where
    some names have none."""
    ends = [*names[1:], 1 << 20] if names else []
    groups = [(name, [p for p in phones if name < p < end]) for name, end in zip(names, ends, strict=True)]
    if len(groups) < 2 or not all(own for _, own in groups):
        return []
    return [(groups[0][0], [p for p in phones if p < names[0]] + groups[0][1]), *groups[1:]]


def _main_group(groups: Sequence[_Group], meanings: Sequence[Meaning]) -> _Group | None:
    def order(group: _Group) -> tuple[bool, bool, int]:
        rank = meanings[group[0]].rank
        return rank >= _RANK_CONTACT, rank >= _RANK_HOUSEHOLDER, group[0]

    return min(groups, key=order, default=None)


def _goes_with(
    group: _Group, main: _Group | None, headings: Sequence[str], meanings: Sequence[Meaning]
) -> bool:
    """Whether a group is about the same household's head, a contact, or a relative who lives elsewhere."""
    if main is None:
        return False
    heading, rank = headings[group[0]], meanings[group[0]].rank
    if is_relatives_name(heading):
        return re.search("配偶|妻子|丈夫|爱人|老伴", heading) is None
    is_head = _RANK_HOUSEHOLDER <= rank < _RANK_CONTACT and not _OWNER.search(heading)
    main_is_member = meanings[main[0]].rank < _RANK_HOUSEHOLDER and not _TENANT.search(headings[main[0]])
    return (is_head and main_is_member) or _is_contact(group, meanings)


def _is_contact(group: _Group, meanings: Sequence[Meaning]) -> bool:
    return _RANK_CONTACT <= meanings[group[0]].rank < 1000


def _one_person(
    names: Sequence[int],
    phones: Sequence[int],
    headings: Sequence[str],
    meanings: Sequence[Meaning],
    rows: Sequence[Row],
    sheet: Sheet,
    first_row: int,
) -> Person:
    ranked = sorted(names, key=lambda i: (is_relatives_name(headings[i]), meanings[i].rank, i))
    heads = [i for i in ranked if _RANK_HOUSEHOLDER <= meanings[i].rank < _RANK_CONTACT]
    members = [i for i in ranked if headings[i].startswith("家庭成员")]
    if heads and members and ranked[0] in members and not _is_written_once(heads[0], rows, sheet, first_row):
        ranked = [*heads, *(i for i in ranked if i not in heads)]
    return _person(tuple(ranked), list(phones), meanings, 0, 1, headings)


def _is_written_once(column: int, rows: Sequence[Row], sheet: Sheet, first_row: int) -> bool:
    """Whether a column of householders is merged or blank beside the other members."""
    return any(
        not row[column] or (first_row + index, column) in sheet.merged
        for index, row in enumerate(rows)
        if any(row)
    )


def _person(
    names: tuple[int, ...],
    phones: Sequence[int],
    meanings: Sequence[Meaning],
    number: int,
    count: int,
    headings: Sequence[str],
) -> Person:
    places: dict[Column, int] = {}
    for column in Column:
        if column in (Column.NAME, Column.PHONE):
            continue
        found = sorted((m.rank, i) for i, m in enumerate(meanings) if m.used is column)
        if found:
            in_order = sorted(index for _, index in found)
            places[column] = in_order[number] if len(in_order) == count > 1 else found[0][1]
    heading = headings[names[0]] if names else ""
    return Person(
        names, tuple(phones), places,
        is_owner=bool(_OWNER.search(heading)), is_tenant=bool(_TENANT.search(heading)),
    )  # fmt: skip
