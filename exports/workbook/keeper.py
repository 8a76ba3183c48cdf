"""Keeps the workbook fresh while calls go on: written anew a moment after something changed."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from campaign.errors import WenhouError
from campaign.records import Campaign
from campaign.settings import Settings
from campaign.store import Store
from dialogs.script import Script
from exports.followup.slot_entry import choices, expected, is_one_of_choices
from exports.workbook.columns import UNKNOWN, SlotColumn, slot_column
from exports.workbook.refresh import Debounce
from exports.workbook.results import WrittenWorkbook, write_workbook

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.5


def slot_columns(script: Script) -> list[SlotColumn]:
    """One column for each slot of the script, in its order."""
    return [
        replace(
            slot_column(slot.name, slot.label, str(slot.type)),
            choices=choices(slot),
            is_strict=is_one_of_choices(slot),
            prompt=f"{expected(slot)}；不知道写“{UNKNOWN}”",
        )
        for slot in script.kept_slots
    ]


class WorkbookKeeper:
    """The workbook of one campaign."""

    def __init__(
        self,
        store: Store,
        campaign: Campaign,
        settings: Settings,
        script: Script,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._campaign = campaign
        self._settings = settings
        self._columns = slot_columns(script)
        self._script_title = script.title
        self._clock = clock
        self._debounce = Debounce()

    def changed(self) -> None:
        """The store has something new."""
        self._debounce.changed(self._clock())

    async def keep(self) -> None:
        """Write whenever it is due, until cancelled. A workbook that cannot be written now is tried again."""
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if self._debounce.is_due(self._clock()):
                self._debounce.written()
                started = self._clock()
                await asyncio.to_thread(self._try_to_write)
                self._debounce.took(self._clock() - started)

    def write(self, now: dt.datetime, *, is_masked: bool = False) -> WrittenWorkbook:
        """Write it now, or one in which nobody can be recognised at sight.

        Raises:
            ExportError: The folder cannot be written.
        """
        with self._store.snapshot() as snapshot:
            return write_workbook(
                snapshot,
                self._campaign.id,
                Path(self._settings.store.workbook),
                recordings=Path(self._settings.store.recordings),
                columns=self._columns,
                script_title=self._script_title,
                generated_at=now,
                zone=self._settings.calling.zone,
                is_masked=is_masked,
            )

    def _try_to_write(self) -> None:
        try:
            self.write(dt.datetime.now(dt.UTC))
        except WenhouError as error:
            log.warning("workbook not written: %s", error.code)
            self.changed()
