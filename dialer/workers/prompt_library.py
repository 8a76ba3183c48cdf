"""Where a worker finds the sound of a script's prompts."""

from __future__ import annotations

from dialer.workers.messages import WorkerSpec
from dialogs.recordings.folder import folders_beside
from dialogs.script import Script
from dialogs.speech.prompts import PromptLibrary
from dialogs.speech.voices import script_voice


def prompt_library(spec: WorkerSpec, script: Script) -> PromptLibrary:
    """The sound of all prompts; texts that were synthesised before are found in the cache.

    Raises:
        PromptError: The voice of the script can't be had and sip.conf allows no other.
    """
    return PromptLibrary(
        script,
        recordings=[*spec.prompt_folders, *folders_beside(spec.script, script.name, spec.settings)],
        cache=spec.prompt_cache,
        synthesizer=script_voice(script, spec.settings).synthesizer,
    )
