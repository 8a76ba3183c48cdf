"""Any of several: symptoms. An empty list is an all-clear, the dearest mistake there is."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import grammar
from dialogs.slots.answer import DOUBTFUL, Answer, Finding, careful
from dialogs.slots.negation import Mention, corrected, mentioned
from dialogs.words import Token


def find_symptoms(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_symptoms)


def _plain_symptoms(answer: Answer) -> Finding | None:
    owner = answer.slot.name
    mentions = mentioned(answer, lambda token: token.has(owner))
    felt = [m.token for m in mentions if not m.is_negated]
    if felt:
        return _felt(answer, felt)
    if not answer.is_asked:
        return _unprompted_none(answer)
    return _none_felt(answer, mentions)


def _felt(answer: Answer, felt: Sequence[Token]) -> Finding:
    values = list(dict.fromkeys(value for token in felt for value in token.values(answer.slot.name)))
    clear = [value for value in values if value not in answer.slot.vague]
    confidence = min(token.confidence for token in felt)
    is_all = bool(clear) and not _has_strange_feeling(answer)
    return Finding(clear or values, confidence if is_all else min(confidence, 0.55))


def _has_strange_feeling(answer: Answer) -> bool:
    """还有点… and then nothing that is known: there is more than was understood."""
    introduced = False
    strange = 0
    for token in answer.tokens:
        if token.has(grammar.BUT):
            introduced, strange = True, 0
        elif token.is_break or (token.tags and not token.has(grammar.FILLER)):
            introduced = False
        elif introduced and not token.tags:
            strange += len(token.word)
            if strange > 1:
                return True
    return False


def _unprompted_none(answer: Answer) -> Finding | None:
    said = [t for t in answer.tokens if t.has("unprompted:" + answer.slot.name, "none")]
    return Finding([], careful(answer, min(t.confidence for t in said))) if said else None


def _none_felt(answer: Answer, mentions: Sequence[Mention]) -> Finding | None:
    fine = [
        t for t in answer.tokens if t.has(grammar.FINE) or t.has("unprompted:" + answer.slot.name, "none")
    ]
    no = [t for t in answer.tokens if t.has(grammar.NO)]
    said = [*fine, *no, *(m.token for m in mentions)]
    if said:
        some = any(t.has(grammar.YES) or t.has(grammar.BUT) for t in answer.tokens)
        confidence = min(t.confidence for t in said)
        # 没有就是有点… with the rest not understood: something is there.
        return Finding([], min(careful(answer, confidence), DOUBTFUL if some else 1.0))
    if any(t.has(grammar.FAIR) for t in answer.tokens):
        return Finding([], 0.5)
    if any(t.has(grammar.YES) for t in answer.tokens) and answer.slot.vague:
        return Finding([answer.slot.vague[0]], 0.5)
    return None
