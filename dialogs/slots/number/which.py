"""Which of the numbers of an answer count, and what they come to together.

- Numbers of somebody else (老伴八十) or of another time (去年二十二，今年才十八) count only where no other
  was said; 最后一针 or 一顿不落 count nothing.
- What is said to be all of it counts alone (冰箱三千，洗衣机两千，一共五千), and of several the greatest
  where that is asked for (最深的时候).
- What comes on top is added (头两针加一个加强针; 早上一顿晚上一顿; 两年零三个月).
- A number for another span than was asked for (一年三万六 to 一个月多少钱) is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from campaign.patterns import compiled
from dialogs.entities.spoken_numbers import Number
from dialogs.language import grammar
from dialogs.script import Slot
from dialogs.slots.answer import Answer, is_inside

_ALIKE = ("次", "回", "遍", "趟")
"""What counts the same: who asks for 次 is told 回."""
_OF_OTHERS = compiled(rf"(?:{grammar.ANY_KIN}|他|她|人家|邻居|隔壁|大夫|医生|领导)[^我]*$")
_DENIED = compiled("(?:不是|没有|不到|没到)$")
_NOT_ONE = compiled("[一-鿿]?(?:[都也](?:没|不)|没)(?!问题|事|关系|准|错)")
"""一盆都没有, 一针没打."""
_NOW = "现在|今年|如今|眼下|目前|这会|这阵|后来(?:换|搬|改)"
_FORMER = compiled(f"(?:去年|以前|原来|从前|本来|上回|上次|那会|刚才)(?!.*(?:{_NOW}))")
_AT_PRESENT = compiled(f"(?:{_NOW}|结果|实际上?|到头来)[^,;?!]*$")
_SINCE = compiled(_NOW)
_EVERY_ONE = compiled("[都也]?(?:不|没)(?:落|拉|少|差|缺|断|耽误)")
"""一顿不落."""
_NO_COUNT = compiled("(?:最后|头|第|每|(?<![早晚])上|这|那)$")
"""最后一针, 每一顿."""
_NO_NUMBER = compiled(
    "一(?:样|般|直|下|起|会|些|定|共|向|旦|块儿|律|辈子|阵|时|日|边|点(?![零一二三四五六七八九]))|十分|千万|万一|百分|[两三四]班倒|两口子"
)
"""跟大家一样."""
_OF_WHICH = compiled("(?:楼|高)?的(?!$|[,;吧呢啊])")
"""五层楼的四楼."""
_TOTAL = compiled("(?:一共|总共|合计|拢共|加起来|总的|统共)[^,;?!]{0,3}$")
_GREATEST = compiled("最[深高大长远]")
_IDIOM = compiled("押[一二两]付[一三六]")
_NOT_YET = compiled("(?:过[了完]年|明年|到?下个?月|马上|转过年)[^,;?!]{0,3}$")
"""过了年就七十."""
_CANNOT = compiled("[都也][^,;?!]{0,3}(?:不[到了上动起止]|没)|不止")
"""三分钟都走不到, 一个月都不止."""
_NUMBERED = ("层", "楼", "年级", "单元", "栋", "排", "组", "期")
"""What 第 only counts through."""
_KIN = compiled(grammar.ANY_KIN)
_ON_TOP = compiled("(?:加上?|(?<!不)又|还有|再|另外|外加|后来)[^,;?!二两三四五六七八九十]{0,5}$")
_TIME_OF_DAY = compiled(
    "(?:早上|早晨|上午|中午|晌午|下午|晚上|夜里|早|中|晚)[^,;?!一二两三四五六七八九十]{0,3}$"
)
_AND = compiled("[零又]?")
_DAY, _WEEK, _MONTH, _YEAR = (
    "一天|每天|天天|一日",
    "[一每]周|[一每]?个?(?:星期|礼拜)",
    "[一每]个?月",
    "[一每]年",
)
_ASKED_SPAN = {"天": _DAY, "周": _WEEK, "月": _MONTH, "年": _YEAR}
_SPANS = {**_ASKED_SPAN, "季": "[一每]个?季度?", "半年": "半年"}


def units_of(slot: Slot) -> Mapping[str, float]:
    """The slot's units, and words that count the same."""
    of_times = next((slot.units[unit] for unit in _ALIKE if unit in slot.units), None)
    return {**dict.fromkeys(_ALIKE, of_times), **slot.units} if of_times is not None else slot.units


def in_unit(number: Number, slot: Slot) -> float:
    """In the unit of the value."""
    return number.value * units_of(slot).get(number.unit, 1.0)


