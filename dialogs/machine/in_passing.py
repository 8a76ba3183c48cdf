"""What is said beside the answer to another question. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from campaign.patterns import compiled
from campaign.records import SlotValue
from dialogs.language.grammar import ANY_KIN
from dialogs.language.numerals import temperatures
from dialogs.machine.confirmation import both
from dialogs.machine.piecemeal import taken_back
from dialogs.machine.speaker import AT_HOME
from dialogs.script import Script, Slot, SlotType, State
from dialogs.slots import Finding

PUT_RIGHT = (SlotType.TEMPERATURE, SlotType.COUNT, SlotType.NUMBER, SlotType.DATE, SlotType.PLACE)
"""Kinds of slots that are put right in passing."""
_CORRECTS = compiled(
    "[说看记弄搞讲报]错|看岔|不对(?!劲)|更正|纠正|应该[算是]|(?:现在|所以)就?[剩只]|现在就|忘了?[算说]|[漏少][说算数]|搬[来走]|那(?:就)?[是成][一二两三四五六七八九]+[口个]|对了[,，]?[^,，]{0,3}还有|不是[^,，]{2,9}[,，]?就?是"
    "|不是(?:就|只|才)?(?:我们?)?[一二两俩仨三四五六七八九]"
    f"|(?:刚才|刚刚|前面|上面)[^,，是]{{0,10}}[,，]?是(?:我|俺|咱)?们?家?的?(?:{ANY_KIN})"
)
"""Also where what was said is somebody else's: 刚才那三十八度五是我儿子."""


def kept(slot: Slot, known: SlotValue, value: SlotValue, words: str) -> SlotValue | None:
    """What becomes of a certain answer; None where it stays as it is.

    A number, day or place is put right (哎不对，刚才看错了，是三十六度六), what was denied is owned up to
    (哦对了，二十二号我回了趟保定), to a list or place something is added (三十七度八，嗓子也疼;
    还跑了趟杭州), or somebody else speaks.

    Args:
        slot: Of both values.
        known: What is certain.
        value: What is said now.
        words: In which.
    """
    raw = both(known.raw, value.raw)
    if isinstance(known.value, list) and known.value and isinstance(value.value, list):
        more = [*dict.fromkeys((*known.value, *value.value))]
        return replace(known, value=more, raw=raw) if len(more) > len(known.value) else None
    if slot.type is SlotType.TEXT and known.value and value.value and _MORE_NEEDED.search(words):
        needed = needed_besides(known.value, value)
        return replace(known, value=f"{known.value}、{needed}", raw=raw) if needed else None
    if _may_replace(slot, known, value, words):
        return replace(value, raw=raw)
    if slot.type is SlotType.PLACE and _ANOTHER.search(words) and _is_another(known.value, value.value):
        return replace(value, value=known.value + value.value, raw=raw)  # 对了，我还跑了趟杭州
    return None


_MORE_NEEDED = compiled("再|还|另外|对了|想起|加")
_ASKS_WHEN = compiled("(?:什么|啥)时候|几点|多会儿|哪天|多久")


def needed_besides(known: str, said: SlotValue) -> str:
    """What is needed besides what is known already; empty where it is only asked when that comes: 那水
    什么时候能送来."""
    needs = [need for need in said.value.split("、") if need not in known]
    return "" if _ASKS_WHEN.search(said.raw) else "、".join(needs)


def told_besides(known: SlotValue, said: SlotValue) -> SlotValue:
    """Remarks, one after the other; what is said again once."""
    remarks = dict.fromkeys((*str(known.value).split("；"), *str(said.value).split("；")))
    return replace(known, value="；".join(remarks), raw=both(known.raw, said.raw))


_ANOTHER = compiled(
    "对了|[也还又]去了?(?:一?趟|过)|[也还又]去过|[还又也](?:[去到回上跑在从转]|顺[道路便])|另外|想起来"
)


def _is_another(known: object, place: object) -> bool:
    """Whether a place is none of those that are known already."""
    return bool(known) and bool(place) and not (str(place) in str(known) or str(known) in str(place))


def _may_replace(slot: Slot, known: SlotValue, value: SlotValue, words: str) -> bool:
    if slot.type is SlotType.IDENTITY:
        return value.value in AT_HOME
    if slot.type in PUT_RIGHT:
        is_reading = slot.type is SlotType.TEMPERATURE
        return value.value is not None and (
            puts_right(words) or (is_reading and (is_named(slot, words) or measured_anew(words)))
        )
    if slot.type is SlotType.TEXT:
        return not known.value and bool(value.value)
    if slot.place:
        return known.value is True and value.value is False and _STILL_AWAY.search(words) is not None
    return known.value in (False, []) and bool(value.value)


_STILL_AWAY = compiled("还没(?:有)?回|(?:这会儿?|现在|眼下|人)(?:人)?还?在|还在|没在|不在")
"""我人还在廊坊: who has said that he is at home is not."""


def is_named(slot: Slot, words: str) -> bool:
    """Whether it is told what a value is of: 体温是三十六度六啊, 早上三十七度九, 人数说错了."""
    label = (slot.label[at : at + 2] for at in range(len(slot.label) - 1))
    return any(word in words for word in (*label, *slot.cue))


def puts_right(words: str) -> bool:
    """Whether something that was said before is said to be wrong: 刚才看错了."""
    return _CORRECTS.search(words) is not None


