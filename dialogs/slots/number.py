"""A number of anything that is no temperature and no people: years of age, a floor, kilograms, yuan.

A number with a unit of the slot counts before one that stands alone, and one with another unit (三单元 for a
floor) counts not at all. Numbers of somebody else (老伴八十) or of another time (去年二十二，今年才十八)
count only where no other was said. What comes on top is added (头两针加一个加强针; 早上一顿晚上一顿),
一针也没打 is none of them, and 最后一针 or 一顿不落 count nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from campaign.patterns import compiled
from dialogs.entities.spoken_numbers import Number, numbers
from dialogs.language import grammar
from dialogs.script import Slot
from dialogs.slots.answer import DOUBTFUL, STRANGE, Answer, Finding, is_inside
from dialogs.slots.negation import corrected

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
_NOTHING = 0.7
"""Of 没有 where a slot may be nought."""
_OF_OTHERS = compiled(rf"(?:{grammar.ANY_KIN}|他|她|人家|邻居|隔壁)[^我]*$")
_DENIED = compiled("(?:不是|没有|不到|没到)$")
_NOT_ONE = compiled("[一-鿿]?(?:[都也](?:没|不)|没)")
"""一盆都没有, 一针没打."""
_NOW = "现在|今年|如今|眼下|目前|这会|这阵"
_FORMER = compiled(f"(?:去年|以前|原来|从前|本来|上回|上次|那会|刚才)(?!.*(?:{_NOW}))")
_AT_PRESENT = compiled(f"(?:{_NOW})[^,;?!]*$")
_EVERY_ONE = compiled("[都也]?(?:不|没)(?:落|拉|少|差|缺|断|耽误)")
"""一顿不落."""
_NO_COUNT = compiled("(?:最后|头|第|每|(?<![早晚])上|这|那)$")
"""最后一针, 每一顿."""
_NO_NUMBER = compiled(
    "一(?:样|般|直|下|起|会|些|定|共|向|旦|块|律|辈子|阵|时|日|边|点(?![零一二三四五六七八九]))|十分|千万|万一|百分"
)
"""跟大家一样."""
_ON_TOP = compiled("(?:加上?|(?<!不)又|还有|再|另外|外加|后来)[^,;?!二两三四五六七八九十]{0,5}$")
_TIME_OF_DAY = compiled(
    "(?:早上|早晨|上午|中午|晌午|下午|晚上|夜里|早|中|晚)[^,;?!一二两三四五六七八九十]{0,3}$"
)
_OF_WHICH = compiled("(?:楼|高)?的(?!$|[,;吧呢啊])")
"""五层楼的四楼."""
_NONE = compiled("(?:一[^,]{1,2}[都也])?没(?:有|花|用|养|交|得)")


def find_number(answer: Answer) -> Finding | None:
    return corrected(answer, _plain_number)


def _plain_number(answer: Answer) -> Finding | None:
    text = "".join(token.said for token in answer.tokens)
    every = tuple(numbers(text, _units(answer.slot)))
    if none := _none_of_them(every, text, answer):
        return none
    said = [number for number in every if _suits(number, text, answer)]
    mine = [number for number in said if not _is_of_others(text, number)] or said
    mine = [number for number in mine if not _OF_WHICH.match(text, number.end)] or mine
    mine = [number for number in mine if _AT_PRESENT.search(text[: number.start])] or mine
    if not mine:
        return _by_words(answer) or _nothing(text, answer)
    if added := _added(mine, text, answer):
        return added
    owned = [number for number in mine if number.unit in _units(answer.slot)]
    return _chosen(answer, owned or mine, text)


_ALIKE = ("次", "回", "遍", "趟")
"""What counts the same: who asks for 次 is told 回."""


def _units(slot: Slot) -> Mapping[str, float]:
    """The slot's units, and words that count the same."""
    of_times = next((slot.units[unit] for unit in _ALIKE if unit in slot.units), None)
    return {**dict.fromkeys(_ALIKE, of_times), **slot.units} if of_times is not None else slot.units


def _none_of_them(every: Sequence[Number], text: str, answer: Answer) -> Finding | None:
    """一针也没打: nought, where that is a value."""
    if not answer.is_asked or not is_inside(0, answer.slot):
        return None
    units = _units(answer.slot)
    is_none = any(
        one.value == 1
        and one.unit in units
        and _NOT_ONE.match(text, one.end)
        and not _EVERY_ONE.match(text, one.end)
        and not _is_of_others(text, one)
        for one in every
    )
    return Finding(0, _NONE_AT_ALL) if is_none else None


def _added(mine: Sequence[Number], text: str, answer: Answer) -> Finding | None:
    """What comes on top of the first number, or is told for each time of the day."""
    if len(mine) < 2:
        return None
    by_day = all(_TIME_OF_DAY.search(text[: one.start]) for one in mine)
    on_top = all(_ON_TOP.search(text[before.end : one.start]) for before, one in pairwise(mine))
    if not (by_day or on_top):
        return None
    total = sum(_in_unit(one, answer) for one in mine)
    if not is_inside(total, answer.slot):
        return None
    return Finding(_plain(total), DOUBTFUL if "后来" in text else _SUM)  # 三针，后来又补了一针


def _suits(number: Number, text: str, answer: Answer) -> bool:
    units = _units(answer.slot)
    if number.unit and units and number.unit not in units and not _ON_TOP.search(text[: number.start]):
        return False
    if (not number.unit and not answer.is_asked) or _NOT_ONE.match(text, number.end):
        return False
    if number.value == 1 and (
        _NO_COUNT.search(text[: number.start]) or (number.unit and _EVERY_ONE.match(text, number.end))
    ):
        return False
    if not number.unit and _NO_NUMBER.match(text, number.start):
        return False
    return is_inside(_in_unit(number, answer), answer.slot)


def _in_unit(number: Number, answer: Answer) -> float:
    return number.value * _units(answer.slot).get(number.unit, 1.0)


def _is_of_others(text: str, number: Number) -> bool:
    clause = re.split("[,;?!]", text[: number.start])[-1]
    return bool(_OF_OTHERS.search(clause) or _DENIED.search(clause) or _FORMER.search(clause))


def _chosen(answer: Answer, said: list[Number], text: str) -> Finding:
    values = {_in_unit(number, answer) for number in said}
    number = said[0]
    if number.unit in _units(answer.slot):
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
