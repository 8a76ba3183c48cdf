"""A temperature told by what it lacks or exceeds: 比三十七度低半度, 差零点一就三十七了. Pure."""

from __future__ import annotations

import re

from campaign.patterns import compiled
from dialogs.language import grammar
from dialogs.language.numerals import temperatures, whole_number

_WHOLE = "(?P<base>三十[五六七八九]|四十)[度点]?(?P<tenths>[一二三四五六七八九半](?!十))?"
_BY = (
    "(?P<by>半(?=度)|半(?!天|个|小时|夜)|零?点[一二三四五六七八九]|[一两二]度半?"
    "|[一二两三四五六七八九](?:分(?!钟)|个?小?格))"
)
_WAY = "(?P<way>低|少|差|降|掉|落|退|高|多|升|涨)"
_JUST = "(?:还|又|再|要|得|正好|刚好|恰好|恰恰|足足|整整)*"
_FAR = "(?:[了出掉]|下[来去]|回[来去]|上[来去]|整整|足足|(?:一丁点儿?|一点点?|那么一点),?[就也]?)*"
_COMPARED = compiled(
    f"比(?:昨[天儿]?|早上|上午|刚才|正常|平时|平常|标准|人家)?的?{_WHOLE}度?,?{_JUST}{_WAY}{_FAR}{_BY}"
)
_LACKING = compiled(
    f"(?P<way>差|缺|欠|(?P<yet>再(?:有|[添加多高涨升]))){_BY}度?(?(yet),?)(?:就|才|不)?(?:是|到|够|满)?{_WHOLE}"
)
_BELOW = compiled(
    f"{_WHOLE}度?(?:的)?(?:往?(?P<way>下|上)(?:边|面|头)?)第?(?P<by>[一二两三四五六七八九]个?小?格)"
)
"""水银柱停在三十七下边两小格."""
_UP_OR_DOWN = compiled(f"{_WHOLE}度?,?再?往(?P<way>上|下)再?(?:加|添|涨|走|扣|减|去|退|降)?[了掉上]?{_BY}")
"""三十七往下扣掉零点四."""
_STILL = "(?:还|就|只|才|也|刚好|正好|恰好|将将)*"
_SHORT_OF = compiled(
    f"(?P<before>离|距离?|不到|没到|不够|够不[上着]|不足)?{_WHOLE}度?(?(before)[的呢]?|(?:都|还)?(?:不到|没到|不够|不足)),?{_STILL}(?P<way>差|缺|欠|少)[了着]?{_BY}"
)
"""不到三十七，就差零点一度."""
_BEFORE = "昨|前天|夜[个儿里来]|头天"
_THEN = f"{_BEFORE}|那|它|头|早|上午|中午|刚才|上[回次]"
_SINCE = compiled(
    f"(?P<when>{_BEFORE}|[早晨]|上午|中午|刚才)[^,三四]{{0,6}},?{_WHOLE}[度的啊呢吧整]*(?:,?把我吓[^,三四]{{0,4}})?(?:,|(?=今|现在|这会))[^,三四比]{{0,6}}"
    f"(?:比(?:{_THEN})[^,三四低少降高多升]{{0,3}}|(?<=今)[天儿早个晨]*(?:一量)?|(?<=现在)|(?<=这会)){_JUST}{_WAY}{_FAR}{_BY}"
)
"""昨儿三十六度五，今早比昨儿高零点一: lower than earlier today the earlier one counts."""
_SOMEBODY = f"(?:{grammar.ANY_KIN}|他|她|那口子|邻居|同事|室友|同屋)"
_THAN_SOMEBODY = compiled(
    f"{_SOMEBODY}[的是量了呢那边儿,]{{0,4}}{_WHOLE}[度的啊呢吧]*,(?:(?:我|俺)[呢嘛的,]*(?:比我?[^,我三四]{{1,4}}?)?|(?P<inverse>比我))"
    f"{_JUST}{_WAY}[了出]?[他她]?{_BY}"
)
"""老伴三十六度九，我比她低零点五; 老伴三十六度九，比我高零点五."""
_SAID_BEFORE = compiled(
    f"比(?P<what>{_BEFORE}|{_SOMEBODY})[天儿个晚的]{{0,2}}{_JUST}{_WAY}[了出]?{_BY}度?[的呢]?,(?:(?P=what)|他|她|那)"
    f"[^,三四]{{0,4}}{_WHOLE}"
)
"""比昨天高零点二，昨天三十六度四."""
_BY_SOMETHING = compiled(
    "[上下][边面头]?第?[一二两三四五六七八九]个?小?格|往[上下]|[差缺欠少有加添多高低降掉落退升涨](?:[了出着他她]|[下回上][来去]|整整|一[丁点]点?,?就?){0,2}(?:半|零?点|[一两二三四五六七八九](?:度|分|个|小|格))"
)
"""Cheap test: without it there is no difference."""
_PATTERNS = (_BELOW, _UP_OR_DOWN, _COMPARED, _LACKING, _SHORT_OF, _SINCE, _THAN_SOMEBODY, _SAID_BEFORE)
_TORN = compiled("(?<=今[天儿早])(?:早[上晨]|个)?,(?=比|一量|掉|降|退|落|升|涨)")
"""今儿,比昨儿高一度."""
_UPWARDS = "高多升涨上"
_WAYS = frozenset("上下比再差缺欠低少降掉落退高多升涨")


def told_by_difference(text: str) -> float | None:
    """The reading that a difference tells; None without one, or where another reading contradicts it."""
    if _WAYS.isdisjoint(text) or not _BY_SOMETHING.search(text):
        return None
    text = _TORN.sub("", text)
    matches = [match for pattern in _PATTERNS if (match := pattern.search(text))]
    told = [(_told(match), _others(match, text)) for match in matches if not _is_lower_than_today(match)]
    confirmed = (value for value, others in told if others == {value})
    unopposed = (value for value, others in told[:1] if not others)
    return next(confirmed, next(unopposed, None))


def _told(match: re.Match[str]) -> float:
    base = (whole_number(match["base"]) or 0) + _amount(match["tenths"] or "零")
    is_more = (match["way"] in _UPWARDS) != bool(match.groupdict().get("inverse"))
    return round(base + (_amount(match["by"]) if is_more else -_amount(match["by"])), 1)


def _others(match: re.Match[str], text: str) -> set[float]:
    """The readings that are not part of the words that tell the difference."""
    return {t.value for t in temperatures(text) if t.start < match.start() or t.end > match.end()}


def _is_lower_than_today(match: re.Match[str]) -> bool:
    if match.re is not _SINCE:
        return False
    return match["way"] not in _UPWARDS and re.fullmatch(_BEFORE, match["when"]) is None


def _amount(words: str) -> float:
    """半 is half a degree, 一度半 one and a half, 零点一, 一分 and 一格 are a tenth."""
    if words == "半":
        return 0.5
    number = float(whole_number(words.strip("零点度分个小格半")) or 0)
    if words.endswith("半"):
        return number + 0.5
    return number if words.endswith("度") else number / 10
