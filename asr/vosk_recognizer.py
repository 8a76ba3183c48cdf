"""The streaming engine: Vosk. Its own recognisers are in ``asr.kaldi``, kept for later by ``asr.vosk_pool``.

One model is shared by the process, one thread decodes for all its calls, and each utterance has recognisers
of its own, made and used in that thread. The question's phrases bound what can be heard, and what people have
answered to it, where that is known, tells which words follow which. Where that leaves doubt the sound, which
is kept until the answer is over, is decoded once more without bounds: from the first pause on when the
unknown word shows, and else at the end. Catching up goes in short steps, so that other calls get their turn
in between.
"""

from __future__ import annotations

import collections
import contextlib
import enum
import logging
import math
import os
import queue
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr

from asr.kaldi import Kaldi
from asr.phrase_words import UNKNOWN_WORDS
from asr.recognizer import SAMPLE_RATE, Alternative, Expectation, Hypothesis, Pcm, Utterance, Way
from asr.vosk_pool import RecogniserPool
from asr.vosk_results import UNHEARD_OF, Decoding, is_spoken, settle
from asr.weighing import Weighed, weighed_by
from campaign.errors import RecognizerError

log = logging.getLogger(__name__)

ENGINE = "vosk"
_NICENESS = 5

_MOST_KEPT_SECONDS = 20.0
"""Sound kept for a second decoding; answers end after 15 s, see ``asr.endpointing``."""
_CATCH_UP_SECONDS = 0.5
"""Sound that a second decoding takes at a time."""

_MOST_SECOND = 2
"""Second decodings at a time; more take turns, as they would need new recognisers."""
_LEAST_SHARE = 1e-12
"""Of a wording whose share is too small to have a logarithm."""


class VoskRecognizer:
    """One model, one decoding thread; any number of utterances at a time."""

    name = ENGINE

    def __init__(self, model_folder: Path) -> None:
        """Load the model (seconds).

        Raises:
            ValueError: Vosk cannot read the folder.
        """
        self.pool = RecogniserPool(model_folder)
        self._second = 0
        """Second decodings under way."""
        self._waiting: collections.deque[_VoskUtterance] = collections.deque()
        """For a second decoding. These two belong to the decoding thread."""
        self._work: queue.SimpleQueue[_Step | None] = queue.SimpleQueue()
        self._is_closed = False
        ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._work_off, args=(ready,), name="vosk", daemon=True)
        self._thread.start()
        try:
            ready.result()
        except Exception as error:
            raise ValueError(str(error)) from error

    def listen(self, expectation: Expectation) -> Utterance:
        return _VoskUtterance(self, expectation)

    def close(self) -> None:
        self._is_closed = True
        self._work.put(None)
        self._thread.join(timeout=5)
        while not self._work.empty():
            step = self._work.get()
            if step is not None:
                step.utterance.abandon()
        for utterance in self._waiting:
            utterance.abandon()

    def put(self, step: _Step) -> None:
        """Hand a step to the decoding thread; after ``close`` the utterance is given up."""
        if self._is_closed:
            step.utterance.abandon()
        else:
            self._work.put(step)

    # --- the decoding thread --------------------------------------------------------------------------

    def begin_second(self, utterance: _VoskUtterance) -> Kaldi | None:
        """A recogniser for a second decoding; None when the utterance has to wait, and will be woken."""
        if self._second >= _MOST_SECOND:
            self._waiting.append(utterance)
            return None
        self._second += 1
        return self.pool.free()

    def end_second(self) -> None:
        """A second decoding is over; the next one may begin."""
        self._second -= 1
        self.wake()

    def wake(self) -> None:
        """Let the next one that waits have its second decoding, if there is room."""
        if self._waiting and self._second < _MOST_SECOND:
            self.put(_Step(self._waiting.popleft(), _Does.CATCH_UP))

    def _work_off(self, ready: Future[None]) -> None:
        with contextlib.suppress(AttributeError, OSError):  # a courtesy that not every system knows
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        try:
            self.pool.give_back(self.pool.free())  # some broken models show only now
        except Exception as error:  # Vosk raises bare Exception
            ready.set_exception(error)
            return
        ready.set_result(None)
        self._decode_all()

    def _decode_all(self) -> None:
        while (step := self._work.get()) is not None:
            if self._is_closed:
                step.utterance.abandon()
                continue
            try:
                step.utterance.decode(step)
            except Exception as error:  # Vosk raises bare Exception; the other calls go on
                log.exception("decoding failed")
                step.utterance.fail(error)


class _Does(enum.Enum):
    SOUND = enum.auto()
    PAUSE = enum.auto()
    RESUME = enum.auto()
    CATCH_UP = enum.auto()
    END = enum.auto()
    DROP = enum.auto()


