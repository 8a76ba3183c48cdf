"""A temperature said in parts, with words between them: 三十六，后头点二; 末尾那个数是九，前头三十六. Pure.

Between the degrees and their decimal stand only words that lead from one to the other, at least one of
which says that a decimal comes; and the decimal ends its clause. 三十六度，后来九点又量 is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from campaign.patterns import compiled

_DIGITS = "零一二三四五六七八九"
_DIGIT = "[零一幺二三四五六七八九]"
_ALONE = "(?<![零一幺二三四五六七八九十百])"
_WHOLE = "(?P<whole>三十[四五六七八九]|四十[零一二]?|三[四五六七八九]|四[零一二])度?"
_LINK = (
    "(?:小数点|小数|零头|零点|点|尾数|尾巴|末[尾了位]|最后|后[头面边]|后|然后|接着|中间|当[中间]|[一那这]?[个位]|那|这|数字|数|码|的"
    "|上|里|还|就|又|再|是|为|有|带着?|跟着?|加上?|接|挂着?|写着?|添上?|等于|拖着?|缀着?|它|完了|打头|开头|起头|小|头|个|[啊哦嗯呢嘛呀],?)"
)
_TELLING = compiled("后|尾|末|零|小数|点|接|添|加|出头|多")
"""One of the links at least: a decimal follows."""
_ENDS = "(?=$|[,?!;了啊呢吧哦嘛的呀哈哎点]|正好|刚好)"
_TENTH = f"(?P<tenth>{_DIGIT}){_ENDS}"
_MORE = "(?:挂零|出头|有零头?|带零头?|带小数|带尾巴|有尾巴|多一?点?)"
_BEFORE = "(?:前[头面边]|打头|开头|头里|整数)(?:那|两位|[俩两]个?|的|数字?|码|呢|嘛|就|是|个|,)*"

_THEN = "(?:,|然后|接着|完了|再)"
_BEHIND = compiled(f"{_ALONE}{_WHOLE}(?P<link>{_MORE}?(?:,|{_LINK})+){_TENTH}")
"""三十六度挂零，零头是八."""
_ONE_BY_ONE = compiled(
    f"{_ALONE}(?P<whole>三十?{_THEN}+[四五六七八九]|四十?{_THEN}+[零一二])(?P<link>(?:,|{_LINK})+){_TENTH}"
)
"""三，七，中间一个点，然后三."""
_WHERE_THE_POINT_IS = compiled(
    f"{_ALONE}(?P<whole>三,*[四五六七八九]|四,*[零一二]),*(?P<tenth>{_DIGIT}),*"
    "(?:小数)?点[是就]?[点打加放搁]?在[^,]*"
)
"""三、六、六，点在末了那个六前头."""
_THREE_DIGITS = compiled(
    f"三个(?:数字?|字|码)[^,三四]{{0,3}},?(?P<whole>三,*[四五六七八九]|四,*[零一二]),*{_TENTH}"
)
"""屏上三个数，三、六、四."""
_DECIMAL_FIRST = compiled(
    "(?:小数点?(?:后[头面边])?|零头|尾数|尾巴|末[尾了位]|最后|后[头面边])"
    f"(?:,|{_LINK})*?(?P<tenth>{_DIGIT})度?,*(?:而?且)?(?:小数)?点?{_BEFORE}{_WHOLE}(?![点度]*{_DIGIT})"
)
"""末尾那个数是九，前头三十六."""
_THIRTY_AFTER = compiled(
    f"{_ALONE}(?P<whole>[五六七八九])[度点](?P<tenth>{_DIGIT})度?,+{_BEFORE}三十(?!{_DIGIT})"
)
"""六度五，前头是三十."""
_AND_A_HALF = compiled(
    f"{_ALONE}{_WHOLE}个(?:(?P<half>半)(?!小时|钟|个|天|月|年|多?点|礼拜|星期|人)|点(?P<tenth>{_DIGIT}){_ENDS})"
)
"""三十六个半, 三十六个点五."""
_PATTERNS: Sequence[re.Pattern[str]] = (
    _BEHIND, _ONE_BY_ONE, _WHERE_THE_POINT_IS, _THREE_DIGITS, _DECIMAL_FIRST, _THIRTY_AFTER, _AND_A_HALF,
)  # fmt: skip
_HINTS = frozenset("个后末尾间头在小零然接带完")
_HINTING = compiled(
    "个[半点]|三个[数字码]|[后前][头面边]|末|尾|最后|零头|零点|[挂有带][零点]|完了|小数|中间|当[中间]|点[^,]?在|然后|接着|打头|开头"
)
"""Cheap tests: without these nothing is said in parts."""


class Parts(NamedTuple):
    """A temperature and where it stands."""

    value: float
    """Degrees Celsius."""
    start: int
    end: int


def told_in_parts(text: str) -> Sequence[Parts]:
    """The temperatures that are said in parts, in the order in which they are said; seldom any."""
    if _HINTS.isdisjoint(text) or not _HINTING.search(text):
        return ()
    found: list[Parts] = []
    for parts in _each(text):
        if all(parts.start >= other.end or parts.end <= other.start for other in found):
            found.append(parts)
    return sorted(found, key=lambda parts: parts.start)


def _each(text: str) -> Iterator[Parts]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if "link" in groups and not _TELLING.search(match["link"]):
                continue
            tenth = "五" if groups.get("half") else match["tenth"]
            yield Parts(_value(match["whole"], tenth), match.start(), match.end())


def _value(whole: str, tenth: str) -> float:
    digits = [_DIGITS.index(character) for character in whole if character in _DIGITS]
    if len(digits) == 1:  # 六 without its thirty, or 四十
        degrees = 10 * digits[0] if "十" in whole else 30 + digits[0]
    else:
        degrees = 10 * digits[0] + digits[1]
    return round(degrees + _DIGITS.index(tenth.replace("幺", "一")) / 10, 1)
