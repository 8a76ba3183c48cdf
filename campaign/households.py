"""Which residents live together, as far as a list tells. Pure."""

from __future__ import annotations

import re

from campaign.records import Resident

_ENDS_WITH_ROOM = re.compile(r"(?:\d{3,4}|\d+[室户房]|\d+-\d+-\d+)$")
"""An address that goes no further than a building is shared by many households."""


def household_of(resident: Resident) -> str:
    """A text that is the same for residents of one household; empty where the list does not tell."""
    if resident.building and resident.room:
        return "|".join((resident.building, resident.unit, resident.room))
    address = "".join(resident.address.split())
    return address if _ENDS_WITH_ROOM.search(address) else ""
