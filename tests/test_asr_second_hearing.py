"""What is not understood is heard once more, a little faster and a little slower."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np
import pytest

from asr.recognizer import Hypothesis, Pcm
from asr.second_hearing import SecondHearing
from dialogs.actions import Sensed

SOUND = np.arange(8000, dtype=np.int16)


class Engine:
    """Gives the words that it is told to, one text after the other, as soon as it is asked."""

    def __init__(self, *texts: str) -> None:
        self._texts = list(texts)
        self.lengths: list[int] = []
        self.is_closed = False

    def decode(self, sound: Pcm) -> Future[Hypothesis]:
        self.lengths.append(len(sound))
        future: Future[Hypothesis] = Future()
        if self.is_closed:
            future.cancel()
        else:
            future.set_result(heard(self._texts.pop(0)))
        return future


def heard(text: str) -> Hypothesis:
    return Hypothesis(text, 0.9, True, "fake", audio_seconds=1.0, decode_seconds=0.25)


def done(text: str) -> Future[Hypothesis]:
    future: Future[Hypothesis] = Future()
    future.set_result(heard(text))
    return future


def sense(text: str, confidence: float, wordings: Sequence[tuple[str, float]]) -> Sensed:
    """Knows three of one meaning, and two of another, one of each only roughly."""
    return {
        "有": Sensed("yes", is_sure=True),
        "有的": Sensed("yes", is_sure=True),
        "有吧": Sensed("yes"),
        "没有": Sensed("no", is_sure=True, is_all_clear=True),
        "没有吧": Sensed("no", is_all_clear=True),
    }.get(text, Sensed())


def hearing(engine: Engine) -> SecondHearing:
    return SecondHearing(SOUND, sense, engine.decode)


def test_what_is_understood_is_heard_once() -> None:
    engine = Engine()
    assert hearing(engine).of(done("没有")).result(timeout=0).text == "没有"
    assert engine.lengths == []


def test_silence_is_heard_once() -> None:
    engine = Engine()
    assert hearing(engine).of(done("")).result(timeout=0).text == ""
    assert engine.lengths == []


def test_both_hearings_agree() -> None:
    engine = Engine("有", "有的")
    settled = hearing(engine).of(done("油")).result(timeout=0)
    assert settled.text == "有"
    assert settled.audio_seconds == 1.0
    assert settled.decode_seconds == pytest.approx(0.75)
    assert engine.lengths == [7520, 8480]


@pytest.mark.parametrize("again", [("有", "右"), ("右", "有")])
def test_one_tells_surely_what_the_first_told_roughly(again: tuple[str, str]) -> None:
    assert hearing(Engine(*again)).of(done("有吧")).result(timeout=0).text == "有"


@pytest.mark.parametrize("again", [("没有", "右"), ("没有", "有")])
def test_all_clear_takes_both(again: tuple[str, str]) -> None:
    assert hearing(Engine(*again)).of(done("没有吧")).result(timeout=0).text == "没有吧"
    assert hearing(Engine("没有", "没有")).of(done("没有吧")).result(timeout=0).text == "没有"


@pytest.mark.parametrize("again", [("有", "没有"), ("有", "右"), ("右", "有"), ("油", "右"), ("", "有")])
def test_nothing_is_taken_on_the_word_of_one(again: tuple[str, str]) -> None:
    settled = hearing(Engine(*again)).of(done("油")).result(timeout=0)
    assert settled.text == "油"
    assert settled.decode_seconds == pytest.approx(0.75)


def test_engine_is_closed_meanwhile() -> None:
    engine = Engine()
    engine.is_closed = True
    assert hearing(engine).of(done("油")).result(timeout=0).text == "油"


def test_hang_up_ends_it() -> None:
    first: Future[Hypothesis] = Future()
    settled = hearing(Engine()).of(first)
    first.cancel()
    first.set_running_or_notify_cancel()
    assert settled.cancelled()


def test_failure_is_handed_on() -> None:
    first: Future[Hypothesis] = Future()
    settled = hearing(Engine()).of(first)
    first.set_exception(RuntimeError("broken"))
    assert isinstance(settled.exception(timeout=0), RuntimeError)


def test_words_that_cannot_be_read_stand() -> None:
    def broken(text: str, confidence: float, wordings: Sequence[tuple[str, float]]) -> Sensed:
        raise ValueError(text)

    engine = Engine()
    settled = SecondHearing(SOUND, broken, engine.decode).of(done("油"))
    assert settled.result(timeout=0).text == "油"
