"""How long a resident waits for a reply. Pure: the times are arguments, in seconds."""

from __future__ import annotations


class ReplyTiming:
    """From the end of what the resident said to the first sound of the robot, for each answer."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._speech_ended_at: float | None = None

    def speech_ended(self, at: float) -> None:
        self._speech_ended_at = at

    def forget(self) -> None:
        """What was said is not replied to."""
        self._speech_ended_at = None

    def replies(self, now: float, *, has_sound: bool) -> None:
        if self._speech_ended_at is not None and has_sound:
            self.gaps.append(round(now - self._speech_ended_at, 3))
        self._speech_ended_at = None

    def take_back(self, count: int) -> None:
        """The replies after the first ``count`` were none."""
        del self.gaps[count:]
