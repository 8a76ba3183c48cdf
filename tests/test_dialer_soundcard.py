"""Microphone and loudspeaker as a line, with a sound card made of paper."""

from __future__ import annotations

import numpy as np

from dialer.line import FRAME_SAMPLES, Answered, AudioReceived, Ended, PlaybackFinished
from dialer.rehearsal import Narrator
from dialer.soundcard import Exchange, SoundCardLine
from tests.telephone import NOON, call

FRAME = np.full(FRAME_SAMPLES, 7, np.int16)


class PaperCard:
    """A sound card whose frames pass when a test says so."""

    def __init__(self) -> None:
        self.exchange: Exchange
        self.is_open = False

    def __call__(self, exchange: Exchange) -> PaperCard:
        self.exchange = exchange
        return self

    def start(self) -> None:
        self.is_open = True

    def stop(self) -> None:
        self.is_open = False

    def close(self) -> None:
        assert not self.is_open


def test_whoever_rehearses_has_picked_up_already() -> None:
    card = PaperCard()
    line = SoundCardLine(card, clock=lambda: 1.0)
    line.dial("")
    assert line.poll() == [Answered(1.0)]
    assert card.is_open


def test_what_is_played_comes_out_frame_by_frame_and_its_end_is_told() -> None:
    card = PaperCard()
    line = SoundCardLine(card, clock=lambda: 1.0)
    line.dial("")
    line.play(np.full(FRAME_SAMPLES + 10, 5, np.int16))
    assert (card.exchange(FRAME) == 5).all()
    second = card.exchange(FRAME)
    assert (second[:10] == 5).all()
    assert not second[10:].any()
    kinds = [type(event) for event in line.poll()]
    assert kinds == [Answered, AudioReceived, PlaybackFinished, AudioReceived]
    assert not card.exchange(FRAME).any()


def test_what_is_said_into_the_microphone_is_heard() -> None:
    card = PaperCard()
    line = SoundCardLine(card)
    line.dial("")
    card.exchange(FRAME)
    (heard,) = [event for event in line.poll() if isinstance(event, AudioReceived)]
    assert (heard.pcm == 7).all()


def test_a_prompt_that_is_stopped_falls_silent_at_once() -> None:
    card = PaperCard()
    line = SoundCardLine(card)
    line.dial("")
    line.play(np.full(8000, 5, np.int16))
    line.stop_playing()
    assert not card.exchange(FRAME).any()


def test_hanging_up_closes_the_card_and_ends_the_call_once() -> None:
    card = PaperCard()
    line = SoundCardLine(card)
    line.dial("")
    line.hang_up()
    line.hang_up()
    assert [type(event) for event in line.poll()] == [Answered, Ended]
    assert not card.is_open


def test_a_rehearsal_is_told_line_by_line() -> None:
    told: list[str] = []
    talk = call(["是我", "不在北京"])
    for kind, data in (("prompt", {"text": "您好"}), ("heard", {"text": "是我"}), ("no_input", {})):
        Narrator(told.append).event(NOON, kind, data)
    talk.run()
    for slot in talk.notes.slots.values():
        Narrator(told.append).slot(slot)
    assert told[:3] == ["机器人：您好", "　　听到：是我", "　　没有听到回答"]
    assert "　　记下：identity = self" in told
