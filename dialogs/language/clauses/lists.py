"""Where clauses about somebody's health end for certain, though nothing was written between them.

Recognisers write no punctuation. N-grams (``wording``) tell where a comma is likely; here stands what can be
derived, so that neither has to guess: 咳嗽有发烧没有乏力也有 is three things with a verdict each, 乏力不乏
repeats a question and denies it, and nobody is denied anything by the 没有 of 一点事没有鼻子堵着.

Laws:

- A list that begins with a thing, and in which a verdict follows every thing, has its verdicts behind:
  咳嗽没有发烧没有. Whatever ends with a thing may have them before, and is left alone: 咳嗽没有发烧没有痰.
- A thing of which a word is denied right after it was asked back: 头疼?不咋疼; so is 咳不咳?不咳.
- Things may be told by their places: 前两个有第三个没有.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from campaign.patterns import compiled
from dialogs.language.body import ACHING_PART
from dialogs.language.clauses import ends, whereabouts
from dialogs.language.clauses.things import BESIDE, FELT, NO, TAIL, THING, YES
from dialogs.language.clauses.verdicts import with_verdicts

_COUNT = "[一二两俩三仨四]"
_PLACE = (
    "(?:(?:最?前[头面边]?|最?后[头面边]?|末了?|头|首|余|打头)(?:那|的)?"
    f"(?:{_COUNT}(?:个|样|种|项|条)?|(?:个|样|种|项|条))"
    f"|第{_COUNT}(?:个|样|种|项|条)?|[中当]间那?一?(?:个|样))"
)
_PLACES = f"(?:[你您]说的)?{_PLACE}(?:[和跟与]?{_PLACE})*"

_LEAD = "(?:我|嗯|呃|额|唉|诶|哦|啊|那个?|这个|其实|就是|怎么说呢|(?:让我|我)?想想|[你您]说的?|刚说的)*"
_LEANS_BACK = (
    f"(?:(?:{THING}|力气|胃口){BESIDE}*(?P<no>{NO}|没(?={THING}{BESIDE}*有))"
    f"|(?:(?:(?>{THING})[和跟]?){{1,3}}|力气){BESIDE}*{YES})"
)
"""咳嗽没有, 气紧倒是真的, 乏力嘛有那么些."""
_BY_PLACE = f"{_PLACES}(?:俩|我)?{BESIDE}*(?:{NO}|{YES}|[不没]?[占中]{TAIL})"
_AT_EASE = (
    "(?:力气|劲头?|精神|胃口|饭量|身体)(?:也|都|倒是?|还|是|挺|很|么|嘛|呢|可)*"
    f"(?:有|足足?|好着?|充足|充沛|旺盛?|棒|正常|香|不错){TAIL}"
)
"""力气也足足的."""
_PART_AT_EASE = f"{ACHING_PART}(?:也|都|倒)?不{FELT}{TAIL}"
_NOT_BY_ITSELF = f"(?!{BESIDE}*(?:没有|没得|有|无|是真的|真的)|[嘛呢么])"
_MORE = f"(?:[和跟]?(?>{THING}){_NOT_BY_ITSELF})*"
_DENIED_BEFORE = f"(?:也|又|既|都|我)*(?:(?:没有?|无|未){THING}{_MORE}|不(?:{THING}|疼|痛)){TAIL}"
_HAD_BEFORE = f"(?:也|又|还|我)*(?<!没)有(?:一?点儿?|一?些)?{THING}{_MORE}{TAIL}"

_SAME = "(?:发烧|发热|咳嗽|乏力|拉肚子|呕吐|[发烧热咳乏拉吐喘疼痛累堵晕痒])"
_ASKED_BACK = compiled(
    f"(?P<asked>(?P<thing>{THING})(?:就是{THING})?(?:吧|啊|呀|嘛|哦|呢|是吗)*)"
    f"(?P<told>(?:我|可|倒|那|也|是)*[不没](?:咋|怎么|太|大|很)?(?P<same>{_SAME})(?:啊|呀|呢|哦|嘛|的)*)"
)
"""乏力不乏, 头疼不咋疼, 发热就是烧吧不烧."""
_WHETHER = compiled(
    f"(?P<asked>(?P<thing>{THING})[不没](?P=thing)(?:呢|啊|呀)?)"
    f"(?P<told>[不没]?(?P<same>{_SAME})(?:个鬼|个屁|得厉害|得很|的|了|啊|呢)*)"
)
"""咳不咳不咳, 喘不喘喘."""
_STRENGTH = compiled(
    "(?P<asked>(?P<thing>没(?:劲|力气|精神)))(?P<told>我?(?P<same>有(?:劲|力气|精神|的是))(?:着呢|得很|呢|的|啊)*)"
)
_WHY = compiled(
    f"(?P<asked>(?P<thing>{THING}))(?P<told>我?(?P<same>{_SAME})(?:什么|个?啥)(?:(?P=same)|[嗽力烧热]))"
)
"""乏我乏什么乏."""
_TURNS_DOWN = ("倒", "是", "也是")
"""乏力倒不乏力 asks nothing."""
_QUESTIONS = (_WHETHER, _ASKED_BACK, _STRENGTH, _WHY)
_INDEED = f"{THING}(?:(?:嘛|呢|么)+{_SAME}(?:的|着呢|得厉害)|倒?是真{_SAME})"
"""发烧嘛烧的, 乏力是真乏力."""
_SOMEWHAT = f"{ACHING_PART}(?:有一?点儿?|有一?些)(?:不舒服|难受|{FELT}){TAIL}"
"""头有点晕, which no 没有 before it denies."""
_NO_OTHERS = f"(?:别的|其他|旁的)(?:都|也|倒|就)*没有{TAIL}"
_STATEMENTS = compiled(
    f"(?P<back>{_BY_PLACE}|{_LEANS_BACK}|{_INDEED}|{_PART_AT_EASE}|{_SOMEWHAT})|{_AT_EASE}|{_DENIED_BEFORE}|{_HAD_BEFORE}|{_NO_OTHERS}"
)
_ONE_DENIED = compiled(f"(?:也|又|既|都|我)*(?:没有?|不|无|未)(?>{THING})")
_IS_BY_PLACE = compiled(_BY_PLACE)
_IS_PART_AT_EASE = compiled(_PART_AT_EASE)
_THINGS = compiled(THING)
_OF_FEW = compiled("[有没无不真什啥]")
_OPENS = compiled(_LEAD)
_GOES_ON = compiled(
    "[了过得的起动上下完住着出血到见几两半死成痰水嗽力热烧]|一(?!口气|切|直)|没有(?!的|了?$)|[不没有无]$"
)
"""What may belong to the word before: 咳嗽不咳痰, 烧没烧起来."""
_BEGINS_ANEW = compiled(
    "我|就|没(?:劲|力气|精神)|可(?!能|以|疑)|但|不过|只|三十|[^,没不]{1,6}倒是?有|体温|家里|能|一切|都|全|身体|那|现在|挺|好着|谢|刚|昨|今|人"
)
"""What no 没有 before it denies."""
_MAY_BE_DENIED = compiled(
    f"{THING}(?!倒|是|嘛|呢)|{ACHING_PART}|别的|其[他它余]|任何|什么|啥|症状|异常|毛病|感觉|反应|难受|不|病|痛苦|那|这|多|怎么|咋|太|很|特别|一(?!口气)"
)
"""What the last 没有 of a list may deny: 咳嗽没有发烧没有痰, 没有别的."""
_ENDS_THERE = compiled("没(?:有|得)[的啊呀呢哦嘛哎欸]+$|没[那这]回?事")
"""发烧没有的, 发烧没那回事: nothing after it is denied."""
_STARTS = compiled(
    f"{_BEGINS_ANEW.pattern}|{THING}(?:倒|是|嘛|呢)|{ACHING_PART}|[扛凉还劲精浑吃干好早走跑爬跳睡有没]"
)
_BESIDE_IT = compiled(f"^{THING}(?:嘛|呢|啊|哦|么|吧|的话|这个|那|倒|是|可)")


class _Item(NamedTuple):
    """One thing of a list."""

    written: str
    end: int
    is_back: bool = False
    """Its verdict stands behind it."""
    may_deny: bool = False
    """It ends with a no that could belong to what follows."""
    is_question: bool = False


def with_clauses(text: str, with_breaks: Callable[[str], str]) -> str:
    """A text without punctuation, with breaks where clauses end for certain, and where they are likely.

    Args:
        text: Normalised, without any break.
        with_breaks: Puts likely breaks into a part of it.
    """
    if (told := with_verdicts(text)) is not None:
        return told
    text = whereabouts.with_ends(text)
    if "," in text:
        return ",".join(with_clauses(part, with_breaks) for part in text.split(","))
    if "不是" in text:
        text = _CORRECTS.sub(r"\g<said>,\g<but>,", text)
        if "," in text:
            return ",".join(with_clauses(part, with_breaks) for part in text.split(","))
    told, rest = _asked_again(text) or _list_at_the_beginning(text)
    parts = [_NO_TROUBLE.sub(r"\1\2\3", with_breaks(part)) for part in _apart(rest)]
    after = ends.with_ends(",".join(parts))
    return told + after if not told or told.endswith("?") or not after else f"{told},{after}"


def _asked_again(text: str) -> tuple[str, str] | None:
    """What was asked and is said again, and what comes after."""
    named = _NAMED_BACK.match(text)
    if named is not None:
        things = "?".join(_THINGS.findall(named["things"]))
        return f"{things}?没有没有", text[named.end() + len("没有没有") :]
    asked = _ASKED.match(text)
    return (f"{asked[0]}?", text[asked.end() :]) if asked is not None else None


def _list_at_the_beginning(text: str) -> tuple[str, str]:
    """A list with its breaks, and what comes after; empty where there is none."""
    if _OF_FEW.search(text) is None:
        return "", text
    opening = _OPENS.match(text)
    start = opening.end() if opening is not None else 0
    items = list(_items(text, start))
    while items and not _is_list(items, text[items[-1].end :]):
        items.pop()
    if not items:
        return "", text
    return text[:start] + ",".join(item.written for item in items), text[items[-1].end :]


def _items(text: str, position: int) -> Iterator[_Item]:
    while position < len(text):
        item = _question_at(text, position) or _statement_at(text, position)
        if item is None:
            return
        yield item
        position = item.end


def _question_at(text: str, position: int) -> _Item | None:
    for pattern in _QUESTIONS:
        match = pattern.match(text, position)
        if match is not None and (pattern is _STRENGTH or _is_of(match["same"], match["asked"])):
            asks = "" if match["told"].startswith(_TURNS_DOWN) else "?"
            return _Item(f"{match['asked']}{asks}{match['told']}", match.end(), is_question=True)
    return None


def _is_of(same: str, asked: str) -> bool:
    """Whether one is a word of the other, 热 and 烧 being the same."""
    return not set(same.replace("热", "烧")).isdisjoint(asked.replace("热", "烧"))


def _statement_at(text: str, position: int) -> _Item | None:
    match = _STATEMENTS.match(text, position)
    if match is None:
        return None
    is_back = match["back"] is not None
    return _Item(match[0], match.end(), is_back, is_back and match["no"] is not None)


def _is_list(items: list[_Item], rest: str) -> bool:
    """Whether what was found is beyond doubt, with what comes after it."""
    last = items[-1]
    if rest and _GOES_ON.match(rest) and not (last.is_question and rest.startswith("没有")):
        return False
    is_sure = len(items) > 1 or _ENDS_THERE.search(last.written) is not None
    if rest and last.may_deny and not _begins_anew(rest, is_sure=is_sure):
        return False
    if len(items) == 1:
        if last.is_question:
            return _STARTS.match(rest) is not None if rest else not _only_asks(last.written)
        if _IS_BY_PLACE.fullmatch(last.written):
            return bool(rest)
        if _IS_PART_AT_EASE.fullmatch(last.written):
            return _THINGS.match(rest) is not None or _BEGINS_ANEW.match(rest) is not None
        is_over = _BESIDE_IT.match(last.written) or _ENDS_THERE.search(last.written)
        return last.may_deny and bool(rest) and is_over is not None
    if any(item.is_back or item.is_question for item in items):
        return True
    return all(_ONE_DENIED.fullmatch(item.written) for item in items) and _THINGS.match(rest) is None


def _begins_anew(rest: str, *, is_sure: bool) -> bool:
    """Whether no 没有 before it denies it; where that is surely a verdict, anything is new that can't
    be denied: 发烧没有咳嗽没有外地也没去."""
    if _BEGINS_ANEW.match(rest) is not None:
        return True
    return is_sure and _MAY_BE_DENIED.match(rest) is None


def _only_asks(written: str) -> bool:
    """发热不发热, 嗓子疼不疼: the question as it was put; 发烧没烧 answers it, and so does 发烧倒不发烧."""
    asked, _, told = written.partition("?")
    if not told:
        return False
    return asked.endswith(told[1:]) and not (told[0] == "没" and len(asked) > len(told[1:]) == 1)


# --- what ends for certain ------------------------------------------------------------------------------

_TROUBLE = "(?:事|病|毛病|症状|不适|不舒服|问题|反应|感觉)"
_ENDS = compiled(
    # 一点事没有鼻子堵着, 啥症状没有娘俩住着; 有啥症状没有 asks
    f"(?<![有])(?:(?:什么|啥|嘛|屁|一点|半点){_TROUBLE}(?:都|也)?没有)(?=[^过了的啊呀呢哦嘛吗发出])"
    # 那几样都没有颈椎疼
    f"|[那这问说][几些三仨的]*[样个种]?我?(?:都|全|倒|一概|统统)没有(?={ACHING_PART}|上吐|可(?![能疑以]))"
    # 没有可耳朵里疼, 全没有只是牙肿了
    f"|没有(?=可(?:我|{ACHING_PART})|可是|但是?(?:我|{ACHING_PART})|只是|偏偏)"
    # 无身体倍儿棒, 没有好着呢
    "|^(?:没有|无)(?=好着|挺好|蛮好|好得很|得劲得很|身体(?:倍|好|棒|健|挺|很|没))"
    # 没有没有碰过: said twice, no denial of a denial
    "|^(?:没有)+(?=没有(?:碰|挨|见|接触|遇|去|出|离|跟|和|"
    f"{THING}))"
    # 检查了不是没接触过
    "|[查验测]了不是(?=没)"
    # 不发烧不呕吐嗅觉却失灵了
    f"|(?<=.)(?=(?:嗅觉|味觉|{ACHING_PART})却)"
    # 耳朵眼里疼嗓子鼻子都没事, 鼻子倒是通的可闻不见
    f"|[疼痛痒](?={ACHING_PART}{{1,2}}(?:都|也|倒)(?:没事|没毛病|好|不))"
    "|[通好](?:着呢|的)(?=可(?![能疑以]))"
    # 除了没吐发烧头疼都赶上了
    f"|^除了没(?>{THING})(?={THING})"
    # 以前爱晕现今稳住了, 嗓子疼过好了也没烧
    "|^(?:以前|从前|早先|原来|年轻时候?).{2,8}?(?=现今|如今|现在|这会)|[疼痛咳烧拉吐晕]过(?=好了)|(?<=过)好了(?=[也没不])"
    # 刚说的那仨凑齐了
    "|[说问念讲]的那?仨(?=我|凑)"
    # 没有听见没
    "|[倒全]没有(?=三十[五六]度)|没病(?=不)|没有(?=听[见清到]没)|(?:别的|旁的|其他)没有(?=家里)"
    # 车间刚查完清一色阴性
    "|查完(?=清一色|全是|都是)"
    # 不拉净吐, 身上烧老是咳还吐
    "|[不没][咳烧喘吐拉疼](?=[净光][咳烧喘吐拉疼])|[咳烧喘吐拉疼](?=(?:老是|还)[咳烧喘吐拉疼])"
)
_NO_TROUBLE = compiled(
    f"((?<!有)(?:什么|啥|一点|半点){_TROUBLE}),(?=没有)|(没有一个),(?=轮)|((?:^|(?<=,))谈不上),(?=不舒服|不适|{THING})"
)
"""No break belongs into 啥不舒服没有, nor into 谈不上不舒服."""
_MAY_END = compiled(
    "没有.|没病不|却|^无身|是没|[疼痛痒过].*[好都也倒]|的可|呢可|^除|[现如这]|仨|查完|净|光|老是|还"
)
_CORRECTS = compiled(f"(?P<said>{THING})(?P<but>[啊哦噢呃哎]不是)(?={THING})")
"""喉咙痛啊不是牙齿痛."""
_NAMED_BACK = compiled(f"^(?P<things>(?>{THING}){{1,3}})(?:[啊呀吧哦])?(?=没有没有(?!{THING}|力气|精神|劲))")
"""头疼浑身疼没有没有."""
_ANY = f"(?:(?>{THING})|不舒服|不得劲|不适|难受|上吐下泻|有病)"
_ASKED = compiled(
    f"^(?:我?有?{_ANY}(?=没有的事|不存在的?$)|(?:我有)?不舒服(?=没有(?:[啊呀的嘛]|$)|舒服着)"
    f"|(?P<name>{_ANY})(?=我[^,]{{0,5}}没(?:有|再)?(?P=name)过?了?$)|(?:乏力|不舒服)(?=我(?:壮|浑身是劲|有的是|能吃能|一口气[爬跑走]))"
    f"|(?:哪儿?里?|哪个|谁)(?:{_ANY}|疼|痛|难受)[哦啊呀]?(?=哪儿?里?都|我(?:可|好|安逸|挺|很|舒服|没))"
    f"|有(?:什么|啥)(?:不舒服|不适|难受)的?(?=没什么|没啥|没有[不啊呀的]|舒服)"
    f"|(?>{THING})算不算(?=有|没)"
    f"|我?(?>{THING})(?=想多了|[你您](?:搞|弄|听|想)[错多]|没影|胡说|瞎说)"
    f"|(?>{THING})(?=[^,没不]{{0,3}}谁不)|疑似(?=听都)"
    f"|(?:什么|啥)叫(?:{THING}|不适|不舒服)(?=我|反正|没)"
    f"|(?:病|难受|发烧|咳嗽|不舒服)了?还能[^没有啥什]{{2,10}}(?=(?:啥|什么|一点){_TROUBLE}没有)"
    f"|(?:谁|哪个)[^,]{{0,4}}说我{THING}了?(?=我))"
)
"""发烧想多了, 啥叫不舒服我皮实得很: what was asked is said again."""


def _apart(text: str) -> list[str]:
    """The parts of a text between which a clause ends for certain."""
    if not text or _MAY_END.search(text) is None:
        return [text] if text else []
    ends = [0, *(match.end() for match in _ENDS.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(ends) if start < end]
