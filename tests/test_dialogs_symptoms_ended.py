"""Symptoms that have ended, are told by their places in the question, or are no symptoms at all."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.loading import load_script
from dialogs.understanding import Context
from dialogs.understanding.reader import Understanding

SCRIPT = load_script("health_survey")
BY_RULES = Understanding(SCRIPT, None)
SURE = 0.6


def symptoms(text: str) -> set[str] | str:
    """As the rules read them; ask where they are in doubt."""
    context = Context(SCRIPT.states["ask_symptoms"], date(2026, 11, 22))
    finding = BY_RULES.read(text, context).findings.get("symptoms")
    return "ask" if finding is None or finding.confidence < SURE else set(finding.value)


@pytest.mark.parametrize(
    ("text", "lasting"),
    [
        ("鼻涕不流了，咳嗽还没好", "咳嗽"),
        ("先是嗓子疼，后来发烧，现在嗓子不疼了，光烧", "发热"),
        ("昨天吃坏了东西又吐又拉，今天不吐了还拉", "腹泻"),
        ("上个星期还只是流鼻涕，现在发展成咳嗽了，鼻涕没了", "咳嗽"),
        ("发烧是好了，咳嗽接上了", "咳嗽"),
        ("昨天还发烧，今天烧没了，头还疼着", "头痛"),
    ],
)
def test_what_has_ended_counts_no_longer(text: str, lasting: str) -> None:
    assert symptoms(text) == {lasting}


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("烧退了又烧", "发热"),
        ("嗓子不疼了，晚上又疼，嗓子疼", "咽痛"),
        ("咳嗽没好", "咳嗽"),
        ("白天不烧了，夜里又烧，还咳", "发热 咳嗽"),
    ],
)
def test_what_has_come_again_counts(text: str, felt: str) -> None:
    assert symptoms(text) == set(felt.split())


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("发热、咳嗽、乏力，我占了头一个跟末一个", "发热 乏力"),
        ("您问的那三样，就中间那个我有", "咳嗽"),
        ("除了第一个都有", "咳嗽 乏力"),
        ("除了发烧，另外两个都有", "咳嗽 乏力"),
        ("头一样没有，后两样全有", "咳嗽 乏力"),
        ("发热没有，后两样有", "咳嗽 乏力"),
        ("都占齐了", "发热 咳嗽 乏力"),
        ("除了您说的那仨，我还拉肚子", "发热 咳嗽 乏力 腹泻"),
        ("除了咳嗽没别的", "咳嗽"),
        ("三样都没有", ""),
    ],
)
def test_places_in_the_question_tell_symptoms(text: str, felt: str) -> None:
    assert symptoms(text) == set(felt.split())


@pytest.mark.parametrize(
    "text",
    [
        "没得哪点不舒服",
        "没有哪块儿不痛快，身体好",
        "我一个大小伙子能难受到哪儿去，没事儿",
        "没有，哪敢病啊",
        "你提的这几种情况我从没遇上",
        "未见发热、咳嗽和乏力",
        "未见咳嗽、腹泻、呕吐",
        "发热咳嗽都没有，疲劳感也没有",
        "真不舒服我早跟你们说了，没有",
        "没有，你问了一大堆我就听见个咳嗽，不咳",
        "跳广场舞跳得热，汗出一身，不是发烧，没病",
        "屋里暖气烧得热，人可没发烧",
        "我是发烧友，没发烧",
        "我们全家都没事，就狗病了",
        "我们都好，就猫吐了",
        "姥爷精神头足着呢，啥事没有，您放心",
    ],
)
def test_denials_and_what_is_no_symptom(text: str) -> None:
    assert symptoms(text) == set()


@pytest.mark.parametrize(
    ("text", "felt"),
    [
        ("未见发热，有点咳嗽", "咳嗽"),
        ("未见发热，咳嗽三天了", "咳嗽"),
        ("干活干得发烧了", "发热"),
        ("屋里我烧得厉害", "发热"),
        ("我们全家都没事，就我咳嗽", "咳嗽"),
        ("头又晕又疼", "其他不适 头痛"),
        ("脑壳又烫又痛", "发热 头痛"),
    ],
)
def test_what_only_looks_like_a_denial_is_felt(text: str, felt: str) -> None:
    assert symptoms(text) == set(felt.split())
