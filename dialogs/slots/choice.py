"""One of several: a choice of the script's values."""

from __future__ import annotations

from dialogs.slots.answer import DOUBTFUL, Answer, Finding
from dialogs.slots.negation import corrected
from dialogs.slots.picking import picked
from dialogs.slots.then_and_now import then_until

_LEFT_OVER = 0.75
"""Confidence of the one value that is left: 除了上午都可以."""


def find_choice(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_choice)


def _plain_choice(answer: Answer) -> Finding | None:
    owner = answer.slot.name if answer.is_asked else "unprompted:" + answer.slot.name
    picks = picked(answer, owner)
    if picks.values is not None and len(picks.values) == 1:
        return Finding(picks.values[0], _LEFT_OVER)
    said = picks.wanted
    if not said and then_until(answer.text) and picks.refused:
        return Finding(picks.refused[-1].values(owner)[0], DOUBTFUL)  # 以前睡不好，换了药好多了
    if not said:
        return None
    values = {value for token in said for value in token.values(owner)}
    confidence = min(token.confidence for token in said)
    return Finding(said[-1].values(owner)[0], confidence if len(values) == 1 else DOUBTFUL)
