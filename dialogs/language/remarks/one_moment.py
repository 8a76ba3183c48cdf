"""Somebody asks to be waited for, and tells at most what he does meanwhile. Pure.

稍等, 等一下，我去给孩子开个门: nothing is answered, nothing is needed, and the call goes on. 等会儿再打 is
another matter. 稍等，我叫他来, 等一下，我去量: somebody goes away to come back with the answer.
"""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language.remarks.clauses import spoken_clauses

_ENDS = "[了啊呀哦噢哈呢吧嘛嗷的]{0,2}"
_WAIT = compiled(
    "(?:你|您|请|麻烦你?您?)?(?:先)?(?:稍?等(?:一?下[子儿]?|一?会儿?|等|片刻|我(?:一?下|一?会儿?)?)?|别挂(?:断|电话)?|不要挂(?:断|电话)?|慢着|且慢)"
    f"{_ENDS}"
)
_FIRST = "(?:我(?=.)|先|去|得|要|来|这就|正|就|给(?:孩子|娃|他|她|老伴|快递|人家?|人)){0,4}"
_THING = (
    "(?:电视|声音|音乐|收音机|火|煤气|天然气|灶|锅|灯|水龙头|水|门|窗户?|空调|风扇|油烟机|抽烟机|洗衣机|免提"
    "|手机|东西|菜|狗|猫|孩子|娃)"
)
_WEAR = "(?:老花镜|花镜|眼镜|助听器|耳机|衣服|外套|鞋)"
_FETCH = f"(?:纸|笔|纸笔|笔和纸|本子|本|充电器|充电线|椅子|凳子|{_WEAR})"
_QUIET = (
    "(?:里屋|外屋|屋里|外面|外头|外边|阳台|楼道|走廊|安静(?:的|点的?)?地方|别的?地方"
    "|一边|边上|门口|院子里?|旁边)"
)
_MEANWHILE = compiled(
    f"{_FIRST}(?:把{_THING}[^,没不疼痛烧咳给交递让他她]{{1,4}}|(?:关|开|调|停|放)(?:一?下|个|掉|小|上|好)?{_THING}{_ENDS}|(?:开|关)(?:一?下|个|上)?门|放(?:一?下|好)?东西"
    f"|(?:找|拿|取|换|戴|摘|穿)(?:一?下|个|上|副|件|张|支)?{_FETCH}|找(?:个|一个)(?:安静(?:点)?的?)?地方(?:坐下|坐|说)?|换(?:个|一?下|只)?(?:耳朵|手|电话|手机|地方|只手)(?:[听说接])?"
    f"|(?:到|去|上|回|出去|进){{1,2}}(?:{_QUIET}|屋)?(?:再)?(?:去|来)?(?:说|讲|听|接)|(?:走)?(?:出去|进屋|出来)(?:说|讲|听|接)?|走到{_QUIET}"
    "|(?:接|签收?|拿|取)(?:一?下|个)(?:快递|外卖|包裹|东西|电话)|(?:喝|咽)(?:口|一口)?水|(?:擦|洗|甩)(?:一?下|把|个)?手|擦擦手"
    "|坐下(?:来)?|坐起来|站起来|起来|躺下|靠边(?:停(?:一?下)?(?:车)?)?|停(?:一?下|个|好)?车|抱(?:一?下|着|上)?(?:孩子|娃|宝宝)"
    "|(?:插|充)(?:一?下|个|上)?电|接上电|看看|看一?下|看一眼|瞅瞅|瞧瞧|想想|想一?下|琢磨琢磨|回忆一?下|翻翻|查查|查一下"
    "|(?:锅|水|汤|粥|奶)(?:开|糊|溢|溢出来)|有人(?:敲门|按门铃|来|叫我)|门铃响|(?:狗|猫|孩子|娃)(?:叫|哭|闹|跑)|(?:狗|孩子|娃)在(?:叫|哭|闹)|(?:快递|外卖)(?:来|到))"
    f"{_ENDS}"
)
_IN_ONE_BREATH = compiled(f"(?:{_WAIT.pattern})(?:{_MEANWHILE.pattern})?|{_MEANWHILE.pattern}")
"""稍等我去给孩子开个门."""
_LONGEST = 24
_NOT_I = "(?![儿媳女老爸妈家收空下回忙])"
_HOLD = (
    f"(?:你|您|恁|请|麻烦你?您?)*先?(?:(?:稍|(?<=[你您恁请先]))?等(?:等|我{_NOT_I})?(?:一?[下哈][子儿]?|一?会儿?|一等|片刻)?"
    "(?<=[等我下哈子儿会刻])(?<!^等)(?<!,等)[啊呀哈哦]?|稍[候后]"
    "|(?:别|莫|不要|甭)(?:挂|撂|急)(?:断|电话|了)?|慢着|且慢)"
)
_DOES = "[量测夹拿找问叫喊看瞅瞧翻查关开接记戴换走坐想取写算数搁放摸掏上进到把给跟回喝倒擦洗停抱]"
_GOES = (
    "(?:让|容)?(?:我|俺|咱|我们)?(?:先|再|去|得|要|来|这就|马上|正|就|现在|赶紧|给(?:他|她|孩子|娃)|[^,]{0,4}(?:去|来))*"
    f"{_DOES}[^,]*"
    "|[^,]{0,3}(?:锅|水|汤|粥|奶|饭)(?:开|糊|溢)[^,]*|有人(?:敲门|按门铃|来)[^,]*|门铃响[^,]*|[叫喊][他她][^,]*"
    f"|(?:我|俺)?[让叫喊][^,我你您]{{1,4}}?(?:去|给我|帮我)*{_DOES}[^,]*"
    "|[^,]{0,6}(?:在他|在她|在那|在屋|记)[^,]{0,4}"
    "|(?:体温[计枪表]|本子?|单子|药)[^,]{0,2}在[^,]{1,8}(?:[我让][^,]{0,3}" + _DOES + "[^,]*)?"
)
_COMES_BACK = (
    "[^,]*(?:就来|回来|再说|再跟|再讲|接着说|告诉[你您]|跟[你您]说|马上|一会儿?就?|[量看]完|就好)[^,]*"
)
_GONE = compiled(f"(?:{_HOLD})(?:[啊呀哦哈呢,]|{_GOES})*,?(?:(?:{_GOES}|{_COMES_BACK}|{_HOLD})[,]?)*")
_BEGINS_TO_HOLD = compiled(f"(?<=[,了呢啊哦房里]){_HOLD}")
_NOT_IN_THIS_CALL = compiled(
    "再打|打过?来|打给|回电|改天|回头|明天|下午|晚上再|[三四]十[一二三四五六七八九]度|[没不]等|再说(?!一)|算了|[给帮]我(?![找量])"
    "|[会下][儿子]?就?再?[量测]"
)
_CALLED = compiled("^(?:哎|唉)?(?:闺女|姑娘|小[姑伙][娘子]|同志|大妹子|孩子|师傅|大姐|妹子)[啊呀]?,?")
_NOT_YET = compiled(
    "(?:[哎哟喂嗯好行啊诶呀,?]|体温|我?(?:今[天儿]|早上|现在)?还?没有?(?:来得及)?[量测](?:呢|哦|了|过)?|刚起床?(?:来)?)*"
)
_LONGEST_HOLD = 40


