"""Whether one recorded take of a sentence can be used on a telephone, and if not, what to do. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from dialogs.recordings.texts import RecordingText
from dialogs.speech.speech_level import (
    Pcm,
    Samples,
    noise_level,
    speech_bounds,
    speech_level,
    telephone_speech,
)

AUDIBLE_DBOV = -55.0
"""Active level under which a take counts as silence: raising it to a telephone's raises the room too."""
_FAINT_DBOV = -42.0
_CLIPPED = 0.985
_CLIPPED_SAMPLES = 3
"""So many neighbouring samples at the same peak near full scale are no speech but a cut-off wave."""
_CLIPPED_SHARE, _BROKEN_SHARE = 0.001, 0.15
"""Measured on speech: a share of 0.2 % is 6 dB too much, one of 15 % about 11 dB."""
_NOISY_DB, _UNUSABLE_DB = 22.0, 12.0
"""Speech over the room: 22 dB is heard as a clean line, under 12 dB the words go under."""
_SHORT, _VERY_SHORT, _LONG, _VERY_LONG = 0.42, 0.25, 2.2, 4.0
"""Length of the speech beside the length that its text takes."""
_EDGE_SECONDS = 0.02
_OUTSIDE_SHARE = 0.1
"""Share of the take that must lie outside of the speech for the room to be heard."""


class Fault(Enum):
    """What is wrong with a take: a word for it, and whether it makes the take useless."""

    SILENT = ("没有录到声音", True)
    FAINT = ("声音太小", False)
    CLIPPED = ("声音太大，被削平了", False)
    BROKEN = ("声音太大，大部分被削平了", True)
    NOISY = ("周围太吵", False)
    DROWNED = ("周围的声音盖过了说话声", True)
    TOO_SHORT = ("比文字短得多，像是没念全", False)
    CUT_OFF = ("太短，不可能是这句话", True)
    TOO_LONG = ("比文字长得多，像是停顿太久或念了别的", False)
    OTHER_TEXT = ("太长，不可能是这句话", True)
    NO_BEGINNING = ("开头像是没录上", False)
    NO_END = ("结尾像是没录完", False)

    def __init__(self, told: str, is_fatal: bool) -> None:
        self.told = told
        self.is_fatal = is_fatal


_ADVICE = {
    Fault.SILENT: "请检查话筒有没有接好、有没有静音",
    Fault.FAINT: "请靠近话筒一些，或把话筒音量调大",
    Fault.CLIPPED: "请离话筒远一些，或把话筒音量调小",
    Fault.BROKEN: "请离话筒远一些，或把话筒音量调小",
    Fault.NOISY: "请关上门窗、风扇，离话筒近一些",
    Fault.DROWNED: "请换个安静的地方",
    Fault.NO_BEGINNING: "请开始录音以后停半秒再念",
    Fault.NO_END: "请念完停半秒再结束",
}


@dataclass(frozen=True)
class Take:
    """A take, measured."""

    pcm: Pcm
    """Trimmed, at telephone rate and level; empty where nobody speaks."""
    seconds: float
    """Of the speech."""
    level_dbov: float
    """Active speech level before it was brought to the telephone's."""
    snr_db: float
    """Speech over the room; inf where the room can't be heard."""
    faults: tuple[Fault, ...]

    @property
    def is_usable(self) -> bool:
        return not any(fault.is_fatal for fault in self.faults)

    def told(self) -> str:
        """What is wrong, with advice: 声音太小（-47 dB），请靠近话筒一些，或把话筒音量调大"""
        return "；".join(
            f"{fault.told}{self._measured(fault)}" + (f"，{_ADVICE[fault]}" if fault in _ADVICE else "")
            for fault in self.faults
        )

    def _measured(self, fault: Fault) -> str:
        if fault is Fault.FAINT:
            return f"（{self.level_dbov:.0f} dB）"
        if fault in (Fault.NOISY, Fault.DROWNED):
            return f"（说话只比环境响 {self.snr_db:.0f} dB）"
        if fault in (Fault.TOO_SHORT, Fault.CUT_OFF, Fault.TOO_LONG, Fault.OTHER_TEXT):
            return f"（{self.seconds:.1f} 秒）"
        return ""


def examined(samples: Samples, rate: int, text: RecordingText) -> Take:
    """A take of the text as it came from the microphone or a file.

    Args:
        samples: Mono, -1..1.
        rate: Samples a second.
        text: What should have been read.
    """
    level = speech_level(samples, rate).active_dbov
    start, end = speech_bounds(samples, rate)
    if level < AUDIBLE_DBOV or not end:
        return Take(np.zeros(0, np.int16), 0.0, level, math.inf, (Fault.SILENT,))
    snr = _snr(samples, rate, level, (start, end))
    seconds = (end - start) / rate
    if snr < _UNUSABLE_DB:  # where the speech ends can't be told then
        return Take(telephone_speech(samples, rate), seconds, level, snr, (Fault.DROWNED,))
    faults = (
        *_level_faults(samples[start:end], level),
        *((Fault.NOISY,) if snr < _NOISY_DB else ()),
        *_length_faults(seconds / text.expected_seconds),
        *_edge_faults(start / rate, (len(samples) - end) / rate),
    )
    return Take(telephone_speech(samples, rate), seconds, level, snr, faults)


def _snr(samples: Samples, rate: int, level: float, bounds: tuple[int, int]) -> float:
    """Measured outside of the speech. Where there is hardly anything outside, the pauses must do: they tell
    no more than whether the words go under."""
    start, end = bounds
    outside = np.concatenate((samples[:start], samples[end:]))
    if len(outside) >= max(_OUTSIDE_SHARE * len(samples), rate // 10):
        noise = noise_level(outside, rate)
        return math.inf if noise <= -95.0 else level - noise
    within = level - noise_level(samples, rate)
    return within if within < _UNUSABLE_DB else math.inf


def _level_faults(samples: Samples, level: float) -> Iterator[Fault]:
    share = clipped_share(samples)
    if share > _BROKEN_SHARE:
        yield Fault.BROKEN
    elif share > _CLIPPED_SHARE:
        yield Fault.CLIPPED
    if level < _FAINT_DBOV:
        yield Fault.FAINT


def clipped_share(samples: Samples) -> float:
    """Share of the samples that lie on a cut-off wave, 0 to 1."""
    if not len(samples):
        return 0.0
    at_peak = np.abs(samples) >= _CLIPPED
    runs = _run_lengths(at_peak)
    return float(runs[runs >= _CLIPPED_SAMPLES].sum()) / len(samples)


def _run_lengths(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    lengths: NDArray[np.int64] = edges[1::2] - edges[::2]
    return lengths


def _length_faults(ratio: float) -> Iterator[Fault]:
    if ratio < _SHORT:
        yield Fault.CUT_OFF if ratio < _VERY_SHORT else Fault.TOO_SHORT
    elif ratio > _LONG:
        yield Fault.OTHER_TEXT if ratio > _VERY_LONG else Fault.TOO_LONG


def _edge_faults(before: float, after: float) -> Iterator[Fault]:
    if before < _EDGE_SECONDS:
        yield Fault.NO_BEGINNING
    if after < _EDGE_SECONDS:
        yield Fault.NO_END
