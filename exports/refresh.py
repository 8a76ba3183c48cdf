"""When to write the workbook anew while calls go on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Debounce:
    """Gathers changes: due when it has been quiet for a while, or when the oldest change has waited long.

    Time is an argument, in seconds of any clock that goes forward.
    """

    quiet_seconds: float = 2.0
    longest_seconds: float = 10.0
    _first_change: float | None = None
    _last_change: float = 0.0

    def changed(self, now: float) -> None:
        """Something is new."""
        if self._first_change is None:
            self._first_change = now
        self._last_change = now

    @property
    def due_at(self) -> float | None:
        """When to write; None when nothing is new."""
        if self._first_change is None:
            return None
        return min(self._last_change + self.quiet_seconds, self._first_change + self.longest_seconds)

    def is_due(self, now: float) -> bool:
        """Whether to write now."""
        return self.due_at is not None and now >= self.due_at

    def written(self) -> None:
        """The writing has begun: what changes from now on counts anew."""
        self._first_change = None
