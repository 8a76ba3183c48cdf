"""What is believed of needs beside what the networks make of them. Pure."""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.script import Slot, SlotType
from dialogs.slots import Finding
from dialogs.slots.journeys.near_home import is_errand
from dialogs.slots.wishes import (
    asks_at_last,
    in_short,
    is_done_by_kin,
    may_be_wanted,
    speaks_of_needs,
    tells_besides,
    tells_hardship,
    wish,
)
from dialogs.understanding.classes import NONE
from dialogs.understanding.context import Reading

_BEGINS_BY_ASKING = compiled(
    "(?:[你您]们?|社区)?(?:那儿?|这儿?|那边)?有没有(?!什么|啥|人|需要|困难|别的)[^,;?]{2,8}[?,;]|[^,;?没不我你您]{2,6}有没有[?,;]"
)
"""有没有小孩吃的退烧药？家里翻遍了都没有: what is not there is why it is asked for."""


_OPENS_BY_ASKING = compiled(
    "(?:我们?|我家|家里|那|嗯|,)*(?:就|只|还|是)*"
    "(?:想(?:请|找|麻烦|让|叫|托)[你您人社个][^,;?没]{4,}|(?:想|需要|缺|想要)(?:[一两]?[个张台瓶包袋件把副盒]|[买换修理通剪配][^,;?没]{1,3})[^,;?没]{3,})"
)


def opens_by_asking(text: str) -> bool:
    """Whether an answer opens with what is wanted, whatever is declined after it:
    想请你们代买降压药，我爱人的药不用."""
    return _OPENS_BY_ASKING.match(text) is not None and _TAKEN_BACK.search(text) is None


_TAKEN_BACK = compiled("算了|来着|不想|不用了$|没啥事|没事儿?$|别的没有了?$")


def tells_need_as_hardship(slot: Slot, rules: Reading, text: str) -> bool:
    """Whether the rules found a need that is told as nothing but what is hard or lacking: 没吃的."""
    by_rules = rules.findings.get(slot.name)
    is_need = slot.type is SlotType.TEXT and by_rules is not None and by_rules.value
    return bool(is_need) and (tells_hardship(text) or tells_besides(text))


def asks_after_all(by_rules: Finding | None, text: str) -> bool:
    """Whether what the rules found is asked for in the end, or at once, whatever was declined beside it."""
    is_told = by_rules is not None and bool(by_rules.value)
    return is_told and (asks_at_last(text) or _BEGINS_BY_ASKING.match(text) is not None)


def may_need_in_passing(best: str, text: str, by_rules: Finding | None) -> bool:
    """Whether words in passing may say what the networks make of them: not 体温计摔了, nor, where the rules
    found no need either, 闺女礼拜天来给我洗洗衣裳."""
    if is_errand(text):
        return False
    if best == NONE:
        return speaks_of_needs(text)
    return may_be_wanted(text) and not (by_rules is None and is_done_by_kin(text))


def words_of_wish(slot: Slot, rules: Reading, text: str) -> str:
    """The words of a wish, as the rules cut them out, or as they would cut them if they had seen one."""
    finding = rules.findings.get(slot.name)
    return str(finding.value) if finding is not None and finding.value else in_short(wish(text))
