"""What became of a call, as a person listening and reading the signalling would say it."""

from typing import Any

import pytest

from campaign.records import CallCause, Disposition, HungUpBy
from dialer.call.disposition import TABLE, Evidence, Verdict, verdict_on
from dialer.call.transfer import Transferred
from dialer.call_progress.cadence import Cadence
from dialogs.machine import Outcome


def disposition_for(evidence: Evidence) -> Disposition:
    return verdict_on(evidence).disposition


BY_RESIDENT = CallCause(sip_status=200, hung_up_by=HungUpBy.RESIDENT)


def refused(status: int, q850: int = 0, **more: object) -> Evidence:
    return Evidence(CallCause(sip_status=status, q850_cause=q850), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("evidence", "disposition"),
    [
        (refused(486), Disposition.BUSY),
        (refused(486, 17), Disposition.BUSY),
        (refused(600), Disposition.BUSY),
        (refused(603), Disposition.DECLINED),
        (refused(603, 21), Disposition.DECLINED),
        (refused(404), Disposition.INVALID_NUMBER),
        (refused(404, 1), Disposition.INVALID_NUMBER),
        (refused(410), Disposition.INVALID_NUMBER),
        (refused(484), Disposition.INVALID_NUMBER),
        (refused(480), Disposition.UNREACHABLE),
        (refused(480, has_rung=True), Disposition.NO_ANSWER),
        (refused(480, 19), Disposition.NO_ANSWER),
        (refused(480, 20), Disposition.POWERED_OFF),
        (refused(480, 20, announced=Disposition.OUT_OF_SERVICE), Disposition.OUT_OF_SERVICE),
        (refused(408, 18), Disposition.NO_ANSWER),
        (refused(403, 21), Disposition.DECLINED),
        (refused(403, 55), Disposition.BARRED),
        (refused(403), Disposition.FAILED),
        (refused(401), Disposition.FAILED),
        (refused(407), Disposition.FAILED),
        (refused(500), Disposition.FAILED),
        (refused(488), Disposition.FAILED),
        (refused(503), Disposition.NETWORK_BUSY),
        (refused(503, 34), Disposition.NETWORK_BUSY),
        (refused(503, 42), Disposition.NETWORK_BUSY),
        (refused(0), Disposition.FAILED),
    ],
)
def test_a_refused_call_is_named_by_its_cause(evidence: Evidence, disposition: Disposition) -> None:
    assert disposition_for(evidence) is disposition


def test_a_telephone_that_rang_out_was_not_answered() -> None:
    cause = CallCause(sip_status=487, hung_up_by=HungUpBy.ROBOT)
    assert disposition_for(Evidence(cause, has_rung=True, rang_out=True)) is Disposition.NO_ANSWER


def test_a_call_without_even_ringing_is_our_line_not_the_resident() -> None:
    cause = CallCause(sip_status=487, hung_up_by=HungUpBy.ROBOT)
    assert disposition_for(Evidence(cause, rang_out=True)) is Disposition.FAILED


@pytest.mark.parametrize(
    ("outcome", "disposition"),
    [
        (Outcome.COMPLETED, Disposition.COMPLETED),
        (Outcome.WRONG_NUMBER, Disposition.WRONG_NUMBER),
        (Outcome.OPTED_OUT, Disposition.OPTED_OUT),
        (Outcome.CALL_LATER, Disposition.PARTIAL),
        (Outcome.WANTS_PERSON, Disposition.PARTIAL),
        (Outcome.GAVE_UP, Disposition.PARTIAL),
        (Outcome.DECEASED, Disposition.PARTIAL),
        (None, Disposition.PARTIAL),
    ],
)
def test_an_answered_call_is_named_by_what_was_said(
    outcome: Outcome | None, disposition: Disposition
) -> None:
    assert disposition_for(Evidence(BY_RESIDENT, is_answered=True, outcome=outcome)) is disposition


def test_every_outcome_of_a_dialog_has_a_disposition() -> None:
    for outcome in Outcome:
        assert disposition_for(Evidence(BY_RESIDENT, is_answered=True, outcome=outcome))


