"""Where somebody has been."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.slots.answer import Answer, Finding
from dialogs.slots.negation import corrected, mentioned
from dialogs.words import Token, is_place_name


def find_place(answer: Answer) -> Finding | None:
    if not answer.is_asked:
        return None  # 我在河北 says where somebody is, not where he has been
    return corrected(answer, _plain_place)


def _plain_place(answer: Answer) -> Finding | None:
    mentions = mentioned(answer, lambda token: _is_place(token, answer))
    been = [m.token for m in mentions if not m.is_negated and not _is_home(m.token, answer)]
    if not been:
        return None
    named = _beside_certain(been)
    return Finding("".join(dict.fromkeys(t.word for t in named)), min(t.confidence for t in named))


def _beside_certain(places: Sequence[Token]) -> Sequence[Token]:
    """All places, but those that only sound like one not where others were named for certain."""
    certain = [token for token in places if token.confidence == 1.0]
    edges = {token.start for token in certain} | {token.end for token in certain}
    beside = [t for t in places if t in certain or t.start in edges or t.end in edges]
    return beside if certain else places


def _is_place(token: Token, answer: Answer) -> bool:
    if token.has("place"):
        return True
    return answer.is_asked and not token.tags and len(token.word) > 1 and is_place_name(token.word)


def _is_home(token: Token, answer: Answer) -> bool:
    return bool(answer.homes.intersection(token.values("place"))) or token.word in answer.homes
