"""Answers of a script's tests read aloud: who reads them, and what was read before.

What was synthesised is kept by voice and text, so that the next run begins at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from asr.recognizer import Pcm
from campaign.settings import Settings
from dialogs.language.numerals import spell_digits
from dialogs.script.voice_choice import Engine, VoiceChoice
from dialogs.speech.prompts import Synthesizer, read_wav, write_wav
from dialogs.speech.pyttsx3_synthesizer import Pyttsx3Synthesizer
from dialogs.speech.spoken_form import EDITION
from dialogs.speech.voices import KokoroVoice, system_voice, why_unusable

_KOKORO_VOICES = ("zf_xiaoxiao", "zm_yunyang")
"""A woman and a man with whom the embedded engine has not been taught: what they say is new to it."""
SYSTEM_SPEAKER = "pyttsx3"
"""Beginning of the names of the system's voices."""


def answer_voices(settings: Settings) -> tuple[Synthesizer, ...]:
    """Who reads, taking turns test by test: Kokoro where it is installed, else the system's voice."""
    choices = [VoiceChoice(Engine.KOKORO, name) for name in _KOKORO_VOICES]
    usable = tuple(KokoroVoice(choice) for choice in choices if not why_unusable(choice))
    return usable or (Pyttsx3Synthesizer(system_voice(settings)),)


class AnswerSounds:
    """Reads answers aloud, each once."""

    def __init__(self, voices: Sequence[Synthesizer], cache: Path) -> None:
        """``cache``: folder for what is synthesised."""
        self._voices, self._cache = voices, cache

    def voice(self, number: int) -> Synthesizer:
        """Who speaks in the test of that number."""
        return self._voices[number % len(self._voices)]

    def spoken(self, text: str, voice: Synthesizer) -> Pcm:
        """The words read aloud; numbers as residents say them: 365 is 三六五.

        Raises:
            PromptError: They cannot be; the sentence tells what to install.
        """
        file = self._cached(text, voice)
        if file.is_file():
            return read_wav(file)
        sound = voice.synthesize(spell_digits(text))
        write_wav(file, sound)
        return sound

    def _cached(self, text: str, voice: Synthesizer) -> Path:
        key = hashlib.sha256(f"{voice.voice}\t{EDITION}\t{text}".encode()).hexdigest()[:32]
        return self._cache / f"{key}.wav"
