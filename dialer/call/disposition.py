"""What became of a call: evidence in, one disposition out, with how sure it is and why.

The law: one table, the first row that holds decides; the particular stands before the general. What a person
said outranks what an announcement said, that outranks what the network signalled; a Q.850 cause outranks the
SIP status that carries it, because gateways map many causes to one status. A bare 403 is our own trunk
refusing us, not the resident. A later row of another kind of evidence that says the same halves the doubt.

Sources: ITU-T Q.850 (causes), RFC 3398 section 8.2.6 (mapping to SIP), RFC 3326 (Reason header).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from campaign.records import CallCause, Disposition, HungUpBy
from dialer.call.transfer import Transferred
from dialer.call_progress.announcements import CERTAIN
from dialer.call_progress.cadence import Cadence
from dialogs.machine import Outcome


@dataclass(frozen=True)
class Evidence:
    """Everything known of a call when it is over."""

    cause: CallCause = CallCause()  # noqa: RUF009 - frozen
    is_answered: bool = False
    has_rung: bool = False
    """180 came in, or ring-back was heard."""
    rang_out: bool = False
    """We gave up because nobody answered within the ring time."""
    announced: Disposition | None = None
    """What an announcement or an answering machine said, before or after the answer."""
    announcement_confidence: float = 0.95
    """How surely it did."""
    announced_by: str = ""
    """The words that decided it, or ``beep``."""
    tone: Cadence | None = None
    """The last tone of the network that was certain, ring-back apart."""
    has_early_sound: bool = False
    """There was sound before the answer: music, a tone, a voice."""
    has_person: bool = False
    """Somebody said something after the answer, other than a machine."""
    seconds_to_answer: float = 0.0
    ring_seconds: float = 0.0
    """From the first ring to the end or the answer."""
    outcome: Outcome | None = None
    """How the conversation ended; None when it was cut short."""
    has_fault: bool = False
    """Our side broke: worker, recogniser, media."""
    has_lost_media: bool = False
    answers: int = 0
    """Answers of the resident that were understood."""
    transferred: Transferred | None = None
    """What became of handing the call to a person; None where that was not tried."""


class Kind(StrEnum):
    """Where a row looks."""

    TALK = "talk"
    SOUND = "sound"
    OURS = "ours"
    SIGNAL = "signal"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    """Kept with the attempt: what decided."""
    kind: Kind
    disposition: Disposition | None
    """None: the one that was announced."""
    confidence: float
    """0..1, when nothing else is known."""
    holds: Callable[[Evidence], bool]


@dataclass(frozen=True)
class Verdict:
    disposition: Disposition
    confidence: float
    """0..1"""
    decided_by: str
    """Name of the row."""


_REJECTED_SECONDS = 5.0
"""A telephone that rang for so long and then is busy was rather declined: 通话中 can be a disguised no."""


def _said(outcome: Outcome, disposition: Disposition, confidence: float = 1.0) -> Row:
    return Row(
        f"said_{outcome.value}", Kind.TALK, disposition, confidence, lambda e: e.outcome is outcome
    )  # fmt: skip


def _tone(tone: Cadence, disposition: Disposition) -> Row:
    def holds(evidence: Evidence) -> bool:
        return evidence.tone is tone and not evidence.answers and not evidence.has_person

    return Row(f"tone_{tone.value}", Kind.SOUND, disposition, 0.9, holds)


def _cause(cause: int, disposition: Disposition, confidence: float = 0.95) -> Row:
    def holds(evidence: Evidence) -> bool:
        return _is_signalled(evidence) and evidence.cause.q850_cause == cause

    return Row(f"cause_{cause}", Kind.SIGNAL, disposition, confidence, holds)


def _status(status: int, disposition: Disposition, confidence: float = 0.8) -> Row:
    return Row(
        f"status_{status}", Kind.SIGNAL, disposition, confidence, lambda e: e.cause.sip_status == status
    )  # fmt: skip


def _is_signalled(evidence: Evidence) -> bool:
    """The far end, not we, ended the call."""
    return evidence.cause.hung_up_by is not HungUpBy.ROBOT


def _has_failed(evidence: Evidence) -> bool:
    """A fault before anything was learnt is ours; later it only cuts a conversation short."""
    return (evidence.has_fault or evidence.has_lost_media) and not evidence.answers


TABLE: tuple[Row, ...] = (
    # What a person said or did.
    Row(
        "handed_over", Kind.TALK, Disposition.TRANSFERRED, 1.0, lambda e: e.transferred is Transferred.TAKEN
    ),
    _said(Outcome.COMPLETED, Disposition.COMPLETED),
    _said(Outcome.WRONG_NUMBER, Disposition.WRONG_NUMBER, 0.9),
    _said(Outcome.OPTED_OUT, Disposition.OPTED_OUT, 0.95),
    _said(Outcome.CALL_LATER, Disposition.PARTIAL),
    _said(Outcome.WANTS_PERSON, Disposition.PARTIAL),
    Row(
        "rejected_aloud", Kind.SOUND, None, 0.6,
        lambda e: _announces(e, CERTAIN) and e.announced is Disposition.BUSY and _rang_long(e),
    ),
    _said(Outcome.DECEASED, Disposition.PARTIAL, 0.95),
    _said(Outcome.EMERGENCY, Disposition.PARTIAL, 0.95),
    # What the network or a machine said.
    Row("announcement", Kind.SOUND, None, 0.95, lambda e: _announces(e, CERTAIN)),
    _tone(Cadence.BUSY, Disposition.BUSY),
    _tone(Cadence.CONGESTION, Disposition.NETWORK_BUSY),
    _tone(Cadence.UNOBTAINABLE, Disposition.INVALID_NUMBER),
    # A conversation that came to nothing, a fault, a hang-up midway.
    _said(Outcome.GAVE_UP, Disposition.PARTIAL, 0.8),
    Row("our_fault", Kind.OURS, Disposition.FAILED, 0.95, _has_failed),
    Row("cut_short", Kind.TALK, Disposition.PARTIAL, 0.95, lambda e: e.is_answered and e.answers > 0),
    Row("said_nothing", Kind.TALK, Disposition.PARTIAL, 0.7, lambda e: e.is_answered),
    # Nobody answered: what was signalled, the cause before the status.
    Row(
        "rang_out", Kind.SIGNAL, Disposition.NO_ANSWER, 0.95, lambda e: e.rang_out and e.has_rung
    ),
    Row(
        "played_out", Kind.SIGNAL, Disposition.NO_ANSWER, 0.7, lambda e: e.rang_out and e.has_early_sound
    ),
    Row(
        "rejected", Kind.SIGNAL, Disposition.BUSY, 0.6,
        lambda e: e.cause.sip_status == 486 and e.cause.q850_cause in (0, 17) and _rang_long(e),
    ),
    _cause(1, Disposition.INVALID_NUMBER),  # unallocated number
    _cause(3, Disposition.UNREACHABLE, 0.8),  # no route to destination
    _cause(17, Disposition.BUSY),  # user busy
    _cause(18, Disposition.NO_ANSWER, 0.9),  # no user responding
    _cause(19, Disposition.NO_ANSWER),  # no answer from user
    _cause(20, Disposition.POWERED_OFF, 0.85),  # subscriber absent
    _cause(21, Disposition.DECLINED),  # call rejected
    _cause(22, Disposition.INVALID_NUMBER, 0.9),  # number changed
    _cause(27, Disposition.UNREACHABLE, 0.8),  # destination out of order
    _cause(28, Disposition.INVALID_NUMBER),  # invalid number format
    _cause(34, Disposition.NETWORK_BUSY),  # no circuit available
    _cause(38, Disposition.NETWORK_BUSY),  # network out of order
    _cause(41, Disposition.NETWORK_BUSY, 0.85),  # temporary failure
    _cause(42, Disposition.NETWORK_BUSY),  # switching equipment congestion
    _cause(55, Disposition.BARRED),  # incoming calls barred
    Row("half_heard", Kind.SOUND, None, 0.5, lambda e: _announces(e, 0.0)),
    Row(
        "unavailable_after_ringing", Kind.SIGNAL, Disposition.NO_ANSWER, 0.8,
        lambda e: e.cause.sip_status == 480 and e.has_rung,
    ),
    Row("no_word_from_trunk", Kind.OURS, Disposition.FAILED, 0.8, lambda e: e.rang_out),
    _status(404, Disposition.INVALID_NUMBER),
    _status(408, Disposition.NO_ANSWER, 0.7),
    _status(410, Disposition.INVALID_NUMBER),
    _status(480, Disposition.UNREACHABLE, 0.6),
    _status(484, Disposition.INVALID_NUMBER),
    _status(486, Disposition.BUSY, 0.9),
    _status(487, Disposition.NO_ANSWER, 0.6),
    _status(503, Disposition.NETWORK_BUSY),
    _status(600, Disposition.BUSY, 0.9),
    _status(603, Disposition.DECLINED, 0.9),
    _status(604, Disposition.INVALID_NUMBER),
    Row("unexplained", Kind.OURS, Disposition.FAILED, 0.7, lambda e: True),
)  # fmt: skip


def _announces(evidence: Evidence, least: float) -> bool:
    is_before_answers = evidence.announced is not None and not evidence.answers
    return is_before_answers and evidence.announcement_confidence >= least


def _rang_long(evidence: Evidence) -> bool:
    return evidence.ring_seconds >= _REJECTED_SECONDS


def verdict_on(evidence: Evidence) -> Verdict:
    """What the evidence comes to; ``FAILED`` when nothing explains the call."""
    first, *others = _rows_that_hold(evidence)
    disposition = _named(first, evidence)
    confidence = first.confidence
    if first.disposition is None:
        confidence = min(confidence, evidence.announcement_confidence)
    if any(row.kind is not first.kind and _named(row, evidence) is disposition for row in others):
        confidence = 1.0 - (1.0 - confidence) / 2.0
    return Verdict(disposition, round(confidence, 3), first.name)


def _rows_that_hold(evidence: Evidence) -> Iterator[Row]:
    return (row for row in TABLE if row.holds(evidence))


def _named(row: Row, evidence: Evidence) -> Disposition:
    disposition = row.disposition or evidence.announced
    assert disposition is not None
    return disposition
