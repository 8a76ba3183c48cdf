"""Answers and replies of round 26 of whole calls that were taken wrongly."""

from __future__ import annotations

import pytest

from tests.played_answers import NOTICE, OBSERVATION, SURVEY, after, read, told


@pytest.mark.parametrize(
    "said",
    [
        "在，昨儿晚上飞机刚落地，之前在上海浦东出差一个星期。",
        "在，之前在上海出差",
        "在呢，上周在天津出差来着",
    ],
)
def test_who_was_away_before_is_here(said: str) -> None:
    assert told(SURVEY, "in_beijing", said)["in_beijing"] is True


@pytest.mark.parametrize(
    "said", ["就我跟我爱人老两口，闺女在上海念书。", "我七十八了跟八十的老头子做伴没旁人"]
)
def test_couple_is_two(said: str) -> None:
    assert told(SURVEY, "household_size", said)["household_size"] == 2


def test_reading_of_noon_is_not_lost() -> None:
    said = "早上忘了量中午量的三十七度四"
    assert told(OBSERVATION, "morning_temperature", said) == {"morning_temperature": 37.4}
    said = "早上忘了量，昨晚三十七度四"
    assert told(OBSERVATION, "morning_temperature", said)["morning_temperature"] is None


def test_child_s_reading_is_not_that_of_the_grandmother() -> None:
    answers = ["我是她儿媳妇", "在北京", "没有", "我婆婆刚量完三十六度六老大现在三十七度八"]
    known = after(SURVEY, answers)
    assert known["temperature"] == 36.6
    assert known["household"] == "老大现在三十七度八"


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("止咳的药水给我捎一瓶再带点青菜", "止咳的药水、带点青菜"),
        ("成人纸尿裤快用完了能不能帮着送一箱上来", "成人纸尿裤"),
        ("老太太的二甲双胍要人去医院拿一下 我走不开 再有马桶堵掉了 找谁通啊", "拿二甲双胍、马桶堵掉了"),
        (
            "那可多了米和油快见底了胰岛素得有人去医院取窗户关不严漏风电费我也不会在手机上交",
            "米和油、胰岛素、去医院取、窗户关不严、交电费",
        ),
        (
            "药不用，就是青菜没了，另外我闺女学校的作业卷子能不能帮着打印一下？",
            "青菜、我闺女学校的作业卷子、打印一下",
        ),
    ],
)
def test_needs(said: str, needs: str) -> None:
    assert told(OBSERVATION, "needs", said)["needs"] == needs


def test_questions_beside_other_answers() -> None:
    said = "应该没有吧，我回来坐的高铁，身边没听说谁有事。对了，想问一下咱们社区哪儿能做核酸？"
    assert told(SURVEY, "contact", said) == {"contact": False, "questions": "我们社区哪儿能做核酸"}
    said = "我自己一个人住。那我现在是不是不能出门了？"
    assert told(SURVEY, "household_size", said)["questions"] == "我现在是不是不能出门"
    assert read(NOTICE, "understood", "停水是吧知道了那大概停到几点啊").intent == "read_again"


def test_complaint_stays_beside_no_others() -> None:
    before = [
        "是我",
        "在北京",
        "除了脚疼没啥不舒服的。",
        "三十六度五",
        "没有",
        "接触过，我同事确诊了",
        "两口人",
        "没有",
    ]
    known = after(SURVEY, [*before, "就是脚踝骨折，别的不舒服没有。接触那个对。"])
    assert known["symptoms"] == ["其他不适"]
    assert known["contact"] is True


def test_grandmother_who_coughs_is_another() -> None:
    before = ["我是她爸爸", "在北京", "有点咳嗽", "三十六度五", "没有", "没有", "四口人", "没有"]
    assert after(SURVEY, [*before, "不是不是，咳嗽的是她奶奶，孩子没事。"])["symptoms"] == []
