"""Who lives together, and how densely buildings are lived in, by what residents said themselves. Pure.

A household is one door of the list, or else one telephone. Its size is what its members told for 同住人数; an
answer that is unsure does not count. Buildings are ranked by the mean of the households that answered, only
where enough of them did, and beside it stands how many those are.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from campaign.households import household_of
from campaign.store import ResidentStanding

UNNAMED = "（未填楼号）"


@dataclass(frozen=True)
class Household:
    """Residents of one door."""

    members: tuple[ResidentStanding, ...]
    sizes: tuple[int, ...]
    """What each of them told who told anything sure."""

    @property
    def size(self) -> int | None:
        """Persons who live there, the largest that was told; None where nobody told."""
        return max(self.sizes, default=None)

    @property
    def is_contradicted(self) -> bool:
        return len(set(self.sizes)) > 1

    @property
    def building(self) -> str:
        return self.members[0].resident.building or UNNAMED

    @property
    def place(self) -> str:
        return self.members[0].resident.place

    @property
    def is_short(self) -> bool:
        """Whether the list has more of them than live there as they say: the list or the answer is wrong."""
        return self.size is not None and self.size < len(self.members)


@dataclass(frozen=True)
class Density:
    """One building."""

    building: str
    households: int
    answered: int
    """Households whose size is known."""
    mean: float | None
    """Persons a household; None where fewer answered than must."""
    largest: int | None

    @property
    def coverage(self) -> float:
        return self.answered / self.households

    @property
    def estimate(self) -> int | None:
        """Persons in the building, if those who did not answer live as those who did."""
        return None if self.mean is None else round(self.mean * self.households)


def households_of(standings: Iterable[ResidentStanding], slot_name: str) -> list[Household]:
    """The households of a list, in its order.

    Args:
        standings: The residents.
        slot_name: Of the answer that tells how many live together.
    """
    doors: dict[str, list[ResidentStanding]] = {}
    for standing in standings:
        doors.setdefault(_door(standing), []).append(standing)
    return [
        Household(tuple(members), tuple(size for one in members if (size := _size(one, slot_name))))
        for members in doors.values()
    ]


def _door(standing: ResidentStanding) -> str:
    resident = standing.resident
    if door := household_of(resident):
        return door
    return f"电话 {resident.phones[0]}" if resident.phones else f"居民 {resident.id}"


def _size(standing: ResidentStanding, slot_name: str) -> int:
    slot = standing.slots.get(slot_name)
    is_known = slot is not None and slot.is_certain and isinstance(slot.value, int | float)
    return int(slot.value) if slot is not None and is_known else 0


def densities(households: Iterable[Household], least: int) -> list[Density]:
    """Buildings, the most densely lived in first; those of whom too few answered behind the others.

    Args:
        households: Of the campaign.
        least: Households that must have answered in a building for its mean to be told.
    """
    groups: dict[str, list[Household]] = {}
    for household in households:
        groups.setdefault(household.building, []).append(household)
    found = [_density(building, group, least) for building, group in groups.items()]
    return sorted(found, key=lambda d: (d.mean is None, -(d.mean or 0.0), -d.answered, d.building))


def _density(building: str, households: Sequence[Household], least: int) -> Density:
    sizes = [household.size for household in households if household.size]
    is_enough = bool(sizes) and len(sizes) >= least
    return Density(
        building,
        len(households),
        len(sizes),
        statistics.fmean(sizes) if is_enough else None,
        max(sizes) if is_enough else None,
    )


def size_slot(types: Mapping[str, tuple[str, str]]) -> str:
    """The slot that tells how many live together, of slots by name with type and label; empty for none."""
    counts = {name: label for name, (kind, label) in types.items() if kind == "count"}
    if "household_size" in counts:
        return "household_size"
    return next((n for n, label in counts.items() if any(w in label for w in ("同住", "几口", "人口"))), "")
