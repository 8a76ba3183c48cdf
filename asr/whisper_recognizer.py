"""The embedded engine: Whisper base through CTranslate2, the only file that knows either.

It hears whole utterances. While the speaker pauses it already decodes what there is (``speculate``), so that
the words are ready when the endpoint is. One thread decodes for all calls of the process, answers that are
waited for before guesses, at a lower priority than the threads that carry sound.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import itertools
import logging
import math
import os
import queue
import re
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import ctranslate2
import numpy as np
import zhconv
from numpy.typing import NDArray

from asr.adapter import is_taught
from asr.audio import level_dbfs, resample
from asr.features import FEATURE_RATE, log_mel
from asr.mandarin_tokens import text_of
from asr.recognizer import (
    SAMPLE_RATE,
    Alternative,
    Expectation,
    Hypothesis,
    Likelihood,
    Pcm,
    Sense,
    Utterance,
)
from asr.second_hearing import SecondHearing
from asr.weighing import Weighed, weighed_by
from campaign.errors import RecognizerError

log = logging.getLogger(__name__)

ENGINE = "whisper"
_PROMPT = ["<|startoftranscript|>", "<|zh|>", "<|transcribe|>", "<|notimestamps|>"]


@dataclass(frozen=True)
class WindowMargins:
    """How much the encoder must see; seconds."""

    shortest: float
    silence: float
    """After the sound; with less the decoder goes on inventing."""


MARGINS = WindowMargins(shortest=8.0, silence=2.5)
"""For the model as published: docs/decisions/0004-whisper-window.md has the measurement."""
TAUGHT_MARGINS = WindowMargins(shortest=4.0, silence=1.2)
"""For the one that was taught in such windows: docs/decisions/0009-telephone-adapter.md."""
_LONGEST_WINDOW = 30.0
_TOKENS_PER_SECOND = 11.0
_WORDINGS, _WORDINGS_IN_NOISE = 16, 32
"""How many wordings are held against what people say: docs/decisions/0011-likely-wordings.md."""
_NOISY_DB = 22.0
"""Range of the levels below which there is noise: 18 to 21 dB where it is 15 dB below the speech, 30 to 36
where it is 30 dB below."""
_NICENESS = 5

_LEAST_SECONDS = 0.1
_SILENT_DBFS = -65.0
"""Below this a telephone carries nothing but its own noise."""
_LEVEL_FRAME = SAMPLE_RATE // 50
_FEWEST_FRAMES = 20
_STEADY_DB = 4.0
"""Speech is 10 dB and more above the softest fifth even at 12 dB over noise; white noise varies by 1 dB."""
_SILENT_PROBABILITY = 0.6
_UNSURE_LOG_PROBABILITY = -1.0
_LONGEST_MUMBLE = 12
"""Characters; nobody says 没有 more than six times on end."""
_FASTEST_CHARACTERS_PER_SECOND = 11.0
"""Nobody speaks faster; more is invented."""
_INVENTED = re.compile(
    r"字幕|谢谢(您|大家)?的?(观看|收看|收听)|(点赞|订阅).*(转发|打赏|频道|支持)|明镜|优优独播|不吝|请关注|Amara",
    re.IGNORECASE,
)
"""What this model says when there is nothing to hear: its training texts were subtitles."""
_NOT_WORDS = re.compile(r"[^\w.%℃°]|_")
_REPEATED = re.compile(r"(.{4,}?)\1+(.*)")
_STUTTER = re.compile(r"(.{1,6}?)\1{3,}")

_FINAL, _GUESS, _END = 0, 1, 2


@dataclass(order=True)
class _Job:
    priority: int
    number: int
    samples: Pcm = field(compare=False)
    likelihood: Likelihood | None = field(compare=False)
    future: Future[Hypothesis] = field(compare=False)


class WhisperRecognizer:
    """One model, one decoding thread; any number of utterances at a time."""

    name = ENGINE

    def __init__(self, model_folder: Path) -> None:
        """Load the model (about a second).

        Raises:
            RuntimeError, OSError, ValueError: The folder holds no usable model.
        """
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._is_closed = False
        loaded: Future[_Decoder] = Future()
        self._thread = threading.Thread(
            target=self._work, args=(model_folder, loaded), name="whisper", daemon=True
        )
        self._thread.start()
        self._decoder = loaded.result()

    def listen(self, expectation: Expectation) -> Utterance:
        return _WhisperUtterance(self, expectation.likelihood, expectation.sense)

    def transcribe(self, samples: Pcm, likelihood: Likelihood | None = None) -> Hypothesis:
        """Decode one utterance now, in the calling thread.

        Raises:
            RecognizerError: The engine failed.
        """
        return self._decoder.decode(samples, likelihood)

    def submit(self, samples: Pcm, priority: int, likelihood: Likelihood | None = None) -> Future[Hypothesis]:
        """Queue sound for decoding; after ``close`` the future comes back cancelled."""
        future: Future[Hypothesis] = Future()
        if self._is_closed:
            future.cancel()
        else:
            self._jobs.put(_Job(priority, next(self._numbers), samples, likelihood, future))
        return future

    def close(self) -> None:
        self._is_closed = True
        with contextlib.suppress(queue.Empty):
            while True:
                self._jobs.get_nowait().future.cancel()
        self._jobs.put(_Job(_END, next(self._numbers), np.zeros(0, np.int16), None, Future()))
        self._thread.join(timeout=5)

    # --- the decoding thread --------------------------------------------------------------------------

    def _work(self, model_folder: Path, loaded: Future[_Decoder]) -> None:
        # The model's own threads are made here and inherit the priority.
        with contextlib.suppress(AttributeError, OSError):  # a courtesy that not every system knows
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        try:
            decoder = _Decoder(model_folder)
        except Exception as error:
            loaded.set_exception(error)
            return
        loaded.set_result(decoder)
        while (job := self._jobs.get()).priority != _END:
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                job.future.set_result(decoder.decode(job.samples, job.likelihood))
            except Exception as error:  # whatever it was, the next answer must still be decoded
                log.exception("decoding failed")
                job.future.set_exception(error)


@dataclass(frozen=True)
class _Heard:
    text: str = ""
    written: str = ""
    """What the model wrote, where ``text`` is what people say that sounds like it."""
    confidence: float = 0.0
    """0..1"""
    wordings: tuple[Alternative, ...] = ()


class _Decoder:
    """The model: sound in, words out."""

    def __init__(self, model_folder: Path) -> None:
        self._model = ctranslate2.models.Whisper(
            str(model_folder), device="cpu", compute_type="int8", intra_threads=1, inter_threads=1
        )
        _give_back_memory()
        self._margins = TAUGHT_MARGINS if is_taught(model_folder) else MARGINS

    def decode(self, samples: Pcm, likelihood: Likelihood | None) -> Hypothesis:
        started = time.perf_counter()
        seconds = len(samples) / SAMPLE_RATE
        heard = _Heard()
        if seconds >= _LEAST_SECONDS and level_dbfs(samples) > _SILENT_DBFS and not is_steady(samples):
            heard = self._words(samples, seconds, likelihood)
        return Hypothesis(
            heard.text, heard.confidence, True, ENGINE, audio_seconds=seconds,
            decode_seconds=time.perf_counter() - started, written_text=heard.written, wordings=heard.wordings,
        )  # fmt: skip

    def _words(self, samples: Pcm, seconds: float, likelihood: Likelihood | None) -> _Heard:
        features = log_mel(_to_float(samples), window_for(seconds, self._margins))
        width = _width(samples) if likelihood else 1
        try:
            (result,) = self._model.generate(
                self._model.encode(ctranslate2.StorageView.from_array(features[None])),
                [_PROMPT],
                beam_size=width,
                num_hypotheses=width,
                max_length=len(_PROMPT) + 8 + round(seconds * _TOKENS_PER_SECOND),
                return_scores=True,
                return_no_speech_prob=True,
            )
        except RuntimeError as error:
            raise RecognizerError("recognizer_failed", f"语音识别出错（{error}）。") from error
        texts = [plain_words(text_of(tokens)) for tokens in result.sequences]
        weighed = [Weighed(Alternative(texts[0], 1.0), 0)]
        if likelihood is not None:
            lengths = [len(tokens) for tokens in result.sequences]
            sounds = [score * length for score, length in zip(result.scores, lengths, strict=True)]
            weighed = weighed_by(likelihood, texts, sounds)
        best = weighed[0]
        # Whether anybody spoke shows in what fits the sound best, not in the wording that people choose.
        if is_invented(best.said.text, seconds, max(result.scores), result.no_speech_prob):
            return _Heard()
        wordings = (Alternative(without_repetition(one.said.text), one.said.score) for one in weighed)
        return _Heard(
            without_repetition(best.said.text),
            without_repetition(texts[best.wording]),
            math.exp(min(0.0, result.scores[best.wording])),
            tuple(wordings) if likelihood is not None else (),
        )


def _give_back_memory() -> None:
    """What loading needed and no longer needs, 85 MB, goes back to the system, where that can be told to."""
    with contextlib.suppress(OSError, AttributeError):  # other systems and C libraries keep it
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _width(samples: Pcm) -> int:
    """How many wordings are followed: in noise more of them are near one another."""
    return _WORDINGS_IN_NOISE if _level_range_db(samples) < _NOISY_DB else _WORDINGS


def is_steady(samples: Pcm) -> bool:
    """Whether the level hardly changes: hiss, hum, a tone; whoever speaks is loud and soft by turns."""
    return _level_range_db(samples) < _STEADY_DB


def _level_range_db(samples: Pcm) -> float:
    """How much louder the loud parts are than the soft ones; infinite where there is too little to tell."""
    frames = samples[: len(samples) // _LEVEL_FRAME * _LEVEL_FRAME].reshape(-1, _LEVEL_FRAME)
    if len(frames) < _FEWEST_FRAMES:
        return math.inf
    power = (frames.astype(np.float64) ** 2).mean(axis=1) + 1.0
    soft, loud = np.percentile(power, (20, 95))
    return 10.0 * math.log10(loud / soft)


def window_for(seconds: float, margins: WindowMargins = MARGINS) -> float:
    """Length of the encoder's window for an utterance, both in seconds."""
    return min(_LONGEST_WINDOW, max(margins.shortest, math.ceil(2 * (seconds + margins.silence)) / 2))


