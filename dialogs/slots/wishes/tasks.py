"""What is told the other way round as a task: 衣服没人洗 -> 洗衣服, 水费我不会交 -> 交水费. Pure."""

from __future__ import annotations

import re

from dialogs.slots.wishes.phrases import KIN, NUMBER, SPEAKERS, any_of

_DEEDS = any_of(
    "倒", "接", "送", "买", "换", "修", "陪", "照[顾看]", "做", "取", "拿", "扔", "理", "扛", "打扫", "收拾?",
    "缝", "扫", "铲", "遛", "喂", "装", "剪", "拖", "洗", "擦", "掏", "疏?通", "抬", "搬", "看", "浇", "刷",
    "清理?", "运", "[代补]?[交缴]", "领", "寄", "剃", "叠", "补办?", "糊", "挪", "拎",
    "推", "念", "翻", "伺候", "带", "晒", "充", "续", "填", "办", "核",
)  # fmt: skip
_NOBODY_DOES = re.compile(
    "^(?P<thing>.{1,10}?)(?:都|也|又|老|总|一直|就|更|全)*没有?人(?:给|帮|替|管|来|会|能|肯|愿意)*"
    f"(?P<deed>{_DEEDS})(?:一下)?了?$"
)
_CANNOT_DO = re.compile(
    "^(?P<thing>.{1,8}?)(?:我们?|俺|自己|一个人|也|都|又|实在)*(?:不会|没(?:法儿?|办法|处|地方))(?:去|自己)?"
    f"(?P<deed>{_DEEDS})$"
)
_WHAT_HAPPENED = re.compile("(?<=.)(?:[也又老都]*(?:[堵坏脏满裂松断堆]|(?<!地)漏)|[掉丢].|欠).*$")
_NO_OBJECT = re.compile(
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


def done_to(thing: str, words: str) -> str:
    """A thing and what is to be done to it, as a task: 窗户 and 擦擦 -> 擦窗户; empty where it is none."""
    deed = simple_deed(words)
    return _task(deed, thing.removesuffix("得")) if deed else ""


def simple_deed(words: str) -> str:
    """The deed alone, where words tell no more than one: 擦 of 擦擦, 交 of 交一下."""
    deed = _DEED.fullmatch(words)
    return deed["deed"] if deed else ""


_DEED = re.compile(f"(?:去|来|也|都)*(?P<deed>{_DEEDS})(?:一?(?P=deed)|一[下哈]|[下哈])?了?")


def _task(deed: str, thing: str) -> str:
    said = _AT_TIMES.sub("", _WHAT_HAPPENED.sub("", thing))
    named = "" if _NO_OBJECT.fullmatch(said) else _OURS.sub("", said)
    return "" if not named or _NO_OBJECT.fullmatch(named) else deed + named


_AT_TIMES = re.compile("(?<=.)(?:白天|晚上|夜里|平时|中午|[天每]天|现在)$")
_WHERE = "[^我你他她它的]{1,2}[里上下外口道前后]儿?"
_OURS = re.compile(
    f"^(?:{SPEAKERS}|家里?|屋里?头?|{_WHERE}(?!的)|{SPEAKERS}?{KIN}的|这|那|就是?|只|但)+的?(?=.)(?!{KIN})"
)
