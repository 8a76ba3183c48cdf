"""All that is known of every resident of a campaign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from campaign.records import CallAttempt, Disposition, FollowUp, Grade, Resident, ResidentState, SlotValue
from campaign.store.follow_ups import FollowUps
from campaign.store.history import History
from campaign.store.rows import resident_of, time_of


@dataclass(frozen=True)
class ResidentStanding:
    """All that is known of one resident; a row of the result sheet."""

    resident: Resident
    state: ResidentState
    attempts: tuple[CallAttempt, ...]
    """Oldest first."""
    next_attempt_at: dt.datetime | None
    disposition: Disposition | None
    """Of the last attempt."""
    grade: Grade | None
    slots: dict[str, SlotValue]
    """The newest value of each slot."""
    follow_up: FollowUp | None
    """Open entry of the queue."""
    closed: FollowUp | None = None
    """The entry that staff closed last."""
    appointment_at: dt.datetime | None = None
    """When the resident asked to be called again."""

    @property
    def is_by_staff(self) -> bool:
        """Whether the resident's result is the work of people, not of the robot."""
        is_settled = self.state is ResidentState.DONE and self.closed is not None
        return is_settled or bool(self.attempts and self.attempts[-1].caller)


class Standings(History, FollowUps):
    """Residents with their calls, answers and place in the queue."""

    def standings(self, campaign_id: int) -> list[ResidentStanding]:
        """Every resident in the order of the list."""
        attempts: dict[int, list[CallAttempt]] = {}
        for attempt in self.attempts(campaign_id):
            attempts.setdefault(attempt.resident_id, []).append(attempt)
        slots = self.slots_by_resident(campaign_id)
        for resident_id, entered in self.staff_answers(campaign_id).items():
            slots[resident_id] = {**slots.get(resident_id, {}), **entered}
        follow_ups = {f.resident_id: f for f in self.follow_ups(campaign_id)}
        closed = {f.resident_id: f for f in self.closed_follow_ups(campaign_id)}
        rows = self.rows("SELECT * FROM resident WHERE campaign_id = ? ORDER BY row, id", campaign_id)
        return [
            ResidentStanding(
                resident=resident_of(row),
                state=ResidentState(row["state"]),
                attempts=tuple(attempts.get(row["id"], ())),
                next_attempt_at=time_of(row["next_attempt_at"]),
                disposition=Disposition(row["disposition"]) if row["disposition"] else None,
                grade=Grade(row["grade"]) if row["grade"] else None,
                slots=slots.get(row["id"], {}),
                follow_up=follow_ups.get(row["id"]),
                closed=closed.get(row["id"]),
                appointment_at=time_of(row["appointment_at"]),
            )
            for row in rows
        ]
