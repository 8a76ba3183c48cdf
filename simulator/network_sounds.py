"""What a telephone network says without words: tones by their cadence, and ring-back music.

A Chinese exchange has one tone of 450 Hz; how long it sounds and how long it is silent says what it means
(GB/T 3380).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.g711 import SAMPLE_RATE, Pcm
from simulator.media import Clip

TONES: Mapping[str, tuple[float, ...]] = {
    "ring_back_tone": (1.0, 4.0),
    "busy_tone": (0.35, 0.35),
    "congestion_tone": (0.7, 0.7),
    "unobtainable_tone": (0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4, 0.4),
}
"""Seconds of tone and of silence by turns."""
MUSIC = "music"
NETWORK_SOUNDS = (*TONES, MUSIC)
_HERTZ = 450.0
_PEAK = 6000.0
_TONE_SECONDS = 20.0
_MUSIC_SECONDS = 12.0
_NOTE_SECONDS = 0.4
_TUNE = (0, 4, 7, 12, 9, 7, 4, 2, 5, 9, 7, 4, 2, 0, -3, 0)
"""Semitones above 262 Hz."""


def network_clip(name: str) -> Clip:
    """One of ``NETWORK_SOUNDS``, long enough for any caller to understand it."""
    return Clip(name, "", _music() if name == MUSIC else _tone(TONES[name]))


def _tone(durations: tuple[float, ...]) -> Pcm:
    at = np.arange(round(_TONE_SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    edges = np.cumsum(durations)
    is_on = np.searchsorted(edges, at % edges[-1], side="right") % 2 == 0
    tone = np.sin(2 * np.pi * _HERTZ * at)
    return np.asarray(np.rint(_PEAK * is_on * tone), np.int16)


def _music() -> Pcm:
    """A tune with overtones, each note dying away."""
    length = round(_NOTE_SECONDS * SAMPLE_RATE)
    at = np.arange(length) / SAMPLE_RATE
    notes = []
    for number in range(round(_MUSIC_SECONDS / _NOTE_SECONDS)):
        hertz = 262.0 * 2.0 ** (_TUNE[number % len(_TUNE)] / 12.0)
        wave = sum(np.sin(2 * np.pi * k * hertz * at) / k**2 for k in range(1, 5))
        notes.append(wave * np.exp(-3.0 * at))
    return np.asarray(np.rint(0.7 * _PEAK * np.concatenate(notes)), np.int16)
