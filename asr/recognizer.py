"""The one protocol that every speech engine stands behind.

A recogniser belongs to one worker process. A call asks it to ``listen`` once per answer and gets an
``Utterance``. Feeding audio never blocks; decoding runs in the recogniser's own thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 8000
"""Samples a second of all audio handed to a recogniser: telephone speech."""

Pcm = NDArray[np.int16]
"""Mono linear audio at ``SAMPLE_RATE``, shape (samples,)."""


@dataclass(frozen=True)
class Word:
    text: str
    start_seconds: float
    """From the utterance's first sample."""
    end_seconds: float
    confidence: float


@dataclass(frozen=True)
class Alternative:
    """A wording, held against the sound."""

    text: str
    score: float
    """How well it fits the sound, 0..1."""


Likelihood = Callable[[Sequence[str]], Sequence[tuple[str, float]]]
"""Wordings to what people would have said that sounds like each (mostly itself), and how likely that is: to
be added to the natural logarithm of the wording's probability given the sound."""


Answers = Callable[[], tuple[str, ...]]
"""What people have answered to a question, whole answers; always the same object."""


class Sensed(Protocol):
    """What words are taken for."""

    @property
    def meaning(self) -> str:
        """The same text for the same meaning; empty where nothing is understood."""

    @property
    def is_sure(self) -> bool: ...

    @property
    def is_all_clear(self) -> bool:
        """Whether it must not be taken on one hearing's word."""


Sense = Callable[[str, float, Sequence[tuple[str, float]]], Sensed]
"""What is meant by words, by the engine's confidence in them (0..1) and by what else may have been said, with
its share."""


class Way(StrEnum):
    """How words were found."""

    FREE = "free"
    """Any word of the engine's vocabulary could have been heard."""
    GRAMMAR = "grammar"
    """Only the question's expected phrases could."""


@dataclass(frozen=True)
class Hypothesis:
    """What an engine believes was said."""

    text: str
    """Simplified characters without punctuation or blanks; empty when nothing was recognised."""
    confidence: float
    """0..1"""
    is_final: bool
    engine: str
    audio_seconds: float
    """Sound that the hypothesis covers."""
    decode_seconds: float = 0.0
    """Time spent decoding, excluding time in the queue."""
    words: tuple[Word, ...] = ()
    way: Way = Way.FREE
    """How ``text`` was found."""
    grammar_text: str = ""
    """What was heard within the question's grammar, where there was one; may differ from ``text``."""
    free_text: str = ""
    """What was heard without a grammar, where that was tried; may differ from ``text``."""
    written_text: str = ""
    """What the engine wrote, where ``text`` is what people say that sounds like it."""
    wordings: tuple[Alternative, ...] = ()
    """What free decoding held to be likeliest, best first, each with its share of the sound; ``text`` may be
    among them. Empty where the engine gives one wording only."""


@dataclass(frozen=True)
class Expectation:
    """What the question lets one expect; an engine may use it, none may depend on it."""

    phrases: tuple[str, ...] = ()
    is_open: bool = False
    """True where free speech is wanted (needs, places): no grammar."""
    likelihood: Likelihood | None = field(default=None, compare=False)
    """How people word their answers to this question, where that is known."""
    answers: Answers | None = field(default=None, compare=False)
    """What they have answered to it, for engines that learn from it which words follow which."""
    elsewhere: Answers | None = field(default=None, compare=False)
    """A sample of what they answer to other questions."""
    called: str = ""
    """The name that stands in ``answers`` for whoever is asked; empty where nobody says it."""
    name: str = ""
    """Of who is asked, where they may say it."""
    sense: Sense | None = field(default=None, compare=False)
    """What is understood; an engine that has time may hear once more what is not."""


class Utterance(Protocol):
    """One answer being listened to. Called from the call's thread only; nothing here blocks."""

    def accept(self, pcm: Pcm) -> None:
        """Take the next sound (any length)."""

    def partial(self) -> Hypothesis | None:
        """The newest hypothesis for what was said so far, if the engine has one."""

    def speculate(self) -> None:
        """The speaker paused: an utterance engine decodes what it has, so that the answer is ready when
        the endpoint is. Streaming engines do nothing."""

    def resume(self) -> None:
        """Speech went on after a pause: a speculative result is void."""

    def finish(self) -> Future[Hypothesis]:
        """No more sound: the future resolves to the final hypothesis (or fails with RecognizerError)."""

    def cancel(self) -> None:
        """The answer is no longer wanted (hang-up, key pressed)."""


class Recognizer(Protocol):
    """A speech engine with its model loaded."""

    name: str
    """"vosk" or "whisper"."""

    def listen(self, expectation: Expectation) -> Utterance: ...

    def close(self) -> None:
        """Stop the decoding threads; pending futures are cancelled."""
