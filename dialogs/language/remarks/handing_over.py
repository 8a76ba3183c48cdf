"""Somebody gives the telephone to another, or calls him to it: 您等一下，我叫他接电话. Pure.

我叫他来, 让我爸跟你说, 儿子你来接一下: whoever comes is somebody else. 叫你们主任接电话 wants a person of
ours, 让他给你回电话 puts the call off, 叫他去量 fetches an answer.
"""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language.grammar import ANY_KIN
from dialogs.language.remarks.clauses import spoken_clauses

_KIN = f"(?:我|俺|咱|你|他|她)?(?:们)?家?的?(?:{ANY_KIN})(?:自己|本人)?"
_NAMED = f"(?:N|{_KIN}|[他她]?本人)"
_HIM = f"(?:[他她](?:自己)?|{_NAMED})"
_TELEPHONE = "(?:电话|手机|话筒|听筒)"
_GOES = "(?:就|去|先|再|来|这就|马上|还是|要不|那|得|给[你您]|帮[你您])*"
_I = f"(?<!管)(?:我|俺|咱们?|我们|给[你您]){_GOES}"
_ENDS = "[了啊呀哦噢哈吧嘛哎嘞哩]{0,2}"
_SOON = "(?:一?下[子儿]?|一声|一会儿?|个)?"
_COMES = "(?:过来|出来|回来|进来|下来|起来|来|去|上前)"
_TAKES = f"(?:接|听){_SOON}{_TELEPHONE}?"
_SPEAKS = (
    "(?:[跟和同给与][你您恁]们?(?:说|讲|聊|谈|唠)|(?:亲?自己?|直接)?(?:说|讲)|回答[你您]?)"
    "(?:话)?(?:说|讲|一?下|清楚)?"
)
_TALKS = f"(?:{_COMES}?(?:{_TAKES}|{_SPEAKS}))"
_CALLS = compiled(
    f"(?:{_I}(?:叫|喊|唤){_SOON}(?:(?:[他她]|{_KIN}){_COMES}?{_SOON}|{_HIM}{_COMES}{_SOON}|{_HIM}{_TALKS})"
    f"|{_I}(?:让|换|等|找|请){_HIM}{_TALKS}"
    f"|(?:叫|喊|让|换)(?:{_NAMED}|[他她]自[己个]儿?){_TALKS}"
    f"|把{_HIM}(?:叫|喊|唤){_COMES}"
    f"|{_TELEPHONE}(?:递|交|拿|转)?给{_HIM}{_TALKS}?"
    f"|{_I}给{_HIM}(?:听|{_SPEAKS})"
    f"|[你您](?:就|直接|自己|等一?下)*[跟和同]{_HIM}(?:说|讲|聊|谈|唠){_SOON}"
    f"|{_NAMED}(?:[你您快]|赶紧|过来){{1,3}}来?{_TAKES}"
    f"){_ENDS}$"
)
"""The last is said to the other: 儿子你来接一下."""
_BRINGS = compiled(
    f"(?:[稍你您请]等|等(?:等|一|会|下)).*{_I}(?:把{_TELEPHONE})?(?:给{_HIM})?(?:拿|送|递)(?:进|过)?去{_ENDS}$"
)
"""叔叔你等会儿，我给他拿进去."""
_COME = compiled(f"^[你您快]+(?:过)?来{_TAKES}{_ENDS}$")
_KNOWN = compiled(_NAMED)
_ADDRESSED = compiled(
    f"(?:^|[,啊呀呢]){_NAMED}[啊呀]?,?(?:[你您]的?{_TELEPHONE}|找[你您]的|{_TELEPHONE}|接{_TELEPHONE}){_ENDS}"
    "(?:,?[你您]自[己个]儿?[跟和同](?:人家|[他她]们?)(?:说|讲|聊|谈)[吧啊]?)?$"
)
"""老头子，电话."""
_NOT_SO = compiled("(?:(?<!要)不|[没别甭替代懒]|帮(?![你您]))[^,]{0,3}$")
"""Before it: 我没叫他, 懒得让孙子接."""
_YOURS = "(?:你们|社区|居委会?|主任|书记|大夫|医生|值班|工作人员|活人|真人|接线|领导|干部|[楼组]长|网格)"
_WANTS_YOURS = compiled(
    f"(?:找|叫|喊|要|让|请|换|跟|和|同|见|信|有没有|有)[^,]{{0,6}}{_YOURS}(?!的?(?:电话|人?打来))"
    f"|{_YOURS}[^,]{{0,8}}(?:在吗|在不在|有没有|呢$|呢,)"
)
"""Who is wanted then is one of ours."""
_WORDS = compiled("[拿送递]|接|叫|喊|唤|让|找|请|换|给|说|讲|电话|手机|聊|谈|唠")