def test_a_machine_that_answers_is_no_person() -> None:
    evidence = Evidence(BY_RESIDENT, is_answered=True, announced=Disposition.CALL_ASSISTANT)
    assert disposition_for(evidence) is Disposition.CALL_ASSISTANT


def test_an_answered_call_without_any_sound_is_a_line_failure() -> None:
    evidence = Evidence(BY_RESIDENT, is_answered=True, has_lost_media=True)
    assert disposition_for(evidence) is Disposition.FAILED


def test_answers_before_the_line_broke_are_kept_as_partial() -> None:
    evidence = Evidence(BY_RESIDENT, is_answered=True, has_lost_media=True, answers=2)
    assert disposition_for(evidence) is Disposition.PARTIAL


BY_ROBOT = CallCause(sip_status=487, hung_up_by=HungUpBy.ROBOT)


def answered(**more: object) -> Evidence:
    return Evidence(BY_RESIDENT, is_answered=True, **more)  # type: ignore[arg-type]


def unanswered(**more: object) -> Evidence:
    return Evidence(BY_ROBOT, **more)  # type: ignore[arg-type]


EXAMPLES: dict[str, tuple[Evidence, Disposition]] = {
    "handed_over": (answered(transferred=Transferred.TAKEN), Disposition.TRANSFERRED),
    "said_completed": (answered(outcome=Outcome.COMPLETED), Disposition.COMPLETED),
    "said_wrong_number": (answered(outcome=Outcome.WRONG_NUMBER), Disposition.WRONG_NUMBER),
    "said_opted_out": (answered(outcome=Outcome.OPTED_OUT), Disposition.OPTED_OUT),
    "said_call_later": (answered(outcome=Outcome.CALL_LATER), Disposition.PARTIAL),
    "said_wants_person": (answered(outcome=Outcome.WANTS_PERSON), Disposition.PARTIAL),
    "said_gave_up": (answered(outcome=Outcome.GAVE_UP), Disposition.PARTIAL),
    "said_deceased": (answered(outcome=Outcome.DECEASED), Disposition.PARTIAL),
    "said_emergency": (answered(outcome=Outcome.EMERGENCY), Disposition.PARTIAL),
    "rejected_aloud": (unanswered(announced=Disposition.BUSY, ring_seconds=8.0), Disposition.BUSY),
    "announcement": (unanswered(announced=Disposition.OUT_OF_SERVICE), Disposition.OUT_OF_SERVICE),
    "tone_busy": (unanswered(tone=Cadence.BUSY), Disposition.BUSY),
    "tone_congestion": (unanswered(tone=Cadence.CONGESTION), Disposition.NETWORK_BUSY),
    "tone_unobtainable": (unanswered(tone=Cadence.UNOBTAINABLE), Disposition.INVALID_NUMBER),
    "our_fault": (answered(has_fault=True), Disposition.FAILED),
    "cut_short": (answered(answers=2), Disposition.PARTIAL),
    "said_nothing": (answered(has_person=True), Disposition.PARTIAL),
    "rang_out": (unanswered(rang_out=True, has_rung=True), Disposition.NO_ANSWER),
    "played_out": (unanswered(rang_out=True, has_early_sound=True), Disposition.NO_ANSWER),
    "rejected": (refused(486, 17, has_rung=True, ring_seconds=9.0), Disposition.BUSY),
    "cause_1": (refused(404, 1), Disposition.INVALID_NUMBER),
    "cause_3": (refused(404, 3), Disposition.UNREACHABLE),
    "cause_17": (refused(486, 17), Disposition.BUSY),
    "cause_18": (refused(408, 18), Disposition.NO_ANSWER),
    "cause_19": (refused(480, 19), Disposition.NO_ANSWER),
    "cause_20": (refused(480, 20), Disposition.POWERED_OFF),
    "cause_21": (refused(403, 21), Disposition.DECLINED),
    "cause_22": (refused(410, 22), Disposition.INVALID_NUMBER),
    "cause_27": (refused(502, 27), Disposition.UNREACHABLE),
    "cause_28": (refused(484, 28), Disposition.INVALID_NUMBER),
    "cause_34": (refused(503, 34), Disposition.NETWORK_BUSY),
    "cause_38": (refused(503, 38), Disposition.NETWORK_BUSY),
    "cause_41": (refused(500, 41), Disposition.NETWORK_BUSY),
    "cause_42": (refused(503, 42), Disposition.NETWORK_BUSY),
    "cause_55": (refused(403, 55), Disposition.BARRED),
    "half_heard": (
        refused(480, announced=Disposition.POWERED_OFF, announcement_confidence=0.5), Disposition.POWERED_OFF,
    ),
    "unavailable_after_ringing": (refused(480, has_rung=True), Disposition.NO_ANSWER),
    "no_word_from_trunk": (unanswered(rang_out=True), Disposition.FAILED),
    "status_404": (refused(404), Disposition.INVALID_NUMBER),
    "status_408": (refused(408), Disposition.NO_ANSWER),
    "status_410": (refused(410), Disposition.INVALID_NUMBER),
    "status_480": (refused(480), Disposition.UNREACHABLE),
    "status_484": (refused(484), Disposition.INVALID_NUMBER),
    "status_486": (refused(486), Disposition.BUSY),
    "status_487": (refused(487), Disposition.NO_ANSWER),
    "status_503": (refused(503), Disposition.NETWORK_BUSY),
    "status_600": (refused(600), Disposition.BUSY),
    "status_603": (refused(603), Disposition.DECLINED),
    "status_604": (refused(604), Disposition.INVALID_NUMBER),
    "unexplained": (refused(403), Disposition.FAILED),
}  # fmt: skip
"""For every row of the table a call that it decides."""


