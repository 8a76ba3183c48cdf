"""Answers of a script's tests read aloud: who reads them, and what was read before.

What was synthesised is kept by voice and text, so that the next run begins at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from asr.recognizer import Pcm
from campaign import folders
from campaign.settings import Settings
from dialogs.kokoro import KokoroSynthesizer, installed_files
from dialogs.numerals import spell_digits
from dialogs.prompts import read_wav, write_wav
from dialogs.pyttsx3_synthesizer import Pyttsx3Synthesizer

_KOKORO_VOICES = ("zf_xiaoxiao", "zm_yunyang")
"""Voices that the embedded engine has not been taught with: what they say is new to it."""
SYSTEM_VOICE = "pyttsx3"
"""Beginning of the names of the system's voices."""


class AnswerVoice(Protocol):
    """Somebody who reads answers aloud."""

    name: str
    """Part of the cache's key, and told in reports."""

    def synthesize(self, text: str) -> Pcm:
        """The text as telephone speech.

        Raises:
            WenhouError: It cannot be said; the sentence tells what to install.
        """


class KokoroVoice:
    """One of Kokoro's voices."""

    def __init__(self, synthesizer: KokoroSynthesizer, voice: str) -> None:
        self._synthesizer, self._voice = synthesizer, voice
        self.name = f"Kokoro {voice}"

    def synthesize(self, text: str) -> Pcm:
        return self._synthesizer.say(text, self._voice)


class SystemVoice:
    """The engine of the system, through pyttsx3."""

    def __init__(self, voice: str) -> None:
        self._synthesizer = Pyttsx3Synthesizer(voice)
        self.name = self._synthesizer.voice

    def synthesize(self, text: str) -> Pcm:
        return self._synthesizer.synthesize(text)


def answer_voices(settings: Settings, kokoro: Path | None) -> tuple[AnswerVoice, ...]:
    """Who reads the answers, taking turns test by test.

    Args:
        settings: Names the system's voice.
        kokoro: Folder of Kokoro's voices; None: the system's engine reads.

    Raises:
        ModelError: Kokoro is not installed, or the folder holds no voice.
    """
    if kokoro is None:
        return (SystemVoice(settings.dialog.voice),)
    files = installed_files(kokoro, folders.cache_folder())
    synthesizer = KokoroSynthesizer(files)
    there = {path.stem for path in kokoro.glob("z*.bin")}
    names = [name for name in _KOKORO_VOICES if name in there] or sorted(there)[:2]
    return tuple(KokoroVoice(synthesizer, name) for name in names)


class AnswerSounds:
    """Reads answers aloud, each once."""

    def __init__(self, voices: Sequence[AnswerVoice], cache: Path) -> None:
        """``cache``: folder for what is synthesised."""
        self._voices, self._cache = voices, cache

    def voice(self, number: int) -> AnswerVoice:
        """Who speaks in the test of that number."""
        return self._voices[number % len(self._voices)]

    def spoken(self, text: str, voice: AnswerVoice) -> Pcm:
        """The words read aloud.

        Raises:
            WenhouError: They cannot be.
        """
        file = self._cached(text, voice)
        if file.is_file():
            return read_wav(file)
        sound = voice.synthesize(spell_digits(text))
        write_wav(file, sound)
        return sound

    def _cached(self, text: str, voice: AnswerVoice) -> Path:
        key = hashlib.sha256(f"{voice.name}\t{text}".encode()).hexdigest()[:32]
        return self._cache / f"{key}.wav"
