"""By which rules the voice of a script is chosen: what sip.conf says, and what can be had here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.script import Script
from dialogs.script.voice_choice import Engine, VoiceChoice


@dataclass(frozen=True)
class VoiceRules:
    """How the voice is chosen here."""

    usual: VoiceChoice = VoiceChoice()  # noqa: RUF009 - frozen
    """Of sip.conf, for scripts that name none."""
    why_unusable: Callable[[VoiceChoice], str] = lambda choice: ""
    """A sentence with what to do; empty where this machine can speak so."""
    has_fallback: bool = True
    """Another voice may speak instead."""

    def choice(self, script: Script) -> VoiceChoice:
        return script.voice or self.usual

    def says_by_itself(self, script: Script) -> bool:
        """The voice needs no engine of the system."""
        choice = self.choice(script)
        return choice.engine is not Engine.PYTTSX3 and not self.why_unusable(choice)
