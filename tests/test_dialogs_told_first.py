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


@pytest.mark.parametrize("felt", FELT)
def test_a_symptom_is_not_taken_back_by_what_is_denied_after_it(felt: str) -> None:
    said = _with_and_without_pause([felt], ["".join(parts) for parts in product(*DENIED)])
    assert [answer for answer in said if value("symptoms", answer) == []] == []
    told = [answer for answer in said if "，" in answer[: len(felt) + 1]]
    assert [answer for answer in told if FELT[felt] not in read("symptoms", answer).values["symptoms"]] == []


def test_neither_is_a_journey() -> None:
    said = _with_and_without_pause(GONE, NOT_GONE)
    assert [answer for answer in said if value("travel", answer) in (False, "no")] == []


def test_nor_a_contact() -> None:
    said = _with_and_without_pause(MET, NOT_HARMED)
    assert [answer for answer in said if value("contact", answer) in (False, "no")] == []


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("symptoms", "咳嗽没有，发热没有|咳嗽没有发热没有|发烧没有，嗓子也不疼|我老伴儿咳嗽，我没事"),
        ("travel", "去过，哦不对，没有去过|去年去过，今年没去|没去过，别的地方也没去|去了趟公园，没出北京"),
        ("contact", "没接触过，别的也没有|去年接触过，今年没有|邻居阳了，我没接触"),
    ],
)
def test_it_may_be_taken_back(question: str, answers: str) -> None:
    cleared = ([], "no", False)
    assert [answer for answer in answers.split("|") if value(question, answer) not in cleared] == []
