"""Where clauses about somebody's health end between what is denied and what is felt: 没烧嗓子疼, 不吐了还拉.

Laws:

- A no before a verb of one syllable reaches no further (不咳鼻塞); before one of two syllables no further
  than what was asked (没发烧咳嗽 denies both, 没发烧头疼 one), if nothing behind shows a list (头疼啥的).
- A no before the last of several things is that one's (头疼发热没咳); who asks says one word twice (咳没咳).
- What is said of others ends where 我 begins, 我 being no part of who they are: 老公不疼我嗓子疼.
- A no may be spent on something else than what is felt: 没睡觉头疼, 没好全咳嗽.
- Nobody denies a little of something: 没有|嗓子稍微有点疼.
- Some words end their clause whatever follows: 一点劲也没有, 没别的, 没大事, 感冒都没有 before 别说.
"""

from __future__ import annotations

import re
from functools import partial

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.body import ACHING_PART
from dialogs.language.spent_denials import NEEDS, SPENT

_HOW = "(?:有一?点儿?|有些|又|老|直|发|肿|胀|酸|刺|干|特别|很|挺|可)*"
_ACHES = "(?:疼|痛(?!快)|晕|昏|闷|胀|酸|痒|干|哑|堵|塞|麻|烫|难受|不舒服)"
_UNASKED = (
    f"(?:{ACHING_PART}{_HOW}{_ACHES}|鼻塞|流鼻涕|流鼻子|流涕|打喷嚏|拉稀|拉肚子|腹泻|闹肚子|蹿稀|窜稀|呕吐|恶心|想吐|"
    "喘不[上过]气|气喘|气短|胸闷|憋气|心慌|失眠|没(?:劲|力气|精神|胃口))"
)
_SHORT = "[烧咳吐拉喘热乏]"
_LONG = "(?:发烧|发热|咳嗽|感冒|乏力)"
_NOT = "[不没](?<![是有要会能得说没不].)(?<!不可.)"
_OF_A_LIST = "(?:什么|啥|这些|那些|之类|一类|等|[都也]?没有?(?:$|[过的啊呢])|[都也]不|也没)"
_NO_LIST = f"(?!{_UNASKED}的$|.{{0,8}}{_OF_A_LIST})"
_OTHERS = (
    f"(?:{grammar.ANY_KIN}|老公|老婆|爱人|媳妇|老头子?|老太太?|老伴|邻居|同事|室友|孩子|[他她]们?|[他她][爸妈爷奶]奶?|办公室|车间|"
    "宿舍|全家|一家子|隔壁|对门)"
)
_STILL = f"(?=还(?:在|是)?(?:{_SHORT}|{ACHING_PART}|没|有点|剩))"
_NOT_KIN = "(?!们?家?(?:妈|爸|爷|奶|姥|哥|弟|姐|妹|儿|女|孙|老|媳|爱人|婆|先生|孩子|丈|岳|叔|舅|姑|姨|同|邻))"
_GOOD = "(?:好着呢|好得很|挺好|蛮好|好好的|都挺好)"

_NO_VERB = f"(?:{_SHORT}|{_LONG})"


def _end(needs: str, pattern: str) -> tuple[tuple[frozenset[str], ...], re.Pattern[str]]:
    """Of each of these groups of characters a text has one if it may hold the pattern, as in ``rhetoric``."""
    return tuple(map(frozenset, needs.split())), compiled(pattern)


