"""A number of anything: years of age, a floor, kilograms, yuan, a year.

A number with a unit of the slot counts before one that stands alone, and one with another unit (三单元 for a
floor) counts not at all. 一针也没打 is none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.entities.spoken_numbers import Number, numbers
from dialogs.slots.answer import DOUBTFUL, STRANGE, Answer, Finding, is_inside
from dialogs.slots.negation import corrected
from dialogs.slots.number.otherwise import (
    by_days_of_the_week,
    by_listed_numerals,
    by_long_words,
    by_room,
    by_words,
    by_year,
    nothing,
)
from dialogs.slots.number.which import (
    added_up,
    in_unit,
    is_in_doubt,
    is_none_of,
    that_count,
    units_of,
)

_BARE = 0.9
"""Confidence of a number without a unit where one was asked for."""
_UNITLESS = 0.8
"""The same where the slot tells no unit, and of a number with one of its own choice."""
_WHICH_UNIT = 0.55
"""Of 一百一, where it may be 斤 or 公斤: asked again."""
_NONE_AT_ALL = 0.9
"""Of 一针也没打."""
_SUM = 0.75
"""Of 头两针加一个加强针."""
_UNCLEAR = 0.5
"""Confidence up to which a number gives way to others."""
_AT_LENGTH = 2
"""Characters from which a number is hardly anything else: 四千五，水电另算."""
_MULTIPLES = ("百", "千", "万", "亿")
"""Units that a number in words holds anyway: 一万二 is no number of another unit."""


def find_number(answer: Answer) -> Finding | None:
    found = corrected(answer, _plain_number)
    if found is None or not isinstance(found.value, float):
        return found
    return replace(found, value=_plain(found.value), confidence=round(found.confidence, 3))


def _plain_number(answer: Answer) -> Finding | None:
    text = "".join(token.said for token in answer.tokens)
    every = list(numbers(text, units_of(answer.slot)))
    if otherwise := (
        by_year(answer, text)
        or by_listed_numerals(answer, every)
        or by_long_words(answer, every)
        or by_days_of_the_week(answer, text)
        or by_room(answer, text)
    ):
        return otherwise
    if answer.is_asked and is_inside(0, answer.slot) and any(_is_none(one, text, answer) for one in every):
        return Finding(0.0, _NONE_AT_ALL)
    mine = that_count(every, text, answer)
    if not mine:
        return by_words(answer) or nothing(answer, text)
    if (total := added_up(mine, text, answer.slot)) is not None:
        return Finding(total, DOUBTFUL if "后来" in text else _SUM)  # 三针，后来又补了一针
    owned = [number for number in mine if number.unit in units_of(answer.slot)]
    return _chosen(answer, owned or mine, text)


def _is_none(number: Number, text: str, answer: Answer) -> bool:
    return number.unit in units_of(answer.slot) and is_none_of(number, text, answer.slot)


def _chosen(answer: Answer, said: Sequence[Number], text: str) -> Finding:
    said = [number for number in said if number.confidence > _UNCLEAR] or said  # 五十九，快六十了
    values = {in_unit(number, answer.slot) for number in said}
    number = said[0]
    if number.unit in units_of(answer.slot):
        confidence = number.confidence
    else:
        alone = _BARE if answer.slot.units and not number.unit else _UNITLESS
        if len({factor for unit, factor in answer.slot.units.items() if unit not in _MULTIPLES}) > 1:
            alone = _WHICH_UNIT
        strange = STRANGE if len(text[number.start : number.end]) < _AT_LENGTH else STRANGE / 2
        confidence = min(number.confidence, alone * (1 - strange * _strange(answer)))
    if len(values) > 1 or is_in_doubt(number, text, answer.slot):
        confidence = min(confidence, DOUBTFUL)
    return Finding(in_unit(number, answer.slot), confidence)


def _strange(answer: Answer) -> float:
    """Share of the words that are unknown, numbers aside."""
    text = "".join(token.said for token in answer.tokens)
    return answer.unexplained() if len(text) > len("八十三了") else 0.0


def _plain(value: float) -> int | float:
    """60.0 as 60: what people call it."""
    return int(value) if value == int(value) else round(value, 2)
