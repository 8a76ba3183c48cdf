"""The words as the rules read them: normalised, without rhetoric, in clauses."""

from __future__ import annotations

from collections.abc import Set

from campaign.patterns import compiled
from dialogs.language.clauses import rejoined, with_clauses, with_statements
from dialogs.language.rhetoric import plainly
from dialogs.language.wording import Wording, untorn
from dialogs.language.words import CLAUSE_BREAKS
from dialogs.understanding.written import normalised

_AT_BREAKS = compiled("([,;?])")


_UNDERSTOOD = compiled(
    "^.+?[哦噢喔],?[你您]们?(?:是)?[说问](?:的是|的)?[^,;?还当以不没怎咋啥什多]{1,8}[啊呀哦],(?=.)"
)
"""不在不在，哦您说北京啊，在的: what was meant for another question."""
_MISUNDERSTOOD = compiled("[,;]我?(?:还|刚才)?(?:当|以为)[你您]们?(?:是)?[问说][^,;]*$")
"""我还当您问在不在单位呢."""


_MISHEARD = compiled(
    "^.+?[哦噢喔],?[^,;?没不]{1,5}[啊呀],(?P<rest>.+?)[,;]我?(?:刚才?|还|都)*听成[^,;]{1,6}了?$"
)
"""在啊，不在，哦，北京啊，在在在，我听成南京了."""


def _understood_anew(text: str) -> str:
    if misheard := _MISHEARD.match(text):
        return misheard["rest"]
    told = _UNDERSTOOD.match(text)
    return _MISUNDERSTOOD.sub("", text if told is None else text[told.end() :])


_INSISTS = compiled("(?:(?<=^)|(?<=[,;]))我(?:刚才|都)?说(?=我(?!的))")
"""我说我咳嗽，我没不舒服."""


_GRUMBLES = compiled(
    "(?<=.)[,;]?(?:[你您]们?)?(?:别|少|不要)(?:老是?|总是?|天天|成天)?(?:[打来](?:电话)?(?:过?来|烦我)?|烦我)就(?:行|好|成|得)了?[啊呀]?$"
)
"""不需要，别老打电话来就行: no wish to be called no more."""


_ASKS_WHETHER = compiled("(?<=能[^,;?没不]{2})不$|(?<=[手下趟吧来帮忙])不$")
"""能来个小伙子搭把手不 is no denial where nobody taught how people ask for something."""


_TORN = compiled(
    "(?:上个?|这个?|本|[一二三四五六七八九十]{1,2})月份?,(?=[一二三四五六七八九十廿]{1,3}[号日])"
    "|没有?(?:空|时间|工夫|功夫),(?=[去来]?(?:照[顾看]|做饭|[买取倒接带看陪洗交遛]|打扫))"
    "|(?:老[大二三四]|[大小二]?(?:儿子|闺女|女儿|孙子|孙女|姑娘)),"
    "(?=(?:上个?(?:月|礼拜|星期|周)|去年|前[年阵天]|今年|刚)[^,]{0,4}(?:搬|走|嫁|结婚|成家|住校|分出去))"
    "|(?:问|说|讲|弄|办)完了?,(?=没有?$)"
)
"""Nobody pauses in 上个月十五号, in 没工夫照顾老人, 大儿子上个月搬出去了, or 问完了没有."""


class InClauses:
    """Cuts answers into clauses where a recogniser wrote none and that can be told.

    Args:
        wording: How residents word their answers, if that is known: where they are likely to pause.
        long_words: Words of the script, inside of which nobody pauses: 走不动路.
    """

    def __init__(self, wording: Wording | None, long_words: Set[str]) -> None:
        self._wording = wording
        self._long_words = long_words

    def of(self, heard: str, *, is_taught: bool = True, has_likely: bool = True) -> str:
        """The words heard, written so; empty where nothing was said.

        Args:
            heard: The words.
            is_taught: Whether it is known how people word their answers to this question; where it is not,
                they pause elsewhere (能来就是得晚一会儿).
            has_likely: Whether it is cut where people are likely to pause, beside where it is certain.
        """
        text = _GRUMBLES.sub("", _INSISTS.sub("", _understood_anew(normalised(heard))))
        if not is_taught:
            text = _ASKS_WHETHER.sub("吗", text)
        if not text.isalnum():
            return plainly(text)
        breaks = self._with_likely_breaks if is_taught and has_likely else _with_none
        apart = with_statements(text)
        plain = plainly(apart)
        cut = rejoined(
            "".join(
                part if part in CLAUSE_BREAKS else with_clauses(part, breaks)
                for part in _AT_BREAKS.split(plain)
            )
        )
        # What was put plainly is not turned again: 要接触过我能不报吗 is 没接触过,我能不报吗, and no 接触过.
        return plainly(cut) if plain == apart and cut != plain else cut

    def _with_likely_breaks(self, text: str) -> str:
        if self._wording is None:
            return text
        return _TORN.sub(lambda torn: torn[0][:-1], untorn(self._wording.with_breaks(text), self._long_words))


def _with_none(text: str) -> str:
    return text
