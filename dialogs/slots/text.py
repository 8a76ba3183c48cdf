"""Free words, or that there is nothing to say."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import grammar
from dialogs.script import Slot
from dialogs.slots.answer import Answer, Finding, is_grammar
from dialogs.words import Token


def find_text(answer: Answer) -> Finding | None:
    if not answer.is_asked:
        return None
    spoken = [t for t in answer.tokens if not t.is_break]
    content = [t for t in spoken if not _is_empty_word(t, answer.slot)]
    if not content:
        none = [t for t in spoken if _says_none(t, answer.slot)]
        return Finding("", min(t.confidence for t in none)) if none else None
    # 油 alone may be a misheard 有: it leaves room for a better reading of the whole.
    expected = [
        t.confidence * (1.0 if len(t.word) > 1 else 0.7) for t in content if t.has(answer.slot.name, "word")
    ]
    if not expected:
        return Finding(_trimmed(answer.tokens), 0.55)
    best = max(expected)  # a word that only sounds like an expected one counts less among strange ones
    strange = (0.7 if best in (0.7, 1.0) else 1.0) * answer.unexplained()
    return Finding(_trimmed(answer.tokens), 0.9 * best * (1.0 - strange))


def _says_none(token: Token, slot: Slot) -> bool:
    return token.has(slot.name, "none") or token.has(grammar.NO) or token.has(grammar.FINE)


def _is_empty_word(token: Token, slot: Slot) -> bool:
    if token.has(slot.name, "word"):
        return False
    return _says_none(token, slot) or is_grammar(token)


def _trimmed(tokens: Sequence[Token]) -> str:
    """The words without the fillers before and after."""
    kept = [index for index, t in enumerate(tokens) if not t.has(grammar.FILLER) and not t.is_break]
    return "".join(t.word for t in tokens[kept[0] : kept[-1] + 1]) if kept else ""
