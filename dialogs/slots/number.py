"""A number of anything that is no temperature and no people: years of age, a floor, kilograms, yuan.

A number with a unit of the slot counts before one that stands alone, and one with another unit (三单元 for a
floor) counts not at all. Numbers of somebody else (老伴八十) count only where no other was said.
"""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.entities.spoken_numbers import Number, numbers
from dialogs.language import grammar
from dialogs.slots.answer import DOUBTFUL, STRANGE, Answer, Finding, is_inside
from dialogs.slots.negation import corrected

_BARE = 0.9
"""Confidence of a number without a unit where one was asked for."""
_UNITLESS = 0.8
"""The same where the slot tells no unit, and of a number with one of its own choice."""
_WHICH_UNIT = 0.55
"""Of 一百一, where it may be 斤 or 公斤: asked again."""
_NOTHING = 0.7
"""Of 没有 where a slot may be nought."""
_OF_OTHERS = compiled(rf"(?:{grammar.ANY_KIN}|他|她|人家|邻居|隔壁)[^我]*$")
_DENIED = compiled("(?:不是|没有|不到|没到)$")
_NOT_ONE = compiled("[一-鿿]?[都也](?:没|不)")
"""一盆都没有."""
_FORMER = compiled("去年|以前|原来|从前|本来|上回|上次|那会")
_OF_WHICH = compiled("(?:楼|高)?的(?!$|[,;吧呢啊])")
"""五层楼的四楼."""
_NONE = compiled("(?:一[^,]{1,2}[都也])?没(?:有|花|用|养|交|得)")


def find_number(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_number)


def _plain_number(answer: Answer) -> Finding | None:
    text = "".join(token.said for token in answer.tokens)
    said = [number for number in numbers(text, answer.slot.units) if _suits(number, text, answer)]
    mine = [number for number in said if not _is_of_others(text, number)] or said
    mine = [number for number in mine if not _OF_WHICH.match(text, number.end)] or mine
    if not mine:
        return _by_words(answer) or _nothing(text, answer)
    owned = [number for number in mine if number.unit in answer.slot.units]
    return _chosen(answer, owned or mine, text)


def _suits(number: Number, text: str, answer: Answer) -> bool:
    units = answer.slot.units
    if number.unit and units and number.unit not in units:
        return False
    if (not number.unit and not answer.is_asked) or _NOT_ONE.match(text, number.end):
        return False
    return is_inside(_in_unit(number, answer), answer.slot)


def _in_unit(number: Number, answer: Answer) -> float:
    return number.value * answer.slot.units.get(number.unit, 1.0)


def _is_of_others(text: str, number: Number) -> bool:
    clause = re.split("[,;?!]", text[: number.start])[-1]
    return bool(_OF_OTHERS.search(clause) or _DENIED.search(clause) or _FORMER.search(clause))


def _chosen(answer: Answer, said: list[Number], text: str) -> Finding:
    values = {_in_unit(number, answer) for number in said}
    number = said[0]
    if number.unit in answer.slot.units:
        confidence = number.confidence
    else:
        alone = _BARE if answer.slot.units and not number.unit else _UNITLESS
        if len(set(answer.slot.units.values())) > 1:
            alone = _WHICH_UNIT
        confidence = min(number.confidence, alone * (1 - STRANGE * _strange(answer)))
    if len(values) > 1:
        confidence = min(confidence, DOUBTFUL)
    return Finding(_plain(_in_unit(number, answer)), round(confidence, 3))


def _strange(answer: Answer) -> float:
    """Share of the words that are unknown, numbers aside."""
    text = "".join(token.said for token in answer.tokens)
    return answer.unexplained() if len(text) > len("八十三了") else 0.0


def _plain(value: float) -> int | float:
    """60.0 as 60: what people call it."""
    return int(value) if value == int(value) else round(value, 2)


def _by_words(answer: Answer) -> Finding | None:
    """The script's own words for a number: 底层 for 1."""
    said = [token for token in answer.tokens if token.has(answer.slot.name)]
    if not said or not answer.is_asked:
        return None
    value = float(said[-1].values(answer.slot.name)[0])
    return Finding(_plain(value), said[-1].confidence) if is_inside(value, answer.slot) else None


def _nothing(text: str, answer: Answer) -> Finding | None:
    """没有, where the script says that nought is a value."""
    allows_nought = answer.slot.minimum is not None and answer.slot.minimum <= 0
    if not allows_nought or not answer.is_asked or not _NONE.match(text):
        return None
    return Finding(0, _NOTHING * (1 - STRANGE * answer.unexplained()))