def is_none_of(number: Number, text: str, slot: Slot) -> bool:
    """一针也没打."""
    return (
        number.value == 1
        and _NOT_ONE.match(text, number.end) is not None
        and not _EVERY_ONE.match(text, number.end)
        and not _is_of_others(text, number, slot)
    )


def that_count(every: Sequence[Number], text: str, answer: Answer) -> Sequence[Number]:
    """The numbers that may be meant."""
    said = [number for number in every if _suits(number, text, answer)]
    mine = [number for number in said if not _is_of_others(text, number, answer.slot)] or said
    mine = [number for number in mine if not _OF_WHICH.match(text, number.end)] or mine
    if whole := [number for number in mine if _TOTAL.search(text[: number.start])]:
        return whole
    if len(mine) > 1 and _GREATEST.search(answer.slot.question):
        return [max(mine, key=lambda number: in_unit(number, answer.slot))]
    return [number for number in mine if _AT_PRESENT.search(text[: number.start])] or mine


def _suits(number: Number, text: str, answer: Answer) -> bool:
    units = units_of(answer.slot)
    if number.unit and units and number.unit not in units and not _ON_TOP.search(text[: number.start]):
        return False
    if (not number.unit and not answer.is_asked) or _NOT_ONE.match(text, number.end):
        return False
    if any(idiom.start() <= number.start < idiom.end() for idiom in _IDIOM.finditer(text)):
        return False
    if number.unit == "月" and "个月" in units:
        return False  # 三月搬来的
    is_numbered = number.unit in _NUMBERED and text.endswith(("第", "上"), 0, number.start)
    if (
        number.value == 1
        and not is_numbered
        and (_NO_COUNT.search(text[: number.start]) or (number.unit and _EVERY_ONE.match(text, number.end)))
    ):
        return False
    if not number.unit and _NO_NUMBER.match(text, number.start):
        return False
    return is_inside(in_unit(number, answer.slot), answer.slot)


def _is_of_others(text: str, number: Number, slot: Slot) -> bool:
    """Of somebody else than was asked for, or not so, or no longer."""
    clause = re.split("[,;?!]", text[: number.start])[-1]
    if _OF_OTHERS.search(clause) and not _KIN.search(slot.question):  # 您家孩子几岁
        return True
    return bool(_DENIED.search(clause) or _FORMER.search(clause))


def is_former_alone(number: Number, text: str) -> bool:
    """Whether what is so now stays untold: 去年二年级，今年你说几年级."""
    before, after = text[: number.start], text[number.end :]
    return _FORMER.search(re.split("[,;?!]", before)[-1]) is not None and _SINCE.search(after) is not None


def added_up(mine: Sequence[Number], text: str, slot: Slot) -> float | None:
    """What comes on top of the first number, or is told for each time of the day, or in smaller units."""
    if len(mine) < 2:
        return None
    by_day = all(_TIME_OF_DAY.search(text[: one.start]) for one in mine)
    on_top = all(_ON_TOP.search(text[before.end : one.start]) for before, one in pairwise(mine))
    if not (by_day or on_top or _is_in_parts(mine, text, slot)):
        return None
    total = sum(in_unit(one, slot) for one in mine)
    return total if is_inside(total, slot) else None


def _is_in_parts(mine: Sequence[Number], text: str, slot: Slot) -> bool:
    """两年零三个月."""
    units = units_of(slot)
    return all(
        _AND.fullmatch(text, before.end, one.start) and units.get(before.unit, 0) > units.get(one.unit, 1.0)
        for before, one in pairwise(mine)
    )


def is_in_doubt(number: Number, text: str, slot: Slot) -> bool:
    """Whether it is not yet so (过了年就七十), more than can be (三分钟都走不到), or for another span."""
    return (
        is_former_alone(number, text)
        or _NOT_YET.search(text[: number.start]) is not None
        or _CANNOT.match(text, number.end) is not None
        or is_for_another_span(number, text, slot)
    )


def is_for_another_span(number: Number, text: str, slot: Slot) -> bool:
    """Whether it is told for another span than was asked for: 一天三次 to 一个星期几次."""
    asked = next((span for span, words in _ASKED_SPAN.items() if re.search(words, slot.question)), "")
    before = re.split("[,;?!]", text[: number.start])[-1]
    told = next((span for span, words in _SPANS.items() if re.search(f"(?:{words})[^,]{{0,3}}$", before)), "")
    return bool(asked and told) and asked != told
