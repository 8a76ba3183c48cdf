"""Vosk's model and recogniser; the only file that knows the library."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import vosk

from asr.recognizer import SAMPLE_RATE, Word
from asr.vosk_results import RIVALS, Decoding, decoding_of, is_spoken, partial_words, rated_words

_MODEL_RATE = 16000
"""Samples a second that most models hear."""
_HEARS_TELEPHONES = re.compile(r"--allow-upsample=true|--sample-frequency=8000\b")


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


installed_model = cache(load_model)
"""The same, once a process, whoever asks for it."""


def rate_for(folder: Path) -> int:
    """Samples a second to give to recognisers of a folder's model: as they come wherever it takes them so.

    What is brought to the model's own rate before has noise of rounding in the upper half of the band: of 200
    answers at 15 dB the Chinese model hears 180 rightly instead of 189.
    """
    for name in ("conf/mfcc.conf", "mfcc.conf"):
        options = folder / name
        if options.is_file():
            is_heard = _HEARS_TELEPHONES.search(options.read_text(encoding="utf-8", errors="replace"))
            return SAMPLE_RATE if is_heard else _MODEL_RATE
    return _MODEL_RATE


class Kaldi:
    """Vosk's recogniser for one utterance after another; sound of 16 bit, linear.

    Args:
        model: Vosk's.
        rate: Samples a second of the sound.
        grammar: What may be heard, as Vosk takes it; empty for any words.
        rivals: How many wordings are compared; 0 for the best alone, whose words are then rated by Vosk.
        is_shared: Whether other calls may use it after this one.
    """

    def __init__(
        self, model: Any, rate: int, grammar: str = "", rivals: int = RIVALS, *, is_shared: bool = True
    ) -> None:
        bounds = (grammar,) if grammar else ()
        self._kaldi = vosk.KaldiRecognizer(model, rate, *bounds)
        self._kaldi.SetWords(True)
        if rivals:
            self._kaldi.SetMaxAlternatives(rivals)
        self.grammar = grammar
        self.is_shared = is_shared
        self._bytes_per_second = 2 * rate
        self._began = 0.0
        """Where this utterance begins in the recogniser's own times, which run on for ever."""
        self._parts: list[str] = []
        """JSON of the parts that Vosk has closed at a silence."""
        self.service_seconds = 0.0

    def take(self, sound: bytes) -> None:
        self.service_seconds += len(sound) / self._bytes_per_second
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
