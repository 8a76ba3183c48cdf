"""What is told the other way round as a task: 衣服没人洗 -> 洗衣服, 水费我不会交 -> 交水费. Pure."""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.slots.wishes.phrases import KIN, NUMBER, SPEAKERS, any_of

_DEEDS = any_of(
    "倒", "接", "送", "买", "换", "修", "陪", "照[顾看]", "做", "取", "拿", "扔", "理", "扛", "打扫", "收拾?",
    "缝", "扫", "铲", "遛", "喂", "装", "剪", "拖", "洗", "擦", "掏", "疏?通", "抬", "搬", "看", "浇", "刷",
    "清理?", "运", "[代补]?[交缴]", "领", "寄", "剃", "叠", "补办?", "糊", "挪", "拎",
    "打印", "复印", "推", "念", "翻", "伺候", "带", "晒", "充", "续", "填", "办", "核",
)  # fmt: skip
_NOBODY_DOES = compiled(
    "^(?P<thing>.{1,10}?)(?:都|也|又|老|总|一直|就|更|全)*没有?人(?:给|帮|替|管|来|会|能|肯|愿意)*"
    f"(?P<deed>{_DEEDS})(?:一下)?了?$"
)
_CANNOT_DO = compiled(
    "^(?P<thing>.{1,8}?)(?:我们?|俺|自己|一个人|也|都|又|实在)*(?:不会|没(?:法儿?|办法|处|地方))(?:去|自己|在?手机上|在?网上)?"
    f"(?P<deed>{_DEEDS})$"
)
_WHAT_HAPPENED = compiled("(?<=.)(?:[也又老都]*(?:[堵坏脏满裂松断堆]|(?<!地)漏)|[掉丢].|欠).*$")
_NO_OBJECT = compiled(
    f"(?:{SPEAKERS}|家里?|屋里?头?|这[儿里]?|那[儿里]?|平时|白天|[晚早]上|夜里|现在|一个人|自己|就|只|但|{NUMBER}天)*"
    f"|.*(?:[不着过]|了(?!.)|住|病|在家|[上下]班|放学|时候|时$|电话$|敲门$|{KIN}们?都?忙).*"
)


def left_undone(clause: str) -> str:
    """What nobody does as a task, empty where nothing is: 衣服没人洗 -> 洗衣服, 马桶堵了没人通 -> 通马桶."""
    undone = _NOBODY_DOES.match(clause) if "人" in clause else None
    return _task(undone["deed"], undone["thing"]) if undone else ""


def beyond_me(clause: str) -> str:
    """What somebody is unable to do as a task: 水费我不会交 -> 交水费, 退休金没法取 -> 取退休金."""
    undone = _CANNOT_DO.match(clause)
    return _task(undone["deed"], undone["thing"]) if undone else ""


_FROM_SOMEWHERE = compiled(
    "把(?P<thing>[^,;]{1,8}?)从.{1,8}?(?P<deed>[取拿领接带捎搬拉拎抱])(?:[回过上出下]?来|回去?|走)?"
)
_HOW = compiled(
    "(?:打听|问|咨询|了解|请教)(?:打听|问|了解|咨询)?(?:一下|下)?(?P<thing>[^,;]{2,8}?)(?:该|要|得|是)?"
    "(?:怎么|咋|如何|怎样)(?P<deed>申请|报销|办理?|领取?|续|补办?|换|[交缴]|开|预?约|挂|转|查|报名?)"
)


def told_long(words: str) -> str:
    """The task alone of what is fetched from somewhere, or asked how it is done: 把药从医院取回来 -> 取药,
    打听一下补贴怎么申请 -> 申请补贴; empty where it is neither."""
    told = _FROM_SOMEWHERE.fullmatch(words) or _HOW.fullmatch(words)
    return told["deed"] + told["thing"] if told else ""


_OPERATES = "(?:弄|用|搞|整|使|玩|操作|摆弄|鼓捣)"
_IN_VAIN = f"(?:不会{_OPERATES}|{_OPERATES}不(?:来|了|动|明白|懂|好|转|清|成))"
_UNKNOWN_TO_ME = (
    compiled(
        f"^(?:[我俺]|手机上?|也|都|又|就|实在|真)*{_IN_VAIN}(?:[那这]个?|一?个)?(?P<thing>[^了我]{{2,8}})$"
    ),
    compiled("^(?P<thing>.{2,8}?)[我俺](?:是|可|也|都|真|就)*(?:两眼一抹黑|一抹黑|一窍不通|抓瞎|摸不着门)$"),
)
_BEYOND_ME = compiled(
    f"^(?:[我俺]?(?:手机|电脑)上?的?)?(?:[那这]个?)?(?P<thing>.{{2,8}}?)[我俺]?(?:也|都|老|是|真|实在)*"
    f"(?:不会(?P<deed>{_OPERATES})|(?P<vain>{_OPERATES})不(?:来|明白|懂|好|转|成))$"
)
_TEACHES = compiled("(?:[来个]|年轻|人|给|谁|能)*教教?(?:我们?|俺|一?下|一教)*")


def to_be_taught(clause: str, request: str) -> str:
    """What somebody is to be taught who asks for no more: 弄不来那个微信，教教我 -> 教微信,
    微信我不会用，教教我 -> 教教我用微信; empty where nothing is named or something else is asked for."""
    if not _TEACHES.fullmatch(request):
        return ""
    if unknown := next(filter(None, (pattern.match(clause) for pattern in _UNKNOWN_TO_ME)), None):
        return "教" + unknown["thing"]
    told = _BEYOND_ME.match(clause)
    return f"教教我{told['deed'] or told['vain']}{told['thing']}" if told else ""


def done_to(thing: str, words: str) -> str:
    """A thing and what is to be done to it, as a task: 窗户 and 擦擦 -> 擦窗户; empty where it is none."""
    deed = simple_deed(words)
    return _task(deed, thing.removesuffix("得")) if deed else ""


def simple_deed(words: str) -> str:
    """The deed alone, where words tell no more than one: 擦 of 擦擦, 交 of 交一下."""
    deed = _DEED.fullmatch(words)
    return deed["deed"] if deed else ""


_DEED = compiled(f"(?:去|来|也|都)*(?P<deed>{_DEEDS})(?:一?(?P=deed)|一[下哈]|[下哈]|走|掉|下去|上来)?了?")


def _task(deed: str, thing: str) -> str:
    said = _AT_TIMES.sub("", _WHAT_HAPPENED.sub("", thing))
    named = "" if _NO_OBJECT.fullmatch(said) else _OURS.sub("", said)
    return "" if not named or _NO_OBJECT.fullmatch(named) else deed + named


_AT_TIMES = compiled(
    "(?<=.)(?:都|也|已经|快)?(?:白天|晚上|夜里|平时|中午|[天每]天|现在|好?[几两三四五]天|(?:快)?一?个?(?:星期|礼拜|月))了?$"
)
_WHERE = "[^我你他她它的]{1,2}[里上下外口道前后]儿?"
_OURS = compiled(
    f"^(?:{SPEAKERS}|家里?|屋里?头?|{_WHERE}(?!的)|{SPEAKERS}?{KIN}的|这|那|就是?|只|但)+的?(?=.)(?!{KIN})"
)
