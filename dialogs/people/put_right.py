"""Numbers of people that are taken back without a comma to tell so: 六哦不五个, 四口啊呀忘了我五口. Pure."""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.people.surroundings import AWAY, number_in
from dialogs.people.terms import NUMBER

_HEADS = f"{NUMBER}(?:口人?|口子|个人|个|人|位)"
_SAYS_SO = compiled("[不错忘漏重刨除]|改一下|把我|一二")
"""Cheap test before the dear ones."""
_INTERJECTION = "(?:[哦喔噢呃啊哎呀嗯],?)*"
_BEFORE = rf"^(?:就|家里|一共)?(?P<before>{NUMBER})"
_KINDS = "大人|老人|小孩|孩子|娃"
_CORRECTED = compiled(
    rf"{_BEFORE}(?:(?:口人?|口子|个人|个|人|位)(?:{_KINDS})?,?|(?=,?{_INTERJECTION}(?:不|说错)))[吧呢啊]?,?{_INTERJECTION}"
    rf"(?P<by>不对|不是|不+|错了|说错了|改一下),?(?:是|应该是)?"
    rf"(?P<now>{NUMBER})(?P<unit>口|个|人|位)?(?:人|子)?(?P<rest>.*)$"
)
_HAS_COME = compiled("(?<![没不])来|添|生了|抱回|借住|[算忘漏落]")
_FORGOTTEN = compiled(
    rf"^{_HEADS},?{_INTERJECTION}(?:[忘漏]了,?(?:把|算|数)?|把)(?:我自己|我自个儿?|自己|我)"
    rf"(?:给?[忘漏落]下?了)?,?(?P<now>{_HEADS})(?P<rest>.*)$"
)
_MISCOUNTED = compiled(
    rf"(?:^|,)(?:家里|我们)?(?P<all>{_HEADS}),?(?:哎?[不对错,]*)"
    rf"(?:[^,]{{0,3}}[算数]重了|[刨除]去[^,]{{1,6}}的)(?P<now>{_HEADS})$"
)
"""四个，我数重了三个; 八个，刨去上大学的七个."""
_LEFT_OUT = compiled(rf"(?<=.)[漏忘少][算数]了,?(?:一共|总共|应该)?是?(?P<now>{_HEADS})$")
"""四个，还有俺娘，漏算了，五个."""
_COUNTING_UP = compiled(f"一二三?四?五?六?七?八?九?,?(?={_HEADS})")
"""一二三四五六，六个."""


def put_right(text: str) -> str:
    """The words without a number that is taken back; they begin with a comma then."""
    if not _SAYS_SO.search(text):
        return text
    if (left_out := _LEFT_OUT.search(text)) is not None:
        return f",{left_out['now']}"
    text = _COUNTING_UP.sub("", text)
    text = _FORGOTTEN.sub(r",\g<now>,\g<rest>", _corrected(text))
    return _MISCOUNTED.sub(_with_rest, text)


def is_put_right(text: str) -> bool:
    """Whether a number is told after one that is taken back, even where no comma says so."""
    return not text.startswith(",") and put_right(text).startswith(",")


def _corrected(text: str) -> str:
    """What follows 不对 is the number; what follows 不 or 不是 only where the rest explains the change."""
    told = _CORRECTED.match(text)
    if told is None or not (told["unit"] or told["rest"]):
        return text
    if told["by"] == "不是" and not _explains(told):
        return text  # 三个，不是四个
    if told["rest"].startswith(tuple(_KINDS.split("|"))) and told["by"] != "不是":
        return f",{told['now']}{told['unit'] or '个'}{told['rest']}"  # 四个老人不四个大人
    if told["by"].strip("不") == "" and told["rest"] and not _explains(told):
        return text  # 三个人不一个屋
    return f",{told['now']}{told['unit'] or '个'},{told['rest'].lstrip(',')}"


def _explains(told: re.Match[str]) -> bool:
    """三个不是四个我婆婆过来了: more, for somebody has come; or fewer, for somebody is away."""
    is_more = number_in(told["now"]) > number_in(told["before"])
    return (_HAS_COME if is_more else AWAY).search(told["rest"]) is not None


def _with_rest(told: re.Match[str]) -> str:
    """八个刨去上大学的七个: a number of most of them is of those who are left, of fewer of the others."""
    number, rest = number_in(told["all"]), number_in(told["now"])
    if 2 * rest > number > rest > 1:
        return "," + told["now"]
    return f"{told['all']},走了{told['now']}" if 2 * rest < number else told[0]
