"""Noise for measuring, from a seed: white, pink, and the babble of many voices, at a distance in dB."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np

from asr.audio import read_sound
from asr.noise import Samples, in_noise, noise_samples, pink
from asr.recognizer import SAMPLE_RATE, Pcm

VOICES = Path(__file__).resolve().parent.parent / "simulator" / "residents" / "audio"
"""Recordings that the babble is mixed from."""
_VOICES_AT_ONCE = 8


class Noise(StrEnum):
    """What the line or the room adds."""

    WHITE = "white"
    PINK = "pink"  # traffic, ventilation: 3 dB less an octave
    BABBLE = "babble"  # a room of people, a television


def with_noise(speech: Pcm, kind: Noise, snr_db: float, seed: int) -> Pcm:
    """The speech at 8 kHz with noise around and beneath it.

    Args:
        speech: Sound of one answer.
        kind: Kind of noise.
        snr_db: Power of the speech, pauses left out, over the power of the noise.
        seed: The same seed gives the same noise.
    """
    noise = _make(kind, noise_samples(speech), np.random.default_rng(seed))
    return in_noise(speech, noise, snr_db)


def _make(kind: Noise, length: int, rng: np.random.Generator) -> Samples:
    if kind is Noise.BABBLE:
        return _babble(length, rng)
    return rng.normal(size=length) if kind is Noise.WHITE else pink(length, rng)


def _babble(length: int, rng: np.random.Generator) -> Samples:
    """Voices that each talk without a stop, one sentence after the other."""
    sentences = _sentences()
    mixed = np.zeros(length)
    for _ in range(_VOICES_AT_ONCE):
        talk = np.zeros(0)
        while len(talk) < length + SAMPLE_RATE:
            talk = np.concatenate((talk, sentences[int(rng.integers(len(sentences)))]))
        start = int(rng.integers(SAMPLE_RATE))
        mixed += talk[start : start + length]
    return mixed


@cache
def _sentences() -> tuple[Samples, ...]:
    sounds = (read_sound(path).astype(np.float64) for path in sorted(VOICES.glob("[0-9][0-9]/*.wav")))
    return tuple(sound / max(1.0, float(np.sqrt(np.mean(sound * sound)))) for sound in sounds)
