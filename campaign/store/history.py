"""What happened in the calls."""

from __future__ import annotations

import json

from campaign.errors import StoreError
from campaign.phones import has_extension
from campaign.policy import PastAttempt, next_numbers
from campaign.records import CallAttempt, CallEvent, SlotValue, Turn
from campaign.store.do_not_call import DoNotCallList
from campaign.store.rows import attempt_of, past_attempt_of, required_time, slot_of, turn_of


class History(DoNotCallList):
    """Attempts with their events, turns and answers."""

    def attempts(self, campaign_id: int) -> list[CallAttempt]:
        rows = self.rows("SELECT * FROM attempt WHERE campaign_id = ? ORDER BY id", campaign_id)
        return [attempt_of(row) for row in rows]

    def attempt(self, attempt_id: int) -> CallAttempt:
        rows = self.rows("SELECT * FROM attempt WHERE id = ?", attempt_id)
        if not rows:
            raise StoreError("no_attempt", f"没有编号为 {attempt_id} 的通话，编号见结果表的“通话明细”。")
        return attempt_of(rows[0])

    def past_attempts(self, resident_id: int, before: int) -> list[PastAttempt]:
        """The resident's attempts before one, oldest first."""
        rows = self.rows(
            "SELECT * FROM attempt WHERE resident_id = ? AND id < ? AND ended_at IS NOT NULL ORDER BY id",
            resident_id,
            before,
        )
        return [past_attempt_of(row) for row in rows]

    def other_numbers(self, attempt_id: int) -> list[str]:
        """The numbers of an attempt's resident, besides the one that was dialled, that may be of use yet."""
        (row,) = self.rows(
            "SELECT attempt.*, resident.phones FROM attempt JOIN resident ON resident.id = resident_id"
            " WHERE attempt.id = ?",
            attempt_id,
        )
        past = self.past_attempts(row["resident_id"], before=attempt_id)
        numbers = next_numbers(json.loads(row["phones"]), past)
        others = [number for number in numbers if number != row["number"]]
        return [n for n in others if not has_extension(n) and not self.is_do_not_call(n)]

    def events(self, attempt_id: int) -> list[CallEvent]:
        rows = self.rows("SELECT * FROM event WHERE attempt_id = ? ORDER BY at, id", attempt_id)
        return [
            CallEvent(row["attempt_id"], required_time(row["at"]), row["kind"], json.loads(row["data"]))
            for row in rows
        ]

    def turns(self, attempt_id: int) -> list[Turn]:
        rows = self.rows("SELECT * FROM turn WHERE attempt_id = ? ORDER BY ordinal", attempt_id)
        return [turn_of(row) for row in rows]

    def campaign_turns(self, campaign_id: int) -> list[Turn]:
        """All turns of a campaign, in the order in which they were spoken within each call."""
        rows = self.rows(
            "SELECT turn.* FROM turn JOIN attempt ON attempt.id = turn.attempt_id"
            " WHERE attempt.campaign_id = ? ORDER BY turn.attempt_id, turn.ordinal",
            campaign_id,
        )
        return [turn_of(row) for row in rows]

    def slots(self, attempt_id: int) -> list[SlotValue]:
        return [slot_of(row) for row in self.rows("SELECT * FROM slot WHERE attempt_id = ?", attempt_id)]

    def slots_by_resident(self, campaign_id: int) -> dict[int, dict[str, SlotValue]]:
        found: dict[int, dict[str, SlotValue]] = {}
        for row in self.rows(
            "SELECT slot.*, attempt.resident_id FROM slot JOIN attempt ON attempt.id = slot.attempt_id"
            " WHERE attempt.campaign_id = ? ORDER BY attempt.id",
            campaign_id,
        ):
            found.setdefault(row["resident_id"], {})[row["name"]] = slot_of(row)
        return found
