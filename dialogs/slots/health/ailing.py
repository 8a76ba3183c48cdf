"""Parts of the body and faculties that are said not to be well: 腿脚不利索, 记性差, 身体不好. Pure.

Without a word for what is felt they look like an all-clear, as 不好 denies what 好 says. What is not well
may be told (听力不好) or left open (身体不好). Only what fills its clause counts: 没觉得身体不好 does not.
"""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language.body import PART

_START, _END = "(?<![^,;!?，。；！？])", "(?=[,;!?，。；！？]|$)"
_LEAD = (
    "(?:我们?|俺|咱|除了|就是|就|其实|反正|感觉|觉得|现在|目前|最近|这[几两]天|这阵子?|近来|一直|从小|打小|天生|老了|年纪大了?|岁数大了?"
    "|上年纪了|老样子,?|人(?=状态|精神|体)|别的都?[好行],?|那个?|嗯|哎|唉|这)*"
)
_OPEN = "身体|身子骨?|身上|浑身(?:上下)?|全身(?:上下)?|体质|人|精神|精神头儿?|状态|气色|体力"
_WHOLE = compiled(f"(?:{_OPEN})")
_ADVERBS = "(?:有一?点儿?|都|也|就|还|老|总|一直|越来越|实在|是|倒是?|可|真|早就?|现在|最近|这[几两]天|从小)*"
_NOT_WELL = (
    "(?:不(?:太|大|怎么|是很|咋)?(?:好(?:使|用|受)?|行|利索|利落|得劲|给力|灵(?:光|便|敏)?|中用|对劲?|舒坦|正常|稳定?|佳)"
    "|(?:很|挺|太|比较|特别)?(?:差(?:得很|劲|点儿?)?|虚(?:弱|得很)?|弱(?:得很)?)|欠佳|(?:大)?不如(?:以前|从前|前)|没(?:以前|从前|过去)好"
    "|(?:有|出)(?:了|点儿?)*(?:毛病|问题)|老毛病)"
)
_AILING = compiled(
    f"{_START}{_LEAD}(?P<part>{_OPEN}|{PART}|听力|视力|眼神|眼力|记性|记忆力?|睡眠|血压|血糖|血脂|肺|肝|肾|胃|颈椎|腰椎)"
    f"{_ADVERBS}{_NOT_WELL}[的了啊呀呢嘛吧哦哟呗]*{_END}"
)
_HINT = frozenset("不差虚弱欠没毛问")


def ailing(said: str) -> list[tuple[int, int, bool]]:
    """Where such clauses begin and end, and whether they leave open what is wrong."""
    if _HINT.isdisjoint(said):
        return []
    return [
        (match.start(), match.end(), _WHOLE.fullmatch(match["part"]) is not None)
        for match in _AILING.finditer(said)
    ]
