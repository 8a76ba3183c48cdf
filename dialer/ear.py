"""The ear of one call: sound in, answers out.

Joins voice activity, endpointing and the recogniser. It keeps the last half second of sound, so that an
answer is heard from its first syllable, and lets the recogniser work during the pause that may end the turn.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np

from asr.endpointing import (
    Endpointer,
    EndpointEvent,
    EndpointingRules,
    EndOfUtterance,
    NoInput,
    PauseBegan,
    SpeechResumed,
    TooLong,
)
from asr.endpointing import SpeechStarted as SpeechFound
from asr.recognizer import SAMPLE_RATE, Expectation, Hypothesis, Pcm, Recognizer, Utterance
from asr.voice_activity import VoiceActivity


@dataclass(frozen=True)
class EarEvent:
    """Something heard; times in seconds of the worker's clock."""


@dataclass(frozen=True)
class SpeechStarted(EarEvent):
    at: float


@dataclass(frozen=True)
class PartialWords(EarEvent):
    hypothesis: Hypothesis


@dataclass(frozen=True)
class TurnEnded(EarEvent):
    """The resident has finished; the words follow when they are decoded."""

    speech_started_at: float
    speech_ended_at: float

    @property
    def speech_seconds(self) -> float:
        return self.speech_ended_at - self.speech_started_at


@dataclass(frozen=True)
class NothingSaid(EarEvent):
    """No speech within the time allowed."""


@dataclass(frozen=True)
class HeardWords(EarEvent):
    hypothesis: Hypothesis
    speech_started_at: float
    speech_ended_at: float
