"""Sounds that are no answer: coughs, clicks, breaths, nods, a television, hold music. From a seed."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from asr.audio import read_wav
from asr.noise import speech_power
from asr.recognizer import SAMPLE_RATE, Pcm
from benchmarks.noise import VOICES, Noise, with_noise

Samples = NDArray[np.float64]

_FRAME = 80
_LOUD = 6000.0


def cough(rng: np.random.Generator) -> Pcm:
    """One or two bursts of noise, 0.1 to 0.2 s each, from the throat's resonances, falling off."""
    bursts = [_burst(rng, rng.uniform(0.1, 0.2)) for _ in range(int(rng.integers(1, 3)))]
    gap = np.zeros(round(rng.uniform(0.03, 0.08) * SAMPLE_RATE))
    sound = np.concatenate([part for burst in bursts for part in (burst, gap)])
    return _as_pcm(sound, _LOUD)


def click(rng: np.random.Generator) -> Pcm:
    """A receiver that is knocked: up to 15 ms, ringing."""
    at = np.arange(round(0.03 * SAMPLE_RATE)) / SAMPLE_RATE
    sound = np.exp(-at / rng.uniform(0.001, 0.005)) * np.sin(2 * np.pi * rng.uniform(400, 2500) * at)
    return _as_pcm(sound, 2.0 * _LOUD)


def breath(rng: np.random.Generator) -> Pcm:
    """Air on the microphone: half a second of noise, soft at both ends."""
    length = round(rng.uniform(0.4, 0.8) * SAMPLE_RATE)
    return _as_pcm(_shaped(rng, length, 300, 2500) * np.hanning(length), 0.15 * _LOUD)


def nod(rng: np.random.Generator) -> Pcm:
    """A syllable cut from an answer, 0.15 to 0.3 s, in place of 嗯: what counts is how short it is."""
    sounds = _answers()
    answer = sounds[int(rng.integers(len(sounds)))]
    begin = round(first_sound(answer) * SAMPLE_RATE)
    length = round(rng.uniform(0.15, 0.3) * SAMPLE_RATE)
    syllable = answer[begin : begin + length].astype(float)
    fade = round(0.02 * SAMPLE_RATE)
    syllable[-fade:] *= np.linspace(1.0, 0.0, fade)
    return np.rint(syllable).astype(np.int16)


def background(kind: str, speech: Pcm, snr_db: float, seconds: float, seed: int) -> Samples:
    """What a room or a line adds, so far below ``speech``: pink, babble, television, music."""
    length = round(seconds * SAMPLE_RATE)
    rng = np.random.default_rng(seed)
    if kind in (Noise.PINK, Noise.BABBLE):
        silence = np.zeros(length, np.int16)
        silence[: len(speech)] = speech[:length]
        mixed = with_noise(silence, Noise(kind), snr_db, seed)
        lead = (len(mixed) - length) // 2
        return mixed[lead : lead + length].astype(float) - silence
    sound = _music(rng, length) if kind == "music" else _television(rng, length)
    return sound * np.sqrt(speech_power(speech) / np.mean(sound**2)) / 10.0 ** (snr_db / 20.0)


def first_sound(pcm: Pcm) -> float:
    """Where speech begins, seconds: the first 10 ms within 25 dB of its loud parts."""
    return float(_loud_frames(pcm)[0]) * _FRAME / SAMPLE_RATE


def last_sound(pcm: Pcm) -> float:
    """Where speech ends, seconds."""
    return float(_loud_frames(pcm)[-1] + 1) * _FRAME / SAMPLE_RATE


def quietest_place(pcm: Pcm) -> float:
    """Between two syllables in the middle of an answer, seconds."""
    begin, end = first_sound(pcm), last_sound(pcm)
    levels = _levels(pcm)
    first, last = round((begin + 0.35 * (end - begin)) * 100), round((begin + 0.75 * (end - begin)) * 100)
    return (first + int(np.argmin(levels[first:last]))) * _FRAME / SAMPLE_RATE


def _loud_frames(pcm: Pcm) -> NDArray[np.intp]:
    levels = _levels(pcm)
    return np.flatnonzero(levels > np.percentile(levels, 95) - 25.0)


def _levels(pcm: Pcm) -> Samples:
    frames = pcm[: len(pcm) // _FRAME * _FRAME].astype(float).reshape(-1, _FRAME)
    levels: Samples = 10.0 * np.log10(np.mean(frames**2, axis=1) + 1.0)
    return levels


def _burst(rng: np.random.Generator, seconds: float) -> Samples:
    length = round(seconds * SAMPLE_RATE)
    at = np.arange(length) / length
    sound = _shaped(rng, length, 300, 3000) + 0.7 * _shaped(rng, length, 400, 900)
    envelope: Samples = np.minimum(1.0, at / 0.05) * np.exp(-4.0 * at)
    return sound * envelope


def _shaped(rng: np.random.Generator, length: int, low: float, high: float) -> Samples:
    lines = np.fft.rfft(rng.normal(size=length))
    frequencies = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    lines[(frequencies < low) | (frequencies > high)] = 0.0
    sound: Samples = np.fft.irfft(lines, length)
    return sound / np.sqrt(np.mean(sound**2))


def _television(rng: np.random.Generator, length: int) -> Samples:
    """One voice after the other, with short pauses, over soft music."""
    sounds = _answers()
    parts: list[Samples] = []
    while sum(map(len, parts)) < length:
        parts.append(sounds[int(rng.integers(len(sounds)))].astype(float))
        parts.append(np.zeros(round(rng.uniform(0.1, 0.4) * SAMPLE_RATE)))
    talk = np.concatenate(parts)[:length]
    music = _music(rng, length)
    return talk + 0.3 * music * np.sqrt(np.mean(talk**2) / np.mean(music**2))


def _music(rng: np.random.Generator, length: int) -> Samples:
    """Chords, half a second each."""
    sound = np.zeros(length)
    for start in range(0, length, SAMPLE_RATE // 2):
        at = np.arange(min(SAMPLE_RATE // 2, length - start)) / SAMPLE_RATE
        root = 220.0 * 2.0 ** (rng.integers(0, 12) / 12.0)
        for step in (1.0, 1.26, 1.5, 2.0, 3.0):
            sound[start : start + len(at)] += np.sin(2 * np.pi * root * step * at) * np.exp(-2.0 * at) / step
    return sound


def _as_pcm(sound: Samples, peak: float) -> Pcm:
    return np.rint(sound * peak / np.abs(sound).max()).astype(np.int16)


@cache
def _answers() -> tuple[Pcm, ...]:
    return tuple(read_wav(path) for path in sorted(VOICES.glob("[0-9][0-9]/*.wav")))
