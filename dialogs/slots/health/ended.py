"""Symptoms that are told to have ended, beside others that have not: 鼻涕不流了，咳嗽还没好. Pure.

Whoever tells of several says of one by name that it is over (嗓子不疼了, 今天不吐了, 鼻涕没了, 烧是退了), or
shortly after of the last (现在不烧了). It no longer counts from there back; what is said of it later on does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from campaign.patterns import compiled
from dialogs.script import Slot
from dialogs.slots.answer import Answer

_PART = "鼻涕|鼻子|鼻头|嗓子眼?|喉咙|头|脑袋|肚子|身上|浑身|胸口|肌肉"
_BY_NOW = (
    "(?:现在|今[天儿早]个?|这会|眼下|昨[天儿晚]|后来|都|已经?|早就?|也|倒是?|是|可|总算|终于|全|基本|就)*"
)
_GONE = "(?:没有?了|好(?:了|利索了|全了)|退了|止住?了|停了|消了|已?愈了?)"
_ENDED = compiled(
    f"(?P<part>{_PART})?{_BY_NOW}(?<!没)(?<!说)不(?:再|怎么)?(?P<felt>[流淌疼痛堵塞烧咳吐拉泻喘晕痒酸])了"
    f"|(?P<what>发烧|发热|高烧|低烧|咳嗽|鼻涕|头[疼痛]|嗓子[疼痛]|喉咙[疼痛]|鼻塞|腹泻|拉肚子|恶心|[烧咳]){_BY_NOW}{_GONE}"
)
_NOT_YET = compiled("[,又还]*(?:又(?:开始)?|还会|接着|过[一会后])")
"""烧退了又烧: it has come again."""
_WORDS = {"流": "流鼻涕", "淌": "流鼻涕", "堵": "鼻子堵", "塞": "鼻塞", "疼": "头疼", "痛": "头痛"}
_MAY_HAVE_ENDED = compiled("不.{0,3}了|没有?了|好了|退了|止|停了|消了|愈")


def has_ended(answer: Answer, position: int, values: Sequence[str]) -> bool:
    """Whether all of some values, named at a position of the text, are told to be over there or later on."""
    ended = _ended_in(answer.text, answer.slot)
    return bool(values) and all(any(value in of and position < end for end, of in ended) for value in values)


def _ended_in(text: str, slot: Slot) -> list[tuple[int, frozenset[str]]]:
    """Up to where in the text, and which values."""
    if _MAY_HAVE_ENDED.search(text) is None:
        return []
    return [
        (match.end(), values)
        for match in _ENDED.finditer(text)
        if not _NOT_YET.match(text, match.end()) and (values := _values_of(match, slot))
    ]


def _values_of(match: re.Match[str], slot: Slot) -> frozenset[str]:
    if match["what"]:
        return _named(match["what"], slot)
    part, felt = match["part"] or "", match["felt"]
    if not part and felt in "疼痛堵塞酸痒":
        return frozenset()  # of what, is not told
    if part == "鼻涕":
        return _named(part, slot)
    by_part = _named(part + felt, slot) if part else frozenset()
    return by_part or _named(felt, slot) or _named(_WORDS.get(felt, ""), slot)


def _named(word: str, slot: Slot) -> frozenset[str]:
    return frozenset(value for value, words in slot.values.items() if word in words)
