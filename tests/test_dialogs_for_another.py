"""Who answers for the resident tells of him in the third person."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.actions import Heard
from dialogs.loading import load_script
from dialogs.machine import Dialog
from dialogs.understanding import Context, understanding_of
from dialogs.understanding.for_another import of_his_own_contacts, of_the_resident
from dialogs.understanding.single_answer import question_of

SURVEY = load_script("health_survey")
TODAY = date(2026, 11, 30)


def values(question: str, said: str, *, is_by_family: bool) -> dict[str, object]:
    context = Context(question_of(SURVEY, question), TODAY, "张三", is_by_family)
    found = understanding_of(SURVEY).read(said, context).findings
    sure = {n: SURVEY.slots[n].sure for n in found}
    return {n: each.value for n, each in found.items() if each.confidence >= sure[n]}


@pytest.mark.parametrize(
    ("question", "said", "told"),
    [
        ("symptoms", "我没什么，我老头子咳嗽。", {"symptoms": ["咳嗽"]}),
        ("temperature", "早上我俩都量了，我36.7，她36.2。", {"temperature": 36.2}),
        ("in_beijing", "我在北京，我妈没在，她在郑州我哥那儿住着呢，还没回来。", {"in_beijing": False}),
        ("symptoms", "我没事儿，就是他夜里老咳嗽，咳得睡不着。", {"symptoms": ["咳嗽"]}),
        ("symptoms", "他挺好的，没有不舒服", {"symptoms": []}),
        ("symptoms", "儿子咳嗽，他没事", {"symptoms": []}),
        ("temperature", "我给他量的三十六度九", {"temperature": 36.9}),
        ("travel", "他没去过", {"travel": False}),
        ("contact", "哎呀，我咋知道，应该没有吧，他就是修机器的，天天待在厂里。", {"contact": False}),
        ("return_date", "他前天回来的", {"return_date": "2026-11-28"}),
    ],
)
def test_he_is_the_resident(question: str, said: str, told: dict[str, object]) -> None:
    assert values(question, said, is_by_family=True) == told


@pytest.mark.parametrize(
    ("question", "said", "told"),
    [
        (
            "symptoms",
            "他没事儿倒是我这两天嗓子有点儿哑咳嗽两声",
            {"symptoms": [], "household": "接电话的家人这两天嗓子有点哑咳嗽两声"},
        ),
        ("symptoms", "他壮得像牛，就是我这老头子气短，走两步就喘。", {"symptoms": []}),
        ("travel", "他没走，天天上班。我是上个月底从绵阳来的，给他们带娃儿。", {"travel": False}),
        ("travel", "他没出去，我是上礼拜打山东老家来看他的，我们那疙瘩没病。", {"travel": False}),
        (
            "travel",
            "他没去就奶奶去天津了我爸上周从上海回来的",
            {"travel": False, "household": "我爸上周从上海回来的"},
        ),
        ("temperature", "我不知道他量没量，孩子今天是三十六度八。", {"temperature": None}),
    ],
)
def test_he_and_whoever_speaks_are_told_apart(question: str, said: str, told: dict[str, object]) -> None:
    assert values(question, said, is_by_family=True) == told


def test_who_has_yet_to_come_is_away() -> None:
    said = "没有，他上礼拜三去成都出差了，就我跟孩子、我婆婆在家，他得这礼拜五才回来。"
    found = values("in_beijing", said, is_by_family=True)
    assert found["in_beijing"] is False
    assert "return_date" not in found
    assert values("return_date", "还没回来呢，这礼拜五的飞机。", is_by_family=True) == {"return_date": None}


def test_a_place_is_his_too() -> None:
    said = "他上周去了一趟天津，当天去当天回的，就周五那天。"
    assert "travel_place" not in values("travel", said, is_by_family=False)
    assert values("travel", said, is_by_family=True)["travel_place"] == "天津"


@pytest.mark.parametrize("said", ["他们都好", "她同学咳嗽", "其他没有", "我没事", "孩子咳嗽", "她妈妈咳嗽"])
def test_others_stay_others(said: str) -> None:
    assert of_the_resident(said) == said


@pytest.mark.parametrize(
    ("said", "of_the_child"),
    [
        ("我没啥事儿就孩子这两天咳得老厉害了我那个天天给他熬梨水", "孩子这两天咳得老厉害了"),
        ("我没啥事儿 就孩子这两天有点咳嗽 我杠杠的", "孩子这两天有点咳嗽"),
    ],
)
def test_what_is_done_for_a_child_tells_nothing_of_the_resident(said: str, of_the_child: str) -> None:
    told = values("symptoms", said, is_by_family=False)
    assert told == {"symptoms": [], "household": of_the_child}


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("我倒没有,我老公他们单位有一个,他上礼拜跟人一块吃过饭", "我倒没有"),
        ("我没有,我老公单位有一个,他跟我们天天一块吃饭", None),
        ("我没接触过,我是听说的", None),
    ],
)
def test_whom_another_met_is_told_of_him(said: str, own: str | None) -> None:
    assert of_his_own_contacts(said) == (own or said)


def test_the_dialog_knows_who_speaks() -> None:
    dialog = Dialog(SURVEY, {"community": "幸福", "name": "张三"}, TODAY)
    dialog.start()
    for said in ("我是他爱人", "在北京", "我说我老头子咳嗽，我没不舒服"):
        dialog.hear(Heard(said, 1.0))
    assert dialog.slots["symptoms"].value == ["咳嗽"]
