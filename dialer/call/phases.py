"""The phases of a call, what has happened in it so far, and what is due because time has passed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from campaign.records import CallCause
from dialer.call.surroundings import CallLimits
from dialer.call.transfer import TransferAttempt, Transferred

_HANGING_UP_SECONDS = 40.0
"""A far end that is dead holds the line for 32 s (RFC 3261, timer F); beyond that the line is at fault."""
_CONCLUDING_SECONDS = 8.0
"""Words that are not there by then are given up."""


class Phase(Enum):
    DIALING = auto()
    HELLO = auto()  # answered; who or what is there?
    TALKING = auto()
    LEAVING = auto()  # the last words are being said
    TRANSFERRING = auto()  # the call is being handed to a person
    HANGING_UP = auto()
    CONCLUDING = auto()  # the resident has hung up; the last words are being worked out
    OVER = auto()


@dataclass
class CallState:
    """One call so far; times are of the worker's clock, in seconds."""

    phase: Phase = Phase.DIALING
    dialled_at: float = 0.0
    rang_at: float | None = None
    answered_at: float | None = None
    hang_up_at: float | None = None
    """When we may hang up after the last words."""
    hung_up_at: float = 0.0
    ended_at: float = 0.0
    cause: CallCause = field(default_factory=CallCause)
    had_response: bool = False
    """The trunk answered the INVITE with anything at all."""
    rang_out: bool = False
    was_interrupted: bool = False
    has_fault: bool = False
    has_lost_media: bool = False
    answers: int = 0
    """Of the resident: words, or a key."""
    transfer: TransferAttempt | None = None
    transfer_seconds: float = 0.0
    """Spent on it; they do not count as talk."""

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def may_be_no_person(self) -> bool:
        """Nobody has answered a question yet."""
        return self.answers == 0 and self.phase in (Phase.DIALING, Phase.HELLO, Phase.TALKING)

    @property
    def transferred(self) -> Transferred | None:
        return self.transfer.result if self.transfer else None

    def talk_seconds(self, now: float) -> float:
        return now - (self.answered_at or now) - self.transfer_seconds


class Due(Enum):
    """What time alone asks for."""

    HANG_UP = auto()  # the last words have been heard
    RING_OUT = auto()  # nobody answers
    TOO_LONG = auto()  # the talk
    CLOSE = auto()  # the last words of the resident do not come
    LINE_IS_DEAD = auto()  # it does not report that we have hung up


def due(state: CallState, limits: CallLimits, now: float) -> Due | None:
    """What has to be done at ``now``; None where there is time."""
    if state.hang_up_at is not None and now >= state.hang_up_at:
        return Due.HANG_UP
    match state.phase:
        case Phase.DIALING if now - state.dialled_at >= limits.ring_seconds:
            return Due.RING_OUT
        case Phase.TALKING | Phase.LEAVING if state.talk_seconds(now) >= limits.longest_seconds:
            return Due.TOO_LONG
        case Phase.CONCLUDING if now - state.ended_at >= _CONCLUDING_SECONDS:
            return Due.CLOSE
        case Phase.HANGING_UP if now - state.hung_up_at >= _HANGING_UP_SECONDS:
            return Due.LINE_IS_DEAD
    return None
