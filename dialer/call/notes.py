"""What happens in a call, written into its journal with the time of day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from campaign.records import SlotValue, Source
from dialer.call.surroundings import Journal


class CallNotes:
    """One call's; times are of the worker's clock, in seconds."""

    def __init__(self, journal: Journal, wall: Callable[[float], datetime]) -> None:
        self._journal = journal
        self._wall = wall
        self._known_slots: dict[str, SlotValue] = {}

    def add(self, at: float, kind: str, **data: Any) -> None:
        self._journal.event(self._wall(at), kind, data)

    def turn(
        self, began_at: float, ended_at: float, *, state: str, heard: str, understood: str, confidence: float,
        source: Source,
    ) -> None:  # fmt: skip
        """The resident has answered the question ``state``."""
        self._journal.turn(
            state=state, heard=heard, understood=understood, confidence=confidence,
            started_at=self._wall(began_at), ended_at=self._wall(ended_at), source=source,
        )  # fmt: skip

    def slots(self, slots: Mapping[str, SlotValue], at: float) -> None:
        """Keep what is new or has changed."""
        for name, slot in slots.items():
            if self._known_slots.get(name) != slot:
                if slot.is_confirmed:
                    self.add(at, "confirmed", name=name, value=slot.value)
                self._known_slots[name] = slot
                self._journal.slot(slot)
