"""A person or a machine, by the first seconds after the answer."""

from __future__ import annotations

import numpy as np
import pytest

from asr.recognizer import SAMPLE_RATE, Pcm
from campaign.records import Disposition
from dialer.call_progress.analysis import CallProgress
from dialer.call_progress.announcements import CERTAIN
from dialer.call_progress.cadence import Cadence
from dialer.call_progress.greeting import Greeting, Next, beep_confidence, next_step
from simulator.network_sounds import network_clip

CLEAR, SUSPECT = "喂谁啊我刚才在厨房做饭没听见电话响", "您好我现在不方便接听电话"


@pytest.mark.parametrize(
    ("greeting", "step"),
    [
        (Greeting(3.0, 0.3, CLEAR), Next.SPEAK),
        (Greeting(3.0, 0.1, CLEAR), Next.LISTEN),
        (Greeting(4.6, 0.0, CLEAR), Next.SPEAK),
        (Greeting(3.0, 0.3, None), Next.LISTEN),
        (Greeting(3.0, 0.8, None), Next.SPEAK),
        (Greeting(3.0, 0.3, SUSPECT), Next.LISTEN),
        (Greeting(3.0, 0.8, SUSPECT), Next.SPEAK),
        (Greeting(6.0, 0.0, SUSPECT), Next.LISTEN),
        (Greeting(8.0, 0.0, SUSPECT), Next.SPEAK),
        (Greeting(3.0, 0.0, ""), Next.SPEAK),
        (Greeting(6.0, 0.0, None), Next.LISTEN),
    ],
)
def test_whoever_talks_is_spoken_to_when_it_is_their_turn_to_listen(greeting: Greeting, step: Next) -> None:
    assert next_step(greeting) is step


@pytest.mark.parametrize(
    ("greeting", "is_machine"),
    [
        (Greeting(3.5, 0.6, CLEAR), True),
        (Greeting(1.0, 0.6, SUSPECT), True),
        (Greeting(0.0, 0.0, None), False),
        (Greeting(0.5, 0.6, "喂"), False),
        (Greeting(3.5, 6.0, CLEAR), False),
    ],
    ids=["after a long greeting", "after an excuse", "before anybody spoke", "after 喂", "much later"],
)
def test_a_beep_is_a_machines_after_a_greeting(greeting: Greeting, is_machine: bool) -> None:
    assert (beep_confidence(greeting) >= CERTAIN) is is_machine


def beep(hertz: float = 1000.0) -> Pcm:
    at = np.arange(round(0.5 * SAMPLE_RATE)) / SAMPLE_RATE
    tone = np.asarray(np.rint(6000 * np.sin(2 * np.pi * hertz * at)), np.int16)
    return np.concatenate((tone, np.zeros(SAMPLE_RATE // 2, np.int16)))


def answered() -> CallProgress:
    progress = CallProgress()
    progress.answered(1.0)
    return progress


def test_a_beep_after_a_long_greeting_gives_the_call_up() -> None:
    progress = answered()
    progress.has_spoken(1.2, 4.5)
    why = progress.hear(beep(), 5.0, is_beep_wanted=True)
    assert why is not None
    assert why.why == "machine"
    assert progress.announcement is not None
    assert progress.announcement.disposition is Disposition.CALL_ASSISTANT


def test_a_beep_after_a_short_hello_is_a_microwave_oven() -> None:
    progress = answered()
    progress.has_spoken(1.2, 1.7)
    assert progress.hear(beep(), 2.5, is_beep_wanted=True) is None
    assert progress.has_person


def test_a_busy_tone_after_the_answer_is_neither_a_beep_nor_a_person() -> None:
    progress, sound = answered(), network_clip("busy_tone").pcm
    found = []
    for start in range(0, 3 * SAMPLE_RATE, 160):
        at = 1.02 + start / SAMPLE_RATE
        found.append(progress.hear(sound[start : start + 160], at, is_beep_wanted=True))
        if start == SAMPLE_RATE // 2:
            progress.has_spoken(1.0, 1.35)
    (why, *_) = filter(None, found)
    assert (why.why, why.what) == ("tone", "busy")
    assert progress.tone is Cadence.BUSY
    assert not progress.has_person


def test_ring_back_before_the_answer_is_ringing() -> None:
    progress = CallProgress()
    assert progress.hear(network_clip("ring_back_tone").pcm, 20.0, is_beep_wanted=False) is None
    assert progress.has_rung
    assert progress.has_early_sound


def test_the_surest_announcement_is_kept() -> None:
    progress = CallProgress()
    assert progress.heard("您好您拨打的用户暂时无法接通", is_over=False) is None
    assert progress.announcement is not None
    assert progress.announcement.confidence < CERTAIN
    why = progress.heard("您好您拨打的用户暂时无法接通请稍后再拨", is_over=False)
    assert why is not None
    assert (why.why, why.what) == ("decided", "unreachable")


def test_a_machine_that_answers_is_called_one() -> None:
    progress = answered()
    why = progress.heard("您好我是机主的智能助理请问您找他有什么事", is_over=False)
    assert why is not None
    assert why.why == "machine"


def test_what_a_person_said_in_passing_is_forgotten_when_they_answer() -> None:
    progress = answered()
    assert progress.heard("我手机已关机", is_over=True) is None
    progress.answer_understood()
    assert progress.announcement is None
    assert progress.has_person
