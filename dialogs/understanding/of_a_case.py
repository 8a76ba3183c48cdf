"""Whose illness is told where it is asked whom somebody met: 我同事发烧三十九度. Pure.

The fever is that of whoever was met, and so is the temperature. What the resident feels is told by 我 in the
same clause, or in one before it: 我同事发烧，我现在也咳嗽.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum, auto

from campaign.patterns import compiled
from dialogs.language.grammar import ANY_KIN
from dialogs.language.remarks.clauses import clauses_of
from dialogs.slots.health.others import OTHERS


class _Whose(Enum):
    """Of whom a clause tells."""

    UNTOLD = auto()
    ANOTHERS = auto()
    THE_RESIDENTS = auto()


_ANYBODY = compiled(
    f"(?:{OTHERS.pattern}|师傅|老师|学生|员工|客户|老乡|亲戚|战友|护工|保姆|客人|顾客|乘客|租客|房东|司机|家长|(?<=的)人|病人|患者|[这那]人"
    "|有一?[个位](?!星期|礼拜|多?月|钟头|小时)|哥们|姐们|闺蜜)(?![^,]{0,3}(?:给|帮|替|陪|带|送|叫|让|说|问)我)"
)
"""Whoever may be ill; not 闺女 in 闺女给我量的."""
_BESIDE = compiled(
    "(?:[和跟与同陪带看接送给替帮像比被让]|照顾|伺候|传染给?)(?:着|了|过|我们?家?|一?[个位])?$"
)
"""Whoever stands behind it does something with him, and feels nothing: 我跟他吃过饭."""
_ME = compiled(
    "(?:我|俺|咱)(?!们?(?:家|班|单位|公司|厂|[办宿学])|的|[妈爸爹娘爷奶姥公婆妹弟哥姐儿女]"
    f"|(?:这|那)?[大小老]?(?:{ANY_KIN}|当家|屋里|掌柜))|(?<!说)自己|(?<!说)自个|本人"
)
_MYSELF = compiled(
    "(?:我|俺)?(?:自己|自个儿?|本人)|(?:我|俺)(?:个人|也|倒|没|不|可|现在|今[天早儿]|这[两几]天|后来|回来|就)"
)
_WHOEVER_IS_ILL = compiled(
    "(?:[见碰遇]|接触|认识|听说|有|身边|周围|附近)[^,]*(?:烧|热|咳嗽?|病|拉肚子|感冒)的(?:人|谁|$)"
)
"""没见过发烧的."""
_OF_HIMSELF = compiled("(?<![我俺])说(?:他|她)?(?:自己|自个)")
"""边剪边说自己烧三十八度多."""
_NOW = compiled("现在|今[天早儿]|这会儿?|这[两几]天|昨[天儿]?(?:开始|起)|我")
_BOTH = compiled("[他她俩们]|一起|一块")
_DENIED = compiled("^(?:也|都|就|压根)?(?:没|不|哪)")
_FEVER = compiled("烧|发热|三十[七八九]度|四十度")
_READING = compiled("[三四]十[一二三四五六七八九]?度|度[一二三四五六七八九半]")


def of_the_resident_alone(text: str, ailments: Collection[str], *, is_met: bool) -> str:
    """The clauses that are not about the illness of another.

    Args:
        text: An answer about whom somebody met, in its clauses.
        ailments: Words for what somebody may feel.
        is_met: Whether somebody was met, whose is a fever that is nobody's in particular: 有，烧到三十九度.
    """
    clauses, kept = clauses_of(text), []
    whose, before = _Whose.UNTOLD, ""
    for clause in clauses:
        is_ill = _READING.search(clause) is not None or any(word in clause for word in ailments)
        whose = _of_whom(clause, before, whose, is_ill=is_ill)
        is_his = whose is _Whose.UNTOLD and is_met and _FEVER.search(clause) and not _NOW.search(clause)
        if not is_ill or not (whose is _Whose.ANOTHERS or is_his):
            kept.append(clause)
            whose = _Whose.THE_RESIDENTS if is_ill else whose  # 沾过，嗓子疼，还烧
        before = clause
    return ",".join(kept) if len(kept) < len(clauses) else text


def _of_whom(clause: str, before: str, whose: _Whose, *, is_ill: bool) -> _Whose:
    """Of whom a clause tells, after ``before``, which told of ``whose``."""
    others = [one for one in _ANYBODY.finditer(clause) if not _BESIDE.search(clause, 0, one.start())]
    mine = [one.start() for one in _ME.finditer(clause)]
    if _WHOEVER_IS_ILL.search(clause) and not mine:
        return _Whose.ANOTHERS
    if _DENIED.match(clause) and not mine:
        return whose  # 没有病人
    if _OF_HIMSELF.search(clause):
        return _Whose.ANOTHERS
    if others and not (mine and mine[-1] > others[-1].end() and _MYSELF.match(clause, mine[-1])):
        return _Whose.ANOTHERS
    if mine:
        is_told_of_me = is_ill or _MYSELF.match(clause, mine[0]) or not _BOTH.search(clause)
        return _Whose.THE_RESIDENTS if is_told_of_me else whose
    is_of_me_now = before.startswith("我") and is_ill and _NOW.match(clause)
    return _Whose.THE_RESIDENTS if is_of_me_now else whose  # 我跟阳性的表弟握过手，现在有点咳
