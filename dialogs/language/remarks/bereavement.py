"""Whoever was called has died: 老张上个月走了，我是他老伴. Pure.

走了 and 没了 are as well said of who is out or has moved; with a time, or of a person (人没了), they tell of
a death.
"""

from __future__ import annotations

from campaign.patterns import compiled
from dialogs.language.grammar import ANY_KIN
from dialogs.language.remarks.clauses import spoken_clauses

_NUMBER = "[一二两三四五六七八九十几]+"
_SPAN = "(?:个?多?月|年多?|天|周|个?礼拜)"
_OF_OURS = f"我(?:们)?家?的?(?:{ANY_KIN})"
_HE = (
    f"(?:他|她|这?个?老?人|本人|机主|户主|老爷子|老太太|老人家?|[老小][^,伴婆公家人]|N|{_OF_OURS})"
    "(?:这?个?人)?"
)
_PAST = (
    f"(?:上个?月|这个?月|去年|前年|今年|年[初底前]|{_NUMBER}{_SPAN}以?前|[春夏秋冬]天|{_NUMBER}月份?"
    "|前(?:几|两|不久|些)[天日]?|不久前)"
)
_LONG = f"(?:早就?|老早|已经|都|是|也|就|在|{_PAST})*"
_SURELY = "(?:去世|过世|离世|病逝|病故|逝世|辞世|亡故|故去|牺牲|死|过背|咽气|老(?=了$)|不在人世)[了的]?"
_MAYBE = "(?:走|没|不在)"
_FOR = f"(?:[快有都已经]*[好多半]?{_NUMBER}{_SPAN}|好[几多]{_SPAN}|多{_SPAN})"
_BEFORE = "(?:我说|我跟你说|哎|唉|可是?|但是?|不瞒[你您]说)*"
_AFTER = "(?:多|啊|呀|啦|嘞|的|了)*"
_TELLS = compiled(
    f"{_BEFORE}(?:{_HE})?{_LONG}{_SURELY}(?:{_FOR})?{_AFTER}"
    f"|{_BEFORE}{_HE}{_LONG}{_PAST}(?:就|都|给|是)*{_MAYBE}{_AFTER}"
    f"|{_BEFORE}{_HE}{_LONG}{_MAYBE}了?{_FOR}{_AFTER}"
    f"|{_BEFORE}(?:他|她|老)?人{_LONG}[没死]{_AFTER}"
)
_OF_A_RELATIVE = compiled(f"{_BEFORE}{_OF_OURS}")
_IS_LIVING = compiled("我(?:就)?是(?:本人|N|[啊呀的]*$)|N(?:就)?是我|是我$|没死|[别甭]")
_WORDS = compiled("[世逝故死走没老]|不在|牺牲|咽气|过背")


def tells_of_death(text: str, name: str, speaker: str) -> bool:
    """Whether it is told of whoever was called.

    Args:
        text: Normalised words, with their clauses where these are known.
        name: The resident's; may be empty.
        speaker: Who speaks as far as is known: ``self``, ``family``, or empty. The resident may tell of a
            death in the family.
    """
    if not _WORDS.search(text):
        return False
    clauses = spoken_clauses(text.replace(name, "N") if name else text)
    if _TELLS.fullmatch("".join(clauses)):
        clauses = ["".join(clauses)]
    told = [clause for clause in clauses if _TELLS.fullmatch(clause)]
    if not told or any(_IS_LIVING.search(clause) for clause in clauses if clause not in told):
        return False
    if speaker == "self" and len(told) < len(clauses):
        return False
    return speaker == "family" or not all(map(_OF_A_RELATIVE.match, told))
