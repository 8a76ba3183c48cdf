"""What a call came to, from everything known of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from campaign.records import CallResult, Disposition
from dialer.call.disposition import Evidence, verdict_on
from dialer.call.evidence_record import evidence_record
from dialer.call.phases import CallState
from dialer.call.reasons import is_pressing
from dialer.call_progress.analysis import CallProgress
from dialer.line import MediaStatistics
from dialogs.machine import Dialog, Outcome

_GRADED = frozenset({Disposition.COMPLETED, Disposition.PARTIAL})
_NO_DOUBT = Evidence().announcement_confidence


def evidence_of(state: CallState, progress: CallProgress, outcome: Outcome | None) -> Evidence:
    """Everything that bears on what became of a call; ``outcome`` is its dialog's."""
    announcement = progress.announcement
    answered_at, rang_at = state.answered_at, state.rang_at
    ringing_ended_at = state.ended_at if answered_at is None else answered_at
    return Evidence(
        cause=state.cause,
        is_answered=answered_at is not None,
        has_rung=rang_at is not None or progress.has_rung,
        rang_out=state.rang_out,
        announced=announcement.disposition if announcement else None,
        announcement_confidence=announcement.confidence if announcement else _NO_DOUBT,
        announced_by=announcement.phrase if announcement else "",
        tone=progress.tone,
        has_early_sound=progress.has_early_sound,
        has_person=progress.has_person,
        seconds_to_answer=0.0 if answered_at is None else round(answered_at - state.dialled_at, 2),
        ring_seconds=0.0 if rang_at is None else round(max(0.0, ringing_ended_at - rang_at), 2),
        outcome=outcome,
        has_fault=state.has_fault,
        has_lost_media=state.has_lost_media,
        answers=state.answers,
        transferred=state.transferred,
    )


def call_result(
    attempt_id: int,
    state: CallState,
    progress: CallProgress,
    dialog: Dialog,
    *,
    wall: Callable[[float], datetime],
    statistics: MediaStatistics,
    reply_gaps: Sequence[float],
    recording: str,
) -> CallResult:
    """The result of a call that is over.

    Args:
        wall: The time of day, by the worker's clock.
        reply_gaps: How long the resident waited for each reply; seconds.
        recording: File name of the call's sound; empty for none.
    """
    evidence = evidence_of(state, progress, dialog.outcome)
    verdict = verdict_on(evidence)
    disposition = verdict.disposition
    return CallResult(
        attempt_id=attempt_id,
        disposition=disposition,
        ended_at=wall(state.ended_at),
        cause=state.cause,
        confidence=verdict.confidence,
        evidence={**evidence_record(evidence), "decided_by": verdict.decided_by},
        answered_at=None if state.answered_at is None else wall(state.answered_at),
        slots=tuple(dialog.slots.values()),
        grade=dialog.grade() if disposition in _GRADED and state.answers else None,
        recording=recording if state.is_answered else "",
        frames_expected=statistics.frames_expected,
        frames_received=statistics.frames_received,
        frames_dropped=statistics.frames_dropped,
        reply_gaps=tuple(reply_gaps),
        appointment=dialog.appointment,
        is_pressing=is_pressing(dialog, state.transferred),
    )
