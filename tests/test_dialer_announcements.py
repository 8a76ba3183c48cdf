"""What carriers say, as a recogniser hears it over a bad line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from campaign.records import Disposition
from dialer.call_progress.announcements import (
    CERTAIN,
    announcement_in,
    as_announcements,
    grammar_phrases,
)

PHRASES = Path(__file__).parent.parent / "benchmarks" / "call_progress.tsv"


def phrases(*kinds: str) -> list[tuple[str, str]]:
    with PHRASES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["text"], row["expected"]) for row in rows if row["kind"] in kinds]


def announced(words: str) -> Disposition | None:
    """What a whole announcement means, however surely."""
    found = announcement_in(words, is_over=True)
    return found.disposition if found else None


def is_certain(words: str) -> bool:
    found = announcement_in(words, is_over=True)
    return found is not None and found.confidence >= CERTAIN


@pytest.mark.parametrize(("words", "expected"), phrases("announcement", "machine"))
def test_every_wording_of_the_carriers_is_certain(words: str, expected: str) -> None:
    found = announcement_in(words, is_over=True)
    assert found is not None
    assert found.disposition is Disposition(expected)
    assert found.confidence >= CERTAIN


@pytest.mark.parametrize(("words", "_"), phrases("opening", "long", "television", "advert"))
def test_neither_people_nor_advertising_announce_anything(words: str, _: str) -> None:
    assert not is_certain(words)


@pytest.mark.parametrize(
    ("words", "disposition"),
    [
        ("您好您播打的电话一关机请稍后再播", Disposition.POWERED_OFF),
        ("您好您播照的用户以停机", Disposition.OUT_OF_SERVICE),
        ("您好您播打低电话暂时无人接庆请稍后再播", Disposition.NO_ANSWER),
        ("对不起险路忙请稍后再拨", Disposition.NETWORK_BUSY),
        ("您好您不打的用户正在通话众请稍后再拨", Disposition.BUSY),
        ("sorrythesubscriberyoudialedispoweredoff", Disposition.POWERED_OFF),
    ],
)
def test_misheard_words_are_understood_by_their_sound(words: str, disposition: Disposition) -> None:
    assert announced(words) is disposition


def test_a_general_phrase_is_certain_only_when_the_sentence_is_over() -> None:
    words = "您好您拨打的用户暂时无法接通"
    so_far, at_the_end = announcement_in(words), announcement_in(words, is_over=True)
    assert so_far is not None
    assert so_far.confidence < CERTAIN
    assert at_the_end is not None
    assert at_the_end.confidence >= CERTAIN
    went_on = announcement_in(words + "来电信息将以短信方式通知对方")
    assert went_on is not None
    assert went_on.disposition is Disposition.CALL_ASSISTANT


@pytest.mark.parametrize(
    ("words", "disposition"),
    [
        ("您拨打的用户暂时无法接听您的电话请稍后再拨", Disposition.DECLINED),
        ("您拨打的用户暂时无法接通请稍后再拨", Disposition.UNREACHABLE),
    ],
)
def test_of_two_that_sound_alike_the_nearer_was_said(words: str, disposition: Disposition) -> None:
    assert announced(words) is disposition


@pytest.mark.parametrize(
    "words",
    [
        "我手机刚才关机了",
        "喂我在通话中你等一下",
        "他不在家没有人接听吧",
        "您拨打的电话正在接通请稍候",
        "我是他秘书他在忙",
        "有事你给他留言",
    ],
)
def test_a_phrase_alone_is_no_announcement(words: str) -> None:
    assert not is_certain(words)


def test_recognisers_are_told_every_phrase_once() -> None:
    told = grammar_phrases()
    assert len(set(told)) == len(told)
    assert {"已关机", "请稍后再拨", "您好"} <= set(told)


@pytest.mark.parametrize(
    ("words", "disposition"),
    [
        ("您拨打的电话已关机请稍后再拨", Disposition.POWERED_OFF),
        ("您拨叫的用户已停机", Disposition.OUT_OF_SERVICE),
        ("您拨打的号码是空号请核对后再拨", Disposition.INVALID_NUMBER),
        ("您拨打的用户正在通话中请稍后再拨", Disposition.BUSY),
        ("您拨打的电话暂时无人接听请稍后再拨", Disposition.NO_ANSWER),
        ("您拨打的电话暂时无法接通请稍后再拨", Disposition.UNREACHABLE),
        ("您拨打的用户不在服务区", Disposition.UNREACHABLE),
        ("您拨打的用户已设置呼入限制", Disposition.BARRED),
        ("您拨打的用户已开通来电提醒业务", Disposition.CALL_ASSISTANT),
        ("网络忙请稍后再拨", Disposition.NETWORK_BUSY),
        ("您拨打的用户暂时无法接听您的电话", Disposition.DECLINED),
        ("一首很好听的歌", None),
        ("", None),
    ],
)
def test_short_wordings_are_understood(words: str, disposition: Disposition | None) -> None:
    assert announced(words) is disposition


@pytest.mark.parametrize("words", ["您好我现在不方便接听电话请在滴声后留言", "您已转入语音信箱"])
def test_a_machine_needs_no_frame(words: str) -> None:
    assert is_certain(words)


def test_of_wordings_that_of_an_announcement_is_likelier() -> None:
    wordings = ("您好您拨打的用户以情绪", "您好您拨打的用户以停机", "喂您好哪位")
    told = as_announcements(wordings)
    assert [wording for wording, _ in told] == list(wordings)
    assert [merit > 0 for _, merit in told] == [False, True, False]
