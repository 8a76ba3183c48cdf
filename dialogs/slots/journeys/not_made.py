"""Journeys that are spoken of and were not made: 不敢去外地, 谁去外地啊, 本来想回老家, 能出京吗. Pure.

Laws:

- What somebody dared not, could not, was not allowed or did not care to do was not done, nor what is asked
  about for effect (谁敢出京, 去外地干嘛).
- What was meant at first or nearly done was not done either (本来想回老家, 差点就去了), nor what is still to
  come (下周回老家).
- Who only intends something (准备出差), or asks whether it is allowed (出京要报备吗), tells nothing.
- What was done after all (不想去也去了) is left alone.
"""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.slots.yes_no.untrue import Untrue

_GO = (
    "(?:去(?!年|世|掉|除)|回(?!来|京|北京|[的了啊呀呢吧嘛]*(?:$|[,;?])|答|复|头|话|访|避|事|应|忆|信|电)|出(?:京|去|门|差|远门|国|城|行|游|北京|外地)|离(?:开|京)|旅游|旅行|外出"
    "|上(?:外地|外省|老家|哪)|跑|走(?:亲戚|动)|自驾|往外)"
)
_WHERE = "(?:(?![我又还也就都偏硬偷])[^,;?没不了过]){0,7}?"
"""What follows the verb, and none that tells of another one."""
_END = "[啊呀呢吧嘛哦哈呗啦哟喽咯嘞噻哩么]*(?=$|[,;?])"
_HOW = (
    "(?:我们?|你们?|咱们?|人|大家|再|往|乱|瞎|随便|轻易|出门|自己|一个人|带着?(?:孩子|老人)|随意|老|总|经常|这时候|没事|单独"
    "|到处){0,2}"
)
_UNABLE = (
    "(?:[不没](?:太|大|怎么)?(?:敢|想|愿意?|能(?:够)?|让|许|准备?|可以|可能|方便|打算|计划|考虑|爱|喜欢|乐意|允许|建议|同意|舍得|用|必)"
    "|没有?(?:法子?|办法|空|时间|工夫|功夫|钱|机会|必要|心[思情]|条件|理由|精力|胆子?)|懒得|[很极较]少|没人(?:让|叫|请|喊|派)|[用犯]不着|谈不上|顾不上|从来?不)"
)
_REFUSED = compiled(f"(?<![不没])(?<!能)(?<!不得){_UNABLE}{_HOW}{_GO}{_WHERE}[了的]?{_END}")
"""不敢去外地, 没时间出京, 很少回老家."""
_MAY = (
    "(?:敢|还|会|能|愿意?|有?空|有(?:时间|工夫|功夫|钱|机会|心[思情]|胆子?)|没事|舍得|乐意|想|让|爱|可能|肯|随便|乱"
    "|又|再|往|得)"
)
_FOR_EFFECT = compiled(
    f"(?:谁|鬼才|傻子才|哪[里儿]?|怎么|咋|干[嘛吗啥]|为啥|为什么|凭啥|凭什么){_MAY}{{0,3}}{_HOW}{_GO}(?!的){_WHERE}{_END}"
    f"|有(?:什么|啥|何)(?:好|可|值得|必要|意思)?{_GO}{_WHERE}的{_END}"
    f"|{_GO}{_WHERE}(?:干[嘛吗啥]|干什么|做什么|做啥|图啥|图什么)(?:去)?{_END}"
    f"|(?<!没)还(?:敢|能|有空|有(?:时间|钱|机会|心[思情])){_HOW}{_GO}{_WHERE}[呢啊呀哪](?=$|[,;?])"
)
"""谁敢去外地, 回老家干嘛, 有什么好去的, 还敢出京呢."""
_MEANT = "(?:想|要|打算|准备|计划|考虑|盼着?|希望|惦记着?|琢磨着?)"
_AT_FIRST = compiled(
    f"(?:(?:本来|原来|原本|原先|起先|早先)(?:我|是|还|也|都|倒)*{_MEANT}|倒是?{_MEANT}|{_MEANT}(?=[^,;?]{{1,8}}来着)){_HOW}{_GO}{_WHERE}(?:来着)?{_END}"
)
"""本来想回老家, 倒是想去, 想出京来着."""
_COMING = (
    "(?:过了?年|年[底后]|月[底末]|春节|寒假|元旦|腊月|明[天年儿]|后天|大后天|下个?(?:周|星期|礼拜|月)[一二三四五六日天]?|过[两几]个?(?:天|周|月|星期|礼拜)|过一?阵子?|回头|改天"
    "|将来|有空|有机会|有时间|等[^,;?]{1,6}?)"
)
_TO_COME = compiled(
    f"{_COMING}(?:我们?|再|才|就|能|会|要|想|打算|准备|可能|得|应该){{0,3}}{_HOW}{_GO}{_WHERE}{_END}"
    f"|{_COMING}(?:我们?|再|才|就要?){{1,3}}(?:动身|启程|出发|走)[了的呢啊]*(?:,?[去上到回]{_WHERE}{_END}|{_END})"
)
"""下周回老家, 月底才动身上贵阳."""
_NEARLY = compiled(f"差(?:一?点儿?|一步)就(?:要)?{_GO}[了成]{{0,2}}{_WHERE}了?{_END}")
"""差一点就去了西安."""
_INTENDED = compiled(f"(?:{_MEANT}|马上|快){_HOW}{_GO}{_WHERE}了?{_END}")
"""准备出差了."""
_WHEN = "(?:什么时候|啥时候|几时|多会儿|何时|哪天)"
_WHETHER = "(?:吗|么|不|没|[?])"
_ALLOWED = compiled(
    f"(?:{_WHEN}(?:才|就)?)?(?:能不能|可不可以|让不让|能|可以|让|准|许|允许){_HOW}{_GO}{_WHERE}{_WHETHER}[?]?(?=$|[,;])"
    f"|{_WHEN}(?:才|就)?(?:能|可以|让){_HOW}{_GO}{_WHERE}{_END}"
    f"|{_GO}{_WHERE},?(?:回来)?(?:要|用|得|需要?|必须|该)[^,;?没不了过]{{1,6}}{_WHETHER}[?]?(?=$|[,;])"
    f"|{_GO}{_WHERE},?(?:算|行|可以|成)(?:吗|么|不(?:算|行|可以|成)?)[?]?(?=$|[,;])"
    f"|{_GO}{_WHERE},?(?:要不要|用不用|能不能|可不可以)[^,;?没了过]{{0,6}}{_END}"
)
"""能出京吗, 去外地要报备吗, 回老家算不算."""
_IS_GONE = compiled("[去回出走跑离飞趟返]|旅游|[到上](?:过|了)|有(?![空时钱机心])|是的|对")
_HELD_BY_ALL = frozenset("去回出离旅外上跑走往自")


