"""How many take part in what was asked about, which may be fewer than a household: 五口人走两个. Pure."""

from __future__ import annotations

from campaign.patterns import any_of, compiled
from dialogs.language import grammar
from dialogs.language.numerals import whole_number
from dialogs.script import Slot

_LIVING = compiled("住|几口|家里.{0,3}人|户")
_VERBS = "走|回|去|来|参加|到|吃|坐"
_SO_MANY = compiled(
    f"(?:{_VERBS})(?:了|的)?(?P<n>[一二两俩仨三四五六七八九十]+)(?:个|口|人|位|$|[,;])(?!月|礼拜|星期|小时|钟头)"
)
_ALONE = compiled(f"^(?:就|只有?|我|我们家)*(?:自己|自个儿?|一个人|一人|独自)(?:{_VERBS}|就行|$|[,;吧呢啊])")
_STAYS = compiled(
    f"(?:^|,)(?!我)[^,]{{0,2}}(?:{any_of(grammar.KIN)})[^,我]{{0,4}}"
    "(?:不[走回去来]|没空|留|在这[儿里边]?|在家|在北京|看[店家]|值班|上班|上学|晚|后走|过[两几]天)[^,]*"
)


def is_of_some(slot: Slot) -> bool:
    """Whether a number of people is asked for who need not be all that live together."""
    return not slot.like and bool(slot.question) and _LIVING.search(slot.question) is None


def told_of_some(text: str) -> int | None:
    """The number where it is told outright: 五口人走两个 are two, 我自己回，老婆在这儿看店 is one."""
    if many := _SO_MANY.search(text):
        return whole_number(many["n"].replace("俩", "二").replace("仨", "三"))
    return 1 if _ALONE.match(text) else None


def is_open(text: str) -> bool:
    """Whether no single number of portions is told: 两三份, 平时两份周末四份."""
    portions = _PORTIONS.findall(text)
    return any(len(number) > 1 and "十" not in number for number in portions) or len(set(portions)) > 1


_PORTIONS = compiled("([一二两三四五六七八九十]+)份")


def without_who_stays(text: str) -> str:
    """The words without those of whom it is told that they take no part: 我带孙子回，儿子他们晚两天."""
    return _STAYS.sub("", text)
