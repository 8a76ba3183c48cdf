"""A caller hands its call to another number of the exchange (REFER): what is reported of it, and when. Pure.

The number's own plan decides: one that answers takes the call, a busy one refuses at once, one that declines
rings first, one where nobody answers rings until the exchange gives up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.residents import CallPlan, Outcome

LONGEST_RING_SECONDS = 30.0
_RING_AFTER_SECONDS = 0.1
_GIVEN_UP = 480
_RINGS = frozenset({Outcome.NO_ANSWER, Outcome.DECLINED})


@dataclass(frozen=True)
class Report:
    """What the caller is told (a NOTIFY with a sipfrag)."""

    status: int
    is_final: bool = False


@dataclass
class Referral:
    """One call to the other number; times are seconds."""

    number: str
    plan: CallPlan
    began_at: float
    is_over: bool = False
    _due: list[tuple[float, Report]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._due = list(self._course())

    def step(self, now: float) -> Iterator[Report]:
        """The reports that are due."""
        while self._due and now >= self.began_at + self._due[0][0]:
            _, report = self._due.pop(0)
            self.is_over = report.is_final
            yield report

    def _course(self) -> Iterator[tuple[float, Report]]:
        plan = self.plan
        yield 0.0, Report(100)
        if plan.status != 200 and plan.outcome not in _RINGS:
            yield _RING_AFTER_SECONDS, Report(plan.status, is_final=True)
            return
        yield _RING_AFTER_SECONDS, Report(180)
        if plan.outcome is Outcome.NO_ANSWER:
            yield LONGEST_RING_SECONDS, Report(_GIVEN_UP, is_final=True)
        else:
            yield _RING_AFTER_SECONDS + plan.ring_seconds, Report(plan.status, is_final=True)
