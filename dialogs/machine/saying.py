"""What the robot says in one call, and what it can say once more. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.actions import Play, play
from dialogs.script import Prompt


@dataclass
class Saying:
    """Prompts with the resident's fields, slowly from when that was asked for."""

    fields: Mapping[str, str]
    is_slow: bool = False
    now: tuple[Play, ...] = ()
    """Said since the resident's last turn."""
    before: tuple[Play, ...] = ()
    """Said before that turn."""

    def begin_turn(self) -> None:
        self.before, self.now = self.now, ()

    def say(self, prompt: Prompt, parts: Sequence[Prompt]) -> Play:
        """A prompt as the pieces that make it up."""
        said = play(prompt, parts, self.fields, is_slow=self.is_slow)
        self.now += (said,)
        return said

    def once_more_slowly(self) -> tuple[Play, ...]:
        """All that was said before the resident's turn; what comes after it is slow, too."""
        self.is_slow = True
        self.now = tuple(replace(said, is_slow=True) for said in self.before)
        return self.now
