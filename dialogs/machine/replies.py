"""What a reply to the answers that were said back holds: yes or no, and values said instead. Pure.

A number without a name (不对，是三十六度八) belongs to the one number that was said back. Where several were,
it says that they are not all right, unless it is one of them. Words that would deny an alarming answer where
it was asked for are a no: 我没咳嗽.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from campaign.patterns import compiled
from campaign.records import SlotValue
from dialogs.machine import confirmation
from dialogs.machine.certainty import is_sure_in_passing
from dialogs.machine.in_passing import is_named, measured_anew, puts_right
from dialogs.machine.piecemeal import (
    is_affirmed,
    named_as_wrong,
    rest_is_right,
    taken_back,
    tells_whose,
    told_besides,
    told_instead,
)
from dialogs.machine.unfailing import Unfailing
from dialogs.script import Script, SlotType
from dialogs.slots import Finding
from dialogs.slots.yes_no.untrue import leaves_unknown
from dialogs.understanding import Context, Reading, normalised
from dialogs.understanding.all_clear import is_all_clear

_IS_WELL = compiled("没(?:啥|什么)?(?:毛病|事|病)|好着|[都挺很]好|老毛病|正常")
_JUST_THAT = compiled("[啊哦嗯哎]*,?(?:那|这)?(?:我|他|她)?(?:这|那)?(?:就|都|还)?是")
_UNSURE_OF_IT = compiled(
    "(?:接触(?:没接触|过?没有|不接触|病人|这个?|那个?|的?事儿?)?过?|[碰见遇](?:没|不)[碰见遇]过?[到着上]?|有没有接触过?|[这那](?:个|条|一[条项点]))"
    "[^,;有]{0,4}(?:说不[好准清上]|不好说|难说|不敢(?:肯定|确定|说|保证)|不(?:能)?(?:确定|肯定)|拿不准|吃不准|没准|不清楚|不晓得)"
)
"""接触没接触我真说不好: neither a yes nor a no."""
_REST_IS_RIGHT = compiled("都?对(?!不)|没错|是的")
_WELL = 0.9
"""Confidence from which nothing is wrong after all."""
_NOT_THAT_BUT_THIS = compiled(
    "(?P<part>嗓子|喉咙|鼻子|头|肚子|腰|腿|胸口?|眼睛|身上)[就只]?是(?P<this>[一-鿿]{1,2})[,，]?"
    "(?:不是|[倒可并也]不)(?P<not>[一-鿿]{1,2})(?=$|[,，。的了啊])"
)
"""嗓子是干不是疼; 嗓子就是干，倒不疼."""
_NUMBERS = (SlotType.TEMPERATURE, SlotType.NUMBER, SlotType.COUNT)
_PUT_RIGHT = (*_NUMBERS, SlotType.DATE)
_COUNTED = {SlotType.COUNT: ("个人", "口人", "俩人", "仨人")}
"""What a number is of, beside the label of its slot."""


class Reply(NamedTuple):
    is_right: bool | None
    """None: neither yes nor no."""
    said_anew: Mapping[str, SlotValue]
    """By slot, of those that were said back."""
    added: tuple[SlotValue, ...] = ()
    """Owned up to besides: 对，还有点头疼."""
    denied: frozenset[str] = frozenset()
    """Slots of which nothing is left, while others stand: to be asked once more."""


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
        plain = _NOT_THAT_BUT_THIS.sub(r"\g<part>不\g<not>,是\g<part>\g<this>", heard)
        # What the repair by sound makes of 没记上, 没劲上, is nothing that was said.
        words = plain if plain != heard or confirmation.is_harmless(heard) else reading.text
        heard = plain
        numbers = [v for v in said_back if self.script.slots[v.name].type is SlotType.TEMPERATURE]
        unnamed = self._unnamed_number(heard, reading, context, numbers)
        findings = dict(reading.findings)
        if unnamed is not None and len(numbers) == 1:
            findings[numbers[0].name] = unnamed
        findings |= self._readings_of_today(heard, context, numbers, findings)
        values = {name: self.value_of(name, finding) for name, finding in findings.items()}
        slots = self.script.slots
        sure = {name: value for name, value in values.items() if is_sure_in_passing(slots[name], value)}
        said_anew: Mapping[str, SlotValue] = {
            v.name: self._without_denied(sure[v.name], words, context) for v in said_back if v.name in sure
        }
        if (doubted := self._not_known(normalised(heard), said_back)) is not None:
            return Reply(True, doubted)
        one_by_one = self._taken_back(words, normalised(heard), context, said_back)
        if one_by_one is not None:
            anew = {number.name: said_anew[number.name] for number in numbers if number.name in said_anew}
            instead = {
                v.name: told_instead(self.script, context.state, words, v)
                for v in said_back
                if v.name in one_by_one and isinstance(v.value, list)
            }
            left = {
                name: [*value, *instead.get(name, ())] if isinstance(value, list) else value
                for name, value in one_by_one.items()
            }
            return self._one_by_one(left, anew, words, context)
        told = self._told_besides(heard, words, context, said_back, said_anew, unnamed, reading)
        if told is not None:
            is_changed = any(told[value.name].value != value.value for value in said_back)
            besides = self._put_right_besides(normalised(heard), context, known, told)
            added = self._added(sure, known, {context.state.slot, *told})
            return Reply(not is_changed, told, (*added, *besides))
        asked = context.state.slot
        denials = slots[asked].values.get("no", ())
        is_right = confirmation.agreement(values.get(asked), words, denials, is_anew=bool(said_anew))
        if is_right is None and said_anew and confirmation.adds(words):
            is_right = True
        if is_right is None and is_affirmed(self.script, context.state, words, said_back):
            is_right = True  # 咳嗽是对的
        if is_right is None and not said_anew and self._is_called_chronic(words, reading):
            is_right = True  # 就是老关节炎，不是感冒那种
        if unnamed is not None and len(numbers) > 1 and all(v.value != unnamed.value for v in numbers):
            is_right = False
        if is_right is None and not said_anew and len(said_back) == 1:
            plain = confirmation.without_harmless(normalised(heard)) or heard
            again = self._as_if_asked(plain, context, said_back[0].name)
            slot = slots[said_back[0].name]
            if again is not None and again.value == said_back[0].value and again.confidence >= slot.sure:
                is_right = True  # 接触过，就那一回
        if is_right is None and not said_anew:
            is_denied = any(self._is_denied(heard, context, value.name) for value in said_back)
            is_right = False if is_denied else None
        if is_right is False and not said_anew:
            said_anew = self._put_right(reading.text, context, said_back) or self._well(
                heard, context, said_back
            )
        open_slots = {asked, *(value.name for value in said_back)}
        return Reply(is_right, said_anew, self._added(sure, known, open_slots))

    def _one_by_one(
        self,
        told: Mapping[str, Any],
        numbers: Mapping[str, SlotValue],
        words: str,
        context: Context,
    ) -> Reply:
        """What is left after 接触那个不对，别的对, and the ``numbers`` said besides.

        Where nothing is left of a list it is asked once more, unless it is told whose it was:
        发烧的是我儿子，我三十六度七.
        """
        is_told_whose = tells_whose(words, is_by_family=context.is_by_family)
        denied = frozenset(name for name, value in told.items() if value == [] and not is_told_whose)
        said = {name: self.value_of(name, Finding(value, 1.0)) for name, value in told.items()}
        said.update(numbers)
        return Reply(False, {n: v for n, v in said.items() if n not in denied}, denied=denied)

    def _taken_back(
        self, words: str, heard: str, context: Context, said_back: Sequence[SlotValue]
    ) -> Mapping[str, Any] | None:
        """What is left of what is taken back by name, in the words after repair or as they were heard (没力气
        那个不算, which sounds like 不爽), or of the one list where it is put otherwise:
        不是疼就是有点痒，其他对."""
        for said in dict.fromkeys((words, heard)):
            left = taken_back(self.script, context.state, said, said_back)
            if left is not None:
                return left
        lists = [value.name for value in said_back if isinstance(value.value, list) and value.value]
        if len(lists) != 1 or not (rest_is_right(words) and confirmation.denies_something(words)):
            return None
        return {value.name: [] if value.name in lists else value.value for value in said_back}

    def _not_known(self, heard: str, said_back: Sequence[SlotValue]) -> Mapping[str, SlotValue] | None:
        """What turns out not to be known where the rest is right: 前头几样都对，俺儿子得没得病俺不知道."""
        met = [value.name for value in said_back if self.script.slots[value.name].of_others]
        is_unsure = _UNSURE_OF_IT.search(heard) is not None
        if len(met) != 1 or not (is_unsure or (_REST_IS_RIGHT.search(heard) and leaves_unknown(heard))):
            return None
        return {met[0]: self.value_of(met[0], Finding(None, 1.0))}

    def _without_denied(self, value: SlotValue, words: str, context: Context) -> SlotValue:
        """不适就是腰疼，别给我记成发烧了啊."""
        if not isinstance(value.value, list) or not value.value:
            return value
        wrong = named_as_wrong(self.script, context.state, words, self.script.slots[value.name])
        return replace(value, value=[one for one in value.value if one not in wrong] or value.value)

    def _told_besides(
        self,
        heard: str,
        words: str,
        context: Context,
        said_back: Sequence[SlotValue],
        said_anew: Mapping[str, SlotValue],
        unnamed: Finding | None,
        reading: Reading,
    ) -> Mapping[str, SlotValue] | None:
        """What stands after a yes with more behind it (对，还有浑身没劲), or after 别的都对; None for other
        replies. Nothing is taken from a list, and no yes becomes a no; a number that is said is the new
        one."""
        is_rest_right = rest_is_right(words)
        if not confirmation.assents_first(confirmation.without_harmless(words)) and not is_rest_right:
            return None
        slots = self.script.slots
        numbers = [value for value in said_back if slots[value.name].type in _NUMBERS]
        if unnamed is not None and (named := self._of_a_time(words, numbers)):
            said_anew = {named: self.value_of(named, unnamed), **said_anew}
        is_meant = is_rest_right or measured_anew(words)
        if not is_meant and any(said_anew.get(v.name, v).value != v.value for v in numbers):
            return None  # 对，三十六度八: which of both is it?
        stands: dict[str, SlotValue] = {}
        for value in said_back:
            if isinstance(value.value, list):
                more = self._more_of(value, heard, context, reading)
                anew = replace(value, value=[*value.value, *more], raw=heard if more else value.raw)
            else:
                anew = said_anew.get(value.name, value) if value in numbers else value
            stands[value.name] = replace(anew, is_certain=True)
        return stands

    def _more_of(self, value: SlotValue, heard: str, context: Context, reading: Reading) -> Sequence[str]:
        """What a reply adds to a list: 对，还有浑身没劲; 对，今儿早起还咳上了. 对，我还有高血压 has a place
        of its own."""
        words = normalised(heard)
        named = told_besides(self.script, context.state, words, value)
        if named or not confirmation.adds(words) or self._tells_what_nobody_asks(reading):
            return named
        found, slot = self._as_if_asked(words, context, value.name), self.script.slots[value.name]
        if found is None or found.confidence < slot.sure:
            return ()
        return [one for one in found.value if one not in value.value]

    def _is_called_chronic(self, words: str, reading: Reading) -> bool:
        """Whether a complaint is told to be what is chronic, and nothing is denied."""
        is_told = _JUST_THAT.match(words) is not None and self._tells_what_nobody_asks(reading)
        return is_told and not confirmation.denies_any(words)

    def _tells_what_nobody_asks(self, reading: Reading) -> bool:
        found = (self.script.slots[name] for name, finding in reading.findings.items() if finding.value)
        return any(slot.type is SlotType.MULTI_CHOICE and not slot.question for slot in found)

    def _put_right_besides(
        self, words: str, context: Context, known: Mapping[str, SlotValue], said_back: Collection[str]
    ) -> Iterator[SlotValue]:
        """Numbers and days that were not said back, named and put right: 对，不过人数说错了，是两个人."""
        is_correction = puts_right(words)
        readings = [
            value for name, value in known.items() if self.script.slots[name].type is SlotType.TEMPERATURE
        ]
        of_a_time = self._of_a_time(words, readings)
        for name, value in known.items():
            slot = self.script.slots[name]
            is_told = is_named(slot, words) or any(part in words for part in _COUNTED.get(slot.type, ()))
            is_meant = is_told and (is_correction or slot.type is SlotType.TEMPERATURE)
            if slot.type is SlotType.TEMPERATURE and of_a_time not in ("", name):
                continue
            if slot.type not in _PUT_RIGHT or name in said_back or not is_meant:
                continue
            found = self._as_if_asked(words, context, name)
            if found is not None and found.value != value.value and found.confidence >= slot.sure:
                yield replace(self.value_of(name, found), raw=confirmation.both(value.raw, words))

    def _of_a_time(self, words: str, numbers: Sequence[SlotValue]) -> str:
        """Which of the numbers a reply is about: 昨晚那个说错了; empty where that is not told."""
        told = [v.name for v in numbers if any(cue in words for cue in self.script.slots[v.name].cue)]
        return told[0] if len(told) == 1 else numbers[0].name if len(numbers) == 1 else ""

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

    def _readings_of_today(
        self, heard: str, context: Context, numbers: Sequence[SlotValue], findings: Mapping[str, Finding]
    ) -> Mapping[str, Finding]:
        """Which of several readings is meant, where only one is asked for: 三十七度五是今天的，昨晚
        三十七度八."""
        slots = self.script.slots.values()
        if sum(slot.type is SlotType.TEMPERATURE for slot in slots) > 1:
            return {}
        told = {v.name: self._as_if_asked(heard, context, v.name) for v in numbers if v.name in findings}
        return {name: finding for name, finding in told.items() if finding is not None}

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

    def _well(self, heard: str, context: Context, said_back: Sequence[SlotValue]) -> Mapping[str, SlotValue]:
        """What is told instead of the one list that was said back, where it is that nothing is wrong, and why
        it was said: 不是不是，我就是坐车坐累了，没毛病. A mere no is asked again."""
        lists = [value.name for value in said_back if isinstance(value.value, list)]
        if len(said_back) != 1 or len(lists) != 1 or not _IS_WELL.search(heard):
            return {}
        finding = self._as_if_asked(heard, context, lists[0])
        is_well = finding is not None and finding.value == [] and finding.confidence >= _WELL
        return {lists[0]: self.value_of(lists[0], finding)} if is_well and finding is not None else {}

    def _as_if_asked(self, heard: str, context: Context, name: str) -> Finding | None:
        """What the words would say if the slot had been asked for."""
        state = next((state for state in self.script.states.values() if state.slot == name), None)
        if state is None:
            return None
        finding = self.understanding.read(heard, replace(context, state=state)).findings.get(name)
        return finding if finding is not None and finding.value is not None else None
