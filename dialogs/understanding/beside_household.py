"""What is told of others of the household and would matter of the resident: 我没有，就是孩子有点咳嗽.

Matters what the grading table would find alarming: a fever, a symptom, a journey. It is read as the resident
would have said it of himself; what is denied or over is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from campaign.patterns import compiled
from campaign.records import Remark, SlotValue
from dialogs.language.grammar import ANY_KIN
from dialogs.language.remarks.household import of_others
from dialogs.script import Script, Slot, SlotType
from dialogs.slots import Finding
from dialogs.understanding.context import Context, Reading, Wordings
from dialogs.understanding.for_another import tells_apart
from dialogs.understanding.intents import noting, takes_remarks

Read = Callable[[str, str, Context, Wordings], Reading]
OF_ONE = (SlotType.SYMPTOMS, SlotType.TEMPERATURE, SlotType.PLACE, SlotType.DATE, SlotType.YES_NO)
"""Kinds of slots about one person; how many live there is told of all."""
_FELT = (SlotType.SYMPTOMS, SlotType.TEMPERATURE)
_MAY_MATTER = {
    SlotType.SYMPTOMS: compiled(
        "[烧咳吐泻疼痛拉喘晕累乏堵塞涕肿痒麻哑蔫]|没[劲力]|不舒服|难受|不得劲|感冒|[鼻嗓]|病"
    ),
    SlotType.TEMPERATURE: compiled("三十[七八九](?:度|点|[一二三四五六七八九])|四十度"),
    SlotType.YES_NO: compiled("出[了去过门]|下楼|回来"),
}
"""Without any of these nothing is looked for: cheaper than reading."""
_CAME = compiled("[从打](?!电话).{2,}[来回]|去了?.{2,}回|回北?京|返京")
"""A journey matters of who came from it to live here; 我儿子在深圳 does not."""
_LATELY = 2
"""Days up to which it is asked who left the house, and not who was on a journey."""
_SO_AM_I = compiled("(?:我|俺)(?:自己)?也(?:有[点些]|是|一样|这样|差不多)[^,;]{0,2}(?:$|[,;])")
"""舅舅发烧了，我也有点: what he has tells what I have."""
_HIS_KIN = compiled(f"[他她]的?{ANY_KIN}")
_IS_NEEDED = compiled(
    "药|喷雾|氧气|呼吸机|轮椅|缺|快(?:没|空|见底|[用吃]完)|断了|[捎带寄拉送买拿运开](?:回)?来|给[我俺]?们?[拉捎带送寄]|电话|视频"
)
"""老伴的哮喘喷雾快见底了 tells what is needed, 儿子拉来一车白菜 what is there."""
_IS_OVER = compiled("[烧咳吐拉病]过|好了|退了|退烧|不[烧咳]了")


@dataclass(frozen=True)
class _Parted:
    """An answer without what is told of others."""

    remark: str
    """What is told of them, in Chinese as it was said."""
    own: str
    """What is plainly told of the resident besides; empty where nothing is."""


class Household:
    """Reads answers beside which something is told of others.

    Args:
        script: Whose grading tells what matters. One without an intent that keeps such remarks has none.
        answer: Reads an answer by itself: the words heard, the same in their clauses, what they answer, and
            what else may have been said.
        of_the_resident: The same of an answer with all that is said beside it, but of others.
    """

    def __init__(self, script: Script, answer: Read, of_the_resident: Read) -> None:
        self._script = script
        self._keeping = noting(script, Remark.HOUSEHOLD)
        self._answer, self._of_the_resident = answer, of_the_resident
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

    def read(self, heard: str, text: str, context: Context, wordings: Wordings) -> Reading | None:
        """The reading of an answer with what matters of others in the slot that keeps it; None where nothing
        of them matters."""
        parted = self._parted(text, context) if self._keeping is not None else None
        if parted is None or self._keeping is None:
            return None
        slot = self._script.slots[context.state.slot]
        reading = self._of_the_resident(heard, text, context, wordings)
        who = (reading.findings.get(name) for name in self._script.speaker_slots)
        is_by_family = any(found and found.value == "family" for found in who)
        if slot.of_others or is_by_family or not takes_remarks(self._script, reading.intent):
            return reading
        if slot.type in OF_ONE and not context.state.confirms:
            own = parted.own and self._of_the_resident(parted.own, parted.own, context, wordings)
            told = self._told_of_him(own or None, reading, slot)
            if told is None:
                return reading
            reading = told
        if slot.type is SlotType.TEXT:
            reading = _without_what_is_told(reading, slot, parted.remark)
        findings = {**reading.findings, self._keeping.keep: Finding(parted.remark, 1.0)}
        intent = reading.intent or self._keeping.name
        return replace(reading, text=text, findings=findings, intent=intent)

    def _parted(self, text: str, context: Context) -> _Parted | None:
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
        return _Parted("，".join(told).replace(",", "，"), others.rest if others.is_own else "")

    def _matters(self, own: str, context: Context) -> bool:
        if _IS_OVER.search(own) or _IS_NEEDED.search(own):
            return False
        asking = ((state, self._script.slots[state.slot]) for state in self._asking)
        return any(
            self._is_alarming(
                self._answer(own, own, replace(context, state=state, is_by_family=False), ()), slot
            )
            for state, slot in asking
            if _may_matter(slot).search(own)
        )

    def _is_alarming(self, reading: Reading, slot: Slot) -> bool:
        found = reading.findings.get(slot.name)
        if found is None or found.value is None or found.confidence < slot.sure:
            return False
        return slot.name in self._script.alarming({slot.name: SlotValue(slot.name, found.value)})

    def _told_of_him(self, own: Reading | None, whole: Reading, slot: Slot) -> Reading | None:
        """The reading of an answer beside what is told of others; None where that may be of the resident.

        Args:
            own: Of what is plainly about the resident, if anything is.
            whole: Of all of it.
            slot: What was asked.
        """
        found = whole.findings.get(slot.name)
        is_sure = found is not None and found.value is not None and found.confidence >= slot.sure
        alarms = bool(found and self._script.alarming({slot.name: SlotValue(slot.name, found.value)}))
        is_harmless = is_sure and not alarms
        of_him = own.findings.get(slot.name) if own is not None else None
        if own is None or of_him is None or of_him.value is None or of_him.confidence < slot.sure:
            if own is not None and not is_harmless and slot.type in _FELT:
                return Reading(whole.text)  # 孩子三十七度六，我们大人三十六度多
            return whole if is_harmless else None  # 老太太有点喘: most likely the resident
        is_same = found is not None and of_him.value == found.value
        if is_same and alarms and slot.type is SlotType.YES_NO:
            return None  # 去了，姥娘过寿，前天回的
        if is_harmless and not is_same:
            return whole
        of_all = {n: f for n, f in whole.findings.items() if self._is_of_all(n)}
        of_his = {n: f for n, f in own.findings.items() if n == slot.name or n in whole.findings}
        return replace(whole, findings={**of_all, **of_his})

    def _is_of_all(self, name: str) -> bool:
        """Contacts, and questions to the community, may be told of anybody."""
        return bool(self._script.slots[name].of_others) or name in self._script.remark_slots


def _may_matter(slot: Slot) -> re.Pattern[str]:
    is_journey = slot.is_journey and (slot.within_days or 0) > _LATELY
    return _CAME if is_journey else _MAY_MATTER[slot.type]


def _without_what_is_told(reading: Reading, slot: Slot, remark: str) -> Reading:
    """孩子这发烧，上哪个医院看 names no need of its own."""
    found = reading.findings.get(slot.name)
    if found is None or not found.value:
        return reading
    needs = [need for need in str(found.value).split("、") if need not in remark.split("，")]
    return replace(reading, findings={**reading.findings, slot.name: replace(found, value="、".join(needs))})
