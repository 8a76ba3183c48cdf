"""Did the robot find out what the residents had to tell? Holds a campaign against the residents' file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from campaign.records import SlotValue
from campaign.store import ResidentStanding
from simulator.residents import Neighbourhood

_TOLERANCE = 0.05
"""Degrees are compared with this tolerance."""


@dataclass(frozen=True)
class Difference:
    """One thing that came out otherwise than the resident's part says."""

    number: str
    name: str
    what: str
    """``disposition``, ``grade`` or a slot."""
    expected: Any
    found: Any


def differences(
    neighbourhood: Neighbourhood, standings: Iterable[ResidentStanding], today: dt.date
) -> list[Difference]:
    """Everything that differs, in the order of the list; residents without ``expected`` are left out.

    Args:
        neighbourhood: The residents as they were played.
        standings: What the campaign knows of them.
        today: The day of the calls, for answers such as 前天.
    """
    found = []
    for standing in standings:
        resident = neighbourhood.residents.get(standing.resident.phones[0])
        if resident is not None and resident.expected:
            found += [
                Difference(resident.number, resident.name, what, wanted, got)
                for what, wanted, got in _compare(resident.expected, standing, today)
                if not _agrees(what, wanted, got)
            ]
    return found


def _compare(
    expected: Mapping[str, Any], standing: ResidentStanding, today: dt.date
) -> Iterable[tuple[str, Any, Any]]:
    yield "disposition", expected["disposition"], str(standing.disposition) if standing.disposition else None
    if "grade" in expected:
        yield "grade", expected["grade"], str(standing.grade) if standing.grade else None
    for name, wanted in expected.get("slots", {}).items():
        yield name, _on_day(wanted, today), _value(standing.slots.get(name))


def _value(slot: SlotValue | None) -> Any:
    return None if slot is None else slot.value


def _on_day(wanted: Any, today: dt.date) -> Any:
    if isinstance(wanted, Mapping):
        return (today - dt.timedelta(days=wanted["days_ago"])).isoformat()
    return wanted


def _agrees(what: str, wanted: Any, got: Any) -> bool:
    if what in ("needs", "questions", "household") and wanted:
        return isinstance(got, str) and wanted in got
    if isinstance(wanted, float) and isinstance(got, int | float) and not isinstance(got, bool):
        return abs(wanted - got) < _TOLERANCE
    return bool(wanted == got)
