"""A resident who asks for a person: the call is handed over, or somebody will call back."""

from __future__ import annotations

import numpy as np
import pytest

from campaign.policy import CallingRules, ToFollowUp, after_attempt
from campaign.records import CallCause, Disposition, HungUpBy
from dialer.call.surroundings import CallLimits
from dialer.call.transfer import TransferAttempt, Transferred, ring_back
from dialer.line import Ended, KeyPressed, LineEvent, MediaLost, TransferStatus
from tests.telephone import NOON, Call, call

DESK = "8001"


def status(code: int, *, is_final: bool = True) -> TransferStatus:
    return TransferStatus(0.0, code, is_final)


def asks_for_a_person(**reports: TransferStatus) -> Call:
    by_seconds = {float(name.removeprefix("after_")): report for name, report in reports.items()}
    return call(["是我", "我要转人工"], transfer_number=DESK, transfer_reports=by_seconds)


ANNOUNCED = "好的，正在为您转接工作人员，请稍等，不要挂断。"
UNTAKEN = "不好意思，现在没有人接听，工作人员会给您回电话，再见。"
NOT_TRIED = "好的，我请社区工作人员联系您，再见。"


def prompts(talk: Call) -> list[str]:
    return [str(data["text"]) for data in talk.notes.told("prompt")]


def test_a_person_takes_the_call() -> None:
    talk = asks_for_a_person(after_1=status(180, is_final=False), after_4=status(200))
    result = talk.run()
    assert talk.line.transferred_to == DESK
    assert prompts(talk)[-1] == ANNOUNCED
    assert result.disposition is Disposition.TRANSFERRED
    assert result.cause.hung_up_by is HungUpBy.ROBOT
    assert talk.session.follow_up_reason == "已转接工作人员，请登记结果"
    assert not result.is_pressing
    assert [slot.name for slot in result.slots] == ["identity"]


def test_the_call_is_handed_over_only_after_that_was_said() -> None:
    talk = asks_for_a_person(after_4=status(200))
    talk.run()
    announced = talk.notes.times[[data.get("text") for _, data in talk.notes.events].index(ANNOUNCED)]
    assert talk.line.transferred_at == pytest.approx(announced + 1.0, abs=0.1)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (486, "本人要求工作人员联系，转接没有成功"),
        (603, "本人要求工作人员联系，转接没有成功"),
        (404, "本人要求工作人员联系，转接没有成功"),
        (408, "本人要求工作人员联系，转接没有人接"),
        (480, "本人要求工作人员联系，转接没有人接"),
    ],
)
def test_who_cannot_be_handed_over_hears_that_somebody_will_call(code: int, reason: str) -> None:
    talk = asks_for_a_person(after_2=status(code))
    result = talk.run()
    assert prompts(talk)[-1] == UNTAKEN
    assert result.disposition is Disposition.PARTIAL
    assert talk.session.follow_up_reason == reason
    assert result.is_pressing


def test_a_person_who_does_not_answer_is_given_up() -> None:
    talk = asks_for_a_person(after_1=status(180, is_final=False))
    result = talk.run()
    assert prompts(talk)[-1] == UNTAKEN
    assert talk.session.follow_up_reason == "本人要求工作人员联系，转接没有人接"
    waited = talk.notes.first("transferred") - talk.notes.first("transfer")
    assert waited == pytest.approx(CallLimits().transfer_seconds, abs=0.1)
    assert result.is_pressing


def test_a_report_that_comes_too_late_changes_nothing() -> None:
    talk = asks_for_a_person(after_26=status(200))
    assert talk.run().disposition is Disposition.PARTIAL


def test_who_hangs_up_while_it_rings_is_called_by_people() -> None:
    talk = asks_for_a_person()
    talk.line._far_end = lambda now: (
        [Ended(now, CallCause(200, hung_up_by=HungUpBy.RESIDENT))]
        if talk.line.transferred_at is not None and now > talk.line.transferred_at + 3.0
        else []
    )
    result = talk.run()
    assert result.disposition is Disposition.PARTIAL
    assert talk.session.follow_up_reason == "本人要求工作人员联系，转接途中断开"
    assert result.is_pressing


def test_without_a_number_the_resident_is_called_by_people() -> None:
    talk = call(["是我", "我要转人工"])
    result = talk.run()
    assert prompts(talk)[-1] == NOT_TRIED
    assert talk.line.transferred_at is None
    assert talk.session.follow_up_reason == "本人要求工作人员联系，没有转接"
    assert result.is_pressing


def test_zero_hands_the_call_over_like_words() -> None:
    def far_end(now: float) -> list[LineEvent]:
        return [KeyPressed(now, "0")] if now == 4.0 else []

    talk = call([], answers=0, transfer_number=DESK, transfer_reports={1.0: status(200)}, far_end=far_end)
    assert talk.run().disposition is Disposition.TRANSFERRED


def test_silence_of_the_trunk_meanwhile_is_no_fault() -> None:
    talk = asks_for_a_person(after_12=status(200))
    is_lost = [True]

    def far_end(now: float) -> list[LineEvent]:
        at = talk.line.transferred_at
        return [MediaLost(now)] if at is not None and now > at + 8.0 and is_lost and is_lost.pop() else []

    talk.line._far_end = far_end
    assert talk.run().disposition is Disposition.TRANSFERRED


def test_waiting_for_a_person_does_not_count_as_talk() -> None:
    talk = call(
        ["是我", "我要转人工"],
        transfer_number=DESK,
        transfer_reports={},
        limits=CallLimits(longest_seconds=20, transfer_seconds=25),
    )
    talk.run()
    assert prompts(talk)[-1] == UNTAKEN
    assert "too_long" not in talk.notes.kinds


def test_a_stopped_run_lets_a_transfer_come_to_its_end() -> None:
    talk = asks_for_a_person(after_6=status(200))
    result = talk.run(at={12.0: lambda: talk.session.interrupt(talk.line.now)})
    assert result.disposition is Disposition.TRANSFERRED


def test_a_call_that_was_handed_over_goes_to_people() -> None:
    talk = asks_for_a_person(after_4=status(200))
    step = after_attempt(talk.run(), [], NOON, CallingRules(), follow_up_reason=talk.session.follow_up_reason)
    assert isinstance(step, ToFollowUp)
    assert step.reason == "已转接工作人员，请登记结果"


def test_only_the_first_final_report_counts() -> None:
    attempt = TransferAttempt(0.0, 25.0)
    attempt.take(status(100, is_final=False))
    assert attempt.result is None
    attempt.take(status(603))
    attempt.take(status(200))
    attempt.watch(30.0)
    attempt.end()
    assert attempt.result is Transferred.REFUSED


def test_ring_back_is_a_second_of_tone_and_four_of_silence() -> None:
    tone = ring_back(6.0).astype(float)
    assert np.abs(tone[:8000]).max() > 1500
    assert not tone[8000:40000].any()
    spectrum = np.abs(np.fft.rfft(tone[:8000]))
    assert int(spectrum.argmax()) == 450
