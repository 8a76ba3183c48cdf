"""When what is said without turns is decoded, and what comes of it."""

from __future__ import annotations

from concurrent.futures import Future

import numpy as np

from asr.recognizer import SAMPLE_RATE, Expectation, Hypothesis, Pcm
from dialer.call_progress.overhearing import Overhearing, Words

STEP = 0.02


class Counting:
    """A recogniser whose words are the seconds that it was given; they come ``delay`` seconds later."""

    name = "counting"

    def __init__(self, delay: float = 0.4) -> None:
        self.delay = delay
        self.now = 0.0
        self.asked: list[float] = []

    def listen(self, expectation: Expectation) -> _Utterance:
        return _Utterance(self)

    def close(self) -> None: ...


class _Utterance:
    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._samples = 0
        self._guess: tuple[float, Hypothesis] | None = None

    def accept(self, pcm: Pcm) -> None:
        self._samples += len(pcm)

    def _words(self) -> Hypothesis:
        return Hypothesis(f"{self._samples / SAMPLE_RATE:.1f}", 0.9, True, "counting", 1.0)

    def partial(self) -> Hypothesis | None:
        if self._guess is None or self._counting.now < self._guess[0]:
            return None
        return self._guess[1]

    def speculate(self) -> None:
        self._counting.asked.append(round(self._counting.now, 2))
        self._guess = self._counting.now + self._counting.delay, self._words()

    def resume(self) -> None:
        self._guess = None

    def finish(self) -> Future[Hypothesis]:
        future: Future[Hypothesis] = Future()
        future.set_result(self._guess[1] if self._guess else self._words())
        return future

    def cancel(self) -> None: ...


def listened(
    *spells: tuple[float, float], seconds: float
) -> tuple[Counting, Overhearing, list[tuple[float, Words]]]:
    """Somebody speaks in these spells, from and to; what was told, and when."""
    counting = Counting()

    def since(position: float) -> Pcm:
        return np.zeros(round((counting.now - position) * SAMPLE_RATE), np.int16)

    overhearing = Overhearing(counting, Expectation(), since)
    told = []
    while counting.now < seconds:
        counting.now = round(counting.now + STEP, 4)
        speaks = any(begin < counting.now <= end for begin, end in spells)
        pcm = np.zeros(round(STEP * SAMPLE_RATE), np.int16)
        overhearing.hear(pcm, counting.now, STEP, [0.9 if speaks else 0.0])
        told += [(counting.now, words) for words in overhearing.collect(counting.now)]
    return counting, overhearing, told


def test_what_is_said_is_decoded_in_its_pauses() -> None:
    counting, _, told = listened((1.0, 2.5), (2.8, 4.0), seconds=6.0)
    assert counting.asked == [2.7, 4.2]
    assert [words.is_over for _, words in told] == [False, False, True]
    assert told[0][0] < 3.2


def test_speech_without_pauses_is_decoded_every_two_seconds_and_then_more_seldom() -> None:
    counting, _, _ = listened((1.0, 31.0), seconds=31.0)
    gaps = np.diff(counting.asked)
    assert counting.asked[0] <= 3.1
    assert list(gaps) == sorted(gaps)
    assert gaps[0] <= 2.1
    assert gaps[-1] <= 5.1
    assert len(counting.asked) <= 9


def test_a_window_holds_no_more_than_it_must() -> None:
    _, _, told = listened((1.0, 31.0), seconds=31.0)
    assert max(float(words.text) for _, words in told if words.text) <= 8.0


def test_a_click_is_nothing() -> None:
    counting, _, told = listened((1.0, 1.06), (2.0, 2.06), seconds=5.0)
    assert counting.asked == []
    assert told == []


def test_the_last_words_are_decoded_however_short() -> None:
    counting, _, told = listened((1.0, 2.3), (2.6, 3.0), seconds=6.0)
    assert len(counting.asked) == 2
    assert told[-1][1].is_over


def test_a_word_that_was_being_said_when_it_was_decoded_is_decoded_whole() -> None:
    counting, _, told = listened((1.0, 3.12), seconds=6.0)
    assert counting.asked[0] < 3.12 < counting.asked[1]
    assert told[-1][1].is_over


def test_words_that_were_being_said_when_the_call_ended_are_told() -> None:
    _, overhearing, told = listened((1.0, 2.4), seconds=2.4)
    assert told == []
    assert overhearing.conclude()
    (words,) = overhearing.collect(2.42)
    assert words.is_over
    assert float(words.text) > 1.4


def test_nobody_spoke_so_there_is_nothing_to_conclude() -> None:
    _, overhearing, _ = listened(seconds=2.0)
    assert not overhearing.conclude()
