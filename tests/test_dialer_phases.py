"""What time alone asks for in a call."""

from __future__ import annotations

import pytest

from dialer.call.phases import CallState, Due, Phase, due
from dialer.call.surroundings import CallLimits

LIMITS = CallLimits(ring_seconds=35.0, longest_seconds=90.0)


@pytest.mark.parametrize(
    ("phase", "seconds", "wanted"),
    [
        (Phase.DIALING, 35.0, Due.RING_OUT),
        (Phase.TALKING, 90.0, Due.TOO_LONG),
        (Phase.LEAVING, 90.0, Due.TOO_LONG),
        (Phase.CONCLUDING, 8.0, Due.CLOSE),
        (Phase.HANGING_UP, 40.0, Due.LINE_IS_DEAD),
    ],
)
def test_every_phase_but_greeting_and_transfer_comes_to_an_end(
    phase: Phase, seconds: float, wanted: Due
) -> None:
    began = 100.0
    state = CallState(phase, dialled_at=began, answered_at=began, hung_up_at=began, ended_at=began)
    assert due(state, LIMITS, began + seconds - 0.01) is None
    assert due(state, LIMITS, began + seconds) is wanted


@pytest.mark.parametrize("phase", [Phase.HELLO, Phase.TRANSFERRING, Phase.OVER])
def test_who_greets_and_who_is_handed_over_is_watched_by_others(phase: Phase) -> None:
    assert due(CallState(phase, answered_at=0.0), LIMITS, 1000.0) is None


def test_last_words_linger_before_the_hang_up() -> None:
    state = CallState(Phase.LEAVING, answered_at=10.0, hang_up_at=20.25)
    assert due(state, LIMITS, 20.2) is None
    assert due(state, LIMITS, 20.26) is Due.HANG_UP


def test_seconds_of_a_transfer_are_no_talk() -> None:
    state = CallState(Phase.TALKING, answered_at=10.0, transfer_seconds=25.0)
    assert due(state, LIMITS, 10.0 + 90.0) is None
    assert due(state, LIMITS, 10.0 + 90.0 + 25.0) is Due.TOO_LONG


def test_somebody_is_a_person_once_a_question_has_been_answered() -> None:
    assert CallState(Phase.TALKING, answered_at=1.0).may_be_no_person
    assert not CallState(Phase.TALKING, answered_at=1.0, answers=1).may_be_no_person
    assert not CallState(Phase.LEAVING, answered_at=1.0).may_be_no_person
