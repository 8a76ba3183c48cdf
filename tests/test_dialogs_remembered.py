"""What was denied and comes to mind later, and days that are no return."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions import Heard
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.understanding.for_another import of_the_speaker

SURVEY = load_script("health_survey")


def call(*answers: str) -> Dialog:
    dialog = Dialog(SURVEY, {"community": "幸福", "name": "张三"}, date(2026, 11, 30))
    dialog.start()
    for said in answers:
        dialog.hear(Heard(said, 1.0))
    return dialog


def values(dialog: Dialog) -> dict[str, object]:
    return {name: each.value for name, each in dialog.slots.items()}


def test_a_journey_that_comes_to_mind_later_counts() -> None:
    dialog = call(
        "是我", "在北京呢，哪儿也没去", "没有没有，早上量的三十六度五，哦对了，二十二号我回了趟保定看我爸妈"
    )
    assert values(dialog)["travel"] is True
    assert values(dialog)["travel_place"] == "河北保定"
    assert values(dialog)["return_date"] == "2026-11-22"
    assert "哪儿也没去" in dialog.slots["travel"].raw  # 两次的话都留着


def test_what_was_owned_up_to_is_not_taken_back_in_passing() -> None:
    dialog = call("是我", "在北京，上周去了趟天津", "没有，哪儿也没去")
    assert values(dialog)["travel"] is True


def test_who_is_away_has_come_back_on_no_day() -> None:
    dialog = call("是我", "没有，学校十号就放我们回来了，我在郑州家里上网课呢。")
    assert values(dialog)["in_beijing"] is False
    assert "return_date" not in values(dialog)


@pytest.mark.parametrize(
    ("said", "symptoms"),
    [
        ("我没有，就是我们家小的这两天有点咳嗽，刚才吃了药。", []),
        ("我没有，我说的是孩子，孩子有一点儿咳。", []),
        ("我没有，孩子咳嗽，我也有点咳", ["咳嗽"]),
        ("我没啥毛病就俺家小子这两天发烧烧到三十八度五刚带他打完针回来", []),
        ("我倒没什么，就是我们家老头子，咳嗽了好几天了，也不肯去医院，您说这人多拧。", []),
        ("俺好着咧就是俺小外孙有点流鼻涕", []),
        ("没事，就是孩子闹得头疼", ["头痛"]),
        ("什么毛病都没有，就是长了两斤肉", []),
        ("我没有，我硬朗着呢，是我孙子烧，三十八度五，喂了药刚睡下。", []),
        ("俺没事就是俺当家的这两天咳嗽小的也有点儿烧", []),
        ("没有啊能吃能睡的就是闲得难受嘛", []),
        ("没得，好得很，就是天天关在寝室头有点闷得慌。", []),
    ],
)
def test_what_others_have_is_left_out(said: str, symptoms: list[str]) -> None:
    assert values(call("是我", "在北京", said))["symptoms"] == symptoms


@pytest.mark.parametrize("said", ["没有", "孩子咳嗽", "我没有,就是累", "我没有,孩子咳嗽,我也咳"])
@pytest.mark.parametrize("is_by_family", [False, True])
def test_other_words_stay(said: str, is_by_family: bool) -> None:
    assert of_the_speaker(said, is_by_family=is_by_family) == said


def test_a_cough_is_no_symptom_where_somebody_says_who_he_is() -> None:
    assert "symptoms" not in values(call("嗯是我咳咳"))
    assert "symptoms" not in values(call("对，我是张三，咳咳。"))
