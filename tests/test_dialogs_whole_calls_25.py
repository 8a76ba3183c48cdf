"""Answers and replies of round 25 of whole calls that were taken wrongly."""

from __future__ import annotations

import pytest

from tests.played_answers import NOTICE, OBSERVATION, SURVEY, after, read, told

_BEFORE = ["是我", "在北京", "有点咳嗽，浑身没劲", "三十七度三", "没有"]


@pytest.mark.parametrize(
    "reply",
    [
        "别的对，就是接触没接触我真说不好，保姆自己有没有阳都还不晓得呢。",
        "前面都对，接触这个我不敢肯定，说的是可能碰上过。",
    ],
)
def test_who_cannot_tell_confirms_no_contact(reply: str) -> None:
    known = after(SURVEY, [*_BEFORE, "接触过，我同事确诊了", "三口人", "没有", reply])
    assert known["contact"] is None
    assert known["symptoms"] == ["咳嗽", "乏力"]


def test_what_has_nothing_to_do_with_the_illness_takes_no_contact_back() -> None:
    reply = "没错，不过吐是孕吐，跟那个病不搭界。"
    before = [
        "是我",
        "在北京",
        "就是胃里反酸、吐，别的没有",
        "三十六度九",
        "没有",
        "我大姐昨天确诊的，我们还一块儿吃的饭",
        "两个人",
    ]
    assert after(SURVEY, [*before, "没有", reply])["contact"] is True


@pytest.mark.parametrize(
    "said",
    [
        "这个不好说，老二幼儿园他们班有个小朋友阳了，我接送的时候可能碰到过吧。",
        "接触没接触我哪知道啊一天拉几十个人应该没有吧",
    ],
)
def test_who_begins_by_not_knowing_is_asked_again(said: str) -> None:
    answer = read(SURVEY, "contact", said)
    assert answer.confidence["contact"] < SURVEY.slots["contact"].sure


@pytest.mark.parametrize(
    ("said", "chronic"),
    [
        ("没有我就是血压高吃了二十多年药了别的不咳嗽也不发烧", ["高血压"]),
        ("没有不烧也不咳就是心脏不好还有帕金森都是老毛病了", ["心脏病", "其他慢性病"]),
        ("没有，就是老关节炎", ["其他慢性病"]),
    ],
)
def test_well_but_for_what_is_chronic(said: str, chronic: list[str]) -> None:
    assert told(SURVEY, "symptoms", said) == {"symptoms": [], "chronic": chronic}


def test_girl_who_is_spoken_to_is_not_ill() -> None:
    said = "不好受啊姑娘,打昨儿起就发冷发热,还咳嗽,我这痛风也跟着凑热闹。"
    assert told(SURVEY, "symptoms", said)["symptoms"] == ["发热", "咳嗽"]


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("没有没有，就是腰疼，开车开的，老毛病了。", "哎哟我没病，就是腰疼，老毛病，不是发烧感冒那种。"),
        ("不咳不烧，就是膝盖疼", "就是膝盖疼，不是感冒那种不舒服"),
    ],
)
def test_complaint_that_is_explained_is_confirmed(said: str, reply: str) -> None:
    before = ["是我", "在北京", said, "三十六度五", "没有", "没有", "两口人", "没有"]
    assert after(SURVEY, [*before, reply])["symptoms"] == ["其他不适"]


def test_doctor_to_be_called_is_no_number() -> None:
    assert "household_size" not in told(SURVEY, "household_size", "给我送点儿退烧药来吧,再叫个大夫。")


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("别的倒不缺就是我下礼拜要做产检你们说能让出小区吗", ""),
        ("菜能送点儿最好，还有我妈吃的阿司匹林快没了，能帮忙配吗？", "菜、我妈吃的阿司匹林"),
        ("口罩不太够了能给发点吗", "口罩"),
        ("降压药快吃完了，你们光打电话问，倒是给送来呀。", "降压药"),
        ("要的要的就是那胰岛素麻烦你们跑一趟同仁医院", "胰岛素、跑一趟同仁医院"),
    ],
)
def test_needs(said: str, needs: str) -> None:
    assert told(SURVEY, "needs", said)["needs"] == needs


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("没什么要的就是想问问我用不用去做核酸", "我用不用去做核酸"),
        ("暂时没有对了我下周六才回去到时候跟谁报备啊", "到时候跟谁报备"),
        ("没什么需要的你们这个信息不会给别人吧", "这个信息不会给别人"),
        ("没什么，就是我这店还开不开得了啊？", "我这店还开不开得了"),
    ],
)
def test_questions_beside_no_needs(said: str, question: str) -> None:
    values = told(SURVEY, "needs", said)
    assert values["needs"] == ""
    assert values["questions"] == question


def test_questions_beside_other_answers() -> None:
    said = "三十七度六吧您说这算不算发烧啊"
    assert told(OBSERVATION, "morning_temperature", said) == {
        "morning_temperature": 37.6,
        "questions": "这算不算发烧",
    }
    assert told(NOTICE, "understood", "我开车呢这事儿收不收钱啊")["questions"] == "我开车呢这事收不收钱"
    said = "听明白了就是礼拜六停一天水对吧那几点能来水啊"
    assert told(NOTICE, "understood", said)["understood"] is True


def test_suspicion_is_no_wish_to_be_left_alone() -> None:
    answer = read(SURVEY, "identity", "现在骗子这么多，我凭什么告诉你我是谁？")
    assert answer.intent == "who_are_you"


def test_not_having_gone_out_is_no_answer_about_health() -> None:
    assert "symptoms" not in told(OBSERVATION, "symptoms", "没出去，一步都没出。")
