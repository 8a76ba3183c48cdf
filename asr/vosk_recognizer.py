"""The streaming engine: Vosk, the only file that knows it.

One model is shared by the process. Each utterance has a recogniser of its own, made in the decoding thread
that uses it; Vosk releases the interpreter while it decodes. A question's phrases become a grammar of words
that the model knows.
"""

from __future__ import annotations

import json
import logging
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

log = logging.getLogger(__name__)

ENGINE = "vosk"
_MODEL_RATE = 16000
_UNKNOWN = "[unk]"
_LONGEST_WORD = 6
"""Characters; longer words of the model are not looked for."""


class VoskRecognizer:
    """One model, one decoding thread; any number of utterances at a time."""

    name = ENGINE

    def __init__(self, model_folder: Path) -> None:
        """Load the model.

        Raises:
            ValueError: Vosk cannot read the folder.
        """
        vosk.SetLogLevel(-1)
        try:
            self._model = vosk.Model(str(model_folder))
        except Exception as error:  # Vosk raises bare Exception
            raise ValueError(str(error)) from error
        self._work: queue.SimpleQueue[_Step | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._decode_all, name="vosk", daemon=True)
        self._thread.start()

    def listen(self, expectation: Expectation) -> Utterance:
        return _VoskUtterance(self, expectation)

    def close(self) -> None:
        self._work.put(None)
        self._thread.join(timeout=5)

    def knows(self, word: str) -> bool:
        """Whether the model's vocabulary has the word."""
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def grammar(self, expectation: Expectation) -> list[str]:
        """The phrases in words that the model knows; empty for free speech."""
        if expectation.is_open:
            return []
        phrases = (self.cut(phrase) for phrase in expectation.phrases)
        known = sorted({" ".join(words) for words in phrases if words})
        return [*known, _UNKNOWN] if known else []

    def cut(self, phrase: str) -> list[str]:
        """The phrase as the fewest, longest words that the model knows; empty when a part is unknown."""
        words: list[str] = []
        rest = phrase
        while rest:
            word = next(
                (rest[:n] for n in range(min(_LONGEST_WORD, len(rest)), 0, -1) if self.knows(rest[:n])), ""
            )
            if not word:
                return []
            words.append(word)
            rest = rest[len(word) :]
        return words

    def put(self, step: _Step) -> None:
        """Hand a step to the decoding thread."""
        self._work.put(step)

    def make(self, grammar: list[str]) -> Any:
        """A Kaldi recogniser; to be called in the decoding thread."""
        if grammar:
            kaldi = vosk.KaldiRecognizer(self._model, _MODEL_RATE, json.dumps(grammar, ensure_ascii=False))
        else:
            kaldi = vosk.KaldiRecognizer(self._model, _MODEL_RATE)
        kaldi.SetWords(True)
        return kaldi

    def _decode_all(self) -> None:
        while (step := self._work.get()) is not None:
            try:
                step.utterance.decode(step)
            except Exception as error:
                log.exception("decoding failed")
                step.utterance.fail(error)


@dataclass(frozen=True)
class _Step:
    utterance: _VoskUtterance
    pcm: Pcm
    is_last: bool = False


class _VoskUtterance:
    """One answer being heard; ``decode`` runs in the decoding thread, the rest in the call's."""

    def __init__(self, recognizer: VoskRecognizer, expectation: Expectation) -> None:
        self._recognizer = recognizer
        self._grammar = recognizer.grammar(expectation)
        self._kaldi: Any = None
        self._resampler = soxr.ResampleStream(SAMPLE_RATE, _MODEL_RATE, 1, dtype="int16")
        self._seconds = 0.0
        self._decode_seconds = 0.0
        self._texts: list[dict[str, Any]] = []
        self._partial: Hypothesis | None = None
        self._future: Future[Hypothesis] = Future()
        self._is_cancelled = False

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
        self._is_cancelled = True
        self._future.cancel()

    def fail(self, error: Exception) -> None:
        if not self._future.done():
            self._future.set_exception(error)

    # --- the decoding thread --------------------------------------------------------------------------

    def decode(self, step: _Step) -> None:
        if self._is_cancelled:
            return
        started = time.perf_counter()
        if self._kaldi is None:
            self._kaldi = self._recognizer.make(self._grammar)
        self._seconds += len(step.pcm) / SAMPLE_RATE
        sound = self._resampler.resample_chunk(step.pcm, last=step.is_last)
        if len(sound) and self._kaldi.AcceptWaveform(sound.tobytes()):
            self._texts.append(json.loads(self._kaldi.Result()))
        if step.is_last:
            self._texts.append(json.loads(self._kaldi.FinalResult()))
        self._decode_seconds += time.perf_counter() - started
        if step.is_last:
            self._conclude()
        else:
            self._note_partial()

    def _note_partial(self) -> None:
        text = "".join(t.get("text", "") for t in self._texts)
        text += json.loads(self._kaldi.PartialResult()).get("partial", "")
        text = _plain(text)
        if text and (self._partial is None or self._partial.text != text):
            self._partial = Hypothesis(text, 0.5, False, ENGINE, self._seconds, self._decode_seconds)

    def _conclude(self) -> None:
        words = tuple(
            Word(word["word"], word["start"], word["end"], word["conf"])
            for text in self._texts
            for word in text.get("result", ())
            if word["word"] != _UNKNOWN
        )
        confidence = sum(word.confidence for word in words) / len(words) if words else 0.0
        text = _plain("".join(word.text for word in words))
        hypothesis = Hypothesis(text, confidence, True, ENGINE, self._seconds, self._decode_seconds, words)
        if not self._future.cancelled():
            self._future.set_result(hypothesis)


def _plain(text: str) -> str:
    return text.replace(_UNKNOWN, "").replace(" ", "")
