"""What is told of others of the household and would matter of the resident: 我没有，就是孩子有点咳嗽.

Matters what the grading table would find alarming: a fever, a symptom, a journey. It is read as the resident
would have said it of himself; what is denied or over is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from campaign.patterns import compiled
from campaign.records import SlotValue
from dialogs.language.grammar import ANY_KIN
from dialogs.language.remarks.household import of_others
from dialogs.script import Script, Slot, SlotType
from dialogs.understanding.context import Context, Reading
from dialogs.understanding.for_another import tells_apart

_MAY_MATTER = {
    SlotType.SYMPTOMS: compiled(
        "[烧咳吐泻疼痛拉喘晕累乏堵塞涕肿痒麻哑蔫]|没[劲力]|不舒服|难受|不得劲|感冒|[鼻嗓]|病"
    ),
    SlotType.TEMPERATURE: compiled("三十[七八九]|四十"),
    SlotType.YES_NO: compiled("出[了去过门]|下楼|回来"),
}
"""Without any of these nothing is looked for: cheaper than reading."""
_CAME = compiled("从.+[来回]|回[来京]|回北京|[来回]的$")
"""A journey matters of who came from it to live here; 我儿子在深圳 does not."""
_LATELY = 2
"""Days up to which it is asked who left the house, and not who was on a journey."""
_SO_AM_I = compiled("(?:我|俺)(?:自己)?也(?:有[点些]|是|一样|这样|差不多)[^,;]{0,2}(?:$|[,;])")
"""舅舅发烧了，我也有点: what he has tells what I have."""
_HIS_KIN = compiled(f"[他她]的?{ANY_KIN}")
_IS_OVER = compiled("[烧咳吐拉病]过|好了|退了|退烧|不[烧咳]了")


@dataclass(frozen=True)
class BesideHousehold:
    """An answer without what is told of others."""

    remark: str
    """What is told of them, in Chinese as it was said."""
    own: str
    """What is plainly told of the resident besides; empty where nothing is."""


class Household:
    """Finds what matters of others.

    Args:
        script: Whose grading tells what matters.
        answer: Reads an answer by itself.
    """

    def __init__(self, script: Script, answer: Callable[[str, Context], Reading]) -> None:
        self._script = script
        self._answer = answer
        self._asking = tuple(
            state
            for state in script.states.values()
            if not state.confirms and self._may_alarm(script.slots[state.slot])
        )

    def _may_alarm(self, slot: Slot) -> bool:
        if slot.type is SlotType.YES_NO:
            is_own = not slot.place and not slot.of_others
            return is_own and bool(self._script.alarming({slot.name: SlotValue(slot.name, True)}))
        return slot.type in (SlotType.SYMPTOMS, SlotType.TEMPERATURE)

    def beside(self, text: str, context: Context) -> BesideHousehold | None:
        """The answer parted by whom it is about; None where nothing of others matters.

        Args:
            text: The answer, normalised, in its clauses.
            context: What it answers. Of whom a relative who answers for the resident tells is known only
                where he tells of both.
        """
        if context.is_by_family and not (tells_apart(text) or _HIS_KIN.search(text)):
            return None
        others = of_others(text, is_by_family=context.is_by_family)
        matters = [self._matters(own, context) for own in others.as_own]
        if not any(matters) or _SO_AM_I.search(others.rest):
            return None
        told = [told for told, counts in zip(others.told, matters, strict=True) if counts]
        return BesideHousehold("，".join(told).replace(",", "，"), others.rest if others.is_own else "")

    def _matters(self, own: str, context: Context) -> bool:
        if _IS_OVER.search(own):
            return False
        asking = ((state, self._script.slots[state.slot]) for state in self._asking)
        return any(
            self._is_alarming(self._answer(own, replace(context, state=state, is_by_family=False)), slot)
            for state, slot in asking
            if _may_matter(slot).search(own)
        )

    def _is_alarming(self, reading: Reading, slot: Slot) -> bool:
        found = reading.findings.get(slot.name)
        if found is None or found.value is None or found.confidence < slot.sure:
            return False
        return slot.name in self._script.alarming({slot.name: SlotValue(slot.name, found.value)})


def _may_matter(slot: Slot) -> re.Pattern[str]:
    is_journey = slot.within_days is not None and slot.within_days > _LATELY
    return _CAME if is_journey else _MAY_MATTER[slot.type]
