"""What a reply to the answers that were said back holds: yes or no, and values said instead. Pure.

A number without a name (不对，是三十六度八) belongs to the one number that was said back. Where several were,
it says that they are not all right, unless it is one of them. Words that would deny an alarming answer where
it was asked for are a no: 我没咳嗽.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from campaign.records import SlotValue
from dialogs.machine import confirmation
from dialogs.machine.certainty import is_sure_in_passing
from dialogs.machine.piecemeal import taken_back
from dialogs.machine.unfailing import Unfailing
from dialogs.script import Script, SlotType
from dialogs.slots import Finding
from dialogs.understanding import Context, Reading
from dialogs.understanding.all_clear import is_all_clear


class Reply(NamedTuple):
    is_right: bool | None
    """None: neither yes nor no."""
    said_anew: Mapping[str, SlotValue]
    """By slot, of those that were said back."""
    added: tuple[SlotValue, ...]
    """Owned up to besides: 对，还有点头疼."""


@dataclass(frozen=True)
class Replies:
    """Reads replies to what was said back."""

    script: Script
    understanding: Unfailing
    value_of: Callable[[str, Finding], SlotValue]
    """Slot and finding to a value."""

    def read(
        self,
        heard: str,
        reading: Reading,
        context: Context,
        said_back: Sequence[SlotValue],
        known: Mapping[str, SlotValue],
    ) -> Reply:
        """The reply.

        Args:
            heard: Its words.
            reading: What they mean beside the confirming question.
            context: That question.
            said_back: The values that it said.
            known: All values so far.
        """
        one_by_one = taken_back(self.script, context.state, reading.text, said_back)
        if one_by_one is not None:
            said = {name: self.value_of(name, Finding(value, 1.0)) for name, value in one_by_one.items()}
            return Reply(False, said, ())
        numbers = [v for v in said_back if self.script.slots[v.name].type is SlotType.TEMPERATURE]
        unnamed = self._unnamed_number(heard, reading, context, numbers)
        findings = dict(reading.findings)
        if unnamed is not None and len(numbers) == 1:
            findings[numbers[0].name] = unnamed
        values = {name: self.value_of(name, finding) for name, finding in findings.items()}
        slots = self.script.slots
        sure = {name: value for name, value in values.items() if is_sure_in_passing(slots[name], value)}
        said_anew: Mapping[str, SlotValue] = {v.name: sure[v.name] for v in said_back if v.name in sure}
        asked = context.state.slot
        denials = slots[asked].values.get("no", ())
        # What the repair by sound makes of such a word, 没劲上, is no denial either.
        words = heard if confirmation.is_harmless(heard) else reading.text
        is_right = confirmation.agreement(values.get(asked), words, denials, is_anew=bool(said_anew))
        if is_right is None and said_anew and confirmation.adds(words):
            is_right = True
        if unnamed is not None and len(numbers) > 1 and all(v.value != unnamed.value for v in numbers):
            is_right = False
        if is_right is None and not said_anew and len(said_back) == 1:
            again = self._as_if_asked(heard, context, said_back[0].name)
            slot = slots[said_back[0].name]
            if again is not None and again.value == said_back[0].value and again.confidence >= slot.sure:
                is_right = True  # 接触过，就那一回
        if is_right is None and not said_anew:
            is_denied = any(self._is_denied(heard, context, value.name) for value in said_back)
            is_right = False if is_denied else None
        if is_right is False and not said_anew:
            said_anew = self._put_right(reading.text, context, said_back)
        open_slots = {asked, *(value.name for value in said_back)}
        return Reply(is_right, said_anew, self._added(sure, known, open_slots))

    def _added(
        self, sure: Mapping[str, SlotValue], known: Mapping[str, SlotValue], open_slots: Collection[str]
    ) -> tuple[SlotValue, ...]:
        return tuple(confirmation.added(self.script, known, sure, open_slots))

    def _unnamed_number(
        self, heard: str, reading: Reading, context: Context, numbers: Sequence[SlotValue]
    ) -> Finding | None:
        """A reading that is said without the time it was taken at."""
        slots = self.script.slots
        is_named = any(slots[name].type is SlotType.TEMPERATURE for name in reading.findings)
        if is_named or not numbers:
            return None
        return self._as_if_asked(heard, context, numbers[0].name)

    def _is_denied(self, heard: str, context: Context, name: str) -> bool:
        """Whether the reply says the contrary of an alarming answer: 我没咳嗽."""
        finding = self._as_if_asked(heard, context, name)
        slot = self.script.slots[name]
        return finding is not None and is_all_clear(slot, finding.value) and finding.confidence >= slot.sure

    def _put_right(
        self, words: str, context: Context, said_back: Sequence[SlotValue]
    ) -> Mapping[str, SlotValue]:
        """What is said instead of the one yes that was said back: 不对，没出去."""
        _, _, rest = words.partition(",")
        if len(said_back) != 1 or not rest:
            return {}
        slot = self.script.slots[said_back[0].name]
        finding = self._as_if_asked(rest, context, slot.name)
        if finding is None or slot.type is not SlotType.YES_NO or finding.confidence < slot.sure:
            return {}
        return {slot.name: self.value_of(slot.name, finding)}

    def _as_if_asked(self, heard: str, context: Context, name: str) -> Finding | None:
        """What the words would say if the slot had been asked for."""
        state = next((state for state in self.script.states.values() if state.slot == name), None)
        if state is None:
            return None
        finding = self.understanding.read(heard, replace(context, state=state)).findings.get(name)
        return finding if finding is not None and finding.value is not None else None