_ENDS = (
    # 没烧嗓子肿疼, 不热不乏咳, 不咳烧; not 不拉肚子, 没咳痰, 没烧起来
    _end(
        "不没 烧咳吐拉喘热乏感",
        f"{_NOT}(?:{_SHORT}(?=(?:{_UNASKED}|{_LONG}|[烧咳吐喘])(?!过?没|不))(?<!拉(?=肚))(?<!不咳(?=咳))"
        f"(?<!喘(?=气短)){_NO_LIST}"
        # 不发烧头疼, 没发烧拉肚子; 也没发烧头疼 goes on with a list
        f"|(?<![也都既].){_LONG}(?={_UNASKED}){_NO_LIST})"
        # 没发烧没劲, 不吐了还在拉
        f"|[不没](?:{_NO_VERB}(?=没(?:劲|力气|精神)(?!的|过|啥))|{_SHORT}了?{_STILL})",
    ),
    # 没睡觉头疼, 没怎么喝水嗓子干, 没好全咳嗽
    _end(
        f"没 {NEEDS} 疼痛晕昏闷胀酸痒干哑堵塞麻烫受服涕嚏稀泻吐心气眠劲力神口烧热嗽冒",
        f"没{SPENT}(?={_UNASKED}|{_LONG}){_NO_LIST}",
    ),
    # 没有嗓子稍微有点疼, 没有没有哦略微咳
    _end(
        "没 有得啥么 点些微略偶",
        f"(?:^|(?<=,))(?:没有(?:啥|什么)?|没得|没啥|没什么)+[啊哦呢吧呀]?(?={ACHING_PART}?(?:最近|不过|但是?|可是?|[今昨]早|早上|晚上|这[几两]天|一直|老是?|总|还)?"
        f"(?:稍微|稍稍|略微|略有|微微|多少有|偶尔|有那么一?[点些]|有一?点|有些){_NO_LIST})",
    ),
    # 我不咳的是发烧
    _end("不没 的 是", f"(?<=[不没]{_SHORT})的(?=是(?:{_LONG}|{ACHING_PART}))"),
    # 不不不咳, 不不是头疼
    _end("不", f"^不+(?=不{_NO_VERB})|(?<=,)不+(?=不{_NO_VERB})|^不不(?=是)|(?<=,)不不(?=是)"),
    # 头疼发热没咳, 鼻塞不发烧
    _end(
        "不没 烧咳吐拉喘热乏感",
        f"(?:[疼痛晕泻塞涕吐心热烧嗽稀]|(?<=肚)子|(?<=感冒)了)(?=[没不]{_NO_VERB}[了过的]?(?:,|$))"
        "(?<![不没][疼痛晕吐烧咳热])(?<![不没]发[热烧])(?<![不没]咳嗽)(?<![不没]鼻塞)(?<!发[热烧](?=[没不][发烧热]))(?<!烧(?=[没不]烧))(?<!热(?=[没不]热))"
        "(?<!咳嗽(?=[没不]咳))(?<!吐(?=[没不]吐))(?<!肚子(?=[没不]拉))(?<!心(?=不))",
    ),
    # 头不疼了还没劲, 没见好还拉
    _end("还 不没 疼痛晕好", f"(?:不[疼痛晕]了?|[不没]见好){_STILL}"),
    # 老公不疼我嗓子疼, 邻居发烧我没事
    _end(
        "我 烧咳疼痛吐拉喘晕热冒服受涕",
        f"(?:^|(?<=,))(?:我|俺)?家?的?{_OTHERS}[^,我跟和说问以怕看把给传让叫]{{0,6}}"
        "(?:[烧咳疼痛吐拉喘晕]|发热|咳嗽|感冒|不舒服|难受|流鼻涕)(?:了|着呢|呢|着|的)?"
        f"(?=(?:可|但|就|反正|不过)?我{_NOT_KIN}(?![说觉看以怕]))",
    ),
    # 我好的老太婆咳嗽
    _end("我 好没 的着事", f"我(?:好的|没事|好着呢)(?={_OTHERS})"),
    # 他奶奶胃疼我能吃能睡, 个个喊头疼就我没那毛病
    _end("我 没能 烧咳疼痛吐病", "(?<=[烧咳疼痛吐病])(?=就我没|我能吃能)"),
    # 一点劲也没有发烧倒没有
    _end("一 点 劲力精胃", "一点(?:劲|力气|精神|胃口)[都也]?没有(?=.)(?![的了啊呢过])"),
    # 您说的仨没有我失眠
    _end(
        "您你 没 有 我",
        "[你您][说问念讲]的(?:那|这)?(?:仨|几[样个种]|三[样个种])没有(?=我(?!们|也|都|没|说|不))",
    ),
    # 没别的咳嗽
    _end("没 别 的", f"没别的(?={_SHORT}|{_LONG}|{ACHING_PART}{_ACHES}|{_UNASKED})(?!.{{0,6}}{_OF_A_LIST})"),
    # 没大病咳嗽, 没多大事跑了几趟肚
    _end("没 大", "没(?:有|啥|什么|多|得)?大(?:事|病|毛病|碍)(?=[^的了,吧啊呀呢吗嘛哦小][^,])"),
    # 小烧不打紧就是头有点疼
    _end("不 打要碍 紧事", "(?<=[烧咳热疼痛吐晕])(?=不(?:打紧|要紧|碍事))"),
    # 前天退的烧咳还留着呢
    _end("退 的 烧", "退的烧(?=.)(?![是那也就又])"),
    # 感冒都没有更别提发烧了
    _end("没 别甭莫休 提说", "都没有?(?=(?:更|就)?(?:别提|别说|甭提|甭说|莫说|休提))"),
    # 都没有好着呢, 一量没有别的也没有; 热度没有咳: the noun tells of nothing felt
    _end("没 有 好力", f"没有(?={_GOOD}|力气[大足好])"),
    _end("一 量测查 没", "一[量测查]没有(?=别的|其他|旁的|我|那)"),
    _end("热烧 没 有 度倒是嘛", f"(?:热度|烧(?:倒是?|是|嘛))没有(?={_UNASKED}|{_LONG}|{_SHORT})"),
    # 头疼血压也高, 嗓子疼腰也酸
    _end("也 疼痛晕烧咳吐酸", f"(?<=[疼痛晕烧咳吐酸])(?=(?:血压|血糖|心脏|心里|{ACHING_PART})也(?![没不]))"),
    # 大妹子不舒服: who is spoken to
    _end(
        "妹同伙美哥弟",
        "^(?:大妹子|妹子|大兄弟|小?同志|小伙子|小妹|美女|小哥)(?=[^,也都的家跟和给是])",
    ),
    # 我天天扛煤气罐没劲能行吗
    _end("没 劲力 能咋怎", "(?<=[^,])(?=没(?:劲|力气)(?:我|还)?(?:能行|[咋怎]么?干))"),
    # 我都不知道没病, 感冒好了以后再没犯过, 要说有病那是懒病
    _end("没 知忘", f"(?:不知道|忘了)(?=没(?:病|{_NO_VERB}))"),
    _end("以 后 再", "以后(?=再没|就没再|没再)"),
    _end("要 说 那", "要说(?:有病|不舒服|难受)(?=那)"),
    # 吃得好睡得好
    _end("得 好香着", "得[好香着](?=[^,不没]得[好香着])"),
    # 拉肚子加头疼咳嗽没有, 全有外加腹泻
    _end("加带", f"[加带](?:{_UNASKED}|{_LONG})(?={_LONG}[都也倒]*没有)|(?<=[^,])(?=外[加带])"),
    # 烧什么烧不烧, 烧啥烧没烧
    _end("么啥 烧咳乏累疼吐拉喘", "(?P<same>[烧咳乏累疼吐拉喘])(?:什么|个?啥)(?P=same)(?=[不没](?P=same))"),
)


def _by_need() -> dict[str, tuple[int, ...]]:
    """By each character that an end needs first, the numbers of such ends."""
    found: dict[str, list[int]] = {}
    for number, (needs, _) in enumerate(_ENDS):
        for character in needs[0]:
            found.setdefault(character, []).append(number)
    return {character: tuple(numbers) for character, numbers in found.items()}


_BY_NEED = _by_need()


def with_ends(text: str) -> str:
    """The text with breaks where such clauses end."""
    characters = set(text)
    ends: set[int] = set()
    for number in {number for character in characters for number in _BY_NEED.get(character, ())}:
        needs, end = _ENDS[number]
        if not any(characters.isdisjoint(needed) for needed in needs[1:]):
            ends.update(match.end() for match in end.finditer(text))
    return "".join(map(partial(_with_break, text, ends), range(len(text)))) if ends else text


def _with_break(text: str, ends: set[int], at: int) -> str:
    """The character at a position, with a break before it where a clause ends and none stands."""
    return f",{text[at]}" if at and at in ends and "," not in text[at - 1 : at + 1] else text[at]
