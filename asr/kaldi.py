"""Vosk's model and recogniser; the only file that knows the library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import vosk

from asr.recognizer import Word
from asr.vosk_results import RIVALS, Decoding, decoding_of, is_spoken, partial_words, rated_words

MODEL_RATE = 16000
"""Samples a second that the models hear."""
BYTES_PER_SECOND = 2 * MODEL_RATE


def load_model(folder: Path) -> Any:
    """Vosk's model (seconds).

    Raises:
        ValueError: Vosk cannot read the folder.
    """
    vosk.SetLogLevel(-1)
    try:
        return vosk.Model(str(folder))
    except Exception as error:  # Vosk raises bare Exception
        raise ValueError(str(error)) from error


class Kaldi:
    """Vosk's recogniser for one utterance after another; sound as 16 kHz, 16 bit, linear."""

    def __init__(self, model: Any, grammar: str = "") -> None:
        bounds = (grammar,) if grammar else ()
        self._kaldi = vosk.KaldiRecognizer(model, MODEL_RATE, *bounds)
        self._kaldi.SetWords(True)
        if not grammar:
            self._kaldi.SetMaxAlternatives(RIVALS)
        self._began = 0.0
        """Where this utterance begins in the recogniser's own times, which run on for ever."""
        self._parts: list[str] = []
        """JSON of the parts that Vosk has closed at a silence."""
        self.service_seconds = 0.0

    def take(self, sound: bytes) -> None:
        self.service_seconds += len(sound) / BYTES_PER_SECOND
        if self._kaldi.AcceptWaveform(sound):
            self._parts.append(self._kaldi.Result())

    def partial(self) -> tuple[str, ...]:
        """All words so far, the unknown included, as the best path has them."""
        # With partial words Vosk holds the whole partial result back until it can rate it, a second and more.
        self._kaldi.SetPartialWords(False)
        closed = [word.text for word in decoding_of(self._parts, self._began).words]
        return (*closed, *partial_words(self._kaldi.PartialResult()))

    def rated(self) -> tuple[Word, ...]:
        """Those of the words so far that have times and confidences already."""
        self._kaldi.SetPartialWords(True)
        closed = decoding_of(self._parts, self._began).spoken
        open_words = rated_words(self._kaldi.PartialResult(), self._began)
        return (*closed, *(word for word in open_words if is_spoken(word.text)))

    def finish(self) -> Decoding:
        """No more sound of this utterance; the next one may begin."""
        self._parts.append(self._kaldi.FinalResult())
        decoding = decoding_of(self._parts, self._began)
        self._parts = []
        self._began = self.service_seconds
        return decoding
