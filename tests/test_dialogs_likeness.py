"""What was taught about the survey's questions serves every script whose slots tell what they are like."""

from __future__ import annotations

import re
import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from campaign.errors import ScriptError
from dialogs import taught
from dialogs.loading import load_script, read_draft
from dialogs.script import Script
from dialogs.understanding import Context, Reading, understanding_of
from dialogs.understanding.likeness import is_known, questions_of
from dialogs.understanding.network import taught_network
from dialogs.understanding.single_answer import question_of

TODAY = date(2026, 11, 30)
OBSERVATION = load_script("home_observation")
SURVEY = load_script("health_survey")
TAUGHT = taught_network().alphabet


def read(script: Script, question: str, text: str) -> Reading:
    return understanding_of(script).read(text, Context(question_of(script, question), TODAY))


def values(script: Script, question: str, text: str) -> dict[str, object]:
    found = read(script, question, text).findings
    return {name: each.value for name, each in found.items() if each.value is not None}


def survey_as(folder: Path, name: str, **changed: str) -> Script:
    """The survey under another name, as an administrator begins one of his own."""
    bundled = Path(str(resources.files("dialogs").joinpath("scripts")))
    shutil.copy(bundled / "common.yaml", folder)
    text = (bundled / "health_survey.yaml").read_text(encoding="utf-8")
    text = text.replace("script: health_survey", f"script: {name}")
    for old, new in changed.items():
        text = re.sub(rf"(?<!like: )\b{old}\b", new, text)
    file = folder / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return load_script(str(file))


@pytest.mark.parametrize(
    ("question", "said", "value"),
    [
        ("contact", "我跟我闺女她们单位那个确诊的吃过一顿饭", True),
        ("contact", "我这人独来独往的上哪儿碰病人去", False),
        ("in_beijing", "我就在楼下遛狗呢", True),
        ("symptoms", "身子骨硬朗着呢", []),
    ],
)
def test_a_copy_of_the_survey_understands_as_much(
    tmp_path: Path, question: str, said: str, value: object
) -> None:
    assert values(survey_as(tmp_path, "spring_survey"), question, said)[question] == value


def test_a_slot_of_another_name_is_read_as_the_one_it_is_like(tmp_path: Path) -> None:
    script = survey_as(tmp_path, "spring_survey", contact="met_patients")
    assert script.slots["met_patients"].like == "contact"
    said = "我跟我闺女她们单位那个确诊的吃过一顿饭"
    assert values(script, "met_patients", said)["met_patients"] is True


def test_of_two_readings_only_the_one_that_was_asked_is_known() -> None:
    questions = questions_of(OBSERVATION, TAUGHT)
    morning, evening = questions["morning_temperature"], questions["evening_temperature"]
    assert morning.like == evening.like == "temperature"
    assert "evening_temperature" not in morning.known
    assert "morning_temperature" not in evening.known
    assert {"identity", "symptoms", "needs"} <= morning.known


def test_what_the_script_does_not_ask_gets_no_name_of_its_slots() -> None:
    choices = questions_of(OBSERVATION, TAUGHT)["symptoms"].choices
    names = [choice.name for choice in choices]
    assert "~travel" in names
    assert "travel" not in names
    assert len(set(names)) == len(TAUGHT.choices)


def test_questions_that_nobody_taught_are_left_to_the_rules() -> None:
    assert "went_out" not in questions_of(OBSERVATION, TAUGHT)
    assert values(OBSERVATION, "went_out", "下楼扔了个垃圾") == {"went_out": True}


def test_a_value_that_was_not_taught_is_read_by_the_rules(tmp_path: Path) -> None:
    script = survey_as(tmp_path, "eye_survey")
    common = tmp_path / "common.yaml"
    words = "      红眼: [红眼病, 眼睛红肿]\n"
    common.write_text(
        common.read_text(encoding="utf-8").replace("      呕吐: [", words + "      呕吐: ["), encoding="utf-8"
    )
    file = tmp_path / "eye_survey.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("include: common.yaml", "include: ./common.yaml"),
        encoding="utf-8",
    )
    script = load_script(str(file))
    assert "红眼" in script.slots["symptoms"].values
    assert "symptoms" in questions_of(script, TAUGHT)
    assert values(script, "symptoms", "有点红眼病")["symptoms"] == ["红眼"]
    assert values(script, "symptoms", "身子骨硬朗着呢")["symptoms"] == []


