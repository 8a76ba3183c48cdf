"""What may be said at any time: 打错了, 再说一遍, 别再打了."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import grammar
from dialogs.script import Script
from dialogs.words import Token

INTENT_CONFIDENCE = 0.75
"""Below it the words are too uncertain to follow."""


def intent_of(tokens: Sequence[Token], script: Script, *, is_answered: bool) -> str:
    """The intent of an answer: it counts when it is all that was said, or is said at length beside no clear
    answer to the question (``is_answered``)."""
    spoken = [t for t in tokens if not t.is_break]
    for intent in script.intents:
        said = [t for t in spoken if t.has("intent", intent) and t.confidence >= INTENT_CONFIDENCE]
        if not said:
            continue
        rest = [t for t in spoken if t not in said and not t.has(grammar.FILLER)]
        length = sum(len(t.word) for t in said)
        is_most = length >= 4 or (length == 3 and length > sum(len(t.word) for t in rest))
        if not rest or (is_most and not is_answered) or _must_be_heeded(script, intent, length):
            return intent
    return ""


def _must_be_heeded(script: Script, intent: str, length: int) -> bool:
    """别再打了 ends the call whatever else was said with it."""
    go = script.intents[intent].go
    return length >= 3 and bool(go) and script.closings[go].outcome in ("opted_out", "wrong_number")
