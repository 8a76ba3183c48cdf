"""Words between two readings after which the later one counts: 错了, 重新量, 吃完药, 歇透了. Pure."""

from __future__ import annotations

import re

_REPLACED = re.compile(
    "现在|这会|眼下|目前|其实|实际|什么[零一二三四五六七八九],|刚刚?量|刚才量|刚测|[再又]?(?:重新|重)(?:量|测|试|夹)|[再又]一?(?:量|测|试|夹)|复[测量]|第?[二三][回遍次]|说快了|"
    "后来|,后[头面边](?:这|那|又|一)?[次回个]?(?:是|量|测)?的?$|[嗐嗨哎唉],?应该是|哎呀不是|甩(?:完|了|好)|重来|原来是|倒着|,?(?:错了?|反了|呸|搞错),|哎?呀?反了|听[他她]的|按(?:医生|大夫|护士)|[降退掉落跌回]到|[降退掉落]了|(?:看|说|念|读|报|拿|记|讲|弄|搞)(?:反|错|岔|倒|串|差)|口误|瞧我这|嘴瓢|颠倒|[再又](?:[瞅看瞧]|去?[瞅看瞧]了?|(?:仔细|定睛)?一?[瞅看瞧])|(?:仔细|定睛|凑[近过]去?了?|[灯亮光窗][^,]{0,4})一?[瞅看瞧]|换了?(?:水银|一支|一个|个|支)|重说|更正|戴[^,]{0,3}镜|镜[^,]{0,2}(?:戴|擦)|,等(?:等|下|会|一下|一等|一会)[^,]{0,2},|(?:拿[开掉走]|挪开|摘|脱|揭|撕|歇|缓|坐)[^,]{0,4}?[一再又](?:量|测|试|夹)|眼花|花眼|花了眼|走眼|为准|是真的"
)
"""Between two readings: the later one counts."""
_RESTED = re.compile(
    "歇(?:了|会|一|透|够|过来|好|完)|缓(?:过来|一?会|了|缓)|凉快|[落消下]了?汗|汗[落消下干]了?|喘匀|静下来|平静"
    "|躺(?:了|下|一|会)|坐(?:了|一?会)|(?<!别)(?<!不要)(?<!不用)[再又重]打(?!电话|来|给|[一二三四五六七八九两]?[遍回次]了)"
)
"""跑完步三十七度四，歇透了三十六度六."""
_TREATED = re.compile(
    "(?:吃|服|喝|打|输|用|贴|挂)[了完过上][^,]{0,4}(?:药|针|液|贴|水)|(?:吃|服|用)药(?:[之以]?后|完)"
    "|(?:打针|输液|挂水|吊水)(?:[之以]?后|完)|药(?:劲|效|性)|(?:吃|服|打|输)[完过]了?(?:[之以]?后)?$"
)
"""吃药前三十八度，吃药后三十六度七."""
_SORRY = re.compile("打嘴|掌嘴|该打|糊涂|瞎说|胡说|不中用|没记性")
_HESITATED = re.compile("[的啊呢]?,(?:[呃哎哦噢诶欸咦嗐咳],?)+")
"""三十七度三，呃，三十六度三."""
_BEFORE_MEDICINE = re.compile(
    "(?:吃|服|用)药[^,后]{0,2}前|(?:打针|输液|挂水)[^,后]{0,2}前|(?:没|未)(?:吃|服|用|打|输)(?:药|针|液)?[^,]{0,2}(?:前|时|那会|那阵)"
)


def is_replaced(between: str) -> bool:
    """Whether the words between two readings make the later one count."""
    if _HESITATED.fullmatch(between):
        return True
    return any(words.search(between) for words in (_REPLACED, _RESTED, _TREATED, _SORRY))


def is_before_medicine(clause: str) -> bool:
    """吃药前 and 没吃药的时候: such a reading gives way to any other of the day."""
    return ("前" in clause or "没" in clause or "未" in clause) and bool(_BEFORE_MEDICINE.search(clause))
