"""跟早上一样: an answer that points at another answer of the same call. Pure.

Only where nothing else was said for the question. 跟 and the time tell which answer is meant, by the cues of
its slot; without a time it is the last one of the same kind. 跟昨天一样 points at none, and 差不多 is no
number.
"""

from __future__ import annotations

from collections.abc import Mapping

from campaign.patterns import compiled
from campaign.records import SlotValue
from dialogs.script import Script, Slot, SlotType
from dialogs.slots import Finding

_KINDS = (SlotType.TEMPERATURE, SlotType.NUMBER, SlotType.COUNT)
_SURE = 0.85
_NEARLY = 0.5
"""Confidence of 跟早上差不多."""
_SAME = compiled(
    r"(?:(?:[跟和同与像]|还是)(?P<meant>[^,，。]{0,8}?)(?:的|量的|那次|那会)?)?(?:都|也|还|是|完全|正好)*"
    r"(?P<how>一样|一个样|相同|没有?(?:什么|啥)?变化?|没变|不变|一模一样|没差|差不多|差不离|老样子)"
)
_UNNAMED = compiled(r"(?:刚才|刚刚|前面|上面|上一?[个次回]|那个|那次|它|之前|先前|说的|那样|[是的都也还])*")
_OTHERWISE = compiled("不(?:太|大)?一样|比|[高低]一?点|不是")


def same_as_before(
    script: Script, asked: str, heard: str, answers: Mapping[str, SlotValue]
) -> Finding | None:
    """What the answer to the slot ``asked`` is, where it only points at one of ``answers``, as they came."""
    slot = script.slots[asked]
    match = _SAME.search(heard)
    if slot.type not in _KINDS or match is None or _OTHERWISE.search(heard):
        return None
    others = [
        other
        for name in answers
        if (other := script.slots.get(name)) is not None and other.type is slot.type and name != slot.name
    ]
    meant = _meant(match["meant"] or "", others)
    if meant is None:
        return None
    value = answers[meant.name]
    confidence = _NEARLY if match["how"].startswith("差不") else _SURE
    return Finding(value.value, min(confidence, value.confidence))


def _meant(words: str, others: list[Slot]) -> Slot | None:
    named = [other for other in others if any(cue in words for cue in other.cue)]
    if named:
        return named[-1]
    return others[-1] if others and _UNNAMED.fullmatch(words) else None
