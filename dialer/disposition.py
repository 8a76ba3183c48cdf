"""What became of a call: evidence in, one disposition out.

The law: the particular comes before the general. What a person or an announcement said outranks what the
network signalled; a Q.850 cause outranks the SIP status that carries it, because gateways map many causes to
one status. A bare 403 is our own trunk refusing us, not the resident.

Sources: ITU-T Q.850 (causes), RFC 3398 section 8.2.6 (mapping to SIP), RFC 3326 (Reason header).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from campaign.records import CallCause, Disposition, HungUpBy
from dialer.transfer import Transferred
from dialogs.machine import Outcome


@dataclass(frozen=True)
class Evidence:
    """Everything known of a call when it is over."""

    cause: CallCause = CallCause()  # noqa: RUF009 - frozen
    is_answered: bool = False
    has_rung: bool = False
    """180 came in at some time."""
    rang_out: bool = False
    """We gave up because nobody answered within the ring time."""
    announced: Disposition | None = None
    """What an announcement said, before or after the answer."""
    outcome: Outcome | None = None
    """How the conversation ended; None when it was cut short."""
    has_fault: bool = False
    """Our side broke: worker, recogniser, media."""
    has_lost_media: bool = False
    answers: int = 0
    """Answers of the resident that were understood."""
    transferred: Transferred | None = None
    """What became of handing the call to a person; None where that was not tried."""


_OUTCOMES: Mapping[Outcome, Disposition] = {
    Outcome.COMPLETED: Disposition.COMPLETED,
    Outcome.WRONG_NUMBER: Disposition.WRONG_NUMBER,
    Outcome.OPTED_OUT: Disposition.OPTED_OUT,
    Outcome.CALL_LATER: Disposition.PARTIAL,
    Outcome.WANTS_PERSON: Disposition.PARTIAL,
    Outcome.GAVE_UP: Disposition.PARTIAL,
}

_Q850_CAUSES: Mapping[int, Disposition] = {
    1: Disposition.INVALID_NUMBER,  # unallocated number
    3: Disposition.UNREACHABLE,  # no route to destination
    17: Disposition.BUSY,  # user busy
    18: Disposition.NO_ANSWER,  # no user responding
    19: Disposition.NO_ANSWER,  # no answer from user
    20: Disposition.POWERED_OFF,  # subscriber absent
    21: Disposition.DECLINED,  # call rejected
    22: Disposition.INVALID_NUMBER,  # number changed
    27: Disposition.UNREACHABLE,  # destination out of order
    28: Disposition.INVALID_NUMBER,  # invalid number format
    34: Disposition.NETWORK_BUSY,  # no circuit available
    38: Disposition.NETWORK_BUSY,  # network out of order
    41: Disposition.NETWORK_BUSY,  # temporary failure
    42: Disposition.NETWORK_BUSY,  # switching equipment congestion
    55: Disposition.BARRED,  # incoming calls barred
}

_SIP_STATUSES: Mapping[int, Disposition] = {
    404: Disposition.INVALID_NUMBER,
    408: Disposition.NO_ANSWER,
    410: Disposition.INVALID_NUMBER,
    480: Disposition.UNREACHABLE,
    484: Disposition.INVALID_NUMBER,
    486: Disposition.BUSY,
    487: Disposition.NO_ANSWER,
    503: Disposition.NETWORK_BUSY,
    600: Disposition.BUSY,
    603: Disposition.DECLINED,
    604: Disposition.INVALID_NUMBER,
}


def _handed_over(evidence: Evidence) -> Disposition | None:
    return Disposition.TRANSFERRED if evidence.transferred is Transferred.TAKEN else None


def _conversation(evidence: Evidence) -> Disposition | None:
    return _OUTCOMES[evidence.outcome] if evidence.outcome else None


def _announcement(evidence: Evidence) -> Disposition | None:
    return evidence.announced


def _our_fault(evidence: Evidence) -> Disposition | None:
    """A fault before anything was learnt is ours; later it only cuts a conversation short."""
    broken = evidence.has_fault or evidence.has_lost_media
    return Disposition.FAILED if broken and not evidence.answers else None


def _cut_short(evidence: Evidence) -> Disposition | None:
    return Disposition.PARTIAL if evidence.is_answered else None


def _rang_out(evidence: Evidence) -> Disposition | None:
    return Disposition.NO_ANSWER if evidence.rang_out and evidence.has_rung else None


def _signalled_cause(evidence: Evidence) -> Disposition | None:
    if evidence.cause.hung_up_by is HungUpBy.ROBOT:
        return None
    return _Q850_CAUSES.get(evidence.cause.q850_cause)


def _temporarily_unavailable(evidence: Evidence) -> Disposition | None:
    """480 after ringing is a telephone that nobody took; without ringing it was never reached."""
    rang = evidence.cause.sip_status == 480 and evidence.has_rung
    return Disposition.NO_ANSWER if rang else None


def _no_word_from_trunk(evidence: Evidence) -> Disposition | None:
    """We gave up, and not even ringing had been signalled: the line, not the resident."""
    silent = evidence.rang_out and not evidence.has_rung
    return Disposition.FAILED if silent else None


def _signalled_status(evidence: Evidence) -> Disposition | None:
    return _SIP_STATUSES.get(evidence.cause.sip_status)


_LAWS: tuple[Callable[[Evidence], Disposition | None], ...] = (
    _handed_over,
    _conversation,
    _announcement,
    _our_fault,
    _cut_short,
    _rang_out,
    _signalled_cause,
    _temporarily_unavailable,
    _no_word_from_trunk,
    _signalled_status,
)


def disposition_for(evidence: Evidence) -> Disposition:
    """The one disposition that the evidence supports; ``FAILED`` when nothing explains the call."""
    for law in _LAWS:
        disposition = law(evidence)
        if disposition is not None:
            return disposition
    return Disposition.FAILED
