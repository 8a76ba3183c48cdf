"""What became of a call, as a person listening and reading the signalling would say it."""

import pytest

from campaign.records import CallCause, Disposition, HungUpBy
from dialer.announcements import announced, is_answering_machine
from dialer.disposition import Evidence, disposition_for
from dialogs.machine import Outcome

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


@pytest.mark.parametrize(
    ("words", "disposition"),
    [
        ("您拨打的电话已关机请稍后再拨", Disposition.POWERED_OFF),
        ("您拨叫的用户已停机", Disposition.OUT_OF_SERVICE),
        ("您拨打的号码是空号请核对后再拨", Disposition.INVALID_NUMBER),
        ("您拨打的用户正在通话中请稍后再拨", Disposition.BUSY),
        ("您拨打的电话暂时无人接听请稍后再拨", Disposition.NO_ANSWER),
        ("您拨打的电话暂时无法接通请稍后再拨", Disposition.UNREACHABLE),
        ("您拨打的用户不在服务区", Disposition.UNREACHABLE),
        ("您拨打的用户已设置呼入限制", Disposition.BARRED),
        ("您拨打的用户已开通来电提醒业务", Disposition.CALL_ASSISTANT),
        ("网络忙请稍后再拨", Disposition.NETWORK_BUSY),
        ("您拨打的用户暂时无法接听您的电话", Disposition.DECLINED),
        ("一首很好听的歌", None),
        ("", None),
    ],
)
def test_announcements_are_understood(words: str, disposition: Disposition | None) -> None:
    assert announced(words) is disposition


@pytest.mark.parametrize(
    ("words", "is_machine"),
    [
        ("您好我现在不方便接听电话请在滴声后留言", True),
        ("您已转入语音信箱", True),
        ("喂", False),
        ("喂你好你是哪位啊我刚才在做饭没听见", False),
    ],
)
def test_a_greeting_is_told_from_a_person(words: str, is_machine: bool) -> None:
    assert is_answering_machine(words) is is_machine
