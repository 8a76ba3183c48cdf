"""What stands where the words of an answer and its meaning (``meanings``) tell different values. Pure.

Laws:

- What both tell, stands. What is told in words that only sound alike, counts as not told.
- Where the words tell nothing, or nothing surely, the meaning stands from ``_BELIEVED`` on.
- Where they tell another value, the meaning needs ``_OVERRULES``; below, it is asked again, unless the
  meaning itself leaves the value of the words a chance of ``_POSSIBLE``.
- Where the meaning is that none of the values was told, it is asked again from ``_SAYS_NOTHING`` on, unless
  the words are the answer and hardly anything besides.
- Of a list every value is judged by itself. None of them is an answer, too, and needs ``_OVERRULES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dialogs.script import Slot, SlotType
from dialogs.slots import Finding
from dialogs.understanding.context import DOUBTFUL

_BELIEVED = 0.8
_OVERRULES = 0.9
_POSSIBLE = 0.25
_SAYS_NOTHING = 0.9
_HOLDS, _FAILS = 0.9, 0.1
_SHORT = 5
"""Characters of an answer that is hardly more than the words of its value."""
_NONE = "none"


def judged(slot: Slot, by_words: Finding | None, shares: Mapping[str, float], text: str) -> Finding | None:
    """The value that stands, how surely; None for none.

    Args:
        slot: Whose values.
        by_words: What the rules found.
        shares: How probable the values are (``Meanings.shares``).
        text: The answer, normalised.
    """
    if slot.type is SlotType.MULTI_CHOICE:
        return _of_list(slot, by_words, shares, text)
    best = max(shares, key=lambda value: shares[value])
    told = _name_of(by_words) if by_words is not None else ""
    if by_words is None or by_words.confidence < slot.sure:
        if best and shares[best] >= _BELIEVED:
            return Finding(_value_of(slot, best), shares[best])
        return by_words
    if told == best or shares.get(told, 0.0) >= _POSSIBLE:
        return replace(by_words, confidence=max(by_words.confidence, shares[best] if told == best else 0.0))
    if best and shares[best] >= _OVERRULES:
        return Finding(_value_of(slot, best), shares[best])
    if not best and (shares[best] < _SAYS_NOTHING or len(text) <= _SHORT):
        return by_words
    return replace(by_words, confidence=min(by_words.confidence, DOUBTFUL))


def _of_list(slot: Slot, by_words: Finding | None, shares: Mapping[str, float], text: str) -> Finding | None:
    values = {value: share for value, share in shares.items() if value != _NONE}
    holds = [value for value, share in values.items() if share >= _HOLDS]
    is_clear = all(share >= _HOLDS or share <= _FAILS for share in values.values())
    sure = min((max(share, 1.0 - share) for share in values.values()), default=0.0)
    if by_words is None or by_words.confidence < slot.sure:
        if is_clear and (holds or shares.get(_NONE, 0.0) >= _OVERRULES):
            return Finding(holds, sure)
        return by_words
    told = [value for value in by_words.value if values.get(value, 1.0) > _FAILS]
    more = [value for value in holds if value not in by_words.value]
    if told == list(by_words.value) and not more:
        is_none_doubted = not told and any(share >= 1.0 - _BELIEVED for share in values.values())
        return replace(by_words, confidence=DOUBTFUL) if is_none_doubted else by_words
    if told or more:
        return Finding([*told, *more], max(by_words.confidence, sure) if is_clear else by_words.confidence)
    if is_clear and shares.get(_NONE, 0.0) >= _OVERRULES:
        return Finding([], sure)
    return replace(by_words, confidence=min(by_words.confidence, DOUBTFUL))


def _name_of(found: Finding) -> str:
    if isinstance(found.value, bool):
        return "yes" if found.value else "no"
    return str(found.value)


def _value_of(slot: Slot, name: str) -> str | bool:
    return name == "yes" if slot.type is SlotType.YES_NO else name
