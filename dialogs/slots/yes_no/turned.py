"""Who turns round is taken at his last word: 我自己能接，哎呀不行，得找个人帮我. Pure.

Only where nobody taught how a question is answered; elsewhere the networks weigh both parts.
"""

from __future__ import annotations

from collections.abc import Sequence

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.slots.answer import Answer, Finding
from dialogs.slots.journeys.told import written

_TURN = compiled("[,;](?:可是?|但是?|不过|哎[呀哟]?不[行对]|哎[呀哟]|不行)(?=.)")
_TURNED = 0.85

Vote = tuple[int, bool]
"""Where a word stands and what it says."""


def turned_round(answer: Answer, votes: Sequence[Vote]) -> Finding | None:
    """The verdict that an answer ends with; None where nothing tells that it is the last word."""
    if (last := _verdict_at_last(answer, votes)) is not None:
        return last
    turns = list(_TURN.finditer(written(answer)))
    if not turns:
        return None
    after = {value for start, value in votes if start >= turns[-1].end()}
    before = {value for start, value in votes if start < turns[-1].start()}
    return Finding(after.pop(), _TURNED) if len(after) == 1 and before and before != after else None


def _verdict_at_last(answer: Answer, votes: Sequence[Vote]) -> Finding | None:
    """周六我们回老家，家里没人，不用: a last clause that is nothing but a verdict counts, whatever its reason
    is taken for."""
    breaks = [token.end for token in answer.tokens[:-1] if token.is_break]
    if not breaks:
        return None
    last = [t for t in answer.tokens if t.start >= breaks[-1] and not (t.is_break or t.has(grammar.FILLER))]
    if not last or not all(t.has(answer.slot.name) for t in last):
        return None
    at_last = {value for start, value in votes if start >= breaks[-1]}
    before = {value for start, value in votes if start < breaks[-1]}
    is_alone = not before and len(last[0].word) > 1
    return Finding(at_last.pop(), _TURNED) if len(at_last) == 1 and (is_alone or before - at_last) else None