def _to_float(samples: Pcm) -> NDArray[np.float32]:
    resampled = resample(samples, SAMPLE_RATE, FEATURE_RATE)
    return resampled.astype(np.float32) / np.float32(32768.0)


def plain_words(text: str) -> str:
    """Simplified characters, no blanks, no punctuation but the point of a number and the degree sign."""
    simplified = str(zhconv.convert(text, "zh-cn"))
    return re.sub(r"(?<!\d)\.|\.(?!\d)", "", _NOT_WORDS.sub("", simplified))


def without_repetition(text: str) -> str:
    """The decoder sometimes starts over at the end (三口人住三口人住三): what is said once is kept.

    Short words may well be said twice (没有没有), so only four characters and more count.
    """
    repeated = _REPEATED.fullmatch(text)
    if repeated is None or not repeated[1].startswith(repeated[2]):
        return text
    return repeated[1]


def is_invented(text: str, seconds: float, log_probability: float, no_speech: float) -> bool:
    """Whether the words are the model's own rather than the speaker's.

    Args:
        text: Words without punctuation.
        seconds: Length of the sound.
        log_probability: Mean over the tokens.
        no_speech: The model's own estimate that nobody spoke, 0..1.
    """
    if not text:
        return False
    said_once = without_repetition(text)
    return (
        (no_speech > _SILENT_PROBABILITY and log_probability < _UNSURE_LOG_PROBABILITY)
        or len(said_once) > 4 + seconds * _FASTEST_CHARACTERS_PER_SECOND
        or (len(text) > _LONGEST_MUMBLE and len(set(said_once)) <= 2)
        or any(len(run[0]) >= _LONGEST_MUMBLE for run in _STUTTER.finditer(text))
        or _INVENTED.search(text) is not None
    )


