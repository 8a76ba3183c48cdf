"""How often a question may be asked again, and how often anything may in a whole call. Pure.

The law: each question again in other words ``reprompts`` times, then by keys where it has any; all of it
``reprompts_in_call`` times a call. After that each question comes once: a call always ends, and soon.
"""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.script import Limits

_MOST_DETOURS = 3
"""How often one question is repeated on request before that counts as not understood."""


@dataclass
class Patience:
    """What is left of it in one call."""

    limits: Limits
    reprompts: int = 0
    """Of the question that is open."""
    detours: int = 0
    """Remarks and requests to repeat, since the question was first asked."""
    in_call: int = 0
    silences: int = 0
    """In a row."""

    def begin_question(self) -> None:
        self.reprompts = self.detours = 0

    def reprompt(self, *, offers_keys: bool) -> bool | None:
        """Ask once more: False in other words, True by keys, None when it was asked often enough."""
        if self._is_used_up or self.reprompts >= self.limits.reprompts + offers_keys:
            return None
        by_keys = self.reprompts >= self.limits.reprompts
        self.reprompts += 1
        self.in_call += 1
        return by_keys

    def detour(self) -> bool:
        """Follow a remark or a request to repeat; False when that was done often enough."""
        self.detours += 1
        if self.detours > _MOST_DETOURS or self._is_used_up:
            return False
        self.in_call += 1
        return True

    @property
    def bears_silence(self) -> bool:
        """False when nothing was said too many times in a row."""
        return self.silences < self.limits.silences_in_a_row

    @property
    def _is_used_up(self) -> bool:
        return self.in_call >= self.limits.reprompts_in_call
