"""Whoever was called has died: the robot says no more than it must, and people put the list right."""

from __future__ import annotations

from datetime import date

import pytest

from dialer.call.reasons import follow_up_reason
from dialogs.actions import Hangup, Heard, Play
from dialogs.loading import load_script
from dialogs.machine import Dialog, Outcome

SURVEY = load_script("health_survey")


def answered(said: str, name: str = "张三") -> Dialog:
    dialog = Dialog(SURVEY, {"community": "幸福", "name": name}, date(2026, 11, 30))
    dialog.start()
    dialog.hear(Heard(said, 1.0))
    return dialog


@pytest.mark.parametrize(
    "said",
    [
        "唉，老张上个月走了，我是他老伴儿。",
        "唉老张上个月走了我是他老伴儿",
        "他去世了，我是他女儿",
        "我说他人没了，上个月没的，你们怎么还打？",
        "他走了两年了，我是他老伴儿，名字还没销。",
        "我爸前年走了，我是他儿子",
        "张三已经去世了",
        "他人都没了",
    ],
)
def test_it_is_understood(said: str) -> None:
    dialog = answered(said)
    assert dialog.outcome is Outcome.DECEASED


@pytest.mark.parametrize(
    "said",
    [
        "他走了，上班去了",
        "他刚走，买菜去了",
        "他早搬走了",
        "他不在，我是他老婆",
        "老伴走了以后，这电话就我一个人接了，我是老张",
        "我啊，张三啊，八十二了，还没死呢。",
        "我就是张三，我妈上个月去世了",
    ],
)
def test_nobody_is_thought_dead_who_is_out_or_speaks(said: str) -> None:
    assert answered(said).outcome is not Outcome.DECEASED


def test_people_are_told_and_nothing_more_is_asked() -> None:
    dialog = Dialog(SURVEY, {"community": "幸福", "name": "张三"}, date(2026, 11, 30))
    dialog.start()
    actions = dialog.hear(Heard("他去世了，我是他女儿", 1.0))
    assert [a.prompt_id for a in actions if isinstance(a, Play)] == ["closing.deceased"]
    assert isinstance(actions[-1], Hangup)
    assert dialog.slots["identity"].value == "family"
    reason = follow_up_reason(dialog, None, was_cut_short=False, was_interrupted=False, has_lost_media=False)
    assert reason == "家人说本人已去世，请核实、更正名单"
