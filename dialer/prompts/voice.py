"""The robot's voice on a call: prompts that were made ready before anybody was dialled.

One voice speaks a whole call. Where a sentence with the resident's name in it can't be said in the voice of
all the others, the plain variant is said rather than a patch in another voice.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from campaign.settings import Settings
from dialer.line import Pcm
from dialogs.actions import Play
from dialogs.script import Script
from dialogs.speech.joining import gap_after, joined
from dialogs.speech.prompts import NAME, Piece, PromptError, PromptLibrary
from dialogs.speech.tempo import slowed
from dialogs.speech.voices import script_voice

_AUDIBLE = 150
"""Of 32768; -47 dB below full scale."""
_LEAD_SAMPLES = 40
_LOWEST_PRIORITY = 19
_FIRST_NAMES = 20
"""So many are made ready before the first number is dialled; the others while calls are going on."""

log = logging.getLogger(__name__)


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
            sounds = [self._sound(part.text, part.plain_text) for part in play.parts]
            return joined(sounds, [gap_after(part.text) for part in play.parts]).sound
        return self._sound(play.text, play.plain_text)

    def _sound(self, text: str, plain: str) -> Pcm:
        if text == plain:
            if text not in self._sounds:
                self._sounds[text] = without_lead(self._library.audio(text))
            return self._sounds[text]
        # Not kept: every resident has a name of their own.
        return without_lead(self._library.sound(text, plain))


def without_lead(sound: Pcm) -> Pcm:
    """The sound from 5 ms before its first audible sample: silence there only makes the resident wait."""
    audible = np.flatnonzero(np.abs(sound.astype(np.int32)) > _AUDIBLE)
    return sound[max(0, int(audible[0]) - _LEAD_SAMPLES) :] if len(audible) else sound


def prepare_voice(
    library: PromptLibrary,
    script: Script,
    community: str,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """See to it that every prompt of the script can be said; synthesises what has no recording.

    ``tell`` is called with how many sentences are synthesised and how many have to be.

    Raises:
        PromptError: A prompt has no recording and cannot be synthesised; the sentence says what to install.
    """
    unsaid = list(dict.fromkeys(_unsaid(library, script, community)))
    for done, text in enumerate(unsaid):
        tell(done, len(unsaid))
        library.audio(text)


def _unsaid(library: PromptLibrary, script: Script, community: str) -> Iterator[str]:
    for prompt in script.prompts():
        text = prompt.fill({"community": community})
        if not library.has(text) and not library.has(prompt.plain):
            yield prompt.plain if NAME in prompt.text else text


def voice_notice(library: PromptLibrary, script: Script, settings: Settings) -> str:
    """Why what has no recording is not said by the voice that was asked for; empty where it is, or where
    everything has a recording."""
    is_needed = not all(library.has(prompt.plain) for prompt in script.prompts())
    return script_voice(script, settings).notice if is_needed else ""


# --- names --------------------------------------------------------------------------------------------


class NamePreparation:
    """The residents' names and what stands around them, synthesised: a few before dialling, the others while
    calls are going on.

    Does nothing where a name would be heard in another voice. Who is called before the name is ready hears
    the plain variant; so does everybody where the synthesiser fails.
    """

    def __init__(self, library: PromptLibrary, script: Script, community: str, names: Iterable[str]) -> None:
        templates = [prompt.text for prompt in script.prompts() if NAME in prompt.text]
        is_wanted = bool(templates) and library.may_say_names
        self._library = library
        self._around = [piece for text in templates for piece in _around(library, text, community)]
        self._names = [Piece(name, is_name=True) for name in dict.fromkeys(names) if name and is_wanted]
        self._stop = threading.Event()
        self._rest = threading.Thread(target=self._prepare_rest, daemon=True)

    def begin(self) -> None:
        """Make the first names ready (some seconds), then go on in the background."""
        if self._names:
            self._prepare([*self._around, *self._names[:_FIRST_NAMES]])
            self._rest.start()

    def stop(self) -> None:
        """Give up what is not ready; returns after the name that is being said."""
        self._stop.set()
        if self._rest.is_alive():
            self._rest.join()

    def _prepare_rest(self) -> None:
        with contextlib.suppress(OSError, AttributeError):  # of this thread alone; calls come first
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOWEST_PRIORITY)
        self._prepare(self._names[_FIRST_NAMES:])

    def _prepare(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            if self._stop.is_set():
                return
            try:
                self._library.prepare_piece(piece)
            except PromptError as error:
                log.warning("names are not said: %s", error.code)
                self._stop.set()


def _around(library: PromptLibrary, template: str, community: str) -> list[Piece]:
    text = template.replace("{community}", community).replace(NAME, "某某")
    return [piece for piece in library.pieces(text) if not piece.is_name]
