"""What the wording of a question tells about its answers, where the script does not say it. Pure.

您是哪天回来的 asks for a day that was, 您哪天方便 for one to come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from campaign.patterns import compiled
from dialogs.script import Slot, SlotType, State, Tense, Variant

_GONE = compiled(
    "(?:哪|几[号月点]|什么时[候间]|多久|何时).{0,12}的[?？]?$|过(?:吗|没|"
    "[?？]|$)|了(?:吗|没有?)[?？]?$|上[次回一]|最近一[次回针]|出生|生日|当时|"
    "是哪天"
)
_TO_COME = compiled(
    "方便|有空|有时间|得空|打算|准备|计划|预计|预约|预订|约[在到]|改[到成在]|"
    "换[到成]|下[次回一]|合适|愿意|安排|来得及|"
    "[想要能会可]以?在?(?:从)?哪|[想要能会].{0,6}(?:来|去|到|搬|走|送|取|打|做|开始)|"
    "(?:哪[天一]|几号|什么时[候间]).{0,6}(?:来|去|开始|到|在家|可以|能|打|做|送|办|取|领|搬|走|约|行|回)"
)
_BEFORE_NOW = compiled("回来|来过|去过|[到回走打做吃住病发量测办交领出]的|开始的|得的|以前|那天")


def tense_of(question: str) -> Tense | None:
    """Which days a question asks about, by its wording; None where that does not tell."""
    if _GONE.search(question):
        return Tense.PAST
    if _TO_COME.search(question):
        return Tense.FUTURE
    return Tense.PAST if _BEFORE_NOW.search(question) else None


def with_questions(slots: Mapping[str, Slot], states: Mapping[str, State]) -> dict[str, Slot]:
    """The slots with the question that first asks for each, and what it tells about them."""
    asked: dict[str, str] = {}
    for state in states.values():
        if Variant.FIRST in state.prompts:
            asked.setdefault(state.slot, state.prompts[Variant.FIRST].plain)
    return {name: _with_question(slot, asked.get(name, "")) for name, slot in slots.items()}


def _with_question(slot: Slot, question: str) -> Slot:
    if slot.type is not SlotType.DATE:
        return replace(slot, question=question)
    return replace(slot, question=question, tense=slot.tense or tense_of(question or slot.label))
