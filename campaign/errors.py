"""What can go wrong, and whose fault it was.

Every error carries a stable ``code`` (for scripts and tests) and one Chinese sentence that says what is
wrong and what to do. The command line prints the sentence and leaves with ``exit_code``: 2 for input or
settings that a person must mend, 3 for trouble on the line.
"""

from __future__ import annotations

EXIT_BAD_INPUT = 2
EXIT_LINE_TROUBLE = 3


class WenhouError(Exception):
    """Base of all errors that are shown to a person as one sentence."""

    exit_code = EXIT_BAD_INPUT

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class SettingsError(WenhouError):
    """sip.conf is missing, unreadable or holds a value that cannot be used."""


class ListError(WenhouError):
    """A resident list cannot be read or holds nobody who could be called."""


class ScriptError(WenhouError):
    """A call script is malformed."""


class StoreError(WenhouError):
    """The campaign store cannot be opened, written, or is in use elsewhere."""


class ExportError(WenhouError):
    """A workbook cannot be written."""


class RecognizerError(WenhouError):
    """No recogniser could be started."""


class ModelError(RecognizerError):
    """A speech model is missing, incomplete or fails its checksum."""


class SoundError(WenhouError):
    """A sound file is missing, broken or of an unknown kind."""


class LineError(WenhouError):
    """The trunk, the network or the telephone engine fails."""

    exit_code = EXIT_LINE_TROUBLE
