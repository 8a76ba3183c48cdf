"""Who is speaking, told by a place in the question, a marriage or birth, or another name. Pure."""

from __future__ import annotations

import re

_COUNTER = "(?:一?[个种样位项])"
_FIRST = "(?:最?前[头面边]?|头里?|打头|第一|头一)"
_SECOND = "(?:最?后[头面边]?|末了?|第二|后一)"
_CLAUSE = re.compile(
    "(?:[嗯哦对是算占选就该我]|属于?|[你您](?:刚才?)?(?:说|问|念|讲)的?|刚才?(?:说|问|念)的|[这那]?[两俩二](?:样|个|种|者)(?:里[头面]?|当?中|中间)?)*"
    f"(?:(?P<first>{_FIRST})|{_SECOND})(?:[那这的]*{_COUNTER}|者)(?:我|就|便)?是?[吧呗啊呀嘛了的呢]*"
)
"""您说的前面那个: what is asked for is himself or family."""
_DENIED = re.compile(f"不是,?[那这]?(?:{_FIRST}|{_SECOND})(?!.*是(?:{_FIRST}|{_SECOND}))")
_PLACES = frozenset("前后头第末")


def told_by_place(text: str) -> str | None:
    """Which of himself or family; the last that is said."""
    if _PLACES.isdisjoint(text) or _DENIED.search(text):
        return None
    told = [clause for part in re.split("[,;?]", text) if (clause := _CLAUSE.fullmatch(part))]
    return None if not told else "self" if told[-1]["first"] else "family"


# In these patterns N is the resident's name.
_HE = "(?:N|(?<!其)[他她])"
_WED = "(?:拜过?了?(?:天地|堂)|[领扯]过?了?(?:结婚)?证|成过?了?[亲家]|结过?了?婚|办过?了?(?:喜酒|婚礼))"
_BOND = re.compile(
    f"(?<![没不谁])嫁给?了?{_HE}(?!们)|{_HE}(?:嫁给|娶)了?我|(?<![没不谁])娶了?{_HE}(?!的|们)"
    f"|(?:跟|和|与)(?:{_HE}|我)[^,没不]{{0,4}}{_WED}"
    "|(?<!不是)(?<!没在)(?:一个被窝|同床共枕|枕边人|一奶同胞|一母同胞|一个娘胎|一个[妈娘](?:肚子里)?生)"
    f"|{_HE}[^,没不]{{0,4}}我?身上掉下?来?的|我身上掉下?来?的"
    f"|{_HE}[嘛啊呀]?,?(?:可|就|也)?是?我(?:一手|亲自?|十月怀胎)*(?:生|养大?|拉扯大|带大|奶大)下?来?的(?!狗|猫)"
    f"|{_HE}(?:一手)?(?:生|养)下?了?的?我(?!家)|我(?:就|可|也)?是{_HE}[^,]{{0,3}}(?:生|养|拉扯|带|奶)(?:下|大)?来?的"
    "|(?<!我的)(?<!我)(?:配偶|妻子|丈夫|老婆|老公|媳妇|女婿)(?:那栏)?(?:就|才|便)?是我(?![爸妈爷奶哥姐弟妹儿女])"
)
_BOND_WORDS = re.compile(
    "[嫁娶拜证枕肉]|被窝|同床|成[亲家]|结过?了?婚|婚礼|喜酒|同胞|娘胎|生|身上掉|养|大的|是我"
)


def is_told_by_bond(text: str, name: str) -> bool:
    """嫁给张三三十年了; 他是我身上掉下来的肉: family."""
    return (
        _BOND_WORDS.search(text) is not None
        and _BOND.search(text.replace(name, "N") if name else text) is not None
    )


_OTHER_NAME = re.compile(
    "(?:^|,)(?:我[是叫](?!N|他|她|不|本|谁|什么|啥|哪)[^,]{2,3}|我姓[^,]{1,3}|(?!N|那|这|不|就|正)[^,我他她]{2,3}(?:倒|嘛|呢)是我)"
    ",.*(?:N[啊呀嘛]?(?:又|那)?(?:是谁|谁[啊呀]?$|是哪)|(?:谁|哪个)(?:又|叫|是)*N|没听[说过]*过?N)"
    "|[跟和与][^,]{0,4}N[^,]{0,3}(?:两码事|两回事|不是(?:一个|同一个?)人|不搭界|不相干|不沾边|同音|重名|差一个字)"
)


def has_another_name(text: str, name: str) -> bool:
    """李四倒是我，张三是谁; 我叫章杉，跟张三是两码事."""
    return bool(name) and name in text and _OTHER_NAME.search(text.replace(name, "N")) is not None
