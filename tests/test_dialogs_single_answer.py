"""An answer read outside a call, as the commands do it."""

from __future__ import annotations

from datetime import date

import pytest

from campaign.errors import ScriptError
from dialogs.loading import load_script
from dialogs.understanding.single_answer import read_answer

TODAY = date(2026, 11, 22)
SCRIPT = load_script("health_survey")


def test_question_may_be_named_by_its_slot_or_by_its_state() -> None:
    by_slot = read_answer(SCRIPT, "symptoms", "没发烧，三十六度五，哪儿也没去", TODAY)
    assert by_slot == read_answer(SCRIPT, "ask_symptoms", "没发烧，三十六度五，哪儿也没去", TODAY)
    assert by_slot.values == {"symptoms": [], "temperature": 36.5, "travel": False}
    assert by_slot.confidence.keys() == by_slot.values.keys()


def test_unknown_question_is_named_with_those_that_exist() -> None:
    with pytest.raises(ScriptError, match=r"没有问 symptom。可以是：identity、.*symptoms"):
        read_answer(SCRIPT, "symptom", "没有", TODAY)


def test_intent_comes_with_the_name_that_the_script_gives_it() -> None:
    assert read_answer(SCRIPT, "in_beijing", "别再打了", TODAY).intent == "opted_out"
