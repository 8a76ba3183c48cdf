"""How long a resident waits for a reply."""

from __future__ import annotations

from dialer.call.reply_timing import ReplyTiming


def test_from_the_end_of_speech_to_the_first_sound() -> None:
    timing = ReplyTiming()
    timing.speech_ended(10.0)
    timing.replies(10.7004, has_sound=True)
    timing.replies(12.0, has_sound=True)  # the robot speaks again, to nobody's words
    assert timing.gaps == [0.7]


def test_what_is_not_replied_to_does_not_count() -> None:
    timing = ReplyTiming()
    timing.speech_ended(10.0)
    timing.forget()
    timing.replies(11.0, has_sound=True)
    timing.speech_ended(12.0)
    timing.replies(12.5, has_sound=False)
    timing.replies(13.0, has_sound=True)
    assert timing.gaps == []


def test_replies_to_an_answer_that_goes_on_are_taken_back() -> None:
    timing = ReplyTiming()
    for at in (10.0, 20.0, 30.0):
        timing.speech_ended(at)
        timing.replies(at + 0.5, has_sound=True)
    timing.take_back(1)
    assert timing.gaps == [0.5]
