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
    pause_factor: float = 24.0
    """A workbook that takes long is written less often: changes wait so many times as long as it took, so
    that keeping it fresh takes no more than a twenty-fifth of one core."""
    _took_seconds: float = 0.0
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
        pause = self._took_seconds * self.pause_factor
        quiet, longest = max(self.quiet_seconds, pause), max(self.longest_seconds, pause)
        return min(self._last_change + quiet, self._first_change + longest)

    def is_due(self, now: float) -> bool:
        """Whether to write now."""
        return self.due_at is not None and now >= self.due_at

    def written(self) -> None:
        """The writing has begun: what changes from now on counts anew."""
        self._first_change = None

    def took(self, seconds: float) -> None:
        """How long the writing took."""
        self._took_seconds = seconds
