"""What of the personal data has been kept long enough. Pure: the time is an argument.

Three stages, each with an age of its own: recordings go first, then the words that were heard, then the
persons themselves. The figures of a campaign (``Store.kept_figures``) hold nobody's data and stay.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from campaign.errors import SettingsError
from campaign.records import Campaign


@dataclass(frozen=True)
class Ages:
    """How old each kind of data must be to go; None: it stays."""

    recordings: dt.timedelta | None = None
    transcripts: dt.timedelta | None = None
    persons: dt.timedelta | None = None


@dataclass(frozen=True)
class HeldCampaign:
    """What the store holds of one campaign."""

    campaign: Campaign
    residents: int
    unfinished: int
    """Residents who are to be dialled yet, or are on the line."""
    last_activity: dt.datetime
    """The last that anybody, robot or staff, did about it; its import where nothing was done."""


@dataclass(frozen=True)
class HeldCall:
    """What the store holds of one call."""

    attempt_id: int
    campaign_id: int
    ended_at: dt.datetime
    recording: str
    """Path relative to the recording folder, or empty."""
    has_words: bool
    """Whether anything that was heard is kept."""


@dataclass(frozen=True)
class PurgePlan:
    """What is to go."""

    persons: tuple[HeldCampaign, ...]
    """Campaigns whose residents go, with everything about them."""
    recordings: tuple[HeldCall, ...]
    """Calls whose recording goes, those of ``persons`` among them."""
    transcripts: tuple[HeldCall, ...]
    """Calls of other campaigns whose words go."""
    untouched: tuple[HeldCampaign, ...]
    """Campaigns under way: nothing of them goes, however old."""

    @property
    def is_empty(self) -> bool:
        return not (self.persons or self.recordings or self.transcripts)

    @property
    def residents(self) -> int:
        return sum(held.residents for held in self.persons)


def plan_purge(
    campaigns: Iterable[HeldCampaign], calls: Iterable[HeldCall], ages: Ages, now: dt.datetime
) -> PurgePlan:
    """Decide what goes. A campaign is under way while anybody is to be dialled yet; its data is needed."""
    held, all_calls = list(campaigns), list(calls)
    untouched = {one.campaign.id for one in held if one.unfinished}
    persons = [
        one
        for one in held
        if one.residents and not one.unfinished and _is_due(one.last_activity, ages.persons, now)
    ]
    gone = {one.campaign.id for one in persons}
    open_calls = [call for call in all_calls if call.campaign_id not in untouched]
    return PurgePlan(
        persons=tuple(persons),
        recordings=tuple(
            call
            for call in open_calls
            if call.recording and (call.campaign_id in gone or _is_due(call.ended_at, ages.recordings, now))
        ),
        transcripts=tuple(
            call
            for call in open_calls
            if call.has_words
            and call.campaign_id not in gone
            and _is_due(call.ended_at, ages.transcripts, now)
        ),
        untouched=tuple(one for one in held if one.unfinished),
    )


def _is_due(at: dt.datetime, age: dt.timedelta | None, now: dt.datetime) -> bool:
    return age is not None and at <= now - age


_AGE = re.compile(r"(\d{1,5})\s*(d|天|日|w|周|星期|m|个月|月|y|年)?", re.IGNORECASE)
_DAYS = {
    "d": 1,
    "天": 1,
    "日": 1,
    "w": 7,
    "周": 7,
    "星期": 7,
    "m": 30,
    "个月": 30,
    "月": 30,
    "y": 365,
    "年": 365,
}


def read_age(text: str) -> dt.timedelta:
    """``30d``, ``30天``, ``4周``, ``6m``, ``1年``; a month is 30 days.

    Raises:
        SettingsError: ``bad_age``.
    """
    found = _AGE.fullmatch(text.strip())
    if found is None:
        raise SettingsError(
            "bad_age", f"“{text}”不是期限。请写成 30d（30 天）、4w（4 周）、6m（6 个月）这样。"
        )
    return dt.timedelta(days=int(found[1]) * _DAYS[(found[2] or "d").lower()])
