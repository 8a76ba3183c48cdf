"""The robot's voice on a call: prompts that were made ready before anybody was dialled.

One voice speaks a whole call. Where there is no recording of a sentence with the resident's or community's
name in it, the plain variant is said rather than a patch in another voice.
"""

from __future__ import annotations

import numpy as np

from dialer.line import Pcm
from dialer.messages import WorkerSpec
from dialogs.machine import Play
from dialogs.prompts import PromptLibrary
from dialogs.pyttsx3_synthesizer import Pyttsx3Synthesizer
from dialogs.script import Script
from dialogs.tempo import slowed

_AUDIBLE = 150
"""Of 32768; -47 dB below full scale."""
_LEAD_SAMPLES = 40


class PromptVoice:
    """Takes the text with names in it where there is sound for it, the plain text otherwise."""

    def __init__(self, library: PromptLibrary) -> None:
        self._library = library
        self._sounds: dict[str, Pcm] = {}

    def sound(self, play: Play) -> Pcm:
        """The prompt, slower for a resident who asked for that."""
        sound = self._at_usual_tempo(play)
        return slowed(sound) if play.is_slow else sound

    def _at_usual_tempo(self, play: Play) -> Pcm:
        if play.parts:
            return np.concatenate([self._sound(part.text, part.plain_text) for part in play.parts])
        return self._sound(play.text, play.plain_text)

    def _sound(self, text: str, plain: str) -> Pcm:
        text = text if self._library.has(text) else plain
        if text not in self._sounds:
            self._sounds[text] = without_lead(self._library.audio(text))
        return self._sounds[text]


def without_lead(sound: Pcm) -> Pcm:
    """The sound from 5 ms before its first audible sample: silence there only makes the resident wait."""
    audible = np.flatnonzero(np.abs(sound.astype(np.int32)) > _AUDIBLE)
    return sound[max(0, int(audible[0]) - _LEAD_SAMPLES) :] if len(audible) else sound


def prompt_library(spec: WorkerSpec, script: Script) -> PromptLibrary:
    """The sound of all prompts; texts that were synthesised before are found in the cache."""
    return PromptLibrary(
        script,
        recordings=spec.prompt_folders,
        cache=spec.prompt_cache,
        synthesizer=Pyttsx3Synthesizer(spec.settings.dialog.voice),
    )


def prepare_voice(library: PromptLibrary, script: Script, community: str) -> None:
    """See to it that every prompt of the script can be said; synthesises what has no recording.

    Raises:
        PromptError: A prompt has no recording and cannot be synthesised; the sentence says what to install.
    """
    for prompt in script.prompts():
        text = prompt.fill({"community": community})
        if not library.has(text) and not library.has(prompt.plain):
            library.audio(prompt.plain)
