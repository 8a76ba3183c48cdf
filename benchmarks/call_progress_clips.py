"""The clips of ``benchmarks.call_progress``: what is on the line, what it means, when it begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from asr.recognizer import SAMPLE_RATE
from benchmarks.call_progress_sounds import (
    MUSIC,
    Phrase,
    Samples,
    Sentence,
    Speaker,
    at_level,
    beep,
    cadenced_tone,
    music,
    noise,
    sentences,
    silence,
    spoken,
    tone_power,
)
from benchmarks.disturbances import first_sound, last_sound
from benchmarks.noise import Noise
from dialer.call_progress.cadence import Cadence

TONES, ANNOUNCEMENTS, MUSICS, ADVERTS = 160, 210, 70, 60
"""Clips of early media, 500 in all."""
OPENINGS = {"short": 100, "late": 40, "noise": 70, "long": 90}
"""People who answer, 300 in all."""
MACHINES = 60

_LEVELS_DBM0 = (-30.0, -8.0)
_TONE_SNR_DB = (5.0, 25.0)
_VOICE_SNR_DB = (12.0, 30.0)
"""Announcements come from a machine of the network; what is beneath them is the line's."""
_ROOM_SNR_DB = (8.0, 20.0)
_SECONDS: dict[Cadence, float] = {Cadence.RING_BACK: 15.0}


_ADVERT_DBM0 = -14.0
Rng = np.random.Generator


@dataclass(frozen=True)
class Clip:
    """Sound of one call."""

    name: str
    group: str
    expected: str
    sound: Samples
    begins_at: float
    """Where what decides begins, seconds: the announcement, the tone, the voice."""
    spoken_until: float = 0.0
    """Where the first to speak has finished."""


Make = Callable[[], Clip]
"""Makes one clip; each has a seed of its own, so that parts of the whole are the same as the whole."""


