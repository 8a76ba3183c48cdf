"""What a script makes depend on answers: where the call goes on, and how a household is graded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from campaign.records import Grade, SlotValue


@dataclass(frozen=True)
class Condition:
    """One test over the slots; every part that is given must hold."""

    slot: str = ""
    equals: str | bool | int | float | None = None
    at_least: float | None = None
    at_most: float | None = None
    includes: str | None = None
    is_empty: bool | None = None
    missing: tuple[str, ...] = ()
    """Holds when one of these slots has no certain value."""

    def holds(self, slots: Mapping[str, SlotValue]) -> bool:
        if self.missing:
            return any(not _is_known(slots.get(name)) for name in self.missing)
        answer = slots.get(self.slot)
        if answer is None or answer.value is None:
            return False
        return self._suits(answer.value)

    def _suits(self, value: object) -> bool:
        tests = (
            self.equals is None or value == self.equals,
            self.at_least is None or (isinstance(value, int | float) and value >= self.at_least),
            self.at_most is None or (isinstance(value, int | float) and value <= self.at_most),
            self.includes is None or (isinstance(value, list) and self.includes in value),
            self.is_empty is None or self.is_empty == (value in ("", [])),
        )
        return all(tests)

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots that the condition looks at."""
        return self.missing or (self.slot,)


def _is_known(answer: SlotValue | None) -> bool:
    return answer is not None and answer.value is not None and answer.is_certain


@dataclass(frozen=True)
class Transition:
    go: str
    """State or closing."""
    when: Condition | None = None


@dataclass(frozen=True)
class GradeRule:
    grade: Grade
    any: tuple[Condition, ...] = ()
    """One of them must hold; none given: always holds."""

    def holds(self, slots: Mapping[str, SlotValue]) -> bool:
        return not self.any or any(condition.holds(slots) for condition in self.any)
