"""What is told and did not happen: 要是接触过，我早被隔离了; 说是疑似，后来排除了. Pure.

Laws:

- A condition with what would have followed (早隔离了, 还能上班吗) tells the contrary of itself.
- Whoever was only taken for ill, and was found to be well, is no contact, nor is who was seen on a screen.
- Who fell ill, and had left long before and was not seen since, is no contact.
- Where there is doubt (转阴了, 另一个确诊了, 我也去查了), the words count as they stand.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from campaign.patterns import compiled


class Untrue(NamedTuple):
    """Where words stand that count for nothing, and what they tell instead."""

    start: int
    end: int
    value: bool | None
    """None: they tell nothing."""


_MET = "(?:有?接触|碰|见|挨|沾|遇|跟[^,;?]{1,4}打交道|有(?!人|时|空|事|急|什么事|啥事|需|困))"
_WENT = "(?:(?:出|去|离|跑|回|到)[^,;?]{0,3}[过了])"
_SUPPOSED = (
    "(?:(?:要是|如果|假如|假使|倘若|倘使|若是|若|但凡|要真|真要)[^,;?]{0,4}?"
    "|(?:^|(?<=[,;?我他她]))(?:要|真)(?!有|见|碰|是|去)|(?:^|(?<=[,;?我他她]))要(?=真?有|见过|碰[过上到])"
    "|(?:^|(?<=[,;?]))(?=有的话))"
    "(?P<denied>[没未不]有?)?(?:%s)(?P<happened>[^,;?]{0,8}?)[,?]?(?P<follows>[^;?]*)"
)
_SUPPOSED_MET = compiled(_SUPPOSED % _MET)
_SUPPOSED_GONE = compiled(_SUPPOSED % _WENT)
_WOULD_FOLLOW = compiled(
    "早(?![上晨饭点餐])|能让我(?!知道|看)|还(?:能|让|敢|会|用|等|得?开得)|[能会][^,]*[吗嘛么?]|敢[^,]*[吗嘛?]|能不|不早|哪能|岂|何[必待须]"
    "|[头第]一个|第一时间|主动|自己就|立[马刻]|就不能|不就|不得|才怪"
)
"""What would have followed: 我早被隔离了, 还能上班, 第一个告诉你们."""
_LOCKED_UP = compiled("隔离|红|转运|拉[走去]|封")
_IS_NO_CONDITION = compiled("算|不知道|不清楚|不晓得|怎么办|咋办|就好了")
"""要是见过面也算, 要是接触过怎么办."""
_BOUND_TO = compiled(
    "(?<!只)(?:(?:还|怎么|咋|哪|岂)能|不可能)(?:没|不)(?:有?接触|碰[上见到]|见[过着到])(?![^,;?]{0,3}就)"
    "|(?:没有|不接触|没接触|碰不[上见到])过?才怪|要是没(?:有?接触|碰|见|挨|遇)[^,;?]{0,6}就好了"
    f"|没有?(?:接触|碰[上见到])过?(?:我|他们)?(?:还|又)?能[^,;?]{{0,3}}(?:{_LOCKED_UP.pattern})[^,;?]{{0,3}}[吗嘛?]"
)
"""还能没接触, 没接触我能被隔离吗."""
_NEVER = compiled(
    "^接触[了过]?(?:我|他们)?还(?:能|让|敢)[^,]*[吗嘛?]|(?:^|(?<=[,;?]))(?:接触|碰|见|挨|遇)(?:[过了]|[上到着]了?),?我?还[能敢](?![怎咋不没有说行算好骗瞒记忘])[^,;?]*|(?:想|要)接触[也都]?(?:没|不)|不能说接触|接触(?:那|这|他们?|它)?(?:东西|玩意)?(?:干[啥嘛哈什]|做啥|做什么)|接触个(?:鬼|屁|啥|什么|毛|球|锤子)"
    "|^有(?:是有)?(?:人[^,;?]{0,4})?,(?:可|但|不过)(?:不是我|不在,?我|离我)[^,;?]*|(?:轮得到我|(?:怎么|咋|哪|哪里|么样|哪儿)(?:可能)?(?:能|会)?|不可能|没可能)(?:有|去)?接触(?:得?到|上|过|了)?[的呢啊呀嘛吗哦呐去咧哇]*(?:$|[,;?])"
    "|(?<!不)(?<!才)能有[吗呢嘛咧](?:$|[,;?])"
)
"""怎么会接触呢, 接触个鬼."""
_ON_SCREEN = compiled(
    "(?:电视|新闻|网|手机|视频|微信|朋友圈|抖音|报纸)[上里头中]+(?:才|倒|也|光|只)?(?:[见看聊碰说][到见]?过|见|聊聊?天)"
    "|(?<!没)(?:见|看见|聊)过,(?:都|是|不过|就|只)*(?:在|从)?(?:电视|新闻|网|手机|视频|微信|抖音)[上里头中][^,;?]*"
    "|(?<!没)(?:见|看见|聊)过(?:都是|是|不过|就|只)*(?:在|从)(?:电视|新闻|网|手机|视频|微信|抖音)[上里头中]的?(?:$|[,;?])"
)
_OF_THINGS = compiled(
    "(?:就|只|光|净)[跟和与](?:[^,;?病阳疑诊热]|阳台){1,8}?打交道|接触的(?=都|人|是|全|最|净|也|就)(?!.*(?:病|阳|确诊|疑似|密接|隔离|发[烧热]))"
    "|(?:更|就)?(?:甭|别|莫)[提说]有"
)
"""我就跟猪打交道; 我接触的都是花草."""
_AWAY = compiled(
    "我[们也就可那天正好]*(?:休息,)?(?:根本)?没(?:有)?(?:去(?!看|成?医院|上班)|参加|到场|赴约|坐(?:那|他)|执飞|[跟和]他[^,;?]{0,2}说话)"
    "|我[也都认]*不认[得识][他她]|离(?:我|我们)这?[儿边]?[^,;?]{0,4}[里路]|隔着[^,;?]{1,4}[条街河路]"
)
_NEAR = compiled(
    "楼[上下道]|邻居|隔壁|对[门面]|单元|接触|见[过着到]|碰|吃过?饭|一起|一[块屋桌床]|[同合]住|住[在一]|照顾|面|我(?:爱人|老|媳|妈|爸|儿|女|家)"
)
"""聚会我没去，那帮人全阳了: the others met without the speaker, unless he tells of more."""
_SUSPECTED = compiled("疑似|怀疑|当成|以为|误报|次?密接|说是")
_CLEARED = compiled(
    "(?<!没)(?<!不)(?<!没有)(?<!未)排除|虚惊|乌龙|误报|误会|谣言|瞎传|摘了?帽"
    "|不是[你您][说问]的?[那这]种|(?:不是|并非)(?:这|那|啥|什么|[你您]说的?|咱说的?)?(?:个|种|那种|这种)?(?:新冠|疑似|病(?!人))"
    "|(?:结果|报告|化验|复核|复查|查|测|检|发来|回来|出来)[^,;?]{0,4},?(?:都|也|就)?是?阴(?:性|的|$|[,;])"
    "|是(?:个|什么|普通的?|一般的?)?(?:流感|甲流|水痘|痛风|感冒|肠胃炎|过敏|上火|积食|着凉|中暑|心梗)"
)
_IN_DOUBT = compiled(
    "转阴|阳转|[又再复]阳|转阳|(?<!没)(?<!没有)(?<!不是)确诊了|阳了|阳过|(?<!不是)阳性(?!的?没)|没出|还没|等结果|后来又|另[外一]|别的"
    "|(?:我|俺)(?:们|俩|自己|家|爱人|老)?[^,;?]{0,5}(?:查|测|做|核酸|抗原|检)"
)
"""Words beside which nobody is cleared."""
_NO_CLOSE_CONTACT = compiled(
    "次?密接(?:[,和跟或]?次密接)?[,]?(?:我|这些|那些|这两样|咱|俺)?(?:都|也|可|哪个|一个|可都|全)*(?:不算|不是|算不上|够不上|不属于|谈不上)[的啊呀呢]*(?=$|[,;])"
)
"""密接、次密接我都不算."""
_NOBODY_KNOWS = compiled(
    "(?:[跟和与同]谁|[见碰挨]过?(?:谁|什么人|哪些人|啥人)|(?:接触|碰见|遇见|遇到)过?(?:谁|什么人|哪些人|啥人))[^,;?]{0,8}(?:不知道|不清楚|不晓得|不记得|没数|说不[上清好])"
)
"""跟谁打过照面我都不知道."""
_PARTED = compiled(
    "(?:[他她]|人家|[我俺]俩|[我俺]|[,;])[^,;?才刚]{0,4}(?:上个?月|去年|前年|年初|年前|开春|春天|夏天|[暑寒]假|春节|早就?|[一两三四五六七八九十几半]+个?多?[月年]多?前?)"
    "(?:就|已经?|便|都)*[^,;?才来]{0,4}(?:走|搬|辞|离|调|退|回了?老家|出国|毕业|转学)"
    "|(?:走|搬走|辞职?|离职|调走|退休|回老家|出国|毕业|转学)了?(?:都|有|已经?|快)*[一两三四五六七八九十几半]+个?多?[月年]"
)
"""可他上个月就辞工走了, 他回老家一个多月了: somebody left before there was anything to catch."""
_NOT_SINCE = compiled(
    "[,;][^,;?]{0,8}(?:没|未|不)(?:再|怎么|有)?(?:[跟和][他她])?(?:见|碰|照|来往|往来|联系|打过?照?|凑|接触|遇|挨)[^,;?]{0,3}$"
)
_TOGETHER = compiled(
    "一起|一[块屋桌床]|吃|昨|前[天晚]|今[天早]|这[两几]|上个?(?:周|礼拜|星期)|刚|才|接触过|见过面|还(?:在|跟|和|给)"
)
"""Words beside which whoever left was met all the same."""
_SAID_YES = compiled("^[嗯哦对啊]*,?(?:有|对|是的|接触过|接触了|碰过|见过)[的啊过]?[,;]")

_NEARLY = compiled(
    "(?:差一?[点步]儿?|险些|几乎(?!天天|每|都|[是没]))[就都也要跟和与同去到,]*[^,;?没不忘]{0,3}?"
    "(?:[碰遇撞][上到见着]?|接触|见[到着上面]|挨|沾|坐|聚|成了?(?=次?密接)|去(?=了?,?[他她]))[^,;?没不]{0,5}"
)
"""差点儿就碰上了: a meeting that did not come about; but 几乎天天碰面, 差点被传染."""


def untrue(text: str, *, is_about_ill: bool) -> list[Untrue]:
    """The parts of an answer that tell of what did not happen.

    Args:
        text: The answer, with its clause breaks.
        is_about_ill: Whether the question is about people who are ill.
    """
    found = _supposed(text, _SUPPOSED_MET if is_about_ill else _SUPPOSED_GONE)
    if is_about_ill:
        found += [Untrue(*match.span(), True) for match in _BOUND_TO.finditer(text)]
        if "不知道" not in text and "说不" not in text:
            found += [Untrue(*match.span(), False) for match in _NEVER.finditer(text)]
        found += [Untrue(*match.span(), False) for match in _ON_SCREEN.finditer(text)]
        found += [Untrue(*match.span(), None) for match in _OF_THINGS.finditer(text)]
        if _AWAY.search(text) and not _NEAR.search(text):
            found.append(Untrue(0, len(text), None))
        if (cleared := _cleared(text)) is not None:
            found.append(cleared)
        found += [Untrue(*match.span(), None) for match in _NOBODY_KNOWS.finditer(text)]
        found += [Untrue(*match.span(), False) for match in _NO_CLOSE_CONTACT.finditer(text)]
        if _may_be_near(text):
            found += [Untrue(*match.span(), False) for match in _NEARLY.finditer(text)]
        if had_parted(text):
            found.append(Untrue(0, len(text), False))
    return found


def _may_be_near(text: str) -> bool:
    return "差" in text or "险些" in text or "几乎" in text


def nearly_met(text: str) -> bool:
    """Whether a meeting is told of that only nearly came about: 差点儿碰上."""
    return _may_be_near(text) and _NEARLY.search(text) is not None


def had_parted(text: str) -> bool:
    """Whether somebody had left long before and was not met again: 他上个月就辞工走了，再没见."""
    return "没" in text and bool(
        _PARTED.search(text) and _NOT_SINCE.search(text) and not _TOGETHER.search(text)
    )


def _supposed(text: str, condition: re.Pattern[str]) -> list[Untrue]:
    match = condition.search(text)
    if match is None or _IS_NO_CONDITION.search(match[0]):
        return []
    told = match["happened"] + match["follows"] + text[match.end() : match.end() + 1]
    if _WOULD_FOLLOW.search(told) is None:
        return []
    if match["denied"]:
        return [Untrue(*match.span(), True if _LOCKED_UP.search(told) else None)]
    return [Untrue(*match.span(), False)]


def _cleared(text: str) -> Untrue | None:
    """说是疑似，查了是水痘: up to where it is told that it was nothing."""
    last = max((match.end() for match in _CLEARED.finditer(text)), default=None)
    if last is None or _IN_DOUBT.search(text) or _SAID_YES.match(text):
        return None
    return Untrue(0, last, False if _SUSPECTED.search(text, 0, last) else None)


def leaves_unknown(text: str) -> bool:
    """Whether somebody was among people of whom he cannot tell whether one was infected: 不敢说，昨天去了发热
    门诊，里头全是人."""
    if _CANNOT_TELL.search(text) is None or _DENIES.search(text):
        return False
    return _TELLS_OF_ONE.search(_WHETHER_ANY.sub("", text)) is None


def may_have_met(text: str) -> bool:
    """Whether somebody begins by saying that he cannot tell, and tells of a case all the same: 不好说，班里
    有个小朋友阳了，可能碰到过吧."""
    return _BEGINS_UNSURE.match(text) is not None and _PERHAPS.search(text) is not None


_BEGINS_UNSURE = compiled(
    "(?:[嗯啊哦哎唉],?)*(?:这个?|那|这事儿?|接触[没不]接触过?|有没有)?(?:我|俺)?(?:可|真|也)?"
    "(?:上?哪[儿里]?(?:能)?知道|不敢说(?!没)|不好说|说不准|说不好|难说|拿不准)[啊呀了呢]?,"
)
_PERHAPS = compiled("可能|也许|兴许|没准|说不定|不知道|不清楚|不晓得|吧$")
_DENIES = compiled("没有?(?:接触|见|碰|挨|跟|和)|^[嗯啊哦]*,?没有|(?:认识|熟|身边)[^,;]{0,4}没有")
_WHETHER_ANY = compiled(
    "(?:有没有|哪个是|谁是|是不是|到底有没有)[^,;]{0,6}(?:确诊|阳|疑似|病|带菌|得病)[^,;]{0,4}"
)
_CANNOT_TELL = compiled(
    "^(?:[嗯啊哦哎唉],?)*(?:(?:这个?|那)?(?:我|俺)?(?:可|真|也)?(?:不敢说(?!没)|不好说|说不准|说不好|哪[儿里]?知道|拿不准))[啊呀了呢]?,"
    "|(?:有没有|得没得|哪个是|谁是|是不是)[^,;]{0,8},?(?:我|俺)?(?:可|就|真|也)*(?:不知道|不清楚|不晓得|说不准|哪[儿里]?知道)"
    "|(?:不知道|不清楚|不晓得|说不准)[^,;]{0,4}(?:有没有|得没得|是不是)"
)
_TELLS_OF_ONE = compiled("接触[了过到]|确诊|阳[了性的]|疑似|密接|感染|中招|查出来|得[了过]这?个?病|拉走")
