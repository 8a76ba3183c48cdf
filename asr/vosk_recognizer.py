"""The streaming engine: Vosk, the only file that knows it.

One model is shared by the process. Each utterance has a recogniser of its own, made in the decoding thread
that uses it; Vosk releases the interpreter while it decodes. A question's phrases become a grammar of words
that the model knows.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soxr
import vosk

from asr.recognizer import SAMPLE_RATE, Expectation, Hypothesis, Pcm, Utterance, Word
from campaign.errors import RecognizerError

log = logging.getLogger(__name__)

ENGINE = "vosk"
_MODEL_RATE = 16000
_UNKNOWN = "[unk]"
"""What a grammar calls everything else; not every model has it."""
_LONGEST_WORD = 6
"""Characters; longer words of the model are not looked for."""
_NICENESS = 5


class VoskRecognizer:
    """One model, one decoding thread; any number of utterances at a time."""

    name = ENGINE

    def __init__(self, model_folder: Path) -> None:
        """Load the model (seconds).

        Raises:
            ValueError: Vosk cannot read the folder.
        """
        vosk.SetLogLevel(-1)
        try:
            self._model = vosk.Model(str(model_folder))
        except Exception as error:  # Vosk raises bare Exception
            raise ValueError(str(error)) from error
        self._grammars: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._work: queue.SimpleQueue[_Step | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._decode_all, name="vosk", daemon=True)
        self._thread.start()

    def listen(self, expectation: Expectation) -> Utterance:
        return _VoskUtterance(self, self.grammar(expectation))

    def close(self) -> None:
        self._work.put(None)
        self._thread.join(timeout=5)
        while not self._work.empty():
            step = self._work.get()
            if step is not None:
                step.utterance.cancel()

    def knows(self, word: str) -> bool:
        """Whether the model's vocabulary has the word."""
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def grammar(self, expectation: Expectation) -> tuple[str, ...]:
        """The phrases in words that the model knows, blanks between them; empty for free speech."""
        if expectation.is_open:
            return ()
        if expectation.phrases not in self._grammars:
            self._grammars[expectation.phrases] = self._known(expectation.phrases)
        return self._grammars[expectation.phrases]

    def cut(self, phrase: str) -> list[str]:
        """The phrase as the model's own words, the longest first; empty when a part is unknown."""
        words: list[str] = []
        rest = phrase
        while rest:
            longest = min(_LONGEST_WORD, len(rest))
            word = next((rest[:size] for size in range(longest, 0, -1) if self.knows(rest[:size])), "")
            if not word:
                return []
            words.append(word)
            rest = rest[len(word) :]
        return words

    def put(self, step: _Step) -> None:
        """Hand a step to the decoding thread."""
        self._work.put(step)

    def make(self, grammar: tuple[str, ...]) -> Any:
        """A Kaldi recogniser; to be called in the decoding thread."""
        if grammar:
            phrases = json.dumps(grammar, ensure_ascii=False)
            kaldi = vosk.KaldiRecognizer(self._model, _MODEL_RATE, phrases)
        else:
            kaldi = vosk.KaldiRecognizer(self._model, _MODEL_RATE)
        kaldi.SetWords(True)  # SetPartialWords would hold the partial results back
        return kaldi

    def _known(self, phrases: tuple[str, ...]) -> tuple[str, ...]:
        known = sorted({" ".join(words) for phrase in phrases if (words := self.cut(phrase))})
        if known and self.knows(_UNKNOWN):
            known.append(_UNKNOWN)
        return tuple(known)

    def _decode_all(self) -> None:
        with contextlib.suppress(AttributeError, OSError):  # a courtesy that not every system knows
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        while (step := self._work.get()) is not None:
            try:
                step.utterance.decode(step)
            except Exception as error:  # Vosk raises bare Exception; the other calls go on
                log.exception("decoding failed")
                step.utterance.fail(error)


@dataclass(frozen=True)
class _Step:
    utterance: _VoskUtterance
    pcm: Pcm
    is_last: bool = False


class _VoskUtterance:
    """One answer being heard; ``decode`` runs in the decoding thread, the rest in the call's."""

    def __init__(self, recognizer: VoskRecognizer, grammar: tuple[str, ...]) -> None:
        self._recognizer = recognizer
        self._grammar = grammar
        self._kaldi: Any = None
        self._resampler = soxr.ResampleStream(SAMPLE_RATE, _MODEL_RATE, 1, dtype="int16")
        self._seconds = 0.0
        self._decode_seconds = 0.0
        self._words: list[Word] = []
        """Of the parts that Vosk has closed at a silence."""
        self._partial: Hypothesis | None = None
        self._future: Future[Hypothesis] = Future()
        self._is_over = False

    def accept(self, pcm: Pcm) -> None:
        self._recognizer.put(_Step(self, pcm))

    def partial(self) -> Hypothesis | None:
        return self._partial

    def speculate(self) -> None:
        """A streaming engine is as far as the sound."""

    def resume(self) -> None:
        """Nothing was concluded that would be void."""

    def finish(self) -> Future[Hypothesis]:
        self._recognizer.put(_Step(self, np.zeros(0, np.int16), is_last=True))
        return self._future

    def cancel(self) -> None:
        self._is_over = True
        self._future.cancel()

    # --- the decoding thread --------------------------------------------------------------------------

    def fail(self, error: Exception) -> None:
        self._is_over = True
        self._kaldi = None
        if self._future.set_running_or_notify_cancel():
            self._future.set_exception(RecognizerError("recognizer_failed", f"语音识别出错（{error}）。"))

    def decode(self, step: _Step) -> None:
        """Take a step; what follows a fault or a cancellation is passed over."""
        if self._is_over:
            self._kaldi = None
            return
        started = time.perf_counter()
        self._advance(step)
        self._decode_seconds += time.perf_counter() - started
        if step.is_last:
            self._conclude()
        else:
            self._note_partial()

    def _advance(self, step: _Step) -> None:
        if self._kaldi is None:
            self._kaldi = self._recognizer.make(self._grammar)
        self._seconds += len(step.pcm) / SAMPLE_RATE
        sound = self._resampler.resample_chunk(step.pcm, last=step.is_last)
        if len(sound) and self._kaldi.AcceptWaveform(sound.tobytes()):
            self._words += _words(self._kaldi.Result())
        if step.is_last:
            self._words += _words(self._kaldi.FinalResult())

    def _note_partial(self) -> None:
        open_part = json.loads(self._kaldi.PartialResult()).get("partial", "").split()
        text = "".join([word.text for word in self._words] + [word for word in open_part if word != _UNKNOWN])
        if text and (self._partial is None or self._partial.text != text):
            # Vosk rates only words that are closed.
            self._partial = Hypothesis(text, 0.0, False, ENGINE, self._seconds, self._decode_seconds)

    def _conclude(self) -> None:
        self._kaldi = None
        confidences = [word.confidence for word in self._words]
        hypothesis = Hypothesis(
            text="".join(word.text for word in self._words),
            confidence=sum(confidences) / len(confidences) if confidences else 0.0,
            is_final=True,
            engine=ENGINE,
            audio_seconds=self._seconds,
            decode_seconds=self._decode_seconds,
            words=tuple(self._words),
        )
        if self._future.set_running_or_notify_cancel():
            self._future.set_result(hypothesis)


def _words(result: str) -> list[Word]:
    """The words of Vosk's JSON; what is outside of the grammar is left out."""
    return [
        Word(word["word"], word["start"], word["end"], word["conf"])
        for word in json.loads(result).get("result", ())
        if word["word"] != _UNKNOWN
    ]
