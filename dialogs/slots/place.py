"""Where somebody has been, as province and city: 湖北武汉."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.grammar import KIN
from dialogs.places import CITIES_WITH_PROVINCE, MUNICIPALITIES, PLACES, PROVINCES, full_name, is_part_of
from dialogs.slots.answer import Answer, Finding, ends_like_garbled
from dialogs.slots.negation import corrected, mentioned
from dialogs.words import Token, is_place_name

_NAMES = "|".join(sorted((*CITIES_WITH_PROVINCE, *PLACES), key=len, reverse=True))
_JOURNEY = re.compile(
    f"从(?P<from>{_NAMES})(?=.{{0,4}}(?:回|过来|到家))|(?:去|到)(?:过|了|的)?(?:一?[趟次回])?(?P<to>{_NAMES})(?=过|出差|玩|旅游|看|了|,|$)"
)
_NOT_MINE = re.compile("[没不别]|" + "|".join(kin for kin in KIN if len(kin) > 1))
_LOST_CITY = 0.5
"""Confidence of a province that is followed by something that could not be understood: 河北是家床."""


def find_place(answer: Answer) -> Finding | None:
    if not answer.is_asked:
        return _place_of_journey(answer)
    return corrected(answer, _plain_place)


def _place_of_journey(answer: Answer) -> Finding | None:
    """我在河北 says where somebody is, not where he has been; 从上海回来, 去上海出差 does."""
    been = [
        match
        for match in _JOURNEY.finditer(answer.text)
        if not _is_home_name(match["to"] or match["from"], answer)
    ]
    if not been or _NOT_MINE.search(answer.text[: been[0].start()].rpartition(",")[2]):
        return None
    return Finding(full_name([match["to"] or match["from"] for match in been]), 0.9)


def _plain_place(answer: Answer) -> Finding | None:
    mentions = mentioned(answer, lambda token: _is_place(token, answer))
    been = [
        m.token for m in mentions if not m.is_negated and not m.is_of_others and not _is_home(m.token, answer)
    ]
    if not been:
        return None
    named = _beside_certain(_known_or_all(been))
    confidence = min(t.confidence for t in named)
    value = full_name([t.word for t in named])
    if value in PROVINCES and value not in MUNICIPALITIES and _is_followed_by_noise(answer, named[-1]):
        confidence = min(confidence, _LOST_CITY)
    return Finding(value, confidence)


def _known_or_all(places: Sequence[Token]) -> Sequence[Token]:
    """Provinces and cities where any are named; else what jieba takes for a place."""
    return [token for token in places if token.has("place")] or places


def _beside_certain(places: Sequence[Token]) -> Sequence[Token]:
    """All places, but those that only sound like one not where others were named for certain."""
    certain = [token for token in places if token.confidence == 1.0]
    edges = {token.start for token in certain} | {token.end for token in certain}
    beside = [t for t in places if t in certain or t.start in edges or t.end in edges]
    return beside if certain else places


def _is_followed_by_noise(answer: Answer, place: Token) -> bool:
    """Strange characters right after a place are a city that was not understood."""
    after = [t for t in answer.tokens if t.start >= place.end]
    return ends_like_garbled(after)


def _is_place(token: Token, answer: Answer) -> bool:
    if token.has("place"):
        return True
    return answer.is_asked and not token.tags and len(token.word) > 1 and is_place_name(token.word)


def _is_home_name(name: str, answer: Answer) -> bool:
    return any(is_part_of(name, home) for home in answer.homes)


def _is_home(token: Token, answer: Answer) -> bool:
    names = {*token.values("place"), token.word}
    return any(is_part_of(name, home) for name in names for home in answer.homes)
