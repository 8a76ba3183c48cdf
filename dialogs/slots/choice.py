"""One of several: a choice of the script's values, and who is speaking."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.language import grammar
from dialogs.slots.answer import DOUBTFUL, STRANGE, Answer, Finding
from dialogs.slots.negation import Mention, corrected, mentioned
from dialogs.slots.picking import picked
from dialogs.slots.yes_no import generic_votes

_LEFT_OVER = 0.75
"""Confidence of the one value that is left: 除了上午都可以."""


def find_choice(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_choice)


def _plain_choice(answer: Answer) -> Finding | None:
    owner = answer.slot.name if answer.is_asked else "unprompted:" + answer.slot.name
    picks = picked(answer, owner)
    if picks.values is not None and len(picks.values) == 1:
        return Finding(picks.values[0], _LEFT_OVER)
    said = picks.wanted
    if not said:
        return None
    values = {value for token in said for value in token.values(owner)}
    confidence = min(token.confidence for token in said)
    return Finding(said[-1].values(owner)[0], confidence if len(values) == 1 else DOUBTFUL)


# --- who is speaking ------------------------------------------------------------------------------------


def find_identity(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_identity) if answer.is_asked else None


def _plain_identity(answer: Answer) -> Finding | None:
    owner = answer.slot.name
    mentions = mentioned(answer, lambda t: t.has(owner) or t.has("name"))
    said = {value: m for m in mentions for value in m.token.values(owner) if not m.is_negated}
    if _is_myself(said, answer):
        said.pop("family", None)
    for value in ("wrong_number", "family", "self"):
        if value in said:
            return Finding(value, said[value].token.confidence * (1.0 - STRANGE * answer.unexplained()))
    if any(m.is_negated and m.token.has(owner, "self") for m in mentions):
        return Finding("family", 0.5)  # 我不是本人: somebody else, who is not said
    return _identity_by_name(mentions) or _identity_by_yes_or_no(answer)


def _is_myself(said: dict[str, Mention], answer: Answer) -> bool:
    """我是他本人: 本人 outweighs 我是他, which only begins a relative's answer."""
    return (
        "self" in said and "本人" in said["self"].token.word and not any(t.has("kin") for t in answer.tokens)
    )


def _identity_by_name(mentions: Sequence[Mention]) -> Finding | None:
    named = [m for m in mentions if m.token.has("name")]
    if not named:
        return None
    return Finding("wrong_number" if named[-1].is_negated else "self", named[-1].token.confidence)


def _identity_by_yes_or_no(answer: Answer) -> Finding | None:
    votes = list(generic_votes(answer))
    if not votes:
        return None
    values = {value for value, _ in votes}
    confidence = min(c for _, c in votes)
    if values == {False} and not _is_plain_no(answer):
        return Finding("wrong_number", min(confidence, 0.5))  # 我不是他: a relative may say so too
    return Finding("self" if True in values else "wrong_number", confidence if len(values) == 1 else DOUBTFUL)


def _is_plain_no(answer: Answer) -> bool:
    """不是, 没有: nothing after it in its clause that it could belong to."""
    return any(
        token.has(grammar.NO) and all(t.is_break for t in answer.tokens[index + 1 : index + 2])
        for index, token in enumerate(answer.tokens)
    )
