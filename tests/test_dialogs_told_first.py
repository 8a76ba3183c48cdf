"""What is told first stays told, whatever else is denied after it; and what may take it back."""

from __future__ import annotations

from itertools import product

import pytest

from tests.answers import read, value

FELT = {"咳嗽": "咳嗽", "有点咳嗽": "咳嗽", "拉肚子": "腹泻", "头疼": "头痛", "流鼻涕": "鼻塞流涕"}
DENIED = ("没有发烧", "没发热", "不发烧"), ("，嗓子也不疼", "，喉咙也不痛", "，肚子也没事", "，也没有呕吐")
GONE = [
    "去过",
    "去了趟天津",
    "出过差",
    "回过老家",
    "去过一次上海",
    "出去过",
    "上周去了河北",
    "出了趟远门",
    "回了趟老家",
]
NOT_GONE = [
    "没去别的地方",
    "没有去湖北",
    "其他都没去",
    "没去过疫区",
    "没出国",
    "没住下",
    "没去人多的地方",
    "没去中高风险地区",
]
MET = ["接触过", "碰见过", "见过一个", "我同事阳了", "邻居确诊了", "跟确诊的吃过饭", "接触过病人"]
NOT_HARMED = [
    "我没被传染",
    "没有发烧",
    "没说几句话",
    "没戴口罩",
    "没有握手",
    "没近距离",
    "我没感染",
    "没坐多久",
]


def _with_and_without_pause(first: list[str], then: list[str]) -> list[str]:
    return [pause.join(parts) for pause in ("，", "") for parts in product(first, then)]


def _is_cleared(question: str, answer: str) -> bool:
    return value(question, answer) in ([], "no", False)


@pytest.mark.parametrize("felt", FELT)
def test_a_symptom_is_not_taken_back_by_what_is_denied_after_it(felt: str) -> None:
    said = _with_and_without_pause([felt], ["".join(parts) for parts in product(*DENIED)])
    assert [answer for answer in said if value("symptoms", answer) == []] == []
    told = [answer for answer in said if "，" in answer[: len(felt) + 1]]
    assert [answer for answer in told if FELT[felt] not in read("symptoms", answer).values["symptoms"]] == []


def test_neither_is_a_journey() -> None:
    said = _with_and_without_pause(GONE, NOT_GONE)
    assert [answer for answer in said if _is_cleared("travel", answer)] == []


def test_nor_a_contact() -> None:
    said = _with_and_without_pause(MET, NOT_HARMED)
    assert [answer for answer in said if _is_cleared("contact", answer)] == []


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("symptoms", "咳嗽没有，发热没有|咳嗽没有发热没有|发烧没有，嗓子也不疼|我老伴儿咳嗽，我没事"),
        ("travel", "去过，哦不对，没有去过|去年去过，今年没去|没去过，别的地方也没去|去了趟公园，没出北京"),
        ("contact", "没接触过，别的也没有|去年接触过，今年没有|邻居阳了，我没接触"),
    ],
)
def test_it_may_be_taken_back(question: str, answers: str) -> None:
    assert [answer for answer in answers.split("|") if not _is_cleared(question, answer)] == []


# --- after a plain no ---------------------------------------------------------------------------------


NO = ["没有", "没有没有", "没有啊", "没啥"]
A_LITTLE = ["有点", "就是有点", "稍微有点", "不过偶尔", "最近略微", "有那么一点"]
FELT_A_LITTLE = {"拉肚子": "腹泻", "发烧": "发热", "胸闷": "呼吸困难", "喘": "呼吸困难", "嗓子疼": "咽痛"}
GONE_AFTER_NO = ["去了趟天津", "上周出了趟差", "我就去过一次上海", "不过回了趟老家"]
MET_AFTER_NO = ["同事确诊了", "见过确诊的表哥", "不过和发烧的邻居打过牌", "接触过一个发烧的同事"]


@pytest.mark.parametrize("felt", FELT_A_LITTLE)
def test_a_little_of_something_after_a_no_is_told(felt: str) -> None:
    said = _with_and_without_pause(NO, [degree + felt for degree in A_LITTLE])
    assert [answer for answer in said if value("symptoms", answer) not in (None, [FELT_A_LITTLE[felt]])] == []
    told = [answer for answer in said if "，" in answer]
    assert [answer for answer in told if value("symptoms", answer) is None] == []


@pytest.mark.parametrize("felt", FELT_A_LITTLE)
def test_one_symptom_after_a_no_and_a_pause_is_asked_again(felt: str) -> None:
    assert value("symptoms", f"没有，{felt}") is None
    assert value("symptoms", f"没有{felt}") == []


def test_a_journey_or_a_contact_after_a_no_and_a_pause_is_not_denied() -> None:
    gone = [f"{no}，{told}" for no, told in product(NO, GONE_AFTER_NO)]
    met = [f"{no}，{told}" for no, told in product(NO, MET_AFTER_NO)]
    assert [answer for answer in gone if _is_cleared("travel", answer)] == []
    assert [answer for answer in met if _is_cleared("contact", answer)] == []


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("symptoms", "没有，好着呢|没有有点咳嗽啥的|没有，前几天有点咳早好了|没有，我儿子有点咳"),
        ("travel", "没有，就去了趟超市|没有，我儿子去了趟天津|没有，去外地的是我们对门"),
        ("contact", "没有，我就上了个班|没有，谁有病还出门啊"),
    ],
)
def test_a_no_stands_beside_what_does_not_count(question: str, answers: str) -> None:
    assert [answer for answer in answers.split("|") if not _is_cleared(question, answer)] == []
