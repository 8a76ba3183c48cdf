"""The dialog's actions as one turn of the robot."""

from __future__ import annotations

import numpy as np
import pytest

from dialer.call.speaking import robot_turn
from dialer.line import SAMPLE_RATE, Pcm
from dialogs.machine import Hangup, Listen, Play, Transfer


def play(text: str, *, barge_in: bool = True) -> Play:
    return Play(f"{text}.first", text, text, barge_in=barge_in)


def one_second(play: Play) -> Pcm:
    return np.zeros(SAMPLE_RATE, np.int16)


def test_what_must_be_heard_reaches_to_the_end_of_the_last_such_prompt() -> None:
    listen = Listen(("有", "没有"), is_open=False, no_input_seconds=5.0)
    turn = robot_turn([play("好的"), play("请听", barge_in=False), play("有吗"), listen], one_second)
    assert (len(turn.sounds), turn.protected_seconds) == (3, 2.0)
    assert turn.listen is listen
    assert not turn.is_last


@pytest.mark.parametrize(("end", "hands_over"), [(Hangup(), False), (Transfer(), True)])
def test_the_last_turn_leaves_or_hands_over(end: Hangup | Transfer, hands_over: bool) -> None:
    turn = robot_turn([play("再见"), end], one_second)
    assert (turn.is_last, turn.hands_over, turn.listen) == (True, hands_over, None)


def test_prompts_are_made_one_after_the_other() -> None:
    asked: list[str] = []

    def sound_of(play: Play) -> Pcm:
        asked.append(play.text)
        return one_second(play)

    robot_turn([play("一"), play("二")], sound_of)
    assert asked == ["一", "二"]
