"""Speech made fit for a telephone: its level by ITU-T P.56, its ends trimmed, its edges faded. Pure.

Law: active speech level by method B of ITU-T P.56 (12/2011): the envelope is smoothed twice with 30 ms,
speech is active where it exceeds a threshold or did in the last 200 ms, and the threshold lies 15.9 dB below
the level that comes of it. Levels are dBov: dB relative to a square wave at full scale; on an A-law line
0 dBm0 is -6.15 dBov.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

SAMPLE_RATE = 8000
"""Samples a second of every prompt."""
TELEPHONE_LEVEL_DBOV = -20.0
"""Active level of every prompt, -13.9 dBm0: that of the recordings that ship. A little above ordinary speech
on a line (-26 dBov), since many who are called are hard of hearing, and far from where A-law cuts off."""
MARGIN_SECONDS = 0.05
"""Silence left at both ends."""

Pcm = NDArray[np.int16]
"""Mono linear audio at ``SAMPLE_RATE``, shape (samples,)."""
Samples = NDArray[np.float32]
"""Mono audio in -1..1 at a rate that stands beside it, shape (samples,)."""

_ENVELOPE_RATE = 1000
"""P.56 asks for 600 samples a second at least."""
_SMOOTHING_SECONDS = 0.03
_HANGOVER_SECONDS = 0.2
_MARGIN_DB = 15.9
_LOWEST_DBOV = -100.0
_STEP_DB = 0.05
_STRETCH = 256
"""Samples of the envelope whose sum still has its full precision."""
_PEAK = 0.89
"""Highest sample after levelling, full scale 1.0."""
_FULL_SCALE = 32768.0
_FRAME_SECONDS = 0.01
_SPEECH_BELOW_LEVEL_DB = 26.0
"""Frames so far below the active level belong to the silence around the speech."""
_PAUSE_FRAMES, _SYLLABLE_FRAMES = 15, 8

_Run = tuple[int, int]
"""First frame and the one after the last."""


@dataclass(frozen=True)
class SpeechLevel:
    """What P.56 measures."""

    active_dbov: float
    """Level while somebody speaks; -inf where nobody does."""
    activity: float
    """Share of the time in which somebody speaks, 0 to 1."""


def to_float(pcm: Pcm) -> Samples:
    return pcm.astype(np.float32) / np.float32(_FULL_SCALE)


def to_pcm(samples: Samples) -> Pcm:
    pcm: Pcm = np.clip(np.rint(samples * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1).astype(np.int16)
    return pcm


def speech_level(samples: Samples, rate: int = SAMPLE_RATE) -> SpeechLevel:
    """The active speech level and the activity of mono sound, by ITU-T P.56; a millisecond or two of work."""
    power = float(np.dot(samples, samples)) / len(samples) if len(samples) else 0.0
    envelope = _envelope(samples, rate)
    if power == 0.0 or not len(envelope):
        return SpeechLevel(-math.inf, 0.0)

    def level_over(threshold: float) -> float:
        share = _active_share(envelope, 10 ** (threshold / 20))
        return 10 * math.log10(power / share) if share else math.inf

    level = _crossing(level_over, 20 * math.log10(max(float(envelope.max()), 1e-9)))
    return SpeechLevel(level, min(1.0, power / 10 ** (level / 10)))


def _crossing(level_over: Callable[[float], float], loudest: float) -> float:
    """The level whose threshold lies the margin below it: the lower the threshold, the farther below."""
    low, high = _LOWEST_DBOV, loudest
    if level_over(low) - low <= _MARGIN_DB:
        return level_over(low)
    while high - low > _STEP_DB:
        middle = (low + high) / 2
        if level_over(middle) - middle > _MARGIN_DB:
            low = middle
        else:
            high = middle
    return level_over(low)


def _envelope(samples: Samples, rate: int) -> NDArray[np.float64]:
    size = max(1, rate // _ENVELOPE_RATE)
    blocks = np.abs(samples[: len(samples) // size * size]).reshape(-1, size).mean(axis=1, dtype=np.float64)
    keep = math.exp(-size / (rate * _SMOOTHING_SECONDS))
    return _smoothed(_smoothed(blocks, keep), keep)


def _smoothed(values: NDArray[np.float64], keep: float) -> NDArray[np.float64]:
    """Each value is ``keep`` of the one before and the rest of its own; a stretch at a time."""
    smoothed = np.empty_like(values)
    fading = keep ** np.arange(1, _STRETCH + 1)
    state = 0.0
    for start in range(0, len(values), _STRETCH):
        stretch = values[start : start + _STRETCH]
        faded_so_far = fading[: len(stretch)]
        smoothed[start : start + len(stretch)] = faded_so_far * (
            state + (1 - keep) * np.cumsum(stretch / faded_so_far)
        )
        state = float(smoothed[start + len(stretch) - 1])
    return smoothed


def _active_share(envelope: NDArray[np.float64], threshold: float) -> float:
    """Share of the time that lies above the threshold, or within the hangover after it."""
    hangover = round(_HANGOVER_SECONDS * _ENVELOPE_RATE)
    above = np.flatnonzero(envelope >= threshold)
    if not len(above):
        return 0.0
    following = np.minimum(np.diff(np.append(above, len(envelope) + hangover)), hangover + 1)
    following[-1] = min(len(envelope) - above[-1], hangover + 1)
    return float(following.sum()) / len(envelope)


# --- trimming and levelling -----------------------------------------------------------------------------


def frame_levels(samples: Samples, rate: int = SAMPLE_RATE) -> NDArray[np.float64]:
    """Level of every 10 ms, dBov; -120 for digital silence."""
    size = round(rate * _FRAME_SECONDS)
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    powers = np.einsum("ij,ij->i", frames, frames).astype(np.float64) / size
    levels: NDArray[np.float64] = 10 * np.log10(powers + 1e-12)
    return levels


def speech_bounds(samples: Samples, rate: int = SAMPLE_RATE) -> tuple[int, int]:
    """First and last sample (exclusive) of the speech; clicks at the ends do not count.

    (0, 0) where there is none.
    """
    level = speech_level(samples, rate).active_dbov
    if level == -math.inf:
        return 0, 0
    levels = frame_levels(samples, rate)
    is_speech = levels > _floor(levels, level)
    runs = _without_clicks(_near_joined(_runs(is_speech)))
    if not runs:
        return 0, 0
    size = round(rate * _FRAME_SECONDS)
    return runs[0][0] * size, runs[-1][1] * size


def _near_joined(runs: list[_Run]) -> list[_Run]:
    """Runs that less than a pause lies between are one."""
    found: list[_Run] = []
    for start, end in runs:
        if found and start - found[-1][1] < _PAUSE_FRAMES:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _without_clicks(runs: list[_Run]) -> list[_Run]:
    """At the ends, what is shorter than any syllable and stands alone is a key, a mouse or lips."""
    speech = [index for index, (start, end) in enumerate(runs) if end - start >= _SYLLABLE_FRAMES]
    return runs[speech[0] : speech[-1] + 1] if speech else []


def _floor(levels: NDArray[np.float64], level: float) -> float:
    """Between the speech and the noise of the room."""
    noise = _quietest(levels)
    return max(level - _SPEECH_BELOW_LEVEL_DB, min(noise + 6.0, level - 8.0))


def noise_level(samples: Samples, rate: int = SAMPLE_RATE) -> float:
    """Level of the room, dBov: what the quietest tenth of the frames does not exceed; at least -96."""
    return _quietest(frame_levels(samples, rate))


def _quietest(levels: NDArray[np.float64]) -> float:
    heard = levels[levels > -110.0] if np.any(levels > -110.0) else levels
    return max(-96.0, float(np.percentile(heard, 10))) if len(heard) else -96.0


def _runs(flags: NDArray[np.bool_]) -> list[_Run]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def trimmed(samples: Samples, rate: int = SAMPLE_RATE, margin_seconds: float = MARGIN_SECONDS) -> Samples:
    """The speech with as much of what surrounds it as the margin; faded in and out over the margins."""
    start, end = speech_bounds(samples, rate)
    margin = round(rate * margin_seconds)
    kept = samples[max(0, start - margin) : min(len(samples), end + margin)].copy()
    return faded(kept, min(start, margin), min(len(samples) - end, margin)) if end else samples[:0]


def faded(samples: Samples, fade_in: int, fade_out: int) -> Samples:
    """A raised cosine over so many samples at the beginning and at the end, so that nothing clicks."""
    shaped = samples.copy()
    if fade_in:
        shaped[:fade_in] *= _rising(fade_in)
    if fade_out:
        shaped[len(shaped) - fade_out :] *= _rising(fade_out)[::-1]
    return shaped


def _rising(count: int) -> Samples:
    steps = (np.arange(count, dtype=np.float32) + np.float32(0.5)) / np.float32(count)
    risen: Samples = (0.5 - 0.5 * np.cos(np.pi * steps)).astype(np.float32)
    return risen


def levelled(samples: Samples, rate: int = SAMPLE_RATE, level_dbov: float = TELEPHONE_LEVEL_DBOV) -> Samples:
    """Brought to an active level; lower only where a peak would clip otherwise."""
    level = speech_level(samples, rate).active_dbov
    if level == -math.inf:
        return samples
    gain = 10 ** ((level_dbov - level) / 20)
    peak = float(np.abs(samples).max())
    return (samples * np.float32(min(gain, _PEAK / peak))).astype(np.float32)


def telephone_speech(samples: Samples, rate: int, level_dbov: float = TELEPHONE_LEVEL_DBOV) -> Pcm:
    """Any speech at telephone rate and level, trimmed to 50 ms of silence; empty where nobody speaks."""
    if rate != SAMPLE_RATE:
        samples = np.asarray(soxr.resample(samples, rate, SAMPLE_RATE, quality="VHQ"), np.float32)
    return to_pcm(levelled(trimmed(samples), SAMPLE_RATE, level_dbov))
