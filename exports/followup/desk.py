"""What all verbs of ``wenhou followup`` have around them, and what several of them do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rich.console import Console

from campaign.errors import ListError, StoreError
from campaign.follow_up_order import QueueEntry
from campaign.records import Campaign, FollowUp, SlotValue, Source
from campaign.settings import Settings
from campaign.staff_work import CHECKED, STAFF_RESULTS, StaffResult, StaffWork, staff_result
from campaign.store import ResidentStanding, Store
from dialogs.script import Script, Slot
from exports.followup.queue import FollowUpRow, follow_up_rows, queue_of
from exports.followup.slot_entry import EntryRefused, read_answer
from exports.workbook.columns import SlotColumn, slot_column


@dataclass(frozen=True)
class Desk:
    """One campaign's queue before somebody of the staff."""

    console: Console
    store: Store
    campaign: Campaign
    settings: Settings
    script: Script
    by: str
    """Who is at it."""
    now: dt.datetime

    @property
    def zone(self) -> dt.tzinfo:
        return self.settings.calling.zone

    @property
    def stale_before(self) -> dt.datetime:
        """Claims from before are no longer heeded."""
        return self.now - dt.timedelta(seconds=self.settings.followup.claim_timeout)

    @cached_property
    def columns(self) -> list[SlotColumn]:
        return [slot_column(slot.name, slot.label, str(slot.type)) for slot in self.script.kept_slots]

    def queue(self) -> list[QueueEntry]:
        return queue_of(self.store.standings(self.campaign.id), self.settings.followup.marks)

    def rows(self) -> list[FollowUpRow]:
        """The queue as people see it, without the rows of the list that were not imported."""
        return follow_up_rows(
            self.store.standings(self.campaign.id),
            columns=self.columns,
            now=self.now,
            hours=self.settings.calling.rules,
            marks=self.settings.followup.marks,
            notes=self.store.follow_up_notes(self.campaign.id),
        )

    def left_out(self) -> list[FollowUpRow]:
        """The rows of the list that could not be imported: somebody who was not asked."""
        return follow_up_rows([], self.store.list_problems(self.campaign.id))

    def standing_of(self, follow_up_id: int) -> ResidentStanding:
        """The resident of an entry, open or closed.

        Raises:
            StoreError: ``no_follow_up``: there is none, or it belongs to another campaign.
        """
        follow_up = self.store.follow_up(follow_up_id)
        if follow_up.campaign_id != self.campaign.id:
            raise StoreError(
                "no_follow_up",
                f"编号 {follow_up_id} 属于另一个任务，请加上 --campaign {follow_up.campaign_id}。",
            )
        standings = self.store.standings(self.campaign.id)
        return next(s for s in standings if s.resident.id == follow_up.resident_id)

    def is_taken(self, follow_up: FollowUp) -> bool:
        """Whether somebody else is at an entry right now."""
        return bool(
            follow_up.claimed_by
            and follow_up.claimed_by != self.by
            and follow_up.claimed_at is not None
            and follow_up.claimed_at >= self.stale_before
        )

    def clock(self, time: dt.datetime | None) -> str:
        return f"{time.astimezone(self.zone):%m-%d %H:%M}" if time else ""

    def slot_named(self, text: str) -> Slot:
        """A slot by its name or its column heading.

        Raises:
            ListError: ``no_slot``.
        """
        slots = self.script.kept_slots
        found = next((slot for slot in slots if text in (slot.name, slot.label)), None)
        if found is None:
            raise ListError(
                "no_slot", f"没有“{text}”这一项，可以填的有：{'、'.join(slot.label for slot in slots)}。"
            )
        return found

    def answers_of(self, texts: Sequence[str]) -> dict[str, Any]:
        """体温=36.5 and so on, as values.

        Raises:
            ListError: ``bad_answer`` or ``no_slot``.
        """
        answers = {}
        for text in texts:
            name, equals, value = text.replace("＝", "=").partition("=")
            if not equals:
                raise ListError("bad_answer", f"“{text}”应写成 项目=回答，例如 体温=36.5。")
            slot = self.slot_named(name.strip())
            try:
                answers[slot.name] = read_answer(slot, value, self.now.astimezone(self.zone).date())
            except EntryRefused as error:
                raise ListError("bad_answer", f"{error}。") from None
        return answers

    def result_named(self, text: str, *, is_call: bool) -> StaffResult:
        """
        Raises:
            ListError: ``bad_result``.
        """
        found = staff_result(text)
        if found is None or found.is_call is not is_call:
            known = "、".join(r.label for r in STAFF_RESULTS if r.is_call is is_call)
            raise ListError("bad_result", f"结果不能是“{text}”，可以是：{known}。")
        return found

    def settle(
        self,
        standing: ResidentStanding,
        follow_up_id: int,
        result: StaffResult,
        answers: Mapping[str, Any],
        *,
        number: str = "",
        note: str = "",
        at: dt.datetime | None = None,
    ) -> StaffWork:
        """Write down what was done; what was checked holds from now on as staff found it."""
        entered = dict(answers)
        if result.label == CHECKED:
            entered = {**_doubtful(standing), **entered}
        known = {**standing.slots, **_as_slots(entered)}
        grade = self.script.grade(known) if entered else None
        work = StaffWork(self.by, at or self.now, result, number, entered, grade, note)
        self.store.record_staff_work(follow_up_id, work)
        return work

    def missing(self, standing: ResidentStanding, answers: Mapping[str, Any]) -> list[str]:
        """Required answers that nobody knows yet, by their headings."""
        known = {**standing.slots, **_as_slots(answers)}
        labels = {slot.name: slot.label for slot in self.script.kept_slots}
        return [
            labels[name]
            for name in self.script.required
            if name in labels and (name not in known or known[name].value is None)
        ]


def _doubtful(standing: ResidentStanding) -> dict[str, Any]:
    return {
        name: slot.value
        for name, slot in standing.slots.items()
        if not slot.is_certain and slot.value is not None
    }


def _as_slots(answers: Mapping[str, Any]) -> dict[str, SlotValue]:
    return {name: SlotValue(name, value, source=Source.STAFF) for name, value in answers.items()}
