"""Who of the queue comes first, and who of the staff sees to whom. Pure.

The order: residents whose answers grade red; then those whom the list marks (独居, 高龄, ...); then the rest.
Within a class what is pressing comes first, then whoever has waited longest.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from campaign.records import FollowUp, Grade, Resident

_AGES = ("年龄", "岁数", "周岁", "年纪")
_OLD = "高龄"
_OLD_YEARS = 80
"""From this age on a resident is of high age (老年人权益保障法 leaves it to the provinces; most say 80)."""
_NO = frozenset({"", "否", "无", "不是", "没有", "n", "no", "0", "×", "x", "✗", "/", "-", "—"})
_DENIED = re.compile(r"[不非无没未][是有]?$")


class Urgency(IntEnum):
    """Class of an entry; the lower comes first."""

    RED = 0
    MARKED = 1
    OTHER = 2

    @property
    def label(self) -> str:
        return ("红", "重点", "")[self]


def marks_of(resident: Resident, words: Sequence[str]) -> tuple[str, ...]:
    """Which of the words the list says of a resident, in the order of ``words``.

    A word counts in the remark and in the cells of columns that travel along, unless it is denied (非独居);
    as the heading of such a column it counts where the cell says anything but no. An age of 80 is 高龄.
    """
    said = [resident.remark, *resident.extra.values()]
    headed = {heading for heading, cell in resident.extra.items() if cell.strip().lower() not in _NO}
    return tuple(
        word
        for word in words
        if any(_says(text, word) for text in said)
        or any(_says(heading, word) and not _is_about_age(heading) for heading in headed)
        or (word == _OLD and _is_old(resident.extra))
    )


def _says(text: str, word: str) -> bool:
    at = text.find(word)
    return at >= 0 and not _DENIED.search(text[:at])


def _is_about_age(heading: str) -> bool:
    return any(age in heading for age in _AGES)


def _is_old(extra: Mapping[str, str]) -> bool:
    ages = (cell for heading, cell in extra.items() if _is_about_age(heading))
    return any((found := re.match(r"\s*(\d{1,3})", age)) and int(found[1]) >= _OLD_YEARS for age in ages)


def urgency_of(grade: Grade | None, marks: Sequence[str]) -> Urgency:
    if grade is Grade.RED:
        return Urgency.RED
    return Urgency.MARKED if marks else Urgency.OTHER


@dataclass(frozen=True)
class QueueEntry:
    """An entry of the queue with what its place in it depends on."""

    follow_up: FollowUp
    resident: Resident
    urgency: Urgency
    marks: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[Urgency, bool, dt.datetime, int]:
        return self.urgency, not self.follow_up.is_pressing, self.follow_up.created_at, self.follow_up.id


def in_order(entries: Iterable[QueueEntry]) -> list[QueueEntry]:
    """The first to be seen to first."""
    return sorted(entries, key=lambda entry: entry.place)


def for_person(entries: Sequence[QueueEntry], person: str) -> list[QueueEntry]:
    """What a person works through: their own entries and those that are nobody's, class by class, within a
    class their own first."""
    theirs = [entry for entry in entries if entry.follow_up.assigned_to in (person, "")]
    return sorted(theirs, key=lambda e: (e.urgency, e.follow_up.assigned_to != person, e.place))


# --- sharing out --------------------------------------------------------------------------------------


def assign_evenly(
    entries: Sequence[QueueEntry], staff: Sequence[str], load: Mapping[str, int]
) -> dict[int, str]:
    """Entry to person, so that everybody has as many as the others, and as many of each class.

    Args:
        entries: To be shared out.
        staff: Names; at least one.
        load: Open entries that each has already.
    """
    counts, by_class = Counter(load), Counter[tuple[str, Urgency]]()
    whom: dict[int, str] = {}
    for entry in in_order(entries):
        person = min(staff, key=lambda name: (counts[name], by_class[name, entry.urgency], staff.index(name)))
        whom[entry.follow_up.id] = person
        counts[person] += 1
        by_class[person, entry.urgency] += 1
    return whom


def assign_by_building(
    entries: Sequence[QueueEntry],
    staff: Sequence[str],
    load: Mapping[str, int],
    known: Mapping[str, str] | None = None,
) -> dict[int, str]:
    """Like ``assign_evenly``, but a building stays with one person: the one who has it already (``known``,
    building to person), else the one with the least to do. The largest building is given away first."""
    counts, owners = Counter(load), dict(known or {})
    groups: dict[str, list[QueueEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.resident.building, []).append(entry)
    whom: dict[int, str] = {}
    for building, group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        if not building:  # not known where they live
            continue
        owner = owners.get(building)
        person = owner if owner in staff else min(staff, key=lambda name: (counts[name], staff.index(name)))
        assert person is not None
        whom |= {entry.follow_up.id: person for entry in group}
        counts[person] += len(group)
    return whom | assign_evenly(groups.get("", []), staff, counts)
