"""Places that somebody only speaks of, as nothing came of it yet or it was seen from afar. Pure."""

from __future__ import annotations

from campaign.patterns import compiled


def is_only_talked_of(previous: str, before: str, after: str, following: str, rest: str) -> bool:
    """天津那个案子下周才开庭; 去保定的会改期了; 要不是疫情，我该在三亚了; 网上看的西藏; 河北天津都没去过.

    Args:
        previous: The clause before that of the place.
        before: What stands before the place in its clause.
        after: What stands after it in its clause.
        following: The clause after that, with the break that begins it.
        rest: All that follows the place.
    """
    if _ALL_DENIED.match(after) or (_NOT_IN_PERSON.search(previous + before + rest)):
        return not _WENT_SINCE.search(before + rest)
    if _HAD_NOT_BEEN.match(previous) and _WOULD_BE.search(before):
        return True
    if _COMING_AFTER.match(after) or _COMING_NEXT.match(following):
        return True
    return bool(_OCCASION.match(after) and _CALLED_OFF.search(rest) and not _WENT_SINCE.search(rest))


_ALL_DENIED = compiled("[^,;去到回没]{2,3}[都也]没(?:去|到|回)过?(?:$|[,;])")
_NOT_IN_PERSON = compiled("网上(?![订买约抢挂叫找])|线上|云旅游|直播|都是视频|视频(?:会|看)|远程|电视里")
_HAD_NOT_BEEN = compiled("要不是|若不是")
_WOULD_BE = compiled("[就早该](?:[去到在回上飞]了?)?$")
_COMING_AFTER = compiled(
    "[^,;去到回]{0,6}(?:下个?(?:周|礼拜|星期|月)|明[天年]|后天|年后|过[两几]天)才"
    "|(?:干[嘛吗啥]|干什么|做什么|做啥|图啥)去?[呀啊呢]*(?:$|[,;?])"
)
"""我去武汉干嘛, of what nobody did; the former is still to come."""
_COMING_NEXT = compiled(
    "[,;](?:下个?(?:周|礼拜|星期|月)[一二三四五六日天]?|明[天年]|后天|年后|过[两几]天)才(?:飞|走|去|动身|出发|开)"
)
_OCCASION = compiled(
    "(?:摆|办|请)(?:的|了)|(?:的|那|有|开)[^,;]{0,6}(?:票|团|会|展|单子?|活|岗位|案子|名额|[场趟]|婚礼)"
)
_CALLED_OFF = compiled(
    "[人我也都]没去|(?:没|未)(?:能)?(?:赶(?:过|上|得|去)|过去|抢|买|订|跑成|开成|办成|去成|轮|理|接)|延期|改期|停办|取消|黄了|泡汤|推掉|推了|退了|拒|改(?:成)?(?:线上|网|视频)|给了别?人?"
)
_WENT_SINCE = compiled("(?<!没)(?<!不)[去到走回上飞]了|去的|回来|(?<!没)去过")
