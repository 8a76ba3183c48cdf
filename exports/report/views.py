"""A campaign at one moment, read from the store, with what is needed to show it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from campaign.records import CallAttempt, Campaign, ListProblem, Turn
from campaign.store import ResidentStanding, Store
from exports.workbook.columns import SlotColumn


@dataclass(frozen=True)
class Report:
    """What the sheets are made of."""

    campaign: Campaign
    standings: Sequence[ResidentStanding]
    problems: Sequence[ListProblem]
    turns: Mapping[int, Sequence[Turn]]
    """By attempt."""
    columns: Sequence[SlotColumn]
    recordings: Path
    """Absolute."""
    folder: Path
    """Of the workbook: links are relative to it. Absolute."""
    generated_at: dt.datetime
    zone: dt.tzinfo
    script_title: str = ""
    """Of the script that asked."""

    def local(self, time: dt.datetime | None) -> dt.datetime | None:
        """A time as the office's clock shows it, to the second; spreadsheets know no time zones."""
        if time is None:
            return None
        return time.astimezone(self.zone).replace(tzinfo=None, microsecond=0)

    def link(self, attempt: CallAttempt) -> str:
        """Where the recording is, as seen from the workbook; empty when there is none."""
        if not attempt.recording:
            return ""
        folder, name = os.path.split(attempt.recording)
        return f"{_way_to(self.recordings / folder, self.folder)}{quote(name)}"


@lru_cache(maxsize=16)
def _way_to(recordings: Path, folder: Path) -> str:
    """What stands before the name of a recording in a link from a workbook in ``folder``.

    Kept: it is the same for thousands of calls.
    """
    try:
        way = Path(os.path.relpath(recordings, folder)).as_posix()
    except ValueError:  # on another drive
        return f"{recordings.as_uri()}/"
    return "" if way == "." else f"{quote(way)}/"


def read_report(
    store: Store,
    campaign_id: int,
    *,
    folder: Path,
    recordings: Path,
    columns: Sequence[SlotColumn],
    generated_at: dt.datetime,
    zone: dt.tzinfo,
    script_title: str = "",
) -> Report:
    """Read a campaign; from a snapshot of the store it is one consistent state while calls go on."""
    return Report(
        campaign=store.campaign(campaign_id),
        standings=store.standings(campaign_id),
        problems=store.list_problems(campaign_id),
        turns=_by_attempt(store.campaign_turns(campaign_id)),
        columns=columns,
        recordings=recordings.absolute(),
        folder=folder.absolute(),
        generated_at=generated_at,
        zone=zone,
        script_title=script_title,
    )


def _by_attempt(turns: Iterable[Turn]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = {}
    for turn in turns:
        found.setdefault(turn.attempt_id, []).append(turn)
    return found
