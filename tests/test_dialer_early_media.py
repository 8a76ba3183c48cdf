"""Calls that nobody answers, by their sound: whole sessions in virtual time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from campaign.records import CallCause, Disposition
from dialer.call.surroundings import CallLimits
from dialer.line import FRAME_SAMPLES, SAMPLE_RATE, AudioReceived, EarlyMedia, Ended, LineEvent, Pcm, Ringing
from simulator.network_sounds import network_clip
from tests.telephone import Call, call, speech

SILENCE = np.zeros(FRAME_SAMPLES, np.int16)


def playing(sound: Pcm, ended: CallCause | None = None) -> Callable[[float], list[LineEvent]]:
    """A network that plays a sound from 0.2 s on, then ends the call or is silent."""
    has_ended = False

    def events(now: float) -> list[LineEvent]:
        nonlocal has_ended
        at = round((now - 0.2) * SAMPLE_RATE)
        if has_ended or at < 0:
            return []
        if ended is not None and at >= len(sound):
            has_ended = True
            return [Ended(now, ended)]
        frame = sound[at : at + FRAME_SAMPLES]
        frame = frame if len(frame) == FRAME_SAMPLES else SILENCE
        first: list[LineEvent] = [EarlyMedia(now)] if at < FRAME_SAMPLES else []
        return [*first, AudioReceived(now, frame, SILENCE)]

    return events


def early(
    sound: Pcm, ended: CallCause | None = None, words: tuple[str, ...] = (), ring_seconds: float = 35.0
) -> Call:
    """A call whose network plays the sound; the recogniser makes those words of it."""
    return call(
        list(words), answers=0, hello=0.0, answers_after=None, far_end=playing(sound, ended),
        limits=CallLimits(ring_seconds=ring_seconds),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sound", "disposition", "seconds"),
    [
        ("busy_tone", Disposition.BUSY, 2.0),
        ("congestion_tone", Disposition.NETWORK_BUSY, 3.5),
        ("unobtainable_tone", Disposition.INVALID_NUMBER, 3.5),
    ],
)
def test_a_call_is_given_up_as_soon_as_the_tone_is_certain(
    sound: str, disposition: Disposition, seconds: float
) -> None:
    talk = early(network_clip(sound).pcm)
    result = talk.run()
    assert result.disposition is disposition
    assert talk.line.hung_up_at is not None
    assert talk.line.hung_up_at < seconds
    assert result.confidence == pytest.approx(0.9)
    assert result.evidence["decided_by"].startswith("tone_")


def test_ring_back_in_the_sound_counts_as_ringing() -> None:
    talk = early(network_clip("ring_back_tone").pcm, ring_seconds=18.0)
    result = talk.run()
    assert result.disposition is Disposition.NO_ANSWER
    assert result.evidence["has_rung"]


def test_music_until_the_ring_time_is_over_is_nobody_who_answers() -> None:
    result = early(network_clip("music").pcm, ring_seconds=10.0).run()
    assert result.disposition is Disposition.NO_ANSWER
    assert result.evidence["decided_by"] == "played_out"


def test_music_says_nothing_where_the_network_does() -> None:
    result = early(network_clip("music").pcm, CallCause(486, 17)).run()
    assert (result.disposition, result.evidence["decided_by"]) == (Disposition.BUSY, "cause_17")


def test_an_announcement_during_which_the_network_ends_the_call_is_heard_to_its_last_word() -> None:
    talk = early(speech(2.0), CallCause(480), ("您好您拨打的电话已关机",))
    result = talk.run()
    assert result.disposition is Disposition.POWERED_OFF
    assert talk.notes.told("announcement") == [{"text": "您好您拨打的电话已关机"}]


def test_a_general_announcement_is_believed_when_the_call_is_over() -> None:
    result = early(speech(2.0), CallCause(480), ("您好您拨打的用户暂时无法接听",)).run()
    assert result.disposition is Disposition.DECLINED
    assert result.confidence == pytest.approx(0.95)


def test_words_that_never_come_leave_it_to_what_was_signalled() -> None:
    talk = early(speech(2.0), CallCause(480, 19), ("您好您拨打的电话已关机",))
    talk.recognizer.is_stuck = True
    result = talk.run()
    assert result.disposition is Disposition.NO_ANSWER


def test_ringing_and_then_busy_is_doubtful() -> None:
    def events(now: float) -> list[LineEvent]:
        planned: dict[float, LineEvent] = {0.2: Ringing(now), 8.0: Ended(now, CallCause(486, 17))}
        return [event for at, event in planned.items() if at == round(now, 2)]

    result = call([], answers_after=None, far_end=events).run()
    assert result.disposition is Disposition.BUSY
    assert result.confidence == pytest.approx(0.6)
    assert result.evidence["ring_seconds"] == pytest.approx(7.8)
