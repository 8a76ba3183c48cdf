"""What a call knows so far, and what becomes of it with each answer. No I/O; changed by the dialog alone."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
from dataclasses import replace

from campaign.patterns import compiled
from campaign.records import SlotValue
from dialogs.machine.certainty import is_sure_in_passing, is_told_unknown
from dialogs.machine.confirmation import asked_anew, both
from dialogs.machine.in_passing import PUT_RIGHT, kept, taken_back_by_name, told_besides, with_volunteered
from dialogs.script import Script, SlotType, State, Tense
from dialogs.slots import Finding

_REFUSES = compiled("不[用要必]|不需|用不着|甭|没(?:什么|啥)?事|不麻烦|算了|没什么$|没啥$")


class Answers:
    """The values of one call.

    Args:
        script: Whose slots they are of.
        known: Those of an earlier call, which are not asked for again.
    """

    def __init__(self, script: Script, known: Mapping[str, SlotValue]) -> None:
        self._script = script
        self.slots: dict[str, SlotValue] = dict(known)
        self._asked: set[str] = set()
        """Slots whose question is over, whatever came of it."""
        self._begun: set[str] = set()
        """Slots with a list of which something was told before it was asked for."""
        self._denied: dict[str, SlotValue] = {}
        """By slot what was said back and is wrong, until it is told anew."""

    def __copy__(self) -> Answers:
        twin = object.__new__(type(self))
        for name, value in vars(self).items():
            setattr(twin, name, copy.copy(value) if isinstance(value, dict | set) else value)
        return twin

    # --- what is known ----------------------------------------------------------------------------------

    def is_settled(self, name: str) -> bool:
        """Known, or asked in this call as often as it may be."""
        answer = self.slots.get(name)
        return answer is not None and not self.is_begun(name) and (answer.is_certain or name in self._asked)

    def is_begun(self, name: str) -> bool:
        """Whether something of a list was told before it was asked for: 三十八度，发烧呢."""
        return name in self._begun - self._asked

    def is_denied(self, name: str) -> bool:
        """Whether it was said back, is wrong, and was not told anew yet."""
        return name in self._denied

    def is_away(self, findings: Mapping[str, Finding]) -> bool:
        """Whether the resident is not at home, so that no day is that of a return.

        Args:
            findings: What was understood just now.
        """
        homes = [name for name, slot in self._script.slots.items() if slot.place]
        known = (self.slots[name].value for name in homes if name in self.slots)
        return False in (*known, *(findings[name].value for name in homes if name in findings))

    # --- what is said -----------------------------------------------------------------------------------

    def accept(self, answer: SlotValue) -> None:
        """The answer to the question that was asked."""
        if self.is_begun(answer.name):
            answer = with_volunteered(self.slots[answer.name], answer)
        denied = self._denied.pop(answer.name, None)
        self.slots[answer.name] = asked_anew(denied, answer) if denied else answer
        self._asked.add(answer.name)
        self._take_back_whole(answer)

    def _take_back_whole(self, answer: SlotValue) -> None:
        """Who needs nothing after all needs no help: 我说了不用."""
        slot = self._script.slots[answer.name]
        whole = self.slots.get(slot.part_of)
        is_none = slot.type is SlotType.TEXT and answer.is_certain and answer.value == ""
        if is_none and whole is not None and _REFUSES.search(answer.raw):
            self.slots[whole.name] = replace(whole, value=False, raw=both(whole.raw, answer.raw))

    def keep_in_passing(
        self,
        values: Mapping[str, SlotValue],
        words: str,
        *,
        open_slots: Collection[str],
        is_away: bool,
        is_confirming: bool,
    ) -> bool:
        """Keep answers to other questions, in the place of one that is certain only where they count for
        more; whether there were any.

        Args:
            values: By slot.
            words: In which they were told.
            open_slots: What the question is about.
            is_away: Whether the resident is not at home.
            is_confirming: Whether the question says answers back.
        """
        before = dict(self.slots)
        for name, value in values.items():
            slot, known = self._script.slots[name], self.slots.get(name)
            is_no_return = slot.tense is Tense.PAST and is_away
            if name not in open_slots and known is None and is_told_unknown(value):
                self.slots[name] = value
                self._asked.add(name)  # 昨晚忘了量: asking is of no use
            if name in open_slots or is_no_return or not is_sure_in_passing(slot, value):
                continue
            if known is None:
                self.slots[name] = value
                if isinstance(value.value, list) and value.value:
                    self._begun.add(name)
            elif name in self._script.remark_slots:
                self.slots[name] = told_besides(known, value)
            elif not known.is_certain:
                self.slots[name] = replace(value, raw=both(known.raw, value.raw))
            elif not is_confirming or slot.type in (*PUT_RIGHT, SlotType.TEXT, SlotType.PLACE):
                self.slots[name] = kept(slot, known, value, words) or known
        return self.slots != before

    def take_back_by_name(self, state: State, words: str) -> None:
        """Things of lists that are said not to be so where another question is open: 胸闷那个别记."""
        for name, known in self.slots.items():
            if name != state.slot and not (state.confirms and isinstance(known.value, list)):
                self.slots[name] = taken_back_by_name(self._script, state, words, known) or known

    def take_back(self, journey: SlotValue) -> None:
        """A journey that was believed did not happen: nothing of it is known any more."""
        known = self.slots.get(journey.name)
        self.slots[journey.name] = replace(journey, raw=both(known.raw, journey.raw)) if known else journey
        for name in self._script.slots:
            if self._script.journey_of(name) == journey.name:
                self.slots.pop(name, None)

    def deny(self, value: SlotValue, doubted: SlotValue) -> None:
        """What was said back is wrong and will be asked once more; until then it is kept as ``doubted``."""
        self._denied[value.name] = value
        self.slots[value.name] = doubted
        self._asked.discard(value.name)

    def forget_speakers(self) -> None:
        """Somebody else has come to the telephone."""
        for name in self._script.speaker_slots:
            self.slots.pop(name, None)
            self._asked.discard(name)
