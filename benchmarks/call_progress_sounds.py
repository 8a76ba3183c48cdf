"""What a line carries before and just after the answer, made from pieces and a seed.

Tones of the network by cadence, music of several kinds, a machine's beep; phrases are spoken once and kept.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from asr.audio import read_sound, write_wav
from asr.noise import pink, speech_power
from asr.recognizer import SAMPLE_RATE, Pcm
from benchmarks.noise import Noise, with_noise
from dialer.call_progress.cadence import CADENCES, Cadence

PHRASES = Path(__file__).with_name("call_progress.tsv")
FULL_SCALE_DBM0 = 3.14
"""Level of the loudest sine that A-law carries (ITU-T G.711)."""

Samples = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True)
class Phrase:
    """Something that is said on a line."""

    kind: str
    """announcement advert opening long machine television"""
    expected: str
    """What it means: a disposition, ``person`` or ``none``."""
    text: str


def read_phrases(path: Path = PHRASES) -> list[Phrase]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [Phrase(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


class Speaker(Protocol):
    """A synthesiser with several voices."""

    voices: Sequence[str]

    def say(self, text: str, voice: str, speed: float) -> Pcm: ...


@dataclass(frozen=True)
class Sentence:
    """A phrase in one voice."""

    phrase: Phrase
    voice: str
    speed: float

    @property
    def file_name(self) -> str:
        recipe = f"{self.phrase.text}|{self.voice}|{self.speed}"
        return hashlib.sha256(recipe.encode()).hexdigest()[:16] + ".wav"


_SPEEDS = (0.95, 1.1, 1.0, 1.2, 1.05)
_CARRIERS = ("zf_xiaobei", "zf_xiaoyi", "zf_xiaoxiao", "zf_xiaoni", "zm_yunyang")
"""Who speaks for a network, where these voices are there."""
_RENDERINGS = {"announcement": 2, "advert": 2, "opening": 4, "long": 2, "machine": 2, "television": 2}
"""In how many voices each phrase of a kind is spoken."""


def sentences(phrases: Sequence[Phrase], voices: Sequence[str]) -> Iterator[Sentence]:
    """Every phrase in as many voices as its kind wants, evenly spread over them; all first ones first."""
    for rendering in range(max(_RENDERINGS.values())):
        counts: dict[str, int] = {}
        for phrase in phrases:
            number = counts[phrase.kind] = counts.get(phrase.kind, -1) + 1
            wanted = _RENDERINGS[phrase.kind]
            if rendering < wanted:
                mine = [v for v in _CARRIERS if v in voices] if phrase.kind == "announcement" else voices
                mine = mine or voices
                turn = number * wanted + rendering + number * wanted // len(mine)
                speed = _SPEEDS[(number + 2 * rendering) % len(_SPEEDS)]
                yield Sentence(phrase, mine[turn % len(mine)], speed)


def spoken(sentence: Sentence, speaker: Speaker, folder: Path) -> Pcm:
    """The sentence as sound; spoken at most once."""
    path = folder / sentence.file_name
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        write_wav(path, speaker.say(sentence.phrase.text, sentence.voice, sentence.speed))
    return read_sound(path)


# --- tones and music ------------------------------------------------------------------------------------


def cadenced_tone(
    cadence: Cadence, seconds: float, *, hertz: float, dbm0: float, speed: float = 1.0, phase: float = 0.0
) -> Samples:
    """A tone of the network.

    Args:
        cadence: Which one.
        seconds: Length of the whole.
        hertz: Of the tone.
        dbm0: Level while it is on.
        speed: How much longer everything lasts than the standard has it.
        phase: Where in its period it begins, 0..1.
    """
    durations = np.array(CADENCES[cadence]) * speed
    at = (np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE + phase * durations.sum()) % durations.sum()
    is_on = np.searchsorted(np.cumsum(durations), at, side="right") % 2 == 0
    peak = 32768.0 * 10.0 ** ((dbm0 - FULL_SCALE_DBM0) / 20.0)
    wave = np.sin(2 * np.pi * hertz * np.arange(len(at)) / SAMPLE_RATE)
    return np.asarray(peak * is_on * wave, np.float64)


def tone_power(dbm0: float) -> float:
    """Mean square of a tone while it is on."""
    return float((32768.0 * 10.0 ** ((dbm0 - FULL_SCALE_DBM0) / 20.0)) ** 2 / 2.0)


def beep(hertz: float = 1000.0, seconds: float = 0.6) -> Samples:
    return 6000.0 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE)


MUSIC = ("chords", "melody", "dance", "singing", "pulses")


def music(kind: str, seconds: float, rng: np.random.Generator) -> Samples:
    """Ring-back music, as loud as speech: one of ``MUSIC``."""
    made = {"chords": _chords, "melody": _melody, "dance": _dance, "singing": _singing, "pulses": _pulses}
    sound = made[kind](round(seconds * SAMPLE_RATE), rng)
    return np.asarray(sound * 2500.0 / np.sqrt(np.mean(sound * sound)), np.float64)


_SCALE = (0, 2, 4, 7, 9, 12, 14, 16)
"""Pentatonic, semitones."""


def _notes(
    length: int, rng: np.random.Generator, seconds: tuple[float, ...]
) -> Iterator[tuple[int, int, float]]:
    """Begin and length in samples, and frequency; the middle of the scale is A4, 440 Hz."""
    at = 0
    while at < length:
        lasts = round(float(rng.choice(seconds)) * SAMPLE_RATE)
        step = int(rng.choice(_SCALE)) - 7
        yield at, min(lasts, length - at), 440.0 * 2.0 ** (step / 12.0)
        at += lasts


def _melody(length: int, rng: np.random.Generator) -> Samples:
    sound = np.zeros(length)
    for start, lasts, hertz in _notes(length, rng, (0.25, 0.35, 0.5, 0.7)):
        at = np.arange(lasts) / SAMPLE_RATE
        for harmonic in range(1, 5):
            sound[start : start + lasts] += (
                np.sin(2 * np.pi * harmonic * hertz * at) * np.exp(-2 * at) / harmonic**2
            )
    return sound


def _chords(length: int, rng: np.random.Generator) -> Samples:
    sound = np.zeros(length)
    for start, lasts, hertz in _notes(length, rng, (1.0, 0.5)):
        at = np.arange(lasts) / SAMPLE_RATE
        for ratio in (0.5, 1.0, 1.26, 1.5):
            sound[start : start + lasts] += np.sin(2 * np.pi * ratio * hertz * at) * np.exp(-at)
    return sound


def _dance(length: int, rng: np.random.Generator) -> Samples:
    sound = 0.6 * _melody(length, rng) / 0.5
    beat = round(0.5 * SAMPLE_RATE)
    hit = rng.normal(size=round(0.08 * SAMPLE_RATE)) * np.exp(-np.arange(round(0.08 * SAMPLE_RATE)) / 160.0)
    for start in range(0, length - len(hit), beat):
        sound[start : start + len(hit)] += 2.0 * hit
    return sound


def _pulses(length: int, rng: np.random.Generator) -> Samples:
    """The hardest: one note again and again, over a bass that does not stop."""
    at = np.arange(length) / SAMPLE_RATE
    note = 440.0 * 2.0 ** (int(rng.choice((0, 0, 5, 7))) / 12.0)
    is_on = (at % float(rng.choice((0.5, 0.7, 0.8)))) < 0.35
    bass = np.sin(2 * np.pi * 110.0 * at) + 0.5 * np.sin(2 * np.pi * 165.0 * at)
    return np.asarray(is_on * np.sin(2 * np.pi * note * at) + 0.8 * bass, np.float64)


_VOWELS = ((800, 1200), (350, 2200), (400, 800), (500, 1800))
"""First two formants of a, i, u, e."""


def _singing(length: int, rng: np.random.Generator) -> Samples:
    """A voice that sings vowels with vibrato over soft chords."""
    sound = np.zeros(length)
    for start, lasts, hertz in _notes(length, rng, (0.4, 0.6, 1.0)):
        formants = _VOWELS[int(rng.integers(len(_VOWELS)))]
        at = np.arange(lasts) / SAMPLE_RATE
        phase = 2 * np.pi * hertz / 2 * at + 0.3 * np.sin(2 * np.pi * 5.5 * at)
        envelope = np.minimum(1.0, at / 0.05) * np.minimum(1.0, (at[-1] - at) / 0.08)
        for harmonic in range(1, 13):
            here = harmonic * hertz / 2
            gain = sum(1.0 / (1.0 + ((here - formant) / 120.0) ** 2) for formant in formants)
            sound[start : start + lasts] += envelope * gain * np.sin(harmonic * phase)
    chords = _chords(length, rng)
    return np.asarray(sound + 0.2 * chords * np.std(sound) / np.std(chords), np.float64)


# --- mixing ---------------------------------------------------------------------------------------------


def at_level(speech: Pcm, dbm0: float) -> Samples:
    """Speech whose spoken parts have this level."""
    wanted = tone_power(dbm0)
    return np.asarray(speech * np.sqrt(wanted / max(1.0, speech_power(speech))), np.float64)


def noise(kind: Noise, length: int, power: float, rng: np.random.Generator) -> Samples:
    """Noise of one kind with this mean square."""
    if kind is Noise.BABBLE:
        made = with_noise(np.full(length, 1000, np.int16), kind, 0.0, int(rng.integers(1 << 30)))
        sound = made[(len(made) - length) // 2 :][:length].astype(np.float64) - 1000.0
    else:
        sound = rng.normal(size=length) if kind is Noise.WHITE else pink(length, rng)
    return np.asarray(sound * np.sqrt(power / max(1e-9, float(np.mean(sound * sound)))), np.float64)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE))
