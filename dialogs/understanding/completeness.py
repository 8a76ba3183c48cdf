"""Whether a resident who pauses has said it all."""

from __future__ import annotations

from collections.abc import Sequence

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.words import Token
from dialogs.script import Slot, SlotType
from dialogs.understanding.context import CLEAR, Completeness, Reading


def completeness_of(reading: Reading, tokens: Sequence[Token], slot: Slot) -> Completeness:
    """Whether the reading of these words answers the slot for good."""
    finding = reading.findings.get(slot.name)
    if slot.type is SlotType.TEXT:
        is_none = finding is not None and finding.value == ""
        return Completeness.COMPLETE if is_none else Completeness.OPEN
    if finding is None or finding.confidence < CLEAR:
        return Completeness.UNKNOWN
    if slot.type is SlotType.SYMPTOMS and _is_bare_no(tokens):
        return Completeness.UNKNOWN  # 没有…… may go on: 就是嗓子疼
    if slot.type is SlotType.TEMPERATURE and reading.text.endswith(("度", "点")):
        return Completeness.UNKNOWN  # 三十六度…… 五
    return Completeness.COMPLETE


def is_dangling(tokens: Sequence[Token]) -> bool:
    """The last word calls for another: 还有…, 就是…, 不对…, 上个月…"""
    last = tokens[-1]
    return (
        bool(_CONNECTORS.fullmatch(last.word))
        or last.has(grammar.CORRECTION)
        or (last.has(grammar.BUT) and all(tag.owner in grammar.WORDS for tag in last.tags))
        or last.word.endswith(("上个月", "上", "月", "第", "零", "十"))
    )


_CONNECTORS = compiled("和|跟|与|然后|那个|这个|还有|呃|额|因为|所以|反正|其实|但是|我|在|从|到")


def _is_bare_no(tokens: Sequence[Token]) -> bool:
    spoken = [t for t in tokens if not t.is_break and (not t.has(grammar.FILLER) or t.has(grammar.NO))]
    return len(spoken) == 1 and spoken[0].has(grammar.NO)
