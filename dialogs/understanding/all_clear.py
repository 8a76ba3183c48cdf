"""All-clears: no symptom, no contact, no journey. To be wrong about one is the worst that can happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from campaign.patterns import compiled
from campaign.records import SlotValue
from dialogs.script import Script, Slot, SlotType
from dialogs.slots import Finding

DENIED = 0.05
"""Share of what else may have been said that must speak against an all-clear before it is asked again.

docs/decisions/0011-likely-wordings.md and 0014-respelling.md have the measurements.
"""


def is_all_clear(slot: Slot, value: Any) -> bool:
    """Whether a value is one. Not to be somewhere is none: who is not at home is asked more."""
    is_harmless = slot.type is SlotType.YES_NO and value is False and not slot.place
    return is_harmless or (slot.type in (SlotType.SYMPTOMS, SlotType.MULTI_CHOICE) and not value)


def is_denied(slot: Slot, others: Iterable[tuple[Finding | None, float]]) -> bool:
    """Whether other wordings that fit the sound speak clearly enough against an all-clear.

    Args:
        slot: What was asked.
        others: What was found of it in each other wording, and the wording's share of all, 0..1.
    """
    against = (share for finding, share in others if finding is not None and _tells(slot, finding))
    return sum(against, 0.0) >= DENIED


def _tells(slot: Slot, finding: Finding) -> bool:
    is_known = finding.value is not None and finding.confidence >= slot.sure
    return is_known and not is_all_clear(slot, finding.value)


def reassures(slot: Slot, script: Script) -> bool:
    """Whether a no is good news, or tells where somebody is: not where it asks whether all was understood."""
    if slot.type is not SlotType.YES_NO:
        return slot.type is SlotType.SYMPTOMS
    return bool(slot.place) or slot.name in script.alarming({slot.name: SlotValue(slot.name, True)})


def matters_to(slot: Slot) -> frozenset[str]:
    """What tells that a slot is spoken of: characters of many of its words, small words aside, and its words
    that hold none of them.

    None for a place, of which small words tell: 不在.
    """
    if slot.place:
        return frozenset()
    words = {word for words in slot.values.values() for word in words}
    times = Counter(character for word in words for character in set(word))
    small = _SMALL | _PARTS if slot.type is SlotType.SYMPTOMS else _SMALL
    often = {character for character, n in times.items() if n >= _OFTEN} - small
    rare = (word for word in words if often.isdisjoint(word) and not _SMALL.issuperset(word))
    return frozenset(often.union(rare))


_OFTEN = 6
_SMALL = frozenset("没有不的了过一无未都也就还是得个来上在着下这那人么什我你呢啊起到可能会想说要吃好大看听家")
_PARTS = frozenset("头脑口手脚身水心骨皮眼肉打跑东西费停儿子发点")
"""Of what is felt they tell where, or stand in many other words: 没烫头, 没打牌."""


def denies_something_else(text: str, matters: frozenset[str]) -> bool:
    """Whether a short answer denies what nobody asked: 没按键 where symptoms were asked for.

    Two of the 15,600 all-clears in the tables do.

    Args:
        text: The answer.
        matters: Characters and words of what was asked (``matters_to``).
    """
    denial = _DENIAL.fullmatch(text.rstrip(_FULL_STOPS))
    if denial is None or not matters:
        return False
    denied = denial["denied"]
    is_asked = any(each in denied for each in matters)
    return not (is_asked or _ANYTHING.search(denied) or _BARE.fullmatch(denied))


_DENIAL = compiled(
    "(?:我们?|俺们?|还|也|都|真|就|这|可|从来|压根儿?|根本|绝对|最近|一直)*"
    "(?:没(?![有得事啥球])|不(?!会)|未曾?|别)(?P<denied>(?![我俺你您他咱就也都真挺很好统劳谢天一在问身那快呀啦哇呢啊哦嘞嘛]|下一)[^,;没不别]{1,5})"
)
"""没 and what it denies in one breath: 没有,天天上班 may be written without its comma."""
_ANYTHING = compiled(
    "[样条项些占沾挨病影哪啥犯闹添遇摊招轮碰变感觉]|[一半]个|[码档回种样]事|茬|档子|大事|出现|发生|赶上|中[招过了]|符合|对得|搭界|边儿?$"
    "|不适|自在|着凉|机会|运气|问题|情况|异常|反应|毛病|不好|难[过受]|痛苦|方面|安逸|什么|症状|影响|耽误"
)
"""What may be denied whatever was asked: 没那档子事."""
_BARE = compiled(
    "[的滴了呢啊呀嘛嘞哦喔哇啦吧哈得没有无过噻撒恙]*(?:[这那]?个)?(?:事[情儿]?)?(?:存在|可能|会|敢有)?[的了吧啊呀]*(?:事儿?)?"
)
"""没有的事, 不存在的."""
_FULL_STOPS = ",;。!?"
