"""When a turn begins and ends. Time is counted in sound, so every test takes a millisecond."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.endpointing import (
    EndOfUtterance,
    Endpointer,
    EndpointEvent,
    EndpointingRules,
    NoInput,
    PauseBegan,
    SpeechResumed,
    SpeechStarted,
    TooLong,
)

WINDOW = 0.032
RULES = EndpointingRules()


class Sound:
    """Feeds an endpointer with stretches of speech and silence and gathers what it says."""

    def __init__(self, rules: EndpointingRules = RULES, no_input_seconds: float | None = 5.0) -> None:
        self.endpointer = Endpointer(rules, no_input_seconds=no_input_seconds)
        self.events: list[EndpointEvent] = []
        self._windows = 0

    def add(self, seconds: float, probability: float) -> Sound:
        for _ in range(round(seconds / WINDOW)):
            self._windows += 1
            self.events += self.endpointer.process(self._windows * WINDOW, WINDOW, probability)
        return self

    def speech(self, seconds: float) -> Sound:
        return self.add(seconds, 0.95)

    def silence(self, seconds: float) -> Sound:
        return self.add(seconds, 0.02)

    @property
    def kinds(self) -> list[type[EndpointEvent]]:
        return [type(event) for event in self.events]


def test_an_answer_starts_pauses_and_ends() -> None:
    sound = Sound().silence(0.5).speech(1.0).silence(1.0)
    assert sound.kinds == [SpeechStarted, PauseBegan, EndOfUtterance]


def test_the_start_is_dated_back_to_the_first_sound_of_speech() -> None:
    (started,) = Sound().silence(0.48).speech(0.16).events
    assert isinstance(started, SpeechStarted)
    assert started.at == pytest.approx(0.48, abs=WINDOW)


def test_the_end_is_dated_back_to_the_last_sound_of_speech() -> None:
    ended = Sound().silence(0.48).speech(0.96).silence(1.0).events[-1]
    assert isinstance(ended, EndOfUtterance)
    assert ended.speech_ended_at == pytest.approx(1.44, abs=WINDOW)


@pytest.mark.parametrize("seconds", [0.032, 0.064, 0.096])
def test_a_cough_or_click_starts_nothing(seconds: float) -> None:
    assert Sound().silence(0.5).speech(seconds).silence(2.0).events == []


def test_the_recogniser_may_start_after_a_seventh_of_a_second_of_silence() -> None:
    sound = Sound().speech(1.0)
    assert sound.silence(0.13).kinds == [SpeechStarted]
    assert sound.silence(0.05).kinds == [SpeechStarted, PauseBegan]


def test_speech_after_a_pause_goes_on_with_the_same_answer() -> None:
    sound = Sound().speech(0.6).silence(0.4).speech(0.6).silence(1.0)
    assert sound.kinds == [SpeechStarted, PauseBegan, SpeechResumed, PauseBegan, EndOfUtterance]


def test_a_click_in_the_pause_neither_resumes_nor_lengthens_the_answer() -> None:
    plain = Sound().speech(0.6).silence(1.2)
    clicked = Sound().speech(0.6).silence(0.4).speech(0.064).silence(0.8)
    assert clicked.events == plain.events


def test_impatience_ends_a_turn_at_once_when_the_words_are_a_whole_answer() -> None:
    sound = Sound().speech(0.6).silence(0.4)
    sound.endpointer.set_patience(0.3)
    assert sound.silence(WINDOW).kinds == [SpeechStarted, PauseBegan, EndOfUtterance]


def test_patience_lets_an_open_answer_go_on() -> None:
    sound = Sound().speech(0.6)
    sound.endpointer.set_patience(1.2)
    assert EndOfUtterance not in sound.silence(1.1).kinds
    assert EndOfUtterance in sound.silence(0.2).kinds


def test_nobody_answers_for_five_seconds() -> None:
    sound = Sound()
    assert sound.silence(4.9).events == []
    assert sound.silence(0.2).kinds == [NoInput]


def test_listening_may_wait_for_ever() -> None:
    assert Sound(no_input_seconds=None).silence(600.0).events == []


def test_speech_that_begins_just_before_the_time_is_up_is_heard_out() -> None:
    sound = Sound().silence(4.96).speech(0.5)
    assert sound.kinds == [SpeechStarted]


def test_whoever_talks_for_a_quarter_of_a_minute_is_cut_off() -> None:
    sound = Sound().speech(20.0)
    assert sound.kinds == [SpeechStarted, TooLong]


def test_doubtful_windows_count_as_what_came_before() -> None:
    doubtful = (RULES.speech_probability + RULES.silence_probability) / 2
    assert Sound().add(1.0, doubtful).events == []
    assert Sound().speech(0.5).add(1.0, doubtful).kinds == [SpeechStarted]


def test_speech_after_the_end_takes_the_turn_back() -> None:
    sound = Sound().speech(0.6).silence(1.0).speech(0.5).silence(1.0)
    assert sound.kinds == [
        SpeechStarted, PauseBegan, EndOfUtterance, SpeechResumed, PauseBegan, EndOfUtterance,
    ]  # fmt: skip


def test_a_click_after_the_end_takes_nothing_back() -> None:
    sound = Sound().speech(0.6).silence(1.0).speech(0.064)
    assert sound.endpointer.may_be_resuming
    sound.silence(0.5)
    assert not sound.endpointer.may_be_resuming
    assert sound.kinds == [SpeechStarted, PauseBegan, EndOfUtterance]


def test_nothing_is_said_after_a_turn_was_cut_or_nobody_answered() -> None:
    for sound in (Sound().speech(16.0), Sound().silence(6.0)):
        before = list(sound.events)
        assert sound.endpointer.is_closed
        assert sound.speech(3.0).silence(3.0).events == before


def test_patience_with_words_ends_when_speech_goes_on() -> None:
    sound = Sound().speech(0.6).silence(0.2)
    sound.endpointer.set_patience(0.3)
    sound.speech(0.3).silence(0.5)
    assert sound.kinds == [SpeechStarted, PauseBegan, SpeechResumed, PauseBegan]
    assert sound.silence(0.3).kinds[-1] is EndOfUtterance


def test_usual_patience_holds_for_the_whole_answer() -> None:
    sound = Sound()
    sound.endpointer.set_usual_patience(1.2)
    sound.speech(0.6).silence(1.1).speech(0.3).silence(1.1)
    assert EndOfUtterance not in sound.kinds


def test_the_first_window_of_a_sound_is_known_at_once() -> None:
    sound = Sound().silence(0.48)
    assert sound.endpointer.sound is None
    first = sound.speech(WINDOW).endpointer.sound
    assert first is not None
    assert first.began_at == pytest.approx(0.48)
    assert first.speech_seconds == pytest.approx(WINDOW)


def test_a_turn_is_one_sound_and_two_clicks_are_two() -> None:
    turn = Sound().speech(0.32).silence(0.32).speech(0.32).endpointer.sound
    clicks = Sound().speech(WINDOW).silence(0.32).speech(WINDOW).endpointer.sound
    assert turn is not None
    assert clicks is not None
    assert (turn.began_at, turn.speech_seconds) == (pytest.approx(0.0), pytest.approx(0.64))
    assert (clicks.began_at, clicks.speech_seconds) == (pytest.approx(0.352), pytest.approx(WINDOW))


def test_waiting_may_be_given_an_end_later() -> None:
    sound = Sound(no_input_seconds=None).silence(20.0)
    sound.endpointer.give_up_at(25.0)
    assert sound.silence(4.9).kinds == []
    assert sound.silence(0.2).kinds == [NoInput]


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0.03, 3.0)), max_size=30),
    st.floats(0.2, 1.5),
)
def test_whatever_is_heard_events_come_in_a_lawful_order(
    stretches: list[tuple[bool, float]], patience: float
) -> None:
    sound = Sound()
    sound.endpointer.set_patience(patience)
    for is_speech, seconds in stretches:
        sound.speech(seconds) if is_speech else sound.silence(seconds)
    lawful = {
        (SpeechStarted, PauseBegan), (SpeechStarted, EndOfUtterance), (SpeechStarted, TooLong),
        (PauseBegan, SpeechResumed), (PauseBegan, EndOfUtterance), (SpeechResumed, PauseBegan),
        (SpeechResumed, EndOfUtterance), (SpeechResumed, TooLong), (EndOfUtterance, SpeechResumed),
    }  # fmt: skip
    assert set(itertools.pairwise(sound.kinds)) <= lawful
    assert not sound.kinds or sound.kinds[0] in (SpeechStarted, NoInput)