def measured_anew(words: str) -> bool:
    """Whether another reading was taken meanwhile: 刚才又量了，三十八度一."""
    return _MEASURED_ANEW.search(words) is not None


_MEASURED_ANEW = compiled(
    "(?:又|重新?|再|刚才?|刚刚|后来|这会儿?)(?:又|重新?|再|给)?[量测](?:了|咧|的|一|着|过)?"
)
_TAKEN_BACK = compiled("别(?:给我?)?[记写算]|去掉|划掉|删|取消|不算|(?:记|说|弄|搞)错|不是(?:我|这)")


def taken_back_by_name(script: Script, state: State, words: str, known: SlotValue) -> SlotValue | None:
    """A list of which something is taken back where other things are asked for (胸闷那个别记), or what is not
    needed any more (米面先甭买了); None where nothing is, or nothing would be left of a list."""
    if script.slots[known.name].type is SlotType.TEXT:
        if not known.value or not _UNWANTED.search(words):
            return None
        wanted = "、".join(without_the_unwanted(known.value.split("、"), words))
        return replace(known, value=wanted, raw=both(known.raw, words)) if wanted != known.value else None
    if not isinstance(known.value, list) or not known.value or not _TAKEN_BACK.search(words):
        return None
    left = (taken_back(script, state, words, [known]) or {}).get(known.name)
    return replace(known, value=left, raw=both(known.raw, words)) if left else None


_UNWANTED = compiled(
    "(?:甭|不用|别|不要|先别|不必|免)(?:再|给我?)?(?:[买送带捎拿取来]|管|麻烦)[^,，了]{0,3}了|(?:[买送带捎拿取])?[就也]?(?:算了|不用了|免了)"
)
_CLAUSES = compiled("[,，。;；?？!！]")


def without_the_unwanted(needs: Sequence[str], words: str) -> Sequence[str]:
    """The needs but those that are named where it is said that something need not be brought any more."""
    clauses = [clause for clause in _CLAUSES.split(words) if _UNWANTED.search(clause)]
    return [need for need in needs if not any(_thing_of(need) in clause for clause in clauses)]


def _thing_of(need: str) -> str:
    """The 米 of 买一袋米: by its last character a thing is called in short (米面先别买了)."""
    return _ADDED.sub("", need)[-1:] or need


_ADDED = compiled("(?:[来吧吗呗了]|一?[下些点个])+$")


def with_volunteered(before: SlotValue, answer: SlotValue) -> SlotValue:
    """An answer by a list that was begun before it was asked for: 没别的 takes nothing of it back."""
    raw = both(before.raw, answer.raw)
    if not answer.value:
        return replace(before, raw=raw)
    more = [*dict.fromkeys((*before.value, *answer.value))]
    return replace(answer, value=more, raw=raw)


def told_by_parts(
    script: Script, asked: str, findings: Mapping[str, Finding], *, is_away: bool
) -> Finding | None:
    """What was understood of the slot that was asked for, which its parts may tell more surely: 我就在周口
    待着哩 of somebody who is away is a journey, 你们给找个人接两桶 a yes to whether help is needed.

    Args:
        script: Whose slots they are.
        asked: The slot.
        findings: All that was understood.
        is_away: Whether the resident is not at home.
    """
    finding, slot = findings.get(asked), script.slots[asked]
    parts = [part for part in script.slots.values() if part.part_of == asked and part.name in findings]
    told = [
        findings[part.name].confidence
        for part in parts
        if findings[part.name].value and (part.type is SlotType.TEXT or is_away)
    ]
    is_open = finding is None or finding.value is True or finding.confidence < slot.sure
    if not told or not is_open or (finding is None and is_away):
        return finding
    return Finding(True, max(told if finding is None else [finding.confidence, *told]))


def denied_after_all(script: Script, asked: str, findings: Mapping[str, Finding]) -> str:
    """The slot of a journey that is denied where its place or day was asked for (我压根没出去过); empty where
    it is not."""
    whole, finding = script.journey_of(asked), findings.get(asked)
    denied = findings.get(whole)
    if denied is None or denied.value is not False or (finding is not None and finding.value is not None):
        return ""
    return whole if denied.confidence >= script.slots[whole].sure else ""


def tells_another_reading(script: Script, asked: str, words: str) -> bool:
    """Whether a temperature is asked for and one of another time was told: 昨天晚上量的三十六度八."""
    is_another = script.slots[asked].type is SlotType.TEMPERATURE and _ANOTHER_TIME.search(words) is not None
    return is_another and any(temperatures(words))


_ANOTHER_TIME = compiled("昨|前[天儿晚]|上[周个礼]|那[天会]|夜里")


_ALL = compiled(
    "[嗯啊哦对,，。]*(?:(?:就?(?:这些|这个|这点|那些|这[俩仨]|这[一两三几]样)|没有?(?:什么|啥)?(?:别的|其他的?|旁的)?|(?:别的|其他的?|旁的)(?:都|也|倒)?没(?:有|啥)?)"
    "(?:不舒服|症状|毛病)?[了啊的呀吧,，。]*){1,3}"
)
_ALL_AND_A_NUMBER = compiled(f"(?:{_ALL.pattern})[^,，没不]{{0,9}}[三四]十[^,，]*")


def says_no_more(words: str) -> bool:
    """没别的了; 没别的了，刚量的三十八度一: of a list that was begun before, that is all."""
    return _ALL.fullmatch(words) is not None or _ALL_AND_A_NUMBER.fullmatch(words) is not None
