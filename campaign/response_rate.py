"""How many of the people on a list answered, as AAPOR counts. Pure.

The American Association for Public Opinion Research (Standard Definitions, 10th edition, 2023) has every case
of the sample in the denominator, whether it was dialled or not. A list of named residents is a sample of
known persons: all are eligible, so that nothing has to be estimated (e = 1).

* RR1 (minimum response rate) = I / (I + P + R + NC + O + U): complete interviews.
* RR2 = (I + P) / the same: partial ones count as well.
* COOP1 = I / (I + P + R + O): complete interviews among the people who were reached.
* REF1 = R / all, CON1 = (I + P + R + O) / all: refusals, contacts.

I complete, P partial, R refused, O reached but not asked (somebody else, no time), NC not reached, U the
number itself is wrong: nobody knows whether the resident would have answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from campaign.records import Disposition


class Case(Enum):
    """What a resident of the list is counted as; the value is what people read."""

    COMPLETE = "已完成"
    PARTIAL = "部分完成"
    REFUSED = "拒访"
    OTHER = "接通未答"
    NOT_REACHED = "未联系上"
    INVALID = "号码无效"


_WRONG_NUMBERS = frozenset({Disposition.INVALID_NUMBER, Disposition.OUT_OF_SERVICE, Disposition.WRONG_NUMBER})


def case_of(dispositions: Sequence[Disposition | None], has_answers: bool) -> Case:
    """What one resident is counted as, from all attempts: the best that was reached counts, not the last.

    Args:
        dispositions: Of every attempt of robot and staff, and of the resident.
        has_answers: Whether any answer is known; a call that broke off before the first one is no interview.
    """
    known = {disposition for disposition in dispositions if disposition is not None}
    if Disposition.COMPLETED in known:
        return Case.COMPLETE
    if known & {Disposition.PARTIAL, Disposition.TRANSFERRED} and has_answers:
        return Case.PARTIAL
    if Disposition.OPTED_OUT in known:
        return Case.REFUSED
    if known & {Disposition.PARTIAL, Disposition.TRANSFERRED}:
        return Case.OTHER
    return Case.INVALID if known and known <= _WRONG_NUMBERS else Case.NOT_REACHED


@dataclass(frozen=True)
class ResponseRate:
    """The residents of a list by case."""

    counts: Counter[Case]

    @classmethod
    def of(cls, cases: Iterable[Case]) -> ResponseRate:
        return cls(Counter(cases))

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def reached(self) -> int:
        """Residents, or somebody at their telephone, who were spoken with."""
        return sum(self.counts[case] for case in (Case.COMPLETE, Case.PARTIAL, Case.REFUSED, Case.OTHER))

    @property
    def rr1(self) -> float:
        return self._share(self.counts[Case.COMPLETE], self.total)

    @property
    def rr2(self) -> float:
        return self._share(self.counts[Case.COMPLETE] + self.counts[Case.PARTIAL], self.total)

    @property
    def coop1(self) -> float:
        return self._share(self.counts[Case.COMPLETE], self.reached)

    @property
    def con1(self) -> float:
        return self._share(self.reached, self.total)

    @property
    def ref1(self) -> float:
        return self._share(self.counts[Case.REFUSED], self.total)

    def _share(self, part: int, whole: int) -> float:
        return part / whole if whole else 0.0