def hands_over(text: str, name: str) -> bool:
    """Whether somebody else is to come to the telephone now.

    Args:
        text: Normalised words, with their clauses where these are known.
        name: The resident's; may be empty.
    """
    if not _WORDS.search(text) or _WANTS_YOURS.search(text):
        return False
    text = text.replace(name, "N") if name else text
    if _ADDRESSED.search(text) or _BRINGS.search(text):
        return True
    if any(map(_COME.match, spoken_clauses(text))) and _KNOWN.search(text):
        return True  # 爸，社区的电话，您来接一下
    calls = ((clause, _CALLS.search(clause)) for clause in spoken_clauses(text))
    return any(call and not _NOT_SO.search(clause[: call.start()]) for clause, call in calls)


_ELDERS = "爷爷|奶奶|姥姥|姥爷|外公|外婆|爸爸?|妈妈?|爹|娘|父亲|母亲|公公|婆婆"
_KIN_BY_NAME = f"我(?:就)?是(?:他|她|娃|孩子)的?,?(?:{_ELDERS}),?N(?=$|[,啊呀])"
"""我是他爷爷张三, of whom a grandson handed the telephone to; ``N`` stands for the name."""
_HELLO = "(?:喂|[你您]好|[你您]?哪一?位[啊呀]?|谁[啊呀]|哎|欸|哦|啊|来了|[，,?])*"
_BEFORE_ME = f"(?:刚才|刚刚|方才)(?:[那说接的是电话]*)(?:我家?的?)?(?:{ANY_KIN})[^,我]{{0,6}}"
_IS_HIMSELF = compiled(
    f"{_HELLO}我(?:就)?是(?:N|本人)(?!的)|{_HELLO}N[，,](?=刚)|{_HELLO}(?:谁[呀啊]?[,?]*)?{_KIN_BY_NAME}"
)
_IS_FAMILY = compiled(f"{_HELLO}我(?:就)?是(?:他|她|N|老太太|老爷子)的?(?:{ANY_KIN})")
_IS_NO_OTHER = compiled(
    "^[谁啥什么]{0,2}(?:他|她)[啊呀]?[,?]*(?:就)?(?:是)?(?:我自[己个]|我就?是?(?:N|本人))|^我就是N本人"
)
_HAS_CHANGED = compiled(f"{_BEFORE_ME}|换(?:我|人)(?:接|来|说)?了|^(?:喂|[你您]好)")


def takes_over(text: str, name: str) -> str:
    """Who speaks now in the place of somebody else: ``self``, ``family``, or empty where nobody says so:
    喂，我是张三，刚才是我孙子."""
    text = text.replace(name, "N") if name else text
    if _IS_NO_OTHER.search(text):
        return "self"  # 他？是我自己呀: of somebody who was taken for family
    if not _HAS_CHANGED.search(text):
        return ""
    if _IS_HIMSELF.match(text):
        return "self"
    return "family" if _IS_FAMILY.match(text) else ""


def names_himself(text: str, name: str) -> bool:
    """Whether the resident tells who he is by kinship and name (我是他爷爷张三), or before he tells of his
    family: 我是张三俺爹耳朵不好使."""
    if not name:
        return False
    if _IS_OLD.search(text.replace(f"老{name[0]}", "O")):
        return True
    return name in text and _SAYS_HIS_NAME.search(text.replace(name, "N")) is not None


_IS_OLD = compiled("^[嗯哪啊哦对是喂,]*[我俺](?:就)?是O(?=$|[,;啊呀])")
"""我就是老马, of somebody called 马占山."""


_SAYS_HIS_NAME = compiled(
    f"{_KIN_BY_NAME}|^[^,;我俺]{{0,4}},?[我俺](?:就)?是N(?=[,]?[我俺][爸爹妈娘爷奶])"
    "|^[^,;我俺他她]{0,4},?[我俺](?:就)?是N(?=,?(?:家里?(?:有|就|一共|[一二两三四五六七八九]口)|我们?家))"
    "|^[^,;我俺他她]{0,4},?是[我俺],?(?:老太太|老太婆|老婆子|老头子?|老汉|本人)N"
)
