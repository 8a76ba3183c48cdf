"""A temperature told by what it lacks or exceeds: 比三十七度低半度, 差零点一就三十七了. Pure."""

from __future__ import annotations

import re

from dialogs.language.numerals import temperatures, whole_number

_WHOLE = "(?P<base>三十[五六七八九]|四十)度?(?P<tenths>[一二三四五六七八九])?"
_BY = "(?P<by>半|零点[一二三四五六七八九]|[一两二]度|[一二两三四五六七八九]分)"
_COMPARED = re.compile(
    f"比(?:昨[天儿]?|早上|上午|刚才)?的?{_WHOLE}度?(?:还|又|再)?(?P<way>低|少|差|降|高|多|升)了?{_BY}"
)
_LACKING = re.compile(f"(?P<way>差|缺|欠){_BY}度?(?:就|才|不)?(?:是|到|够|满)?{_WHOLE}")
_BEFORE = "昨|前天|夜[个儿里来]|头天"
_THEN = f"{_BEFORE}|那|它|头|早|上午|中午|刚才|上[回次]"
_SINCE = re.compile(
    f"(?P<when>{_BEFORE}|[早晨]|上午|中午|刚才)[^,三四]{{0,6}},?{_WHOLE}[度的啊呢吧]*,[^,三四比]{{0,6}}"
    f"比(?:{_THEN})[^,三四低少降高多升]{{0,3}}(?:还|又|再)?(?P<way>低|少|降|高|多|升)[了出]?{_BY}"
)
"""昨儿三十六度五，今早比昨儿高零点一: lower than earlier today the earlier one counts."""
_UPWARDS = "高多升"


def told_by_difference(text: str) -> float | None:
    """The reading that a difference tells; None without one, or where another reading contradicts it."""
    if "比" not in text and "差" not in text and "缺" not in text and "欠" not in text:
        return None
    match = _COMPARED.search(text) or _LACKING.search(text) or _SINCE.search(text)
    if match is None or _is_lower_than_today(match):
        return None
    base = (whole_number(match["base"]) or 0) + (whole_number(match["tenths"] or "") or 0) / 10
    told = round(base + (_amount(match["by"]) if match["way"] in _UPWARDS else -_amount(match["by"])), 1)
    others = (t.value for t in temperatures(text) if t.end <= match.start() or t.start >= match.end())
    return told if all(other == told for other in others) else None


def _is_lower_than_today(match: re.Match[str]) -> bool:
    if match.re is not _SINCE:
        return False
    return match["way"] not in _UPWARDS and re.fullmatch(_BEFORE, match["when"]) is None


def _amount(words: str) -> float:
    """半 is half a degree, 零点一 and 一分 are a tenth."""
    if words == "半":
        return 0.5
    number = float(whole_number(words.strip("零点度分")) or 0)
    return number if words.endswith("度") else number / 10
