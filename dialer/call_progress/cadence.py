"""Tones of the network by their cadence: pure, sound in, name out.

A Chinese exchange speaks in one tone of 450 Hz; what it says lies in how long the tone lasts and how long it
is silent. A cadence counts when two whole periods of it have been heard, so that neither a vowel nor a note
of music can be one.

Sources: YD/T 1522 and GB/T 3380 (tones of the Chinese network), ITU-T E.180.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dialer.line import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Pcm


class Cadence(StrEnum):
    """What a tone means."""

    RING_BACK = "ring_back"
    BUSY = "busy"
    CONGESTION = "congestion"
    UNOBTAINABLE = "unobtainable"

    @property
    def is_final(self) -> bool:
        """Whether the network has nothing more to say."""
        return self is not Cadence.RING_BACK


CADENCES: Mapping[Cadence, tuple[float, ...]] = {
    Cadence.RING_BACK: (1.0, 4.0),
    Cadence.BUSY: (0.35, 0.35),
    Cadence.CONGESTION: (0.7, 0.7),
    Cadence.UNOBTAINABLE: (0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4, 0.4),
}
"""Seconds of tone and of silence by turns, one period."""

_PERIODS = 2
_SPEEDS = (0.92, 0.96, 1.0, 1.04, 1.08)
"""Exchanges may be so much slower or faster than the standard says."""
_STEP = 5
"""Frames between two comparisons."""
_COARSE_PERIOD = 100
"""Frames of a period from which every fifth phase is enough."""
_HERTZ = (425.0, 437.5, 450.0, 462.5, 475.0)
_PURE_SHARE = 0.5
"""Of a frame's energy within 50 Hz of the tone: 0.76 at 5 dB over white noise, 0.01 in the noise alone."""
_QUIETEST_DBFS = -42.0
"""A tone of -30 dBm0 has -36 dBFS."""
_LEAST_AGREEMENT = 0.87
"""1.0: every frame is as the cadence wants it; 0.0: as many are not as are. A tone has 0.95 and more at 5 dB
over noise, the worst of 130 pieces of music 0.85."""
_LEAST_CONTRAST = 3.0
"""Power where the tone is on over that where it is off, more than one note over a bass has; at 5 dB over
noise it is 4."""
_MOST_SPREAD_DB = 3.0
"""Between the soft and the loud tenth where the tone is on: noise makes 1.6 dB of it, dying notes 4."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Templates:
    """One cadence at one speed, in every phase."""

    cadence: Cadence
    wanted: Floats
    """Shape (phases, frames): 1 tone, -1 none, 0 either, next to an edge."""

    @property
    def frames(self) -> int:
        return int(self.wanted.shape[1])

    @cached_property
    def counts(self) -> Floats:
        """How many frames are not next to an edge; shape (phases,)."""
        counts: Floats = np.abs(self.wanted).sum(axis=1)
        return counts

    @cached_property
    def least_tones(self) -> float:
        """With fewer frames of tone none of the phases can agree well enough, whatever the rest is."""
        wanted = (self.wanted > 0).sum(axis=1)
        return float((wanted - self.counts * (1.0 - _LEAST_AGREEMENT) / 2.0).min())


def _templates() -> list[_Templates]:
    made = [_template(cadence, speed) for cadence in CADENCES for speed in _SPEEDS]
    return sorted(made, key=lambda template: template.frames)


def _template(cadence: Cadence, speed: float) -> _Templates:
    period = _frames_of(CADENCES[cadence], speed)
    whole = np.tile(period, _PERIODS)
    is_edge = whole != np.roll(whole, 1)
    whole = np.where(is_edge, 0.0, whole)
    step = 5 if len(period) > _COARSE_PERIOD else 1
    return _Templates(cadence, np.array([np.roll(whole, phase) for phase in range(0, len(period), step)]))


def _frames_of(durations: Sequence[float], speed: float) -> Floats:
    edges = np.rint(np.cumsum(durations) * speed / FRAME_SECONDS).astype(int)
    frames = np.empty(edges[-1])
    for number, (start, end) in enumerate(zip([0, *edges], edges, strict=False)):
        frames[start:end] = -1.0 if number % 2 else 1.0
    return frames


_TEMPLATES = _templates()
_LONGEST = max(template.frames for template in _TEMPLATES)
_WAVES = np.exp(-2j * np.pi * np.array(_HERTZ)[:, None] * np.arange(FRAME_SAMPLES)[None, :] / SAMPLE_RATE)
"""What Goertzel's recursion computes, for five frequencies and whole frames at once."""


class CadenceDetector:
    """Follows one call's sound and names the tones in it."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.int16)
        self._tones: deque[float] = deque(maxlen=_LONGEST)
        """For each frame 1.0 where it is the tone, -1.0 where it is not."""
        self._powers: deque[float] = deque(maxlen=_LONGEST)
        self._frames = 0

    def process(self, pcm: Pcm) -> Cadence | None:
        """Take the next sound (any length); the cadence that has just been heard for two periods, if any."""
        samples = np.concatenate((self._rest, pcm))
        whole = len(samples) // FRAME_SAMPLES * FRAME_SAMPLES
        self._rest = samples[whole:]
        found = None
        for frame in samples[:whole].reshape(-1, FRAME_SAMPLES):
            self._take(frame.astype(np.float64) / 32768.0)
            self._frames += 1
            if self._frames % _STEP == 0:
                found = self._compare() or found
        return found

    def tonal_share(self, seconds: float, seconds_ago: float = 0.0) -> float:
        """Share of the ``seconds`` that ended ``seconds_ago`` that was the network's tone, 0..1."""
        end = len(self._tones) - round(seconds_ago / FRAME_SECONDS)
        frames = list(self._tones)[max(0, end - max(1, round(seconds / FRAME_SECONDS))) : max(0, end)]
        return sum(tone > 0 for tone in frames) / len(frames) if frames else 0.0

    def _take(self, frame: Floats) -> None:
        power = float(frame @ frame) / FRAME_SAMPLES
        self._powers.append(power)
        is_audible = power > 10.0 ** (_QUIETEST_DBFS / 10.0)
        self._tones.append(1.0 if is_audible and _tone_share(frame, power) >= _PURE_SHARE else -1.0)

    def _compare(self) -> Cadence | None:
        if 1.0 not in self._tones:
            return None
        tones = np.array(self._tones)
        latest = np.cumsum(tones[::-1] > 0)
        for template in _TEMPLATES:
            frames = template.frames
            if frames > len(tones) or latest[frames - 1] < template.least_tones:
                continue
            if _fits(template, tones[-frames:], np.array(self._powers)[-frames:]):
                return template.cadence
        return None


def _tone_share(frame: Floats, power: float) -> float:
    """How much of the frame's energy is in the tone."""
    strongest = float(np.max(np.abs(_WAVES @ frame) ** 2))
    return 2.0 * strongest / (FRAME_SAMPLES * FRAME_SAMPLES * power)


def _fits(template: _Templates, tones: Floats, powers: Floats) -> bool:
    wanted = template.wanted
    agreement = wanted @ tones / template.counts
    best = int(np.argmax(agreement))
    if agreement[best] < _LEAST_AGREEMENT:
        return False
    on, off = powers[wanted[best] > 0], powers[wanted[best] < 0]
    soft, loud = np.percentile(on, (10, 90))
    is_steady = loud <= soft * 10.0 ** (_MOST_SPREAD_DB / 10.0)
    return bool(is_steady and np.median(on) >= _LEAST_CONTRAST * np.median(off))
