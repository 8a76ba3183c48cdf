"""Ways of saying that nothing is wrong which are no plain no, and of saying that something was long ago.

乏力谈不上, 跟我没关系, 更别提发烧了 and 哪有空生病 deny; 要是难受还能跟你聊吗 asks in order to deny.
发烧咳嗽啊 repeats what was asked, where a no follows. 那是上个月的事 and 后来再没犯 tell of what is over. All
are looked for in what was said, clause by clause, after one look for a character that each of them has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaign.patterns import compiled
from dialogs.slots.answer import Answer

DENIED, OVER, ECHO, AFFIRMED = "denied", "over", "echo", "affirmed"

_START, _END = "(?<![^,;!?，。；！？])", "(?=[,;!?，。；！？]|$)"
_FEELING = (
    "(?:发烧|发热|咳嗽|乏力|难受|不舒服|不得劲|不适|头疼脑热的?|头疼|头痛|嗓子疼|嗓子痒|拉稀|拉肚子+|感冒|生病|得病|没劲|"
    "没力气|喘不上气|打喷嚏|流鼻涕|鼻涕|喷嚏|鼻塞|恶心|毛病|有病|病|烧|咳|喘|乏|累|疼|痛|吐|拉|晕)"
)
_FEELINGS = f"(?:{_FEELING}[和跟与,、啊呀]?){{1,4}}"
_TAIL = "(?:的|了|啦|啊|呀|呢|哦|嘛|吧|呗|哩|咧|嘞|噻|话)*"
_I = "(?:我|你|您|那|这|可|就|也|都|倒是?|真|还|更|其实|反正|至于|不过|嗯|哦|哎|呃)*"
_SAID_OFF = "(?:谈不上|说不上|算不上|沾不上边?|没影儿?|轮不[着上到]我?|不沾边|不挨着|没边儿?)"
_NOT_MINE = "(?:跟|和|与|同)我(?:也|都|可|全|一点)*(?:没关系|无关|没缘分?|不沾边|不挨着|没啥关系|没什么关系)"
_NO_TIME = "(?:空|闲|工夫|功夫|闲工夫|闲功夫|时间|闲空)"
_ILL = "(?:生病|得病|病|感冒|不舒服|难受|发烧|咳嗽)"
_ONE = "(?:过|着)?(?:一?(?:声|滴|下|次|个|口|回|点)|几[回次])?(?:过)?"

_WAYS_TO_DENY = (
    f"{_I}{_FEELINGS}(?:的?(?:事儿?|话|这些))?(?:那|也|更|倒|都|就|还|可|全)*(?:{_SAID_OFF}|{_NOT_MINE})",
    f"{_I}(?:谈不上|说不上|算不上)(?:有|什么|啥|是)*{_FEELINGS}",
    f"{_I}{_FEELINGS}不是我的菜",
    f"更(?:别提|别说|甭提|甭说|莫说|休提|不用说){_FEELINGS}",
    f"(?:我|也|都|又|可)*没在{_FEELINGS}",
    f"(?:连|我)*(?:个)?(?:嗓子|鼻子|嗽|一声|{_FEELING})(?:一声|一下)?(?:也|都)没(?:有)?"
    f"(?:流|咳|打|嗽|痒|烧|出|发|得|犯|疼|吐|感冒)?{_ONE}",
    f"[^,;!?，。；！？]{{0,6}}(?:哪|没|没有)(?:有|来|得)?(?:那)?个?{_NO_TIME}(?:去|来)?{_ILL}",
    f"{_I}(?:哪|不)(?:里|儿)?敢(?:生病|得病|病|感冒)",
    f"{_I}想{_ILL}[也都](?:.?[不没].{{1,3}}|没{_NO_TIME})",
    f"(?:连)?(?:{_FEELING}|病毒)(?:也|都|得|要|见了我|见我|见着我)*(?:绕|躲)(?:着|开|道|过)(?:我|道)?(?:走|跑)?",
    f"{_I}(?:哪|咋|怎么|怎|干吗|干嘛|何必|何解|么样|凭啥|凭什么)(?:儿|里)?(?:能|会|可能|要)(?:有)?{_FEELING}",
    f"{_I}(?:何来|哪来的?|哪有){_FEELING}(?:一说|之说|的道理|的事)?",
    f"{_I}(?:几时|啥时候|什么时候|哪时)(?:有)?{_FEELING}?过{_FEELING}?",
    f"{_I}有(?:什么|啥)可{_FEELING}",
    f"(?:我好好)?{_I}(?:能|好好)?的?发(?:什么|啥|哪门子|个啥)[烧热]|{_I}乏(?:什么|啥)力|{_I}咳(?:什么|啥)嗽",
    f"{_FEELING}(?:什么|个?啥|个屁)(?:呀|啊|呢)?{_FEELING}?",
    f"{_I}(?:早|已经|快|大概|差不多|[八百几好多一二三四五六七八九十两年月个回]|辈子)*没再?{_FEELING}过?了",
    f"{_I}(?:不知道|不记得|忘了|没尝过|没体会过)(?:什么叫|啥叫|啥是|什么是){_FEELING}",
    f"{_I}(?:不知道|不记得|忘了|忘记)?{_FEELING}(?:是)?(?:啥|什么|个啥)(?:滋味|味儿|样)(?:都|也|快)*(?:不知道|忘了|忘光了)?",
    f"{_I}(?:忘了|不知道){_FEELING}是(?:啥|什么)(?:滋味|味儿|样子?)?",
    "[^,;!?，。；！？疼痛烧咳吐拉]{0,4}没(?:有|得)?(?:哪个?|哪一?[点块处样]|什么)(?:块|点|处|里|地方|地|样)?儿?"
    "(?:是|会|觉得|感到)?(?:不(?:舒服|痛快|得劲|对劲|好|适|自在|舒坦)|难受|疼|痛|酸)",
    "[^,;!?，。；！？]{0,8}(?:能|会)(?:有)?(?:难受|不舒服|病|疼|烧)到哪(?:里|儿)?去?",
    "[你您](?:刚才?)?(?:提|说|问|讲|念|报)的?(?:这|那)?[些几三]?[种样个]?(?:情况|症状|毛病|不舒服)?我?"
    "(?:从来|从|一[样个]|压根|都|也|可)*没(?:有)?(?:遇上|碰上|摊上|赶上|沾上?|占|得|犯)过?",
    f"{_I}没(?:有)?(?:觉着|觉得|感觉|觉出来?|感觉出来?)(?:有|哪儿?|什么|啥)*",
)
_DENIALS = compiled(f"{_START}(?:{'|'.join(_WAYS_TO_DENY)}){_TAIL}{_END}")
_NOT_EVEN = compiled(
    f"{_START}(?:别说|别提|甭说|莫说|不用说|还){_FEELINGS}[了啦呢]?(?=,[^,]{{0,6}}[都也]没)"
    f"|(?<=没有,)(?:就|也)?(?:别说|别提|甭说|莫说){_FEELINGS}{_TAIL}{_END}"
)
"""别说发烧了，喷嚏都没打一个; 感冒都没有，别说发烧了."""
_WOULD = (
    "(?:早(?!上(?!医院))|还(?:能|敢|会)|能不[^,]|都?不敢|准?第一个|"
    "(?:我|一定|肯定)*会(?:主动|上报|报告|告诉|说))"
)
_AS_IF = compiled(
    f"{_START}{_I}(?:(?:要是|要真是?|真要是?|如果|假如|倘若|若是?|但凡|万一)(?:我|真的?|有|是|个|一?点儿?|什么)*"
    f"{_FEELING}(?:的话|了|的)?,?(?:我|你|东家|都|准)*{_WOULD}"
    f"|(?:真?要(?:是)?(?:真|有|有一?点儿?)?|真(?:有|有点儿?)?)(?:毛病|症状|头疼脑热|发烧|发热|咳嗽|难受|不舒服|有病|喘不上气|感冒)(?:的话)?,?我?{_WOULD})"
    "[^,;!?，。；！？]*"
)
"""我要发烧还能在这儿跳舞, 但凡咳嗽我都不敢出门; 要吐了 is none."""
_SICK_AND_YET = compiled(
    f"{_START}我?(?:有病(?:的人|有灾|我)*还?能(?![^,]*药)[^,]{{0,8}}[爬跑吃干扛打跳走动聊][^,]{{0,8}}(?:[?]|[吗么嗦][?]?)"
    f"|没(?:劲|力气)(?:我|还)?(?:能行|[咋怎哪]么?能?[^,;!?，。；！？]{{0,4}}干)[^,;!?，。；！？]{{0,6}})"
)
"""有病能爬山吗, 没劲咋干活."""
_ASKED = "(?:发烧|发热|咳嗽|乏力|不舒服|难受|没劲|没力气|感冒|烧|咳|累)"
_ONLY_HEARD = compiled(
    f"(?:就|只|光|才)?(?:听[见清到懂]|记住)了?(?:个|一个)?{_FEELING}(?:了|俩字|两个字)?{_END}"
)
"""你问了一大堆我就听见个咳嗽."""
_SEEN = f"(?:{_FEELING}|腹泻|呕吐|咽痛|流涕|不适症状|头晕|胸闷|异常)"
_NOT_SEEN = compiled(
    f"(?:未(?:见|出现|发现|有)|不见|查无)(?:任何|明显)?{_SEEN}(?:(?:[,、]{_SEEN})+[,、]?(?:以及|[和及或与跟]){_SEEN}"
    f"|(?:[,、]{_SEEN}){{2,}}|(?:以?及|[和或与跟、])?{_SEEN})*{_TAIL}{_END}"
)
"""未见发热、咳嗽和乏力: who talks in this way denies the whole list."""
_ECHO = compiled(
    f"{_START}(?:我|你|您|是|说|问|讲|要|就|那|哦|啊|嗯|刚|的|个|这|有没有)*(?P<named>(?:{_ASKED}[和跟与,、]?){{1,4}})"
    "(?:是吧|是吗|对吧|什么的|啥的|这些|那些|这几样|[这那]个?毛病|啊|吧|呀|呗|哦|嘛){1,2}"
    f"(?=[,?]+(?:{_I}|,|指定|您|统统|通通|一概)*(?:(?:没有?|没得|无|没有没有)[的啊呀呢嘛过]*{_END}|[不没](?P=named)))"
)
"""发烧咳嗽啊，没有; 咳嗽啊，不咳嗽."""
_WHAT_IS = compiled(
    f"{_START}(?:那|这|哦|您?说的?)*(?:{_ASKED}(?:是|叫)?(?:啥|什么|个啥)(?:意思)?|(?:啥|什么)(?:叫|是){_ASKED})"
    f"{_TAIL}{_END}"
)
"""乏力是啥意思 asks what the word means."""

_CAN_BE_NEGATED = "(?:发烧|发热|咳嗽|乏力|难受|头疼|头痛|嗓子疼|拉肚子+|烧|咳|喘|乏|累|疼|痛|酸|吐|拉|晕)"
_NOT_WITHOUT = compiled(
    f"(?:(?:哪?能|怎么能|哪会)不(?={_CAN_BE_NEGATED}(?:嘛|吗|么|呢|[?]|$))|不(?={_CAN_BE_NEGATED}才怪)"
    f"|没有?不(?={_CAN_BE_NEGATED}的(?:时候|日子|工夫|一天))|(?:要是?|要不是|如果)没有?(?=(?:这个?)?{_CAN_BE_NEGATED})"
    f"|(?:不能|不敢|谁)说[不没](?={_CAN_BE_NEGATED})|说[不没](?={_CAN_BE_NEGATED}(?:那)?是(?:假|骗))"
    f"|没有?一[天刻顿宿晚夜]不(?={_CAN_BE_NEGATED})|哪[天顿晚宿](?:要|能)?不(?={_CAN_BE_NEGATED})"
    f"|哪有不(?={_CAN_BE_NEGATED}的))"
)
"""能不咳吗, 没有一天不吐, 要没这头疼我早出门了: it is there."""

_LONG_AGO = (
    "(?:上上?个?(?:月|周|礼拜|星期)|大?前年|去年|前些年|早年|小时候|年轻(?:的)?(?:时候?|那会儿?)?|老黄历|国庆|五一|春天|夏天|开春|"
    "月初|年初|(?:[一两二三四五六七八九十几半多好]+|好几|好多)(?:个月|年)(?:之|以)?前|八几年|[一二三四五六七八九十]+月份?|"
    "半年前|早些时候|老早|当年|从前|以前|前阵子|前一阵儿?)"
)
_THAT_WAS = compiled(
    f"{_START}{_I}{_FEELINGS}(?:药)?(?:[?，,]|啊)?(?:那|那还|还|都|这)?是(?:在)?{_LONG_AGO}"
    f"(?:那会儿?|那阵儿?|的时候|那时)?(?:的)?(?:事儿?|事体|事情|老黄历)?{_TAIL}{_END}"
)
"""头疼那是上礼拜的事了."""
_NOW = (
    "(?:现在|如今|目前|这会儿?|眼下|今年|今天|今早|今朝|今儿个?|最近|这阵子?|这[些几]年|这几天|这两天|这个月|这周|后来|之后|以后|打那以后|"
    "打那|从那以后|第二天|到今天|到现在|好久|好几年|再|一次|一回|一声|一直|已经|早就?|总算|又|戒烟|戒了烟?|吃了药|喝了水|睡一觉|"
    "歇几天|[一二三四五六七八九十几半两]+年)"
)
_SINCE = f"(?:{_NOW}|一点儿?|吃|都|就|也|愣是?|倒是?|还|真|全|完全|,|鼻子|头|嗓子|肚子|啥|什么|人|我)*"
_STOPPED = "[咳烧疼痛拉吐流堵闹晕乏累喘]"
_NO_MORE = (
    f"(?:没有?再?(?:犯|发|感冒|有|{_STOPPED})过?|[不没]再?(?:犯|发|{_STOPPED})|没(?:有)?了?|通(?:畅|气)?(?:了|得很|得跟啥似的)|"
    "缓过(?:来|劲)|歇过来|过去了?|好(?:掉|利索|利落|彻底|全|透)?了|全好了?|正常了?|断根儿?|退了|浑身是劲|有劲儿?|都?香|利索)"
)
_NO_LONGER = compiled(
    f"{_START}(?P<since>{_SINCE})(?P<over>{_NO_MORE}(?:,?[也又](?:[不没]{_STOPPED}|没有))*){_TAIL}{_END}"
)
_SAYS_SINCE = compiled(_NOW)
_WAS = compiled(
    "过(?!敏|来|去|不)|来着|上个?(?:月|周|礼拜|星期)|前(?:些|几|两|一|阵|天)|昨|之前|原先|原来|先头|以前|早先|往年|年轻|小时候|"
    "去年|月初|年初|国庆|春|礼拜[一二三四五六]|起床时|那天|那会|那阵|头两天|老毛病|一[到换]"
)
"""What tells that it was: 上周咳过, 之前没味觉."""
_STILL = compiled(
    "还(?:在|是|有|咳|烧|疼|痛|吐|拉|晕|没|不)|又(?:犯|咳|烧|疼|痛|吐|拉)|就是|就剩|只剩|只是|但|没好"
)
_OF_NOW = compiled("又(?:犯|咳|烧|疼|痛|吐|拉)|就是|就剩|只剩|只是|但|没好|还没|到现在|开始")
_KINDS_OF_FEELING = (
    "烧热", "咳嗽", "疼痛", "吐呕", "拉泻", "流涕塞堵通", "乏累劲缓歇力酸晕", "喘", "味香闻",
)  # fmt: skip
"""Characters of what ends together: 鼻塞 with 通了, 没味觉 with 吃啥都香."""

_HINT = compiled(
    "[见未听记真到谈说关提在连哪绕躲几可啥什怎咋么敢想没要是吧不何凭干若啊呀呗哦通缓歇好香都退忘]"
)


def stretches(answer: Answer) -> Iterator[tuple[int, int, str]]:
    """Where such clauses begin and end in what was said, and what they tell."""
    said = answer.said
    if not answer.is_asked or _HINT.search(said) is None:
        return
    for pattern, kind in _KINDS:
        for match in pattern.finditer(said):
            yield match.start(), match.end(), kind
    if _WAS.search(said) is not None:
        for match in _NO_LONGER.finditer(said):
            told = said[: match.start()]
            if _is_over(told, match, said[match.end() :]):
                is_no = match["over"].startswith("没有") and not _kinds_of(match["over"])
                yield _begin_of_told(told), len(told.rstrip(",?")) if is_no else match.end(), OVER


_KINDS = (
    (_DENIALS, DENIED), (_NOT_EVEN, DENIED), (_AS_IF, DENIED), (_SICK_AND_YET, DENIED),
    (_ECHO, ECHO), (_WHAT_IS, ECHO), (_ONLY_HEARD, ECHO), (_NOT_SEEN, DENIED),
    (_THAT_WAS, OVER), (_NOT_WITHOUT, AFFIRMED),
)  # fmt: skip


def _begin_of_told(told: str) -> int:
    """Where the clauses begin in which it was told, from the first that says when."""
    match = _WAS.search(told)
    return told.rfind(",", 0, match.start()) + 1 if match else 0


def _is_over(told: str, match: re.Match[str], after: str) -> bool:
    """春天咳过，如今不咳 and 原先鼻塞，这会儿通了: of all that was told, and not come again."""
    if _WAS.search(told) is None or _OF_NOW.search(told) or _STILL.search(after):
        return False
    over = match["over"]
    ended = _kinds_of(over)
    if not ended:  # 没有 alone ends a list; 现在没有 is itself the answer
        return over.startswith(("好", "过去", "全好", "断根")) or bool(_SAYS_SINCE.search(match["since"]))
    return bool(ended & _kinds_of(told)) and _kinds_of(told) <= ended


def _kinds_of(words: str) -> set[str]:
    return {kind for kind in _KINDS_OF_FEELING if not set(kind).isdisjoint(words)}
