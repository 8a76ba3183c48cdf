"""The response rate of a campaign, from what the store knows of its residents."""

from __future__ import annotations

from collections.abc import Iterable

from campaign.response_rate import ResponseRate, case_of
from campaign.store import ResidentStanding


def response_rate(standings: Iterable[ResidentStanding]) -> ResponseRate:
    """Every resident of the list counts, dialled or not, by the best that robot or staff reached."""
    return ResponseRate.of(
        case_of(
            [*(attempt.disposition for attempt in standing.attempts), standing.disposition],
            has_answers=any(slot.value is not None for slot in standing.slots.values()),
        )
        for standing in standings
    )
