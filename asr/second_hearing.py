"""Hears once more what is not understood, a little faster and a little slower.

An engine makes other mistakes each time. What two of the three hearings have in common is what was said: an
all-clear must be sure in both of the later ones, anything else in one of them, if the first told as much
without being sure, or in both (docs/decisions/0032-heard-once-more.md).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from asr.audio import resample
from asr.recognizer import SAMPLE_RATE, Hypothesis, Pcm, Sense, Sensed

log = logging.getLogger(__name__)

SPEEDS = (0.94, 1.06)
"""Lengths of the sound when it is heard again; the pitch goes with them."""


class SecondHearing:
    """The words of one answer, after a second hearing where they are not understood.

    Args:
        sound: The answer.
        sense: Tells what words mean.
        decode: Queues a sound; resolves to its words. Whoever decodes calls back in the order of the queue.
    """

    def __init__(self, sound: Pcm, sense: Sense, decode: Callable[[Pcm], Future[Hypothesis]]) -> None:
        self._sound = sound
        self._sense = sense
        self._decode = decode
        self._settled: Future[Hypothesis] = Future()

    def of(self, first: Future[Hypothesis]) -> Future[Hypothesis]:
        """The hypothesis after all; resolves with the first one where that is understood."""
        first.add_done_callback(self._doubt)
        return self._settled

    def _doubt(self, first: Future[Hypothesis]) -> None:
        if first.cancelled() or not self._settled.set_running_or_notify_cancel():
            self._settled.cancel()
        elif (error := first.exception()) is not None:
            self._settled.set_exception(error)
        elif not first.result().text or (sensed := self._sense_of(first.result())).is_sure:
            self._settled.set_result(first.result())
        else:
            self._hear_again(first.result(), sensed)

    def _hear_again(self, first: Hypothesis, sensed: Sensed) -> None:
        sounds = (resample(self._sound, SAMPLE_RATE, round(speed * SAMPLE_RATE)) for speed in SPEEDS)
        again = [self._decode(sound) for sound in sounds]
        again[-1].add_done_callback(lambda _: self._settled.set_result(self._agreed(first, sensed, again)))

    def _agreed(self, first: Hypothesis, doubted: Sensed, again: Sequence[Future[Hypothesis]]) -> Hypothesis:
        if not all(_is_decoded(each) for each in again):
            return first
        heard = [each.result() for each in again]
        spent = first.decode_seconds + sum(each.decode_seconds for each in heard)
        sensed = [(each, self._sense_of(each)) for each in heard if each.text]
        taken = in_common(doubted, [(each, sense) for each, sense in sensed if sense.is_sure])
        return replace(taken or first, audio_seconds=first.audio_seconds, decode_seconds=spent)

    def _sense_of(self, heard: Hypothesis) -> Sensed:
        try:
            return self._sense(heard.text, heard.confidence, [(w.text, w.score) for w in heard.wordings])
        except Exception:  # whatever it was, the words are there; whoever reads them next will say so
            log.exception("an answer could not be read")
            return _UNREADABLE


def in_common(doubted: Sensed, sure: Sequence[tuple[Hypothesis, Sensed]]) -> Hypothesis | None:
    """What two of three hearings have in common.

    Args:
        doubted: What the first hearing may mean.
        sure: Those of the others that are surely understood.
    """
    if not sure or len({sense.meaning for _, sense in sure}) > 1:
        return None
    (heard, sense), *others = sure
    is_backed = sense.meaning == doubted.meaning and not sense.is_all_clear
    return heard if others or is_backed else None


def _is_decoded(future: Future[Hypothesis]) -> bool:
    return not future.cancelled() and future.exception() is None


@dataclass(frozen=True)
class _Unreadable:
    meaning: str = "unreadable"
    is_sure: bool = True
    is_all_clear: bool = True


_UNREADABLE = _Unreadable()
