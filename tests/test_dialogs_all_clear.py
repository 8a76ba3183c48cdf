"""What makes an all-clear doubtful: other wordings that fit the sound."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.script import Script
from dialogs.slots import Finding
from dialogs.understanding.all_clear import is_denied
from dialogs.understanding.single_answer import read_answer

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def script() -> Script:
    return load_script("health_survey")


def confidence(script: Script, question: str, text: str, *wordings: tuple[str, float]) -> float:
    return read_answer(script, question, text, TODAY, wordings=wordings).confidence[question]


@pytest.mark.parametrize(
    ("question", "heard", "other"),
    [
        ("symptoms", "没有发烧", "我有发烧"),
        ("contact", "没接触过", "我接触过"),
        ("travel", "没去过外地", "去过外地"),
    ],
)
def test_an_all_clear_is_asked_again_when_the_sound_may_say_the_opposite(
    script: Script, question: str, heard: str, other: str
) -> None:
    sure = script.slots[question].sure
    assert confidence(script, question, heard, (heard, 1.0)) >= sure
    assert confidence(script, question, heard, (heard, 0.6), (other, 0.4)) < sure
    assert confidence(script, question, heard, (heard, 0.97), (other, 0.03)) >= sure  # hardly that


def test_several_wordings_deny_it_together(script: Script) -> None:
    others = (("有点咳嗽", 0.1), ("有些咳嗽", 0.1))
    assert confidence(script, "symptoms", "没咳嗽", *others) < script.slots["symptoms"].sure


def test_other_wordings_of_the_same_meaning_do_not_matter(script: Script) -> None:
    others = (("没有发烧", 0.5), ("没发烧", 0.5))
    assert confidence(script, "symptoms", "都没发烧", *others) >= script.slots["symptoms"].sure


def test_what_was_said_is_not_doubted_for_a_possible_all_clear(script: Script) -> None:
    others = (("没有咳嗽", 0.4),)
    assert confidence(script, "symptoms", "有点咳嗽", *others) >= script.slots["symptoms"].sure


def test_what_is_unknown_or_doubtful_denies_nothing(script: Script) -> None:
    slot = script.slots["contact"]
    assert not is_denied(slot, [(None, 0.5), (Finding(None, 0.9), 0.5), (Finding(True, 0.4), 0.5)])
    assert is_denied(slot, [(Finding(True, 0.9), 0.2)])


@pytest.mark.parametrize("words", ["没有好转", "身体好得了吗", "没有一个地方舒服", "身子骨好不了"])
def test_unwell_in_the_shape_of_a_denial_is_no_all_clear(script: Script, words: str) -> None:
    read = read_answer(script, "symptoms", words, TODAY)
    assert read.values.get("symptoms") != [] or read.confidence["symptoms"] < script.slots["symptoms"].sure


@pytest.mark.parametrize("words", ["男友阳性", "难友阳性"])
def test_a_denial_is_not_heard_in_a_syllable_that_is_far_from_it(script: Script, words: str) -> None:
    assert read_answer(script, "contact", words, TODAY).values.get("contact") is not False
