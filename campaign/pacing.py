"""How fast calls go out to the trunk, and when none go because it lets none through. Pure.

The circuit breaker's law: closed, everything is dialled. When, within the window, enough calls have ended and
too large a share of them as ``failed`` or ``network_busy``, it opens: nothing is dialled for the pause. Then
one call goes out as a probe. A probe that reaches anything but that trouble (a busy resident is fine) closes
it; one that does not doubles the pause, up to the longest.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Self

from campaign.records import Disposition

TROUBLE = frozenset({Disposition.FAILED, Disposition.NETWORK_BUSY})
"""Dispositions that speak of the line, not of the resident."""


@dataclass(frozen=True)
class Pacing:
    """At most so many calls a second; the time is any that goes forward, in seconds."""

    calls_per_second: float
    last: float | None = None

    def wait(self, now: float) -> float:
        """Seconds until the next call may go out; 0 when it may now."""
        if self.last is None:
            return 0.0
        return max(0.0, self.last + 1.0 / self.calls_per_second - now)

    def dialled(self, now: float) -> Self:
        return replace(self, last=now)


@dataclass(frozen=True)
class BreakerRules:
    """When dialling pauses; times are seconds."""

    window: float = 120.0
    """Calls that ended longer ago say nothing of the line now."""
    fewest: int = 5
    """With fewer ended calls in the window nothing is concluded."""
    share: float = 0.6
    """Share of them in trouble from which dialling pauses."""
    pause: float = 180.0
    longest_pause: float = 1800.0


_LOOKED_AT = 4
"""At most so many times the fewest calls are looked at: what fails does so within seconds, and the calls that
went well before would hide it too long."""


class BreakerState(Enum):
    """Whether calls go out."""

    CLOSED = auto()  # they do
    OPEN = auto()  # none does
    PROBING = auto()  # one does, or is on its way


@dataclass(frozen=True)
class CircuitBreaker:
    """The state of the breaker; every method gives the next one."""

    rules: BreakerRules = field(default_factory=BreakerRules)
    ended_calls: tuple[tuple[dt.datetime, bool], ...] = ()
    """Within the window: when, and whether in trouble."""
    open_until: dt.datetime | None = None
    """None: closed."""
    trips: int = 0
    """Pauses in a row without a good call."""
    probe: int | None = None
    """The call that is out to see whether the line works again; None: no such call."""

    def state(self, now: dt.datetime) -> BreakerState:
        if self.open_until is None:
            return BreakerState.CLOSED
        # A clock that was set back must not prolong the pause beyond the longest.
        left = (self.open_until - now).total_seconds()
        is_over = left <= 0 or left > self.rules.longest_pause
        return BreakerState.PROBING if is_over else BreakerState.OPEN

    def may_dial(self, now: dt.datetime) -> bool:
        match self.state(now):
            case BreakerState.CLOSED:
                return True
            case BreakerState.PROBING:
                return self.probe is None
        return False

    def dialled(self, call: int, now: dt.datetime) -> Self:
        """A call goes out; ``call`` is any number that no other one has."""
        return replace(self, probe=call) if self.state(now) is BreakerState.PROBING else self

    def ended(self, call: int, disposition: Disposition | None, at: dt.datetime) -> Self:
        """A call came to its end; disposition None: it was given up by us and says nothing."""
        if self.open_until is None:
            return self if disposition is None else self._count(disposition in TROUBLE, at)
        if call != self.probe:
            return self  # placed before the trouble: says nothing of the line now
        if disposition is None:
            return replace(self, probe=None)
        return self._trip(at) if disposition in TROUBLE else type(self)(self.rules)

    def told(self, zone: dt.tzinfo) -> str:
        """Why nothing is dialled and until when, for people; empty when it is."""
        if self.open_until is None:
            return ""
        until = f"{self.open_until.astimezone(zone):%H:%M:%S}"
        if self.trips > 1:
            return f"线路还没有恢复，暂停拨打，{until} 再试拨一个"
        bad = sum(is_trouble for _, is_trouble in self.ended_calls)
        return f"最近 {len(self.ended_calls)} 个电话有 {bad} 个网络忙或线路故障，暂停拨打，{until} 试拨一个"

    def _count(self, is_trouble: bool, at: dt.datetime) -> Self:
        window = dt.timedelta(seconds=self.rules.window)
        kept = [call for call in self.ended_calls if dt.timedelta(0) <= at - call[0] <= window]
        kept = kept[1 - _LOOKED_AT * self.rules.fewest :]
        counted = replace(self, ended_calls=(*kept, (at, is_trouble)))
        bad = sum(bad for _, bad in counted.ended_calls)
        total = len(counted.ended_calls)
        if is_trouble and total >= self.rules.fewest and bad / total >= self.rules.share:
            return counted._trip(at)
        return counted

    def _trip(self, at: dt.datetime) -> Self:
        seconds = min(self.rules.pause * 2**self.trips, self.rules.longest_pause)
        until = at + dt.timedelta(seconds=seconds)
        return replace(self, open_until=until, trips=min(self.trips + 1, 20), probe=None)
