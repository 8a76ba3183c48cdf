"""Answers about health and contacts as recognisers write them, without punctuation."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.language.clauses import with_clauses
from dialogs.language.rhetoric import plainly
from dialogs.loading import load_script
from dialogs.understanding import Context
from dialogs.understanding.reader import Understanding

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)
SURE = 0.6


def cut(text: str) -> str:
    """Where clauses end for certain; nothing is known of where they are likely to."""
    return with_clauses(text, str)


def read(question: str, text: str) -> object:
    """As the rules read it; ask where they are in doubt."""
    context = Context(SCRIPT.states[f"ask_{question}"], date(2026, 11, 22))
    finding = BY_RULES.read(text, context).findings.get(question)
    return "ask" if finding is None or finding.confidence < SURE else finding.value


def symptoms(text: str) -> set[str] | str:
    value = read("symptoms", text)
    return set(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("咳嗽有发烧没有乏力也有", "咳嗽 乏力"),
        ("咳嗽无发热无咽痛倒是有", "咽痛"),
        ("发热无腹泻无恶心倒有", "呕吐"),
        ("咳嗽没有发热没有乏力嘛有那么些", "乏力"),
        ("头疼没有咳嗽没有拉肚子没有", ""),
        ("发烧没有咳嗽没有我好着呢", ""),
        ("乏力没得发烧没得咳嗽也没得", ""),
        ("发热没咳嗽有点嗓子不疼", "咳嗽"),
        ("没流鼻涕没发热气紧倒是真的", "呼吸困难"),
        ("有乏力有头痛喘不上气没有", "乏力 头痛"),
        ("没有发热咳嗽头疼有", "头痛"),
        ("不烧咳嗽乏力有", "咳嗽 乏力"),
        ("不咳不流鼻子发烧嘛烧的", "发热"),
        ("热度没有咳嗽没有力气也足足的", ""),
        ("无发热无咳嗽无乏力", ""),
        ("咳嗽没有发烧没有头有点疼", "头痛"),
        ("胸口不闷头不晕拉肚子拉得凶", "腹泻"),
        ("腰不疼腿疼", "其他不适"),
    ],
)
def test_lists_with_their_verdicts(text: str, felt: str) -> None:
    assert symptoms(text) == set(felt.split())


@pytest.mark.parametrize(
    "text",
    [
        "咳嗽没有发烧",
        "头疼没有发烧没有咳嗽",
        "嗓子疼没有别的症状",
        "鼻塞没有发烧也不咳嗽",
        "拉肚子没有发烧没有别的",
        "咳嗽有痰",
        "咳嗽不咳痰",
        "发烧没有力气",
    ],
)
def test_a_list_that_ends_with_a_thing_may_have_its_verdicts_before(text: str) -> None:
    assert cut(text) == text
    assert symptoms(text) != set()


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("前两个有第三个没有", "发热 咳嗽"),
        ("头一样没有后两样全有", "咳嗽 乏力"),
        ("第二样有第一样第三样没有", "咳嗽"),
        ("第一样不占第二样占末一样不占", "咳嗽"),
        ("头一个和第三个有中间那个没有", "发热 乏力"),
        ("首项有余两项均无", "发热"),
        ("第二个有别的没有", "咳嗽"),
        ("第一第二都有第三没有", "发热 咳嗽"),
        ("前两样没有乏力是真乏力", "乏力"),
    ],
)
def test_things_told_by_their_places(text: str, felt: str) -> None:
    assert symptoms(text) == set(felt.split())


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("乏力不乏咳嗽也没得", ""),
        ("头疼不咋疼嗓子是真疼", "咽痛"),
        ("没劲儿有劲儿着呢咳嗽没有", ""),
        ("发热不发热不发咳嗽不咳嗽不咳", ""),
        ("咳不咳不咳烧不烧烧", "发热"),
        ("喘不喘喘烧不烧烧我还能咋说", "呼吸困难 发热"),
        ("咳嘛是不咳烧嘛也是不烧", ""),
        ("头疼嗓子疼没有没有都好着", ""),
        ("乏力哦那没有能打球", ""),
        ("发热不发热", "ask"),
        ("嗓子疼不疼嗓子疼", "咽痛"),
        ("头疼没有没有力气也没有", "头痛 乏力"),
    ],
)
def test_what_was_asked_is_said_again(text: str, felt: str) -> None:
    assert symptoms(text) == (felt if felt == "ask" else set(felt.split()))


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("并不是一点事没有鼻子堵着睡不好", "并不是一点事没有,鼻子堵着睡不好"),
        ("啥症状没有娘儿俩住着挺好", "啥症状没有,娘儿俩住着挺好"),
        ("你讲的那几样都没有颈椎疼", "你讲的那几样都没有,颈椎疼"),
        ("您问的我没有可耳朵里疼", "您问的我没有,可耳朵里疼"),
        ("不发烧不呕吐嗅觉却失灵了", "不发烧不呕吐,嗅觉却失灵了"),
        ("发热就是烧吧不烧凉快着呢", "发热就是烧吧?不烧,凉快着呢"),
        ("发烧想多了没有", "发烧?想多了没有"),
        ("啥叫不舒服我皮实得很没有", "啥叫不舒服?我皮实得很没有"),
        ("无身体倍儿棒", "无,身体倍儿棒"),
        ("没有没有碰过那种人", "没有,没有碰过那种人"),
        ("拉肚子啊不是吐没拉", "拉肚子,啊不是,吐,没拉"),
        ("不拉净吐", "不拉,净吐"),
        ("以前血压高爱晕现今稳住了", "以前血压高爱晕,现今稳住了"),
        # and what must stay together
        ("什么症状都没有出现", "什么症状都没有出现"),
        ("有啥症状没有", "有啥症状没有"),
        ("那几样都没有接触过", "那几样都没有接触过"),
        ("没有可疑的人", "没有可疑的人"),
        ("没有身体不舒服", "没有身体不舒服"),
        ("没有没有", "没有没有"),
    ],
)
def test_where_clauses_end_for_certain(text: str, clauses: str) -> None:
    assert cut(text) == clauses


def test_what_is_likely_is_asked_of_the_rest_alone() -> None:
    rest: list[str] = []
    with_clauses("咳嗽有发烧没有我昨天去了天津", lambda part: rest.append(part) or part)
    assert rest == ["我昨天去了天津"]


@pytest.mark.parametrize("text", ["昨儿半夜烧起来的还没下去", "烧还没下去", "咳得没停"])
def test_what_has_not_gone_down_is_there(text: str) -> None:
    assert symptoms(text) not in (set(), "ask")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("没有没有碰过那种人", False),
        ("没有没有没有接触过病人", False),
        ("邻居查了不是没碰过病人", False),
        ("冒得冒挨过病人", False),
        ("不是没接触过", True),
        ("也不算没有接触过一个确诊的", True),
    ],
)
def test_contacts_denied_twice(text: str, value: bool) -> None:
    assert read("contact", text) is value


def test_what_does_not_count_is_no_denial_of_none() -> None:
    assert plainly("他报阳复查是误报所以不算没有") == "他报阳复查是误报所以不算,没有"
    assert plainly("我也不算没有") == "我也有"
