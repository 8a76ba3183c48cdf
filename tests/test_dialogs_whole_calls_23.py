"""Answers and replies of round 23 of whole calls that were taken wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from dialogs.actions import Heard
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.script import Script
from dialogs.understanding.single_answer import read_answer

SURVEY, OBSERVATION, NOTICE = map(load_script, ("health_survey", "home_observation", "notice"))
TODAY = date(2026, 11, 30)


def told(script: Script, question: str, said: str) -> Mapping[str, Any]:
    return read_answer(script, question, said, TODAY, "张三").values


def after(script: Script, answers: Sequence[str]) -> Mapping[str, Any]:
    """What is known after a call in which these were the answers."""
    dialog = Dialog(script, {"name": "张三"}, TODAY)
    dialog.start()
    for answer in answers:
        dialog.hear(Heard(answer, 1.0))
    return {name: value.value for name, value in dialog.slots.items()}


@pytest.mark.parametrize(
    "said",
    [
        "没在出差了上礼拜三去的石家庄得这周四才回来",
        "没在，出差了，上礼拜三去的石家庄，得这周四才回来",
        "他不在，出差了",
    ],
)
def test_who_is_on_a_journey_is_away(said: str) -> None:
    assert told(SURVEY, "in_beijing", said)["in_beijing"] is False


def test_who_is_away_has_no_day_of_return_yet() -> None:
    known = after(SURVEY, ["我是他爱人", "没在出差了上礼拜三去的石家庄得这周四才回来"])
    assert known["in_beijing"] is False
    assert "return_date" not in known
    assert told(SURVEY, "return_date", "得这周四才回来") == {"return_date": None}


def test_journey_of_a_month_that_is_over_is_none() -> None:
    said = "外地？没去。咱不是前些日子去了趟承德嘛！那都九月份的事儿了。"
    assert told(SURVEY, "travel", said) == {"travel": False}
    assert told(SURVEY, "travel", "去了趟承德，那是十一月的事了")["travel"] is True


def test_reading_was_taken_early() -> None:
    assert told(OBSERVATION, "morning_temperature", "今儿一早量的三十六度五") == {"morning_temperature": 36.5}


def test_needs_run_together() -> None:
    assert told(OBSERVATION, "needs", "垃圾攒了好几袋了没人来收菜也快吃完了")["needs"] == "垃圾、菜"


def test_hours_are_told_to_who_just_wants_to_know() -> None:
    read = read_answer(NOTICE, "needs_help", "不用我力气大着呢就想问问晚上五点准能来水吗", TODAY, "张三")
    assert read.values["needs_help"] is False
    assert read.intent == "read_again"


def test_throat_that_is_dry_does_not_hurt() -> None:
    answers = ["是我", "三十六度五", "三十六度六", "有点头疼，嗓子发干", "没出过门", "不用"]
    assert after(OBSERVATION, [*answers, "嗓子就是干，倒不疼，别的都对。"])["symptoms"] == ["头痛"]
