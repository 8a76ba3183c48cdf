"""What is said to somebody else in the room, to find out who calls, or to get away from the telephone. Pure.

关火, 别闹, 有什么好问的, 洗澡呢: whole answers that hold no 没, or one that denies nothing that was asked.
"""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.language.remarks.clauses import spoken_clauses

_ENDING = "[了的嘛呢吧啊呀哦噢哈啦吗]{0,4}"
_THINGS = "(?:火|煤气|灯|电视|门|窗户?|水龙头|声音|音乐|收音机)"

_TO_THE_ROOM = (
    f"(?:快|先|你|赶紧)?(?:把{_THINGS}关(?:了|上|小点?|掉)|关(?:一?下)?{_THINGS}"
    f"|{_THINGS}关(?:了|上|小点?|掉))"
    "|别(?:闹|动|吵|哭|跑|打架|抢|叫|爬|咬|舔|挠|出去|着凉|烫着|玩手机"
    "|看电视|吃|摔着?|碰|扒拉|淘气|捣乱)"
    "|快吐出来(?!了)|(?:快|先|你)?(?:松开|撒手|坐下|趴下|站好|下来|躺好|听话"
    "|放下|放(?:那儿?|桌上|这儿)|拿过来|过来|一边(?:儿)?玩儿?去|去(?:那边"
    "|一边)玩儿?"
    "|(?:写作业|洗手|开门|睡觉|关门)去|写作业|去写作业|去睡觉|盖好被子|穿上?衣服)"
    "|(?:水|锅|汤|饭|粥)(?:开|糊|溢|热)|烧水|水烧上|(?:菜|饭|汤)热一?下|热一?下(?:饭|菜|汤)|小心烫|开饭"
    "|(?:谁|快递|外卖)来|你[爸妈爷奶哥姐]{1,2}呢|[叫让]你[爸妈爷奶哥姐]{1,2}接"
    "|(?:谁|有没有人)(?:[来去能])?(?:管管?|看着?|哄哄?|抱抱?|开|关)(?:一下|下)?(?:一下)?(?:这|那|门|孩子|狗|他|她|火|灯|电视)[^,]{0,3}"
    "|我(?:在|正)?接个电话|轻着?点儿?|作业写完没有?|收衣服|下雨"
)
"""关火, 别闹, 把电视关小点, 你爸呢; 我接个电话, unlike 先接个电话."""
_WHO_CALLS = (
    "(?:你们?|您们?)这?(?:是|儿)?(?:哪[儿里位家边]|啥地方|什么地方)(?=[啊呀呢?]|$)|(?:你们?|您)?(?:是)?(?:哪[儿里]|干[嘛吗什]么?|哪个(?:单位|社区"
    "|居委会))的|有(?:什么|啥)事|有事(?=[吗么])|(?:[你您侬]们?)?[找寻](?:谁|啥人|哪个|哪位|什么人)|(?:[你您]们?)?找(?!我)[^,不没]{1,4}(?:有|干)?(?:啥|什么|甚)(?:事儿?)?"
    "|(?:[你您]们?)?(?:是)?(?:从|打|在)?哪[儿里]?(?:弄|搞|得|知道|要|拿|查)[来到]?的?(?:我?的?|这个?)?(?:电话|号码?|手机号)"
    "|(?:你们?|您)?(?:不会|不)?是?(?:不是)?(?:骗子|机器人?|假的|推销的?"
    "|诈骗的?|真人|卖(?:保险|东西|药|房)的)[吗吧](?:你们?)?"
    "|(?:你|您)?是人(?:是|还是)机器|[你您]贵姓|[你您]叫(?:什么|啥)(?:名字)?"
    "|[你您]们?怎么[有知]道?我(?:的)?(?:电话|号码?)|谁[让叫][你您]们?打"
    "|你们?(?:都|还|到底|究竟)*(?:能|可以|会)给?(?:帮|送|管|解决|提供|办|弄|做)(?:我们?|人)?(?:些|点|一些|上)?(?:什么|啥|哪些|哪方面)(?:忙|事|东西)?"
    "|又是你们?|怎么又打|天天打|查户口|干[嘛吗]|有没有人(?:在|接|听)?|有人(?:在|接|听)?(?=[吗么])"
)
"""你是干嘛的, 有什么事吗, 是人是机器."""
_REFUSING = (
    "[有没](?:什么|啥)好[问说讲聊]的|问什么问|(?:我|就|偏){0,3}不(?:说"
    "|跟你们?[说讲聊]|理你们?)|不感兴趣|没兴趣|跟你们?(?:有|没)(?:什么"
    "|啥)?关系"
    "|关你们?(?:屁|什么|啥)事|[你您]们?(?:管不着|管得着)|(?:这是)?(?:我的?"
    "|个人)?隐私|真?烦人|真烦|不想聊|懒得[说理]你?们?|去你的|少管闲事"
    "|(?:这|这个|那|那个|我)?(?:能不能|可不可以|可以|能)(?:就|先)?不(?:说|答|回答|讲|透露|提)"
    "|(?:这个?)?不(?:说|答|回答|讲)(?:行|成|可以)(?:不(?:行|成|可以)?)?(?=[吗吧?]|$)|(?:这个?|这题)?(?:就|先)?(?:不[说答讲]了(?=吧)|跳过(?:这个|这题|去)?)"
    "|(?:跟你们?)?说了也(?:没用|白说)|这(?:个|事)?[你您]们?管不着"
)
_NOT_HEARD = (
    "(?:我|也|都|就|实在){0,4}听不(?:太|大)?(?:明白|清楚?|懂|见)|我?走神|我?刚才没(?:注意)?听|我?不太?明白"
)
_THINKING = (
    "我?(?:去|来|先|得)?(?:看看|想想|问问|问一下|找找|算算|琢磨琢磨|想一下)"
    "|稍等(?:一下)?|怎么[说讲]|好家伙|真的假的|您好"
)
_NO_ANSWER = compiled(f"(?:{_TO_THE_ROOM}|{_WHO_CALLS}|{_REFUSING}|{_NOT_HEARD}|{_THINKING}){_ENDING}")
_REFUSAL = compiled(f"(?:{_REFUSING}){_ENDING}")
_NO_NEED = compiled(f"(?:{_TO_THE_ROOM}|{_WHO_CALLS}|{_REFUSING}){_ENDING}")

