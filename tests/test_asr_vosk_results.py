"""Vosk's JSON as words, and which of two decodings is believed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from asr.recognizer import Alternative, Way, Word
from asr.vosk_results import BETTER, Decoding, decoding_of, is_spoken, rated_words, settle


def word(text: str, confidence: float = 1.0) -> Word:
    return Word(text, 0.0, 0.5, confidence)


def entry(text: str, start: float, end: float, **more: float) -> dict[str, Any]:
    return {"word": text, "start": start, "end": end, **more}


def wordings(*rivals: tuple[float, list[dict[str, Any]]]) -> str:
    return json.dumps({"alternatives": [{"confidence": score, "result": words} for score, words in rivals]})


def test_words_have_the_times_of_their_own_utterance() -> None:
    answer = json.dumps({"result": [entry("没有", 12.3, 12.7, conf=0.9)]})
    assert decoding_of([answer], origin=12.0).words == (Word("没有", 0.3, 0.7, 0.9),)


def test_parts_closed_at_a_silence_are_one_answer() -> None:
    parts = [json.dumps({"result": [entry(text, 0, 1, conf=1.0)]}) for text in ("三十六度", "五")]
    assert decoding_of([*parts, json.dumps({"text": ""})], 0.0).text == "三十六度五"


def test_a_word_is_as_sure_as_all_wordings_that_have_it_there() -> None:
    answer = wordings(
        (10.0, [entry("没有", 0.0, 0.4), entry("发烧", 0.4, 0.9)]),
        (10.0, [entry("没有", 0.0, 0.4), entry("发少", 0.4, 0.9)]),
        (10.0, [entry("没", 0.0, 0.2), entry("发烧", 0.5, 0.9)]),
        (10.0, [entry("发烧", 2.0, 2.4)]),
    )
    decoding = decoding_of([answer], 0.0)
    assert [each.confidence for each in decoding.words] == [pytest.approx(0.5), pytest.approx(0.5)]
    assert [each.text for each in decoding.alternatives] == ["没有发烧", "没有发少", "没发烧", "发烧"]
    assert decoding.alternatives[0].score == pytest.approx(0.25)


def test_wordings_of_two_parts_are_joined() -> None:
    part = wordings((2.0, [entry("有", 0, 1)]), (1.0, [entry("没有", 0, 1)]))
    joined = decoding_of([part, part], 0.0).alternatives
    assert joined[0].text == "有有"
    assert sum(each.score for each in joined) == pytest.approx(1.0)


def test_sounds_are_no_words() -> None:
    assert [is_spoken(text) for text in ("有", "[unk]", "<UNK>", "[FIL]", "!SIL", "SIL")] == [True] + [
        False
    ] * 5
    assert Decoding((word("[unk]"), word("有"), word("[SPK]"))).text == "有"


def test_rated_words_of_a_partial_result() -> None:
    answer = json.dumps({"partial": "有 点", "partial_result": [entry("有", 3.1, 3.3, conf=0.8)]})
    assert rated_words(answer, 3.0) == (Word("有", 0.1, 0.3, 0.8),)
    assert rated_words(json.dumps({"partial": ""}), 0.0) == ()


@pytest.mark.parametrize(
    "words",
    [(), (word("没有"), word("[unk]")), (word("没有"), word("发烧", 0.4))],
    ids=["nothing", "unknown", "unsure"],
)
def test_doubt(words: tuple[Word, ...]) -> None:
    assert Decoding(words).is_doubtful


def test_a_sure_phrase_stands() -> None:
    bounded = Decoding((word("没有"),))
    assert not bounded.is_doubtful
    assert settle(bounded, None).way is Way.GRAMMAR
    assert settle(bounded, None).text == "没有"


def test_what_both_ways_hear_is_sure() -> None:
    settled = settle(Decoding((word("没有", 0.5),)), Decoding((word("没", 0.9), word("有", 0.9))))
    assert (settled.text, settled.way, settled.confidence) == ("没有", Way.GRAMMAR, pytest.approx(0.9))


def test_where_they_differ_the_free_words_count() -> None:
    settled = settle(Decoding((word("没有", 0.8),)), Decoding((word("有", 0.7), word("点", 0.5))))
    assert (settled.text, settled.way, settled.confidence) == ("有点", Way.FREE, pytest.approx(0.6))


def test_a_phrase_beside_something_unknown_is_worth_nothing_alone() -> None:
    settled = settle(Decoding((word("[unk]"), word("没有"))), Decoding())
    assert (settled.text, settled.confidence) == ("没有", 0.0)


def test_nothing_heard_is_no_words() -> None:
    assert settle(None, None).text == ""
    assert settle(Decoding(), Decoding()).confidence == 0.0


# --- where both decodings compare wordings ------------------------------------------------------------


def compared(text: str, likelihood: float, confidence: float = 1.0) -> Decoding:
    return Decoding((word(text, confidence),), (Alternative(text, 1.0),), likelihood)


def test_the_likelihood_is_that_of_the_best_wordings_of_all_parts() -> None:
    parts = [
        wordings((12.0, [entry("没有", 0, 1)]), (9.0, [entry("有", 0, 1)])),
        wordings((3.0, [entry("啊", 1, 2)])),
    ]
    assert decoding_of(parts, 0.0).likelihood == pytest.approx(15.0)


@pytest.mark.parametrize(("confidence", "is_doubtful"), [(0.95, False), (0.6, True)])
def test_doubt_where_wordings_share_the_words(confidence: float, is_doubtful: bool) -> None:
    assert compared("没有", 10.0, confidence).is_doubtful is is_doubtful


@pytest.mark.parametrize(
    ("free", "way"),
    [
        (-20.0, Way.GRAMMAR),  # 可受 is 咳嗽: the grammar knows what is said here
        (BETTER, Way.GRAMMAR),
        (BETTER + 1.0, Way.FREE),  # a sentence of the news
    ],
)
def test_the_free_words_must_be_clearly_likelier(free: float, way: Way) -> None:
    settled = settle(compared("没有咳嗽", 0.0), compared("没有可受", free))
    assert settled.way is way
    assert settled.wordings[0].text == settled.text


def test_beside_something_unknown_the_free_words_count_anyway() -> None:
    bounded = Decoding((word("没有"), word("[unk]")), (Alternative("没有", 1.0),), 0.0)
    assert settle(bounded, compared("没有去过泰国", -20.0)).way is Way.FREE
