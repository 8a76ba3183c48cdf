"""What an answer is surely taken for."""

from __future__ import annotations

import pytest

from dialogs.actions import Sensed
from dialogs.machine.listening import listen_for
from dialogs.understanding.single_answer import question_of
from tests.played_answers import SURVEY, TODAY


@pytest.mark.parametrize(
    ("question", "heard", "sense"),
    [
        ("contact", "没有", Sensed("False", is_sure=True, is_all_clear=True)),
        ("contact", "有接触", Sensed("True", is_sure=True)),
        ("temperature", "三十六度五", Sensed("36.5", is_sure=True)),
        ("temperature", "没量", Sensed("unknown", is_sure=True, is_all_clear=True)),
        ("temperature", "有点高吧", Sensed()),
        ("symptoms", "有点咳嗽", Sensed("['咳嗽']", is_sure=True)),
        ("household_size", "嗯", Sensed()),
        ("travel", "你再说一遍", Sensed("repeat", is_sure=True)),
    ],
)
def test_sense(question: str, heard: str, sense: Sensed) -> None:
    listen = listen_for(SURVEY, question_of(SURVEY, question), TODAY, "张三")
    assert listen.sense is not None
    assert listen.sense(heard, 1.0, ()) == sense


def test_engine_that_is_unsure_is_not_believed() -> None:
    listen = listen_for(SURVEY, question_of(SURVEY, "contact"), TODAY)
    assert listen.sense is not None
    assert listen.sense("没有", 0.0, ()) == Sensed("False", is_all_clear=True)


def test_nothing_is_heard_again_where_answers_are_said_back() -> None:
    assert listen_for(SURVEY, SURVEY.states["confirm"], TODAY).sense is None
