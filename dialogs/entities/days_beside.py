"""Days told by their distance from another: 第二天, 双十一前三天, 昨天前头那天. Pure."""

from __future__ import annotations

from typing import NamedTuple

from campaign.patterns import compiled
from dialogs.language.numerals import whole_number

_BESIDE = {
    **dict.fromkeys(("第二天", "转天", "次日", "隔天", "转过天", "后一天"), 1),
    **dict.fromkeys(("头一天", "头天", "前一天", "前一晚", "头一晚", "前夕"), -1),
    **dict.fromkeys(("当天", "当日", "当晚", "同一天", "同天"), 0),
}
"""Words for a day to how many days it lies after the one named before."""
_BESIDE_WORD = compiled(f"(?<![最周期拜])(?:{'|'.join(_BESIDE)})")
_MOVED_BY_WORD = compiled(
    rf"(?:过后|以后|之后|过了)?的?(?P<word>{'|'.join(_BESIDE)})|(?<=[前天])的(?P<again>[昨前])天"
)
_AGAIN = {"昨": -1, "前": -2}
"""昨天的昨天."""
_NUMBER = "[一二两俩三仨四五六七八九十]{1,3}"
_CLEARLY_BEFORE = "再?往前|[前头]里|[之以]前|前[头面边]"
_CLEARLY_AFTER = "再?往后|过后|过完了?|过了|再过|[之以]后|后[头面边]"
_LASTED = "(?![前里]|[都一直老]*(?:在|待|呆|住|没|玩|歇|陪|忙|跑)|才|多)"
"""After a number of days: they tell no day but how long something took."""
_MOVED_BY_DAYS = compiled(
    rf"(?:(?:,?再?又?|的)(?:(?P<before>{_CLEARLY_BEFORE})|(?P<after>{_CLEARLY_AFTER}))"
    r"|(?:的|再)?(?:(?P<just_before>再?往前[推数倒退算]|[前头])|(?P<just_after>后)))的?"
    rf"(?:(?P<that>那一?天|的?一天|那晚)|头(?P<one>一)天|第?(?P<n>{_NUMBER})天|(?P<weeks>{_NUMBER})个?(?:礼拜|星期|周)(?![一二三四五六日天末])){_LASTED}"
)
"""双十一头里两天, 周三后头那天, 双十一后头一天, 立冬过后第三天; not 前两天 after a pause."""


_COMPARED = compiled(rf"(?:还|又|要|都|再)*(?:(?P<later>[晚迟])|早)(?:到|回|来|了)*(?P<n>{_NUMBER})天")


class Shift(NamedTuple):
    days: int
    """How many later; less than 0 for earlier."""
    end: int
    """Where in the text the words for it end."""


def beside_last(text: str, position: int, last: str) -> Shift | None:
    """第二天, which tells a day by the one that was named before: 十号走的，第二天就回来了."""
    word = _BESIDE_WORD.match(text, position)
    return Shift(_BESIDE[word[0]], word.end()) if word else _another_such(text, position, last)


_ANOTHER_SUCH = compiled("(?<=[是,再])(?P<back>上上?)一?个(?=$|[,;?吧呢啊呀的])")
_WEEKDAY = compiled("(?P<week>这|本|上*)一?个?(?:周|星期|礼拜)[一二三四五六日天]")


def _another_such(text: str, position: int, last: str) -> Shift | None:
    """不是这个周六，是上一个: the Saturday of the week before; 上上个 counts from this week."""
    another, weekday = _ANOTHER_SUCH.match(text, position), _WEEKDAY.fullmatch(last)
    if another is None or weekday is None:
        return None
    weeks = len(another["back"]) - (0 if text[position - 1] == "再" else weekday["week"].count("上"))
    return Shift(-7 * weeks, another.end()) if weeks > 0 else None


def moved(text: str, position: int) -> Shift | None:
    """What moves the day whose name ends there: 双十一第二天, 昨天的前一天, 双十一前四天, 昨天的昨天."""
    word = _MOVED_BY_WORD.match(text, position)
    if word is not None:
        return Shift(_AGAIN[word["again"]] if word["again"] else _BESIDE[word["word"]], word.end())
    by_days = _MOVED_BY_DAYS.match(text, position)
    if by_days is None:
        return None
    number = 1 if by_days["that"] else whole_number(by_days["one"] or by_days["n"] or by_days["weeks"])
    if number is None:
        return None
    number *= 7 if by_days["weeks"] else 1
    is_before = by_days["before"] or by_days["just_before"]
    return Shift(-number if is_before else number, by_days.end())


def compared(text: str, start: int, end: int) -> Shift | None:
    """What moves a day that another is measured by: 比双十一晚两天."""
    beside = _COMPARED.match(text, end) if text[:start].endswith("比") else None
    number = whole_number(beside["n"]) if beside else None
    if beside is None or number is None:
        return None
    return Shift(number if beside["later"] else -number, beside.end())


def about_days_ago(text: str) -> int | None:
    """How many days ago something was, at least: 二十天前, 仨月前, 三个月没; None where no words say so.

    >>> about_days_ago("五六天前去的"), about_days_ago("十二三天前")
    (5, 12)
    """
    ago = _AGO.search(text)
    if ago is None:
        return None
    days = 30 if ago["months"] else _DAYS_OF.get(ago["unit"], 7)
    return days * (whole_number(_OR_ONE_MORE.sub(r"\1", ago["n"])) or 0)


_OR_ONE_MORE = compiled("([一二两三四五六七八])[二三四五六七八九]$")
"""五六天前 is five at least, and not fifty-six."""
_DAYS_OF = {"天": 1, "日": 1}
_AGO = compiled(
    "(?P<n>[零〇一幺二两俩三仨四五六七八九十廿卅百]+)"
    "(?:(?:个多?|(?<=[俩仨]))(?P<months>月)|(?:个|多|来)?(?P<unit>[天日周]|礼拜|星期)(?!没))(?:以前|之前|前|没)"
)
