"""Clauses about health that name no symptom, though its words are in them.

鼻子通着呢 and 喉咙也好 say that a part of the body is well, 咳嗽好了 that something is over, and
要真不舒服，我早去医院了 or 我上哪儿难受去 that nothing is wrong. Each is read as one word: well, over (which
leaves open how somebody is now), or a plain no. Only what fills its clause counts: 喉咙好疼 and 咳嗽好了一点
are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dialogs.language import grammar
from dialogs.language.words import Tag, Token
from dialogs.slots.answer import Answer

_START, _END = "(?<![^,;!?，。；！？])", "(?=[,;!?，。；！？]|$)"
_LEAD = (
    "(?:我们?|俺|你|您|的|可|那|就|这|今天|今早|早上|现在|目前|眼下|如今|这会|其实|反正|感觉|觉得|而且|但是?|不过|至于|"
    "刚刚?|才|前天|昨天|昨晚|前两天|前几天|上周|上礼拜|上星期|嗯|哎|哦|啊)*"
)
_PART = (
    "(?:鼻子|鼻头|鼻孔|鼻腔|嗓子眼?|嗓门|喉咙(?:管|里)?|咽喉|肚子|肚皮|肠胃|脾胃|头|脑袋|脑壳|脑子|胸口|心口|心脏|腰|腰腿|后背|腿脚?|"
    "脚|手脚|手|胳膊腿?|膝盖|关节|骨头(?:节)*|筋骨|身子骨?|身上|浑身(?:上下)?|全身(?:上下)?|气息|气|呼吸|喘气|力气|气力|劲头?|"
    "精神头?|精气神|胃口|食欲|嗅觉|味觉|舌头|耳朵|眼睛|牙口?|大便|大小便|体力)"
)
_LINK = "(?:也|都|倒|倒是|还|是|还是|很|挺|蛮|满|还算|一直|现在|都很|照样|全|可|里)*"
_WELL = (
    "(?:通(?:畅|气)?|顺(?:畅|溜|当)?|清(?:亮|爽)|好(?:好|得很|使|好的)?|灵(?:敏|活|便|光)?|正常|舒服|舒坦|舒畅|利索|利落|有劲|有力气|"
    "没(?:啥|什么|有)?(?:事|问题|毛病)|无恙|无碍|健康|结实|硬朗|匀(?:乎)?|清楚|轻松|松快|自在|足|十足|充沛|充足|饱满|旺盛|有的是)"
)
_TAIL = "(?:得很|着呢|着|呢|的|啊|呀|哦|嘞|哩|了|得嘞|滴|吧|噻|嘛)*"
_PARTS_WELL = re.compile(f"{_START}{_LEAD}{_PART}(?:跟{_PART})?{_LINK}{_WELL}{_TAIL}{_END}")

_WHO = "(?:我们?|俺|人|身体|身子骨?|全家|一家人|一家子|大人小孩|老人孩子|大家)"
_HEALTHY = re.compile(
    f"{_START}{_LEAD}(?:{_WHO}?{_LINK}(?:没(?:有|得|啥|什么)?病|[无没]病[无没]痛|健康|无恙|安康|体健|有劲|有力气)"
    f"|{_WHO}{_LINK}(?:好|健|精神|硬朗|结实)){_TAIL}{_END}"
)

_FEELING = (
    "(?:[^没不未别难快总,;!?，。；！？]{0,5}"
    "(?:咳|嗽|烧|热|疼|痛|喷嚏|鼻涕|喘|吐|泻|肚子|感冒|伤风|稀)|热度|体温|高烧|病)"
)
_BY_NOW = "(?:早就?|已经?|都|也|全|倒是?|算是?|现在|昨天|前天|今早|上周|刚刚?|老早|基本)*"
_GONE = (
    "(?:好(?:了|利索了|全了|透了|彻底了|利落了)|退(?:了|下去了?|下来了?|净了?|掉了|干净了)|痊?愈了?|止(?:住|了|住了)|停了|消了|"
    "没(?:有)?了|过去了)"
)
_OVER = re.compile(
    f"{_START}{_LEAD}(?:{_FEELING}{_BY_NOW}{_GONE}|{_BY_NOW}(?:退了烧|退烧了|止了[咳泻])){_TAIL}(?=又|{_END[3:]}"
)
_AGAIN = re.compile("又(?:犯|起|来|上|发|开始|复|重|反)|复发|反复|反弹|没好|未愈")

_UNWELL = (
    "(?:真的?|有(?:点|啥|什么|么子)?|是|哪里|哪儿)*(?:[^不没,;!?，。；！？]{0,2}(?:不舒服|难受|不适|不得劲|症状|毛病|病|发烧|发热|咳嗽|烧|咳|疼|"
    "痛|事))(?:了|的话)?"
)
_AS_IF = re.compile(
    f"(?:要是|要真是?|真要是?|如果|假如|倘若){_UNWELL},?(?:我|俺)*(?=早就?|还能|还敢|哪能|哪敢|敢)"
    "|(?:要)?(?:真)?有的?话,?(?:我|俺)*(?=早就?|还能|还敢|哪能|哪敢|敢)"
    "|(?:上|去|往)哪(?:儿|里)?(?:不舒服|难受|生病|得病|发烧|咳嗽|不得劲)去"
)
_HINT = re.compile("[病健硬安痛精好退愈止停消通顺清灵常舒利有恙碍康结硬匀轻松自足充饱旺没了要如假倘哪]")

_WELL_TAG = frozenset({Tag(grammar.FINE)})
_OVER_TAG = frozenset({Tag(grammar.FAIR)})
_DENIED_TAG = frozenset({Tag(grammar.NO)})


def with_wellbeing(answer: Answer) -> Answer:
    """The answer with such clauses as one word each: 咳嗽好了，又拉肚子 names diarrhoea alone."""
    said = answer.said
    if _HINT.search(said) is None:
        return answer
    stretches = sorted(_stretches(said, answer.slot.name), key=lambda stretch: stretch[:2])
    if not stretches:
        return answer
    tokens = list(answer.tokens)
    for start, end, tags in reversed(stretches):
        tokens = _merged(tokens, start, end, tags)
    return replace(answer, tokens=tuple(tokens))


def _stretches(said: str, owner: str) -> Iterator[tuple[int, int, frozenset[Tag]]]:
    for match in _PARTS_WELL.finditer(said):
        yield match.start(), match.end(), _WELL_TAG
    for match in _HEALTHY.finditer(said):
        yield match.start(), match.end(), _WELL_TAG | {Tag("unprompted:" + owner, "none")}
    for match in _OVER.finditer(said):
        if not _has_come_back(match[0], said[match.end() :]):
            yield match.start(), match.end(), _OVER_TAG
    for match in _AS_IF.finditer(said):
        yield match.start(), match.end(), _DENIED_TAG


def _has_come_back(over: str, after: str) -> bool:
    """烧退了，夜里又烧; 头疼好了，又咳上了 tells of something else."""
    return _AGAIN.search(after) is not None or any(f"又{character}" in after for character in over)


def _merged(tokens: list[Token], start: int, end: int, tags: frozenset[Tag]) -> list[Token]:
    """The words between two positions of what was said as one; as they were if a word goes beyond."""
    position, inside = 0, []
    for index, token in enumerate(tokens):
        after = position + len(token.said)
        if position < end and after > start:
            if position < start or after > end:
                return tokens
            inside.append(index)
        position = after
    if not inside:
        return tokens
    first, last = inside[0], inside[-1]
    run = tokens[first : last + 1]
    word = "".join(token.word for token in run)
    whole = Token(word, "".join(token.said for token in run), run[0].start, tags)
    return [*tokens[:first], whole, *tokens[last + 1 :]]
