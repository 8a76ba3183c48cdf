"""A verdict and then its reasons: 出去过，上小区门口拿菜; 没出门，窗户边上站了站. Pure.

Where nothing is known of how people answer a question, what comes after the verdict is read as if it were
another, and often contradicts it. It is no more than the reason, unless it takes something back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from campaign.patterns import compiled
from dialogs.language.words import Token

_FILLERS = compiled("[啊哦噢嗯呃额哎唉诶欸喂哈呀是的对我俺咱们]*")
_TAKES_BACK = compiled(
    "不对|不是|错了|算了|拉倒|才怪|但是?|可是?|不过|除了|除非|只是|后来|结果|本来|原来|就是(?!说)|哦|要不|好像|也许|可能"
    "|(?:就|只|光|也就|顶多|最多|倒是)(?:[是有去到下上出扔倒取拿买跑办做]|在(?!家|屋|阳台|床|沙发|客厅))|^(?:过|的|几|吗|嘛|不|没|才)"
)
_OF_ANOTHER_TIME = compiled("[去前]年|上[次回个]|以前|之前|原来|本来|小时候|那[会回次]|头一")


REMEMBERS = compiled(
    "(?<=[,;])(?:[哦噢啊哎诶呀]|我)*[,;]*(?:对了|想起来了?|忘了说|差点忘了)"
    "|(?<=[,;])[哦噢啊哎][,;]?(?=昨|今|前天|刚|早上|上午|中午|下午|晚上)"
)
"""What comes to mind after a no."""
BY_OTHERS = compiled(
    "儿子|女儿|闺女|孩子|媳妇|女婿|老伴|老公|老婆|[爸妈爷奶]|[他她]|邻居|志愿者|人家|保姆|自己|自个"
)
"""Whose doings after a no are its reason: 不用，儿子过来给我接水; 不用，我自个儿弄俩桶接点就得."""
NEEDED = compiled(
    "得(?:要|有)?个?人|(?:能不能|找|派)[^,;]{0,4}[人谁个]|[你您]们[^,;]{0,3}(?:帮|送|看|照)|(?<!不)(?<!不用)麻烦[你您]|(?<!不)(?<!不用)劳驾"
)
"""Somebody is to do it for others: 我不用，楼下李大爷得有人帮."""
NO_THANKS = compiled(
    "[,;]?(?:就|也|都|可|真)*(?:不用|不必|甭|用不着|不)(?:再)?(?:麻烦|劳烦|劳驾|操心)(?:你们?|您|大家|社区)?[了啦啊吧,谢]*$"
)
"""我下班过去给他接，不用麻烦你们了: the last word."""
BUT_FOR = compiled(
    "(?<=[^,;])[,;]?(?:但|不过|可)?(?:是)?也?(?:就|只|光|除了|顶多|最多)(?:是|有)?(?!在|待|呆|坐|躺)"
    "(?![^;]*(?:能不能|没人[收送管]|堆了|缺))"
)
"""没出门，就下楼倒了趟垃圾: what a no leaves out."""


def end_of_verdict(tokens: Sequence[Token], is_verdict: Callable[[Token], bool]) -> int:
    """How many tokens the verdict takes up that an answer begins with; 0 where it has none, or nothing after
    it, or where that takes it back.

    Args:
        tokens: Of the answer.
        is_verdict: Whether a word by itself says yes or no to the question.
    """
    begun = next((i for i, t in enumerate(tokens) if not t.is_break and _FILLERS.sub("", t.word)), None)
    if begun is None:
        return 0
    ended = next((i for i, t in enumerate(tokens) if t.is_break and i > begun), 0)
    if not ended and is_verdict(tokens[begun]):
        ended = begun + 1  # as recognisers write it: 没出门窗户边上站了站
    if _OF_ANOTHER_TIME.search("".join(t.word for t in tokens[:ended])):
        return 0  # 去年打了，今年还没打
    rest = "".join("," if t.is_break else t.word for t in tokens[ended:]).strip(",")
    return ended if ended and rest and _TAKES_BACK.search(rest) is None else 0
