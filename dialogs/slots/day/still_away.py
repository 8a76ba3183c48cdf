"""Whoever has not come back yet has no day of return: 还没回呢，礼拜四才回; 下周三回去. Pure."""

from __future__ import annotations

from campaign.patterns import compiled

_NOT_BACK = compiled(
    "(?:^|[,;?]|[我还都仍])没有?(?:能)?回(?:来|去|京|北京|家)?[呢呀啊嘞哩哦的]*(?=$|[,;?])"
    "|^(?:我|人|我人)?(?:现在|这会儿?)?(?:还|仍|都还)在[^,家京]{1,8}?(?:呢|待着|呆着|上班|出差|上学|住院|没回|没动)"
)
_NEXT = "下个?(?:月|礼拜|周|星期)"
_TO_COME = compiled(
    f"(?:{_NEXT}[一二三四五六日天]?|明天|明儿个?|(?<!前)大?后天|过[几两]天|年底|月底)[^,没]{{0,10}}(?:回|走|到家|返)"
    "(?!来了|来的|的)"
    "|月[^,]{1,4}[号日][^,]{0,4}(?:才|再|要|打算|准备|计划|放假|估计|左右才?)[^,]{0,4}(?:回|走|返)(?!来了|来的|的)"
    f"|^(?:要|得|估计|大概|可能|怎么也得|说是|打算)*(?:等到?)?{_NEXT}[^,]{{0,6}}[吧呢了啊]*(?:$|[,;?])"
)
_BACK = compiled(
    "(?<![没才])(?:回来[了的]|回京[了的]|到家了|到的家|已经回|就回来|回的(?!去))|结果"
    "|(?:昨|前)[天儿]|今[天早儿]|[上这]个?(?:礼拜|周|星期)|(?:[你您他她孩老妈爸]|[子婆公妈爸伴])[^,]{0,2}(?:还没|下)"
)
"""He is back, or others are not."""


def is_still_away(text: str) -> bool:
    """Whether an answer to 您是哪天回来的 tells that it is still to come.

    Args:
        text: The words as they were heard, in their clauses.
    """
    if not (_NOT_BACK.search(text) or _TO_COME.search(text)):
        return False
    return _BACK.search(text) is None
