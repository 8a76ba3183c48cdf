"""What residents say of the call itself, and what only sounds like it."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.understanding import Context, Understanding
from dialogs.understanding.single_answer import question_of

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)


def intent(question: str, words: str) -> str:
    return BY_RULES.read(words, Context(question_of(SCRIPT, question), date(2026, 11, 22))).intent


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        ("travel", "收音机响着，没听真，劳驾再讲一回", "repeat"),
        ("return_date", "煤气灶上呼呼响，刚那句我听漏了，从头问吧", "repeat"),
        ("symptoms", "你这声音像蚊子叫", "repeat"),
        ("needs", "耳朵不好使，重新问一遍", "repeat"),
        ("contact", "两手肥皂沫，过会儿讲", "call_later"),
        ("temperature", "面馆里正忙呢，散了会再打", "call_later"),
        ("household_size", "恕我拒答，往后别再来电", "opted_out"),
        ("travel", "把我从名单里划掉", "opted_out"),
        ("in_beijing", "请你们站里的老师打过来，这事只跟真人谈", "wants_person"),
        ("needs", "请喊你们管事儿的接电话", "wants_person"),
        ("temperature", "这是理发店，您找错地方了", "wrong_number"),
        ("needs", "请永久拉黑我的号码", "opted_out"),
        ("contact", "再问我就上热线告你们去", "opted_out"),
        ("symptoms", "洗衣机响，盖掉了", "repeat"),
        ("identity", "这是假人声吧，换个活人", "wants_person"),
    ],
)
def test_what_is_said_of_the_call_is_heard_in_many_words(question: str, said: str, expected: str) -> None:
    assert intent(question, said) == expected


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("symptoms", "脑袋不消停，疼得很"),  # 不想听
        ("contact", "没接触，天天上班"),
        ("travel", "窝在家里，没动"),  # 没懂
        ("travel", "去了趟医院，走不开，没去外地"),
        ("needs", "叫个人来修修水管"),
        ("temperature", "有完没完，三十六度八"),
        ("temperature", "额头三十七度三，以胳肢窝的为准"),  # 一个字
        ("household_size", "两口人，别人都搬走了"),
    ],
)
def test_what_only_sounds_like_it_is_none(question: str, said: str) -> None:
    assert intent(question, said) == ""