class ClipMaker:
    """All clips, from phrases, voices and a seed; phrases that are not in ``folder`` yet are spoken."""

    def __init__(self, phrases: Sequence[Phrase], speaker: Speaker, folder: Path, seed: int) -> None:
        self._speaker, self._folder, self._seed = speaker, folder, seed
        self._sentences: dict[str, list[Sentence]] = {}
        for sentence in sentences(phrases, speaker.voices):
            self._sentences.setdefault(sentence.phrase.kind, []).append(sentence)

    def early(self) -> Iterator[Make]:
        """Tones, announcements, music and spoken ring-back advertising, in this order."""
        yield from (partial(self._tone, number) for number in range(TONES))
        yield from (partial(self._announcement, number) for number in range(ANNOUNCEMENTS))
        yield from (partial(self._music, number) for number in range(MUSICS))
        yield from (partial(self._advert, number) for number in range(ADVERTS))

    def openings(self) -> Iterator[Make]:
        """People who answer: a word, a word after a while, a word in a noisy room, a long sentence."""
        for manner, count in OPENINGS.items():
            yield from (partial(self._opening, manner, number) for number in range(count))

    def machines(self) -> Iterator[Make]:
        """Voicemail and assistants that answer, and announcements that are answered with."""
        yield from (partial(self._machine, number) for number in range(MACHINES))

    def _rng(self, group: int, number: int) -> Rng:
        return np.random.default_rng((self._seed, group, number))

    def _sentence(self, kind: str, number: int) -> Sentence:
        return self._sentences[kind][number % len(self._sentences[kind])]

    def _said(self, sentence: Sentence, dbm0: float) -> Samples:
        return at_level(spoken(sentence, self._speaker, self._folder), dbm0)

    def _tone(self, number: int) -> Clip:
        rng = self._rng(1, number)
        cadence, kind = list(Cadence)[number % 4], list(Noise)[number // 4 % 3]
        dbm0, snr = float(rng.uniform(*_LEVELS_DBM0)), float(rng.uniform(*_TONE_SNR_DB))
        hertz, lead = float(rng.uniform(425.0, 475.0)), float(rng.uniform(0.0, 2.0))
        tone = cadenced_tone(
            cadence, _SECONDS.get(cadence, 8.0), hertz=hertz, dbm0=dbm0,
            speed=float(rng.uniform(0.95, 1.05)), phase=float(rng.uniform()),
        )  # fmt: skip
        sound = _mixed(np.concatenate((silence(lead), tone)), dbm0, snr, kind, rng)
        name = f"{cadence.value} {hertz:.0f} Hz {dbm0:.0f} dBm0 {kind.value} {snr:.0f} dB"
        expected = "ring_back" if cadence is Cadence.RING_BACK else f"tone_{cadence.value}"
        return Clip(name, "early tone", expected, sound, lead)

    def _announcement(self, number: int) -> Clip:
        """Twice, a second apart, after silence, ring-back or music."""
        rng, sentence = self._rng(2, number), self._sentence("announcement", number)
        dbm0, snr = float(rng.uniform(*_LEVELS_DBM0)), float(rng.uniform(*_VOICE_SNR_DB))
        before, what = _before(number, dbm0, rng)
        voice = self._said(sentence, dbm0)
        sound = np.concatenate((before, voice, silence(1.0), voice))
        kind = list(Noise)[number % 2]
        begins = len(before) / SAMPLE_RATE + first_sound(voice.astype(np.int16))
        name = f"{sentence.phrase.text} {sentence.voice} after {what}, {dbm0:.0f} dBm0 {kind} {snr:.0f} dB"
        mixed = _mixed(sound, dbm0, snr, kind, rng)
        return Clip(name, "early announcement", sentence.phrase.expected, mixed, begins)

    def _music(self, number: int) -> Clip:
        rng, kind = self._rng(3, number), MUSIC[number % len(MUSIC)]
        sound = at_level(music(kind, 16.0, rng).astype(np.int16), float(rng.uniform(-20.0, -8.0)))
        return Clip(f"music {kind} {number}", "early music", "none", sound, 0.0)

    def _advert(self, number: int) -> Clip:
        """Spoken over music, again and again."""
        rng, sentence = self._rng(4, number), self._sentence("advert", number)
        kind = MUSIC[number % len(MUSIC)]
        once = np.concatenate((self._said(sentence, _ADVERT_DBM0), silence(1.5)))
        voice = np.tile(once, 3)[: 18 * SAMPLE_RATE]
        tune = music(kind, len(voice) / SAMPLE_RATE + 0.1, rng)[: len(voice)]
        below = float(rng.uniform(6.0, 20.0))
        mixed = voice + _with_power(tune, tone_power(_ADVERT_DBM0 - below))
        return Clip(
            f"{sentence.phrase.text} {sentence.voice} over {kind}", "early advert", "none", mixed, 0.0
        )

    def _opening(self, manner: str, number: int) -> Clip:
        rng = self._rng(5 + list(OPENINGS).index(manner), number)
        sentence = self._sentence("long" if manner == "long" else "opening", number)
        voice = self._said(sentence, float(rng.uniform(-24.0, -10.0)))
        before = float(rng.uniform(1.5, 4.0)) if manner == "late" else float(rng.uniform(0.1, 0.6))
        sound = np.concatenate((silence(before), voice, silence(16.0)))
        room = ""
        if manner == "noise":
            noise_of_room, room = self._room(number, len(sound), voice, rng)
            sound = sound + noise_of_room
        pcm = voice.astype(np.int16)
        return Clip(
            f"{manner}: {sentence.phrase.text} {sentence.voice}{room}", f"opening {manner}", "person", sound,
            before + first_sound(pcm), before + last_sound(pcm),
        )  # fmt: skip

    def _room(self, number: int, length: int, voice: Samples, rng: Rng) -> tuple[Samples, str]:
        """A television, music or a street behind somebody who holds the telephone."""
        snr = float(rng.uniform(*_ROOM_SNR_DB))
        made: Samples
        match number % 4:
            case 0 | 1:
                channel = self._television()
                turned = np.roll(channel, -int(rng.integers(len(channel))))
                made, what = np.asarray(np.resize(turned, length), np.float64), "television"
            case 2:
                made, what = music("melody", length / SAMPLE_RATE + 0.1, rng)[:length], "music"
            case _:
                made, what = noise(Noise.PINK, length, 1.0, rng), "street"
        power = float(np.mean(voice * voice)) / 10.0 ** (snr / 10.0)
        return _with_power(made, power), f" before {what} {snr:.0f} dB"

    def _television(self) -> Samples:
        """News and cooking, without a stop."""
        told = (self._said(sentence, -20.0) for sentence in self._sentences["television"])
        return np.concatenate([np.concatenate((voice, silence(0.25))) for voice in told])

    def _machine(self, number: int) -> Clip:
        rng, is_machine = self._rng(9, number), number % 3 < 2
        kind, number = ("machine", number) if is_machine else ("announcement", 5 * number)
        sentence = self._sentence(kind, number)
        voice = self._said(sentence, float(rng.uniform(-24.0, -10.0)))
        before = float(rng.uniform(0.2, 1.0))
        after: Samples = beep() if is_machine else voice
        sound = np.concatenate((silence(before), voice, silence(0.7), after, silence(14.0)))
        begins = before + first_sound(voice.astype(np.int16))
        group = "machine greeting" if is_machine else "machine announcement"
        return Clip(
            f"{sentence.phrase.text} {sentence.voice}", group, sentence.phrase.expected, sound, begins
        )


def _mixed(sound: Samples, dbm0: float, snr_db: float, kind: Noise, rng: Rng) -> Samples:
    return sound + noise(kind, len(sound), tone_power(dbm0) / 10.0 ** (snr_db / 10.0), rng)


def _with_power(sound: Samples, power: float) -> Samples:
    return np.asarray(sound * np.sqrt(power / max(1e-9, float(np.mean(sound * sound)))), np.float64)


def _before(number: int, dbm0: float, rng: Rng) -> tuple[Samples, str]:
    match number % 4:
        case 0:
            tone = cadenced_tone(Cadence.RING_BACK, float(rng.uniform(2.0, 7.0)), hertz=450.0, dbm0=dbm0)
            return tone, "ring-back"
        case 1:
            kind = MUSIC[int(rng.integers(len(MUSIC)))]
            tune = at_level(music(kind, float(rng.uniform(3.0, 8.0)), rng).astype(np.int16), dbm0)
            return np.concatenate((tune, silence(0.5))), f"music ({kind})"
    return silence(float(rng.uniform(0.1, 1.5))), "silence"
