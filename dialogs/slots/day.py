"""A day relative to today: 前天, 上周三, 二十三号回来的."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from dialogs.dates import DateMention, dates
from dialogs.slots.answer import DOUBTFUL, Answer, Finding
from dialogs.slots.negation import corrected

_OLDEST_DAYS = 120
"""Days that lie further back are taken for a mistake."""
_DENIED = re.compile(r"(?:不是|没到|不到)$")
_GOING = re.compile(r"^.{0,3}(?:去的|走的|出发|出去的|动身|离开)")
_UP_TO = re.compile(r"[到至]$")


def find_day(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_day)


def _plain_day(answer: Answer) -> Finding | None:
    oldest = answer.today - timedelta(days=_OLDEST_DAYS)
    named = [said for said in dates(answer.text, answer.today) if said.day > oldest]
    said = _meant(answer.text, named)
    if not said:
        return None
    chosen = said[-1]
    confidence = min(chosen.confidence, answer.confidence_of(chosen.start, chosen.end))
    if len({mention.day for mention in said}) > 1:
        is_period = bool(_UP_TO.search(answer.text[: chosen.start]))  # 上周三到周五: back on the last day
        confidence = min(confidence, 0.7 if is_period else DOUBTFUL)
    return Finding(chosen.day.isoformat(), confidence)


def _meant(text: str, named: Sequence[DateMention]) -> Sequence[DateMention]:
    """Without days that are denied, 不是十五号, or that tell when somebody left, 十号去的."""
    stated = [said for said in named if not _DENIED.search(text[: said.start])]
    back = [said for said in stated if not _GOING.search(text[said.end :])]
    return back or stated
