"""What an answer means that rules and both readers leave open, where it was taught: a third opinion.

The rules know words, and both readers what residents have answered to the same question; they err alike. What
the words of a value mean (``meanings``) was taught by other questions, and errs otherwise. It is asked only
where something was found and is not sure: of what nobody finds anything in, most is said by a television.
Pure.

Laws:

- A no that was found, and is meant with ``_AGREED``, stands. Nothing that alarms does: it is asked again.
- Somebody of whom some complaint was found, but not surely, has none where the meaning is ``_WELL`` sure of
  every one (以为要感冒，喝了碗姜汤，睡一觉起来啥事没有).
- Who is not back yet is not told to have stayed at home.
- An all-clear must be meant by every wording that is at all likely to have been said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from campaign.patterns import compiled
from dialogs.script import Script, Slot, SlotType, State
from dialogs.slots import Finding
from dialogs.understanding.all_clear import is_all_clear
from dialogs.understanding.context import Reading, Wordings
from dialogs.understanding.written import normalised

_AGREED = 0.8
_WELL = 0.7
_LIKELY = 0.05
"""Share of another wording from which it counts."""
_NONE = "none"
_NOT_BACK = compiled("还?[没未](?:有|曾)?(?:回|归|返)")


def may_be_asked(script: Script, state: State) -> bool:
    """Whether a question was taught and chooses from values whose words are listed."""
    slot = script.slots[state.slot]
    is_chosen_from = slot.type in (SlotType.YES_NO, SlotType.SYMPTOMS) and len(slot.values) > 1
    return is_chosen_from and bool(slot.like) and bool(slot.question) and not state.confirms


def is_open(slot: Slot, reading: Reading) -> bool:
    """Whether something was found of a slot, but not surely."""
    found = reading.findings.get(slot.name)
    return (
        not reading.intent and found is not None and found.value is not None and found.confidence < slot.sure
    )


def with_third_opinion(
    slot: Slot, reading: Reading, wordings: Wordings, shares: Callable[[str], Mapping[str, float]]
) -> Reading:
    """The reading of what is open, with what the answer means.

    Args:
        slot: What was asked.
        reading: Of rules and readers.
        wordings: What else may have been said, each with its share of all that may, 0..1.
        shares: How probable the values of the slot are, by words (``Meanings.shares``).
    """
    found = reading.findings[slot.name]
    told = settled(slot, found, shares(reading.text), reading.text)
    if told is None:
        return reading
    if is_all_clear(slot, told.value):
        others = (normalised(other) for other, share in wordings if share >= _LIKELY)
        if any(settled(slot, found, shares(other), other) is None for other in others):
            return reading
    return replace(reading, findings={**reading.findings, slot.name: told})


def settled(slot: Slot, found: Finding, shares: Mapping[str, float], text: str) -> Finding | None:
    """What was found, for sure, or what is meant instead; None where it stays open.

    Args:
        slot: Whose value.
        found: What rules and readers found.
        shares: How probable the values are (``Meanings.shares``).
        text: The answer, normalised.
    """
    if slot.type is SlotType.SYMPTOMS:
        sure = min(share if value == _NONE else 1.0 - share for value, share in shares.items())
        return Finding([], sure) if sure >= _WELL else None
    is_no = not found.value and shares.get("no", 0.0) >= _AGREED and not _NOT_BACK.search(text)
    return Finding(False, shares["no"]) if is_no else None
