"""Yes or no: 去过, 没去过, 没有, 我在湖北."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import grammar
from dialogs.slots.answer import DOUBTFUL, STRANGE, Answer, Finding, careful, is_grammar
from dialogs.slots.negation import corrected, mentioned
from dialogs.words import Token


def find_yes_no(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_yes_no)


def _plain_yes_no(answer: Answer) -> Finding | None:
    votes = list(_votes(answer))
    if not votes and answer.is_asked:
        votes = list(generic_votes(answer))
    if not votes:
        return None
    confidence = min(confidence for _, confidence in votes)
    if len({value for value, _ in votes}) > 1:
        # The last word wins, but it will be asked again.
        return Finding(votes[-1][0], min(confidence, DOUBTFUL))
    value = votes[0][0]
    if value and answer.is_asked and _has_plain_no(answer):
        return Finding(True, min(confidence, DOUBTFUL))
    is_harmless = value or bool(answer.slot.place)
    return Finding(value, confidence if is_harmless else careful(answer, confidence))


def _votes(answer: Answer) -> Iterator[tuple[bool, float]]:
    """Explicit words: 去过, 没去过, 我在湖北."""
    owner = answer.slot.name if answer.is_asked else "unprompted:" + answer.slot.name

    def is_content(token: Token) -> bool:
        return token.has(owner) or (answer.is_asked and bool(answer.slot.place) and token.has("place"))

    mentions = mentioned(answer, is_content)
    if any(len(mention.token.word) > 1 for mention in mentions):
        mentions = [mention for mention in mentions if len(mention.token.word) > 1]  # 在 in 我在河北
    for mention in mentions:
        token = mention.token
        if not token.has(owner):
            is_here = answer.slot.place in token.values("place")
            if is_here or not mention.is_negated:  # 没有，我在河北: not being in Hebei would tell nothing
                yield is_here and not mention.is_negated, min(0.9, token.confidence)
        elif token.has(owner, "no"):
            yield False, token.confidence
        else:
            yield not mention.is_negated, _unless_lost(answer, token)


def _unless_lost(answer: Answer, token: Token) -> float:
    """在 says little where the rest is not understood: 我在…"""
    return token.confidence if len(token.word) > 1 else careful(answer, token.confidence)


def generic_votes(answer: Answer) -> Iterator[tuple[bool, float]]:
    """没有, 是的, 有. A yes that may only acknowledge gives way to a no: 对，没有."""
    free = _free(answer)
    understood = 1.0 - STRANGE * answer.unexplained()
    no = [t for t in free if t.has(grammar.NO) or _means_none(t)]
    yes = [t for t in free if t.has(grammar.YES)]
    weak = [t for t in free if t.has(grammar.WEAK_YES)]
    for token in no:
        yield False, token.confidence * understood
    for token in yes or ([] if no else weak):
        yield True, token.confidence * understood * (0.9 if token in yes else 0.7)


def _free(answer: Answer) -> list[Token]:
    """The words that do not belong to something else: not the 没 of 没发烧 when travel was asked."""
    free: list[Token] = []
    bound = False
    for token in reversed(answer.tokens):
        if token.is_break or token.has(answer.slot.name):
            bound = False
        elif not token.has("intent") and not is_grammar(token):
            bound = bool(token.tags)
        elif not bound:
            free.append(token)
    return free[::-1]


def _means_none(token: Token) -> bool:
    return token.has(grammar.FINE) and token.word.startswith("没")


def _has_plain_no(answer: Answer) -> bool:
    """没有 that is not part of what follows: 没有，去过湖北 contradicts itself."""
    spoken = [t for t in answer.tokens if not t.has(grammar.FILLER) or t.has(grammar.NO)]
    for index, token in enumerate(spoken):
        follower = spoken[index + 1] if index + 1 < len(spoken) else None
        if token.has(grammar.NO) and (
            follower is None or follower.is_break or not follower.has(answer.slot.name)
        ):
            return True
    return False
