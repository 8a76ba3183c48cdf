"""How one call ends, and when the resident wants to be called again. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dialogs.entities.appointments import Appointment, appointment
from dialogs.script import TIME, Closing, Outcome, Prompt, with_pieces


@dataclass
class Ending:
    """Open until a closing is reached."""

    now: datetime
    """When the call was placed: spans count from it."""
    may_call: Callable[[datetime], bool]
    """Whether a call may be placed at that time; what may not is not promised."""
    can_transfer: bool
    """Whether there is a person to whom a call can be handed."""
    closing: Closing | None = None
    named: Appointment | None = None
    """The time to call again that the resident's last turn named."""

    @property
    def outcome(self) -> Outcome | None:
        return self.closing.outcome if self.closing else None

    @property
    def appointment(self) -> datetime | None:
        """When the resident wants to be called again, where the call ended for that."""
        return self.named.at if self.named and self.outcome is Outcome.CALL_LATER else None

    @property
    def is_handed_over(self) -> bool:
        """Whether the call goes on with a person."""
        return self.can_transfer and self.closing is not None and self.closing.transfer is not None

    def begin_turn(self) -> None:
        self.named = None

    def note_time(self, text: str) -> None:
        self.named = appointment(text, self.now)

    def close(self, closing: Closing) -> tuple[Prompt, tuple[Prompt, ...]]:
        """Ends the call: what to say, and the pieces that make it up."""
        self.closing = closing
        if self.can_transfer and closing.transfer is not None:
            return closing.transfer, (closing.transfer,)
        time = self._time_in_words()
        if closing.appointment is not None and time:
            return closing.appointment, with_pieces(closing.appointment, TIME, time)
        return closing.prompt, (closing.prompt,)

    def _time_in_words(self) -> tuple[Prompt, ...]:
        """Nothing where no time was named, or none that may be promised."""
        if self.named is None or not self.may_call(self.named.at):
            return ()
        return tuple(Prompt("time", words, words) for words in self.named.said)
