"""Noise for measuring, from a seed: white, pink, and the babble of many voices, at a distance in dB."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asr.audio import read_sound
from asr.recognizer import SAMPLE_RATE, Pcm

VOICES = Path(__file__).resolve().parent.parent / "simulator" / "residents" / "audio"
"""Recordings that the babble is mixed from."""
_VOICES_AT_ONCE = 8
_FRAME = 160
_QUIET_DB = 35.0
"""Frames so far below the loudest are pauses and do not count as speech."""
_SURROUNDINGS_SECONDS = 0.6

Samples = NDArray[np.float64]


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
    surroundings = np.zeros(round(_SURROUNDINGS_SECONDS * SAMPLE_RATE))
    sound = np.concatenate((surroundings, speech.astype(np.float64), surroundings))
    noise = _make(kind, len(sound), np.random.default_rng(seed))
    power = float(np.mean(noise * noise))
    if power > 0.0:
        noise *= np.sqrt(speech_power(speech) / power) / 10.0 ** (snr_db / 20.0)
    return np.clip(np.rint(sound + noise), -32768, 32767).astype(np.int16)


def speech_power(speech: Pcm) -> float:
    """Mean square of the frames in which somebody speaks."""
    whole = speech[: len(speech) // _FRAME * _FRAME].astype(np.float64).reshape(-1, _FRAME)
    if not len(whole):
        return 0.0
    powers = np.mean(whole * whole, axis=1)
    return float(np.mean(powers[powers >= powers.max() * 10.0 ** (-_QUIET_DB / 10.0)]))


def _make(kind: Noise, length: int, rng: np.random.Generator) -> Samples:
    if kind is Noise.BABBLE:
        return _babble(length, rng)
    white: Samples = rng.normal(size=length)
    return white if kind is Noise.WHITE else _pink(white)


def _pink(white: Samples) -> Samples:
    lines = np.fft.rfft(white)
    lines[0] = 0.0
    lines[1:] /= np.sqrt(np.arange(1, len(lines)))
    return np.asarray(np.fft.irfft(lines, len(white)), dtype=np.float64)


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