_TELL = (
    "(?:(?:告诉|告知|通知|知会|惊动)(?!我(?:们|[,;?]|$|[去回出]))|[跟和给向对](?!我们?(?:说|讲|提|打))[^,;?]{1,5}?(?:说|讲|提|打招呼|报备|请示|汇报|吱声|吭声)"
    "|报备|请假|打招呼|声张)"
)
_UNTOLD = compiled(
    f"(?:没有?|未|不)(?:敢|想|肯|好意思|来得及|顾上|能)?{_TELL}(?:过|一声)?[^,;?没不他她听]{{0,5}}?,?"
    f"(?:我|自己|一个人|就|也|偷偷|悄悄|偷着)*{_GO}{_WHERE}[了过]"
)
_MAY_BE_UNTOLD = frozenset("告通惊说讲提报请打声")
"""没告诉家里出差了: what nobody was told of was done; 没告诉我出差了 is of somebody else."""


def went_untold(text: str) -> bool:
    """Whether all that is denied is that somebody was told of a journey."""
    return not _MAY_BE_UNTOLD.isdisjoint(text) and _UNTOLD.search(text) is not None


def not_made(text: str) -> list[Untrue]:
    """The parts of an answer that speak of journeys that were not made."""
    if _HELD_BY_ALL.isdisjoint(text):
        return []
    found = [
        Untrue(*match.span(), False)
        for law in (_REFUSED, _FOR_EFFECT, _AT_FIRST, _TO_COME, _NEARLY)
        for match in law.finditer(text)
    ]
    taken = [(part.start, part.end) for part in found]
    for law in (_ALLOWED, _INTENDED):
        for match in law.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                found.append(Untrue(*match.span(), None))
                taken.append(match.span())
    return found


def speaks_of_none_made(text: str) -> bool:
    """Whether an answer speaks of such journeys and tells of no other."""
    parts = not_made(text)
    if not parts:
        return False
    rest = "".join(c for at, c in enumerate(text) if not any(part.start <= at < part.end for part in parts))
    return _IS_GONE.search(rest) is None
