"""Is what comes in only our own voice? Pure: what was sent and what was received in, echo or not out.

The far end of a telephone line returns some of what it is sent, 20 to 400 ms later, fainter and without its
edges of the band. Law: the delay is where received and sent sound have been alike for a while (normalised
cross-correlation, averaged, so that a likeness by chance fades); how much returns is measured at that delay;
a window that is no louder than what must return of our own sound is echo. Speech over an echo is louder than
that, and passes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from asr.recognizer import SAMPLE_RATE, Pcm

_Samples = NDArray[np.float32]

_LONGEST_DELAY = 4096
"""Samples: half a second."""
_COMPARED = 512
"""Samples compared at a time, 64 ms: a syllable. Together with the delays a length quickly transformed."""
_FORGET = 0.87
"""Of what was alike before, kept at the next comparison: half a second or so counts."""
_ALIKE = 0.3
"""Mean correlation at one delay that is no chance."""
_SURE_OF_GAIN = 0.5
"""Correlation of windows that hold next to nothing but echo: these tell how much returns."""
_LEAST_COMPARED = 5
_FAINTEST = (10.0 ** (-62.0 / 20.0)) ** 2
"""Mean power, of full scale 1, below which nothing is compared: the noise of the line itself."""
_EARLY, _LATE = 160, 720
"""Samples by which the delay may be off and a room spreads the echo; the detector of speech lingers too."""
_MARGIN = 10.0 ** (6.0 / 10.0)
"""Power by which a window of echo may exceed what is expected."""
_FLOOR_RISE = 1.01
"""A window; a noise that sets in is known after some seconds."""
_MOST_GAIN = 10.0 ** (3.0 / 10.0)
_FULL_SCALE = 32768.0


class EchoDetector:
    """The echo of one call. Costs half a percent of a core while we speak, next to nothing else.

    Args:
        window_samples: Length of the windows that are judged; those of the voice activity detector.
    """

    def __init__(self, window_samples: int = 256) -> None:
        self._window = window_samples
        self._rest = (np.zeros(0, np.int16), np.zeros(0, np.int16))
        self._sent: _Samples = np.zeros(_LONGEST_DELAY + _COMPARED, np.float32)
        self._received: _Samples = np.zeros(_COMPARED, np.float32)
        self._last = (0.0, 0.0)
        self._alike: _Samples = np.zeros(_LONGEST_DELAY, np.float32)
        """Mean correlation by delay in samples."""
        self._compared = 0
        self._uncompared = 0
        """Samples since the last comparison."""
        self._floor = _FAINTEST
        """Mean power of the received sound where it was quietest."""
        self._delay: int | None = None
        """Samples; None while nothing has ever been alike for long enough."""
        self._gain: float | None = None
        """Power of the echo over power sent."""

    @property
    def delay_seconds(self) -> float | None:
        """From sending to the return; None while no echo is known."""
        return None if self._delay is None else self._delay / SAMPLE_RATE

    @property
    def gain_db(self) -> float | None:
        """Level of the echo over the level sent; None while no echo is known."""
        return None if self._gain is None or self._delay is None else float(10.0 * np.log10(self._gain))

    def process(self, received: Pcm, sent: Pcm) -> list[bool]:
        """Take the next sound of both directions, same shapes; whether each complete window is echo."""
        received, sent = (np.concatenate(pair) for pair in zip(self._rest, (received, sent), strict=True))
        whole = len(received) // self._window * self._window
        self._rest = (received[whole:], sent[whole:])
        return [
            self._judge(received[start : start + self._window], sent[start : start + self._window])
            for start in range(0, whole, self._window)
        ]

    def _judge(self, received: Pcm, sent: Pcm) -> bool:
        self._received = _shifted(self._received, self._emphasised(received, 0))
        self._sent = _shifted(self._sent, self._emphasised(sent, 1))
        if not self._sent.any():
            return False
        self._uncompared += self._window
        if self._uncompared >= _COMPARED:
            self._uncompared = 0
            self._learn()
        return self._is_echo()

    def _emphasised(self, pcm: Pcm, which: int) -> _Samples:
        """First difference: speech without the bass that makes all voices alike."""
        samples = pcm.astype(np.float32) / np.float32(_FULL_SCALE)
        before = self._last[which]
        last = list(self._last)
        last[which] = float(samples[-1])
        self._last = (last[0], last[1])
        return np.diff(samples, prepend=np.float32(before))

    def _learn(self) -> None:
        power = float(self._received @ self._received)
        sent_power = _energies(self._sent, _COMPARED)[:0:-1]
        if power < _FAINTEST * _COMPARED or float(sent_power.max()) < _FAINTEST * _COMPARED:
            return
        correlation = _correlation(self._received, self._sent)
        correlation /= np.sqrt(np.maximum(sent_power, _FAINTEST * _COMPARED) * power)
        self._alike = np.float32(_FORGET) * self._alike + np.float32(1.0 - _FORGET) * correlation
        self._compared += 1
        self._delay = self._likeliest_delay() or self._delay  # other people's talk makes none forgotten
        if self._delay is not None and abs(float(correlation[self._delay])) >= _SURE_OF_GAIN:
            self._note_gain(power / float(sent_power[self._delay]))

    def _note_gain(self, gain: float) -> None:
        gain = min(gain, _MOST_GAIN)
        self._gain = gain if self._gain is None else _FORGET * self._gain + (1.0 - _FORGET) * gain

    def _likeliest_delay(self) -> int | None:
        """Samples; None while nothing is alike."""
        delay = int(np.abs(self._alike).argmax())
        known = 1.0 - _FORGET**self._compared
        is_known = self._compared >= _LEAST_COMPARED and abs(float(self._alike[delay])) >= _ALIKE * known
        return delay if is_known else None

    def _is_echo(self) -> bool:
        newest = self._received[-self._window :]
        power = float(newest @ newest)
        self._floor = min(self._floor * _FLOOR_RISE, power / self._window + _FAINTEST)
        if self._delay is None or self._gain is None:
            return False
        end = len(self._sent) - max(0, self._delay - _EARLY)
        heard_again = self._sent[max(0, end - self._window - _EARLY - _LATE) : end]
        loudest = float(_energies(heard_again, self._window).max())
        return power <= _MARGIN * (self._gain * loudest + self._floor * self._window)


def _shifted(samples: _Samples, newest: _Samples) -> _Samples:
    return np.concatenate((samples, newest))[-len(samples) :]


def _energies(samples: _Samples, length: int) -> _Samples:
    """Energy of every stretch of ``length`` samples, in the order of their beginnings."""
    sums: NDArray[np.float64] = np.concatenate((np.zeros(1), np.cumsum(samples * samples, dtype=np.float64)))
    energies: _Samples = (sums[length:] - sums[:-length]).astype(np.float32)
    return energies


def _correlation(received: _Samples, sent: _Samples) -> _Samples:
    """Products of ``received`` with ``sent``, by how long ago the latter ended."""
    size = len(sent)
    spectrum = np.conj(np.fft.rfft(received, size)) * np.fft.rfft(sent, size)
    products: _Samples = np.fft.irfft(spectrum, size)[1 : _LONGEST_DELAY + 1][::-1].astype(np.float32)
    return products
