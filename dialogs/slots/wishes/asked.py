"""What is asked for by a question: 有没有退烧药, 酒精能不能给匀一瓶, 要是有大夫能上门就好了. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from campaign.patterns import compiled
from dialogs.slots.wishes.phrases import KIN

_YOU = "(?:[你您]们?|社区|居委会)"
_TO_ASK = (
    "我?(?:就|正|只|还|也|倒)*(?:是|想|要)*(?:问问|问一?下|问|打听(?:一?下)?)(?:一?下)?"
    f"(?:{_YOU}|这儿|那儿|那边|看|,)*"
)
_END = "(?:[啊吗呢吧呀么的哦]|没有)*(?=$|[,;])"
_BEGIN = "(?:^|(?<=[,;]))"
_WHETHER_THERE_IS = compiled(
    f"{_BEGIN}(?:{_TO_ASK})?{_YOU}?(?:这儿|那儿|那里|那边)?还?有没有"
    f"(?P<what>[^,;没不人什么能需困问办事啊吗呢吧]{{2,8}}?){_END}"
)
_IF_THERE_IS = compiled(
    f"{_BEGIN}(?:家里|我)?(?P<what>[^,;没不有还我]{{2,8}}?)(?:(?:(?:还?有没有,?有的话|要是还?有(?:的话)?),?就?(?:给我|给|帮我)们?)|有的话,?就?(?:给我|给|帮我)?们?)"
    f"(?P<do>[送来带拿匀捎])(?P<much>[^,;]{{1,4}}){_END}"
)
_COULD_YOU = compiled(
    f"{_BEGIN}(?P<what>[^,;没不有还我你您他她帮]{{2,12}}?)(?:[你您]们)?能不能[给帮](?:我们?|俺)?[匀送带买来弄拿]"
    f"(?:[一两几]?[瓶个点盒袋份些包桶])?[来过]*{_END}"
)
_WOULD_BE_GOOD = compiled(
    f"{_BEGIN}(?:要是|如果|要|再)能?再?有个?(?P<what>[^,;]{{2,10}}?)那?(?:就|可)(?:更|太|最)?好[了啦]{_END}"
)
_WOULD_BE_GOOD_TO = compiled(
    f"{_BEGIN}{_YOU}?(?:要是|如果|要)还?能再?(?P<what>(?:给|帮|带|捎|送|买|拿|弄)[^,;]{{2,12}}?)那?(?:就|可)(?:更|太|最)?好[了啦]{_END}"
)
"""要是能再带盒退烧药就更好了."""
_WATCHED = compiled(
    "(?:房子?|屋子?|家)里?(?:一直|都)*(?:空着|没人),?(?:[你您]们?)?(?:受累|麻烦)?(?:给|帮|替)(?:我|俺)?们?多?(?:留心|留意|留神|照看|盯|看)"
    f"[着下]?(?:[点些]|一[下眼])?{_END}"
)
"""我那房子空着，你们给留心点儿."""
_SOME_OF_IT = compiled(
    f"{_BEGIN}(?:家里|屋里|手头)?连?[一半][粒片颗盒个瓶滴包根](?P<what>[^,;没不也都]{{1,8}}?)[都也]没(?:有|了)?,?[你您]?们?能?(?:给|帮忙|帮)"
    f"(?:着|我)?(?:[买送带捎弄])(?:[点些]|一?[盒瓶包])?不?{_END}"
)
"""家里一粒退烧药都没有，能帮忙买点吗."""
_NOT_ONE = compiled(
    f"{_BEGIN}(?:家里|屋里|手头)?连?[一半](?:片|粒|颗|盒|瓶|滴|包|袋)儿?(?P<what>[^,;没不也都人]{{1,8}}?)[都也]没(?:有|了)?了?(?=[,;]|$)"
)
"""家里一片儿退烧药都没了."""
_NONE_LEFT = compiled(
    f"{_BEGIN}(?:家里)?(?P<what>[^,;没不也都人只还就]{{1,6}}?)(?:一[个片粒点盒袋瓶]儿?[都也]不剩|(?:也|还)?就够(?:吃|用|喝)?[一两三四五几]{{1,2}}(?:天|顿|片|粒|回|包))(?:的量?)?了?(?=[,;]|$)"
)
"""口罩一个都不剩了; 降压药也就够吃两三天的."""
_SOMEBODY_FOR = compiled(
    f"{_BEGIN}(?P<who>(?:我|俺)?(?:{KIN}|丈母娘|老丈人|爸|妈))(?:那儿|那边|那里|这儿|家里?)(?:每天|天天|中午|晚上)?"
    "(?:得|要|需要)(?:有|找)个?人(?=[送做照陪看帮接])"
)
"""我丈母娘那儿每天得有人送饭."""
_IF_YOU_HAVE = compiled(
    f"{_BEGIN}{_YOU}?(?:那儿|那边|这儿)?(?:要是|如果|若是?)(?:还|能)?有(?P<what>[^,;没不]{{1,6}}?)(?:的话)?,?就?(?:能|可以)?给(?:我|俺)?们?"
    f"[发送带捎拿匀](?:[点些]|[几两俩一]个?|[几两一][盒包袋瓶])?[来过]*(?:就(?:行|成|好|中))?{_END}"
)
"""你们要是有口罩给发俩就行."""
_SOMEBODY_THERE = compiled(
    f"{_BEGIN}(?:家里|屋里|我)?有[条只个位](?P<who>[^,;]{{1,4}}?)(?=得(?:有)?人|没人[遛喂管照看])"
)
"""家里有条狗得有人帮着遛."""
_RUN_OUT = compiled("(?<=[没完光])[咧嘞啦]")
_IS_THERE_ANY = compiled(
    f"{_BEGIN}(?P<what>[^,;?没不有还我你您们家谁人事什么]{{2,6}}?)(?:[你您]们?(?:那儿?|这儿?|那边|那里)?)?(?:还)?有没有[啊呀呢]*(?:$|[,;?])"
)
"""退烧药有没有？"""
_ASK_FOR_IT = compiled(
    f"{_BEGIN}(?:那|就|还有)?(?P<what>[^,;?没不有我你您们]{{2,6}}?)(?:的事儿?)?[你您]们?(?:可|可得|再|也|帮忙)*给(?:我|俺)?(?:再)?(?:问问|问一?[下声]|打听打听|想想办法)[啊呀吧]*(?=$|[,;])"
)
"""那退烧药您可给我问问啊."""
_BROUGHT_UP = compiled(
    f"{_BEGIN}(?P<what>[^,;?没不有我你您们]{{1,6}}?)能(?:不能)?(?:给|帮)(?:我|俺)?们?(?P<do>[送拿带捎])(?:到(?:家|门口|楼上)|上(?:来|门|楼))来?[吗不]?(?=$|[,;我])"
)
"""菜能给送上来吗."""
_ASKED_BACK = compiled("^[啊哦嗯]*,?(?:有)?(?:啥|什么)(?:需要|困难|事儿?|要帮的?|忙)[啊呀呢]*[?,]+(?=.{2})")
"""什么需要？哦，要是能送点菜就好了."""
_SAID_BEFORE = compiled(
    f"(?:^|(?<=[,;]))(?:就是?)?,?(?:我)?(?:刚才|刚刚|前面)说的?(?:那个|那事儿?)?(?=[^,;的那个]{{1,14}}{_END})"
)
"""就是刚才说的那个垃圾."""
_PILED_UP = compiled(
    f"(?:(?:我)?(?:家里?)?门口的?)?那?(?:堆|些)?(?P<what>垃圾)(?:也|都|又)?(?:堆|放|攒|搁)了?[^,;]{{1,5}}了?,?(?:能不能|给|帮我|帮忙|麻烦)+(?P<do>[拿收倒扔带])(?:走|一?[下趟]|了|掉)*(?:吧|呗)?{_END}"
)
"""门口那垃圾也堆了两天了给拿走吧."""
_THANKS = compiled(
    f"(?:麻烦|劳烦|多谢|谢谢)?(?:[你您]们?|社区)?(?:总)?(?:惦记|费心|操心|挂念|挂心)(?:着)?了?{_END}"
)
"""不用，麻烦你们惦记了."""
_IF_SO = compiled(f"{_BEGIN}要(?:是)?真[^,;要需]{{1,4}}了?[,;]")
"""要真停了，给我拎两桶水."""
_SAYS_NOTHING = compiled(
    f"{_BEGIN}(?:{_YOU}?(?:赶紧|尽快|快点|早点|到时候?)*(?:给(?:我|俺)?)?回(?:我)?个?(?:话|信|准信|消息)[^,;]{{0,4}}|(?:我|就|只|倒)*(?:盼|希望|指望|巴不得)着?{_YOU}(?:快|赶紧|早)(?:点|些)?儿?[^,;]{{0,2}}(?:说完|问完|挂|完事|结束)[^,;]*"
    f"|能[给送]我?(?:一?个)?[不吧]?了?{_END}|我?(?:就|只|还|也)*想(?:问问|问一?下){_END}(?=[,;])"
    f"|网上[也都]?[买订]不[着到上]{_END}|{_YOU}?(?:这儿|那儿|那边)?能(?:帮着|帮忙|给我?|帮我?)?(?:代买|买|送|捎|带|开)"
    f"(?:一?[下包盒点袋个瓶]+)?[吗不么]{_END}|(?:哎|那|可)*敢情好[啊呀]*)"
)
_WONDERS = compiled(f"{_BEGIN}(?:也|就|我)?不(?:知道|晓得)(?:你们|您|社区)?(?=能不能|能否|可不可以|有没有)")
"""不知道能否请大夫上门来看看."""
_WHO_HAS_TIME = compiled("[你您]们?谁(?:有空|得空|有工夫|顺路|方便)(?:的话)?,?")
"""就那硝苯地平你们谁有空给捎两盒来."""
_SOMEBODY_TO = compiled("(?<=[^,;])有没(?:有|得)人(?:可以|能)?(?=帮)")
"""小号的有没得人可以帮忙带一下."""
_SHOULD_THE_SHOP_HAVE_IT = compiled(
    f"{_BEGIN}(?:药店|超市|店里|你们)?(?:那儿|那边)?(?:要是|如果|若)有(?:的话)?就?(?=给|帮|麻烦)"
)
"""药店要是有就给带一支."""
_ONE_MORE = compiled(
    f"{_BEGIN}(?:刚才|刚刚)?(?:我?要的)?(?:东西|药|单子)?里?(?:再|还)(?:给我)?[加添](?:一[样个件]|个|上|点),?(?=..)"
)
"""刚才要的东西再加一样，隔尿垫."""
_EMPTY = compiled("[,;]{2,}")
_HINTS = compiled(
    "敢情好|回个?[话信准消]|回我|要是|能[帮给代买送捎带开]|有没有|能不能|好了|好啦|想问|盼|希望|指望|能给|网上"
)


class _Turn(NamedTuple):
    """One way to ask for something."""

    needs: tuple[str, ...]
    """A text that may hold it has one of these: cheaper than looking for it."""
    pattern: re.Pattern[str]
    plain: str


_TURNS = (
    _Turn(("没", "完", "光"), _RUN_OUT, "了"),
    _Turn(("需要", "困难", "事", "帮", "忙"), _ASKED_BACK, ""),
    _Turn(("能", "有没"), _WONDERS, ""),
    _Turn(("谁",), _WHO_HAS_TIME, ","),
    _Turn(("有没",), _SOMEBODY_TO, ","),
    _Turn(("有",), _SHOULD_THE_SHOP_HAVE_IT, ""),
    _Turn(("有没有",), _IS_THERE_ANY, r"要\g<what>,"),
    _Turn(("问", "打听", "想办法"), _ASK_FOR_IT, r"要\g<what>"),
    _Turn(("能",), _BROUGHT_UP, r"帮我\g<do>\g<what>,"),
    _Turn(("垃圾",), _PILED_UP, r",帮我\g<do>\g<what>"),
    _Turn(("惦", "心", "挂念"), _THANKS, "谢谢"),
    _Turn(("加", "添"), _ONE_MORE, "要"),
    _Turn(("得有", "要有", "找"), _SOMEBODY_FOR, r"得有人给\g<who>"),
    _Turn(("真",), _IF_SO, ""),
    _Turn(("刚", "前面"), _SAID_BEFORE, ""),
    _Turn(("有",), _IF_YOU_HAVE, r"要\g<what>"),
    _Turn(("有",), _SOMEBODY_THERE, r"\g<who>"),
    _Turn(("剩", "够"), _NONE_LEFT, r"\g<what>没了"),
    _Turn(("没", "空着"), _WATCHED, ",帮我照看房子"),
    _Turn(("没",), _SOME_OF_IT, r"给我买点\g<what>"),
    _Turn(("没",), _NOT_ONE, r"\g<what>没了"),
)
"""In the order in which they are put plainly."""


def with_one_more(text: str) -> str:
    """What comes to mind later put as a request: 要隔尿垫 of 刚才要的东西再加一样，隔尿垫."""
    return _ONE_MORE.sub("要", text) if "加" in text or "添" in text else text


def asked_plainly(text: str) -> str:
    """The words with such questions put as requests; most are as they were."""
    text = text.replace("家里头", "家里").replace("屋里头", "屋里")
    for turn in _TURNS:
        if any(needed in text for needed in turn.needs):
            text = turn.pattern.sub(turn.plain, text)
    text = text.strip(",")
    if not _HINTS.search(text):
        return text
    said = text.replace("?", ",")
    plain = _SAYS_NOTHING.sub("", said)
    plain = _WOULD_BE_GOOD_TO.sub(r"再\g<what>", plain)
    plain = _IF_THERE_IS.sub(lambda m: f"给我{m['do']}{m['much']}{m['what']}", plain)
    for pattern in (_COULD_YOU, _WHETHER_THERE_IS, _WOULD_BE_GOOD):
        plain = pattern.sub(lambda m: f"要{m['what']}", plain)
    return text if plain == said else _EMPTY.sub(",", plain).strip(",;") or text
