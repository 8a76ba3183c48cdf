"""The call handed to a person: the trunk is asked to call them, and the resident hears it ring meanwhile."""

from __future__ import annotations

from dialer.call.conversation import Conversation
from dialer.call.mouth import Mouth
from dialer.call.notes import CallNotes
from dialer.call.phases import CallState, Phase
from dialer.call.transfer import TransferAttempt, Transferred, ring_back
from dialer.line import Line, TransferStatus


class Handover:
    """One call's; where nobody takes it, the conversation goes on."""

    def __init__(
        self,
        state: CallState,
        line: Line,
        mouth: Mouth,
        conversation: Conversation,
        notes: CallNotes,
        number: str,
        seconds: float,
    ) -> None:
        """
        Args:
            number: The person's, as the trunk wants it dialled.
            seconds: How long their telephone may ring.
        """
        self._state = state
        self._line = line
        self._mouth = mouth
        self._conversation = conversation
        self._notes = notes
        self._number = number
        self._seconds = seconds

    def begin(self, now: float) -> None:
        self._state.phase = Phase.TRANSFERRING
        self._state.transfer = TransferAttempt(now, self._seconds)
        self._conversation.rest()
        self._notes.add(now, "transfer", number=self._number)
        self._line.transfer(self._number)
        self._mouth.say(ring_back(self._seconds), now)

    def told(self, event: TransferStatus) -> bool:
        """The trunk reports; whether a person has taken the call."""
        if self._state.phase is not Phase.TRANSFERRING or self._state.transfer is None:
            return False
        self._notes.add(event.at, "transfer_status", status=event.status)
        self._state.transfer.take(event)
        return self._is_taken(event.at)

    def watch(self, now: float) -> bool:
        """Time passes; whether a person has taken the call."""
        if self._state.transfer is None:
            return False
        self._state.transfer.watch(now)
        return self._is_taken(now)

    def _is_taken(self, now: float) -> bool:
        """Go on with the conversation if it is certain that nobody takes it."""
        transfer = self._state.transfer
        if transfer is None or transfer.result is None:
            return False
        self._state.transfer_seconds = now - transfer.began_at
        self._notes.add(now, "transferred", result=transfer.result.value)
        if transfer.result is not Transferred.TAKEN:
            self._conversation.transfer_failed(now)
        return transfer.result is Transferred.TAKEN
