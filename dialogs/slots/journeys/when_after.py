"""When a journey was, told after it: 去过西安，三个月前去的. Pure."""

from __future__ import annotations

from campaign.patterns import compiled

_WHEN = compiled(
    "[^,;?没不]{0,6}[,;](?:那|都|得|还|可|也|就|已经|好像|大概|应该|是|嗯)*(?P<time>(?:去年|[^,;?去到回没不定订买约办请]){1,9}?)"
    "(?:[去到回](?:[的过了]|那[儿边里]?)*|爬|玩|走)?[吧啊呢的了呀]*(?:[,;。]|$)(?P<rest>.*)"
)
_ANOTHER = compiled(
    "又|还[去到有]|后来|再|回[来京的了到]|昨|前天|今|号|返|到的?家|这[周个]|上周|上个?(?:礼拜|星期)|刚"
)


def when_after(following: str) -> str:
    """The time that is told right after a journey's verb or place, where no other one follows.

    >>> when_after("过西安,三个月前去的")
    '三个月前'
    """
    said = _WHEN.fullmatch(following)
    return said["time"] if said and not _ANOTHER.search(said["rest"]) else ""
