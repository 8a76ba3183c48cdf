"""The voice of a script: whether it can be had here, and whether one call is said by one voice."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

from dialogs.checks.problem import Problem
from dialogs.checks.recordings import Recorded, without_sound
from dialogs.checks.texts import prompt_path
from dialogs.script import Script
from dialogs.script.voice_choice import Engine
from dialogs.speech.prompts import PromptError, Recording, read_recordings, speakers
from dialogs.speech.voice_rules import VoiceRules


def voices(script: Script, recorded: Recorded, heard: Sequence[str], rules: VoiceRules) -> Iterator[Problem]:
    """``heard``: whose recordings the script uses, each once."""
    unsaid = without_sound(script, recorded)
    choice = rules.choice(script)
    if unsaid or script.voice:
        yield from _unusable(script, rules)
    if len(heard) > 1:
        told = f"声音: 录音里有{'、'.join(heard)}几个人的声音，一通电话里会换人；请由同一个人录"
        yield Problem("/script", told, is_warning=True)
    if unsaid and heard and list(heard) != [choice.speaker]:
        count = len({each.plain for each in unsaid})
        told = f"声音: {count} 句没有录音，会用合成的声音说，和录音不是一个人；请补录"
        yield Problem(prompt_path(unsaid[0]), told, is_warning=True)


def _unusable(script: Script, rules: VoiceRules) -> Iterator[Problem]:
    """A missing engine of the system is told where there is nothing to speak with at all."""
    choice = rules.choice(script)
    why = rules.why_unusable(choice) if choice.engine is not Engine.PYTTSX3 else ""
    if why:
        then = "现在会改用 pyttsx3 的声音" if rules.has_fallback else "voice_fallback = no，所以不能拨打"
        path = "/voice" if script.voice else "/script"
        yield Problem(path, f"声音: {why.rstrip('。')}；{then}", is_warning=rules.has_fallback)


def speakers_of(script: Script, folders: Sequence[Path]) -> list[str]:
    """Whose recordings calls by this script use; of every text the first folder's."""
    shipped = Path(str(resources.files("dialogs").joinpath("scripts", script.name)))
    used: dict[str, Recording] = {}
    for folder in (shipped, *reversed(folders)):
        with contextlib.suppress(PromptError):  # told of elsewhere
            used.update({row.text: row for row in read_recordings(folder, must_exist=False)})
    return speakers(script, used.values())
