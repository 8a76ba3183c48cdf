"""One call, with a scripted caller and in virtual time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from campaign.policy import CallingRules, Retry, ToFollowUp, after_attempt
from campaign.records import CallCause, CallResult, Disposition, Grade, HungUpBy, Source
from dialer.call.surroundings import CallLimits
from dialer.line import Ended, KeyPressed, LineEvent, MediaLost, Ringing
from tests.telephone import NOON, AnswersEachPrompt, Call, KnowsTheWords, PlannedLine, call

HEALTHY = ["是我", "在北京", "没有", "三十六度五", "没去过", "没有接触过", "三口人", "没有"]


def after(seconds: float, event: LineEvent) -> object:
    """The far end does one thing at a time."""
    left = [event]
    return lambda now: [left.pop()] if left and now >= seconds else []


def test_a_healthy_resident_is_asked_everything_and_graded_green() -> None:
    talk = call(HEALTHY)
    result = talk.run()
    assert result.disposition is Disposition.COMPLETED
    assert result.grade is Grade.GREEN
    values = {slot.name: slot.value for slot in result.slots}
    assert values["temperature"] == 36.5
    assert values["symptoms"] == []
    assert values["household_size"] == 3
    assert [state for state, _, _ in talk.notes.turns][:2] == ["ask_identity", "ask_beijing"]


def test_fever_is_graded_red() -> None:
    result = call([*HEALTHY[:2], "有点发烧", "三十八度二", *HEALTHY[4:]]).run()
    assert result.grade is Grade.RED


def test_the_robot_speaks_at_once_after_a_short_hello() -> None:
    talk = call(HEALTHY, hello=0.5)
    talk.run()
    # answered at 1.0, hello ends at 1.7
    assert talk.notes.first("prompt") < 1.7 + 0.6


def test_the_robot_speaks_first_when_nobody_says_hello() -> None:
    talk = call(HEALTHY, hello=0.0)
    talk.run()
    assert talk.notes.first("prompt") < 1.0 + 1.0


def test_what_was_answered_before_a_hang_up_is_kept_as_partial() -> None:
    talk = call(HEALTHY, far_end=after(14.0, Ended(14.0, CallCause(200, hung_up_by=HungUpBy.RESIDENT))))
    result = talk.run()
    assert result.disposition is Disposition.PARTIAL
    assert any(slot.name == "identity" for slot in result.slots)


def test_the_answer_during_which_a_resident_hangs_up_counts() -> None:
    # the third answer (ask_symptoms) is being said when the line goes dead
    talk = call(HEALTHY[:3])
    spoken = _HangsUpInside(talk, answer=3)
    result = spoken.run()
    assert result.disposition is Disposition.PARTIAL
    assert {slot.name: slot.value for slot in result.slots}["symptoms"] == []


class _HangsUpInside:
    """Lets a call go on until half way through an answer, then the resident is gone."""

    def __init__(self, talk: Call, answer: int) -> None:
        self._talk = talk
        self._answer = answer
        talk.line._far_end = self._leave

    def run(self) -> CallResult:
        return self._talk.run()

    def _leave(self, now: float) -> list[LineEvent]:
        sound = self._talk.session._ear.sound
        is_third = len(self._talk.notes.turns) == self._answer - 1
        if not is_third or sound is None or self._talk.line.is_prompting or now - sound.began_at < 0.5:
            return []
        return [Ended(now, CallCause(200, hung_up_by=HungUpBy.RESIDENT))]


def test_required_answer_that_stays_empty_goes_to_people_with_its_name() -> None:
    talk = call([*HEALTHY[:3], "没量", *HEALTHY[4:]])
    result = talk.run()
    assert result.disposition is Disposition.COMPLETED
    assert talk.session.follow_up_reason == "居民答不上体温"
    reason = talk.session.follow_up_reason
    assert after_attempt(result, [], NOON, CallingRules(), follow_up_reason=reason) == ToFollowUp(reason)


def test_a_complete_call_gives_people_nothing_to_do() -> None:
    talk = call(HEALTHY)
    talk.run()
    assert talk.session.follow_up_reason == ""


def test_a_key_answers_while_the_question_is_still_being_asked() -> None:
    talk = call([], answers=0, far_end=after(3.2, KeyPressed(3.2, "1")))
    talk.run()
    assert talk.notes.slots["identity"].source is Source.KEY
    assert talk.notes.told("prompt")[2]["id"] == "ask_beijing.first"
    assert talk.line.prompts_stopped


def test_time_for_another_call_is_handed_out() -> None:
    talk = call(["是我", "我在开会，明天上午十点再打"])
    result = talk.run()
    assert result.appointment is not None
    assert result.appointment.isoformat() == "2026-11-24T10:00:00+08:00"
    assert talk.notes.told("prompt")[-1]["text"] == "好的，我们明天上午十点再给您打电话，再见。"
    step = after_attempt(result, [], NOON, CallingRules(), follow_up_reason=talk.session.follow_up_reason)
    assert isinstance(step, Retry)
    assert step.at == result.appointment


def test_a_resident_without_time_who_names_none_goes_to_people() -> None:
    talk = call(["是我", "现在没空"])
    assert talk.run().appointment is None
    assert talk.session.follow_up_reason == "本人要求换个时间再打"


def test_a_silent_resident_is_asked_again_and_then_let_go() -> None:
    talk = call([], answers=0)
    result = talk.run()
    assert result.disposition is Disposition.PARTIAL
    assert talk.session.follow_up_reason == "接通后没有听到回答"
    assert talk.notes.kinds.count("no_input") == 3


def test_a_telephone_that_rings_out_is_given_up_after_the_ring_time() -> None:
    talk = call([], answers_after=None, far_end=after(0.2, Ringing(0.2)), limits=CallLimits(ring_seconds=20))
    result = talk.run()
    assert result.disposition is Disposition.NO_ANSWER
    assert talk.line.hung_up_at == pytest.approx(20.0, abs=0.05)


def test_a_busy_telephone_ends_at_once() -> None:
    talk = call([], answers_after=None, far_end=after(0.3, Ended(0.3, CallCause(486, 17))))
    result = talk.run()
    assert result.disposition is Disposition.BUSY
    assert result.answered_at is None
    assert result.recording == ""


def test_a_call_never_lasts_longer_than_allowed() -> None:
    talk = call(["什么"] * 60, limits=CallLimits(longest_seconds=25))
    result = talk.run()
    assert talk.line.hung_up_at == pytest.approx(1.0 + 25.0, abs=0.1)
    assert result.disposition is Disposition.PARTIAL


def test_a_long_greeting_of_a_machine_is_no_person() -> None:
    talk = call(["您好我现在无法接听电话请在滴声后留言"], hello=4.0, answers=0)
    assert talk.run().disposition is Disposition.CALL_ASSISTANT
    assert "prompt" not in talk.notes.kinds


def test_a_person_who_greets_with_a_long_sentence_is_talked_with() -> None:
    talk = call(["喂谁啊我刚才在厨房做饭没听见电话响", *HEALTHY], hello=3.5)
    assert talk.run().disposition is Disposition.COMPLETED


def test_a_line_without_sound_is_our_failure() -> None:
    talk = call([], hello=0.0, answers=0, far_end=after(3.0, MediaLost(3.0)))
    assert talk.run().disposition is Disposition.FAILED


class _TalksOver(AnswersEachPrompt):
    """Answers after each prompt, and makes a sound ``after`` seconds of the second one."""

    def __init__(self, answers: int, after: float, seconds: float) -> None:
        super().__init__(answers)
        self._prompts = 0
        self._was_asking = False
        self._over: tuple[float, float] | None = None
        self._after, self._seconds = after, seconds

    def __call__(self, since_answer: float) -> bool:
        if self._over is None and self.line.is_prompting and not self._was_asking:
            self._prompts += 1
            if self._prompts == 2:
                start = self.line.now + self._after
                self._over = (start, start + self._seconds)
        self._was_asking = self.line.is_prompting
        speaks = super().__call__(since_answer)
        return speaks or (self._over is not None and self._over[0] <= self.line.now < self._over[1])


def talked_over(words: list[str], after: float, seconds: float, answers: int = 8) -> Call:
    resident = _TalksOver(answers, after, seconds)
    line = PlannedLine(resident)
    resident.line = line
    return Call(line, KnowsTheWords(["喂", *words]), prompt_seconds=2.0)


def since_prompt(talk: Call, kind: str) -> float:
    """Seconds from the beginning of the second question to the first note of ``kind``."""
    (start,) = [
        at for (what, data), at in zip(talk.notes.events, talk.notes.times, strict=True)
        if what == "prompt" and data["id"] == "ask_beijing.first"
    ][:1]  # fmt: skip
    return talk.notes.first(kind) - start


def test_speech_over_a_prompt_hushes_it_at_once_and_counts_as_the_answer() -> None:
    talk = talked_over(["是我", "在北京", *HEALTHY[2:]], after=0.5, seconds=1.0, answers=7)
    talk.run()
    assert since_prompt(talk, "hush") == pytest.approx(0.5, abs=0.05)
    assert since_prompt(talk, "barge_in") == pytest.approx(0.9, abs=0.05)
    assert "go_on" not in talk.notes.kinds
    assert ("ask_beijing", "在北京", Source.VOICE) in talk.notes.turns


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.3])
def test_a_cough_over_a_prompt_lets_it_go_on_half_a_second_later(seconds: float) -> None:
    words = ["是我", *([""] if seconds > 0.12 else []), *HEALTHY[1:]]
    talk = talked_over(words, after=0.6, seconds=seconds)
    result = talk.run()
    assert "barge_in" not in talk.notes.kinds
    assert since_prompt(talk, "go_on") - since_prompt(talk, "hush") < 0.55
    assert result.disposition is Disposition.COMPLETED


def test_a_nod_over_a_prompt_is_no_answer_however_long() -> None:
    talk = talked_over(["是我", "嗯嗯", *HEALTHY[1:]], after=0.6, seconds=0.5)
    result = talk.run()
    assert [kind for kind in talk.notes.kinds if kind in ("hush", "barge_in", "go_on")] == [
        "hush", "barge_in", "go_on",
    ]  # fmt: skip
    assert result.disposition is Disposition.COMPLETED
    assert ("ask_beijing", "在北京", Source.VOICE) in talk.notes.turns


def test_the_opening_is_said_to_its_end() -> None:
    resident = _TalksOver(8, after=0.0, seconds=0.0)
    line = PlannedLine(lambda since: resident(since) or 1.6 < since < 2.2)
    resident.line = line
    talk = Call(line, KnowsTheWords(["喂", "我说话", *HEALTHY]))
    talk.run()
    # the opening begins at 1.88 and lasts a second, then comes the first question
    assert line.prompts_stopped[0] == pytest.approx(1.88 + 1.0, abs=0.03)


def test_speech_that_goes_on_as_the_reply_begins_is_joined_to_the_answer() -> None:
    # after 没有 the robot asks for the temperature; 0.2 s into that the resident goes on: 就是有点咳嗽
    resident = _GoesOn(answers=8, answer=3)
    line = PlannedLine(resident)
    resident.line = line
    talk = Call(line, KnowsTheWords(["喂", *HEALTHY[:3], "没有就是有点咳嗽", *HEALTHY[3:]]))
    result = talk.run()
    values = {slot.name: slot.value for slot in result.slots}
    assert "taken_back" in talk.notes.kinds
    assert values["symptoms"] == ["咳嗽"]
    assert values["temperature"] == 36.5
    assert [heard for state, heard, _ in talk.notes.turns if state == "ask_symptoms"][
        -1
    ] == "没有就是有点咳嗽"


class _GoesOn(AnswersEachPrompt):
    """Says something more 0.2 s into the reply to an answer."""

    def __init__(self, answers: int, answer: int) -> None:
        super().__init__(answers)
        self._answer = answer
        self._replies = 0
        self._was_asking = False
        self._more: tuple[float, float] | None = None

    def __call__(self, since_answer: float) -> bool:
        if self._more is None and self.line.is_prompting and not self._was_asking:
            self._replies += 1
            if self._replies == self._answer + 1:
                self._more = (self.line.now + 0.2, self.line.now + 1.0)
                self._left += 1
        self._was_asking = self.line.is_prompting
        if self._more is not None and self._more[0] <= self.line.now < self._more[1]:
            self._was_prompting = False
            return True
        return super().__call__(since_answer)


def test_speech_during_the_decoding_is_joined_to_the_answer() -> None:
    talk = call(HEALTHY, hello=0.0)
    talk.recognizer.decode_seconds = 0.6
    talk.line._resident = _Pauses(talk.line, talk.line._resident)
    talk.run()
    assert "taken_back" in talk.notes.kinds
    assert [heard for _, heard, _ in talk.notes.turns][:2] == HEALTHY[:2]


class _Pauses:
    """Pauses for 0.9 s in the first answer: longer than patience, shorter than the decoding."""

    def __init__(self, line: PlannedLine, resident: Callable[[float], bool]) -> None:
        self._line = line
        self._resident = resident
        self._began: float | None = None

    def __call__(self, since_answer: float) -> bool:
        speaks = self._resident(since_answer)
        if speaks and since_answer > 1.0 and self._began is None:
            self._began = since_answer
        into = since_answer - self._began if self._began is not None else 0.0
        return speaks or 1.9 <= into < 2.4


def test_a_key_answers_the_question_and_is_kept_as_such() -> None:
    talk = call(["是我"], answers=1, far_end=after(8.0, KeyPressed(8.0, "1")))
    talk.run()
    assert ("ask_beijing", "1", Source.KEY) in talk.notes.turns
    assert talk.notes.slots["in_beijing"].value is True


def test_a_stopped_run_takes_leave_before_hanging_up() -> None:
    talk = call(HEALTHY)
    result = talk.run(at={12.0: lambda: talk.session.interrupt(talk.line.now)})
    assert talk.session.was_interrupted
    assert result.disposition is Disposition.PARTIAL
    assert talk.session.follow_up_reason.startswith("拨打被中止")
    assert talk.line.hung_up_at is not None
    assert talk.line.hung_up_at > 12.0 + 0.9, "the goodbye was not said to its end"


def test_a_stopped_run_gives_up_a_telephone_that_still_rings() -> None:
    talk = call([], answers_after=None)
    result = talk.run(at={3.0: lambda: talk.session.interrupt(talk.line.now)})
    assert result.answered_at is None
    assert talk.line.hung_up_at == pytest.approx(3.0, abs=0.05)


def test_a_fault_in_the_call_is_recorded_and_ends_this_call_only() -> None:
    talk = call(HEALTHY)
    talk.dialog.hear = _broken  # type: ignore[assignment, method-assign]
    result = talk.run()
    assert "fault" in talk.notes.kinds
    assert result.disposition is Disposition.FAILED


def test_a_call_whose_every_sound_raises_still_ends() -> None:
    talk = call(HEALTHY, far_end=after(9.0, Ended(9.0, CallCause(200, hung_up_by=HungUpBy.RESIDENT))))
    talk.session._ear.hear = _broken  # type: ignore[assignment, method-assign]
    assert talk.run().disposition is Disposition.FAILED


def test_a_recogniser_that_never_answers_does_not_hold_the_resident() -> None:
    talk = call(["是我"], answers=1)
    talk.recognizer.is_stuck = True
    result = talk.run()
    assert result.disposition is Disposition.PARTIAL
    assert "ask_identity.no_match" in [prompt["id"] for prompt in talk.notes.told("prompt")]


def test_a_full_disk_ends_the_recording_and_not_the_call() -> None:
    talk = call(HEALTHY)
    talk.session._recording = _FullDisk()
    assert talk.run().disposition is Disposition.COMPLETED
    assert {"what": "recording"} in talk.notes.told("fault")


class _FullDisk:
    def append(self, left: object, right: object) -> None:
        raise OSError(28, "No space left on device")

    def close(self) -> None:
        raise AssertionError("it was given up")


def _broken(*heard: object) -> None:
    raise RuntimeError("a bug in the dialog")


def test_a_wrong_number_is_let_go_politely() -> None:
    result = call(["你打错了"]).run()
    assert result.disposition is Disposition.WRONG_NUMBER


def test_someone_who_wants_no_calls_is_left_in_peace() -> None:
    result = call(["是我", "别再打了"]).run()
    assert result.disposition is Disposition.OPTED_OUT