def asks_to_wait(text: str) -> bool:
    """Whether nothing else is said."""
    if len(text) > _LONGEST or not any(wait in text for wait in "等挂慢"):
        return False
    clauses = spoken_clauses(text)
    return any(map(_WAIT.match, clauses)) and all(map(_IN_ONE_BREATH.fullmatch, clauses))


def asks_to_hold(text: str) -> bool:
    """Whether somebody asks to be waited for, to come back with the answer: 还没量呢，您等一下，我去量一个.

    Args:
        text: Normalised words, with their clauses where these are known.
    """
    if len(text) > _LONGEST_HOLD or not any(wait in text for wait in "等挂慢撂候急"):
        return False
    if _NOT_IN_THIS_CALL.search(text):
        return False
    text = _CALLED.sub("", text)
    not_yet = _NOT_YET.match(text)
    said = text[not_yet.end() :] if not_yet else text
    if _GONE.fullmatch(said):
        return True
    begun = _BEGINS_TO_HOLD.search(said)
    return begun is not None and _GONE.fullmatch(said[begun.start() :]) is not None


_RETURNED = compiled(
    "(?:(?:喂|哎|嗯|啊|我|让[你您]久等|久等|不好意思)*[,，。 ]*"
    "(?:好[了啦嘞]|来了|回来了|行了|可以了|[你您]说吧?"
    "|(?:笔|纸|本子?|眼镜|花镜|体温[计枪表])*(?:找[着到]|拿[来着到])了)[,，。！! ]*)+"
)


def without_return(text: str) -> str:
    """What somebody says who was waited for, without that he is there again: 好了，笔找着了，你说吧."""
    returned = _RETURNED.match(text)
    return text[returned.end() :] if returned else text
