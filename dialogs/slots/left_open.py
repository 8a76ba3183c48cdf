"""Answers that leave open what was asked, however sure somebody reads them. Pure.

不是本人 tells that it is not he, and not whether it is family; 不在家 and 走不了 do not tell in which town. They
are asked again.
"""

from __future__ import annotations

import re

from dialogs.script import Slot, SlotType

_ENDS = "[了的呢啊呀嘛呗哦哈]{0,3}"
_NOT_HIMSELF = re.compile(f"(?:我)?(?:可|也|并|就)?不是(?:他|她)?本人{_ENDS}")
_WHEREVER = re.compile(
    "(?:我们?|俺们?|人|现在|目前|这会儿?|今天|明天|暂时|还|都|也){0,3}(?:[不没]在(?:家里?|屋里?|屋头|单位|公司|小区)"
    "|走不[了开脱]|[出去]不[去了成](?:门|远门)?|动不了|不走|(?:有时候?|偶尔|不常|不怎么|不总|经常|有时)在(?:北京)?|白天不在,?晚上在"
    "|(?:(?:晚上|今晚|下午|待会儿?)|这?(?:周|礼拜|星期)[一二三四五六日天末](?!.*[的了]$))就?(?:回来|回家|回(?:北?京)?|返京|到家|到(?:北京)?)"
    "|(?:没地方|没工夫|没时间)去|敢去哪|谁(?:出差|走|回老家|去外地))"
    f"{_ENDS}"
)
_LONGEST = 12


def leaves_open(slot: Slot, text: str) -> bool:
    """Whether a whole answer does."""
    if len(text) > _LONGEST:
        return False
    if slot.type is SlotType.IDENTITY:
        return _NOT_HIMSELF.fullmatch(text) is not None
    return bool(slot.place) and _WHEREVER.fullmatch(text) is not None