_DOING = (
    "(?:洗澡|炒菜|上厕所|蹲厕所|打牌|打麻将|喂奶|喂孩子|哄孩子|骑车"
    "|搬家|干(?:着)?活|洗碗|洗菜|切菜|拖地|擦地|写作业|刷牙|洗脸|等车|赶车|理发|剪头|化妆|换衣服|接电话"
    "|谈事儿?|考试|面试)"
)
_EXCUSE = compiled(
    f"(?:我这?儿?|我们)?(?:这会儿?|现在)?(?:正|还|忙着)?在?{_DOING}呢[啊呀]?"
    "|(?:我这?儿?)?(?:正要|马上要?|急着|着急|要)(?:出门|走)[了啊呢呀]{0,3}"
    "|(?:我)?刚(?:睡醒|睡下|躺下|起床|睡着)[啊呀呢]?"
    "|(?:我)?正睡着呢|(?:我)?(?:家里?)?来(?:客|客人|人)了[啊呀]?|有电话进来了?[啊呀]?"
    "|(?:我?(?:先|去|得))?接个电话[啊呀]?|有人敲门[啊呀呢]?"
    "|(?:我这?)?手(?:占|湿)着呢|(?:不说|先挂|挂)了[啊呀哈]?|回聊[啊呀哈]?"
)
"""洗澡呢, 刚睡醒, 来客人了: no question of ours is answered with it."""
_LONGEST = 16


def _all_match(text: str, pattern: re.Pattern[str]) -> bool:
    if len(text) > _LONGEST:
        return False
    clauses = [clause for clause in spoken_clauses(text) if clause != "喂喂"]
    return bool(clauses) and all(map(pattern.fullmatch, clauses))


def is_beside_the_call(text: str) -> bool:
    """Whether nothing is said that could answer where numbers, persons, places or a no are asked for."""
    return _all_match(text, _NO_ANSWER)


def refuses(text: str) -> bool:
    """Whether something of that is an unwillingness to answer: 烦人; not 别吵了, 骗子吧."""
    return any(map(_REFUSAL.fullmatch, spoken_clauses(text)))


def asks_for_nothing(text: str) -> bool:
    """Whether nothing is said that could be a wish, or that there is none: 把电视关了, 有什么好问的."""
    return _all_match(text, _NO_NEED)


def is_excuse(text: str) -> bool:
    """Whether nothing is told but why somebody cannot talk now: 洗澡呢."""
    return _all_match(text, _EXCUSE)
