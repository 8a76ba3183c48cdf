"""What a resident is counted as, and the rates made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.records import Disposition as D
from campaign.response_rate import Case, ResponseRate, case_of


@pytest.mark.parametrize(
    ("dispositions", "has_answers", "case"),
    [
        ([], False, Case.NOT_REACHED),
        ([None], False, Case.NOT_REACHED),
        ([D.BUSY, D.NO_ANSWER, D.COMPLETED], True, Case.COMPLETE),
        ([D.COMPLETED, D.NO_ANSWER], True, Case.COMPLETE),
        ([D.PARTIAL, D.NO_ANSWER], True, Case.PARTIAL),
        ([D.PARTIAL], False, Case.OTHER),
        ([D.TRANSFERRED], False, Case.OTHER),
        ([D.OPTED_OUT], False, Case.REFUSED),
        ([D.PARTIAL, D.OPTED_OUT], True, Case.PARTIAL),
        ([D.INVALID_NUMBER], False, Case.INVALID),
        ([D.OUT_OF_SERVICE, D.WRONG_NUMBER], False, Case.INVALID),
        ([D.INVALID_NUMBER, D.NO_ANSWER], False, Case.NOT_REACHED),
        ([D.DECLINED, D.DECLINED], False, Case.NOT_REACHED),
        ([D.FAILED], False, Case.NOT_REACHED),
    ],
)
def test_the_best_that_was_reached_counts(
    dispositions: list[D | None], has_answers: bool, case: Case
) -> None:
    assert case_of(dispositions, has_answers) is case


def test_everybody_on_the_list_is_in_the_denominator() -> None:
    cases = [Case.COMPLETE] * 5 + [Case.PARTIAL, Case.REFUSED, Case.NOT_REACHED, Case.INVALID, Case.OTHER]
    rate = ResponseRate.of(cases)
    assert (rate.total, rate.reached) == (10, 8)
    assert (rate.rr1, rate.rr2, rate.con1, rate.ref1) == (0.5, 0.6, 0.8, 0.1)
    assert rate.coop1 == 5 / 8


def test_an_empty_list_has_rates_of_nothing() -> None:
    rate = ResponseRate.of([])
    assert (rate.rr1, rate.rr2, rate.coop1, rate.con1) == (0, 0, 0, 0)


@given(st.lists(st.sampled_from(Case)))
def test_rates_lie_between_nothing_and_all_and_in_their_order(cases: list[Case]) -> None:
    rate = ResponseRate.of(cases)
    assert 0 <= rate.rr1 <= rate.rr2 <= rate.con1 <= 1
    assert rate.rr1 <= rate.coop1 <= 1
