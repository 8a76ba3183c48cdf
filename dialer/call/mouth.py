"""The robot's mouth on a line: says a prompt, falls silent within it, goes on where a listener can follow.

Counts what has been said by the clock, so it knows without asking the line how far it is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dialer.line import SAMPLE_RATE, Line, Pcm

_FRAME = SAMPLE_RATE // 100
_FARTHEST_BACK_SECONDS = 2.0
"""A phrase that began earlier is not begun anew."""
_LEAST_PAUSE_FRAMES = 6
_PAUSE_DB = 30.0
"""So far below the voice is a pause."""
_STALE_SECONDS = 0.1


class Mouth:
    """Speaks one prompt at a time. All times are of the worker's clock, in seconds."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._sound: Pcm = np.zeros(0, np.int16)
        self._began_at = 0.0
        """When the first sample was sent, moved on by the time that the mouth was hushed."""
        self._hushed_at: float | None = None
        """Position in the sound, seconds."""

    def say(self, sound: Pcm, now: float) -> None:
        """Begin a prompt."""
        self._sound = sound
        self._began_at = now
        self._hushed_at = None
        self._line.play(sound)

    @property
    def is_hushed(self) -> bool:
        return self._hushed_at is not None

    def is_prompting(self, now: float) -> bool:
        """A prompt is being said, or is hushed and may go on."""
        return self.is_hushed or self.remaining_seconds(now) > 0.0

    def position(self, now: float) -> float:
        """Seconds of the prompt that have been sent."""
        return self._hushed_at if self._hushed_at is not None else now - self._began_at

    def remaining_seconds(self, now: float) -> float:
        return max(0.0, len(self._sound) / SAMPLE_RATE - self.position(now))

    def hush(self, now: float) -> None:
        """Fall silent, ready to go on."""
        if not self.is_hushed:
            self._hushed_at = min(self.position(now), len(self._sound) / SAMPLE_RATE)
            self._line.stop_playing()

    def go_on(self, now: float) -> None:
        """Take the prompt up again, from the beginning of the phrase that was broken off."""
        if self._hushed_at is not None:
            position = resume_position(self._sound, self._hushed_at)
            self._hushed_at = None
            self._began_at = now - position
            self._line.play(self._sound[round(position * SAMPLE_RATE) :])

    def stop(self, now: float) -> None:
        """Fall silent for good."""
        if self.is_prompting(now):
            self._line.stop_playing()
        self._hushed_at = None
        self._sound = self._sound[:0]
        self._began_at = now

    def has_finished(self, at: float) -> bool:
        """Whether the line's report that everything was sent at ``at`` means this prompt."""
        return not self.is_hushed and self.remaining_seconds(at) <= _STALE_SECONDS

    def finish(self, at: float) -> None:
        """The prompt was sent to its end."""
        self._began_at = min(self._began_at, at - len(self._sound) / SAMPLE_RATE)


def resume_position(sound: Pcm, position: float) -> float:
    """Where to take up a prompt that fell silent at ``position``; both in seconds.

    The beginning of the phrase; where that is too far back, the quietest place of the last half second.
    """
    levels = _levels(sound)
    end = min(len(levels), round(position * SAMPLE_RATE) // _FRAME)
    first = max(0, end - round(_FARTHEST_BACK_SECONDS * SAMPLE_RATE) // _FRAME)
    if first == 0 and not _pauses(levels, 0, end):
        return 0.0
    pauses = _pauses(levels, first, end)
    if pauses:
        return pauses[-1] * _FRAME / SAMPLE_RATE
    near = max(0, end - 50)
    return (near + int(np.argmin(levels[near:end]))) * _FRAME / SAMPLE_RATE if end > near else 0.0


def _levels(sound: Pcm) -> NDArray[np.float64]:
    """Level of each 10 ms, dB."""
    frames = sound[: len(sound) // _FRAME * _FRAME].astype(np.float64).reshape(-1, _FRAME)
    levels: NDArray[np.float64] = 10.0 * np.log10(np.mean(frames * frames, axis=1) + 1.0)
    return levels


def _pauses(levels: NDArray[np.float64], first: int, end: int) -> list[int]:
    """Frames in ``first..end`` with which speech begins anew after a pause."""
    if end <= first:
        return []
    is_quiet = levels < levels.max() - _PAUSE_DB
    found = []
    for frame in range(first + _LEAST_PAUSE_FRAMES, end):
        if not is_quiet[frame] and is_quiet[frame - _LEAST_PAUSE_FRAMES : frame].all():
            found.append(frame - 1)
    return found