def test_the_check_names_what_a_slot_can_be_like(tmp_path: Path) -> None:
    survey_as(tmp_path, "spring_survey")
    file = tmp_path / "spring_survey.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("like: contact", "like: contacts"), encoding="utf-8")
    with pytest.raises(ScriptError, match="内容 contact: 没有学过 contacts（是不是 contact？）"):
        load_script(str(file))
    file.write_text(text.replace("like: contact", "like: needs"), encoding="utf-8")
    with pytest.raises(ScriptError, match="内容 contact: 学过的 needs 是 text 的，这一项是 yes_no 的"):
        load_script(str(file))


def test_the_bundled_scripts_are_like_what_was_taught() -> None:
    assert set(taught.KINDS) == set(TAUGHT.questions)
    for script in (SURVEY, OBSERVATION, load_script("notice")):
        assert all(is_known(slot, TAUGHT) for slot in script.slots.values() if slot.like)
    assert read_draft("health_survey").script.slots["contact"].like == "contact"


@pytest.mark.parametrize(
    ("said", "has_gone"),
    [
        ("没出门就下楼倒了趟垃圾", True),
        ("出什么门啊，就昨天晚上下楼倒了趟垃圾，戴着口罩的", True),
        ("没有，就孩子出去了", False),
        ("没出门，就前天下楼买了趟菜", False),
        ("门槛都没跨出去过", False),
        ("没有天天搁屋里头躺着连床都没下", False),
    ],
)
def test_what_a_no_leaves_out_is_told(said: str, has_gone: bool) -> None:
    assert values(OBSERVATION, "went_out", said)["went_out"] is has_gone


def test_the_last_word_is_that_nobody_need_come() -> None:
    notice = load_script("notice")
    said = "他那儿有俩大桶我下班过去给他接不用麻烦你们了"
    assert values(notice, "needs_help", said) == {"needs_help": False}


@pytest.mark.parametrize(
    ("said", "is_needed"),
    [
        ("不用我自己能接哎呀不行我这腰闪了你得找个人帮我提两桶", True),
        ("我自个儿拎得动可我妈那水缸得有人帮着灌", True),
        ("有人帮当然好", True),
        ("我一个人提不动那桶你们礼拜五能来个小伙子搭把手不", True),
        ("我年轻那会儿一手一桶水上六楼现在可不行喽提不动了得要人帮", True),
        ("周六我们回老家，家里没人，不用。", False),
        ("水缸我让楼下小刘给我灌满就行了，不劳您驾。", False),
        ("不用转人工", False),
    ],
)
def test_the_last_word_after_a_turn_counts(said: str, is_needed: bool) -> None:
    assert values(load_script("notice"), "needs_help", said)["needs_help"] is is_needed


@pytest.mark.parametrize(
    "said", ["要帮忙你给我转人工我跟他说", "我要找你们真人说。", "我跟机器说不清楚转人工吧"]
)
def test_a_person_is_asked_for_whatever_else_is_said(said: str) -> None:
    assert read(load_script("notice"), "needs_help", said).intent == "wants_person"


def test_what_was_bought_asks_for_no_call() -> None:
    assert read(OBSERVATION, "went_out", "昨天下午去小卖部打了瓶酱油").intent == ""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("understood", "停水啊，礼拜天是吧？行，明白了。"),
        ("needs_help", "不用帮我就问几点停水"),
        ("understood", "啥停水周六啊"),
    ],
)
def test_who_has_another_day_or_hour_hears_it_again(question: str, said: str) -> None:
    assert read(load_script("notice"), question, said).intent == "read_again"
