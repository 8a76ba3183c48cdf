"""Free words, or that there is nothing to say.

Where it is asked what somebody needs, the things are cut out of the words (``wishes``); where anything else
is asked, the words are the answer (``own_words``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.language import grammar
from dialogs.language.words import Token
from dialogs.script import Slot
from dialogs.slots import wishes
from dialogs.slots.answer import Answer, Finding, careful, is_grammar
from dialogs.slots.own_words import find_own_words, is_strange, is_vague

_UNEXPECTED = 0.55
"""Confidence of words that do not plainly ask for anything."""
_WISHED = 0.75
"""The same where they plainly ask for something."""
_DENIED = 0.9
"""Confidence of a no in words that nobody listed: 闺女都给买好了."""
_DONE = 0.8
"""Of 志愿者帮我倒的垃圾, which names a need but one that is met."""
_IN_PASSING = 0.9
_ALIKE = 0.85
"""Confidence from which a word is so like what was written that it may stand for it."""


def find_text(answer: Answer) -> Finding | None:
    found = _asked(answer) if answer.is_asked else _unprompted(answer)
    if answer.is_asked and not answer.slot.is_wish:
        return found
    return replace(found, value=wishes.in_short(found.value)) if found is not None and found.value else found


def _asked(answer: Answer) -> Finding | None:
    spoken = [t for t in answer.tokens if not t.is_break]
    if not answer.slot.is_wish:
        told = [t for t in spoken if t.has("kin") or not _is_empty_word(t, answer.slot)]
        return find_own_words(answer, _written(answer), told)
    content = [t for t in spoken if not _is_empty_word(t, answer.slot)]
    expected = [t for t in content if t.has(answer.slot.name, "word")]
    none = [t for t in spoken if _says_none(t, answer.slot) and not _is_prefix(t, answer)]
    text = _written(answer)
    if wish := wishes.stated(text):
        confidence = _confidence(answer, expected) if expected else _WISHED
        # Where networks were taught what is asked for they tell how sure it is.
        plainly = (
            _IN_PASSING
            if not answer.slot.like and (wishes.asks_outright(text) or wishes.asks_after_all(text))
            else _WISHED
        )
        return Finding(wish, max(confidence, plainly) if _is_written(wish, answer) else confidence)
    if wishes.tells_none(text):
        return None
    if wishes.is_unknown(text):
        return Finding(None, _IN_PASSING)
    if wishes.is_done_by_others(text):
        return Finding("", _DONE)
    if wishes.denies_throughout(text):
        return Finding("", _DENIED)
    if wishes.denies(text) or (none and not any(t.has(grammar.BUT) or t.has(grammar.WISH) for t in spoken)):
        return Finding("", careful(answer, min((t.confidence for t in none), default=_DENIED)))
    if not content:
        return Finding("", min(t.confidence for t in none)) if none else None
    if not answer.slot.like and _tells_enough(text, answer):
        return Finding(wishes.wish(text), _SAID)
    return Finding(wishes.wish(text), _UNEXPECTED)


def _tells_enough(text: str, answer: Answer) -> bool:
    """Whether words that nobody taught as an answer are one: mostly known, and no question back."""
    return len(text) >= _ENOUGH and not is_vague(text) and not is_strange(answer)


_SAID = 0.65
"""Confidence of what is told in answer to a question that nobody taught."""
_ENOUGH = 5
"""Characters."""


def _confidence(answer: Answer, expected: Sequence[Token]) -> float:
    # 油 alone may be a misheard 有: it leaves room for a better reading of the whole.
    best = max(t.confidence * (1.0 if len(t.word) > 1 else 0.7) for t in expected)
    # A word that only sounds like an expected one counts less among strange ones.
    strange = (0.7 if best in (0.7, 1.0) else 1.0) * answer.unexplained()
    return 0.9 * best * (1.0 - strange)


def _is_written(wish: str, answer: Answer) -> bool:
    """Whether words were heard as they are told, and are no single character, which may be a misheard one."""
    said = "".join(t.said for t in answer.tokens)
    return all(len(part) > 1 and (part in said or _is_told(part, said)) for part in wish.split("、"))


def _is_told(part: str, said: str) -> bool:
    """Whether a part of a need was said turned round: 狗没人遛 for 遛狗."""
    return any(part == clause.words for clause in wishes.clauses(said))


def _unprompted(answer: Answer) -> Finding | None:
    """什么也不缺 and 缺点口罩 count whatever was asked."""
    said = "".join(token.said for token in answer.tokens)
    if answer.slot.cue and (wish := wishes.in_passing(said)):
        return Finding(wish, _IN_PASSING, is_told=wishes.runs_short(said))
    none = [t for t in answer.tokens if t.has("unprompted:" + answer.slot.name, "none")]
    return Finding("", min(t.confidence for t in none)) if none else None


def _is_prefix(token: Token, answer: Answer) -> bool:
    """没 in 没信号: a no to one word only."""
    after = next((t for t in answer.tokens if t.start >= token.end), None)
    is_plain = token.has(answer.slot.name, "none") or token.has(grammar.FINE)
    return not is_plain and after is not None and not after.is_break and not after.tags


def _says_none(token: Token, slot: Slot) -> bool:
    return token.has(slot.name, "none") or token.has(grammar.NO) or token.has(grammar.FINE)


def _is_empty_word(token: Token, slot: Slot) -> bool:
    if token.has(slot.name, "word"):
        return False
    return _says_none(token, slot) or is_grammar(token)


def _written(answer: Answer) -> str:
    """The words as they were written, but for things and negations that only sound right.

    口照 is 口罩; 袋米 is no 大米, nor 药店 要点, 豆油 都有 or 几斤 纸巾.
    """
    return "".join(t.word if _is_repaired(t, answer.slot) else t.said for t in answer.tokens)


def _is_repaired(token: Token, slot: Slot) -> bool:
    if token.word == token.said or token.confidence < _ALIKE or wishes.makes_sense(token.said):
        return False
    if token.has(grammar.NEGATION) or _says_none(token, slot):
        return True
    return wishes.is_thing(token.word)
