"""Where clauses about health end between what is denied and what is felt, without punctuation."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.language.clauses.ends import with_ends
from dialogs.language.rhetoric import plainly
from dialogs.loading import load_script
from dialogs.understanding import Context
from dialogs.understanding.reader import Understanding

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)
CONTEXT = Context(SCRIPT.states["ask_symptoms"], date(2026, 11, 22))


def symptoms(text: str) -> set[str]:
    """As the rules read them."""
    finding = BY_RULES.read(text, CONTEXT).findings["symptoms"]
    assert finding.confidence >= 0.6
    return set(finding.value)


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("没烧嗓子有点疼", "咽痛"),
        ("不热不乏咳", "咳嗽"),
        ("不咳烧喉咙痛", "发热 咽痛"),
        ("不烧不咳腿疼", "其他不适"),
        ("没咳发烧", "发热"),
        ("没发烧没咳嗽头疼", "头痛"),
        ("没发烧拉稀", "腹泻"),
        ("不发烧鼻塞", "鼻塞流涕"),
        ("没发烧没劲", "乏力"),
        ("头疼发热没咳", "头痛 发热"),
        ("拉肚子没发烧", "腹泻"),
        ("发烧咳嗽没吐", "发热 咳嗽"),
        ("不吐了还在拉", "腹泻"),
        ("头不疼了还没劲", "乏力"),
        ("没见好还吐", "呕吐"),
        ("我不吐的是发烧", "发热"),
        ("热度没有咳肚子也疼", "咳嗽 其他不适"),
        ("拉肚子加头疼咳嗽没有", "腹泻 头痛"),
        ("牙疼外带发烧", "其他不适 发热"),
        ("昨天退的烧还咳", "咳嗽"),
        # and what one no denies
        ("没发烧咳嗽", ""),
        ("没咳嗽发烧", ""),
        ("没发烧没头疼", ""),
        ("没发烧头疼啥的", ""),
        ("没发烧头疼的", ""),
        ("不拉肚子", ""),
        ("没咳痰", ""),
        ("不烧嗓子不疼", ""),
        ("不烧头也不疼", ""),
        ("不烧咳嗽也没有", ""),
        ("不咳嗽浑身是劲", ""),
        ("头不疼不咳", ""),
        ("不烧了", ""),
    ],
)
def test_what_a_no_denies(text: str, felt: str) -> None:
    assert symptoms(text) == set(felt.split())


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("老公不疼我嗓子疼", "咽痛"),
        ("老头子没烧我烧", "发热"),
        ("老伴头疼我胃疼", "其他不适"),
        ("我妈咳嗽我也咳", "咳嗽"),
        ("邻居发烧我没事", ""),
        ("他奶奶胃疼我能吃能睡", ""),
        ("儿子说我发烧", "发热"),
    ],
)
def test_what_is_said_of_others_ends_where_i_begin(text: str, felt: str) -> None:
    assert symptoms(text) == set(felt.split())


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("一点劲也没有咳嗽倒没有", "乏力"),
        ("您说的仨没有我失眠", "其他不适"),
        ("没别的头疼", "头痛"),
        ("没大病咳嗽没离身", "咳嗽"),
        ("没多大事拉稀", "腹泻"),
        ("有点烧不要紧", "发热"),
        ("感冒都没有别说发烧了", ""),
        ("我没有好着呢", ""),
        ("烧什么烧不烧", ""),
        ("发热没有后面两个都有", "咳嗽 乏力"),
        ("发热有咳嗽没有没力气", "发热 乏力"),
        # what was asked is said again
        ("发烧没烧", ""),
        ("不舒服没有的事", ""),
        ("感冒我都三年没感冒了", ""),
        ("哪里不舒服哪里都舒服", ""),
        ("谁不舒服我可舒服了", ""),
        ("嗓子疼算不算有", "咽痛"),
        # turns of speech
        ("不止咳还吐", "咳嗽 呕吐"),
        ("不咳做梦吧", "咳嗽"),
        ("不拉哪能啊一上午四趟", "腹泻"),
        ("发烧想多了", ""),
        ("烧个锤子凉的", ""),
        ("还咳嗽呢没有的事", ""),
        ("还咳嗽呢没有发烧", "咳嗽"),
        ("不是不烧是没量", "发热"),
        ("没别的咳嗽发烧都没有", ""),
        ("没大事", ""),
    ],
)
def test_words_that_end_their_clause(text: str, felt: str) -> None:
    assert symptoms(text) == set(felt.split())


@pytest.mark.parametrize(
    "text",
    ["不烧不咳", "没烧没咳", "不发烧不咳嗽", "没别的症状", "没什么大问题", "烧没烧", "咳不咳", "我家孩子"],
)
def test_what_stays_together(text: str) -> None:
    assert with_ends(text) == text


def test_a_door_that_nobody_knows_is_no_illness() -> None:
    assert plainly("医院大门朝哪儿开我都不知道没病").endswith("不知道没病")
