"""Whether what the robot tells residents to say is understood: 药没了请按三 teaches them to say 药没了."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaign.patterns import compiled
from dialogs.checks.problem import Problem
from dialogs.script import Script, SlotType, State, Variant
from dialogs.slots import value_of_key
from dialogs.understanding.single_answer import read_answer

_OFFERED = compiled("(?P<words>[^，,。；;、？?]{1,12}?)(?:的话)?(?:，)?请?按(?P<key>[零一二三四五六七八九])")
_DIGITS = {word: str(number) for number, word in enumerate("零一二三四五六七八九")}
_CHOSEN_FROM = (SlotType.YES_NO, SlotType.CHOICE, SlotType.MULTI_CHOICE)


def misunderstood_offers(script: Script, today: date) -> Iterator[Problem]:
    """One warning for each wording that is offered beside a key and not understood as its value."""
    for state in script.states.values():
        slot = script.slots[state.slot]
        if slot.type not in _CHOSEN_FROM or Variant.KEYS not in state.prompts or state.confirms:
            continue
        for words, written in _offers(state):
            read = read_answer(script, state.slot, words, today)
            wanted = value_of_key(slot, written)
            is_sure = read.confidence.get(slot.name, 0.0) >= slot.sure
            if not read.intent and (not is_sure or read.values.get(slot.name) != wanted):
                yield Problem(
                    f"/states/{state.name}/prompts/keys",
                    f"状态 {state.name}: keys 教居民说“{words}”，他们照着说却听不懂；"
                    f"请把“{words}”写进内容 {slot.name} 的 values 里 {written} 的说法",
                    is_warning=True,
                )


def _offers(state: State) -> Iterator[tuple[str, str]]:
    """Words, and the value of their key."""
    for match in _OFFERED.finditer(state.prompts[Variant.KEYS].text):
        written = state.keys.get(_DIGITS[match["key"]])
        if written is not None:
            yield match["words"], written
