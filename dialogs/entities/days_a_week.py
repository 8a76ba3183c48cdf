"""On how many days of a week something is done: 一三五, 周一到周五, 除了礼拜天都去, 天天. Pure."""

from __future__ import annotations

from campaign.patterns import compiled

_WEEK = "(?:周|星期|礼拜)"
_DAY = "[一二三四五六日天]"
_ORDER = {day: number for number, day in enumerate("一二三四五六日", start=1)} | {"天": 7}
_TO = compiled(f"{_WEEK}(?P<first>{_DAY})[到至]{_WEEK}?(?P<last>{_DAY})")
_EXCEPT = compiled(
    f"除了?(?P<but>(?:[、和跟]?{_WEEK}{_DAY})+)(?:以外|之外)?[,，]?[^,]{{0,4}}(?:都|天天|每天)"
    f"|(?P<not>(?:[、和跟]?{_WEEK}{_DAY})+)不[去来练吃做在行][^,]{{0,3}},?(?:别的|其他|剩下)[^,]{{0,4}}都"
)
_LIST = compiled(
    f"{_WEEK}(?P<days>{_DAY}(?:[、和跟]?{_WEEK}?{_DAY}(?!天))+)(?!点)|(?<![一二三四五六七八九十])(?P<bare>一三五|二四六|一三五七)(?![一二三四五六七八九十度点块元])"
)
_ONE = compiled(f"(?:就|只|光|单)[^,;?!]{{0,2}}{_WEEK}{_DAY}(?!点)|{_WEEK}{_DAY}一天")
_EVERY = compiled("天天|每天|一天不[落拉]|一个?(?:星期|礼拜|周)都")
_DAYS = compiled(_DAY)
_NOT = compiled("(?:不是|没有?|不)$|(?:以前|原来|过去|从前|原先)[^,;?!]*$")
_WHOLE_WEEK = 7


def days_a_week(text: str) -> int | None:
    """The number of days; None where none is told so.

    >>> days_a_week("除了礼拜天都练")
    6
    """
    if beside := _EXCEPT.search(text):
        return _WHOLE_WEEK - _count(beside["but"] or beside["not"])
    if span := _TO.search(text):
        return max(0, _ORDER[span["last"]] - _ORDER[span["first"]] + 1) or None
    if listed := _LIST.search(text):
        return len(listed["bare"]) if listed["bare"] else _count(listed["days"])
    if _ONE.search(text):
        return 1
    every = _EVERY.search(text)
    return _WHOLE_WEEK if every and not _NOT.search(text[: every.start()]) else None


def _count(days: str) -> int:
    for week in ("周", "星期", "礼拜"):
        days = days.replace(week, "")
    return len(set(_DAYS.findall(days)))