def test_every_row_has_an_example() -> None:
    assert [row.name for row in TABLE] == sorted(EXAMPLES, key=[row.name for row in TABLE].index)
    assert len({row.name for row in TABLE}) == len(TABLE)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_row_decides_its_example(name: str) -> None:
    evidence, disposition = EXAMPLES[name]
    verdict = verdict_on(evidence)
    assert (verdict.decided_by, verdict.disposition) == (name, disposition)
    assert 0.5 <= verdict.confidence <= 1.0


@pytest.mark.parametrize(
    ("evidence", "verdict"),
    [
        (answered(tone=Cadence.BUSY), Verdict(Disposition.BUSY, 0.9, "tone_busy")),
        (
            answered(announced=Disposition.POWERED_OFF),
            Verdict(Disposition.POWERED_OFF, 0.95, "announcement"),
        ),
        (refused(486, 17, has_early_sound=True), Verdict(Disposition.BUSY, 0.95, "cause_17")),
    ],
    ids=["busy tone after 200", "powered off with 200", "music, then 486"],
)
def test_calls_that_lie_are_seen_through(evidence: Evidence, verdict: Verdict) -> None:
    assert verdict_on(evidence) == verdict


def test_what_was_heard_and_what_was_signalled_halve_the_doubt_when_they_agree() -> None:
    heard = verdict_on(refused(480, announced=Disposition.BUSY))
    both = verdict_on(refused(486, 17, announced=Disposition.BUSY))
    assert heard.confidence == 0.95
    assert both.confidence == 0.975


def test_a_phrase_that_was_only_half_heard_yields_to_a_cause() -> None:
    half: dict[str, Any] = {"announced": Disposition.POWERED_OFF, "announcement_confidence": 0.5}
    assert verdict_on(refused(486, 17, **half)).disposition is Disposition.BUSY
    assert verdict_on(refused(480, **half)).disposition is Disposition.POWERED_OFF


def test_a_tone_after_a_conversation_is_only_its_end() -> None:
    assert disposition_for(answered(tone=Cadence.BUSY, answers=3)) is Disposition.PARTIAL
    assert disposition_for(answered(tone=Cadence.BUSY, has_person=True)) is Disposition.PARTIAL
    assert disposition_for(answered(tone=Cadence.BUSY, outcome=Outcome.COMPLETED)) is Disposition.COMPLETED
