"""What a negation reaches, and what a correction takes back.

没有发烧咳嗽就是嗓子疼 denies the first two; 三十七度二，不对，三十六度二 is 36.2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dialogs import grammar
from dialogs.script import Slot
from dialogs.slots.answer import Answer, Finding
from dialogs.words import Token

_REACH = 5
"""Characters of unexpected words after which a negation no longer counts."""


@dataclass(frozen=True)
class Mention:
    token: Token
    is_negated: bool
    is_introduced: bool = False
    """有点 or 就是 came right before: a later 没有 does not turn it round."""


def mentioned(answer: Answer, is_content: Callable[[Token], bool]) -> list[Mention]:
    """The words that matter with what negation does to them: 没有发烧咳嗽就是嗓子疼 negates the first two."""
    mentions: list[Mention] = []
    open_from = 0  # mentions from here on belong to the clause
    negation: Token | None = None
    introduced = False
    strange = 0
    for index, token in enumerate(answer.tokens):
        if is_content(token):
            if token.has(grammar.BUT) or token.word.startswith("有"):  # 就是有点咳嗽, 有接触 in one word
                negation, introduced = None, True
            mentions.append(Mention(token, negation is not None, introduced or _holds_degree(token)))
            strange = 0
        elif token.is_break or token.has(grammar.OTHERS):
            negation, introduced, open_from = None, False, len(mentions)
        elif token.has(grammar.BUT) or token.has(grammar.YES):
            negation, introduced = None, True
        elif token.has(grammar.NEGATION) or _denies_whole(token, answer.slot):
            if not strange and _closes_clause(answer.tokens[index + 1 :], is_content):
                _negate(mentions, open_from)
            negation, introduced, strange = token, False, 0
        elif token.word == "是" and negation is not None and negation.word == "不是":
            negation = None
        elif not token.tags:
            strange += len(token.word)
            negation = None if strange > _REACH else negation
    return mentions


def _holds_degree(token: Token) -> bool:
    """嗓子有点疼: said to be there, in one word."""
    return any(degree in token.word for degree in ("有点", "有些", "有一点"))


def _denies_whole(token: Token, slot: Slot) -> bool:
    """没去 in 没去湖北. 没有去过湖北 may be 没有，去过湖北, so that does not count."""
    return bool(slot.part_of) and token.has(slot.part_of, "no") and not token.word.startswith("没有")


def _closes_clause(rest: Sequence[Token], is_content: Callable[[Token], bool]) -> bool:
    """发热咳嗽都没有: nothing but fillers follows, so the negation looks back."""
    for token in rest:
        if token.is_break:
            return True
        if is_content(token) or not token.has(grammar.FILLER):
            return False
    return True


def _negate(mentions: list[Mention], start: int) -> None:
    for index in range(start, len(mentions)):
        if not mentions[index].is_introduced:
            mentions[index] = replace(mentions[index], is_negated=True)


def _after_correction(tokens: Sequence[Token]) -> Sequence[Token]:
    """What was said after the last 不对."""
    for index in range(len(tokens) - 1, -1, -1):
        if tokens[index].has(grammar.CORRECTION):
            return tokens[index + 1 :]
    return tokens


def corrected(answer: Answer, read: Callable[[Answer], Finding | None]) -> Finding | None:
    """The value after a correction where there is one, else of the whole answer."""
    rest = tuple(_after_correction(answer.tokens))
    if len(rest) == len(answer.tokens):
        return read(answer)
    shift = rest[0].start if rest else 0
    tokens = tuple(replace(t, start=t.start - shift) for t in rest)
    later = replace(answer, tokens=tokens, spans=tuple((s - shift, e - shift) for s, e in answer.spans))
    return read(later) or read(answer)
