"""All that is known of every resident of a campaign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from campaign.corrections import GRADE, REMARK, Correction, slot_field
from campaign.records import CallAttempt, Disposition, FollowUp, Grade, Resident, ResidentState, SlotValue
from campaign.store.corrections import Corrections
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
    corrections: tuple[Correction, ...] = ()
    """What staff put right in sheets, oldest first."""

    def correction_of(self, slot: str) -> Correction | None:
        """Why an answer is what it is now, where a sheet that came back says so."""
        found, now = self._latest(slot_field(slot)), self.slots.get(slot)
        is_held = found and now and now.entered_at == found.at and now.value == found.new.value
        return found if is_held else None

    @property
    def grade_correction(self) -> Correction | None:
        """Who set the grade by hand, where it still is the one that they set."""
        found = self._latest(GRADE)
        return found if found and not found.is_computed and found.new.value == self.grade else None

    @property
    def remark(self) -> str:
        """What staff wrote about the resident in a sheet."""
        found = self._latest(REMARK)
        return str(found.new.value) if found else ""

    def _latest(self, field: str) -> Correction | None:
        return next((one for one in reversed(self.corrections) if one.field == field), None)

    @property
    def is_by_staff(self) -> bool:
        """Whether the resident's result is the work of people, not of the robot."""
        is_settled = self.state is ResidentState.DONE and self.closed is not None
        return is_settled or bool(self.attempts and self.attempts[-1].caller)


class Standings(History, FollowUps, Corrections):
    """Residents with their calls, answers and place in the queue."""

    def standings(self, campaign_id: int) -> list[ResidentStanding]:
        """Every resident in the order of the list."""
        attempts: dict[int, list[CallAttempt]] = {}
        for attempt in self.attempts(campaign_id):
            attempts.setdefault(attempt.resident_id, []).append(attempt)
        slots = self.slots_by_resident(campaign_id)
        for resident_id, entered in self.staff_answers(campaign_id).items():
            slots[resident_id] = _with_entered(slots.get(resident_id, {}), entered)
        corrections = self.corrections(campaign_id)
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
                corrections=tuple(corrections.get(row["id"], ())),
            )
            for row in rows
        ]


def _with_entered(heard: dict[str, SlotValue], entered: dict[str, SlotValue]) -> dict[str, SlotValue]:
    """What staff entered holds; the words that had been heard stay beside it."""
    words = {name: (slot.raw, slot.understood) for name, slot in heard.items()}
    kept = {
        name: replace(slot, raw=words[name][0], understood=words[name][1]) if name in words else slot
        for name, slot in entered.items()
    }
    return {**heard, **kept}
