"""Which words the speech model of this machine can hear; asked when a script is checked."""

from __future__ import annotations

from collections.abc import Callable

from asr.models import find, load_recognizer
from asr.phrase_words import cut
from campaign.errors import ModelError
from campaign.folders import models_folder
from campaign.settings import AsrSettings

_VOSK = "vosk"


def installed_vocabulary(asr: AsrSettings) -> Callable[[str], bool] | None:
    """Tells of a text whether every word of it can be heard. Loads the model, which takes seconds.

    None where there is no Vosk model, or another engine is to be used: that one writes any word. Nothing is
    fetched.
    """
    if asr.engine == "whisper":
        return None
    try:
        model = find(_VOSK, asr.model, models_folder())
        recognizer = load_recognizer(model) if model is not None else None
    except ModelError:
        return None
    if recognizer is None:
        return None
    from asr.vosk_recognizer import VoskRecognizer  # loaded with the model, not with every command

    assert isinstance(recognizer, VoskRecognizer)
    knows = recognizer.pool.knows
    return lambda text: not cut(text, knows).missing
