"""A day relative to today."""

from __future__ import annotations

from datetime import timedelta

from dialogs.dates import dates
from dialogs.slots.answer import DOUBTFUL, Answer, Finding
from dialogs.slots.negation import corrected


def find_day(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_date)


def _plain_date(answer: Answer) -> Finding | None:
    said = [d for d in dates(answer.text, answer.today) if answer.today - d.day < timedelta(days=120)]
    if not said:
        return None
    chosen = said[-1]
    confidence = min(chosen.confidence, answer.confidence_of(chosen.start, chosen.end))
    return Finding(chosen.day.isoformat(), confidence if len({d.day for d in said}) == 1 else DOUBTFUL)
