"""The robot's voice on a call: prompts that were made ready before anybody was dialled."""

from __future__ import annotations

from dialer.line import Pcm
from dialogs.machine import Play
from dialogs.prompts import PromptLibrary


class PromptVoice:
    """Takes the text with the resident's own fields where it has sound for it, the plain text otherwise."""

    def __init__(self, library: PromptLibrary) -> None:
        self._library = library

    def sound(self, play: Play) -> Pcm:
        text = play.text if self._library.has(play.text) else play.plain_text
        return self._library.audio(text)
