"""What stands where the words of an answer and its meaning (``meanings``) tell different values. Pure.

Laws:

- What both tell, stands.
- Where the words tell nothing, or nothing surely, the meaning stands from ``_BELIEVED`` on, unless it is
  asked back (我能来吗).
- Where they tell another value, the meaning needs ``_OVERRULES``; below, it is asked again, unless the
  meaning itself leaves the value of the words a chance of ``_POSSIBLE``.
- That none of the values is meant says little against a yes or no, or words that stand there as the script
  has them (``_AS_WRITTEN``); against what only sounds like them it is asked again.
- What is asked back (暖和啥呀), or said and denied of two things (白天不漏晚上漏), tells nothing by words.
- Where a script lists very many words, the meaning only fills in what they do not tell.
- Of a list every value is judged by itself. One that is told is dropped only where another is meant, or none;
  where nothing takes its place, and none may be meant, it is asked again. What the words name, the meaning
  adds nothing to: 儿子 means a daughter nearly as much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from campaign.patterns import compiled
from dialogs.script import Slot, SlotType
from dialogs.slots import Finding
from dialogs.understanding.context import DOUBTFUL

_BELIEVED = 0.75
_OVERRULES = 0.95
_POSSIBLE = 0.1
_AS_WRITTEN = 0.8
_WELL_LISTED = 40
"""Words of a slot from which its author has listed what there is to be said."""
_HOLDS, _FAILS = 0.8, 0.1
_MAY_BE_NONE = 0.2
_ARGUED = compiled("[都全]要|都(?:需要|行|可以)|除了|不光|不但|不只|[两三四五]样|怎么不|别给|[打领去交]过了")
"""Turns that the rules take apart, and vectors do not: 除了买药都要."""
_ASKS_BACK = compiled(r"[吗么][啊呀]?[?]?$|[?]$|(?P<verb>[要能行用])不(?P=verb)|什么时候|几点|多少钱")
_COURTESY = compiled(
    "(?:喂|[你您]好|谢谢[你您]?|多谢|再见|拜拜|哎[呀哟]?|嗨|请问|不好意思|麻烦[你您]?了?|辛苦了?"
    "|[,啊呀哦嗯呃哈了])+"
)
"""What means nothing, whatever was asked."""
_ONE_AND_NOT_THE_OTHER = compiled(
    "(?P<done>[一-鿿])(?![了是]?[不没])了?[,;]?[^,;?!不没]{1,6}[不没](?P=done)(?!(?P=done))"
    "|[不没](?P<left>[一-鿿])[,;]?[^,;?!不没]{1,6}(?P=left)(?:了|的|着)?(?:$|[,;])"
)
"""一三五吃二四不吃, 白天不漏晚上漏."""
_ASKED_WHAT = compiled("个?(?:什么|啥)(?:[呀啊呐哟的呢]|$|[,;?!])")
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
    if by_words is None and _COURTESY.fullmatch(text):
        return None
    if slot.type is SlotType.MULTI_CHOICE:
        return _of_list(slot, by_words, shares, text)
    best = max(shares, key=lambda value: shares[value])
    if sum(map(len, slot.values.values())) >= _WELL_LISTED:
        is_filled = by_words is None and best and shares[best] >= _OVERRULES and not _ASKS_BACK.search(text)
        return Finding(_value_of(slot, best), shares[best]) if is_filled else by_words
    if by_words is not None and slot.type is SlotType.YES_NO and tells_two_things(slot, text):
        by_words = _doubted(by_words)
    if by_words is None or by_words.confidence < slot.sure:
        if best and shares[best] >= _BELIEVED and not _ASKS_BACK.search(text):
            return Finding(_value_of(slot, best), shares[best])
        return by_words
    told = _name_of(by_words)
    if told == best:
        return replace(by_words, confidence=max(by_words.confidence, shares[best]))
    is_plain = slot.type is SlotType.YES_NO or by_words.confidence >= _AS_WRITTEN
    if shares.get(told, 0.0) >= _POSSIBLE or (not best and is_plain):
        return by_words
    if best and shares[best] >= _OVERRULES and not _ARGUED.search(text):
        return Finding(_value_of(slot, best), shares[best])
    return by_words if len(text) <= _SHORT or _ARGUED.search(text) else _doubted(by_words)


def _of_list(slot: Slot, by_words: Finding | None, shares: Mapping[str, float], text: str) -> Finding | None:
    values = {value: share for value, share in shares.items() if value != _NONE}
    none = shares.get(_NONE, 0.0)
    holds = [value for value, share in values.items() if share >= _HOLDS]
    is_clear = all(share >= _HOLDS or share <= _FAILS for share in values.values())
    sure = min((max(share, 1.0 - share) for share in values.values()), default=0.0)
    if by_words is None or by_words.confidence < slot.sure:
        is_told = none < _HOLDS if holds else none >= _OVERRULES
        return Finding(holds, sure) if is_clear and is_told else by_words
    if _ARGUED.search(text):
        return by_words
    if not by_words.value:
        return _none_by_words(by_words, holds, values, none, text)
    left = [value for value in by_words.value if values.get(value, 1.0) > _FAILS]
    is_other_told = bool(holds) or none >= (_MAY_BE_NONE if not left else _HOLDS)
    if len(left) == len(by_words.value) or not is_other_told:
        return by_words
    if left:
        return Finding(left, max(by_words.confidence, sure) if is_clear else by_words.confidence)
    return Finding([], sure) if is_clear and none >= _OVERRULES else _doubted(by_words)


def _none_by_words(
    by_words: Finding, holds: list[str], values: Mapping[str, float], none: float, text: str
) -> Finding:
    if none >= _HOLDS:
        return by_words
    if holds:
        return replace(by_words, value=holds)
    is_doubted = any(share >= 1.0 - _HOLDS for share in values.values()) and len(text) > _SHORT
    return _doubted(by_words) if is_doubted else by_words


def tells_two_things(slot: Slot, text: str) -> bool:
    """Whether a yes or no is asked back, or told of one thing and denied of another."""
    words = (word for said in slot.values.values() for word in said)
    is_asked_back = any(
        _ASKED_WHAT.match(text, text.find(word) + len(word)) for word in words if word in text
    )
    return is_asked_back or _ONE_AND_NOT_THE_OTHER.search(text) is not None


def _doubted(found: Finding) -> Finding:
    return replace(found, confidence=min(found.confidence, DOUBTFUL))


def _name_of(found: Finding) -> str:
    if isinstance(found.value, bool):
        return "yes" if found.value else "no"
    return str(found.value)


def _value_of(slot: Slot, name: str) -> str | bool:
    return name == "yes" if slot.type is SlotType.YES_NO else name
