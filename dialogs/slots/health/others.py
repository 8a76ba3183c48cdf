"""Who feels what is told: 老伴咳嗽，我没有. Pure.

Asked how they are, people tell of those around them, of the cat and of the television. That is no symptom of
theirs where they say besides that they are well: 我没传上, 就我没事, 不是我.

Laws:

- Somebody feels what stands behind them in a clause (邻居咳嗽) or in the next, until 我 comes; and what they
  are named for: 咳嗽的是我妈, 咳嗽？那是我孙女.
- 跟老伴都咳嗽 and 我儿子说我发烧 are the resident's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.words import CLAUSE_BREAKS, Token
from dialogs.slots.answer import Answer

_SOMEBODY = "(?<![没会能])有(?:一?个)?人(?![问来管给帮说打])"
_AROUND = (
    f"{_SOMEBODY}|乘客|旅客|邻居|街坊|同事|同学|同桌|同屋|室友|舍友|工友|领导|老板|房东|朋友|客人|东家|邻家|对门|隔壁|楼上|楼下|那口子|那位|当家的|屋里人|掌柜的|(?<![^,;!?，。；！？])小的|"
    "双胞胎|孙女儿|囡囡|娃儿|老汉|老倌子?|爷俩|娘俩|娘儿俩|爷儿俩|两口子|他们|她们|(?<!其)他|她|人家|别人|旁人|大家|大伙|"
    "全家|一家子|一家人|办公室|宿舍|车间|班上|班里|们班|们单位|们公司|幼儿园|单位有?人|小区里|村里|老年人|"
    "(?<=家)小子|(?<=家那)小子|猫|狗|鹦鹉|电视|手机里|收音机|老[王李张刘陈赵孙周吴杨]头?|小[王李张刘陈赵周吴杨]|(?<=我)[妈爸爷奶姥婆妹弟哥姐娘]|"
    "(?<![^,;!?，。；！？])[大小老]的"
)
OTHERS = compiled(f"(?:{grammar.ANY_KIN}|{_AROUND})")
_MINE = compiled("我|自己|本人")
_BESIDE = compiled("(?:[和跟与同陪带看接送给替帮像比]|照顾|伺候)(?:着|我们?家?|他|她)?$")
_IS_OF = compiled(
    "[的声了]*[,?，？]?(?:那|那个|那都|倒)?(?:是|都是)(?:旁边)?(?:我们?家?|家里?)?的?"
    f"(?:{grammar.ANY_KIN}|{_AROUND})"
)
"""咳嗽的是我妈, 咳嗽？那是隔壁."""
_HANDED_ON = compiled("(?<!没)(?<!没有)(?:过|传|染)(?:染)?(?:给|到)我(?!们)|把我(?:也|给)?传")
"""先生喉咙痛过给我了: felt by both."""
_CLAUSE = compiled(f"[^{CLAUSE_BREAKS}]+")

_ADVERBS = (
    "(?:自己|本人|自个儿?|个人|在?这儿|这身子骨?|[和跟](?:她|他|孩子)?(?:妈|爸|爷爷|奶奶|姥姥|老伴|爱人)|戴着口罩|一个|这边|这头|身上|身体|嘛|呢|啊|,|倒是?|可|是|也|都|就|还|偏|愣是?|现在|到现在|目前|"
    "一直|好歹|真|才|从来|什么|啥|一点儿?|哪儿|哪里|事儿?|症状|毛病|病|呀|的)*"
)
_CAUGHT = (
    "(?:被|给|让)?(?:他们?|她们?|它)?"
    "(?:传染上?|传上|染上|沾上|沾着|招上|赶上|摊上|感染上?|中招|传着|惹上|过上)"
)
_FELT = "(?:发烧|发热|咳嗽|感冒|难受|不舒服|不得劲|头疼|反应|动静|[烧咳流疼痛吐拉喘病晕哑痒堵累乏泻])"
_WELL = (
    f"(?:没有?(?:任何|什么|啥|一个|一点儿?|跟着)*(?:{_CAUGHT}|{_FELT}|症状|反应|感觉|那?毛病)?|没事|没啥事|没什么事|没有事|没问题|没有问题|好着|好好|挺好|很好|蛮好|好得?很|(?<=都)好|"
    f"健康|正常|一切正常|硬朗|结实|利索|壮着|欢实|精神着|能吃能睡|舒服着|不{_FELT}|没(?:有|什么|啥|哪儿?|任何)*(?:不舒服|不适)|"
    "腰好腿好|躲过去了|没倒下|舒服|得劲|得劲得很|安逸得很)"
)
_SELF_WELL = compiled(
    "(?:可|但|但是|不过|反正|至于|就|偏|只有|除了|您?要?问)*"
    "(?:我们?(?!妈|爸|爷|奶|孙|女|儿|老|媳|妹|弟|哥|姐|家?[猫狗])家?|大人|人|额|(?:我们?)?(?:全家|一家人|一家子|家里人))(?:俩|大人|两个)?"
    f"{_ADVERBS}{_WELL}(?:[的了呢着啊呀哦过儿嘞哩吧得很]|也?不{_FELT}|也?没{_FELT})*"
)
"""我可没有, 就我没感冒, 大人都好好的: how the one who speaks is."""
_NOT_I = compiled("(?:可|但)?(?:不是我|没我(?:的|什么)?事|跟我(?:没关系|不沾边))[的啊呀]?")
_NO_ONE = compiled("(?:家里|我们家|咱家)?(?:没人|没一个)(?:发烧|咳嗽|感冒|烧|咳|病|不舒服)[的了]?")
_PLAIN_NO = compiled(
    "(?:没有?|没有没有|都没有|都没|我?没事|我没有|一样没有|没啥|我没啥|我?挺好的?)[的啊呀呢]*"
)


def is_well_beside(answer: Answer, felt: Sequence[Token]) -> bool:
    """Whether all that is felt is felt by others, and the resident is said to be well."""
    text = answer.text
    if OTHERS.search(text) is None or not all(is_of_another(text, token) for token in felt):
        return False
    clauses = [text_of[0] for text_of in _CLAUSE.finditer(text)]
    if _PLAIN_NO.fullmatch(clauses[0]) is not None:
        return True
    is_well = any(_SELF_WELL.fullmatch(clause) or _NO_ONE.fullmatch(clause) for clause in clauses)
    return is_well or any(_NOT_I.fullmatch(clause) for clause in clauses)


def are_of_kin(text: str, ailments: Collection[str]) -> bool:
    """Whether a symptom is told, and every one of a relative who begins its clause: 三口，我老婆有点咳嗽."""
    text = _SUBJECT.sub(r"\1", text)
    ill = [
        clause[0] for clause in _CLAUSE.finditer(text) if any(ailment in clause[0] for ailment in ailments)
    ]
    return bool(ill) and _HANDED_ON.search(text) is None and all(map(_OF_KIN.match, ill))


_SUBJECT = compiled(
    f"((?:^|(?<=[,;]))(?:我?(?:们?家)?(?:{grammar.ANY_KIN}|(?<=我)[妈爸爷奶姥婆妹弟哥姐娘])|[^,;]{{0,8}}{_SOMEBODY})),(?!我|和|跟|没|不)"
)
"""我老婆,这两天有点咳嗽."""
_OF_KIN = compiled(
    f"(?:[他她](?!们)|[^,;我]{{0,8}}{_SOMEBODY}|(?:就是|就|有|是|不过|可是?)?(?:我|俺|咱|我们|咱们)?家?(?:那|这)?个?(?:的)?[大小]?(?:{grammar.ANY_KIN}|(?<=我)[妈爸爷奶姥婆妹弟哥姐娘]))"
    "(?!.*(?:[说讲问嫌催摸]|[跟和与同]我|我))"
)


def is_of_another(text: str, felt: Token) -> bool:
    """Whether somebody else is named as the one who feels it."""
    return _whose(text, felt) == _ANOTHERS


_GROUP = compiled(
    "(?:^|[,;?])(?:我们?|俺们?)?(?:这|那)?(?:班里?|学校|单位|公司|厂里?|车间|小区|楼里|学生们?|同学们?|同事们?|邻居)[^,;?我]*$"
)


def is_of_a_group(text: str, felt: Sequence[Token]) -> bool:
    """Whether it is felt by those at work or school, whom nobody takes for the resident."""
    return bool(felt) and all(_GROUP.search(text, 0, token.start) for token in felt)


def is_mine(text: str, felt: Token) -> bool:
    """Whether it is plainly the resident's: 我 comes before it, and nobody else."""
    return _whose(text, felt) == _THE_RESIDENTS


def _whose(text: str, felt: Token) -> str:
    if _IS_OF.match(text, felt.end) is not None:
        return _ANOTHERS
    if _HANDED_ON.search(text) is not None:
        return ""
    for clause in reversed(list(_CLAUSE.finditer(text, 0, felt.start))):
        others = list(OTHERS.finditer(clause[0]))
        if others:
            last = others[-1]
            is_alone = clause.end() < felt.start and len(clause[0]) == last.end() - last.start()
            if is_alone:
                return ""
            is_beside = _BESIDE.search(clause[0], 0, last.start()) is not None
            return _THE_RESIDENTS if is_beside or _MINE.search(clause[0], last.end()) else _ANOTHERS
        if _MINE.search(clause[0]):
            return _THE_RESIDENTS
    return ""


_ANOTHERS, _THE_RESIDENTS = "another's", "the resident's"
