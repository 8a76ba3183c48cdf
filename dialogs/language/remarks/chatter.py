"""What is said beside the call, to a child, a dog or about the weather, and tells nothing of anybody. Pure.

天气不错 holds a yes and 妈妈抱 names a relative; neither says who is speaking. Unlike ``asides``, which
are said to the caller, nothing of it is wished of the call either: 真冷 sounds like 真人.
"""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.remarks.clauses import clauses_of

_ENDS = "[了的吗嘛呢吧啊呀哦噢哈呐啦哎]{0,3}"

_VERY = "(?:真|好|太|可|挺|还|也|够|不|越来越|有点|变){0,2}"
_SKY = "(?:天气?|天儿|外[边面头]|太阳|阳光|风|雪|雨|雾霾?|霾|空气|气温|温度)"
_WHEN = (
    "(?:今天|今儿|这两天|这几天|昨天|明天|最近|早上|北京|外[边面头]|你们那|咱们?这"
    "|哎哟?|哎呀|嚯|哟|啊|现在){0,2}"
)
_WEATHER = compiled(
    f"{_WHEN}(?:{_SKY}(?:也|都|是|倒)?{_VERY}(?:好|不错|冷|热|暖和|凉快?|大|小|晴|阴|晒|干|潮|糟|厉害|差|重)(?:得很|死了|极了)?"
    f"|{_VERY}(?:下[大小]?[雪雨]|刮[大]?风|起[大]?雾|降温|升温|变天|阴天|晴天|[大有]雾|[有]霾)"
    f"|{_VERY}(?<=[真好太挺])(?:冷|暖和|凉快|晒)){_ENDS}(?:是吧|是不是|对吧)?"
)
_GREETING = compiled(
    f"(?:早上|上午|中午|下午|晚上|大家)好{_ENDS}|早安|晚安|新年快乐|过年好|恭喜发财|生日快乐"
)
_WHO = f"(?:(?:{grammar.ANY_KIN}|宝贝|宝宝|乖乖|狗狗|旺财|豆豆|咪咪|毛毛)(?:呀|啊)?,?)"
_TOLD_TO = (
    "(?:坐下|趴下|站好|松口|走开|躲开|过来|等下|等会|等一下|抱抱?|抱一下|听话|乖|安静点?|小声点|小点声|慢点跑|小心点|放下|张嘴|洗手去?|写作业去"
    "|去写作业|睡吧|起床|快起来|把[^,]{1,4}(?:关|开|拿|放|端)[^,]{0,3}|给我(?:拿来|放下)?|接(?:个|着)?电话(?:呢|去)?|打着?电话呢)"
)
_LEAVE_THAT = (
    "(?:你|先|可|都)?(?:别|不许|不准|甭)"
    "(?:闹|哭|叫|动|管|跑|碰|咬|扔|玩|抢|说话|出声|看电视|吃手|爬)(?:他|她|它|弟弟|妹妹)?"
)
_TO_OTHERS = compiled(
    f"(?:{_WHO}{{1,2}}(?:你|您|先|快|都)*(?:{_TOLD_TO}|来了|别吵)|{_LEAVE_THAT}|{_WHO}{_LEAVE_THAT}"
    f"|(?:快)?(?:坐下|趴下|松口|走开|小心点|放下|张嘴|洗手去|写作业去|去写作业|快起来|把(?:电视|门|火|音乐|手机|窗户)[^,]{{0,3}}(?:关|开)[^,]{{0,3}}"
    "|接电话呢|我接个电话|给我|起床|扔)"
    f"|水开|[饭菜粥面]好|锅?糊|来了来|(?:快递|外卖|东西)?放(?:那|门口|桌上|地上)|谁敲门|门没锁|(?:到站|下一站)){_ENDS}"
)
_AT_PLAY = compiled(
    "(?:胡|碰|杠|吃|出牌|快出牌|将军|该你|要不起|炸弹|[一二三四五六七八九](?:万|饼|筒|条)|红中|发财|白板|对[三四五六七八九十]|三带[一二])了?"
)
_ONLY_CHATTER = (_WEATHER, _GREETING, _TO_OTHERS, _AT_PLAY)


def is_chatter(text: str) -> bool:
    """Whether every clause of a short answer is that."""
    if len(text) > _LONGEST:
        return False
    clauses = clauses_of(text)
    return _is_all(clauses) or (bool(clauses[:-1]) and clauses[-1] in _TAGS and _is_all(clauses[:-1]))


def _is_all(clauses: list[str]) -> bool:
    return bool(clauses) and all(any(p.fullmatch(clause) for p in _ONLY_CHATTER) for clause in clauses)


_LONGEST = 20
_TAGS = ("是吧", "是不是", "对吧", "哈")