class _WhisperUtterance:
    """Gathers the sound of one answer; see ``asr.recognizer.Utterance``."""

    def __init__(
        self, recognizer: WhisperRecognizer, likelihood: Likelihood | None, sense: Sense | None
    ) -> None:
        self._recognizer = recognizer
        self._likelihood = likelihood
        self._sense = sense
        self._chunks: list[Pcm] = []
        self._guess: Future[Hypothesis] | None = None
        self._final: Future[Hypothesis] | None = None
        self._partial: Hypothesis | None = None

    def accept(self, pcm: Pcm) -> None:
        self._chunks.append(pcm)

    def partial(self) -> Hypothesis | None:
        """The guess, once it is decoded; the same object until it is void."""
        if self._partial is None and self._guess is not None and _is_decoded(self._guess):
            self._partial = dataclasses.replace(self._guess.result(), is_final=False)
        return self._partial

    def speculate(self) -> None:
        self.resume()
        self._guess = self._recognizer.submit(self._sound(), _GUESS, self._likelihood)

    def resume(self) -> None:
        if self._guess is not None:
            self._guess.cancel()
        self._guess = self._partial = None

    def finish(self) -> Future[Hypothesis]:
        """Only silence came since the guess: it is the answer, unless it still waits behind others."""
        if self._guess is not None and (self._guess.running() or _is_decoded(self._guess)):
            self._final = self._guess
        else:
            self.resume()
            self._final = self._decode(self._sound())
        if self._sense is None:
            return self._final
        return SecondHearing(self._sound(), self._sense, self._decode).of(self._final)

    def _decode(self, sound: Pcm) -> Future[Hypothesis]:
        return self._recognizer.submit(sound, _FINAL, self._likelihood)

    def cancel(self) -> None:
        self.resume()
        self._chunks.clear()
        if self._final is not None:
            self._final.cancel()

    def _sound(self) -> Pcm:
        return np.concatenate(self._chunks) if self._chunks else np.zeros(0, np.int16)


def _is_decoded(future: Future[Hypothesis]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None
