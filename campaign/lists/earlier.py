"""A list held against the lists that were imported before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from campaign.lists.reading import ResidentList
from campaign.records import ListProblem, Resident


@dataclass(frozen=True)
class KnownResident:
    """Somebody of an earlier list."""

    campaign: int
    name: str


Earlier = Mapping[str, Sequence[KnownResident]]
"""Those of earlier lists by number, the oldest first."""


@dataclass(frozen=True)
class Comparison:
    """What a list has in common with earlier ones."""

    known: tuple[int, ...] = ()
    """Positions of residents who were in an earlier list, with the same name and a number in common."""
    campaigns: tuple[int, ...] = ()
    """The campaigns that have them, the newest first."""
    changed: tuple[tuple[int, KnownResident], ...] = ()
    """Positions of residents with a number that an earlier list gives to somebody with another name."""


def compare(residents: Sequence[Resident], earlier: Earlier) -> Comparison:
    """Hold residents against earlier ones."""
    known: list[int] = []
    changed: list[tuple[int, KnownResident]] = []
    campaigns: set[int] = set()
    for position, resident in enumerate(residents):
        found = [one for number in resident.phones for one in earlier.get(number, ())]
        same = [one for one in found if one.name == resident.name or not one.name or not resident.name]
        if same:
            known.append(position)
            campaigns |= {one.campaign for one in same}
        elif found:
            changed.append((position, found[-1]))
    return Comparison(tuple(known), tuple(sorted(campaigns, reverse=True)), tuple(changed))


def told_of_changes(listing: ResidentList, comparison: Comparison) -> ResidentList:
    """The list with a warning at every number that used to be somebody else's."""
    warnings = (
        _problem(
            listing, position, "changed_hands",
            f"号码在任务 {one.campaign} 的名单里是{one.name}的，照样导入", is_imported=True,
        )
        for position, one in comparison.changed
    )  # fmt: skip
    return replace(listing, problems=(*listing.problems, *warnings))


def without(listing: ResidentList, positions: Collection[int], kind: str, reason: str) -> ResidentList:
    """The list without some of its residents, each of whom becomes a problem."""
    left = set(positions)
    problems = (_problem(listing, position, kind, reason) for position in positions)
    kept = [position for position in range(len(listing.residents)) if position not in left]
    return replace(
        listing,
        residents=tuple(listing.residents[position] for position in kept),
        sheets=tuple(listing.sheets[position] for position in kept),
        problems=(*listing.problems, *problems),
    )


def _problem(
    listing: ResidentList, position: int, kind: str, reason: str, *, is_imported: bool = False
) -> ListProblem:
    resident = listing.residents[position]
    return ListProblem(
        listing.sheets[position], resident.row, kind, "、".join(resident.phones), reason, resident.name,
        is_imported,
    )  # fmt: skip
