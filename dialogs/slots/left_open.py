"""Answers that leave open what was asked, however sure somebody reads them. Pure.

不是本人 tells that it is not he, and not whether it is family; who asks 找张三干啥 may be either. 不在家 and
走不了 do not tell in which town, nor does 什么北京. Written without punctuation, 三十七度一不是三十六度九
may put the number right or keep to it. They are asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from campaign.patterns import compiled
from dialogs.script import Slot, SlotType

_ENDS = "[了的呢啊呀嘛呗哦哈]{0,3}"
_NOT_HIMSELF = compiled(f"(?:我)?(?:可|也|并|就)?不是(?:他|她)?本人{_ENDS}")
_ASKED_FOR = compiled(
    "(?:哎|啊|哦|你们?|您|是(?=要?找)){0,2}(?:(?:要?找|问|打给)我|(?:要?找|问|说的?|打给)?(?:他|她|N))(?:又|这是|到底)?(?:想|要)?(?:干[啥嘛吗](?:呀)?|做什么|有?[什啥]么?事情?|有(?:什么)?事|怎么|咋的?|出(?:什么|啥)?事)"
    "[了的呢啊呀吗嘛]{0,3}|(?:是|你们?|您)?(?:找|问|要找|说的?)N[吗啊呀]?|N(?:去世|死|没|走)了|[他她](?:已经|早就?|去年)?(?:走|没)了|人(?:没|不在)了"
)
"""找张三干啥, 他怎么了: whoever may ask so."""
_WHEREVER = compiled(
    "(?:我们?|俺们?|人|现在|目前|这会儿?|今天|明天|暂时|还|都|也){0,3}(?:[不没]在(?:家里?|屋里?|屋头|单位|公司|小区)"
    "|走不[了开脱]|[出去]不[去了成](?:门|远门)?|动不了|不走|(?:有时候?|偶尔|不常|不怎么|不总|经常|有时)在(?:北京)?|白天不在,?晚上在"
    "|(?:(?:晚上|今晚|下午|待会儿?)|这?(?:周|礼拜|星期)[一二三四五六日天末](?!.*[的了]$))就?(?:回来|回家|回(?:北?京)?|返京|到家|到(?:北京)?)"
    "|(?:没地方|没工夫|没时间)去|敢去哪|没去成|谁(?:出差|走|回老家|去外地)(?=了)|什么北京|(?:[你您]们?)?(?:是)?(?:想)?问(?:我|的)(?:是)?(?:在)?(?:哪[儿里]?|什么地方|北京))"
    f"{_ENDS}"
)
_LONGEST = 12
_NOT = "不是"
_TELLS_WHICH = compiled("[是就可不]")
"""Before the first value, where that tells which of two is meant: 是三十六度九不是三十七度九."""
_AFTER = compiled("(?:[的了吧啊呀呢哦整]|我?记[错混]了|我?说错了|多谢|谢谢|就这样|[你您]?放心)*")


def leaves_open(slot: Slot, text: str, name: str) -> bool:
    """Whether a whole answer does; ``name`` is the resident's."""
    if len(text) > _LONGEST:
        return False
    if slot.type is SlotType.IDENTITY:
        plain = text.replace(name, "N") if name else text
        return bool(_NOT_HIMSELF.fullmatch(plain) or _ASKED_FOR.fullmatch(plain))
    return bool(slot.place) and _WHEREVER.fullmatch(text) is not None


def tells_either(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a whole answer is two values with 不是 between them, and no pause tells what that denies.

    Args:
        text: As it was heard, normalised.
        spans: Where numbers stand in it.
    """
    if not text.isalnum():
        return False
    return any(
        text[end:start] == _NOT and not _TELLS_WHICH.search(text, 0, begin) and _AFTER.fullmatch(text, last)
        for (begin, end), (start, last) in pairwise(sorted(spans))
    )