@dataclass(frozen=True)
class _Step:
    utterance: _VoskUtterance
    does: _Does
    pcm: Pcm | None = None


class _VoskUtterance:
    """One answer being heard; ``decode`` runs in the decoding thread, the rest in the call's."""

    def __init__(self, recognizer: VoskRecognizer, expectation: Expectation) -> None:
        self._recognizer = recognizer
        self._expectation = expectation
        self._partial: Hypothesis | None = None
        self._future: Future[Hypothesis] = Future()
        self._is_over = False
        # What follows belongs to the decoding thread.
        self._has_begun = False
        self._bounded: Kaldi | None = None
        self._free: Kaldi | None = None
        self._bytes_per_second = 2 * recognizer.pool.rate
        self._resampler = soxr.ResampleStream(SAMPLE_RATE, recognizer.pool.rate, 1, dtype="int16")
        self._kept = bytearray()
        """The utterance for a second decoding, at the model's rate."""
        self._wants_second = False
        self._free_position = 0
        """Bytes of it that the second decoding has taken."""
        self._bounded_decoding: Decoding | None = None
        """Set when the sound is over."""
        self._wordings: tuple[Alternative, ...] = ()
        self._last_weighed: list[Weighed] = []
        """Wordings of one decoding, and what may have been said by them."""
        self._has_ended = False
        self._seconds = 0.0
        self._decode_seconds = 0.0

    def accept(self, pcm: Pcm) -> None:
        self._recognizer.put(_Step(self, _Does.SOUND, pcm))

    def partial(self) -> Hypothesis | None:
        return self._partial

    def speculate(self) -> None:
        """A streaming engine is as far as the sound; a second decoding that is needed may begin."""
        self._recognizer.put(_Step(self, _Does.PAUSE))

    def resume(self) -> None:
        """Speech goes on: a second decoding makes room for answers that are over, and begins anew later."""
        self._recognizer.put(_Step(self, _Does.RESUME))

    def finish(self) -> Future[Hypothesis]:
        self._recognizer.put(_Step(self, _Does.END))
        return self._future

    def cancel(self) -> None:
        self.abandon()
        self._recognizer.put(_Step(self, _Does.DROP))

    def abandon(self) -> None:
        """Nobody waits for the words any more, nor is anybody there to decode them."""
        self._is_over = True
        self._future.cancel()

    # --- the decoding thread --------------------------------------------------------------------------

    def fail(self, error: Exception) -> None:
        self._is_over = True
        self._bounded = None
        self._give_back(is_sound=False)
        if self._future.set_running_or_notify_cancel():
            self._future.set_exception(RecognizerError("recognizer_failed", f"语音识别出错（{error}）。"))

    def decode(self, step: _Step) -> None:
        """Take a step; what follows a fault or a cancellation is passed over."""
        if self._is_over:
            self._release()
            if self._bounded is not None and not self._has_ended:
                self._bounded.finish()
            self._give_back_bounded()
            self._recognizer.wake()  # it may have been this one's turn
            return
        started = time.perf_counter()
        self._begin()
        match step.does:
            case _Does.SOUND if step.pcm is not None:
                self._hear(step.pcm, is_last=False)
            case _Does.PAUSE:
                self._consider_second_decoding()
            case _Does.RESUME if not self._has_ended:
                self._drop_second()
            case _Does.CATCH_UP:
                self._catch_up()
                self._recognizer.wake()  # it may not have taken its turn
            case _Does.END:
                self._end()
        self._decode_seconds += time.perf_counter() - started
        if self._has_ended and not self._is_behind:
            self._conclude()
        elif not self._has_ended:
            self._note_partial()

    def _begin(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            self._bounded = self._recognizer.pool.bounded(self._expectation)
            if self._bounded is None:
                self._free = self._recognizer.pool.free()

    def _hear(self, pcm: Pcm, is_last: bool) -> None:
        self._seconds += len(pcm) / SAMPLE_RATE
        if self._recognizer.pool.rate != SAMPLE_RATE:
            pcm = self._resampler.resample_chunk(pcm, last=is_last)
        sound = pcm.tobytes()
        if self._bounded is None and self._free is not None:
            self._free.take(sound)
            return
        if self._bounded is not None and sound:
            self._bounded.take(sound)
        was_behind = self._is_behind
        room = round(_MOST_KEPT_SECONDS * self._bytes_per_second) - len(self._kept)
        self._kept += sound[: max(0, room)]
        if not was_behind:  # or else the next step waits in the queue already
            self._catch_up()

    def _consider_second_decoding(self) -> None:
        if self._bounded is not None and not self._wants_second and _has_unknown(self._bounded.partial()):
            self._decode_again()

    def _decode_again(self) -> None:
        self._wants_second = True
        self._recognizer.put(_Step(self, _Does.CATCH_UP))

    @property
    def _is_behind(self) -> bool:
        """Whether a second decoding is wanted and has not had all the sound yet."""
        return self._wants_second and (self._free is None or self._free_position < len(self._kept))

    def _catch_up(self) -> None:
        """One step of the second decoding; the next one waits in the queue, behind the other calls' sound."""
        if not self._is_behind:
            return
        if self._free is None:
            self._free = self._recognizer.begin_second(self)
        if self._free is None:
            return
        end = self._free_position + round(_CATCH_UP_SECONDS * self._bytes_per_second)
        self._free.take(bytes(self._kept[self._free_position : end]))
        self._free_position = min(end, len(self._kept))
        if self._is_behind:
            self._recognizer.put(_Step(self, _Does.CATCH_UP))

    def _end(self) -> None:
        self._hear(np.zeros(0, np.int16), is_last=True)
        self._has_ended = True
        if self._bounded is None:
            return
        self._bounded_decoding = self._bounded.finish()
        if not self._is_doubtful(self._bounded_decoding):
            self._drop_second()
        elif not self._wants_second and self._kept:
            self._decode_again()

    def _is_doubtful(self, bounded: Decoding) -> bool:
        """Whether what the grammar makes of the sound has to be held against free decoding."""
        weighed = self._weighed(bounded.alternatives)
        if not weighed:
            return bounded.is_doubtful
        best = weighed[0]
        return bounded.has_unknown or best.merit < UNHEARD_OF * (len(best.said.text) + 1)

    def _weighed(self, wordings: tuple[Alternative, ...]) -> list[Weighed]:
        """What may have been said, by what people say; empty where that is not known."""
        if self._expectation.likelihood is None or not wordings:
            return []
        if wordings is not self._wordings:
            texts = [each.text for each in wordings]
            sounds = [math.log(max(each.score, _LEAST_SHARE)) for each in wordings]
            self._last_weighed = weighed_by(self._expectation.likelihood, texts, sounds)
            self._wordings = wordings
        return self._last_weighed

    def _note_partial(self) -> None:
        hearing = self._bounded if self._free is None else self._free
        if hearing is None:
            return
        words = hearing.partial()
        # With an unknown word in it the rest means little: it is no ground for ending the turn early.
        text = "" if _has_unknown(words) else "".join(filter(is_spoken, words))
        if text == (self._partial.text if self._partial else ""):
            return
        rated = hearing.rated()
        confidence = sum(word.confidence for word in rated) / len(rated) if rated else 0.0
        self._partial = Hypothesis(
            text, confidence, False, ENGINE, self._seconds, self._decode_seconds, rated,
            way=Way.GRAMMAR if self._free is None else Way.FREE,
        )  # fmt: skip

    def _conclude(self) -> None:
        started = time.perf_counter()
        free = self._free.finish() if self._free is not None else None
        self._decode_seconds += time.perf_counter() - started
        self._give_back()
        self._give_back_bounded()
        self._is_over = True
        settled = settle(self._bounded_decoding, free)
        weighed = [each.said for each in self._weighed(settled.wordings)]
        hypothesis = Hypothesis(
            text=weighed[0].text if weighed else settled.text,
            confidence=settled.confidence,
            is_final=True,
            engine=ENGINE,
            audio_seconds=self._seconds,
            decode_seconds=self._decode_seconds,
            words=settled.words,
            way=settled.way,
            grammar_text=self._bounded_decoding.text if self._bounded_decoding else "",
            free_text=free.text if free else "",
            written_text=settled.text,
            wordings=tuple(weighed) or settled.wordings,
        )
        if self._future.set_running_or_notify_cancel():
            self._future.set_result(hypothesis)

    def _give_back_bounded(self) -> None:
        bounded, self._bounded = self._bounded, None
        if bounded is not None:
            self._recognizer.pool.give_back(bounded)

    def _drop_second(self) -> None:
        """A second decoding is not needed, or not yet."""
        if self._wants_second:
            self._release()

    def _release(self) -> None:
        if self._free is not None:
            self._free.finish()
        self._give_back()

    def _give_back(self, is_sound: bool = True) -> None:
        """Return what was borrowed; a recogniser that failed is not used again."""
        free, self._free = self._free, None
        if free is not None and is_sound:
            self._recognizer.pool.give_back(free)
        if free is not None and self._wants_second:
            self._recognizer.end_second()
        self._wants_second = False
        self._free_position = 0


def _has_unknown(words: Sequence[str]) -> bool:
    return any(word in UNKNOWN_WORDS for word in words)
