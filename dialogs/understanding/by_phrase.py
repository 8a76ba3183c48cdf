"""Whether what was heard is the expected phrase that sounds most like it, or its own words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.patterns import compiled
from dialogs.entities.lunar_days import LUNAR_DAY
from dialogs.language import grammar
from dialogs.language.words import Tag, Token
from dialogs.script import Slot, SlotType, State
from dialogs.slots import Finding
from dialogs.slots.count import leaves_out_hosts
from dialogs.slots.day.of_return import tells_something_else
from dialogs.slots.temperature.finder import may_end_in_a_particle
from dialogs.slots.temperature.other_numbers import counts_something_else
from dialogs.understanding.all_clear import is_all_clear
from dialogs.understanding.context import CLEAR, Reading


def is_no_phrase(slot: Slot, text: str) -> bool:
    """Whether words tell of something else than an expected phrase that sounds like them: 三十六栋 and
    三十六呗, 二十来度 and 二十二度, 我们俩住丈人家, 十五号回老家了, 初六 and 五号."""
    if slot.type is SlotType.TEMPERATURE:
        return counts_something_else(text) or may_end_in_a_particle(text)
    if slot.type is SlotType.COUNT:
        return leaves_out_hosts(text)
    if slot.type is SlotType.NUMBER:
        return _ROUGHLY.search(text) is not None
    if slot.type is not SlotType.DATE:
        return False
    return LUNAR_DAY.search(text) is not None or ("回" in slot.cue and tells_something_else(text))


_ROUGHLY = compiled("[十百千万][来几多]|[来几多][十百千万]")


def is_clear(reading: Reading, state: State) -> bool:
    """Whether no phrase need be looked for."""
    finding = reading.findings.get(state.slot)
    return bool(reading.intent) or (finding is not None and finding.confidence >= CLEAR)


def is_word(token: Token) -> bool:
    """Whether it means something by itself."""
    return token.is_break or bool(token.tags) or len(token.word) > 1


def is_remark(tokens: Sequence[Token]) -> bool:
    """嘿嘿 is a word of its own, and no 合肥; nor is 吗您 of 吃了吗您 a 南宁."""
    if any(token.tags != {Tag(grammar.FILLER)} for token in tokens):
        return False
    return len(tokens[0].word) > 1 if len(tokens) == 1 else any(len(token.word) > 2 for token in tokens)


def better(by_words: Reading, by_phrase: Reading | None, slot: Slot) -> Reading:
    """The reading of what only sounds like an expected phrase, if it is clearer; never an all-clear where the
    words as they are tell of something: 没有好转 is no 没有不好."""
    if by_phrase is None or not (by_phrase.intent or slot.name in by_phrase.findings):
        return by_words
    finding, other = by_words.findings.get(slot.name), by_phrase.findings.get(slot.name)
    if finding is None or other is None:
        return by_phrase
    if finding.value and other.value is not None and is_all_clear(slot, other.value):
        return by_words
    if finding.value and not by_words.strange and _is_meant_otherwise(finding, other, slot):
        return by_words
    return by_phrase if other.confidence > finding.confidence else by_words


def _is_meant_otherwise(finding: Finding, other: Finding, slot: Slot) -> bool:
    """Whether a number is in doubt for what is said with it, and not for its sound: 就我女儿 is no 就我一个,
    谁三十八度二了 no 三十八度二."""
    if slot.type is SlotType.COUNT:
        return True
    is_reading = slot.type is SlotType.TEMPERATURE and finding.value == other.value
    return is_reading and finding.value % 1 != 0  # 三十七 may have lost its decimal
