"""What people are told to do about a resident of the queue."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from campaign.calling_hours import CallingHours
from campaign.records import CallAttempt, Disposition
from exports.followup.suggestions import SUGGESTIONS, beside_remarks, suggestion

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFF, SILENT = Disposition.POWERED_OFF, Disposition.NO_ANSWER


def at(hour: int) -> dt.datetime:
    return dt.datetime(2026, 11, 26, hour, 30, tzinfo=SHANGHAI)


def told(disposition: Disposition, now: int, *hours: int) -> str:
    attempts = [CallAttempt(n, 1, 1, "1", n, 0, at(h), disposition=disposition) for n, h in enumerate(hours)]
    return suggestion(disposition, attempts, at(now), CallingHours())


@pytest.mark.parametrize(
    ("disposition", "now", "hours", "words"),
    [
        (OFF, 10, (9,), "关机：下午再打"),
        (OFF, 15, (9, 14), "关机：傍晚再打"),
        (SILENT, 18, (15, 17), "无人接听：明天上午再打"),
        (SILENT, 10, (9, 18), "无人接听：下午再打"),
        (SILENT, 18, (9, 14, 17, 18), "无人接听：几个时段都打过，上门看看"),
        (Disposition.BUSY, 10, (9,), "占线：过一刻钟再打"),
    ],
)
def test_when_to_call_is_the_part_of_the_day_that_was_tried_least(
    disposition: Disposition, now: int, hours: tuple[int, ...], words: str
) -> None:
    assert told(disposition, now, *hours) == words


def test_every_outcome_has_a_suggestion() -> None:
    for disposition in Disposition:
        assert told(disposition, 10, 9)
    assert set(SUGGESTIONS) == {*Disposition, None}


def test_what_was_told_besides_is_to_be_seen_to() -> None:
    listen = SUGGESTIONS[Disposition.COMPLETED]
    assert beside_remarks(listen, "居民有问题要答复：什么时候解封") == "答复居民的问题"
    both = beside_remarks(listen, "居民答不上体温；居民有问题要答复：什么时候解封")
    assert both == f"{listen}，并答复居民的问题"
    household = beside_remarks(listen, "家里人的情况：孩子咳嗽；居民有问题要答复：什么时候解封")
    assert household == "问清家里人的情况，答复居民的问题"
    assert beside_remarks(listen, "居民答不上体温") == listen
