"""Free words, or that there is nothing to say."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import grammar
from dialogs.script import Slot
from dialogs.slots.answer import Answer, Finding, careful, is_grammar
from dialogs.words import Token

_UNEXPECTED = 0.55
"""Confidence of words without any that were expected."""
_WISHED = 0.75
"""The same beside 想要 or 需要."""


def find_text(answer: Answer) -> Finding | None:
    if not answer.is_asked:
        return _unprompted(answer)
    spoken = [t for t in answer.tokens if not t.is_break]
    content = [t for t in spoken if not _is_empty_word(t, answer.slot)]
    none = [t for t in spoken if _says_none(t, answer.slot)]
    expected = [t for t in content if t.has(answer.slot.name, "word")]
    if expected:
        return _expected(answer, expected)
    if none and not any(t.has(grammar.BUT) or t.has(grammar.WISH) for t in spoken):
        return Finding("", careful(answer, min(t.confidence for t in none)))
    if not content:
        return Finding("", min(t.confidence for t in none)) if none else None
    is_wish = any(t.has(grammar.WISH) and len(t.word) > 1 for t in spoken)
    return Finding(_trimmed(answer), _WISHED if is_wish else _UNEXPECTED)


def _expected(answer: Answer, expected: Sequence[Token]) -> Finding:
    # 油 alone may be a misheard 有: it leaves room for a better reading of the whole.
    best = max(t.confidence * (1.0 if len(t.word) > 1 else 0.7) for t in expected)
    # A word that only sounds like an expected one counts less among strange ones.
    strange = (0.7 if best in (0.7, 1.0) else 1.0) * answer.unexplained()
    return Finding(_trimmed(answer), 0.9 * best * (1.0 - strange))


def _unprompted(answer: Answer) -> Finding | None:
    """什么也不缺 and 缺点口罩 count whatever was asked."""
    none = [t for t in answer.tokens if t.has("unprompted:" + answer.slot.name, "none")]
    wishes = [
        index
        for index, t in enumerate(answer.tokens)
        if t.has("cue:" + answer.slot.name) and _is_wanted(answer.tokens[index + 1 :], answer.slot)
    ]
    if wishes:
        return Finding("".join(t.word for t in _clause(answer.tokens[wishes[0] :])), 0.9)
    return Finding("", min(t.confidence for t in none)) if none else None


def _is_wanted(rest: Sequence[Token], slot: Slot) -> bool:
    """A thing that was expected follows in the clause."""
    return any(t.has("thing:" + slot.name) for t in _clause(rest))


def _clause(tokens: Sequence[Token]) -> Sequence[Token]:
    end = next((index for index, t in enumerate(tokens) if t.is_break), len(tokens))
    return tokens[:end]


def _says_none(token: Token, slot: Slot) -> bool:
    return token.has(slot.name, "none") or token.has(grammar.NO) or token.has(grammar.FINE)


def _is_empty_word(token: Token, slot: Slot) -> bool:
    if token.has(slot.name, "word"):
        return False
    return _says_none(token, slot) or is_grammar(token)


def _trimmed(answer: Answer) -> str:
    """The words without the fillers before and after."""
    tokens, name = answer.tokens, answer.slot.name
    kept = [
        i for i, t in enumerate(tokens) if t.has(name, "word") or not (t.has(grammar.FILLER) or t.is_break)
    ]
    words = "".join(t.word for t in tokens[kept[0] : kept[-1] + 1]) if kept else ""
    return words.rstrip("了吧呢啊嘛呀吗")
