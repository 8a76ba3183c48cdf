"""Makes telephone calls out of clean recordings, for teaching: level, line, room, noise, codec. From a seed.

Every sound is 8 kHz, float32 in -1..1, shape (samples,).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import soxr
from numpy.typing import NDArray

RATE = 8000
Sound = NDArray[np.float32]
Chance = np.random.Generator


def speech_level(sound: Sound) -> float:
    """Root mean square of the voiced part: frames within 30 dB of the loudest."""
    frames = sound[: len(sound) // 80 * 80].reshape(-1, 80)
    if not len(frames):
        return 1e-4
    power = (frames**2).mean(axis=1)
    return float(np.sqrt(power[power > power.max() / 1000.0].mean() + 1e-12))


def white(length: int, chance: Chance) -> Sound:
    return chance.standard_normal(length).astype(np.float32)


def coloured(length: int, chance: Chance, slope: float) -> Sound:
    """Noise whose power falls by ``slope`` dB an octave (3: pink, 6: like traffic)."""
    spectrum = np.fft.rfft(chance.standard_normal(length))
    hertz = np.fft.rfftfreq(length, 1 / RATE)
    spectrum *= np.maximum(hertz, 80.0) ** (-slope / 6.02)
    return np.fft.irfft(spectrum, length).astype(np.float32)


def babble(length: int, chance: Chance, speech: Sequence[Sound]) -> Sound:
    """Other people talking at once."""
    mixed = np.zeros(length, np.float32)
    for _ in range(int(chance.integers(1, 7))):
        voice = speech[int(chance.integers(len(speech)))]
        voice = voice / (speech_level(voice) + 1e-6)
        mixed += np.roll(np.resize(voice, length), int(chance.integers(length)))
    return mixed


def noise(length: int, chance: Chance, speech: Sequence[Sound]) -> Sound:
    """Some noise at level 1."""
    match int(chance.integers(5)):
        case 0:
            sound = white(length, chance)
        case 1:
            sound = coloured(length, chance, 3.0)
        case 2:
            sound = coloured(length, chance, 6.0)
        case 3:
            tone = np.sin(2 * np.pi * chance.uniform(45, 900) * np.arange(length) / RATE)
            sound = (0.5 * tone + 0.5 * chance.standard_normal(length)).astype(np.float32)
        case _:
            sound = babble(length, chance, speech)
    return sound / (np.sqrt((sound**2).mean()) + 1e-9)


def through_a_room(sound: Sound, chance: Chance) -> Sound:
    """A few hundred milliseconds of echo from the walls."""
    length = int(chance.uniform(0.05, 0.25) * RATE)
    tail = chance.standard_normal(length) * np.exp(-6.0 * np.arange(length) / length)
    tail[0] = chance.uniform(4.0, 12.0)
    wet = np.convolve(sound, tail.astype(np.float32))[: len(sound)]
    return (wet / (speech_level(wet.astype(np.float32)) + 1e-9) * speech_level(sound)).astype(np.float32)


def through_a_line(sound: Sound, chance: Chance) -> Sound:
    """A telephone's band and tilt: what lies outside is gone, what lies inside is not even."""
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    low, high = chance.uniform(80, 350), chance.uniform(3100, 3900)
    gain = 1.0 / (1.0 + (low / np.maximum(hertz, 1.0)) ** 4) / (1.0 + (hertz / high) ** 8)
    gain *= 10 ** (chance.uniform(-4, 4) * np.log2(np.maximum(hertz, 100.0) / 1000.0) / 20)
    return np.fft.irfft(spectrum * gain, len(sound)).astype(np.float32)


def a_law(sound: Sound) -> Sound:
    """There and back through G.711 A-law's 8 bits (ITU-T G.711), as its continuous law with 256 steps."""
    a = 87.6
    size = np.abs(np.clip(sound, -1.0, 1.0))
    knee = 1.0 + np.log(a)
    packed = np.where(size < 1 / a, a * size / knee, (1.0 + np.log(np.maximum(a * size, 1.0))) / knee)
    packed = (np.floor(packed * 128.0) + 0.5) / 128.0
    size = np.where(packed < 1 / knee, packed * knee / a, np.exp(packed * knee - 1.0) / a)
    return (np.sign(sound) * size).astype(np.float32)


def called(speech: Sequence[Sound], texts: int, chance: Chance, others: Sequence[Sound]) -> Sound:
    """One answer as it arrives over a telephone.

    Args:
        speech: The recordings that are said one after the other, ``texts`` of them.
        texts: How many; 0 makes a call in which nobody speaks.
        chance: Source of all chance.
        others: Recordings for people talking in the background.
    """
    pitch = chance.uniform(0.9, 1.12)
    parts = [np.zeros(int(chance.uniform(0.1, 0.7) * RATE), np.float32)]
    for number, sound in enumerate(speech[:texts]):
        if number:
            parts.append(np.zeros(int(chance.uniform(0.1, 0.7) * RATE), np.float32))
        parts.append(soxr.resample(sound, RATE, RATE / pitch, quality="LQ").astype(np.float32))
    parts.append(np.zeros(int(chance.uniform(0.12, 1.0) * RATE), np.float32))
    sound = np.concatenate(parts)
    level = 10 ** (chance.uniform(-36, -13) / 20)
    if texts:
        sound *= level / speech_level(sound)
        if chance.random() < 0.2:
            sound = through_a_room(sound, chance)
        if chance.random() < 0.5:
            sound = through_a_line(sound, chance)
    below = chance.uniform(30, 50) if chance.random() < 0.35 else chance.uniform(6, 32)
    sound = sound + noise(len(sound), chance, others) * level * 10 ** (-below / 20)
    if chance.random() < 0.05:
        sound = np.clip(sound * 4.0, -0.9, 0.9)
    return a_law(sound.astype(np.float32))
