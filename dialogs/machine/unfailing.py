"""A script's understanding as a call needs it: it never fails.

Rules are many, and residents say what nobody has thought of. Where reading an answer fails, that is a fault
of ours, told in the log; in the call nothing was understood, and the robot asks again. To hang up on somebody
in the middle of a sentence would be worse.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date

from dialogs.understanding import Completeness, Context, Reading, Understanding

log = logging.getLogger(__name__)


class Unfailing:
    """Reads as ``understanding`` does, see there."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding

    def prepare(self, today: date) -> None:
        self._understanding.prepare(today)

    def read(self, heard: str, context: Context, wordings: Sequence[tuple[str, float]] = ()) -> Reading:
        """What the words mean; nothing where reading them fails."""
        try:
            return self._understanding.read(heard, context, wordings)
        except Exception:
            log.exception("an answer to %s could not be read", context.state.name)
            return Reading(heard)

    def completeness(self, heard: str, context: Context) -> Completeness:
        """Whether the words so far are a whole answer; unknown where that can't be told for a fault."""
        try:
            return self._understanding.completeness(heard, context)
        except Exception:
            log.exception("words so far of an answer to %s could not be read", context.state.name)
            return Completeness.UNKNOWN
